"""What falls due on a day, what goes out as one text, and what is left out."""

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cli.rehearsal import BRAND
from shared.content.segments import count_segments
from shared.content.texts import catalogue
from shared.domain import agenda, conversation, judging, schedule
from shared.domain.answers import review
from shared.domain.judging import Verdict
from shared.domain.message import Written
from shared.domain.models import SILENT, STEPS, WEEKDAYS, Due, Entry, Kind, Member, Nudge
from tests.unit.conversing import member, new_york
from tests.unit.living import Lived, delivered, lived, of_day
from tests.unit.plans import cued, experiment, on_step, overdue

CHECKIN, REVIEW, SUMMARY, CUE = Kind.DAILY_CHECKIN, Kind.WEEKLY_REVIEW, Kind.MONTHLY_SUMMARY, Kind.GOAL_CUE
GOAL_DUE, TEST, SIGNS, STEP, LOG_OFF = (
    Kind.GOAL_DUE, Kind.EXPERIMENT_REVIEW, Kind.RUT_CHECK, Kind.PLAN_STEP, Kind.LOG_OFF
)  # fmt: skip
MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)
REVIEWED = experiment("2026-03-09")  # to be looked back at on Monday


def local(who: Member, day: date) -> list[tuple[str, tuple[Kind, ...]]]:
    """The texts of a day by the member's own clock."""
    zone = ZoneInfo(who.timezone)
    return [(f"{text.at.astimezone(zone):%H:%M}", text.kinds) for text in agenda.texts_on(who, day)]


def fates(nudges: list[Lived]) -> dict[Kind, Verdict]:
    return {kind: fate for each in nudges for kind, fate in each.fates.items()}


# What goes out together


def test_kinds_within_an_hour_are_one_text_at_the_first_ones_moment_and_the_most_important_leads() -> None:
    who = member(goals=[cued("19:00"), cued("19:20", id="g2")], plan={"log_off": "18:05"}, prompt_time="19:55")
    assert local(who, TUESDAY) == [("18:05", (CUE, LOG_OFF)), ("19:55", (CHECKIN,))]
    later = who.model_copy(update={"prompt_time": time(19)})
    assert local(later, TUESDAY) == [("18:05", (CHECKIN, CUE, LOG_OFF))]


@pytest.mark.parametrize(("prompt_time", "texts"), [("19:59", 1), ("20:00", 2)])
def test_an_hour_is_counted_from_the_first(prompt_time: str, texts: int) -> None:
    assert len(local(member(goals=[cued("19:00")], prompt_time=prompt_time), TUESDAY)) == texts


def test_an_hour_is_an_hour_though_the_clock_is_changed_within_it() -> None:
    mailed = {"channels": ("email",), "email": "a@example.com", "timezone": "Asia/Amman"}
    who = member(**mailed, prompt_time="01:30", plan={"log_off": "00:10"})
    assert [kinds for _, kinds in local(who, date(2016, 3, 31))] == [(LOG_OFF,), (CHECKIN,)]
    # There the clock went from 24:00 to 1:00 as Friday, 1 April 2016, began.
    assert [kinds for _, kinds in local(who, date(2016, 4, 1))] == [(CHECKIN, LOG_OFF)]


def test_the_next_check_in_is_promised_for_when_it_comes_with_what_goes_along() -> None:
    who = member(goals=[cued("19:00", "tue")], prompt_time="19:30")
    assert schedule.next_checkin_at(who, new_york("2026-03-10T12:00")) == new_york("2026-03-10T19:00")
    assert schedule.next_checkin_at(who, new_york("2026-03-10T20:00")) == new_york("2026-03-11T19:30")


def test_one_moment_is_one_nudge_by_each_channel_with_the_kinds_that_go_by_it() -> None:
    who = member(channels=("sms", "email"), email="ana@example.com", goals=[cued("19:00")], plan={"log_off": "19:10"})
    due = schedule.next_due(who, new_york("2026-03-10T18:00"))
    assert due is not None and due.kinds == (CHECKIN, CUE, LOG_OFF)
    found = [(nudge.id, nudge.kinds) for nudge in schedule.nudges(due, who)]
    assert found == [
        ("daily_checkin#2026-03-10#sms", (CHECKIN, CUE, LOG_OFF)),
        ("daily_checkin#2026-03-10#email", (CHECKIN, LOG_OFF)),
    ]


