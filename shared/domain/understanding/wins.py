"""Reads wins that stand behind a marker: "win: sent off my portfolio"."""

import re

_MARKED = re.compile(r"\b(?:wins?|w)\s?:\s*([^\n]+?)(?=[.!?]+(?:\s|$)|\n|$|\s*\b(?:wins?|w)\s?:)", re.IGNORECASE)
_NONE = re.compile(r"(?:none|no|nothing|nope|nil|n/?a|-)(?:\s+(?:today|really))?", re.IGNORECASE)


def read_wins(text: str) -> tuple[str, ...]:
    """The wins of a normalised text, in the member's own words.

    >>> read_wins("7. Win: sent off my portfolio!")
    ('sent off my portfolio',)
    >>> read_wins("6. win: none")
    ()
    """
    found = (match[1].strip(" ,;-") for match in _MARKED.finditer(text))
    return tuple(win for win in found if win and not _NONE.fullmatch(win))
