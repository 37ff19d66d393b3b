"""Reads the commands a member gives: what a text asks the service to do.

A text is cut into sentences and those into pieces. A piece is a command where it has the words of one of its
frames in their order ("stop", then "texting") and, beside words that mean nothing here, no others: so
"please stop texting me" is one and "I need to stop saying yes to every meeting" is none. The words and the
frames are in `words/commands.txt`; what carries a value (names, addresses, numbers, zones) has a reader here.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from shared.domain.understanding import places, when, words
from shared.domain.understanding.reply import Command, Context
from shared.domain.understanding.when import Token

_SHORT = 8  # words of a message whose lines are read as one
_MOST_SENTENCES = 80
_BEARING_REASONS = frozenset(("stop", "pause", "snooze", "set_time", "undo", "skip", "summary", "export", "delete"))
_LONGEST_REASON = 3  # words that are not known, behind a command that nothing asks for
_LONGEST_SENTENCE = 120  # tokens; what is longer is no command
_STANDING_ALONE = frozenset(("stop", "start", "help", "skip", "undo", "delete"))
# What was asked is answered in free words there: only what is plainly for the service is a command.
_FREE_ANSWERS = frozenset(("values", "dealbreakers", "goal", "rut_check", "savings", "weekly_review"))
_QUIET_THERE = frozenset(("set_days", "set_time", "pause", "resume", "set_timezone", "set_name"))
# What has a meaning of its own there, and a reader: "ok" where the member was asked to opt in.
_ANSWERED_THERE = {
    "opt_in": frozenset(("start", "skip", "undo", "resume", "snooze", "pause", "set_time", "set_days")),
    "confirm_delete": frozenset(("delete", "skip", "undo", "resume", "snooze", "pause")),
}
_KIND = {
    "until": "date", "span": "date", "date": "date", "minutes": "minutes", "clock": "clock", "number": "clock",
    "days": "days", "weekday": "days",
}  # fmt: skip
_TIMES = ("until", "span", "date", "minutes", "clock", "number", "days", "weekday")


class Found(NamedTuple):
    """A command, and the text without the clause that gave it: still to be read, "" for one that stands alone."""

    command: Command
    rest: str


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
    if _is_tapback(text):
        return Found(Command("thanks", {}), "")
    message = _Message(text, context, now)
    return _read_thanks(message) or _read_values(message) or _read_frames(message) or _read_nothing_said(message)


# The text, cut up


class _Sentence(NamedTuple):
    tokens: list[Token]
    start: int
    end: int
    question: bool


class _Message:
    """A text with what its reading needs more than once."""

    def __init__(self, text: str, context: Context, now: datetime) -> None:
        self.text, self.context, self.now = text, context, now
        self.tokens = when.tokens(text)
        sentences = list(_sentences(text, self.tokens))[:_MOST_SENTENCES]
        self.sentences = [s for s in sentences if len(s.tokens) <= _LONGEST_SENTENCE]
        self.names = frozenset(token.word for token in self.tokens)
        self.country = places.country_of(now)
        self.dayfirst = not -600 <= places.offset_of(now) <= -240

    def without(self, start: int, end: int) -> str:
        """The text without a stretch of it, and without the mark or conjunction that tied it on."""
        before, after = self.text[:start].rstrip(), self.text[end:].lstrip(" ,;:.!?)-\n")
        before = _TIED.sub("", before)
        if not before or not after:
            return before or after
        return f"{before} {after}" if before[-1] in ".!?" else f"{before}. {after}"


_TIED = re.compile(
    r"(?:[,;:(-]|\s-)?(?:\s*\b(?:and|but|so|also|n|&|btw|plus|then|pls|please|ps))?[\s,;:(-]*$", re.IGNORECASE
)
_ENDS = frozenset(".!?;")
_NO_END = frozenset("mr mrs ms dr st jr sr prof no approx etc eg ie vs a p".split())
_JOINTS = frozenset(',:()"|*•-~/')
_CONJUNCTIONS = frozenset(
    "and but so because cos cuz coz bc since n then plus however though tho as & if when while".split()
)


def _sentences(text: str, found: list[Token]) -> Iterator[_Sentence]:
    first, said, short_text = 0, False, _is_short(found)
    for i, token in enumerate(found):
        said = said or _is_word(token)
        following = found[i + 1] if i + 1 < len(found) else None
        ends = token.word in _ENDS
        if ends and following:
            tight = following.start == token.end and following.word not in _ENDS
            short = token.word == "." and i > first and found[i - 1].word in _NO_END
            ends = not (tight and token.word == "." and _is_word(following)) and not short
        ends = ends or not following or (not short_text and "\n" in text[token.end : following.start])
        if ends and (said or not following):
            yield _Sentence(found[first : i + 1], found[first].start, token.end, token.word == "?")
            first, said = i + 1, False


def _is_short(found: list[Token]) -> bool:
    return sum(map(_is_word, found)) <= _SHORT


def _is_word(token: Token) -> bool:
    return token.word[0].isalnum()


# Frames


class _Frame(NamedTuple):
    command: str
    classes: tuple[int, ...]  # a bit each
    words_needed: int  # the bits of them that the text itself must have, and not a time in it
    covers: int
    unknown: int  # how many other words it bears
    kinds: frozenset[str]  # of time that it needs
    scope: str  # "=" a whole message, "?" that or a question, "!" that or a short message


class _Vocabulary(NamedTuple):
    phrases: dict[str, int]  # the classes of a phrase, a bit each
    longest: dict[str, int]  # by first word
    bits: dict[str, int]
    frames: tuple[_Frame, ...]


# Of frames of one length in one piece, the command that is named first here is meant.
_PRIORITY = (
    "delete undo export set_days snooze set_time pause skip resume start stop list_goals list_wins plan summary stats help"
).split()


@cache
def _vocabulary() -> _Vocabulary:
    lists = words.load("commands")
    names = [name for name in lists if name != "frames"]
    bits = {name.replace(" ", "_"): 1 << n for n, name in enumerate((*names, *_TIMES))}
    phrases: dict[str, int] = {}
    longest: dict[str, int] = {}
    for name in names:
        bit = bits[name.replace(" ", "_")]
        for phrase in lists[name]:
            phrase = phrase.replace("'", "")
            phrases[phrase] = phrases.get(phrase, 0) | bit
            first, *more = phrase.split(" ")
            if len(more) >= longest.get(first, 0):
                longest[first] = len(more) + 1
    times = 0
    for name in _TIMES:
        times |= bits[name]
    extras = {
        "skip": ("skip_extras",),
        "set_time": ("time_extras",),
        "set_days": ("days_extras",),
        "list_wins": ("query_extras",),
        "list_goals": ("query_extras",),
        "stats": ("query_extras",),
    }
    frames = []
    for line in lists["frames"]:
        command, _, rest = line.partition(": ")
        parts = rest.split()
        unknown = int(parts.pop()[1:]) if parts[-1].startswith("~") else 0
        scope = parts[0][0] if parts[0][0] in "=?!" else ""
        classes = tuple(bits[part.lstrip("=?!")] for part in parts)
        covers = bits["common"]
        for name in (*extras.get(command, ()), f"{command}_extras"):
            covers |= bits.get(name, 0)
        needed = 0
        for bit in classes:
            covers |= bit
            needed |= bit & ~times
        kinds = frozenset(_KIND.get(part.lstrip("=?!"), "") for part in parts) - {""}
        frames.append(_Frame(command, classes, needed, covers, unknown, kinds, scope))
    frames.sort(key=lambda f: (-len(f.classes), _PRIORITY.index(f.command), f.unknown, f.classes))
    return _Vocabulary(phrases, longest, bits, tuple(frames))


class _Span(NamedTuple):
    """A phrase or a time in a sentence, by its tokens, with its classes."""

    start: int
    end: int
    classes: int
    value: Any = None


def _phrases(found: list[Token]) -> list[_Span]:
    """Every phrase of the vocabulary; "check-in" and "check in" are one."""
    vocabulary = _vocabulary()
    said = [i for i, token in enumerate(found) if not (token.word == "-" and _is_tight(found, i))]
    spans = []
    for at, i in enumerate(said):
        longest = vocabulary.longest.get(found[i].word, 0)
        phrase = ""
        for k in said[at : at + longest]:
            phrase = f"{phrase} {found[k].word}" if phrase else found[k].word
            if classes := vocabulary.phrases.get(phrase):
                spans.append(_Span(i, k + 1, classes))
    return spans


class _Reading(NamedTuple):
    """A frame that a piece fits."""

    frame: _Frame
    first: int
    last: int  # the tokens of the piece
    spans: list[_Span]


def _read_frames(message: _Message) -> Found | None:
    whole = _body(message)
    asked = message.context.asked
    for sentence in message.sentences:
        spans = _phrases(sentence.tokens)
        mask = 0
        for span in spans:
            mask |= span.classes
        frames = [f for f in _vocabulary().frames if not f.words_needed & ~mask]
        if asked in _FREE_ANSWERS:
            frames = [f for f in frames if f.command not in _QUIET_THERE or f.scope == "="]
        frames = [f for f in frames if f.command not in _ANSWERED_THERE.get(asked, ())]
        if len(message.tokens) > 2 * _SHORT:
            frames = [f for f in frames if f.scope != "="]
        if not frames:
            continue
        if any(f.kinds for f in frames):
            kinds, may = when.kinds_of_time(sentence.tokens)
            frames = [f for f in frames if f.kinds <= kinds]
            if not _all_known(sentence.tokens, spans, may):
                frames = [f for f in frames if f.words_needed]
            if any(f.kinds for f in frames):
                spans += _times(message, sentence.tokens, may)
            if not frames:
                continue
        pieces = list(_pieces(sentence.tokens))
        inside = [[s for s in spans if first <= s.start and s.end <= last] for first, last in pieces]
        wholes = [whole is not None and _covers(whole, sentence, first, last) for first, last in pieces]
        for strict in (True, False):
            for (first, last), within, is_whole in zip(pieces, inside, wholes, strict=True):
                for frame in frames:
                    if not is_whole and not _in_scope(frame.scope, message, sentence, first, last):
                        continue
                    reading = _fit(frame, sentence.tokens, first, last, within, strict)
                    if reading and (found := _act(message, sentence, reading)):
                        return found
    return None


def _all_known(found: list[Token], spans: list[_Span], may: list[bool]) -> bool:
    """Whether every word is in the vocabulary or may be part of a time: only then can times be all that is said."""
    known = [i for span in spans for i in range(span.start, span.end)]
    here = set(known)
    return all(may[i] or i in here or not _is_word(token) for i, token in enumerate(found))


def _in_scope(scope: str, message: _Message, sentence: _Sentence, first: int, last: int) -> bool:
    if scope == "?":
        said = [k for k, token in enumerate(sentence.tokens) if _is_word(token)]
        return sentence.question and bool(said) and first <= said[0] and said[-1] < last
    if scope == "!":
        said = [token for token in message.tokens if _is_word(token)]
        return len(said) <= _SHORT and not any(token.word.isdecimal() for token in said)
    return not scope


def _covers(whole: tuple[int, int], sentence: _Sentence, first: int, last: int) -> bool:
    start = next((t.start for t in sentence.tokens[first:last] if _is_word(t)), 0)
    end = next((t.end for t in reversed(sentence.tokens[first:last]) if _is_word(t)), 0)
    return start <= whole[0] and end >= whole[1]


def _fit(frame: _Frame, found: list[Token], first: int, last: int, spans: list[_Span], strict: bool) -> _Reading | None:
    """The piece read as a frame, or None.

    Every word must be known, but for as many as the frame bears, or, where the command begins with a request
    ("please", "can you") or with itself, for what comes behind it.
    """
    mask = 0
    for span in spans:
        mask |= span.classes
    at, start = first, -1
    if mask & _vocabulary().bits["idioms"]:
        return None
    for bit in frame.classes:
        if not mask & bit:
            return None
        fitting = [s for s in spans if s.start >= at and s.classes & bit]
        if not fitting:
            return None
        chosen = min(fitting, key=lambda s: s.end)
        at, start = chosen.end, chosen.start if start < 0 else start
    known = [not _is_word(token) for token in found[first:last]]
    for span in spans:
        if span.classes & frame.covers:
            known[span.start - first : span.end - first] = [True] * (span.end - span.start)
    before, within, after = known[: start - first], known[start - first : at - first], known[at - first :]
    unknown = len(known) - sum(known)
    if unknown == 0 or (not strict and unknown <= frame.unknown):
        return _Reading(frame, first, last, spans)
    if strict or not all(within) or len(frame.classes) < 2 or frame.scope == "=":
        return None
    lead = start
    while lead > first and known[lead - first - 1]:
        lead -= 1
    bits = _vocabulary().bits
    requested = [s for s in spans if s.classes & bits["request"] and lead <= s.start and s.end <= start]
    if requested:
        return _Reading(frame, requested[0].start, last, spans)
    subject = any(s.classes & bits["subject"] for s in spans if lead <= s.start and s.end <= start)
    few = len(after) - sum(after) <= _LONGEST_REASON
    if few and all(before) and not subject and frame.command in _BEARING_REASONS:
        return _Reading(frame, first, last, spans)
    # "I never signed up for this stop texting me": a plea to end needs no comma before it.
    if few and frame.command == "stop" and lead < start and found[start - 1].word not in _words("not before a plea"):
        return _Reading(frame, first, last, spans)
    return None


def _pieces(found: list[Token]) -> Iterator[tuple[int, int]]:
    """A sentence as a whole, then between its commas, then between its conjunctions, then behind a score."""
    seen = set()
    joints = [
        i for i, t in enumerate(found) if (t.word in _JOINTS or ord(t.word[0]) > 0x2000) and not _is_tight(found, i)
    ]
    conjunctions = [i for i, token in enumerate(found) if token.word in _CONJUNCTIONS]
    for level, cuts in enumerate(([], joints, sorted({*joints, *conjunctions}))):
        edges = [-1, *cuts, len(found)]
        for left, right in zip(edges, edges[1:], strict=False):
            first = left + 1
            if level == 2 and left >= 0 and found[left].word not in _JOINTS:
                first = left + 1
            if first < right and (first, right) not in seen:
                seen.add((first, right))
                yield first, right
                # "8 text me at 12": a score leads
                if found[first].word.isdecimal() and first + 1 < right and not (first + 1, right) in seen:
                    skip = first + 1
                    if found[skip].word == "/" and skip + 2 < right:
                        skip += 2
                    if (skip, right) not in seen:
                        seen.add((skip, right))
                        yield skip, right


def _is_tight(found: list[Token], i: int) -> bool:
    """Whether a mark stands within a word or a number: "check-in", "8:30", "3/5"."""
    if not 0 < i < len(found) - 1:
        return False
    return found[i - 1].end == found[i].start and found[i].end == found[i + 1].start and found[i].word not in ",()"


def _times(message: _Message, found: list[Token], may: list[bool]) -> list[_Span]:
    """The days, lengths of time and clock times in a sentence."""
    bits = _vocabulary().bits
    today = message.now.date()
    spans: list[_Span] = []
    grammar = when.Days(found, today, message.dayfirst)
    day_runs = [run for i in range(len(found)) if (run := when.day_run(found, i))]
    several = len({day for days, _ in day_runs for day in days}) > 1
    used_until = 0
    i = 0
    while i < len(found):
        if not may[i]:
            i += 1
            continue
        end = i + 1
        run = when.day_run(found, i)
        period = None if run and len(run[0]) > 1 else grammar.phrase(i)
        if period:
            relation, stop = period[0].relation, period[1]
            kind = "until" if relation in ("until", "through", "before") else "date"
            if found[i].word == "from" and i and found[i - 1].word == "back":
                i = stop  # "back from Easter"
                continue
            if relation == "by" and period[0].unit != "day":
                kind = "span" if found[i].word in ("for", "in", "within", "the", "over") else kind
            plural = relation in ("on", "") and found[stop - 1].word in when.plural_days()
            if not plural:
                spans.append(_Span(i, stop, bits[kind] | (bits["date"] if kind == "until" else 0), period[0]))
            if kind in ("until", "span"):
                used_until = stop
        if run and i >= used_until and not _dated(found, i) and not _one_weekend(found, i):
            plural = len(run[0]) > 1 or several or found[i].word.endswith("days")
            spans.append(_Span(i, run[1], bits["days" if plural else "weekday"]))
            end = max(end, run[1])
        elif found[i].word in ("every", "each", "all", "everyday", "daily", "7", "seven") and not (
            i and found[i - 1].word in ("for", "in", "next", "last", "past")
        ) and (
            (found[i].word == "daily" and not (i + 1 < len(found) and found[i + 1].word in _words("messages")))
            or found[i].word == "everyday"
            or (i + 1 < len(found) and found[i + 1].word in ("day", "days", "single"))
        ):
            spans.append(_Span(i, i + 1 + (found[i].word not in ("everyday", "daily")), bits["days"]))
        if amount := grammar.amount(i):
            spans.append(_Span(i, amount[1], bits["span"], amount[0]))
        if bare := _bare_minutes(found, i):
            spans.append(_Span(i, i + 1, bits["minutes"], bare))
        at_a_time = i > 0 and found[i - 1].word in ("at", "@")
        if (length := when.read_minutes(found, i)) and not at_a_time:
            spans.append(_Span(i, length[1], bits["minutes"], length[0]))
            end = max(end, length[1])
        elif (time := when.read_clock(found, i)) and not (
            amount or (period and period[0].unit == "day" and period[1] > i + 1)
        ):
            plain_number = time.end == i + 1 and time.ambiguous
            marked = i > 0 and found[i - 1].word in _BEFORE_A_CLOCK
            if plain_number and not marked:
                spans.append(_Span(i, time.end, bits["number"], time))
            else:
                spans.append(_Span(i, time.end, bits["clock"], time))
            end = max(end, time.end)
        i = max(end, period[1] if period and period[0].relation in ("until", "through", "by", "before") else end)
    return spans


def _bare_minutes(found: list[Token], i: int) -> int | None:
    """ "in 30", "give me 10": minutes that are not called so."""
    word = found[i].word
    if not (
        i and word.isascii() and word.isdecimal() and len(word) == 2 and found[i - 1].word in _BEFORE_MINUTES
    ):
        return None
    following = found[i + 1].word if i + 1 < len(found) else ""
    ends = not following or following in _MORE or following in ".,!?;)-"
    return int(word) if 5 <= int(word) <= 90 and ends else None


_BEFORE_MINUTES = frozenset("in gimme me for snooze another".split())
_MORE = frozenset("please pls plz more thanks thx ok or if cos and xx lol".split())
_BEFORE_A_CLOCK = frozenset(
    "at @ around about roughly round till til until from after by between aroun like gone".split()
)


def _one_weekend(found: list[Token], i: int) -> bool:
    """ "Over the weekend" is one of them, "at the weekend" is any."""
    before = [token.word for token in found[max(0, i - 2) : i]]
    return found[i].word == "weekend" and before[-1:] in (["the"], ["this"], ["next"]) and before[:1] not in (["at"], ["on"])


def _dated(found: list[Token], i: int) -> bool:
    """Whether a weekday is one day of the calendar: "this Friday", "Monday week", "Monday the 17th"."""
    before = found[i - 1].word if i else ""
    after = [token.word for token in found[i + 1 : i + 3]]
    return (
        before in ("this", "next", "nxt", "coming")
        or after[:1] in (["week"], ["fortnight"])
        or (bool(after) and after[0] == "the" and len(after) > 1 and after[1][0].isdecimal())
        or (bool(after) and after[0].isdecimal())
    )


# What a frame makes


def _act(message: _Message, sentence: _Sentence, reading: _Reading) -> Found | None:
    name = reading.frame.command
    if name in _STANDING_ALONE:
        if not _stands_alone(name, message, sentence, reading):
            return None
        if name == "stop" and (paused := _only_pauses(message)):
            return paused
        return Found(Command(name, {}), "")
    make = _MAKERS.get(name)
    command = make(message, sentence, reading) if make else Command(name, {})
    if command is None:
        return None
    if command.name in _STANDING_ALONE:
        return Found(command, "")
    return Found(command, _rest(message, sentence, reading))


def _only_pauses(message: _Message) -> Found | None:
    """ "No messages please, continue on 23 February": what reads as an end is a pause where a day for its end is named."""
    for sentence in message.sentences:
        names = {token.word for token in sentence.tokens}
        if not names & _words("returning"):
            continue
        spans = _phrases(sentence.tokens)
        spans += _times(message, sentence.tokens, [True] * len(sentence.tokens))
        for first, last in _pieces(sentence.tokens):
            inside = [s for s in spans if first <= s.start and s.end <= last]
            for frame in _vocabulary().frames:
                if frame.command == "pause" and frame.words_needed & _vocabulary().bits["returning"]:
                    if reading := _fit(frame, sentence.tokens, first, last, inside, strict=True):
                        command = _pause(message, sentence, reading)
                        if command and command.args.get("until"):
                            return Found(command, "")
    return None


def _stands_alone(name: str, message: _Message, sentence: _Sentence, reading: _Reading) -> bool:
    """A word that stands alone is none in a report: "skip" and "help" bear a reason beside them, but no score."""
    others = [t for t in message.tokens if _is_word(t)]
    start, end = sentence.tokens[reading.first].start, sentence.tokens[reading.last - 1].end
    others = [t for t in others if not start <= t.start < end]
    digits = any(t.word.isdecimal() for t in others)
    if name in ("skip", "help") and any(t.word.isdecimal() for t in message.tokens):
        return False
    if message.context.asked == "opt_in" and name == "help":
        return True
    if name in ("stop", "delete"):
        strong = len(reading.frame.classes) > 1
        return strong or not digits or len(others) <= 12
    if name in ("undo", "start"):
        return len(others) <= 40 and not (digits and name == "undo")
    return not digits and len(others) <= (25 if name == "skip" else 15)


def _rest(message: _Message, sentence: _Sentence, reading: _Reading) -> str:
    """The text without the piece, and without what only gives its reason in the same sentence."""
    found = sentence.tokens
    start, end = found[reading.first].start, found[reading.last - 1].end
    if reading.last < len(found):
        behind = found[reading.last :]
        if not any(_reports(token) for token in behind):
            end = sentence.end
    return message.without(start, end)


def _reports(token: Token) -> bool:
    """Whether a word may tell of the day, so that what it stands in is still to be read."""
    return token.word.isdecimal() or (len(token.word) > 3 and token.word.endswith("ed")) or token.word in _PAST


_PAST = frozenset(
    "got did made was were had sent won loved hated felt drained finished went led wrote built met gave told ran today"
    " sick exhausted great awful terrible win proud finally best worst drains love hate".split()
)


def _values(reading: _Reading, name: str) -> list[_Span]:
    bit = _vocabulary().bits[name]
    return [span for span in reading.spans if span.classes & bit and span.value is not None]


def _pause(message: _Message, sentence: _Sentence, reading: _Reading) -> Command | None:
    today = message.now.date()
    until = _values(reading, "until")
    dates = [s for s in _values(reading, "date") if s not in until]
    spans = _values(reading, "span")
    back = bool(reading.frame.words_needed & _vocabulary().bits["returning"])
    day: date | None = None
    returns = [s for s in reading.spans if s.classes & _vocabulary().bits["returning"]]
    if not until and (named := [d for d in dates for r in returns if 0 <= d.start - r.end <= 2]):
        day = named[0].value.first
        dates, spans, back = named[:1], [], True
    if until:
        day = _resumes(until[0].value, False)
    elif spans and isinstance(spans[0].value, when.Period):
        day = spans[0].value.last
    elif spans:
        day = spans[0].value
        if dates and not back and dates[0].value.first > today:
            grammar = when.Days(sentence.tokens, dates[0].value.first, message.dayfirst)
            amount = grammar.amount(spans[0].start)
            day = amount[0] if amount else day
    elif dates:
        day = _resumes(dates[0].value, back)
        tomorrow = today + timedelta(days=1)
        asks = reading.frame.words_needed & (_vocabulary().bits["asking_me"] | _vocabulary().bits["returning"])
        word = sentence.tokens[dates[0].start].word
        if asks and dates[0].value.first == tomorrow and word not in ("back", "monday"):
            if not any(t.word == "back" for t in sentence.tokens[reading.first : reading.last]):
                return Command("skip", {})
        if asks:
            day = dates[0].value.first
        if dates[0].value.first == dates[0].value.last == today:
            return Command("skip", {})
    if day is not None and day <= today:
        day = None
    return Command("pause", {"until": day.isoformat() if day else None})


def _resumes(period: when.Period, back: bool) -> date:
    """The first day on which texts come again."""
    if period.first > period.last or back or period.relation in ("until", "before"):
        return period.first
    if period.relation == "by":
        return period.last
    if period.unit == "week":
        return period.first + timedelta(days=7)
    return period.last + timedelta(days=1)


def _snooze(message: _Message, sentence: _Sentence, reading: _Reading) -> Command | None:
    if any(token.word == "there" for token in sentence.tokens):
        return None  # "be there in 10" is for somebody else
    if lengths := _values(reading, "minutes"):
        return Command("snooze", {"minutes": lengths[0].value})
    if clocks := _values(reading, "clock"):
        now = message.now.hour * 60 + message.now.minute
        time: when.Clock = _half_of_day(clocks[0].value, sentence.tokens[reading.first : reading.last])
        wait = time.after(now)
        if any(t.word in ("tomorrow", "tmrw", "tmr") for t in sentence.tokens[reading.first : reading.last]) and (
            wait < 1440 - now
        ):
            wait += 1440
        return Command("snooze", {"minutes": wait})
    return Command("snooze", {"minutes": 60})


def _set_time(message: _Message, sentence: _Sentence, reading: _Reading) -> Command | None:
    piece = sentence.tokens[reading.first : reading.last]
    present = when.minute_of(message.context.prompt_time)
    clocks = sorted(_values(reading, "clock") + _values(reading, "number"))
    lengths = _values(reading, "minutes")
    if lengths and not clocks:
        later = any(token.word == "later" for token in piece)
        return Command("set_time", {"time": when.hhmm(present + lengths[0].value * (1 if later else -1))})
    if not clocks:
        return None
    chosen = clocks[0]
    for clock, following in zip(clocks, clocks[1:], strict=False):
        before = {t.word for t in sentence.tokens[max(0, clock.start - 2) : clock.start]}
        if before & {"from", "than", "instead", "not"} and following.value:
            chosen = following
            break
    time = _half_of_day(chosen.value, piece)
    before = sentence.tokens[chosen.start - 1].word if chosen.start else ""
    if reading.frame.scope == "=" and before in ("after", "until", "till", "til"):
        return Command("snooze", {"minutes": time.after(message.now.hour * 60 + message.now.minute)})
    here = {token.word for token in piece}
    if here & {"tonight", "tonite", "tnite"} and not here & {"every", "always", "instead", "daily", "onwards"}:
        return Command("snooze", {"minutes": time.after(message.now.hour * 60 + message.now.minute)})
    return Command("set_time", {"time": when.hhmm(time.nearest(present))})


def _half_of_day(time: when.Clock, piece: list[Token]) -> when.Clock:
    """With "in the morning" or "tonight" elsewhere in the same piece."""
    if not time.ambiguous:
        return time
    named = {token.word for token in piece}
    if named & {"morning", "mornings", "morn", "am"}:
        return when.Clock(time.minute % 720, False, time.end)
    if named & {"evening", "evenings", "tonight", "night", "nights", "afternoon", "afternoons", "arvo", "pm"}:
        return when.Clock(time.minute % 720 + 720, False, time.end)
    return time


def _set_days(message: _Message, sentence: _Sentence, reading: _Reading) -> Command | None:
    last = reading.last
    while last + 1 < len(sentence.tokens) and sentence.tokens[last].word in ("and", "n", "&", "/", "or", "plus"):
        run = when.day_run(sentence.tokens, last + 1)
        if run is None:
            break
        last = run[1]
    reading = reading._replace(last=last)
    start, end = sentence.tokens[reading.first].start, sentence.tokens[reading.last - 1].end
    days = when.weekdays(message.text[start:end], message.context.days)
    return Command("set_days", {"days": list(days)}) if days else None


_MAKERS: dict[str, Callable[[_Message, _Sentence, _Reading], Command | None]] = {
    "pause": _pause,
    "snooze": _snooze,
    "set_time": _set_time,
    "set_days": _set_days,
}


# Commands that carry a value


def _read_values(message: _Message) -> Found | None:
    for read in (_set_email, _buddy, _new_goal, _correct, _set_timezone, _set_name):
        if found := read(message):
            return found
    return None


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)?\(?\d(?:[\s().-]{0,3}\d){7,14}(?!\d)")


def _sentence_at(message: _Message, at: int) -> _Sentence | None:
    return next((s for s in message.sentences if s.start <= at < s.end), None)


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(phrase.replace("'", "") for phrase in words.load("commands")[section])


def _set_email(message: _Message) -> Found | None:
    if "@" not in message.text or not (match := _EMAIL.search(message.text)):
        return None
    sentence = _sentence_at(message, match.start())
    if sentence is None:
        return None
    others = [t for t in message.tokens if _is_word(t) and not match.start() <= t.start < match.end()]
    near = others if len(others) <= _SHORT else [t for t in sentence.tokens if t in others]
    before = {t.word for t in near if t.start < match.start()}
    behind = [t.word for t in near if t.start >= match.end()]
    alone = not others
    asks = before & _words("email words") or (len(others) <= 4 and {*before, *behind} & {"email", "mail", "gmail"})
    asks = asks or behind[:2] == ["is", "my"] or behind[:3] == ["is", "the", "email"]
    if not alone and (not asks or (before | set(behind)) & _words("not my email")):
        return None
    rest = message.without(sentence.start, max(sentence.end, match.end()))
    before = message.text[sentence.start : match.start()]
    if (lead := re.match(r"\s*\d{1,2}(?:[.,]5)?\s*(?:/\s*10)?\s*[,:-]\s", before)) is not None:
        rest = f"{lead[0].strip(' ,:-')}. {rest}".strip()
    return Found(Command("set_email", {"email": match[0].rstrip(".")}), "" if alone else rest)


def _buddy(message: _Message) -> Found | None:
    for match in _PHONE.finditer(message.text):
        sentence = _sentence_at(message, match.start())
        if sentence is None:
            continue
        if not {t.word for t in message.tokens} & _words("buddy words"):
            return None
        phone = _e164(match[0], message)
        if phone:
            first = next((s for s in message.sentences if {t.word for t in s.tokens} & _words("buddy words")), sentence)
            start, end = min(first.start, sentence.start), max(sentence.end, match.end(), first.end)
            start = _behind_score(message, start)
            return Found(Command("buddy", {"phone": phone}), message.without(start, end))
    return None


def _behind_score(message: _Message, start: int) -> int:
    match = re.compile(r"\s*\d{1,2}(?:[.,]5)?\s*(?:/\s*10)?(?:\s\w+)?\s*[,:-]\s").match(message.text, start)
    return match.end() if match else start


_CALLING = {"GB": "44", "IN": "91", "AU": "61", "NZ": "64", "NP": "977", "PH": "63"}


def _e164(written: str, message: _Message) -> str | None:
    """A phone number in its international form; a US one where it has no country code."""
    digits = "".join(c for c in written if c.isdigit())
    if written.lstrip("( ").startswith("+"):
        digits = re.sub(r"^\+?(\d{1,3})\s*\(0\)", r"+\1", written) if "(0)" in written else digits
        digits = "".join(c for c in digits if c.isdigit())
        return f"+{digits}" if 8 <= len(digits) <= 15 else None
    if digits.startswith("00"):
        return f"+{digits[2:]}" if len(digits) >= 10 else None
    code = _CALLING.get(message.country or "")
    if digits.startswith("0") and 9 <= len(digits) <= 12:
        return f"+{code}{digits[1:]}" if code else None
    if len(digits) == 11 and digits.startswith("1"):
        return f"+{digits}"
    if len(digits) == 10:
        return f"+91{digits}" if message.country == "IN" and digits[0] in "6789" else f"+1{digits}"
    if len(digits) in (11, 12, 13) and code and digits.startswith(code):
        return f"+{digits}"
    return None


def _new_goal(message: _Message) -> Found | None:
    if message.context.asked == "goal":
        return None
    for sentence in message.sentences:
        if (start := _goal_marker(sentence)) is None:
            continue
        from shared.domain.understanding.goals import read_goal

        at = sentence.tokens[start].start
        end = sentence.end
        said = message.text[at:end]
        if not any(_is_word(t) for t in sentence.tokens[start:]):
            continue
        return Found(
            read_goal(said.rstrip(" .!"), message.now),
            message.without(sentence.tokens[0].start if start <= 8 else at, end),
        )
    return None


_BEFORE_GOAL = frozenset(
    "new my next another a the set add create make add please pls can you i want to have got for me one first main big"
    " ok hi hey also and track today heres here is up so then this set".split()
)


def _goal_marker(sentence: _Sentence) -> int | None:
    """The token behind "goal:", "new goal -", "add a goal to", "my new goal is to"."""
    found = sentence.tokens
    for i, token in enumerate(found[:10]):
        if token.word in ("goal", "target") and i + 1 < len(found):
            following = found[i + 1].word
            if following in (":", "=", "-") or (following == "," and i <= 1):
                return i + 2
            before = {t.word for t in found[:i]}
            if following in ("is", "will", "to", "of") and before & {"new", "next", "add", "set", "create", "make"}:
                return i + 2 + (found[i + 2].word == "be" if i + 2 < len(found) else 0)
            if following == "is" and before <= {"my", "ok", "so", "and"} and "my" in before:
                return i + 2
            if before & {"new", "add"} and i <= 3 and following not in ("please", "?", ".", "and"):
                return i + 1 if following not in ("called", "for") else i + 2
            return None
        if _is_word(token) and token.word not in _BEFORE_GOAL:
            return None
    return None


# "actually make that a 7", "sorry meant 4"

_SCORES = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}


def _score_at(found: list[Token], i: int) -> tuple[float, int] | None:
    """A score at a token and the token behind it: "7", "a 7", "seven", "6.5", "7/10", "7 and a half"."""
    i += i < len(found) and found[i].word in ("a", "an", "like", "about", "more")
    i += i < len(found) and found[i].word in ("a", "an", "like")
    if i >= len(found):
        return None
    word = found[i].word
    if not (word in _SCORES or (word.isascii() and word.isdecimal() and len(word) <= 2)):
        return None
    value, j = float(_SCORES.get(word, 0) if word in _SCORES else int(word)), i + 1

    def at(k: int) -> str:
        return found[k].word if k < len(found) else ""

    if at(j) in (".", ",") and at(j + 1).isdecimal() and found[j + 1].start == found[i].end + 1:
        value, j = float(f"{int(value)}.{at(j + 1)[:2]}"), j + 2
    elif (at(j), at(j + 1), at(j + 2)) == ("and", "a", "half"):
        value, j = value + 0.5, j + 3
    if at(j) == "/" or (at(j), at(j + 1)) == ("out", "of"):
        scale = at(j + 1 + (at(j) == "out"))
        if scale not in ("10", "ten"):
            return None
        j += 2 + (at(j) == "out")
    elif at(j) in (":", "am", "pm", "%", "h", "oclock", "hours", "days", "am", "p", "weeks", "months", "instead of"):
        return None
    if value > 11:
        return None
    return min(10.0, max(1.0, round(value * 2) / 2)), j


def _correct(message: _Message) -> Found | None:
    if message.names & _words("correcting"):
        for number, sentence in enumerate(message.sentences):
            if found_here := _correct_in(message, number, sentence):
                return found_here
    return _starred(message)


def _correct_in(message: _Message, number: int, sentence: _Sentence) -> Found | None:
    found = sentence.tokens
    names = [t.word for t in found]
    for i, word in enumerate(names):
        start = _corrects(names, i) if word in _words("correcting") else None
        if start is None or (read := _score_at(found, start)) is None:
            continue
        value, end = read
        # What follows must end the clause: "meant 4 people" is none.
        if end < len(found) and _is_word(found[end]) and found[end].word not in _words("after a score"):
            continue
        before = [t for s in message.sentences[:number] for t in s.tokens] + found[:i]
        scores = [t for t in before if t.word.isdecimal() or (t.word in _SCORES and t.word != "one")]
        named = len(scores) == 1 and i > 0 and names[i - 1] == scores[0].word  # "that 4 should be a 6"
        if scores and not named and not message.names & _words("earlier answer"):
            return None  # within one message: "7. sorry meant 4" is today's score
        others = [s for s in message.sentences[number + 1 :] if not _has_digit(s)]
        rest = " ".join(message.text[s.start : s.end] for s in others)
        return Found(Command("correct", {"mood": _whole(value)}), rest)
    return None


def _whole(value: float) -> float:
    return int(value) if value.is_integer() else value


def _has_digit(sentence: _Sentence) -> bool:
    return any(token.word.isdecimal() for token in sentence.tokens)


_STAR = re.compile(r"\s*(?:\*+\s?(\d{1,2}(?:[.,]5)?)|(\d{1,2}(?:[.,]5)?)\s?\*+)\s*(?:sorry|oops|lol)?[.!]?\s*")


def _starred(message: _Message) -> Found | None:
    """ "*6" and "6*": how phones correct."""
    if not (match := _STAR.fullmatch(message.text)):
        return None
    value = float((match[1] or match[2]).replace(",", "."))
    return Found(Command("correct", {"mood": _whole(value)}), "") if 0 < value <= 10 else None


def _corrects(names: list[str], i: int) -> int | None:
    """The token at which the right score stands, where a correction begins at `i`."""

    def at(k: int) -> str:
        return names[k] if 0 <= k < len(names) else ""

    def behind(k: int, section: str) -> int:
        while at(k) in _words(section):
            k += 1
        return k

    word, here = at(i), set(names)
    mine = _words("my answer")
    sorry = bool(set(names[:i]) & _words("oops"))
    again = sorry or bool(here & {"instead", "rather", "earlier", "actually"})
    if word in ("make", "call", "mark", "log", "count"):
        if at(i + 1) not in ("it", "that", "this", "mine", "my", "yesterday", "yesterdays", "last"):
            return None
        j = behind(i + 2, "my answer") if at(i + 2) not in ("a", "an") else i + 2
        sure = again if word != "make" else again or at(j) in ("a", "an") or at(i + 1) != "it"
        return j if sure else None
    if word in _words("changing"):
        to = next((j for j in range(i + 1, min(i + 9, len(names))) if at(j) in ("to", "into", "as", "at")), 0)
        between = set(names[i + 1 : to])
        number = any(name.isdecimal() for name in between)
        if not to or not (number or between & mine) or between & _words("not my answer") or (word == "put" and not again):
            return None
        clear = again or at(to + 1) in ("a", "an") or between & _words("surely my answer")
        return to + 1 if clear or number or word in _words("surely changing") else None
    if word == "meant" or (word == "mean" and (sorry or (at(i - 1) == "i" and i == 1))):
        j = i + 1
        if at(j) == "to":
            return j + 2 if at(j + 1) in _words("to write") else None
        return j + 2 + (at(j + 2) == "be") if at(j) in ("it", "that") and at(j + 1) in ("as", "to") else j
    if word in ("should", "shouldve", "shoulda", "shld"):
        first = i == 0 and at(1) in ("have", "of", "been", "say", "read")
        if at(i - 1) in mine or sorry or first or at(i - 2) in ("that", "the", "my"):
            return behind(i + 1, "should be")
        return None
    if word in ("supposed", "suppose"):
        return i + 3 if (at(i + 1), at(i + 2)) == ("to", "be") else None
    if word in ("correction", "typo", "fix") and i <= 2:
        return behind(i + 1, "it was")
    if i <= 1 and len(names) <= 8 and here & {"oops", "whoops", "soz", "not", "mistake"}:
        return behind(i + 1, "it was")
    return None


# "I moved to Denver", "timezone berlin", "PST now"


def _set_timezone(message: _Message) -> Found | None:
    for sentence in message.sentences:
        names = [t.word for t in sentence.tokens]
        if not set(names) & _words("zone clues"):
            continue
        if zone := _zone_in(message, sentence, names):
            start = _behind_score(message, sentence.start)
            sentences = message.sentences
            after = sentences[sentences.index(sentence) + 1 :]
            end = sentence.end
            if (
                after
                and {t.word for t in after[0].tokens} & {"sort", "adjust", "update", "change", "fix"}
                and not _has_digit(after[0])
            ):
                end = after[0].end
            return Found(Command("set_timezone", {"timezone": zone}), message.without(start, end))
    return None


def _zone_in(message: _Message, sentence: _Sentence, names: list[str]) -> str | None:
    found = sentence.tokens
    joined = " ".join(names)

    def zone_from(i: int) -> str | None:
        if i >= len(found):
            return None
        end = next((k for k in range(i, len(found)) if found[k].word in ".!?;()"), len(found))
        if end <= i:
            return None
        said = message.text[found[i].start : min(found[i].start + 60, found[end - 1].end)]
        place = places.zone(said, message.country)
        named = next((t for t in found[i:end] if _is_word(t) and t.word not in places.FILLERS), found[i])
        if place and named.word in _words("not places") and message.text[named.start].islower():
            return None
        return place

    strong = bool(re.search(r"\btime ?zones?\b|\btz\b|\btimezne\b", joined))
    moved = _words("moved")
    best = None
    for i, word in enumerate(names):
        previous = names[i - 1] if i else ""
        if word in moved or (word == "move" and previous in ("did", "made", "the")):
            settled = word not in ("moving", "relocating", "move", "shifting") or not set(names) & _words("not yet")
            if settled:
                best = _place_after(names, i, zone_from) or best
        elif word in ("in", "to", "on", "at", "from", "by", "use", "follow", "be") and (
            strong or _says_where(names, i)
        ):
            if word in ("from", "on") and not strong and not {"time", "coast"} & set(names[i:]):
                continue
            if word == "from" or (word == "on" and "still" in names[max(0, i - 3) : i]):
                continue
            best = best or zone_from(i + 1)
    if best:
        return best
    if strong:
        for i, word in enumerate(names):
            if re.fullmatch(r"time ?zones?|timezone|tz|zone", word):
                place = (
                    zone_from(i + 1) or (zone_from(max(0, i - 3)) if i else None) or (zone_from(i - 1) if i else None)
                )
                place = place or (zone_from(i - 2) if i > 1 else None)
                if place:
                    return place
    # "PST now", "London time please", "use IST only"
    if (
        set(names)
        & {"time", "now", "use", "using", "only", "clock", "til", "till", "until", "weeks", "wks", "months", "from"}
        and len(names) <= 14
    ):
        for i, word in enumerate(names):
            written = message.text[found[i].start : found[i].end]
            abbreviation = written.isupper() and 2 <= len(written) <= 5 and word not in ("i", "ok", "us", "la")
            rest = set(names) - {word}
            if (
                abbreviation
                and (
                    rest
                    & {
                        "now",
                        "use",
                        "using",
                        "time",
                        "only",
                        "switch",
                        "til",
                        "till",
                        "until",
                        "weeks",
                        "wks",
                        "months",
                        "from",
                    }
                )
                and (place := places.lookup(word, message.country))
            ):
                if word in _words("zone abbreviations") or "time" in names[i + 1 : i + 2]:
                    return place
            if (
                i + 1 < len(names)
                and names[i + 1] == "time"
                and set(names) & {"use", "switch", "set", "change", "please", "pls", "now", "put", "go", "im"}
            ):
                for back in (3, 2, 1):
                    if i - back + 1 >= 0 and (
                        place := places.lookup(" ".join(names[i - back + 1 : i + 1]), message.country)
                    ):
                        if not set(names[max(0, i - back - 1) : i]) & {"still", "from"}:
                            return place
    words_only = [n for n in names if n[0].isalnum()]
    if (
        len(words_only) <= 3
        and words_only
        and words_only[0] in _words("zone abbreviations")
        and len(message.sentences) == 1
    ):
        return places.lookup(words_only[0], message.country)
    return None


def _place_after(names: list[str], i: int, zone_from: Callable[[int], str | None]) -> str | None:
    """The last place that is gone to behind "moved": "from Dubai to India", "over the ditch, landed in Melbourne"."""
    best = None
    for k in range(i + 1, min(len(names), i + 16)):
        if names[k] in ("to", "in", "into", "2"):
            best = zone_from(k + 1) or best
        elif names[k] in ("back", "home", "over", "across", "up", "down", "out") or k == i + 1:
            if k + 1 < len(names) and names[k + 1] not in ("to", "in") and names[k] not in ("from", "the", "a", "my", "our"):
                direct = zone_from(k if k == i + 1 and names[k] not in ("back", "home", "over") else k + 1)
                best = best or (direct if k == i + 1 else None)
    return best


def _says_where(names: list[str], i: int) -> bool:
    """Whether "in" stands in "I'm in Denver now", "living in Leeds these days", "based in"."""
    if names[i] in ("by", "use", "follow", "be", "to", "from", "at") or (names[i] == "on" and names[i + 1 : i + 2] != ["the"]):
        return False
    before = names[max(0, i - 2) : i]
    if before and before[-1] in ("up", "down", "over", "out", "back", "currently", "now", "here"):
        before = names[max(0, i - 3) : i]
    here = set(before) & _words("being there")
    return bool(here) and bool(set(names) & _words("from now") or "time" in names[i : i + 5])


# "call me Sam", "its Nadia btw, not Nadine"


def _set_name(message: _Message) -> Found | None:
    if not message.names & _words("naming"):
        return None
    for sentence in message.sentences:
        found = sentence.tokens
        names = [t.word for t in found]
        for i in range(len(names)):
            at = _name_at(names, i)
            if at is None or not (name := _name(message, found, at[0], at[1])):
                continue
            start = _behind_score(message, sentence.start)
            return Found(Command("set_name", {"name": name}), message.without(start, sentence.end))
    return None


def _name_at(names: list[str], i: int) -> tuple[int, bool] | None:
    """The token at which a name may begin, and whether only a capital makes it one."""

    def at(k: int) -> str:
        return names[k] if 0 <= k < len(names) else ""

    rest = set(names)
    if at(i) in ("call", "calls", "address", "calling", "refer") and at(i + 1) in ("me", "us", "ma"):
        j = i + 2 + (at(i + 2) in ("by", "as"))
        if at(j) == "my" or at(j) == "the":
            return None
        return j, False
    if at(i) == "refer" and at(i + 1) == "to" and at(i + 2) == "me":
        return i + 3 + (at(i + 3) == "as"), False
    if at(i) in ("name", "names", "nickname") and at(i - 1) in (
        "my",
        "the",
        "ma",
        "me",
        "our",
        "new",
        "",
        "is",
        "preferred",
        "first",
        "correct",
    ):
        j = i + 1
        while at(j) in (
            "is",
            "s",
            "to",
            ":",
            "=",
            "-",
            "should",
            "be",
            "its",
            "actually",
            "now",
            "as",
            "from",
            "really",
            "just",
        ):
            j += 1
        return (j, False) if j > i + 1 or at(i) == "names" else None
    if (
        at(i) == "go"
        and at(i + 1) == "by"
        and at(i - 1) in ("i", "to", "usually", "just", "normally", "actually", "mostly", "now")
    ):
        return i + 2 + (at(i + 2) == "just"), False
    if (at(i), at(i + 1)) in (("known", "as"), ("be", "called"), ("am", "called"), ("im", "called"), ("called", "me")):
        return i + 2, (at(i) == "called")
    if (
        at(i) in ("its", "im", "im", "thats", "this")
        and i <= 3
        and rest & {"not", "btw", "actually", "spelled", "spelt", "name", "by"}
    ):
        if i + 2 < len(names) and (
            at(i + 2) in ("not", "btw", "actually", ",", "by", "with") or at(i + 1) == "actually"
        ):
            return i + 1 + (at(i + 1) in ("actually", "is")), True
    return None


def _name(message: _Message, found: list[Token], i: int, needs_capital: bool) -> str | None:
    while i < len(found) and found[i].word in ("just", '"', "'", "actually", "simply", "maybe", "*"):
        i += 1
    taken: list[str] = []
    end = i
    while end < len(found) and len(taken) < 3:
        token = found[end]
        if not _is_word(token) or not token.word[0].isalpha():
            if (
                token.word in ("-", ".")
                and taken
                and end + 1 < len(found)
                and found[end + 1].start == token.end == found[end - 1].end + 1
            ):
                end += 1
                taken[-1] += token.word
                continue
            break
        written = message.text[token.start : token.end]
        if token.word in _words("not names") or (taken and not written[:1].isupper()):
            break
        if needs_capital and not written[:1].isupper():
            return None
        if taken and taken[-1].endswith(("-", ".")) and len(taken[-1]) > 1:
            taken[-1] += ("" if taken[-1].endswith("-") else " ") + written
        else:
            taken.append(written)
        end += 1
    if not taken or (needs_capital and (found[i].word in when.month_and_day_names())):
        return None
    # "call me old fashioned but": a name ends its clause.
    if end < len(found) and _is_word(found[end]) and found[end].word not in _words("after a name"):
        return None
    name = " ".join(taken).rstrip("-.")
    return name.title() if name.islower() else name


# Nothing to do, and nothing that could be read

_TAPBACK = re.compile(r"\s*([A-Za-zÀ-ÿ ]{4,30}?)\s*[\"“«'‘]", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CODE = re.compile(
    r"\{\{|<\s?/?(?:script|img|svg|div|iframe|body|b|a)\b|\bdrop table\b|\bselect \*|\$\{|;\s*--|%s%s|\brm -rf\b|' or '?1",
    re.IGNORECASE,
)


def _is_tapback(text: str) -> bool:
    """A phone's "Liked “...”", "Laughed at “...”", "Reacted 👍 to “...”"."""
    if match := _TAPBACK.match(text[:200]):
        verb = match[1].lower().strip()
        if verb in _words("tapbacks") and text.rstrip()[-1:] in "\"”»'’…":
            return True
    return bool(re.match(r"\s*(?:Reacted|Removed) .{1,30}(?:to|from) [\"“]", text[:200]))


