"""What a sign-up comes to, for a number that is new, asked before, a member's, or was stopped."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from shared.domain.models import Member, OpenQuestion, Status
from shared.domain.registration import register
from shared.domain.signup import Signup

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


def signup(**details: Any) -> Signup:
    given = {
        "name": "Ana",
        "phone": "+14155550123",
        "email": "ana@example.com",
        "prompt_time": time(19, 30),
        "days": ("mon", "thu"),
        "timezone": "America/New_York",
        "channels": ("sms", "email"),
        "language": "es",
    }
    return Signup.model_validate({**given, **details})


def registered(known: Member | None = None, now: datetime = NOW, **details: Any) -> Member:
    member = register(known, signup(**details), now, new_id="new")
    assert member is not None
    return member


def test_a_new_number_is_kept_as_it_signed_up_and_waits_for_a_yes() -> None:
    assert registered() == Member(
        id="new",
        status=Status.PENDING,
        name="Ana",
        phone="+14155550123",
        email="ana@example.com",
        channels=("sms", "email"),
        prompt_time=time(19, 30),
        days=("mon", "thu"),
        timezone="America/New_York",
        language="es",
        signed_up_at=NOW,
        open_question=OpenQuestion(asked="opt_in", day=date(2026, 3, 3), at=NOW),
    )


def test_what_was_signed_up_first_holds_for_the_day() -> None:
    known = registered()
    assert register(known, signup(email="mallory@example.com"), NOW + timedelta(hours=11), new_id="other") is None


def test_on_another_day_somebody_pending_may_sign_up_with_other_details_and_stays_one_person() -> None:
    known = registered().model_copy(update={"version": 4})
    again = registered(known, NOW + timedelta(hours=12), name="Ana Maria", days=("fri",))
    assert (again.id, again.version, again.name, again.days) == ("new", 4, "Ana Maria", ("fri",))
    assert (again.status, again.signed_up_at) == (Status.PENDING, NOW + timedelta(hours=12))


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.STOPPED])
def test_a_member_or_who_opted_out_is_not_changed_from_the_page(status: Status) -> None:
    known = registered().model_copy(update={"status": status})
    assert register(known, signup(name="Mallory"), NOW + timedelta(days=30), new_id="other") is None
