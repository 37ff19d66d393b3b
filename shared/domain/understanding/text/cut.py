"""Cuts texts into words. What a word is differs from reader to reader, as each has a pattern of its own."""

import re
from functools import lru_cache, partial
from typing import NamedTuple


class Token(NamedTuple):
    """A word in lower case without apostrophes ("don't" is "dont"), a number or a mark, and where it stands."""

    word: str
    start: int
    end: int


def cut(text: str, pattern: re.Pattern[str]) -> list[Token]:
    """All that a pattern finds in a text, in order; letters between blanks are one word to all patterns.

    >>> [token.word for token in cut("Don't do it!", re.compile(r"[\\w']+|!"))]
    ['dont', 'do', 'it', '!']
    """
    found: list[Token] = []
    for piece in pieces(text):
        if piece.word:
            found.append(piece)
        else:
            marks = [(m[0].lower().replace("'", "") or "'", *m.span()) for m in pattern.finditer(text, *piece[1:])]
            found += map(_token, marks)
    return found


@lru_cache(maxsize=4)
def pieces(text: str) -> list[Token]:
    """The words of a text that are letters between blanks, and what is between those with "" for a word.

    Most words are such, and several readers cut the same text: so each of these is cut out once, and without a pattern.

    >>> [tuple(piece) for piece in pieces("Not a 7, more")]
    [('not', 0, 3), ('a', 4, 5), ('', 6, 8), ('more', 9, 13)]
    """
    found: list[Token] = []
    start = open_from = 0
    for part in text.split(" "):
        end = start + len(part)
        if part.isalpha():
            if open_from < start:
                found.append(Token("", open_from, start - 1))
            found.append(_token((part.lower(), start, end)))
            open_from = end + 1
        start = end + 1
    if open_from < len(text):
        found.append(Token("", open_from, len(text)))
    return found


_token = partial(tuple.__new__, Token)  # what Token(...) does, in half the time: a text is cut by several readers
