"""Reads how a day was from a score in the text, whatever words stand around it."""

import re

_WORDS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())}
_DIGITS = r"\d{1,2}(?:[.,]\d)?(?![.,]?\d)"
_NUMBER = rf"(?:{_DIGITS}|(?:{'|'.join(_WORDS)})\b)"
_ENDS = r"(?=\s*(?:[.,;:!?\n](?!\d)|-\s|$|(?:today|tonight|again|overall|for|but|and|because|cos|so|tbh)\b))"
# What makes a number at the beginning a count, a clock time or a date and no score: "3 meetings", "9pm", "3/5".
_COUNTED = (
    r"(?:\s?(?:[ap]\.?m|hrs?|hours?|mins?|minutes?|days?|weeks?|times|people|km|k|o'?clock)\b|\s?[:/]\d|\s?%|-\w"
    r"|\s+(?!(?:was|this|has|yes|its|his|lots|always)\b)\w+[^\Ws]s\b)"
)
_OUT_OF = re.compile(rf"\b({_NUMBER})\s?(?:/|out of)\s?(?:10|ten)\b")
_LEADING = re.compile(rf"^\W*({_DIGITS})\b(?!{_COUNTED})")
# A number in words needs an end: "one of those days" and "two new clients" are none.
_CALLED = re.compile(
    r"(?:^\W*|\b(?:mood|score|about|around|maybe|probably|like|solid|say|it'?s|was|a|an|today)(?:[:,]\s*|\s+)(?:an?\s+)?)"
    rf"({_NUMBER}){_ENDS}"
)
_ALONE = re.compile(rf"(?:[.,](?!\d)|(?<!\d)[.,]|[;!?\n])\s*({_NUMBER})\s*(?=[.,;!?\n]|$)")


def read_score(text: str) -> float | None:
    """The score that a normalised text gives its day: 1 to 10, to the nearest half; None where it gives none.

    >>> read_score("a solid seven. Win: finished module 3")
    7.0
    >>> read_score("11/10!!")
    10.0
    >>> read_score("had 3 meetings") is None
    True
    """
    text = text.lower()
    for pattern in (_OUT_OF, _LEADING, _CALLED, _ALONE):
        if found := pattern.search(text):
            word = found[1]
            number = _WORDS[word] if word in _WORDS else float(word.replace(",", "."))
            return min(10.0, max(1.0, round(number * 2) / 2))
    return None
