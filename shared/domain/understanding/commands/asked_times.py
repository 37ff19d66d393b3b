"""Reads the clock time, the length of time and the day that a command is known to ask for, wherever they stand.

A text may name several: the hour that is wanted, the one that was, and when there is supper. What stands before
and behind each speaks for it or against it; of the likeliest, the last is meant.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from shared.domain.understanding.commands.message import Message, listed
from shared.domain.understanding.times import when
from shared.domain.understanding.times.clocks import Clock
from shared.domain.understanding.times.days import resumes
from shared.domain.understanding.times.vocabulary import is_number, number
from shared.domain.understanding.times.vocabulary import listed as timely
from shared.domain.understanding.times.when import Token

_INSTEAD_OF = frozenset("from than instead stead place not".split())
_SENTENCE_ENDS = frozenset(".!?;\n")
_HALVES = {"am": "morning morn mornings mornin".split(), "pm": "evening evenings evenin night nite nights".split()}
_NEAR = 8  # tokens about a clock in which "in the morning" is said of it


class Said(NamedTuple):
    """A clock or a length of time where it stands; a length has minutes alone."""

    first: int
    end: int
    clock: Clock | None
    minutes: int = 0


def times_said(found: list[Token]) -> Iterator[Said]:
    """The clocks and lengths of time of a text, none inside another."""
    i = 0
    while i < len(found):
        end = i + 1
        if when.may_begin_length(found[i].word) and not _is_dated(found, i):
            clock = when.read_clock(found, i)
            if not (clock and _is_written_with_h(found, i)) and (length := when.read_minutes(found, i)):
                end = length[1]
                yield Said(i, end, None, length[0])
            elif clock:
                end = clock.end
                yield Said(i, end, clock)
        i = end


def _is_written_with_h(found: list[Token], i: int) -> bool:
    """ "21h30", "21h" and "1900 hrs", but "in 14h"."""
    figure = int(found[i].word) if is_number(found[i].word, 4) else 0
    touches = i + 1 < len(found) and found[i + 1].start == found[i].end
    hour = touches and _word(found, i + 1) == "h" and 13 <= figure < 24
    return (hour or figure > 99) and _word(found, i - 1) not in ("in", "another")


def _is_dated(found: list[Token], i: int) -> bool:
    """Whether a number is a day of the month, a part or a share: "7th", "7/10", "9%"."""
    after = _word(found, i + 1)
    if not found[i].word.isdecimal():
        return False
    ordinal = after in ("st", "nd", "rd", "th") and found[i + 1].start == found[i].end
    return ordinal or after in ("/", "%") or _word(found, i - 1) == "/" or _word(found, i - 1) in timely("months")


def _word(found: list[Token], i: int) -> str:
    return found[i].word if 0 <= i < len(found) else ""


def _before(found: list[Token], i: int, most: int) -> list[str]:
    """The words of the same sentence before a token, the nearest last."""
    said: list[str] = []
    for k in range(i - 1, max(-1, i - 1 - most), -1):
        if found[k].word in _SENTENCE_ENDS:
            break
        said.append(found[k].word)
    return said[::-1]


def _behind(found: list[Token], i: int, most: int) -> list[str]:
    said: list[str] = []
    for token in found[i : i + most]:
        if token.word in _SENTENCE_ENDS:
            break
        said.append(token.word)
    return said


# "text me at 8"


def read_time(message: Message) -> dict[str, str] | None:
    """
    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str) -> object:
    ...     found = read_time(Message(text, Context(prompt_time="19:00"), datetime(2026, 3, 3, 19, 42, tzinfo=UTC)))
    ...     return found and found["time"]
    >>> read("7 is supper at our house, can yall come after, like 8:15"), read("shift to 10.15pm, stall close late")
    ('20:15', '22:15')
    >>> read("at 9 instead, dinner is at 7:30"), read("ask me in the morning, 7:30"), read("an hour later for good")
    ('21:00', '07:30', '20:00')
    """
    found, present = message.tokens, when.minute_of(message.context.prompt_time)
    said = list(times_said(found))
    best: tuple[int, Clock] | None = None
    for each in said:
        if each.clock and (best is None or _speaks_for(found, each) >= best[0]):
            best = _speaks_for(found, each), _with_half_of_day(found, each.first, each.clock)
    moved = [m for each in said if (m := _moved_by(found, each))]
    if moved and (best is None or best[0] < _SURE):
        return {"time": when.hhmm(present + moved[-1])}
    return {"time": when.hhmm(best[1].nearest(present))} if best else None


_SURE = 3


def _speaks_for(found: list[Token], said: Said) -> int:
    """How much speaks for it that a clock is the one that is asked for."""
    before, behind = _before(found, said.first, 7), _behind(found, said.end, 3)
    clock, points = said.clock, 0
    if clock and (clock.minute % 60 or not clock.ambiguous) and found[said.first].word not in timely("noon"):
        points += 1
    if _INSTEAD_OF & {*before[-2:]} or before[-1:] == ["was"]:
        points -= 4
    if before and before[-1] in listed("leading to a clock"):
        points += 1
    if set(before) & listed("asking for a time"):
        points += 2
    if before and before[-1] in ("no", "wait", "actually", "sorry"):
        points += 3
    if behind and behind[0] in listed("asked daily"):
        points += 2
    if behind and behind[0] in ("is", "i", "im") and not {*behind[1:]} & (listed("suits") | {"better", "good", "fine"}):
        points -= 2
    if {*before[-3:]} & {"bed", "asleep", "dinner", "supper", "till", "til", "until"}:
        points -= 2
    return points


def _with_half_of_day(found: list[Token], i: int, clock: Clock) -> Clock:
    """With the "morning" or "evening" that stands nearest to it."""
    if not clock.ambiguous:
        return clock
    for away in range(1, _NEAR):
        for k in (i - away, i + away):
            half = _half_named(found, k)
            if half:
                return Clock(clock.minute % 720 + (720 if half == "pm" else 0), False, clock.end)
    return clock


def _half_named(found: list[Token], k: int) -> str:
    """ "am" or "pm" where a token says it of texts: "in the morning", and not "I work nights"."""
    word, before = _word(found, k), _word(found, k - 1)
    if (word, before) == ("thing", "first"):
        return "am"
    if before in ("good", "on", "work", "no", "not", "this"):
        return ""
    if word in _HALVES["am"]:
        return "am"
    at_night = word.startswith("evenin") or before in ("at", "every", "each", "the", "per")
    return "pm" if word in _HALVES["pm"] and at_night and "flip" not in _before(found, k, 4) else ""


def _moved_by(found: list[Token], said: Said) -> int:
    """By how many minutes texts shall come later, or earlier: "half an hour earlier"."""
    behind = _behind(found, said.end, 2)
    if said.minutes and {"later", "after", "back"} & {*behind[:1]}:
        return said.minutes
    return -said.minutes if said.minutes and {"earlier", "sooner", "before", "forward"} & {*behind[:1]} else 0


# "ask me in half an hour"


def read_wait(message: Message) -> dict[str, int]:
    """In how many minutes to ask again; an hour where nothing says it.

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str) -> object:
    ...     return read_wait(Message(text, Context(), datetime(2026, 3, 3, 19, 42, tzinfo=UTC)))["minutes"]
    >>> read("9% battery, hit me again in half an hour"), read("hold ya horses, half 8 aye"), read("later")
    (30, 48, 60)
    >>> read("I clock out at 10. hit me at ten past"), read("half an hour before midnight"), read("try me in twenty")
    (148, 228, 20)
    """
    found, now = message.tokens, message.now.hour * 60 + message.now.minute
    best: tuple[int, int] | None = None
    hour: Clock | None = None
    for said in times_said(found):
        points, wait = _wait(found, said, now)
        if said.clock and (past := _past(found, said, hour)):
            points, wait = 3, past.after(now)
        hour = said.clock or hour
        if points > 0 and (best is None or points >= best[0]):
            best = points, wait
    if best is None or best[0] < _SURE:
        best = next(((_SURE, wait) for i in range(len(found)) if (wait := _bare_minutes(found, i))), best)
    return {"minutes": best[1] if best else 60}


def _wait(found: list[Token], said: Said, now: int) -> tuple[int, int]:
    """How much speaks for a wait until then, and its minutes."""
    before, behind = _before(found, said.first, 6), _behind(found, said.end, 4)
    asked = 2 if set(before) & listed("asking for a time") else 0
    last = before[-1] if before else ""
    if said.clock is None:
        if behind[:1] == ["before"] and (until := when.read_clock(found, said.end + 1)):
            return 4, until.after(now) - said.minutes
        if behind[:1] == ["ago"] or {"only", "goes", "been", "take", "takes"} & {*before[-2:]}:
            return 0, said.minutes
        return 1 + asked + (last in listed("leading to a length")), said.minutes
    bare = said.end == said.first + 1 and said.clock.minute % 60 == 0 and said.clock.ambiguous
    clock = _with_half_of_day(found, said.first, said.clock)
    if last in listed("leading to a clock") or (last in listed("before a clock")):
        return 2 + asked, clock.after(now)
    return (0 if bare or last == "in" else 1 + asked), clock.after(now)


def _bare_minutes(found: list[Token], i: int) -> int:
    """Minutes that are not called so: "in 45", "in like twenty", "gimme 10"; 0 where none are."""
    read = (
        number(found, i) if i and found[i].word not in ("a", "an", "the", "another", "maybe", "say", "just") else None
    )
    if read is None or not 5 <= read[0] <= 90 or read[0] % 1:
        return 0
    before = [token.word for token in found[max(0, i - 3) : i] if token.word not in ("like", "about", "say", "maybe")]
    led = before[-1:] and before[-1] in {"in", "another", "gimme", "snooze", "gis"}
    led = led or before[-2:] in (["give", "me"], ["give", "us"], ["gie", "me"])
    behind = _word(found, read[1])
    ends = not behind[:1].isalnum() or behind in listed("after minutes")
    return int(read[0]) if led and ends and behind not in ("/", ":", "%") else 0


def _past(found: list[Token], said: Said, hour: Clock | None) -> Clock | None:
    """ "At ten past", of an hour that was named before."""
    if hour is None or _word(found, said.end) not in ("past", "after") or said.end + 1 < len(found):
        return None
    minute = said.clock.minute // 60 if said.clock else 0
    return Clock(hour.minute // 60 * 60 + minute, hour.ambiguous, said.end + 1)


# "no texts until the 3rd", "for 2 weeks", "back on the 9th"


def read_until(message: Message) -> dict[str, str | None]:
    """The first day of texts again: what is named as an end, or a length of time from today; None for open.

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str) -> object:
    ...     return read_until(Message(text, Context(), datetime(2026, 3, 3, 19, 42, tzinfo=UTC)))["until"]
    >>> read("no messages, start again from 31st"), read("til i land back on the 9th of next month")
    ('2026-03-31', '2026-04-09')
    >>> read("surgery tomorrow, give me ten days of peace"), read("2 weeks from today, no need send"), read("quiet")
    ('2026-03-13', '2026-03-17', None)
    """
    found, today = message.tokens, message.now.date()
    periods = [p for p in when.periods(found, today, message.dayfirst) if p.last >= today]
    back = [p.first for p in periods if p.first > today and _comes_back(message, p)]
    ends = [p for p in periods if p.relation in ("until", "before", "through", "by", "after")]
    days = back or [resumes(p) for p in ends]
    if not days:
        days = list(_after_lengths(message, periods)) or [resumes(p) for p in periods]
    later = [day for day in days if day > today]
    return {"until": max(later).isoformat() if later else None}


def _comes_back(message: Message, period: when.Period) -> bool:
    """Whether a day is said to be the one of the return: "back on the 9th", "start again from 31st"."""
    found = message.tokens
    first = next(i for i, token in enumerate(found) if token.start >= period.start)
    if period.relation in ("until", "before", "through", "after") or period.unit not in ("day", "month", "quarter"):
        return False
    return bool(set(_before(found, first, 7)) & listed("coming back"))


def _after_lengths(message: Message, periods: list[when.Period]) -> Iterator[date]:
    """What day it is after each length of time, from today or from the day it is said to begin: "from Monday"."""
    today = message.now.date()
    starts = [p.first for p in periods if p.first > today and message.text[p.start : p.end].lower().startswith(_BEGINS)]
    grammar, i = when.Days(message.tokens, today, message.dayfirst), 0
    while i < len(message.tokens):
        amount = grammar.amount(i, starts[0]) if starts else grammar.amount(i)
        at = message.tokens[i].start
        inside = next((p for p in periods if p.start <= at < p.end), None)
        if amount and _word(message.tokens, amount[1]) != "ago":
            yield inside.last if inside and inside.relation in ("", "on") else amount[0]
        i = amount[1] if amount else i + 1


_BEGINS = ("from ", "starting ", "as of ", "since ")
