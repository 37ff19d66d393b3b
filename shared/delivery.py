"""How every nudge is delivered, whatever its channel: judged, claimed, sent, recorded.

Called by `deliver` and `summarize`.
"""

from collections.abc import Callable
from datetime import date, timedelta

from shared import runtime
from shared.channels.refused import Refused
from shared.domain import nudging, schedule
from shared.domain.models import Member, Nudge
from shared.storage.store import UnknownMember, retry_stale

LEASE = timedelta(seconds=60)  # longer than a function may run, so that no two deliveries overlap


def deliver(nudge: Nudge, send: Callable[[Nudge, Member], str]) -> None:
    """Deliver a nudge by `send`, which returns the provider's message id, and record what became of it.

    What passes (a throttle, a network) is raised, and the queue brings the nudge again; what lasts is recorded.

    Raises:
        NudgeLeased: another delivery of it is under way.
    """
    runtime.logger.append_keys(member_id=nudge.member_id, nudge_id=nudge.id)
    try:
        _deliver(nudge, send)
    except Exception as error:
        # Its kind alone: a provider's message may name an address.
        runtime.logger.warning("nudge not delivered, the queue brings it again", error=type(error).__name__)
        runtime.count("NudgesRetried")
        raise


def _deliver(nudge: Nudge, send: Callable[[Nudge, Member], str]) -> None:
    now, store = runtime.now(), runtime.store()
    try:
        member = store.member(nudge.member_id, _since(nudge))
    except UnknownMember:
        runtime.logger.info("nudge dropped: its member is gone")
        return
    if not store.claim(nudge, now, LEASE):
        runtime.logger.info("nudge was dealt with before")
        return
    judged = schedule.judge(nudge, member, now)
    if judged.verdict is not schedule.Verdict.SEND:
        _settle(judged, judged.verdict.value)
        return
    try:
        message_id = send(judged.nudge, member)
    except Refused as refusal:
        _refused(nudge, refusal)
        return
    _settle(judged, "sent", message_id=message_id)


def _settle(judged: schedule.Judged, state: str, **details: str) -> None:
    """Record a nudge with what became of each kind that was due with it."""
    now, store, nudge = runtime.now(), runtime.store(), judged.nudge
    fates = " ".join(f"{kind}:{fate}" for kind, fate in judged.fates.items())

    def settle() -> None:
        member = store.member(nudge.member_id, _since(nudge))
        store.settle(nudge, state, now, nudging.outcome(nudge, member, judged.verdict, now), fates=fates, **details)

    retry_stale(settle)
    runtime.count({"sent": "NudgesSent", "missed": "NudgesMissed"}.get(state, "NudgesHeldBack"))
    runtime.logger.info("nudge settled", state=state, fates=fates)


def _refused(nudge: Nudge, refusal: Refused) -> None:
    now, store = runtime.now(), runtime.store()

    def settle() -> None:
        member = store.member(nudge.member_id, _since(nudge))
        turn = nudging.refused(nudge, member, now, opted_out=refusal.opted_out)
        store.settle(nudge, "failed", now, turn, code=refusal.code)

    retry_stale(settle)
    runtime.count("NudgesFailed")
    runtime.logger.warning("nudge refused", code=refusal.code, opted_out=refusal.opted_out)


def _since(nudge: Nudge) -> date:
    """From when on the journal is needed: a summary's month and the one before it, a pack's period, the last weeks."""
    before = (nudge.month - timedelta(days=1)).replace(day=1) if nudge.month else runtime.recently()
    return min(before, nudge.period.since if nudge.period else before, runtime.recently())
