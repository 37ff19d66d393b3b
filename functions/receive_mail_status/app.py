"""Takes what SES says, by SNS and a queue, of what became of a mail. Tags of the mail name the nudge.

What fails in passing goes back to the queue, alone: a complaint is an opt-out, and is told once.
"""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import receipts, runtime
from shared.channels import mail_events

_processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(event=event, record_handler=_take, processor=_processor, context=context)


def _take(record: SQSRecord) -> None:
    runtime.logger.remove_keys(("member_id", "nudge_id"))  # those of the event before
    try:
        if receipt := mail_events.read(record.body):
            receipts.take(receipt)
        else:
            runtime.logger.info("mail event ignored: it is of no nudge, or of a kind that tells nothing")
    except Exception as error:
        # Its kind alone: an event names addresses.
        runtime.logger.warning("mail event not taken, the queue brings it again", error=type(error).__name__)
        raise
