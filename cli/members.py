"""`unstuck members`: what an operator does for a member, to a stack that is deployed, on AWS or here."""

from collections.abc import Sequence
from datetime import date, datetime

from cli.deployed import Deployed
from cli.local.problem import Problem
from shared.domain import daylio
from shared.storage.members import UnknownMember
from shared.storage.store import Store
from shared.storage.table import retry_stale


def import_daylio(deployed: Deployed, phone: str, data: bytes, names: Sequence[str], now: datetime) -> daylio.Planned:
    """Add what is new in Daylio's CSV file to a member's journal, all of it or nothing; what came of it.

    `names` are the five moods' names, the best first.

    Raises:
        Problem: nobody has that number, or the file cannot be taken: the line and the reason.
    """
    store = Store(deployed.client("dynamodb"), deployed.id_of("Table"), lambda: now)

    def act() -> daylio.Planned:
        member = store.member_by_phone(phone, date.min)
        planned = daylio.planned(data, names, member, now)
        if planned.entries:
            store.import_entries(member, planned.id, planned.entries)
        return planned

    try:
        return retry_stale(act)
    except UnknownMember as error:
        raise Problem("No member has this number. Write it as in +14155550123.") from error
    except daylio.InvalidFile as invalid:
        how = " Name all five with --moods." if invalid.key.startswith("mood") else ""
        raise Problem(f"Nothing was imported. {invalid.said('en')}{how}") from invalid
