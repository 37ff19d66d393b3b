"""Reads how a day was from a number in the text, whatever words stand around it.

Every number that could be a score is a candidate (`numbers.py`). What stands before it, behind it and in its clause
speaks for it or against it; the best wins, and the last among equals, since people correct themselves.
The words are in `words/mood.txt`.
"""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding.report.counted import BOUNDARIES, counts, is_plural, parts_clauses
from shared.domain.understanding.report.numbers import (
    FAR,
    Number,
    is_glued,
    left_of,
    listed,
    number_words,
    numbers_of,
    on_scale,
    own_tokens,
    word_at,
)
from shared.domain.understanding.text.cut import Token as Token

_SENTENCE_ENDS = frozenset(".!?;\n")
_TODAY = frozenset("today todays tonight tonite 2day now".split())
_PARTS = frozenset((",", "and", "but", "n", "&"))
_CONTRASTS = frozenset(("but", "tho", "though"))
_CORRECTING = frozenset("no nah actually wait rather sorry meant mean make scratch strike".split())
_TAKING_BACK = frozenset(("wait", "nah", "scratch", "strike", "typo"))
_KILLED = -1
_FULL = 6  # what a candidate weighs for which something speaks
_TAIL = 2  # tokens behind the last number of a text that may still belong to it: "7 i guess"


class _Candidate(NamedTuple):
    at: int
    value: float
    weight: int
    plain: bool  # neither a range nor out of something
    end: int


def read_score(text: str) -> float | None:
    """The score that a normalised text gives its day: 1 to 10, to the nearest half; None where it gives none.

    >>> read_score("a solid seven. Win: finished module 3")
    7.0
    >>> read_score("11/10!!")
    10.0
    >>> read_score("I was going to say 5 but on reflection it was a 7. Loved the reply to question 9")
    7.0
    >>> read_score("9 for yesterday and 4 today, ok"), read_score("4 today, yesterday was a 9")
    (4.0, 4.0)
    >>> read_score("6 xx actually no 7 cos they got me a cake"), read_score("yaar 5 only. Rate 104%, 4.97 stars")
    (7.0, 5.0)
    >>> [read_score(text) for text in ("had 3 meetings", "that makes it 7 out of 12")]
    [None, None]
    """
    return score_of(own_tokens(text))


def score_of(found: list[Token]) -> float | None:
    """The score that the tokens of a text's own words give."""
    elsewhen = _elsewhen(found)
    best: _Candidate | None = None
    last: _Candidate | None = None
    for at, number in numbers_of(found):
        weight = _weight(found, at, number, elsewhen)
        # A list of times or of counts: "at 9, then 11, then 2".
        if (
            last
            and last.weight == _KILLED
            and last.plain
            and number.form in ("plain", "word")
            and not is_glued(found, last.at)
            and not _closes(found, last.at, number)
            and _only_joined(found, last.end, at)
        ):
            weight = _KILLED
        last = _Candidate(at, number.value, weight, number.form in ("plain", "word"), number.end)
        if weight > 0 and (best is None or weight >= best.weight):
            best = last
    return on_scale(best.value) if best else None


class Said(NamedTuple):
    """A number that can be a score, on the scale, and where it stands in the text."""

    value: float
    start: int
    end: int


def numbers_said(text: str) -> list[Said]:
    """Every number of a text that can be a score, in its order, whatever speaks for or against it.

    Another day's are among them only where there is no other.

    >>> [said.value for said in numbers_said("I put 4 and I wanted to say 6, at 19:30 in room 212")]
    [4.0, 6.0]
    >>> [said.value for said in numbers_said("9 for yesterday and 4 today")]
    [4.0]
    """
    found = own_tokens(text)
    elsewhen = _elsewhen(found)
    said = [
        (Said(on_scale(number.value), found[at].start, found[number.end - 1].end), at in elsewhen)
        for at, number in numbers_of(found)
        if 0 <= number.value <= 11 and not counts(found, at, number)
    ]
    return [each for each, other in said if not other] or [each for each, _ in said]


