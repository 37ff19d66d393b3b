"""Reads the commands a member gives: what a text asks the service to do.

Most are matched by the words they are made of (`frames.py`, with `words/commands.txt`): "please stop texting me"
is one and "I need to stop saying yes to every meeting" is none. What carries a name, an address, a number or a
zone has a reader of its own (`settings.py`, `corrections.py`), and so has what says nothing (`small_talk.py`).
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.domain.understanding.commands import corrections, settings, small_talk
from shared.domain.understanding.commands.frame_times import Span
from shared.domain.understanding.commands.frames import Reading, readings
from shared.domain.understanding.commands.message import Found, Message, Sentence, listed
from shared.domain.understanding.reply import Command, Context
from shared.domain.understanding.times import when
from shared.domain.understanding.times.days import resumes
from shared.domain.understanding.times.when import Token

__all__ = ["Found", "read_command"]

# What looks for arguments in a whole text is loaded where it is needed: most texts are met without.
_STANDING_ALONE = frozenset(("stop", "start", "help", "skip", "undo", "delete"))
# What was asked is answered in free words there: only what is plainly for the service is a command.
_FREE_ANSWERS = frozenset(("values", "dealbreakers", "goal", "rut_check", "savings"))
_LONGEST_BARE_WAIT = 300  # minutes: "5 hours", and no more, may be all that a message asks for
_QUIET_THERE = frozenset(("set_days", "set_time", "pause", "resume"))
# What has a meaning of its own there, and a reader: "ok" where the member was asked to opt in.
_GIVING_WAY = ("skip", "undo", "help")  # to a stop in a later sentence
_ANSWERED_THERE = {
    "opt_in": frozenset(("start", "skip", "undo", "resume", "snooze", "pause", "set_time", "set_days")),
    "confirm_delete": frozenset(("delete", "skip", "undo", "resume", "snooze", "pause")),
}


def read_command(text: str, context: Context, now: datetime) -> Found | None:
    """The first command in a normalised text; None where there is none, or where the text is a report.

    >>> from datetime import UTC
    >>> now = datetime(2026, 3, 3, 19, 42, tzinfo=UTC)
    >>> read_command("Stop. Thank you", Context(), now)
    Found(command=Command(name='stop', args={}), rest='')
    >>> read_command("pause for a week", Context(), now).command
    Command(name='pause', args={'until': '2026-03-10'})
    >>> read_command("8! text me at 12", Context("daily_checkin"), now)
    Found(command=Command(name='set_time', args={'time': '12:00'}), rest='8!')
    >>> read_command("need to stop saying yes to every meeting. 4", Context("daily_checkin"), now) is None
    True
    """
    if not text.strip():
        return Found(Command("unclear", {}), "")
    message = Message(text, context, now)
    free = context.asked in _FREE_ANSWERS
    return (
        small_talk.read_thanks(message)
        or small_talk.read_bare_stop(message)
        or settings.read_setting(message, free)
        or corrections.read_correction(message)
        or _read_frames(message)
        or small_talk.read_nothing(message, free)
    )


class _Candidate(NamedTuple):
    command: Command
    stretch: tuple[int, int]  # of the text, that gave it


def _read_frames(message: Message) -> Found | None:
    """The first command by its words; where it leaves open until when, what a later sentence says of that."""
    asked = message.context.asked
    quiet = _QUIET_THERE if asked in _FREE_ANSWERS else frozenset[str]()
    shut = _ANSWERED_THERE.get(asked, frozenset())
    first: _Candidate | None = None
    for sentence in message.sentences:
        for reading in readings(message, sentence, shut, quiet):
            if not (candidate := _candidate(message, reading)):
                continue
            if first is None:
                first = candidate
            elif better := _better(first, candidate):
                return Found(better.command, message.without(first.stretch, candidate.stretch))
            break
        if first and not _is_open(first.command):
            break
    if first is None:
        return None
    alone = first.command.name in _STANDING_ALONE
    return Found(first.command, "" if alone else message.without(first.stretch))


def _is_open(command: Command) -> bool:
    return command.name in ("stop", *_GIVING_WAY) or command in (
        Command("pause", {"until": None}),
        Command("snooze", {"minutes": 60}),
    )


def _better(first: _Candidate, later: _Candidate) -> _Candidate | None:
    """ "No messages please. Back on 23 February" is a pause, "Not now! Remind me at 9" a snooze until 9."""
    name = first.command.name
    if later.command.name == "stop" and name != "stop":
        return later  # "Give it a rest will you. Unsubscribe."
    if name == "stop":
        return later if later.command.name == "pause" and later.command.args["until"] else None
    return later if later.command.name == name and later.command.args != first.command.args else None


def _candidate(message: Message, reading: Reading) -> _Candidate | None:
    name = reading.frame.command
    if name in _STANDING_ALONE and not _stands_alone(name, message, reading):
        return None
    if name == "stop" and message.context.asked in _FREE_ANSWERS and not reading.words & listed("of the service"):
        return None  # "no texts at weekends" may be what must change in a job
    if reading.frame.scope == "=" and not reading.frame.needed and reading.words & listed("telling of the day"):
        return None  # "got home at 9pm" says a time and no more, but tells of the day
    if name == "set_days" and _tells_a_win(reading.sentence):
        return None
    make = _MAKERS.get(name)
    command = make(message, reading) if make else Command(name, {})
    if command and command.name == "skip" and message.numbers:
        return None
    return _Candidate(command, _stretch(reading)) if command else None


def _tells_a_win(sentence: Sentence) -> bool:
    """ "W = two Saturdays off in a row"."""
    words = [token.word for token in sentence.tokens[:2]]
    return words[0] in ("w", "win", "wins") and words[-1] in (":", "=", "-")


def _stands_alone(name: str, message: Message, reading: Reading) -> bool:
    """A word that stands alone is none in a report: "skip" and "help" bear a reason beside them, but no score."""
    others = [token for token in message.said if not reading.start <= token.start < reading.end]
    numbers = any(token.word.isdecimal() for token in others)
    if name == "help" and message.context.asked == "opt_in":
        return True
    if name in ("stop", "delete"):
        return len(reading.frame.lists) > 1 or not numbers or len(others) <= 12
    if name == "start":
        return len(others) <= 40
    if name == "undo":
        return len(others) <= 40 and not numbers
    return len(others) <= (25 if name == "skip" else 15) and not message.numbers


def _stretch(reading: Reading) -> tuple[int, int]:
    """The piece, with what only gives its reason in the same sentence."""
    behind = reading.sentence.tokens[reading.last :]
    return reading.start, reading.end if any(map(_reports, behind)) else reading.sentence.end


def _reports(token: Token) -> bool:
    """Whether a word may tell of the day, so that what it stands in is still to be read."""
    word = token.word
    return word.isdecimal() or (len(word) > 3 and word.endswith("ed")) or word in listed("telling of the day")


# What a frame makes


def _stop(message: Message, reading: Reading) -> Command | None:
    """An end, but a pause where the sentence says until when: "off camping til Thursday so no texts before then"."""
    sentence = reading.sentence
    if somebody_quit(message.text[sentence.start : sentence.end]):
        return None
    behind = " ".join(token.word for token in sentence.tokens[max(span.end for span in reading.spans) - 1 :])
    too_much = any(f" {phrase}" in f" {behind}" for phrase in listed("too much of it"))
    if too_much and len(reading.frame.lists) > 1 and (hour := _asked_instead(message)):
        return hour
    periods = when.periods(sentence.tokens, message.now.date(), message.dayfirst)
    ends = [p for p in periods if p.relation in ("until", "through") and p.first >= message.now.date()]
    if ends and (day := resumes(ends[0])) > message.now.date():
        return Command("pause", {"until": day.isoformat()})
    if "then" in {token.word for token in sentence.tokens} and (days := _without_days_named(message, reading)):
        return days
    if reading.words & {"others", "rest"} and (days := _days_named_alone(message)):
        return days
    return Command("stop", {})


def _asked_instead(message: Message) -> Command | None:
    """ "Stop texting me so late, do 6pm": the hour that is named."""
    from shared.domain.understanding.commands.arguments import read_arguments

    hour = read_arguments("set_time", message)
    return None if hour is None else Command("set_time", hour)


def somebody_quit(text: str) -> bool:
    """Whether somebody else quit: what they did has the same form as what a member may ask for.

    >>> [somebody_quit(text) for text in ("He quit by text", "my boss should quit texting me", "quit texting my wife")]
    [True, True, False]
    """
    return bool(re.search(_QUIT, text))


_QUIT = (
    r"(?i)\b(?:he|she|they|who|it|some(?:body|one)|(?:my|the|our|his|her|their) [^\W\d_]+) "
    r"(?:(?:just|finally|should|must|needs to|has to) )?quit\b"
)


def _takes_what_it_named(reading: Reading) -> bool:
    """ "Mondays we're closed so no texts": the days stand before what is said of them."""
    days, taken = reading.of("days"), reading.of("taking_off")
    return reading.frame.has("taking_off") and bool(days and taken) and days[-1].end <= taken[0].start


def _without_days_named(message: Message, reading: Reading) -> Command | None:
    """ "Closed Sundays now so don't text me then": the present days but those that the sentence names."""
    from shared.domain.understanding.commands.asked_days import days_named

    named = {when.DAYS[day] for day in days_named(reading.sentence.tokens)}
    left = [day for day in message.context.days if day not in named]
    return Command("set_days", {"days": left}) if named and left else None


def _days_named_alone(message: Message) -> Command | None:
    """ "I work Monday to Thursday. Don't bother on the others": the days that are named, and no more."""
    from shared.domain.understanding.commands.asked_days import days_named

    named = sorted(days_named(message.tokens))
    return Command("set_days", {"days": [when.DAYS[day] for day in named]}) if named else None


def _pause(message: Message, reading: Reading) -> Command | None:
    today = message.now.date()
    tomorrow = today + timedelta(days=1)
    until, spans = reading.of("until"), reading.of("span")
    dates = [span for span in reading.of("date") if span not in until and not _is_from_today(message, reading, span)]
    asks, back = reading.frame.has("asking_me"), reading.of("returning")
    returns = [d for d in dates for r in back if 0 <= d.start - r.end <= 2]
    day: date | None = None
    if until:
        day = resumes(until[0].value)
    elif returns or (dates and asks):
        day = (returns or dates)[0].value.first
        if day == tomorrow and "back" not in reading.words:
            return Command("skip", {})  # "ask me tomorrow"
    elif spans and asks and not reading.words & {"in", "after"}:
        return None  # "ask for the 4 day week"
    elif spans:
        day = _after(message, reading, dates)
    elif dates:
        if reading.frame.has("pausing") and all(d.value.first == d.value.last == today for d in dates):
            return Command("skip", {})  # "no texts today"
        day = max(resumes(d.value) for d in dates)
    elif reading.frame.has("until_then"):
        day = _then(message)
    if day is not None and day <= today:
        day = None
    return Command("pause", {"until": day.isoformat() if day else None})


def _then(message: Message) -> date | None:
    """The day of "til then": what another sentence or clause says until when, or for how long."""
    for sentence in message.sentences:
        grammar = when.Days(sentence.tokens, message.now.date(), message.dayfirst)
        for i in range(len(sentence.tokens)):
            read, amount = grammar.phrase(i), grammar.amount(i)
            if read and read[0].relation in ("until", "through", "by"):
                return resumes(read[0])
            if amount:
                return amount[0]
    return None


def _is_from_today(message: Message, reading: Reading, span: Span) -> bool:
    """ "Out of station from today": when it begins, not how long it lasts."""
    period: when.Period = span.value
    return reading.sentence.tokens[span.start].word == "from" and period.last == message.now.date()


def _after(message: Message, reading: Reading, dates: list[Span]) -> date:
    """The day on which a length of time is over, from today or from the day that is named beside it."""
    span = reading.of("span")[0]
    if isinstance(span.value, when.Period):
        last: date = span.value.last
        return last
    end: date = span.value
    starts = [d.value.first for d in dates if d.value.first > message.now.date()]
    if starts and (amount := when.Days(reading.sentence.tokens, starts[0], message.dayfirst).amount(span.start)):
        return amount[0]
    return end


def _snooze(message: Message, reading: Reading) -> Command | None:
    if "there" in reading.words:
        return None  # "be there in 10" is for somebody else
    if lengths := reading.of("minutes"):
        if reading.frame.scope == "=" and _is_how_long_it_was(reading, lengths[0].value):
            return None
        behind = reading.sentence.tokens[lengths[0].end : lengths[0].end + 2]
        if behind and behind[0].word == "before" and when.read_clock(behind, 1):
            from shared.domain.understanding.commands.asked_times import read_wait

            return Command("snooze", dict(read_wait(message)))  # "half an hour before midnight"
        return Command("snooze", {"minutes": lengths[0].value})
    clocks = reading.of("clock")
    if clocks and "earlier" in reading.words:
        return _set_time(message, reading)  # "could you ask earlier, like 7?"
    if not clocks:
        return Command("snooze", {"minutes": 60})
    asked = max((span.end for span in reading.of("asking_me", "asking_back")), default=0)
    behind_it = [clock for clock in clocks if clock.start >= asked]
    return _snooze_until(message, reading, (behind_it or clocks)[0].value)


def _is_how_long_it_was(reading: Reading, minutes: int) -> bool:
    """ "10 hr shift": what a length of time alone tells of the day, and does not ask for."""
    if reading.words & {"in", "after", "later", "then", "again", "give"}:
        return False
    behind = {token.word for token in reading.sentence.tokens[reading.of("minutes")[0].end :]}
    return minutes > _LONGEST_BARE_WAIT or bool(behind & listed("of work"))


def _snooze_until(message: Message, reading: Reading, clock: when.Clock) -> Command:
    now = message.now.hour * 60 + message.now.minute
    wait = _half_of_day(clock, reading.words).after(now)
    if reading.words & {"tomorrow", "tmrw", "tmr", "2moro"} and wait < 1440 - now:
        wait += 1440
    return Command("snooze", {"minutes": wait})


def _set_time(message: Message, reading: Reading) -> Command | None:
    present = when.minute_of(message.context.prompt_time)
    clocks, lengths = reading.of("clock", "number"), reading.of("minutes")
    if reading.of("too") and not reading.frame.has("setting") and not reading.frame.has("making"):
        return None  # "8 is too early"
    if (reading.frame.scope == "=" and len(clocks) == 1 and _is_a_range(message)) or _restates(message, reading):
        return None
    if lengths and not clocks:
        later = "later" in reading.words
        return Command("set_time", {"time": when.hhmm(present + lengths[0].value * (1 if later else -1))})
    if not clocks:
        return None
    found = reading.sentence.tokens
    before = [{token.word for token in found[max(0, c.start - 2) : c.start]} for c in clocks]
    # "At lunch, like 12:30": the hour in figures says which is meant.
    chosen = next((n for n, c in enumerate(clocks) if found[c.start].word not in when.named_hours()), 0)
    if len(clocks) > 1 and chosen == 0 and before[0] & {"from", "than", "instead", "not"}:
        chosen = 1
    clock: when.Clock = clocks[chosen].value
    tonight = reading.words & {"tonight", "tonite", "tnite", "2nite"} and not reading.of("habit")
    if tonight or (reading.frame.scope == "=" and before[chosen] & {"after", "until", "till", "til"}):
        return _snooze_until(message, reading, clock)
    return Command("set_time", {"time": when.hhmm(_half_of_day(clock, reading.words).nearest(present))})


def _is_a_range(message: Message) -> bool:
    """ "5 to 6", as an answer to how the day was: five minutes to six is no hour that anybody asks for."""
    names = [token.word for token in message.said]
    small = [name for name in names if name.isdecimal() and len(name) < 3]
    return message.context.asked == "daily_checkin" and len(small) == 2 and names == [small[0], "to", small[1]]


def _restates(message: Message, reading: Reading) -> bool:
    """ "6. Actually make it 7": another score for the day that was asked about, and no hour."""
    if message.context.asked != "daily_checkin":
        return False
    names = [token.word for token in message.said if token.start < reading.end]
    numbers = [name for name in names if name.isdecimal()]
    return len(numbers) > 1 and int(numbers[0]) <= 10 and all(n in numbers or n in listed("restating") for n in names)


def _half_of_day(clock: when.Clock, words: set[str]) -> when.Clock:
    """With "in the morning" or "tonight" elsewhere in the same piece."""
    if clock.ambiguous and words & listed("morning words"):
        return when.Clock(clock.minute % 720, False, clock.end)
    if clock.ambiguous and words & listed("evening words"):
        return when.Clock(clock.minute % 720 + 720, False, clock.end)
    return clock


def _set_days(message: Message, reading: Reading) -> Command | None:
    found, present = reading.sentence.tokens, message.context.days
    last = reading.last
    while last + 1 < len(found) and found[last].word in ("and", "n", "&", "/", "or", "plus"):
        run = when.day_run(found, last + 1)
        if run is None:
            break
        last = run[1]
    named = [day for i in range(len(found)) if (run := when.day_run(found, i)) for day in run[0]]
    if reading.frame.has("swapping") and len(named) == 2:
        days = {when.DAYS[named[1]], *present} - {when.DAYS[named[0]]}
    elif reading.frame.has("then") or reading.frame.has("knocking") or _takes_what_it_named(reading):
        return _without_days_named(message, reading)
    else:
        sentence = message.text[reading.sentence.start : reading.sentence.end]
        from shared.domain.understanding.commands.asked_days import read_days

        read = read_days(Message(sentence, message.context, message.now))
        text = message.text[reading.start : found[last - 1].end]
        days = set(read["days"] if read else when.weekdays(text, present) or ())
        if len(days) == 7 and reading.frame.has("stopping"):
            return Command("stop", {})  # "stop sending me this every day"
    return Command("set_days", {"days": [day for day in when.DAYS if day in days]}) if days else None


_MAKERS: dict[str, Callable[[Message, Reading], Command | None]] = {
    "stop": _stop,
    "pause": _pause,
    "snooze": _snooze,
    "set_time": _set_time,
    "set_days": _set_days,
}
