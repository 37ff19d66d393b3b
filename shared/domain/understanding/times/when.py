"""Reads clock times, lengths of time and weekday sets, by a small grammar over words; days are in `days.py`.

What people say is in `words/when.txt`; how such words are put together is here. Nothing here looks for a time
in any sentence: the callers ask only behind a command or an open question.
"""

from functools import cache
from typing import NamedTuple

from shared.domain.understanding.times.calendar import add_months
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
from shared.domain.understanding.times.vocabulary import (
    first_of_a_day,
    is_number,
    listed,
    number,
    numbered,
    relating,
    tokens,
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
    "deadline",
    "find_date",
    "find_period",
    "minutes",
    "periods",
    "tokens",
    "weekdays",
]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Clock(NamedTuple):
    """A time of day as it was said: minutes after midnight, and whether it may be twelve hours later as well."""

    minute: int
    ambiguous: bool
    end: int  # the token after it

    def nearest(self, near: int) -> int:
        """The minute of the day that is meant, seen from another one.

        Of two that are as near the one by day; "12" is noon.
        """
        if not self.ambiguous:
            return self.minute
        if self.minute // 60 == 12:
            return self.minute
        both = (self.minute, (self.minute + 720) % 1440)
        return min(both, key=lambda m: (min((m - near) % 1440, (near - m) % 1440), not 6 * 60 <= m < 22 * 60))

    def after(self, now: int) -> int:
        """How many minutes pass until then."""
        both = (self.minute, (self.minute + 720) % 1440) if self.ambiguous else (self.minute,)
        return min((m - now - 1) % 1440 + 1 for m in both)


def clock(text: str, near: str) -> str | None:
    """The clock time that a text is, "HH:MM". An hour that may be two is the one nearest to `near`.

    >>> [clock(said, "19:30") for said in ("8", "7:30am", "half seven", "quarter to nine", "noon", "18h30", "1930")]
    ['20:00', '07:30', '19:30', '20:45', '12:00', '18:30', '19:30']
    >>> [clock(said, "08:00") for said in ("around 8ish please", "eight thirty", "9 at night", "12", "six", "x")]
    ['08:00', '08:30', '21:00', '12:00', '06:00', None]
    """
    found = tokens(text[:200])
    i = 0
    while i < len(found) and (found[i].word in listed("around a clock") or found[i].word in ".,!"):
        i += 1
    if (read := read_clock(found, i)) is None:
        return None
    for token in found[read.end :]:
        if token.word not in listed("around a clock") and token.word[0].isalnum():
            return None
    return hhmm(read.nearest(minute_of(near)))


def hhmm(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def minute_of(time: str) -> int:
    """
    >>> minute_of("19:30")
    1170
    """
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute or 0)


def read_clock(found: list[Token], i: int) -> Clock | None:
    """The clock time that begins at a token."""
    read = _hour_and_minute(found, i)
    if read is None:
        return None
    minute, ambiguous, j = read
    j += _word(found, j) in ("'", "-")
    if _word(found, j) in listed("oclock"):
        j += 1
    if _word(found, j) == "o" and _word(found, j + 1) == "clock":
        j += 2
    return _with_half_of_day(found, Clock(minute, ambiguous, j))


def _with_half_of_day(found: list[Token], read: Clock) -> Clock:
    """With "am", "p.m.", "in the evening", "at night", "tonight" behind it."""
    j = read.end
    half = _word(found, j)
    if half in ("a", "p") and (_word(found, j + 1), _word(found, j + 2)) == (".", "m"):
        j, half = j + 3, half + "m"
        j += _word(found, j) == "." and j + 1 < len(found)
    elif half in ("a", "p") and found[j].start != found[j - 1].end:
        return read
    elif half in ("in", "at", "on", "of", "this", "each", "every", "tomorrow", "the", "of a") or half in listed(
        "today"
    ):
        k = j + 1
        while _word(found, k) in ("the", "each", "every", "a", "an"):
            k += 1
        named = _word(found, k) if half not in ("tonight", "tonite", "tnite", "2nite") else "tonight"
        if named not in listed("am") | listed("pm") or len(named) == 1:
            return read
        half, j = named, k + (named != "tonight" or half == "the")
        j = max(j, read.end + 1)
    else:
        j += 1
    if not read.ambiguous and read.minute >= 780:
        return read._replace(end=j) if half in listed("am") | listed("pm") else read
    hour = read.minute // 60 % 12
    if half in listed("am"):
        return Clock(hour * 60 + read.minute % 60, False, j)
    if half in listed("pm"):
        late = 12 if half in ("night", "nights", "nite", "tonight") and hour < 5 and hour else 0
        return Clock((hour + 12 - late) % 24 * 60 + read.minute % 60, False, j)
    return read


