"""The DynamoDB in memory, held to MiniStack's: what storage asks of one is asked of both, and they are to agree.

On answers, errors and what is in the table in the end, and on the capacity units of each write. (Of a read, MiniStack
charges the same whatever its size: those are held to AWS's own examples in tests/unit/test_capacity.py.)
"""

import copy
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from cli.local.deploy import template
from cli.simulation.dynamodb import MemoryDynamoDB
from shared.domain.models import Due, Entry, Heard, Kind, Member, Nudge, Receipt, Requested, Status, Turn
from shared.storage.members import UnknownMember
from shared.storage.signups import TooManySignups
from shared.storage.store import InboundMessage, NudgeLeased, Store
from shared.storage.table import StaleMember
from tests.functions import TABLE
from tests.integration.stored import person

NOW = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
LEASE = timedelta(seconds=60)
WRITES = ("put_item", "update_item", "delete_item", "transact_write_items")
# The same examples each time. What fails is not made smaller: that takes minutes, and the calls are told as they are.
RUN = settings(
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Both:
    """A client that asks MiniStack's DynamoDB and the one in memory, and lets no difference pass."""

    def __init__(self, real: Any, memory: MemoryDynamoDB) -> None:
        self._real = real
        self._memory = memory
        self.exceptions = real.exceptions

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        return lambda **request: self._ask(operation, request)

    def get_paginator(self, operation: str) -> "Both._Pages":
        return Both._Pages(*(each.get_paginator(operation) for each in (self._real, self._memory)))

    class _Pages(NamedTuple):
        real: Any
        memory: Any

        def paginate(self, **query: Any) -> Iterator[dict[str, Any]]:
            for page, other in zip(self.real.paginate(**query), self.memory.paginate(**query), strict=True):
                assert _told(page) == _told(other)
                yield page

    def _ask(self, operation: str, request: dict[str, Any]) -> Any:
        self._memory.reset_used()
        asked = copy.deepcopy(request)
        here = _outcome(lambda: getattr(self._memory, operation)(**request))
        assert request == asked, "what is asked is left as it was"
        counted = {"ReturnConsumedCapacity": "TOTAL"} if operation in WRITES else {}
        there = _outcome(lambda: getattr(self._real, operation)(**asked, **counted))
        assert _told(there) == _told(here)
        if isinstance(there, ClientError):
            raise there
        if operation in WRITES:
            consumed = there["ConsumedCapacity"]
            tables = consumed if isinstance(consumed, list) else [consumed]
            assert sum(each["CapacityUnits"] for each in tables) == self._memory.used.write_units
        return there

    def agree(self) -> None:
        """What they hold is the same."""
        real, memory = (client.scan(TableName=TABLE)["Items"] for client in (self._real, self._memory))
        assert sorted(real, key=_key) == sorted(memory, key=_key)


def _outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except ClientError as error:
        return error


def _told(outcome: Any) -> dict[str, Any]:
    """What an answer or an error says, but for its wording and how it came."""
    if isinstance(outcome, ClientError):
        reasons = outcome.response.get("CancellationReasons", [])
        return {
            "code": outcome.response["Error"]["Code"],
            "item": outcome.response.get("Item"),
            "reasons": [(reason["Code"], reason.get("Item")) for reason in reasons],
        }
    return {name: value for name, value in outcome.items() if name not in ("ResponseMetadata", "ConsumedCapacity")}


def _key(item: dict[str, Any]) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


@pytest.fixture
def empty(dynamodb: Any) -> Callable[[], Both]:
    """Makes both anew, with nothing in them."""

    def made() -> Both:
        for item in dynamodb.scan(TableName=TABLE)["Items"]:
            dynamodb.delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})
        return Both(dynamodb, MemoryDynamoDB(TABLE, template()["Resources"]["Table"]["Properties"]))

    return made


# What storage asks

