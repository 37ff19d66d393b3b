"""When help is named, which, and how seldom; what a crisis does to everything else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.segments import count_segments
from shared.domain import conversation, crisis, judging, schedule
from shared.domain.answers.care import AGAIN, LOW, WINDOW, is_low_for_long
from shared.domain.message import Brand, Help, Written
from shared.domain.models import Buddy, Entry, Kind, OpenQuestion, Pause, Status
from tests.unit.conversing import Phone, member, newcomer

TODAY = date(2026, 3, 14)
DAY = timedelta(days=1)
NOON = datetime(2026, 3, 14, 16, tzinfo=UTC)
INVITATION = Buddy(phone="+14155552671", since=NOON - DAY)
NAMED = Brand(
    "Unstuck",
    "help@unstuck.example",
    Help("Ana Ruiz, ana@coaching.example", "the Example Clinic, +1 415 555 0142", "the job centre, 1 Example Street"),
)


def entry(day: date, mood: float | None, hour: int = 20, kind: str = "answered") -> Entry:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Entry.model_validate({"day": day, "at": at, "source": f"{day}{hour}", "kind": kind, "mood": mood})


def journal(moods: str) -> list[Entry]:
    """One mood a day, the last one today's; "." for a day without one."""
    days = [TODAY - DAY * n for n in reversed(range(len(moods)))]
    return [entry(day, float(mood)) for day, mood in zip(days, moods, strict=True) if mood != "."]


# The rule of the lasting low mood


@pytest.mark.parametrize(
    "moods",
    [
        "33333333333333",
        "4.4.4.4.4.4.4",
        "3......3.3.33",  # five days, over twelve
        "37343433.34",  # most of them
        "4444644464444",
    ],
)
def test_a_mood_that_is_low_on_most_days_of_two_weeks_and_still_is_lasts(moods: str) -> None:
    assert is_low_for_long(journal(moods), TODAY)


@pytest.mark.parametrize(
    "moods",
    [
        "",
        "3",
        "33333",  # one bad week is a bad week
        "3333333",
        "3....3....3.3",  # too few days to tell
        "33333333333335",  # better today
        "3737373737373",  # up and down
        "55555555555555",
        "444464664464664",
    ],
)
def test_a_bad_week_or_ups_and_downs_do_not(moods: str) -> None:
    assert not is_low_for_long(journal(moods), TODAY)


MOODS = st.lists(st.one_of(st.none(), st.integers(2, 20).map(lambda half: half / 2)), max_size=20)


def entries(moods: list[float | None]) -> list[Entry]:
    return [entry(TODAY - DAY * n, mood) for n, mood in enumerate(moods)][::-1]


@given(MOODS)
def test_what_lasts_is_low_today_or_on_the_last_day_told_and_on_most(moods: list[float | None]) -> None:
    told = [mood for mood in moods[: WINDOW.days] if mood is not None]
    if is_low_for_long(entries(moods), TODAY):
        assert len(told) >= 5
        assert told[0] <= LOW
        assert sum(mood <= LOW for mood in told) * 4 >= len(told) * 3


@given(MOODS, st.integers(0, 13), st.sampled_from([1.0, 2.5, 4.0]))
def test_a_low_day_made_lower_changes_nothing(moods: list[float | None], at: int, lower: float) -> None:
    before = is_low_for_long(entries(moods), TODAY)
    if at < len(moods) and (was := moods[at]) is not None and was <= LOW:
        assert is_low_for_long(entries([*moods[:at], lower, *moods[at + 1 :]]), TODAY) == before


@given(MOODS, st.integers(0, 13))
def test_a_day_made_good_never_makes_a_mood_lasting(moods: list[float | None], at: int) -> None:
    if at < len(moods) and not is_low_for_long(entries(moods), TODAY):
        better = [*moods[:at], 8.0, *moods[at + 1 :]]
        assert moods[at] is None or not is_low_for_long(entries(better), TODAY)