def _body(message: _Message) -> tuple[int, int] | None:
    """Where what is said begins and ends, without the greeting before it and the farewell behind it."""
    sentences = message.sentences
    first, last = 0, len(sentences)
    while first < last - 1 and all(not _is_word(t) or t.word in _words("greeting") for t in sentences[first].tokens):
        first += 1
    while last - 1 > first and _is_farewell(message, sentences, last - 1, first):
        last -= 1
    said = [t for s in sentences[first:last] for t in s.tokens if _is_word(t)]
    while len(said) > 1 and said[0].word in (
        "hi",
        "hello",
        "hey",
        "ok",
        "okay",
        "sorry",
        "yo",
        "um",
        "uh",
        "oh",
        "well",
        "so",
    ):
        said = said[1:]
    return (said[0].start, said[-1].end) if said else None


def _is_farewell(message: _Message, sentences: list[_Sentence], i: int, first: int) -> bool:
    names = [t for t in sentences[i].tokens if _is_word(t)]
    if all(t.word in _words("farewell") for t in names):
        return True
    capitals = len(names) <= 5 and all(message.text[t.start].isupper() or t.word in ("and",) for t in names)
    leads = bool(names) and names[0].word in _words("farewell")
    earlier = i - 1 > first and all(t.word in _words("farewell") or not _is_word(t) for t in sentences[i - 1].tokens)
    return capitals and (leads or earlier) or (leads and len(names) <= 6 and message.text[names[-1].start].isupper())


