"""What a nudge says, and what it leaves behind."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from cli.rehearsal import BRAND
from shared.content.segments import count_segments
from shared.content.texts import catalogue
from shared.domain import nudging
from shared.domain.judging import Verdict
from shared.domain.models import Entry, Kind, OpenQuestion, Period, Status, Turn
from tests.unit.conversing import TUESDAY, member, nudge
from tests.unit.conversing import TUESDAY_EVENING as NOW


def entry(day: date, kind: str, **said: Any) -> Entry:
    at = datetime.combine(day, time(23), UTC)
    return Entry.model_validate({"day": day, "at": at, "source": kind, "kind": kind, **said})


def test_a_check_in_asks_how_the_day_was() -> None:
    assert nudging.text_of(nudge(), member(), BRAND) in catalogue("en")["checkin.question"]


@pytest.mark.parametrize(
    ("of", "since"),
    [
        ({}, date(2026, 3, 1)),
        ({"month": date(2026, 3, 1)}, date(2026, 2, 1)),
        ({"month": date(2026, 1, 1)}, date(2025, 12, 1)),
        ({"month": date(2026, 6, 1)}, date(2026, 3, 1)),
        ({"period": Period(since=date(2025, 7, 4), until=date(2025, 12, 31))}, date(2025, 7, 4)),
        ({"period": Period(since=date(2026, 3, 9), until=date(2026, 3, 10))}, date(2026, 3, 1)),
    ],
)
def test_the_journal_is_needed_for_what_is_told_of_it_and_for_the_last_weeks(of: dict[str, Any], since: date) -> None:
    assert nudging.journal_since(nudge(**of), recently=date(2026, 3, 1)) == since


def test_whoever_signed_up_is_asked_to_confirm_and_told_what_it_means() -> None:
    said = nudging.text_of(nudge(Kind.OPT_IN), member(status=Status.PENDING), BRAND)
    assert said.startswith("Unstuck: reply YES")
    assert all(word in said for word in ("Msg & data rates may apply", "msgs a day", "HELP", "STOP"))


def test_a_member_who_signs_up_again_is_told_that_they_are_one() -> None:
    assert nudging.text_of(nudge(Kind.OPT_IN), member(), BRAND).startswith("Unstuck: this number is signed up already.")


def test_a_summary_by_text_is_the_gist_of_its_month_and_no_other() -> None:
    journal = [entry(date(2026, 2, 27), "answered", mood=4), entry(date(2026, 3, 2), "answered", mood=9)]
    said = nudging.text_of(nudge(Kind.MONTHLY_SUMMARY, month=date(2026, 2, 1)), member(journal=journal), BRAND)
    assert said == "February: you wrote on 1 day. Mood: 4 over 1 day."


def test_a_summary_of_a_full_month_is_two_segments_at_most() -> None:
    days = [date(2026, 2, 1) + timedelta(days=n) for n in range(28)]
    journal = [entry(day, "answered", mood=7, wins=("🎉 a long and happy win " * 9,)) for day in days]
    said = nudging.text_of(nudge(Kind.MONTHLY_SUMMARY, month=date(2026, 2, 1)), member(journal=journal), BRAND)
    assert count_segments(said).count <= 2


def test_a_check_in_that_went_out_is_open_and_on_record_and_waits_for_an_answer() -> None:
    turn = nudging.outcome(nudge(), member(streak=3), Verdict.SEND, NOW)
    assert turn.entries == (Entry(day=TUESDAY, at=NOW, source="daily_checkin#2026-03-03#sms", kind="prompted"),)
    assert turn.member == member(
        streak=3,
        unanswered=1,
        silence=1,
        open_question=OpenQuestion(asked="daily_checkin", day=TUESDAY, at=NOW),
        nudged=[nudge()],
    )


@pytest.mark.parametrize(
    ("journal", "streak"),
    [
        ([], 3),
        ([("2026-03-02", "prompted"), ("2026-03-02", "answered")], 3),
        ([("2026-03-02", "prompted"), ("2026-03-02", "skipped")], 3),
        ([("2026-03-02", "missed")], 3),
        ([("2026-03-03", "prompted")], 3),  # today's other channel
        ([("2026-03-02", "prompted")], 0),
        ([("2026-02-20", "prompted")], 0),
        ([("2026-02-28", "prompted"), ("2026-03-01", "answered")], 0),
    ],
)
def test_only_a_prompt_that_stayed_unanswered_ends_the_streak_when_the_next_goes_out(
    journal: list[tuple[str, str]], streak: int
) -> None:
    entries = [entry(date.fromisoformat(day), kind) for day, kind in journal]
    assert nudging.outcome(nudge(), member(streak=3, journal=entries), Verdict.SEND, NOW).member.streak == streak


def test_a_check_in_that_could_not_go_out_in_time_is_on_record_as_missed_and_asks_nothing() -> None:
    turn = nudging.outcome(nudge(), member(streak=3), Verdict.MISSED, NOW)
    assert [(each.day, each.kind) for each in turn.entries] == [(TUESDAY, "missed")]
    assert turn.member == member(streak=3)


@pytest.mark.parametrize("verdict", [Verdict.PAUSED, Verdict.ANSWERED, Verdict.NOT_A_MEMBER_NOW])
def test_a_check_in_that_was_held_back_leaves_no_trace(verdict: Verdict) -> None:
    assert nudging.outcome(nudge(), member(), verdict, NOW) == Turn(member=member())


@pytest.mark.parametrize("kind", [Kind.OPT_IN, Kind.MONTHLY_SUMMARY])
@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_asks_for_no_report_changes_nothing(kind: Kind, verdict: Verdict) -> None:
    asked = nudge(kind, channel="email", request_id="r")
    assert nudging.outcome(asked, member(), verdict, NOW) == Turn(member=member())


@pytest.mark.parametrize(
    ("kind", "asked", "about"),
    [(Kind.EXPERIMENT_REVIEW, "experiment_outcome", "1"), (Kind.LOG_OFF, "logged_off", None)],
)
def test_what_a_step_asks_is_open_once_it_went_out_with_the_check_in_behind_it(
    kind: Kind, asked: str, about: str | None
) -> None:
    tests = [
        {"text": "tutor", "begun_on": "2026-02-01", "review": "2026-02-20", "outcome": "drop"},
        {"text": "shadow Ana", "begun_on": "2026-02-20", "review": "2026-03-03"},
    ]
    checkin = OpenQuestion(asked="daily_checkin", day=TUESDAY, at=NOW - timedelta(hours=2))
    who = member(plan={"log_off": "19:30", "experiments": tests}, open_question=checkin)
    opened = nudging.outcome(nudge(kind), who, Verdict.SEND, NOW).member.open_question
    assert opened == OpenQuestion(asked=asked, day=TUESDAY, at=NOW, about=about, behind=checkin)
    for held in (Verdict.PAUSED, Verdict.MISSED, Verdict.ANSWERED):
        assert nudging.outcome(nudge(kind), who, held, NOW) == Turn(member=who)


def test_an_experiment_is_asked_about_by_its_name_and_the_log_off_text_names_its_hour() -> None:
    tests = [{"text": "shadow Ana", "begun_on": "2026-02-20", "review": "2026-03-03"}]
    who = member(plan={"log_off": "19:30", "experiments": tests})
    asked = nudging.text_of(nudge(Kind.EXPERIMENT_REVIEW), who, BRAND)
    assert "shadow Ana" in asked and asked.endswith("keep, change or drop?")
    assert "19:30" in nudging.text_of(nudge(Kind.LOG_OFF), who, BRAND)
