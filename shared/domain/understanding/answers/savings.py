"""Reads how many months of expenses a member has put aside."""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.amounts import Amount, Token, amounts, tokens, whole
from shared.domain.understanding.text.phrases import phrases

_FILE = "open_questions"
_COUNTS = "one two three four five six seven eight nine ten eleven twelve".replace(" ", "|")
_PAIR = re.compile(rf"\b({_COUNTS})-({_COUNTS})\b", re.IGNORECASE)
_UNITS = {"months": 1.0, "weeks": 0.25, "fortnights": 0.5, "years": 12.0, "days": 1 / 30, "quarters": 3.0}
_RANGES = frozenset(("-", "to", "or", "/", "~"))
_CLAUSE_ENDS = frozenset(".,;:!?()")
_BETWEEN = frozenset("or so ish - ( + odd full whole good solid calendar more of".split())
_TOTALS = ("all up", "all in", "in total", "total", "altogether", "in all", "combined", "all told", "together")
_LONGEST = 1200
_LARGEST_BARE = 120  # what is more is money


class _Held(NamedTuple):
    """A length of time that was read: its months, whether a unit was said, and the tokens it stands in."""

    months: float
    unit: bool
    first: int
    last: int


def read_savings(text: str, known: bool = False) -> float | None:
    """The months that a normalised text answers with; None where it gives none, or money alone.

    `known` says that the text is such an answer, whatever else stands in it.

    >>> [read_savings(t) for t in ("about two and a half", "6 weeks", "$12k, so roughly 4 months", "3-4 months")]
    [2.5, 1.5, 4, 3.5]
    >>> [read_savings(t) for t in ("a year and a half", "none yet", "half a month, maybe", "a month or two")]
    [18, 0, 0.5, 1.5]
    >>> [read_savings(t) for t in ("about $9,000", "7, shipped it", "8/10", "6, no, 5", "used to be 6, now it's 2")]
    [None, None, None, 5, 2]
    >>> [read_savings(t, known=True) for t in ("girl. zero", "seven-eight", "8, because company gives room and food")]
    [0, 7.5, 8]
    >>> [read_savings(t, known=True) for t in ("Five months, perhaps six", "ten weeks? no, call it eight")]
    [5.5, 2]
    >>> read_savings("I had nine months when Derek was alive, now it's three and a half", known=True)
    3.5
    >>> [read_savings(t) for t in ("not even one month, maybe 2 weeks", "4 months plus 2 in shares, so 6 all up")]
    [0.5, 6]
    """
    found = tokens(_PAIR.sub(r"\1 to \2", text) if known else text)
    if (divided := _divided(found, known)) is not None:
        return divided
    held = _all_held(found)
    answers = [h for h in held if not _is_not_held(found, h)]
    with_unit = [h for h in answers if h.unit]
    if not with_unit:
        if _says_nothing(found, answers):
            return 0
        if known:
            answers = [held for held in answers if held.months <= _LARGEST_BARE]
        if not answers and any(h.unit for h in held):
            answers = held
        elif not answers or not (known or len(answers) < len(held) or _is_all_about_savings(found, answers)):
            return 0 if known and phrases(_FILE, "nothing saved").within(found) else None
    chosen = _picked(found, with_unit or answers, answers)
    return whole(chosen) if 0 <= chosen <= _LONGEST else None


def _picked(found: list[Token], pick: list[_Held], answers: list[_Held]) -> float:
    """The months that are meant of several lengths: a sum, the last that corrects, "five, perhaps six" in between."""
    if total := next((h for h in answers if _sums_up(found, h)), None):
        return total.months
    denied = [held for held in pick if _is_denied(found, held)]
    left = [held for held in pick if held not in denied]
    if not left:
        return 0
    chosen = left[0]
    for before, after in pairwise(left):
        if _corrects(found, before, after):
            chosen = after
    following = next((held for held in answers if held.first >= chosen.last), None)
    if following is None or (following.unit and following not in left):
        return chosen.months
    between = [token.word for token in found[chosen.last : following.first] if token.word != ","]
    months = following.months if following.unit else following.months * _per_unit(found, chosen)
    if between in (["perhaps"], ["maybe"], ["or"], ["possibly"]):
        return (chosen.months + months) / 2
    return months if chosen.unit and not following.unit and _corrects(found, chosen, following) else chosen.months


def _per_unit(found: list[Token], held: _Held) -> float:
    """How many months the unit is that a length was said in."""
    return next((_UNITS[unit] for at in range(held.first, held.last) if (unit := _unit(found, at))), 1.0)


def _corrects(found: list[Token], before: _Held, after: _Held) -> bool:
    """ "Ten weeks? no, call it eight", "3. well, 2 really"."""
    between = [token.word for token in found[before.last : after.first]]
    if between[-1:] == ["so"] and "but" in between and not after.unit:
        return True  # "eight months but the car is due so six"
    return bool(words.load(_FILE)["correcting savings"] & {*between}) or (len(between) < 4 and "well" in between)


