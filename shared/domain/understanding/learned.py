"""What labelled texts teach beside the rules: linear models whose weights are data, trained by `make train`.

The rules say what a text means where they were written for it; the models have seen how a few thousand people
say things, and what the rules made of that. They weigh both: the words of a text, and the rules' own verdict, are
their features. One model names the command, one the safety and one the mood of a whole text; a second one (a
linear-chain conditional random field, Lafferty et al. 2001) tags which words are a win, engaged or drained.

`tools/train.py` computes the same features with the functions here, so that both sides always agree.
"""

import os.path
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

_FOLDER = os.path.join(os.path.dirname(__file__), "weights")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*|\n|[^\w\s]|\w+")
_LONGEST = 400  # tokens that are looked at
_SIZES = (1, 2, 3, 5, 8, 12, 20, 40)
_LINE = "<line>"  # how a line's end is written in a feature
_CLAUSE_ENDS = frozenset((*".!?;:,(", _LINE))
_NOT = frozenset("no not never didnt dont wasnt isnt cant couldnt wont nothing".split())
_AHEAD = frozenset("will tomorrow tmrw gonna going next want hope hoping plan planning need should might wanna".split())
KINDS = {"W": "wins", "E": "engaged", "D": "drained", "S": "score"}
TAGS = ("O", *(f"{begins}{letter}" for letter in KINDS for begins in "BI"))
Span = tuple[int, int]
_FAR_BELOW = -1_000_000
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
    for match in _TOKEN.finditer(text):
        raw = match[0]
        word = _LINE if raw == "\n" else raw.lower().replace("'", "") or raw
        found.append(Token(word, raw, match.start(), match.end()))
        if len(found) == _LONGEST:
            break
    return found


# Of a whole text


def message_features(found: Sequence[Token], asked: str, verdicts: dict[str, str]) -> Iterator[str]:
    """What a text is weighed by. `verdicts` are the rules': command, safety and mood, each "null" where none."""
    count = len(found)
    yield "bias"
    yield f"len {next((size for size in _SIZES if count <= size), 99)}"
    yield f"a {asked}"
    yield f"al {asked} {min(count // 4, 4)}"
    for key, verdict in verdicts.items():
        yield f"R {key} {verdict}"
    yield f"R {verdicts['command']} {asked}"
    words = ["<s>", *("0" * min(len(t.word), 3) if t.word[0].isdigit() else t.word for t in found), "</s>"]
    last = len(words) - 1
    for i, word in enumerate(words):
        yield f"1 {word}"
        yield f"a1 {asked} {word}"
        if i < last:
            yield f"2 {word} {words[i + 1]}"
        if i < last - 1:
            yield f"3 {word} {words[i + 1]} {words[i + 2]}"
            yield f"s {word} _ {words[i + 2]}"
        if 0 < i < 4:
            yield f"F {word}"
        if i > last - 3:
            yield f"Z {word}"
        if len(word) > 4:
            yield f"p {word[:4]}"
            yield f"e {word[-4:]}"


class _Weights(dict[str, tuple[tuple[Any, int], ...]]):
    """The weights of a file: of each feature, the labels that it speaks for or against, and how much.

    Weights are hundredths, as whole numbers: their sums are exact, in whatever order they are summed up.

    A line is taken apart when its feature is met first: most never are, and a first text is read sooner. Labels
    are given by their number among `labels`, where there are any.
    """

    def __init__(self, name: str, labels: Sequence[str] = ()) -> None:
        super().__init__()
        with open(os.path.join(_FOLDER, f"{name}.txt"), encoding="utf-8") as file:
            self._lines = dict(line.split("\t", 1) for line in file.read().splitlines())
        self._number = {label: n for n, label in enumerate(labels)}
        self.known = self._lines.keys()

    def __missing__(self, feature: str) -> tuple[tuple[Any, int], ...]:
        parts = self._lines[feature].split()
        labels = (self._number[label] for label in parts[::2]) if self._number else parts[::2]
        self[feature] = tuple(zip(labels, (int(weight.replace(".", "")) for weight in parts[1::2]), strict=True))
        return self[feature]


@cache
def _of_messages() -> _Weights:
    return _Weights("messages")


