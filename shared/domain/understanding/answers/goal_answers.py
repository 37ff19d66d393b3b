"""Reads what members answer when a goal of theirs is asked about: how many, by when, on which days at what time.

The words are in `words/goal_answers.txt`; days and times are read by the grammar of `when.py`.
"""

from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.answers.goals import read_target
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.text.amounts import amounts, tokens
from shared.domain.understanding.text.phrases import phrases
from shared.domain.understanding.times import places, when
from shared.domain.understanding.times.vocabulary import listed, numbered
from shared.domain.understanding.times.when import Token

_FILE = "goal_answers"
_LONGEST = 300  # characters; what is longer is told, not answered
_MOST_BESIDE = 4  # words beside a date that is the answer; more of them tell of something else
_YEARS_BACK = 2  # how far back a date is known for a past one
_AFTERNOON = "15:00"  # an hour that may be two is the one nearer to this: 7 is in the evening, 9 in the morning


class Cue(NamedTuple):
    """When the member will do something: weekdays, "HH:MM", and what they said that they do, "" for nothing."""

    days: tuple[str, ...]
    at: str
    action: str


def says(text: str, *sections: str) -> bool:
    """Whether a text says only what one of these lists holds, politeness aside.

    >>> says("Keep it, please!", "keep"), says("keep me posted", "keep"), says("done counts", "done counts")
    (True, False, True)
    """
    found = [token for token in tokens(normalise(text[:_LONGEST])) if token.word[0].isalnum()]
    meant, polite = phrases(_FILE, *sections), phrases("open_questions", "politeness")
    at, said = 0, False
    while at < len(found):
        length = meant.at(found, at)
        said = said or length > 0
        length = length or polite.at(found, at)
        if not length:
            return False
        at += length
    return said


def is_vague(text: str) -> bool:
    """Whether a goal names nothing that one could see: "be happier at work".

    >>> is_vague("be happier at work"), is_vague("a better job"), is_vague("get a new job in UX"), is_vague("sing")
    (True, True, False, False)
    """
    said = {token.word for token in tokens(text) if token.word[0].isalnum()}
    lists = words.load(_FILE)
    return bool(said & lists["vague"]) and said <= lists["vague"] | lists["beside vague"]


def is_one_thing(text: str) -> bool:
    """Whether a goal is reached or not, and nobody would ask how many: "finish my portfolio".

    >>> is_one_thing("Get promoted"), is_one_thing("learn Spanish")
    (True, False)
    """
    return phrases(_FILE, "one thing").at(tokens(text), 0) > 0


def days_each(unit: str | None) -> float:
    """How many days one of a unit takes at the least, beside a job: a course a week, pages none to speak of.

    >>> days_each("courses"), days_each("pages"), days_each("dollars"), days_each("jobs"), days_each(None)
    (7, 0, 0, 1, 1)
    """
    lists, money = words.load(_FILE), words.load("goals")
    if unit in lists["a week each"]:
        return 7
    return 0 if unit in lists["many a day"] | money["currencies"] | money["rupees"] else 1


def period(text: str, number: float | None = None) -> int:
    """Of how many days a text's number is, where it is so many a week; 0 where it is of all of it.

    With a `number`, that is the one which must be in the text: "read a book a month" is no 12 a month.

    >>> period("run 3 times a week"), period("apply to 2 jobs daily", 2), period("apply to 5 jobs")
    (7, 1, 0)
    """
    found = tokens(text)
    if number is not None and all(amount.value != number for amount in amounts(found)):
        return 0
    for days, section in ((1, "a day"), (7, "a week"), (30, "a month")):
        if phrases(_FILE, section).within(found):
            return days
    return 0


def read_amount(text: str) -> tuple[float, str | None] | None:
    """How many of what an answer says, and of "3 of 5" the three; None where it says none.

    >>> read_amount("about 20"), read_amount("10 jobs"), read_amount("$2000"), read_amount("dunno")
    ((20, None), (10, 'jobs'), (2000, 'dollars'), None)
    """
    number, unit = read_target(normalise(text[:_LONGEST]))
    return (number, unit) if number is not None else None


