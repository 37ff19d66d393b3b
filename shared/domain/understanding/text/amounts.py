"""Reads words and amounts in a text: "3", "1,200", "3k", "2 lakh", "a dozen", "two and a half", "$75"."""

import re
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.cut import Token as Token
from shared.domain.understanding.text.cut import cut

_TOKEN = re.compile(r"\d+(?:[.,']\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*'?|[^\w\s]|_+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d{1,3}(?:['.]\d{3})+(?:,\d+)?")
# The skin of an emoji is no word of its own.
_SKINS = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")

_ONES = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "k": 1000, "thousand": 1000, "grand": 1000, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5}
_SCALES |= {"lacs": 10**5, "mil": 10**6, "million": 10**6, "crore": 10**7, "crores": 10**7}
_SIGNS = {"$": "dollars", "£": "pounds", "€": "euros", "₹": "rupees", "₦": "naira", "₱": "pesos", "¥": "yen"}
_LARGEST = 10**12


class Amount(NamedTuple):
    """A number, the tokens that say it (`first` up to, not including, `last`), and its currency if it has one."""

    value: float
    first: int
    last: int
    money: str | None = None
    scaled: bool = False


def tokens(text: str) -> list[Token]:
    """The words, numbers and other characters of a text, in order.

    >>> [token.word for token in tokens("I don't, 3.5k!")]
    ['i', 'dont', ',', '3.5', 'k', '!']
    """
    return [token for token in cut(text, _TOKEN) if token.word not in _SKINS]


def whole(value: float) -> float:
    """The same number, as an integer where it is one.

    >>> whole(4.0), whole(2.5)
    (4, 2.5)
    """
    return int(value) if value == int(value) else round(value, 2)


def amounts(found: list[Token]) -> list[Amount]:
    """The amounts in a text, in order and not overlapping.

    >>> [(a.value, a.money) for a in amounts(tokens("two and a half or $1,200, 3k, 2 lakh rupees, half a dozen"))]
    [(2.5, None), (1200.0, 'dollars'), (3000.0, None), (200000.0, 'rupees'), (6.0, None)]
    >>> [a.value for a in amounts(tokens("twenty-five, a couple of hundred, 2 1/2, 0.5"))]
    [25.0, 200.0, 2.5, 0.5]
    """
    result = []
    at = 0
    while at < len(found):
        amount = _amount(found, at) if _may_begin(found[at].word) else None
        if amount:
            result.append(amount)
        at = amount.last if amount else at + 1
    return result


@cache
def _beginning() -> frozenset[str]:
    currencies = words.load("goals")["rupees"] | words.load("goals")["currencies"]
    return currencies.union(_ONES, _TENS, _SIGNS, ("a", "half", "couple", "dozen"))


def _may_begin(word: str) -> bool:
    """Whether an amount may begin with a word; of those with a hyphen the first part tells: "twenty-five"."""
    return word[0].isdecimal() or word in _beginning() or ("-" in word and word.partition("-")[0] in _TENS)


def _amount(found: list[Token], at: int) -> Amount | None:
    money, first = None, at
    if (sign := _currency(found, at)) and len(found[at].word) <= 3:
        money, at = sign, at + 1
    number = _number(found, at)
    if number is None:
        return None
    value, at = number
    scaled = False
    while at < len(found) and found[at].word in _SCALES and value < _LARGEST:
        # A letter is a scale only where it touches its number: "3k".
        if found[at].word == "k" and found[at].start != found[at - 1].end:
            break
        value, at, scaled = value * _SCALES[found[at].word], at + 1, True
    if scaled and _word(found, at) == "and" and (rest := _number(found, at + 1)) and rest[0] < 100 <= value:
        value, at = value + rest[0], rest[1]
    value, at = _fraction(found, value, at)
    if sign := _currency(found, at):
        money, at = money or sign, at + 1
    return Amount(value, first, at, money, scaled)


