"""Once an hour: where newer time zones have come with the functions, decides anew when every member is due next.

A pass over all takes as many runs as it needs, and goes on where the last one ended.
"""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import runtime
from shared.domain import schedule
from shared.domain.models import Due
from shared.storage.members import UnknownMember

_ENOUGH = 30_000  # milliseconds, for one more page


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    store, zones = runtime.store(), runtime.zones()
    cursor = store.recomputed_until(zones)
    changed = 0
    while cursor.more and context.get_remaining_time_in_millis() > _ENOUGH:
        page, cursor = store.due_from(cursor)
        changed += sum(map(_recompute, page))
        store.note_recomputed(zones, cursor)
    if changed or cursor.more:
        runtime.logger.info("due moments recomputed", zones=zones, changed=changed, finished=not cursor.more)
    return {"changed": changed}


def _recompute(due: Due) -> bool:
    """Whether the moment had to be another one."""
    store = runtime.store()
    try:
        member = store.member(due.member_id, runtime.recently())
        right = member.due and schedule.recomputed(member.due, member, runtime.now())
        if right != member.due:
            store.advance(due, right, member)
    except UnknownMember:
        return False  # dispatch removes it
    except Exception as error:  # noqa: BLE001  # one member's trouble is no reason for the others to wait
        runtime.logger.error("due moment not recomputed", member_id=due.member_id, error=type(error).__name__)
        runtime.count("DueMomentsNotRecomputed")
        return False
    return right != member.due
