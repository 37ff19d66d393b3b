"""The words of times and days: cut out of a text, and looked up in `words/when.txt`."""

import re
from functools import cache

from shared.domain.understanding import words
from shared.domain.understanding.text.cut import Token as Token
from shared.domain.understanding.text.cut import cut

# "t'plan" is two words: it is how the North of England says "the".
_TOKEN = re.compile(
    r"(?:[lL]8[eE]?[rR]|2(?i:day|nite|moro|morrow|mrw)|[bB]4|[mM]8|[gG][rR]8)(?![^\W_])"
    r"|\d+|\b[tT](?='[^\W\d_]{3})|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_"
)


def tokens(text: str) -> list[Token]:
    """
    >>> [token.word for token in tokens("Don't! 18h30")]
    ['dont', '!', '18', 'h', '30']
    """
    return cut(text, _TOKEN)


@cache
def listed(section: str) -> frozenset[str]:
    return words.load("when").get(section, frozenset())


@cache
def table(section: str) -> dict[str, str]:
    """A list whose lines are a phrase and, behind it, what it stands for."""
    pairs = (line.rpartition(" ") for line in listed(section))
    return {phrase: value for phrase, _, value in pairs}


@cache
def numbered(section: str) -> dict[str, int]:
    return {phrase: int(value) for phrase, value in table(section).items()}


@cache
def holidays() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for section in ("holidays", "moving holidays"):
        for line in listed(section):
            name, _, value = line.rpartition(" ")
            found[name] = (*found.get(name, ()), value)
    return found


@cache
def first_of_a_day() -> frozenset[str]:
    """The words that a day's name may begin with, beside numbers, months, weekdays, "today" and "tomorrow"."""
    first = {
        phrase.rpartition(" ")[0].split(" ")[0] if phrase[-1].isdecimal() else phrase
        for section in ("numbers", "ordinals", "seasons", "holidays", "moving holidays", "day units")
        for phrase in listed(section)
    }
    for section in ("half", "end", "middle", "beginning", "day abbreviations", "weekend names"):
        first |= listed(section)
    also = "the this next nxt coming following current t rest last first month week quarter year q day overmorrow"
    return frozenset(
        first | set(also.split()) | set("eow eom eoq eoy eofy q1 q2 q3 q4 about around like roughly maybe".split())
    )


@cache
def relating() -> frozenset[str]:
    """The words that may stand before a day and say how it is named."""
    lists = (listed(name) for name in ("by", "until", "through", "before", "after", "on"))
    return frozenset(("no", "not", "ahead", "prior", "up")).union(*lists)


@cache
def units_of_days() -> frozenset[str]:
    """Without one of these there is no length of time in days or longer."""
    return frozenset(numbered("day units")) | frozenset(numbered("month units"))


def is_number(word: str, digits: int) -> bool:
    return len(word) <= digits and word.isascii() and word.isdecimal()


# Numbers and lengths of time


def number(found: list[Token], i: int) -> tuple[float, int] | None:
    """A count at a token, and the token behind it: "6", "2.5", "a couple of", "twenty-five", "3-4" (3.5).

    >>> number(tokens("a couple of weeks"), 0), number(tokens("twenty five days"), 0)
    ((2.0, 3), (25.0, 2))
    """

    def word(k: int) -> str:
        return found[k].word if k < len(found) else ""

    first = word(i)
    if is_number(first, 4):
        if word(i + 1) in (".", ",") and is_number(word(i + 2), 1) and found[i + 2].start == found[i].end + 1:
            return float(f"{first}.{word(i + 2)}"), i + 3
        if word(i + 1) in ("-", "to", "or") and is_number(word(i + 2), 3):
            return (float(first) + float(word(i + 2))) / 2, i + 3
        return float(first), i + 1
    counts = numbered("numbers")
    if first in ("the", "another", "maybe", "say", "just"):
        i += 1
        first = word(i)
    if first in ("a", "an") and word(i + 1) in ("couple", "pair", "few", "good", "full", "whole", "solid"):
        i += 1
        first = word(i)
    if first in ("good", "full", "whole", "solid"):
        return 1.0, i + 1
    if first not in counts:
        return None
    value, j = counts[first], i + 1
    if first in ("twenty", "thirty", "forty", "fifty", "sixty", "ninety"):
        k = j + (word(j) == "-")
        if 1 <= counts.get(word(k), 0) <= 9 and word(k) not in ("a", "an", "couple", "pair", "few"):
            value, j = value + counts[word(k)], k + 1
    elif word(j) in ("or", "to", "-") and word(j + 1) in counts and word(j + 1) not in ("a", "an"):
        return (value + counts[word(j + 1)]) / 2, j + 2
    if first in ("couple", "pair", "few"):
        j += word(j) in ("of", "o")
    return float(value), j
