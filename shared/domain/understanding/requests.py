"""Reads what the service's own words ask for: "STEP 3", "NEXT", "drop goal 2", "remove buddy", "español".

They are few, offered in the texts, and taken only as a whole message, so that no report is mistaken for one. The
phrases are in `words/requests.txt`, where `<n>` stands for a number and `<rest>` for whatever follows.
"""

import re
from functools import cache
from typing import Any

from shared.domain.understanding import words
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Command

_LONGEST = 300  # characters; what is longer is no request
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6} | {
    "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


@cache
def _patterns() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The phrases as patterns, by their first word. The longer of two is tried first."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, phrases in words.load("requests").items():
        for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
            parts = [_part(word) for word in phrase.split()]
            pattern = re.compile(r"\W*" + r"[\W_]+".join(parts) + r"\W*", re.IGNORECASE | re.DOTALL)
            found.setdefault(_WORD.findall(phrase)[0], []).append((name, pattern))
    return found


def _part(word: str) -> str:
    if word == "<n>":
        return rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})"
    # "Take me off my list" is for whoever hears a STOP.
    return r"(?P<rest>(?!me\b)\S.*?)" if word == "<rest>" else re.escape(word)


def read_request(text: str) -> Command | None:
    """The request that a text is, with its number and the rest as it was written; None where it is none.

    >>> read_request("Step 3!"), read_request("drop goal two")
    (Command(name='step', args={'n': 3}), Command(name='drop_goal', args={'n': 2}))
    >>> read_request("change goal 1 to 8 jobs by June").args
    {'n': 1, 'text': '8 jobs by June'}
    >>> read_request("next week I only rest") is None
    True
    """
    said = normalise(text[:_LONGEST]) if len(text) <= _LONGEST else ""
    first = _WORD.search(said.lower())
    for name, pattern in _patterns().get(first[0], ()) if first else ():
        if match := pattern.fullmatch(said):
            return Command(name.partition(" ")[0], _args(name, match.groupdict()))
    return None


def _args(name: str, groups: dict[str, str]) -> dict[str, Any]:
    """The arguments that a phrase holds; what stands behind a section's name is one of them: "language es"."""
    args: dict[str, Any] = {}
    command, _, fixed = name.partition(" ")
    if fixed:
        args[command] = fixed
    if "n" in groups:
        n = groups["n"].lower()
        args["n"] = _NUMBERS.get(n) or int(n)
    if "rest" in groups:
        args["text"] = groups["rest"]
    return args
