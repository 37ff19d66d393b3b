"""Words whose letters are drawn out: "sooooon", "sevennnn"."""

import re
from collections.abc import Container

_DRAWN = re.compile(r"(.)\1\1+")


def is_drawn(text: str) -> bool:
    """Whether any letter or mark of a text stands three times in a row."""
    return _DRAWN.search(text) is not None


def shortened(word: str, known: Container[str]) -> str:
    """The known word that is drawn out in a word, with two letters or with one; the word itself where there is none.

    >>> [shortened(word, ("please", "soon", "seven")) for word in ("pleeease", "sooooon", "sevennnn", "cool", "zzz")]
    ['please', 'soon', 'seven', 'cool', 'zzz']
    """
    if not is_drawn(word):
        return word
    for letters in (r"\1\1", r"\1"):
        if (short := _DRAWN.sub(letters, word)) in known:
            return short
    return word


def undrawn(word: str) -> str:
    """A word with letters that are drawn out once: where most words have one, "sooo" is "so"."""
    return _DRAWN.sub(r"\1", word)
