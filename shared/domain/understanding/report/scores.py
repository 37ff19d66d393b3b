"""Reads how a day was from a number in the text, whatever words stand around it.

Every number that could be a score is a candidate. What stands before it, behind it and in its clause
speaks for it or against it; the best wins, and the last among equals, since people correct themselves.
The words are in `words/mood.txt`.
"""

import math
import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.cut import Token as Token
from shared.domain.understanding.text.cut import cut

_TOKEN = re.compile(r"\n+|\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_")
# A quotation of more than one word is what somebody else said.
_QUOTED = re.compile(r'"[^"\n]* [^"\n]*"' r"|(?<!\w)'[^'\n]* [^'\n]*'(?!\w)")
# The numbers of a list: "1. 7 2. emails", "1) 7".
_LISTED = re.compile(r"(?<!\S)([1-9])[.)](?=\s)")
_BOUNDARIES = frozenset('.!?;\n,:()[]*~|>&="')
_SENTENCE_ENDS = frozenset(".!?;\n")
_STARS, _EMPTY_STAR = frozenset("★⭐🌟✭✮⭑🌠"), "☆"
_MONEY = "$£€₹°"
_SLASH = "\u2044"  # the slash of a fraction
_FAR = 14  # how many tokens before a number still speak about it
_KILLED = -1
_FULL = 6  # what a candidate weighs for which something speaks


class Number(NamedTuple):
    """A number on the scale (not yet clamped), the token behind it, and the form that it was written in."""

    value: float
    end: int
    form: str  # "plain", "word", "of" (such as 4/5), "percent", "stars", "signs" (stars drawn), "range"


class _Candidate(NamedTuple):
    value: float
    weight: int
    plain: bool  # neither a range nor out of something
    end: int


def tokens(text: str) -> list[Token]:
    """The words, numbers and signs of a text.

    >>> [token.word for token in tokens("I'd say 7.5, ok?")]
    ['id', 'say', '7.5', ',', 'ok', '?']
    """
    return [token._replace(word="\n") if token.word[0] == "\n" else token for token in cut(text, _TOKEN)]


def read_score(text: str) -> float | None:
    """The score that a normalised text gives its day: 1 to 10, to the nearest half; None where it gives none.

    >>> read_score("a solid seven. Win: finished module 3")
    7.0
    >>> read_score("11/10!!")
    10.0
    >>> read_score("I was going to say 5 but on reflection it was a 7. Loved the reply to question 9")
    7.0
    >>> read_score("had 3 meetings") is None
    True
    """
    return score_of(own_tokens(text))


def score_of(found: list[Token]) -> float | None:
    """The score that the tokens of a text's own words give."""
    elsewhen, begins = _elsewhen(found), _beginning()
    best: _Candidate | None = None
    last: _Candidate | None = None
    at = 0
    while at < len(found):
        word = found[at].word
        number = _number(found, at) if word in begins or word[0].isdecimal() else None
        if number is None:
            at += 1
            continue
        weight = _weight(found, at, number, elsewhen)
        # A list of times or of counts: "at 9, then 11, then 2".
        if (
            last
            and last.weight == _KILLED
            and last.plain
            and number.form in ("plain", "word")
            and _only_joined(found, last.end, at)
        ):
            weight = _KILLED
        last = _Candidate(number.value, weight, number.form in ("plain", "word"), number.end)
        if weight > 0 and (best is None or weight >= best.weight):
            best = last
        at = number.end
    return _on_scale(best.value) if best else None


class Said(NamedTuple):
    """A number that can be a score, on the scale, and where it stands in the text."""

    value: float
    start: int
    end: int


def numbers_said(text: str) -> list[Said]:
    """Every number of a text that can be a score, in its order, whatever speaks for or against it.

    >>> [said.value for said in numbers_said("I put 4 and I wanted to say 6, at 19:30 in room 212")]
    [4.0, 6.0]
    """
    found, begins, at = own_tokens(text), _beginning(), 0
    numbers: list[Said] = []
    while at < len(found):
        word = found[at].word
        number = _number(found, at) if word in begins or word[0].isdecimal() else None
        if number and 0 <= number.value <= 11 and not _counts(found, at, number):
            numbers.append(Said(_on_scale(number.value), found[at].start, found[number.end - 1].end))
        at = number.end if number else at + 1
    return numbers


@lru_cache(maxsize=4)
def own_tokens(text: str) -> list[Token]:
    """The tokens of a text's own words: those that read a text's numbers share them, and leave them as they are."""
    return tokens(own_words(text))


