"""Takes what SES says, by SNS, of what became of a mail. Tags of the mail name the nudge."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes import SNSEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import receipts, runtime
from shared.channels import mail_events


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    for record in SNSEvent(event).records:
        if receipt := mail_events.read(record.sns.message):
            receipts.take(receipt)
        else:
            runtime.logger.info("mail event ignored: it is of no nudge, or of a kind that tells nothing")
