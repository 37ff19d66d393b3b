"""Reads what names a day: "today", "next Friday", "8/12", "the 15th of June", "Christmas"."""

from datetime import date, timedelta
from typing import NamedTuple

from shared.domain.understanding.text.cut import Token as Token
from shared.domain.understanding.times.calendar import add_months, day_or_none, month_end
from shared.domain.understanding.times.vocabulary import holidays, is_number, listed, numbered, units_of_days


class Stretch(NamedTuple):
    first: date
    last: date
    end: int  # the token after it
    unit: str
    sure: bool = True  # False where the words are a day only behind a preposition


class DayNames:
    """The names of days among the tokens of one text; each method reads one that begins at a token."""

    def __init__(self, found: list[Token], today: date, dayfirst: bool) -> None:
        self.tokens, self.today, self.dayfirst = found, today, dayfirst
        self.words, self.size = [token.word for token in found], len(found)
        self.measures = not units_of_days().isdisjoint(self.words)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < self.size else ""

    def near(self, i: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return 0 < i < len(self.tokens) and self.tokens[i].start == self.tokens[i - 1].end

    # "2026-11-15", "8/12", "15.11.", "8/12/26"

    def iso(self, i: int, _relation: str) -> Stretch | None:
        if not (len(self.word(i)) == 4 and self.word(i).isdecimal() and self.word(i + 1) in ("-", "/")):
            return None
        if self.word(i + 3) != self.word(i + 1):
            return None
        day = self.make(self.word(i), self.word(i + 2), self.word(i + 4))
        return Stretch(day, day, i + 5, "day") if day else None

    def numeric(self, i: int, _relation: str) -> Stretch | None:
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
                return Stretch(made, made, end, "day", bool(third) or mark == ".")
        return None

    # "today", "tomorrow", "the day after tomorrow"

    def near_day(self, i: int, _relation: str) -> Stretch | None:
        i += self.word(i) in ("the", "t", "th") and self.word(i + 1) not in listed("weekend names")
        word = self.word(i)
        if word in listed("tomorrow") and not (word == "morn" and self.word(i - 1) not in ("the", "ra")):
            j, days = i + 1, 1
            if self.word(j) == "week":
                j, days = j + 1, 8
            elif self.word(j) in ("morning", "night", "evening", "afternoon", "arvo"):
                j += 1
            return Stretch(self.today + timedelta(days=days), self.today + timedelta(days=days), j, "day")
        if (word, self.word(i + 1)) in (("day", "after"), ("overmorrow", "")):
            j = i + 2
            if self.word(j) in listed("tomorrow"):
                later = self.today + timedelta(days=2)
                return Stretch(later, later, j + 1, "day")
            return None
        if word in listed("today"):
            return Stretch(self.today, self.today, i + 1, "day")
        return None

    # "Friday", "next Friday", "Friday the 17th", "Monday week"

    def next_weekday(self, day: int) -> date:
        return self.today + timedelta(days=(day - self.today.weekday() - 1) % 7 + 1)

    def weekday(self, i: int, relation: str) -> Stretch | None:
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
        return Stretch(found, found, j, "day", sure=not word.endswith("days"))

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

    def day_of_month(self, i: int, relation: str) -> Stretch | None:
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
            found = start.replace(day=min(day, month_end(start).day))
            return Stretch(found, found, k + 2, "day")
        if of and self.word(k) in ("last", "previous"):
            return None
        if not (ordinal or the) or not (the or relation):
            return None
        following = self.word(j)
        leads = ordinal and the and (i, self.word(0)) == (2, "by")  # "by the 20th read 3 books"
        if following[:1].isalnum() and following not in listed("after a day") and not leads:
            return None
        if self.word(i) in ("second", "first") and not the:
            return None
        if not ordinal and not (relation and (not following or not following[:1].isalnum())):
            return None
        for ahead in range(14):
            start = add_months(self.today.replace(day=1), ahead)
            if day <= month_end(start).day and start.replace(day=day) > self.today:
                return Stretch(start.replace(day=day), start.replace(day=day), j, "day")
        return None

    def dated(self, month: int, day: int, end: int) -> Stretch | None:
        year, end = self.year_at(end)
        found = day_or_none(year, month, day) if year else self.in_future_or_none(month, day)
        return Stretch(found, found, end, "day") if found else None

    # "Christmas", "valentines day"

    def holiday(self, i: int, _relation: str) -> Stretch | None:
        i += self.word(i) in ("the", "this")
        for length in (3, 2, 1):
            name = " ".join(self.word(i + n) for n in range(length))
            # America's is in September, however it is spelt there; that of others in May.
            name = (
                {"labour day": "labor day", "labor day": "labour day"}.get(name, name) if self.is_labour(name) else name
            )
            if not (days := holidays().get(name)):
                continue
            end = i + length
            if self.word(end) == "day" and length == 1:
                end += 1
            year, end = self.year_at(end)
            found = [day for day in (self.holiday_day(value, year) for value in days) if day and day >= self.today]
            if found:
                return Stretch(min(found), min(found), end, "day")
        return None

    def is_labour(self, name: str) -> bool:
        return name == ("labor day" if self.dayfirst else "labour day")

    def holiday_day(self, value: str, year: int) -> date | None:
        if value.count("-") == 2:
            day = date.fromisoformat(value)
            return day if not year or day.year == year else None
        month, _, number_ = value.partition("-")
        return day_or_none(year, int(month), int(number_)) if year else self.in_future_or_none(int(month), int(number_))

    def in_future(self, month: int, day: int) -> date:
        return self.in_future_or_none(month, day) or self.today

    def in_future_or_none(self, month: int, day: int) -> date | None:
        """The next such day after today; the 29th of February may be years away."""
        for year in range(self.today.year, self.today.year + 9):
            found = day_or_none(year, month, day)
            if found and found >= self.today:
                return found
        return None

    def make(self, year: str, month: str, day: str) -> date | None:
        if not (is_number(year, 4) and is_number(month, 2) and is_number(day, 2)):
            return None
        return day_or_none(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