def _read_thanks(message: _Message) -> Found | None:
    """A message that is only thanks, a nod, a laugh or a goodbye, with a name behind it or not."""
    asked = message.context.asked
    said = [t for t in message.tokens if _is_word(t)]
    if not said or len(said) > _LONGEST_THANKS:
        return None
    for _ in range(3):
        name = message.text[said[-1].start : said[-1].end]
        if len(said) > 1 and name[0].isupper() and not name.isupper() and not _is_ack(said[-1].word):
            said = said[:-1]
    names = [t.word for t in said]
    thanks = Found(Command("thanks", {}), "")
    if asked in ("opt_in", "confirm_delete"):
        plain = names[0] in _words("farewell") and "no" not in names and _acknowledges(names, ("ack",))
        return thanks if plain and names[0] not in ("all", "the", "have") else None
    if "?" in message.text and _is_unclear(names):
        return None
    if _acknowledges(names, ("ack",)) and " ".join(names) not in _words("stop words"):
        return thanks
    if asked == "none" and _acknowledges(names, ("ack", "ack where nothing is open")):
        return thanks
    return None


_LONGEST_THANKS = 14  # words


def _is_ack(word: str) -> bool:
    return word in _words("ack") or word in _words("ack around") or word in _words("ack where nothing is open")


