"""How many SMS segments a text takes, counted as carriers bill it, and how one is made to take fewer."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

# GSM 03.38: the basic alphabet, and the characters that cost an escape as well.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
# Marks that it lacks, and what they are typed as.
_TYPED = {
    "‘": "'",
    "’": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "…": "...",
    "⁄": "/",
}

Encoding = Literal["GSM-7", "UCS-2"]


@dataclass(frozen=True)
class Segments:
    """`length` is in the encoding's own units: septets, or UTF-16 code units."""

    encoding: Encoding
    count: int
    length: int


def count_segments(text: str) -> Segments:
    """Segments of `text`: 160 septets or 70 code units alone, 153 or 67 each when joined.

    An escaped character or a surrogate pair never straddles two segments, so that a long text may
    need one more than its length divided says. An empty text takes none.
    """
    if is_gsm7(text):
        encoding: Encoding = "GSM-7"
        alone, joined = 160, 153
        sizes = [2 if character in _EXTENDED else 1 for character in text]
    else:
        encoding = "UCS-2"
        alone, joined = 70, 67
        sizes = [2 if ord(character) > 0xFFFF else 1 for character in text]

    length = sum(sizes)
    if length <= alone:
        return Segments(encoding, min(length, 1), length)
    count, used = 1, 0
    for size in sizes:
        if used + size > joined:
            count, used = count + 1, 0
        used += size
    return Segments(encoding, count, length)


def is_gsm7(text: str) -> bool:
    return all(character in _BASIC or character in _EXTENDED for character in text)


def spelt_plainly(text: str) -> str:
    """`text` with typographic marks as they are typed, and without the accents that cost a text half its room.

    What can be spelt no other way stays as it is.

    >>> spelt_plainly("“Él está en Café Ñandú” – ½ día 🎉")
    '"Él esta en Café Ñandu" - 1/2 dia 🎉'
    """
    return "".join(map(_spelt, unicodedata.normalize("NFC", text)))


def _spelt(character: str) -> str:
    if is_gsm7(character):
        return character
    parts = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    typed = "".join(_TYPED.get(part, part) for part in [*parts] or [character])
    return typed if is_gsm7(typed) else character


def fit(text: str, most: int = 2, around: Callable[[str], str] = str) -> str:
    """`around(text)`, made to take no more than `most` segments: spelt plainly, or else with the text in it cut.

    It is cut at a word, and ends in "...". Where even that leaves the whole too long, it stays so.
    """
    if count_segments(around(text)).count > most and is_gsm7(spelt_plainly(around(text))):
        return _cut(text, most, lambda part: spelt_plainly(around(part)))
    return _cut(text, most, around)


def _cut(text: str, most: int, around: Callable[[str], str]) -> str:
    if count_segments(around(text)).count <= most:
        return around(text)

    def segments_with(end: int) -> int:
        return count_segments(around(text[:end] + "...")).count

    longest = max(0, bisect_right(range(min(len(text), most * 160)), most, key=segments_with) - 1)
    cut = text[:longest]
    if text[longest : longest + 1].strip() and len(cut.split()) > 1:
        cut = cut.rsplit(maxsplit=1)[0]
    return around(cut.rstrip(" \n.,;") + "...")