def _currency(found: list[Token], at: int) -> str | None:
    """The currency that a token names: its sign says a noun, and a noun says itself."""
    word = _word(found, at)
    if word in _SIGNS:
        return _SIGNS[word]
    if word in words.load("goals")["rupees"]:
        return "rupees"
    return word if word in words.load("goals")["currencies"] else None


def _number(found: list[Token], at: int) -> tuple[float, int] | None:
    word = _word(found, at)
    if word[:1].isdecimal():
        # "45 000" is one number.
        last = at + 1
        while (
            len(word) < 10 and word.isdigit() and word[0] != "0" and len(found[at].word) <= 3 and _is_group(found, last)
        ):
            word, last = word + found[last].word, last + 1
        return _digits(word), last
    if word in ("a", "half"):
        return _of_a(found, at)
    if word in ("couple", "dozen"):
        return _of_a(found, at - 1)
    head, _, tail = word.partition("-")
    if head in _TENS and (tail in _ONES or not tail):
        if not tail and 0 < _ONES.get(_word(found, at + 1), 0) < 10:
            return float(_TENS[head] + _ONES[_word(found, at + 1)]), at + 2
        return float(_TENS[head] + _ONES.get(tail, 0)), at + 1
    if head in _ONES and not tail:
        if _word(found, at + 1) == "dozen":
            return _ONES[head] * 12.0, at + 2
        return float(_ONES[head]), at + 1
    return None


def _is_group(found: list[Token], at: int) -> bool:
    """Whether a token is three more digits of the number before it, behind one blank."""
    word = _word(found, at)
    return len(word) == 3 and word.isascii() and word.isdigit() and found[at].start == found[at - 1].end + 1


def _of_a(found: list[Token], at: int) -> tuple[float, int] | None:
    """ "a dozen", "half a dozen", "a couple of", "a hundred": the tokens from `at`, or from the one after it."""
    half = _word(found, at) == "half"
    second = at + 2 if half and _word(found, at + 1) in ("a", "an") else at + 1
    word = _word(found, second)
    if word == "dozen":
        return (6.0 if half else 12.0), second + 1
    if word == "couple" and not half:
        return 2.0, second + (2 if _word(found, second + 1) in ("of", "more", "o") else 1)
    if word in _SCALES and word != "k":
        return (0.5 if half else 1.0), second
    return None


def _fraction(found: list[Token], value: float, at: int) -> tuple[float, int]:
    """Adds what stands behind a whole number: "and a half", "1/2", "½" (a text holds it as 1⁄2, joined on)."""
    if _word(found, at) in ("and", "&", "n", "an"):
        behind = at + 2 if _word(found, at + 1) == "a" else at + 1
        if _word(found, behind) in ("half", "quarter"):
            return value + (0.5 if _word(found, behind) == "half" else 0.25), behind + 1
    if _word(found, at) in ("⁄", "/") and (lower := _word(found, at + 1)) in ("2", "3", "4"):
        joined = found[at].word == "⁄"
        upper = value % 10 if joined else value
        if joined and upper < float(lower):
            return value // 10 + upper / float(lower), at + 2
    if _word(found, at + 1) == "/" and _word(found, at) == "1" and _word(found, at + 2) in ("2", "4"):
        return value + 1 / float(_word(found, at + 2)), at + 3
    return value, at


def _digits(word: str) -> float:
    """ "1,200", "1.200" and "1'200" are thousands; "2,5" and "2.5" are not whole."""
    if _GROUPED.fullmatch(word):
        dotted = word[1:4].find(".") >= 0 and "," not in word.partition(".")[0]
        plain = word.replace(".", "").replace(",", ".") if dotted else word.replace(",", "").replace("'", "")
    else:
        plain = word.replace(",", ".").replace("'", ".")
    if plain.count(".") > 1:
        plain = plain.partition(".")[0]
    return min(float(plain[:20]), float(_LARGEST))


def _word(found: list[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""
