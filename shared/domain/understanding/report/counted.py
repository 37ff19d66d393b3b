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
_HOUR = re.compile(r"1?\d\.(?:00|15|30|45)")


def counts(found: list[Token], at: int, number: Number) -> bool:
    """Whether the number counts, names or dates something: "3 meetings", "ward 4", "$7", "at 9", "9pm".

    >>> from shared.domain.understanding.report.numbers import numbers_of, tokens
    >>> [counts(tokens(text), *next(numbers_of(tokens(text)))) for text in ("3 meetings", "a 7 today", "7 out of 12")]
    [True, False, True]
    """
    if _is_of_another(found, at, number):
        return True
    if number.form in ("stars", "percent", "of"):
        return _scaled_counts(found, at, number)
    before = word_at(found, at - 1)
    if before in ("day", "days", "grade"):
        return _is_a_days(found, at, number.end)
    named = before in listed("numbered") and not (number.end == len(found) and _is_determined(found, at - 1))
    return named or _is_numbered(found, at) or _counted(found, number.end, at)


def _is_determined(found: list[Token], at: int) -> bool:
    """Whether a thing is no more than that: "want to strangle the printer 5" is a score, "stuck at desk 3" is none."""
    return word_at(found, at - 1) in ("the", "that", "this")


def _is_of_another(found: list[Token], at: int, number: Number) -> bool:
    """Whether a number is part of a time, a price, a range or a scale of its own: "half seven", "$7", "7 out of 12"."""
    before, after = word_at(found, at - 1), word_at(found, number.end)
    if (before == "half" and number.form in ("plain", "word")) or (at and _HOUR.fullmatch(word_at(found, at))):
        return True  # "half seven", "at 10.30"
    if is_glued(found, at) and _touched(found, at - 1):
        return True
    if is_glued(found, number.end) and _continued(found, number.end):
        return True
    if (before and before in _MONEY) or (after and after in _MONEY) or before in ("<", ">"):
        return True
    return after == "out" and word_at(found, number.end + 1) == "of" and word_at(found, number.end + 2)[:1].isdecimal()


def _scaled_counts(found: list[Token], at: int, number: Number) -> bool:
    """Whether stars, a percentage or so many of so many tell of something else: "4.9 stars", "5 of 8 people"."""
    before, after = word_at(found, at - 1), word_at(found, number.end)
    if number.form == "stars":
        average = number.value != int(number.value)  # nobody gives tenths of a star
        return average or after in listed("reviews") or before in listed("reviews")
    follows = after in listed("followers")
    if number.form == "percent":
        return before in listed("things") or (not follows and after[:1].isalpha())
    several = (is_plural(after) and after not in listed("verbs")) or after in ("people", "staff")
    counted = several and not follows and after not in listed("stars") and after not in listed("subjects")
    return counted or before in listed("due")


def _is_a_days(found: list[Token], at: int, end: int) -> bool:
    """Whether a number is a day's or a grade's: "on day 3", but not "good day 8", nor "rest of the day 6"."""
    lead = [word_at(found, n) for n in range(at - 4, at - 1)]
    if lead[1:] == ["rest", "of"] or lead == ["rest", "of", "the"] or not listed("given").isdisjoint(lead):
        return False  # "I give the day 6"
    parted = parts_clauses(lead[-1])
    if parted and at > 1 and (end >= len(found) or word_at(found, end) in (".", "!")):
        return False  # as a sentence behind another
    return parted or lead[-1] in ("on", "is", "its", "the", "this", "of", "")


def _is_numbered(found: list[Token], at: int) -> bool:
    """Whether an abbreviation makes a number a thing's: "machine no 2", "ch. 3"."""
    before, further = word_at(found, at - 1), word_at(found, at - 2)
    if before in ("no", "number", "nr"):
        return _numbers_a_thing(found, at)
    corrects = further == "no" and word_at(found, at - 3) in listed("hedges")  # "ugh no. 5"
    known = before == "." and further in listed("abbreviations") and not corrects
    return known and not (word_at(found, at - 3).isdecimal() or word_at(found, at - 3) in listed("me"))  # "312 sec. 7"


