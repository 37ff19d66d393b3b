"""What is told of a day: what is said back and recorded, for which day, and what it makes of a streak."""

from datetime import date

import pytest

from shared.domain import judging, nudging, schedule
from shared.domain.models import Entry, Kind
from tests.unit.conversing import TUESDAY, WEDNESDAY, Phone, heard, member

# Reports


def test_a_report_is_said_back_with_its_day_and_recorded(asked: Phone) -> None:
    assert asked.text("7. Win: sent off my portfolio") == "7 for Tue. Win saved: sent off my portfolio."
    (entry,) = asked.turns[-1].entries
    assert entry == Entry(
        day=TUESDAY, at=asked.now, source="SM1", kind="answered", mood=7, wins=("sent off my portfolio",)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("7", "7 for Tue."),
        ("6.5 today", "6.5 for Tue."),
        ("no", "Noted for Tue."),
        ("win: called Ben", "Noted for Tue. Win saved: called Ben."),
        ("5. win: called Ben. win: slept", "5 for Tue. Wins saved: called Ben; slept."),
        (
            "win: ran. win: read. win: cooked. win: slept. win: rang Bo",
            "Noted for Tue. Wins saved: ran; read; cooked; and 2 more.",
        ),
    ],
)
def test_what_was_understood_is_said_back_in_a_few_words(asked: Phone, text: str, said: str) -> None:
    assert asked.text(text) == said


def test_of_many_wins_the_first_are_said_back_and_all_are_recorded(asked: Phone) -> None:
    asked.text(" ".join(f"win: step {n}." for n in range(12)))
    assert asked.member.journal[-1].wins == tuple(f"step {n}" for n in range(12))


def test_of_a_long_win_the_beginning_is_said_back_and_all_of_it_is_recorded(asked: Phone) -> None:
    win = (
        "handed in the thesis on the history of the shipyards of the north of England and of the women in the offices"
        " of the yards at the time of the war and of the children of the yards in the schools of the town and of the"
        " songs of the men in the pubs by the river and of the boats of the lake in the hills of the west and of the"
        " bells of the church in the square of the town and of the doctors of the ward in the house of the poor"
    )
    said = asked.text(f"8. win: {win}")
    assert said.startswith("8 for Tue. Win saved: handed in the thesis") and said.endswith("....")
    assert asked.member.journal[-1].wins == (win,)


@pytest.mark.parametrize("text", ["what?", "asdf", "yes"])
def test_what_is_not_clear_is_asked_about_once_and_records_nothing(asked: Phone, text: str) -> None:
    before = heard(asked.member)
    assert asked.text(text) == "I did not catch that. How was Tuesday, 1-10? Text HELP for what I understand."
    assert asked.member == before


def test_a_second_mood_on_a_day_is_recorded_beside_the_first_and_leaves_the_streak(asked: Phone) -> None:
    asked.text("4")
    assert asked.at("2026-03-03T21:15").text("8") == "8 for Tue."
    assert asked.answered() == [(TUESDAY, 4), (TUESDAY, 8)]
    assert asked.member.streak == 1


@pytest.mark.parametrize("text", ["thanks!", "ok", "👍"])
def test_thanks_are_not_answered_and_close_nothing(asked: Phone, text: str) -> None:
    before = heard(asked.member)
    assert asked.text(text) == ""
    assert asked.member == before


def test_a_yes_or_no_with_nothing_open_is_not_answered(ana: Phone) -> None:
    assert (ana.text("yes"), ana.text("no"), ana.member.journal) == ("", "", ())


# Streaks


def test_answering_prompted_days_in_a_row_makes_a_streak(ana: Phone) -> None:
    said = [ana.prompted(f"2026-03-0{day}T19:30").text("7") for day in (2, 3, 4)]
    assert said == ["7 for Mon.", "7 for Tue. 2-day streak.", "7 for Wed. 3-day streak."]


def test_an_answer_that_nobody_asked_for_adds_nothing_to_a_streak(ana: Phone) -> None:
    ana.prompted("2026-03-02T19:30").text("7")
    assert ana.at("2026-03-03T12:00").text("7") == "7 for Tue."
    assert ana.member.streak == 1


def test_a_prompt_that_stays_unanswered_ends_the_streak_and_the_next_answers_begin_another(ana: Phone) -> None:
    for day in (2, 3):
        ana.prompted(f"2026-03-0{day}T19:30").text("7")
    ana.prompted("2026-03-04T19:30").prompted("2026-03-05T19:30")
    assert (ana.member.streak, ana.member.unanswered) == (0, 2)
    assert ana.text("7") == "7 for Thu."
    assert (ana.member.streak, ana.member.unanswered) == (1, 0)
    assert ana.prompted("2026-03-06T19:30").text("8") == "8 for Fri. 2-day streak."


@pytest.mark.parametrize("between", ["skip", "pause for 2 days"])
def test_a_skipped_or_paused_day_neither_adds_to_a_streak_nor_ends_it(ana: Phone, between: str) -> None:
    ana.prompted("2026-03-02T19:30").text("7")
    ana.at("2026-03-03T12:00").text(between)
    assert ana.prompted("2026-03-05T19:30").text("8") == "8 for Thu. 2-day streak."


def test_a_check_in_that_was_never_sent_ends_no_streak(ana: Phone) -> None:
    ana.prompted("2026-03-02T19:30").text("7")
    (nudge,) = schedule.asked_for(ana.at("2026-03-03T22:30").member, Kind.DAILY_CHECKIN, "r", ana.now)
    ana.keep(nudging.outcome(nudge, ana.member, judging.Verdict.MISSED, ana.now))
    assert ana.prompted("2026-03-04T19:30").text("8") == "8 for Wed. 2-day streak."


