"""Finds the phrases of a word list in a text, whatever apostrophes, capitals and blanks it was written with."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.amounts import Token, tokens


class Phrases(NamedTuple):
    """A list as it is looked up: its phrases, and how many tokens the longest has that begins, or ends, with a word."""

    known: frozenset[str]
    begins: dict[str, int]
    ends: dict[str, int]

    def at(self, found: list[Token], at: int) -> int:
        """How many tokens the longest phrase has that begins at a token; 0 where none does."""
        if at >= len(found):
            return 0
        longest = self.begins.get(found[at].word, 0)
        for length in range(min(longest, len(found) - at), 0, -1):
            if " ".join(token.word for token in found[at : at + length]) in self.known:
                return length
        return 0

    def before(self, found: list[Token], end: int) -> int:
        """How many tokens the longest phrase has that ends before a token."""
        longest = self.ends.get(found[end - 1].word, 0) if end else 0
        for length in range(min(longest, end), 0, -1):
            if " ".join(token.word for token in found[end - length : end]) in self.known:
                return length
        return 0

    def within(self, found: list[Token]) -> bool:
        """Whether any phrase stands anywhere.

        >>> phrases("open_questions", "lead").within(tokens("Well, I think so"))
        True
        """
        return any(self.at(found, at) for at in range(len(found)))


@cache
def phrases(file: str, *sections: str) -> Phrases:
    """The phrases of one or more sections of a file of words."""
    lists = words.load(file)
    return of(phrase for section in sections for phrase in lists[section])


def of(listed: Iterable[str]) -> Phrases:
    """Phrases that are made at hand.

    >>> of(["I'm in", "ok"]).at(tokens("im in!"), 0)
    2
    """
    split = [[token.word for token in tokens(phrase)] for phrase in listed]
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    for said in filter(None, split):
        begins[said[0]] = max(begins.get(said[0], 0), len(said))
        ends[said[-1]] = max(ends.get(said[-1], 0), len(said))
    return Phrases(frozenset(map(" ".join, split)) - {""}, begins, ends)
