"""A member's e-mail address, from when it is given until it has confirmed itself by the link mailed to it. Pure.

Whoever gives one may mistype it: until then it may be anybody's, and nothing but that link is mailed to it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from shared.domain.models import Kind, Member, Requested

MOST_ASKED = 3  # addresses of one member, a day: else whoever signs up could have us mail to strangers without end
_A_DAY = timedelta(days=1)


def given(member: Member, email: str | None) -> Member:
    """The member with this address; another one than before has confirmed nothing, and what bounced was the old one."""
    if email == member.email:
        return member
    return member.reached("email").model_copy(update={"email": email, "email_confirmed_at": None})


def waits(member: Member) -> bool:
    """Whether there is an address that has not confirmed itself."""
    return member.email is not None and member.mailbox is None


def requests(member: Member) -> tuple[Requested, ...]:
    """What a turn requests for an address that waits: that it is asked, if it may be when that goes out."""
    return (Requested(kind=Kind.EMAIL_CONFIRMATION),) if waits(member) else ()


def may_be_asked(member: Member, now: datetime) -> bool:
    """Whether the link may be mailed: to the same address once a day, and to a few of a member's in all."""
    lately = _asked_lately(member, now)
    return waits(member) and member.email not in lately and len(lately) < MOST_ASKED


def has_link(member: Member, now: datetime) -> bool:
    """Whether the address that waits was mailed the link within a day, or may be now."""
    return member.email in _asked_lately(member, now) or may_be_asked(member, now)


def asked(member: Member, now: datetime) -> Member:
    """The member once the link was mailed to their address."""
    if member.email is None:
        return member
    return member.model_copy(update={"email_asked": {**_asked_lately(member, now), member.email: now}})


def _asked_lately(member: Member, now: datetime) -> Mapping[str, datetime]:
    return {email: at for email, at in member.email_asked.items() if now - at < _A_DAY}
