"""Every time zone there is, at every change of its clock from 2011 to 2035, against its offsets before and after."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from shared.domain.agenda import local_instant

FIRST = datetime(2011, 1, 1, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
DAYS = 25 * 366


def zones() -> list[str]:
    """Each zone by the first of the names that it goes by."""
    root = resources.files("tzdata").joinpath("zoneinfo")
    found: dict[bytes, str] = {}
    for name in sorted(zoneinfo.available_timezones()):
        found.setdefault(root.joinpath(*name.split("/")).read_bytes(), name)
    return sorted(found.values())


def offset(zone: ZoneInfo, at: datetime) -> timedelta:
    ahead = at.astimezone(zone).utcoffset()
    assert ahead is not None
    return ahead


def changes(zone: ZoneInfo) -> list[datetime]:
    """The moments, to the second, at which the zone's clock is set."""
    offsets = [offset(zone, FIRST + n * DAY) for n in range(DAYS)]
    found = []
    for n in (n for n in range(1, DAYS) if offsets[n - 1] != offsets[n]):
        before, after = FIRST + (n - 1) * DAY, FIRST + n * DAY
        while after - before > SECOND:
            middle = before + (after - before) // SECOND // 2 * SECOND
            before, after = (before, middle) if offset(zone, middle) != offsets[n - 1] else (middle, after)
        found.append(after)
    return found


def expected(day: date, at: time, before: timedelta, after: timedelta, change: datetime) -> datetime:
    """The first instant around one change of the clock at which it shows `at` on `day`, or has passed it."""
    wanted = datetime.combine(day, at, UTC)
    if wanted - before < change:
        return wanted - before
    return max(change, wanted - after)


@pytest.mark.parametrize("continent", sorted({name.partition("/")[0] for name in zones()}))
def test_a_local_time_around_every_change_of_the_clock_has_the_instant_that_the_offsets_give(continent: str) -> None:
    for zone in map(ZoneInfo, (name for name in zones() if name.partition("/")[0] == continent)):
        found = changes(zone)
        # Two changes within days, as for Ramadan or by mistake, are left to the reading minute by minute.
        near = {change for a, b in pairwise(found) if b - a < 3 * DAY for change in (a, b)}
        for change in set(found) - near:
            before, after = offset(zone, change - SECOND), offset(zone, change)
            for ahead in (before, after, (before + after) / 2):
                for minutes in (-1, 0, 1):
                    shown = change + ahead + timedelta(minutes=minutes)
                    day, at = shown.date(), shown.time().replace(second=0, microsecond=0)
                    assert local_instant(day, at, zone) == expected(day, at, before, after, change), (zone, day, at)


def test_the_clocks_of_most_zones_are_set_twice_a_year_or_never() -> None:
    """So that the changes above are there to be found."""
    assert [len(changes(ZoneInfo(name))) for name in ("America/New_York", "Australia/Lord_Howe", "Asia/Tokyo")] == [
        50,
        50,
        0,
    ]
