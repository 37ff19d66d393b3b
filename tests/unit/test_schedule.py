"""When nudges are due, and which a moment stands for."""

import itertools
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli.rehearsal import after
from shared.domain import agenda, judging, nudging, schedule
from shared.domain.agenda import local_instant
from shared.domain.judging import Verdict
from shared.domain.models import WEEKDAYS, Due, Kind, Member, Nudge, Pause, Status
from shared.domain.schedule import next_due, nudges
from tests.unit.conversing import member, new_york
from tests.unit.living import lived
from tests.unit.plans import experiment

DAY = timedelta(days=1)
CHECKIN, REVIEW, SUMMARY = Kind.DAILY_CHECKIN, Kind.WEEKLY_REVIEW, Kind.MONTHLY_SUMMARY

ZONES = st.sampled_from(sorted(zoneinfo.available_timezones() - {"Factory", "localtime", "posixrules"})).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def all_due(who: Member, after: datetime, until: datetime) -> list[Due]:
    found = []
    while (due := next_due(who, after)) and due.at < until:
        found.append(due)
        after = due.at
    return found


# What is due next


@given(
    st.datetimes(datetime(2011, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC)),
    ZONES,
    TIMES,
    st.sets(st.sampled_from(WEEKDAYS), min_size=1),
)
def test_what_is_due_next_comes_strictly_later_and_on_a_day_that_was_chosen(
    after: datetime, zone: ZoneInfo, at: time, days: set[str]
) -> None:
    who = member(timezone=zone.key, prompt_time=at, days=[day for day in WEEKDAYS if day in days])
    due = next_due(who, after)
    assert due is not None
    assert due.at > after
    assert next_due(who, due.at - timedelta(seconds=1)) == due
    for nudge in nudges(due, who):
        if nudge.kind is SUMMARY:
            assert nudge.day.day == 1
        else:
            assert WEEKDAYS[nudge.day.weekday()] in days


