"""What labelled texts teach beside the rules: linear models whose weights are data, trained by `make train`.

The rules say what a text means where they were written for it; the models have seen how a few thousand people
say things, and what the rules made of that. They weigh both: the words of a text, and the rules' own verdict, are
their features. One model names the command, one the safety and one the mood of a whole text; a second one (a
linear-chain conditional random field, Lafferty et al. 2001) tags which words are a win, engaged or drained.

`tools/train.py` computes the same features with the functions here, so that both sides always agree. A feature has
a kind and a value: of "7 good" these are "1 good" (it holds the word), "F good" (among its first), and so on.
"""

import os.path
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise
from struct import Struct
from typing import NamedTuple

_FOLDER = os.path.join(os.path.dirname(__file__), "weights")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*|\n|[^\w\s]|\w+")
_LONGEST = 400  # tokens that are looked at
_SIZES = (1, 2, 3, 5, 8, 12, 20, 40)
_LINE = "<line>"  # how a line's end is written in a feature
_CLAUSE_ENDS = frozenset((*".!?;:,(", _LINE))
_NOT = frozenset("no not never didnt dont wasnt isnt cant couldnt wont nothing".split())
_AHEAD = frozenset("will tomorrow tmrw gonna going next want hope hoping plan planning need should might wanna".split())
_NEAR, _FAR = 3, 7  # words from a word to the first and the last of those around it that count wherever they stand
KINDS = {"W": "wins", "E": "engaged", "D": "drained", "S": "score"}
TAGS = ("O", *(f"{begins}{letter}" for letter in KINDS for begins in "BI"))
Span = tuple[int, int]
Column = Sequence[str | None]
_TRUST = 150  # in what the rules found, beside its learned weight: the corpus holds few texts as plain as most are
_LEANING = 15  # towards finding something: what is found too much is said back, and can be undone


