"""Decides what a sign-up on the page comes to, whether or not its number is known. Pure.

Whatever comes of it, the page says the same, so that it never tells a stranger that a number is a member.
"""

from datetime import UTC, datetime

from shared.domain.models import Member, OpenQuestion, Status
from shared.domain.signup import Signup


def register(known: Member | None, signup: Signup, now: datetime, new_id: str) -> Member | None:
    """The member to save, or None where nothing changes.

    Somebody pending may sign up again with other details, on another day than the first time: within a
    day the first ones hold, so that nobody can slip their own address into another person's sign-up while
    that person's phone is asking for a YES. Members, and those who opted out, are not changed from the page.
    """
    if known and (known.status is not Status.PENDING or known.signed_up_at.date() == now.astimezone(UTC).date()):
        return None
    return Member(
        id=known.id if known else new_id,
        version=known.version if known else 0,
        name=signup.name,
        phone=signup.phone,
        email=signup.email,
        channels=signup.channels,
        prompt_time=signup.prompt_time,
        days=signup.days,
        timezone=signup.timezone,
        language=signup.language,
        signed_up_at=now.astimezone(UTC),
        open_question=OpenQuestion(asked="opt_in", day=now.astimezone(UTC).date(), at=now),
    )
