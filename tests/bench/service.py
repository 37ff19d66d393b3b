"""The functions on a table in memory, with what lies beyond it taking all that it is given: to count what they cost."""

import json
import logging
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from io import StringIO
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator

from cli.local.deploy import template
from cli.local.ministack import ROOT
from cli.simulation.capacity import Used
from cli.simulation.dynamodb import MemoryDynamoDB
from functions.deliver import app as deliver
from functions.dispatch import app as dispatch
from functions.receive_sms import app as receive_sms
from functions.receive_status import app as receive_status
from shared import runtime
from shared.domain.models import Due, Entry, Kind, Member, Nudge, Status, Turn
from shared.storage.store import SHARDS, Store

TABLE, BASE_URL, ACCOUNT, TOKEN = "members", "https://unstuck.example", "AC" + "0" * 32, "token"
TICK = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)  # half past six in the evening, in New York
CONTEXT = SimpleNamespace(
    function_name="unstuck",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:unstuck",
    aws_request_id="request-1",
)
ENVIRONMENT = {
    "TABLE_NAME": TABLE,
    "NUDGE_QUEUE_URL": "nudges",
    "SUMMARY_QUEUE_URL": "summaries",
    "BASE_URL_PARAMETER": "base-url",
    "LINK_KEY_SECRET": "link-key",
    "TWILIO_SECRET": "twilio",
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_NUMBER": "+14155550100",
    "TWILIO_API_URL": "https://api.twilio.com",
    "MAIL_FROM": "hello@unstuck.example",
    "BRAND": "Unstuck",
    "CONTACT": "help@unstuck.example",
    "POSTAL_ADDRESS": "1 Example Street, Springfield",
    "HELP_COACH": "",
    "HELP_THERAPIST": "",
    "HELP_FREE": "",
    "ALLOWED_COUNTRIES": "US",
    "SIGNUPS_PER_HOUR": "10",
}


class Cost(NamedTuple):
    """What one call of a function used: of the table, and of the processor, in milliseconds."""

    used: Used
    milliseconds: float


class _Twilio(HttpClient):
    """Takes every text."""

    def __init__(self) -> None:
        super().__init__(logging.getLogger("twilio"), False, None)

    def request(self, *_: Any, **__: Any) -> Response:
        return Response(201, json.dumps({"sid": "SM" + "0" * 32}))


class Service(runtime.Edge):
    """The functions' edge, and the calls of them that are counted. It is always `TICK`, or when it is set to be."""

    environment = ENVIRONMENT

    def __init__(self) -> None:
        self.table = MemoryDynamoDB(TABLE, template()["Resources"]["Table"]["Properties"])
        self.queued: list[str] = []
        self._now = TICK
        secrets = {"link-key": "key-of-links", "twilio": json.dumps({"auth_token": TOKEN})}
        self._clients = {
            "dynamodb": self.table,
            "sqs": SimpleNamespace(send_message=lambda **sent: self.queued.append(sent["MessageBody"])),
            "ssm": SimpleNamespace(get_parameter=lambda **_: {"Parameter": {"Value": BASE_URL}}),
            "secretsmanager": SimpleNamespace(get_secret_value=lambda **_: {"SecretString": secrets[_["SecretId"]]}),
        }
        self._twilio = _Twilio()

    def now(self) -> datetime:
        return self._now

    def client(self, service: str) -> Any:
        return self._clients[service]

    def twilio(self) -> HttpClient:
        return self._twilio

    # What is counted

    def tick(self, at: datetime = TICK) -> Cost:
        self._now = at
        return self._cost(dispatch.handler, sample("schedule_tick") | {"time": at.isoformat()})

    def deliver(self, nudge: str) -> Cost:
        """Of a message on the queue."""
        (record,) = sample("sqs_nudge")["Records"]
        return self._cost(deliver.handler, {"Records": [record | {"body": nudge}]})

    def reply(self, n: int, text: str, sid: str, after: timedelta = timedelta(minutes=5)) -> Cost:
        """Of the member with that number, so long after the tick."""
        self._now = TICK + after
        fields = {"AccountSid": ACCOUNT, "MessageSid": sid, "From": phone_of(n), "Body": text}
        return self._cost(receive_sms.handler, _signed("twilio_sms", fields))

    def receipt(self, nudge: str, status: str) -> Cost:
        told = Nudge.model_validate_json(nudge)
        names = {"member": told.member_id, "nudge": told.id}
        fields = {"AccountSid": ACCOUNT, "MessageSid": "SM" + "0" * 32, "MessageStatus": status}
        return self._cost(receive_status.handler, _signed("twilio_status", fields, names))

    def _cost(self, handler: Any, event: dict[str, Any]) -> Cost:
        self.table.reset_used()
        with redirect_stdout(StringIO()):  # where metrics go
            started = time.process_time()
            answer = handler(event, CONTEXT)
            took = (time.process_time() - started) * 1000
        assert answer.get("statusCode", 200) < 300 and not answer.get("failed") and not answer.get("batchItemFailures")
        return Cost(self.table.used, took)

    # Members

    def fill(self, members: int, due: int, days: int = 35) -> None:
        """So many members with a state, a number and a due moment; so many of those are due at `TICK`.

        Whoever is due has told of the last `days`. The others are due in the course of the next day: nothing else of
        them is ever read.
        """
        busy, idle = _items(_journal(days)), _items(())
        for n in range(members):
            at = TICK if n < due else TICK + timedelta(minutes=1 + n % 1439)
            for item in _of(n, busy if n < due else idle, at):
                self.table.put_item(TableName=TABLE, Item=item)


