"""Brings a text into one form before it is read: what phones and keyboards add is taken away."""

import re
import unicodedata

_QUOTES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20e3\ufe0e\ufe0f\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"(?: ?\n){3,}")


def normalise(text: str) -> str:
    """The text with full-width, keycap and typographic characters made plain. Idempotent.

    >>> normalise("７／１０")
    '7/10'
    >>> normalise("7️⃣ — it’s ok")
    "7 - it's ok"
    """
    # What is taken away goes first: what it stood between may become one character.
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_QUOTES)
    return _EMPTY_LINES.sub("\n\n", _BLANKS.sub(" ", text)).strip()
