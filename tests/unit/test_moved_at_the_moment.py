"""Somebody moves in the very minute in which their check-in is due: the next day keeps its own."""

from datetime import UTC, date, datetime, time

import pytest

from shared.domain import schedule
from shared.domain.models import Due, Kind, Member, Status

DUE = datetime(2026, 4, 21, 0, 30, tzinfo=UTC)  # 20:30 on the 20th in the Caribbean, 02:30 on the 21st in Berlin


def member(timezone: str, prompt_time: time = time(20, 30)) -> Member:
    return Member(
        id="m1",
        status=Status.ACTIVE,
        name="Kim",
        phone="+14152000000",
        prompt_time=prompt_time,
        timezone=timezone,
        signed_up_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("of", "day"),
    [
        (member("America/St_Barthelemy"), date(2026, 4, 20)),
        (member("Europe/Berlin"), date(2026, 4, 20)),
        (member("Europe/Berlin", time(2, 30)), date(2026, 4, 21)),
    ],
    ids=["where they lived", "where they moved", "where that is the hour, by mail"],
)
def test_a_moment_in_the_night_is_the_evenings_unless_it_is_the_hour_of_the_day(of: Member, day: date) -> None:
    (nudge,) = schedule.nudges(Due(member_id="m1", at=DUE, kinds=(Kind.DAILY_CHECKIN,)), of)
    assert nudge.day == day
