"""What texts and their words are weighed by: `make train` finds weights for it, which `models.py` adds up.

A feature has a kind and a value: of "7 good" these are "1 good" (it holds the word), "F good" (among its first), and
so on. `tools/train.py` computes the same features with the functions here, so that both sides always agree.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding.text.cut import pieces

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*|\n|[^\w\s]|\w+")
_LONGEST = 400  # tokens that are looked at
SIZES = (1, 2, 3, 5, 8, 12, 20, 40, 99)  # of texts, in words and marks: each is of the first that it does not exceed
_LINE = "<line>"  # how a line's end is written in a feature
_CLAUSE_ENDS = frozenset((*".!?;:,(", _LINE))
_NOT = frozenset("no not never didnt dont wasnt isnt cant couldnt wont nothing".split())
_AHEAD = frozenset("will tomorrow tmrw gonna going next want hope hoping plan planning need should might wanna".split())
_NEAR, FAR = 3, 7  # words from a word to the first and the last of those around it that count wherever they stand
KINDS = {"W": "wins", "E": "engaged", "D": "drained", "S": "score"}
TAGS = ("O", *(f"{begins}{letter}" for letter in KINDS for begins in "BI"))
Span = tuple[int, int]
Column = Sequence[str | None]


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
    found: list[tuple[str, str, int, int]] = []
    for word, start, end in pieces(text):
        if word:
            found.append((word, text[start:end], start, end))
            continue
        for match in _TOKEN.finditer(text, start, end):
            raw = match[0]
            found.append((_LINE if raw == "\n" else raw.lower().replace("'", "") or raw, raw, *match.span()))
    return list(map(_token, found[:_LONGEST]))


_token = partial(tuple.__new__, Token)


def named(kind: str, value: str) -> str:
    """A feature as one word, for those who train."""
    return f"{kind} {value}" if value else kind


def size_of(count: int) -> int:
    """Which of the sizes a text of so many words and marks is of."""
    return next((size for size in SIZES if count <= size), SIZES[-1])


# Of a whole text


def message_features(found: Sequence[Token], asked: str) -> dict[str, set[str]]:
    """What a text is weighed by: the values of its features, by kind; each counts once."""
    count = len(found)
    words = ["<s>", *("0" * min(len(t.word), 3) if t.word[0].isdigit() else t.word for t in found), "</s>"]
    different = set(words)
    long = [word for word in different if len(word) > 4]
    return {
        "bias": {""},
        "len": {str(size_of(count))},
        "a": {asked},
        "al": {f"{asked} {min(count // 4, 4)}"},
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


def verdict_features(asked: str, verdicts: Mapping[str, str]) -> dict[str, set[str]]:
    """What else it is weighed by: the rules' verdicts, command, safety and mood, each "null" where none."""
    return {"R": {f"{key} {verdict}" for key, verdict in verdicts.items()} | {f"{verdicts['command']} {asked}"}}


# Of its words

# What a word is tagged by: kinds of features, each with the series that its values are in, and how many places from the
# word its value there stands. `tools/train.py` goes by the order.
COLUMNS = (
    ("bias", "bias", 0), ("w", "words", 0), ("w-1", "words", -1), ("w+1", "words", 1), ("w-2", "words", -2),
    ("w+2", "words", 2), ("w-10", "pairs", -1), ("w01", "pairs", 0), ("w-21", "pairs", -2), ("w12", "pairs", 1),
    ("e", "ends", 0), ("e-1", "ends", -1), ("e+1", "ends", 1), ("sh", "sh", 0), ("a", "a", 0), ("c0", "c0", 0),
    ("c01", "c01", 0), ("p", "p", 0), ("r", "r", 0), ("r-1", "turns", -1), ("r+1", "turns", 0), ("not", "not", 0),
    ("ahead", "ahead", 0),
    *(("L", "words", -at) for at in range(FAR, _NEAR - 1, -1)), *(("R", "words", at) for at in range(_NEAR, FAR + 1)),
)  # fmt: skip
EDGE = 2  # places beyond the first and the last word that series go on, which say where the text begins and ends


def word_features(found: Sequence[Token], asked: str, ruled: Sequence[str]) -> list[tuple[str, Column]]:
    """What words are tagged by: kinds of features, each with its value at every word, None where it has none there.

    `ruled` are the tags that the rules gave the words.
    """
    around, own = word_series(found, ruled)
    own |= {"bias": [""] * len(found), "a": [asked] * len(found)}
    far = {name: [*[None] * FAR, *series, *[None] * FAR] for name, series in around.items()}
    plain = [*[None] * (FAR + EDGE), *(token.word for token in found), *[None] * (FAR + EDGE)]
    far |= {"L": plain, "R": plain}  # the edges are no words that stand around another
    return [
        (kind, own[name] if name in own else far.get(kind, far[name])[FAR + EDGE + at :]) for kind, name, at in COLUMNS
    ]


def word_series(found: Sequence[Token], ruled: Sequence[str]) -> tuple[dict[str, Column], dict[str, Column]]:
    """What stands in a text, in two kinds of series: those of what also tells of the words around it, which go `EDGE`
    places beyond the first and the last word; and those of what tells of each word alone.
    """
    words = ["<s>", "<s>", *(token.word for token in found), "</s>", "</s>", "</s>"]
    pairs = list(map(" ".join, pairwise(words)))
    begins, denied, ahead = _clauses(words, len(found))
    around: dict[str, Column] = {
        "words": words[:-1],
        "pairs": pairs,
        "ends": [word[-3:] for word in words[:-1]],
        "turns": [None, *map(" ".join, pairwise(["^", *ruled, "$"])), None, None],
    }
    own: dict[str, Column] = {
        "sh": [_shape(token.raw) for token in found],
        "c0": [words[begin] for begin in begins],
        "c01": [pairs[begin] for begin in begins],
        "p": ["01234"[min(at - begin, 4)] for at, begin in enumerate(begins, EDGE)],
        "r": ruled,
        "not": denied,
        "ahead": ahead,
    }
    return around, own


def _clauses(words: Sequence[str], count: int) -> tuple[list[int], Column, Column]:
    """Of each word, where its clause begins, and whether a no or a word of what is to come stands before it there."""
    begins: list[int] = []
    denied: list[str | None] = []
    ahead: list[str | None] = []
    begin, no, later = EDGE, None, None
    for at in range(EDGE, count + EDGE):
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


SHAPES = ("0", "p", "x", "XX", "Xx")  # of words: a number, a mark, small, all in capitals, with a capital


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
