"""Cuts a text into the clauses that may tell of a win, and knows where each begins and ends."""

import re
from functools import cached_property
from typing import NamedTuple

from shared.domain.understanding.report.win_words import JOINS, SUBJECTS, vocabulary
from shared.domain.understanding.text.cut import cut

MONEY = "$£€₹₦₱¥₵₺"
_TOKEN = re.compile(
    rf"[{MONEY}]?\d+(?:[.,:/]\d+)*[\w%]*(?:-\w+)*"  # 7.5, $1,200, 5k, 9:30, 10-6
    r"|[wW]/(?:o(?!\w))?"  # w/, w/o
    r"|[^\W\d_]+(?:[-'&][^\W\d_]+)*'?"  # don't, sign-off, R&D
    r"|\n+|[.!?]+|[^\w\s]|_+"
)
_INNER = frozenset("'\"%#&+@/*_" + MONEY)  # characters that do not end a phrase
OTHERS = frozenset("he she they it hes shes theyre theyve you youre its his".split())
_AUXILIARIES = frozenset("did do have had should could would can will am was were does".split())
_MODALS = frozenset("need want am was had can cant cannot could couldnt will wont would must should".split())
_ALSO_BEGINS = frozenset("am was had have did didnt will wanna gonna love loved hate need want got do dont".split())
PLANS = frozenset("tomorrow tmrw tmr tmw tmoro tomoz morra monday tuesday wednesday thursday friday soon".split())
_BEHIND_SO = frozenset("thats theres the my our a an yeah now today call step im".split())
DETERMINERS = frozenset("the my our a an his her their this that".split())
_FINITE = frozenset("was is were did had shook gave said told came went felt got knew saw sang".split())
_PARTICLES = frozenset("up out off down back together away".split())


def is_past(word: str) -> bool:
    return word.endswith("ed") and len(word) > 4


class Clause(NamedTuple):
    """Tokens from `first` up to `last`; `joined` is what ties it to the clause before: ".", "," or a word."""

    first: int
    last: int
    joined: str


