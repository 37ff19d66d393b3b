"""Reads which day a report says that it is for: "yesterday 3", "4 for Tue", "Monday was a 6". Pure."""

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from shared.domain.understanding.times.vocabulary import numbered

_SPANISH = {"lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6}
_YESTERDAY = frozenset(("yesterday", "yday", "yest", "ayer"))
_SCORE = (
    r"(?:a |an |un |about |like |more |of |really |actually |only |rather )*(?P<mood>10|[0-9](?:[.,]\d)?)(?:\s?/\s?10)?"
)
_BEFORE_YESTERDAY = (
    *("day before yesterday", "the day before yesterday", "2 days ago", "two days ago", "a couple of days ago"),
    *("anteayer", "antier", "antes de ayer", "hace 2 dias", "hace dos dias"),
)
_LEAD = r"(?:(?:actually|sorry|oops|whoops|so|ok|and|well|oh|en realidad|perdon|la verdad)\W+)*(?:i meant )?"
# What may stand behind a score, so that "yesterday 3 people left" gives none.
_END = r"(?=\W*$|\s*[,.;:!?(\n-]|\s+(?:but|and|n|so|cos|cause|because|win|for|as|tho|though|lol|not|pero|y|porque)\b)"
_ACCENTS = str.maketrans("áéíóú", "aeiou")
_TODAY = re.compile(r"\b(?:today|tonight|hoy)\b")


class Named(NamedTuple):
    """A day that a member named, and the score they gave it: 1 to 10, to the nearest half."""

    day: date
    mood: float


def read(text: str, today: date) -> Named | None:
    """The past day, up to a week back, that a score at the beginning of a text is said to be for.

    >>> tuesday = date(2026, 3, 3)
    >>> read("yesterday 3", tuesday)
    Named(day=datetime.date(2026, 3, 2), mood=3.0)
    >>> read("4 for Sunday, win: slept", tuesday).day, read("better than yesterday, 6", tuesday)
    (datetime.date(2026, 3, 1), None)
    >>> read("ayer fue un 8", tuesday).day, read("actually 2 days ago was a 9", tuesday).day
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 1))
    """
    said = text.lower().translate(_ACCENTS)
    before, behind = _patterns()
    found = before.match(said) or behind.match(said)
    if found is None or _TODAY.search(said):  # "yesterday was a 3 but today is a 6" is for today
        return None
    mood = min(max(round(float(found["mood"].replace(",", ".")) * 2) / 2, 1.0), 10.0)
    if found["day"] in _YESTERDAY:
        return Named(today - timedelta(days=1), mood)
    if found["day"] in _BEFORE_YESTERDAY:
        return Named(today - timedelta(days=2), mood)
    return Named(today - timedelta(days=(today.weekday() - _weekdays()[found["day"]]) % 7), mood)


@cache
def _weekdays() -> dict[str, int]:
    return {**numbered("weekdays"), **_SPANISH}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A day that stands right before its score, and one that stands right behind it."""
    day = rf"(?P<day>{'|'.join(sorted((*_weekdays(), *_YESTERDAY, *_BEFORE_YESTERDAY), key=len, reverse=True))})(?:'s)?"
    before = (
        rf"\W*{_LEAD}(?:for |on |last |so |el )?{day}(?: night| evening)?\s*"
        rf"(?:[:,=-]|was|were|fue|me fue \w+,?|felt like)?\s*{_SCORE}{_END}"
    )
    behind = rf"\W*{_LEAD}{_SCORE}\s*[,(-]*\s*(?:was |it was |for |on |from |para |el |last )+(?:last )?{day}\b"
    return re.compile(before), re.compile(behind)
