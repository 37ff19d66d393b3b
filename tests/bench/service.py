"""The functions on a table in memory, with what lies beyond it taking all that it is given: to count what they cost."""

import json
import logging
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import Any, NamedTuple

from twilio.http import HttpClient
from twilio.http.response import Response

from cli.local.deploy import template
from cli.simulation.capacity import Used
from cli.simulation.dynamodb import MemoryDynamoDB
from shared.domain.models import Due, Entry, Kind, Member, Nudge, Status, Turn
from shared.storage.members import SHARDS
from shared.storage.store import Store
from tests.functions import TABLE, Functions, running

TICK = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)  # half past six in the evening, in New York
_SID = "SM" + "0" * 32


class Cost(NamedTuple):
    """What one call of a function used: of the table, and of the processor, in milliseconds."""

    used: Used
    milliseconds: float


class _Twilio(HttpClient):
    """Takes every text."""

    def __init__(self) -> None:
        super().__init__(logging.getLogger("twilio"), False, None)

    def request(self, *_: Any, **__: Any) -> Response:
        return Response(201, json.dumps({"sid": _SID}))


class Service:
    """The functions, and the calls of them that are counted: of a tick and of what follows it."""

    def __init__(self) -> None:
        self.table = _table()
        self.functions = Functions(self.table, _Twilio(), TICK)

    @property
    def queued(self) -> list[str]:
        return self.functions.queued

    # What is counted

    def tick(self, at: datetime = TICK) -> Cost:
        self.functions.time = at
        return self._cost(self.functions.tick)

    def deliver(self, nudge: str) -> Cost:
        """Of a message on the queue."""
        return self._cost(lambda: self.functions.deliver([nudge]))

    def reply(self, n: int, text: str, sid: str) -> Cost:
        """Of the member with that number, five minutes after the tick."""
        self.functions.time = TICK + timedelta(minutes=5)
        return self._cost(lambda: self.functions.text(phone_of(n), text, sid))

    def receipt(self, nudge: str, status: str) -> Cost:
        told = Nudge.model_validate_json(nudge)
        return self._cost(lambda: self.functions.receipt(told, _SID, status))

    def _cost(self, call: Callable[[], Any]) -> Cost:
        self.table.reset_used()
        started = time.process_time()
        answer = call()
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
    """The functions on a table of their own, while this lasts."""
    made = Service()
    with running(made.functions):
        yield made


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
    phone_confirmed_at=TICK - timedelta(days=60),
    email_confirmed_at=TICK - timedelta(days=60),
)


def _table() -> MemoryDynamoDB:
    return MemoryDynamoDB(TABLE, template()["Resources"]["Table"]["Properties"])


def _journal(days: int) -> tuple[Entry, ...]:
    """So many days, each asked about and told of."""
    moments = [TICK - timedelta(days=days - n) for n in range(days)]
    asked = [Entry(day=at.date(), at=at, source="daily_checkin#sms", kind="prompted") for at in moments]
    told = [
        Entry(
            day=at.date(),
            at=at + timedelta(minutes=7),
            source=_SID,
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
    client = _table()
    store = Store(client, TABLE, lambda: TICK)  # type: ignore[arg-type]
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
