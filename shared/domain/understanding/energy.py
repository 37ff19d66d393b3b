"""Reads what gave a member energy and what cost it, in their own words.

A cue of `words/energy.txt` says that something engaged or drained ("loved", "wore me out", "best bit:"). What it
was stands behind the cue or before it, up to where the clause ends, or in the clause before ("it drained me").
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words

_TOKEN = re.compile(r"w/(?!\w)|[$£€#]?[^\W_]+(?:[.,:][0-9]+|['/&.:-][^\W_]+)*%?|\.\.+|[^\w\s]|\n|_", re.IGNORECASE)
_WORD = re.compile(r"[$£€#]?\w")
_HARD = frozenset(".!?;\n…") | {".."}
_REACH = 60  # words that a phrase is looked for in, either way
_SKIPS = 3  # adverbs in a row within a cue


class Energy(NamedTuple):
    engaged: tuple[str, ...] = ()
    drained: tuple[str, ...] = ()


class _Token(NamedTuple):
    """`low` is in lower case without apostrophes: "dont"."""

    low: str
    start: int
    end: int
    word: bool
    hard: bool


class _Cue(NamedTuple):
    """Words `first` up to `last` that say that something engaged or drained; `kind` says where it stands."""

    kind: str
    engaged: bool
    first: int
    last: int


_Slots = tuple[tuple[frozenset[str], bool], ...]
_SECTIONS = (
    ("engaged by what follows", "behind", True),
    ("drained by what follows", "behind", False),
    ("engaged by what precedes", "before", True),
    ("drained by what precedes", "before", False),
    ("engaging things", "label", True),
    ("draining things", "label", False),
    ("praise", "praise", True),
)


def _list(name: str) -> frozenset[str]:
    return words.load("energy")[name]


@cache
def _patterns() -> dict[str, list[tuple[_Slots, str, bool]]]:
    """The cues, by each word that they may begin with."""
    found: dict[str, list[tuple[_Slots, str, bool]]] = {}
    for section, kind, engaged in _SECTIONS:
        for line in _list(section):
            slots = tuple(_slot(slot) for slot in line.split())
            for options, optional in slots:
                for word in options:
                    found.setdefault(word, []).append((slots, kind, engaged))
                if not optional:
                    break
    return found


def _slot(written: str) -> tuple[frozenset[str], bool]:
    bare = written.rstrip("?")
    options = _list(bare[1:-1]) if bare.startswith("<") else frozenset(filter(None, bare.split("/")))
    return options, bare != written


@cache
def _phrases(name: str) -> tuple[frozenset[tuple[str, ...]], int]:
    lines = frozenset(tuple(line.split()) for line in _list(name))
    return lines, max(map(len, lines))


def read_energy(text: str) -> Energy:
    """What engaged and what drained the member of a normalised text, each a phrase of theirs.

    >>> read_energy("6. budget mtg drained me but mentoring Priya was great. Win: finished module 3!!")
    Energy(engaged=('mentoring Priya',), drained=('budget mtg',))
    >>> read_energy("My boss loved the deck, I'd love a nap. The day was great")
    Energy(engaged=(), drained=())
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        found = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
        self.tokens = []
        quoted = False
        for i, (raw, start, end) in enumerate(found):
            low = raw.lower().replace("'", "")
            hard = low[:2] in _HARD or low in _HARD
            if (
                low == "."
                and i
                and (found[i - 1][0].lower() in _list("abbreviations") or text[end : end + 1].isalnum())
            ):
                hard = False
            quoted ^= raw == '"'
            self.tokens.append(_Token(low, start, end, bool(_WORD.match(raw)), hard))
        self.lows = [token.low for token in self.tokens]
        self.size = len(self.tokens)
        self.cues = self.find_cues()
        self.starts = {cue.first: cue for cue in self.cues}
        self.found: list[tuple[int, int, bool]] = []  # first, last, engaged

    # Cues

    def find_cues(self) -> list[_Cue]:
        cues = []
        at, quoted = 0, False
        while at < self.size:
            quoted ^= self.lows[at] == '"'
            cue = None if quoted else self.cue_at(at)
            if cue:
                cues.append(cue)
            at = cue.last if cue else at + 1
        return cues

    def cue_at(self, at: int) -> _Cue | None:
        best = None
        for slots, kind, engaged in _patterns().get(self.lows[at], ()):
            last = self.match(slots, 0, at)
            if last > at and (best is None or last > best.last):
                if kind == "label" and not self.is_label(at, last):
                    continue
                best = _Cue(kind, engaged, at, last)
        return best

    def match(self, slots: _Slots, slot: int, at: int) -> int:
        """Where the words of a cue end that begin at `at`; -1 where they are not there."""
        if slot == len(slots):
            return at
        options, optional = slots[slot]
        if at < self.size and self.lows[at] in options and (last := self.match(slots, slot + 1, at + 1)) >= 0:
            return last
        if optional and (last := self.match(slots, slot + 1, at)) >= 0:
            return last
        if not optional and slot:
            skipped = at
            while skipped < self.size and skipped - at < _SKIPS and self.lows[skipped] in _list("adverbs"):
                skipped += 1
                if skipped < self.size and self.lows[skipped] in options:
                    return self.match(slots, slot + 1, skipped + 1)
        return -1

    def is_label(self, first: int, last: int) -> bool:
        """Whether "best bit", "drained" and the like name what is behind them: "best bit:", "the worst part was"."""
        at = self.behind_label(last)
        return at > last and at < self.size

    def behind_label(self, at: int) -> int:
        """The first word of what a label is for, or `at` where nothing says that it is one."""
        begin = at
        while at < self.size and at - begin < 9 and self.tokens[at].word and self.lows[at] not in _list("links"):
            if self.lows[at] not in (
                "of",
                "my",
                "the",
                "me",
                "about",
                "in",
                "for",
                "today",
                "day",
                "week",
                "shift",
                "this",
                "by",
                "ma",
            ):
                return begin
            at += 1
        if self.low(at) in (":", "=", "-", "→", ">"):
            return at + 1
        if self.low(at) in _list("links") - {"from", "when", "to", "by", "just"}:
            while self.low(at) in _list("links"):
                at += 1
            return at + 1 if self.low(at) == ":" else at
        return begin

    def low(self, at: int) -> str:
        return self.lows[at] if 0 <= at < self.size else ""

    # Reading

    def read(self) -> Energy:
        for cue in self.cues:
            if cue.kind == "label":
                self.add_behind(self.behind_label(cue.last), cue, listed=True)
            elif cue.kind == "behind":
                self.read_behind(cue)
            else:
                self.read_before(cue)
        phrases: dict[bool, list[str]] = {True: [], False: []}
        for first, last, engaged in sorted(self.found):
            phrase = self.text[self.tokens[first].start : self.tokens[last - 1].end]
            if phrase not in phrases[engaged]:
                phrases[engaged].append(phrase)
        return Energy(tuple(phrases[True]), tuple(phrases[False]))

    def read_behind(self, cue: _Cue) -> None:
        if self.low(cue.last) == self.lows[cue.first]:  # "loved loved loved"
            return
        speaker = self.speaker(cue.first)
        if speaker is None:
            return
        subject, cleft = speaker
        if cleft:
            if (at := self.after_be(cue.last)) is not None:
                self.add_behind(at, cue)
            return
        first = self.lead(cue.last)
        low = self.low(first)
        bare = low in ("love", "luv", "hate", "enjoy", "adore", "loathe", "despise", "detest")
        verb = self.low(cue.last - 1)
        if (
            low in ("you", "u", "ya", "to")
            and verb in ("love", "hate")
            and self.low(first + 1)
            in ("say", "admit", "ask", "be", "see", "know", "break", "complain", "bother", "think", "sound", "")
        ):
            return
        if verb in ("love", "hate", "enjoy") and self.low(cue.last) in ("your", "you", "u", "from", "and", "&"):
            return
        del bare
        if self.is_pronoun_object(first):
            self.resolve(subject, cue)
            return
        if not self.add_behind(first, cue) and first >= self.phrase_end(first, cue):
            self.front(subject, cue)

    def speaker(self, at: int) -> tuple[int, bool] | None:
        """Where the member's own clause begins before a verb, and whether it is "what I loved".

        None where somebody else is the subject, or it is denied, wished or yet to come.
        """
        begin = at
        at -= self.lows[at] not in _list("mine")
        hard = 0
        while at >= 0 and hard < 8:
            low = self.lows[at]
            if low in _list("negators") or low in _list("unreal") - {"id"}:
                return None
            if low not in _list("adverbs") and low not in _list("auxiliaries") and not self.same_verb(at, begin):
                break
            at -= 1
            hard += 1
        low = self.low(at)
        if low == "id":
            return None
        if at >= 0 and low in _list("mine"):
            at -= 1
            if low in ("i", "ive", "we", "ah", "u"):
                while self.low(at) in _list("adverbs") or self.low(at) in ("and", "do"):
                    at -= 1
            cleft = self.low(at) in ("what", "thing", "bit", "part", "things", "bits") or (
                self.low(at) == "that" and self.low(at - 1) in ("thing", "bit", "part", "things", "moment")
            )
            return at + 1, cleft
        if at < 0 or not self.tokens[at].word:
            return (at + 1, False) if low != '"' else None
        if low in _list("joins") or low in _list("asides") or low in _list("times") or low[:1].isdigit():
            return (at + 1, False) if self.mine_before(at) else None
        if low in (
            "day",
            "night",
            "ten",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "four",
            "three",
            "two",
            "one",
            "half",
        ):
            return at + 1, False
        if low in ("what", "thing"):
            return at + 1, True
        return None

    def same_verb(self, at: int, begin: int) -> bool:
        return self.lows[at] == self.low(begin)

    def mine_before(self, at: int) -> bool:
        """Whether the verb behind "and" may be the member's: nobody else is the subject of its sentence."""
        for back in range(at, max(-1, at - 15), -1):
            low = self.lows[back]
            if self.tokens[back].hard or low in _list("mine") - {"me", "a", "1", "u"}:
                return True
            if low in (
                "he",
                "she",
                "they",
                "who",
                "boss",
                "manager",
                "client",
                "customer",
                "coworker",
                "colleague",
                "kids",
                "team",
            ):
                return (
                    low == "team"
                    or back < at - 12
                    or self.low(back - 1) in ("w", "with", "by", "for", "to", "of", "w/")
                )
        return True

    def lead(self, at: int) -> int:
        """Past what stands between a verb and what it is about: "loved how", "hated it when"."""
        while True:
            low = self.low(at)
            if low in ("it", "that") and self.low(at + 1) in ("when", "how", "that"):
                at += 2
            elif low in ("how", "when", "to", "doing", ":", "seeing") and low != "seeing":
                if low == "doing" and self.low(at + 1) in ("it", "this", "that"):
                    return at
                at += 1
            elif low in _list("adverbs") and low not in ("all", "both", "only", "even", "pure", "v", "well"):
                at += 1
            elif (
                low in ("the", "fact")
                and self.low(at + 1) in ("fact", "that")
                and self.low(at + 2) in ("that", "we", "i", "they")
            ):
                at += 2
            else:
                return at

    def is_pronoun_object(self, at: int) -> bool:
        low, behind = self.low(at), self.low(at + 1)
        if low in ("every", "each") and behind in ("minute", "second", "bit", "moment", "single"):
            return True
        if low in ("doing", "doin", "do", "dae") and behind in ("it", "that", "this"):
            return True
        if low in ("it", "that", "this", "them", "those", "these"):
            return (
                not self.tokens[at + 1].word
                or behind in _list("ends")
                or behind in _list("joins")
                or behind in _list("asides")
                or behind in _list("others")
                or behind in ("all", "most", "every", "very", "lots", "loads")
                if at + 1 < self.size
                else True
            )
        return False

    def after_be(self, at: int) -> int | None:
        """What "what drained me was X" names: the word behind its verb."""
        for ahead in range(at, min(at + 8, self.size)):
            if self.tokens[ahead].hard:
                return None
            if self.lows[ahead] in ("was", "is", "were", "are", "wis", "wiz", "wuz", ":", "=", "has", "be"):
                ahead += 1
                while self.low(ahead) in _list("links") and self.low(ahead) not in ("to", "from"):
                    ahead += 1
                return ahead
        return None

    # What stands behind a cue

    def phrase_end(self, at: int, cue: _Cue) -> int:
        begin = at
        clausal = self.low(at - 1) in ("how", "when", "that") or self.low(at) in ("whoever", "what", "whatever")
        while at < self.size and at - begin < _REACH:
            token, low = self.tokens[at], self.lows[at]
            if not token.word:
                if low in ("'", "/", "#", "&", "+", "@", "%", "*") or (low == "." and not token.hard):
                    if low in ("&", "+") and self.begins_clause(at + 1, cue):
                        break
                    at += 1
                    continue
                break
            if at > begin:
                if low in _list("ends") and not (low == "as" and clausal):
                    break
                if low in ("and", "n") and self.begins_clause(at + 1, cue):
                    break
                if (
                    low in _list("others") - {"that", "this", "what", "how", "just", "now", "still", "so", "were"}
                    and not clausal
                ):
                    if self.low(at - 1) not in (
                        "how",
                        "what",
                        "where",
                        "why",
                        "who",
                        "that",
                        "the",
                        "my",
                        "and",
                        "whoever",
                    ):
                        break
                if at in self.starts and self.starts[at].kind in ("behind", "label"):
                    break
            if self.low(at + 1) == ":" and at > begin and not self.lows[at][:1].isdigit() and self.low(at + 2) != "":
                break
            at += 1
        # Another cue that is said of something before it keeps its own subject.
        for ahead in range(begin, at):
            other = self.starts.get(ahead)
            if other and other.kind in ("before", "praise") and other.first > begin and other != cue:
                for back in range(ahead - 1, begin, -1):
                    if self.lows[back] in ("and", "&", "n", "+"):
                        return back
        return at

    def begins_clause(self, at: int, cue: _Cue) -> bool:
        low = self.low(at)
        if not low or not self.tokens[at].word:
            return True
        if low in _list("others") or low in _list("past") or low in ("my", "our") and self.verb_ahead(at):
            return True
        if low.endswith("ed") and len(low) > 4 and self.low(at + 1) not in ("of",):
            return True
        for ahead in range(at, min(at + 12, self.size)):
            if not self.tokens[ahead].word:
                break
            other = self.starts.get(ahead)
            if other and other is not cue:
                return True
        return self.verb_ahead(at)

    def verb_ahead(self, at: int) -> bool:
        """Whether a clause of its own begins: a finite verb soon follows its subject."""
        for ahead in range(at + 1, min(at + 5, self.size)):
            if not self.tokens[ahead].word:
                return False
            low = self.lows[ahead]
            if low in (
                "was",
                "is",
                "were",
                "are",
                "got",
                "went",
                "came",
                "said",
                "had",
                "has",
                "did",
                "didnt",
                "wasnt",
            ):
                return True
        return False

    def add_behind(self, first: int, cue: _Cue, *, listed: bool = False) -> bool:
        end = self.phrase_end(first, cue)
        parts = [(first, end)]
        # "Teams, Excel and the phones": a list goes on behind a comma.
        pieces, at = [], end
        closed = self.has_and(first, end)
        while self.low(at) == "," and not closed and len(pieces) < 12:
            begin = at + 1
            joined = self.low(begin) in ("and", "&", "n")
            begin += joined
            stop = self.phrase_end(begin, cue)
            if stop <= begin or not self.may_be_item(begin, stop, listed):
                break
            pieces.append((begin, stop))
            closed = joined or self.has_and(begin, stop)
            at = stop
        if pieces and (closed or listed):
            parts += pieces
        added = False
        for part_first, part_last in parts:
            for begin, stop in self.split(part_first, part_last, listed or len(parts) > 1):
                added |= self.add(begin, stop, cue)
        return added

    def has_and(self, first: int, last: int) -> bool:
        return any(self.lows[i] in ("and", "&", "n", "+") for i in range(first + 1, last))

    def may_be_item(self, first: int, last: int, listed: bool) -> bool:
        low = self.low(first)
        if low in _list("others") or low in _list("past") or low in _list("ends") or first in self.starts:
            return False
        if any(self.lows[i] in ("i", "im", "ive", "was", "is", "were", "are") for i in range(first, last)):
            return low in ("whoever", "how", "when") and listed
        return listed or last - first <= 6

    def split(self, first: int, last: int, listed: bool) -> Iterator[tuple[int, int]]:
        """The phrases that "and" joins, where each stands for itself."""
        begin = first
        for at in range(first + 1, last - 1):
            if self.lows[at] not in ("and", "&", "n", "+"):
                continue
            left, right = self.low(self.strip(begin, at)), self.low(at + 1)
            single = not any(self.lows[i] in _PREPOSITIONS for i in range(begin, at))
            gerunds = _is_gerund(left), _is_gerund(right)
            name = self.text[self.tokens[at + 1].start].isupper() and self.text[self.tokens[at - 1].start].isupper()
            determined = right in (
                "the",
                "my",
                "all",
                "our",
                "his",
                "her",
                "their",
                "that",
                "those",
                "another",
                "a",
                "an",
            )
            if (
                all(gerunds)
                or (not gerunds[0] and single and not (name and not listed))
                or (not gerunds[0] and determined)
                or (listed and determined)
            ):
                yield begin, at
                begin = at + 1
        yield begin, last

    # What stands before a cue

    def read_before(self, cue: _Cue) -> None:
        at = cue.first
        # Verbs and adverbs that lead to the cue.
        while at > 0 and (
            self.lows[at - 1] in _list("adverbs")
            or self.lows[at - 1] in _list("auxiliaries")
            or (
                self.lows[at - 1] in _list("asides")
                and self.lows[at - 1] not in _list("joins")
                and self.lows[at - 1] not in ("man", "guys", "guy", "girl", "dude", "today", "third", "second")
            )
        ):
            if self.lows[at - 1] in ("it", "one") or self.lows[at - 1] in _list("negators"):
                break
            at -= 1
        low = self.low(at - 1)
        if low in _list("negators") or low in _list("unreal"):
            return
        if self.low(at - 1) == "to":
            return
        if any(
            self.low(cue.first + k) in _list("negators") and cue.kind != "before"
            for k in range(1, cue.last - cue.first)
        ):
            return
        first = self.left(at)
        first, last = self.trim(first, at)
        span = self.lows[first:last]
        if self.is_cleft(span):
            if (ahead := self.after_be(cue.last)) is not None:
                self.add_behind(ahead, cue)
            return
        relative = False
        if span and span[-1] in ("that", "which", "who", "wch", "what"):
            relative = True
            last -= 1
            while last > first and (
                self.lows[last - 1] in _list("adverbs")
                or self.lows[last - 1]
                in ("is", "was", "are", "were", "the", "one", "thing", "only", "part", "bit", "what", "things")
            ):
                last -= 1
            first, last = self.trim(first, last)
            span = self.lows[first:last]
        if not span or all(low in _list("pronouns") for low in span):
            start = first if span else cue.first
            if cue.kind != "praise":
                self.resolve(start, cue)
            return
        if any(low in ("nothing", "nobody", "none", "nowt", "noone") for low in span[:2]):
            return
        if cue.kind == "praise" and not self.is_work(span):
            return
        if span[-1] in _list("bodies") and len(span) <= 3:
            return
        if relative:
            first, last = self.from_clause(first, last)
        for begin, stop in self.split(first, last, False) if last - first <= 8 else [(first, last)]:
            self.add(begin, stop, cue)

    def is_cleft(self, span: list[str]) -> bool:
        """ "what", "the only thing that": what did it is named behind the cue."""
        return (
            bool(span)
            and span[0]
            in ("what", "only", "one", "thing", "part", "bit", "things", "whats", "worst", "best", "biggest", "main")
            and all(
                low
                in (
                    "what",
                    "only",
                    "one",
                    "thing",
                    "part",
                    "bit",
                    "that",
                    "which",
                    "really",
                    "things",
                    "the",
                    "of",
                    "day",
                    "my",
                    "today",
                    "biggest",
                    "main",
                    "best",
                    "worst",
                    "else",
                    "other",
                )
                for low in span
            )
            and not (span == ["one"])
        )

    def is_work(self, span: list[str]) -> bool:
        if any(map(_is_gerund, span[:2])):
            return True
        head = span
        for i, low in enumerate(span):
            if low in _PREPOSITIONS and i:
                head = span[:i]
                break
        return head[-1] in _list("work")

    def left(self, at: int) -> int:
        """Where the subject that ends before `at` begins."""
        end = at
        floor = max(0, at - _REACH)
        for cue in reversed(self.cues):
            if cue.first < end:
                floor = max(floor, cue.last if cue.last <= end else floor)
                break
        at -= 1
        while at >= floor:
            token, low = self.tokens[at], self.lows[at]
            if not token.word:
                if low in ("'", "/", "&", "+", "@", "#", "%") or (low == "." and not token.hard):
                    if low not in ("&", "+") or not self.separate(at, end, floor):
                        at -= 1
                        continue
                elif low in (",", "-", ")", "(") and self.is_aside(at + 1, end):
                    end = at
                    at -= 1
                    continue
                break
            if low in ("and", "n"):
                if self.separate(at, end, floor):
                    break
            elif (
                low
                in _list("ends")
                - {"today", "tonight", "yesterday", "even", "as", "also", "mind", "hey", "despite", "instead"}
                and at < end - 0
            ):
                if low != "which" or at < end - 1:
                    break
            elif low in ("today", "tonight", "yesterday", "um", "uh") and at < end - 1:
                break
            at -= 1
        return max(at + 1, floor)

    def is_aside(self, first: int, last: int) -> bool:
        """Whether the words after a comma only pass by: ", on the other hand," or nothing."""
        span = [self.lows[i] for i in range(first, last) if self.tokens[i].word]
        if not span:
            return True
        lines, _ = _phrases("i say")
        return tuple(span) in lines or all(low in _list("asides") - {"o", "one", "second"} for low in span)

    def separate(self, at: int, end: int, floor: int) -> bool:
        """Whether "and" before a subject joins another clause on, and not another noun."""
        begin = at
        while begin > floor and self.tokens[begin - 1].word and self.lows[begin - 1] not in _list("ends"):
            begin -= 1
        first = self.strip(begin, at)
        if at - first > 7 or at <= first:
            return True
        span = self.lows[first:at]
        if _is_gerund(span[0]):
            return not _is_gerund(self.low(at + 1))
        if any(
            low in _list("mine") - {"a"}
            or low in _list("past")
            or low in _list("be")
            or (low.endswith("ed") and len(low) > 4)
            for low in span
        ):
            return True
        if span[0][:1].isdigit() and len(span) == 1:
            return True
        return first in self.starts

    # Pronouns: what it was stands in a clause before

    def front(self, subject: int, cue: _Cue) -> None:
        """ "The subtitling hour, in contrast, I enjoyed": what it was stands before "I"."""
        first = self.left(subject)
        first, last = self.trim(first, subject)
        if last > first and self.low(subject) in _list("mine"):
            if not any(low in _list("mine") or low in _list("be") for low in self.lows[first:last]):
                self.add(first, last, cue)
            return
        if self.low(cue.last - 1) in ("loved", "enjoyed", "hated"):
            self.resolve(subject, cue)

    def resolve(self, at: int, cue: _Cue) -> None:
        """Adds what a pronoun before `at` stands for, unless it was already said."""
        sentence = at
        hard = 0
        while sentence > 0 and hard < 2 and at - sentence < 2 * _REACH:
            sentence -= 1
            hard += self.tokens[sentence].hard
        if any(first >= sentence and engaged == cue.engaged for first, _, engaged in self.found):
            return
        end = at
        for _ in range(4):
            while end > 0 and (
                not self.tokens[end - 1].word
                or self.lows[end - 1] in _list("asides")
                or self.lows[end - 1] in _list("joins")
            ):
                end -= 1
            if end <= 0:
                return
            first = self.left(end)
            begin, last = self.trim(first, end)
            span = self.lows[begin:last]
            bound = self.low(first - 1)
            end = first
            amount = bool(span) and span[0][:1].isdigit() and bound == ","
            if not span or amount or all(low in _list("pronouns") | _list("no cause") for low in span):
                if bound and self.tokens[first - 1].hard and span:
                    return
                continue
            begin, last = self.from_clause(begin, last)
            self.add(begin, last, cue)
            return

    def from_clause(self, first: int, last: int) -> tuple[int, int]:
        """The thing in a clause: "I spent most of it in onboarding calls" is "onboarding calls"."""
        for at in range(first, min(last, first + 8)):
            if self.lows[at] in ("theres", "there") and at + 1 < last:
                at += 1
                while at < last and self.lows[at] in ("was", "is", "were", "are", "a", "been"):
                    at += 1
                return self.trim(at, last)
        for at in range(first, min(last, first + 12)):
            if self.lows[at] == "spent":
                for ahead in range(at + 1, last):
                    if self.lows[ahead] in ("in", "on", "with", "at", "doing") or _is_gerund(self.lows[ahead]):
                        at = ahead if _is_gerund(self.lows[ahead]) and self.lows[ahead] != "doing" else ahead + 1
                        return self.trim(at, last)
        if self.lows[first] in _list("mine"):
            first += 1
        if self.low(first) in ("got", "had", "have", "get") and self.low(first + 1) == "to":
            first += 2
        elif self.low(first) in _list("light verbs"):
            while first < last - 1 and self.low(first) in _list("light verbs"):
                first += 1
        for at in range(first + 1, last):
            if self.lows[at] in ("was", "is", "were", "went") and last - at <= 4:
                last = at
                break
        return self.trim(first, last)

    # Phrases

    def strip(self, first: int, last: int) -> int:
        """Past articles, asides and "I think" at the beginning of a phrase."""
        lines, longest = _phrases("i say")
        while first < last:
            for length in range(min(longest, last - first), 0, -1):
                if tuple(self.lows[first : first + length]) in lines:
                    first += length
                    break
            else:
                low = self.lows[first]
                if not self.tokens[first].word or low in _list("articles") or low in _list("asides"):
                    first += 1
                elif low in ("its", "twas") or (low == "it" and self.low(first + 1) in ("was", "is")):
                    first += 1 + (low == "it")
                else:
                    break
        return first

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """A phrase without what only leads to it or trails behind it."""
        pronoun = first
        first = self.strip(first, last)
        if first >= last and pronoun < last and self.lows[last - 1] in _list("pronouns"):
            return last - 1, last
        lines, longest = _phrases("times")
        while first < last:
            for length in range(min(longest, last - first - 1), 0, -1):
                if tuple(self.lows[last - length : last]) in lines:
                    last -= length
                    break
            else:
                low = self.lows[last - 1]
                if low in ("/", "&", "+", "-", "#") or not self.tokens[last - 1].word:
                    last -= 1
                elif last - first > 1 and (
                    low in _list("asides") - {"man", "guys", "guy", "second", "one", "there", "here", "o", "no"}
                    or low in ("=", "of", "with", "the", "a", "to")
                ):
                    last -= 1
                else:
                    break
        return first, last

    def add(self, first: int, last: int, cue: _Cue) -> bool:
        first, last = self.trim(first, last)
        span = self.lows[first:last]
        if not span or span[0] in _list("nothing"):
            return False
        if all(
            low in _list("no cause")
            or low in ("my", "the", "a", "long", "of", "whole", "in", "this", "at", "to", "rough", "hard", "busy")
            for low in span
        ):
            return False
        if any(first < b and a < last for a, b, _ in self.found):
            return False
        self.found.append((first, last, cue.engaged))
        return True


_PREPOSITIONS = frozenset(
    "of for in on at by from with w w/ wi into about to over after before during without wit till until off".split()
)
_NO_GERUNDS = frozenset(
    "morning mornin evening thing nothing something anything everything building meeting being king ring spring string"
    " wedding feeling during ceiling sibling darling going boring amazing exhausting interesting draining begin again"
    " main train brain pain rain drain gain cabin admin berlin margin origin coffin".split()
)


def _is_gerund(word: str) -> bool:
    return (len(word) > 4 or word in ("doin", "goin")) and word.endswith(("ing", "in")) and word not in _NO_GERUNDS
