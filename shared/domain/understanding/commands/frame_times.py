"""Finds the times in a sentence that a command may take: days, lengths of time, clock times, weekday sets."""

from typing import Any, NamedTuple

from shared.domain.understanding.commands.message import Message, listed
from shared.domain.understanding.commands.vocabulary import vocabulary
from shared.domain.understanding.times import when
from shared.domain.understanding.times.vocabulary import numbered
from shared.domain.understanding.times.when import Token


class Span(NamedTuple):
    """A phrase or a time in a sentence, by its tokens, with its lists."""

    start: int
    end: int
    lists: int
    value: Any = None


def times_in(message: Message, found: list[Token], may: list[bool], wanted: frozenset[str]) -> list[Span]:
    """The times of the wanted kinds in a sentence; `may` tells of each token whether a time may begin there."""
    return _Times(message, found, may, wanted).find()


class _Times:
    """The times of one sentence, while they are looked for from token to token."""

    def __init__(self, message: Message, found: list[Token], may: list[bool], wanted: frozenset[str]) -> None:
        self.tokens, self.spans = found, list[Span]()
        self.dates, self.clocks = bool(wanted & {"date", "days"}), bool(wanted & {"clock", "minutes"})
        self.grammar = when.Days(found, message.now.date(), message.dayfirst)
        self.may = [near and when.may_begin(token.word) for near, token in zip(may, found, strict=True)]
        self.runs = {i: run for i in range(len(found)) if self.may[i] and (run := when.day_run(found, i))}
        several = len({day for days, _ in self.runs.values() for day in days}) > 1
        self.several = several or (bool(self.runs) and any(_every_day(found, i) for i in range(len(found))))
        self.taken = 0  # the token behind the last "until ..."

    def find(self) -> list[Span]:
        i = 0
        while i < len(self.tokens):
            i = self._read(i) if self.may[i] else i + 1
        return self.spans

    def _add(self, start: int, end: int, *names: str, value: Any = None) -> None:
        self.spans.append(Span(start, end, sum(vocabulary().bits[name] for name in names), value))

    def _read(self, i: int) -> int:
        """Adds the times that begin at a token, whose readings may differ; where the next one may begin."""
        word, before = self.tokens[i].word, self.tokens[i - 1].word if i else ""
        run = self.runs.get(i)
        day = self.grammar.phrase(i) if self.dates and not (run and len(run[0]) > 1) else None
        if day and (word, before) == ("from", "back"):  # "back from Easter"
            return day[1]
        if day and _any_weekend(self.tokens, day[1] - 1):
            day = None
        end = max(i + 1, self._add_day(i, *day) if day else 0, self._add_weekdays(i, run))
        if not when.may_begin_length(word):
            return end
        if amount := self.grammar.amount(i):
            self._add(i, amount[1], "span", value=amount[0])
        dated = amount or (day and day[0].unit == "day" and day[1] > i + 1)
        return max(end, self._add_clock(i, before, bool(dated))) if self.clocks else end

    def _add_day(self, i: int, period: when.Period, stop: int) -> int:
        if period.relation in ("on", "") and self.tokens[stop - 1].word in when.plural_days():
            return 0
        if period.relation in ("until", "through", "before"):
            self._add(i, stop, "until", "date", value=period)
            self.taken = stop
        elif (
            period.relation == "by"
            and period.unit != "day"
            and self.tokens[i].word in ("for", "in", "within", "the", "over")
        ):
            self._add(i, stop, "span", value=period)
            self.taken = stop
        else:
            self._add(i, stop, "date", value=period)
        return stop if period.relation not in ("on", "") or self.tokens[i].word == "from" else 0

    def _add_weekdays(self, i: int, run: tuple[set[int], int] | None) -> int:
        if run and i >= self.taken and not _dated(self.tokens, i) and not _one_weekend(self.tokens, i):
            plural = len(run[0]) > 1 or self.several or self.tokens[i].word in when.plural_days()
            self._add(i, run[1], "days" if plural else "weekday")
            return run[1]
        if every := _every_day(self.tokens, i):
            self._add(i, every, "days")
        return 0

    def _add_clock(self, i: int, before: str, dated: bool) -> int:
        found, word = self.tokens, self.tokens[i].word
        if bare := _bare_minutes(found, i):
            self._add(i, i + 1, "minutes", value=bare)
        if before not in ("at", "@") and (length := when.read_minutes(found, i)):
            self._add(i, length[1], "minutes", value=length[0])
            return length[1]
        if dated or not (time := when.read_clock(found, i)):
            return 0
        bare_hour = time.end == i + 1 and (time.ambiguous or len(word) < 3) and word not in when.named_hours()
        following = found[i + 1].word if i + 1 < len(found) else ""
        if before in ("a", "an") and (bare_hour or following in ("this", "today", "tonight", "for")):
            return 0  # "an eight this evening" is a score, and no hour
        name = "number" if bare_hour and before not in listed("before a clock") else "clock"
        self._add(i, time.end, name, value=time)
        return time.end


def _every_day(found: list[Token], i: int) -> int | None:
    """The token behind "every day", "all days", "7 days", "daily", where one begins."""
    word, following = found[i].word, found[i + 1].word if i + 1 < len(found) else ""
    if i and found[i - 1].word in ("for", "in", "next", "last", "past"):
        return None
    if word == "everyday" or (word == "daily" and following not in listed("messages")):
        return i + 1
    if (word in ("every", "each") and following == "day") or (word in ("all", "7", "seven") and following == "days"):
        return i + 2
    return i + 3 if (word, following) == ("every", "single") else None


def _bare_minutes(found: list[Token], i: int) -> int | None:
    """ "in 30", "give me 10": minutes that are not called so."""
    word = found[i].word
    if i and word in ("twenty", "thirty", "forty", "fifty", "ninety") and found[i - 1].word == "in":
        return numbered("numbers")[word] if i + 1 == len(found) or found[i + 1].word in ".,!?;)" else None
    if not (
        i and word.isascii() and word.isdecimal() and len(word) == 2 and found[i - 1].word in listed("before minutes")
    ):
        return None
    following = found[i + 1].word if i + 1 < len(found) else ""
    ends = not following or following in ".,!?;)-" or following in listed("after minutes")
    return int(word) if 5 <= int(word) <= 90 and ends else None


def _any_weekend(found: list[Token], i: int) -> bool:
    """ "At the weekend" is any of them, "over the weekend" is one."""
    before = [token.word for token in found[max(0, i - 2) : i]]
    return found[i].word in ("weekend", "wkend", "wknd") and before in (["at", "the"], ["on", "the"], ["at", "a"])


def _one_weekend(found: list[Token], i: int) -> bool:
    named = found[i].word in ("weekend", "wkend", "wknd") and i and found[i - 1].word in ("the", "this", "next")
    return bool(named) and not _any_weekend(found, i)


def _dated(found: list[Token], i: int) -> bool:
    """Whether a weekday is one day of the calendar: "this Friday", "Monday week", "Monday the 17th"."""
    before = found[i - 1].word if i else ""
    after = [token.word for token in found[i + 1 : i + 3]] + ["", ""]
    if before in ("this", "next", "nxt", "coming") or after[0] in ("week", "fortnight"):
        return True
    return after[0].isdecimal() or (after[0] == "the" and after[1][:1].isdecimal())
