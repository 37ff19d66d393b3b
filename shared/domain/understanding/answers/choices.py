"""Reads a choice among a few things that were offered by number: "2", "the first one", "stability", "yes please"."""

from collections.abc import Sequence

from shared.domain.understanding import words
from shared.domain.understanding.answers.open_questions import says_yes
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.text.amounts import tokens
from shared.domain.understanding.text.phrases import phrases

_FILE = "choices"
_LONGEST = 9  # words; who says more says something else
_STEM = 4  # the letters that "stable" has in common with "stability"


def read_choice(text: str, options: Sequence[str]) -> int | None:
    """Which of the options, six at most, a short text chooses, counted from 0; None where it is none, or several.

    A number must stand with nothing but its option's words; a word that only one option has is enough.

    >>> options = ["creativity", "a stable income"]
    >>> [read_choice(text, options) for text in ("2!", "the first one", "creative work, always", "1 creativity")]
    [1, 0, 0, 0]
    >>> [read_choice(text, options) for text in ("2 meetings today", "1 or 2", "7", "1 income", "7. income came")]
    [None, None, None, None, None]
    """
    said = [token.word for token in tokens(normalise(text)) if token.word[0].isalnum()]
    listed = words.load(_FILE)
    numbers = [listed[str(n + 1)] for n in range(len(options))]
    known = frozenset[str]().union(*numbers, *map(_words, options))
    if not said or len(said) > _LONGEST or any(word[0].isdigit() and word not in known for word in said):
        return None
    named, numbered = _named(said, options), _numbered(said, options, numbers)
    chosen = numbered or named
    if len(chosen) != 1 or not named <= chosen:
        return None
    which = next(iter(chosen))
    plain = listed["around"] | numbers[which] | _words(options[which])
    return which if not numbered or plain.issuperset(said) else None


def _named(said: list[str], options: Sequence[str]) -> set[int]:
    """The options that the text has a word of which no other has, or else the beginning of one: "creative"."""
    small = words.load(_FILE)["small"]
    for letters in (None, _STEM):
        ours = [{word[:letters] for word in _words(option) - small} for option in options]
        own = [mine.difference(*(other for other in ours if other is not mine)) for mine in ours]
        if named := {n for n, mine in enumerate(own) if mine.intersection(word[:letters] for word in said)}:
            return named
    return set()


def _numbered(said: list[str], options: Sequence[str], numbers: Sequence[frozenset[str]]) -> set[int]:
    """The options that the text gives the number of."""
    listed = words.load(_FILE)
    if listed["around"].issuperset(said) and not listed["one"].isdisjoint(said):
        return {0}
    free = set(said).difference(*map(_words, options))
    return {n for n, names in enumerate(numbers) if not names.isdisjoint(free)}


def _words(option: str) -> set[str]:
    return {token.word for token in tokens(option) if token.word[0].isalnum()}


def read_named(text: str, sections: Sequence[str]) -> int | None:
    """As `read_choice`, where the options are called by the words of these sections of the list.

    >>> steps = ["audit", "goals", "upskill", "network", "risks", "wellbeing"]
    >>> [read_named(text, steps) for text in ("Step 3 please", "mental health", "1 or 2", "slept 6 hours")]
    [2, 5, None, None]
    """
    listed = words.load(_FILE)
    return read_choice(text, [" ".join(sorted(listed[section])) for section in sections])


def agrees(text: str) -> bool | None:
    """Whether a text says yes or no to a suggestion; None where it says neither.

    >>> agrees("Yes please!"), agrees("nah, another"), agrees("7, shipped it"), agrees("vale")
    (True, False, None, True)
    """
    return says_yes(normalise(text))


def begins(text: str, section: str) -> bool:
    """Whether a text begins with a phrase of a section.

    >>> begins("Done! Wrote to Ana", "done"), begins("I am done for", "done")
    (True, False)
    """
    return phrases(_FILE, section).at(tokens(normalise(text)), 0) > 0


def says_done(text: str) -> bool:
    """Whether a text is nothing but that something has been done.

    >>> says_done("Done!"), says_done("ok, did it"), says_done("done in by the meeting")
    (True, True, False)
    """
    said = [token for token in tokens(normalise(text)) if token.word[0].isalnum()]
    at, done, around = 0, phrases(_FILE, "done"), phrases(_FILE, "around")
    while length := done.at(said, at) or around.at(said, at):
        at += length
    return at == len(said) and done.within(said)


def says_not_me(text: str) -> bool:
    """Whether somebody says that a text was meant for another.

    >>> says_not_me("Sorry, wrong number"), says_not_me("I don't know any Ana"), says_not_me("what number is this?")
    (True, True, False)
    """
    return phrases(_FILE, "not me").within(tokens(normalise(text)))


def is_undecided(text: str) -> bool:
    """Whether a short text takes no side.

    >>> is_undecided("can't choose, both"), is_undecided("both feet hurt after the long shift at the shop today")
    (True, False)
    """
    found = tokens(normalise(text))
    return len(found) <= _LONGEST and phrases(_FILE, "undecided").within(found)


def slows(text: str) -> bool | None:
    """Whether a text wants fewer messages, or them as they are; None where it says neither.

    >>> slows("less is good"), slows("leave it as it is pls"), slows("yes please"), slows("6. less stress")
    (True, False, True, None)
    """
    found = tokens(normalise(text))
    if len(found) <= _LONGEST and not any(token.word[0].isdigit() for token in found):
        for section, wanted in (("stay", False), ("less", True)):
            if phrases(_FILE, section).within(found):
                return wanted
    return agrees(text)
