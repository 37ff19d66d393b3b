"""`unstuck members`: what an operator does for a member, to a stack that is deployed, on AWS or here."""

from collections.abc import Sequence
from datetime import date, datetime

from cli.deployed import Deployed
from cli.local.problem import Problem
from shared import importing
from shared.domain import daylio
from shared.storage.members import UnknownMember
from shared.storage.store import Store


def import_daylio(deployed: Deployed, phone: str, data: bytes, names: Sequence[str], now: datetime) -> daylio.Planned:
    """As `importing.import_daylio`, for the member with that number.

    Raises:
        Problem: nobody has that number, or the file cannot be taken: the line and the reason.
    """
    store = Store(deployed.client("dynamodb"), deployed.id_of("Table"), lambda: now)
    try:
        member_id = store.member_by_phone(phone, date.max).id
        return importing.import_daylio(store, member_id, data, names, now)
    except UnknownMember as error:
        raise Problem("No member has this number. Write it as in +14155550123.") from error
    except daylio.InvalidFile as invalid:
        how = " Name all five with --moods." if invalid.key.startswith("mood") else ""
        raise Problem(f"Nothing was imported. {invalid.said('en')}{how}") from invalid