def _is_unclear(names: list[str]) -> bool:
    bare = names
    while len(bare) > 1 and bare[0] in _OPENERS:
        if " ".join(bare) in _words("unclear words"):
            break
        bare = bare[1:]
    return " ".join(bare) in _words("unclear words")


def _read_nothing_said(message: _Message) -> Found | None:
    """What is plainly nothing that could be read; None for anything that may be a report."""
    text, asked = message.text, message.context.asked
    names = [t.word for t in message.tokens if _is_word(t)]
    unclear = Found(Command("unclear", {}), "")
    if _CODE.search(text[:500]):
        return unclear
    if _LINK.search(text[:500]) and not _LINK.sub("", text[:2000]).strip(" .!?\n"):
        return unclear
    marks = [t.word for t in message.tokens if not _is_word(t)]
    if not names:
        return _only_marks(marks, asked)
    joined = " ".join(names)
    if joined in _words("stop words") or _pleads(message, names):
        return Found(Command("stop", {}), "")
    if _is_unclear(names) and asked not in ("opt_in", "confirm_delete"):
        return unclear
    if asked == "daily_checkin" and joined in ("yes", "yeah", "yep", "yup", "y", "aye", "sure"):
        return unclear
    if _is_gibberish(names):
        return unclear
    if asked not in _FREE_ANSWERS and _is_for_somebody_else(message, names):
        return unclear
    return None


