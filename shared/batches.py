"""How the messages that a queue brings are dealt with, one by one: what fails goes back to it, and nothing else does.

Called by the handlers of queues.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import runtime

Take = Callable[[SQSRecord], None]


def each(
    take: Take, event: dict[str, Any], context: LambdaContext, *, in_order: bool = False
) -> PartialItemFailureResponse:
    """Take each message of a batch, and answer with those that failed.

    `in_order` is for a FIFO queue: behind one that failed the rest of its group waits.
    """
    processor = SqsFifoPartialProcessor(skip_group_on_error=True) if in_order else BatchProcessor(EventType.SQS)
    processor.raise_on_entire_batch_failure = False
    taking = partial(_take, take)
    return process_partial_response(event=event, record_handler=taking, processor=processor, context=context)


def _take(take: Take, record: SQSRecord) -> None:
    """Take one. The ids that are logged with it are of no message behind it."""
    logger = runtime.logger
    of_all = set(logger.get_current_keys())
    try:
        take(record)
    except Exception as error:
        # Its kind alone: what was read, or what a provider said, may name a number or an address.
        logger.warning("message not dealt with, the queue brings it again", error=type(error).__name__)
        raise
    finally:
        logger.remove_keys(set(logger.get_current_keys()) - of_all)
