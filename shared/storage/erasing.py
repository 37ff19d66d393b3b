"""Erases what is kept on a member. It is more than a transaction takes: the order is such that it can break off
anywhere, and begin again.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from shared.domain.models import Answer, Member
from shared.storage import signups
from shared.storage.items import Item, of_kind
from shared.storage.table import MOST_AT_ONCE, StaleMember, Table


def erase(table: Table, member: Member, sid: str | None, now: datetime) -> None:
    """Erase a member: what their state is needed for first, then their state, and then all that is left.

    Raises:
        StaleMember: something was kept in the meantime; begin again.
    """
    pk, number = f"MEMBER#{member.id}", f"PHONE#{member.phone}"
    items = table.partition(pk, expired=True)
    if "MEMBER" in items:  # else the same message, delivered twice at once, was quicker
        _unsay(table, items)
        as_buddy = table.query(number, "REPLY#", "REPLY#~", expired=True)
        _delete_all(table, number, [item["sk"]["S"] for item in as_buddy])
        _delete_all(table, pk, [sk for sk in items if sk not in ("MEMBER", "DUE", f"REPLY#{sid}")])
        state = table.delete(pk, "MEMBER", "version = :seen", {":seen": items["MEMBER"]["version"]})
        claim = table.delete(number, "PHONE")
        buddy = [table.delete(f"PHONE#{member.buddy.phone}", f"BUDDY#{member.id}")] if member.buddy else []
        table.transact([state, claim, *buddy, table.put(signups.hint(member.phone, now))])
    erase_rest(table, member.id)


def erase_rest(table: Table, member_id: str) -> None:
    """Erase what is left of a member whose state is gone, the due moment last."""
    pk = f"MEMBER#{member_id}"
    rest = [sk for sk in table.partition(pk, expired=True) if sk != "DUE"]
    _delete_all(table, pk, [*rest, "DUE"])


def _unsay(table: Table, items: dict[str, Item]) -> None:
    """Take the words out of all answers that may name the member of these items. That each message was taken stays on
    record until then: it may come again, and what it changed about others is not to be changed twice."""
    for sid, note in of_kind(items, "NAMED#").items():
        for reply in table.query(note["answered"]["S"], f"REPLY#{sid}", f"REPLY#{sid}", expired=True):
            answer = Answer.model_validate_json(reply["data"]["S"]).model_copy(update={"replies": ()})
            wordless = {**reply, "data": {"S": answer.model_dump_json()}}
            with suppress(StaleMember):  # it has gone meanwhile
                table.transact([table.put(wordless, "attribute_exists(pk)")])


def _delete_all(table: Table, pk: str, sort_keys: Sequence[str]) -> None:
    for at in range(0, len(sort_keys), MOST_AT_ONCE):
        table.transact([table.delete(pk, sk) for sk in sort_keys[at : at + MOST_AT_ONCE]])
