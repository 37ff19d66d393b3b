"""Reads how a day was from a score in the text, whatever words stand around it."""

import re

_WORDS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
}
_NUMBER = rf"(?:\d{{1,2}}(?:\.\d)?|{'|'.join(_WORDS)})"
# What makes a number a count, a clock time or a date and no score: "3 meetings", "at 9pm", "chapter 4", "3/5".
_COUNTED = r"(?!\s?(?:[ap]\.?m\b|hrs?\b|hours?\b|mins?\b|minutes?\b|days?\b|weeks?\b|times\b|o'?clock\b|:\d|/\d|%|-))"
_OUT_OF = re.compile(rf"\b({_NUMBER})\s?(?:/|out of)\s?(?:10|ten)\b", re.IGNORECASE)
_CALLED = re.compile(
    rf"\b(?:mood|score|about|around|maybe|probably|like|solid|say|it'?s|was|a|an|today)[:,]?\s+(?:an?\s+)?({_NUMBER})"
    rf"(?=\s*(?:[.,;!?\n]|$|(?:today|tonight|again|overall|for|but|and|because|cos|so|tbh)\b))",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^\W*({_NUMBER})\b{_COUNTED}(?=\s*(?:[.,;:!?\n]|-\s|$|\W|(?!\w*s\b)\w))", re.IGNORECASE)
_ALONE = re.compile(rf"(?:^|[.,;!?\n])\s*({_NUMBER})\s*(?=[.,;!?\n]|$)", re.IGNORECASE)


def read_score(text: str) -> float | None:
    """The score that a normalised text gives its day: 1 to 10, to the nearest half; None where it gives none.

    >>> read_score("a solid seven. Win: finished module 3")
    7.0
    >>> read_score("11/10!!")
    10.0
    >>> read_score("had 3 meetings") is None
    True
    """
    for pattern in (_OUT_OF, _LEADING, _CALLED, _ALONE):
        if found := pattern.search(text):
            word = found[1].lower()
            number = _WORDS[word] if word in _WORDS else float(word)
            return min(10.0, max(1.0, round(number * 2) / 2))
    return None
