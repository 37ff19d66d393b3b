"""What a member named again and again, though never twice in the same words. Pure."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pydantic import Field

from shared.domain.models import Frozen
from shared.domain.understanding import words

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s")  # of words that are the same but for them
_SHORTEST = 4  # letters of what is left without one


class Theme(Frozen):
    """Something that came up on `days`: in the member's words, or the word that those have in common."""

    text: str = Field(repr=False)
    days: tuple[date, ...]


class _Named(NamedTuple):
    day: date
    text: str
    stems: dict[str, None]


def themes(named: Iterable[tuple[date, str]]) -> tuple[Theme, ...]:
    """What phrases, each with its day, are about: what came up on most days first, then what came up first.

    Phrases are taken together by the word that comes up on most days, endings aside: nobody names a thing twice in
    the same words.

    >>> day = [date(2026, 10, n) for n in range(1, 6)]
    >>> said = [(day[0], "mentoring Priya"), (day[1], "Mentoring the interns"), (day[2], "the budget")]
    >>> [(theme.text, len(theme.days)) for theme in themes(said)]
    [('mentoring', 2), ('the budget', 1)]
    """
    left = [_Named(day, said, stems(said)) for day, text in named if (said := " ".join(text.split()))]
    found: list[Theme] = []
    while left:
        stem = _commonest(left)
        about = [each for each in left if stem in each.stems] if stem else left[:1]
        found.append(Theme(text=_name(about, stem), days=tuple(sorted({each.day for each in about}))))
        left = [each for each in left if stem not in each.stems] if stem else left[1:]
    return tuple(sorted(found, key=lambda theme: -len(theme.days)))


def _commonest(named: list[_Named]) -> str | None:
    """The word of most days, the first of several; None where none is of two."""
    days = defaultdict[str, set[date]](set)
    for each in named:
        for stem in each.stems:
            days[stem].add(each.day)
    commonest = max(days, key=lambda stem: len(days[stem]), default=None)
    return commonest if commonest and len(days[commonest]) > 1 else None


def _name(about: list[_Named], stem: str | None) -> str:
    """The phrase, where all are the same; else the word that they share, as it was mostly written."""
    if stem is None or len({each.text.casefold() for each in about}) == 1:
        return about[0].text
    forms: list[str] = [form for each in about for form in _WORD.findall(each.text) if _stem(form) == stem]
    return Counter(form.lower() for form in forms).most_common(1)[0][0]


def stems(text: str) -> dict[str, None]:
    """What the words of a phrase are without their endings, in order."""
    plain = words.load("themes")["plain"]
    return dict.fromkeys(_stem(form) for form in _WORD.findall(text) if form.lower() not in plain and len(form) > 1)


def _stem(word: str) -> str:
    """
    >>> _stem("Mentoring"), _stem("meetings"), _stem("reuniones"), _stem("reunión"), _stem("bus")
    ('mentor', 'meet', 'reunion', 'reunion', 'bus')
    """
    parts = unicodedata.normalize("NFKD", word.casefold().removesuffix("'s").removesuffix("’s"))
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    longest = len(plain) - _SHORTEST
    return next((plain.removesuffix(end) for end in _ENDINGS if plain.endswith(end) and len(end) <= longest), plain)