IDS = st.sampled_from(["ana", "bob"])
PHONES = st.sampled_from(["+14155550123", "+14155550124", "+14155550125"])
SIDS = st.sampled_from(["SM1", "SM2", "SM3"])
MOMENTS = st.sampled_from([NOW + timedelta(minutes=minutes) for minutes in (-1500, -1, 0, 1, 60, 1500)])
DAYS = st.sampled_from([date(2026, 3, day) for day in (4, 5, 6)])
WORDS = st.sampled_from(["", "shipped it", "¿qué?", "🎉" * 600])
REPLIES = st.lists(WORDS, max_size=2).map(tuple)
KINDS = st.sampled_from([Kind.DAILY_CHECKIN, Kind.MONTHLY_SUMMARY])
ENTRIES = st.builds(
    Entry, day=DAYS, at=st.just(NOW), source=SIDS, kind=st.sampled_from(["answered", "prompted"]), note=WORDS
)
DUES = st.builds(Due, member_id=IDS, at=MOMENTS, kinds=st.lists(KINDS, min_size=1, max_size=2).map(tuple))
NUDGES = st.builds(
    Nudge, member_id=IDS, kind=KINDS, channel=st.just("sms"), day=st.just(NOW.date()), due_at=st.just(NOW)
)
CHANGES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "decided_anew": st.sampled_from([True, True, False]),
        "entries": st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.id).map(tuple),
        "removed": st.lists(ENTRIES.map(lambda entry: entry.id), max_size=1).map(tuple),
        "replies": REPLIES,
        "requests": st.lists(st.builds(Requested, kind=KINDS), max_size=1).map(tuple),
        "erase": st.booleans(),
        "rescheduled": st.booleans(),
        "due": st.none() | DUES,
        "linked": st.none() | PHONES,
        "unlinked": st.none() | PHONES,
    }
)


