"""Sends the nudges on the queue: texts by Twilio, mails by SES. One that fails in passing goes back alone."""

from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import batches, delivery, runtime
from shared.channels import letters, mail
from shared.channels.refused import Refused
from shared.domain import nudging, schedule
from shared.domain.failures import Failure
from shared.domain.models import Answer, Channel, Kind, Member, Nudge
from shared.storage.nudges import Attempt


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return batches.each(_deliver, event, context)


def _deliver(record: SQSRecord) -> None:
    delivery.deliver(record, _WAYS, runtime.settings().nudge_queue_url)


def _text(nudge: Nudge, member: Member) -> str:
    """The text of a nudge, composed now; of an answer, what was decided when its message was taken."""
    if nudge.kind not in schedule.ANSWERS:
        link = runtime.links().make("me", member.id, runtime.now(), member.language) if nudge.kind is Kind.PAGE else ""
        return nudging.text_of(nudge, member, runtime.brand(), link, to_member=_is_to_member(nudge, member))
    return " ".join(_answer(nudge, member).replies)


def _is_to_member(nudge: Nudge, member: Member) -> bool:
    """Whether it goes to a buddy who is a member too."""
    to_buddy = nudge.kind in schedule.TO_BUDDY
    return to_buddy and runtime.store().party(nudging.recipient(nudge, member)).member_id is not None


def _answer(nudge: Nudge, member: Member) -> Answer:
    store, message_id = runtime.store(), nudge.request_id or ""
    if nudge.kind is Kind.ANSWER:
        answer = store.answer_to_member(member.id, message_id)
    else:
        answer = store.answer_to(nudging.recipient(nudge, member), message_id)
    return answer or Answer()


def _send_text(nudge: Nudge, member: Member, text: str) -> str:
    if not text:
        raise Refused("nothing_to_answer", Failure.LOST)
    number = nudging.recipient(nudge, member)
    if nudge.kind is Kind.BUDDY_INVITATION and not runtime.store().may_invite(number):
        raise Refused("not_to_be_invited", Failure.NO_WAY)
    names = urlencode({"member": member.id, "nudge": nudge.id})
    callback = f"{runtime.base_url()}/twilio/status?{names}"
    return runtime.texter().send(number, text, callback)


def _find_text(attempt: Attempt, member: Member) -> str | None:
    if not (attempt.text and attempt.since and attempt.until):
        return None
    number = nudging.recipient(attempt.nudge, member)
    return runtime.texter().find(number, attempt.text, attempt.since, attempt.until)


def _send_mail(nudge: Nudge, member: Member, _: str) -> str:
    house, links, now = runtime.house(), runtime.links(), runtime.now()
    if nudge.kind is Kind.EXPORT:
        letter = letters.export_letter(runtime.store().held(member.id), house, links, now)
    elif nudge.kind is Kind.WINS_PACK and nudge.period:
        letter = letters.wins_letter(member, nudge.period.since, nudge.period.until, house, links, now)
    elif nudge.kind is Kind.ANSWER:
        answer = _answer(nudge, member)
        if not answer.replies:
            raise Refused("nothing_to_answer", Failure.LOST)
        letter = letters.answer_letter(answer, member, house, links, now)
    else:
        letter = letters.letter(nudge, member, house, links, now)
    return mail.send(runtime.ses(), letter, runtime.sender(), now, nudge, runtime.settings().mail_events)


_WAYS: dict[Channel, delivery.Way] = {
    "sms": delivery.Way(_text, _send_text, _find_text),
    "email": delivery.mails_by(_send_mail),
}
