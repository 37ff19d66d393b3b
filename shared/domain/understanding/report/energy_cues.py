"""Finds what says that something engaged or drained: "loved", "wore me out", "best bit:", from `words/energy.txt`."""

import re
from functools import cache, partial
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.cut import pieces
from shared.domain.understanding.text.drawn import is_drawn, undrawn

_TOKEN = re.compile(r"[wW]/(?!\w)|[$£€#]?[^\W_]+(?:[.,:][0-9]+|['/&.:-][^\W_]+)*%?|\.\.+|[^\w\s]|\n|_")
_ENDS = frozenset(".!?;\n…")
_ADVERBS = 3  # as many may stand between two words of a cue


class Token(NamedTuple):
    """`low` is in lower case without apostrophes: "dont". `ends` tells whether it ends a sentence."""

    low: str
    start: int
    end: int
    word: bool
    ends: bool


class Cue(NamedTuple):
    """The tokens `first` up to, not including, `last` say that something engaged or drained.

    By its `kind`, what it was stands "behind" it, "before" it, behind it as a "label" or where it is "exclaimed", or
    between its words ("could"). "praise" engages only where what stands before it is work.
    """

    kind: str
    engaged: bool
    first: int
    last: int


class _Slot(NamedTuple):
    """One word of a cue: any of `options`, and none of them where it is `optional`."""

    options: frozenset[str]
    optional: bool


class _Pattern(NamedTuple):
    slots: tuple[_Slot, ...]
    kind: str
    engaged: bool
    needed: frozenset[str]  # behind its first word one of these must stand somewhere; empty where any word may do


_SECTIONS = (
    ("engaged by what follows", "behind", True),
    ("drained by what follows", "behind", False),
    ("engaged by what precedes", "before", True),
    ("drained by what precedes", "before", False),
    ("engaging things", "label", True),
    ("draining things", "label", False),
    ("exclaimed joys", "exclaimed", True),
    ("exclaimed drains", "exclaimed", False),
    ("praise", "praise", True),
)


_MAY = frozenset(("could", "can"))


# What must stand next, and is no part of the cue.
_NEXT = frozenset(("+ing", "+end", "+mark"))


@cache
def listed(name: str) -> frozenset[str]:
    return words.listed("energy", name)


