"""DynamoDB in this process's memory: the calls that storage makes, what they answer and raise, and what they cost.

For one thread. A state machine holds it equal to a DynamoDB that is not ours (tests/integration/test_dynamodb.py).
A call costs what it reads and writes, however much is in the table. The page limit of 1 MB and the limits
of a transaction are DynamoDB's; time to live, throttling and conflicts between transactions there are none.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

from botocore.exceptions import ClientError

from cli.simulation import capacity, expressions
from cli.simulation.capacity import Used
from cli.simulation.expressions import InvalidExpression, Item, Scope, Value
from cli.simulation.partitions import LAST, Index, Partition, key_names

_PAGE = 1024 * 1024  # bytes that a query reads at once
_LARGEST_ITEM = 400 * 1024
_LARGEST_TRANSACTION = 4 * 1024 * 1024
_MOST_AT_ONCE = 100
Request = Mapping[str, Any]
Expression = TypeVar("Expression")


class ConditionalCheckFailedException(ClientError):
    """The condition of a single write did not hold."""


class TransactionCanceledException(ClientError):
    """Nothing was written, for at least one write of the transaction could not be."""


class ResourceNotFoundException(ClientError):
    """No table has that name."""


def validation_error(operation: str, message: str) -> ClientError:
    """A request that DynamoDB refuses whatever is in the table."""
    return ClientError(_error("ValidationException", message), operation)


def _error(code: str, said: str, **more: Any) -> Any:
    return {"Error": {"Code": code, "Message": said}, "ResponseMetadata": {"HTTPStatusCode": 400}, **more}


class _Written(NamedTuple):
    """What a write comes to."""

    key: tuple[str, str]
    before: Item | None
    after: Item | None
    holds: bool


class MemoryDynamoDB:
    """A low-level client, as boto3 makes one, and the one table behind it, empty at first.

    `described` says the table's keys and indexes, as the template's properties and CreateTable do. Keys are text.
    """

    exceptions = SimpleNamespace(
        ConditionalCheckFailedException=ConditionalCheckFailedException,
        TransactionCanceledException=TransactionCanceledException,
        ResourceNotFoundException=ResourceNotFoundException,
    )

    def __init__(self, table: str, described: Mapping[str, Any]) -> None:
        self._table = table
        self._key = key_names(described["KeySchema"])
        indexes = described.get("GlobalSecondaryIndexes", ())
        self._indexes = {each["IndexName"]: Index(each, self._key) for each in indexes}
        self._partitions: dict[str, Partition] = {}
        self.reset_used()

    # What it cost

    @property
    def used(self) -> Used:
        """What was done since the start or the last reset."""
        return Used(Counter(self._calls), self._items_read, self._read_units, self._write_units)

    def reset_used(self) -> None:
        self._calls: Counter[str] = Counter()
        self._items_read = 0
        self._read_units = self._write_units = 0.0

    # Reads

    def get_item(self, *, TableName: str, Key: Item, ConsistentRead: bool = False) -> dict[str, Any]:  # noqa: N803
        self._begin("GetItem", TableName)
        pk, sk = self._key_of("GetItem", Key, alone=True)
        item = self._partitions[pk].get(sk) if pk in self._partitions else None
        self._read(int(item is not None), capacity.size_of(item or {}), ConsistentRead)
        return {"Item": item} if item else {}

    def query(
        self,
        *,
        TableName: str,  # noqa: N803
        KeyConditionExpression: str,  # noqa: N803
        ExpressionAttributeValues: Mapping[str, Value],  # noqa: N803
        ExpressionAttributeNames: Mapping[str, str] | None = None,  # noqa: N803
        IndexName: str | None = None,  # noqa: N803
        ConsistentRead: bool = False,  # noqa: N803
        ExclusiveStartKey: Item | None = None,  # noqa: N803
        Limit: int | None = None,  # noqa: N803
    ) -> dict[str, Any]:
        """One page: what lies between the bounds, from the start key on, as far as 1 MB or the limit goes."""
        self._begin("Query", TableName)
        names, values = ExpressionAttributeNames or {}, ExpressionAttributeValues
        parsed = _parsed("Query", expressions.key_condition, KeyConditionExpression)
        _check_placeholders("Query", parsed.placeholders, names, values)
        if IndexName is not None and IndexName not in self._indexes:
            raise validation_error("Query", f"The table does not have the specified index: {IndexName}")
        index = self._indexes[IndexName] if IndexName else None
        expected = index.key if index else self._key
        asked = tuple(names.get(name or "", name) for name in (parsed.hash_name, parsed.range_name))
        if asked[0] != expected[0] or asked[1] not in (None, expected[1]):
            raise validation_error("Query", "Query key condition not supported")
        if ConsistentRead and index:
            raise validation_error("Query", "Consistent reads are not supported on global secondary indexes")
        low = values[parsed.low]["S"] if parsed.low else ""
        high = values[parsed.high]["S"] if parsed.high else LAST
        if low > high:
            raise validation_error(
                "Query", "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater"
            )
        value = values[parsed.hash_value]["S"]
        found = self._entries(index, value, low, high, ExclusiveStartKey)
        items, size, more = _page(found, Limit)
        self._read(len(items), size, ConsistentRead)
        answer = {"Items": items, "Count": len(items), "ScannedCount": len(items)}
        return answer | ({"LastEvaluatedKey": self._start_key(items[-1], index)} if more else {})

    def get_paginator(self, operation: str) -> "_Paginator":
        if operation != "query":
            raise NotImplementedError(operation)
        return _Paginator(self)

    def _entries(
        self, index: Index | None, value: str, low: str, high: str, start: Item | None
    ) -> Iterator[tuple[Item, int]]:
        """What a query comes upon, in order, each with its size."""
        if index is None:
            after = start[self._key[1]]["S"] if start else None
            yield from self._partitions.get(value, Partition()).between(low, high, after)
            return
        first = (start[index.key[1]]["S"], *(start[name]["S"] for name in self._key)) if start else (low,)
        for pk, sk in index.keys(value, first, (high, LAST), after=start is not None):
            entry = index.entry(self._partitions[pk].get(sk))
            assert entry is not None, "the index and the table are changed together"  # noqa: S101
            yield entry, capacity.size_of(entry)

    def _start_key(self, item: Item, index: Index | None) -> Item:
        return {name: item[name] for name in (*self._key, *(index.key if index else ()))}

    def _read(self, items: int, size: int, consistent: bool) -> None:
        self._items_read += items
        self._read_units += capacity.read_units(size, consistent)

    # Writes

    def put_item(self, **write: Any) -> dict[str, Any]:
        return self._write("PutItem", write)

    def update_item(self, **write: Any) -> dict[str, Any]:
        return self._write("UpdateItem", write)

    def delete_item(self, **write: Any) -> dict[str, Any]:
        return self._write("DeleteItem", write)

    def transact_write_items(self, *, TransactItems: Sequence[Mapping[str, Any]]) -> dict[str, Any]:  # noqa: N803
        """All of the writes or, where the condition of one does not hold, none."""
        operation = "TransactWriteItems"
        self._calls[operation] += 1
        if len(TransactItems) > _MOST_AT_ONCE:
            raise validation_error(operation, f"A transaction of {len(TransactItems)} writes is too long")
        requests = [request for member in TransactItems for request in member.items()]
        if unknown := {kind for kind, _ in requests} - {"Put", "Update", "Delete", "ConditionCheck"}:
            raise NotImplementedError(unknown)
        writes = [(write, self._prepare(operation, kind, write)) for kind, write in requests]
        if len({written.key for _, written in writes}) < len(writes):
            raise validation_error(operation, "Transaction request cannot include multiple operations on one item")
        if sum(capacity.size_of(written.after) for _, written in writes if written.after) > _LARGEST_TRANSACTION:
            raise validation_error(operation, "Transaction request exceeds the 4MB transaction size limit")
        self._write_units += sum(2 * _units(written) for _, written in writes)
        if not all(written.holds for _, written in writes):
            raise _canceled(writes)
        for _, written in writes:
            self._keep(written)
        return {}

    def _write(self, operation: str, write: Request) -> dict[str, Any]:
        self._calls[operation] += 1
        written = self._prepare(operation, operation.removesuffix("Item"), write)
        self._write_units += _units(written)
        if not written.holds:
            message = "The conditional request failed"
            old = _old(write, written)
            raise ConditionalCheckFailedException(
                _error("ConditionalCheckFailedException", message, message=message, **old), operation
            )
        self._keep(written)
        return {}

    def _prepare(self, operation: str, kind: str, write: Request) -> _Written:
        """What a write comes to, before anything is changed; refused where DynamoDB does refuse it."""
        if write["TableName"] != self._table:
            raise _no_table(operation)
        condition = _parsed(operation, expressions.condition, write.get("ConditionExpression"))
        update = _parsed(operation, expressions.update, write.get("UpdateExpression"))
        names, values = write.get("ExpressionAttributeNames", {}), write.get("ExpressionAttributeValues", {})
        _check_placeholders(operation, condition.placeholders | update.placeholders, names, values)
        key = self._key_of(operation, write["Item"] if kind == "Put" else write["Key"], alone=kind != "Put")
        if kind == "Put":
            self._check(operation, write["Item"])
        before = self._partitions[key[0]].get(key[1]) if key[0] in self._partitions else None
        scope = Scope(before or {}, names, values)
        if not condition.condition(scope):
            return _Written(key, before, before, holds=False)
        if kind == "ConditionCheck":
            return _Written(key, before, before, holds=True)
        if kind == "Update":
            return _Written(key, before, self._updated(operation, write["Key"], scope, update.changes), holds=True)
        return _Written(key, before, write["Item"] if kind == "Put" else None, holds=True)

    def _updated(self, operation: str, key: Item, scope: Scope, changes: Sequence[expressions.Change]) -> Item:
        after = scope.item | key
        try:
            for change in changes:
                change(scope, after)
        except InvalidExpression as error:
            raise validation_error(operation, str(error)) from error
        if any(after.get(name) != key[name] for name in self._key):
            raise validation_error(operation, "Cannot update an attribute that is part of the key")
        self._check(operation, after)
        return after

    def _check(self, operation: str, item: Item) -> None:
        """What an item has to keep to, to be written."""
        if capacity.size_of(item) > _LARGEST_ITEM:
            raise validation_error(operation, "Item size has exceeded the maximum allowed size")
        for name in (name for index in self._indexes.values() for name in index.key if name in item):
            if not item[name].get("S"):
                raise validation_error(operation, f"{name}: a key of an index is text, and not empty")

    def _keep(self, written: _Written) -> None:
        if written.after is written.before:
            return
        pk, sk = written.key
        if written.after is not None:
            self._partitions.setdefault(pk, Partition()).put(sk, written.after)
        elif written.before is not None:
            self._partitions[pk].remove(sk)
            if not self._partitions[pk]:
                del self._partitions[pk]
        for index in self._indexes.values():
            before, after = index.entry(written.before), index.entry(written.after)
            self._write_units += capacity.index_units(before, after, index.key)
            index.change(written.key, before, after)

    # All that is in the table

    def scan(self, *, TableName: str) -> dict[str, Any]:  # noqa: N803
        """Everything, in one page of whatever size: for looking into the table, not for storage. It costs nothing."""
        if TableName != self._table:
            raise _no_table("Scan")
        items = [item for partition in self._partitions.values() for item, _ in partition.between("", LAST)]
        return {"Items": items, "Count": len(items)}

    # What is asked

    def _begin(self, operation: str, table: str) -> None:
        self._calls[operation] += 1
        if table != self._table:
            raise _no_table(operation)

    def _key_of(self, operation: str, item: Item, alone: bool) -> tuple[str, str]:
        """The item's key, which is to be there `alone` or with the rest of it."""
        if any(name not in item for name in self._key) or (alone and len(item) > len(self._key)):
            raise validation_error(operation, "The provided key element does not match the schema")
        pk, sk = (item[name].get("S") for name in self._key)
        if not pk or not sk:
            raise validation_error(operation, "A key is not valid: keys are text, and not empty")
        return pk, sk


