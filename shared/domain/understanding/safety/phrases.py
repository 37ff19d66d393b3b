"""Finds the phrases of `words/safety.txt` in a text."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from shared.domain.understanding.safety.spelling import Words, listed, spelt
from shared.domain.understanding.words import load

_ANY = "*"
_GAP = 3  # as many words may stand for a "*"
SECTIONS = tuple(
    "crisis,crisis without me,crisis mention,danger,danger joke,idioms,support,others,"
    "lasting,long,daily,since,since then,not since,past,again,no again,"
    "faint place,faint mind,strong quiet,faint secret,strong farewell,strong without".split(",")
)
_Part = tuple[frozenset[str], bool]  # one place of a phrase: any of these words, none for a gap; whether it may lack
_Phrase = tuple[str, str]  # the section it is of, and the phrase as it is written there


class Span(NamedTuple):
    start: int
    end: int


def _spread(line: str) -> list[str]:
    """A phrase once for each of the alternatives in it that are of several words.

    >>> _spread("tired of living/being_alive")
    ['tired of living', 'tired of being alive']
    """
    lines = [""]
    for part in line.split():
        choices = part.strip("()").split("/")
        single = "/".join(choice for choice in choices if "_" not in choice)
        ways = [f"({single})" if part[0] == "(" else single] if single else [""] if part[0] == "(" else []
        ways += [choice.replace("_", " ") for choice in choices if "_" in choice]
        lines = [f"{start} {way}" for start in lines for way in ways]
    return [" ".join(way.split()) for way in lines]


@cache
def _index() -> dict[str, list[list[_Phrase]]]:
    """The phrases, by each word or class that they may begin with. They are taken apart when one is met."""
    alike: dict[str, list[_Phrase]] = {}  # by what they begin with, as it is written
    lists, fillers = load("safety"), load("safety")["fillers"]
    for section in SECTIONS:
        for line in lists[section]:
            start = line.partition(" ")[0]
            last = start
            while last[0] == "(" or last in fillers:  # it may begin with the next one too
                last = line[len(start) + 1 :].partition(" ")[0]
                start = f"{start} {last}"
            if start in alike:
                alike[start].append((section, line))
            else:
                alike[start] = [(section, line)]
    index: dict[str, list[list[_Phrase]]] = {}
    for start, phrases in alike.items():
        for part in start.split():
            for word in part.strip("()").split("/"):
                index.setdefault(spelt(word.partition("_")[0]), []).append(phrases)
    return index


@cache
def _ways(line: str) -> tuple[tuple[tuple[_Part, ...], tuple[frozenset[str], ...]], ...]:
    """A phrase taken apart, once for each of its wordings, and the words of its firm places."""
    fillers = listed("fillers")
    ways = []
    for wording in _spread(line) if "_" in line else (line,):
        parts = []
        for part in wording.split():
            words = frozenset(map(spelt, part.strip("()").split("/"))) - fillers
            if words:
                parts.append((frozenset() if part == _ANY else words, part[0] == "("))
        ways.append((tuple(parts), tuple(words for words, optional in parts if words and not optional)))
    return tuple(ways)


@cache
def _needed(line: str) -> frozenset[str]:
    """Words one of which must be in the text for the phrase to be: those of the place that says the most."""
    fillers = listed("fillers")
    best, most = frozenset[str](), -1
    for part in line.split():
        if part[0] == "(" or part == _ANY:
            continue
        words = frozenset(spelt(word.rpartition("_")[2]) for word in part.split("/"))
        telling = 0 if "<" in part else min(map(len, words))  # longer words are rarer ones
        if telling >= most and words.isdisjoint(fillers):
            best, most = words, telling
    return best


def _end(parts: tuple[_Part, ...], said: Words, at: int) -> int:
    """Where the phrase ends that begins at a word, or -1. No way is tried twice, so long texts take no longer."""
    here = {at}
    limit = said.ends[at]
    for words, optional in parts:
        if not words:
            here = {min(limit, place + more) for place in here for more in range(_GAP + 1)}
            continue
        moved = {place + 1 for place in here if place < limit and not words.isdisjoint(said.kinds[place])}
        here = here | moved if optional else moved
        if not here:
            return -1
    return max(here)


@cache
def _beginning(kind: str) -> tuple[list[_Phrase], dict[str, list[int]]]:
    """The phrases that may begin with a word or class, and their numbers, by each word of those they need one of."""
    begun = [phrase for phrases in _index()[kind] for phrase in phrases]
    found: dict[str, list[int]] = {}
    for number, (_, line) in enumerate(begun):
        for word in _needed(line):
            found.setdefault(word, []).append(number)
    return begun, found


def find(said: Words) -> dict[str, list[Span]]:
    """All phrases in the text, by section: those that have none are only in it once they are asked for."""
    there = frozenset[str]().union(*said.kinds)
    possible: dict[str, list[tuple[str, tuple[_Part, ...]]]] = {}
    for kind in there & _index().keys():
        begun, needing = _beginning(kind)
        if there.isdisjoint(needing):
            continue
        numbers = {n for word in there & needing.keys() for n in needing[word]}
        ways = [
            (section, way)
            for section, line in map(begun.__getitem__, sorted(numbers))
            for way, firm in _ways(line)
            if (kind in way[0][0] or way[0][1]) and not any(map(there.isdisjoint, firm))
        ]
        if ways:
            possible[kind] = ways
    found = defaultdict[str, list[Span]](list)
    for at, kinds in enumerate(said.kinds if possible else ()):
        for kind in kinds:
            for section, parts in possible.get(kind, ()):
                if (end := _end(parts, said, at)) > at:
                    found[section].append(Span(at, end))
    return found
