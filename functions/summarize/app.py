"""Draws and mails monthly summaries, one a message on its queue. Only here is the charting library."""

from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import batches, delivery, runtime
from shared.channels import chart, letters, mail
from shared.domain import month
from shared.domain.models import Member, Nudge


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return batches.each(_summarize, event, context)


def _summarize(record: SQSRecord) -> None:
    delivery.deliver(record, {"email": delivery.mails_by(_send)}, runtime.settings().summary_queue_url)


def _send(nudge: Nudge, member: Member, _: str) -> str:
    house, links, now = runtime.house(), runtime.links(), runtime.now()
    of = month.build(member, nudge.month or nudge.day, nudge.day)
    day, night = (chart.mood_chart(of, member.language, palette) for palette in (chart.DAY, chart.NIGHT))
    pictures = letters.Pictures(day, night, chart.SHOWN_HEIGHT)
    letter = letters.summary_letter(of, pictures, member, nudge.day, house, links, now)
    return mail.send(runtime.ses(), letter, runtime.sender(), now, nudge, runtime.settings().mail_events)
