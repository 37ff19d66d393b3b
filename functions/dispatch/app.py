"""Once a minute: puts a message on the queue for every nudge that is due, then sets its member's next time.

Whoever asked to be erased, and whose erasure broke off, is due for the rest of it.
"""

from datetime import date, datetime, timedelta
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import runtime
from shared.domain import schedule
from shared.domain.models import Due, Kind
from shared.storage.members import UnknownMember

# What is due looks at the journal from the day before on, in whatever zone. All of a month costs seven times as much.
JOURNAL = timedelta(days=2)


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    tick = datetime.fromisoformat(event["time"])
    enqueued = failed = 0
    for due in runtime.store().due(tick):
        try:
            enqueued += _dispatch(due)
        except Exception as error:  # noqa: BLE001  # one member's trouble is no reason for the others to wait
            runtime.logger.error("nudge not queued", member_id=due.member_id, error=type(error).__name__)
            runtime.count("NudgesNotQueued")
            failed += 1
    runtime.logger.info("tick", tick=event["time"], enqueued=enqueued, failed=failed)
    return {"enqueued": enqueued, "failed": failed}


def _dispatch(due: Due) -> int:
    """Enqueue first, then advance: a crash in between enqueues again, and the nudge's id makes that harmless."""
    store = runtime.store()
    if Kind.ERASURE in due.kinds:
        _go_on_erasing(due)
        return 0
    try:
        member = store.member(due.member_id, (due.at - JOURNAL).date())
    except UnknownMember:
        store.advance(due, None)
        return 0
    if member.due is None or member.due.at != due.at:
        return 0  # dealt with, or rescheduled, since the index heard of it
    nudges = schedule.nudges(member.due, member)
    for nudge in nudges:
        runtime.enqueue(nudge)
    store.advance(due, schedule.next_due(member, due.at), member)
    return len(nudges)


def _go_on_erasing(due: Due) -> None:
    store = runtime.store()
    try:
        member = store.member(due.member_id, date.max)
    except UnknownMember:
        store.erase_rest(due.member_id)
    else:
        store.erase(member, None, runtime.now())
    runtime.logger.warning("erasure had broken off, and is done", member_id=due.member_id)
