"""The AWS that the functions reach: the table, queues with SQS's semantics, mail, secrets; its calls may fail."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

from cli.simulation.dynamodb import MemoryDynamoDB
from cli.simulation.faults import Faults
from cli.simulation.timeline import Timeline

_LATENCY = (0.2, 1.5)  # seconds until a message can be received
_REORDERED = (5.0, 90.0)
_KEY_KEPT = timedelta(minutes=5)
# At least once: mostly it comes again soon, now and then after hours.
_REPEATED = ((0.0, 2.0), (0.0, 2.0), (30.0, 600.0), (3600.0, 86400.0))


class FlakyDynamoDB:
    """The table as the functions see it. `meanwhile` gets each call's partition before it, `wrote` what is put."""

    def __init__(
        self,
        client: MemoryDynamoDB,
        faults: Faults,
        now: Callable[[], datetime],
        meanwhile: Callable[[str], None],
        wrote: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self._client = client
        self._faults = faults
        self._now = now
        self._meanwhile = meanwhile
        self._wrote = wrote
        self.exceptions = client.exceptions

    def get_item(self, **request: Any) -> Any:
        return self._call(self._client.get_item, request)

    def query(self, **request: Any) -> Any:
        return self._call(self._client.query, request)

    def get_paginator(self, operation: str) -> Any:
        """Follows a query from page to page, each of them a call."""
        if operation != "query":
            raise NotImplementedError(operation)
        return SimpleNamespace(paginate=self._pages)

    def _pages(self, **query: Any) -> Iterator[Any]:
        page = self.query(**query)
        yield page
        while start := page.get("LastEvaluatedKey"):
            page = self.query(**query, ExclusiveStartKey=start)
            yield page

    def put_item(self, **request: Any) -> Any:
        return self._call(self._noting(self._client.put_item), request)

    def update_item(self, **request: Any) -> Any:
        return self._call(self._client.update_item, request)

    def delete_item(self, **request: Any) -> Any:
        return self._call(self._client.delete_item, request)

    def transact_write_items(self, **request: Any) -> Any:
        return self._call(self._noting(self._client.transact_write_items), request, "dynamodb_conflicts")

    def _call(self, made: Callable[..., Any], request: dict[str, Any], *faults: str) -> Any:
        self._meanwhile(_partition(request))
        if self._faults.lasts("table_down", self._now()):
            raise ClientError({"Error": {"Code": "InternalServerError", "Message": "down"}}, "DynamoDB")
        return self._faults.call(made, request, "dynamodb_throttles", *faults)

    def _noting(self, made: Callable[..., Any]) -> Callable[..., Any]:
        def noted(**request: Any) -> Any:
            answer = made(**request)
            for write in request.get("TransactItems", ({"Put": request},)):
                if "Put" in write:
                    self._wrote(write["Put"]["Item"])
            return answer

        return noted


def _partition(request: Mapping[str, Any]) -> str:
    """Whose items a call is about; of a transaction, its first write's."""
    if "TransactItems" in request:
        (request,) = request["TransactItems"][0].values()
    asked = request.get("ExpressionAttributeValues", {})
    key = request.get("Key") or request.get("Item") or {"pk": asked.get(":pk", {"S": ""})}
    return str(key["pk"]["S"])


@dataclass
class Message:
    """A message on a queue; `receives` counts as ApproximateReceiveCount does."""

    id: str
    body: str
    sent: datetime
    shown: datetime
    receives: int = 0
    lane: str = ""  # in a queue that keeps an order: within what, by MessageGroupId


# Takes a batch of messages, and returns the ids of those that failed.
Consumer = Callable[[Sequence[Message]], set[str]]


class Queue:
    """An SQS queue and the function that it feeds: at least once, in no order, hidden while it is worked on.

    What was received `most_receives` times and is still there goes to `dead`, the queue's dead letters.
    """

    def __init__(
        self,
        timeline: Timeline,
        faults: Faults,
        consume: Consumer,
        buried: Callable[["Queue", Message], None],
        hidden: timedelta,
        most_receives: int,
        batch: int,
    ) -> None:
        self.dead: list[Message] = []
        self._timeline = timeline
        self._faults = faults
        self._consume = consume
        self._buried = buried
        self._hidden = hidden
        self._most_receives = most_receives
        self._batch = batch
        self._messages: dict[str, Message] = {}
        self._count = 0

    def send(self, body: str, delay: float = 0) -> None:
        self._count += 1
        now = self._timeline.now
        late = self._faults.between(*_LATENCY) + delay
        if self._faults.strikes("messages_reordered"):
            late += self._faults.between(*_REORDERED)
        self._show(Message(str(self._count), body, now, now), now + timedelta(seconds=late))

    def again(self, message: Message) -> None:
        """Take a message back out of the dead letters."""
        self.dead.remove(message)
        self.send(message.body)

    def hide(self, message_id: str, seconds: int) -> None:
        """Show a message that is being worked on after so many seconds, if it is still there."""
        if message_id in self._messages:
            self._messages[message_id].shown = self._timeline.now + timedelta(seconds=seconds)

    def _show(self, message: Message, at: datetime) -> None:
        # By the second, so that what comes within one is received together, as from a busy queue.
        message.shown = at.replace(microsecond=0) + timedelta(seconds=1)
        self._messages[message.id] = message
        self._timeline.at(message.shown, self._receive)

    def _receive(self) -> None:
        now = self._timeline.now
        visible = list(islice(self._visible(now), self._batch))
        batch = [each for each in visible if each.receives < self._most_receives]
        for message in visible:
            message.receives += 1
            message.shown = now + self._hidden
            if message not in batch:
                self.dead.append(self._messages.pop(message.id))
                self._buried(self, message)
        if not batch:
            return
        failed = self._consume(batch)
        for message in batch:
            if message.id in failed:
                self._show(message, message.shown)
            else:
                del self._messages[message.id]
                self._repeat(message)

    def _visible(self, now: datetime) -> Iterator[Message]:
        return (each for each in self._messages.values() if each.shown <= now)

    def _repeat(self, message: Message) -> None:
        if self._faults.strikes("messages_repeated"):
            late = self._faults.between(*_REPEATED[int(self._faults.between(0, len(_REPEATED)))])
            self._count += 1
            again = Message(str(self._count), message.body, message.sent, message.sent, message.receives)
            self._show(again, self._timeline.now + timedelta(seconds=late))


class FifoQueue(Queue):
    """One that keeps an order within each lane, and takes a message with a known key once within five minutes."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self._keys: dict[str, datetime] = {}

    def send_in(self, lane: str, key: str, body: str) -> None:
        now = self._timeline.now
        if now - self._keys.get(key, now - 2 * _KEY_KEPT) < _KEY_KEPT:
            return
        self._keys[key] = now
        self._count += 1
        self._show(Message(str(self._count), body, now, now, lane=lane), now)

    def again(self, message: Message) -> None:
        self.dead.remove(message)
        self.send_in(message.lane, f"again {message.id}", message.body)

    def _visible(self, now: datetime) -> Iterator[Message]:
        """Of each lane what comes before the first that is being worked on, or waits to be."""
        held: set[str] = set()
        for message in list(self._messages.values()):
            if message.shown > now:
                held.add(message.lane)
            elif message.lane not in held:
                yield message

    def _repeat(self, message: Message) -> None:  # noqa: ARG002
        """Nothing comes twice; what waited behind it in its lane can be received now."""
        self._timeline.at(self._timeline.now, self._receive)


class Sqs:
    """A client of the queues, by their addresses. `took` is told of every message that one took."""

    def __init__(self, faults: Faults, queues: Mapping[str, Queue], took: Callable[[str], None]) -> None:
        self._faults = faults
        self._queues = queues
        self._took = took

    def send_message(self, **request: Any) -> Any:
        return self._faults.call(self._send, request, "sqs_errors")

    def _send(
        self,
        *,
        QueueUrl: str,  # noqa: N803
        MessageBody: str,  # noqa: N803
        DelaySeconds: int = 0,  # noqa: N803
        MessageGroupId: str = "",  # noqa: N803
        MessageDeduplicationId: str = "",  # noqa: N803
    ) -> Any:
        queue = self._queues[QueueUrl]
        if isinstance(queue, FifoQueue):
            queue.send_in(MessageGroupId, MessageDeduplicationId, MessageBody)
        else:
            queue.send(MessageBody, DelaySeconds)
            self._took(MessageBody)
        return {"MessageId": "1"}

    def change_message_visibility(self, **request: Any) -> Any:
        return self._faults.call(self._hide, request, "sqs_errors")

    def _hide(self, *, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int) -> Any:  # noqa: N803
        self._queues[QueueUrl].hide(ReceiptHandle, VisibilityTimeout)
        return {}


class Ses:
    """A client of SES that hands what it takes to `take`, as RFC 5322 bytes."""

    def __init__(self, faults: Faults, take: Callable[[str, bytes], None]) -> None:
        self._faults = faults
        self._take = take
        self._count = 0

    def send_raw_email(self, **request: Any) -> Any:
        return self._faults.call(self._send, request, "ses_throttles")

    def _send(self, *, Destinations: Sequence[str], RawMessage: Mapping[str, bytes], **_: Any) -> Any:  # noqa: N803
        self._count += 1
        for address in Destinations:
            self._take(address, RawMessage["Data"])
        return {"MessageId": f"mail-{self._count}"}


class Parameters:
    """A client of SSM and of Secrets Manager in one: each name has its value."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def get_parameter(self, *, Name: str, **_: Any) -> Any:  # noqa: N803
        return {"Parameter": {"Name": Name, "Value": self._values[Name]}}

    def get_secret_value(self, *, SecretId: str, **_: Any) -> Any:  # noqa: N803
        return {"Name": SecretId, "SecretString": self._values[SecretId]}


def record_of(message: Message, sample: Mapping[str, Any]) -> dict[str, Any]:
    """A message as a function gets it, made of a sample of one."""
    attributes = {**sample["attributes"], "ApproximateReceiveCount": str(message.receives)}
    named = {"messageId": message.id, "receiptHandle": message.id}
    return {**sample, **named, "body": message.body, "attributes": attributes}


def failed_of(answer: Mapping[str, Any]) -> set[str]:
    """The ids of the messages that a function says failed, of a batch (ReportBatchItemFailures)."""
    return {each["itemIdentifier"] for each in answer["batchItemFailures"]}
