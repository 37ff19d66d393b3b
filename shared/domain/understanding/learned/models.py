"""What labelled texts teach beside the rules: linear models whose weights are data, trained by `make train`.

The rules say what a text means where they were written for it; the models have seen how a few thousand people
say things, and what the rules made of that. They weigh both: the words of a text, and the rules' own verdict, are
their features (`features.py`). One model names the command, one the safety and one the mood of a whole text; a second
one (a linear-chain conditional random field, Lafferty et al. 2001) tags which words are a win, engaged or drained, with
a small network (`network.py`) where its own weights leave that open.
"""

import os.path
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, islice, repeat
from operator import add
from struct import Struct
from typing import Any, NamedTuple

from shared.domain.understanding.learned.features import (
    COLUMNS,
    EDGE,
    FAR,
    KINDS,
    TAGS,
    Column,
    Span,
    Token,
    message_features,
    verdict_features,
    word_series,
)
from shared.domain.understanding.learned.network import weigh

FOLDER = os.path.join(os.path.dirname(__file__), "weights")
_TRUST = 50  # in what the rules found, beside its learned weight: the corpus holds few texts as plain as most are
_UNSURE = 150  # of the likeliest tag before the next: from there on the network is not asked, since that takes time

_Written = dict[str | None, str]  # weights as a file has them, "BW 0.32 O -0.94", by the value of their feature


def _read(name: str) -> dict[str, _Written]:
    """The weights of a file, by kind of feature."""
    # One emoji makes all of a text four times as large: so each part becomes one of its own.
    with open(os.path.join(FOLDER, f"{name}.txt"), "rb") as file:
        parts = file.read().removesuffix(b"\n").split(b"\n\n")
    split = [part.decode().replace("\t", "\n").split("\n") for part in parts]
    return {lines[0]: dict(zip(lines[1::2], lines[2::2], strict=True)) for lines in split}


def read_weights(written: str) -> list[tuple[str, int]]:
    """Weights as whole hundredths, so that their sums are exact in whatever order they are summed up.

    >>> read_weights("BW 0.32 O -0.94")
    [('BW', 32), ('O', -94)]
    """
    parts = written.split()
    return [(label, int(weight.replace(".", ""))) for label, weight in zip(parts[::2], parts[1::2], strict=True)]


class _Packed(dict[str, int]):
    """Weights as they are written, with one number for them all: it has a field for each label.

    One addition then counts a feature for all labels at once. A number is made when its weights are met first: most
    never are, and a first text is read sooner.
    """

    def __init__(self, labels: Sequence[str], bits: int) -> None:
        super().__init__()
        self._places = {label: bits * n for n, label in enumerate(labels)}

    def __missing__(self, written: str) -> int:
        self[written] = sum(weight << self._places[label] for label, weight in read_weights(written))
        return self[written]


