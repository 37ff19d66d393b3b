"""Takes the replies by mail that SES has put into the bucket, and has them answered by mail.

Each is deleted once it is dealt with. One that fails in passing goes back to the queue, alone.
"""

import json
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.s3_event import S3EventRecord
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import batches, replies, runtime
from shared.channels import inbound_mail, letters, mail, mail_text
from shared.channels.inbound_mail import InboundMail, NotTaken
from shared.channels.refused import Refused
from shared.domain import schedule
from shared.domain.models import Answer, Kind, Member
from shared.storage.members import UnknownMember
from shared.storage.store import InboundMessage
from shared.storage.table import retry_stale


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return batches.each(_receive, event, context)


def _receive(record: SQSRecord) -> None:
    for stored in json.loads(record.body).get("Records", []):  # S3 puts a test on the queue that has none
        _receive_stored(S3EventRecord(stored))


def _receive_stored(record: S3EventRecord) -> None:
    key = unquote_plus(record.s3.get_object.key)
    stored = runtime.received_mail(key, inbound_mail.LARGEST)
    if stored is None:
        runtime.logger.info("mail was dealt with before")
        return
    sid = f"mail-{key.rpartition('/')[2]}"
    try:
        received = inbound_mail.read(stored, runtime.links())
        message = InboundMessage(sid, datetime.fromisoformat(record.event_time), received.thread)
        retry_stale(lambda: _take(received, message))
    except (NotTaken, UnknownMember) as refusal:  # whoever it is from is told nothing: it may not have been them
        reason = refusal.reason if isinstance(refusal, NotTaken) else "no_member"
        runtime.logger.warning("mail not taken", message_sid=sid, reason=reason)
        runtime.count("MailsNotTaken")
    else:
        runtime.count("RepliesTaken")
    runtime.delete_mail(key)


def _take(received: InboundMail, message: InboundMessage) -> None:
    store = runtime.store()
    member = store.member(received.member_id, runtime.recently()).reached("email")
    known = received.is_from(member.writes_from) or store.answer_to_member(member.id, message.sid)
    if not known:  # one that was taken before may have changed the address, and is to be carried out still
        raise NotTaken("not_from_the_member")
    text = mail_text.written(received.body, member.name, runtime.own_addresses())
    answer = replies.take_from(member, text, message, store.friends(member, runtime.recently()))
    if answer.replies:
        _answer(answer, received, member, message)
    replies.carry_out(answer, member, message)


def _answer(answer: Answer, received: InboundMail, member: Member, message: InboundMessage) -> None:
    """Queue the answer; the last one to an address goes out at once, since soon nothing is left that says where to."""
    if not (answer.erase or any(request.kind is Kind.EMAIL_CONFIRMATION for request in answer.requests)):
        runtime.enqueue(schedule.answer(member, message.sid, message.received_at, "email"))
        return
    now = runtime.now()
    if not answer.erase:  # the address is another one from now on: a reply from this one would count for nothing
        member = member.model_copy(update={"email": received.sender, "email_confirmed_at": None})
    letter = letters.answer_letter(answer, member, runtime.house(), runtime.links(), now)
    with suppress(Refused):  # what was asked for is carried out all the same
        mail.send(runtime.ses(), letter, runtime.sender(), now)
