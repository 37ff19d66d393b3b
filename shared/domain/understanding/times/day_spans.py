"""Reads what names many days: "6 weeks", "this month", "Q2", "the weekend", "2027"."""

import re
from datetime import date, timedelta

from shared.domain.understanding.times.calendar import DAY, add_months, month_end
from shared.domain.understanding.times.day_names import DayNames, Stretch
from shared.domain.understanding.times.vocabulary import is_number, listed, number, numbered


class DaySpans(DayNames):
    """The stretches of days among the tokens of one text; each method reads one that begins at a token."""

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

    def ended(self, whole: Stretch) -> Stretch:
        """The end of something: its last day, and what is "until" it is over on the day after."""
        after = whole.last + DAY
        if whole.unit == "week":
            after = whole.last + timedelta(days=7 - whole.last.weekday())
        return whole._replace(first=after, sure=True)

    def financial_year(self, end: int) -> Stretch:
        """India's and Japan's end in March, Australia's in June: the next of them, whose country is not known here."""
        month = 3 if self.dayfirst else 12
        last = self.in_future(month, 31)
        return Stretch(last + DAY, last, end, "year")

    # "the Friday after next", "Monday week", "a week on Monday"

    def next_but_one(self, i: int, _relation: str) -> Stretch | None:
        i += self.word(i) == "the"
        if self.word(i) in ("week", "weekend", "month") and (self.word(i + 1), self.word(i + 2)) == ("after", "next"):
            return self.span_of(self.word(i), 2, i + 3)
        i += self.word(i) == "next"
        day = numbered("weekdays").get(self.word(i))
        if day is not None and (self.word(i + 1), self.word(i + 2)) == ("after", "next"):
            later = self.next_weekday(day) + timedelta(days=7)
            return Stretch(later, later, i + 3, "day")
        return None

    # "June", "next June", "June 2027"

    def month(self, i: int, relation: str) -> Stretch | None:
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
        whole = Stretch(first, month_end(first), end, "month", bool(relation or later) or len(word) > 3)
        return self.ended(whole) if self.word(end - 1) == "end" else whole

    # "this week", "next month", "the year", "the weekend", "2027", "Q2"

    def unit(self, i: int, relation: str) -> Stretch | None:
        if (self.word(i), self.word(i + 1), self.word(i + 2)) == ("this", "time", "next"):
            return self.this_time_next(i + 3)
        the = self.word(i) in ("the", "this", "t", "current")
        if self.word(i) == "the" and self.word(i + 1) in ("next", "coming", "following"):
            i += 1
        ahead = self.word(i) in ("next", "nxt", "following", "coming")
        word, j = self.unit_name(i + 1 if (the or ahead) and self.word(i) != "week" else i)
        if re.fullmatch(r"q[1-4]", word):
            return self.quarter(int(word[1]), j + 1)
        if word == "quarter" and is_number(self.word(j + 1), 1):
            return self.quarter(int(self.word(j + 1)), j + 2)
        if word in ("week", "month", "year", "quarter", "weekend"):
            return self.span(word, int(ahead), j + 1) if the or ahead or relation == "edge" else None
        year, end = self.year_at(i)
        if year and relation and self.word(i).isdecimal():
            return Stretch(date(year, 1, 1), date(year, 12, 31), end, "year", sure=False)
        if (month := numbered("seasons").get(word)) and (relation or the or ahead):
            return self.season(month, relation, j + 1)
        return None

    def unit_name(self, i: int) -> tuple[str, int]:
        """What names a unit, in one spelling, and its last token: "wk", "week end", "q 2"."""
        word = {"wk": "week", "mth": "month", "yr": "year", "weekends": ""}.get(self.word(i), self.word(i))
        word = "weekend" if word in listed("weekend names") else word
        if word == "week" and self.word(i + 1) == "end":
            return "weekend", i + 1
        if word == "q" and is_number(self.word(i + 1), 1) and self.near(i + 1):
            return word + self.word(i + 1), i + 1
        return word, i

    def this_time_next(self, i: int) -> Stretch | None:
        if self.word(i) not in ("year", "month", "week"):
            return None
        months = {"year": 12, "month": 1}.get(self.word(i))
        day = add_months(self.today, months) if months else self.today + 7 * DAY
        return Stretch(day, day, i + 1, "day")

    def quarter(self, number: int, end: int) -> Stretch | None:
        """A quarter by its number, with the year behind it; without one, the next that is not over."""
        if not 1 <= number <= 4:
            return None
        year, end = self.year_at(end)
        end += self.word(end) == "end"
        last = month_end(date(year or self.today.year, number * 3, 1))
        if not year and last < self.today:
            last = month_end(date(self.today.year + 1, number * 3, 1))
        return Stretch(add_months(last.replace(day=1), -2), last, end, "quarter")

    def span(self, name: str, ahead: int, end: int) -> Stretch:
        """As `span_of`; "before the year finishes" is its end."""
        found = self.span_of(name, ahead, end)
        closed = self.closed(end) if name != "week" else 0
        return self.ended(found._replace(end=closed)) if closed else found

    def season(self, month: int, relation: str, end: int) -> Stretch:
        """The next season that ends with a month; "before" it, the next that has not begun."""
        last = month_end(date(self.today.year, month, 1))
        while last < self.today or (relation == "before" and add_months(last.replace(day=1), -2) <= self.today):
            last = month_end(date(last.year + 1, month, 1))
        return Stretch(add_months(last.replace(day=1), -2), last, end, "season", sure=False)

    def closed(self, i: int) -> int:
        """The token behind "ends", "finishes", "is out", "is over"; 0 where none is: "this year finish it"."""
        if self.word(i) in ("ends", "finishes", "closes"):
            return i + 1
        if self.word(i) in ("end", "finish") and not self.word(i + 1)[:1].isalnum():
            return i + 1
        return i + 2 if self.word(i) == "is" and self.word(i + 1) in ("out", "over", "done", "up") else 0

    def span_of(self, name: str, ahead: int, end: int) -> Stretch:
        """This week, month, quarter, year or weekend, or the one so many ahead. A week ends on its Friday."""
        today = self.today
        if name == "weekend":
            saturday = today + timedelta(days=5 - today.weekday() + 7 * ahead)
            return Stretch(saturday, saturday + DAY, end, name)
        if name == "week":
            monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * ahead)
            friday = monday + timedelta(days=4)
            if friday < today:
                friday += timedelta(days=7)
            return Stretch(monday, friday, end, name)
        if name == "year":
            return Stretch(date(today.year + ahead, 1, 1), date(today.year + ahead, 12, 31), end, name)
        months = 3 if name == "quarter" else 1
        first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
        first = add_months(first, months * ahead)
        return Stretch(first, month_end(add_months(first, months - 1)), end, name)
