"""Whether a nudge may go out: judged at the moment of sending, and not before."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from shared.domain import schedule
from shared.domain.judging import Verdict, verdict
from shared.domain.models import Entry, Kind, Nudge, Pause, Status
from tests.unit.conversing import member, new_york
from tests.unit.plans import experiment

MINUTE = timedelta(minutes=1)
NEW_YORK = ZoneInfo("America/New_York")
CHECKIN, REVIEW, SUMMARY = Kind.DAILY_CHECKIN, Kind.WEEKLY_REVIEW, Kind.MONTHLY_SUMMARY


# The verdict at the moment of sending


def checkin(due: str = "2026-03-03T19:30", **details: Any) -> Nudge:
    at = new_york(due)
    day = at.astimezone(NEW_YORK).date()
    given = {"member_id": "ana", "kind": CHECKIN, "channel": "sms", "day": day, "due_at": at}
    return Nudge.model_validate({**given, **details})


def answer(kind: str, day: str = "2026-03-03") -> Entry:
    at = new_york(f"{day}T18:00")
    return Entry.model_validate({"day": day, "at": at, "source": "SM1", "kind": kind})


def test_a_nudge_on_time_is_sent() -> None:
    assert verdict(checkin(), member(), new_york("2026-03-03T19:31")) is Verdict.SEND


@pytest.mark.parametrize("status", [Status.STOPPED, Status.PENDING])
@pytest.mark.parametrize("request_id", [None, "now1"])
def test_nothing_is_sent_to_who_is_not_a_member_now_not_even_if_asked_for(
    status: Status, request_id: str | None
) -> None:
    nudge = checkin(request_id=request_id)
    assert verdict(nudge, member(status=status), nudge.due_at) is Verdict.NOT_A_MEMBER_NOW


def test_the_request_to_confirm_goes_to_whoever_signed_up_unless_they_opted_out() -> None:
    nudge = checkin("2026-03-03T23:00", kind=Kind.OPT_IN)
    found = {status: verdict(nudge, member(status=status), nudge.due_at) for status in Status}
    assert found == {
        Status.PENDING: Verdict.SEND,
        Status.ACTIVE: Verdict.SEND,
        Status.STOPPED: Verdict.NOT_A_MEMBER_NOW,
    }


def test_a_pause_that_began_after_the_nudge_was_queued_holds_it_back() -> None:
    assert verdict(checkin(), member(pause=Pause()), new_york("2026-03-03T19:31")) is Verdict.PAUSED
    until = member(pause=Pause(until=date(2026, 3, 3)))
    assert verdict(checkin(), until, new_york("2026-03-03T19:31")) is Verdict.SEND


@pytest.mark.parametrize("kind", ["answered", "skipped"])
def test_a_day_that_has_its_answer_is_not_asked_about(kind: str) -> None:
    now = new_york("2026-03-03T19:31")
    assert verdict(checkin(), member(journal=[answer(kind)]), now) is Verdict.ANSWERED
    assert verdict(checkin(), member(journal=[answer(kind, "2026-03-02")]), now) is Verdict.SEND


def test_a_summary_is_sent_whatever_was_answered_on_its_day() -> None:
    nudge = checkin("2026-03-01T09:00", kind=SUMMARY)
    assert verdict(nudge, member(journal=[answer("answered", "2026-03-01")]), nudge.due_at) is Verdict.SEND


def test_a_nudge_is_sent_up_to_two_hours_late_and_is_missed_after_that() -> None:
    nudge = checkin("2026-03-03T12:00")
    assert verdict(nudge, member(), nudge.due_at + timedelta(hours=2)) is Verdict.SEND
    assert verdict(nudge, member(), nudge.due_at + timedelta(hours=2, seconds=1)) is Verdict.MISSED


def test_quiet_hours_hold_for_texts_and_not_for_mails() -> None:
    late = new_york("2026-03-03T21:00")
    assert verdict(checkin("2026-03-03T20:30"), member(), late - MINUTE) is Verdict.SEND
    assert verdict(checkin("2026-03-03T20:30"), member(), late) is Verdict.MISSED
    mailed = member(email="ana@example.com")
    assert verdict(checkin("2026-03-03T20:30", channel="email"), mailed, late) is Verdict.SEND


@pytest.mark.parametrize(
    "details",
    [{}, {"pause": Pause()}, {"journal": [answer("answered")]}],
    ids=["at night and late", "paused", "answered"],
)
def test_what_was_asked_for_is_sent_at_any_hour(details: dict[str, Any]) -> None:
    nudge = checkin("2026-03-03T20:30", request_id="now1")
    assert verdict(nudge, member(**details), new_york("2026-03-04T02:00")) is Verdict.SEND


def test_a_pause_ends_on_its_day_in_the_members_own_zone() -> None:
    who = member(pause=Pause(until=date(2026, 3, 10)))
    assert schedule.is_paused(who, new_york("2026-03-09T23:59"))
    assert not schedule.is_paused(who, new_york("2026-03-10T00:00"))
    assert not schedule.is_paused(member(), new_york("2026-03-10T00:00"))


# What asks about more than the day


def nudge(kind: Kind, day: str = "2026-03-08", **details: Any) -> Nudge:
    at = new_york(f"{day}T19:30")
    given = {"member_id": "ana", "kind": kind, "channel": "sms", "day": day, "due_at": at}
    return Nudge.model_validate({**given, **details})


@pytest.mark.parametrize(("kind", "judged"), [("answered", Verdict.SEND), ("skipped", Verdict.ANSWERED)])
def test_a_weekly_review_comes_after_a_report_of_the_day_and_not_after_a_skip(kind: str, judged: Verdict) -> None:
    who = member(journal=[answer(kind, "2026-03-08")])
    assert verdict(nudge(REVIEW), who, new_york("2026-03-08T19:31")) is judged


@pytest.mark.parametrize("request_id", [None, "now1"])
def test_an_experiment_that_was_looked_back_at_already_is_not_asked_about(request_id: str | None) -> None:
    asked = nudge(Kind.EXPERIMENT_REVIEW, "2026-03-20", request_id=request_id)
    now = new_york("2026-03-20T19:31")
    assert verdict(asked, member(plan={"experiments": [experiment()]}), now) is Verdict.SEND
    assert verdict(asked, member(plan={"experiments": [experiment(outcome="drop")]}), now) is Verdict.ANSWERED
    assert verdict(asked, member(), now) is Verdict.ANSWERED


@pytest.mark.parametrize("kind", [CHECKIN, REVIEW, Kind.LOG_OFF, Kind.EXPERIMENT_REVIEW, Kind.PLAN_STEP, SUMMARY])
@pytest.mark.parametrize("request_id", [None, "now1"])
def test_after_a_crisis_no_nudge_of_any_kind_goes_out(kind: Kind, request_id: str | None) -> None:
    who = member(hushed=True, plan={"log_off": "19:30", "experiments": [experiment()]})
    asked = nudge(kind, "2026-03-20", request_id=request_id)
    assert verdict(asked, who, new_york("2026-03-20T19:31")) is Verdict.PAUSED
