"""What is done with a receipt, whoever sent it: kept with its nudge, and where it failed, carried out.

Called by `receive_status` and `receive_mail_status`.
"""

from datetime import date

from shared import runtime, settling
from shared.domain import failures, schedule
from shared.domain.failures import Failure
from shared.domain.models import Member, Nudge, Receipt, Turn
from shared.storage.members import UnknownMember
from shared.storage.table import retry_stale

_ARRIVED = ("delivered", "read")


def take(receipt: Receipt) -> None:
    """Keep a receipt, and change what it means for the member; one that tells nothing new changes nothing."""
    runtime.logger.append_keys(member_id=receipt.member_id, nudge_id=receipt.nudge_id)
    retry_stale(lambda: _take(receipt))
    runtime.logger.info("receipt", status=receipt.status, code=receipt.code)


def _take(receipt: Receipt) -> None:
    now, store = runtime.now(), runtime.store()
    attempt = store.awaiting(receipt)
    if attempt is None:
        return
    nudge = attempt.nudge
    failure = _failure(nudge, receipt)
    try:
        if attempt.since and not failure:
            settling.proved(attempt, receipt.message_id)
        turn = _failed(nudge, receipt, failure) if failure else _arrived(nudge, receipt)
    except UnknownMember:
        return
    store.record_receipt(receipt, now, turn)
    if failure:
        runtime.count("SenderFaults" if failure is Failure.OURS else "NudgesUndelivered")
        runtime.logger.warning("nudge did not arrive", code=receipt.code, failure=failure.value)


def _failure(nudge: Nudge, receipt: Receipt) -> Failure | None:
    if receipt.status in _ARRIVED:
        return None
    return (failures.of_twilio if nudge.channel == "sms" else failures.of_ses)(receipt.code, receipt.status)


def _failed(nudge: Nudge, receipt: Receipt, failure: Failure) -> Turn | None:
    """What changes about the member; what is sent instead is queued first, since its id makes it harmless twice."""
    store, recently = runtime.store(), runtime.recently()
    member = store.member(nudge.member_id, recently)
    if following := failures.instead(nudge, member, failure):
        runtime.enqueue(following, failures.AGAIN_AFTER if following.again else None)
    friends = store.friends(member, recently) if failures.opts_out(nudge, failure) else ()
    turn = failures.undelivered(nudge, member, failure, receipt.code, receipt.at or runtime.now(), friends)
    return _changing(member, turn)


def _arrived(nudge: Nudge, receipt: Receipt) -> Turn | None:
    """A message that arrived ends the failures of its channel; one to a buddy says nothing about the member's."""
    if receipt.status not in _ARRIVED or nudge.kind in schedule.TO_BUDDY:
        return None
    member = runtime.store().member(nudge.member_id, date.max)
    return _changing(member, Turn(member=member.reached(nudge.channel)))


def _changing(before: Member, turn: Turn) -> Turn | None:
    return turn if turn.member != before else None
