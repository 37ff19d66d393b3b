"""An import shows whole or not at all, whatever happens on the way, against a real (local) DynamoDB."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from shared.domain.models import Entry, Member, Status, Turn
from shared.storage.members import UnknownMember
from shared.storage.store import Store
from shared.storage.table import StaleMember
from tests.functions import TABLE
from tests.integration.stored import NOW, PHONE, TODAY, entry, message, person

FIRST = date(2020, 1, 1)
MANY = 250  # more than two transactions take


def imported(count: int = MANY) -> tuple[Entry, ...]:
    days = (FIRST + timedelta(days=n) for n in range(count))
    return tuple(entry(day, f"daylio-{day}", kind="imported", mood=5.5) for day in days)


@pytest.fixture
def ana(store: Store) -> Member:
    store.sign_up(person(status=Status.ACTIVE))
    return store.member("ana", FIRST)


class Crash:
    """The connection to the table breaks before its `after`-th transaction from now on."""

    def __init__(self, client: Any, after: int) -> None:
        self._client, self._left = client, after

    def __enter__(self) -> None:
        self._client.meta.events.register("before-call.dynamodb.TransactWriteItems", self._call)

    def __exit__(self, *_: object) -> None:
        self._client.meta.events.unregister("before-call.dynamodb.TransactWriteItems", self._call)

    def _call(self, **_: Any) -> None:
        if self._left == 0:
            raise EndpointConnectionError(endpoint_url="http://table")
        self._left -= 1


def kept(dynamodb: Any) -> Iterator[str]:
    """The sort keys of all that is in the table."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=TABLE)
    return (item["sk"]["S"] for page in pages for item in page["Items"])


def test_an_import_is_part_of_the_journal(store: Store, ana: Member) -> None:
    store.import_entries(ana, "file-0", imported())
    after = store.member("ana", FIRST)
    assert after.journal == imported()
    assert after.imports == ("file-0",)
    assert store.held("ana").member.journal == imported()


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_nothing_is_half_imported_and_running_it_again_completes_it(
    store: Store, ana: Member, dynamodb: Any, after: int
) -> None:
    with Crash(dynamodb, after), pytest.raises(EndpointConnectionError):
        store.import_entries(ana, "file-0", imported())
    assert store.member("ana", FIRST) == ana
    assert store.held("ana").member.journal == ()
    store.import_entries(store.member("ana", FIRST), "file-0", imported())
    assert store.member("ana", FIRST).journal == imported()
    assert len([sk for sk in kept(dynamodb) if sk.startswith("DAY#")]) == MANY


def test_what_another_file_left_unfinished_does_not_show_with_the_next(
    store: Store, ana: Member, dynamodb: Any
) -> None:
    with Crash(dynamodb, 1), pytest.raises(EndpointConnectionError):
        store.import_entries(ana, "wrong-0", imported())
    right = tuple(each.model_copy(update={"mood": 9.5}) for each in imported(3))
    store.import_entries(store.member("ana", FIRST), "right-0", right)
    assert store.member("ana", FIRST).journal == right


def test_who_changed_in_between_is_read_again(store: Store, ana: Member) -> None:
    store.save_turn(message(), Turn(member=ana.model_copy(update={"name": "Ann"})))
    with pytest.raises(StaleMember):
        store.import_entries(ana, "file-0", imported(3))
    assert store.member("ana", FIRST).journal == ()


def test_an_import_that_comes_after_an_erasure_leaves_nothing(store: Store, ana: Member, dynamodb: Any) -> None:
    with Crash(dynamodb, 1), pytest.raises(EndpointConnectionError):
        store.import_entries(ana, "file-0", imported())
    store.erase(ana, None, NOW)
    with pytest.raises(StaleMember):
        store.import_entries(ana, "file-0", imported())
    assert list(kept(dynamodb)) == ["HINT"]
    with pytest.raises(UnknownMember):
        store.member_by_phone(PHONE, TODAY)
