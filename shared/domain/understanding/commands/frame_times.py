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


# Times


def times_in(message: Message, found: list[Token], may: list[bool], wanted: frozenset[str]) -> list[Span]:
    """The times of the wanted kinds in a sentence: days, lengths of time, clock times, weekday sets."""
    dates, clocks = bool(wanted & {"date", "days"}), bool(wanted & {"clock", "minutes"})
    bits = vocabulary().bits
    spans: list[Span] = []
    grammar = when.Days(found, message.now.date(), message.dayfirst)
    may = [near and when.may_begin(token.word) for near, token in zip(may, found, strict=True)]
    runs = {i: run for i in range(len(found)) if may[i] and (run := when.day_run(found, i))}
    several = len({day for days, _ in runs.values() for day in days}) > 1
    several = several or (bool(runs) and any(_every_day(found, i) for i in range(len(found))))
    taken = 0  # the token behind the last "until ..."
    i = 0
    while i < len(found):
        end = i + 1
        if not may[i]:
            i = end
            continue
        word, before = found[i].word, found[i - 1].word if i else ""
        run = runs.get(i)
        read = grammar.phrase(i) if dates and not (run and len(run[0]) > 1) else None
        if read and (word, before) == ("from", "back"):  # "back from Easter"
            i = read[1]
            continue
        if read and _any_weekend(found, read[1] - 1):
            read = None
        if read and not (read[0].relation in ("on", "") and found[read[1] - 1].word in when.plural_days()):
            period, stop = read
            name = "until" if period.relation in ("until", "through", "before") else "date"
            if period.relation == "by" and period.unit != "day" and word in ("for", "in", "within", "the", "over"):
                name = "span"
            spans.append(Span(i, stop, bits[name] | (bits["date"] if name == "until" else 0), period))
            if name != "date":
                taken = stop
            if period.relation not in ("on", "") or word == "from":
                end = max(end, stop)
        if run and i >= taken and not _dated(found, i) and not _one_weekend(found, i):
            plural = len(run[0]) > 1 or several or word in when.plural_days()
            spans.append(Span(i, run[1], bits["days" if plural else "weekday"]))
            end = max(end, run[1])
        elif every := _every_day(found, i):
            spans.append(Span(i, every, bits["days"]))
        if not when.may_begin_length(word):
            i = end
            continue
        amount = grammar.amount(i)
        if amount:
            spans.append(Span(i, amount[1], bits["span"], amount[0]))
        if not clocks:
            i = end
            continue
        if bare := _bare_minutes(found, i):
            spans.append(Span(i, i + 1, bits["minutes"], bare))
        length = when.read_minutes(found, i) if before not in ("at", "@") else None
        dated = amount or (read and read[0].unit == "day" and read[1] > i + 1)
        if length:
            spans.append(Span(i, length[1], bits["minutes"], length[0]))
            end = max(end, length[1])
        elif not dated and (time := when.read_clock(found, i)):
            bare_hour = time.end == i + 1 and (time.ambiguous or len(word) < 3) and word not in when.named_hours()
            name = "number" if bare_hour and before not in listed("before a clock") else "clock"
            spans.append(Span(i, time.end, bits[name], time))
            end = max(end, time.end)
        i = end
    return spans


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
