"""Cuts a text into clauses, the pieces that say one thing each. Used by what reads moods, energy and wins."""

import re
from typing import NamedTuple

# A full stop ends a sentence where a blank or the end follows, but not in "7.5", "e.g. this" or "Mr. Collins".
_SENTENCE = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\b[Mm]r)(?<!\b[Mm]s)(?<!\b[Mm]rs)(?<!\b[Dd]r)(?<!\b[Ss]t)[.!?]+(?=[\s\"')]|$)|\n+|;"
)
# Where a clause ends within a sentence: a comma, a dash, or a word that begins another one.
_CLAUSE = re.compile(
    r",(?!\d)\s*|\s+-+\s+|\s+(?=(?:but|though|tho|however|because|cos|cuz|bc|otherwise|although|whereas|except)\b)",
    re.IGNORECASE,
)


class Clause(NamedTuple):
    """`text` as the member wrote it, without what ends it; `sentence` counts from 0."""

    text: str
    sentence: int
    start: int


def split(text: str) -> list[Clause]:
    """The clauses of a normalised text, in order.

    >>> [clause.text for clause in split("6. budget mtg drained me but mentoring was great. Win: finished module 3!!")]
    ['6', 'budget mtg drained me', 'but mentoring was great', 'Win: finished module 3']
    """
    found: list[Clause] = []
    for number, (start, end) in enumerate(_pieces(_SENTENCE, text, 0, len(text))):
        for first, last in _pieces(_CLAUSE, text, start, end):
            piece = text[first:last]
            if stripped := piece.strip(" \t,-"):
                found.append(Clause(stripped, number, first + piece.index(stripped[0])))
    return found


def _pieces(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces, at = [], start
    for cut in pattern.finditer(text, start, end):
        pieces.append((at, cut.start()))
        at = cut.end()
    return [*pieces, (at, end)]