def _closes(found: list[Token], named: int, number: Number) -> bool:
    """Whether a number ends a list behind the name of a thing: "finished module 3, 7, long day"."""
    after, behind = word_at(found, number.end), word_at(found, number.end + 1)
    alone = not after or (after in BOUNDARIES and behind not in number_words() and not behind[:1].isdecimal())
    return alone and word_at(found, named + 1) == "," and word_at(found, named - 1) in listed("numbered")


def _only_joined(found: list[Token], start: int, end: int) -> bool:
    """Nothing but commas and "then" stands between two numbers."""
    return end - start <= 4 and all(word_at(found, at) in (",", "then", "and", "&", "or") for at in range(start, end))


def _weight(found: list[Token], at: int, number: Number, elsewhen: set[int]) -> int:
    """How much speaks for a number as the day's score: nothing at 0, and something against it at `_KILLED`."""
    left = left_of(found, at)
    if counts(found, at, number) or number.form == "span":
        return _KILLED
    if number.form in ("signs", "stars"):
        return _FULL if number.value <= 10 else _KILLED
    if not -10 <= number.value <= (100 if number.form == "of" else 20):
        return _KILLED
    clause = _clause(found, at)
    if _denied(found, left, clause) or _of_another(found, at, left, number, clause):
        return _KILLED
    weight = _support(found, at, left, number)
    if word_at(found, number.end) in _TAKING_BACK:
        return min(weight, 1)  # "8 wait no 6"
    if weight >= _FULL and (_leads(found, at, number) or _corrects(found, at)):
        weight += 1
    if number.value > 11 and number.form != "of" and not (at == 0 and number.end >= len(found) - 3):
        return _KILLED
    if elsewhen and at not in elsewhen and word_at(found, number.end) in _TODAY:
        weight = max(weight, _FULL)  # "9 yesterday and 4 today, ok"
    # Another day's score holds if it is the only one.
    if weight > 0 and at in elsewhen:
        weight = max(1, weight - 4)
    return weight


def _leads(found: list[Token], at: int, number: Number) -> bool:
    """Whether a number is a text's first sentence: what is told behind it may hold others.

    >>> read_score("7. The client gave 5 star"), read_score("hm, 5. felt like a 9 until ten"), read_score("6. no, 7")
    (7.0, 5.0, 7.0)
    """
    if word_at(found, number.end) not in (".", "!", "\n") or is_glued(found, number.end + 1):
        return False
    taken_back = word_at(found, number.end + 1) in _CORRECTING
    return not taken_back and all(t.word in BOUNDARIES or t.word in listed("hedges") for t in found[:at])


def _corrects(found: list[Token], at: int) -> bool:
    """Whether a number is said in place of another: "no, 7", "sorry, meant a 7"."""
    return any(token.word in _CORRECTING for token in found[max(0, at - 4) : at])


def _clause(found: list[Token], at: int) -> list[str]:
    """The words of the number's clause before it."""
    start = at
    while start > max(0, at - FAR) and not parts_clauses(word_at(found, start - 1)) and not _is_dash(found, start - 1):
        joint = word_at(found, start - 1)
        if joint in listed("joints") and (start < at or joint in _CONTRASTS):
            break
        start -= 1
    return [token.word for token in found[start:at]]


def _is_dash(found: list[Token], at: int) -> bool:
    """Whether a dash or a slash parts what stands before it from what stands behind: "got the visa sorted - 7"."""
    return found[at].word in ("-", "/") and not (is_glued(found, at) and is_glued(found, at + 1))


def _denied(found: list[Token], left: int, clause: list[str]) -> bool:
    """ "not a 7", "would be an 8", "up from a 4", "considered a nine"."""
    before, second = word_at(found, left), word_at(found, left - 1)
    if before in listed("deniers") or f"{second} {before}" in listed("deniers"):
        return not (before == "than" and second == "more")
    return any(word in listed("unreal") for word in clause) or any(
        f"{one} {two}" in listed("unreal") for one, two in pairwise(clause)
    )


