"""A local time and its instant, through every clock change; and when a day turns."""

import itertools
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.domain import schedule
from shared.domain.agenda import local_instant

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NEW_YORK = ZoneInfo("America/New_York")

ZONES = st.sampled_from(sorted(zoneinfo.available_timezones() - {"Factory", "localtime", "posixrules"})).map(ZoneInfo)
DAYS = st.dates(date(2011, 1, 1), date(2035, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def first_minute_not_before(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Look at the clock on the wall, minute by minute, until it shows that time or has passed it."""
    wanted = datetime.combine(day, at)
    minute = wanted.replace(tzinfo=UTC) - timedelta(hours=15)  # no zone is further ahead
    while minute.astimezone(zone).replace(tzinfo=None) < wanted:
        minute += MINUTE
    return minute


@given(DAYS, TIMES, ZONES)
@example(date(2026, 3, 8), time(2, 30), NEW_YORK)
@example(date(2026, 11, 1), time(1, 30), NEW_YORK)
@example(date(2011, 12, 30), time(19, 30), ZoneInfo("Pacific/Apia"))
@example(date(2026, 3, 29), time(2, 30), ZoneInfo("Antarctica/Troll"))
@example(date(2026, 10, 4), time(2, 15), ZoneInfo("Australia/Lord_Howe"))
@example(date(2014, 10, 26), time(1, 30), ZoneInfo("Europe/Moscow"))
@example(date(2018, 5, 5), time(0, 0), ZoneInfo("Asia/Pyongyang"))
def test_an_instant_is_the_first_at_which_the_clock_shows_or_has_passed_the_time(
    day: date, at: time, zone: ZoneInfo
) -> None:
    assert local_instant(day, at, zone) == first_minute_not_before(day, at, zone)


def clock_changes(zone: ZoneInfo, year: int) -> list[date]:
    """The local dates around which the zone's offset changes."""
    noons = [datetime(year, 1, 1, 12, tzinfo=UTC) + n * DAY for n in range(367)]
    pairs = itertools.pairwise(noons)
    return [
        b.astimezone(zone).date() for a, b in pairs if a.astimezone(zone).utcoffset() != b.astimezone(zone).utcoffset()
    ]


@given(st.data(), ZONES, st.integers(2011, 2035))
def test_an_instant_is_right_on_the_very_days_on_which_the_clock_changes(
    data: st.DataObject, zone: ZoneInfo, year: int
) -> None:
    for changed in clock_changes(zone, year):
        at = data.draw(TIMES | st.sampled_from([time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(23, 30)]))
        for day in (changed - DAY, changed):
            assert local_instant(day, at, zone) == first_minute_not_before(day, at, zone)


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        # A time that is skipped: the first instant after the gap.
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00Z"),
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00Z"),
        ("America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00Z"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30Z"),
        ("Antarctica/Troll", "2026-03-29", "02:59", "2026-03-29T01:00Z"),
        ("America/Havana", "2026-03-08", "00:30", "2026-03-08T05:00Z"),
        ("America/Santiago", "2026-09-06", "00:00", "2026-09-06T04:00Z"),
        ("Africa/Cairo", "2026-04-24", "00:10", "2026-04-23T22:00Z"),
        ("Asia/Beirut", "2026-03-29", "00:59", "2026-03-28T22:00Z"),
        ("Pacific/Chatham", "2026-09-27", "03:00", "2026-09-26T14:00Z"),
        ("Pacific/Apia", "2011-12-30", "19:30", "2011-12-30T10:00Z"),
        ("America/Nuuk", "2026-03-28", "23:30", "2026-03-29T01:00Z"),
        # A time that comes twice: the first.
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45Z"),
        ("Antarctica/Troll", "2026-10-25", "01:30", "2026-10-24T23:30Z"),
        ("Pacific/Chatham", "2026-04-05", "03:00", "2026-04-04T13:15Z"),
        # A plain day, with an offset of quarters.
        ("Asia/Kathmandu", "2026-06-01", "19:30", "2026-06-01T13:45Z"),
        ("Pacific/Apia", "2011-12-31", "19:30", "2011-12-31T05:30Z"),
    ],
)
def test_a_known_nasty_hour_has_its_known_instant(zone: str, day: str, at: str, instant: str) -> None:
    found = local_instant(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone))
    assert found == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-03-03T23:59", "2026-03-03"),
        ("2026-03-04T00:40", "2026-03-03"),
        ("2026-03-04T03:59", "2026-03-03"),
        ("2026-03-04T04:00", "2026-03-04"),
    ],
)
def test_a_day_turns_at_four_in_the_morning(local: str, day: str) -> None:
    assert schedule.day_of(datetime.fromisoformat(local).replace(tzinfo=NEW_YORK)) == date.fromisoformat(day)
