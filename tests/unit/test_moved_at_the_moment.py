"""Somebody moves in the very minute in which their check-in is due: the next day keeps its own."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from shared.domain import schedule
from shared.domain.models import Member, Status

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
        phone_confirmed_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("to", ["Europe/Berlin", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_what_was_due_is_of_the_day_that_it_was_due_on_wherever_its_member_has_moved(to: str) -> None:
    due = schedule.next_due(member("America/St_Barthelemy"), DUE - timedelta(minutes=1))
    assert due is not None and (due.at, due.day) == (DUE, date(2026, 4, 20))
    (nudge,) = schedule.nudges(due, member(to))
    assert (nudge.day, nudge.due_at) == (date(2026, 4, 20), DUE)
