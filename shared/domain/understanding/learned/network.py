"""A small network that weighs in where the linear weights of a text's words are not sure of a tag.

Linear weights add up what each word speaks for; one hidden layer also learns what words mean together. It goes by the
words around, each as 32 numbers in which words that are used alike are close, by the rules' tags and by the clause.
All is in whole numbers, so that sums are exact: the hidden layer's stand in fields of one large number, as the tags'
do in `models.py`, so that one addition counts a word for all units of all the words around it.
"""

import os.path
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, repeat
from operator import add, mul
from struct import Struct
from typing import NamedTuple
from zlib import crc32

from shared.domain.understanding.learned.features import SHAPES, SIZES, TAGS, Column, size_of

FILE = os.path.join(os.path.dirname(__file__), "weights", "network.bin")
UNITS, WIDTH = 96, 32  # of the hidden layer; numbers of a word's vector
REACH = 4  # words to either side that count
HASHED = 2048  # vectors for how words begin, and for how they end
LOOKS = [(shape, tag) for shape in SHAPES for tag in TAGS]
SPOTS = [(place, no, later) for place in "01234" for no in (None, "") for later in (None, "")]
SHIFT = 12  # what the tags' sums have above so many bits are hundredths of log-odds
_KEPT = 8192  # words of which is kept what they add, 1.7 KB each
NARROWED = 3  # bits that the sums of a word lose, for them to fit into fields of half the size

_ROW, _TOLD = Struct(f"<{UNITS}h"), Struct(f"<{len(TAGS)}i")
BYTES, OUT_BYTES = _ROW.size, _TOLD.size
PLACES = 2 * REACH + 1
_BITS = 8 * BYTES
_MASK = (1 << _BITS) - 1


def _each(value: int, size: int, many: int) -> int:
    """A number that has this in each of its fields, which are so many and of so many bytes."""
    return int.from_bytes(value.to_bytes(size, "little") * many, "little")


_SIGNS, _SIGNS_OF_ALL = _each(1 << 15, 2, UNITS), _each(1 << 15, 2, UNITS * PLACES)
_TOP = _SIGNS << _BITS * (PLACES - 1)
_OUT_SIGNS = _each(1 << 31, 4, len(TAGS))


def plain(word: str) -> str:
    """A word as the network knows it: of a number, only how long it is."""
    return "0" * min(len(word), 3) if word[0].isdigit() else word


def begins(word: str) -> int:
    """The number of the vector for how a word begins."""
    return crc32(word[:4].encode("utf-8", "replace")) % HASHED


def ends(word: str) -> int:
    """The number of the vector for how it ends."""
    return crc32(word[-3:].encode("utf-8", "replace")) % HASHED


class _Vectors(NamedTuple):
    """Vectors, signed bytes, `WIDTH` each: of words, which say how other words begin and end, too."""

    known: dict[str, int]
    of_known: bytes
    of_begins: bytes
    of_ends: bytes

    def of(self, word: str) -> list[int]:
        """A word's vector; that of one that was not learned is what its beginning and its end are like."""
        if word in self.known:
            return _vector(self.of_known, self.known[word])
        return list(map(add, _vector(self.of_begins, begins(word)), _vector(self.of_ends, ends(word))))


def _vector(vectors: bytes, number: int) -> list[int]:
    return [byte - 256 if byte > 127 else byte for byte in vectors[number * WIDTH : (number + 1) * WIDTH]]


class _Adding:
    """What each word adds to the hidden layer: a number with a field for each of its units, at one place or several.

    `layer` are the numbers by which a vector's are multiplied, in fields of twice the size: first those of every other
    unit, then those of the rest.
    """

    def __init__(self, vectors: _Vectors, layer: Sequence[int], places: int) -> None:
        self._vectors, self._layers = vectors, (layer[:WIDTH], layer[WIDTH:])
        many = places * UNITS // 2
        self._lift, self._mask = _each(1 << 15 + NARROWED, 4, many), _each((1 << 16) - 1, 4, many)
        self._lifted = _each(1 << 15, 2, places * UNITS)
        self.of: Callable[[str], int] = lru_cache(_KEPT)(self._adding)

    def _adding(self, word: str) -> int:
        vector = self._vectors.of(plain(word))
        wide = (sum(map(mul, vector, layer), self._lift) for layer in self._layers)
        even, odd = ((each >> NARROWED) & self._mask for each in wide)
        adding: int = (even | odd << 16) - self._lifted
        return adding


