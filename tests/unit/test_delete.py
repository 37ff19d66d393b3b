"""DELETE: asked about once, done at the second word, and at nothing but that."""

from datetime import timedelta

import pytest

from cli.rehearsal import BRAND
from shared.domain import conversation, events, judging, schedule
from shared.domain.message import Written
from shared.domain.models import Buddy, Due, Kind, Status
from tests.unit.conversing import Phone, member, new_york, newcomer

NOON = new_york("2026-03-03T12:00")

SURE = "This erases everything I hold about you, for good. Reply DELETE to go on, or KEEP."
GONE = "Unstuck: done. Everything is being erased and nothing more will be sent. Take care."


@pytest.fixture
def asked() -> Phone:
    """Ana, who has just been asked whether to erase everything."""
    phone = Phone(member(streak=3)).prompted("2026-03-03T19:30")
    assert phone.text("delete my account") == SURE
    return phone


@pytest.mark.parametrize("text", ["DELETE", "yes", "Yes, erase everything please"])
def test_the_second_word_erases_and_ends_it(asked: Phone, text: str) -> None:
    turn = asked.turn(text)
    assert (turn.erase, turn.replies) == (True, (GONE,))
    assert (turn.member.status, turn.rescheduled) == (Status.STOPPED, True)
    assert asked.text("hello?") == asked.text("DELETE") == ""


@pytest.mark.parametrize("text", ["KEEP", "no", "never mind"])
def test_keep_leaves_everything_as_it_was_with_the_check_in_still_open(asked: Phone, text: str) -> None:
    assert asked.text(text) == "Good, everything stays as it is."
    assert not asked.turns[-1].erase
    assert asked.text("7") == "7 for Tue. 4-day streak."


@pytest.mark.parametrize("text", ["what?", "asdf", "hm"])
def test_what_is_neither_is_asked_again(asked: Phone, text: str) -> None:
    assert asked.text(text) == SURE
    assert asked.text("KEEP") == "Good, everything stays as it is."


@pytest.mark.parametrize("text", ["7", "7. Win: sent the CV", "STATS", "text me at 8pm", "pause for a week", "next"])
@pytest.mark.parametrize("later", ["DELETE", "yes"])
def test_after_anything_else_it_takes_both_words_again(asked: Phone, text: str, later: str) -> None:
    assert asked.text(text) not in ("", SURE)
    turn = asked.turn(later)
    assert not turn.erase
    assert turn.member.status is Status.ACTIVE


@pytest.mark.parametrize("text", ["4. ok one more", "ok tell me more", "8, yes!", "ok but first send me my data"])
def test_an_ok_in_passing_erases_nothing(asked: Phone, text: str) -> None:
    assert not asked.turn(text).erase


def test_after_the_next_check_in_too(asked: Phone) -> None:
    assert asked.prompted("2026-03-04T19:30").text("DELETE") == SURE


def test_undo_erases_nothing(asked: Phone) -> None:
    asked.turn("UNDO")
    assert not asked.turn("yes").erase


def test_whoever_has_not_said_yes_yet_is_erased_at_once() -> None:
    phone = Phone(newcomer())
    turn = phone.turn("delete my data")
    assert (turn.erase, turn.replies) == (True, (GONE,))


def test_a_stop_and_a_crisis_come_before_it(asked: Phone) -> None:
    assert "988" in asked.text("delete me, I want to die")
    assert not asked.turns[-1].erase
    assert asked.text("DELETE").endswith(SURE)
    assert "unsubscribed" in asked.text("STOP")


def test_nothing_that_was_asked_for_goes_out_afterwards(asked: Phone) -> None:
    nudges = schedule.asked_for(asked.member, Kind.DAILY_CHECKIN, "r1", asked.now)
    asked.text("DELETE")
    judged = [judging.verdict(nudge, asked.member, asked.now) for nudge in nudges]
    assert judged == [judging.Verdict.NOT_A_MEMBER_NOW]


def test_an_erasure_is_due_for_when_it_breaks_off_and_nothing_takes_that_back(asked: Phone) -> None:
    """Nor do newer time zones, nor an hour that has come in the same moment."""
    at_once = Due(member_id=asked.member.id, at=asked.now, kinds=(Kind.DAILY_CHECKIN,))
    asked.member = asked.member.model_copy(update={"due": at_once})
    due = asked.turn("DELETE").due
    assert due is not None
    assert (due.kinds, due.at - asked.now) == ((Kind.ERASURE,), schedule.ERASED_WITHIN)
    known = asked.member.model_copy(update={"due": due})
    back = conversation.respond(known, Written("START", asked.now + timedelta(minutes=1), "SM9", BRAND))
    assert (back.member.status, back.rescheduled) == (Status.ACTIVE, False)
    assert schedule.recomputed(due, known, asked.now) == due


def test_an_erasure_is_nothing_that_anybody_is_sent() -> None:
    assert schedule.asked_for(member(channels=("sms", "email")), Kind.ERASURE, "r1", NOON) == []


def test_whoever_erases_everything_on_the_page_is_nobody_s_buddy_any_more() -> None:
    buddy = Buddy(phone=member().phone, status="agreed", since=NOON)
    bob = member(id="bob", phone="+14155550124", buddy=buddy)
    turn = events.erase(member(), NOON, (bob,))
    assert turn.erase and turn.member.status is Status.STOPPED
    assert turn.due == schedule.erasure(member(), NOON)
    (other,) = turn.others
    assert (other.member.id, other.member.buddy, other.unlinked) == ("bob", None, member().phone)
