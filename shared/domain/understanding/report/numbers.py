"""Reads the numbers of a text that can be a score: "7", "a solid seven", "4/5", "6 or 7", stars."""

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.cut import Token as Token
from shared.domain.understanding.text.cut import cut
from shared.domain.understanding.text.drawn import is_drawn, shortened

_TOKEN = re.compile(r"\n+|\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_")


# A quotation of more than one word is what somebody else said.
_QUOTED = r'"[^"\n]* [^"\n]*"' r"|(?<!\w)'[^'\n]* [^'\n]*'(?!\w)"


# The numbers of a list: "1. 7 2. emails", "1) 7".
_LISTED = r"(?<!\S)([1-9])[.)](?=\s)"


_STARS, _EMPTY_STAR = frozenset("★⭐🌟✭✮⭑🌠"), "☆"
_POINTS = frozenset(("point", "comma", "coma", "virgule", "komma"))
SLASH = "\u2044"  # the slash of a fraction
_TENS = {word: 10.0 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
FAR = 14  # how many tokens before a number still speak about it


class Number(NamedTuple):
    """A number on the scale (not yet clamped), the token behind it, and the form that it was written in."""

    value: float
    end: int
    form: str  # "plain", "word", "of" (such as 4/5), "percent", "stars", "signs" (stars drawn), "range"


def tokens(text: str) -> list[Token]:
    """The words, numbers and signs of a text.

    >>> [token.word for token in tokens("I'd say 7.5, ok?")]
    ['id', 'say', '7.5', ',', 'ok', '?']
    """
    found = cut(text, _TOKEN)
    if "\n" in text:
        return [token._replace(word="\n") if token.word[0] == "\n" else token for token in found]
    return found


@lru_cache(maxsize=4)
def own_tokens(text: str) -> list[Token]:
    """The tokens of a text's own words: those that read a text's numbers share them, and leave them as they are.

    >>> [token.word for token in own_tokens("sevennnn, sooo good")]
    ['seven', ',', 'sooo', 'good']
    """
    found = tokens(own_words(text))
    if not is_drawn(text):
        return found
    return [token._replace(word=shortened(token.word, number_words())) for token in found]


def own_words(text: str) -> str:
    """The text without what is quoted in it and without the numbers of a list; each place stays where it was.

    >>> own_words("he said 'a 10'. 5")
    'he said       . 5'
    >>> own_words("1. a 7\\n2. emails")
    ';  a 7\\n;  emails'
    """
    text = text.replace("-and-a-half", " and a half").replace("b/w", "bw ")
    if '"' in text or "'" in text:
        whole = text.strip(" .!?\n")
        if not re.fullmatch(_QUOTED, whole):
            text = re.sub(_QUOTED, lambda quote: " " * len(quote[0]), text)
    return unlisted(text)


def unlisted(text: str) -> str:
    """The text without the numbers of a list; each place stays where it was.

    >>> unlisted("1. passed my exam 2. soup"), unlisted("passed level 2. soup")
    (';  passed my exam ;  soup', 'passed level 2. soup')
    """
    marks: list[re.Match[str]] = []
    for mark in re.finditer(_LISTED, text) if "1." in text or "1)" in text else ():
        if mark[1] == str(len(marks) + 1) and (marks or not text[: mark.start()].rpartition("\n")[2].strip()):
            marks.append(mark)
    if len(marks) > 1:
        for mark in marks:
            text = text[: mark.start()] + ";".ljust(len(mark[0])) + text[mark.end() :]
    return text


def on_scale(value: float) -> float:
    return min(10.0, max(1.0, math.floor(value * 2 + 0.5) / 2))


@cache
def number_words() -> dict[str, float]:
    """What a number word says, from the sections "0" to "11"."""
    said = {word: float(n) for n in range(12) for word in words.listed("mood", str(n))}
    return said | {f"{word}ish": n for word, n in said.items() if word.isascii()}


@cache
def _beginnings() -> frozenset[str]:
    """What a number may begin with, beside figures and what dictation hears."""
    return frozenset((*number_words(), *_TENS, *_STARS, _EMPTY_STAR, "🔟", "minus", "negative", "-"))


@cache
def _misheard() -> dict[str, float]:
    heard = {1: "won", 2: "to too", 3: "tree", 4: "for fore", 6: "sicks", 8: "ate"}
    return {word: float(n) for n, words_ in heard.items() for word in words_.split()}


@cache
def listed(section: str) -> frozenset[str]:
    return frozenset(phrase.replace("'", "") for phrase in words.listed("mood", section))


def word_at(found: list[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""


def is_glued(found: list[Token], at: int) -> bool:
    """Whether a token touches the one before it."""
    return 0 < at < len(found) and found[at].start == found[at - 1].end


def numbers_of(found: list[Token]) -> Iterator[tuple[int, Number]]:
    """The numbers in a text, each with the token at which it begins."""
    begins, misheard, at = _beginnings(), _misheard(), 0
    while at < len(found):
        word = found[at].word
        begun = word in begins or word[0].isdecimal() or (word in misheard and word_at(found, at + 1) == "out")
        number = number_at(found, at) if begun else None
        if number:
            yield at, number
        at = number.end if number else at + 1


def number_at(found: list[Token], at: int) -> Number | None:
    """The number that begins at a token, with all that belongs to it.

    >>> number_at(tokens("4/5"), 0)
    Number(value=8.0, end=3, form='of')
    >>> number_at(tokens("six and a half"), 0)
    Number(value=6.5, end=4, form='word')
    >>> number_at(tokens("6 or 7"), 0)
    Number(value=6.5, end=3, form='range')
    >>> [number_at(tokens(text), 0).value for text in ("seventy-five out of a hundred", "14 on 20", "3,5 stars of 5")]
    [7.5, 7.0, 7.0]
    """
    first = found[at].word
    if first in _STARS or first == _EMPTY_STAR:
        return _drawn(found, at)
    if first == "🔟":
        return Number(10.0, at + 1, "plain")
    sign = 1
    if first in ("minus", "negative") or (first == "-" and is_glued(found, at + 1) and not is_glued(found, at)):
        sign, at = -1, at + 1
    one = _single(found, at)
    if one is None:
        large = _in_words(found, at)
        return _scaled(found, *large) if large else None
    value, end, form = one
    second = _range(found, value, end)
    if second is not None:
        return second
    value *= sign
    if scaled := _scaled(found, value, end):
        return scaled
    return Number(value, end, form)


def _drawn(found: list[Token], at: int) -> Number:
    end, full = at, 0
    while word_at(found, end) in _STARS or word_at(found, end) == _EMPTY_STAR:
        full += word_at(found, end) in _STARS
        end += 1
    half = 0.5 if word_at(found, end) in ("½", "1") else 0.0
    return Number(2 * (full + half), end, "signs")


def _single(found: list[Token], at: int) -> tuple[float, int, str] | None:
    """One number without what scales it: its value, the token behind it and its form."""
    word = word_at(found, at)
    if word[:1].isdecimal():
        value = _digits(word)
        if value is None:
            return None
        # Normalising makes 61/2 of "6½" and 6 1/2 of "6 ½", with a slash of its own.
        if word_at(found, at + 1) == SLASH and word_at(found, at + 2) in ("2", "4") and word[-1:] in "13":
            whole = float(word[:-1]) if word[:-1].isdecimal() else 0.0
            return whole + float(word[-1]) / float(word_at(found, at + 2)), at + 3, "plain"
        end, form = at + 1, "plain"
        if (
            word_at(found, end) in ("1", "3")
            and word_at(found, end + 1) in (SLASH, "/")
            and word_at(found, end + 2) in "24"
        ):
            return value + float(word_at(found, end)) / float(word_at(found, end + 2)), end + 3, form
    elif word in _misheard() and word_at(found, at + 1) == "out" and word_at(found, at + 2) == "of":
        # Dictation hears "ate out of ten".
        value, end, form = _misheard()[word], at + 1, "word"
    elif word in number_words():
        value, end, form = number_words()[word], at + 1, "word"
    else:
        return None
    if word_at(found, end) in _POINTS and (behind := _tenths(found, end + 1)) is not None:
        return value + behind, end + 2, form
    return _half(found, value, end, form)


def _tenths(found: list[Token], at: int) -> float | None:
    word = word_at(found, at)
    tenths = number_words().get(word, float(word) if word.isdecimal() and len(word) == 1 else None)
    return tenths / 10 if tenths is not None and tenths < 10 else None


def _half(found: list[Token], value: float, end: int, form: str) -> tuple[float, int, str]:
    """Adds "and a half", "y medio"."""
    if word_at(found, end) in listed("and"):
        behind = end + 2 if word_at(found, end + 1) in ("a", "ah", "an", "one") else end + 1
        if word_at(found, behind) in listed("half"):
            return value + 0.5, behind + 1, form
        if word_at(found, behind) in ("quarter", "quarters"):
            return value + 0.25, behind + 1, form
        if word_at(found, behind) == "three" and word_at(found, behind + 1) == "quarters":
            return value + 0.75, behind + 2, form
    return value, end, form


def _digits(word: str) -> float | None:
    """A number as it is written, None where it is no plain one: 7, 7.5, 7,5, ٧, but not 1.2.3, 2026 and 0.05.

    >>> _digits("7,5"), _digits("1.2.3"), _digits("2026"), _digits("4.97")
    (7.5, None, None, None)
    """
    plain = word.replace(",", ".")
    whole, _, parts = plain.partition(".")
    if len(whole) > 3 or plain.count(".") > 1 or (len(parts) > 1 and parts not in ("25", "50", "75", "00")):
        return None
    return float(plain)


def _behind_ish(found: list[Token], end: int) -> int:
    ish = end + 1 if word_at(found, end) == "-" else end
    return ish + 1 if word_at(found, ish) == "ish" else end


def _range(found: list[Token], value: float, end: int) -> Number | None:
    """ "6-7", "6 or 7", "6-ish or 7", "between 5 and 6": the middle."""
    end = _behind_ish(found, end)
    joint = word_at(found, end)
    joined = joint in listed("or") or (joint in listed("and") and _led_by(found, end, _BETWEEN))
    if joint in ("-", "~", "/", "\\"):
        joined = not (joint == "/" and word_at(found, end + 1) in _OUT_OF)
    behind = end + 1
    # "6. Till 4 it jammed": "till" goes on with a range, but begins no sentence.
    until = word_at(found, end + 1) in ("til", "till", "until", "to")
    if joint in ("-", ",", "\n", ".", "?") and word_at(found, end + 1) in listed("or") and not (until and joint != "-"):
        joined, behind = True, end + 2
    if not joined:
        return None
    if joint == "to" and word_at(found, left_of(found, end - 1)) == "from" and not _led_by(found, end, _SOMEWHERE):
        return None  # "from a 3 to a 7": it ended at 7, but "somewhere from 7 to 8" is between
    while joint not in ("-", "~", "/", "\\") and word_at(found, behind) in listed("hedges"):
        behind += 1
    second = _single(found, behind)
    if second is None or not _plainly_ends(found, second[1]):
        return None
    high, last, _ = second
    if joint in listed("or") and joint not in ("to", "-") and abs(high - value) > 3:
        return None  # "6 or 10": no range, but either is a candidate
    scaled = _scaled(found, high, last)
    if scaled:
        value, high, last = value * scaled.value / (high or 1), scaled.value, scaled.end
    if value >= 0 and abs(high - value) <= 3 and (value < high or joint not in ("-", "/", "to", "til", "till")):
        return Number((value + high) / 2, last, "range")
    return Number((value + high) / 2, last, "span")


def _led_by(found: list[Token], end: int, leads: frozenset[str]) -> bool:
    return any(word_at(found, at) in leads for at in range(max(0, end - 4), end))


_BETWEEN = frozenset(("between", "tween", "bw", "entre", "zwischen"))
_SOMEWHERE = frozenset(("somewhere", "anywhere", "ranging"))


def _plainly_ends(found: list[Token], end: int) -> bool:
    """No letter or sign that makes it another thing touches a number's end: not "6-7pm", "415-555", "7/10/26".

    >>> [read.value for text in ("7/10 - ok", "7/10: ok", "4/5- ok") if (read := number_at(tokens(text), 0))]
    [7.0, 7.0, 8.0]
    """
    after, behind = word_at(found, end), word_at(found, end + 1)
    if not is_glued(found, end) or after == "ish":
        return True
    goes_on = is_glued(found, end + 1) and behind[:1].isalnum() and not behind.startswith("ish")
    return not (after[:1].isalpha() or (after in ("-", ":", "/") and goes_on))


_OUT_OF = {"10": 10.0, "ten": 10.0, "5": 5.0, "five": 5.0, "100": 100.0, "hundred": 100.0, "20": 20.0, "twenty": 20.0}
_OUT_OF |= {"zehn": 10.0, "diez": 10.0, "dix": 10.0, "dez": 10.0, "dieci": 10.0, "cinco": 5.0, "cinq": 5.0}


def _scaled(found: list[Token], value: float, end: int) -> Number | None:
    """A number out of 5, 10, 20 or 100, a percentage or stars."""
    joint = word_at(found, end)
    if joint == "out" or joint in listed("of"):
        scale, behind = _scale_at(found, end + 1)
        if scale and _plainly_ends(found, behind):
            if value <= max(20.0, scale):
                return Number(value * 10 / scale, behind, "of")
            if scale == 10:
                return Number(10.0, behind, "of")
    if joint in ("%", "percent", "pct", "prozent") or (joint == "per" and word_at(found, end + 1) == "cent"):
        return Number(value / 10, end + (2 if joint == "per" else 1), "percent")
    starred = joint == "-" and word_at(found, end + 1) in listed("stars")
    if joint in listed("stars") or starred:
        end += 2 if starred else 1
        if word_at(found, end) == "out" or word_at(found, end) in listed("of"):  # "4 stars out of 5"
            scale, behind = _scale_at(found, end + 1)
            end = behind if scale == 5 else end
        return Number(value * 2, end, "stars")
    return None


def _scale_at(found: list[Token], at: int) -> tuple[float | None, int]:
    """How far a scale goes that is named here, and the token behind it."""
    while word_at(found, at) in ("of", "a", "possible", "the", "max", "maximum", "de"):
        at += 1
    return _OUT_OF.get(word_at(found, at)), at + 1


def _in_words(found: list[Token], at: int) -> tuple[float, int] | None:
    """ "seventy-five" and the token behind it: out of a hundred, or percent."""
    tens = _TENS.get(word_at(found, at))
    if tens is None:
        return None
    behind = at + 2 if word_at(found, at + 1) == "-" else at + 1
    ones = number_words().get(word_at(found, behind), 0.0)
    return (tens + ones, behind + 1) if 0 < ones < 10 else (tens, at + 1)


def left_of(found: list[Token], at: int) -> int:
    """The token before a number, hedges and articles passed over: in "it was like a solid 7" the "was"."""
    left = at - 1
    while left >= max(0, at - FAR) and word_at(found, left) in listed("hedges"):
        left -= 1
    return left