def test_a_summary_by_mail_is_a_mail_of_its_own_and_by_text_a_part_of_the_text() -> None:
    first = date(2026, 4, 1)
    who = member(prompt_time="09:00", plan={"signs_on": "2026-03-30"})
    assert local(who, first) == [("09:00", (CHECKIN, SUMMARY))]
    mailed = who.model_copy(update={"email": "ana@example.com", "channels": ("sms", "email")})
    due = schedule.next_due(mailed, new_york("2026-04-01T08:00"))
    assert due is not None
    nudges = schedule.nudges(due, mailed)
    assert [(n.channel, n.kinds) for n in nudges] == [("sms", (CHECKIN,)), ("email", (CHECKIN,)), ("email", (SUMMARY,))]


def test_a_nudge_travels_with_its_kinds_and_one_of_old_has_its_own() -> None:
    at = new_york("2026-03-10T19:00")
    merged = Nudge(member_id="ana", kind=CHECKIN, channel="sms", day=TUESDAY, due_at=at, kinds=(CHECKIN, CUE))
    assert Nudge.model_validate_json(merged.model_dump_json()) == merged
    old = Nudge.model_validate_json(merged.model_dump_json(exclude={"kinds"}))
    assert old.kinds == (CHECKIN,)


def test_the_text_says_the_first_in_full_and_the_others_briefly_and_the_first_ones_question_is_open() -> None:
    who = member(goals=[cued("19:00"), cued("19:20", id="g2")], plan={"log_off": "19:10"})
    (sent,) = of_day(who, TUESDAY)
    assert sent.fates == {CHECKIN: Verdict.SEND, CUE: Verdict.MERGED, LOG_OFF: Verdict.MERGED}
    assert "1-10" in sent.text and "Tue 19:00: open the job board" in sent.text
    assert "Later, 19:20" in sent.text and "19:10" in sent.text and "DONE" not in sent.text
    assert sent.member.open_question is not None and sent.member.open_question.asked == "daily_checkin"


@pytest.mark.parametrize(
    ("goals", "text", "said"),
    [
        ([cued("19:00")], "done", "goals.cued_done"),
        ([], "done!", "wellbeing.kept"),
        ([], "out now", "wellbeing.kept"),
        ([], "left early, rough day", "checkin.low"),
    ],
)
def test_a_done_is_about_what_stood_beside_the_question_which_stays_open(
    goals: list[dict[str, Any]], text: str, said: str
) -> None:
    (sent,) = of_day(member(goals=goals, plan={"log_off": "19:10"}), TUESDAY)
    assert sent.fates[CHECKIN] is Verdict.SEND
    turn = conversation.respond(sent.member, Written(text, sent.at, "SM1", BRAND))
    answers = [wording.format(count=1, day="Tuesday") for wording in catalogue("en")[said]]
    assert any(turn.replies[0].startswith(answer) for answer in answers)
    assert (turn.member.open_question is not None) == (said != "checkin.low")


def test_a_cue_that_leads_is_asked_about_in_full() -> None:
    who = member(goals=[cued("18:00")], plan={"log_off": "18:30"}, journal=())
    sent = next(each for each in of_day(who, TUESDAY) if CUE in each.fates)
    assert sent.nudge.kinds == (CUE, LOG_OFF) and "Text me DONE" in sent.text and "18:30" in sent.text
    assert sent.member.open_question is not None and sent.member.open_question.asked == "goal_cued"


def test_what_was_answered_already_is_left_out_of_the_text_and_the_rest_goes() -> None:
    answered = Entry(day=TUESDAY, at=new_york("2026-03-10T12:00"), source="SM1", kind="answered", mood=7)
    (sent,) = of_day(member(goals=[cued("19:00")], journal=[answered]), TUESDAY)
    assert sent.fates == {CHECKIN: Verdict.ANSWERED, CUE: Verdict.SEND}
    assert (sent.nudge.id, sent.nudge.kinds) == ("daily_checkin#2026-03-10#sms", (CUE,))
    assert "1-10" not in sent.text


def test_a_merged_nudge_that_is_late_is_missed_in_whole_and_its_check_in_on_record() -> None:
    who = member(goals=[cued("15:00")], prompt_time="15:30")
    due = schedule.next_due(who, new_york("2026-03-10T12:00"))
    assert due is not None
    (nudge,) = schedule.nudges(due, who)
    late = delivered(nudge, who, due.at + timedelta(hours=3))
    assert set(late.fates.values()) == {Verdict.MISSED}
    assert [entry.kind for entry in late.member.journal] == ["missed"]


