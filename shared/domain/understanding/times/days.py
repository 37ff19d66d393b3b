"""Reads days and deadlines, by a small grammar over words.

What people call a day is in `words/when.txt`; how such words are put together is here. Nothing here looks for
a date in any sentence: the callers ask only behind a command or an open question.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.cut import Token as Token
from shared.domain.understanding.text.cut import cut

_DAY = timedelta(days=1)
# "t'plan" is two words: it is how the North of England says "the".
_TOKEN = re.compile(
    r"(?:[lL]8[eE]?[rR]|2(?i:day|nite|moro|morrow|mrw)|[bB]4|[mM]8|[gG][rR]8)(?![^\W_])"
    r"|\d+|\b[tT](?='[^\W\d_]{3})|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_"
)


class Period(NamedTuple):
    """A stretch of days that is named in a text. `relation` says how it is named: "until the 3rd" is "until"."""

    first: date
    last: date
    start: int
    end: int
    relation: str
    unit: str


class FoundDate(NamedTuple):
    day: date
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """
    >>> [token.word for token in tokens("Don't! 18h30")]
    ['dont', '!', '18', 'h', '30']
    """
    return cut(text, _TOKEN)


@cache
def listed(section: str) -> frozenset[str]:
    return words.load("when").get(section, frozenset())


@cache
def table(section: str) -> dict[str, str]:
    """A list whose lines are a phrase and, behind it, what it stands for."""
    pairs = (line.rpartition(" ") for line in listed(section))
    return {phrase: value for phrase, _, value in pairs}


@cache
def numbered(section: str) -> dict[str, int]:
    return {phrase: int(value) for phrase, value in table(section).items()}


@cache
def _holidays() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for section in ("holidays", "moving holidays"):
        for line in listed(section):
            name, _, value = line.rpartition(" ")
            found[name] = (*found.get(name, ()), value)
    return found


# Days


def find_date(text: str, today: date, dayfirst: bool = False) -> FoundDate | None:
    """The day that a text sets as a deadline, and the span that says so; always today or later.

    >>> tuesday = date(2026, 3, 3)
    >>> text = "apply to 5 jobs by the end of June please"
    >>> found = find_date(text, tuesday)
    >>> found.day.isoformat(), text[found.start : found.end]
    ('2026-06-30', 'by the end of June')
    >>> for said in ("by december", "before June", "by EOW", "end of Q2", "next Friday", "this Friday", "in 6 weeks"):
    ...     print(find_date(said, tuesday).day)
    2026-12-31
    2026-05-31
    2026-03-06
    2026-06-30
    2026-03-13
    2026-03-06
    2026-04-14
    >>> find_date("by 8/12", tuesday).day, find_date("by 8/12", tuesday, dayfirst=True).day
    (datetime.date(2026, 8, 12), datetime.date(2026, 12, 8))
    >>> [str(find_date(said, tuesday).day) for said in ("before the year finishes", "this time next year")]
    ['2026-12-31', '2027-03-03']
    >>> find_date("by end of financial year, June 30", tuesday).day
    datetime.date(2026, 6, 30)
    """
    named = periods(tokens(text), today, dayfirst)
    period = best(named)
    if period is None:
        return None
    following = next((each for each in named if each.start >= period.end), None)
    # "By the end of the financial year, June 30": the day says when that is.
    dated = following and following.unit == "day" and not following.relation
    if following and dated and _THAT_IS.fullmatch(text, period.end, following.start):
        period = following._replace(start=period.start, relation=period.relation)
    return FoundDate(deadline(period), period.start, period.end)


_THAT_IS = re.compile(r"\s?(?:,|\(|-)\s?(?:(?:that is|that's|thats|which is|i\.?e\.?|so)\s)?(?:on\s)?", re.IGNORECASE)


def deadline(period: Period) -> date:
    """The last day of what a period allows: a month is its last day, and "before June" the last of May."""
    return min(period.last, period.first - _DAY) if period.relation == "before" else period.last


def resumes(period: Period) -> date:
    """The first day on which texts come again: "until June" is its first, "in June" the first of July."""
    if period.first > period.last or period.relation in ("until", "before"):
        return period.first
    if period.relation == "by":
        return period.last
    if period.unit == "week":
        return period.first + timedelta(days=7)
    return period.last + _DAY


def find_period(text: str, today: date, dayfirst: bool = False) -> Period | None:
    """The stretch of days that a text names; of several the one behind "by", "until" or "before"."""
    return best(periods(tokens(text), today, dayfirst))


_RANK = {"by": 0, "until": 0, "before": 0, "through": 1, "after": 2, "on": 2, "": 3}


def best(found: list[Period]) -> Period | None:
    return min(found, key=lambda period: _RANK[period.relation], default=None)


def periods(found: list[Token], today: date, dayfirst: bool = False) -> list[Period]:
    """Every stretch of days that is named, in the order of the text."""
    grammar = Days(found, today, dayfirst)
    result: list[Period] = []
    i = 0
    while i < len(found):
        if read := grammar.phrase(i):
            period, i = read
            if deadline(period) >= today:
                result.append(period)
        else:
            i += 1
    return result


@cache
def first_of_a_day() -> frozenset[str]:
    """The words that a day's name may begin with, beside numbers, months, weekdays, "today" and "tomorrow"."""
    first = {
        phrase.rpartition(" ")[0].split(" ")[0] if phrase[-1].isdecimal() else phrase
        for section in ("numbers", "ordinals", "seasons", "holidays", "moving holidays", "day units")
        for phrase in listed(section)
    }
    for section in ("half", "end", "middle", "beginning", "day abbreviations", "weekend names"):
        first |= listed(section)
    also = "the this next nxt coming following current t rest last first month week quarter year q day overmorrow"
    return frozenset(
        first | set(also.split()) | set("eow eom eoq eoy eofy q1 q2 q3 q4 about around like roughly maybe".split())
    )


