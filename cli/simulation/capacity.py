"""What DynamoDB would charge: the size of an item, and capacity units, as AWS defines them.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html and
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from cli.simulation.expressions import Item, Value

KB = 1024


@dataclass(frozen=True)
class Used:
    """What was done since the last reset. `calls` are by DynamoDB's names, a page of a query each."""

    calls: Mapping[str, int] = field(default_factory=Counter)
    items_read: int = 0
    read_units: float = 0
    write_units: float = 0


def size_of(item: Item) -> int:
    """The bytes of an item: names and values."""
    return sum(_bytes(name) + _size_of_value(value) for name, value in item.items())


def read_units(size: int, consistent: bool) -> float:
    """For one item, or for all that a page of a query reads: one for each 4 KB begun, even of nothing."""
    return _begun(size, 4 * KB) * (1 if consistent else 0.5)


def write_units(before: Item | None, after: Item | None) -> int:
    """For a write that leaves `after` where `before` was: one for each KB begun of the larger."""
    return _begun(max(size_of(item) if item else 0 for item in (before, after)), KB)


def index_units(before: Item | None, after: Item | None, key: tuple[str, str]) -> int:
    """For what a write changes in an index, given its entries: one that moves is taken out and put in anew."""
    if before == after:
        return 0
    if before and after and any(before[name] != after[name] for name in key):
        return write_units(before, None) + write_units(None, after)
    return write_units(before, after)


def _begun(size: int, unit: int) -> int:
    return max(1, -(-size // unit))


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


def _size_of_value(value: Value) -> int:
    ((kind, content),) = value.items()
    if kind == "S":
        return _bytes(content)
    if kind == "N":
        return _size_of_number(content)
    if kind in ("BOOL", "NULL"):
        return 1
    raise NotImplementedError(f"the size of {kind}")


def _size_of_number(text: str) -> int:
    """A byte for two digits, counted in pairs from the decimal point, and one more; another for a minus sign."""
    whole, _, fraction = text.lstrip("-").partition(".")
    pairs = whole.zfill(len(whole) + len(whole) % 2) + fraction.ljust(len(fraction) + len(fraction) % 2, "0")
    significant = [pairs[at : at + 2] for at in range(0, len(pairs), 2)]
    while significant and significant[-1] == "00":
        significant.pop()
    while significant and significant[0] == "00":
        significant.pop(0)
    return len(significant) + 1 + text.startswith("-")
