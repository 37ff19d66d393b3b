"""Reads which stretch of time behind us a text names: "2026", "since March", "last quarter", "de marzo a junio"."""

import re
from datetime import date, timedelta
from functools import cache

from shared.domain.understanding import words
from shared.domain.understanding.normalise import normalise

Stretch = tuple[date, date]  # both days included

_LONGEST = 60  # characters
_YEAR = re.compile(r"20\d\d")
_LAST = re.compile(r"(?:last|past|(?:los )?(?:últimos|ultimos)) (\d{1,3}) (?:months?|meses)")


def read_period(text: str, today: date) -> Stretch | None:
    """The stretch, which ends today at the latest; None where none can be read, or it has not begun.

    >>> today = date(2026, 11, 26)
    >>> [each.isoformat() for each in read_period("since March", today)]
    ['2026-03-01', '2026-11-26']
    >>> [each.isoformat() for each in read_period("from Dec to February", today)]
    ['2025-12-01', '2026-02-28']
    >>> read_period("my cat", today) is None
    True
    """
    said = " ".join(normalise(text[:_LONGEST]).lower().split()).strip(" .!?")
    found = _open(said, today) or _between(said, today) or _named(said, today)
    if found is None or found[0] > today:
        return None
    return found[0], min(found[1], today)


def last_year_of(today: date) -> Stretch:
    """The twelve months that a review asks for, where no stretch is named."""
    return _months_back(today, 12), today


def _open(said: str, today: date) -> Stretch | None:
    begin = _beginning(said, "since")
    named = _named(begin, today) if begin else None
    return (named[0], today) if named else None


def _beginning(said: str, section: str) -> str:
    """What follows one of the section's phrases at the beginning of a text; "" where none is there."""
    found = (phrase for phrase in words.load("periods")[section] if said.startswith(f"{phrase} "))
    return said[len(max(found, key=len, default=said)) :].strip()


def _between(said: str, today: date) -> Stretch | None:
    """ "march to june 2025": a beginning without a year is in the year of its end, or the one before."""
    for word in words.load("periods")["until"]:
        first, between, last = said.partition(f" {word} ")
        ends = _named(last, today) if between else None
        begins = _named(_beginning(first, "since") or first, ends[0] if ends else today)
        if begins and ends and begins[0] <= ends[1]:
            return begins[0], ends[1]
    return None


def _named(said: str, today: date) -> Stretch | None:
    """A stretch that a name is for. A month without a year is the last one of that name that has begun."""
    said = _without_around(said)
    lists = words.load("periods")
    if said in lists["all"]:
        return date.min, today
    if match := _LAST.fullmatch(said):
        return _months_back(today, min(int(match[1]), 12 * 50)), today
    for name in ("this year", "last year", "this month", "last month", "this quarter", "last quarter"):
        if said in lists[name]:
            return _span(name, today)
    return _month_or_year(said, today)


def _without_around(said: str) -> str:
    kept = said.split()
    around = words.load("periods")["around"]
    while kept and kept[0] in around and " ".join(kept) not in _whole_names():
        kept.pop(0)
    return " ".join(kept)


@cache
def _whole_names() -> frozenset[str]:
    lists = words.load("periods")
    return frozenset().union(*(lists[name] for name in lists if name.startswith(("all", "this", "last"))))


def _month_or_year(said: str, today: date) -> Stretch | None:
    year = _YEAR.search(said)
    month = _month(" ".join(_YEAR.sub(" ", said).replace(" de ", " ").split()))
    if year and not _YEAR.sub("", said).strip():
        return date(int(year[0]), 1, 1), date(int(year[0]), 12, 31)
    if month is None:
        return None
    of = int(year[0]) if year else today.year if month <= today.month else today.year - 1
    return date(of, month, 1), _end(date(of, month, 1), 1)


def _month(said: str) -> int | None:
    lists = words.load("periods")
    name = said.removesuffix(" de").strip()
    return next((month for month in range(1, 13) if name in lists[f"months {month}"]), None)


def _span(name: str, today: date) -> Stretch:
    length = {"year": 12, "quarter": 3, "month": 1}[name.partition(" ")[2]]
    first = today.replace(month=(today.month - 1) // length * length + 1, day=1)
    if name.startswith("last"):
        first = _months_back(first, length + 1)
    return first, _end(first, length)


def _months_back(today: date, months: int) -> date:
    """The first day of so many months that end with this one."""
    months = today.year * 12 + today.month - months
    return date(max(1, months // 12), months % 12 + 1, 1)


def _end(first: date, months: int) -> date:
    """The last day of so many months."""
    until = first.year * 12 + first.month - 1 + months
    return date(until // 12, until % 12 + 1, 1) - timedelta(days=1)
