"""Hears a call for help that names nothing: farewells, preparations, places, a calm decision.

One such cue is ordinary ("said goodbye to the team"); two of different kinds seldom are. A false alarm costs a
kind text; a miss may cost a life.
"""

import re
from functools import cache
from itertools import pairwise

from shared.domain.understanding import words

_WORD = re.compile(r"[^\W_]+")
_KINDS = frozenset(("farewell", "prepared", "given away", "decided", "absent"))
_ALONE = frozenset(("alone is enough", "danger from another"))
_WITH_FEAR = frozenset(("threat", "fear"))


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(f" {phrase} " for phrase in listed) for kind, listed in words.load("cues").items()}


@cache
def _by_beginning() -> dict[str, list[tuple[str, str]]]:
    """The phrases with their kinds, by their first two words: few texts have any of these."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, listed in _phrases().items():
        for phrase in listed:
            _, first, second, *_ = phrase.split(" ", 3)
            found.setdefault(f"{first} {second}" if second else first, []).append((kind, phrase))
    return found


def _kinds(said: list[str]) -> set[str]:
    """The kinds of which a phrase stands in the words of a text."""
    heard, known = f" {' '.join(said)} ", _by_beginning()
    beginnings = known.keys() & {*said, *map(" ".join, pairwise(said))}
    return {kind for beginning in beginnings for kind, phrase in known[beginning] if phrase in heard}


def calls_for_help(text: str) -> bool:
    """Whether a normalised text, taken together, sounds like someone in danger.

    >>> calls_for_help("been sat in the ute with the rifle an hour. tell the kids I'm sorry")
    True
    >>> calls_for_help("said goodbye to the team, new job starts monday. 8")
    False
    """
    said = _WORD.findall(text.lower().replace("'", ""))
    kinds = _kinds(said)
    if "but not" in kinds:
        heard = f" {' '.join(said)} "
        for phrase in _phrases()["but not"]:
            heard = heard.replace(phrase, " ")
        kinds = _kinds(heard.split())
    if not kinds.isdisjoint(_ALONE) or kinds >= _WITH_FEAR:
        return True
    return len(kinds & _KINDS) >= 2 and "about a job" not in kinds