@cache
def _of_words() -> _Weights:
    return _Weights("words", TAGS)


def weigh(found: Sequence[Token], asked: str, verdicts: dict[str, str]) -> dict[str, float]:
    """How much speaks for each label, "command.pause", "safety.crisis", "mood.low" and so on: log-odds, about."""
    weights = _of_messages()
    total: dict[str, int] = {}
    for feature in {*message_features(found, asked, verdicts)} & weights.known:  # each counts once
        for label, weight in weights[feature]:
            total[label] = total.get(label, 0) + weight
    return {label: weight / 100 for label, weight in total.items()}


# Of its words


def word_features(found: Sequence[Token], asked: str, ruled: Sequence[str]) -> Iterator[list[str]]:
    """What each word is tagged by; `ruled` is the tag that the rules gave it."""
    words = ["<s>", "<s>", "<s>", *(token.word for token in found), "</s>", "</s>", "</s>"]
    left, right = [f"L {token.word}" for token in found], [f"R {token.word}" for token in found]
    clause, denied, ahead = 3, False, False
    for at, token in enumerate(found):
        i = at + 3
        word, before, behind = words[i], words[i - 1], words[i + 1]
        if before in _CLAUSE_ENDS:
            clause, denied, ahead = i, False, False
        features = [
            "bias",
            f"w {word}",
            f"w-1 {before}",
            f"w+1 {behind}",
            f"w-2 {words[i - 2]}",
            f"w+2 {words[i + 2]}",
            f"w-10 {before} {word}",
            f"w01 {word} {behind}",
            f"w-21 {words[i - 2]} {before}",
            f"w12 {behind} {words[i + 2]}",
            f"e {word[-3:]}",
            f"e-1 {before[-3:]}",
            f"e+1 {behind[-3:]}",
            f"sh {_shape(token.raw)}",
            f"a {asked}",
            f"c0 {words[clause]}",
            f"c01 {words[clause]} {words[clause + 1]}",
            f"p {min(i - clause, 4)}",
            f"r {ruled[at]}",
            f"r-1 {ruled[at - 1] if at else '^'} {ruled[at]}",
            f"r+1 {ruled[at]} {ruled[at + 1] if at + 1 < len(found) else '$'}",
        ]
        if denied:
            features.append("not")
        if ahead:
            features.append("ahead")
        features += left[max(0, at - 7) : max(0, at - 2)]
        features += right[at + 3 : at + 8]
        denied, ahead = denied or word in _NOT, ahead or word in _AHEAD
        yield features


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


def tag(found: Sequence[Token], asked: str, ruled: Sequence[str]) -> list[str]:
    """The likeliest tags of the words, by Viterbi's algorithm."""
    weights, before = _of_words(), _predecessors()
    known = weights.known
    best: list[int] = []
    back: list[list[int]] = []
    for features, rule in zip(word_features(found, asked, ruled), ruled, strict=True):
        own = [0] * len(TAGS)
        own[TAGS.index(rule)] = _TRUST if rule != "O" else -_LEANING
        for feature in features:
            if feature in known:
                for number, weight in weights[feature]:
                    own[number] += weight
        if not best:
            best = own
            continue
        came, reached = [], []
        for to, weight in enumerate(own):
            most, at = _FAR_BELOW, 0
            for number, follows in before[to]:
                if best[number] + follows > most:
                    most, at = best[number] + follows, number
            came.append(at)
            reached.append(weight + most)
        best = reached
        back.append(came)
    path = [max(range(len(TAGS)), key=best.__getitem__)] if best else []
    for came in reversed(back):
        path.append(came[path[-1]])
    return [TAGS[number] for number in reversed(path)]


@cache
def _predecessors() -> tuple[tuple[tuple[int, int], ...], ...]:
    """Of each tag, those that may stand before it, and how much speaks for that: within a phrase, only its own."""
    follows = [dict(_of_words()[f"after {tag}"]) for tag in TAGS]
    may = [[n for n, tag in enumerate(TAGS) if to[0] != "I" or tag[1:] == to[1:]] for to in TAGS]
    return tuple(tuple((n, follows[n].get(to, 0)) for n in may[to]) for to in range(len(TAGS)))
