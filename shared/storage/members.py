"""A member as items of the table: their state, their journal's entries, and when they are due."""

import zlib
from datetime import date, datetime

from shared.domain.models import Due, Entry, Kind, Member
from shared.storage.items import Item, instant
from shared.storage.signups import expiry

SHARDS = 8  # of the due index: a partition takes 1,000 writes a second


class UnknownMember(Exception):
    """No member has that number or id."""


def member(member_id: str, items: dict[str, Item]) -> Member:
    """The member that these items are of, by sort key, with as much of their journal as is among them.

    The entries of an import that is not whole are left out.

    Raises:
        UnknownMember
    """
    if "MEMBER" not in items:
        raise UnknownMember(member_id)
    known = Member.model_validate_json(items["MEMBER"]["data"]["S"])
    days = (item for sk, item in items.items() if sk.startswith("DAY#"))
    whole = (item for item in days if "import" not in item or item["import"]["S"] in known.imports)
    read = {"journal": tuple(map(entry, whole)), "due": due(items["DUE"]) if "DUE" in items else None}
    return _confirmed(known).model_copy(update=read)


def _confirmed(known: Member) -> Member:
    """The member with their phone or address confirmed, where they were kept before that was: of whoever gets texts it
    was the phone that said YES, and of whoever gets mails alone the link mailed to the address. The other one is asked,
    a phone once it texts, an address when the next summary is due."""
    by = "phone_confirmed_at" if "sms" in known.channels else "email_confirmed_at"
    return known if by in known.model_fields_set else known.model_copy(update={by: known.confirmed_at})


def state_item(known: Member) -> Item:
    return {
        "pk": {"S": f"MEMBER#{known.id}"},
        "sk": {"S": "MEMBER"},
        "version": {"N": str(known.version)},
        "data": {"S": known.model_dump_json()},
        **expiry(known),
    }


def entry(item: Item) -> Entry:
    return Entry.model_validate_json(item["data"]["S"])


def entry_item(member_id: str, written: Entry, import_id: str | None = None) -> Item:
    """`import_id` names the file that the entry came from, if it did."""
    key = {"pk": {"S": f"MEMBER#{member_id}"}, "sk": {"S": f"DAY#{written.id}"}}
    origin = {"import": {"S": import_id}} if import_id else {}
    return {**key, "data": {"S": written.model_dump_json()}, **origin}


def due(item: Item) -> Due:
    return Due(
        member_id=item["pk"]["S"].removeprefix("MEMBER#"),
        at=datetime.fromisoformat(item["due_at"]["S"]),
        kinds=tuple(Kind(kind) for kind in item["kinds"]["S"].split(",")),
        day=date.fromisoformat(item["day"]["S"]) if "day" in item else None,
    )


def due_item(moment: Due) -> Item:
    return {
        "pk": {"S": f"MEMBER#{moment.member_id}"},
        "sk": {"S": "DUE"},
        "due_shard": {"S": str(zlib.crc32(moment.member_id.encode()) % SHARDS)},
        "due_at": {"S": instant(moment.at)},
        "kinds": {"S": ",".join(moment.kinds)},
        **({"day": {"S": moment.day.isoformat()}} if moment.day else {}),
    }