def test_a_day_asked_about_by_text_and_by_mail_counts_once(asked: Phone) -> None:
    asked.prompted("2026-03-03T19:31")
    assert (asked.member.unanswered, asked.text("7"), asked.member.streak) == (1, "7 for Tue.", 1)


# Which day a reply is for


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-03-03T23:50", TUESDAY),
        ("2026-03-04T00:40", TUESDAY),
        ("2026-03-04T08:00", TUESDAY),
        ("2026-03-04T11:59", TUESDAY),
        ("2026-03-04T12:00", WEDNESDAY),
        ("2026-03-04T19:00", WEDNESDAY),
    ],
)
def test_a_reply_counts_for_the_evening_it_answers_until_the_next_noon(asked: Phone, local: str, day: date) -> None:
    assert asked.at(local).text("7") == f"7 for {day:%a}."
    assert asked.answered() == [(day, 7)]


@pytest.mark.parametrize(("local", "day"), [("2026-03-04T03:59", TUESDAY), ("2026-03-04T04:00", WEDNESDAY)])
def test_a_reply_to_no_question_counts_for_a_day_that_turns_at_four(ana: Phone, local: str, day: date) -> None:
    assert ana.at(local).text("7") == f"7 for {day:%a}."


def test_the_next_morning_is_its_own_day_once_the_evening_has_its_answer(asked: Phone) -> None:
    asked.text("7")
    assert asked.at("2026-03-04T00:40").text("win: fixed it after all") == (
        "Noted for Tue. Win saved: fixed it after all."
    )
    assert asked.at("2026-03-04T09:00").text("4") == "4 for Wed."


def test_a_new_question_takes_the_place_of_an_old_one(asked: Phone) -> None:
    asked.prompted("2026-03-04T08:00")
    assert asked.at("2026-03-04T08:05").text("6") == "6 for Wed."


def test_a_no_to_a_question_that_has_closed_answers_nothing(asked: Phone) -> None:
    assert asked.at("2026-03-04T15:00").text("no") == ""
    assert asked.answered() == []


def test_a_question_asked_on_the_night_the_clock_changes_is_open_until_noon(ana: Phone) -> None:
    ana.prompted("2026-03-07T23:30")
    assert ana.at("2026-03-08T11:59").text("5") == "5 for Sat."


@pytest.mark.parametrize(
    ("text", "day", "mood"),
    [
        ("yesterday 3, win: slept", "Mon", 3),
        ("4 for Sunday, rough", "Sun", 4),
        ("Tue 4", "Tue", 4),
        ("yesterday was a 3 but today is a 6", "Tue", 6),
    ],
)
def test_a_day_that_is_named_gets_its_score(asked: Phone, text: str, day: str, mood: float) -> None:
    assert asked.text(text).startswith(f"{mood} for {day}.")
    assert [f"{entry.day:%a}" for entry in asked.turns[-1].entries] == [day]


# A number that was given, and a heavy day


@pytest.mark.parametrize("text", ["sorry im fine", "rough one", "actually a great day, win: called Ben"])
def test_words_do_not_take_the_place_of_a_number_that_was_given_for_the_day(asked: Phone, text: str) -> None:
    asked.text("3, crying in the washroom")
    assert asked.text(text).startswith("Noted for Tue.")
    assert [mood for _, mood in asked.answered()] == [3, None]


def test_another_number_does_and_words_are_read_for_another_day_and_until_there_is_one(asked: Phone) -> None:
    asked.text("3")
    assert asked.text("rather a 5") == "5 for Tue."
    asked.at("2026-03-04T20:00").text("rough one")
    asked.text("great day after all")
    assert asked.answered()[-2:] == [(WEDNESDAY, 3), (WEDNESDAY, 8)]


@pytest.mark.parametrize("text", ["4", "1. meetings drained me", "rough one", "6. having panic attacks again"])
def test_no_streak_is_named_beside_a_heavy_day_or_distress(text: str) -> None:
    phone = Phone(member(streak=4)).prompted("2026-03-03T19:30")
    said = " ".join(phone.turn(text).replies)
    assert "in a row" not in said and "streak" not in said
    assert phone.member.streak == 5


def test_a_skip_that_comes_with_distress_names_none_either() -> None:
    phone = Phone(member(streak=4)).prompted("2026-03-03T19:30")
    said = " ".join(phone.turn("skip. having panic attacks every morning").replies)
    assert "streak" not in said


# A number beyond the scale


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("11", "I put Tue down as 10, the top of the scale."),
        ("12!!", "I put Tue down as 10, the top of the scale."),
        ("11/10", "I put Tue down as 10, the top of the scale."),
        ("0", "I put Tue down as 1, the low end of the scale. Sorry it was so hard."),
        ("-1", "I put Tue down as 1, the low end of the scale. Sorry it was so hard."),
        ("0/10", "I put Tue down as 1, the low end of the scale. Sorry it was so hard."),
        ("10", "10 for Tue."),
        ("1", "1 for Tue. Sorry it was a hard one."),
        ("10/10", "10 for Tue."),
    ],
)
def test_a_number_beyond_the_scale_is_said_back_as_what_it_was_taken_for(asked: Phone, text: str, said: str) -> None:
    assert asked.text(text) == said


def test_it_is_in_spanish_too() -> None:
    phone = Phone(member(language="es")).prompted("2026-03-03T19:30")
    assert phone.text("11") == "Puse un 10 (mar), el tope de la escala."
    assert phone.text("0").startswith("Puse un 1 (mar), lo menor de la escala.")