class Storage(RuleBasedStateMachine):
    """Storage's calls in any order, on a table of few members, numbers and messages, so that they meet."""

    def __init__(self, client: Both) -> None:
        super().__init__()
        self._client = client
        self._store = Store(client, TABLE, lambda: NOW)  # type: ignore[arg-type]
        self._read: dict[str, Member] = {}

    def _member(self, member_id: str) -> Member:
        """As it was read last, which may be a while ago."""
        return self._read.get(member_id) or person(member_id)

    def _turn(self, member_id: str, changes: dict[str, Any], *others: Turn) -> Turn:
        due = changes["due"] and changes["due"].model_copy(update={"member_id": member_id})
        if changes["decided_anew"]:
            self.read(member_id, NOW.date())
        given = {name: value for name, value in changes.items() if name != "decided_anew"} | {"due": due}
        return Turn(member=self._member(member_id), others=others, **given)

    def _try(self, call: Callable[[], object]) -> None:
        """Storage's own errors are answers, and so are DynamoDB's: both have given the same."""
        with suppress(StaleMember, UnknownMember, NudgeLeased, TooManySignups, ClientError):
            call()

    # Members

    @initialize(dues=st.tuples(DUES, DUES))
    def begin(self, dues: tuple[Due, Due]) -> None:
        for member_id, phone, due in zip(("ana", "bob"), ("+14155550123", "+14155550124"), dues, strict=True):
            self._store.sign_up(person(member_id, phone))
            self.read(member_id, NOW.date())
            to = due.model_copy(update={"member_id": member_id})
            self._store.apply(Turn(member=self._member(member_id), rescheduled=True, due=to))

    @rule(member_id=IDS, phone=PHONES, status=st.sampled_from(Status), again=st.booleans())
    def sign_up(self, member_id: str, phone: str, status: Status, again: bool) -> None:
        version = self._read[member_id].version if again and member_id in self._read else 0
        self._try(lambda: self._store.sign_up(person(member_id, phone, status=status, version=version)))

    @rule(member_id=IDS, since=DAYS)
    def read(self, member_id: str, since: date) -> None:
        try:
            self._read[member_id] = self._store.member(member_id, since)
        except UnknownMember:
            self._read.pop(member_id, None)

    @rule(phone=PHONES)
    def look_up(self, phone: str) -> None:
        self._try(lambda: self._store.party(phone))
        self._try(lambda: self._store.member_by_phone(phone, NOW.date()))
        self._try(lambda: self._store.may_invite(phone))

    @rule(member_id=IDS)
    def read_all(self, member_id: str) -> None:
        self._try(lambda: self._store.held(member_id))

    # Messages

    @rule(member_id=IDS, changes=CHANGES, sid=SIDS, at=MOMENTS)
    def take(self, member_id: str, changes: dict[str, Any], sid: str, at: datetime) -> None:
        self._try(lambda: self._store.save_turn(InboundMessage(sid, at), self._turn(member_id, changes)))

    @rule(member_id=IDS, other=IDS, changes=CHANGES, changes_of_other=CHANGES)
    def apply(self, member_id: str, other: str, changes: dict[str, Any], changes_of_other: dict[str, Any]) -> None:
        others = [self._turn(other, changes_of_other)] if other != member_id else []
        self._try(lambda: self._store.apply(self._turn(member_id, changes, *others)))

    @rule(
        ids=st.lists(IDS, unique=True, max_size=2),
        phone=PHONES,
        sid=SIDS,
        changes=CHANGES,
        refuses=st.sampled_from([None, True, False]),
    )
    def hear(self, ids: list[str], phone: str, sid: str, changes: dict[str, Any], refuses: bool | None) -> None:
        heard = Heard(turns=tuple(self._turn(each, changes) for each in ids), replies=("Passed on.",), refuses=refuses)
        friends = tuple(self._member(each) for each in ("ana", "bob"))
        self._try(lambda: self._store.save_heard(InboundMessage(sid, NOW), phone, heard, friends))

    @rule(member_id=IDS, phone=PHONES, sid=SIDS)
    def ask_what_was_answered(self, member_id: str, phone: str, sid: str) -> None:
        self._store.answer_to(phone, sid)
        self._store.answer_to_member(member_id, sid)

    @rule(member_id=IDS, sid=SIDS, asked_for=st.sampled_from([True, False, False]))
    def erase(self, member_id: str, sid: str, asked_for: bool) -> None:
        if asked_for:
            self._try(lambda: self._store.erase(self._member(member_id), sid, NOW))

    @rule(phone=PHONES, at=MOMENTS, most=st.integers(1, 3))
    def come_by(self, phone: str, at: datetime, most: int) -> None:
        self._store.hint_unless_hinted(phone, at)
        self._try(lambda: self._store.count_signup(at, most))

    # Nudges

    @rule(at=MOMENTS)
    def find_due(self, at: datetime) -> None:
        list(self._store.due(at))

    @rule(at=MOMENTS)
    def go_over_all_due(self, at: datetime) -> None:
        cursor = self._store.recomputed_until(f"{at:%Y}a")
        while cursor.more:
            _, cursor = self._store.due_from(cursor)
        self._store.note_recomputed(f"{at:%Y}a", cursor)

    @rule(at=MOMENTS, following=st.none() | DUES, decided=st.booleans())
    def advance_the_first(self, at: datetime, following: Due | None, decided: bool) -> None:
        if due := next(self._store.due(at), None):
            self._advance(due, following, decided)

    @rule(due=DUES, following=st.none() | DUES, decided=st.booleans())
    def advance(self, due: Due, following: Due | None, decided: bool) -> None:
        self._advance(due, following, decided)

    def _advance(self, due: Due, following: Due | None, decided: bool) -> None:
        to = following and following.model_copy(update={"member_id": due.member_id})
        self._store.advance(due, to, self._member(due.member_id) if decided else None)

    @rule(nudge=NUDGES, at=MOMENTS, text=st.none() | WORDS)
    def claim(self, nudge: Nudge, at: datetime, text: str | None) -> None:
        member = self._member(nudge.member_id)
        self._try(lambda: self._store.claim(nudge, member, at, LEASE, "daily_checkin:sent", text))
        self._store.nudge(nudge)

    @rule(nudge=NUDGES)
    def release(self, nudge: Nudge) -> None:
        self._try(lambda: self._store.release(nudge))

    @rule(nudge=NUDGES, state=st.sampled_from(["sent", "missed"]), changes=st.none() | CHANGES)
    def settle(self, nudge: Nudge, state: str, changes: dict[str, Any] | None) -> None:
        turn = self._turn(nudge.member_id, changes) if changes else None
        if self._store.nudge(nudge):
            self._try(lambda: self._store.settle(nudge, state, NOW, turn, message_id="SM9"))

    @rule(nudge=NUDGES, status=st.sampled_from(["queued", "sent", "delivered", "failed"]), changes=st.none() | CHANGES)
    def record_receipt(self, nudge: Nudge, status: str, changes: dict[str, Any] | None) -> None:
        receipt = Receipt(member_id=nudge.member_id, nudge_id=nudge.id, message_id="SM9", status=status)
        turn = self._turn(nudge.member_id, changes) if changes else None
        if self._store.awaiting(receipt):
            self._try(lambda: self._store.record_receipt(receipt, NOW, turn))

    def teardown(self) -> None:
        self._client.agree()


