"""Takes Twilio's delivery receipts. The callback's address names the nudge; nothing else about the text is in it."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import receipts, runtime
from shared.channels import twilio_webhook


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    try:
        receipt = twilio_webhook.read_receipt(event, runtime.twilio_account(), runtime.base_url())
    except twilio_webhook.InvalidWebhook:
        runtime.logger.warning("receipt refused: not signed by Twilio for this account")
        return {"statusCode": 403, "body": "Forbidden"}
    receipts.take(receipt)
    return {"statusCode": 204}
