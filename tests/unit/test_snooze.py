"""LATER: the check-in again after a while, once, about the same day, at the hour that the member named."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from cli.rehearsal import BRAND
from shared.domain import judging, nudging, schedule
from shared.domain.judging import Verdict
from shared.domain.models import Due, Entry, Kind, Pause, Status
from tests.unit.conversing import NEW_YORK, TUESDAY, WEDNESDAY, Phone, heard, member, new_york


def later(phone: Phone, text: str) -> Due:
    """What is due after that text, which puts the check-in off."""
    turn = phone.turn(text)
    assert turn.rescheduled and turn.due
    return turn.due


def sent(phone: Phone, due: Due) -> list[str]:
    """What goes out at that moment, as `dispatch` and `deliver` would have it."""
    phone.now, heard = due.at, []
    for nudge in schedule.nudges(due, phone.member):
        judged = judging.verdict(nudge, phone.member, phone.now)
        if judged is Verdict.SEND:
            heard.append(nudging.text_of(nudge, phone.member, BRAND))
        phone.keep(nudging.outcome(nudge, phone.member, judged, phone.now))
    return heard


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("later", "2026-03-03T20:30", "today at 20:30"),
        ("ask me in 2 hours", "2026-03-03T21:30", "today at 21:30"),
        ("remind me at 11pm", "2026-03-03T23:00", "today at 23:00"),
        ("ask me again in 5 hours", "2026-03-04T00:30", "tomorrow at 00:30"),
        ("remind me at 9am tomorrow", "2026-03-04T09:00", "tomorrow at 09:00"),
    ],
)
def test_a_check_in_is_put_off_and_when_it_comes_is_said(asked: Phone, text: str, at: str, said: str) -> None:
    due = later(asked, text)
    assert said in asked.turns[-1].replies[0]
    assert asked.member.snoozed_until == due.at == new_york(at)
    assert Kind.SNOOZED in due.kinds


@pytest.mark.parametrize(
    "text", ["later", "remind me at 11pm", "ask me again in 5 hours", "remind me at 11am tomorrow"]
)
def test_what_was_put_off_is_asked_once_by_a_request_of_its_own_about_the_day_it_was_asked_for(
    asked: Phone, text: str
) -> None:
    due = later(asked, text)
    (nudge,) = schedule.nudges(due, asked.member)
    assert (nudge.kind, nudge.day) == (Kind.DAILY_CHECKIN, TUESDAY)
    assert nudge.request_id == f"snoozed-{due.at:%Y%m%dT%H%M%S}"
    assert len(sent(asked, due)) == 1
    assert asked.member.snoozed_until is None
    assert schedule.next_due(asked.member, due.at) == schedule.next_due(member(), due.at)
    assert asked.text("7") == "7 for Tue."
    assert asked.answered() == [(TUESDAY, 7)]


def test_the_next_morning_it_names_the_day_that_it_asks_about(asked: Phone) -> None:
    (text,) = sent(asked, later(asked, "remind me at 9am tomorrow"))
    assert text == "How was work on Tuesday, 1-10? What drained or engaged you? Any win?"


def test_it_is_put_off_by_two_days_at_most_and_says_so(asked: Phone) -> None:
    asked.text("ask me in 100 hours")
    assert "Thu at 19:30" in asked.turns[-1].replies[0]
    assert asked.member.snoozed_until == new_york("2026-03-05T19:30")


def test_after_the_next_noon_it_asks_about_the_day_that_has_come(asked: Phone) -> None:
    due = later(asked, "ask me in 20 hours")
    (nudge,) = schedule.nudges(due, asked.member)
    assert nudge.day == WEDNESDAY


def test_a_weekly_review_that_is_put_off_stays_one() -> None:
    phone = Phone(member()).at("2026-03-08T19:30")
    (review,) = schedule.asked_for(phone.member, Kind.WEEKLY_REVIEW, "r", phone.now)
    phone.keep(nudging.outcome(review, phone.member, Verdict.SEND, phone.now))
    (nudge,) = schedule.nudges(later(phone, "later"), phone.member)
    assert (nudge.kind, nudge.day) == (Kind.WEEKLY_REVIEW, date(2026, 3, 8))


@pytest.mark.parametrize(
    ("local", "kind"), [("2026-03-03T15:00", "daily_checkin"), ("2026-03-08T15:00", "weekly_review")]
)
def test_put_off_before_it_came_it_comes_later_and_not_twice(local: str, kind: str) -> None:
    phone = Phone(member()).at(local)
    due = later(phone, "remind me at 9pm")
    assert due.at.astimezone(NEW_YORK).time() == time(21)
    (nudge,) = schedule.nudges(due, phone.member)
    assert nudge.kind == kind
    following = schedule.next_due(phone.member, due.at)
    assert following and following.at.date() > due.at.astimezone(NEW_YORK).date()


def test_put_off_to_the_next_day_the_check_in_of_this_one_still_comes() -> None:
    phone = Phone(member()).at("2026-03-03T12:00")
    due = later(phone, "remind me at 11am")
    assert (due.at, due.kinds) == (new_york("2026-03-03T19:30"), (Kind.DAILY_CHECKIN,))
    assert sent(phone, due)
    assert phone.member.snoozed_until == new_york("2026-03-04T11:00")


@pytest.mark.parametrize("text", ["7", "win: sent the CV", "skip", "pause for a week"])
def test_once_the_day_is_told_of_or_left_out_it_is_not_asked_about_again(asked: Phone, text: str) -> None:
    later(asked, "later")
    asked.text(text)
    assert asked.member.snoozed_until is None
    assert asked.turns[-1].rescheduled
    assert not asked.turns[-1].due or Kind.SNOOZED not in asked.turns[-1].due.kinds


def test_a_report_beside_it_leaves_it_put_off(asked: Phone) -> None:
    due = later(asked, "6 so far, ask me again in 2 hours")
    assert asked.member.snoozed_until == new_york("2026-03-03T21:30")
    assert asked.answered() == [(TUESDAY, 6)]
    sent(asked, due)
    assert asked.text("8 in the end") == "8 for Tue."
    assert asked.member.streak == 1


def test_what_is_said_of_the_day_while_it_is_put_off_to_the_next_one_does_not_move_it(asked: Phone) -> None:
    due = later(asked, "too tired, ask me at 8 tomorrow morning")
    (nudge,) = schedule.nudges(due, asked.member)
    assert (nudge.day, due.at) == (TUESDAY, new_york("2026-03-04T08:00"))
    sent(asked, due)
    asked.text("3. the reorg drained me")
    assert asked.answered()[-1] == (TUESDAY, 3)
    assert (asked.member.streak, asked.member.open_question) == (1, None)


def test_undo_forgets_it(asked: Phone) -> None:
    before = heard(asked.member)
    later(asked, "later")
    asked.text("undo")
    assert asked.member == before
    assert asked.turns[-1].due == schedule.next_due(before, asked.now)


@pytest.mark.parametrize("pause", [Pause(), Pause(until=date(2026, 3, 20))], ids=["for good", "until a day"])
def test_whoever_has_paused_may_still_ask_for_one(pause: Pause) -> None:
    phone = Phone(member(pause=pause)).at("2026-03-03T12:00")
    due = later(phone, "ask me in 2 hours")
    assert (due.at, due.kinds) == (new_york("2026-03-03T14:00"), (Kind.SNOOZED,))
    assert sent(phone, due)


def test_it_comes_in_quiet_hours_and_never_after_a_stop(asked: Phone) -> None:
    due = later(asked, "remind me at 11pm")
    (nudge,) = schedule.nudges(due, asked.member)
    assert judging.verdict(nudge, asked.member, due.at) is Verdict.SEND
    asked.text("STOP")
    assert (asked.turns[-1].rescheduled, asked.turns[-1].due) == (True, None)
    assert judging.verdict(nudge, asked.member, due.at) is Verdict.NOT_A_MEMBER_NOW
    asked.now += timedelta(seconds=1)
    asked.text("START")
    assert (asked.member.status, asked.member.snoozed_until) == (Status.ACTIVE, None)


def test_a_check_in_that_comes_before_leaves_it_put_off(asked: Phone) -> None:
    due = later(asked, "ask me in 2 hours")
    asked.prompted("2026-03-03T20:00")
    assert asked.member.snoozed_until == due.at
    assert asked.prompted("2026-03-03T21:30").member.snoozed_until is None


def test_a_day_that_was_asked_about_twice_counts_once(asked: Phone) -> None:
    sent(asked, later(asked, "later"))
    assert asked.member.unanswered == 1
    kinds = [(entry.day, entry.kind) for entry in asked.member.journal]
    assert kinds == [(TUESDAY, "prompted")] * 2


def test_by_mail_it_is_a_mail() -> None:
    phone = Phone(member(channels=("email",), email="ana@example.com")).prompted("2026-03-03T19:30")
    (nudge,) = schedule.nudges(later(phone, "later"), phone.member)
    assert nudge.channel == "email"


def test_the_operator_may_ask_for_it_too() -> None:
    day = datetime(2026, 3, 3, 17, tzinfo=UTC)
    (nudge,) = schedule.asked_for(member(), Kind.SNOOZED, "r1", day)
    assert (nudge.kind, nudge.day, nudge.request_id) == (Kind.DAILY_CHECKIN, TUESDAY, "r1")
    journal = [Entry(day=TUESDAY, at=day - timedelta(hours=1), source="SM1", kind="answered", mood=7)]
    assert judging.verdict(nudge, member(journal=journal), day) is Verdict.SEND


def test_a_check_in_that_could_not_be_sent_does_not_come_behind_the_one_that_was_put_off() -> None:
    """As where Twilio was down when it was due, and the member put it off meanwhile."""
    phone = Phone(member(), new_york("2026-03-03T19:40"))
    due = Due(member_id="ana", at=new_york("2026-03-03T19:30"), kinds=(Kind.DAILY_CHECKIN,))
    (first,) = schedule.nudges(due, phone.member)
    assert len(sent(phone, later(phone, "ask me in 30 minutes"))) == 1
    assert judging.verdict(first, phone.member, new_york("2026-03-03T20:20")) is Verdict.SKIPPED


def test_a_check_in_that_was_asked_for_before_its_hour_is_not_asked_again_at_its_hour() -> None:
    phone = Phone(member()).at("2026-03-03T17:00")
    assert len(sent(phone, later(phone, "ask me in 30 minutes"))) == 1
    due = schedule.next_due(phone.member, phone.now)
    assert due and (due.at, due.kinds) == (new_york("2026-03-03T19:30"), (Kind.DAILY_CHECKIN,))
    assert sent(phone, due) == []
    following = schedule.next_due(phone.member, due.at)
    assert following and len(sent(phone, following)) == 1
