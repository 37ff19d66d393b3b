"""Knows whether a number counts, names or dates something, and so is no score: "3 meetings", "ward 4", "$7", "9pm"."""

import re

from shared.domain.understanding.report.numbers import (
    SLASH,
    Number,
    Token,
    is_glued,
    listed,
    number_words,
    word_at,
)

BOUNDARIES = frozenset('.!?;\n,:()[]*~|>&="')
_MONEY = "$£€₹°"
_NO_THINGS = frozenset("my the a lucky choose pick take wait oh sorry".split())  # before "number 3" or "no 3"
_HOUR = re.compile(r"1?\d\.(?:00|15|30|45)")
_MANY = frozenset("people staff men women children kids folk folks guys mins".split())


def counts(found: list[Token], at: int, number: Number) -> bool:
    """Whether the number counts, names or dates something: "3 meetings", "ward 4", "$7", "at 9", "9pm".

    >>> from shared.domain.understanding.report.numbers import numbers_of, tokens
    >>> [counts(tokens(text), *next(numbers_of(tokens(text)))) for text in ("3 meetings", "a 7 today", "7 out of 12")]
    [True, False, True]
    """
    before, after = word_at(found, at - 1), word_at(found, number.end)
    if (before == "half" and number.form in ("plain", "word")) or (at and _HOUR.fullmatch(word_at(found, at))):
        return True  # "half seven", "at 10.30"
    if is_glued(found, at) and _touched(found, at - 1):
        return True
    if is_glued(found, number.end) and _continued(found, number.end):
        return True
    if (before and before in _MONEY) or (after and after in _MONEY) or before in ("<", ">"):
        return True
    if after == "out" and word_at(found, number.end + 1) == "of" and word_at(found, number.end + 2)[:1].isdecimal():
        return True  # "7 out of 12": on no scale
    if number.form == "stars":
        average = number.value != int(number.value)  # "4.9 stars": nobody gives tenths of a star
        return average or after in listed("reviews") or before in listed("reviews")
    if number.form == "percent":
        return before in listed("things") or (after not in listed("followers") and after[:1].isalpha())
    if number.form == "of":
        several = (is_plural(after) and after not in listed("verbs")) or after in ("people", "staff")
        counted = several and after not in listed("stars")
        return before in listed("due") or (
            counted and after not in listed("followers") and after not in listed("subjects")
        )
    ends = number.end >= len(found) or after in (".", "!")
    if before in ("day", "days", "grade"):
        # "day 3", "on day 3", but not "good day 8", nor "day 6" as a sentence behind another, nor "rest of the day 6".
        lead = [word_at(found, n) for n in range(at - 4, at - 1)]
        if lead[1:] == ["rest", "of"] or lead == ["rest", "of", "the"]:
            return False
        counted = parts_clauses(word_at(found, at - 2)) or word_at(found, at - 2) in (
            "on",
            "is",
            "its",
            "the",
            "this",
            "of",
            "",
        )
        return counted and not (ends and at > 1 and parts_clauses(word_at(found, at - 2)))
    if before in listed("numbered"):
        return True
    if before in ("no", "number", "nr") and _numbers_a_thing(found, at):
        return True
    if (
        before == "."
        and not {word_at(found, at - 3)} & listed("me")
        and word_at(found, at - 2) in ("no", "ch", "p", "pg", "fig", "vol", "art", "sec", "q")
    ):
        return True
    return _counted(found, number.end, at)


def _touched(found: list[Token], at: int) -> bool:
    """Whether what touches a number before it makes it another thing: "v9", "#4", "1:1", "10-6", "3x7"."""
    sign = found[at].word
    if sign in "$£€₹#@/\\_+^<" or sign in SLASH or sign[-1:].isalpha():
        return True
    if sign == "-":
        return is_glued(found, at)
    return sign in ".:" and word_at(found, at - 1)[-1:].isdecimal()


def _continued(found: list[Token], at: int) -> bool:
    """Whether what touches a number behind it makes it another thing: "9pm", "7:30", "3/5", "10-hour"."""
    sign, behind = found[at].word, word_at(found, at + 1) if is_glued(found, at + 1) else ""
    if sign[:1].isalpha():
        return sign not in listed("suffixes")
    if not behind:
        return sign in _MONEY
    if sign in "_@\\" or sign in SLASH or (sign in "/:'" and behind[:1].isdecimal()):
        return True
    if sign == "-":
        scored = behind in listed("suffixes") or behind in listed("followers")
        return behind[:1].isdecimal() or behind == "day" or not scored  # "4-day week"
    return sign in _MONEY


def _numbers_a_thing(found: list[Token], at: int) -> bool:
    """ "machine number 2", but not "number 3" or "my number is"."""
    before = word_at(found, at - 2)
    return (
        bool(before)
        and before not in BOUNDARIES
        and before not in listed("hedges")
        and before not in listed("copulas")
        and before not in listed("cues")
        and before not in _NO_THINGS
        and not before.isdecimal()
    )


def _counted(found: list[Token], behind: int, at: int) -> bool:
    """Whether what follows is what is counted: "3 meetings", "5 minute walk", "two of us", "2 to go"."""
    if word_at(found, behind) == "-":
        return False
    three = " ".join(word_at(found, n) for n in range(behind, behind + 3))
    if three.startswith(("to go", "in a row", "for 1", "for one", "by 4", "on 1 ")):
        return True
    two = (word_at(found, behind), word_at(found, behind + 1))
    if two[1] == "me" and two[0] in ("msg", "text", "message", "email", "call", "ping"):
        return False  # "6 msg me later"
    if two == ("would", "be") or (two[0] in ("works", "suits")) or (two[0] == "is" and two[1] in listed("timed")):
        return True  # "7 would be better": an hour
    if two[0] == "day" and (not two[1] or two[1] in BOUNDARIES or two[1] in listed("followers")):
        return False  # "a 5 day"
    if two[0] == "eleven":
        return True  # the shop
    told = word_at(found, at - 1) in ("is", "its", "was") or word_at(found, at - 2) in ("is", "its", "was")
    if (
        told
        and word_at(found, at - 1) not in listed("articles")
        and word_at(found, behind) in ("already", "when", "before")
    ):
        return True
    for place in (behind, behind + 1, behind + 2):
        word = word_at(found, place)
        if not word or word in BOUNDARIES or word[:1].isdecimal() or word_at(found, place + 1) == ":":
            return False
        if place > behind and word in number_words():
            return False  # "7 trained two new guys"
        counts = word in listed("counted") or (len(word) > 2 and word.removesuffix("s") in listed("counted"))
        if place > behind and len(word) > 3 and not word.endswith("s") and word not in _MANY:
            counts = False  # "5 bank shift": one is not counted, several are
        if place > behind and word in listed("followers"):
            return False
        if counts:
            return True
        if place == behind and word in listed("followers"):
            return False
        if is_plural(word) and word not in listed("verbs"):
            # "3 tiny wins" counts, "7 tired eyes" may not: only where something stands before that counts.
            return place == behind or (word_at(found, at - 1) not in BOUNDARIES and at > 0)
    return False


def is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous")) and word.isalpha()


def parts_clauses(word: str) -> bool:
    """Whether a sign parts clauses: punctuation or an emoji."""
    return word in BOUNDARIES or not (word[:1].isalnum() or word in "-'%/&_")