@pytest.mark.parametrize("kind", [CHECKIN, REVIEW])
@pytest.mark.parametrize("action", ["open the job board", "открыть доску вакансий и выбрать одну", "💼" * 30])
def test_a_question_stays_whole_whatever_stands_beside_it(kind: Kind, action: str) -> None:
    goal = cued("19:00")
    goal["cue"]["action"] = action
    who = member(goals=[goal, cued("19:20", id="g2")], plan={"log_off": "19:10", "intention": "ring " + "Ana " * 24})
    at = new_york("2026-03-10T19:00")
    nudge = Nudge(member_id="ana", kind=kind, channel="sms", day=TUESDAY, due_at=at, kinds=(kind, CUE, LOG_OFF))
    question = [*review.questions(who, TUESDAY, at)][-1] if kind is REVIEW else delivered(nudge.of(kind), who, at).text
    together = delivered(nudge, who, at).text
    assert together.startswith(question)
    assert count_segments(together).count <= 2


# Two texts a day


def test_of_three_texts_the_one_that_comes_again_soonest_is_left_out_and_on_record() -> None:
    who = member(goals=[cued("12:00", "tue")], plan={"log_off": "17:00"})
    assert fates(of_day(who, TUESDAY)) == {CUE: Verdict.SEND, LOG_OFF: Verdict.SKIPPED, CHECKIN: Verdict.SEND}
    assert fates(of_day(who, TUESDAY + timedelta(days=1))) == {LOG_OFF: Verdict.SEND, CHECKIN: Verdict.SEND}


def test_no_third_text_goes_out_though_all_three_are_delivered_at_the_same_moment() -> None:
    who = member(goals=[cued("18:00", "tue")], plan={"log_off": "19:00"}, prompt_time="20:00")
    found: list[Nudge] = []
    at = new_york("2026-03-10T12:00")
    while (due := schedule.next_due(who, at)) and len(found) < 3:
        found += schedule.nudges(due, who)
        at = due.at
    assert [judging.judge(nudge, who, new_york("2026-03-10T20:00")).verdict for nudge in found] == [
        Verdict.SEND, Verdict.SKIPPED, Verdict.SEND,
    ]  # fmt: skip


def test_a_check_in_has_its_room_though_what_went_before_is_not_due_any_more() -> None:
    who = member(plan=on_step(log_off="17:00"))
    sent = next(iter(of_day(who, MONDAY)))
    assert sent.nudge.kinds == (STEP,)
    ended = {"wellbeing": {"begun_on": "2026-03-02", "ended_on": "2026-03-09"}}
    after_it = Member.model_validate({**sent.member.model_dump(), "plan": {**on_step(log_off="17:00"), "steps": ended}})
    rest = lived(after_it, new_york("2026-03-09T13:00"), new_york("2026-03-09T23:00"))
    assert fates(list(rest)) == {LOG_OFF: Verdict.SKIPPED, CHECKIN: Verdict.SEND}


@pytest.mark.parametrize("request_id", [None, "r1"])
def test_what_was_asked_for_is_outside_the_two_texts(request_id: str | None) -> None:
    before = [new_york(f"2026-03-10T{at}") for at in ("10:00", "12:00")]
    out = [Nudge(member_id="ana", kind=LOG_OFF, channel="sms", day=TUESDAY, due_at=at) for at in before]
    at = new_york("2026-03-10T19:30")
    who = member(nudged=out)
    nudge = Nudge(member_id="ana", kind=CHECKIN, channel="sms", day=TUESDAY, due_at=at, request_id=request_id)
    sent = delivered(nudge, who, at)
    assert sent.verdict is (Verdict.SEND if request_id else Verdict.SKIPPED)
    assert len(sent.member.nudged) == 2


def test_both_channels_of_one_moment_are_one_text_and_those_by_mail_alone_are_counted_too() -> None:
    email = {"email": "ana@example.com", "plan": on_step(log_off="17:00")}
    both = of_day(member(channels=("sms", "email"), **email), MONDAY)
    assert [(each.nudge.channel, each.verdict) for each in both] == [
        ("sms", Verdict.SEND), ("email", Verdict.SEND),
        ("sms", Verdict.SKIPPED), ("email", Verdict.SKIPPED),
        ("sms", Verdict.SEND), ("email", Verdict.SEND),
    ]  # fmt: skip
    mailed = of_day(member(channels=("email",), **email), MONDAY)
    assert [each.verdict for each in mailed] == [Verdict.SEND, Verdict.SKIPPED, Verdict.SEND]


