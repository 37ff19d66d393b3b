"""What the functions ask of the table: it grows with what is due, and never with how many members there are.

Counted on the table in memory, which tests/integration/test_dynamodb.py holds to another one's; times are for
tests/bench/cost.py.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.dispatch import app as dispatch
from shared.domain import schedule
from shared.domain.agenda import LIGHTER, SLOWER
from shared.domain.models import SILENT, Entry, Plan
from shared.storage.members import SHARDS
from tests.bench.service import MEMBER, TICK, Service, service

SILENCES = (LIGHTER, SLOWER, SILENT)  # after so many prompts something changes
REPLY = "7. The workshop was great. Win: sent the portfolio"


@pytest.fixture
def running() -> Iterator[Service]:
    with service() as made:
        yield made


@pytest.mark.parametrize("due", [0, 1, 40])
def test_a_tick_costs_the_same_with_few_members_and_with_many(due: int) -> None:
    costs = []
    for members in (50, 2_000):
        with service() as running:
            running.fill(members, due)
            costs.append(running.tick().used)
    few, many = costs
    assert few == many
    assert few.calls == Counter({"Query": SHARDS + due, **({"TransactWriteItems": due} if due else {})})


def test_what_is_due_is_not_read_with_all_of_its_journal(running: Service) -> None:
    running.fill(10, 10, days=35)
    used = running.tick().used
    assert used.items_read <= 10 * (1 + 2 + 2 * 3)  # the due row found; state and due row; three days, asked and told
    assert used.read_units <= 0.5 * SHARDS + 10 * 1


@given(
    told=st.sets(st.integers(0, 5)),
    silence=st.sampled_from([0, *SILENCES, *(silence + 1 for silence in SILENCES)]),
    zone=st.sampled_from(["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe"]),
    after=st.integers(0, 7 * 24 * 60),
)
def test_what_is_due_needs_no_more_of_the_journal_than_is_read(
    told: set[int], silence: int, zone: str, after: int
) -> None:
    now = TICK + timedelta(minutes=after)
    days = [now.date() + timedelta(days=2 - back) for back in told]
    journal = tuple(Entry(day=day, at=now, source="", kind="prompted") for day in sorted(days))
    plan = Plan(log_off=time(12))  # before the check-in of the same day
    member = MEMBER.model_copy(update={"timezone": zone, "silence": silence, "journal": journal, "plan": plan})
    due = schedule.next_due(member, now - timedelta(minutes=1)) or pytest.fail("there is always a next one")
    since = (due.at - dispatch.JOURNAL).date()
    read = member.model_copy(update={"journal": tuple(entry for entry in journal if entry.day >= since)})
    assert schedule.nudges(due, read) == schedule.nudges(due, member)
    assert schedule.next_due(read, due.at) == schedule.next_due(member, due.at)


def test_a_tick_on_which_nothing_is_due_reads_no_item_and_writes_nothing(running: Service) -> None:
    running.fill(500, 0)
    used = running.tick().used
    assert (used.items_read, used.read_units, used.write_units) == (0, 0.5 * SHARDS, 0)


def test_what_was_due_is_due_once(running: Service) -> None:
    running.fill(500, 20)
    running.tick()
    assert len(running.queued) == 20
    assert running.tick(TICK + timedelta(seconds=30)).used.items_read == 0


def test_a_reply_takes_two_reads_and_a_transaction(running: Service) -> None:
    running.fill(10, 1)
    reply = running.reply(0, REPLY, "SM1").used
    assert reply.calls == Counter({"Query": 2, "TransactWriteItems": 1})
    assert running.reply(0, "STATS", "SM2").used.calls == reply.calls
    assert running.reply(0, "STOP", "SM3").used.calls == reply.calls


def test_a_reply_that_comes_again_takes_a_read_more(running: Service) -> None:
    running.fill(10, 1)
    running.reply(0, REPLY, "SM1")
    assert running.reply(0, REPLY, "SM1").used.calls == Counter({"Query": 2, "TransactWriteItems": 1, "GetItem": 1})


def test_a_nudge_is_claimed_looked_at_once_more_sent_and_settled(running: Service) -> None:
    running.fill(10, 1)
    running.tick()
    (nudge,) = running.queued
    assert running.deliver(nudge).used.calls == Counter({"Query": 2, "TransactWriteItems": 2})
    assert running.receipt(nudge, "sent").used.calls == Counter({"GetItem": 1, "UpdateItem": 1})
    assert running.receipt(nudge, "delivered").used.calls == Counter({"GetItem": 1, "Query": 1, "UpdateItem": 1})
    assert running.receipt(nudge, "sent").used.calls == Counter({"GetItem": 1})
    assert running.deliver(nudge).used.calls == Counter({"Query": 1, "TransactWriteItems": 1, "GetItem": 1})