@cache
def relating() -> frozenset[str]:
    """The words that may stand before a day and say how it is named."""
    lists = (listed(name) for name in ("by", "until", "through", "before", "after", "on"))
    return frozenset(("no", "not", "ahead", "prior", "up")).union(*lists)


class _Stretch(NamedTuple):
    first: date
    last: date
    end: int  # the token after it
    unit: str
    sure: bool = True  # False where the words are a day only behind a preposition


@cache
def _units() -> frozenset[str]:
    """Without one of these there is no length of time in days or longer."""
    return frozenset(numbered("day units")) | frozenset(numbered("month units"))


_BEFORE_A_COUNT = ("the", "next", "coming", "following", "about", "around", "like", "roughly", "maybe")


class Days:
    """The grammar of days over the tokens of one text."""

    def __init__(self, found: list[Token], today: date, dayfirst: bool) -> None:
        self.tokens, self.today, self.dayfirst = found, today, dayfirst
        self.words, self.size = [token.word for token in found], len(found)
        self.measures = not _units().isdisjoint(self.words)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < self.size else ""

    def near(self, i: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return 0 < i < len(self.tokens) and self.tokens[i].start == self.tokens[i - 1].end

    def phrase(self, i: int) -> tuple[Period, int] | None:
        relation, j = self.relation(i)
        if relation in ("on", "through") and (counted := self.counted(j, self.word(i))):
            return self.period(counted, i, "by")
        skipped = j
        while skipped < j + 3 and self.word(skipped) in listed("between"):
            skipped += 1
        for start in dict.fromkeys((j, skipped)) if relation else (i,):
            stretch = self.stretch(start, relation)
            if stretch and (stretch.sure or relation in ("by", "until", "before", "through", "on")):
                return self.period(stretch, i, relation)
        return None

    def period(self, stretch: _Stretch, i: int, relation: str) -> tuple[Period, int]:
        start, end = self.tokens[i].start, self.tokens[stretch.end - 1].end
        return Period(stretch.first, stretch.last, start, end, relation, stretch.unit), stretch.end

    def relation(self, i: int) -> tuple[str, int]:
        """How a day is named, and the token behind that: "no later than", "up until", "ahead of"."""
        word, following = self.word(i), self.word(i + 1)
        if word not in relating():
            return "", i
        if word in ("no", "not") and following == "later" and self.word(i + 2) == "than":
            return "by", i + 3
        if (word, following) in (("ahead", "of"), ("prior", "to")):
            return "before", i + 2
        if word == "up" and (following in listed("until") or following == "to"):
            return "until", i + 2
        if word in listed("until"):
            # "til after Christmas", "until around the 3rd"
            return ("through", i + 2) if following in listed("after") else ("until", i + 1)
        for name in ("by", "through", "before", "after", "on"):
            if word in listed(name):
                return name, i + 1
        return "", i

    def stretch(self, i: int, relation: str) -> _Stretch | None:
        for read in self.readers(self.word(i)):
            if found := read(i, relation):
                return found
        return None

    def readers(self, word: str) -> "tuple[Callable[[int, str], _Stretch | None], ...]":
        """What may read a day that begins with a word; the longer names first."""
        if not word:
            return ()
        if word.isdecimal():
            return self.counted, self.iso, self.numeric, self.day_of_month, self.unit
        if word in numbered("months"):
            return self.day_of_month, self.month
        if word in numbered("weekdays"):
            return self.next_but_one, self.weekday
        if word in listed("today") or word in listed("tomorrow"):
            return (self.near_day,)
        if word not in first_of_a_day():
            return ()
        return (
            self.counted,
            self.edge,
            self.next_but_one,
            self.near_day,
            self.weekday,
            self.day_of_month,
            self.month,
            self.unit,
            self.holiday,
        )

    # "6 weeks", "a couple of months": with "in" before them or "from now" behind

    def counted(self, i: int, before: str) -> _Stretch | None:
        j = i
        soon = False
        while j < i + 5 and self.word(j) in _BEFORE_A_COUNT:
            soon = soon or self.word(j) in ("next", "coming", "following")
            j += 1
        amount = self.amount(j)
        if amount is None:
            return None
        day, j, unit = amount
        if self.word(j) == "time" or (
            self.word(j) in ("from", "after") and self.word(j + 1) in ("now", *listed("today"))
        ):
            j += 1 if self.word(j) == "time" else 2
        elif self.word(j) in ("from", "on", "after") and (start := self.stretch(j + 1, "on")):
            if start.unit != "day":
                return None
            return _Stretch(self.shift(start.first, i), self.shift(start.first, i), start.end, "day")
        elif (
            unit == "week" and self.word(j) in numbered("weekdays") and self.word(j) not in listed("doubtful weekdays")
        ):
            later = self.shift(self.next_weekday(numbered("weekdays")[self.word(j)]), i)  # "a week Monday"
            return _Stretch(later, later, j + 1, "day")
        elif self.word(j) in listed("tomorrow"):
            later = self.shift(self.today + _DAY, i)
            return _Stretch(later, later, j + 1, "day")
        elif not (before in ("in", "within", "inside") or (soon and before in ("for", "over", "during", "on", "by"))):
            return None
        return _Stretch(day, day, j, unit)

    def shift(self, start: date, i: int) -> date:
        """The day that lies the length of time at `i` after another one."""
        amount = self.amount(i, start)
        return amount[0] if amount else start

    def amount(self, i: int, start: date | None = None) -> tuple[date, int, str] | None:
        """What day it is after a length of time in days or longer, with the token behind it and its unit."""
        if not self.measures:
            return None
        start = start or self.today
        half = self.word(i) in listed("half")
        if half:
            i += 1
            i += self.word(i) in ("a", "an")
            count, j = 0.5, i
        elif read := number(self.tokens, i):
            count, j = read
        else:
            count, j = 1.0, i
            if self.word(i) != "fortnight":
                return None
        j += self.word(j) in ("full", "whole", "solid", "more", "extra", "odd", "or")
        if self.word(j) == "and" and self.word(j + 1) == "a" and self.word(j + 2) in listed("half"):
            count, j = count + 0.5, j + 3
        unit = self.word(j)
        j += 1
        if self.word(j) == "and" and self.word(j + 1) in ("a", "an") and self.word(j + 2) in listed("half"):
            count, j = count + 0.5, j + 3
        if (days := numbered("day units").get(unit)) and count * days <= 4000:
            return start + timedelta(days=round(count * days)), j, "day" if days == 1 else "week"
        if (months := numbered("month units").get(unit)) and count * months <= 120:
            whole = int(count * months)
            extra = round((count * months - whole) * 30)
            return add_months(start, whole) + timedelta(days=extra), j, "month"
        return None

    # "end of June", "mid-July", "EOM"

    def edge(self, i: int, _relation: str) -> _Stretch | None:
        i += self.word(i) in ("the", "t")
        word = self.word(i)
        if word in listed("day abbreviations"):
            if any(self.word(i + 1) in listed(name) for name in ("weekdays", "tomorrow", "today")):
                return self.stretch(i + 1, "by")
            return _Stretch(self.today, self.today, i + 1, "day")
        if word in ("eow", "eom", "eoq", "eoy", "eofy"):
            name = {"w": "week", "m": "month", "q": "quarter", "y": "year"}[word[-1]]
            return self.ended(self.span_of(name, 0, i + 1)) if word != "eofy" else self.financial_year(i + 1)
        if word in ("month", "year", "quarter", "week") and self.word(i + 1) in ("end", "ends"):
            return self.ended(self.span_of(word, 0, i + 2)) if word != "week" else None
        which = next((name for name in ("end", "middle", "beginning") if word in listed(name)), "")
        if word == "rest":
            which = "end"
        if word in ("first", "last") and self.word(i + 1) in ("week", "day", "few"):
            which = "beginning" if word == "first" else "end"
            i += 1 + (self.word(i + 1) == "few")
        if not which:
            return None
        j = i + 1
        j += self.word(j) == "-"
        of = self.word(j) in ("of", "o", "the", "to")
        while self.word(j) in ("of", "o", "the", "this", "t", "current", "our", "my"):
            j += 1
        if not of and which != "middle" and word not in ("end", "early", "late"):
            return None
        if self.word(j) in ("financial", "fiscal", "tax") and self.word(j + 1) == "year":
            return self.financial_year(j + 2)
        if self.word(j) in ("fy", "calendar", "calender"):
            j += self.word(j) != "fy"
        if self.word(j) in ("day", "night", "shift"):
            return _Stretch(self.today, self.today, j + 1, "day") if which == "end" else None
        inner = self.month(j, "by") or self.unit(j, "edge") or self.near_day(j, "by")
        if inner is None:
            return None
        if which == "end":
            return self.ended(inner)
        if which == "middle":
            day = inner.first + timedelta(days=(inner.last - inner.first).days // 2)
            if inner.unit == "month":
                day = inner.first.replace(day=15)
            return _Stretch(day, day, inner.end, "day")
        if word == "first":
            return _Stretch(inner.first, inner.first + timedelta(days=6), inner.end, "week")
        return _Stretch(inner.first, inner.first, inner.end, "day")

    def ended(self, whole: _Stretch) -> _Stretch:
        """The end of something: its last day, and what is "until" it is over on the day after."""
        after = whole.last + _DAY
        if whole.unit == "week":
            after = whole.last + timedelta(days=7 - whole.last.weekday())
        return whole._replace(first=after, sure=True)

    def financial_year(self, end: int) -> _Stretch:
        """India's and Japan's end in March, Australia's in June: the next of them, whose country is not known here."""
        month = 3 if self.dayfirst else 12
        last = self.in_future(month, 31)
        return _Stretch(last + _DAY, last, end, "year")

    # "the Friday after next", "Monday week", "a week on Monday"

    def next_but_one(self, i: int, _relation: str) -> _Stretch | None:
        i += self.word(i) == "the"
        if self.word(i) in ("week", "weekend", "month") and (self.word(i + 1), self.word(i + 2)) == ("after", "next"):
            return self.span_of(self.word(i), 2, i + 3)
        i += self.word(i) == "next"
        day = numbered("weekdays").get(self.word(i))
        if day is not None and (self.word(i + 1), self.word(i + 2)) == ("after", "next"):
            later = self.next_weekday(day) + timedelta(days=7)
            return _Stretch(later, later, i + 3, "day")
        return None

    # "2026-11-15", "8/12", "15.11.", "8/12/26"

    def iso(self, i: int, _relation: str) -> _Stretch | None:
        if not (len(self.word(i)) == 4 and self.word(i).isdecimal() and self.word(i + 1) in ("-", "/")):
            return None
        if self.word(i + 3) != self.word(i + 1):
            return None
        day = self.make(self.word(i), self.word(i + 2), self.word(i + 4))
        return _Stretch(day, day, i + 5, "day") if day else None

    def numeric(self, i: int, _relation: str) -> _Stretch | None:
        mark = self.word(i + 1)
        a, b = self.word(i), self.word(i + 2)
        if not (
            mark in ("/", ".", "-") and is_number(a, 2) and is_number(b, 2) and self.near(i + 1) and self.near(i + 2)
        ):
            return None
        third, end = "", i + 3
        if self.word(i + 3) == mark and self.near(i + 3):
            if is_number(self.word(i + 4), 4) and self.near(i + 4):
                third, end = self.word(i + 4), i + 5
            elif mark == ".":
                end = i + 4
        if third and len(third) not in (2, 4):
            return None
        # Without a year, "6-7" is a range and "6.30" a clock time.
        if not third and (mark == "-" or (mark == "." and end == i + 3)):
            return None
        day_first = self.dayfirst or mark == "."
        for day, month in ((a, b), (b, a)) if day_first else ((b, a), (a, b)):
            made = self.make(third, month, day) if third else self.in_future_or_none(int(month), int(day))
            if made:
                return _Stretch(made, made, end, "day", bool(third) or mark == ".")
        return None

    # "today", "tomorrow", "the day after tomorrow"

    def near_day(self, i: int, _relation: str) -> _Stretch | None:
        i += self.word(i) in ("the", "t", "th") and self.word(i + 1) not in listed("weekend names")
        word = self.word(i)
        if word in listed("tomorrow") and not (word == "morn" and self.word(i - 1) not in ("the", "ra")):
            j, days = i + 1, 1
            if self.word(j) == "week":
                j, days = j + 1, 8
            elif self.word(j) in ("morning", "night", "evening", "afternoon", "arvo"):
                j += 1
            return _Stretch(self.today + timedelta(days=days), self.today + timedelta(days=days), j, "day")
        if (word, self.word(i + 1)) in (("day", "after"), ("overmorrow", "")):
            j = i + 2
            if self.word(j) in listed("tomorrow"):
                later = self.today + timedelta(days=2)
                return _Stretch(later, later, j + 1, "day")
            return None
        if word in listed("today"):
            return _Stretch(self.today, self.today, i + 1, "day")
        return None

    # "Friday", "next Friday", "Friday the 17th", "Monday week"

    def next_weekday(self, day: int) -> date:
        return self.today + timedelta(days=(day - self.today.weekday() - 1) % 7 + 1)

    def weekday(self, i: int, relation: str) -> _Stretch | None:
        which = ""
        i += self.word(i) == "the" and self.word(i + 1) in ("coming", "following", "next")
        if self.word(i) in ("next", "this", "coming", "nxt", "following"):
            which = self.word(i)
            i += 1
            i += self.word(i) == "coming"
        word = self.word(i)
        day = numbered("weekdays").get(word)
        if day is None or (word in listed("doubtful weekdays") and not (which or relation)):
            return None
        j = i + 1
        j += self.word(j) == "." and len(word) < 5 and self.word(j + 1).isdecimal()
        j += self.word(j) == "," and self.word(j + 1) not in listed("weekdays")
        if not which and (dated := self.day_of_month(j, "on")):
            return dated
        j = i + 1
        found = self.next_weekday(day)
        if which in ("next", "nxt"):
            found = self.today + timedelta(days=7 - self.today.weekday() + day)
        elif self.word(j) in ("week", "fortnight"):
            found += timedelta(days=7 if self.word(j) == "week" else 14)
            j += 1
        elif self.word(j) in ("next", "nxt") and self.word(j + 1) in ("week", "wk"):
            found = self.today + timedelta(days=7 - self.today.weekday() + day)
            j += 2
        if self.word(j) in ("morning", "night", "evening", "afternoon", "arvo", "nite"):
            j += 1
        return _Stretch(found, found, j, "day", sure=not word.endswith("days"))

    # "the 15th", "15 Nov", "30th of June 2027", "November 15th", "the fifteenth of next month"

    def day_number(self, i: int) -> tuple[int, int, bool] | None:
        """A day of the month, the token behind it, and whether it is an ordinal."""
        word = self.word(i)
        if is_number(word, 2) and 1 <= int(word) <= 31:
            if self.word(i + 1) in listed("ordinal endings") and self.near(i + 1):
                return int(word), i + 2, True
            return int(word), i + 1, False
        if (ordinal := numbered("ordinals").get(word)) is not None:
            return ordinal, i + 1, True
        if word in ("twenty", "thirty"):
            j = i + 1 + (self.word(i + 1) == "-")
            ordinal = numbered("ordinals").get(self.word(j), 99)
            if ordinal < 10 and numbered("numbers")[word] + ordinal <= 31:
                return numbered("numbers")[word] + ordinal, j + 1, True
        return None

    def year_at(self, i: int) -> tuple[int, int]:
        """The year at a token, or 0, and the token behind it: "2027", ", 2027", "of 2027"."""
        j = i + (self.word(i) in (",", "of"))
        year = self.word(j)
        if len(year) == 4 and year.isdecimal() and self.today.year <= int(year) <= self.today.year + 60:
            return int(year), j + 1
        return 0, i

    def day_of_month(self, i: int, relation: str) -> _Stretch | None:
        the = self.word(i) in ("the", "t")
        i += the
        if (month := numbered("months").get(self.word(i))) is not None:
            j = i + 1
            j += self.word(j) == "." and len(self.word(i)) < 5
            j += self.word(j) == "the"
            read = self.day_number(j)
            if read is None or self.word(read[1]) in (":", "%") or (self.word(read[1]) == "/" and self.near(read[1])):
                return None
            if self.word(i) == "may" and not (relation or read[2]) and self.word(read[1])[:1].isalnum():
                return None
            return self.dated(month, read[0], read[1])
        if (read := self.day_number(i)) is None:
            return None
        day, j, ordinal = read
        of = self.word(j) in ("of", "o", "de") or (ordinal and self.word(j) == "a")
        k = j + of
        k += self.word(j) == "." and self.word(j + 1) in listed("months")
        k += self.word(k) == "-" and self.word(k + 1) in listed("months")
        if (month := numbered("months").get(self.word(k))) is not None:
            end = k + 1 + (self.word(k + 1) == "." and len(self.word(k)) < 5 and bool(self.year_at(k + 2)[0]))
            return self.dated(month, day, end)
        if of and self.word(k) in ("the", "this", "next") and self.word(k + 1) in ("month", "mth"):
            start = add_months(self.today.replace(day=1), int(self.word(k) == "next"))
            found = start.replace(day=min(day, _last(start).day))
            return _Stretch(found, found, k + 2, "day")
        if of and self.word(k) in ("last", "previous"):
            return None
        if not (ordinal or the) or not (the or relation):
            return None
        following = self.word(j)
        if following[:1].isalnum() and following not in listed("after a day"):
            return None
        if self.word(i) in ("second", "first") and not the:
            return None
        if not ordinal and not (relation and (not following or not following[:1].isalnum())):
            return None
        for ahead in range(14):
            start = add_months(self.today.replace(day=1), ahead)
            if day <= _last(start).day and start.replace(day=day) > self.today:
                return _Stretch(start.replace(day=day), start.replace(day=day), j, "day")
        return None

    def dated(self, month: int, day: int, end: int) -> _Stretch | None:
        year, end = self.year_at(end)
        found = _date(year, month, day) if year else self.in_future_or_none(month, day)
        return _Stretch(found, found, end, "day") if found else None

    # "June", "next June", "June 2027"

    def month(self, i: int, relation: str) -> _Stretch | None:
        i += self.word(i) == "the" and self.word(i + 1) == "month" and self.word(i + 2) == "of"
        if self.word(i) == "month" and self.word(i + 1) == "of":
            i += 2
        later = self.word(i) == "next"
        i += self.word(i) in ("next", "this", "coming")
        word = self.word(i)
        month = numbered("months").get(word)
        if month is None or (word in listed("doubtful months") and not (relation or later or self.year_at(i + 1)[0])):
            return None
        year, end = self.year_at(i + 1)
        end += self.word(end) == "end" and not year
        if not year:
            year = self.today.year + (month < self.today.month)
            # "before June" said in June, and "next June" said in May, are the one after.
            if (relation == "before" and month == self.today.month) or (
                later and month - self.today.month in (0, 1, 2)
            ):
                year += 1
        first = date(year, month, 1)
        whole = _Stretch(first, _last(first), end, "month", bool(relation or later) or len(word) > 3)
        return self.ended(whole) if self.word(end - 1) == "end" else whole

    # "this week", "next month", "the year", "the weekend", "2027", "Q2"

    def unit(self, i: int, relation: str) -> _Stretch | None:
        if (self.word(i), self.word(i + 1), self.word(i + 2)) == ("this", "time", "next"):
            months = {"year": 12, "month": 1}.get(self.word(i + 3), 0)
            day = add_months(self.today, months) if months else self.today + 7 * _DAY
            return _Stretch(day, day, i + 4, "day") if months or self.word(i + 3) == "week" else None
        the = self.word(i) in ("the", "this", "t", "current")
        if self.word(i) == "the" and self.word(i + 1) in ("next", "coming", "following"):
            i += 1
        ahead = self.word(i) in ("next", "nxt", "following", "coming")
        j = i + 1 if (the or ahead) and self.word(i) != "week" else i
        word = {"wk": "week", "mth": "month", "yr": "year", "weekends": ""}.get(self.word(j), self.word(j))
        word = "weekend" if word in listed("weekend names") else word
        if word == "week" and self.word(j + 1) == "end":
            word, j = "weekend", j + 1
        if word == "q" and is_number(self.word(j + 1), 1) and self.near(j + 1):
            word, j = word + self.word(j + 1), j + 1
        if (quarter := re.fullmatch(r"q([1-4])", word)) or (word == "quarter" and is_number(self.word(j + 1), 1)):
            n = int(quarter[1]) if quarter else int(self.word(j + 1))
            if not 1 <= n <= 4:
                return None
            end = j + 1 if quarter else j + 2
            year, end = self.year_at(end)
            end += self.word(end) == "end"
            last = _last(date(year or self.today.year, n * 3, 1))
            if not year and last < self.today:
                last = _last(date(self.today.year + 1, n * 3, 1))
            return _Stretch(add_months(last.replace(day=1), -2), last, end, "quarter")
        if word in ("week", "month", "year", "quarter", "weekend"):
            if not (the or ahead or relation == "edge"):
                return None
            end = j + 1
            found = self.span_of(word, int(ahead), end)
            if word != "week" and (closed := self.closed(end)):
                return self.ended(found._replace(end=closed))
            return found
        year, end = self.year_at(i)
        if year and relation and self.word(i).isdecimal():
            return _Stretch(date(year, 1, 1), date(year, 12, 31), end, "year", sure=False)
        if (season := numbered("seasons").get(word)) and (relation or the or ahead):
            last = _last(date(self.today.year, season, 1))
            while last < self.today or (relation == "before" and add_months(last.replace(day=1), -2) <= self.today):
                last = _last(date(last.year + 1, season, 1))
            return _Stretch(add_months(last.replace(day=1), -2), last, j + 1, "season", sure=False)
        return None

    def closed(self, i: int) -> int:
        """The token behind "ends", "finishes", "is out", "is over"; 0 where none is."""
        if self.word(i) in ("end", "ends", "finishes", "finish", "closes"):
            return i + 1
        return i + 2 if self.word(i) == "is" and self.word(i + 1) in ("out", "over", "done", "up") else 0

    def span_of(self, name: str, ahead: int, end: int) -> _Stretch:
        """This week, month, quarter, year or weekend, or the one so many ahead. A week ends on its Friday."""
        today = self.today
        if name == "weekend":
            saturday = today + timedelta(days=5 - today.weekday() + 7 * ahead)
            return _Stretch(saturday, saturday + _DAY, end, name)
        if name == "week":
            monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * ahead)
            friday = monday + timedelta(days=4)
            if friday < today:
                friday += timedelta(days=7)
            return _Stretch(monday, friday, end, name)
        if name == "year":
            return _Stretch(date(today.year + ahead, 1, 1), date(today.year + ahead, 12, 31), end, name)
        months = 3 if name == "quarter" else 1
        first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
        first = add_months(first, months * ahead)
        return _Stretch(first, _last(add_months(first, months - 1)), end, name)

    # "Christmas", "valentines day"

    def holiday(self, i: int, _relation: str) -> _Stretch | None:
        i += self.word(i) in ("the", "this")
        for length in (3, 2, 1):
            name = " ".join(self.word(i + n) for n in range(length))
            # America's is in September, however it is spelt there; that of others in May.
            name = (
                {"labour day": "labor day", "labor day": "labour day"}.get(name, name) if self.is_labour(name) else name
            )
            if not (days := _holidays().get(name)):
                continue
            end = i + length
            if self.word(end) == "day" and length == 1:
                end += 1
            year, end = self.year_at(end)
            found = [day for day in (self.holiday_day(value, year) for value in days) if day and day >= self.today]
            if found:
                return _Stretch(min(found), min(found), end, "day")
        return None

    def is_labour(self, name: str) -> bool:
        return name == ("labor day" if self.dayfirst else "labour day")

    def holiday_day(self, value: str, year: int) -> date | None:
        if value.count("-") == 2:
            day = date.fromisoformat(value)
            return day if not year or day.year == year else None
        month, _, number_ = value.partition("-")
        return _date(year, int(month), int(number_)) if year else self.in_future_or_none(int(month), int(number_))

    def in_future(self, month: int, day: int) -> date:
        return self.in_future_or_none(month, day) or self.today

    def in_future_or_none(self, month: int, day: int) -> date | None:
        """The next such day after today; the 29th of February may be years away."""
        for year in range(self.today.year, self.today.year + 9):
            found = _date(year, month, day)
            if found and found >= self.today:
                return found
        return None

    def make(self, year: str, month: str, day: str) -> date | None:
        if not (is_number(year, 4) and is_number(month, 2) and is_number(day, 2)):
            return None
        return _date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))


