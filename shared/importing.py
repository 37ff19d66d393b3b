"""Brings another journal into a member's: read, planned and saved, again where the member changed meanwhile.

Called by the member's page and by the command line.
"""

from collections.abc import Sequence
from datetime import date, datetime

from shared.domain import daylio
from shared.storage.store import Store
from shared.storage.table import retry_stale


def import_daylio(
    store: Store, member_id: str, data: bytes | None, names: Sequence[str], now: datetime
) -> daylio.Planned:
    """Add what is new in Daylio's CSV file to a member's journal, all of it or nothing; what came of it.

    `names` are the five moods' names, the best first. `data` is None where no file was found in what was sent.

    Raises:
        UnknownMember
        InvalidFile: the line and the reason.
    """

    def act() -> daylio.Planned:
        member = store.member(member_id, date.min)
        planned = daylio.planned(data, names, member, now)
        if planned.entries:
            store.import_entries(member, planned.id, planned.entries)
        return planned

    return retry_stale(act)
