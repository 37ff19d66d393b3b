"""Records what became of a nudge, with what that changes about its member: both or neither, and once.

Called by `delivery.py`, which sends it, and `receipts.py`: a receipt may tell sooner than the sender that it went out.
"""

from collections.abc import Callable
from datetime import date, datetime

from shared import runtime
from shared.domain import nudging
from shared.domain.judging import Verdict
from shared.domain.models import Member, Nudge, Turn
from shared.storage.nudges import Attempt
from shared.storage.table import StaleMember, retry_stale


def sent(attempt: Attempt, member: Member, message_id: str, at: datetime) -> None:
    """Record a nudge that went out `at`: what was answered since is no longer asked."""
    nudge = attempt.nudge

    def decide(member: Member) -> Turn:
        return nudging.outcome(nudge, member, Verdict.SEND, at)

    if record(nudge, member, "sent", decide, message_id=message_id):
        runtime.count("NudgesSent")
        runtime.logger.info("nudge settled", state="sent", fates=attempt.fates)


def proved(attempt: Attempt, message_id: str) -> None:
    """Record as sent what a receipt has told of while its delivery has not recorded it: that may have broken off, and
    the member answer before the queue brings it again.

    Raises:
        UnknownMember
    """
    member = runtime.store().member(attempt.nudge.member_id, since(attempt.nudge))
    sent(attempt, member, message_id, attempt.since or runtime.now())


def record(nudge: Nudge, member: Member, state: str, decide: Callable[[Member], Turn], **details: str) -> bool:
    """Settle a nudge with what it changes about its member, as given or, where they changed meanwhile, as they are.

    False where it was settled meanwhile.

    Raises:
        UnknownMember
    """
    now, store = runtime.now(), runtime.store()

    def again() -> bool:
        if store.nudge(nudge).get("state", "claimed") != "claimed":
            return False
        known = store.member(nudge.member_id, since(nudge))
        store.settle(nudge, state, now, decide(known), **details)
        return True

    try:
        store.settle(nudge, state, now, decide(member), **details)
    except StaleMember:
        return retry_stale(again)
    return True


def since(nudge: Nudge) -> date:
    """From when on the journal is needed to judge, write and settle a nudge."""
    return nudging.journal_since(nudge, runtime.recently())
