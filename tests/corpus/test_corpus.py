"""How well labelled texts are understood may only get better: the floors go up, never down."""

import pytest

from tests.corpus.judge import score

# Percent right, by any key of the table. Raise them after a change that scores higher; see `make corpus`.
FLOORS = {
    "work": {"whole": 97.6, "mood": 99.8, "command": 99.6, "engaged": 99.4, "drained": 98.9, "wins": 99.3}
    | {"crisis recall": 100.0, "no false alarm": 99.9},
    "mended": {"whole": 88.4, "mood": 97.2, "command": 98.6, "engaged": 97.3, "drained": 96.6, "wins": 97.1}
    | {"crisis recall": 100.0, "no false alarm": 99.9},
    "held": {"whole": 85.6, "mood": 97.8, "command": 95.6, "engaged": 98.1, "drained": 96.7, "wins": 95.8}
    | {"crisis recall": 100.0, "no false alarm": 99.9},
    "fresh": {"whole": 93.3, "mood": 98.8, "command": 98.4, "engaged": 98.5, "drained": 99.2, "wins": 98.2}
    | {"crisis recall": 100.0, "no false alarm": 99.8},
    "aimed": {"whole": 87.6, "mood": 96.6, "command": 97.7, "engaged": 98.2, "drained": 98.1, "wins": 96.3}
    | {"crisis recall": 100.0, "no false alarm": 99.6},
}


@pytest.mark.parametrize("half", FLOORS)
def test_labelled_texts_are_understood_at_least_as_well_as_before(half: str) -> None:
    table, misses = score(half)
    below = {key: table[key] for key, floor in FLOORS[half].items() if table[key] < floor}
    unseen = ["the halves that are held back are looked at for their scores alone"]
    assert not below, "\n".join(misses if half in ("work", "mended") else unseen)
