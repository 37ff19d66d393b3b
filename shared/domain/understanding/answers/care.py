"""Reads what the member says of themselves where a coach could help, and which boundaries around work they kept.

The phrases, and what may stand before them, are in `words/care.txt`. What others feel or did, and what is denied,
is not taken.
"""

from collections.abc import Iterator
from datetime import time

from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.text.amounts import Token, tokens
from shared.domain.understanding.text.phrases import phrases
from shared.domain.understanding.times import when
from shared.domain.understanding.words import load

_FILE = "care"
_MARKS = frozenset(".,;:!?()-\"'*")
_NEAR = 3  # words before a phrase among which a "not" turns it round
_NOON, _USUAL = time(12), time(18)
_LONGEST = 200  # characters in which an hour is looked for


def feels(text: str) -> str | None:
    """ "fraud" where the member doubts that they deserve their place, "stuck" where they cannot decide, or None.

    >>> feels("5. I still feel like a fraud in every meeting"), feels("I'm stuck and can't decide")
    ('fraud', 'stuck')
    >>> feels("I don't feel like a fraud any more"), feels("Priya feels like a fraud"), feels("stuck in traffic")
    (None, None, None)
    """
    found = tokens(normalise(text))
    return next((feeling for feeling in ("fraud", "stuck") if any(_own(found, feeling))), None)


def tells_of_a_blow(text: str) -> bool:
    """Whether something befell the member that calls for a word of sympathy: a death, a loss, harm.

    >>> [tells_of_a_blow(said) for said in ("my dad died this morning", "miscarriage. not up to this", "got laid off")]
    [True, True, True]
    >>> [tells_of_a_blow(said) for said in ("my phone died", "Priya got laid off", "I died laughing. 8")]
    [False, False, False]
    """
    return any(_own(tokens(normalise(text)), "blow"))


def keeps_boundary(text: str, until: time) -> bool:
    """Whether the member says that they kept one; a time they left at counts from noon up to `until`.

    >>> keeps_boundary("7. left on time for once", time(18)), keeps_boundary("logged off at 6, win", time(18))
    (True, True)
    >>> keeps_boundary("logged off at 9pm ugh", time(18)), keeps_boundary("my boss said no to the course", time(18))
    (False, False)
    """
    text = normalise(text)
    found = tokens(text)
    if any(_own(found, "boundary")):
        return True
    times = (_clock(text[found[end].start :]) for end in _own(found, "boundary at") if end < len(found))
    return any(at and _NOON <= at <= until for at in times)


def has_no_idea(text: str) -> bool:
    """Whether an answer says that there is none, or asks for examples: "idk", "like what?"."""
    return _is(text, "no idea", rest=1) or _is(text, "no time", rest=8)


def is_done(text: str) -> bool | None:
    """What a short text says to "are you out of work": yes or no; None where it says neither."""
    return False if _is(text, "not done", rest=4) else True if _is(text, "done", rest=4) else None


def wants_none(text: str) -> bool:
    """Whether a short answer says that no hour can or shall be named."""
    return _is(text, "no hour", rest=4)


def hour_named(text: str) -> time | None:
    """The hour of the end of a workday that an answer names.

    >>> [f"{hour_named(said):%H:%M}" for said in ("18:00", "half five", "5ish please", "let's say 7", "10pm usually")]
    ['18:00', '17:30', '17:00', '19:00', '22:00']
    >>> hour_named("rough day, 4"), hour_named("7. shipped it"), hour_named("no")
    (None, None, None)
    """
    text = normalise(text)[:_LONGEST]
    around, leads = load(_FILE)["around an hour"], load(_FILE)["before an hour"]
    for token in reversed(when.tokens(text)):
        if token.word in around:
            text = f"{text[: token.start].rstrip()} {text[token.end :].lstrip()}".strip()
    tails = (text[token.end :] for token in when.tokens(text) if token.word in leads)
    read = (when.clock(said, f"{_USUAL:%H:%M}") for said in (text, *tails))
    return next((time.fromisoformat(hour) for hour in read if hour), None)


def _is(text: str, section: str, rest: int) -> bool:
    """Whether a text is a phrase of a list, with at most `rest` words behind it."""
    said = [token for token in tokens(normalise(text)) if token.word not in _MARKS]
    length = phrases(_FILE, section).at(said, 0)
    return length > 0 and len(said) - length <= rest


def _own(found: list[Token], section: str) -> Iterator[int]:
    """The tokens behind the phrases of a list that are the member's own."""
    listed = phrases(_FILE, section)
    for at in range(len(found)):
        if (length := listed.at(found, at)) and _is_own(found, at, at + length):
            yield at + length


def _is_own(found: list[Token], at: int, end: int) -> bool:
    lists = load(_FILE)
    if any(token.word in lists["member"] for token in found[at:end]):
        return not any(token.word in lists["not"] for token in found[max(0, at - _NEAR) : at])
    while at and found[at - 1].word in lists["between"]:
        at -= 1
    if at == 0 or found[at - 1].word in lists["member"]:
        return True
    if found[at - 1].word in lists["joins"]:
        return not any(token.word in lists["others"] for token in found[:at])
    return not found[at - 1].word.isalpha()  # a mark, or a score


def _clock(text: str) -> time | None:
    """The time that a text begins with; an hour that may be two is the one near to the end of a workday."""
    read = when.read_clock(when.tokens(text[:40]), 0)
    return time.fromisoformat(when.hhmm(read.nearest(when.minute_of(f"{_USUAL:%H:%M}")))) if read else None
