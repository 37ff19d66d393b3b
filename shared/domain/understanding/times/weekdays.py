"""Reads sets of weekdays: "just mon wed fri", "weekdays", "no texts on Fridays"."""

from functools import cache
from typing import NamedTuple

from shared.domain.understanding.times.clocks import word_at
from shared.domain.understanding.times.days import Token
from shared.domain.understanding.times.vocabulary import listed, numbered, tokens

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


# Weekday sets


def weekdays(text: str, present: tuple[str, ...]) -> tuple[str, ...] | None:
    """The days that a text asks for, from those that hold now; None where it names none.

    >>> week = DAYS
    >>> weekdays("weekdays only", week), weekdays("just mon wed fri", week)
    (('mon', 'tue', 'wed', 'thu', 'fri'), ('mon', 'wed', 'fri'))
    >>> weekdays("Tuesday to Saturday", week)
    ('tue', 'wed', 'thu', 'fri', 'sat')
    >>> weekdays("no texts on Fridays", ("mon", "fri")), weekdays("add saturdays", ("mon", "fri"))
    (('mon',), ('mon', 'fri', 'sat'))
    >>> weekdays("every day except Sunday", ("mon",)), weekdays("every day", ("mon",))
    (('mon', 'tue', 'wed', 'thu', 'fri', 'sat'), ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'))
    """
    asked = _asked_for(tokens(text[:1000]))
    before = {DAYS.index(day) for day in present if day in DAYS}
    if asked.every_day:
        result = set(range(7)) - asked.taken
    elif asked.named:
        result = (asked.named | asked.added) - asked.taken
    elif asked.added or asked.taken:
        result = (before | asked.added) - asked.taken
    else:
        return None
    return tuple(day for n, day in enumerate(DAYS) if n in result) or None


class _Asked(NamedTuple):
    """The days that are asked for in place of the present ones, beside them and no more, by number."""

    named: set[int]
    added: set[int]
    taken: set[int]
    every_day: bool


def _asked_for(found: list[Token]) -> _Asked:
    named, added, taken = set[int](), set[int](), set[int]()
    every_day = instead = False
    mode = ""
    i = 0
    while i < len(found):
        word = found[i].word
        if word in listed("leaving out"):
            mode = "not"
        elif word in listed("adding"):
            mode = "add"
        elif word in listed("only these"):
            mode = "only"
            instead = instead or word == "instead"
        elif _is_all_days(word, word_at(found, i + 1)):
            every_day, i = True, i + 1
        elif word in listed("everyday"):
            every_day = True
        elif read := day_run(found, i):
            days, i = read
            off = word_at(found, i) in ("off", "out", "free")
            (taken if off or mode == "not" else added if mode == "add" else named).update(days)
            continue
        i += 1
    if named and added and not instead and mode == "add":
        return _Asked(named | added, set(), taken, every_day)
    return _Asked(named, added, taken, every_day)


def _is_all_days(word: str, following: str) -> bool:
    if word in ("7", "seven"):
        return following == "days"
    return word in ("every", "each", "all") and following in ("day", "days", "single")


def day_run(found: list[Token], i: int) -> tuple[set[int], int] | None:
    """The days at a token, and the token behind them: "Fridays", "mon-thu", "Tuesday to Saturday", "weekends"."""
    word = word_at(found, i)
    worked = word in WORKED and word_at(found, i + 1) in ("day", "days")
    if worked or word in listed("weekday names"):
        return set(range(5)), i + 1 + worked
    if word in listed("weekend names") or (word == "week" and word_at(found, i + 1) in ("end", "ends")):
        return {5, 6}, i + 1 + (word == "week")
    if letters := DAY_LETTERS.get(word):
        return set(letters), i + 1
    if word == "m" and (initials := _initials(found, i)):
        return initials
    first = numbered("weekdays").get(word)
    if first is None:
        return None
    j = i + 1
    j += word_at(found, j) == "."
    if word_at(found, j) in ("-", "to", "thru", "through", "til", "till", "until", "tae", "~", "up"):
        k = j + 1 + (word_at(found, j) == "up")
        k += word_at(found, k) in ("and", "including")
        last = numbered("weekdays").get(word_at(found, k))
        if last is not None:
            return {(first + n) % 7 for n in range((last - first) % 7 + 1)}, k + 1
    return {first}, i + 1


def _initials(found: list[Token], i: int) -> tuple[set[int], int] | None:
    """ "M-W-F", "M/W/F", "M W F"."""
    days: set[int] = set()
    while (letter := word_at(found, i)) in _DAY_INITIALS or (days and letter in ("-", "/", ",", "&", "and")):
        days |= {_DAY_INITIALS[letter]} if letter in _DAY_INITIALS else set()
        i += 1
    return (days, i) if len(days) > 1 else None


WORKED = ("week", "work", "working", "school", "business")
_DAY_INITIALS = {"m": 0, "t": 1, "tu": 1, "w": 2, "th": 3, "f": 4}
DAY_LETTERS = {"mwf": (0, 2, 4), "tth": (1, 3), "tuth": (1, 3), "mtwtf": (0, 1, 2, 3, 4), "mtwthf": (0, 1, 2, 3, 4)}


@cache
def plural_days() -> frozenset[str]:
    """ "Fridays", "weekends": the ones of every week."""
    return frozenset(word for word in numbered("weekdays") if word.endswith("days")) | {"weekends", "wkends", "wknds"}


def month_and_day_names() -> frozenset[str]:
    return frozenset(numbered("months")) | frozenset(numbered("weekdays"))