class Clauses:
    """A text as words and clauses. Places in it are tokens, by their number."""

    def __init__(self, text: str, asked: str) -> None:
        self.text, self.asked, self.lists = text, asked, vocabulary()
        self.tokens = cut(text, _TOKEN)
        self.words = [token.word for token in self.tokens]
        self.at = self._phrases()
        self.quoted = self._quotes()
        self.ends = [not word[0].isalnum() and self._is_end(at) for at, word in enumerate(self.words)]
        self.breaks = [not word[0].isalnum() and self._is_break(at) for at, word in enumerate(self.words)]
        self.skips: dict[int, int] = {}
        self.starts: list[int] = []
        for at in range(len(self.words)):
            apart = at == 0 or self.ends[at - 1] or self.breaks[at - 1] or self.words[at] in JOINS
            self.starts.append(at if apart else self.starts[-1])

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _phrases(self) -> dict[str, dict[int, int]]:
        """Of each list, where phrases begin in the text, and how many tokens they have."""
        found: dict[str, dict[int, int]] = {name: {} for name in self.lists.phrases}
        begun = self.lists.begun
        for at, word in enumerate(self.words):
            if word in begun:
                for name in begun[word]:
                    if length := self.lists.phrases[name].at(self.words, at):
                        found[name][at] = length
        return found

    # Where things end and begin

    def _quotes(self) -> bytearray:
        """Which tokens stand in quotation marks: they are somebody else's words."""
        marked = bytearray(len(self.words))
        if '"' not in self.text and "'" not in self.text:
            return marked
        opened: dict[str, int] = {}
        for at, word in enumerate(self.words):
            if word[0] == "\n":
                opened.clear()
            if word == "'" and self.word(at + 1) in self.lists["elided"]:
                continue
            if word in ('"', "'"):
                if word in opened:
                    first = opened.pop(word)
                    marked[first:at] = b"\1" * (at - first)
                else:
                    opened[word] = at
            elif "'" in opened and self.text[self.tokens[at].end - 1] == "'" and len(word) > 2 and word[-2:] != "in":
                first = opened.pop("'")
                marked[first : at + 1] = b"\1" * (at + 1 - first)
        return marked

    def _is_end(self, at: int) -> bool:
        """Whether a token ends a sentence."""
        word = self.words[at]
        if word[0] == "\n" or word == ";":
            return True
        if word[0] not in ".!?":
            return False
        if word == "." and self.word(at - 1) in self.lists["titles"]:
            return self.word(at - 1) == "no"
        return at + 1 == len(self.words) or self.tokens[at + 1].start > self.tokens[at].end or word[0] != "."

    def _is_break(self, at: int) -> bool:
        """Whether a token that is no word ends a clause: a comma, a bracket, a lone dash, an emoji."""
        word = self.words[at]
        if word[0] in MONEY + ".!?" or word in _INNER:
            return False
        if word == "-":
            start, end = self.tokens[at].start, self.tokens[at].end
            return not self.text[start - 1 : start].strip() or not self.text[end : end + 1].strip()
        return not word.startswith("_")

    def _begins(self, at: int, first: int) -> bool:
        """Whether a clause begins at a word, in a clause that began at `first`."""
        word = self.words[at]
        if word not in self.lists.beginners:
            return False
        before, behind = self.word(at - 1), self.word(at + 1)
        if word in self.lists["win"] and behind == ":":
            return True
        if word in self.lists["glad"] and (behind in SUBJECTS or behind == "that"):
            return before not in ("im", "am", "so", "really", "pretty", "very", "was", "feel", "feeling", "and", "just")
        if word in self.lists["cut"]:
            if word == "so":
                return behind in _BEHIND_SO or behind in SUBJECTS or behind in OTHERS
            return word != "even" or behind in ("though", "if")
        if word in JOINS:
            return self._begins_behind(at + 1)
        if word in ("thats", "theres"):
            return before not in self.lists["hypothetical"]
        if word in SUBJECTS:
            if before in self.lists["hypothetical"] or before in _AUXILIARIES or before in self.lists["glad"]:
                return False
            if self._skip(first) >= at or self.words[max(0, first - 2) : first] == ["proud", "of"]:
                return False  # "proud of the ramp I built"
            if (
                before == "that"
                and self.word(at - 2) not in ("is", "was", "after", "say", "report")
                and (self.word(at - 2) not in self.lists["glad"])
            ):
                return False
            if not self.lists["sayings"].isdisjoint(self.words[max(first, at - 6) : at]) and behind in _MODALS:
                return False
            return self._is_verb(at + 1) or self._did(at + 1) or self._skip(at + 1) > at + 1
        return False

    def _begins_behind(self, at: int) -> bool:
        """Whether what stands behind an "and" is a clause: "and I ...", "and finally sent ..."."""
        at = self._skip(at)
        word = self.word(at)
        if word in SUBJECTS or word in OTHERS or word in self.lists["strong emphasis"]:
            return True
        if word in DETERMINERS or word in ("all", "both"):
            for verb in (self.word(at + 2), self.word(at + 3)):
                if verb in self.lists.doings or is_past(verb) or verb in _FINITE:
                    return True
        return word == "next" or word in PLANS or self._may_begin(at)

    def _is_verb(self, at: int) -> bool:
        word = self.word(at)
        if word in self.lists.doings or word in _ALSO_BEGINS or word in self.lists["failed"]:
            return True
        return bool(self.at["phrases"].get(at, 0) or word in self.lists.bases)

    def _may_begin(self, at: int) -> bool:
        """Whether something that was done may begin at a token."""
        return self._is_verb(at) or self._did(at) or self._is_it(at)

    def _did(self, at: int) -> bool:
        """Whether a token is a past verb, and something was done to what stands behind it: "drenched 60 ewes"."""
        word, lists = self.word(at), self.lists
        if not (is_past(word) or word in lists["irregular"]) or word in lists["neutral"] or word in lists["failed"]:
            return False
        at += 1 + (self.word(at + 1) in _PARTICLES)  # "mopped up a burst pipe"
        return self.word(at) in DETERMINERS or self.word(at) in lists["quantities"] or self.word(at)[:1].isdecimal()

    def _is_it(self, at: int) -> bool:
        """Whether a token tells what more was done to what was named before: "sanded the deck, oiled it"."""
        past = is_past(self.word(at)) and self.word(at) not in self.lists["neutral"]
        return past and self.word(at + 1) in ("it", "them")

    def _skip(self, at: int) -> int:
        """The first token from `at` that is no filler: behind "and also finally today"."""
        passed = []
        while at < len(self.words) and at not in self.skips:
            length = self.at["lead"].get(at, 0)
            if not length and self.word(at) in self.lists["adverbs"] and not self._is_verb(at):
                length = 1
            if not length:
                break
            passed.append(at)
            at += length
        at = self.skips.get(at, at)
        self.skips.update(dict.fromkeys(passed, at))
        return at

    @cached_property
    def clauses(self) -> list[Clause]:
        found: list[Clause] = []
        first, joined = 0, "."
        for at, word in enumerate(self.words):
            if self.ends[at] or self.breaks[at]:
                if at > first:
                    found.append(Clause(first, at, joined))
                    joined = ","
                first = at + 1
                joined = "." if self.ends[at] or joined == "." else ","
            elif at > first and self._begins(at, first):
                found.append(Clause(first, at, joined))
                first, joined = at, word
        if len(self.words) > first:
            found.append(Clause(first, len(self.words), joined))
        return found