class _Paginator:
    """Follows a query from page to page, each read when it is asked for."""

    def __init__(self, client: MemoryDynamoDB) -> None:
        self._client = client

    def paginate(self, **query: Any) -> Iterator[dict[str, Any]]:
        page = self._client.query(**query)
        yield page
        while start := page.get("LastEvaluatedKey"):
            page = self._client.query(**query, ExclusiveStartKey=start)
            yield page


def _page(found: Iterator[tuple[Item, int]], limit: int | None) -> tuple[list[Item], int, bool]:
    """As many items as a page holds, their size, and whether it ended there: at its limit, be there more or not."""
    items: list[Item] = []
    size = 0
    for item, its in found:
        if items and size + its > _PAGE:
            return items, size, True
        items.append(item)
        size += its
        if len(items) == limit:
            return items, size, True
    return items, size, False


def _units(written: _Written) -> int:
    """A write that does not come about costs what the item that it found would have."""
    return capacity.write_units(written.before, written.after)


def _parsed(operation: str, parse: Callable[[str], Expression], text: str | None) -> Expression:
    try:
        return parse(text or "")
    except InvalidExpression as error:
        raise validation_error(operation, str(error)) from error


def _check_placeholders(
    operation: str, used: frozenset[str], names: Mapping[str, str], values: Mapping[str, Value]
) -> None:
    given = {*names, *values}
    if used - given:
        raise validation_error(operation, f"Undefined in the expression: {', '.join(sorted(used - given))}")
    if given - used:
        raise validation_error(operation, f"Unused in expressions: {', '.join(sorted(given - used))}")


def _canceled(writes: Sequence[tuple[Request, _Written]]) -> ClientError:
    """With a reason for each write, in their order."""
    failed = {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}
    reasons = [{"Code": "None"} if written.holds else failed | _old(write, written) for write, written in writes]
    codes = ", ".join(reason["Code"] for reason in reasons)
    message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
    return TransactionCanceledException(
        _error("TransactionCanceledException", message, Message=message, CancellationReasons=reasons),
        "TransactWriteItems",
    )


def _old(write: Request, written: _Written) -> dict[str, Any]:
    """The item on which a condition failed, where the request asks for it."""
    asked = write.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
    return {"Item": written.before} if asked and written.before else {}


def _no_table(operation: str) -> ClientError:
    message = "Requested resource not found"
    return ResourceNotFoundException(_error("ResourceNotFoundException", message), operation)
