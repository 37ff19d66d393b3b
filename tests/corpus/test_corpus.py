"""How well labelled texts are understood may only get better: the floors go up, never down."""

import pytest

from tests.corpus.judge import score

# Percent right, by any key of the table. Raise them after a change that scores higher; see `make corpus`.
FLOORS = {
    "work": {"whole": 98.0, "mood": 99.5, "command": 99.5, "engaged": 99.0, "drained": 99.0, "wins": 99.5}
    | {"crisis recall": 100.0, "no false alarm": 99.0},
    "held": {"whole": 80.5, "mood": 97.3, "command": 94.5, "engaged": 97.9, "drained": 95.0, "wins": 94.2}
    | {"crisis recall": 94.0, "no false alarm": 99.0},
}


@pytest.mark.parametrize("half", FLOORS)
def test_labelled_texts_are_understood_at_least_as_well_as_before(half: str) -> None:
    table, misses = score(half)
    below = {key: table[key] for key, floor in FLOORS[half].items() if table[key] < floor}
    assert not below, "\n".join(misses if half == "work" else ["the held-back half is looked at for its score alone"])
