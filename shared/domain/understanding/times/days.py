"""Reads days and deadlines, by a small grammar over words.

What people call a day is in `words/when.txt`; how such words are put together is here and in the modules beside.
Nothing here looks for a date in any sentence: the callers ask only behind a command or an open question.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from shared.domain.understanding.text.cut import Token as Token
from shared.domain.understanding.times.calendar import DAY
from shared.domain.understanding.times.day_names import Stretch
from shared.domain.understanding.times.day_spans import DaySpans
from shared.domain.understanding.times.vocabulary import first_of_a_day, listed, numbered, relating, tokens


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
    if following and dated and re.compile(_THAT_IS).fullmatch(text, period.end, following.start):
        period = following._replace(start=period.start, relation=period.relation)
    return FoundDate(deadline(period), period.start, period.end)


_THAT_IS = r"(?i)\s?(?:,|\(|-)\s?(?:(?:that is|that's|thats|which is|i\.?e\.?|so)\s)?(?:on\s)?"


def deadline(period: Period) -> date:
    """The last day of what a period allows: a month is its last day, and "before June" the last of May."""
    return min(period.last, period.first - DAY) if period.relation == "before" else period.last


def resumes(period: Period) -> date:
    """The first day on which texts come again: "until June" is its first, "in June" the first of July."""
    if period.first > period.last or period.relation in ("until", "before"):
        return period.first
    if period.relation == "by":
        return period.last
    if period.unit == "week":
        return period.first + timedelta(days=7)
    return period.last + DAY


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


_BEFORE_A_COUNT = ("the", "next", "coming", "following", "about", "around", "like", "roughly", "maybe")
_ENDS = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}


class Days(DaySpans):
    """The grammar of days over the tokens of one text."""

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

    def period(self, stretch: Stretch, i: int, relation: str) -> tuple[Period, int]:
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

    def stretch(self, i: int, relation: str) -> Stretch | None:
        for read in self.readers(self.word(i)):
            if found := read(i, relation):
                return found
        return None

    def readers(self, word: str) -> "tuple[Callable[[int, str], Stretch | None], ...]":
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

    def counted(self, i: int, before: str) -> Stretch | None:
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
            return Stretch(self.shift(start.first, i), self.shift(start.first, i), start.end, "day")
        elif (
            unit == "week" and self.word(j) in numbered("weekdays") and self.word(j) not in listed("doubtful weekdays")
        ):
            later = self.shift(self.next_weekday(numbered("weekdays")[self.word(j)]), i)  # "a week Monday"
            return Stretch(later, later, j + 1, "day")
        elif self.word(j) in listed("tomorrow"):
            later = self.shift(self.today + DAY, i)
            return Stretch(later, later, j + 1, "day")
        elif not (before in ("in", "within", "inside") or (soon and before in ("for", "over", "during", "on", "by"))):
            return None
        return Stretch(day, day, j, unit)

    # "end of June", "mid-July", "EOM"

    def edge(self, i: int, _relation: str) -> Stretch | None:
        i += self.word(i) in ("the", "t")
        word = self.word(i)
        if word in listed("day abbreviations"):
            if any(self.word(i + 1) in listed(name) for name in ("weekdays", "tomorrow", "today")):
                return self.stretch(i + 1, "by")
            return Stretch(self.today, self.today, i + 1, "day")
        if word == "eofy":
            return self.financial_year(i + 1)
        if word in _ENDS:
            return self.ended(self.span_of(_ENDS[word], 0, i + 1))
        if word in ("month", "year", "quarter", "week") and self.word(i + 1) in ("end", "ends"):
            return self.ended(self.span_of(word, 0, i + 2)) if word != "week" else None
        part, j = self.part(i)
        return self.part_of(part, j) if part else None

    def part(self, i: int) -> tuple[str, int]:
        """Which part of a stretch is named, and the token that the stretch begins at: "end of", "the first week in".

        It is "end", "middle", "beginning", "first week", or "" where none is named.
        """
        word = self.word(i)
        named = next((name for name in ("end", "middle", "beginning") if word in listed(name)), "")
        if word == "rest":
            named = "end"
        if word in ("first", "last") and self.word(i + 1) in ("week", "day", "few"):
            named = "first week" if word == "first" else "end"
            i += 1 + (self.word(i + 1) == "few")
        j = i + 1
        j += self.word(j) == "-"
        of = self.word(j) in ("of", "o", "the", "to")
        while self.word(j) in ("of", "o", "the", "this", "t", "current", "our", "my"):
            j += 1
        return named if of or named == "middle" or word in ("end", "early", "late") else "", j

    def part_of(self, part: str, i: int) -> Stretch | None:
        """The part of the stretch that begins at a token; its end is the whole of it, as of its last day."""
        if self.word(i) in ("financial", "fiscal", "tax") and self.word(i + 1) == "year":
            return self.financial_year(i + 2)
        i += self.word(i) in ("calendar", "calender")
        if self.word(i) in ("day", "night", "shift"):
            return Stretch(self.today, self.today, i + 1, "day") if part == "end" else None
        whole = self.month(i, "by") or self.unit(i, "edge") or self.near_day(i, "by")
        if whole is None:
            return None
        first, last, end = whole.first, whole.last, whole.end
        if part == "end":
            return self.ended(whole)
        if part == "middle":
            day = first.replace(day=15) if whole.unit == "month" else first + timedelta(days=(last - first).days // 2)
            return Stretch(day, day, end, "day")
        if part == "first week":
            return Stretch(first, first + timedelta(days=6), end, "week")
        return Stretch(first, first, end, "day")
