"""Reads which day a report says that it is for: "yesterday 3", "4 for Tue", "Monday was a 6". Pure."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_NAMES = {
    "mon": 0,
    "monday": 0,
    "lunes": 0,
    "tue": 1,
    "tues": 1,
    "tuesday": 1,
    "martes": 1,
    "wed": 2,
    "weds": 2,
    "wednesday": 2,
    "miercoles": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "thursday": 3,
    "jueves": 3,
    "fri": 4,
    "friday": 4,
    "viernes": 4,
    "sat": 5,
    "saturday": 5,
    "sabado": 5,
    "sun": 6,
    "sunday": 6,
    "domingo": 6,
}
_YESTERDAY = frozenset(("yesterday", "yday", "yest", "ayer"))
_DAY = rf"(?P<day>{'|'.join((*sorted(_NAMES, key=len, reverse=True), *sorted(_YESTERDAY)))})(?:'s)?"
_SCORE = (
    r"(?:a |an |about |like |more |of |really |actually |only |rather )*(?P<mood>10|[0-9](?:[.,]\d)?)(?:\s?/\s?10)?"
)
_ACCENTS = str.maketrans("áéíóú", "aeiou")
# The day stands right before its score, or right behind it.
_BEFORE = re.compile(
    rf"^\W*(?:for |on |last |so )?{_DAY}(?: night| evening)?\s*(?:[:,=-]|was|were|fue|felt like)?\s*{_SCORE}(?!\w)"
)
_BEHIND = re.compile(
    rf"^\W*(?:sorry,? )?{_SCORE}\s*[,(-]*\s*(?:was |it was |for |on |from |para |last )+(?:last )?{_DAY}\b"
)
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
    """
    said = text.lower().translate(_ACCENTS)
    found = _BEFORE.match(said) or _BEHIND.match(said)
    if found is None or _TODAY.search(said):  # "yesterday was a 3 but today is a 6" is for today
        return None
    mood = min(max(round(float(found["mood"].replace(",", ".")) * 2) / 2, 1.0), 10.0)
    if found["day"] in _YESTERDAY:
        return Named(today - timedelta(days=1), mood)
    return Named(today - timedelta(days=(today.weekday() - _NAMES[found["day"]]) % 7), mood)