@given(MOODS, st.lists(st.integers(14, 40)), st.integers(1, 10))
def test_what_is_older_than_two_weeks_or_still_to_come_does_not_count(
    moods: list[float | None], days: list[int], mood: int
) -> None:
    others = [entry(TODAY - DAY * n, mood) for n in days] + [entry(TODAY + DAY, mood)]
    assert is_low_for_long([*others, *entries(moods)], TODAY) == is_low_for_long(entries(moods), TODAY)


@given(MOODS, st.integers(1, 10))
def test_of_a_day_the_last_mood_counts(moods: list[float | None], earlier: int) -> None:
    twice = [
        each for one in entries(moods) for each in ((entry(one.day, earlier, hour=9), one) if one.mood else (one,))
    ]
    assert is_low_for_long(twice, TODAY) == is_low_for_long(entries(moods), TODAY)


def test_days_without_a_mood_neither_add_nor_end_it() -> None:
    skipped = [entry(TODAY - DAY * n, None, kind=kind) for n in range(14) for kind in ("prompted", "skipped")]
    assert is_low_for_long([*skipped, *journal("3.3.3.3.3.3.3")], TODAY)
    assert not is_low_for_long(skipped, TODAY)


# Naming help


def low_weeks(**details: Any) -> Phone:
    """Ana on 14 March, with most of two weeks low behind her, today still to be told."""
    return Phone(member(journal=journal("3.3.3.3.3.3.")[:-1] + journal("3.3.3.3.3.3.."), **details)).at(
        "2026-03-14T19:30"
    )


def test_a_low_mood_that_lasts_leads_to_a_kind_word_and_a_therapist_behind_the_answer() -> None:
    said = low_weeks().text("3. meetings drained me")
    assert said.startswith("3 for Sat. ")
    assert "therapist" in said
    assert count_segments(said).count <= 2


def test_it_is_named_when_the_member_tells_a_low_mood_and_not_with_a_good_one_or_a_command() -> None:
    assert "therapist" not in low_weeks().text("8")
    assert "therapist" not in low_weeks().text("stats")


REASONS = {
    "low": ("3", ("therapist",)),
    "distress": ("4. burnt out for weeks now", ("therapist",)),
    "fraud": ("6. I feel like a fraud", ("coach",)),
    "stuck": ("6. I'm stuck and can't decide whether to stay", ("coach", "free")),
}


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_leads_to_the_kind_that_fits_it_and_remembers_when(reason: str) -> None:
    text, kinds = REASONS[reason]
    phone = low_weeks() if reason == "low" else Phone(member()).at("2026-03-14T19:30")
    phone.turn(text)
    assert phone.member.helped == dict.fromkeys(kinds, TODAY)


@pytest.mark.parametrize("reason", REASONS)
def test_the_operators_own_are_named_where_they_named_some(reason: str) -> None:
    text, kinds = REASONS[reason]
    phone = low_weeks() if reason == "low" else Phone(member()).at("2026-03-14T19:30")
    turn = conversation.respond(phone.member, Written(text, phone.now, "SM", NAMED))
    said = " ".join(turn.replies)
    assert all(getattr(NAMED.help, kind) in said for kind in kinds)
    assert all(getattr(NAMED.help, kind) not in said for kind in {"coach", "therapist", "free"} - set(kinds))


@pytest.mark.parametrize("reason", REASONS)
def test_where_they_named_none_the_kind_is_named_in_general_and_no_price(reason: str) -> None:
    text, _ = REASONS[reason]
    said = (low_weeks() if reason == "low" else Phone(member())).text(text)
    assert "{" not in said and "$" not in said and "  " not in said


@pytest.mark.parametrize("reason", ["distress", "fraud", "stuck"])
def test_it_is_named_once_and_again_after_four_weeks(reason: str) -> None:
    text, kinds = REASONS[reason]
    phone = Phone(member())
    first = phone.text(text)
    phone.now += AGAIN - DAY
    assert len(phone.text(text)) < len(first)
    phone.now += DAY
    again = phone.text(text)
    assert len(phone.member.helped) == len(kinds)
    assert "help" in again or "counselling" in again


