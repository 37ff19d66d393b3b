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
    """The signs that a number, or a run of them, names, and the token behind it: "1-3", "the first two", "135"."""
    word, behind = word_at(found, at), word_at(found, at + 1)
    if word == "middle" and behind in ("three", "3"):
        return [2, 3, 4], at + 2
    if word in ORDINALS:
        return _ordinal(found, at)
    if word == "top" and (count := CARDINALS.get(behind) or sign_of(behind)):
        return list(range(1, count + 1)), at + 2
    first = sign_of(word) or (CARDINALS.get(word) if word not in _ALIKE else None)
    if first and not _is_pronoun(found, at):
        return _number_or_range(found, at, first)
    # Digits in a row without anything between: "135", and "1.3.5" or "1,3", which are one number to others.
    parts = word.replace(".", "").replace(",", "").replace("'", "")
    rising = all(a < b for a, b in pairwise(parts))
    if parts.isascii() and parts.isdigit() and 1 < len(parts) <= 5 and set(parts) <= set("12345") and rising:
        return ([], at + 1) if _counts(found, at) else ([int(digit) for digit in parts], at + 1)
    return [], at + 1


_ALIKE = ("to", "too", "for", "won")  # they sound like numbers
_BEHIND_ORDINALS = ("", "one", "and", ",", ".", "&", "sign", "ones", "or", "!", "mostly", "only", "too", "n")
_BEFORE_PRONOUNS = ("this", "that", "last", "which", "no", "every", "a", "such")


def _ordinal(found: list[Token], at: int) -> tuple[list[int], int]:
    """ "The third one", "the first two", "the last 3"."""
    word, behind = found[at].word, word_at(found, at + 1)
    count = CARDINALS.get(behind) or sign_of(behind)
    if count and word in ("first", "last") and behind not in _ALIKE:
        return (list(range(1, count + 1)) if word == "first" else list(range(6 - count, 6))), at + 2
    if behind in _BEHIND_ORDINALS:
        return [ORDINALS[word]], at + 1 + (behind == "one")
    return [], at + 1


def _is_pronoun(found: list[Token], at: int) -> bool:
    """Whether "one" is no number: "this one", "the only one", "dread is one"."""
    word = found[at].word
    if word in ("one", "1") and word_at(found, at - 1) in _BEFORE_PRONOUNS:
        return True
    if word != "one" or not at:
        return False
    only = [token.word for token in found[max(0, at - 2) : at]] == ["the", "only"]
    return only or any(phrases(FILE, name).before(found, at) for name in NAMES)


def _number_or_range(found: list[Token], at: int, first: int) -> tuple[list[int], int]:
    behind, last_word = word_at(found, at + 1), word_at(found, at + 2)
    if behind in ("st", "nd", "rd", "th"):
        return [first], at + 2
    through = behind in ("-", "to", "thru", "through", "till", "until", "~", "til")
    last = sign_of(last_word) or CARDINALS.get(last_word)
    if through and last and last > first and not _counts(found, at + 2):
        return list(range(first, last + 1)), at + 3
    return ([], at + 1) if _counts(found, at) else ([first], at + 1)


def sign_of(word: str) -> int | None:
    return int(word) if len(word) == 1 and word in "12345" else None


def _counts(found: list[Token], at: int) -> bool:
    """Whether a number counts what follows, or is a part: "4 days a week", "2 kids", "3/5", "at 5"."""
    after, before = word_at(found, at + 1), word_at(found, at - 1)
    if after == "x" and not word_at(found, at + 2):
        return False  # a kiss
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
