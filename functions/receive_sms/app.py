"""Takes a text from a phone, by Twilio's webhook, and answers it in TwiML."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import runtime
from shared.channels import twilio_webhook
from shared.content import texts
from shared.domain import conversation, schedule
from shared.domain.models import Answer
from shared.storage.store import InboundMessage, UnknownMember, retry_stale


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    try:
        text = twilio_webhook.read_text(event, runtime.twilio_account(), runtime.base_url())
        answer = retry_stale(lambda: _take(text))
    except twilio_webhook.InvalidWebhook:
        runtime.logger.warning("webhook refused: not signed by Twilio for this account")
        return {"statusCode": 403, "body": "Forbidden"}
    except UnknownMember:
        return twilio_webhook.twiml(_hint(text))
    runtime.count("RepliesTaken")
    return twilio_webhook.twiml(() if text.opt_out_type else answer.replies)


def _take(text: twilio_webhook.InboundText) -> Answer:
    now, store = runtime.now(), runtime.store()
    member = store.member_by_phone(text.sender, runtime.recently())
    runtime.logger.append_keys(member_id=member.id, message_sid=text.sid)
    turn = conversation.respond(member, text.meaning, now, source=text.sid, brand=runtime.brand())
    answer = store.save_turn(InboundMessage(text.sid, now), turn)
    for request in answer.requests:
        for nudge in schedule.asked_for(member, request.kind, text.sid, now, request.month):
            runtime.enqueue(nudge)
    if answer.erase:
        store.erase(member, text.sid, now)
    runtime.logger.info("turn saved", entries=len(turn.entries), replies=len(answer.replies))
    return answer


def _hint(text: twilio_webhook.InboundText) -> tuple[str, ...]:
    """How to join, for a number that nobody signed up: once a day, and never as an answer to STOP."""
    if text.opt_out_type or not runtime.store().hint_unless_hinted(text.sender, runtime.now()):
        return ()
    return (texts.say("opt_in.join", brand=runtime.settings().brand, url=runtime.base_url()),)
