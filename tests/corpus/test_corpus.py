"""How well labelled texts are understood may only get better: the floors go up, never down."""

import pytest

from tests.corpus.judge import score

# Percent right, by any key of the table. Raise them after a change that scores higher; see `make corpus`.
FLOORS = {
    "work": {"whole": 98.0, "mood": 99.5, "command": 99.5, "engaged": 99.0, "drained": 99.0, "wins": 99.5}
    | {"crisis recall": 100.0, "no false alarm": 99.0},
    "mended": {"whole": 87.1, "mood": 96.9, "command": 98.4, "engaged": 96.8, "drained": 96.1, "wins": 96.6}
    | {"crisis recall": 100.0, "no false alarm": 99.8},
    "held": {"whole": 83.2, "mood": 97.5, "command": 95.2, "engaged": 98.1, "drained": 96.5, "wins": 94.1}
    | {"crisis recall": 100.0, "no false alarm": 99.5},
    "fresh": {"whole": 92.8, "mood": 98.2, "command": 98.2, "engaged": 98.6, "drained": 98.6, "wins": 98.6}
    | {"crisis recall": 100.0, "no false alarm": 99.8},
    "aimed": {"whole": 85.9, "mood": 96.5, "command": 97.3, "engaged": 97.9, "drained": 97.9, "wins": 95.5}
    | {"crisis recall": 100.0, "no false alarm": 99.5},
}


@pytest.mark.parametrize("half", FLOORS)
def test_labelled_texts_are_understood_at_least_as_well_as_before(half: str) -> None:
    table, misses = score(half)
    below = {key: table[key] for key, floor in FLOORS[half].items() if table[key] < floor}
    unseen = ["the halves that are held back are looked at for their scores alone"]
    assert not below, "\n".join(misses if half in ("work", "mended") else unseen)
