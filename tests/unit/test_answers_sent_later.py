"""An answer that could not be given in return goes out by itself: once, at any hour, and is counted as nothing."""

from datetime import timedelta
from typing import Any

import pytest

from shared.domain import agenda, failures, judging, nudging, schedule
from shared.domain.failures import Failure
from shared.domain.judging import Verdict
from shared.domain.models import Buddy, Kind, Member, Nudge, Pause, Status, Turn
from tests.unit.conversing import TUESDAY, member, new_york

BUDDY = "+14155552671"
WROTE = new_york("2026-03-03T23:30")
MINUTE = timedelta(minutes=1)


def answer(who: Member | None = None) -> Nudge:
    return schedule.answer(who or member(), "SM1", WROTE, "sms")


def with_buddy(**details: Any) -> Member:
    return member(buddy=Buddy(phone=BUDDY, since=WROTE, **details))


def to_buddy(*friends: Member) -> Nudge | None:
    return schedule.answer_to_buddy(BUDDY, friends, "SM1", WROTE)


def test_an_answer_is_named_by_its_message_and_belongs_to_the_day_on_which_that_came() -> None:
    assert answer().id == "answer#SM1#sms"
    assert (answer().day, answer().due_at) == (TUESDAY, WROTE)


@pytest.mark.parametrize("late", [MINUTE, timedelta(hours=5), timedelta(days=9)])
@pytest.mark.parametrize(
    "who",
    [
        member(),
        member(status=Status.PENDING),
        member(pause=Pause()),
        member(hushed=True),
        member(silence=20),
        member(status=Status.STOPPED, opted_out_at=WROTE),
        member(status=Status.STOPPED, opted_out_at=WROTE - MINUTE),
    ],
    ids=["active", "pending", "paused", "hushed", "silent", "by this very STOP", "stopped before, and texts HELP"],
)
def test_whoever_wrote_is_answered_at_night_however_late(who: Member, late: timedelta) -> None:
    assert judging.verdict(answer(who), who, WROTE + late) is Verdict.SEND


def test_an_opt_out_that_came_after_the_message_is_stronger() -> None:
    gone = member(status=Status.STOPPED, opted_out_at=WROTE + MINUTE)
    assert judging.verdict(answer(gone), gone, WROTE + 2 * MINUTE) is Verdict.NOT_A_MEMBER_NOW


def test_an_answer_counts_as_no_nudge_and_changes_nothing() -> None:
    who = member(streak=3, silence=2, unanswered=1)
    judged = judging.judge(answer(), who, WROTE)
    assert judged == (answer(), Verdict.SEND, {Kind.ANSWER: Verdict.SEND})
    assert not agenda.counts(answer())
    assert nudging.outcome(answer(), who, Verdict.SEND, WROTE) == Turn(member=who)


def test_nobody_asks_for_an_answer_but_by_a_message() -> None:
    assert [nudge for kind in schedule.ANSWERS for nudge in schedule.asked_for(member(), kind, "now", WROTE)] == []


def test_a_buddy_is_answered_as_one_of_those_whose_buddy_they_are() -> None:
    nudge = to_buddy(member(id="bob"), with_buddy())
    assert nudge is not None
    assert (nudge.member_id, nudge.id) == ("ana", "buddy_answer#SM1#sms")
    assert nudging.recipient(nudge, with_buddy()) == BUDDY


def test_a_buddy_is_answered_whatever_the_member_wants_for_themselves() -> None:
    nudge = to_buddy(with_buddy())
    assert nudge is not None
    for who in (with_buddy(), with_buddy().model_copy(update={"hushed": True, "pause": Pause()})):
        assert judging.verdict(nudge, who, WROTE + timedelta(hours=3)) is Verdict.SEND
        assert nudging.outcome(nudge, who, Verdict.SEND, WROTE).member == who


def test_whoever_is_nobody_s_buddy_any_more_is_not_answered() -> None:
    assert to_buddy() is to_buddy(member()) is to_buddy(member(buddy=Buddy(phone="+14155550199", since=WROTE))) is None
    nudge = to_buddy(with_buddy())
    assert nudge is not None
    assert judging.verdict(nudge, member(), WROTE + MINUTE) is Verdict.NO_BUDDY


@pytest.mark.parametrize("failure", list(Failure))
def test_an_answer_that_is_refused_to_a_buddy_ends_neither_the_tie_nor_the_membership(failure: Failure) -> None:
    nudge = to_buddy(with_buddy())
    assert nudge is not None
    turn = failures.undelivered(nudge, with_buddy(), failure, "21610", WROTE)
    assert turn.member == with_buddy()