def _sums_up(found: list[Token], held: _Held) -> bool:
    """ "4 in the bank plus 2 in shares, so six all up"."""
    behind = " ".join(token.word for token in found[held.last : held.last + 3])
    before = {token.word for token in found[max(0, held.first - 4) : held.first]}
    return behind.startswith(_TOTALS) or bool(before & {"altogether", "total"})


def _divided(found: list[Token], known: bool = False) -> float | None:
    """What somebody has by what a month costs, where both are said and nothing else is: "45,000, I use 15,000 a month".

    >>> _divided(tokens("R45 000 and I use about 15 000 a month"))
    3
    >>> _divided(tokens("15 grand, we go thru about 5 a month"), known=True)
    3
    >>> _divided(tokens("about 100 million dong, I spend 20 million one month")), _divided(tokens("100 a month"))
    (5, None)
    """
    read = [a for a in amounts(found) if not (a.value == 1 and _unit(found, a.last) == "months")]
    if len(read) != 2:
        return None
    rates = [a for a in read if _is_monthly(found, a.last)]
    if known and not rates:
        rates = [a for a in read if _word(found, a.last) in ("monthly", "pcm", "pm") or _spends(found, a.first)]
    if len(rates) != 1:
        return None
    had, rate = next(a for a in read if a is not rates[0]), rates[0].value
    # "15 grand, and 5 a month" are thousands both.
    rate *= 1000 if known and had.scaled and not rates[0].scaled and rate < 100 and had.value >= 1000 else 1
    return whole(round(had.value / rate * 2) / 2) if 100 <= rate <= had.value else None


def _is_monthly(found: list[Token], at: int) -> bool:
    if _word(found, at) in ("/", "p"):
        return _unit(found, at + 1) == "months" or _word(found, at + 1) == "m"
    return _word(found, at) in ("a", "per", "every", "each", "one") and _unit(found, at + 1) == "months"


def _is_of_a_month(found: list[Token], at: int) -> bool:
    return _unit(found, at) == "months" or found[at].word in ("monthly", "pcm", "pm")


def _spends(found: list[Token], first: int) -> bool:
    """Whether an amount is what goes out each month: "expenses are 3000", "we spend 2k"."""
    before = {token.word for token in found[max(0, first - 4) : first]}
    return bool(before & words.load(_FILE)["spending"]) and any(_is_of_a_month(found, at) for at in range(len(found)))


def _all_held(found: list[Token]) -> list[_Held]:
    numbers = {amount.first: amount for amount in amounts(found)}
    result = []
    at = 0
    while at < len(found):
        held = _held(found, at, numbers)
        if held and not (at and found[at].word in ("a", "per") and found[at - 1].word[0].isdigit()):
            result.append(held)
        at = held.last if held else at + 1
    return result


def _held(found: list[Token], at: int, numbers: dict[int, Amount]) -> _Held | None:
    """One length at a token: "3", "3-4 months", "a year and a half", "1 yr 2 months", "half a year"."""
    start = at
    if _word(found, at) == "between":
        at += 1
    if (part := _part_of(found, at)) is not None:
        return part
    number = _number(found, at, numbers)
    if number is None:
        return None
    value, at, money, article = number
    while _unit(found, at) is None and _word(found, at) in _BETWEEN and at < number[1] + 3:
        at += 1
    unit = _unit(found, at)
    at = at if unit else number[1]
    # A range may stand before its unit: "3-4 months", "between 5 and 6".
    ranged = unit is None and not article and _joins_range(found, start, at)
    if ranged and (upper := _number(found, at + 1, numbers)) and not upper[2] and not upper[3]:
        joiner, value, at = _word(found, at), (value + upper[0]) / 2, upper[1]
        unit = _unit(found, at)
        if joiner == "/" and unit is None:
            return None
    if unit == "days" and _word(found, number[1]) == "-":
        return None  # "the 32-day account"
    if unit is None:
        return None if money or article else _Held(value, False, start, at)
    return _with_more(found, start, at + 1, value, unit, numbers)


def _joins_range(found: list[Token], start: int, at: int) -> bool:
    word = _word(found, at)
    return word in _RANGES or (word == "and" and _word(found, start) == "between")


def _with_more(found: list[Token], start: int, at: int, value: float, unit: str, numbers: dict[int, Amount]) -> _Held:
    """With what is added to a length behind its unit: "or 4", "and a half", "and 2 months"."""
    months = value * _UNITS[unit]
    if _word(found, at) == "worth":
        at += 1
    if _word(found, at) == "or" and (upper := _number(found, at + 1, numbers)) and not upper[3]:
        behind = _unit(found, upper[1])
        if behind is None or behind == unit:
            return _Held((value + upper[0]) / 2 * _UNITS[unit], True, start, upper[1] + (behind is not None))
        return _Held((months + upper[0] * _UNITS[behind]) / 2, True, start, upper[1] + 1)
    if _word(found, at) in ("and", "&", "n", "plus"):
        fraction = at + 2 if _word(found, at + 1) in ("a", "an") else at + 1
        share = {"half": 0.5, "halfs": 0.5, "quarter": 0.25}.get(_word(found, fraction))
        if share and _unit(found, fraction + 1) is None:
            return _Held(months + _UNITS[unit] * share, True, start, fraction + 1)
    more = at + 1 if _word(found, at) in ("and", "&", ",", "plus") else at
    rest = _number(found, more, numbers)
    smaller = _unit(found, rest[1]) if rest else None
    if rest and smaller and _UNITS[smaller] < _UNITS[unit]:
        return _Held(months + rest[0] * _UNITS[smaller], True, start, rest[1] + 1)
    return _Held(months, True, start, at)