class _Network(NamedTuple):
    """What words, and their shapes and tags, add around them; and the other things, to the word itself."""

    words: _Adding
    looks: dict[tuple[str | None, str | None], int]
    clauses: _Adding
    spots: dict[tuple[str | None, str | None, str | None], int]
    sizes: dict[int, int]
    asked: dict[str, int]
    out: list[int]
    bias: int


@cache
def _network() -> _Network:
    with open(FILE, "rb") as file:
        known, asked = (file.readline().decode().rstrip("\n").split(" ") for _ in range(2))
        vectors = _Vectors(
            dict(zip(known, range(len(known)), strict=True)),
            *(file.read(count * WIDTH) for count in (len(known), HASHED, HASHED)),
        )

        def read(count: int, size: int) -> list[int]:
            return [int.from_bytes(file.read(size), "little", signed=True) for _ in range(count)]

        return _Network(
            looks=dict(zip(LOOKS, read(len(LOOKS), PLACES * BYTES), strict=True)),
            words=_Adding(vectors, read(2 * WIDTH, PLACES * BYTES), PLACES),
            clauses=_Adding(vectors, read(2 * WIDTH, BYTES), 1),
            spots=dict(zip(SPOTS, read(len(SPOTS), BYTES), strict=True)),
            sizes=dict(zip(SIZES, read(len(SIZES), BYTES), strict=True)),
            asked=dict(zip(asked, read(len(asked), BYTES), strict=True)),
            out=read(UNITS, OUT_BYTES),
            bias=read(1, OUT_BYTES)[0],
        )


def weigh(own: Mapping[str, Column], words: Sequence[str], asked: str, wanted: Container[int]) -> Iterator[list[int]]:
    """Of each word that is wanted, how much speaks for each tag, in hundredths of log-odds that have no zero.

    `own` are the series of the words themselves, as `features.word_series` gives them.
    """
    network = _network()
    around = zip(
        map(network.words.of, words),
        map(network.looks.__getitem__, zip(own["sh"], own["r"], strict=True)),
        strict=True,
    )
    alone = zip(
        (network.clauses.of(word) for word in own["c0"] if word is not None),
        map(network.spots.__getitem__, zip(own["p"], own["not"], own["ahead"], strict=True)),
        strict=True,
    )
    whole = network.sizes[size_of(len(words))] + network.asked.get(asked, 0)
    for at, (summed, (clause, spot)) in enumerate(zip(_summed(map(sum, around)), alone, strict=True)):
        if at in wanted:
            units = _ROW.unpack(_no_negatives(summed + clause + spot + whole).to_bytes(BYTES, "little"))
            told = sum([unit * out for unit, out in zip(units, network.out, strict=True) if unit], network.bias)
            sums = _TOLD.unpack((told + _OUT_SIGNS ^ _OUT_SIGNS).to_bytes(OUT_BYTES, "little"))
            yield [each >> SHIFT for each in sums]


def _summed(numbers: Iterable[int]) -> Iterator[int]:
    """Of each word, the fields of what it and the words around it add there, with their signs' bits set."""
    rows = _SIGNS_OF_ALL
    for at, number in enumerate(chain(numbers, repeat(0, REACH))):
        rows = (rows >> _BITS) + number + _TOP
        if at >= REACH:
            yield rows & _MASK


def _no_negatives(fields: int) -> int:
    """The fields, of which those below naught are naught, without their signs' bits."""
    positive = (fields & _SIGNS) >> 15
    return fields & ((positive << 15) - positive)
