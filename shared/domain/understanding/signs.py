"""Reads which of the five signs of a rut fit a member: by number, by name, or as they describe them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.amounts import Token, tokens
from shared.domain.understanding.phrases import phrases

_FILE = "open_questions"
_ALL = frozenset((1, 2, 3, 4, 5))
_NAMES = {"dread": 1, "dull": 2, "spark": 2, "stuck": 3, "growth": 3, "exhaustion": 4, "envy": 5}
_MISSED = frozenset(("spark", "growth"))  # these fit where the thing is missing: "no growth", "not excited"
_CARDINALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "won": 1, "to": 2, "too": 2, "for": 4}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": 5, "middle": 3, "1st": 1}
_CLAUSE_ENDS = frozenset(".;!?\n")
_SOFT_ENDS = frozenset(("but", "just", "only", "though", "mostly", "mainly", "definitely", "rest"))


class _Mention(NamedTuple):
    """A sign that is spoken of, the tokens that do, and the list it was found in ("number" for a number)."""

    sign: int
    first: int
    last: int
    by: str


def read_signs(text: str) -> list[int] | None:
    """The signs that a normalised text says fit; None where it says nothing of them.

    >>> [read_signs(t) for t in ("1 3 and 5", "1-3", "all but 4", "none", "dread and envy mostly")]
    [[1, 3, 5], [1, 2, 3], [1, 2, 3, 5], [], [1, 5]]
    >>> read_signs("Not growing at all, and I envy my brother in law")
    [3, 5]
    >>> read_signs("I don't dread Mondays, just tired and bored"), read_signs("8, closed the deal")
    ([2, 4], None)
    >>> read_signs("the first two"), read_signs("1 yes 2 no 3 yes"), read_signs("135")
    ([1, 2], [1, 3], [1, 3, 5])
    """
    if (answered := _answered_in_lines(text)) is not None:
        return answered
    found = tokens(text)
    mentions = [*_named(found), *_numbered(found)]
    mentions.sort(key=lambda mention: mention.first)
    if _is_report(found, mentions):
        return None
    excepted = _exception(found)
    everything = _says_all(found, mentions)
    if everything is not None:
        end = excepted if excepted is not None else len(found)
        return sorted(_ALL - {m.sign for m in mentions if m.first >= end and end >= everything})
    fits: set[int] = set()
    not_fits: set[int] = set()
    for at, mention in enumerate(mentions):
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        (fits if _fits(found, mention, following) else not_fits).add(mention.sign)
    if fits or not_fits:
        return sorted(fits)
    return [] if _says_none(found) else None


def _answered_in_lines(text: str) -> list[int] | None:
    """The signs of a list that goes through them: a line each, with a yes or no in it."""
    lines = [tokens(line) for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or any(not line or _sign(line[0].word) is None for line in lines):
        return None
    yes, no = words.load(_FILE)["yes behind"], words.load(_FILE)["no behind"]
    answers = [[t.word for t in line[1:] if t.word in yes or t.word in no] for line in lines]
    if sum(1 for answer in answers if answer) < 2:
        return None
    fits = {int(line[0].word) for line, said in zip(lines, answers, strict=True) if not said or said[-1] in yes}
    return sorted(fits)


def _named(found: list[Token]) -> Iterator[_Mention]:
    lists = [(name, phrases(_FILE, name)) for name in _NAMES]
    at = 0
    while at < len(found):
        length, name = max((listed.at(found, at), name) for name, listed in lists)
        if length:
            yield _Mention(_NAMES[name], at, at + length, name)
        at += length or 1


def _numbered(found: list[Token]) -> Iterator[_Mention]:
    """Signs by number: "3", "#3", "three", "1-3", "2 to 4", "135", "the third", "the first two"."""
    at = 0
    while at < len(found):
        signs, end = _run(found, at)
        for sign in signs:
            yield _Mention(sign, at, end, "number")
        at = max(end, at + 1)


def _run(found: list[Token], at: int) -> tuple[list[int], int]:
    word = _word(found, at)
    if word in _ORDINALS:
        count = _CARDINALS.get(_word(found, at + 1)) or _sign(_word(found, at + 1))
        if count and word in ("first", "last") and _word(found, at + 1) not in ("to", "too", "for", "won"):
            return (list(range(1, count + 1)) if word == "first" else list(range(6 - count, 6))), at + 2
        if _word(found, at + 1) in (
            "",
            "one",
            "and",
            ",",
            ".",
            "&",
            "sign",
            "ones",
            "or",
            "!",
            "mostly",
            "only",
            "too",
        ):
            return [_ORDINALS[word]], at + 1 + (_word(found, at + 1) == "one")
        return [], at + 1
    if word == "top" and (count := _CARDINALS.get(_word(found, at + 1)) or _sign(_word(found, at + 1))):
        return list(range(1, count + 1)), at + 2
    first = _sign(word) or (_CARDINALS.get(word) if word not in ("to", "too", "for", "won") else None)
    if first and word in ("one", "1") and _word(found, at - 1) in ("this", "that", "last", "which", "no", "every"):
        first = None
    if first and word == "one" and at and any(phrases(_FILE, name).before(found, at) for name in _NAMES):
        first = None
    if first:
        if _word(found, at + 1) in ("st", "nd", "rd", "th"):
            return [first], at + 2
        through = _word(found, at + 1) in ("-", "to", "thru", "through", "till", "until", "~", "til")
        last = _sign(_word(found, at + 2)) or _CARDINALS.get(_word(found, at + 2))
        if through and last and last > first and not _counts(found, at + 2):
            return list(range(first, last + 1)), at + 3
        return ([], at + 1) if _counts(found, at) else ([first], at + 1)
    # Digits in a row without anything between: "135", and "1.3.5" or "1,3", which are one number to others.
    parts = word.replace(".", "").replace(",", "").replace("'", "")
    rising = all(a < b for a, b in pairwise(parts))
    if parts.isascii() and parts.isdigit() and 1 < len(parts) <= 5 and set(parts) <= set("12345") and rising:
        return ([], at + 1) if _counts(found, at) else ([int(digit) for digit in parts], at + 1)
    return [], at + 1


def _sign(word: str) -> int | None:
    return int(word) if len(word) == 1 and word in "12345" else None


def _counts(found: list[Token], at: int) -> bool:
    """Whether a number counts what follows, or is a part: "4 days a week", "2 kids", "3/5", "at 5"."""
    after, before = _word(found, at + 1), _word(found, at - 1)
    if after == "signs":
        return True
    if after == "of" and _word(found, at + 2) in ("them", "these", "those", "the"):
        return True
    if (after in words.load(_FILE)["sign talk"] and _word(found, at + 2) != ":") or not after:
        part = before == "/" and _word(found, at - 2).isdigit() and _word(found, at) in ("5", "10")
        return part and _word(found, at - 3) != "/"
    if after in ("%", ":", "'") and _word(found, at + 2).isdigit():
        return True
    if after == "/" and _word(found, at + 2) in ("10", "ten"):
        return True
    if after in words.load(_FILE)["counted"]:
        return True
    if after in ("apply", "fit", "signs", "things") and _word(found, at + 2) == ":":
        return True
    known = any(phrases(_FILE, name).at(found, at + 1) for name in (*_NAMES, "undone", "lacking", "no signs", "except"))
    return after[0].isalpha() and len(after) > 3 and after.endswith("s") and not after.endswith("ss") and not known


def _fits(found: list[Token], mention: _Mention, following: _Mention | None) -> bool:
    """Whether a sign that is spoken of fits, after what stands before it and the yes or no behind it."""
    told = _told(found, mention, following)
    if told is not None:
        return told
    if mention.by in ("dread", "exhaustion", "envy") and _word(found, mention.last) in (
        "dont",
        "doesnt",
        "arent",
        "isnt",
    ):
        return False
    lacking, undone = phrases(_FILE, "lacking"), phrases(_FILE, "undone")
    at, seen = mention.first - 1, 0
    negated = False
    while at >= 0 and seen < 6:
        word = found[at].word
        if word in _CLAUSE_ENDS or word in _SOFT_ENDS or (word == "," and not _is_listed(found, at)):
            break
        if word in ("and", "n", "&") and (
            mention.by not in _MISSED or _word(found, at + 1) in ("i", "im", "ive", "my")
        ):
            break
        if (lacking if mention.by in _MISSED else undone).at(found, at) and not _is_not_negation(found, at):
            negated = True
            break
        at, seen = at - 1, seen + 1
    if mention.by not in _MISSED:
        return not negated
    return negated or _is_label(found, mention)


def _told(found: list[Token], mention: _Mention, following: _Mention | None) -> bool | None:
    """The yes or no right behind a sign: "1 yes 2 no", "envy? not really"."""
    at = mention.last
    while _word(found, at) in ("?", ":", "-", "=", ")", "(", "."):
        at += 1
    word = _word(found, at)
    behind = at + 1
    if word == "not" and _word(found, behind) in ("really", "so", "much", "at"):
        behind += 2 if _word(found, behind) in ("so", "at") else 1
    elif word not in words.load(_FILE)["yes behind"] | words.load(_FILE)["no behind"]:
        return None
    elif word in ("y", "n") and found[at].start > found[at - 1].end and found[at - 1].word not in (":", "-", "="):
        return None  # "1 n 2" are two
    ended = not _word(found, behind) or not _word(found, behind)[0].isalnum() or _word(found, behind) in ("and", "but")
    if ended or (following and following.first == behind and (following.by == "number") == (mention.by == "number")):
        return word in words.load(_FILE)["yes behind"]
    return None


def _is_listed(found: list[Token], comma: int) -> bool:
    """Whether a comma stands between numbers or one-word names, all under one "not": "not 1, 2 or 3"."""
    return _sign(_word(found, comma - 1)) is not None and _sign(_word(found, comma + 1)) is not None


def _is_not_negation(found: list[Token], at: int) -> bool:
    """ "not only", "no. 3", "no doubt", "not just" say nothing against what follows."""
    after = _word(found, at + 1)
    return after in ("only", "just", "doubt", "question", ".", "sure") or (
        found[at].word in ("no", "nope") and _word(found, at + 1) == "," and at == 0
    )


def _is_label(found: list[Token], mention: _Mention) -> bool:
    """Whether a word stands as the name of its sign, among nothing but names and small talk: "growth and envy"."""
    talk, names = words.load(_FILE)["sign talk"], [phrases(_FILE, name) for name in _NAMES]
    plain = ("growth", "excitement", "progress", "progression", "learning", "development", "motivation", "exitement")
    if found[mention.first].word not in plain:
        return False
    start = mention.first
    while start > 0 and found[start - 1].word not in _CLAUSE_ENDS:
        start -= 1
    at = start
    while at < len(found) and found[at].word not in _CLAUSE_ENDS:
        length = max(listed.at(found, at) for listed in names)
        word = found[at].word
        if not length and word[0].isalpha() and word not in talk | {"no", "the", "sign"} and word not in _CARDINALS:
            return False
        if word in ("still", "im", "like", "lots"):
            return False
        at += length or 1
    return True


def _exception(found: list[Token]) -> int | None:
    """Where an exception begins: "all but 4"."""
    excepting = phrases(_FILE, "except")
    return next((at for at in range(1, len(found)) if excepting.at(found, at)), None)


def _says_all(found: list[Token], mentions: list[_Mention]) -> int | None:
    """Where all five are meant: "all of them", "everything except the envy", "5/5"; not "tired all the time"."""
    every = phrases(_FILE, "all signs")
    excepting = phrases(_FILE, "except")
    if len(found) >= 3 and [t.word for t in found[:3]] in (["5", "/", "5"], ["5", "out", "of"]):
        return 0
    for at in range(len(found)):
        length = every.at(found, at)
        if not length or (at and found[at - 1].word in ("not", "at", "nearly", "almost", "of", "and")):
            continue
        end = at + length
        after = _word(found, end)
        talk = (
            words.load(_FILE)["sign talk"]
            | words.load(_FILE)["politeness"]
            | {"five", "5", "of", "apply", "them", "these", "every", "above"}
        )
        if length > 1 or excepting.at(found, end):
            return at
        alone = all(t.word in talk or not t.word[0].isalnum() for t in found[:at])
        if found[at].word == "anything" or not alone:
            continue
        if not after or not after[0].isalnum():
            return at
        if all(t.word in talk for t in found[end:] if t.word[0].isalnum()) and not mentions:
            return at
    return None


def _says_none(found: list[Token]) -> bool:
    if phrases(_FILE, "no signs anywhere").within(found):
        return True
    none, talk = phrases(_FILE, "no signs"), words.load(_FILE)["sign talk"] | words.load(_FILE)["politeness"]
    at = 0
    while at < len(found) and not none.at(found, at) and (found[at].word in talk or not found[at].word[0].isalnum()):
        at += 1
    return bool(none.at(found, at))


def _is_report(found: list[Token], mentions: list[_Mention]) -> bool:
    """Whether one number goes before what was done: "8, closed the Acme deal", "4. Win: finished the deck"."""
    if any(mention.by != "number" for mention in mentions):
        return False
    bare = [token.word for token in found if token.word[0].isalnum()]
    if not bare or not bare[0][0].isdigit() or len(mentions) > 1:
        return False
    done = words.load(_FILE)["reports done"]
    return any(word in done for word in bare[1:]) or (not mentions and bare[0] != "0")


def _word(found: list[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""
