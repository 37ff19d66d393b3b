"""Knows what is no win in whatever words it is told: a plan, a mishap, what a child or a sister did."""

import re

from shared.domain.understanding.report.win_words import vocabulary

_OF_ME = frozenset("i me my us our".split())


def is_no_win(phrase: str) -> bool:
    """Whether a phrase that sounds like a win is none of the member's.

    >>> is_no_win("I'll apply tomorrow"), is_no_win("did it again"), is_no_win("my lad passed his theory test")
    (True, True, True)
    >>> is_no_win("did the tax return"), is_no_win("Got the job"), is_no_win("my son showed me how to bank online")
    (False, False, False)
    """
    lists, said = vocabulary(), re.findall(r"[^\W_]+", phrase.lower().replace("'", ""))
    if " ".join(said[:1]) in lists["plans"] or " ".join(said[:2]) in lists["plans"]:
        return True
    if " ".join(said) in lists["done before"]:
        return True
    if said[:1] == ["got"] and not lists["bad objects"].isdisjoint(said[1:2]):
        return True
    # "My lad passed his theory test", but not "my son showed me how", which helped the member.
    family = said[:1] in (["my"], ["our"]) and not lists["family"].isdisjoint(said[1:2])
    return family and len(said) > 2 and _OF_ME.isdisjoint(said[1:])
