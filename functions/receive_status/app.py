"""Takes Twilio's delivery receipts. The callback's address names the nudge; nothing else about the text is in it."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import runtime
from shared.channels import twilio_webhook


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    try:
        receipt = twilio_webhook.read_receipt(event, runtime.twilio_account(), runtime.base_url())
    except twilio_webhook.InvalidWebhook:
        runtime.logger.warning("receipt refused: not signed by Twilio for this account")
        return {"statusCode": 403, "body": "Forbidden"}
    names = event.get("queryStringParameters") or {}
    member_id, nudge_id = names.get("member", ""), names.get("nudge", "")
    runtime.store().record_receipt(member_id, nudge_id, receipt.status, receipt.error_code, runtime.now())
    runtime.logger.info("receipt", member_id=member_id, nudge_id=nudge_id, status=receipt.status)
    if receipt.status in ("undelivered", "failed"):
        runtime.count("TextsUndelivered")
    return {"statusCode": 204}
