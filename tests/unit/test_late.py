"""A text that had to wait counts for when it was written: its day, and what was asked before it."""

from datetime import date, datetime, timedelta

import pytest

from cli.rehearsal import BRAND
from shared.domain import conversation, late
from shared.domain.message import Written
from shared.domain.models import Entry, Member, OpenQuestion, Pause, Status, Turn
from tests.unit.conversing import TUESDAY, Phone, member, new_york

MONDAY = date(2026, 3, 2)
EVENING = new_york("2026-03-02T19:30")
MORNING = new_york("2026-03-03T09:30")
NEXT_EVENING = new_york("2026-03-03T10:30")  # of somebody whose hour is 10:30
MINUTE = timedelta(minutes=1)


def prompted(day: date, at: datetime) -> Entry:
    return Entry(day=day, at=at, source=f"daily_checkin#{day}#sms", kind="prompted")


def asked(day: date, at: datetime, asked: str = "daily_checkin") -> OpenQuestion:
    return OpenQuestion(asked=asked, day=day, at=at)


def asked_twice(*answered: Entry) -> Member:
    """Somebody who was asked about Monday, and on Tuesday again."""
    journal = (prompted(MONDAY, EVENING), *answered, prompted(TUESDAY, NEXT_EVENING))
    return member(open_question=asked(TUESDAY, NEXT_EVENING), journal=journal)


def take(who: Member, text: str, at: datetime) -> Turn:
    return late.respond(who, Written(text, at, "SM1", BRAND))


@pytest.mark.parametrize("text", ["7", "PAUSE", "STATS", "stop texting me", "goal: run 5k by june"])
def test_a_text_that_is_taken_at_once_comes_to_what_it_always_does(text: str) -> None:
    who = member(open_question=asked(MONDAY, EVENING), journal=(prompted(MONDAY, EVENING),))
    turn = conversation.respond(who, Written(text, EVENING + MINUTE, "SM1", BRAND))
    assert take(who, text, EVENING + MINUTE) == turn


def test_an_answer_counts_for_the_day_that_was_asked_about_before_it_was_written() -> None:
    turn = take(asked_twice(), "7", MORNING)
    assert [(entry.day, entry.at, entry.mood) for entry in turn.entries] == [(MONDAY, MORNING, 7)]
    assert "Mon" in turn.replies[0]
    assert turn.member.open_question == asked(TUESDAY, NEXT_EVENING)


def test_it_does_so_where_what_was_asked_since_is_answered_already() -> None:
    report = Entry(day=TUESDAY, at=NEXT_EVENING + MINUTE, source="SM0", kind="answered", mood=5)
    who = asked_twice().model_copy(update={"open_question": None})
    turn = take(who.model_copy(update={"journal": (*who.journal, report)}), "7", MORNING)
    assert [(entry.day, entry.mood) for entry in turn.entries] == [(MONDAY, 7)]
    assert turn.member.open_question is None


def test_what_it_does_not_answer_is_not_open_again_where_what_was_asked_since_is_answered() -> None:
    who = asked_twice().model_copy(update={"open_question": None})
    assert take(who, "STATS", MORNING).member.open_question is None
    question = take(who, "DELETE", MORNING).member.open_question
    assert question is not None
    assert (question.asked, question.behind) == ("confirm_delete", None)


def test_what_was_answered_before_it_was_written_is_not_answered_again() -> None:
    report = Entry(day=MONDAY, at=EVENING + MINUTE, source="SM0", kind="answered", mood=5)
    turn = take(asked_twice(report), "7", MORNING)
    assert [entry.day for entry in turn.entries] == [TUESDAY]


def test_a_prompt_that_comes_into_the_record_a_moment_after_its_answer_was_asked_before_it() -> None:
    who = member(open_question=asked(TUESDAY, NEXT_EVENING), journal=(prompted(TUESDAY, NEXT_EVENING),))
    turn = take(who, "7", NEXT_EVENING - timedelta(seconds=5))
    assert (turn.entries[0].day, turn.member.open_question) == (TUESDAY, None)


def test_a_question_that_its_answer_asks_is_open_before_the_one_that_was_asked_since() -> None:
    turn = take(asked_twice(), "DELETE", MORNING)
    question = turn.member.open_question
    assert question is not None
    assert (question.asked, question.behind) == ("confirm_delete", asked(TUESDAY, NEXT_EVENING))


def asked_a_step() -> Member:
    """Somebody who was asked on Tuesday morning with which step to begin, and then about the day."""
    phone = Phone(member(), MORNING)
    phone.text("PLAN")
    assert phone.member.open_question is not None and phone.member.open_question.asked == "which_step"
    return phone.prompted("2026-03-03T10:30").member


def test_an_answer_to_what_was_asked_before_a_nudge_asked_another_thing_is_one() -> None:
    turn = take(asked_a_step(), "4", MORNING + MINUTE)
    assert (turn.member.plan.step, turn.entries) == ("network", ())
    question = turn.member.open_question
    assert question is not None and question.behind is not None
    assert (question.asked, question.behind.asked, question.behind.day) == ("start_today", "daily_checkin", TUESDAY)


def test_what_does_not_answer_it_leaves_open_what_was_asked_since() -> None:
    before = asked_a_step()
    turn = take(before, "7", MORNING + MINUTE)
    assert [entry.mood for entry in turn.entries] == [7]
    assert turn.member.open_question == before.open_question


def test_a_question_that_is_open_still_is_answered_though_a_day_was_asked_about_and_told_since() -> None:
    phone = Phone(member(), MORNING)
    phone.text("PLAN")
    report = Entry(day=TUESDAY, at=NEXT_EVENING + MINUTE, source="SM0", kind="answered", mood=5)
    who = phone.member.model_copy(update={"journal": (prompted(TUESDAY, NEXT_EVENING), report)})
    turn = take(who, "4", MORNING + MINUTE)
    assert (turn.member.plan.step, turn.entries) == ("network", ())


def test_an_undo_leaves_open_what_was_asked_since() -> None:
    before = asked_twice()
    turn = take(before, "7", MORNING)
    told = turn.member.model_copy(update={"journal": before.journal + turn.entries})
    undone = conversation.respond(told, Written("undo", NEXT_EVENING + MINUTE, "SM2", BRAND))
    assert undone.removed == (turn.entries[0].id,)
    assert undone.member.open_question == asked(TUESDAY, NEXT_EVENING)


def test_a_pause_holds_from_when_it_was_written() -> None:
    assert take(asked_twice(), "pause for a week", MORNING).member.pause == Pause(until=date(2026, 3, 10))


@pytest.mark.parametrize("text", ["START", "YES", "7", "help"])
def test_nothing_that_was_written_before_a_stop_brings_anybody_back(text: str) -> None:
    gone = member(status=Status.STOPPED, opted_out_at=MORNING + MINUTE)
    turn = take(gone, text, MORNING)
    assert turn.member.status is Status.STOPPED
    assert turn.member.opted_out_at == gone.opted_out_at


def test_a_start_that_was_written_after_a_stop_brings_them_back() -> None:
    gone = member(status=Status.STOPPED, opted_out_at=MORNING - MINUTE)
    assert take(gone, "START", MORNING).member.status is Status.ACTIVE


def test_a_stop_is_one_however_late_it_is_taken() -> None:
    turn = take(asked_twice(), "please stop texting me", MORNING)
    assert (turn.member.status, turn.member.opted_out_at, turn.member.open_question) == (Status.STOPPED, MORNING, None)