def is_amount(text: str) -> bool:
    """Whether a text is nothing but how many: a bare number, whatever else it could be.

    >>> is_amount("5"), is_amount("about $2000"), is_amount("3 of 5"), is_amount("7, shipped it"), is_amount("7 today")
    (True, True, True, False, False)
    """
    found = tokens(normalise(text[:_LONGEST]))
    counted = amounts(found)
    said = {at for amount in counted for at in range(amount.first, amount.last)}
    around = words.load(_FILE)["about an amount"]
    rest = (token.word for at, token in enumerate(found) if at not in said and token.word[0].isalnum())
    return 1 <= len(counted) <= 2 and all(word in around for word in rest)


def read_deadline(text: str, now: datetime, beside: int = _MOST_BESIDE) -> date | None:
    """The day that an answer sets, past where it names a past year's; None where the text tells of something else.

    No more than so many words may stand `beside` it.

    >>> now = datetime.fromisoformat("2026-03-03T19:42:00-05:00")
    >>> for said in ("june", "6 weeks", "the 15th I think", "1 march 2026", "had a long talk with my boss on Friday"):
    ...     print(read_deadline(said, now))
    2026-06-30
    2026-04-14
    2026-03-15
    2026-03-01
    None
    """
    text = normalise(text[:_LONGEST])
    for find in (_coming, find_past):
        for lead in ("", "by ", "in "):
            if found := find(lead + text, now):
                rest = (lead + text)[: found.start] + " " + (lead + text)[found.end :]
                return found.day if len(rest.split()) <= beside else None
    return None


def _coming(text: str, now: datetime) -> when.FoundDate | None:
    return when.find_date(text, now.date(), _dayfirst(now))


def find_past(text: str, now: datetime) -> when.FoundDate | None:
    """The past day that a text names with its year, and where; None where it names a coming one, or none."""
    if _coming(text, now):
        return None
    found = when.find_date(text, now.date().replace(year=now.year - _YEARS_BACK, day=1), _dayfirst(now))
    return found if found and found.day < now.date() else None


def _dayfirst(now: datetime) -> bool:
    return not -600 <= places.offset_of(now) <= -240


def read_cue(text: str, now: datetime) -> Cue | None:
    """The days and the time at which the member will do something, and what; None where either is missing.

    >>> now = datetime.fromisoformat("2026-03-03T19:42:00-05:00")
    >>> read_cue("Tue 7pm, then I open the course", now)
    Cue(days=('tue',), at='19:00', action='open the course')
    >>> read_cue("if it's saturday or sunday morning I'll write 2 applications", now)
    Cue(days=('sat', 'sun'), at='09:00', action='write 2 applications')
    >>> read_cue("7pm", now), read_cue("weekdays at the library", now)
    (None, None)
    """
    text = normalise(text[:_LONGEST])
    read = _When(when.tokens(text), now.weekday())
    if not read.days or read.minute is None:
        return None
    days = tuple(day for n, day in enumerate(when.DAYS) if n in read.days)
    before, after = text[: read.start], text[read.end :]
    return Cue(days, when.hhmm(read.minute), _action(after) or _action(before))


def is_cue(text: str) -> bool:
    """Whether a text opens with days or a time, as a plan does; a setting says "only", or for whom the hour is.

    >>> [is_cue(said) for said in ("Tue 7pm, then I read", "every day at 8", "7pm", "weekdays", "weekdays only", "7")]
    [True, True, True, True, False, False]
    """
    text = normalise(text[:_LONGEST])
    found = when.tokens(text)
    read = _When(found, weekday=0)
    setting = {token.word for token in found} & (listed("only these") | listed("leaving out"))
    before = text[: read.start]
    if read.days and read.minute is not None:
        return not setting and not _action(before)
    named = bool(read.days) or read.minute is not None
    return named and not setting and all(token.word in words.load(_FILE)["before a day"] for token in tokens(before))


