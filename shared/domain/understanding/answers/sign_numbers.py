"""Reads the numbers of signs in an answer: "1 3 and 5", "2-4", "the first and the last"."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.amounts import Token
from shared.domain.understanding.text.phrases import phrases

FILE = "open_questions"
NAMES = {"dread": 1, "dull": 2, "spark": 2, "stuck": 3, "growth": 3, "exhaustion": 4, "envy": 5}
CARDINALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "won": 1, "to": 2, "too": 2, "for": 4}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": 5, "middle": 3, "1st": 1}


class Mention(NamedTuple):
    """A sign that is spoken of, the tokens that do, and the list it was found in ("number" for a number)."""

    sign: int
    first: int
    last: int
    by: str


def numbered_signs(found: list[Token]) -> Iterator[Mention]:
    """Signs by number: "3", "#3", "three", "1-3", "2 to 4", "135", "the third", "the first two"."""
    at = 0
    while at < len(found):
        signs, end = run_at(found, at)
        for sign in signs:
            yield Mention(sign, at, end, "number")
        at = max(end, at + 1)


def run_at(found: list[Token], at: int) -> tuple[list[int], int]:
    word = word_at(found, at)
    if word == "middle" and word_at(found, at + 1) in ("three", "3"):
        return [2, 3, 4], at + 2
    if word in ORDINALS:
        count = CARDINALS.get(word_at(found, at + 1)) or sign_of(word_at(found, at + 1))
        if count and word in ("first", "last") and word_at(found, at + 1) not in ("to", "too", "for", "won"):
            return (list(range(1, count + 1)) if word == "first" else list(range(6 - count, 6))), at + 2
        if word_at(found, at + 1) in (
            "",
            "one",
            "and",
            ",",
            ".",
            "&",
            "sign",
            "ones",
            "or",
            "!",
            "mostly",
            "only",
            "too",
            "n",
        ):
            return [ORDINALS[word]], at + 1 + (word_at(found, at + 1) == "one")
        return [], at + 1
    if word == "top" and (count := CARDINALS.get(word_at(found, at + 1)) or sign_of(word_at(found, at + 1))):
        return list(range(1, count + 1)), at + 2
    first = sign_of(word) or (CARDINALS.get(word) if word not in ("to", "too", "for", "won") else None)
    if (
        first
        and word in ("one", "1")
        and word_at(found, at - 1) in ("this", "that", "last", "which", "no", "every", "a", "such")
    ):
        first = None
    if first and word == "one" and [t.word for t in found[max(0, at - 2) : at]] == ["the", "only"]:
        first = None
    if first and word == "one" and at and any(phrases(FILE, name).before(found, at) for name in NAMES):
        first = None
    if first:
        if word_at(found, at + 1) in ("st", "nd", "rd", "th"):
            return [first], at + 2
        through = word_at(found, at + 1) in ("-", "to", "thru", "through", "till", "until", "~", "til")
        last = sign_of(word_at(found, at + 2)) or CARDINALS.get(word_at(found, at + 2))
        if through and last and last > first and not _counts(found, at + 2):
            return list(range(first, last + 1)), at + 3
        return ([], at + 1) if _counts(found, at) else ([first], at + 1)
    # Digits in a row without anything between: "135", and "1.3.5" or "1,3", which are one number to others.
    parts = word.replace(".", "").replace(",", "").replace("'", "")
    rising = all(a < b for a, b in pairwise(parts))
    if parts.isascii() and parts.isdigit() and 1 < len(parts) <= 5 and set(parts) <= set("12345") and rising:
        return ([], at + 1) if _counts(found, at) else ([int(digit) for digit in parts], at + 1)
    return [], at + 1


def sign_of(word: str) -> int | None:
    return int(word) if len(word) == 1 and word in "12345" else None


def _counts(found: list[Token], at: int) -> bool:
    """Whether a number counts what follows, or is a part: "4 days a week", "2 kids", "3/5", "at 5"."""
    after, before = word_at(found, at + 1), word_at(found, at - 1)
    if after == "signs" or (after == ":" and word_at(found, at + 2) in ("the", "first", "second", "third")):
        return True
    if after == "out" and word_at(found, at + 2) == "of":
        return True
    if after == "of" and word_at(found, at + 2) in ("them", "these", "those", "the"):
        return True
    if (after in words.load(FILE)["sign talk"] and word_at(found, at + 2) != ":") or not after:
        part = before == "/" and word_at(found, at - 2).isdigit() and word_at(found, at) in ("5", "10")
        return part and word_at(found, at - 3) != "/"
    if after in ("%", ":", "'") and word_at(found, at + 2).isdigit():
        return True
    if after == "/" and word_at(found, at + 2) in ("10", "ten"):
        return True
    if after in words.load(FILE)["counted"]:
        return True
    if after in ("apply", "fit", "signs", "things") and word_at(found, at + 2) == ":":
        return True
    known = any(phrases(FILE, name).at(found, at + 1) for name in (*NAMES, "undone", "lacking", "no signs", "except"))
    return after[0].isalpha() and len(after) > 3 and after.endswith("s") and not after.endswith("ss") and not known


def word_at(found: list[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""
