"""`unstuck replay`: what could not be dealt with, seen by its ids alone, and put back on the queue that it came from.

A message is sent again first and then deleted, so that whatever ends this in between leaves it twice and never lost.
Twice is harmless: a nudge goes out once by its id and is recorded as missed where it is too late, a text is taken once
by its MessageSid, and what SES said of a mail is kept while nothing newer is.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from botocore.exceptions import BotoCoreError, ClientError

from cli.deployed import Deployed
from cli.local.problem import Problem
from shared.channels import mail_events
from shared.channels.twilio_webhook import form_of
from shared.domain import judging, nudging
from shared.domain.models import Nudge, Receipt
from shared.storage.members import UnknownMember
from shared.storage.store import JOURNAL_DAYS, Store

Message = dict[str, Any]  # as SQS gives it

_SID = re.compile(r"\w{1,64}", re.ASCII)
_LOOKED_AT = 120  # seconds for which a message is held while it is looked at


class Queue(NamedTuple):
    """A queue by the name that it goes by here, such as "nudge", and the URLs of its two ends."""

    name: str
    source: str
    dead: str


def replay(deployed: Deployed, only: str | None, dry_run: bool, now: datetime, say: Callable[[str], None]) -> int:
    """Show all dead letters, or send them again; how many there were. `only` names one queue.

    Raises:
        Problem: there is no such queue.
    """
    count = 0
    for queue in queues(deployed, only):
        for line in (show if dry_run else send_again)(deployed, queue, now):
            count += 1
            say(f"{queue.name}  {line}")
    return count


def queues(deployed: Deployed, only: str | None = None) -> list[Queue]:
    """The stack's queues that have dead letters, or the one that is named.

    Raises:
        Problem: there is none of that name.
    """
    sqs = deployed.client("sqs")
    found: dict[str, tuple[str, str, str]] = {}  # by its ARN: name, URL, ARN of its dead letters
    for resource in deployed.of_kind("AWS::SQS::Queue"):
        told = sqs.get_queue_attributes(QueueUrl=resource.id, AttributeNames=["All"])["Attributes"]
        dead = json.loads(told.get("RedrivePolicy", "{}")).get("deadLetterTargetArn", "")
        found[told["QueueArn"]] = (resource.name.removesuffix("Queue").lower(), resource.id, dead)
    paired = [Queue(name, url, found[dead][1]) for name, url, dead in found.values() if dead]
    if only and only not in (queue.name for queue in paired):
        raise Problem(f"There is no queue {only!r}; there are: {', '.join(sorted(queue.name for queue in paired))}.")
    return [queue for queue in paired if only in (None, queue.name)]


def show(deployed: Deployed, queue: Queue, now: datetime) -> Iterator[str]:
    """A line for each dead letter of a queue, which stays where it is."""
    sqs = deployed.client("sqs")
    held: list[Message] = []
    try:
        for message in _received(sqs, queue.dead):
            held.append(message)
            yield describe(deployed, message, now)
    finally:
        for message in held:
            with suppress(ClientError):  # it is there again already
                sqs.change_message_visibility(
                    QueueUrl=queue.dead, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
                )


def send_again(deployed: Deployed, queue: Queue, now: datetime) -> Iterator[str]:
    """Put each dead letter of a queue back on the queue it came from; a line for each once that is done."""
    sqs = deployed.client("sqs")
    for message in _received(sqs, queue.dead):
        described = describe(deployed, message, now)
        sqs.send_message(QueueUrl=queue.source, MessageBody=message["Body"], **_place(message))
        sqs.delete_message(QueueUrl=queue.dead, ReceiptHandle=message["ReceiptHandle"])
        yield described


def _received(sqs: Any, url: str) -> Iterator[Message]:
    """All messages of a queue, each once. What comes a second time was held for too long, and is left for the next.

    A queue that keeps an order gives ten of a lane, and the rest once those are gone.
    """
    seen = set[str]()
    while messages := sqs.receive_message(
        QueueUrl=url,
        MaxNumberOfMessages=10,
        WaitTimeSeconds=1,  # asks all servers of the queue, not some
        VisibilityTimeout=_LOOKED_AT,
        AttributeNames=["All"],
    ).get("Messages"):
        for message in messages:
            if message["MessageId"] in seen:
                return
            seen.add(message["MessageId"])
            yield message


def _place(message: Message) -> dict[str, str]:
    """In a queue that keeps an order, where a message belongs and what tells it from others."""
    known = message["Attributes"]
    return {name: known[name] for name in ("MessageGroupId", "MessageDeduplicationId") if name in known}


# What a message is


def describe(deployed: Deployed, message: Message, now: datetime) -> str:
    """One line on a message: what it is, how old, and what comes of sending it again. Ids alone, nothing personal."""
    for read in (_nudge, _text, _mail, _mail_event):
        try:
            return read(deployed, message["Body"], now)
        except (ValueError, KeyError, TypeError, AttributeError):  # not of that shape
            continue
    sent = datetime.fromtimestamp(int(message["Attributes"]["SentTimestamp"]) / 1000, UTC)
    return f"message {message['MessageId']}, {_ago(now - sent)}: cannot be read"


def _nudge(deployed: Deployed, body: str, now: datetime) -> str:
    nudge = Nudge.model_validate_json(body)
    fate = _fate(_store(deployed, now), nudge, now)
    return f"nudge {nudge.id} of member {nudge.member_id}, due {_ago(now - nudge.due_at)}: {fate}"


def _store(deployed: Deployed, now: datetime) -> Store:
    return Store(deployed.client("dynamodb"), deployed.id_of("Table"), lambda: now)


def _fate(store: Store, nudge: Nudge, now: datetime) -> str:
    """What is on record of a nudge, or else what becomes of it now."""
    try:
        state = store.nudge(nudge).get("state", "claimed")
        if state != "claimed":
            return f"was dealt with ({state}), nothing comes of it"
        recently = (now - timedelta(days=JOURNAL_DAYS)).date()
        member = store.member(nudge.member_id, nudging.journal_since(nudge, recently))
    except UnknownMember:
        return "its member is gone, nothing comes of it"
    except (BotoCoreError, ClientError) as error:
        return f"the table does not answer ({type(error).__name__})"
    verdict = judging.judge(nudge, member, now).verdict
    return "goes out" if verdict is judging.Verdict.SEND else f"is recorded as {verdict.value}"


def _text(_: Deployed, body: str, now: datetime) -> str:
    kept = json.loads(body)
    (sid,) = parse_qs(form_of(kept))["MessageSid"]
    if not _SID.fullmatch(sid):  # not signed, so anybody's words
        raise ValueError
    came = datetime.fromisoformat(kept["received_at"])
    return f"text {sid}, came {_ago(now - came)}: is taken for that time, and answered by text"


def _mail(_: Deployed, body: str, now: datetime) -> str:
    (stored,) = json.loads(body)["Records"]
    name = stored["s3"]["object"]["key"].removeprefix("inbound/")
    if not _SID.fullmatch(name):
        raise ValueError
    came = datetime.fromisoformat(stored["eventTime"])
    return f"mail {name}, came {_ago(now - came)}: is taken for that time, and answered by mail, if it is kept still"


def _mail_event(deployed: Deployed, body: str, now: datetime) -> str:
    receipt = mail_events.read(body)
    if receipt is None:
        raise ValueError
    told = f"mail of nudge {receipt.nudge_id} of member {receipt.member_id} {receipt.status}"
    return f"{told}, {_ago(now - (receipt.at or now))}: {_news(_store(deployed, now), receipt)}"


def _news(store: Store, receipt: Receipt) -> str:
    """What comes of what is said of a mail now."""
    try:
        new = store.awaiting(receipt) is not None
    except (BotoCoreError, ClientError) as error:
        return f"the table does not answer ({type(error).__name__})"
    return "is taken for that time" if new else "tells nothing new, nothing comes of it"


def _ago(age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days ago"
