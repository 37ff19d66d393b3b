"""Tells the country of a number by its calling code. Pure; the table is the text file beside it."""

from functools import cache
from importlib import resources


@cache
def _countries() -> dict[str, frozenset[str]]:
    """The countries of each calling code."""
    table = resources.files(__package__).joinpath("calling_codes.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in table.splitlines() if line.strip() and not line.startswith("#"))
    return {code: frozenset(countries) for code, *countries in rows}


def countries_of(phone: str) -> frozenset[str]:
    """The countries (ISO codes) that a number in E.164 may be of: several where they share a calling code.

    >>> countries_of("+14155552671") == {"US", "CA"}, countries_of("+12425550123") == {"BS"}, countries_of("+999")
    (True, True, frozenset())
    """
    digits, known = phone.removeprefix("+"), _countries()
    longest = max(map(len, known))
    return next((known[digits[:n]] for n in range(longest, 0, -1) if digits[:n] in known), frozenset())
