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
    found = [(m[0].lower().replace("'", "") or "'", *m.span()) for m in pattern.finditer(text)]
    return list(map(_token, found))


_token = partial(tuple.__new__, Token)  # what Token(...) does, in half the time: a text is cut by several readers