def is_number(word: str, digits: int) -> bool:
    return len(word) <= digits and word.isascii() and word.isdecimal()


def _date(year: int, month: int, day: int) -> date | None:
    if 1 <= year <= 9000 and 1 <= month <= 12 and 1 <= day <= _days_in(year, month):
        return date(year, month, day)
    return None


def _last(day: date) -> date:
    return day.replace(day=_days_in(day.year, day.month))


def _days_in(year: int, month: int) -> int:
    """
    >>> _days_in(2028, 2), _days_in(2026, 12)
    (29, 31)
    """
    return (date(year + month // 12, month % 12 + 1, 1) - _DAY).day


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or that month's last.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


# Numbers and lengths of time


def number(found: list[Token], i: int) -> tuple[float, int] | None:
    """A count at a token, and the token behind it: "6", "2.5", "a couple of", "twenty-five", "3-4" (3.5).

    >>> number(tokens("a couple of weeks"), 0), number(tokens("twenty five days"), 0)
    ((2.0, 3), (25.0, 2))
    """

    def word(k: int) -> str:
        return found[k].word if k < len(found) else ""

    first = word(i)
    if is_number(first, 4):
        if word(i + 1) in (".", ",") and is_number(word(i + 2), 1) and found[i + 2].start == found[i].end + 1:
            return float(f"{first}.{word(i + 2)}"), i + 3
        if word(i + 1) in ("-", "to", "or") and is_number(word(i + 2), 3):
            return (float(first) + float(word(i + 2))) / 2, i + 3
        return float(first), i + 1
    counts = numbered("numbers")
    if first in ("the", "another", "maybe", "say", "just"):
        i += 1
        first = word(i)
    if first in ("a", "an") and word(i + 1) in ("couple", "pair", "few", "good", "full", "whole", "solid"):
        i += 1
        first = word(i)
    if first in ("good", "full", "whole", "solid"):
        return 1.0, i + 1
    if first not in counts:
        return None
    value, j = counts[first], i + 1
    if first in ("twenty", "thirty", "forty", "fifty", "sixty", "ninety"):
        k = j + (word(j) == "-")
        if 1 <= counts.get(word(k), 0) <= 9 and word(k) not in ("a", "an", "couple", "pair", "few"):
            value, j = value + counts[word(k)], k + 1
    elif word(j) in ("or", "to", "-") and word(j + 1) in counts and word(j + 1) not in ("a", "an"):
        return (value + counts[word(j + 1)]) / 2, j + 2
    if first in ("couple", "pair", "few"):
        j += word(j) in ("of", "o")
    return float(value), j
