"""Takes the texts that `receive_fallback` kept, as `receive_sms` would have, and has them answered by text.

One that is not signed is dropped: it would be no more so another time. One that fails in passing stays in its place,
with all of the same number behind it.
"""

import json
from datetime import datetime
from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import batches, replies, runtime
from shared.channels import twilio_webhook
from shared.storage.members import UnknownMember


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return batches.each(_take, event, context, in_order=True)


def _take(record: SQSRecord) -> None:
    try:
        _take_kept(json.loads(record.body))
    except twilio_webhook.InvalidWebhook:
        runtime.logger.warning("kept text dropped: not signed by Twilio for this account")
        runtime.count("FallbacksRefused")
    except UnknownMember:
        runtime.logger.info("kept text dropped: its number is nobody's")


def _take_kept(kept: dict[str, Any]) -> None:
    text = twilio_webhook.read_text(kept, runtime.twilio_account(), runtime.base_url())
    answer, later = replies.take(text.sender, text.meaning, text.sid, datetime.fromisoformat(kept["received_at"]))
    if later and answer.replies and not text.opt_out_type:
        runtime.enqueue(later)
    runtime.count("RepliesTaken")
