"""What tests put into the table, and how they do so at once."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from shared.domain.models import Due, Entry, Kind, Member, Nudge, Turn
from shared.storage.nudges import Attempt
from shared.storage.store import InboundMessage, Store
from tests.functions import TABLE

Result = TypeVar("Result")

NOW = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=60)
PHONE = "+14155550123"
BUDDY = "+14155550199"
NUDGE = Nudge(member_id="ana", kind=Kind.DAILY_CHECKIN, channel="sms", day=TODAY, due_at=NOW)
SENT = {"state": "sent", "message_id": "SM1"}


def store_at(dynamodb: Any, now: datetime) -> Store:
    """The store at a moment: what has expired by then is in its table still."""
    return Store(dynamodb, TABLE, lambda: now)


def person(member_id: str = "ana", phone: str = PHONE, **more: Any) -> Member:
    return Member(
        id=member_id,
        name="Ana",
        phone=phone,
        prompt_time=time(18, 30),
        timezone="America/New_York",
        signed_up_at=NOW,
        **more,
    )


def entry(day: date = TODAY, source: str = "SM1", at: datetime = NOW, **more: Any) -> Entry:
    return Entry.model_validate({"day": day, "at": at, "source": source, "kind": "answered", **more})


def message(sid: str = "SM1", at: datetime = NOW) -> InboundMessage:
    return InboundMessage(sid, at)


def claim(store: Store, nudge: Nudge = NUDGE, now: datetime = NOW, text: str | None = "How was it?") -> Attempt | None:
    """Claim a nudge as its member is at this moment."""
    member = store.member(nudge.member_id, TODAY)
    return store.claim(nudge, member, now, LEASE, "daily_checkin:sent", text)


def due(member_id: str, at: datetime = NOW, *kinds: Kind) -> Due:
    return Due(member_id=member_id, at=at, kinds=kinds or (Kind.DAILY_CHECKIN,))


def rescheduled(member: Member, to: Due | None) -> Turn:
    return Turn(member=member, rescheduled=True, due=to)


def at_once(calls: Sequence[Callable[[], Result]]) -> list[Result | Exception]:
    """What each call returned or raised, all of them started in the same moment."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Result]) -> Result | Exception:
        start.wait()
        try:
            return call()
        except Exception as error:  # noqa: BLE001
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