def _touched(found: list[Token], at: int) -> bool:
    """Whether what touches a number before it makes it another thing: "v9", "#4", "1:1", "10-6", "3x7"."""
    sign = found[at].word
    if sign in "$£€₹#@/\\_+^<" or sign in SLASH or (sign[-1:].isalpha() and sign not in listed("prefixes")):
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
        if not behind[:1].isalnum():
            return False
        scored = behind in listed("suffixes") or behind in listed("followers")
        return behind[:1].isdecimal() or behind == "day" or not scored  # "4-day week"
    return sign in _MONEY


def _numbers_a_thing(found: list[Token], at: int) -> bool:
    """ "machine number 2", but not "number 3" or "my number is"."""
    before = word_at(found, at - 2)
    if not before or before in BOUNDARIES or before.isdecimal():
        return False
    return not any(before in listed(section) for section in ("hedges", "copulas", "cues", "before a number"))


def _counted(found: list[Token], behind: int, at: int) -> bool:
    """Whether what follows is what is counted: "3 meetings", "5 minute walk", "two of us", "2 to go"."""
    following, next_one = word_at(found, behind), word_at(found, behind + 1)
    if following == "-" or (following, next_one) in (("of", "today"), ("of", "tonight"), ("of", "mood")):
        return False
    three = " ".join(word_at(found, n) for n in range(behind, behind + 3))
    if three.startswith(("to go", "in a row", "for 1", "for one", "by 4", "on 1 ")):
        return True
    if next_one == "me" and following in ("msg", "text", "message", "email", "call", "ping"):
        return False  # "6 msg me later"
    if _is_an_hour(following, next_one):
        return True
    kissed = following == "x" and not is_glued(found, behind)
    if (following == "day" or kissed) and (not next_one[:1].isalnum() or next_one in listed("followers")):
        return False  # "a 5 day", "8 x"
    if following == "eleven":
        return True  # the shop
    told = word_at(found, at - 1) in ("is", "its", "was") or word_at(found, at - 2) in ("is", "its", "was")
    if told and following in ("already", "when", "before") and word_at(found, at - 1) not in listed("articles"):
        return True
    return _stands_before_many(found, behind, at)


def _is_an_hour(following: str, next_one: str) -> bool:
    """ "7 would be better", "8 works for me"."""
    if (following, next_one) == ("would", "be") or following in ("works", "suits"):
        return True
    return following == "is" and next_one in listed("timed")


def _stands_before_many(found: list[Token], behind: int, at: int) -> bool:
    """Whether one of the next three words is what is counted."""
    for place in range(behind, behind + 3):
        word = word_at(found, place)
        if not word or parts_clauses(word) or word == "/" or word[:1].isdecimal() or word_at(found, place + 1) == ":":
            return False
        if place > behind and (word in number_words() or word in listed("followers")):
            return False  # "7 trained two new guys"
        if word_at(found, at) == "1" and word in listed("counted once"):
            return True  # "1 fire drill"
        if _is_countable(word) and (place == behind or len(word) < 4 or word.endswith("s") or word in listed("many")):
            return True  # "5 bank shift": further on one is not counted, several are
        if word in listed("followers"):
            return False
        if is_plural(word) and word not in listed("verbs"):
            # "3 tiny wins" counts, "7 tired eyes" may not: only where something stands before that counts.
            return place == behind or (word_at(found, at - 1) not in BOUNDARIES and at > 0)
    return False


def _is_countable(word: str) -> bool:
    return word in listed("counted") or (len(word) > 2 and word.removesuffix("s") in listed("counted"))


def is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous")) and word.isalpha()


def parts_clauses(word: str) -> bool:
    """Whether a sign parts clauses: punctuation or an emoji."""
    return word in BOUNDARIES or not (word[:1].isalnum() or word in "-'%/&_")