def test_of_two_kinds_only_the_one_that_was_not_named_of_late_is() -> None:
    phone = Phone(member())
    phone.text("6. I feel like a fraud")
    said = phone.text("6. I'm stuck and can't decide whether to stay")
    assert "counselling" in said and "coach" not in said


@pytest.mark.parametrize(
    "text",
    ["6. I don't feel like a fraud", "6. Priya feels like a fraud", "stuck in traffic, 4", "4. plain bad day", "STOP"],
)
def test_nothing_is_named_without_a_reason(text: str) -> None:
    phone = Phone(member())
    phone.turn(text)
    assert phone.member.helped == {}


def test_where_the_answer_leaves_no_room_help_comes_in_a_second_text() -> None:
    phone = Phone(member())
    turn = phone.turn("4. burnt out for weeks now. win: " + "finished the long report for the board " * 6)
    assert len(turn.replies) == 2
    assert all(count_segments(text).count <= 2 for text in turn.replies)
    assert turn.replies[0].startswith("4 for Tue.") and "therapist" in turn.replies[1]


def test_a_question_comes_last() -> None:
    phone = Phone(newcomer())
    phone.text("yes")
    turn = phone.turn("1 and 4, hopeless every morning for months now")
    assert "therapist" in turn.replies[0]
    assert "I suggest step" in turn.replies[-1]


def test_distress_is_answered_also_where_nothing_else_can_be_read_and_kindly_the_second_time() -> None:
    phone = Phone(member())
    first = phone.text("been having panic attacks every morning for a month")
    assert "therapist" in first and "Noted" not in first and "catch" not in first
    again = phone.text("been having panic attacks every morning for a month")
    assert again and "therapist" not in again and "Noted" not in again


QUESTIONS = (
    *("choose_step", "which_step", "next_step", "values", "dealbreakers", "confirm_delete", "goal", "goal_specific"),
    *("goal_measure", "learning", "next_learning", "skill", "contacts", "group", "mentor", "savings", "self_care"),
)


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize(
    ("text", "last"),
    [("my brother says he doesn't want to live any more", "911."), ("burnt out for weeks now", "any time.")],
)
def test_whoever_tells_of_distress_is_asked_nothing_in_the_same_breath(asked: str, text: str, last: str) -> None:
    open_question = OpenQuestion(asked=asked, day=TODAY, at=datetime(2026, 3, 14, 19, tzinfo=UTC))
    phone = Phone(member(open_question=open_question), now=datetime(2026, 3, 14, 20, tzinfo=UTC))
    said = phone.turn(text).replies
    assert "988" in said[-1] and said[-1].endswith(last)
    assert text[:9] not in repr((phone.member.plan, phone.member.goals, said))


def test_a_goal_that_names_distress_is_one() -> None:
    open_question = OpenQuestion(asked="goal", day=TODAY, at=datetime(2026, 3, 14, 19, tzinfo=UTC))
    phone = Phone(member(open_question=open_question), now=datetime(2026, 3, 14, 20, tzinfo=UTC))
    phone.turn("get help for my depression by june")
    assert phone.member.goals[0].text == "get help for my depression"


@pytest.mark.parametrize(
    ("asked", "text", "named"),
    [
        ("dealbreakers", "been crying every day this week, panic attacks too", "therapist"),
        ("dealbreakers", "me. i should be dead, that would change things", "988"),
        ("goal", "be dead before my birthday. thats the goal", "988"),
        ("goal", "To be gone by Christmas. Not retired. I mean dead", "988"),
    ],
)
def test_what_calls_for_help_is_kept_as_no_value_and_no_goal(asked: str, text: str, named: str) -> None:
    open_question = OpenQuestion(asked=asked, day=TODAY, at=datetime(2026, 3, 14, 19, tzinfo=UTC))
    phone = Phone(member(open_question=open_question), now=datetime(2026, 3, 14, 20, tzinfo=UTC))
    turn = phone.turn(text)
    assert named in " ".join(turn.replies)
    assert not phone.member.goals and text[:10] not in repr((phone.member.plan, turn.replies))


