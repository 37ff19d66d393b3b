"""The words that say how a day was, from `words/mood.txt` and `words/emoji.txt`, looked up in a text."""

import re
from functools import cache

from shared.domain.understanding import words
from shared.domain.understanding.report.numbers import tokens
from shared.domain.understanding.report.scores import Token

_LONGEST = 8  # words in a phrase
_LETTERS = re.compile(r"(.)\1{2,}")


# The lists of adjectives, with the band that they say and their kind.
_ADJECTIVES = (
    ("bad", "low", "day"),
    ("middling", "mid", "day"),
    ("good", "high", "day"),
    ("sad", "low", "feeling"),
    ("unsure", "mid", "feeling"),
    ("happy", "high", "feeling"),
)


# ---- Vocabulary


@cache
def listed(section: str) -> frozenset[str]:
    return frozenset(_key(phrase) for phrase in words.listed("mood", section))


def _key(phrase: str) -> str:
    plain = phrase.replace("'", "")
    return plain if plain.replace(" ", "").isalpha() else " ".join(token.word for token in tokens(phrase))


@cache
def emoji_of(section: str) -> frozenset[str]:
    return frozenset(words.load("emoji")[section])


@cache
def entries() -> dict[str, dict[str, str]]:
    """The phrases that say a mood: of each kind that it may be, the band.

    A kind is "idiom" (it stands for itself), "day" (an adjective of a day), "feeling" or "either".
    """
    found: dict[str, dict[str, str]] = {}
    opening = listed("open idioms")
    for band in ("low", "mid", "high"):
        for phrase in listed(f"{band} idioms"):
            first, _, rest = phrase.partition(" ")
            found.setdefault(phrase, {})["idiom" if rest and first not in opening else "either"] = band
    for phrase in listed("no mood"):
        found.setdefault(phrase, {})
    for section, band, kind in _ADJECTIVES:
        for phrase in listed(section):
            found.setdefault(phrase, {})[kind] = band
    return found


@cache
def _starts() -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in [*entries(), *listed("same"), *listed("cheers"), *listed("not told")]:
        first, length = phrase.partition(" ")[0], phrase.count(" ") + 1
        longest[first] = max(longest.get(first, 0), min(length, _LONGEST))
    return longest


@cache
def first_words(section: str) -> frozenset[str]:
    """What the phrases of a list begin with: without any of these a text has none of them."""
    return frozenset(phrase.partition(" ")[0] for phrase in listed(section))


def plain_tokens(found: list[Token]) -> list[Token]:
    """Words without the letters that are drawn out: "sooo goooood"."""
    drawn_out = _LETTERS.search(" ".join([token.word for token in found]))
    return list(map(_plain, found)) if drawn_out else found


def _plain(token: Token) -> Token:
    word = token.word
    if len(word) < 3 or not _LETTERS.search(word) or word in _starts():
        return token
    for times in (r"\1\1", r"\1"):
        if (short := _LETTERS.sub(times, word)) in _starts() or short in listed("plain"):
            return token._replace(word=short)
    return token._replace(word=_LETTERS.sub(r"\1", word))


def phrase_at(found: list[Token], at: int, known: frozenset[str] | dict[str, dict[str, str]]) -> int:
    """How many tokens the longest known phrase has that begins at a token."""
    longest = _starts().get(found[at].word, 0)
    for length in range(min(longest, len(found) - at) if longest else 0, 0, -1):
        if " ".join([token.word for token in found[at : at + length]]) in known:
            return length
    return 0


def is_plain(word: str) -> bool:
    return word in listed("plain") or word in listed("negators") or not word[:1].isalnum() or word in known_adjectives()


@cache
def known_adjectives() -> frozenset[str]:
    singles = [listed(section) for section in ("good", "bad", "middling", "happy", "sad", "unsure", "contrast")]
    return frozenset().union(*singles)