@cache
def _lines() -> dict[str, list[tuple[str, str, bool]]]:
    """The cues as they are written, with their kind, by each word that they may begin with."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for section, kind, engaged in _SECTIONS:
        for line in listed(section):
            first = line.partition(" ")[0]
            for word in listed(first[1:-1]) if first[0] == "<" else first.split("/"):
                found.setdefault(word, []).append((line, kind, engaged))
    return found


@cache
def _patterns(word: str) -> list[_Pattern]:
    """The cues that may begin with a word that some begin with."""
    return [_pattern(*line) for line in _lines()[word]]


@cache
def _pattern(line: str, kind: str, engaged: bool) -> _Pattern:
    slots = tuple(_slot(written) for written in line.split())
    firm = [options for options, optional in slots[1:] if not optional and options.isdisjoint(_NEXT)]
    return _Pattern(slots, kind, engaged, min(firm, key=len, default=frozenset()))


@cache
def _slot(written: str) -> _Slot:
    bare = written.rstrip("?")
    options = listed(bare[1:-1]) if bare.startswith("<") else frozenset(bare.split("/"))
    return _Slot(options, bare != written)


@cache
def lines_of(name: str) -> tuple[frozenset[tuple[str, ...]], int]:
    """A list of phrases, word by word, and how many words the longest has."""
    lines = frozenset(tuple(line.split()) for line in listed(name))
    return lines, max(map(len, lines))


def is_gerund(word: str) -> bool:
    """Whether a word is the -ing of a verb: "mentoring", "trainin"; not "morning"."""
    return (len(word) > 4 or word == "doin") and word.endswith(("ing", "in")) and word not in listed("no gerunds")


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for plain, first, last in pieces(text):
        if plain:
            found.append(_token((plain, first, last, True, False)))
            continue
        for match in _TOKEN.finditer(text, first, last):
            raw, end = match[0], match.end()
            ends = raw[0] in _ENDS
            if raw == "." and (text[end : end + 1].isalnum() or (found and found[-1].low in listed("abbreviations"))):
                ends = False
            low = raw.lower().replace("'", "").removesuffix("/") or raw
            word = raw[0].isalnum() or raw == "_" or (len(raw) > 1 and raw[0] in "$£€#")
            found.append(Token(low, match.start(), end, word, ends))
    if is_drawn(text):  # "sooo sick of"
        found = [token._replace(low=undrawn(token.low) if token.word else token.low) for token in found]
    return found


_token = partial(tuple.__new__, Token)


class Cues:
    """A text and the cues in it. Places in it are tokens, by their number."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.size = len(self.tokens)
        self.lows = [token.low for token in self.tokens]
        self.cues = self.find_cues()
        self.starts = {cue.first: cue for cue in self.cues}

    def low(self, at: int) -> str:
        return self.lows[at] if 0 <= at < self.size else ""

    def within(self, at: int, *names: str) -> bool:
        """Whether a token stands in any of the lists."""
        low = self.low(at)
        return any(low in listed(name) for name in names)

    def is_word(self, at: int) -> bool:
        return 0 <= at < self.size and self.tokens[at].word

    def line(self, name: str, at: int) -> int:
        """How many tokens the longest phrase of a list has that begins at a token; 0 where none does."""
        lines, longest = lines_of(name)
        for length in range(min(longest, self.size - at), 0, -1):
            if tuple(self.lows[at : at + length]) in lines:
                return length
        return 0

    # Finding cues

    def find_cues(self) -> list[Cue]:
        """The cues of the text, each the longest at its place. What is quoted was said by others."""
        cues: list[Cue] = []
        at, quoted = 0, False
        there = frozenset(self.lows)
        possible = {
            word: [each for each in _patterns(word) if not each.needed or not each.needed.isdisjoint(there)]
            for word in there & _lines().keys()
        }
        if not any(possible.values()) and there.isdisjoint(_MAY):
            return cues
        while at < self.size:
            low, cue = self.lows[at], None
            quoted ^= low == '"'
            if not quoted and possible.get(low):
                cue = self.cue_at(at, possible[low])
            if not quoted and not cue and low in _MAY:
                cue = self.could_at(at)
            if cue:
                cues.append(cue)
            at = cue.last if cue else at + 1
        return cues

    def cue_at(self, at: int, possible: list[_Pattern]) -> Cue | None:
        best: Cue | None = None
        for slots, kind, engaged, _ in possible:
            last = self.match(slots, 0, at)
            if last > at and kind == "exclaimed" and (exclaimed := self.exclaimed(engaged, at, last)):
                return exclaimed
            if last <= at or (best and (last, kind == "label") <= (best.last, best.kind == "label")):
                continue
            labels = kind == "label" and self.labelled(last) and not self.told(at, last)
            if labels or kind not in ("label", "exclaimed"):
                best = Cue(kind, engaged, at, last)
            elif kind == "label" and not self.is_word(at - 1) and not self.is_word(self.tail(last)) and last - at > 1:
                best = Cue("before", engaged, at, last)  # "smoko with the neighbours, best part of the day"
        return best

    def match(self, slots: tuple[_Slot, ...], slot: int, at: int) -> int:
        """Where the rest of a cue ends that goes on at a token; -1 where it does not."""
        if slot == len(slots):
            return at
        options, optional = slots[slot]
        if (taken := self.take(options, at)) >= 0 and (last := self.match(slots, slot + 1, taken)) >= 0:
            return last
        if optional:
            return self.match(slots, slot + 1, at)
        for skipped in range(at, min(at + _ADVERBS, self.size) if slot else at):
            if self.lows[skipped] not in listed("adverbs"):
                break
            if (taken := self.take(options, skipped + 1)) >= 0:
                return self.match(slots, slot + 1, taken)
        return -1

    def take(self, options: frozenset[str], at: int) -> int:
        """Where a word of a cue ends that may stand at a token; -1 where none does."""
        if "+ing" in options and is_gerund(self.low(at)):
            return at
        if ("+end" in options and not self.goes_on(at)) or ("+mark" in options and self.low(at) in (":", "=", "?")):
            return at
        return at + 1 if self.low(at) in options else -1

    def goes_on(self, at: int) -> bool:
        return self.is_word(at) and not self.within(at, "ends", "joins", "asides", "times")

    def labelled(self, last: int) -> int:
        """The first token of what a label such as "best bit" names; 0 where it names nothing behind it."""
        at = self.tail(last)
        if self.low(at) in (":", "=", "-", ">", "→", "?"):
            return at + 1 if at + 1 < self.size else 0
        if not self.within(at, "links") or self.low(at) in ("from", "when", "to", "by", "just"):
            return 0
        while self.within(at, "links"):
            at += 1
        at += self.low(at) == ":"
        return at if at < self.size else 0

    def told(self, first: int, last: int) -> bool:
        """Whether what looks like a label tells of what stands before it: "the audit drained me - loved the rest"."""
        subject = self.is_word(first - 1) and not self.within(first - 1, "what", "adverbs", "joins", "asides")
        return subject and self.low(last) == "-" and self.low(last - 1) == "me" and self.low(first - 1) != "that"

    def exclaimed(self, engaged: bool, first: int, last: int) -> Cue | None:
        """ "Exhausting, that panel", "that panel, a real drag": what stands alone before or behind a comma."""
        begins = first == 0 or self.tokens[first - 1].ends
        if begins and self.low(last) == "," and (self.within(last + 1, "determiners") or is_gerund(self.low(last + 1))):
            return Cue("exclaimed", engaged, first, last + 1)
        if self.low(first - 1) == "," and (last == self.size or self.tokens[last].ends):
            return Cue("before", engaged, first, last)
        return None

    def tail(self, last: int) -> int:
        """Past "of my day" behind a label."""
        at = last
        while self.within(at, "label tails") and at - last < 8:
            at += 1
        return at

    def could_at(self, at: int) -> Cue | None:
        """ "could whiteboard with Ana all day": what is loved stands within the cue."""
        for last in range(at + 2, min(at + 14, self.size)):
            if self.tokens[last].ends or self.low(last) in ("be", "not"):
                return None
            if self.line("all day", last):
                return Cue("could", True, at, last)
        return None
