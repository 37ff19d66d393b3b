"""Days and clocks as a person sees them, by arithmetic of its own: only "what does the clock there show" is asked."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

NIGHT_FROM, NIGHT_UNTIL = time(21), time(8)
DAY_TURNS, NOON = time(4), time(12)
_STEP, _MINUTE, _DAY = timedelta(minutes=30), timedelta(minutes=1), timedelta(days=1)
_NO_CHANGE_IS_LARGER = timedelta(hours=3)


@cache
def zone_of(name: str) -> ZoneInfo:
    """A time zone, kept: by itself `ZoneInfo` keeps eight, and reads the file of every other one again and again."""
    return ZoneInfo(name)


def local(at: datetime, zone: str) -> datetime:
    """What a clock there shows, without its offset."""
    return at.astimezone(zone_of(zone)).replace(tzinfo=None)


def is_night(clock: time) -> bool:
    return clock >= NIGHT_FROM or clock < NIGHT_UNTIL


@cache
def first_instant(day: date, at: time, zone: str) -> datetime:
    """When the clock there first shows that time of that day, or one beyond it: found by looking on."""
    wanted = datetime.combine(day, at)
    shown = local(wanted.replace(tzinfo=UTC), zone)
    instant = wanted.replace(tzinfo=UTC) - (shown - wanted) - _NO_CHANGE_IS_LARGER
    while local(instant + _STEP, zone) < wanted:
        instant += _STEP
    while local(instant, zone) < wanted:
        instant += _MINUTE
    return instant


def day_of(clock: datetime) -> date:
    """The day that somebody means by today: up to 04:00 it is the evening before."""
    return clock.date() - _DAY if clock.time() < DAY_TURNS else clock.date()


def is_answerable(day: date, clock: datetime) -> bool:
    """Whether a prompt about a day can still be answered: until noon of the next."""
    return clock < datetime.combine(day + _DAY, NOON)
