"""Hears a question to the service about itself: what it costs, who reads along, whether it is a person.

A sentence is one only as a whole, but for what leads up to it and what trails off ("hey, just wondering, is this free
btw?"), so that "is this free time thing a win?" asks about no cost. The phrases are in `words/questions.txt`.
"""

import re
from collections.abc import Sequence
from functools import cache

from shared.domain.understanding import words
from shared.domain.understanding.learned.features import tokens
from shared.domain.understanding.normalise import normalise

_ENDS = frozenset((*".!?;", "<line>"))
_SHORT = 16  # words and marks: in so few something may be asked without a question mark
_LONGEST_ASKED = 40  # words and marks
_NOT_ASKED = frozenset(("apart", "before", "behind"))


@cache
def _names() -> tuple[str, ...]:
    return tuple(name for name in words.load("questions") if name not in _NOT_ASKED and name[0] != "<")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """What a sentence is that asks this, behind what leads up to it."""
    return re.compile(rf"(?:{_any_of(name)})(?:{_any_of('behind')})*")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of('before')})*")


@cache
def _aside() -> re.Pattern[str]:
    """What a sentence is that says nothing beside a question: "hey there", "just curious"."""
    return re.compile(rf"(?:{_any_of('before')}|{_any_of('behind')})*")


def _any_of(section: str) -> str:
    return "|".join(sorted(map(_phrase, words.load("questions")[section]), key=lambda part: (-len(part), part)))


def _phrase(line: str) -> str:
    """A line as a pattern, in which each word is followed by a blank."""
    return "".join(map(_word, line.split()))


def _word(written: str) -> str:
    """One of several words, or of a list's phrases; with a "?" behind it may be left out."""
    ways = (
        _any_of(way) if way[0] == "<" else f"{re.escape(way.replace('_', ' '))} "
        for way in written.rstrip("?").split("/")
    )
    return f"(?:{'|'.join(ways)}){'?' if written.endswith('?') else ''}"


@cache
def _openings(section: str) -> frozenset[str]:
    """The words that phrases of a section begin with: few sentences begin so, and patterns would be slow to tell."""
    found: set[str] = set()
    for line in words.load("questions")[section]:
        for written in line.split():
            for way in written.rstrip("?").split("/"):
                found |= _openings(way) if way[0] == "<" else {way.partition("_")[0]}
            if not written.endswith("?"):
                break
    return frozenset(found)


@cache
def _asking() -> frozenset[str]:
    return frozenset().union(*map(_openings, _names()))


def read_question(said: Sequence[str]) -> str | None:
    """What a text asks about the service, the first of several; None where it asks nothing of the kind.

    `said` are its words and marks, as `features.tokens` cuts them.

    >>> def read(text: str) -> str | None:
    ...     return read_question([token.word for token in tokens(text)])
    >>> read("7. is this free btw?"), read("who's reading this"), read("are you a bot, or a real person?")
    ('cost', 'privacy', 'human')
    >>> read("is this free time thing a win?"), read("my boss asked who reads this stuff")
    (None, None)
    """
    if (len(said) > _SHORT and "?" not in said) or _asking().isdisjoint(said):
        return None
    return next((name for sentence in _sentences(said) for name in _asked_in(sentence)[0]), None)


def only_asks(text: str) -> bool:
    """Whether a text says nothing beside questions to the service.

    >>> only_asks("Hey! Quick question: is this free?"), only_asks("7, is this free?"), only_asks("hey")
    (True, False, False)
    """
    heard = [_asked_in(sentence) for sentence in _sentences([token.word for token in tokens(normalise(text))])]
    return any(asked for asked, _ in heard) and all(_aside().fullmatch(_joined(rest)) for _, rest in heard)


def _sentences(said: Sequence[str]) -> list[Sequence[str]]:
    ends = [at for at, word in enumerate(said) if word in _ENDS]
    parts = (said[start:end] for start, end in zip([0, *(at + 1 for at in ends)], [*ends, len(said)], strict=True))
    return list(filter(None, parts))


def _asked_in(said: Sequence[str]) -> tuple[list[str], Sequence[str]]:
    """The questions that a sentence ends in, and what stands before them.

    One begins with the sentence, or behind a mark or a word that sets it apart: "7, is this free and who sees it".
    """
    apart = words.load("questions")["apart"]
    starts = [0, *(at + 1 for at, word in enumerate(said[:-1]) if not word[0].isalnum() or word in apart)]
    starts = [at for at in starts if said[at] in _asking() or said[at] in _openings("before")]
    found: list[str] = []
    end = len(said)
    while asked := next(((at, name) for at in starts if at < end and (name := _named(said[at:end]))), None):
        found.insert(0, asked[1])
        end = max(asked[0] - 1, 0)
    return found, said[:end]


def _named(said: Sequence[str]) -> str | None:
    """The question that a stretch of a text is; None where it is none."""
    if len(said) > _LONGEST_ASKED:
        return None
    joined = _joined(said)
    asked = joined[led.end() :] if (led := _leading().match(joined)) else joined
    first = asked.partition(" ")[0]
    return next((name for name in _names() if first in _openings(name) and _pattern(name).fullmatch(asked)), None)


def _joined(said: Sequence[str]) -> str:
    """The words as patterns read them, without the marks between them."""
    return "".join(f"{word} " for word in said if word[0].isalnum())