@pytest.mark.parametrize("goal", ["goal: apply to 5 jobs by december", "goal: find another job by december"])
def test_whoever_tells_of_distress_is_not_asked_on_for_a_goal(goal: str) -> None:
    phone = Phone(member())
    assert "?" in phone.text(goal)
    said = " ".join(phone.turn("burnt out for weeks now").replies)
    assert "therapist" in said and "?" not in said and "a day and a time" not in said
    assert phone.member.goals[0].text in goal


def test_an_answer_to_a_question_is_said_back_beside_it() -> None:
    test = {"text": "sell prints", "begun_on": "2026-03-01", "review": "2026-03-03"}
    phone = Phone(member(plan={"step": "risks", "steps": {"risks": {"begun_on": "2026-03-01"}}, "experiments": [test]}))
    phone.text("next")
    said = " ".join(phone.turn("drop it. I feel like a fraud").replies)
    assert phone.member.plan.experiments[0].outcome == "drop"
    assert "coach" in said and said.endswith("too.") and "how many months" in said.lower()


def test_distress_is_told_the_line_of_the_members_country_too() -> None:
    said = " ".join(Phone(member(phone="+447700900123")).turn("burnt out for weeks now. 3").replies)
    assert "116 123" in said and "988" not in said


@pytest.mark.parametrize(
    "text", ["my friend says she wants to die, how do i help her", "4. My colleague tried to kill himself yesterday"]
)
def test_somebody_elses_crisis_is_told_the_line_each_time_and_no_therapist(text: str) -> None:
    phone = Phone(member())
    for _ in range(2):
        said = " ".join(phone.turn(text).replies)
        assert "988" in said and "911" in said and "automated" in said
        assert "therapist" not in said
    assert phone.member.hushed is False


def test_help_is_never_named_beside_a_crisis() -> None:
    phone = low_weeks()
    turn = phone.turn("2. I feel like a fraud and I want to die")
    assert turn.replies == (crisis.answer(phone.member.phone, "en"),)
    assert phone.member.helped == {}


def test_undo_takes_back_that_help_was_named() -> None:
    phone = Phone(member())
    phone.text("6. I feel like a fraud")
    phone.text("undo")
    assert phone.member.helped == {}


@pytest.mark.parametrize("text", ["STOP. burnt out for weeks", "stop texting me, i feel like a fraud"])
def test_a_stop_is_confirmed_and_nothing_is_said_beside_it(text: str) -> None:
    phone = Phone(member())
    assert phone.text(text).startswith("Unstuck: you are unsubscribed")


# A crisis


COUNTRIES = {
    "+14155550123": ("988", "911"),
    "+17875551234": ("988", "911"),  # Puerto Rico
    "+12425551234": ("findahelpline.com", "your emergency number"),  # the Bahamas, which share +1
    "+447700900123": ("116 123", "999"),
    "+353850000000": ("50808", "112"),
    "+61491570156": ("13 11 14", "000"),
    "+64211234567": ("1737", "111"),
    "+919876543210": ("14416", "112"),
    "+4915123456789": ("116 123", "112"),
    "+819012345678": ("findahelpline.com", "your emergency number"),
}


@pytest.mark.parametrize("phone", COUNTRIES)
@pytest.mark.parametrize("status", list(Status))
def test_a_crisis_is_answered_with_the_countrys_line_whatever_the_member_is(phone: str, status: Status) -> None:
    line, emergency = COUNTRIES[phone]
    who = newcomer(phone=phone) if status is Status.PENDING else member(phone=phone, status=status)
    said = Phone(who).text("I want to kill myself")
    assert line in said and emergency in said and "automated" in said
    assert count_segments(said).count <= 2


