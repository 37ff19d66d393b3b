"""What follows from a turn, by the member before and after it: what takes it back, and when the next nudge is due.
Pure.
"""

from datetime import datetime
from typing import Any

from shared.domain import schedule
from shared.domain.models import Member, Status, Turn, Undo

# That somebody wrote stays so.
_NOT_UNDONE = ("undo", "hushed", "crisis_on", "silence", "started_at", "phone_confirmed_at", "reach")


def undoable(before: Member, turn: Turn, counted: tuple[str, float] | None = None) -> Turn:
    """Add to the turn what takes it back. One that recorded and changed nothing leaves the last one undoable."""
    if before.status is not Status.ACTIVE or turn.member.status is not Status.ACTIVE:
        return turn
    ids = tuple(entry.id for entry in turn.entries)
    old, new = before.model_dump(mode="json"), turn.member.model_dump(mode="json")
    changed = {key: value for key, value in old.items() if value != new[key] and key not in _NOT_UNDONE}
    if not (ids or changed):
        return turn
    if "email" in changed:  # the one that is meanwhile confirmed is not the one that comes back
        changed["email_confirmed_at"] = old["email_confirmed_at"]
    undo = Undo(
        entries=ids,
        before=changed,
        sent=bool(turn.requests),
        left_open=turn.member.open_question,
        counted=counted,
    )
    return turn.model_copy(update={"member": turn.member.model_copy(update={"undo": undo})})


def scheduled(before: Member, turn: Turn, now: datetime) -> Turn:
    """Add when the next nudge is due, where the turn changed anything that decides it, whether it answers the sign-up,
    and whose number it links.

    A moment that has come, and that no tick has found yet, is not passed over: the next one is set with it. Only
    whoever is to be erased has none any more but that of the erasure.
    """
    after = turn.member
    if schedule.decides(before) == schedule.decides(after) and not turn.erase:
        return turn
    stays = before.due is not None and schedule.stays(before.due, now)
    due = schedule.erasure(after, now) if turn.erase else schedule.next_due(after, now)
    changes: dict[str, Any] = {} if stays and not turn.erase else {"rescheduled": True, "due": due}
    if before.status is Status.PENDING and after.status is not Status.PENDING:
        changes["claims"] = True
    old, new = (member.buddy.phone if member.buddy else None for member in (before, after))
    return turn.model_copy(update=changes if old == new else {**changes, "linked": new, "unlinked": old})


def of_friends(friends: tuple[Member, ...], turns: tuple[Turn, ...], now: datetime) -> tuple[Turn, ...]:
    """What a buddy's message changed about each of `friends`, with what follows from it."""
    before = {friend.id: friend for friend in friends}
    return tuple(scheduled(before[turn.member.id], turn, now) for turn in turns)
