"""Reads what gave a member energy and what cost it, in their own words.

A cue of `words/energy.txt` says that something engaged or drained: "loved", "wore me out", "best bit:". What it
was stands behind the cue or before it, up to where its clause ends, or in the clause before: "it drained me".
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words

_TOKEN = re.compile(r"[wW]/(?!\w)|[$£€#]?[^\W_]+(?:[.,:][0-9]+|['/&.:-][^\W_]+)*%?|\.\.+|[^\w\s]|\n|_")
_ENDS = frozenset(".!?;\n…")
_REACH = 60  # words within which a phrase is looked for, either way
_ADVERBS = 3  # as many may stand between two words of a cue
_ITEMS = 12  # as many a list may have


class Energy(NamedTuple):
    """What engaged and what drained, each a phrase in the member's own words."""

    engaged: tuple[str, ...] = ()
    drained: tuple[str, ...] = ()


class _Token(NamedTuple):
    """`low` is in lower case without apostrophes: "dont". `ends` tells whether it ends a sentence."""

    low: str
    start: int
    end: int
    word: bool
    ends: bool


class _Cue(NamedTuple):
    """The tokens `first` up to, not including, `last` say that something engaged or drained.

    By its `kind`, what it was stands "behind" it, "before" it, behind it as a "label", or between its words
    ("could"). "praise" engages only where what stands before it is work.
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
    ("praise", "praise", True),
)


# What must stand next, and is no part of the cue.
_NEXT = frozenset(("+ing", "+end", "+mark"))


@cache
def _list(name: str) -> frozenset[str]:
    return words.load("energy")[name]


@cache
def _patterns() -> dict[str, list[_Pattern]]:
    """The cues, by each word that they may begin with."""
    found: dict[str, list[_Pattern]] = {}
    for section, kind, engaged in _SECTIONS:
        for line in _list(section):
            slots = tuple(_slot(written) for written in line.split())
            firm = [options for options, optional in slots[1:] if not optional and options.isdisjoint(_NEXT)]
            pattern = _Pattern(slots, kind, engaged, min(firm, key=len, default=frozenset()))
            for word in pattern.slots[0].options:
                found.setdefault(word, []).append(pattern)
    return found


def _slot(written: str) -> _Slot:
    bare = written.rstrip("?")
    options = _list(bare[1:-1]) if bare.startswith("<") else frozenset(bare.split("/"))
    return _Slot(options, bare != written)


@cache
def _lines(name: str) -> tuple[frozenset[tuple[str, ...]], int]:
    """A list of phrases, word by word, and how many words the longest has."""
    lines = frozenset(tuple(line.split()) for line in _list(name))
    return lines, max(map(len, lines))


def _is_gerund(word: str) -> bool:
    """Whether a word is the -ing of a verb: "mentoring", "trainin"; not "morning"."""
    return (len(word) > 4 or word == "doin") and word.endswith(("ing", "in")) and word not in _list("no gerunds")


def read_energy(text: str) -> Energy:
    """What engaged and what drained the member of a normalised text.

    >>> read_energy("6. budget mtg drained me but mentoring Priya was great. Win: finished module 3!!")
    Energy(engaged=('mentoring Priya',), drained=('budget mtg',))
    >>> read_energy("I spent most of it in onboarding calls which just exhaust me")
    Energy(engaged=(), drained=('onboarding calls',))
    >>> read_energy("My boss loved the deck, I'd love a nap. The day was great")
    Energy(engaged=(), drained=())
    """
    reader = _Reader(text)
    for cue in reader.cues:
        reader.read(cue)
    return reader.energy()


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(text):
        raw, end = match[0], match.end()
        ends = raw[0] in _ENDS
        if raw == "." and (text[end : end + 1].isalnum() or (found and found[-1].low in _list("abbreviations"))):
            ends = False
        low = raw.lower().replace("'", "").removesuffix("/") or raw
        word = raw[0].isalnum() or raw == "_" or (len(raw) > 1 and raw[0] in "$£€#")
        found.append(_Token(low, match.start(), end, word, ends))
    return found


class _Reader:
    """One text, its cues and the phrases found so far. Phrases are spans of tokens, `first` up to `last`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.size = len(self.tokens)
        self.lows = [token.low for token in self.tokens]
        self.cues = self.find_cues()
        self.starts = {cue.first: cue for cue in self.cues}
        self.found: list[tuple[int, int, bool]] = []
        self.taken: set[int] = set()  # the tokens of the phrases found
        self.latest = {True: -1, False: -1}  # where the last phrase begins that engaged, and that drained

    def low(self, at: int) -> str:
        return self.lows[at] if 0 <= at < self.size else ""

    def within(self, at: int, *names: str) -> bool:
        """Whether a token stands in any of the lists."""
        low = self.low(at)
        return any(low in _list(name) for name in names)

    def is_word(self, at: int) -> bool:
        return 0 <= at < self.size and self.tokens[at].word

    def line(self, name: str, at: int) -> int:
        """How many tokens the longest phrase of a list has that begins at a token; 0 where none does."""
        lines, longest = _lines(name)
        for length in range(min(longest, self.size - at), 0, -1):
            if tuple(self.lows[at : at + length]) in lines:
                return length
        return 0

    def energy(self) -> Energy:
        phrases: dict[bool, list[str]] = {True: [], False: []}
        for first, last, engaged in sorted(self.found):
            phrase = self.text[self.tokens[first].start : self.tokens[last - 1].end]
            if phrase not in phrases[engaged]:
                phrases[engaged].append(phrase)
        return Energy(tuple(phrases[True]), tuple(phrases[False]))

    # Finding cues

    def find_cues(self) -> list[_Cue]:
        """The cues of the text, each the longest at its place. What is quoted was said by others."""
        cues = []
        at, quoted = 0, False
        there = frozenset(self.lows)
        possible = {
            word: [pattern for pattern in _patterns()[word] if not pattern.needed or pattern.needed & there]
            for word in there & _patterns().keys()
        }
        while at < self.size:
            quoted ^= self.lows[at] == '"'
            cue = None if quoted else self.cue_at(at, possible.get(self.lows[at], [])) or self.could_at(at)
            if cue:
                cues.append(cue)
            at = cue.last if cue else at + 1
        return cues

    def cue_at(self, at: int, possible: list[_Pattern]) -> _Cue | None:
        best: _Cue | None = None
        for slots, kind, engaged, _ in possible:
            last = self.match(slots, 0, at)
            if last <= at or (best and (last, kind == "label") <= (best.last, best.kind == "label")):
                continue
            if kind != "label" or self.labelled(last):
                best = _Cue(kind, engaged, at, last)
            elif not self.is_word(at - 1) and not self.is_word(self.tail(last)) and last - at > 1:
                best = _Cue("before", engaged, at, last)  # "smoko with the neighbours, best part of the day"
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
            if self.lows[skipped] not in _list("adverbs"):
                break
            if (taken := self.take(options, skipped + 1)) >= 0:
                return self.match(slots, slot + 1, taken)
        return -1

    def take(self, options: frozenset[str], at: int) -> int:
        """Where a word of a cue ends that may stand at a token; -1 where none does."""
        if "+ing" in options and _is_gerund(self.low(at)):
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

    def tail(self, last: int) -> int:
        """Past "of my day" behind a label."""
        at = last
        while self.within(at, "label tails") and at - last < 8:
            at += 1
        return at

    def could_at(self, at: int) -> _Cue | None:
        """ "could whiteboard with Ana all day": what is loved stands within the cue."""
        if self.lows[at] not in ("could", "can"):
            return None
        for last in range(at + 2, min(at + 14, self.size)):
            if self.tokens[last].ends or self.low(last) in ("be", "not"):
                return None
            if self.line("all day", last):
                return _Cue("could", True, at, last)
        return None

    # Reading cues

    def read(self, cue: _Cue) -> None:
        if cue.kind == "label":
            self.add_behind(self.lead(self.labelled(cue.last)), cue, listed=True)
        elif cue.kind == "could":
            self.read_could(cue)
        elif cue.kind == "behind":
            self.read_behind(cue)
        else:
            self.read_before(cue)

    def read_could(self, cue: _Cue) -> None:
        before, first = cue.first - 1, cue.first + 1
        while self.within(first, "adverbs"):
            first += 1
        if self.is_word(before) and not self.within(before, "mine", "joins", "asides", "scores"):
            return
        if self.low(first) in ("do", "dae") and self.within(first + 1, "pronouns"):
            self.resolve(before if self.within(before, "mine") else cue.first, cue)
        elif not self.within(first + 1, "pronouns"):
            self.add(first, cue.last, cue)

    def read_behind(self, cue: _Cue) -> None:
        if self.low(cue.last) == self.lows[cue.first]:  # the last of "loved loved loved" is read
            return
        subject = self.speaker(cue.first)
        if subject is None:
            return
        if self.within(subject - 1, "what") or (self.low(subject - 1) == "that" and self.within(subject - 2, "what")):
            if at := self.named(cue.last):
                self.add_behind(at, cue)
            return
        if self.low(cue.last - 1) in ("love", "loved", "hate", "enjoy") and self.line("said of it", cue.last):
            return
        first = self.lead(cue.last)
        if self.is_pronoun(first):
            self.resolve(subject, cue)
        elif not self.add_behind(first, cue) and first >= self.phrase_end(first, cue):
            self.front(subject, cue)

    def speaker(self, verb: int) -> int | None:
        """Where the member's own clause begins that has a verb; None where the verb is not theirs.

        It is somebody else's, or it is denied, wished or yet to come.
        """
        at = verb - (not self.within(verb, "mine"))
        for _ in range(8):
            if self.within(at, "negators", "unreal"):
                return None
            kind_of = self.low(at) == "of" and self.low(at - 1) in ("kind", "sort")
            if (
                not kind_of
                and not self.within(at, "adverbs", "auxiliaries")
                and (at in (-1, verb) or self.low(at) != self.lows[verb])
            ):
                break
            at -= 1
        low = self.low(at)
        if at >= 0 and low in _list("mine"):
            at -= 1
            while self.within(at, "adverbs") or (self.low(at) in ("do", "and") and self.within(at - 1, "adverbs")):
                at -= 1
            denied = any(self.is_word(back) and self.within(back, "denials") for back in range(at, at - 3, -1))
            return None if denied else at + 1
        if at < 0 or not self.tokens[at].word:
            return None if low == '"' else at + 1
        if self.within(at, "what", "scores", "closers") or self.goes_with_last(at, verb):
            return at + 1
        if self.within(at, "joins", "asides", "times") or low[:1].isdigit():
            return at + 1 if self.mine(at) else None
        begin = at
        while self.is_word(begin - 1) and at - begin < 6:
            begin -= 1
        return (
            begin if self.within(begin, "past") and not self.within(begin, "unreal", "negators") else None
        )  # "came home empty after"

    def goes_with_last(self, at: int, verb: int) -> bool:
        """Whether a verb follows the member's last one without a comma: "hate the belt hate the noise"."""
        last = self.cues_before(verb)
        return (
            bool(last)
            and last[0].kind == "behind"
            and all(self.is_word(i) for i in range(last[0].first, verb))
            and self.strip(last[0].last, verb) in self.taken
            and not self.within(at, "somebody else", "pronouns", "others")
        )

    def mine(self, at: int) -> bool:
        """Whether a verb behind "and" is the member's: nobody else is the subject of its sentence."""
        for back in range(at, max(-1, at - 12), -1):
            if self.tokens[back].ends or self.lows[back] in ("i", "im", "ive", "we", "ah"):
                return True
            if self.within(back, "somebody else") and not self.within(back - 1, "prepositions"):
                return self.within(back - 1, "determiners") and self.within(back - 2, "prepositions")
        return True

    def lead(self, at: int) -> int:
        """Past what stands between a verb and what it is about: "loved how", "hated it when"."""
        while True:
            low, behind = self.low(at), self.low(at + 1)
            if low in ("it", "that", "the") and behind in ("when", "how", "that", "fact"):
                at += 2
            elif low == "that" and self.within(at + 1, "who begins", "determiners"):
                at += 1
            elif low in ("every", "each") and self.low(at + 2) == "of":
                at += 3
            elif (
                low in ("how", "when", "to", ":")
                or (low == "doing" and not self.within(at + 1, "pronouns"))
                or (low in _list("adverbs") and low not in ("all", "both", "only", "even", "pure", "well"))
            ):
                at += 1
            else:
                return at

    def is_pronoun(self, at: int) -> bool:
        """Whether the object of a verb only stands for something said before: "it", "every minute", "doing that"."""
        low = self.low(at)
        if low in ("every", "each") and self.low(at + 1) in ("minute", "second", "bit", "moment", "single"):
            return self.low(at + 2) != "of"
        if low in ("doing", "doin") and self.within(at + 1, "pronouns"):
            return True
        if low not in ("it", "that", "this", "them", "those", "these"):
            return False
        return not self.is_word(at + 1) or self.within(at + 1, "ends", "joins", "asides", "others", "adverbs")

    def named(self, at: int) -> int:
        """The first token of what "what drained me was X" names; 0 where it names nothing."""
        for be in range(at, min(at + 8, self.size)):
            if self.tokens[be].ends:
                return 0
            if self.within(be, "verbs of being"):
                be += 1
                while self.within(be, "links") and self.low(be) not in ("to", "from"):
                    be += 1
                return be
        return 0

    def read_before(self, cue: _Cue) -> None:
        at = cue.first
        while self.within(at - 1, "adverbs", "auxiliaries", "passing") and self.low(at - 1) != "it":
            at -= 1
        if self.within(at - 1, "negators", "unreal") or self.low(at - 1) in ("to", "there", "theres"):
            return
        left = self.left(at)
        if self.within(left - 1, "denials"):
            return
        first, last = self.trim(left, at)
        if self.lows[first:last] == ["it"] and self.within(cue.last, "determiners"):
            self.add_behind(cue.last, cue)
            return
        if self.is_what(first, last):
            if named := self.named(cue.last):
                self.add_behind(named, cue)
            return
        relative = last > first and self.within(last - 1, "which")
        if relative:
            while last > first and self.within(last - 1, "which", "what", "adverbs", "be", "articles", "what else"):
                last -= 1
            first, last = self.from_clause(*self.trim(first, last))
        span = self.lows[first:last]
        if all(low in _list("pronouns") for low in span):
            if cue.kind != "praise":
                self.resolve(left, cue)
        elif (
            any(low in _list("nothing") or (low in _list("denials") and low != "never") for low in span[:1])
            or (cue.kind == "praise" and not self.is_work(span))
            or (span[-1] in _list("bodies") and (len(span) == 1 or span[0] == "my"))
        ):
            return
        else:
            for begin, stop in self.split(first, last) if last - first <= 8 else [(first, last)]:
                self.add(begin, stop, cue)

    def is_what(self, first: int, last: int) -> bool:
        """ "what", "the only thing that": what did it is named behind the cue."""
        span = self.lows[first:last]
        return any(low in _list("what") for low in span) and all(
            low in _list("what") or low in _list("what else") for low in span
        )

    def is_work(self, span: list[str]) -> bool:
        """Whether a phrase names work: "training the new guy", "the client workshop"."""
        if any(map(_is_gerund, span[:2])):
            return True
        ends = [i for i, low in enumerate(span) if i and low in _list("prepositions")]
        return span[(ends[0] if ends else len(span)) - 1] in _list("work")

    # What stands behind a cue

    def add_behind(self, first: int, cue: _Cue, *, listed: bool = False) -> bool:
        """Adds what stands behind a cue, and what a list adds to it: "Teams, Excel and the phones"."""
        last = self.phrase_end(first, cue)
        parts = [(first, last)]
        closed = self.joined(first, last)
        while self.low(last) == "," and not closed and len(parts) < _ITEMS:
            joined = self.within(last + 1, "and")
            begin = last + 1 + joined
            last = self.phrase_end(begin, cue)
            if not self.is_item(begin, last, listed):
                break
            parts.append((begin, last))
            closed = joined or self.joined(begin, last)
        if not (closed or listed):
            parts = parts[:1]
        spans = [span for part in parts for span in self.split(*part, listed=listed or len(parts) > 1)]
        return [self.add(begin, stop, cue) for begin, stop in spans].count(True) > 0

    def phrase_end(self, first: int, cue: _Cue) -> int:
        """Where a phrase ends that begins at a token."""
        clausal = self.low(first - 1) in ("how", "when", "that") or self.low(first) in ("whoever", "what", "whatever")
        at = first
        while at < self.size and at - first < _REACH:
            low = self.lows[at]
            if low in _list("and"):
                if at > first and self.begins_clause(at + 1, cue):
                    break
            elif not self.tokens[at].word:
                if low not in _list("phrase marks") and (low != "." or self.tokens[at].ends):
                    break
            elif at > first and (
                (low in _list("ends") and not (low == "as" and clausal))
                or (low in _list("who begins") and not clausal and not self.within(at - 1, "goes on"))
                or (at in self.starts and self.starts[at].kind in ("behind", "label"))
                or (self.low(at + 1) == ":" and not low[:1].isdigit())
            ):
                break
            at += 1
        return self.before_next(first, at)

    def before_next(self, first: int, last: int) -> int:
        """Where a phrase ends so that the next cue keeps the subject that stands before it."""
        for ahead in range(first + 1, last):
            cue = self.starts.get(ahead)
            if cue and cue.kind in ("before", "praise"):
                joins = [at for at in range(first + 1, ahead) if self.within(at, "and")]
                return joins[-1] if joins else ahead
        return last

    def begins_clause(self, at: int, cue: _Cue) -> bool:
        """Whether a clause, and no second phrase, stands behind "and"."""
        if not self.is_word(at) or self.within(at, "others", "past"):
            return True
        if self.low(at).endswith("ed") and len(self.low(at)) > 4 and self.low(at + 1) != "of":
            return True
        for ahead in range(at, min(at + 12, self.size)):
            if not self.tokens[ahead].word:
                return False
            if self.starts.get(ahead, cue) is not cue or (at < ahead < at + 5 and self.within(ahead, "finite")):
                return True
        return False

    def joined(self, first: int, last: int) -> bool:
        return any(self.within(at, "and") for at in range(first + 1, last))

    def is_item(self, first: int, last: int, listed: bool) -> bool:
        """Whether a phrase behind a comma goes on with a list."""
        if first >= last or first in self.starts or self.within(first, "others", "past", "ends"):
            return False
        if any(self.within(at, "mine", "finite") for at in range(first, last)):
            return listed and self.low(first) in ("whoever", "how", "when")
        return listed or last - first <= 6

    def split(self, first: int, last: int, *, listed: bool = False) -> Iterator[tuple[int, int]]:
        """The phrases that "and" joins, where each stands for itself: not in "pairing with Lin and Tom"."""
        begin = first
        for at in range(first + 1, last - 1):
            if not self.within(at, "and"):
                continue
            left, right = _is_gerund(self.low(self.strip(begin, at))), _is_gerund(self.low(at + 1))
            plain = not left and not any(self.within(i, "prepositions") for i in range(begin, at))
            names = all(self.text[self.tokens[i].start].isupper() for i in (at - 1, at + 1))
            determined = self.within(at + 1, "determiners")
            if (left and right) or (plain and (listed or not names)) or (determined and (listed or not left)):
                yield begin, at
                begin = at + 1
        yield begin, last

    # What stands before a cue

    def left(self, at: int) -> int:
        """Where the subject begins that ends before a token."""
        end = at
        floor = max([0, at - _REACH, *(cue.last for cue in self.cues_before(at))])
        while at > floor:
            back, low = at - 1, self.lows[at - 1]
            if low in _list("and"):
                if self.separate(back, floor):
                    break
            elif not self.tokens[back].word:
                if low in (",", "-", "(", ")") and self.is_aside(at, end):
                    end = back
                elif low not in _list("phrase marks") and (low != "." or self.tokens[back].ends):
                    break
            elif at < end and (low in _list("cuts") or (at < end - 1 and self.is_score(back))):
                break
            at = back
        return at

    def cues_before(self, at: int) -> list[_Cue]:
        """The nearest cue that ends before a token, if there is one."""
        near = range(at - 1, max(-1, at - _REACH), -1)
        return [cue for i in near if (cue := self.starts.get(i)) and cue.last <= at][:1]

    def is_score(self, at: int) -> bool:
        """Whether a number is a mood, behind which another clause begins: "it was a six the calls drained me"."""
        return (
            self.within(at, "scores")
            and self.within(at - 1, "before scores")
            and (self.within(at + 1, "articles", "mine", "determiners") or _is_gerund(self.low(at + 1)))
        )

    def is_aside(self, first: int, last: int) -> bool:
        """Whether words between commas only pass by: ", on the other hand,"."""
        span = [self.lows[at] for at in range(first, last) if self.tokens[at].word]
        said = self.low(last) == "," and self.line("i say", first) and len(span) < 7
        return bool(said) or tuple(span) in _lines("i say")[0] or all(low in _list("asides") for low in span)

    def separate(self, at: int, floor: int) -> bool:
        """Whether "and" joins another clause on, and not a second subject."""
        begin = at
        while begin > floor and self.is_word(begin - 1) and not self.within(begin - 1, "ends"):
            begin -= 1
        first = self.strip(begin, at)
        span = self.lows[first:at]
        if not span or len(span) > 7 or first in self.starts:
            return True
        if _is_gerund(span[0]):
            return not _is_gerund(self.low(at + 1))
        return span[0].isdigit() or any(
            (low in _list("mine") and low != "a") or low in _list("past") or low in _list("be") or _is_past(low)
            for low in span
        )

    # What a pronoun stands for

    def front(self, subject: int, cue: _Cue) -> None:
        """ "The subtitling hour, in contrast, I enjoyed": what it was stands before "I"."""
        if not self.within(subject, "mine"):
            if self.low(cue.last - 1) in ("loved", "enjoyed", "hated"):
                self.resolve(subject, cue)
            return
        first, last = self.trim(self.left(subject), subject)
        if first < last and self.within(last - 1, "which"):
            last -= 1
            if first == last:
                self.resolve(last, cue)
                return
            first, last = self.trim(first, last)
        span = self.lows[first:last]
        if (
            span
            and not span[0].isdigit()
            and not any(self.within(at, "mine", "be", "past") for at in range(first, last))
        ):
            self.add(first, last, cue)

    def resolve(self, at: int, cue: _Cue) -> None:
        """Adds what a pronoun before a token stands for, unless the last two sentences have said it already."""
        since, ends = at, 0
        while since > 0 and ends < 2 and at - since < 2 * _REACH:
            since -= 1
            ends += self.tokens[since].ends
        if self.latest[cue.engaged] >= since:
            return
        last = at
        for _ in range(4):
            while last > 0 and (not self.tokens[last - 1].word or self.within(last - 1, "asides", "joins")):
                last -= 1
            left = self.left(last)
            first, stop = self.trim(left, last)
            span = self.lows[first:stop]
            empty = all(low in _list("pronouns") or low in _list("no cause") for low in span)
            amount = self.low(left - 1) == "," and any(low[:1].isdigit() for low in span[:2])
            if span and not empty and not amount and not self.within(left, "which"):
                self.add(*self.from_clause(first, stop), cue)
                return
            if left <= 0 or (span and self.tokens[left - 1].ends):
                return
            last = left

    def from_clause(self, first: int, last: int) -> tuple[int, int]:
        """The thing in a clause: "I spent most of it in onboarding calls" is "onboarding calls"."""
        for at in range(first, min(last, first + 8)):
            if self.lows[at] in ("there", "theres"):
                while at + 1 < last and self.within(at + 1, "be", "articles"):
                    at += 1
                return self.trim(at + 1, last)
            if self.within(at, "spent"):
                for ahead in range(at + 1, last):
                    if self.lows[ahead] in ("in", "on", "with", "at", "doing", "to"):
                        return self.trim(ahead + 1, last)
                    if _is_gerund(self.lows[ahead]):
                        return self.trim(ahead, last)
        first += self.within(first, "mine")
        if self.low(first) in ("got", "had", "have", "get") and self.low(first + 1) == "to":
            first += 2
        while first < last - 1 and self.within(first, "light verbs"):
            first += 1
        for at in range(first + 1, last):
            if self.within(at, "finite"):
                last = at
                break
        return self.trim(first, last)

    # Phrases

    def strip(self, first: int, last: int) -> int:
        """Past articles, asides and "I think" at the beginning of a phrase."""
        while first < last:
            length = self.line("i say", first)
            if length and first + length <= last:
                first += length
            elif not self.tokens[first].word or self.within(first, "articles", "asides", "it is"):
                first += 1
            elif self.low(first) == "it" and self.low(first + 1) in ("was", "is"):
                first += 2
            else:
                break
        return first

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """A phrase without what only leads to it or trails behind it; a pronoun alone is kept."""
        begin = first
        first = self.strip(first, last)
        if begin < last <= first and self.within(last - 1, "pronouns"):
            return last - 1, last
        lines, longest = _lines("times")
        while first < last:
            lengths = range(min(longest, last - first - 1), 0, -1)
            if length := next((n for n in lengths if tuple(self.lows[last - n : last]) in lines), 0):
                last -= length
            elif not self.tokens[last - 1].word or (last - first > 1 and self.within(last - 1, "trails")):
                last -= 1
            else:
                break
        return first, last

    def add(self, first: int, last: int, cue: _Cue) -> bool:
        """Adds a phrase, if it names a cause: no day, no feeling, "nothing"; and each word counts once."""
        first, last = self.trim(first, last)
        span = self.lows[first:last]
        if (
            not any(low[-1:].isalpha() for low in span)
            or span[0] in _list("nothing")
            or not self.taken.isdisjoint(range(first, last))
        ):
            return False
        shift = span[-1] in ("shift", "shifts") and not self.within(first, "not causes either", "no cause")
        shift = shift or (len(span) > 1 and span[-2:] in (["night", "shift"], ["night", "shifts"]))
        if not shift and all(low in _list("no cause") or low in _list("not causes either") for low in span):
            return False
        self.found.append((first, last, cue.engaged))
        self.taken.update(range(first, last))
        self.latest[cue.engaged] = max(first, self.latest[cue.engaged])
        return True


def _is_past(low: str) -> bool:
    return low.endswith("ed") and len(low) > 4