_OPENERS = frozenset("sorry hi hello hey ok um er oh lol wait eh erm so like".split())
_THUMBS = frozenset("👍👌🙏👋🤝🫡🤙✅❤💕💛💙💚🧡💜🖤🤍♥😘🫶👏✌💯")


def _only_marks(marks: list[str], asked: str) -> Found | None:
    """A message of marks and emoji: a thumb is thanks, a face is a mood and read by others, dots are nothing."""
    meaning = [
        m for m in marks if m not in ("\U0001f3fb", "\U0001f3fc", "\U0001f3fd", "\U0001f3fe", "\U0001f3ff", "\u200d")
    ]
    if meaning and all(m in _THUMBS for m in meaning):
        return None if asked in ("opt_in", "confirm_delete") else Found(Command("thanks", {}), "")
    if meaning and asked == "none" and all(m in _words("ack emoji") for m in meaning):
        return Found(Command("thanks", {}), "")
    if len(set(meaning)) == 1 and len(meaning) > 1 and ord(meaning[0]) < 0x2000 and meaning[0] not in "*":
        return Found(Command("unclear", {}), "")
    if set(meaning) == {"?"} or all(ord(m) < 0x2000 and m not in "*)(:;" for m in meaning):
        return Found(Command("unclear", {}), "")
    return None