def _of_another(found: list[Token], at: int, left: int, number: Number, clause: list[str]) -> bool:
    """Whether the score is somebody else's or a thing's: "my advisor gave the draft an 8", "the food was a 9"."""
    after, second = word_at(found, number.end), word_at(found, number.end + 1)
    if after == "from" and second not in ("me", "my", "moi", "mine", "this", "us", "yours"):
        return True
    if after in ("on", "in") and second in ("the", "my", "our", "a", "an", "his", "her", "this", "their"):
        third = word_at(found, number.end + 2)
        if number.form != "of" and number.form != "percent" and not ({"got", "scored"} & set(clause)):
            pass
        elif third not in listed("subjects") and third not in ("scale", "whole", "end", "mood"):
            return True
    given = _last_of(clause, "given")
    if given is not None:
        who, thing = [word for word in clause[:given] if word not in listed("may")], _content(clause[given + 1 :])
        if not set(who) & listed("me") and any(word in listed("persons") or _content([word]) for word in who):
            return True
        return bool(thing) and not set(clause[given + 1 :]) & listed("subjects")
    earned = _last_of(clause, "earned")
    if earned is not None and after != "for" and "its" not in clause and "it" not in clause:
        return True
    before = word_at(found, left)
    if before in listed("copulas"):
        spoken = clause[: max(0, len(clause) - (at - left))]
        owners = {word.removesuffix("s") for word in spoken}  # "my sister's day was a 3"
        if (owners | set(spoken)) & listed("persons") and not set(spoken) & (listed("me") - {"my"}):
            return True
        subject = _content(spoken)
        return bool(subject) and not set(spoken) & listed("subjects") and not set(spoken) & listed("me")
    return before in listed("things") and (number.form in ("of", "percent") or word_at(found, left - 1) in BOUNDARIES)


def _last_of(clause: list[str], section: str) -> int | None:
    """Where the last word of a list stands shortly before the number, no other number between."""
    for at in range(len(clause) - 1, max(-1, len(clause) - 8), -1):
        if clause[at] in listed(section):
            return at
        if clause[at][:1].isdecimal():
            return None
    return None


def _content(spoken: list[str]) -> list[str]:
    return [word for word in spoken if word not in listed("hedges") and word not in listed("followers")]


@cache
def _elsewhen_begins() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in listed("elsewhen"))


def _elsewhen(found: list[Token]) -> set[int]:
    """The tokens of sentences about another day: "yesterday was a 3", "last week I gave you a 5".

    Beside a word of today it is their parts: "9 for yesterday and 4 today".
    """
    known, begins, result = listed("elsewhen"), _elsewhen_begins(), set[int]()
    spoken = {token.word for token in found}
    if begins.isdisjoint(spoken):
        return result
    ends = _SENTENCE_ENDS if _TODAY.isdisjoint(spoken) else _SENTENCE_ENDS | _PARTS
    start, other, today = 0, False, False
    for at, token in enumerate(found):
        word, before = token.word, found[at - 1].word if at else ""
        other = other or word in known or (before in begins and f"{before} {word}" in known)
        today = today or word in _TODAY
        if word in ends or at == len(found) - 1:
            if other and not today:
                result.update(range(start, at + 1))
            start, other, today = at + 1, False, False
    return result


class _Around(NamedTuple):
    """What the words around a number say of it."""

    begins: bool  # a clause of its own, or what is said in place of another number
    joined: bool  # by "then" and such
    article: bool
    cued: bool  # "mood: 7"
    follows: bool  # nothing that it would count: the end, or what is said behind a score
    ends: bool


def _around(found: list[Token], at: int, left: int, number: Number) -> _Around:
    before, after = word_at(found, left), word_at(found, number.end)
    between = {token.word for token in found[left + 1 : at]}
    joined = bool(between & (_joints() | _CORRECTING))
    repeated = before in number_words() or (len(before) == 1 and before.isdecimal())
    bounded = left < 0 or before in BOUNDARIES or before == "-" or not before[:1].isalnum()
    ends = not after or after in BOUNDARIES or not after[:1].isalnum()
    follows = ends or after in listed("followers") or after in listed("suffixes")
    if number.form == "word" and after in ("on", "in", "at", "to", "with", "who"):
        follows = False  # "two on drips"
    return _Around(
        begins=joined or repeated or bounded or before in _TAKING_BACK,  # "seven no wait six"
        joined=joined,
        article=any(word_at(found, n) in listed("articles") for n in range(max(0, at - 3), at)),
        cued=_is_cued(found, left, number),
        follows=follows,
        ends=ends,
    )