def _word(found: list[Token], i: int) -> str:
    return found[i].word if 0 <= i < len(found) else ""


def _hour(found: list[Token], i: int) -> tuple[int, int] | None:
    """An hour in figures or words, 0 to 24, and the token behind it."""
    word = _word(found, i)
    if is_number(word, 2) and int(word) <= 24:
        return int(word), i + 1
    if word not in numbered("numbers"):
        word = word.removesuffix("s")  # "nine's better"
    hour = numbered("numbers").get(word)
    if hour is None or not 1 <= hour <= 20 or word in ("a", "an", "couple", "few", "pair"):
        return None
    return hour, i + 1


def _hour_and_minute(found: list[Token], i: int) -> tuple[int, bool, int] | None:
    word = _word(found, i)
    if word == "12" and _word(found, i + 1) in ("noon", "midday", "midnight"):
        return (0 if _word(found, i + 1) == "midnight" else 720), False, i + 2
    if word in listed("noon"):
        return 720, False, i + 1
    if word in listed("midnight"):
        return 0, False, i + 1
    if word in listed("half"):  # "half seven" is half past seven
        j = i + 1 + (_word(found, i + 1) in listed("past"))
        hour = _hour(found, j)
        return _clock_of(hour[0], 30, hour[1], True) if hour and hour[0] <= 12 else None
    if relative := _minutes_from_hour(found, i):
        return relative
    if is_number(word, 4) and len(word) >= 3:
        hour_, minute = int(word) // 100, int(word) % 100
        if hour_ > 24 or minute > 59:
            return None
        j = i + 1
        if len(word) == 4 and _word(found, j) in ("hours", "hrs", "h"):
            return hour_ % 24 * 60 + minute, False, j + 1
        return _clock_of(hour_, minute, j, len(word) == 3 or (word[0] == "1" and hour_ <= 12))
    hour = _hour(found, i)
    if hour is None:
        return None
    value, j = hour
    mark = _word(found, j)
    if mark in (":", ".", "h", ",") and is_number(_word(found, j + 1), 2) and len(_word(found, j + 1)) == 2:
        close = found[j + 1].start == found[j].end and found[j].start == found[j - 1].end
        minute = int(_word(found, j + 1))
        if close and minute < 60:
            sure = value > 12 or value == 0 or (word.startswith("0") and len(word) == 2) or mark == "h"
            return value % 24 * 60 + minute, not sure, j + 2
    if word.isdecimal():
        if _word(found, j) in ("h", "uhr"):
            return value % 24 * 60, value <= 12 and _word(found, j) != "h", j + 1
        if is_number(_word(found, j), 2) and len(_word(found, j)) == 2 and int(_word(found, j)) in (0, 15, 30, 45):
            return _clock_of(value, int(_word(found, j)), j + 1, True)  # dictated: "7 30"
        return _clock_of(value, 0, j, not (word.startswith("0") and len(word) == 2))
    said = numbered("numbers").get(_word(found, j), 0)
    if said in (15, 30, 45, 50, 40, 20, 10) and value <= 12:
        j += 1
        if said >= 20 and 1 <= numbered("numbers").get(_word(found, j), 0) <= 9 and _word(found, j) not in ("a", "an"):
            said, j = said + numbered("numbers")[_word(found, j)], j + 1
        return _clock_of(value, said, j, True)
    return _clock_of(value, 0, j, True)


def _clock_of(hour: int, minute: int, end: int, may_be_later: bool) -> tuple[int, bool, int]:
    return hour % 24 * 60 + minute, may_be_later and 1 <= hour <= 12, end