class Token(NamedTuple):
    """`word` is in lower case, without apostrophes; `raw` as it was written."""

    word: str
    raw: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words, numbers and marks of a normalised text, the first few hundred.

    >>> [token.word for token in tokens("Didn't! 7.5")]
    ['didnt', '!', '7.5']
    """
    found = []
    for match in islice(_TOKEN.finditer(text), _LONGEST):
        raw = match[0]
        word = _LINE if raw == "\n" else raw.lower().replace("'", "") or raw
        found.append((word, raw, *match.span()))
    return list(map(Token._make, found))


class _Weights:
    """The weights of a file: of each feature, the labels that it speaks for or against, and how much.

    Weights are hundredths, as whole numbers: their sums are exact, in whatever order they are summed up. Those of
    one feature are packed into one number with a field of 32 bits for each label, so that one addition counts a
    feature for all labels at once.
    """

    def __init__(self, name: str, labels: Sequence[str] = ()) -> None:
        with open(os.path.join(_FOLDER, f"{name}.txt"), encoding="utf-8") as file:
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


def named(kind: str, value: str) -> str:
    """A feature as one word, for those who train."""
    return f"{kind} {value}" if value else kind


# Of a whole text


def message_features(found: Sequence[Token], asked: str, verdicts: Mapping[str, str]) -> dict[str, set[str]]:
    """What a text is weighed by: the values of its features, by kind; each counts once.

    `verdicts` are the rules': command, safety and mood, each "null" where none.
    """
    count = len(found)
    words = ["<s>", *("0" * min(len(t.word), 3) if t.word[0].isdigit() else t.word for t in found), "</s>"]
    different = set(words)
    long = [word for word in different if len(word) > 4]
    return {
        "bias": {""},
        "len": {str(next((size for size in _SIZES if count <= size), 99))},
        "a": {asked},
        "al": {f"{asked} {min(count // 4, 4)}"},
        "R": {f"{key} {verdict}" for key, verdict in verdicts.items()} | {f"{verdicts['command']} {asked}"},
        "1": different,
        "a1": {f"{asked} {word}" for word in different},
        "2": {f"{one} {two}" for one, two in pairwise(words)},
        "3": {f"{one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False)},
        "s": {f"{one} _ {three}" for one, three in zip(words, words[2:], strict=False)},
        "F": set(words[1:4]),
        "Z": set(words[-3:]),
        "p": {word[:4] for word in long},
        "e": {word[-4:] for word in long},
    }


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


# Of its words


def word_features(found: Sequence[Token], asked: str, ruled: Sequence[str]) -> list[tuple[str, Column]]:
    """What words are tagged by: kinds of features, each with its value at every word, None where it has none there.

    `ruled` are the tags that the rules gave the words.
    """
    count = len(found)
    plain = [token.word for token in found]
    words = ["<s>", "<s>", "<s>", *plain, "</s>", "</s>", "</s>"]
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    ends = [word[-3:] for word in words]
    begins, denied, ahead = _clauses(words, count)
    turns = [f"{one} {two}" for one, two in pairwise(["^", *ruled, "$"])]
    around = [None] * _FAR + plain + [None] * _FAR
    return [
        ("bias", [""] * count),
        ("w", plain),
        ("w-1", words[2:]),
        ("w+1", words[4:]),
        ("w-2", words[1:]),
        ("w+2", words[5:]),
        ("w-10", pairs[2:]),
        ("w01", pairs[3:]),
        ("w-21", pairs[1:]),
        ("w12", pairs[4:]),
        ("e", ends[3:]),
        ("e-1", ends[2:]),
        ("e+1", ends[4:]),
        ("sh", [_shape(token.raw) for token in found]),
        ("a", [asked] * count),
        ("c0", [words[begin] for begin in begins]),
        ("c01", [pairs[begin] for begin in begins]),
        ("p", ["01234"[min(at + 3 - begin, 4)] for at, begin in enumerate(begins)]),
        ("r", ruled),
        ("r-1", turns),
        ("r+1", turns[1:]),
        ("not", denied),
        ("ahead", ahead),
        *(("L", around[at:]) for at in range(_FAR - _NEAR + 1)),
        *(("R", around[_FAR + at :]) for at in range(_NEAR, _FAR + 1)),
    ]


def _clauses(words: Sequence[str], count: int) -> tuple[list[int], Column, Column]:
    """Of each word, where its clause begins, and whether a no or a word of what is to come stands before it there."""
    begins: list[int] = []
    denied: list[str | None] = []
    ahead: list[str | None] = []
    begin, no, later = 3, None, None
    for at in range(3, count + 3):
        if words[at - 1] in _CLAUSE_ENDS:
            begin, no, later = at, None, None
        begins.append(begin)
        denied.append(no)
        ahead.append(later)
        if words[at] in _NOT:
            no = ""
        if words[at] in _AHEAD:
            later = ""
    return begins, denied, ahead


def _shape(raw: str) -> str:
    if raw[0].isdigit():
        return "0"
    if not raw[0].isalpha():
        return "p"
    return "x" if raw[0].islower() else "XX" if raw.isupper() and len(raw) > 1 else "Xx"


def tags_of(found: Sequence[Token], spans: Mapping[str, Sequence[Span]]) -> list[str]:
    """The tags of the words in these stretches of the text, by kind.

    >>> tags_of(tokens("sent my cv, 7"), {"wins": [(0, 10)], "score": [(12, 13)]})
    ['BW', 'IW', 'IW', 'O', 'BS']
    """
    tags = ["O"] * len(found)
    for letter, kind in KINDS.items():
        for start, end in spans.get(kind, ()):
            inside = [at for at, token in enumerate(found) if start <= token.start and token.end <= end]
            if inside and all(tags[at] == "O" for at in inside):
                tags[inside[0]] = f"B{letter}"
                for at in inside[1:]:
                    tags[at] = f"I{letter}"
    return tags


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