@cache
def _joints() -> frozenset[str]:
    return listed("joints") - {"and", "n", "or"}


def _is_cued(found: list[Token], left: int, number: Number) -> bool:
    """Whether what stands before a number names it a score."""
    before, second, after = word_at(found, left), word_at(found, left - 1), word_at(found, number.end)
    if before == "me" and number.form == "plain":
        return not second or parts_clauses(second)  # "curry a 2. me 6"
    if before == "my" and after in ("of", "for", "today", "tonight"):
        return True  # "better than my 5 of today"
    if before == "at" and listed("placed") & {token.word for token in found[max(0, left - 5) : left]}:
        return True  # "rate it at 70 percent"
    return before in listed("cues") or f"{second} {before}" in listed("cues")


def _support(found: list[Token], at: int, left: int, number: Number) -> int:
    """What speaks for a number: a clause of its own, a cue before it, its article, its form."""
    before, leading, around = word_at(found, left), word_at(found, at - 1), _around(found, at, left, number)
    if leading == "of" and before not in listed("cues"):
        return 0
    if leading == "the" and not around.follows:
        return 0
    if number.form == "word" and (number.value <= 1 or number.value > 10):
        return _support_of_rare(number, leading, around, close=left == at - 1)
    if number.form in ("of", "range", "percent"):
        return _support_of_form(number, around, first=left < 0)
    if around.cued:
        return _FULL
    if around.begins or before in _joints():
        if around.follows and (around.ends or left < 0 or leading not in ("around", "about")):
            return _FULL
        if around.begins and (at == 0 or left < 0) and number.form == "plain":
            return _FULL - 1
        sentence = number.form == "plain" and (before in _SENTENCE_ENDS or around.joined)
        return 3 if around.article or sentence else 0
    if around.article and (before not in listed("dated") or leading in listed("articles")):
        return _FULL if around.follows else 4
    return 0 if before in listed("dated") or before in listed("earned") else _support_of_last(found, before, number)


def _support_of_rare(number: Number, leading: str, around: _Around, *, close: bool) -> int:
    """What speaks for "one", which is rarely a number, and for nought, which is rarely a score: "rough one", "one of
    those", "zero no-shows". `close` tells that nothing stands between it and what is said before it."""
    alone = around.begins and (close or number.value == 0)
    return _FULL if around.ends and (alone or leading in ("a", "an") or (around.cued and close)) else 0


def _support_of_form(number: Number, around: _Around, *, first: bool) -> int:
    """What speaks for what is written as a score may be: "4/5", "6 or 7", "70%", which may all be of something else."""
    if number.form == "percent":
        return (_FULL if first or around.cued else 3) if around.begins or around.cued else 0
    led = around.begins or around.cued or around.article
    if number.form == "range" and not led:
        return 2 if around.follows else 0
    return _FULL if led or around.follows else 3


@cache
def _of_tails() -> frozenset[str]:
    return listed("followers") | listed("suffixes") | {"i"}


def _support_of_last(found: list[Token], before: str, number: Number) -> int:
    """What speaks for a number that ends its text or its sentence, though nothing before it does."""
    after = word_at(found, number.end)
    ends = not after or after in BOUNDARIES or not after[:1].isalnum()
    # At the very end, or behind "me": "cut my hand, 3 stitches 4 i guess", "the crowd drained me 4 ate lunch".
    tail = found[number.end :]
    last = len(tail) <= _TAIL and all(not t.word[0].isalnum() or t.word in _of_tails() for t in tail)
    if number.form == "plain" and number.value <= 10 and (last or (ends and after in _SENTENCE_ENDS)):
        return 2
    if number.form == "plain" and before in ("me", "myself", "tho", "lol") and not is_plural(after):
        return 1
    if number.form == "word" and number.value > 2 and last:
        return 2
    return 0
