"""What a goal is about, and how people speak of its steps: the verbs, the nouns and the stems of both."""

import itertools
from functools import cache, lru_cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.reply import Goal
from shared.domain.understanding.text.amounts import tokens
from shared.domain.understanding.text.phrases import Phrases, of

FILE = "goals"
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "e", "y")
_Words = frozenset[str]


class Kind(NamedTuple):
    """A goal, and how people speak of its steps: the verbs of doing one, and the nouns that are counted."""

    goal: Goal
    first: str  # the word that its text begins with
    verbs: frozenset[str]
    nouns: Phrases
    money: bool
    distinct: frozenset[str]  # verbs that say the noun too: "applied to 2 more"
    content: frozenset[str]  # stems of what the goal is about


# What a goal is about


@cache
def _groups(prefix: str) -> dict[str, frozenset[str]]:
    lists = words.load(FILE)
    return {name: listed for name, listed in lists.items() if name.startswith(prefix)}


def kind_of(goal: Goal) -> Kind:
    return Kind(goal, *_about(goal.text, (goal.unit or "").lower(), goal.target is not None))


@lru_cache(maxsize=256)
def _about(text: str, unit: str, counted: bool) -> tuple[str, _Words, Phrases, bool, _Words, _Words]:
    """All of a kind but its goal, which has it at hand the next time."""
    said = tokens(text)
    about = {token.word for token in said} | {token.word for token in tokens(unit)}
    verbs = set(words.load(FILE)["any step"])
    first = said[0].word if said else ""
    nouns = _counted_nouns(text, unit) if unit else set()
    distinct: set[str] = set()
    money = False
    stem = stem_of(first)
    for listed in _groups("verbs ").values():
        if first in listed:
            verbs |= listed
    for name, listed in _groups("nouns ").items():
        family = name.removeprefix("nouns ")
        if unit in listed or (not unit and about & listed):
            nouns |= listed
            verbs |= words.load(FILE).get(f"steps {family}", frozenset())
            distinct |= words.load(FILE).get(f"says {family}", frozenset())
            verbs |= distinct
    if unit in words.load(FILE)["currencies"] | words.load(FILE)["rupees"] or first in words.load(FILE)["saving"]:
        money = counted and first not in words.load(FILE)["verbs lose"]
    if money:
        verbs |= words.load(FILE)["saving"]
    if first and first not in words.load(FILE)["no verb"]:
        verbs |= {first, f"{stem}ing", *past_forms(first)}
    content = frozenset(
        stem_of(token.word)
        for token in said
        if token.word[0].isalpha() and token.word != first and token.word not in words.load(FILE)["slight"]
    )
    return (first, frozenset(verbs), of(nouns), money, frozenset(distinct), content)


def _counted_nouns(text: str, unit: str) -> set[str]:
    """What members may call a unit: "mocks" for "mock papers", and "customers" for the calls to "25 old customers".

    >>> sorted(_counted_nouns("Call 25 old customers", "calls"))
    ['call', 'calls', 'customer', 'customers']
    """
    first, *more = unit.split(" ")
    named = {unit, (more or [first])[-1]}
    if more and not any(unit in listed for listed in _groups("nouns ").values()):  # not "coffees" for coffee chats
        named.add(f"{first.removesuffix('s')}s")
    said = [token.word for token in tokens(text)]
    number = next((at for at, word in enumerate(said) if word[0].isdecimal()), len(said))
    behind = itertools.takewhile(lambda word: word.isalpha() and word not in _ENDS, said[number + 1 : number + 4])
    head = [word for word in behind if word.endswith("s")][-1:]
    return {form for word in (*named, *head) for form in (word, _singular(word))}


_ENDS = frozenset("of to for in on at with from by a the my and or".split())


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def stem_of(word: str) -> str:
    """A word without its ending, so that "applications" and "applied" are near "apply".

    >>> stem_of("registered") == stem_of("register"), stem_of("modules") == stem_of("module"), stem_of("reading")
    (True, True, 'read')
    """
    word = words_alike().get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@cache
def words_alike() -> dict[str, str]:
    """Irregular forms by what they are forms of."""
    pairs = (line.split(" ") for line in words.load(FILE)["forms"])
    return {form: base for base, *forms in pairs for form in forms}


@lru_cache(maxsize=256)
def past_forms(verb: str) -> frozenset[str]:
    forms = {form for form, base in words_alike().items() if base == verb}
    stem = stem_of(verb)
    forms |= {f"{verb}ed", f"{verb}d" if verb.endswith("e") else f"{verb}{verb[-1:]}ed", f"{stem}ied", f"{stem}ed"}
    if verb in words.load(FILE)["having"]:
        forms |= words.load(FILE)["have it"]
    return frozenset(forms)
