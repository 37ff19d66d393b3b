"""The hours in which no text goes out that a member did not just ask for. E-mail is not bound by them."""

from datetime import time

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)

# The latest time offered is not the last minute allowed: a text that leaves a little late must still arrive in time.
_LATEST_OFFERED = time(20, 30)


def is_quiet(local: time) -> bool:
    """Whether texts must wait at that time on the member's own clock."""
    return local >= QUIET_FROM or local < QUIET_UNTIL


def nearest_allowed(local: time) -> time:
    """The time to offer instead of `local`: itself where texts may go out, else the nearer end of the day.

    Near is by the clock's round, so 23:00 is near to the evening and 03:00 near to the morning.
    """
    if not is_quiet(local):
        return local
    to_morning = (_minutes(QUIET_UNTIL) - _minutes(local)) % (24 * 60)
    from_evening = (_minutes(local) - _minutes(_LATEST_OFFERED)) % (24 * 60)
    return QUIET_UNTIL if to_morning <= from_evening else _LATEST_OFFERED


def _minutes(local: time) -> int:
    return local.hour * 60 + local.minute
