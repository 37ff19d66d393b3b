"""Takes a text from a phone, by Twilio's webhook, and answers it in TwiML."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import replies, runtime
from shared.channels import twilio_webhook
from shared.content import texts
from shared.storage.members import UnknownMember


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    try:
        text = twilio_webhook.read_text(event, runtime.twilio_account(), runtime.base_url())
        answer = replies.take(text.sender, text.meaning, text.sid, runtime.now()).answer
    except twilio_webhook.InvalidWebhook:
        runtime.logger.warning("webhook refused: not signed by Twilio for this account")
        return {"statusCode": 403, "body": "Forbidden"}
    except UnknownMember:
        return twilio_webhook.twiml(_hint(text))
    runtime.count("RepliesTaken")
    return twilio_webhook.twiml(() if text.opt_out_type else answer.replies)


def _hint(text: twilio_webhook.InboundText) -> tuple[str, ...]:
    """How to join, for a number that nobody signed up: once a day, and never as an answer to STOP."""
    if text.opt_out_type or not runtime.store().hint_unless_hinted(text.sender, runtime.now()):
        return ()
    return (texts.say("opt_in.join", "en", brand=runtime.settings().brand, url=runtime.base_url()),)
