"""Matches sentences and their pieces with the frames of commands, by the lists in `words/commands.txt`.

A frame is some lists in an order: "stop: stopping contacting". A piece fits it where it has a phrase of each,
in that order, and knows every other word: one that means nothing here ("please"), or one that may stand in
this command. How many other words it bears is behind the "~"; and behind a command that is asked for
("please", "can you") or that begins its piece, a reason may follow in any words.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.commands.message import SHORT, Message, Sentence, is_tight, is_word, listed
from shared.domain.understanding.times import when
from shared.domain.understanding.times.vocabulary import numbered
from shared.domain.understanding.times.when import Token

_BEARING_REASONS = frozenset(
    ("stop", "pause", "snooze", "set_time", "set_days", "undo", "skip", "summary", "export", "delete")
)
_LONGEST_REASON = 3  # words that are not known, behind a command that nothing asks for
_JOINTS = frozenset(',:()"|*•-~/')
# The kinds of time that a frame may need, by the name it has in the frame, and the kind of words that tell it.
_TIMES = {
    "until": "date",
    "span": "date",
    "date": "date",
    "minutes": "minutes",
    "clock": "clock",
    "number": "clock",
    "days": "days",
    "weekday": "days",
}
_BESIDE = ("common", "request", "subject", "idioms", "too", "habit")  # lists that are looked for beside the frames
# Of frames of one length in one piece, the command that is named first here is meant.
_PRIORITY = (
    "delete undo export set_days snooze set_time pause skip resume start stop list_goals list_wins plan summary"
    " stats help"
).split()


class Frame(NamedTuple):
    command: str
    lists: tuple[int, ...]  # a bit each
    all: int  # of them
    needed: int  # those of them that the words must have, times left aside
    covers: int
    unknown: int  # how many other words it bears
    kinds: frozenset[str]  # of time that it needs
    scope: str  # "=" a whole message, "?" that or a question, "!" that or a short message

    def has(self, name: str) -> bool:
        return bool(bit(name) & self.all)


class Vocabulary(NamedTuple):
    phrases: dict[str, int]  # the lists of a phrase, a bit each
    longest: dict[str, int]  # by first word
    bits: dict[str, int]
    frames: tuple[tuple[int, tuple[tuple[int, Frame], ...]], ...]  # with their ranks, by a list that they need or 0


class Span(NamedTuple):
    """A phrase or a time in a sentence, by its tokens, with its lists."""

    start: int
    end: int
    lists: int
    value: Any = None


class Reading(NamedTuple):
    """A piece of a sentence that fits a frame."""

    frame: Frame
    sentence: Sentence
    first: int
    last: int  # the token behind the piece
    spans: list[Span]

    @property
    def tokens(self) -> list[Token]:
        return self.sentence.tokens[self.first : self.last]

    @property
    def words(self) -> set[str]:
        return {token.word for token in self.tokens}

    @property
    def start(self) -> int:
        return self.sentence.tokens[self.first].start

    @property
    def end(self) -> int:
        return self.sentence.tokens[self.last - 1].end

    def of(self, *names: str) -> list[Span]:
        """The phrases or times of some lists, in the order of the text."""
        wanted = 0
        for name in names:
            wanted |= bit(name)
        return sorted((span for span in self.spans if span.lists & wanted), key=lambda span: span.start)


@cache
def vocabulary() -> Vocabulary:
    lists = words.load("commands")
    framed = {part.lstrip("=?!") for line in lists["frames"] for part in line.split()[1:]}
    names = [name for name in lists if name.replace(" ", "_") in framed or name in _BESIDE or name.endswith(" extras")]
    bits = {name.replace(" ", "_"): 1 << n for n, name in enumerate((*_TIMES, *names))}
    phrases: dict[str, int] = {}
    longest: dict[str, int] = {}
    for name in names:
        own = bits[name.replace(" ", "_")]
        for phrase in listed(name):
            phrases[phrase] = phrases.get(phrase, 0) | own
    for phrase in phrases:
        first, _, rest = phrase.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if length > longest.get(first, 0):
            longest[first] = length
    sizes = {bits[name.replace(" ", "_")]: len(lists[name]) for name in names}
    frames: dict[int, list[tuple[int, Frame]]] = {}
    for rank, frame in enumerate(sorted((_frame(line, bits) for line in lists["frames"]), key=_rank)):
        rarest = min((part for part in frame.lists if part & frame.needed), key=sizes.__getitem__, default=0)
        frames.setdefault(rarest, []).append((rank, frame))
    return Vocabulary(phrases, longest, bits, tuple((part, tuple(ranked)) for part, ranked in frames.items()))


def bit(name: str) -> int:
    return vocabulary().bits[name]


def _frame(line: str, bits: dict[str, int]) -> Frame:
    command, _, rest = line.partition(": ")
    parts = rest.split()
    unknown = int(parts.pop()[1:]) if parts[-1].startswith("~") else 0
    scope = parts[0][0] if parts[0][0] in "=?!" else ""
    parts[0] = parts[0].lstrip("=?!")
    alone = scope == "=" and command == "list_goals"
    covers = bits["common"] | bits.get(f"{command}_extras", 0)
    if command in ("list_wins", "list_goals", "stats") and not alone:
        covers |= bits["query_extras"]
    whole = needed = 0
    for part in parts:
        covers |= bits[part]
        whole |= bits[part]
        needed |= bits[part] if part not in _TIMES else 0
    kinds = frozenset(_TIMES[part] for part in parts if part in _TIMES)
    return Frame(command, tuple(bits[part] for part in parts), whole, needed, covers, unknown, kinds, scope)


def _rank(frame: Frame) -> tuple[int, int, int, tuple[int, ...]]:
    return -len(frame.lists), _PRIORITY.index(frame.command), frame.unknown, frame.lists


def readings(message: Message, sentence: Sentence, shut: frozenset[str], quiet: frozenset[str]) -> Iterator[Reading]:
    """What a sentence may be read as, the likeliest first; no command in `shut`, one in `quiet` only as a whole."""
    spans = _phrases(sentence.tokens)
    frames = _possible(_lists(spans), shut)
    body = message.body if frames else None
    if len(message.said) > 2 * SHORT or body is None or sentence.start > body[0] or sentence.end < body[1]:
        frames = [frame for frame in frames if frame.scope != "="]
    if quiet:
        frames = [frame for frame in frames if frame.command not in quiet or frame.scope == "="]
    if any(frame.kinds for frame in frames):
        kinds, may = when.kinds_of_time(sentence.tokens)
        known = any(not frame.needed for frame in frames) and _all_known(sentence.tokens, spans, may)
        frames = [frame for frame in frames if frame.kinds <= kinds and (frame.needed or known)]
        if wanted := frozenset[str]().union(*(frame.kinds for frame in frames)):
            spans += _times(message, sentence.tokens, may, wanted)
    idioms = [span for span in spans if span.lists & vocabulary().bits["idioms"]] if frames else []
    pieces = []
    for first, last in _pieces(sentence.tokens) if frames else ():
        if any(first <= idiom.start and idiom.end <= last for idiom in idioms):
            continue
        inside = [span for span in spans if first <= span.start and span.end <= last]
        lists = _lists(inside)
        if fitting := [frame for frame in frames if not frame.all & ~lists]:
            pieces.append(
                (first, last, inside, fitting, body is not None and _covers(body, sentence.tokens[first:last]))
            )
    for strict in (True, False):
        for first, last, inside, fitting, whole in pieces:
            for frame in fitting:
                if not whole and not _in_scope(frame.scope, message, sentence, first, last):
                    continue
                if reading := _fit(frame, sentence, first, last, inside, strict):
                    yield reading


def _lists(spans: list[Span]) -> int:
    lists = 0
    for span in spans:
        lists |= span.lists
    return lists


def _possible(lists: int, shut: frozenset[str]) -> list[Frame]:
    """The frames that need no other lists of words, the likeliest first."""
    ranked = [
        each
        for rarest, frames in vocabulary().frames
        if rarest & lists or not rarest
        for each in frames
        if not each[1].needed & ~lists and each[1].command not in shut
    ]
    return [frame for _, frame in sorted(ranked)]


def _phrases(found: list[Token]) -> list[Span]:
    """Every phrase of the vocabulary; "check-in" and "check in" are one, and so are "please" and "pleeease"."""
    phrases, longest, _, _ = vocabulary()
    said = [i for i, token in enumerate(found) if not (token.word == "-" and is_tight(found, i))]
    names = shortened([found[i].word for i in said])
    spans = []
    for at, phrase in enumerate(names):
        if phrase not in longest:
            continue
        i = said[at]
        for k in range(at, min(at + longest[phrase], len(said))):
            if k > at:
                phrase = f"{phrase} {names[k]}"
            if lists := phrases.get(phrase):
                spans.append(Span(i, said[k] + 1, lists))
    return spans


_DRAWN = re.compile(r"(.)\1\1+")


def shortened(names: list[str]) -> list[str]:
    """Words whose letters are drawn out, as they are in the lists.

    >>> shortened(["pleeease", "sooooon", "cool"])
    ['please', 'soon', 'cool']
    """
    return [_shortened(name) for name in names] if _DRAWN.search(" ".join(names)) else names


def _shortened(word: str) -> str:
    if not _DRAWN.search(word):
        return word
    for letters in (r"\1\1", r"\1"):
        if (short := _DRAWN.sub(letters, word)) in vocabulary().longest:
            return short
    return word


def _all_known(found: list[Token], spans: list[Span], may: list[bool]) -> bool:
    """Whether every word is in the vocabulary or may be part of a time: only then can times be all that is said."""
    known = {i for span in spans for i in range(span.start, span.end)}
    return all(may[i] or i in known or not is_word(token) for i, token in enumerate(found))


def _in_scope(scope: str, message: Message, sentence: Sentence, first: int, last: int) -> bool:
    if scope == "?":
        said = [k for k, token in enumerate(sentence.tokens) if is_word(token)]
        return sentence.question and bool(said) and first <= said[0] and said[-1] < last
    if scope == "!":
        return len(message.said) <= SHORT and not message.numbers
    return not scope


def _covers(body: tuple[int, int], piece: list[Token]) -> bool:
    said = [token for token in piece if is_word(token)]
    return bool(said) and said[0].start <= body[0] and said[-1].end >= body[1]


def _fit(frame: Frame, sentence: Sentence, first: int, last: int, spans: list[Span], strict: bool) -> Reading | None:
    found, bits = sentence.tokens, vocabulary().bits
    at = first
    for wanted in frame.lists:
        at = min((span.end for span in spans if span.start >= at and span.lists & wanted), default=0)
        if not at:
            return None
    start = at
    for wanted in reversed(frame.lists):  # the closest of what comes before the last
        start = max(span.start for span in spans if first <= span.start and span.end <= start and span.lists & wanted)
    known = [not is_word(token) for token in found[first:last]]
    for span in spans:
        if span.lists & frame.covers:
            known[span.start - first : span.end - first] = [True] * (span.end - span.start)
    unknown = len(known) - sum(known)
    if unknown == 0 or (not strict and unknown <= frame.unknown):
        return Reading(frame, sentence, first, last, spans)
    behind = known[at - first :]
    if strict or not all(known[start - first : at - first]) or len(frame.lists) < 2 or frame.scope:
        return None
    lead = start
    while lead > first and known[lead - first - 1]:
        lead -= 1
    before = [span for span in spans if lead <= span.start and span.end <= start]
    if asked := [span.start for span in before if span.lists & bits["request"]]:
        return Reading(frame, sentence, min(asked), last, spans)
    if len(behind) - sum(behind) > _LONGEST_REASON or frame.command not in _BEARING_REASONS:
        return None
    if frame.command == "set_days" and not frame.has("days"):
        return None
    if lead == first and not any(span.lists & bits["subject"] for span in before):
        return Reading(frame, sentence, first, last, spans)
    # "I never signed up for this stop texting me": a plea to end needs no comma before it.
    if frame.command == "stop" and lead < start and found[start - 1].word not in listed("not before a plea"):
        return Reading(frame, sentence, first, last, spans)
    return None


def _pieces(found: list[Token]) -> Iterator[tuple[int, int]]:
    """A sentence as a whole, then between its marks, then between its conjunctions, and from each of them on.

    Each also without the score that leads it: "8 text me at 12".
    """
    joints = [
        i for i, t in enumerate(found) if (t.word in _JOINTS or ord(t.word[0]) > 0x2000) and not is_tight(found, i)
    ]
    conjunctions = [i for i, token in enumerate(found) if token.word in listed("conjunctions")]
    cuts = sorted({*joints, *conjunctions})
    edges = [(0, len(found))]
    for level in (joints, cuts):
        edges += list(zip((0, *(cut + 1 for cut in level)), (*level, len(found)), strict=True))
    edges += [(cut + 1, len(found)) for cut in cuts[-_MOST_TAILS:]]
    seen: set[tuple[int, int]] = set()
    for first, last in edges:
        if first >= last or (first, last) in seen:
            continue
        seen.add((first, last))
        yield first, last
        if found[first].word.isdecimal() and first + 1 < last:
            skip = first + 3 if found[first + 1].word == "/" else first + 1
            if skip < last and (skip, last) not in seen:
                seen.add((skip, last))
                yield skip, last


_MOST_TAILS = 6


# Times


def _times(message: Message, found: list[Token], may: list[bool], wanted: frozenset[str]) -> list[Span]:
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
