"""How many SMS segments a text takes, counted as carriers bill it."""

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
    if all(character in _BASIC or character in _EXTENDED for character in text):
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


def fit(text: str, most: int = 2, around: Callable[[str], str] = str) -> str:
    """`around(text)`, with the text in it cut at a word and "..." where the whole would take more than `most` segments.

    Where even "..." leaves the whole too long, there is no more to cut, and it stays so.
    """
    if count_segments(around(text)).count <= most:
        return around(text)

    def segments_with(end: int) -> int:
        return count_segments(around(text[:end] + "...")).count

    longest = max(0, bisect_right(range(min(len(text), most * 160)), most, key=segments_with) - 1)
    cut = text[:longest]
    if text[longest : longest + 1].strip() and len(cut.split()) > 1:
        cut = cut.rsplit(maxsplit=1)[0]
    return around(cut.rstrip(" \n.,;") + "...")
