"""Hears a call for help that names nothing: farewells, preparations, places, a calm decision. Used beside `safety`.

One such cue is ordinary ("said goodbye to the team"); two of different kinds seldom are. A false alarm costs a
kind text; a miss may cost a life.
"""

import re
from functools import cache

from shared.domain.understanding import words

_WORD = re.compile(r"[^\W_]+")
_KINDS = ("farewell", "prepared", "decided", "absent")


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(f" {phrase} " for phrase in listed) for kind, listed in words.load("cues").items()}


def calls_for_help(text: str) -> bool:
    """Whether a normalised text, taken together, sounds like someone in danger.

    >>> calls_for_help("been sat in the ute with the rifle an hour. tell the kids I'm sorry")
    True
    >>> calls_for_help("said goodbye to the team, new job starts monday. 8")
    False
    """
    heard = f" {' '.join(_WORD.findall(text.lower().replace(chr(39), '')))} "
    listed = _phrases()
    for phrase in listed["but not"]:
        heard = heard.replace(phrase, " ")

    def says(kind: str) -> bool:
        return any(phrase in heard for phrase in listed[kind])

    if says("alone is enough") or says("danger from another") or (says("threat") and says("fear")):
        return True
    return sum(map(says, _KINDS)) >= 2 and not says("about a job")
