"""What DynamoDB would charge, by the examples of its developer guide."""

import pytest

from cli.simulation.capacity import index_units, read_units, size_of, write_units
from cli.simulation.expressions import Item

KB = 1024
KEY = ("due_shard", "due_at")


def item(size: int) -> Item:
    return {"d": {"S": "x" * (size - 1)}}


def entry(at: str, kinds: str = "daily_checkin") -> Item:
    return {name: {"S": text} for name, text in (("due_shard", "1"), ("due_at", at), ("kinds", kinds))}


def test_an_item_is_as_large_as_its_names_and_values() -> None:
    assert size_of({"shirt-color": {"S": "R"}, "shirt-size": {"S": "M"}}) == 23
    assert size_of({"n": {"S": "é🎉"}, "on": {"BOOL": True}, "off": {"NULL": True}}) == 1 + 6 + 2 + 1 + 3 + 1


@pytest.mark.parametrize(
    ("number", "size"),
    [("0", 1), ("27", 2), ("-27", 3), ("100", 2), ("1772764200", 5), ("1772764201", 6), ("0.05", 2), ("1.5", 3)],
)
def test_a_number_takes_a_byte_for_two_digits_and_one_more(number: str, size: int) -> None:
    assert size_of({"": {"N": number}}) == size


@pytest.mark.parametrize(
    ("size", "consistent", "units"),
    [
        (3500, True, 1),
        (3500, False, 0.5),
        (10 * KB, True, 3),
        (10 * KB, False, 1.5),
        (int(40.8 * KB), True, 11),
        (0, True, 1),
        (0, False, 0.5),
    ],
)
def test_reads_are_charged_by_4_kb_and_half_where_they_may_be_old(size: int, consistent: bool, units: float) -> None:
    assert read_units(size, consistent) == units


def test_writes_are_charged_by_1_kb_of_the_larger_of_before_and_after() -> None:
    assert write_units(None, item(500)) == 1
    assert write_units(None, item(1025)) == 2
    assert write_units(item(3500), item(100)) == 4
    assert write_units(item(2048), None) == 2
    assert write_units(None, None) == 1


def test_an_index_is_charged_for_what_changes_in_it() -> None:
    assert index_units(None, None, KEY) == 0
    assert index_units(None, entry("18:30"), KEY) == 1
    assert index_units(entry("18:30"), entry("18:30"), KEY) == 0
    assert index_units(entry("18:30"), entry("18:30", "weekly_review"), KEY) == 1
    assert index_units(entry("18:30"), entry("19:30"), KEY) == 2
    assert index_units(entry("18:30"), None, KEY) == 1