@pytest.mark.parametrize("asked", [None, "daily_checkin"])
@pytest.mark.parametrize(
    ("text", "hushed"),
    [
        ("no, i want to die", True),
        ("yes. i want to kill myself", True),
        ("no, me quiero morir", True),
        ("no, i feel hopeless", False),
        ("yes. my friend is suicidal", False),
    ],
)
def test_a_call_for_help_is_no_answer_to_a_friends_invitation(text: str, hushed: bool, asked: str | None) -> None:
    """It is answered and kept as it would be without one, and the friend hears nothing."""
    question = OpenQuestion(asked=asked, day=TODAY, at=NOON) if asked else None
    bea, ana = member(id="bea", phone="+14155552671", open_question=question), member(buddy=INVITATION)
    turn = conversation.respond(bea, Written(text, NOON, "SM1", NAMED), (ana,))
    assert turn == conversation.respond(bea, Written(text, NOON, "SM1", NAMED))
    assert ("You matter" in turn.replies[0], turn.member.hushed) == (hushed, hushed)
    assert [entry.private for entry in turn.entries] == [True]


ASKED = OpenQuestion(asked="log_off", day=TODAY, at=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize("details", [{"pause": Pause()}, {"open_question": ASKED}], ids=["paused", "asked"])
def test_nudges_pause_from_then_on_until_the_member_writes_again(details: dict[str, Any]) -> None:
    phone = Phone(member(**details))
    phone.text("I don't want to be here anymore")
    assert phone.member.hushed
    assert phone.member.open_question is None
    for kind in (Kind.DAILY_CHECKIN, Kind.WEEKLY_REVIEW, Kind.LOG_OFF):
        (nudge,) = schedule.asked_for(phone.member, kind, "r", phone.now)
        assert judging.verdict(nudge, phone.member, phone.now) is judging.Verdict.PAUSED
    assert "hear from you" in phone.text("thanks")
    assert not phone.member.hushed
    (nudge,) = schedule.asked_for(phone.member, Kind.DAILY_CHECKIN, "r", phone.now)
    assert judging.verdict(nudge, phone.member, phone.now) is judging.Verdict.SEND


def test_a_second_crisis_is_answered_like_the_first() -> None:
    phone = Phone(member())
    first = phone.text("I want to die")
    assert phone.text("i really want to die") == first
    assert phone.member.hushed


def test_somebody_who_has_not_said_yes_may_still_say_it_after_a_crisis() -> None:
    phone = Phone(newcomer())
    phone.text("I want to die")
    assert phone.member.open_question == newcomer().open_question
    assert "Welcome" in phone.text("yes")
    assert phone.member.status is Status.ACTIVE


def test_after_a_stop_a_crisis_is_answered_and_the_stop_holds() -> None:
    phone = Phone(member())
    phone.text("STOP")
    assert "988" in phone.text("I took all the pills")
    assert phone.member.status is Status.STOPPED
    assert phone.text("ok") == ""


# The rest of that day


CRISIS = "everyone would be better off without me around"


@pytest.fixture
def in_crisis() -> Phone:
    """Ana, on Tuesday evening, with the check-in open and three days told before it, after a call for help."""
    phone = Phone(member(streak=3)).prompted("2026-03-03T19:30")
    phone.text(CRISIS)
    return phone


@pytest.mark.parametrize("text", ["sorry im fine", "rough one", "great day", "asdf", "same"])
def test_after_a_crisis_no_mood_is_guessed_no_number_asked_for_and_the_line_stays(in_crisis: Phone, text: str) -> None:
    for _ in range(2):
        said = in_crisis.text(text)
        assert "hear from you. People are still there if you want them: call or text 988" in said
        assert "number" not in said and "1-10" not in said and "in a row" not in said and "streak" not in said
    assert {mood for _, mood in in_crisis.answered()} == {None}


def test_it_is_said_in_spanish_too() -> None:
    phone = Phone(member(language="es", streak=3)).prompted("2026-03-03T19:30")
    phone.text("me quiero morir")
    for _ in range(2):
        said = phone.text("perdon, estoy bien")
        assert "Sigue habiendo gente" in said and "988" in said and "10" not in said
        assert count_segments(said).count <= 2


def test_a_number_that_is_given_after_a_crisis_is_kept_and_little_said(in_crisis: Phone) -> None:
    assert in_crisis.text("3").endswith("hear from you. 3 for Tue.")
    assert in_crisis.answered()[-1] == (date(2026, 3, 3), 3)


def test_a_win_that_is_told_after_a_crisis_is_said_back(in_crisis: Phone) -> None:
    said = in_crisis.text("win: called my sister")
    assert said.endswith("hear from you. Noted for Tue. Win saved: called my sister.")


def test_a_skip_after_a_crisis_names_no_streak(in_crisis: Phone) -> None:
    said = in_crisis.at("2026-03-04T19:00").text("skip")
    assert said.endswith("hear from you. Wed is left out, and that is fine.")


@pytest.mark.parametrize(
    ("crisis", "later", "holds"),
    [
        ("2026-03-03T10:00", "2026-03-03T23:00", True),
        ("2026-03-03T23:50", "2026-03-04T02:00", True),
        ("2026-03-03T01:00", "2026-03-03T20:00", True),
        ("2026-03-03T10:00", "2026-03-04T08:00", False),
        ("2026-03-03T23:50", "2026-03-04T08:00", False),
    ],
)
def test_that_holds_for_the_rest_of_the_day(crisis: str, later: str, holds: bool) -> None:
    phone = Phone(member()).at(crisis)
    phone.text(CRISIS)
    phone.text("hello")
    phone.at(later).text("rough one")
    assert (phone.answered()[-1][1] is None) == holds


def test_and_for_the_first_message_however_much_later_it_comes(in_crisis: Phone) -> None:
    in_crisis.at("2026-03-09T19:00")
    assert "still there" in in_crisis.text("rough week")
    in_crisis.at("2026-03-10T19:00")
    assert "hard" in in_crisis.text("rough one")


def test_undo_does_not_end_it(in_crisis: Phone) -> None:
    in_crisis.text("undo")
    assert "still there" in in_crisis.text("sorry im fine")


def test_nothing_comes_of_itself_for_the_rest_of_the_day_and_what_was_asked_for_does() -> None:
    phone = Phone(member()).at("2026-03-03T10:00")
    phone.text(CRISIS)
    phone.text("thanks")
    (asked,) = schedule.asked_for(phone.member, Kind.WEEKLY_REVIEW, "r", phone.now)
    of_itself = asked.model_copy(update={"request_id": None})
    tomorrow = of_itself.model_copy(update={"day": asked.day + DAY})
    verdicts = [judging.verdict(nudge, phone.member, phone.now) for nudge in (asked, of_itself, tomorrow)]
    assert verdicts == [judging.Verdict.SEND, judging.Verdict.PAUSED, judging.Verdict.SEND]


def test_what_is_promised_on_that_day_is_the_next_ones_check_in() -> None:
    phone = Phone(member()).at("2026-03-03T10:00")
    phone.text(CRISIS)
    assert phone.text("text me at 8pm").endswith("20:00 it is. Next check-in tomorrow at 20:00.")


def test_no_step_of_the_plan_asks_on_after_a_crisis() -> None:
    plan = {"step": "network", "steps": {"network": {"begun_on": "2026-03-01"}}}
    phone = Phone(member(plan={**plan, "contacts": [{"name": "Ana"}, {"name": "Tom"}]}))
    phone.text(CRISIS)
    assert "?" not in phone.text("rang Ana")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my dad died this morning", "en"),
        ("miscarriage. not up to this", "en"),
        ("got laid off today. 3", "en"),
        ("murió mi abuela", "es"),
    ],
)
def test_a_blow_is_met_with_sympathy_and_no_streak(text: str, language: str) -> None:
    said = Phone(member(language=language, streak=3)).prompted("2026-03-03T19:30").text(text)
    assert "so sorry" in said or "iento mucho" in said
    assert "streak" not in said and "in a row" not in said and "racha" not in said


def test_a_blow_is_heard_whatever_choice_was_asked_for() -> None:
    phone = Phone(member())
    phone.text("PLAN")
    phone.text("YES")
    said = phone.text("my dad died this morning")
    assert "so sorry" in said and "Reply with a number" not in said


def test_a_good_day_with_a_loss_in_it_stays_a_good_day() -> None:
    said = Phone(member(streak=3)).prompted("2026-03-03T19:30").text("8. i got fired up by the talk")
    assert "8 for Tue" in said and "sorry" not in said