def own_words(text: str) -> str:
    """The text without what is quoted in it and without the numbers of a list; each place stays where it was.

    >>> own_words("he said 'a 10'. 5")
    'he said       . 5'
    >>> own_words("1. a 7\\n2. emails")
    ';  a 7\\n;  emails'
    """
    if '"' in text or "'" in text:
        whole = text.strip(" .!?\n")
        if not _QUOTED.fullmatch(whole):
            text = _QUOTED.sub(lambda quote: " " * len(quote[0]), text)
    marks: list[re.Match[str]] = []
    for mark in _LISTED.finditer(text):
        if mark[1] == str(len(marks) + 1) and (marks or not text[: mark.start()].rpartition("\n")[2].strip()):
            marks.append(mark)
    if len(marks) > 1:
        for mark in marks:
            text = text[: mark.start()] + ";".ljust(len(mark[0])) + text[mark.end() :]
    return text


def _on_scale(value: float) -> float:
    return min(10.0, max(1.0, math.floor(value * 2 + 0.5) / 2))


@cache
def _values() -> dict[str, float]:
    """What a number word says, from the sections "0" to "11"."""
    return {word: float(n) for n in range(12) for word in words.load("mood").get(str(n), ())}


@cache
def _beginning() -> frozenset[str]:
    """What a number may begin with, beside figures."""
    return frozenset((*_values(), *_misheard(), *_STARS, _EMPTY_STAR, "🔟", "minus", "negative", "-"))


@cache
def _misheard() -> dict[str, float]:
    return {word: float(n) for word, n in (("won", 1), ("to", 2), ("too", 2), ("for", 4), ("fore", 4), ("ate", 8))}


@cache
def _list(section: str) -> frozenset[str]:
    return frozenset(phrase.replace("'", "") for phrase in words.load("mood")[section])


