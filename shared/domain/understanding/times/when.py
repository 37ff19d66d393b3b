"""All that reads times, under one name; and which kinds of time the words of a sentence may name at all.

What people say is in `words/when.txt`; how such words are put together is in `days.py`, `clocks.py` and `weekdays.py`.
Nothing there looks for a time in any sentence: the callers ask only behind a command or an open question.
"""

from functools import cache

from shared.domain.understanding.times.calendar import add_months
from shared.domain.understanding.times.clocks import (
    Clock,
    clock,
    hhmm,
    minute_of,
    minutes,
    named_hours,
    read_clock,
    read_minutes,
)
from shared.domain.understanding.times.days import (
    Days,
    FoundDate,
    Period,
    Token,
    deadline,
    find_date,
    find_period,
    periods,
)
from shared.domain.understanding.times.vocabulary import first_of_a_day, listed, numbered, relating, tokens
from shared.domain.understanding.times.weekdays import (
    DAY_LETTERS,
    DAYS,
    WORKED,
    day_run,
    month_and_day_names,
    plural_days,
    weekdays,
)

__all__ = [
    "DAYS",
    "Clock",
    "Days",
    "FoundDate",
    "Period",
    "Token",
    "add_months",
    "clock",
    "day_run",
    "deadline",
    "find_date",
    "find_period",
    "hhmm",
    "kinds_of_time",
    "may_begin",
    "may_begin_length",
    "minute_of",
    "minutes",
    "month_and_day_names",
    "named_hours",
    "periods",
    "plural_days",
    "read_clock",
    "read_minutes",
    "tokens",
    "weekdays",
]


# The lists whose words tell a time of each kind: without any of them there is none.
_TELLING = {
    "days": ("weekdays", "weekday names", "weekend names", "everyday"),
    "clock": ("numbers", "noon", "midnight", "half"),
    "minutes": ("short units",),
    "date": ("weekdays", "weekend names", "months", "day units", "month units", "today", "tomorrow", "ordinals",
             "seasons", "holidays", "moving holidays", "day abbreviations"),
}  # fmt: skip


_ALSO_TELLING = {
    "days": ("every", "each", "all", "7", "seven", *WORKED, "m", "mwf", "tth", "tuth", "mtwtf", "mtwthf"),
    "clock": ("quarter", "qtr", "quater"),
    "minutes": ("in", "gimme", "me", "snooze", "another", "for"),
    "date": ("eow", "eom", "eoq", "eoy", "eofy", "q", "day", "days"),
}


@cache
def _telling() -> dict[str, frozenset[str]]:
    """By word the kinds of time that it may be part of."""
    found: dict[str, set[str]] = {}
    for kind, sections in _TELLING.items():
        for section in sections:
            for line in listed(section):
                phrase = line.rpartition(" ")[0] if line[-1].isdecimal() else line
                found.setdefault(phrase.split(" ")[0], set()).add(kind)
        for word in _ALSO_TELLING[kind]:
            found.setdefault(word, set()).add(kind)
    for word in ("a", "an"):
        found.pop(word, None)
    return {word: frozenset(kinds) for word, kinds in found.items()}


_BY_DIGITS = frozenset(("clock", "date"))
_REACH = 5  # how many words a time may have before the one that tells


def kinds_of_time(found: list[Token]) -> tuple[frozenset[str], list[bool]]:
    """The kinds of time that tokens may name, and for each token whether a time may begin there.

    >>> sorted(kinds_of_time(tokens("loved the offsite"))[0]), sorted(kinds_of_time(tokens("at 8"))[0])
    ([], ['clock', 'date'])
    """
    may = [False] * len(found)
    kinds: frozenset[str] = frozenset()
    telling = _telling()
    for i, (word, _, _) in enumerate(found):
        told = telling.get(word) or (telling.get(word[:-1]) if word[-1] == "s" else None)
        if word.isdecimal():
            told = told | _BY_DIGITS if told else _BY_DIGITS
        if told:
            kinds |= told
            first = max(0, i - _REACH)
            may[first : i + 1] = [True] * (i + 1 - first)
    return kinds, may


@cache
def _beginning_days() -> frozenset[str]:
    found = relating() | first_of_a_day() | listed("today") | listed("tomorrow") | month_and_day_names()
    for section in ("weekday names", "weekend names", "everyday"):
        found |= listed(section)
    return found | DAY_LETTERS.keys() | frozenset((*WORKED, *"every each all daily m".split()))


@cache
def _beginning_lengths() -> frozenset[str]:
    also = "fortnight quarter qtr quater three the another maybe say just a an good full whole solid"
    words = frozenset(also.split()) | listed("noon") | listed("midnight") | listed("half")
    return words | numbered("numbers").keys() | frozenset(f"{name}s" for name in numbered("numbers"))


def may_begin_length(word: str) -> bool:
    """Whether a length of time or a clock time may begin with a word: "8", "nine's", "half"."""
    return word in _beginning_lengths() or word[0].isdecimal()


def may_begin(word: str) -> bool:
    """Whether a time of any kind may begin with a word.

    >>> [word for word in "we text at the 8 or nines".split() if may_begin(word)]
    ['at', 'the', '8', 'nines']
    """
    return may_begin_length(word) or word in _beginning_days()
