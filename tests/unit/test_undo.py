"""UNDO says what it took back and what holds from now on; "make that a 7" and SKIP know what was told before."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from shared.domain import events, schedule
from shared.domain.models import Entry, Pause, Status
from tests.unit.conversing import TUESDAY, Phone, member, new_york, newcomer


def after(texts: Sequence[str], **details: object) -> Phone:
    phone = Phone(member(**details)).prompted("2026-03-03T19:30")
    for text in texts:
        phone.text(text)
    return phone


@pytest.mark.parametrize(
    ("text", "taken_back"),
    [
        ("6", "6 for Tue"),
        ("6. win: sent the CV", "6 for Tue, 1 win"),
        ("6.5. win: sent the CV. win: called Ben", "6.5 for Tue, 2 wins"),
        ("win: sent the CV", "1 win"),
        ("rough one. win: sent the CV", "what you told of Tue, 1 win"),
        ("budget mtg drained me", "what you told of Tue"),
        ("yesterday 3", "3 for Mon"),
        ("skip", "the skip of Tue"),
        ("call me Sam", "the new name"),
        ("later", "asking again later"),
        ("goal: apply to 5 jobs by june", "a change to your goals"),
        ("log off at 6", "a change to your plan"),
    ],
)
def test_what_is_taken_back_is_said_in_a_few_words(text: str, taken_back: str) -> None:
    phone = after([text])
    assert phone.text("UNDO") == f"Taken back: {taken_back}."


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["text me at 8am"], "Taken back: the new hour. Next check-in tomorrow at 19:30."),
        (["just mon"], "Taken back: the new days. Next check-in tomorrow at 19:30."),
        (["I moved to Denver"], "Taken back: the new time zone. Next check-in tomorrow at 19:30."),
        (["pause"], "Taken back: the pause. Next check-in tomorrow at 19:30."),
        (["pause", "resume"], "Taken back: the end of your pause."),
        (["6 and text me at 8am"], "Taken back: 6 for Tue, the new hour. Next check-in tomorrow at 19:30."),
    ],
)
def test_what_moves_the_check_in_back_says_when_it_comes(texts: list[str], said: str) -> None:
    assert after(texts).text("undo") == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["6", "4"], "Taken back: 4 for Tue. 6 for Tue holds again."),
        (["6", "sorry meant 4"], "Taken back: 4 for Tue. 6 for Tue holds again."),
        (["6", "win: sent the CV"], "Taken back: 1 win."),
    ],
)
def test_a_score_that_holds_again_is_said(texts: list[str], said: str) -> None:
    assert after(texts).text("undo") == said


def test_what_has_left_is_named_as_not_undone() -> None:
    phone = after(["8, send me my summary"], email="ana@example.com")
    assert phone.turns[-1].requests
    assert phone.text("undo") == (
        "Taken back: 8 for Tue. What has left by mail or to your buddy cannot be called back."
    )


def test_a_new_address_is_taken_back_though_it_was_asked_and_the_one_before_is_as_confirmed_as_it_was() -> None:
    phone = after(["my email is kim@example.com"], email="ana@example.com")
    phone.keep(events.confirm(phone.member, phone.now))
    assert phone.text("undo").startswith("Taken back: the new address. What has left by mail")
    assert phone.member.mailbox == "ana@example.com"
    mistyped = after(["my email is kim@example.com"], email="ana@exmaple.com", email_confirmed_at=None)
    mistyped.keep(events.confirm(mistyped.member, mistyped.now))
    mistyped.text("undo")
    assert (mistyped.member.email, mistyped.member.mailbox) == ("ana@exmaple.com", None)


def test_what_changed_nothing_that_has_a_name_is_the_last_message() -> None:
    assert after(["plan"]).text("undo") == "Taken back: your last message no longer counts."


def test_a_goal_and_its_progress_go_with_the_report() -> None:
    phone = after(["goal: apply to 5 jobs by june", "skip", "7. applied to 2 jobs"])
    assert phone.text("undo") == "Taken back: 7 for Tue, 1 win, a change to your goals."
    assert phone.member.goals[0].done == 0


# A score that is mended


def test_a_score_is_mended_where_it_was_given_last() -> None:
    phone = after(["7"])
    phone.at("2026-03-03T19:40").text("yesterday 3")
    assert phone.at("2026-03-03T19:50").text("sorry meant 4") == "Mended: 4 for Mon."


def test_a_score_that_is_mended_keeps_what_was_told_beside_it() -> None:
    phone = after(["7. win: sent the CV", "make that a 4"])
    assert phone.text("WINS").endswith("sent the CV")
    assert "mood 4 on average" in phone.text("STATS")


def test_where_none_was_given_yet_it_is_the_first() -> None:
    phone = after([])
    assert phone.text("make that a 7") == "7 for Tue."
    assert (phone.answered(), phone.member.streak, phone.member.open_question) == ([(TUESDAY, 7)], 1, None)


# A skip of a day that was told


def test_a_day_that_has_its_answer_is_not_skipped() -> None:
    phone = after(["7"])
    assert phone.text("skip") == "Tuesday has its answer already, so we leave it at that."
    assert phone.answered() == [(TUESDAY, 7)]
    assert not phone.turns[-1].entries


# STATS


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], "Nothing told in the last 30 days, and that is fine. A number from 1 to 10 is a start."),
        (["6"], "Last 30 days: 1 day answered, mood 6 on average."),
        (["win: sent the CV"], "Last 30 days: 1 day answered, 1 win."),
    ],
)
def test_stats_read_as_a_sentence(texts: list[str], said: str) -> None:
    assert after(texts).text("STATS") == said


def test_stats_tell_the_streak_once_it_is_one() -> None:
    journal = [Entry(day=TUESDAY, at=new_york("2026-03-03T19:40"), source="SM1", kind="answered", mood=7.25)]
    phone = Phone(member(journal=journal, streak=4))
    assert phone.text("STATS") == "Last 30 days: 1 day answered, mood 7.3 on average. Streak: 4 days."


# What it brings back, and what not


def test_undo_takes_back_what_was_recorded_and_opens_the_question_again(asked: Phone) -> None:
    asked.text("4")
    assert asked.text("UNDO") == "Taken back: 4 for Tue."
    assert (asked.answered(), asked.member.streak, asked.member.unanswered) == ([], 0, 1)
    assert asked.at("2026-03-04T00:40").text("7") == "7 for Tue."
    assert (asked.answered(), asked.member.streak) == ([(TUESDAY, 7)], 1)


def test_undo_takes_back_a_pause(ana: Phone) -> None:
    due = schedule.next_due(ana.member, ana.now)
    ana.text("pause for a week")
    turn = ana.turn("undo")
    assert (ana.member.pause, turn.rescheduled, turn.due) == (None, True, due)


def test_undo_brings_a_pause_back(ana: Phone) -> None:
    ana.text("pause for a week")
    ana.text("resume")
    ana.text("undo")
    assert ana.member.pause == Pause(until=date(2026, 3, 10))


def test_undo_twice_says_that_it_takes_back_one_and_does_not_redo(asked: Phone) -> None:
    asked.text("4")
    asked.text("undo")
    once = asked.member
    assert asked.text("undo") == "UNDO takes back the last message only, and there is none to take back now."
    assert asked.member == once


def test_undo_takes_back_the_last_turn_that_changed_something(asked: Phone) -> None:
    asked.text("4")
    for text in ("stats", "thanks", "help", "what?"):
        asked.text(text)
    asked.text("undo")
    assert asked.answered() == []


def test_undo_takes_back_only_the_last_of_two_answers(asked: Phone) -> None:
    asked.text("4")
    asked.text("8")
    asked.text("undo")
    assert (asked.answered(), asked.member.streak) == ([(TUESDAY, 4)], 1)


def test_undo_does_not_reach_across_a_stop(asked: Phone) -> None:
    asked.text("4")
    asked.text("stop")
    asked.now += timedelta(seconds=1)
    asked.text("start")
    assert asked.text("undo") == "UNDO takes back the last message only, and there is none to take back now."
    assert asked.answered() == [(TUESDAY, 4)]


def test_undo_does_not_take_back_the_opt_in() -> None:
    phone = Phone(newcomer())
    phone.text("yes")
    assert phone.text("undo") == "UNDO takes back the last message only, and there is none to take back now."
    assert phone.member.status is Status.ACTIVE


def test_undo_leaves_a_check_in_open_that_came_since(asked: Phone) -> None:
    asked.text("4")
    asked.prompted("2026-03-04T19:30").text("undo")
    assert (asked.answered(), asked.member.streak, asked.member.unanswered) == ([], 0, 2)
    assert asked.at("2026-03-05T09:00").text("6") == "6 for Wed."


def test_undo_does_not_bring_back_a_streak_that_an_unanswered_prompt_ended(ana: Phone) -> None:
    for day in (1, 2, 3):
        ana.prompted(f"2026-03-0{day}T19:30").text("7")
    ana.prompted("2026-03-04T19:30").prompted("2026-03-05T19:30").text("undo")
    assert ana.member.streak == 0