def _signs(bits: int, many: int) -> int:
    """So many fields with their highest bit set. Added to fields, it keeps each above naught, and so apart from the
    next; taken out again bit by bit, it leaves what a machine calls signed numbers.
    """
    return int.from_bytes((b"\0" * (bits // 8 - 1) + b"\x80") * many, "little")


# Of a whole text


class _Messages:
    """The weights of whole texts, by kind: as they are written, and as one number once they were met in a text."""

    def __init__(self) -> None:
        self.of: dict[str, dict[str | None, Any]] = {**_read("messages")}
        labels = self.of["bias"][""].split()[::2]  # each has a weight there, those of a key behind one another
        self._packed = _Packed(labels, 32)
        self.fields, self.signs = Struct(f"<{len(labels)}i"), _signs(32, len(labels))
        keys = [label.partition(".")[0] for label in labels]
        names = [label.partition(".")[2] for label in labels]
        # What a text is weighed for, with the fields of its labels and their names.
        self.keys = [
            (key, slice(at, at + keys.count(key)), names[at : at + keys.count(key)])
            for key, at in ((key, keys.index(key)) for key in dict.fromkeys(keys))
        ]

    def pack(self, kind: str, values: Iterable[str]) -> None:
        """Makes numbers of the weights of these values."""
        held = self.of[kind]
        held.update({value: self._packed[held[value]] for value in values if isinstance(held.get(value), str)})


_of_messages = cache(_Messages)


Weights = dict[str, dict[str, int]]


class Weighed:
    """A text whose words were weighed, before or after the rules have read it."""

    def __init__(self, found: Sequence[Token], asked: str) -> None:
        self.found = found
        self._asked = asked
        self._sum = _sum(message_features(found, asked), _of_messages().signs)

    def by_words(self) -> Weights:
        """How much its words alone speak for each label, by "command", "safety" and "mood": about log-odds, in
        hundredths.
        """
        return _unpacked(self._sum)

    def with_verdicts(self, verdicts: Mapping[str, str]) -> Weights:
        """How much its words and the rules' verdicts speak for each label."""
        return _unpacked(_sum(verdict_features(self._asked, verdicts), self._sum))


def _sum(told: Mapping[str, Iterable[str]], total: int) -> int:
    model = _of_messages()
    for kind, values in told.items():
        held = model.of.get(kind, {}).get
        try:
            total = sum(filter(None, map(held, values)), total)
        except TypeError:  # one is met first
            model.pack(kind, values)
            total = sum(filter(None, map(held, values)), total)
    return total


def _unpacked(total: int) -> Weights:
    model = _of_messages()
    sums = model.fields.unpack((total ^ model.signs).to_bytes(model.fields.size, "little"))
    return {key: dict(zip(names, sums[fields], strict=True)) for key, fields, names in model.keys}


# Of its words


def read_spans(found: Sequence[Token], asked: str, ruled: Sequence[str]) -> dict[str, list[Span]]:
    """The stretches of the text that are likeliest its wins, its score and so on, by kind."""
    tags = tag(found, asked, ruled)
    spans: dict[str, list[Span]] = {kind: [] for kind in KINDS.values()}
    at = 0
    while at < len(tags):
        letter, end = tags[at][1:], at + 1
        while letter and end < len(tags) and tags[end] == f"I{letter}":
            end += 1
        if letter:
            spans[KINDS[letter]].append((found[at].start, found[end - 1].end))
        at = end
    return spans


class _Places(dict[str | None, int]):
    """Of each value of a series, what it speaks for at the words around it, as one number: it has a row of fields for
    each of the places there, so that one addition counts the value for all tags of all those words.
    """

    def __init__(self) -> None:
        super().__init__({None: 0})
        self._kinds: list[tuple[_Written, int]] = []  # the weights, and at which bit their row begins
        self._known: set[str | None] = set()

    def add(self, written: _Written, row: int) -> None:
        self._kinds.append((written, _BITS * row))
        self._known.update(written)

    def __missing__(self, value: str) -> int:
        if value not in self._known:
            return 0  # and is not kept, since there is no end of these
        held = ((written[value], bits) for written, bits in self._kinds if value in written)
        self[value] = sum(_tag_weights()[weights] << bits for weights, bits in held)
        return self[value]


_ROW = Struct(f"<{len(TAGS)}h")  # 16 bits a tag: what all features of a word together do not exceed
_BITS = 8 * _ROW.size
_MASK = (1 << _BITS) - 1
_SIGNS, _SIGNS_OF_ALL = _signs(16, len(TAGS)), _signs(16, len(TAGS) * 2 * FAR) << _BITS
_NUMBER = {tag: n for n, tag in enumerate(TAGS)}
_AFTER_ANY = [n for n, tag in enumerate(TAGS) if tag[0] != "I"]


@cache
def _tag_weights() -> _Packed:
    return _Packed(TAGS, 16)


class _Tagger(NamedTuple):
    """The weights of words, by series, and of tags behind one another.

    `behind[one][tag]` is how much speaks for a tag behind another. `rivals[one]` are the tags that may overtake a tag
    at the next word, and by how much at most, whatever tag that has of those that may stand behind any: itself by
    naught. `phrases` are the tags that begin a phrase and go on with it, and how much speaks for going on behind the
    one and the other.
    """

    places: dict[str, _Places]
    behind: list[list[int]]
    rivals: list[list[tuple[int, int]]]
    phrases: list[tuple[int, int, int, int]]


@cache
def _tagger() -> _Tagger:
    weights = _read("words")
    places: dict[str, _Places] = {}
    around, _ = word_series([], [])
    for kind, series, at in COLUMNS:
        places.setdefault(series, _Places()).add(weights.get(kind, {}), FAR - at if series in around else 0)
    for tag in TAGS[1:]:  # what the rules found
        places["r"][tag] += _TRUST << 16 * _NUMBER[tag]
    held = [dict(read_weights(weights["after"][tag])) for tag in TAGS]
    behind = [[each.get(tag, 0) for tag in TAGS] for each in held]
    lead = [[max(other[n] - one[n] for n in _AFTER_ANY) for other in behind] for one in behind]
    letters = [(_NUMBER[f"B{letter}"], _NUMBER[f"I{letter}"]) for letter in KINDS]
    phrases = [(begun, inside, behind[begun][inside], behind[inside][inside]) for begun, inside in letters]
    rivals = [[(n, most) for n, most in enumerate(leads) if most >= 0] for leads in lead]
    return _Tagger(places, behind, rivals, phrases)


def sums_of_words(found: Sequence[Token], asked: str, ruled: Sequence[str]) -> list[Sequence[int]]:
    """Of each word, how much speaks for each tag, in hundredths: the linear weights, and where these leave it open the
    network.
    """
    around, own = word_series(found, ruled)
    sums: list[Sequence[int]] = [*linear_sums(asked, around, own)]
    unsure = {at: row for at, row in enumerate(sums) if _lead(row) < _UNSURE}
    if unsure:
        told = weigh(own, [token.word for token in found], asked, unsure)
        for (at, row), further in zip(unsure.items(), told, strict=True):
            sums[at] = list(map(add, row, further))
    return sums


def _lead(row: Sequence[int]) -> int:
    """How much more speaks for the likeliest tag than for the next."""
    *_, second, first = sorted(row)
    return first - second


def linear_sums(asked: str, around: Mapping[str, Column], own: Mapping[str, Column]) -> Iterator[tuple[int, ...]]:
    """Of each word, how much its features speak for each tag, in hundredths. The series are `features.word_series`'."""
    places = _tagger().places
    same = places["bias"][""] + places["a"][asked]
    held = map(sum, zip(*_held(own, places), strict=True), repeat(same))
    summed = map(sum, zip(*_held(around, places), strict=True), repeat(_SIGNS << _BITS * 2 * FAR))
    # From place to place one row is done, the lowest, and a new one begins.
    rows = accumulate(chain(summed, repeat(0, FAR - EDGE)), _one_on, initial=_SIGNS_OF_ALL)
    done = islice(rows, FAR + EDGE + 1, None)
    for row, told in zip(done, held, strict=True):
        yield _ROW.unpack(((row & _MASK) + told ^ _SIGNS).to_bytes(_ROW.size, "little"))


def _one_on(rows: int, number: int) -> int:
    return (rows >> _BITS) + number


def _held(series: Mapping[str, Column], places: Mapping[str, _Places]) -> list[Iterator[int]]:
    return [map(places[name].__getitem__, values) for name, values in series.items()]


def tag(found: Sequence[Token], asked: str, ruled: Sequence[str]) -> list[str]:
    """The likeliest tags of the words, by Viterbi's algorithm."""
    if not found:
        return []
    tagger = _tagger()
    best: Sequence[int]
    best, *others = sums_of_words(found, asked, ruled)
    back: list[list[int]] = []
    for own in others:
        came, reached = _step(best, tagger)
        back.append(came)
        best = list(map(add, own, reached))
    path = [best.index(max(best))]
    for came in reversed(back):
        path.append(came[path[-1]])
    return [TAGS[number] for number in reversed(path)]


def _step(best: Sequence[int], tagger: _Tagger) -> tuple[list[int], list[int]]:
    """Of each tag, the likeliest before it, where `best` is how much speaks for each of those, and how much then speaks
    for it. Both count from the most that spoke for any.
    """
    most = max(best)
    top = best.index(most)
    came, reached = [top] * len(best), tagger.behind[top].copy()
    rivals = tagger.rivals[top]
    if len(rivals) > 1:
        near = [n for n, lead in rivals if best[n] + lead >= most]
        for to in _AFTER_ANY:
            sums = [best[n] + tagger.behind[n][to] for n in near]
            reached[to] = max(sums) - most
            came[to] = near[sums.index(max(sums))]
    for begun, inside, after_begun, after_inside in tagger.phrases:
        one, other = best[begun] + after_begun, best[inside] + after_inside
        came[inside], reached[inside] = (inside, other - most) if other > one else (begun, one - most)
    return came, reached