def _minutes_from_hour(found: list[Token], i: int) -> tuple[int, bool, int] | None:
    """ "quarter to nine", "twenty past 6", "ten of five"."""
    i += _word(found, i) in ("a", "an") and _word(found, i + 1) in ("quarter", "qtr")
    word = _word(found, i)
    if word in ("quarter", "qtr", "quater"):
        minute, j = 15, i + 1
    elif is_number(word, 2):
        minute, j = int(word), i + 1
    elif word in numbered("numbers") and word not in ("a", "an", "couple", "few", "pair", "half"):
        minute, j = numbered("numbers")[word], i + 1
        if minute == 20 and _word(found, j) == "five":
            minute, j = 25, j + 1
    else:
        return None
    j += _word(found, j) in ("min", "mins", "minutes")
    before = _word(found, j) in listed("to")
    if not 1 <= minute < 60 or not (before or _word(found, j) in listed("past")):
        return None
    if (word not in ("quarter", "qtr", "quater") and minute % 5) or _word(found, j) == "gone":
        return None
    if _word(found, j + 1) in listed("noon") or _word(found, j + 1) in listed("midnight"):
        base = 720 if _word(found, j + 1) in listed("noon") else 0
        return (base + (-minute if before else minute)) % 1440, False, j + 2
    hour = _hour(found, j + 1)
    if hour is None:
        return None
    total = hour[0] % 24 * 60 + (-minute if before else minute)
    return total % 1440, 1 <= hour[0] <= 12, hour[1]


def minutes(text: str) -> int | None:
    """A length of time in minutes: hours, minutes, or both, anywhere in the text.

    >>> [minutes(said) for said in ("2 hours", "half an hour", "an hour and a half", "45 min", "1h30", "2.5 hrs")]
    [120, 30, 90, 45, 90, 150]
    >>> [minutes(said) for said in ("a couple of hours", "in an hr", "1 hour 20 mins", "20")]
    [120, 60, 80, None]
    """
    found = tokens(text[:1000])
    for i in range(len(found)):
        if read := read_minutes(found, i):
            return read[0]
    return None


def read_minutes(found: list[Token], i: int) -> tuple[int, int] | None:
    """The length of time that begins at a token, in minutes, and the token behind it."""
    word = _word(found, i)
    if word in listed("half"):
        j = i + 1 + (_word(found, i + 1) in ("a", "an"))
        return (30, j + 1) if numbered("short units").get(_word(found, j)) == 60 else None
    if word == "an" and _word(found, i + 1) in ("'", "our"):
        return None
    if word in ("a", "quarter", "three") and "quarter" in _word(found, i + (word != "quarter")):
        j = i + 1 + (word != "quarter")
        if (_word(found, j), _word(found, j + 1)) == ("of", "an") and _word(found, j + 2) in ("hour", "hr"):
            return (45 if word == "three" else 15), j + 3
    read = number(found, i)
    if read is None and is_number(word, 4) is False:
        return None
    if read is None:
        return None
    count, j = read
    if _word(found, j) in _AND and (share := _share_of_an_hour(found, j + 1)):
        count, j = count + share[0] / 60, share[1]
    if _word(found, j) == "-" or _word(found, j) == "more":
        j += 1
    if _word(found, j) == "half" and word in ("a", "an"):
        return None
    unit = numbered("short units").get(_word(found, j))
    if not unit or count <= 0 or (len(_word(found, j)) == 1 and found[j].start != found[j - 1].end):
        return None
    total, j = round(count * unit), j + 1
    if unit == 60:
        k = j + (_word(found, j) in _AND)
        if k > j and (share := _share_of_an_hour(found, k)):
            return total + share[0], share[1]
        if is_number(_word(found, k), 2) and int(_word(found, k)) < 60:
            if numbered("short units").get(_word(found, k + 1)) == 1:
                return total + int(_word(found, k)), k + 2
            if k == j and found[k].start == found[k - 1].end:
                return total + int(_word(found, k)), k + 1
    return total, j


_AND = ("and", "n", "&", "an")


def _share_of_an_hour(found: list[Token], i: int) -> tuple[int, int] | None:
    """ "a half", "half", "a quarter", "three quarters", in minutes, and the token behind it."""
    share = 45 if _word(found, i) in ("three", "3") and _word(found, i + 1).startswith("quarter") else 0
    i += share > 0 or _word(found, i) in ("a", "an")
    if _word(found, i) in listed("half"):
        return 30, i + 1
    return (share or 15, i + 1) if _word(found, i).startswith("quarter") else None


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
    found = tokens(text[:1000])
    named, all_days, taken, given, swap = set[int](), False, set[int](), set[int](), False
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
            swap = swap or word == "instead"
        elif (word in ("every", "each", "all") and _word(found, i + 1) in ("day", "days", "single")) or (
            word in ("7", "seven") and _word(found, i + 1) == "days"
        ):
            all_days, i = True, i + 1
        elif word in listed("everyday"):
            all_days = True
        elif read := day_run(found, i):
            days, i = read
            if _word(found, i) in ("off", "out", "free"):
                taken.update(days)
                continue
            (taken if mode == "not" else given if mode == "add" else named).update(days)
            continue
        i += 1
    before = {DAYS.index(day) for day in present if day in DAYS}
    if named and given and not swap and mode == "add":
        named |= given
        given = set()
    if all_days:
        result = set(range(7)) - taken
    elif named:
        result = (named | given) - taken
    elif given or taken:
        result = (before | given) - taken
    else:
        return None
    return tuple(day for n, day in enumerate(DAYS) if n in result) or None