class _When:
    """The days and the time that tokens name, and where in the text they stand."""

    def __init__(self, found: list[Token], weekday: int) -> None:
        self.found, self.weekday, self.days = found, weekday, set[int]()
        self.clock: when.Clock | None = None
        self.part: int | None = None  # the hour that a part of the day stands for
        self.start, self.end = len(found) and found[-1].end, 0
        at = 0
        while at < len(found):
            at = self._day(at) or self._part(at) or self._hour(at) or at + 1

    @property
    def minute(self) -> int | None:
        """Of the day; an hour that may be two is the one that the part of the day, or else the afternoon, is near."""
        if self.clock:
            near = self.part * 60 if self.part is not None else when.minute_of(_AFTERNOON)
            return self.clock.nearest(near)
        return None if self.part is None else self.part * 60

    def _take(self, first: int, last: int) -> int:
        self.start, self.end = min(self.start, self.found[first].start), self.found[last - 1].end
        return last

    def _word(self, at: int) -> str:
        return self.found[at].word if 0 <= at < len(self.found) else ""

    def _day(self, at: int) -> int:
        """The token behind the days named here, 0 for none."""
        if run := when.day_run(self.found, at):
            self.days |= run[0]
            return self._take(at, run[1])
        every = self._word(at) in ("every", "each", "all") and self._word(at + 1) in ("day", "days", *_parts())
        if every or self._word(at) in listed("everyday"):
            self.days |= set(range(7))
            return self._take(at, at + 1 + (every and self._word(at + 1) in ("day", "days")))
        today = self._word(at) in listed("today")
        if today or self._word(at) in listed("tomorrow"):
            self.days.add((self.weekday + (not today)) % 7)
            if self._word(at) in _parts():
                self.part = _parts()[self._word(at)]
            return self._take(at, at + 1)
        return 0

    def _hour(self, at: int) -> int:
        """The token behind a time of day, 0 for none; a bare number is one at the head, behind a day, or "at 7"."""
        read = when.read_clock(self.found, at)
        if read is None or self._word(read.end) in numbered("short units"):
            return 0
        if not self._is_told(at, read):
            return 0
        self.clock = self.clock or read
        return self._take(at, read.end)

    def _is_told(self, at: int, read: when.Clock) -> bool:
        """Whether it is an hour that is told: "7pm", "at seven", "Tue 7"; "one page" and "2 applications" are none."""
        word, before = self._word(at), self._word(at - 1)
        if read.end > at + 1 or (word not in numbered("numbers") and len(word) > 2):
            return True
        behind_day = bool(self.days) and before in (*numbered("weekdays"), *listed("everyday"), "day", ",")
        return before in ("at", "@", "around", "by", "from") or (word.isdecimal() and behind_day and not self.clock)

    def _part(self, at: int) -> int:
        """The token behind a part of the day, 0 for none: "mornings", "after work"."""
        for length in (2, 1):
            phrase = " ".join(self._word(at + n) for n in range(length))
            if phrase in _parts():
                self.part = _parts()[phrase]
                return self._take(at, at + length)
        return 0


@cache
def _parts() -> dict[str, int]:
    pairs = (line.rpartition(" ") for line in words.load(_FILE)["parts of a day"])
    return {phrase: int(hour) for phrase, _, hour in pairs}


def _action(text: str) -> str:
    """What a member says that they do, without "then I" in front of it and "on" behind it."""
    found = tokens(text)
    leads, tail = phrases(_FILE, "leads in"), phrases(_FILE, "before a day")
    at, end = 0, len(found)
    while end and (not found[end - 1].word[0].isalnum() or tail.before(found, end)):
        end -= tail.before(found, end) or 1
    while at < end and (not found[at].word[0].isalnum() or leads.at(found, at)):
        at += leads.at(found, at) or 1
    return text[found[at].start : found[end - 1].end] if at < end else ""
