"""Reads wins that stand behind a marker: "win: sent off my portfolio"."""

import re

_MARKER = r"\b(?:wins?|w)\s?:"
_ENDS = rf"(?<![.!?])[.!?]++(?:\s|$)|\n|$|\s*{_MARKER}"
_MARKED = re.compile(rf"{_MARKER}\s*([^\n]+?)(?={_ENDS})", re.IGNORECASE)
_NONE = re.compile(r"(?:none|no|nothing|nope|nil|n/?a|-)(?:\s+(?:today|really))?\W*", re.IGNORECASE)
_NO_WIN = re.compile(r"(?:no+|n|nope|nah|none|no wins?|nothing(?: to report)?)(?: today| really)?\W*", re.IGNORECASE)


def read_wins(text: str) -> tuple[str, ...]:
    """The wins of a normalised text, in the member's own words.

    >>> read_wins("7. Win: sent off my portfolio!")
    ('sent off my portfolio',)
    >>> read_wins("6. win: none")
    ()
    """
    found = (match[1].strip(" ,;-") for match in _MARKED.finditer(text))
    return tuple(win for win in found if win and not _NONE.fullmatch(win))


def says_no_win(text: str, asked: str) -> bool:
    """Whether a normalised text says that there was none, which is an answer too.

    >>> says_no_win("No.", "daily_checkin"), says_no_win("win: none", "none"), says_no_win("hm", "daily_checkin")
    (True, True, False)
    """
    return bool(_MARKED.search(text) or (asked == "daily_checkin" and _NO_WIN.fullmatch(text)))
