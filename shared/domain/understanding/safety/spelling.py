"""Brings a text into the words and the spelling of `words/safety.txt`: slips, slang and joined words are set right."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding.words import load

_TOKENS = re.compile(r"[^\W_]+(?:['*!][^\W_]+)*|\n+|[.!?;]+|[,:()\"]| - ")
_TWICE = re.compile(r"([^\W\d_eo])\1+|([eo])\2{2,}")
COMMA, LINE, _SENTENCE = 1, 2, 3
_LONGEST = 14  # no word of the vocabulary is longer; a longer one is not looked at for slips


class Words(NamedTuple):
    """A text as words, with what each counts as, what mark stands before it, and where its sentence ends."""

    words: list[str]
    kinds: list[tuple[str, ...]]
    marks: list[int]
    quotes: set[int]
    starts: list[int]
    ends: list[int]


def once(word: str) -> str:
    """Doubled letters count once: "kil" is "kill" is "killl", "dieee" is "die"; but "soon" is no "son"."""
    return word if len(set(word)) == len(word) else _TWICE.sub(r"\1\2", word)


spelt = cache(once)  # for the words of the vocabulary


@cache
def listed(section: str) -> frozenset[str]:
    return frozenset(map(spelt, load("safety")[section]))


def _pairs(section: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for line in load("safety")[section]:
        left, _, right = line.partition("=")
        yield tuple(map(spelt, left.split())), tuple(map(spelt, right.split()))


@cache
def _spelling() -> dict[str, tuple[str, ...]]:
    return {written[0]: heard for written, heard in _pairs("spelling")}


@cache
def _joined() -> dict[str, dict[str, str]]:
    """The words that two are together, by the second of them and the first."""
    found: dict[str, dict[str, str]] = {}
    for (first, second), joined in _pairs("joined"):
        found.setdefault(second, {})[first] = joined[0]
    return found


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """What each word of a class counts as, beside itself."""
    classes: dict[str, tuple[str, ...]] = {}
    for section, words in load("safety").items():
        if section.startswith("class "):
            name = f"<{section[6:]}>"
            for word in map(spelt, words):
                classes[word] = (*classes.get(word, (word,)), name)
    return classes


def _without_one(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


@cache
def _slips() -> dict[str, str]:
    """Every word of [typos], whole and with one letter left out."""
    return {slip: word for word in listed("typos") for slip in (word, *_without_one(word))}


@cache
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """How the slips begin and end: of a word that is one letter away from them the one or the other is left."""
    return frozenset(slip[:2] for slip in _slips()), frozenset(slip[-3:] for slip in _slips())


@lru_cache(maxsize=4096)
def _heard(token: str) -> tuple[str, ...]:
    """What a written word is read as.

    >>> _heard("wanna"), _heard("didn't"), _heard("myslef"), _heard("killl")
    (('want', 'to'), ('did', 'not'), ('myself',), ('kil',))
    """
    word = once(token)
    spelling = _spelling()
    if known := spelling.get(word):
        return known
    if "'" in word:
        word = once(word.replace("'", ""))
        if known := spelling.get(word):
            return known
        if token.endswith("'s"):
            word = once(token[:-2].replace("'", ""))
    heads, tails = _edges()
    if 5 <= len(word) <= _LONGEST and (word[:2] in heads or word[-3:] in tails) and word.isalpha():
        slips = _slips()
        if word in listed("not typos"):
            return (word,)
        if slip := slips.get(word) or next(filter(None, map(slips.get, _without_one(word))), None):
            return (slip,) if abs(len(slip) - len(word)) <= 1 else (word,)
    return (word,)


def words_of(text: str) -> Words:
    words: list[str] = []
    marks: list[int] = []
    quotes: set[int] = set()
    fillers, joined = listed("fillers"), _joined()
    mark = _SENTENCE
    for token in _TOKENS.findall(text):
        if not token[0].isalnum():
            mark = max(mark, _strength(token))
            if token[0] in '":':
                quotes.add(len(words))
            continue
        for word in _heard(token):
            if word in fillers:
                continue
            if mark == 0 and words and word in joined and (both := joined[word].get(words[-1])):
                words[-1] = both
                if len(words) > 1 and marks[-1] == 0 and (all_three := joined.get(both, {}).get(words[-2])):
                    del words[-1], marks[-1]
                    words[-1] = all_three
                continue
            words.append(word)
            marks.append(mark)
            mark = 0
    classes = _classes()
    kinds = [
        (*classes.get(word, (word,)), "<number>") if word.isdigit() else classes.get(word, (word,)) for word in words
    ]
    return Words(words, kinds, marks, quotes, *_sentences(marks))


def _strength(mark: str) -> int:
    """How far marks part what stands around them; dots that only trail off part no sentences."""
    if mark[0] in ".!?;":
        return COMMA if mark.startswith("..") and set(mark) == {"."} else _SENTENCE
    if mark[0] == "\n":
        return LINE if len(mark) == 1 else _SENTENCE
    return COMMA


def _sentences(marks: list[int]) -> tuple[list[int], list[int]]:
    """Of each word, where its sentence begins and ends."""
    begins = [at for at, mark in enumerate(marks) if mark == _SENTENCE]
    starts: list[int] = []
    ends: list[int] = []
    for begin, end in pairwise([*begins, len(marks)]):
        starts += [begin] * (end - begin)
        ends += [end] * (end - begin)
    return starts, ends
