"""Once a minute: puts a message on the queue for every nudge that is due, then sets its member's next time."""

from datetime import datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import runtime
from shared.domain import schedule
from shared.domain.models import Due
from shared.storage.store import UnknownMember


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    tick = datetime.fromisoformat(event["time"])
    enqueued = sum(_dispatch(due) for due in runtime.store().due(tick))
    runtime.logger.info("tick", tick=event["time"], enqueued=enqueued)
    return {"enqueued": enqueued}


def _dispatch(due: Due) -> int:
    """Enqueue first, then advance: a crash in between enqueues again, and the nudge's id makes that harmless."""
    store = runtime.store()
    try:
        member = store.member(due.member_id, runtime.recently())
    except UnknownMember:
        store.advance(due, None)
        return 0
    nudges = schedule.nudges(due, member)
    for nudge in nudges:
        runtime.enqueue(nudge)
    store.advance(due, schedule.next_due(member, due.at))
    return len(nudges)
