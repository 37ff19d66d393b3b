"""A nudge as an item of the table: what is kept of it from its claim on, and the writes that change it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from shared.domain.models import Nudge, Receipt
from shared.storage.items import Item, instant, seconds

# How much a receipt says: what is on its way, what came of it, and what may still follow that. Both providers' words.
_RANKS = {
    "sent": 1,
    "delayed": 1,
    **dict.fromkeys(("delivered", "undelivered", "failed", "canceled", "rejected"), 2),
    **dict.fromkeys(("read", "bounced"), 3),  # a mail that a server took may bounce behind it
    "complained": 4,
}
_NOT_TOLD = ("pk", "sk", "nudge", "delivery_rank", "expires_at")
# Longer than a queue and its dead letters bring a nudge (four weeks), or a provider a receipt of it.
_KEPT = timedelta(days=120)


class Attempt(NamedTuple):
    """A nudge that is claimed: which of its kinds go, what became of each, and the text; None where nothing goes.

    `since` and `until` are set where an earlier delivery broken off may have sent it, in that time; `message_id` where
    a receipt has named the message meanwhile, which proves that it did.
    """

    nudge: Nudge
    fates: str
    text: str | None
    since: datetime | None = None
    until: datetime | None = None
    message_id: str | None = None


def key(nudge: Nudge) -> Item:
    return {"pk": {"S": f"MEMBER#{nudge.member_id}"}, "sk": {"S": f"NUDGE#{nudge.id}"}}


def claimed(attempt: Attempt, now: datetime, lease: timedelta) -> Item:
    """The item of a nudge that is about to be sent, with the text until it is settled; it expires, settled or not."""
    return {
        **key(attempt.nudge),
        "state": {"S": "claimed"},
        "due_at": {"S": instant(attempt.nudge.due_at)},
        "nudge": {"S": attempt.nudge.model_dump_json()},
        "fates": {"S": attempt.fates},
        "claimed_at": {"S": instant(now)},
        "leased_until": {"N": seconds(now + lease)},
        "expires_at": {"N": seconds(now + _KEPT)},
        **({} if attempt.text is None else {"body": {"S": attempt.text}}),
    }


def attempt(item: Item, *, broken_off: bool) -> Attempt:
    """The attempt that claimed an item."""
    return Attempt(
        nudge=Nudge.model_validate_json(item["nudge"]["S"]),
        fates=item["fates"]["S"],
        text=item["body"]["S"] if "body" in item else None,
        since=datetime.fromisoformat(item["claimed_at"]["S"]) if broken_off else None,
        until=datetime.fromtimestamp(int(item["leased_until"]["N"]), UTC) if broken_off else None,
        message_id=item["delivery_id"]["S"] if "delivery_id" in item else None,
    )


def settled(nudge: Nudge, state: str, now: datetime, details: Mapping[str, str]) -> Item:
    """The update that settles a nudge that is claimed; no put, so that a receipt that came before it is kept."""
    sets = {"state": state, "due_at": instant(nudge.due_at), "settled_at": instant(now), **details}
    return {
        "Key": key(nudge),
        "UpdateExpression": f"SET {', '.join(f'#{name} = :{name}' for name in sets)} REMOVE leased_until, #body",
        "ConditionExpression": "attribute_exists(leased_until)",
        "ExpressionAttributeNames": {"#body": "body", **{f"#{name}": name for name in sets}},
        "ExpressionAttributeValues": {f":{name}": {"S": value} for name, value in sets.items()},
    }


def received(receipt: Receipt, now: datetime) -> Item:
    """The update that keeps a receipt, on the condition that there is such a nudge, and that none says as much."""
    at = instant(receipt.at or now)
    kept = {"status": receipt.status, "at": at, "error": receipt.code, "id": receipt.message_id}
    sets = ", ".join(f"delivery_{each} = :{each}" for each in kept)
    values = {f":{each}": {"S": value} for each, value in kept.items()}
    return {
        "Key": {"pk": {"S": f"MEMBER#{receipt.member_id}"}, "sk": {"S": f"NUDGE#{receipt.nudge_id}"}},
        "UpdateExpression": f"SET {sets}, delivery_rank = :rank",
        "ConditionExpression": "attribute_exists(pk)"
        " AND (attribute_not_exists(delivery_rank) OR delivery_rank < :rank)",
        "ExpressionAttributeValues": {**values, ":rank": {"N": str(_rank(receipt))}},
    }


def awaiting(item: Item, receipt: Receipt) -> Attempt | None:
    """The attempt at the nudge of an item, where the receipt says more than those that were kept."""
    if int(item.get("delivery_rank", {"N": "-1"})["N"]) >= _rank(receipt):
        return None
    return attempt(item, broken_off=item["state"]["S"] == "claimed")


def recorded(item: Item) -> dict[str, str]:
    """What is to be told of a nudge, by name."""
    return {name: str(value.get("S") or value.get("N")) for name, value in item.items() if name not in _NOT_TOLD}


def _rank(receipt: Receipt) -> int:
    return _RANKS.get(receipt.status, 0)