def _word(found: list[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""


def _glued(found: list[Token], at: int) -> bool:
    """Whether a token touches the one before it."""
    return 0 < at < len(found) and found[at].start == found[at - 1].end


def _number(found: list[Token], at: int) -> Number | None:
    """The number that begins at a token, with all that belongs to it.

    >>> _number(tokens("4/5"), 0)
    Number(value=8.0, end=3, form='of')
    >>> _number(tokens("six and a half"), 0)
    Number(value=6.5, end=4, form='word')
    >>> _number(tokens("6 or 7"), 0)
    Number(value=6.5, end=3, form='range')
    """
    first = found[at].word
    if first in _STARS or first == _EMPTY_STAR:
        return _drawn(found, at)
    if first == "🔟":
        return Number(10.0, at + 1, "plain")
    sign = 1
    if first in ("minus", "negative") or (first == "-" and _glued(found, at + 1) and not _glued(found, at)):
        sign, at = -1, at + 1
    one = _single(found, at)
    if one is None:
        return None
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
    while _word(found, end) in _STARS or _word(found, end) == _EMPTY_STAR:
        full += _word(found, end) in _STARS
        end += 1
    half = 0.5 if _word(found, end) in ("½", "1") else 0.0
    return Number(2 * (full + half), end, "signs")


def _single(found: list[Token], at: int) -> tuple[float, int, str] | None:
    """One number without what scales it: its value, the token behind it and its form."""
    word = _word(found, at)
    if word[:1].isdecimal():
        value = _digits(word)
        if value is None:
            return None
        # Normalising makes 61/2 of "6½" and 6 1/2 of "6 ½", with a slash of its own.
        if _word(found, at + 1) == _SLASH and _word(found, at + 2) in ("2", "4") and word[-1:] in "13":
            whole = float(word[:-1]) if word[:-1].isdecimal() else 0.0
            return whole + float(word[-1]) / float(_word(found, at + 2)), at + 3, "plain"
        end, form = at + 1, "plain"
        if _word(found, end) in ("1", "3") and _word(found, end + 1) in (_SLASH, "/") and _word(found, end + 2) in "24":
            return value + float(_word(found, end)) / float(_word(found, end + 2)), end + 3, form
    elif word in _misheard() and _word(found, at + 1) == "out" and _word(found, at + 2) == "of":
        # Dictation hears "ate out of ten".
        value, end, form = _misheard()[word], at + 1, "word"
    elif word in _values():
        value, end, form = _values()[word], at + 1, "word"
    else:
        return None
    if _word(found, end) in ("point", "coma", "virgule", "komma") and (behind := _tenths(found, end + 1)) is not None:
        return value + behind, end + 2, form
    return _half(found, value, end, form)


def _tenths(found: list[Token], at: int) -> float | None:
    word = _word(found, at)
    tenths = _values().get(word, float(word) if word.isdecimal() and len(word) == 1 else None)
    return tenths / 10 if tenths is not None and tenths < 10 else None


def _half(found: list[Token], value: float, end: int, form: str) -> tuple[float, int, str]:
    """Adds "and a half", "y medio"."""
    if _word(found, end) in _list("and"):
        behind = end + 2 if _word(found, end + 1) in ("a", "ah", "an", "one") else end + 1
        if _word(found, behind) in _list("half"):
            return value + 0.5, behind + 1, form
        if _word(found, behind) in ("quarter", "quarters"):
            return value + 0.25, behind + 1, form
        if _word(found, behind) == "three" and _word(found, behind + 1) == "quarters":
            return value + 0.75, behind + 2, form
    return value, end, form


def _digits(word: str) -> float | None:
    """A number as it is written, None where it is no plain one: 7, 7.5, 7,5, ٧, but not 1.2.3 and 2026.

    >>> _digits("7,5"), _digits("1.2.3"), _digits("2026")
    (7.5, None, None)
    """
    plain = word.replace(",", ".")
    if len(plain.partition(".")[0]) > 3 or len(plain) > 6 or plain.count(".") > 1:
        return None
    return float(plain)


def _range(found: list[Token], value: float, end: int) -> Number | None:
    """ "6-7", "6 or 7", "between 5 and 6": the middle."""
    joint = _word(found, end)
    joined = joint in _list("or") or (joint in ("and", "y", "et", "und") and _between(found, end))
    if joint in ("-", "~", "/", "\\"):
        joined = not (joint == "/" and _word(found, end + 1) in ("10", "5", "100"))
    behind = end + 1
    if joint in ("-", ",", "\n", ".", "?") and _word(found, end + 1) in _list("or"):
        joined, behind = True, end + 2
    if not joined:
        return None
    if joint == "to" and _word(found, _left(found, end - 1)) == "from":
        return None  # "from a 3 to a 7": it ended at 7
    while joint not in ("-", "~", "/", "\\") and _word(found, behind) in _list("hedges"):
        behind += 1
    second = _single(found, behind)
    if second is None or not _plainly_ends(found, second[1]):
        return None
    high, last, _ = second
    if joint in _list("or") and joint not in ("to", "-") and abs(high - value) > 3:
        return None  # "6 or 10": no range, but either is a candidate
    scaled = _scaled(found, high, last)
    if scaled:
        value, high, last = value * scaled.value / (high or 1), scaled.value, scaled.end
    if value >= 0 and abs(high - value) <= 3 and (value < high or joint not in ("-", "/", "to", "til", "till")):
        return Number((value + high) / 2, last, "range")
    return Number((value + high) / 2, last, "span")


def _between(found: list[Token], end: int) -> bool:
    return any(_word(found, at) in ("between", "tween", "entre", "zwischen") for at in range(max(0, end - 4), end))


def _plainly_ends(found: list[Token], end: int) -> bool:
    """No letter or sign that makes it another thing touches a number's end: not "6-7pm", "415-555"."""
    after = _word(found, end)
    return not _glued(found, end) or after == "ish" or not (after[:1].isalpha() or after in ("-", ":"))


def _scaled(found: list[Token], value: float, end: int) -> Number | None:
    """A number out of 5, 10 or 100, a percentage or stars."""
    joint, behind = _word(found, end), end + 1
    if joint == "out" or joint in _list("of"):
        while _word(found, behind) in ("of", "a", "possible", "the", "max", "maximum"):
            behind += 1
        out_of = {"10": 10.0, "ten": 10.0, "5": 5.0, "five": 5.0, "100": 100.0, "hundred": 100.0, "zehn": 10.0}
        out_of |= {"diez": 10.0, "dix": 10.0, "dez": 10.0, "dieci": 10.0, "cinco": 5.0, "cinq": 5.0}
        scale = out_of.get(_word(found, behind))
        plain = _plainly_ends(found, behind + 1) and not (joint == "/" and _word(found, behind + 1) in ("/", "-"))
        if scale and plain and value <= max(20.0, scale):
            return Number(value * 10 / scale, behind + 1, "of")
        if scale and plain and scale == 10:
            return Number(10.0, behind + 1, "of")
    if joint in ("%", "percent", "pct", "prozent") or (joint == "per" and _word(found, end + 1) == "cent"):
        return Number(value / 10, end + (2 if joint == "per" else 1), "percent")
    starred = joint == "-" and _word(found, end + 1) in _list("stars")
    if joint in _list("stars") or starred:
        return Number(value * 2, end + (2 if starred else 1), "stars")
    return None


def _only_joined(found: list[Token], start: int, end: int) -> bool:
    """Nothing but commas and "then" stands between two numbers."""
    return end - start <= 4 and all(_word(found, at) in (",", "then", "and", "&", "or") for at in range(start, end))


def _weight(found: list[Token], at: int, number: Number, elsewhen: set[int]) -> int:
    """How much speaks for a number as the day's score: nothing at 0, and something against it at `_KILLED`."""
    left = _left(found, at)
    before = _word(found, left)
    if _counts(found, at, number) or number.form == "span":
        return _KILLED
    if number.form in ("signs", "stars"):
        return _FULL if number.value <= 10 else _KILLED
    if not -10 <= number.value <= (100 if number.form == "of" else 20):
        return _KILLED
    clause = _clause(found, at)
    if _denied(found, left, clause) or _of_another(found, at, left, number, clause):
        return _KILLED
    weight = _support(found, at, left, before, number)
    if number.value > 11 and number.form != "of" and not (at == 0 and number.end >= len(found) - 3):
        return _KILLED
    # Another day's score holds if it is the only one.
    if weight > 0 and at in elsewhen and not {"today", "todays", "tonight", "now"} & set(clause):
        weight = max(1, weight - 4)
    return weight


def _left(found: list[Token], at: int) -> int:
    """The token before a number, hedges and articles passed over: in "it was like a solid 7" the "was"."""
    left = at - 1
    while left >= max(0, at - _FAR) and _word(found, left) in _list("hedges"):
        left -= 1
    return left


def _clause(found: list[Token], at: int) -> list[str]:
    """The words of the number's clause before it."""
    start = at
    while start > max(0, at - _FAR) and not _parts(_word(found, start - 1)):
        if _word(found, start - 1) in _list("joints") and start - 1 < at - 1:
            break
        start -= 1
    return [token.word for token in found[start:at]]


def _parts(word: str) -> bool:
    """Whether a sign parts clauses: punctuation or an emoji."""
    return word in _BOUNDARIES or not (word[:1].isalnum() or word in "-'%/&_")


def _counts(found: list[Token], at: int, number: Number) -> bool:
    """Whether the number counts, names or dates something: "3 meetings", "ward 4", "$7", "at 9", "9pm"."""
    before, after = _word(found, at - 1), _word(found, number.end)
    if _glued(found, at) and _touched(found, at - 1):
        return True
    if _glued(found, number.end) and _continued(found, number.end):
        return True
    if (before and before in _MONEY) or (after and after in _MONEY):
        return True
    if number.form == "stars":
        return after in _list("reviews") or before in _list("reviews")
    if number.form == "percent":
        return after not in _list("followers") and after[:1].isalpha()
    if number.form == "of":
        counts = (_plural(after) and after not in _list("verbs")) or after in ("people", "staff")
        return before in _list("due") or (counts and after not in _list("followers") and after not in _list("subjects"))
    last = number.end >= len(found) or (number.end == len(found) - 1 and after in _BOUNDARIES)
    if before in ("day", "days", "grade", "level", "number"):
        # "day 3", "on day 3", but not "good day 8", nor "day 6" where it is the last word.
        counted = _parts(_word(found, at - 2)) or _word(found, at - 2) in ("on", "is", "its", "the", "this", "of", "")
        return counted and not (last and at > 1 and _parts(_word(found, at - 2))) and before != "number"
    if before in _list("numbered"):
        return True
    if before in ("no", "number", "nr") and _numbers_a_thing(found, at):
        return True
    if (
        before == "."
        and not {_word(found, at - 3)} & _list("me")
        and _word(found, at - 2) in ("no", "ch", "p", "pg", "fig", "vol", "art", "sec", "q")
    ):
        return True
    return _counted(found, number.end, at)


def _touched(found: list[Token], at: int) -> bool:
    """Whether what touches a number before it makes it another thing: "v9", "#4", "1:1", "10-6", "3x7"."""
    sign = found[at].word
    if sign in "$£€₹#@/\\_+^<" or sign in _SLASH or sign[-1:].isalpha():
        return True
    if sign == "-":
        return _glued(found, at)
    return sign in ".:" and _word(found, at - 1)[-1:].isdecimal()


def _continued(found: list[Token], at: int) -> bool:
    """Whether what touches a number behind it makes it another thing: "9pm", "7:30", "3/5", "10-hour"."""
    sign, behind = found[at].word, _word(found, at + 1) if _glued(found, at + 1) else ""
    if sign[:1].isalpha():
        return sign not in _list("suffixes")
    if not behind:
        return sign in _MONEY
    if sign in "_@\\" or sign in _SLASH or (sign in "/:'" and behind[:1].isdecimal()):
        return True
    if sign == "-":
        return behind[:1].isdecimal() or (behind not in _list("suffixes") and behind not in _list("followers"))
    return sign in _MONEY


def _numbers_a_thing(found: list[Token], at: int) -> bool:
    """ "machine number 2", but not "number 3" or "my number is"."""
    before = _word(found, at - 2)
    return (
        bool(before)
        and before not in _BOUNDARIES
        and before not in _list("hedges")
        and before not in ("my", "the", "a")
        and not before.isdecimal()
    )


def _counted(found: list[Token], behind: int, at: int) -> bool:
    """Whether what follows is what is counted: "3 meetings", "5 minute walk", "two of us", "2 to go"."""
    if _word(found, behind) == "-":
        return False
    three = " ".join(_word(found, n) for n in range(behind, behind + 3))
    if three.startswith(("to go", "in a row", "for 1", "for one", "by 4", "on 1 ")):
        return True
    two = (_word(found, behind), _word(found, behind + 1))
    if two[1] == "me" and two[0] in ("msg", "text", "message", "email", "call", "ping"):
        return False  # "6 msg me later"
    if two == ("would", "be") or (two[0] in ("works", "suits")) or (two[0] == "is" and two[1] in _list("timed")):
        return True  # "7 would be better": an hour
    told = _word(found, at - 1) in ("is", "its", "was") or _word(found, at - 2) in ("is", "its", "was")
    if told and _word(found, at - 1) not in _list("articles") and _word(found, behind) in ("already", "when", "before"):
        return True
    for place in (behind, behind + 1, behind + 2):
        word = _word(found, place)
        if not word or word in _BOUNDARIES or word[:1].isdecimal() or _word(found, place + 1) == ":":
            return False
        listed = word in _list("counted") or (len(word) > 2 and word.removesuffix("s") in _list("counted"))
        if place > behind and word in _list("followers"):
            return False
        if listed:
            return True
        if place == behind and word in _list("followers"):
            return False
        if _plural(word) and word not in _list("verbs"):
            # "3 tiny wins" counts, "7 tired eyes" may not: only where something stands before that counts.
            return place == behind or (_word(found, at - 1) not in _BOUNDARIES and at > 0)
    return False


def _plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous")) and word.isalpha()


def _denied(found: list[Token], left: int, clause: list[str]) -> bool:
    """ "not a 7", "would be an 8", "up from a 4", "considered a nine"."""
    before, second = _word(found, left), _word(found, left - 1)
    if before in _list("deniers") or f"{second} {before}" in _list("deniers"):
        return not (before == "than" and second == "more")
    return any(word in _list("unreal") for word in clause) or any(
        f"{one} {two}" in _list("unreal") for one, two in pairwise(clause)
    )


def _of_another(found: list[Token], at: int, left: int, number: Number, clause: list[str]) -> bool:
    """Whether the score is somebody else's or a thing's: "my advisor gave the draft an 8", "the food was a 9"."""
    after, second = _word(found, number.end), _word(found, number.end + 1)
    if after == "from":
        return second not in ("me", "my", "moi", "mine", "this", "us", "yours")
    if after in ("on", "in") and second in ("the", "my", "our", "a", "an", "his", "her", "this", "their"):
        third = _word(found, number.end + 2)
        if number.form != "of" and number.form != "percent" and not ({"got", "scored"} & set(clause)):
            pass
        elif third not in _list("subjects") and third not in ("scale", "whole", "end", "mood"):
            return True
    given = _last_of(clause, "given")
    if given is not None:
        who, thing = clause[:given], _content(clause[given + 1 :])
        if not set(who) & _list("me") and any(word in _list("persons") or _content([word]) for word in who):
            return True
        return bool(thing) and not set(clause[given + 1 :]) & _list("subjects")
    earned = _last_of(clause, "earned")
    if earned is not None and after != "for" and "its" not in clause and "it" not in clause:
        return True
    before = _word(found, left)
    if before in _list("copulas"):
        spoken = clause[: max(0, len(clause) - (at - left))]
        if set(spoken) & _list("persons") and not set(spoken) & _list("me"):
            return True
        subject = _content(spoken)
        return bool(subject) and not set(spoken) & _list("subjects") and not set(spoken) & _list("me")
    return before in _list("things") and (number.form in ("of", "percent") or _word(found, left - 1) in _BOUNDARIES)


def _last_of(clause: list[str], section: str) -> int | None:
    """Where the last word of a list stands shortly before the number, no other number between."""
    for at in range(len(clause) - 1, max(-1, len(clause) - 8), -1):
        if clause[at] in _list(section):
            return at
        if clause[at][:1].isdecimal():
            return None
    return None


def _content(spoken: list[str]) -> list[str]:
    return [word for word in spoken if word not in _list("hedges") and word not in _list("followers")]


@cache
def _elsewhen_begins() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in _list("elsewhen"))


def _elsewhen(found: list[Token]) -> set[int]:
    """The tokens of sentences about another day: "yesterday was a 3", "last week I gave you a 5"."""
    known, result, start, other = _list("elsewhen"), set[int](), 0, False
    begins = _elsewhen_begins()
    if not any(token.word in begins for token in found):
        return result
    for at, token in enumerate(found):
        word, before = token.word, found[at - 1].word if at else ""
        other = other or word in known or (before in begins and f"{before} {word}" in known)
        if token.word in _SENTENCE_ENDS or at == len(found) - 1:
            if other:
                result.update(range(start, at + 1))
            start, other = at + 1, False
    return result


def _support(found: list[Token], at: int, left: int, before: str, number: Number) -> int:
    """What speaks for a number: a clause of its own, a cue before it, its article, its form."""
    after = _word(found, number.end)
    ends = not after or after in _BOUNDARIES or not after[:1].isalnum()
    follows = ends or after in _list("followers") or after in _list("suffixes")
    if number.form == "word" and after in ("on", "in", "at", "to", "with", "who"):
        follows = False  # "two on drips"
    joined = {token.word for token in found[left + 1 : at]} & _list("joints") - {"and", "n", "or"}
    repeated = before in _values() or (len(before) == 1 and before.isdecimal())
    if _word(found, at - 1) == "of" and before not in _list("cues"):
        return 0
    if _word(found, at - 1) == "the" and not follows:
        return 0
    begins = bool(joined) or repeated or left < 0 or before in _BOUNDARIES or before == "-" or not before[:1].isalnum()
    article = any(_word(found, n) in _list("articles") for n in range(max(0, at - 3), at))
    cued = before in _list("cues") or f"{_word(found, left - 1)} {before}" in _list("cues")
    # "one" is rarely a number: "rough one", "one of those".
    if number.form == "word" and (number.value == 1 or number.value > 10):
        alone = begins and ends and left == at - 1
        return _FULL if alone or (ends and (_word(found, at - 1) in ("a", "an") or (cued and left == at - 1))) else 0
    if number.form in ("of", "range"):
        if number.form == "range" and not (begins or cued or article):
            return 2 if follows else 0
        return _FULL if begins or cued or article or follows else 3
    if number.form == "percent":
        return (_FULL if left < 0 or cued else 3) if begins or cued else 0
    if cued:
        return _FULL
    if begins or before in _list("joints") - {"and", "n", "or"}:
        if follows and (ends or left < 0 or _word(found, at - 1) not in ("around", "about")):
            return _FULL
        if begins and (at == 0 or left < 0) and number.form == "plain":
            return _FULL - 1
        return 3 if article or (number.form == "plain" and (before in _SENTENCE_ENDS or joined)) else 0
    if article and (before not in _list("dated") or _word(found, at - 1) in _list("articles")):
        return _FULL if follows else 4
    if before == "at" and _list("placed") & {token.word for token in found[max(0, left - 5) : left]}:
        return _FULL
    if before in _list("dated") or before in _list("earned"):
        return 0
    # At the very end, or behind "me": "cut my hand, 3 stitches 4", "the crowd drained me 4 ate lunch".
    last = number.end >= len(found) - (1 if after in _list("followers") or after in _list("suffixes") else 0)
    if number.form == "plain" and number.value <= 10 and (last or (ends and after in _SENTENCE_ENDS)):
        return 2
    if number.form == "plain" and before in ("me", "myself", "tho", "lol") and not _plural(after):
        return 1
    if number.form == "word" and number.value > 2 and last:
        return 2
    return 0