def _acknowledges(names: list[str], sections: tuple[str, ...]) -> bool:
    """Whether a few words are only thanks or a nod: each phrase in the lists, at least one of weight."""
    i, weight = 0, False
    while i < len(names):
        for length in range(min(6, len(names) - i), 0, -1):
            phrase = " ".join(names[i : i + length])
            if any(phrase in _words(section) for section in sections) or _laughs(phrase):
                i, weight = i + length, True
                break
        else:
            if names[i] not in _words("ack around"):
                return False
            i += 1
    return weight


def _pleads(message: _Message, names: list[str]) -> bool:
    """ "Stop" at the beginning or the end of a short message: "STOP. I mean it", "this is annoying stop"."""
    if len(names) > 10 or any(name.isdecimal() for name in names) or message.context.asked in _FREE_ANSWERS:
        return False
    common = _vocabulary().bits["common"]
    for i, name in enumerate(names):
        if name not in _words("stop said"):
            continue
        known = [_vocabulary().phrases.get(n, 0) & common for n in names]
        if all(known[:i]) and (i == 0 or names[i - 1] not in _words("not before stop")):
            token = [t for t in message.tokens if _is_word(t)][i]
            following = message.text[token.end : token.end + 1]
            return following in "" or following in ".!,;" or bool(known[i + 1] and names[i + 1] != "and")
        return i == len(names) - 1 and names[i - 1] not in _words("not before stop")
    return False


