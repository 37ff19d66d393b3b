"""Matches sentences and their pieces with the frames of commands, by the lists in `words/commands.txt`.

A frame is some lists in an order: "stop: stopping contacting". A piece fits it where it has a phrase of each,
in that order, and knows every other word: one that means nothing here ("please"), or one that may stand in
this command. How many other words it bears is behind the "~"; and behind a command that is asked for
("please", "can you") or that begins its piece, a reason may follow in any words.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shared.domain.understanding.commands.frame_times import Span, times_in
from shared.domain.understanding.commands.message import SHORT, Message, Sentence, is_tight, is_word, listed
from shared.domain.understanding.commands.vocabulary import Frame, bit, first_words, vocabulary
from shared.domain.understanding.text import drawn
from shared.domain.understanding.times import when
from shared.domain.understanding.times.when import Token

_BEARING_REASONS = frozenset(
    ("stop", "pause", "snooze", "set_time", "set_days", "undo", "skip", "summary", "export", "delete")
)
# What is asked for beside a score in as few words as alone: "6. My streak?"
BESIDE_A_SCORE = frozenset(("pause", "stats", "list_wins", "list_goals", "plan", "summary", "export"))
_NONE = frozenset[str]()
_LONGEST_REASON = 3  # words that are not known, behind a command that nothing asks for
_JOINTS = frozenset(',:()"|*•-~/')


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


def readings(message: Message, sentence: Sentence, shut: frozenset[str], quiet: frozenset[str]) -> Iterator[Reading]:
    """What a sentence may be read as, the likeliest first; no command in `shut`, one in `quiet` only as a whole."""
    spans = _phrases(sentence.tokens)
    frames, may = _frames(message, sentence, spans, shut, quiet)
    open_pieces = list(_open_pieces(message, sentence, spans, frames)) if frames else []
    if not open_pieces:
        return
    if wanted := frozenset[str]().union(*[frame.kinds for frame in frames]):
        spans += times_in(message, sentence.tokens, may, wanted)
    pieces = []
    for first, last, open_here in open_pieces:
        inside = [span for span in spans if first <= span.start and span.end <= last]
        lacking = ~_lists(inside)
        pieces.append((first, last, inside, [frame for frame in open_here if not frame.all & lacking]))
    for strict in (True, False):
        for first, last, inside, fitting in pieces:
            for frame in fitting:
                if reading := _fit(frame, sentence, first, last, inside, strict):
                    yield reading


def _frames(
    message: Message, sentence: Sentence, spans: list[Span], shut: frozenset[str], quiet: frozenset[str]
) -> tuple[list[Frame], list[bool]]:
    """The frames whose words stand in a sentence, and the times that they need may; and where those may."""
    frames = _possible(_lists(spans), shut)
    if len(message.said) > 2 * SHORT:
        frames = [frame for frame in frames if frame.scope != "="]
    if quiet:
        frames = [frame for frame in frames if frame.command not in quiet or frame.scope == "="]
    may: list[bool] = []
    if any(frame.kinds for frame in frames):
        kinds, may = when.kinds_of_time(sentence.tokens)
        frames = [frame for frame in frames if frame.kinds <= kinds]
    if any(not frame.needed for frame in frames) and not _all_known(sentence.tokens, spans, may):
        frames = [frame for frame in frames if frame.needed]
    if any(frame.scope == "=" for frame in frames) and not _holds(sentence, message.body):
        beside = BESIDE_A_SCORE if _holds(sentence, message.beside_score) else _NONE
        frames = [frame for frame in frames if frame.scope != "=" or frame.command in beside]
    return frames, may


def _holds(sentence: Sentence, stretch: tuple[int, int] | None) -> bool:
    return stretch is not None and sentence.start <= stretch[0] and sentence.end >= stretch[1]


def _open_pieces(
    message: Message, sentence: Sentence, spans: list[Span], frames: list[Frame]
) -> Iterator[tuple[int, int, list[Frame]]]:
    """The pieces of a sentence in which the words of frames stand, times left aside, and these frames."""
    idioms = [span for span in spans if span.lists & vocabulary().bits["idioms"]]
    for first, last in _pieces(sentence.tokens):
        if any(first <= idiom.start and idiom.end <= last for idiom in idioms):
            continue
        lacking = ~_lists([span for span in spans if first <= span.start and span.end <= last])
        fitting = [frame for frame in frames if not frame.needed & lacking]
        if any(frame.scope for frame in fitting) and not _covers(message.body, sentence.tokens[first:last]):
            beside = BESIDE_A_SCORE if _covers(message.beside_score, sentence.tokens[first:last]) else _NONE
            fitting = [
                frame
                for frame in fitting
                if frame.command in beside or _in_scope(frame.scope, message, sentence, first, last)
            ]
        if fitting:
            yield first, last, fitting


def _lists(spans: list[Span]) -> int:
    lists = 0
    for span in spans:
        lists |= span.lists
    return lists


def _possible(lists: int, shut: frozenset[str]) -> list[Frame]:
    """The frames that need no other lists of words, the likeliest first."""
    frames, lacking, left = vocabulary().frames, ~lists, lists & vocabulary().rarest
    ranked = frames[0].copy()
    while left:  # the lowest bit of those that are left, one after another
        rarest = left & -left
        left ^= rarest
        ranked += [each for each in frames[rarest] if not each[1].needed & lacking]
    return [frame for _, frame in sorted(ranked) if frame.command not in shut]


def _phrases(found: list[Token]) -> list[Span]:
    """Every phrase of the vocabulary; "check-in" and "check in" are one, and so are "please" and "pleeease"."""
    phrases, longest, *_ = vocabulary()
    said = [i for i, token in enumerate(found) if not (token.word == "-" and is_tight(found, i))]
    names = shortened([found[i].word for i in said])
    spans = []
    for at, phrase in enumerate(names):
        i = said[at]
        if lists := phrases.get(phrase):
            spans.append(Span(i, i + 1, lists))
        if at + 1 == len(names):
            break
        phrase = f"{phrase} {names[at + 1]}"
        for k in range(at + 1, min(at + longest.get(phrase, 0), len(names))):
            if k > at + 1:
                phrase = f"{phrase} {names[k]}"
            if lists := phrases.get(phrase):
                spans.append(Span(i, said[k] + 1, lists))
    return spans


def shortened(names: list[str]) -> list[str]:
    """Words whose letters are drawn out, as they are in the lists.

    >>> shortened(["pleeease", "sooooon", "cool"])
    ['please', 'soon', 'cool']
    """
    return [drawn.shortened(name, first_words()) for name in names] if drawn.is_drawn(" ".join(names)) else names


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


def _covers(body: tuple[int, int] | None, piece: list[Token]) -> bool:
    said = [token for token in piece if is_word(token)]
    return body is not None and bool(said) and said[0].start <= body[0] and said[-1].end >= body[1]


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
        pieces = [(first, last)]
        if found[first].word.isdecimal() and first + 1 < last:
            skip = first + 3 if found[first + 1].word == "/" else first + 1
            if skip < last and (skip, last) not in seen:
                seen.add((skip, last))
                # "7, shift it to 6": what a comma parts is no part of it.
                pieces.insert(0 if found[skip].word == "," else 1, (skip, last))
        yield from pieces


_MOST_TAILS = 6