def test_storage_finds_no_difference(empty: Callable[[], Both]) -> None:
    run = settings(RUN, max_examples=16, stateful_step_count=40)
    run_state_machine_as_test(lambda: Storage(empty()), settings=run)  # type: ignore[arg-type]  # called, no more


# The language of conditions and updates

NAMES = st.sampled_from(["#a", "#b", "c"])
VALUES = {
    ":low": {"N": "-2"},
    ":zero": {"N": "0"},
    ":ten": {"N": "10"},
    ":text": {"S": "b"},
    ":longer": {"S": "bé"},
    ":more": {"S": "c"},
}
REFERENCES = st.sampled_from(sorted(VALUES))
CONTENTS = st.sampled_from([*VALUES.values(), {"N": "1.5"}, {"BOOL": True}, {"S": ""}])
SIGNS = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
BOUNDS = st.sampled_from([":zero AND :ten", ":low AND :zero", ":text AND :more", ":text AND :longer"])
SIMPLE = st.one_of(
    st.builds("attribute_exists({})".format, NAMES),
    st.builds("attribute_not_exists({})".format, NAMES),
    st.builds("{} {} {}".format, NAMES, SIGNS, REFERENCES),
    st.builds("{} BETWEEN {}".format, NAMES, BOUNDS),
    st.builds("{} IN ({}, {})".format, NAMES, REFERENCES, REFERENCES),
    st.sampled_from(["#a > c", "c < #b", "#b >= #a"]),
)
CONDITIONS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("(NOT {})".format, inner),
    ),
    max_leaves=6,
)
VALUE = st.one_of(NAMES, REFERENCES, st.builds("if_not_exists({}, {})".format, NAMES, REFERENCES))
SETS = st.builds("{} = {}".format, NAMES, VALUE)
UPDATES = st.one_of(
    st.builds("SET {}".format, SETS),
    st.builds("SET {} REMOVE extra".format, SETS),
    st.builds("REMOVE {}".format, NAMES),
    st.builds("ADD {} :ten".format, NAMES),
    st.builds("ADD {} :low SET extra = :text".format, NAMES),
)
KEY = {"pk": {"S": "MEMBER#ana"}, "sk": {"S": "MEMBER"}}
ITEMS = st.none() | st.dictionaries(st.sampled_from(["a", "b", "c", "extra"]), CONTENTS)


def placeholders(expression: str) -> dict[str, Any]:
    """What it refers to, and no more, which DynamoDB would refuse."""
    words = set(re.findall(r"[#:]\w+", expression))
    given = {
        "ExpressionAttributeNames": {word: word[1:] for word in words if word[0] == "#"},
        "ExpressionAttributeValues": {word: VALUES[word] for word in words if word[0] == ":"},
    }
    return {name: each for name, each in given.items() if each}


def bare(expression: str) -> str:
    """Without the parentheses around all of it, which DynamoDB takes to be redundant."""
    return expression[1:-1] if expression.startswith("(") else expression


def test_conditions_hold_and_updates_come_to_the_same(empty: Callable[[], Both]) -> None:
    client = empty()

    @settings(RUN, max_examples=200)
    @given(item=ITEMS, condition=CONDITIONS.map(bare), update=UPDATES)
    def compare(item: dict[str, Any] | None, condition: str, update: str) -> None:
        if item is None:
            client.delete_item(TableName=TABLE, Key=KEY)
        else:
            client.put_item(TableName=TABLE, Item=KEY | item)
        with suppress(ClientError):
            client.update_item(
                TableName=TABLE,
                Key=KEY,
                ConditionExpression=condition,
                UpdateExpression=update,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **placeholders(f"{condition} {update}"),
            )
        client.get_item(TableName=TABLE, Key=KEY, ConsistentRead=True)

    compare()


# The limits


def row(sk: str, size: int = 0, **more: str) -> dict[str, Any]:
    texts = {"pk": "MEMBER#ana", "sk": sk, "data": "x" * size} | more
    return {name: {"S": text} for name, text in texts.items()}