@contextmanager
def service() -> Iterator[Service]:
    """The functions on a table of their own, and saying nothing; afterwards on what they were on."""
    made, level, namespace = Service(), runtime.logger.log_level, runtime.metrics.provider.namespace
    runtime.use(made)
    runtime.logger.setLevel(logging.CRITICAL)
    runtime.metrics.provider.namespace = "unstuck"
    try:
        yield made
    finally:
        runtime.use(runtime.Edge())
        runtime.logger.setLevel(level)
        runtime.metrics.provider.namespace = namespace


def sample(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOT / "events" / f"{name}.json").read_text(encoding="utf-8"))
    return read


def id_of(n: int) -> str:
    return f"{n:016x}"


def phone_of(n: int) -> str:
    return f"+1415{n:07}"


MEMBER = Member(
    id=id_of(0),
    status=Status.ACTIVE,
    name="Ana",
    phone=phone_of(0),
    email="ana@example.org",
    prompt_time=time_of_day(18, 30),
    timezone="America/New_York",
    signed_up_at=TICK - timedelta(days=60),
    confirmed_at=TICK - timedelta(days=60),
)


def _signed(name: str, fields: dict[str, str], names: dict[str, str] | None = None) -> dict[str, Any]:
    event = sample(name)
    query = urlencode(names or {})
    url = f"{BASE_URL}{event['rawPath']}{'?' if query else ''}{query}"
    signature = RequestValidator(TOKEN).compute_signature(url, fields)
    return event | {
        "body": urlencode(fields),
        "isBase64Encoded": False,
        "headers": event["headers"] | {"x-twilio-signature": signature},
        "rawQueryString": query,
        "queryStringParameters": names,
    }


def _journal(days: int) -> tuple[Entry, ...]:
    """So many days, each asked about and told of."""
    moments = [TICK - timedelta(days=days - n) for n in range(days)]
    asked = [Entry(day=at.date(), at=at, source="daily_checkin#sms", kind="prompted") for at in moments]
    told = [
        Entry(
            day=at.date(),
            at=at + timedelta(minutes=7),
            source="SM" + "0" * 32,
            kind="answered",
            mood=6.5,
            engaged=("pairing with Tom on the importer",),
            drained=("the budget meeting",),
            wins=("sent the portfolio to two people",),
        )
        for at in moments
    ]
    return (*asked, *told)


def _items(journal: Sequence[Entry]) -> str:
    """What storage keeps of a member, as JSON: made by storage itself, of a member whose place others may take."""
    client = MemoryDynamoDB(TABLE, template()["Resources"]["Table"]["Properties"])
    store = Store(client, TABLE)  # type: ignore[arg-type]
    store.sign_up(MEMBER)
    member = store.member(MEMBER.id, TICK.date())
    for entry in journal:
        store.apply(Turn(member=member, entries=(entry,)))
        member = store.member(member.id, TICK.date())
    due = Due(member_id=member.id, at=TICK, kinds=(Kind.DAILY_CHECKIN,))
    store.apply(Turn(member=member, rescheduled=True, due=due))
    return json.dumps(client.scan(TableName=TABLE)["Items"])


def _of(n: int, items: str, at: datetime) -> Iterator[dict[str, Any]]:
    """The same items, of another member who is due at another moment."""
    shard = str(zlib.crc32(id_of(n).encode()) % SHARDS)
    for item in json.loads(items.replace(id_of(0), id_of(n)).replace(phone_of(0), phone_of(n))):
        moved = {"due_shard": {"S": shard}, "due_at": {"S": at.isoformat(timespec="seconds")}}
        yield item | (moved if "due_at" in item else {})
