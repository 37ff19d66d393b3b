"""How well labelled texts are understood may only get better: the floors go up, never down."""

import pytest

from tests.corpus.judge import score

# Percent right, by any key of the table. Raise them after a change that scores higher; see `make corpus`.
FLOORS = {
    "work": {"whole": 98.0, "mood": 99.5, "command": 99.5, "engaged": 99.0, "drained": 99.0, "wins": 99.5}
    | {"crisis recall": 100.0, "no false alarm": 99.0},
    "mended": {"whole": 83.3, "mood": 96.3, "command": 97.6, "engaged": 96.0, "drained": 95.1, "wins": 95.5}
    | {"crisis recall": 100.0, "no false alarm": 99.8},
    "held": {"whole": 82.1, "mood": 97.4, "command": 94.8, "engaged": 98.1, "drained": 96.1, "wins": 94.7}
    | {"crisis recall": 100.0, "no false alarm": 99.5},
    "fresh": {"whole": 91.3, "mood": 98.1, "command": 97.8, "engaged": 98.6, "drained": 97.9, "wins": 98.1}
    | {"crisis recall": 100.0, "no false alarm": 99.8},
}


@pytest.mark.parametrize("half", FLOORS)
def test_labelled_texts_are_understood_at_least_as_well_as_before(half: str) -> None:
    table, misses = score(half)
    below = {key: table[key] for key, floor in FLOORS[half].items() if table[key] < floor}
    unseen = ["the halves that are held back are looked at for their scores alone"]
    assert not below, "\n".join(misses if half in ("work", "mended") else unseen)
