"""Whoever falls silent is asked less and less, and then nothing, until they write."""

import itertools
from datetime import date
from typing import Any

import pytest

from cli.rehearsal import BRAND, after
from shared.domain import conversation, schedule
from shared.domain.answers.occasions import two_of
from shared.domain.judging import Verdict
from shared.domain.message import Written
from shared.domain.models import SILENT, WEEKDAYS, Due, Kind, Member, Nudge
from tests.unit.conversing import member, new_york
from tests.unit.living import delivered, of_day
from tests.unit.plans import cued, experiment, on_step

CHECKIN, REVIEW, SUMMARY = Kind.DAILY_CHECKIN, Kind.WEEKLY_REVIEW, Kind.MONTHLY_SUMMARY
TUESDAY = date(2026, 3, 10)


def silent(prompts: int, **details: Any) -> Member:
    return member(silence=prompts, unanswered=prompts, **details)


@pytest.mark.parametrize(
    ("prompts", "asked"),
    [(3, CHECKIN), (4, CHECKIN), (7, CHECKIN), (8, Kind.WELCOME_BACK), (9, CHECKIN), (13, CHECKIN)],
)
def test_the_silent_are_asked_for_a_number_alone_and_once_whether_to_slow_down(prompts: int, asked: Kind) -> None:
    (sent,) = of_day(silent(prompts), TUESDAY)
    assert sent.fates == {asked: Verdict.SEND}
    assert sent.nudge.id == "daily_checkin#2026-03-10#sms"
    assert (sent.text.count("drain") == 0) == (prompts >= 4)
    assert sent.member.silence == prompts + 1


def test_the_silent_are_not_asked_to_look_back_at_the_week() -> None:
    (sent,) = of_day(silent(5), date(2026, 3, 8))
    assert (sent.nudge.kind, sent.nudge.kinds) == (REVIEW, (CHECKIN,))


def test_after_fourteen_prompts_nothing_comes_but_the_month() -> None:
    who = silent(SILENT, goals=[cued("12:00")], plan=on_step(log_off="17:00", experiments=[experiment("2026-03-09")]))
    due = schedule.next_due(who, new_york("2026-03-10T00:00"))
    assert due == Due(member_id="ana", at=new_york("2026-04-01T09:00"), kinds=(SUMMARY,), day=date(2026, 4, 1))
    nudge = Nudge(member_id="ana", kind=CHECKIN, channel="sms", day=TUESDAY, due_at=new_york("2026-03-10T19:30"))
    assert delivered(nudge, who, nudge.due_at).verdict is Verdict.SKIPPED


@pytest.mark.parametrize("text", ["7", "PLAN", "thanks", "sorry, been busy"])
def test_any_word_ends_the_silence_and_brings_the_check_ins_back_and_stays_so_after_undo(text: str) -> None:
    at = new_york("2026-03-20T13:00")
    turn = conversation.respond(silent(SILENT), Written(text, at, "SM1", BRAND))
    assert turn.rescheduled and turn.due is not None
    assert (turn.due.at, turn.member.silence) == (new_york("2026-03-20T19:30"), 0)
    undone = conversation.respond(after(turn), Written("undo", at, "SM2", BRAND))
    assert undone.member.silence == 0


def test_a_silence_is_the_same_for_both_channels_and_for_a_nudge_that_is_brought_again() -> None:
    who = silent(8, channels=("sms", "email"), email="ana@example.com")
    both = of_day(who, TUESDAY)
    assert [each.nudge.kinds for each in both] == [(Kind.WELCOME_BACK,)] * 2
    assert both[0].text == both[1].text
    assert both[1].member.silence == 9


def slowed(text: str, **details: Any) -> tuple[Member, str]:
    (asked,) = of_day(silent(8, **details), TUESDAY)
    turn = conversation.respond(asked.member, Written(text, asked.at, "SM1", BRAND))
    return after(turn), " ".join(turn.replies)


@pytest.mark.parametrize("text", ["yes", "Yes please, two is plenty", "less is better", "twice a week", "👍"])
def test_who_wants_fewer_texts_gets_two_days_a_week(text: str) -> None:
    who, said = slowed(text)
    assert who.days == ("wed", "sun")
    assert "Wed and Sun" in said and "tomorrow at 19:30" in said


@pytest.mark.parametrize("text", ["no", "no thanks", "leave it as it is", "keep them coming", "its fine"])
def test_who_wants_no_fewer_keeps_their_days(text: str) -> None:
    who, said = slowed(text)
    assert (who.days, who.pause) == (WEEKDAYS, None)
    assert "tomorrow at 19:30" in said


def test_who_has_two_days_is_offered_a_rest() -> None:
    who, said = slowed("yes", days=("tue", "fri"))
    assert who.pause is not None and who.pause.until is None
    assert "RESUME" in said


def test_a_pause_or_other_days_may_be_the_answer_as_well() -> None:
    assert slowed("pause for two weeks")[0].pause is not None
    assert slowed("just mondays")[0].days == ("mon",)


def test_a_number_in_answer_to_whether_to_slow_down_is_the_days_and_closes_the_question() -> None:
    who, said = slowed("6")
    assert [(entry.day, entry.mood) for entry in who.journal if entry.kind == "answered"] == [(TUESDAY, 6)]
    assert "6 for Tue." in said and who.open_question is None
    assert conversation.respond(who, Written("ok", new_york("2026-03-10T20:00"), "SM2", BRAND)).member.days == WEEKDAYS


@pytest.mark.parametrize("n", range(1, 8))
def test_two_days_are_two_of_the_members_own_and_apart(n: int) -> None:
    for days in itertools.combinations(WEEKDAYS, n):
        chosen = two_of(days)
        assert set(chosen) <= set(days)
        assert len(set(chosen)) == min(n, 2)
