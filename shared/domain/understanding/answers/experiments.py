"""Reads what is said of an experiment: when to look back at it, and then whether to keep, change or drop it."""

from datetime import date, datetime

from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.text.amounts import tokens
from shared.domain.understanding.text.phrases import phrases
from shared.domain.understanding.times import places, when
from shared.domain.understanding.words import load

_FILE = "experiments"
_LONGEST = 300  # characters that are looked at


def read_day(text: str, local: datetime) -> date | None:
    """The day that an answer names, or so long from now.

    >>> monday = datetime.fromisoformat("2026-03-02T12:00:00-05:00")
    >>> for said in ("the 20th", "3 weeks", "give me a couple of months", "end of April please", "4/15", "soon"):
    ...     print(read_day(said, monday))
    2026-03-20
    2026-03-23
    2026-05-02
    2026-04-30
    2026-04-15
    None
    """
    text, dayfirst = normalise(text[:_LONGEST]), places.is_dayfirst(local)
    lengths = load(_FILE)["so long"]
    found = when.tokens(text)
    # A bare length counts from now: "3 weeks" is "in 3 weeks". A bare date is one by which: "4/15".
    begins = [token.start for token in found] if any(token.word in lengths for token in found) else []
    asked = [text, *(f"in {text[start:]}" for start in begins), f"by {text}"]
    days = (when.find_date(said, local.date(), dayfirst) for said in asked)
    return next((found.day for found in days if found), None)


def read_review(text: str, local: datetime) -> date | None:
    """The day until which an experiment is said to go: "freelance until the end of April".

    >>> monday = datetime.fromisoformat("2026-03-02T12:00:00-05:00")
    >>> print(read_review("ask HR about a move by June", monday), read_review("shadow Ana on Friday", monday))
    2026-06-30 None
    """
    period = when.find_period(normalise(text[:_LONGEST]), local.date(), places.is_dayfirst(local))
    return when.deadline(period) if period and period.relation in ("by", "until", "before") else None


def read_outcome(text: str) -> str | None:
    """ "keep", "change" or "drop", as the first words that tell it say; None where none do.

    >>> [read_outcome(said) for said in ("Keep it, loved it", "change - only sundays", "nah, let it go", "7, ok day")]
    ['keep', 'change', 'drop', None]
    >>> read_outcome("didn't work for me"), read_outcome("it's not working well"), read_outcome("don't drop it")
    ('drop', None, None)
    """
    found = tokens(normalise(text[:_LONGEST]))
    for at in range(len(found)):
        for outcome in ("drop", "change", "keep"):
            turned = at > 0 and found[at - 1].word in load(_FILE)["not"]
            if phrases(_FILE, outcome).at(found, at) and not turned:
                return outcome
    return None