def test_a_check_in_that_went_out_in_another_form_is_not_sent_again_at_a_later_hour() -> None:
    who = member(goals=[cued("12:00", "tue")], plan={"log_off": "12:30"}, prompt_time="19:30")
    (sent, *_) = of_day(who, TUESDAY)
    assert sent.nudge.kinds == (CUE, LOG_OFF)
    without_goal = sent.member.model_copy(update={"goals": ()})
    rest = list(lived(without_goal, new_york("2026-03-10T12:10"), new_york("2026-03-10T13:00")))
    assert fates(rest) == {LOG_OFF: Verdict.SKIPPED}


# One question a text, and what asks it another day


def test_what_asks_waits_for_a_day_on_which_nothing_else_does() -> None:
    who = member(goals=[overdue()], plan=on_step(experiments=[REVIEWED]), confirmed_at="2026-01-05T12:00Z")
    days = list(lived(who, new_york("2026-03-09T00:00"), new_york("2026-03-13T00:00")))
    noons = [each.fates for each in days if CHECKIN not in each.fates]
    assert noons[:3] == [
        {TEST: Verdict.SEND, GOAL_DUE: Verdict.SKIPPED, SIGNS: Verdict.SKIPPED, STEP: Verdict.MERGED},
        {GOAL_DUE: Verdict.SEND, SIGNS: Verdict.SKIPPED},
        {SIGNS: Verdict.SEND},
    ]


def test_what_was_asked_while_the_next_day_was_being_planned_is_not_asked_again() -> None:
    who = member(plan={"experiments": [REVIEWED]}, days=["sun"])  # nothing else comes in between
    days = list(lived(who, new_york("2026-03-09T00:00"), new_york("2026-03-13T00:00")))
    assert [each.fates for each in days] == [{TEST: Verdict.SEND}, {TEST: Verdict.ANSWERED}]


def test_what_asks_comes_at_noon_or_at_five_where_the_check_in_is_near_noon() -> None:
    for prompt_time, at in {"11:00": "12:00", "11:01": "17:00", "12:59": "17:00", "13:00": "12:00"}.items():
        who = member(goals=[overdue()], prompt_time=prompt_time)
        assert (at, (GOAL_DUE,)) in local(who, TUESDAY)


def test_what_was_asked_about_is_asked_again_about_a_later_date_alone() -> None:
    assert GOAL_DUE not in kinds_on(member(goals=[overdue(asked_on="2026-03-09")]), TUESDAY)
    moved = overdue(asked_on="2026-03-09", due="2026-03-09")
    assert GOAL_DUE in kinds_on(member(goals=[moved]), TUESDAY)
    again = REVIEWED | {"asked_on": "2026-03-05"}
    assert TEST in kinds_on(member(plan={"experiments": [again]}), TUESDAY)
    assert TEST not in kinds_on(member(plan={"experiments": [REVIEWED | {"asked_on": "2026-03-09"}]}), TUESDAY)


def kinds_on(who: Member, day: date) -> set[Kind]:
    return {kind for _, kind in agenda.falling_on(who, day)}


# The small step of a week


@pytest.mark.parametrize(("days", "weekday"), [(WEEKDAYS, "mon"), (("tue", "sat"), "tue"), (("sun",), "sun")])
def test_a_small_step_comes_on_monday_or_on_the_first_of_the_days_that_were_chosen(
    days: tuple[str, ...], weekday: str
) -> None:
    who = member(days=days, plan=on_step())
    week = [MONDAY + timedelta(days=n) for n in range(7)]
    assert [WEEKDAYS[day.weekday()] for day in week if STEP in kinds_on(who, day)] == [weekday]


def test_no_step_begun_or_begun_today_brings_no_small_step() -> None:
    assert STEP not in kinds_on(member(), MONDAY)
    assert STEP not in kinds_on(member(plan=on_step(steps={"wellbeing": {"begun_on": MONDAY}})), MONDAY)


def test_a_step_that_has_ended_brings_the_offer_of_the_next_once_in_four_weeks() -> None:
    steps = {"wellbeing": {"begun_on": "2026-03-02", "ended_on": "2026-03-10"}}
    who = member(plan=on_step(steps=steps), silence=0)
    offers: list[Lived] = []
    at = new_york("2026-03-11T00:00")
    while len(offers) < 3:
        for each in lived(who, at, at + timedelta(days=1)):
            who = each.member.model_copy(update={"silence": 0})
            offers += [each] if each.fates.get(STEP) is Verdict.SEND else []
        at += timedelta(days=1)
    assert [each.at.date() for each in offers] == [date(2026, 4, 13), date(2026, 5, 11), date(2026, 6, 8)]
    assert offers[0].text.endswith("Shall we go on with step 1, career audit? YES, or STEP and another number.")
    assert offers[0].member.open_question is not None and offers[0].member.open_question.about == "audit"