def day_run(found: list[Token], i: int) -> tuple[set[int], int] | None:
    """The days at a token, and the token behind them: "Fridays", "mon-thu", "Tuesday to Saturday", "weekends"."""
    word = _word(found, i)
    worked = word in _WORKED and _word(found, i + 1) in ("day", "days")
    if worked or word in listed("weekday names"):
        return set(range(5)), i + 1 + worked
    if word in listed("weekend names") or (word == "week" and _word(found, i + 1) in ("end", "ends")):
        return {5, 6}, i + 1 + (word == "week")
    if letters := _DAY_LETTERS.get(word):
        return set(letters), i + 1
    if word == "m" and (initials := _initials(found, i)):
        return initials
    first = numbered("weekdays").get(word)
    if first is None:
        return None
    j = i + 1
    j += _word(found, j) == "."
    if _word(found, j) in ("-", "to", "thru", "through", "til", "till", "until", "tae", "~", "up"):
        k = j + 1 + (_word(found, j) == "up")
        k += _word(found, k) in ("and", "including")
        last = numbered("weekdays").get(_word(found, k))
        if last is not None:
            return {(first + n) % 7 for n in range((last - first) % 7 + 1)}, k + 1
    return {first}, i + 1


def _initials(found: list[Token], i: int) -> tuple[set[int], int] | None:
    """ "M-W-F", "M/W/F", "M W F"."""
    days: set[int] = set()
    while (letter := _word(found, i)) in _DAY_INITIALS or (days and letter in ("-", "/", ",", "&", "and")):
        days |= {_DAY_INITIALS[letter]} if letter in _DAY_INITIALS else set()
        i += 1
    return (days, i) if len(days) > 1 else None


_WORKED = ("week", "work", "working", "school", "business")
_DAY_INITIALS = {"m": 0, "t": 1, "tu": 1, "w": 2, "th": 3, "f": 4}
_DAY_LETTERS = {"mwf": (0, 2, 4), "tth": (1, 3), "tuth": (1, 3), "mtwtf": (0, 1, 2, 3, 4), "mtwthf": (0, 1, 2, 3, 4)}


# The lists whose words tell a time of each kind: without any of them there is none.
_TELLING = {
    "days": ("weekdays", "weekday names", "weekend names", "everyday"),
    "clock": ("numbers", "noon", "midnight", "half"),
    "minutes": ("short units",),
    "date": ("weekdays", "weekend names", "months", "day units", "month units", "today", "tomorrow", "ordinals",
             "seasons", "holidays", "moving holidays", "day abbreviations"),
}  # fmt: skip
_ALSO_TELLING = {
    "days": ("every", "each", "all", "7", "seven", *_WORKED, "m", "mwf", "tth", "tuth", "mtwtf", "mtwthf"),
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
    may, left = [False] * len(found), -1
    kinds: frozenset[str] = frozenset()
    telling = _telling()
    for i in range(len(found) - 1, -1, -1):
        word = found[i].word
        told = telling.get(word) or telling.get(word.removesuffix("s")) or frozenset()
        told |= _BY_DIGITS if word.isdecimal() else frozenset()
        if told:
            left = i
            kinds |= told
        may[i] = left >= 0 and left - i <= _REACH
    return kinds, may


@cache
def _beginning_days() -> frozenset[str]:
    found = relating() | first_of_a_day() | listed("today") | listed("tomorrow") | month_and_day_names()
    for section in ("weekday names", "weekend names", "everyday"):
        found |= listed(section)
    return found | _DAY_LETTERS.keys() | frozenset((*_WORKED, *"every each all daily m".split()))


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


@cache
def plural_days() -> frozenset[str]:
    """ "Fridays", "weekends": the ones of every week."""
    return frozenset(word for word in numbered("weekdays") if word.endswith("days")) | {"weekends", "wkends", "wknds"}


def month_and_day_names() -> frozenset[str]:
    return frozenset(numbered("months")) | frozenset(numbered("weekdays"))


@cache
def named_hours() -> frozenset[str]:
    return listed("noon") | listed("midnight")