def test_a_query_comes_in_pages_of_a_megabyte(empty: Callable[[], Both]) -> None:
    client = empty()
    for n in range(9):
        client.put_item(TableName=TABLE, Item=row(f"DAY#{n}", 300_000, due_shard="1", due_at=f"at {n // 4}"))
    for index, condition in ((None, "pk = :pk AND sk BETWEEN :first AND :last"), ("due", "due_shard = :pk")):
        values = {":pk": "1"} if index else {":pk": "MEMBER#ana", ":first": "DAY#1", ":last": "DAY#7"}
        pages = client.get_paginator("query").paginate(
            TableName=TABLE,
            KeyConditionExpression=condition,
            ExpressionAttributeValues={name: {"S": text} for name, text in values.items()},
            **({"IndexName": index} if index else {}),
        )
        assert [len(page["Items"]) for page in pages] == ([9] if index else [3, 3, 1])


@pytest.mark.parametrize("gone", [False, True], ids=["there still", "gone"])
def test_a_page_may_have_a_limit_and_the_next_one_goes_on_behind_it(empty: Callable[[], Both], gone: bool) -> None:
    client = empty()
    for n in range(7):
        client.put_item(TableName=TABLE, Item=row(f"DAY#{n}", due_shard="1", due_at=f"at {n // 3}"))
    for index, key in ((None, "pk"), ("due", "due_shard")):
        query = {
            "TableName": TABLE,
            "KeyConditionExpression": f"{key} = :key",
            "ExpressionAttributeValues": {":key": {"S": "1" if index else "MEMBER#ana"}},
            "Limit": 2,
            **({"IndexName": index} if index else {}),
        }
        page = client.query(**query)
        while start := page.get("LastEvaluatedKey"):
            if gone:
                client.delete_item(TableName=TABLE, Key={name: start[name] for name in ("pk", "sk")})
            page = client.query(**query, ExclusiveStartKey=start)


@pytest.mark.parametrize(
    "request_",
    [
        {"Item": row("")},
        {"Item": row("DAY#1", 400 * 1024)},
        {"Item": row("DAY#1", due_shard="")},
        {"Item": {**row("DAY#1"), "due_at": {"N": "1"}}},
        {"Item": {"pk": {"S": "MEMBER#ana"}}},
        {"Item": {**KEY, "sk": {"N": "1"}}},
        {"Item": row("DAY#1"), "ConditionExpression": "attribute_exists("},
        {"Item": row("DAY#1"), "ConditionExpression": "pk = :pk"},
        {"Item": row("DAY#1"), "ConditionExpression": "#pk = sk"},
        {"Item": row("DAY#1"), "ConditionExpression": "pk = sk", "ExpressionAttributeNames": {"#unused": "pk"}},
        {"Item": row("DAY#1"), "ConditionExpression": "pk = sk", "ExpressionAttributeValues": {":unused": {"N": "1"}}},
    ],
    ids=lambda request_: str(request_)[-60:],
)
def test_what_dynamodb_refuses_is_refused(empty: Callable[[], Both], request_: dict[str, Any]) -> None:
    client = empty()
    with pytest.raises(ClientError, match="ValidationException"):
        client.put_item(TableName=TABLE, **request_)


def test_a_transaction_keeps_to_its_limits(empty: Callable[[], Both]) -> None:
    client = empty()

    def put(*items: dict[str, Any]) -> None:
        client.transact_write_items(TransactItems=[{"Put": {"TableName": TABLE, "Item": each}} for each in items])

    put(*(row(f"DAY#{n:03}") for n in range(100)))
    for refused in (
        [row(f"DAY#{n:03}") for n in range(101)],
        [row("DAY#1"), row("DAY#1")],
        [row(f"DAY#{n:03}", 390_000) for n in range(11)],
    ):
        with pytest.raises(ClientError, match="ValidationException"):
            put(*refused)
    client.agree()


def test_there_is_one_table(empty: Callable[[], Both]) -> None:
    client = empty()
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        client.get_item(TableName="another", Key=KEY)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        client.put_item(TableName="another", Item=row("DAY#1"))
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        client.transact_write_items(TransactItems=[{"Delete": {"TableName": "another", "Key": KEY}}])