def test_with_all_six_behind_somebody_nothing_is_offered() -> None:
    steps = {name: {"begun_on": "2026-01-02", "ended_on": "2026-01-10"} for name in STEPS}
    assert STEP not in kinds_on(member(plan={"step": "risks", "steps": steps}), MONDAY)


def test_a_small_step_remembers_what_it_suggested_beside_another_question_as_well() -> None:
    plan = {
        "step": "network",
        "steps": {"network": {"begun_on": "2026-03-02"}},
        "contacts": [{"name": "Ana"}, {"name": "Tom"}],
    }
    alone = next(each for each in of_day(member(plan=plan), MONDAY) if STEP in each.fates)
    beside = next(
        each for each in of_day(member(plan={**plan, "experiments": [REVIEWED]}), MONDAY) if STEP in each.fates
    )
    assert beside.fates == {TEST: Verdict.SEND, STEP: Verdict.MERGED}
    for each in (alone, beside):
        suggested = [one.name for one in each.member.plan.contacts if one.suggested == MONDAY]
        assert len(suggested) == 1 and suggested[0] in each.text
    assert alone.member.open_question is not None and alone.member.open_question.asked == "this_week"
    assert beside.member.open_question is not None and beside.member.open_question.asked == "experiment_outcome"


@pytest.mark.parametrize(
    "changed",
    [
        {"plan": on_step()},
        {"plan": on_step(steps={"wellbeing": {"begun_on": "2026-02-01", "ended_on": "2026-02-20"}})},
        {"plan": {"signs_on": "2026-03-02"}},
        {"silence": SILENT},
    ],
)
def test_the_due_moment_hangs_on_the_step_its_end_the_signs_and_silence(changed: dict[str, Any]) -> None:
    assert schedule.decides(member(**changed)) != schedule.decides(member())


@pytest.mark.parametrize("text", ["done with step", "text me at 7", "pause for a week", "goal: run 5 races", "STOP"])
def test_a_reply_does_not_pass_over_what_the_tick_has_still_to_find(text: str) -> None:
    due = Due(member_id="ana", at=new_york("2026-03-10T19:30"), kinds=(CHECKIN,))
    who = member(plan=on_step()).model_copy(update={"due": due})
    turn = conversation.respond(who, Written(text, new_york("2026-03-10T19:30:20"), "SM1", BRAND))
    assert schedule.decides(turn.member) != schedule.decides(who) and not turn.rescheduled


# The signs, month by month


@pytest.mark.parametrize(
    ("days", "on"),
    [(WEEKDAYS, date(2026, 5, 2)), (("mon", "wed"), date(2026, 5, 4)), (("fri",), date(2026, 5, 8))],
)
def test_the_signs_are_asked_about_on_the_second_or_the_first_of_the_members_days_after_it(
    days: tuple[str, ...], on: date
) -> None:
    who = member(days=days, plan={"signs_on": "2026-04-02"})
    may = [date(2026, 5, 1) + timedelta(days=n) for n in range(31)]
    assert next(day for day in may if SIGNS in kinds_on(who, day)) == on
    asked = member(days=days, plan={"signs_on": "2026-04-02", "signs_asked_on": on})
    assert [day for day in may if SIGNS in kinds_on(asked, day)] == [on]


@pytest.mark.parametrize(
    ("plan", "first"),
    [
        ({}, date(2026, 3, 20)),
        ({"signs_on": "2026-03-20"}, date(2026, 4, 10)),
        ({"signs_on": "2026-03-02"}, date(2026, 4, 2)),
    ],
)
def test_the_signs_are_not_asked_about_soon_after_the_opt_in_or_after_they_were_told(
    plan: dict[str, Any], first: date
) -> None:
    who = member(plan=plan)  # since 27 February
    spring = [date(2026, 3, 1) + timedelta(days=n) for n in range(60)]
    assert next(day for day in spring if SIGNS in kinds_on(who, day)) == first


def test_the_answer_to_the_monthly_signs_is_told_against_the_last_time() -> None:
    who = member(plan=on_step(signs=[1, 4], signs_on="2026-03-02"))
    asked = next(each for each in of_day(who, date(2026, 4, 2)) if SIGNS in each.fates)
    assert asked.text.endswith("Reply with the numbers, or NONE.")
    assert asked.member.plan.signs_asked_on == date(2026, 4, 2)
    turn = conversation.respond(asked.member, Written("4", asked.at, "SM1", BRAND))
    assert "Monday dread" in turn.replies[0] and "1 of 5" in turn.replies[0]
