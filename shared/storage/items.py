"""How values are written into the table's items."""

from datetime import UTC, datetime
from typing import Any

Item = dict[str, Any]


def instant(at: datetime) -> str:
    """An instant as text that sorts by time."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def seconds(at: datetime) -> str:
    return str(int(at.timestamp()))


def of_kind(items: dict[str, Item], kind: str) -> dict[str, Item]:
    """The items whose sort key begins so, by the rest of it."""
    return {sk.removeprefix(kind): item for sk, item in items.items() if sk.startswith(kind)}