def _part_of(found: list[Token], at: int) -> _Held | None:
    """ "half a year", "three quarters of a year", "a quarter of a year", "half month"."""
    start, share = at, 0.0
    if _word(found, at) == "half":
        share, at = 0.5, at + 1
    elif _word(found, at) in ("three", "3") and _word(found, at + 1) == "quarters":
        share, at = 0.75, at + 2
    elif _word(found, at) == "a" and _word(found, at + 1) == "quarter" and _word(found, at + 2) == "of":
        share, at = 0.25, at + 2
    if not share:
        return None
    while _word(found, at) in ("of", "a", "an", "one"):
        at += 1
    unit = _unit(found, at)
    return _Held(share * _UNITS[unit], True, start, at + 1) if unit else None


def _number(found: list[Token], at: int, numbers: dict[int, Amount]) -> tuple[float, int, bool, bool] | None:
    """A number at a token, what follows it, whether it is money, and whether it needs a unit to be one ("a month")."""
    if amount := numbers.get(at):
        return amount.value, amount.last, bool(amount.money or amount.scaled), False
    if _word(found, at) == "a" and _word(found, at + 1) == "few":
        return 3.0, at + 2, False, True
    if _word(found, at) in ("few", "several"):
        return 3.0, at + 1, False, True
    if _word(found, at) in ("a", "an", "single", "un", "una", "une") and _unit(found, at + 1):
        return 1.0, at + 1, False, True
    if _word(found, at) in ("a", "one") and _word(found, at + 1) in ("whole", "full", "good", "solid", "single"):
        return 1.0, at + 2, False, True
    return None


def _unit(found: list[Token], at: int) -> str | None:
    """The unit that a token names. One letter is a unit only where it touches its number: "6m"."""
    word = _word(found, at)
    if word in ("m", "y") and found[at].start == found[at - 1].end:
        return "months" if word == "m" else "years"
    return _unit_words().get(word)


@cache
def _unit_words() -> dict[str, str]:
    return {word: unit for unit in _UNITS for word in words.load(_FILE)[unit]}


def _is_not_held(found: list[Token], held: _Held) -> bool:
    """Whether a length is a wish, a rule or the past: "aiming for 6", "they say 3", "6 months ago"."""
    behind = [token.word for token in found[held.last : held.last + 8]]
    if behind[:1] == ["ago"] or ("when" in behind[:4] and {"was", "were", "had"} & {*behind}):
        return True
    at = held.first
    while at > 0 and found[at - 1].word not in _CLAUSE_ENDS | {"but", "so"} and held.first - at < 8:
        at -= 1
    wishes, has = phrases(_FILE, "not held now"), phrases(_FILE, "held now")
    return wishes.within(found[at : held.first]) and not has.within(found[at : held.first])


def _says_nothing(found: list[Token], answers: list[_Held]) -> bool:
    """Whether there is none: "nothing yet", "not a penny"; a bare number that could be months goes first."""
    if answers and _is_all_about_savings(found, answers):
        return False
    nothing = phrases(_FILE, "nothing saved")
    if nothing.at(found, 0):
        return True
    short = {"no", "nope", "nah", "non", "zero", "0", "not any", "jack", "an"}
    return any(
        length and " ".join(t.word for t in found[at : at + length]) not in short
        for at in range(len(found))
        if (length := nothing.at(found, at))
    )


def _is_all_about_savings(found: list[Token], answers: list[_Held]) -> bool:
    """Whether nothing but talk of savings stands about bare numbers: "3, maybe", and not "7, shipped it"."""
    talk = words.load(_FILE)["savings talk"] | words.load(_FILE)["not held now"]
    inside = {at for held in answers for at in range(held.first, held.last)}
    rest = [token.word for at, token in enumerate(found) if at not in inside and token.word[0].isalpha()]
    if any(held.months > _LARGEST_BARE for held in answers) or "%" in {token.word for token in found}:
        return False
    first = answers[0]
    # What follows in the same breath explains the number: "5 if we live on rice".
    if _word(found, first.last) in ("if", "but", "and", "because", "cos", "thanks") and first.first <= 4:
        return all(token.word in talk for token in found[: first.first] if token.word[0].isalnum())
    parts = any("/" in (_word(found, held.first - 1), _word(found, held.last)) for held in answers)
    return not parts and all(word in talk for word in rest)


def _is_denied(found: list[Token], held: _Held) -> bool:
    """ "not even one"."""
    before = [token.word for token in found[max(0, held.first - 2) : held.first]]
    return held.months <= 1 and (before[-2:] == ["not", "even"] or before[-1:] == ["not"])


def _word(found: list[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""
