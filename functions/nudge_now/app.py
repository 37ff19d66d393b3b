"""The operator's own call: send a member a nudge now. Invoked directly, by whoever IAM lets.

The event is {"phone": "+14155550123", "kind": "daily_checkin", "request_id": "any-unique-word"}; the same
request twice is one nudge.
"""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import Field

from shared import runtime
from shared.domain import schedule
from shared.domain.models import Frozen, Kind, Status
from shared.storage.members import UnknownMember


class _Request(Frozen):
    phone: str = Field(repr=False)
    kind: Kind
    request_id: str = Field(pattern=r"^[\w-]{1,64}$")


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    request = _Request.model_validate(event)
    try:
        member = runtime.store().member_by_phone(request.phone, runtime.recently())
    except UnknownMember:
        return {"refused": "Nobody with this number has signed up.", "unknown": True}
    if member.status is not Status.ACTIVE:
        return {"refused": f"This member gets no nudges: {member.status.value}."}
    nudges = schedule.asked_for(member, request.kind, request.request_id, runtime.now())
    if not nudges:
        return {
            "refused": "This goes by mail alone, and this member has confirmed no address, or it answers a message."
        }
    for nudge in nudges:
        runtime.enqueue(nudge)
    runtime.logger.info("nudge asked for", member_id=member.id, kind=request.kind.value)
    return {"request_id": request.request_id}
