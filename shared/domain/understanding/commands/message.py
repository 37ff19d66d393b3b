"""A text as its commands are looked for: cut into sentences, without the greeting and the farewell around it."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.reply import Command, Context
from shared.domain.understanding.text.phrases import phrases
from shared.domain.understanding.times import places, when
from shared.domain.understanding.times.when import Token

SHORT = 8  # words of a message whose lines are read as one
_MOST_SENTENCES = 80
_LONGEST_SENTENCE = 120  # tokens; what is longer is no command
_ENDS = frozenset(".!?;")
# Patterns that few texts need are compiled when one does, by `re`, which keeps them.
_TIED = r"(?i)(?:[,;:(-]|\s-)?(?:\s*\b(?:and|but|so|also|n|&|btw|plus|then|pls|please|ps))?[\s,;:(-]*$"
_SCORE = (
    r"(?i)\s*\d{1,2}(?:[.,]5)?\s*(?:/\s*10)?"
    r"(?:(?:\s\w+)?\s*[,:-]\s|\s(?=(?:btw|and|n|also|but|plus|pls|please|can|could|would|ps)\b|&))"
)
_A_SCORE = r"\d{1,2}(?:[.,]5)?(?:\s?/\s?10)?(?:\s(?:today|tonight))?"
_LEADING_SCORE = rf"(?i)\s*{_A_SCORE}\s?[.,!;\n-]"
_CLOSING_SCORE = rf"(?i)[.,!?;\n-]\s{{0,3}}{_A_SCORE}[\s.!]{{0,9}}$"


class Found(NamedTuple):
    """A command, and the text without the clause that gave it: still to be read, "" for one that stands alone."""

    command: Command
    rest: str


class Sentence(NamedTuple):
    tokens: list[Token]
    start: int
    end: int
    question: bool


@cache
def listed(section: str) -> frozenset[str]:
    """A list of `words/commands.txt`, its phrases as tokens are written: without apostrophes."""
    phrases = words.listed("commands", section)
    written = "\n".join(phrases)
    return frozenset(written.replace("'", "").split("\n")) if "'" in written else phrases


def is_word(token: Token) -> bool:
    return token.word[0].isalnum()


def is_tight(found: list[Token], i: int) -> bool:
    """Whether a mark stands within a word or a number: "check-in", "8:30", "3/5"."""
    if not 0 < i < len(found) - 1 or found[i].word in ",()":
        return False
    return found[i - 1].end == found[i].start and found[i].end == found[i + 1].start


class Message:
    """A text with what its reading needs more than once."""

    def __init__(self, text: str, context: Context, now: datetime) -> None:
        self.text, self.context, self.now = text, context, now
        self.tokens = when.tokens(text)
        self.said = [token for token in self.tokens if token.word[0].isalnum()]
        self.names = frozenset([token.word for token in self.tokens])
        self.numbers = any(map(str.isdecimal, self.names))
        # A few words are one sentence, on however many lines.
        sentences = islice(_sentences(text, self.tokens, len(self.said) > SHORT), _MOST_SENTENCES)
        self.sentences = [s for s in sentences if len(s.tokens) <= _LONGEST_SENTENCE]

    @cached_property
    def country(self) -> str | None:
        return places.country_of(self.now)

    @cached_property
    def dayfirst(self) -> bool:
        return places.is_dayfirst(self.now)

    def without(self, *stretches: tuple[int, int]) -> str:
        """The text without stretches of it, and without the marks and conjunctions that tied them on."""
        text = self.text
        for start, end in sorted(stretches, reverse=True):
            before, after = re.sub(_TIED, "", text[:start].rstrip()), text[end:].lstrip(" ,;:.!?)-\n")
            tie = "" if not before or not after else " " if before[-1] in ".!?" else ". "
            text = before + tie + after
        return text

    def behind_score(self, start: int) -> int:
        """Where a sentence goes on behind the score that leads it: "7, call me Jo"."""
        match = re.compile(_SCORE).match(self.text, start)
        return match.end() if match else start

    def sentence_at(self, at: int) -> Sentence | None:
        return next((s for s in self.sentences if s.start <= at < s.end), None)

    @cached_property
    def body(self) -> tuple[int, int] | None:
        """Where what is said begins and ends, without the greeting before it and the farewell behind it.

        >>> from datetime import UTC
        >>> text = "Hello. Stop it. Thank you, Mrs P. Walsh"
        >>> start, end = Message(text, Context(), datetime(2026, 3, 3, tzinfo=UTC)).body
        >>> text[start:end]
        'Stop it'
        """
        first, last = 0, len(self.sentences)
        while first < last - 1 and _all_listed(self.sentences[first], "greeting"):
            first += 1
        while last - 1 > first and self._is_farewell(last - 1, first):
            last -= 1
        said = [t for s in self.sentences[first:last] for t in s.tokens if is_word(t)]
        while len(said) > 1 and said[0].word in listed("openers"):
            said = said[1:]
        return (said[0].start, said[-1].end) if said else None

    @cached_property
    def beside_score(self) -> tuple[int, int] | None:
        """Where what is said begins and ends beside a score that leads the text or ends it; None where none does.

        >>> from datetime import UTC
        >>> text = "6. My streak please"
        >>> start, end = Message(text, Context(), datetime(2026, 3, 3, tzinfo=UTC)).beside_score
        >>> text[start:end]
        'My streak please'
        """
        if not self.numbers:
            return None
        leading, closing = re.match(_LEADING_SCORE, self.text), re.search(_CLOSING_SCORE, self.text)
        start, end = leading.end() if leading else 0, closing.start() if closing else len(self.text)
        said = [token for token in self.said if start <= token.start and token.end <= end]
        return (said[0].start, said[-1].end) if said and len(said) < len(self.said) else None

    @cached_property
    def plea(self) -> str:
        """The words of the text without a greeting before them and courtesies behind: "stop" of "Hey, stop please"."""
        polite, first, last = phrases("commands", "courtesies"), 0, len(self.said)
        while (length := polite.at(self.said, first)) and first + length < last:
            first += length
        while (length := polite.before(self.said, last)) and last - length > first:
            last -= length
        return " ".join([token.word for token in self.said[first:last]])

    def _is_farewell(self, i: int, first: int) -> bool:
        """ "Thank you", "Best, Carol", and a name behind such: "Mrs P. Walsh"."""
        names = [t for t in self.sentences[i].tokens if is_word(t)]
        if _all_listed(self.sentences[i], "farewell"):
            return True
        leads = names[0].word in listed("farewell")
        follows = i - 1 > first and self._is_farewell(i - 1, first)
        capitals = len(names) <= 6 and all(self.text[t.start].isupper() or t.word in listed("farewell") for t in names)
        return capitals and (leads or follows)


def _all_listed(sentence: Sentence, section: str) -> bool:
    return all(not is_word(t) or t.word in listed(section) for t in sentence.tokens)


def _sentences(text: str, found: list[Token], lines: bool) -> Iterator[Sentence]:
    first, said = 0, False
    lines = lines and "\n" in text
    for i, token in enumerate(found):
        said = said or token.word[0].isalnum()
        ends = token.word in _ENDS
        if not ends and not lines and i + 1 < len(found):
            continue
        following = found[i + 1] if i + 1 < len(found) else None
        if ends and following:
            tight = following.start == token.end and token.word == "." and is_word(following)
            short = token.word == "." and i > first and found[i - 1].word in listed("abbreviations")
            ends = not tight and not short
        if (ends and said) or not following or (said and lines and "\n" in text[token.end : following.start]):
            yield Sentence(found[first : i + 1], found[first].start, token.end, token.word == "?")
            first, said = i + 1, False
