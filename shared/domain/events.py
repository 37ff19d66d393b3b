"""What changes about a member though no message of theirs says so: a link opened, a form sent, a nudge gone out, a STOP
that was heard of. Pure.
"""

from datetime import date, datetime, timedelta
from typing import Any

from shared.domain import addresses
from shared.domain.answers import from_buddy, membership
from shared.domain.message import has_answer
from shared.domain.models import Entry, Member, OpenQuestion, Status, Turn
from shared.domain.turns import of_friends, scheduled, undoable


def prompted(member: Member, day: date, now: datetime, source: str, asked: str = "daily_checkin") -> Turn:
    """What changes once a check-in or a weekly review for `day` has been sent, at `now`: it is open, and the day asked
    about. It is not where its answer is there already, which may be quicker than the record of what was sent.

    A day that was asked about before and never answered ends the streak.
    """
    entry = Entry(day=day, at=now, source=source, kind="prompted")
    last_asked = max((e.day for e in member.journal if e.kind == "prompted" and e.day <= day), default=None)
    broken = last_asked not in (None, day) and not has_answer(member, last_asked)
    is_answered = has_answer(member, day, since=now + timedelta.resolution)
    changes: dict[str, Any] = {
        "open_question": member.open_question if is_answered else OpenQuestion(asked=asked, day=day, at=now),
        "snoozed_until": member.snoozed_until if member.snoozed_until and member.snoozed_until > now else None,
        "unanswered": member.unanswered + (last_asked != day and not has_answer(member, day)),
        "silence": member.silence + (last_asked != day and not has_answer(member, day)),
        "streak": 0 if broken else member.streak,
    }
    return Turn(member=member.model_copy(update=changes), entries=(entry,))


def confirm(member: Member, now: datetime) -> Turn:
    """The mailed link was opened: that is what a YES by text is, and the address is the member's. Opening it again
    changes nothing."""
    return scheduled(member, Turn(member=membership.confirm_by_link(member, now)), now)


def changed(before: Member, after: Member, now: datetime) -> Turn:
    """What no message of theirs brought about: an invitation went out, a buddy cannot be reached."""
    return scheduled(before, Turn(member=after), now)


def set_on_page(before: Member, after: Member, now: datetime) -> Turn:
    """What a form of the member's own page changes: like a text, and so UNDO takes it back. A new address is asked, and
    one that waits as soon as mails are chosen."""
    asks = (after.email, after.channels) != (before.email, before.channels)
    requests = addresses.requests(after) if asks else ()
    return scheduled(before, undoable(before, Turn(member=after, requests=requests)), now)


def opt_out(member: Member, at: datetime, friends: tuple[Member, ...] = ()) -> Turn:
    """What a STOP by text is, from an unsubscribe link, a complaint, or Twilio's refusal to send (21610): one to all.

    `at` is when it happened, not when it was heard of: an opt-out older than the member's START changes nothing.
    `friends` are those whose buddy the member is, or was asked to be.
    """
    gone = membership.opt_out(member, at)
    others = left(friends, member.phone, at) if gone.status is Status.STOPPED else ()
    return scheduled(member, Turn(member=gone, others=others), at)


def erase(member: Member, at: datetime, friends: tuple[Member, ...]) -> Turn:
    """What DELETE by text is, once confirmed, from the member's own page. They are opted out first, so that nothing is
    sent while all of it goes, and are nobody's buddy any more.
    """
    turn = Turn(member=membership.opt_out(member, at), erase=True, others=left(friends, member.phone, at))
    return scheduled(member, turn, at)


def left(friends: tuple[Member, ...], phone: str, at: datetime) -> tuple[Turn, ...]:
    """Of those whose buddy this number is, or was asked to be: it wants no more texts from `at` on."""
    return of_friends(friends, from_buddy.left(friends, phone, at), at)
