"""Takes what SES says, by SNS and a queue, of what became of a mail. Tags of the mail name the nudge.

What fails in passing goes back to the queue, alone: a complaint is an opt-out, and is told once.
"""

from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import batches, receipts, runtime
from shared.channels import mail_events


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return batches.each(_take, event, context)


def _take(record: SQSRecord) -> None:
    if receipt := mail_events.read(record.body):
        receipts.take(receipt)
    else:
        runtime.logger.info("mail event ignored: it is of no nudge, or of a kind that tells nothing")