@pytest.mark.parametrize(
    "zone",
    ["America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "America/Havana", "America/Santiago",
     "Africa/Cairo", "Asia/Beirut", "Pacific/Chatham", "Asia/Kathmandu", "America/Nuuk", "Africa/Casablanca"],
)  # fmt: skip
@pytest.mark.parametrize("at", ["00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "19:30", "23:30"])
def test_a_year_has_one_check_in_for_each_chosen_date_and_one_summary_a_month(zone: str, at: str) -> None:
    days = ("mon", "wed", "sat", "sun")
    who = member(timezone=zone, prompt_time=time.fromisoformat(at), days=days)
    start, end = datetime(2025, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC)
    due = all_due(who, start, end)
    assert [each.at for each in due] == sorted({each.at for each in due})
    sent = [nudge for each in due for nudge in nudges(each, who)]
    wanted = [date(2026, 1, 1) + n * DAY for n in range(365)]
    asked = [nudge for nudge in sent if nudge.kind in schedule.CHECKINS and nudge.day.year == 2026]
    assert [nudge.day for nudge in asked] == [day for day in wanted if WEEKDAYS[day.weekday()] in days]
    assert all((nudge.kind is REVIEW) == (nudge.day.weekday() == 6) for nudge in asked)
    summaries = [nudge.day for nudge in sent if nudge.kind is SUMMARY and nudge.day.year == 2026]
    assert summaries == [day for day in wanted if day.day == 1]
    assert len({nudge.id for nudge in sent}) == len(sent)


def check_ins_sent(who: Member, since: datetime, moved_at: datetime, zone: str, until: datetime) -> list[Nudge]:
    """The check-ins that go out to somebody who moves to another zone at that moment."""
    sent: list[Nudge] = []
    moved, due = False, next_due(who, since)
    while due and due.at < until:
        if not moved and moved_at < due.at:
            who, moved = who.model_copy(update={"timezone": zone}), True
            due = next_due(who, moved_at)
            continue
        for nudge in nudges(due, who):
            judged = judging.judge(nudge, who, due.at)
            if judged.verdict is Verdict.SEND and judged.nudge.kind in agenda.CHECKINS:
                sent.append(judged.nudge)
            who = after(nudging.outcome(judged.nudge, who, judged.verdict, due.at))
        who = who.model_copy(update={"silence": 0})
        due = next_due(who, due.at)
    return sent


@given(
    ZONES,
    ZONES,
    st.times(time(8), time(20, 30)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.datetimes(datetime(2011, 2, 1), datetime(2035, 11, 1), timezones=st.just(UTC)),
)
@example(ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago"), time(12), datetime(2026, 3, 5, 22, tzinfo=UTC))
@example(ZoneInfo("America/Los_Angeles"), ZoneInfo("Asia/Tokyo"), time(19, 30), datetime(2026, 3, 5, 3, tzinfo=UTC))
def test_whoever_moves_in_the_middle_of_a_day_is_asked_once_about_each_date_and_misses_none(
    one: ZoneInfo, other: ZoneInfo, at: time, moved_at: datetime
) -> None:
    who = member(prompt_time=at, timezone=one.key, signed_up_at=moved_at - 9 * DAY)
    sent = check_ins_sent(who, moved_at - 4 * DAY, moved_at, other.key, moved_at + 4 * DAY)
    days = [nudge.day for nudge in sent]
    assert days == sorted(set(days))
    # The date line is crossed at most: a date comes a day later than the one before, or twice and is asked about once.
    assert all(b.due_at - a.due_at <= 2 * DAY + 2 * timedelta(hours=1) for a, b in itertools.pairwise(sent))
    full = moved_at.astimezone(other).date() + DAY
    skipped = local_instant(full, time(12), other).astimezone(other).date() != full
    assert full in days or skipped


# Newer time zones


def test_a_moment_that_older_zones_gave_is_put_right() -> None:
    now = new_york("2026-03-10T12:00")
    right = next_due(member(), now)
    assert right is not None
    for wrong in (right.at - timedelta(hours=1), right.at + timedelta(hours=1)):
        assert schedule.recomputed(right.model_copy(update={"at": wrong}), member(), now) == right


def test_an_hour_that_has_come_by_the_newer_zones_is_not_passed_over() -> None:
    now = new_york("2026-03-10T20:00")
    late = Due(member_id="ana", at=new_york("2026-03-10T20:30"), kinds=(CHECKIN,))
    put_right = schedule.recomputed(late, member(), now)
    assert put_right is not None and put_right.at == new_york("2026-03-10T19:30")


def test_a_moment_that_has_come_waits_for_its_tick_whatever_the_zones() -> None:
    due = Due(member_id="ana", at=new_york("2026-03-10T18:30"), kinds=(CHECKIN,))
    assert schedule.recomputed(due, member(), new_york("2026-03-10T18:30")) == due


@given(ZONES, TIMES, st.datetimes(datetime(2011, 1, 1), datetime(2035, 12, 1), timezones=st.just(UTC)))
def test_a_moment_that_is_right_stays(zone: ZoneInfo, at: time, now: datetime) -> None:
    who = member(timezone=zone.key, prompt_time=at)
    due = next_due(who, now)
    assert due is not None and schedule.recomputed(due, who, now) == due


def test_a_date_that_a_zone_left_out_takes_no_other_dates_place() -> None:
    who = member(timezone="Pacific/Apia")
    due = all_due(who, datetime(2011, 12, 29, tzinfo=UTC), datetime(2011, 12, 31, 12, tzinfo=UTC))
    assert [nudge.day.day for each in due for nudge in nudges(each, who)] == [28, 29, 30, 31]


def test_a_check_in_comes_at_the_members_hour_in_their_own_zone() -> None:
    due = next_due(member(), new_york("2026-03-03T19:29"))
    assert due == Due(member_id="ana", at=new_york("2026-03-03T19:30"), kinds=(CHECKIN,), day=date(2026, 3, 3))


def test_a_moment_is_not_due_again_once_it_has_come() -> None:
    due = next_due(member(), new_york("2026-03-03T19:30"))
    assert due is not None
    assert due.at == new_york("2026-03-04T19:30")


def test_days_that_were_not_chosen_are_left_out() -> None:
    due = next_due(member(days=("mon",)), new_york("2026-03-02T19:30"))
    assert due is not None
    assert due.at == new_york("2026-03-09T19:30")


def test_a_summary_is_due_on_the_first_at_nine() -> None:
    due = next_due(member(), new_york("2026-02-28T19:30"))
    assert due == Due(member_id="ana", at=new_york("2026-03-01T09:00"), kinds=(SUMMARY,), day=date(2026, 3, 1))


def test_kinds_that_fall_together_are_one_moment_that_names_both() -> None:
    due = next_due(member(prompt_time=time(9)), new_york("2026-02-28T09:00"))
    assert due is not None
    assert (due.at, set(due.kinds)) == (new_york("2026-03-01T09:00"), {REVIEW, SUMMARY})


def test_a_pause_holds_everything_back_until_its_last_day_is_over() -> None:
    due = next_due(member(pause=Pause(until=date(2026, 3, 10))), new_york("2026-02-27T20:00"))
    assert due is not None
    assert due.at == new_york("2026-03-10T19:30")


def test_a_check_in_at_midnight_comes_on_the_first_day_after_a_pause() -> None:
    due = next_due(member(pause=Pause(until=date(2026, 3, 10)), prompt_time=time(0)), new_york("2026-03-03T20:00"))
    assert due is not None
    assert due.at == new_york("2026-03-10T00:00")


def test_a_pause_that_is_over_holds_nothing_back() -> None:
    now = new_york("2026-03-12T12:00")
    assert next_due(member(pause=Pause(until=date(2026, 3, 10))), now) == next_due(member(), now)


@pytest.mark.parametrize(
    "details", [{"pause": Pause()}, {"status": Status.STOPPED}, {"status": Status.PENDING}], ids=str
)
def test_nothing_is_due_while_paused_for_good_stopped_or_not_confirmed(details: dict[str, Any]) -> None:
    assert next_due(member(**details), new_york("2026-03-03T12:00")) is None


@given(ZONES, TIMES, st.datetimes(datetime(2011, 1, 1), datetime(2035, 12, 1), timezones=st.just(UTC)))
def test_the_next_check_in_that_is_promised_is_the_one_that_comes(zone: ZoneInfo, at: time, now: datetime) -> None:
    who = member(timezone=zone.key, prompt_time=at, days=("tue", "fri"))
    due = [each for each in all_due(who, now, now + 9 * DAY) if set(schedule.CHECKINS) & set(each.kinds)]
    assert schedule.next_checkin_at(who, now) == due[0].at


# The weekly review


@pytest.mark.parametrize(
    ("days", "weekday"),
    [
        (WEEKDAYS, "sun"),
        (("sun", "mon"), "sun"),
        (("mon", "tue", "wed", "thu", "fri"), "fri"),
        (("tue", "sat"), "sat"),
        (("wed",), None),
        (("sun",), None),
    ],
)
def test_the_weekly_review_comes_on_sunday_or_on_the_last_of_the_days_that_were_chosen(
    days: tuple[str, ...], weekday: str | None
) -> None:
    assert agenda.review_weekday(member(days=days)) == weekday


@given(st.sets(st.sampled_from(WEEKDAYS), min_size=1), ZONES, TIMES)
def test_a_week_asks_once_on_each_chosen_day_and_reviews_one_of_several(
    days: set[str], zone: ZoneInfo, at: time
) -> None:
    who = member(days=[day for day in WEEKDAYS if day in days], timezone=zone.key, prompt_time=at)
    start = datetime(2026, 6, 8, 12, 0, 30, tzinfo=UTC)  # no clock changes in that week, and no month begins
    kinds = [kind for each in all_due(who, start, start + 7 * DAY) for kind in each.kinds if kind in schedule.CHECKINS]
    assert sorted(kinds) == sorted([CHECKIN] * (len(days) - (len(days) > 1)) + [REVIEW] * (len(days) > 1))


# The log-off hour, and experiments to look back at


def with_plan(**details: Any) -> Member:
    return member(plan=details)


def test_the_log_off_text_comes_on_workdays_at_its_hour() -> None:
    due = all_due(with_plan(log_off="18:00"), new_york("2026-03-02T00:00"), new_york("2026-03-09T00:00"))
    log_offs = [each.at for each in due if Kind.LOG_OFF in each.kinds]
    assert log_offs == [new_york(f"2026-03-0{day}T18:00") for day in (2, 3, 4, 5, 6)]


@pytest.mark.parametrize(("prompt_time", "at"), [("19:30", "12:00"), ("08:00", "12:00"), ("12:00", "17:00")])
def test_an_experiment_is_asked_about_once_at_noon_of_its_date_apart_from_the_check_in(
    prompt_time: str, at: str
) -> None:
    who = member(plan={"experiments": [experiment()]}, prompt_time=prompt_time)
    days = lived(who, new_york("2026-03-15T00:00"), new_york("2026-05-01T00:00"))
    asked = [each.at for each in days if each.fates.get(Kind.EXPERIMENT_REVIEW) is Verdict.SEND]
    assert asked == [new_york(f"2026-03-20T{at}")]


@pytest.mark.parametrize("changed", [{"outcome": "keep"}, {"review": None}])
def test_an_experiment_that_is_over_or_has_no_date_is_not_asked_about(changed: dict[str, Any]) -> None:
    who = with_plan(experiments=[experiment(**changed)])
    due = all_due(who, new_york("2026-03-02T00:00"), new_york("2026-05-01T00:00"))
    assert not [each for each in due if Kind.EXPERIMENT_REVIEW in each.kinds]


@pytest.mark.parametrize(
    "plan", [{"log_off": "18:00"}, {"experiments": [experiment(review="2026-03-04")]}], ids=["log_off", "experiments"]
)
def test_what_is_due_hangs_on_the_log_off_hour_and_on_experiments(plan: dict[str, Any]) -> None:
    (field,) = plan
    assert f"plan.{field}" in schedule.DECIDED_BY
    now = new_york("2026-03-03T20:00")
    assert schedule.decides(member(plan=plan)) != schedule.decides(member())
    assert next_due(member(plan=plan), now) != next_due(member(), now)


# Nudges


def test_a_nudge_has_a_natural_id_of_kind_date_and_channel() -> None:
    who = member(channels=("sms", "email"), email="ana@example.com")
    due = Due(member_id="ana", at=new_york("2026-03-03T19:30"), kinds=(CHECKIN,))
    assert [nudge.id for nudge in nudges(due, who)] == [
        "daily_checkin#2026-03-03#sms",
        "daily_checkin#2026-03-03#email",
    ]


def test_the_summary_on_the_first_is_of_the_month_before() -> None:
    due = Due(member_id="ana", at=new_york("2026-01-01T09:00"), kinds=(SUMMARY,))
    (nudge,) = nudges(due, member())
    assert (nudge.month, nudge.day, nudge.id) == (
        date(2025, 12, 1),
        date(2026, 1, 1),
        "monthly_summary#2026-01-01#sms",
    )


def test_a_summary_goes_by_mail_to_whoever_has_an_address() -> None:
    due = Due(member_id="ana", at=new_york("2026-03-01T09:00"), kinds=(CHECKIN, SUMMARY))
    found = nudges(due, member(email="ana@example.com"))
    assert [(nudge.kind, nudge.channel) for nudge in found] == [(CHECKIN, "sms"), (SUMMARY, "email")]


def test_only_a_summary_is_of_a_month() -> None:
    (nudge,) = nudges(Due(member_id="ana", at=new_york("2026-03-03T19:30"), kinds=(CHECKIN,)), member())
    assert nudge.month is None


def test_a_nudge_that_is_asked_for_is_named_by_its_request() -> None:
    (nudge,) = schedule.asked_for(member(), CHECKIN, "now1", new_york("2026-03-04T00:40"))
    assert (nudge.id, nudge.day, nudge.due_at) == (
        "daily_checkin#now1#sms",
        date(2026, 3, 3),
        new_york("2026-03-04T00:40"),
    )


def test_a_summary_that_is_asked_for_is_of_this_month_or_of_the_one_named() -> None:
    now = new_york("2026-03-04T12:00")
    (this,) = schedule.asked_for(member(), SUMMARY, "r1", now)
    (last,) = schedule.asked_for(member(), SUMMARY, "r1", now, month=date(2026, 2, 1))
    assert (this.month, last.month) == (date(2026, 3, 1), date(2026, 2, 1))


@pytest.mark.parametrize(("channels", "channel"), [(("sms", "email"), "sms"), (("email",), "email")])
def test_a_sign_up_is_confirmed_by_one_channel_and_once_a_day(channels: tuple[str, ...], channel: str) -> None:
    who = member(status=Status.PENDING, channels=channels, email="ana@example.com")
    morning, evening = (datetime(2026, 3, 3, hour, tzinfo=UTC) for hour in (1, 23))
    assert schedule.confirmation(who, morning).channel == channel
    assert schedule.confirmation(who, morning).id == schedule.confirmation(who, evening).id
    assert schedule.confirmation(who, evening + 2 * timedelta(hours=1)).id != schedule.confirmation(who, evening).id
