"""Cuts texts into words. What a word is differs from reader to reader, as each has a pattern of its own."""

import re
from functools import partial
from typing import NamedTuple


class Token(NamedTuple):
    """A word in lower case without apostrophes ("don't" is "dont"), a number or a mark, and where it stands."""

    word: str
    start: int
    end: int


def cut(text: str, pattern: re.Pattern[str]) -> list[Token]:
    """All that a pattern finds in a text, in order.

    >>> [token.word for token in cut("Don't!", re.compile(r"[\\w']+|!"))]
    ['dont', '!']
    """
    low = text.lower() if text.isascii() else ""  # a letter elsewhere may become two
    spans = [match.span() for match in pattern.finditer(text)]
    words = [low[start:end] for start, end in spans] if low else [text[start:end].lower() for start, end in spans]
    if "'" in text:
        words = [word.replace("'", "") or "'" for word in words]
    return [_token((word, start, end)) for word, (start, end) in zip(words, spans, strict=True)]


_token = partial(tuple.__new__, Token)  # as Token(...) makes one, in half the time
