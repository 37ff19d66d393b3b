"""The words of wins: the verbs, what undoes them and what leads to them, from `words/wins.txt`."""

from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words

SUBJECTS = frozenset("i we ive weve im".split())
JOINS = frozenset("and n & +".split())


class _Phrases(NamedTuple):
    known: frozenset[tuple[str, ...]]
    longest: dict[str, int]  # how many tokens the longest phrase has that begins with a word

    def at(self, found: list[str], at: int) -> int:
        """How many tokens the longest phrase has that begins at a token; 0 where none does."""
        longest = self.longest.get(found[at], 0) if at < len(found) else 0
        if not longest:
            return 0
        for length in range(min(longest, len(found) - at), 0, -1):
            if tuple(found[at : at + length]) in self.known:
                return length
        return 0


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeou" else base + "ed"


def _phrases_of(lines: frozenset[str]) -> _Phrases:
    known: set[tuple[str, ...]] = set()
    longest: dict[str, int] = {}
    for line in lines:
        head, *rest = line.split()
        for form in head.split("/"):
            known.add((form, *rest))
            longest[form] = max(longest.get(form, 0), 1 + len(rest))
    return _Phrases(frozenset(known), longest)


class _Vocabulary(dict[str, frozenset[str]]):
    """The lists, and those of them that are looked up in another form."""

    def __init__(self) -> None:
        super().__init__(words.load("wins"))
        verbs = [line.split() for line in self["done"]]
        self.bases = frozenset(verb[0] for verb in verbs)
        self.pasts = frozenset(form for base, *forms in verbs for form in forms or [_past(base)])
        listed = ("phrases", "not done", "lead", "manage", "glances back", "own success", "finished", "given", "tail")
        self.phrases = {name: _phrases_of(self[name]) for name in listed}
        self.begun: dict[str, list[str]] = {}  # by word, the lists that have phrases which begin with it
        for name, known in self.phrases.items():
            for word in known.longest:
                self.begun.setdefault(word, []).append(name)
        phrases = (line.split()[0].split("/") for line in self["phrases"])
        self.phrase_bases = frozenset(forms[0] for forms in phrases if len(forms) > 1)
        self.weak = {name[5:]: lines for name, lines in self.items() if name.startswith("weak ")}
        self.same = dict(line.split() for line in self["same weak"])
        self.beginners = self["cut"] | self["glad"] | self["win"] | JOINS | SUBJECTS
        self.beginners |= {"thats", "theres"}
        self.spoils = self["not finished"] | self["failed"] | self["people"]
        self.doings = self.pasts | self.weak.keys() | self["neutral"] | self["liftable"]
        self.doings |= self.same.keys() - self["bases of weak"]
        # Without any of these, or a past that is not listed, no doing is told and none looked back at.
        self.telling = self.doings | self.bases | self.same.keys() | self.phrase_bases | self["win"] | {"proud"}
        self.telling |= self["irregular"]


@cache
def vocabulary() -> _Vocabulary:
    return _Vocabulary()