def _laughs(word: str) -> bool:
    return len(word) > 3 and (
        set(word) == {"h", "a"} or set(word) <= {"j", "a"} or set(word) <= {"l", "o"} or set(word) <= {"h", "e"}
    )


def _is_gibberish(names: list[str]) -> bool:
    """Keys struck at random: one or two words that no language would have."""
    return len(names) <= 3 and all(_struck(name) for name in names)


def _struck(word: str) -> bool:
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return False
    if any(run in _ROWS for run in (word[k : k + 4] for k in range(len(word) - 3))):
        return True
    if len(set(word)) == 1:
        return word[0] not in "zhm"
    vowels = sum(c in "aeiouy" for c in word)
    if vowels == 0 and len(word) >= 5 and len(set(word)) > 2:
        return True
    longest = max((len(run) for run in re.split("[aeiouy]+", word)), default=0)
    return longest >= 5 and len(word) >= 6 and vowels / len(word) < 0.3


_ROW = "qwertyuiop asdfghjkl zxcvbnm"
_ROWS = frozenset(_ROW[k : k + 4] for k in range(len(_ROW) - 3) if " " not in _ROW[k : k + 4])


def _is_for_somebody_else(message: _Message, names: list[str]) -> bool:
    if len(names) > 20 or any(n in ("work", "today", "win", "drained", "loved") for n in names):
        return False
    if any(token.word.isdecimal() for token in message.tokens) and not names[-1].isdecimal():
        return False
    joined = f" {' '.join(names)} "
    return any(f" {phrase} " in joined for phrase in _somebody_else(names))


def _somebody_else(names: list[str]) -> list[str]:
    here = set(names)
    return [phrase for phrase in _words("somebody else") if phrase.split(" ", 1)[0] in here]
