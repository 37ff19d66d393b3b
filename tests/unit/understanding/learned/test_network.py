"""The network adds up what its file says, in fields that nothing that anybody writes can overflow."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from shared.domain.understanding.learned import network
from shared.domain.understanding.learned.features import SIZES, TAGS, size_of, tokens, word_series
from shared.domain.understanding.learned.network import (
    HASHED,
    LOOKS,
    NARROWED,
    PLACES,
    REACH,
    SHIFT,
    SPOTS,
    UNITS,
    WIDTH,
    begins,
    ends,
    plain,
    weigh,
)

Numbers = NDArray[np.int64]


class File:
    """What the file holds, number by number: read here without any of the code that reads it."""

    def __init__(self) -> None:
        with open(network.FILE, "rb") as file:
            self.words, self.asked = (file.readline().decode().rstrip("\n").split(" ") for _ in range(2))
            self.rest = file.read()
        self.known, self.begins, self.ends = (
            np.frombuffer(self._take(rows * WIDTH), np.int8).reshape(rows, WIDTH).astype(np.int64)
            for rows in (len(self.words), HASHED, HASHED)
        )
        self.looks = self._fields(len(LOOKS), PLACES * UNITS, 2)
        self.layer = self._halves(PLACES * UNITS)
        self.clause = self._halves(UNITS)
        self.spots, self.sizes, self.of_asked = (
            self._fields(rows, UNITS, 2) for rows in (len(SPOTS), len(SIZES), len(self.asked))
        )
        self.out, self.bias = self._fields(UNITS, len(TAGS), 4), self._fields(1, len(TAGS), 4)[0]
        assert not self.rest

    def _take(self, size: int) -> bytes:
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def _halves(self, many: int) -> Numbers:
        layer = np.zeros((WIDTH, many), np.int64)
        for half in (0, 1):
            layer[:, half::2] = self._fields(WIDTH, many // 2, 4)
        return layer

    def _fields(self, rows: int, many: int, size: int) -> Numbers:
        return np.array([self._row(many, size) for _ in range(rows)])

    def _row(self, many: int, size: int) -> list[int]:
        number = int.from_bytes(self._take(many * size), "little", signed=True)
        fields = []
        for _ in range(many):
            field = (number + (1 << 8 * size - 1)) % (1 << 8 * size) - (1 << 8 * size - 1)
            number = (number - field) >> 8 * size
            fields.append(field)
        return fields

    def vector(self, word: str) -> Numbers:
        word = plain(word)
        found: Numbers = (
            self.known[self.words.index(word)]
            if word in self.words
            else self.begins[begins(word)] + self.ends[ends(word)]
        )
        return found


FILE = File()


def told(text: str, ruled: list[str], asked: str) -> list[list[int]]:
    """What the network should say of each word of a text."""
    found = tokens(text)
    _, own = word_series(found, ruled)
    clauses, spots = own["c0"], list(zip(own["p"], own["not"], own["ahead"], strict=True))
    around = np.zeros((len(found) + 2 * REACH, UNITS), np.int64)
    for at, token in enumerate(found):
        adding = (FILE.vector(token.word) @ FILE.layer) >> NARROWED
        adding += FILE.looks[LOOKS.index((own["sh"][at] or "", ruled[at]))]
        around[at : at + PLACES] += adding.reshape(PLACES, UNITS)
    units = around[REACH : REACH + len(found)]
    for at, clause in enumerate(clauses):
        units[at] += (FILE.vector(clause or "") @ FILE.clause) >> NARROWED
        units[at] += FILE.spots[[*map(str, SPOTS)].index(str(spots[at]))]
    units += FILE.sizes[SIZES.index(size_of(len(found)))]
    if asked in FILE.asked:
        units += FILE.of_asked[FILE.asked.index(asked)]
    said: list[list[int]] = ((np.maximum(units, 0) @ FILE.out + FILE.bias) >> SHIFT).tolist()
    return said


WORDS = st.sampled_from([*FILE.words[:300], "qwyjibo", "Zz", "7", "1999", "loved", "🎉", ".", ",", "\n", "WON"])


@given(st.lists(WORDS, min_size=1, max_size=40), st.sampled_from(["none", "daily_checkin", "unheard"]), st.randoms())
def test_it_says_what_its_file_adds_up_to(words: list[str], asked: str, random: Random) -> None:
    text = " ".join(words)
    found = tokens(text)
    ruled = [random.choice(TAGS) for _ in found]
    _, own = word_series(found, ruled)
    said = [*weigh(own, [token.word for token in found], asked, range(len(found)))]
    assert said == told(text, ruled, asked)


def test_only_of_the_words_that_are_wanted_it_says_anything() -> None:
    found = tokens("I loved the standup today")
    _, own = word_series(found, ["O"] * len(found))
    words = [token.word for token in found]
    every = [*weigh(own, words, "none", range(len(words)))]
    assert [*weigh(own, words, "none", {1, 3})] == [every[1], every[3]]


def test_no_text_can_overflow_a_field() -> None:
    """All that adds to a unit at most and at least, whatever is written."""
    begun_least, begun_most = _of_words(FILE.layer)
    least: Numbers = (begun_least + FILE.looks.min(axis=0)).reshape(PLACES, UNITS).sum(axis=0)
    most: Numbers = (begun_most + FILE.looks.max(axis=0)).reshape(PLACES, UNITS).sum(axis=0)
    clause_least, clause_most = _of_words(FILE.clause)
    alone = (FILE.spots, FILE.sizes, FILE.of_asked)
    least += clause_least + sum((each.min(axis=0).clip(max=0) for each in alone), np.zeros(UNITS, np.int64))
    most += clause_most + sum((each.max(axis=0).clip(min=0) for each in alone), np.zeros(UNITS, np.int64))
    assert np.min(least) >= -(2**15)
    assert np.max(most) < 2**15
    assert (most.clip(min=0) @ np.abs(FILE.out)).max() + np.abs(FILE.bias).max() < 2**31


def _of_words(layer: Numbers) -> tuple[Numbers, Numbers]:
    """What a word may add to each unit at least and at most; it fits into a field before it is narrowed, too."""
    known, begun, ended = (each @ layer for each in (FILE.known, FILE.begins, FILE.ends))
    least = np.minimum(known.min(axis=0), begun.min(axis=0) + ended.min(axis=0)).clip(max=0)
    most = np.maximum(known.max(axis=0), begun.max(axis=0) + ended.max(axis=0)).clip(min=0)
    assert max(-least.min(), most.max()) < 1 << 15 + NARROWED
    return least >> NARROWED, (most >> NARROWED) + 1
