"""How well labelled texts are understood may only get better: the floors go up, never down."""

import pytest

from tests.corpus.judge import score

# Percent right. Raise them after a change that scores higher; see `make corpus`.
FLOORS = {
    "work": {"whole": 94.5, "mood": 99.0, "command": 98.0, "engaged": 98.0, "drained": 98.0, "wins": 99.0},
    "held": {"whole": 76.3, "mood": 95.0, "command": 92.0, "engaged": 98.0, "drained": 96.8, "wins": 94.0},
}


@pytest.mark.parametrize("half", FLOORS)
def test_labelled_texts_are_understood_at_least_as_well_as_before(half: str) -> None:
    table, misses = score(half)
    below = {key: table[key] for key, floor in FLOORS[half].items() if table[key] < floor}
    assert not below, "\n".join(misses if half == "work" else ["the held-back half is looked at for its score alone"])


def test_no_call_for_help_of_the_working_half_is_missed_and_hardly_anything_else_taken_for_one() -> None:
    table, _ = score("work")
    assert table["crisis recall"] == 100
    assert table["no false alarm"] >= 99
