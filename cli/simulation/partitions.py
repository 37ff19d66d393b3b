"""How the DynamoDB in memory keeps its items: by partition and in order, with the indexes that follow them."""

import json
import marshal
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sortedcontainers import SortedList

from cli.simulation import capacity
from cli.simulation.expressions import Item

LAST = "\U0010ffff"  # sorts after every key


class Partition:
    """The items of a partition key in the order of their sort keys, each as bytes: small, and a copy at each read."""

    __slots__ = ("_items", "_keys", "_sizes")

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._items: list[bytes] = []
        self._sizes: list[int] = []  # what DynamoDB takes each for: it is asked far more often than it changes

    def __len__(self) -> int:
        return len(self._keys)

    def get(self, sort: str) -> Item | None:
        at = bisect_left(self._keys, sort)
        return marshal.loads(self._items[at]) if at < len(self._keys) and self._keys[at] == sort else None  # noqa: S302

    def put(self, sort: str, item: Item) -> None:
        at = bisect_left(self._keys, sort)
        if at < len(self._keys) and self._keys[at] == sort:
            self._items[at], self._sizes[at] = _packed(item), capacity.size_of(item)
        else:
            self._keys.insert(at, sort)
            self._items.insert(at, _packed(item))
            self._sizes.insert(at, capacity.size_of(item))

    def between(self, first: str, last: str, after: str | None = None) -> Iterator[tuple[Item, int]]:
        """What lies between two sort keys, both included, or from behind a third on; each with its size."""
        start = bisect_left(self._keys, first)
        if after is not None:
            start = max(start, bisect_right(self._keys, after))
        end = bisect_right(self._keys, last)
        for item, size in zip(self._items[start:end], self._sizes[start:end], strict=True):
            yield marshal.loads(item), size  # noqa: S302

    def remove(self, sort: str) -> None:
        at = bisect_left(self._keys, sort)
        if at < len(self._keys) and self._keys[at] == sort:
            del self._keys[at], self._items[at], self._sizes[at]


def _packed(item: Item) -> bytes:
    try:
        return marshal.dumps(item)
    except ValueError:  # text of a type of its own, such as a StrEnum: boto3 sends it as text
        return marshal.dumps(json.loads(json.dumps(item)))


class Index:
    """A global secondary index: by its partition key, the keys of what is in it in the order of its sort key."""

    def __init__(self, described: Mapping[str, Any], table_key: tuple[str, str]) -> None:
        self.key = key_names(described["KeySchema"])
        projection = described["Projection"]
        self._projected = (
            None
            if projection["ProjectionType"] == "ALL"
            else {*table_key, *self.key, *projection.get("NonKeyAttributes", ())}
        )
        self._sorted: dict[str, SortedList] = {}

    def entry(self, item: Item | None) -> Item | None:
        """What the index holds of an item: nothing without both of its keys."""
        if item is None or any(name not in item for name in self.key):
            return None
        return {name: value for name, value in item.items() if self._projected is None or name in self._projected}

    def change(self, key: tuple[str, str], before: Item | None, after: Item | None) -> None:
        """Have it follow a write of the item with that key, given its entries."""
        if before == after:
            return
        if before:
            self._in(before).remove((before[self.key[1]]["S"], *key))
        if after:
            self._in(after).add((after[self.key[1]]["S"], *key))

    def keys(self, value: str, first: tuple[str, ...], last: tuple[str, ...], after: bool) -> Iterator[tuple[str, str]]:
        """The table's keys of what is from `first` (or `after` it) to `last`, in order."""
        found = self._sorted.get(value, SortedList())
        for _, pk, sk in found.irange(first, last, (not after, True)):
            yield pk, sk

    def _in(self, entry: Item) -> SortedList:
        return self._sorted.setdefault(entry[self.key[0]]["S"], SortedList())


def key_names(schema: Sequence[Mapping[str, str]]) -> tuple[str, str]:
    by_type = {each["KeyType"]: each["AttributeName"] for each in schema}
    return by_type["HASH"], by_type["RANGE"]
