"""The service in one process: its real handlers, on an edge that is simulated, with what starts each of them."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import boto3

from cli.local.deploy import template
from cli.local.ministack import ROOT
from cli.simulation.aws import FifoQueue, FlakyDynamoDB, Message, Parameters, Queue, Ses, Sqs, failed_of, record_of
from cli.simulation.dynamodb import MemoryDynamoDB
from cli.simulation.faults import Crashed, Faults
from cli.simulation.record import Mailed, Queued, Record, Sent, Told, Wrote
from cli.simulation.timeline import Timeline
from cli.simulation.twilio import ACCOUNT, NUMBER, TOKEN, Twilio
from functions.deliver import app as deliver
from functions.dispatch import app as dispatch
from functions.receive_fallback import app as receive_fallback
from functions.receive_sms import app as receive_sms
from functions.receive_status import app as receive_status
from functions.signup import app as signup
from functions.summarize import app as summarize
from functions.take_fallback import app as take_fallback
from shared import runtime
from shared.domain.models import Nudge
from shared.storage.store import Store

TABLE, BASE_URL = "members", "https://unstuck.example"
_VALUES = {"base-url": BASE_URL, "twilio": json.dumps({"auth_token": TOKEN}), "link-key": "key-of-links"}
_MINUTE = timedelta(minutes=1)
_A_CALL = timedelta(milliseconds=2)
_LOOKED_AT = timedelta(hours=5)  # how long dead letters lie until the operator replays them
_REPLAYS = 2  # what comes back after so many is given up as poison
_POISON_EVERY = timedelta(hours=30)
ENVIRONMENT = {
    "TABLE_NAME": TABLE,
    "NUDGE_QUEUE_URL": "nudges",
    "SUMMARY_QUEUE_URL": "summaries",
    "BASE_URL_PARAMETER": "base-url",
    "LINK_KEY_SECRET": "link-key",
    "TWILIO_SECRET": "twilio",
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_NUMBER": NUMBER,
    "TWILIO_API_URL": "https://api.twilio.com",
    "MAIL_FROM": "hello@unstuck.example",
    "BRAND": "Unstuck",
    "CONTACT": "help@unstuck.example",
    "POSTAL_ADDRESS": "1 Example Street, Springfield",
    "HELP_COACH": "",
    "HELP_THERAPIST": "",
    "HELP_FREE": "",
    "ALLOWED_COUNTRIES": "US",
    "SIGNUPS_PER_HOUR": "1000000",
    "FALLBACK_QUEUE_URL": "fallback",
    "MAIL_EVENTS": "mail-events",
    "MAIL_BUCKET": "mails",
    "REPLY_DOMAIN": "",
}
_CONTEXT = SimpleNamespace(
    function_name="unstuck",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:unstuck",
    aws_request_id="request-1",
    get_remaining_time_in_millis=lambda: 15_000,
)
Handler = Callable[[Any, Any], Any]
_WEBHOOKS: Mapping[str, tuple[Handler, str]] = {
    "/twilio/sms": (receive_sms.handler, "twilio_sms"),
    "/twilio/fallback": (receive_fallback.handler, "twilio_fallback"),
    "/twilio/status": (receive_status.handler, "twilio_status"),
}
_POISON = (
    "not JSON",
    '{"member_id": "0123456789abcdef"}',
    '{"member_id": "0123456789abcdef", "kind": "no_such_kind", "channel": "sms", "day": "2026-03-05",'
    ' "due_at": "2026-03-06T02:30:00Z"}',
    "[" * 2000,
)


class Failed(Exception):
    """The function raised, or its process died: Lambda says no more to whoever called it."""


@cache
def _sample(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOT / "events" / f"{name}.json").read_text(encoding="utf-8"))
    return read


class World(runtime.Edge):
    """The edge that the service runs on here, and all that lies beyond it."""

    environment = ENVIRONMENT

    def __init__(self, timeline: Timeline, faults: Faults, record: Record, seed: int) -> None:
        self.timeline = timeline
        self.faults = faults
        self.record = record
        self.raised: Counter[str] = Counter()  # by handlers, by the error's name
        self.phones: dict[str, Callable[[Sent | Told], None]] = {}
        self.mailboxes: dict[str, Callable[[Mailed], None]] = {}
        self.taken: Callable[[Wrote], None] = lambda _: None  # called with each text as it is saved
        self.interrupts: Callable[[str], None] = lambda _: None  # called with whose phone writes in the midst of a call
        self._phones: dict[str, str] = {}  # by the partition of the member
        self._interrupted = False
        self._random = Random(f"ids of {seed}")  # noqa: S311
        self._ticks: set[datetime] = set()
        self._replayed: Counter[str] = Counter()
        self.table = MemoryDynamoDB(TABLE, template()["Resources"]["Table"]["Properties"])
        self.queues = {
            "nudges": self._queue("NudgeQueue", "DeliverFunction", "Nudges", deliver.handler),
            "summaries": self._queue("SummaryQueue", "SummarizeFunction", "Summaries", summarize.handler),
            "fallback": self._queue("FallbackQueue", "TakeFallbackFunction", "Kept", take_fallback.handler, FifoQueue),
        }
        parameters = Parameters(_VALUES)
        self._clients = {
            "dynamodb": FlakyDynamoDB(self.table, faults, self.now, self._meanwhile, self._wrote),
            "sqs": Sqs(faults, self.queues, self._took),
            "ses": Ses(faults, self._mailed),
            "ssm": parameters,
            "secretsmanager": parameters,
        }
        self.carrier = Twilio(timeline, faults, record, BASE_URL, self._webhook, self._heard)

    # The edge

    def now(self) -> datetime:
        return self.timeline.now

    def new_id(self) -> str:
        return f"{self._random.getrandbits(64):016x}"

    def client(self, service: str, _: Any = None) -> Any:
        return self._clients[service]

    def twilio(self) -> Twilio:
        return self.carrier

    def _meanwhile(self, partition: str) -> None:
        """Before any call of a function that is about a member, they may write: both are at work at once, then."""
        self.timeline.spend(_A_CALL)
        phone = self._phones.get(partition)
        if phone and not self._interrupted and self.faults.strikes("races"):
            self._interrupted = True
            try:
                self.interrupts(phone)
            finally:
                self._interrupted = False

    # What starts functions

    def call(self, handler: Handler, event: Mapping[str, Any]) -> Any:
        """What the function returns.

        Raises:
            Failed
        """
        try:
            return handler(event, _CONTEXT)
        except Crashed as death:
            raise Failed from death
        except Exception as error:
            self.raised[type(error).__name__] += 1
            raise Failed from error
        finally:
            runtime.metrics.clear_metrics()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """With the functions on this edge, and without their logs and metrics, which on AWS are read by others.

        `receive_fallback` is on no edge of ours, so as to need nothing; it finds boto3's session and its variables.
        """
        level, before, session = runtime.logger.log_level, dict(os.environ), boto3.DEFAULT_SESSION
        runtime.logger.setLevel("CRITICAL")
        os.environ.update(ENVIRONMENT, POWERTOOLS_METRICS_DISABLED="true")
        boto3.DEFAULT_SESSION = self  # type: ignore[assignment]
        receive_fallback._sqs.cache_clear()
        runtime.use(self)
        try:
            yield
        finally:
            runtime.use(runtime.Edge())
            receive_fallback._sqs.cache_clear()
            boto3.DEFAULT_SESSION = session
            os.environ.clear()
            os.environ.update(before)
            runtime.logger.setLevel(level)

    def sign_up(self, form: Mapping[str, str]) -> None:
        """Post the sign-up form as JSON.

        Raises:
            Failed
        """
        event = _sample("http_signup")
        headers = {**event["headers"], "content-type": "application/json"}
        answer = self.call(
            signup.handler, {**event, "headers": headers, "body": json.dumps(form), "isBase64Encoded": False}
        )
        if answer["statusCode"] != 200:
            raise Failed(answer["body"])

    def unsubscribe(self, link: str) -> None:
        """Follow a mail's one-click link, as a mail program does.

        Raises:
            Failed
        """
        self._follow("http_unsubscribe", link)

    def confirm(self, link: str) -> None:
        """Open the link by which a mail's address confirms itself.

        Raises:
            Failed
        """
        self._follow("http_confirm", link)

    def _follow(self, sample: str, link: str) -> None:
        query = urlsplit(link).query
        asked = {"rawQueryString": query, "queryStringParameters": dict(parse_qsl(query))}
        if self.call(signup.handler, {**_sample(sample), **asked})["statusCode"] != 200:
            raise Failed

    def _webhook(self, path: str, query: str, fields: Mapping[str, str], signature: str) -> str | None:
        handler, sample = _WEBHOOKS[path]
        event = _sample(sample)
        signed = {
            "headers": {**event["headers"], "x-twilio-signature": signature},
            "rawQueryString": query,
            "queryStringParameters": dict(parse_qsl(query)),
            "requestContext": {**event["requestContext"], "timeEpoch": self.timeline.now.timestamp() * 1000},
            "body": urlencode(fields),
            "isBase64Encoded": False,
        }
        try:
            answer = self.call(handler, {**event, **signed})
        except Failed:
            return None
        return str(answer.get("body", "")) if answer["statusCode"] in (200, 204) else None

    def _heard(self, text: Sent | Told) -> None:
        self.phones[text.phone](text)

    # Ticks: of the minutes in which nothing is due, none

    def _wrote(self, item: Mapping[str, Any]) -> None:
        if "due_at" in item and "due_shard" in item:
            self._tick_from(datetime.fromisoformat(item["due_at"]["S"]))
        text = self.record.by_sid.get(item["sk"]["S"].removeprefix("REPLY#"))
        if text and not text.taken:
            text.taken = self.timeline.now
            self.taken(text)
        if "member_id" in item:
            self._phones[f"MEMBER#{item['member_id']['S']}"] = item["pk"]["S"].partition("#")[2]

    def _tick_from(self, due: datetime) -> None:
        """Have the clock tick in the first minute that is still to come and in which this is due."""
        at = max(due, self.timeline.now + timedelta(seconds=1))
        minute = at.replace(second=0, microsecond=0)
        minute += _MINUTE if minute < at else timedelta()
        if minute not in self._ticks:
            self._ticks.add(minute)
            self.timeline.at(minute, lambda: self._tick(minute))

    def _tick(self, minute: datetime) -> None:
        self._ticks.discard(minute)
        if until := self.faults.lasts("ticks_missing", minute):
            self._tick_from(until)
            return
        if self.faults.strikes("ticks_repeated"):
            self.timeline.after(self.faults.between(1, 50), lambda: self._dispatch(minute))
        self._dispatch(minute)
        if next(Store(self.table, TABLE, self.now).due(minute), None):  # type: ignore[arg-type]
            self._tick_from(minute + _MINUTE)

    def _dispatch(self, minute: datetime) -> None:
        try:
            self.call(dispatch.handler, {**_sample("schedule_tick"), "time": minute.isoformat()})
        except Failed:
            return  # not tried again: the next tick finds the same due

    # Queues

    def _queue(self, queue: str, function: str, mapping: str, handler: Handler, kind: type[Queue] = Queue) -> Queue:
        """A queue and what it feeds, as the template has them."""
        resources = template()["Resources"]
        told = resources[queue]["Properties"]
        source = resources[function]["Properties"]["Events"][mapping]["Properties"]

        def consume(batch: Sequence[Message]) -> set[str]:
            (sample,) = _sample("sqs_nudge")["Records"]
            try:
                answer = self.call(handler, {"Records": [record_of(message, sample) for message in batch]})
            except Failed:
                return {message.id for message in batch}
            return failed_of(answer)

        return kind(
            self.timeline,
            self.faults,
            consume,
            self._buried,
            hidden=timedelta(seconds=told["VisibilityTimeout"]),
            most_receives=told["RedrivePolicy"]["maxReceiveCount"],
            batch=source["BatchSize"],
        )

    def _took(self, body: str) -> None:
        nudge = Nudge.model_validate_json(body)
        queued = Queued(self.timeline.now, nudge.member_id, nudge.id, nudge.kinds, nudge.request_id is not None)
        self.record.queued.setdefault((nudge.member_id, nudge.id), queued)

    def _buried(self, queue: Queue, message: Message) -> None:
        """A dead letter: after a while the operator sees the alarm, and replays it, unless it is poison."""
        self._replayed[message.body] += 1
        if self._replayed[message.body] <= _REPLAYS:
            self.timeline.at(self.timeline.now + _LOOKED_AT, lambda: queue.again(message))

    def poison(self) -> None:
        """Have messages come that no function can make anything of, from now on to the end."""
        body = _POISON[int(self.faults.between(0, len(_POISON)))]
        queue = self.queues["nudges" if self.faults.between(0, 1) < 0.8 else "summaries"]
        self.faults.counts["poison_messages"] += 1
        queue.send(body)
        self.timeline.at(self.timeline.now + _POISON_EVERY, self.poison)

    # Mail

    def _mailed(self, address: str, raw: bytes) -> None:
        message = message_from_bytes(raw, policy=policy.default)
        link = re.sub(r"[<>\s]", "", str(message["List-Unsubscribe"]))
        text = message.get_body(("plain",))
        confirm = re.search(r"\S+/confirm\?\S+", text.get_content() if text else "")
        mail = Mailed(self.timeline.now, address, str(message["Subject"]), link, confirm[0] if confirm else "")
        self.record.mailed.append(mail)
        self.timeline.after(self.faults.between(5, 120), lambda: self.mailboxes[address](mail))
