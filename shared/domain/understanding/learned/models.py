"""What labelled texts teach beside the rules: linear models whose weights are data, trained by `make train`.

The rules say what a text means where they were written for it; the models have seen how a few thousand people
say things, and what the rules made of that. They weigh both: the words of a text, and the rules' own verdict, are
their features (`features.py`). One model names the command, one the safety and one the mood of a whole text; a second
one (a linear-chain conditional random field, Lafferty et al. 2001) tags which words are a win, engaged or drained.
"""

import os.path
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from struct import Struct
from typing import NamedTuple

from shared.domain.understanding.learned.features import KINDS, TAGS, Span, Token, message_features, word_features

FOLDER = os.path.join(os.path.dirname(__file__), "weights")
_TRUST = 100  # in what the rules found, beside its learned weight: the corpus holds few texts as plain as most are
_LEANING = 15  # towards finding something: what is found too much is said back, and can be undone


class _Weights:
    """The weights of a file: of each feature, the labels that it speaks for or against, and how much.

    Weights are hundredths, as whole numbers: their sums are exact, in whatever order they are summed up. Those of
    one feature are packed into one number with a field of 32 bits for each label, so that one addition counts a
    feature for all labels at once.
    """

    def __init__(self, name: str, labels: Sequence[str] = ()) -> None:
        with open(os.path.join(FOLDER, f"{name}.txt"), encoding="utf-8") as file:
            parts = [part.replace("\t", "\n").split("\n") for part in file.read().removesuffix("\n").split("\n\n")]
        self._of: dict[str, dict[str | None, str]] = {
            lines[0]: dict(zip(lines[1::2], lines[2::2], strict=True)) for lines in parts
        }
        self.labels = labels or self._of["bias"][""].split()[::2]  # each has a weight there
        self._packed = _Packed(self.labels)
        self._fields = Struct(f"<{len(self.labels)}i")
        self._signs = sum(1 << 32 * n + 31 for n in range(len(self.labels)))

    def of(self, kind: str) -> dict[str | None, str]:
        """The weights of the features of a kind, by their value, as they are written."""
        return self._of.get(kind, {})

    def sums(self, held: Iterable[str | None]) -> tuple[int, ...]:
        """For each label, the sum of what is held by features, in hundredths."""
        # Each field is kept above naught while it is added to, and then made what the machine calls a signed number.
        total = sum(map(self._packed.__getitem__, filter(None, held)), self._signs) ^ self._signs
        return self._fields.unpack(total.to_bytes(self._fields.size, "little"))


class _Packed(dict[str, int]):
    """Weights as they are written in a file, "BW 0.32 O -0.94", with their packed number.

    It is made when one is met first: most never are, and a first text is read sooner.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self._places = {label: 32 * n for n, label in enumerate(labels)}

    def __missing__(self, written: str) -> int:
        self[written] = sum(weight << self._places[label] for label, weight in read_weights(written))
        return self[written]


def read_weights(written: str) -> list[tuple[str, int]]:
    """
    >>> read_weights("BW 0.32 O -0.94")
    [('BW', 32), ('O', -94)]
    """
    parts = written.split()
    return [(label, int(weight.replace(".", ""))) for label, weight in zip(parts[::2], parts[1::2], strict=True)]


@cache
def _of_messages() -> _Weights:
    return _Weights("messages")


def weigh(found: Sequence[Token], asked: str, verdicts: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """How much speaks for each label, "command", "safety" and "mood" by name: about log-odds, in hundredths."""
    weights = _of_messages()
    features = message_features(found, asked, verdicts).items()
    sums = weights.sums(held for kind, values in features for held in map(weights.of(kind).get, values))
    return {key: dict(zip(names, sums[first:], strict=False)) for key, first, names in _keys()}


@cache
def _keys() -> list[tuple[str, int, list[str]]]:
    """What a text is weighed for, where its labels begin, and their names; the labels are in the order of the keys."""
    labels = [label.partition(".") for label in _of_messages().labels]
    keys = dict.fromkeys(key for key, _, _ in labels)
    return [
        (
            key,
            next(n for n, label in enumerate(labels) if label[0] == key),
            [name for own, _, name in labels if own == key],
        )
        for key in keys
    ]


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


class _Tagger(NamedTuple):
    """The weights of words, and of tags behind one another: `into[tag][before]` is how much speaks for that.

    `lead[one][other]` is by how much at most the tag `other` overtakes `one` at the next word, whatever tag that has
    of those that may stand behind any. `stays` is how much more speaks for going on with a phrase than for having
    just begun it, by the tags for both.
    """

    weights: _Weights
    into: list[list[int]]
    lead: list[list[int]]
    stays: list[tuple[int, int, int]]


_NUMBER = {tag: n for n, tag in enumerate(TAGS)}
_AFTER_ANY = [n for n, tag in enumerate(TAGS) if tag[0] != "I"]


@cache
def _tagger() -> _Tagger:
    weights = _Weights("words", TAGS)
    held = [dict(read_weights(weights.of("after")[tag])) for tag in TAGS]
    into = [[each.get(tag, 0) for each in held] for tag in TAGS]
    numbers = range(len(TAGS))
    lead = [[max(into[n][other] - into[n][one] for n in _AFTER_ANY) for other in numbers] for one in numbers]
    phrases = [(_NUMBER[f"B{letter}"], _NUMBER[f"I{letter}"]) for letter in KINDS]
    stays = [(begun, inside, into[inside][inside] - into[inside][begun]) for begun, inside in phrases]
    return _Tagger(weights, into, lead, stays)


def tag(found: Sequence[Token], asked: str, ruled: Sequence[str]) -> list[str]:
    """The likeliest tags of the words, by Viterbi's algorithm."""
    tagger = _tagger()
    columns = [map(tagger.weights.of(kind).get, values) for kind, values in word_features(found, asked, ruled)]
    best: list[int] = []
    back: list[list[int]] = []
    for rule, held in zip(ruled, zip(*columns, strict=False), strict=False):
        own = list(tagger.weights.sums(held))
        own[_NUMBER[rule]] += _TRUST if rule != "O" else -_LEANING
        if best:
            came = _before(best, tagger)
            back.append(came)
            own = [weight + best[n] + into[n] for weight, n, into in zip(own, came, tagger.into, strict=True)]
        best = own
    path = [best.index(max(best))] if best else []
    for came in reversed(back):
        path.append(came[path[-1]])
    return [TAGS[number] for number in reversed(path)]


def _before(best: list[int], tagger: _Tagger) -> list[int]:
    """Of each tag, the likeliest before it, where `best` is how much speaks for each of those."""
    most = max(best)
    top = best.index(most)
    near = [n for n, (weight, lead) in enumerate(zip(best, tagger.lead[top], strict=True)) if weight + lead >= most]
    came = [top] * len(best)
    if len(near) > 1:  # else the others lose, whatever follows
        for to in _AFTER_ANY:
            reached = [best[n] + tagger.into[to][n] for n in near]
            came[to] = near[reached.index(max(reached))]
    for begun, inside, stays in tagger.stays:
        came[inside] = inside if best[inside] + stays > best[begun] else begun
    return came
