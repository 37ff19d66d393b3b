"""Reads the name, the place and the score that a command is known to give, wherever they stand in its text."""

import re
from bisect import bisect_left
from typing import NamedTuple

from shared.domain.understanding.commands.message import Message, listed
from shared.domain.understanding.report.scores import numbers_said
from shared.domain.understanding.times import places

_SENTENCE_ENDS = frozenset(".!?;")
_NO_NAMES = frozenset("its im thats ill id ive youre dont cant".split())
_CLITICS = ("'ll", "'s", "'d", "'ve", "'re")


# "call me Sam"


class _Named(NamedTuple):
    name: str
    first: int
    end: int


# "Beta, call me when you reach the station" asks for no name.
_CALL_BACK = r"(?i)\bcall me (?:when|once|if|as soon as|back|later|asap|after|before)\b"


def read_name(message: Message) -> dict[str, str] | None:
    """The name that is wanted: what a cue leads to or follows; never the one that is refused, where another is named.

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str) -> object:
    ...     found = read_name(Message(text, Context(), datetime(2026, 3, 3, 19, 42, tzinfo=UTC)))
    ...     return found and found["name"]
    >>> read("everybody calls me Shan, use that"), read("quit callin me Robert its Bobby")
    ('Shan', 'Bobby')
    >>> read("You have me down as Keeva. It's Caoimhe"), read("I'd rather be Mrs. Boudreaux to you")
    ('Caoimhe', 'Mrs. Boudreaux')
    >>> read("Senga'll do fine"), read("drop the Michael, the yard says Big Mike")
    ('Senga', 'Big Mike')
    >>> read("can u call me jen"), read("no one calls me William, Will is fine")
    ('Jen', 'Will')
    """
    if re.search(_CALL_BACK, message.text):
        return None
    named = _names(message)
    since = dict(zip(named, [0, *(each.end for each in named)], strict=False))
    best = max(named, key=lambda each: (_wanted(message, each, since[each]), each.first > 0), default=None)
    name = best.name if best else _small_name(message)
    return {"name": name} if name else None


def _small_name(message: Message) -> str | None:
    """A name without a capital, behind "call me" and the like."""
    said = [token.word for token in message.said]
    for i in range(2, len(said)):
        led = f"{said[i - 2]} {said[i - 1]}" in _LEADING or said[i - 1] in ("names", "nickname")
        if led and said[i].isalpha() and said[i] not in listed("not names"):
            return said[i].title()
    return None


_LEADING = frozenset(("call me", "calls me", "name is", "name to", "go by", "goes by", "known as", "called me"))


def _names(message: Message) -> list[_Named]:
    """The runs of capitalised words that can be a name: "Big Mike", "Mrs. Boudreaux"."""
    found, text = message.tokens, message.text
    result: list[_Named] = []
    i = 0
    while i < len(found):
        end = i
        while end < len(found) and end - i < 4 and _is_of_a_name(message, end, i):
            end += 1
        if end > i and found[end - 1].word == ".":
            end -= 1
        if end > i and not (end == i + 1 and found[i].word in listed("titles")):
            written = text[found[i].start : found[end - 1].end]
            clitic = next((ending for ending in _CLITICS if written.lower().endswith(ending)), "")
            result.append(_Named(written.removesuffix(clitic) if clitic else written, i, end))
        i = max(end, i + 1)
    return result


def _is_of_a_name(message: Message, at: int, first: int) -> bool:
    token = message.tokens[at]
    written = message.text[token.start : token.end]
    if token.word == ".":
        return at > first and message.tokens[at - 1].word in listed("titles")
    if not written[0].isupper() or (token.word in listed("not names") and token.word not in listed("titles")):
        return False
    mark = message.tokens[at - 1].word if at else "."
    opens = mark in _SENTENCE_ENDS and not (at > 1 and mark == "." and message.tokens[at - 2].word in listed("titles"))
    common = token.word in listed("before a name") | listed("refusing a name") or token.word in listed("common")
    return len(token.word) > 1 and token.word not in _NO_NAMES and not (at == first and opens and common)


def _wanted(message: Message, named: _Named, since: int) -> int:
    """How much speaks for a name: "its", "call me" before it, "will do" behind it; "not", "instead of" against."""
    found = message.tokens
    before = [token.word for token in found[max(since, named.first - 8) : named.first]]
    behind = [token.word for token in found[named.end : named.end + 4]]
    for k in range(len(before) - 1, -1, -1):
        if before[k] in _SENTENCE_ENDS or (before[k] == "," and k < len(before) - 1):
            before = before[k + 1 :]
            break
    points = 0
    if set(before[-2:]) & listed("leading to a name"):
        points += 2
    if behind and (behind[0] in listed("behind a wanted name") or found[named.end - 1].word.endswith("ll")):
        points += 2
    if set(before) & listed("refusing a name"):
        points -= 5
    if before[-2:] == ["down", "as"] or before[-1:] == ["was"] or behind[:1] == ["was"]:
        points -= 4
    return points


# "I moved to Denver"


class _Place(NamedTuple):
    name: str
    first: int
    end: int
    zone: str


def read_zone(message: Message) -> dict[str, str] | None:
    """The place that is named: where somebody lives now rather than what they left, the last of several.

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str) -> object:
    ...     found = read_zone(Message(text, Context(), datetime(2026, 3, 3, 19, 42, tzinfo=UTC)))
    ...     return found and found["timezone"]
    >>> read("From this week I live in Lisbon"), read("timezone lisbon"), read("moved to Spain, Valencia to be exact")
    ('Europe/Lisbon', 'Europe/Lisbon', 'Europe/Madrid')
    >>> read("landed in Melbourne but you're still on NZ time"), read("Portland, Maine now"), read("Paris, TX")
    ('Australia/Melbourne', 'America/New_York', 'America/Chicago')
    >>> read("GMT+3"), read("in newcastle nsw now")
    ('Etc/GMT-3', 'Australia/Sydney')
    """
    if re.search(places.IANA, message.text) or re.search(places.OFFSET, message.text):
        written = places.zone(message.text, message.country)
        return {"timezone": written} if written else None
    named = _within(message, _places(message))
    ranked = [(_lives_there(message, place), place.first, place.zone) for place in named]
    return {"timezone": max(ranked)[2]} if ranked else None


def _places(message: Message) -> list[_Place]:
    """The places of a text, each by its longest name, none inside another."""
    found, i = message.said, 0
    result: list[_Place] = []
    while i < len(found):
        end = i + 1
        for length in range(min(4, len(found) - i), 0, -1):
            name = places.plain(" ".join(token.word for token in found[i : i + length]))
            beside = bool(result) and result[-1].end == i and len(name) == 3
            if (length > 1 or _is_place(message, i) or beside) and (zone := places.lookup(name, message.country)):
                result.append(_Place(name, i, i + length, zone))
                end = i + length
                break
        i = end
    return result


def _is_place(message: Message, i: int) -> bool:
    """Whether one word can be a place: written large, or behind a word that leads to one."""
    token, before = message.said[i], message.said[i - 1].word if i else ""
    written = message.text[token.start : token.end]
    if token.word in places.FILLERS:
        return False
    if len(token.word) < 4 and (token.word in listed("zone abbreviations") or written.isupper()):
        return written.isupper() or (before in listed("zone words") and len(token.word) > 2)
    small = token.word in listed("not places") or len(token.word) < 4
    return written[0].isupper() or (not small and before in listed("leading to a place"))


def _within(message: Message, named: list[_Place]) -> list[_Place]:
    """Of a place and its state or country beside it the place, as it is there: "Paris, TX", "Spain, Valencia"."""
    result: list[_Place] = []
    for place in named:
        last = result[-1] if result else None
        between = [token.word for token in message.said[last.end : place.first]] if last else []
        if last and between in ([], ["in"]):
            for inner, outer in ((last, place), (place, last)):
                if zone := _zone_in(inner, outer):
                    result[-1] = _Place(inner.name, last.first, place.end, zone)
                    break
            else:
                result.append(place)
            continue
        result.append(place)
    return result


def _zone_in(inner: _Place, outer: _Place) -> str | None:
    """The zone of a place in a state or a country; None where there is no such place."""
    lands = {country for country, _, _ in places.table().get(outer.name, ())}
    zones = [zone for country, zone, _ in places.table().get(inner.name, ()) if country in lands]
    if outer.zone in zones:
        return outer.zone
    return zones[0] if zones else None


def _lives_there(message: Message, place: _Place) -> int:
    words = [token.word for token in message.said]
    before, behind = words[max(0, place.first - 3) : place.first], words[place.end : place.end + 2]
    points = 0
    if before[-1:] and before[-1] in ("in", "to", "at", "into", "near", "outside", "on", "now"):
        points += 1
    if set(words[max(0, place.first - 7) : place.first]) & (listed("moved") | listed("zone words")):
        points += 2
    if "now" in behind or (behind[:1] == ["time"]):
        points += 1
    around = {*words[max(0, place.first - 5) : place.end + 2]}
    if {"from", "left", "than", "not", "of"} & {*before[-2:]} or {"still", "anymore"} & around:
        points -= 4
    return points


# "I put 4 and wanted to say 6"


def read_score(message: Message) -> dict[str, float] | None:
    """The score that is meant: led to by "meant", "to", "should be"; never what stands behind "not" or "instead of".

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str) -> object:
    ...     found = read_score(Message(text, Context(), datetime(2026, 3, 3, 19, 42, tzinfo=UTC)))
    ...     return found and found["mood"]
    >>> read("I put 4 and I wanted to say 6"), read("not 1, 10!!"), read("naw I meant a six on that one")
    (6.0, 10.0, 6.0)
    >>> read("It's a 8 that I wished for, not the 5"), read("please write seven in place of four")
    (8.0, 7.0)
    >>> read("change yesterday's 4 to a 6"), read("it was a seven, I typed 1")
    (6.0, 7.0)
    """
    if changed := _CHANGED.search(message.text):
        return {"mood": numbers[-1].value} if (numbers := numbers_said(changed[1])) else None
    found = message.tokens
    starts = [token.start for token in found]
    best: tuple[int, float] | None = None
    # "A 6 instead of the 9" counts no insteads.
    for said in numbers_said(message.text.replace(" instead", ";instead")):
        i = min(bisect_left(starts, said.start), len(found) - 1)
        points = _meant([token.word for token in found[max(0, i - 4) : i]], found[i].word)
        if best is None or points >= best[0]:
            best = points, said.value
    return {"mood": best[1]} if best else None


_CHANGED = re.compile(
    r"\b(?:change|from|move|bump|switch|turn|edit|update|correct)\b[^.!?\n]{0,40}?\d{1,2} (?:to|into)"
    r" ((?:an? )?\d{1,2}(?:[.,]5)?)(?!\d)",
    re.IGNORECASE,
)


def _meant(before: list[str], word: str) -> int:
    if before[-1:] == ["the"] and not word.isdecimal():
        return -1  # "the zero escaped"
    while before and before[-1] in ("a", "an", "the", "like", "about", "my", "solid", '"', "'"):
        before = before[:-1]
    last, two = before[-1] if before else "", before[-2:]
    if word == "one" and last in ("that", "this", "which", "last", "first", "no", "wrong"):
        return -6
    if last in listed("instead of a score") or two in (["place", "of"], ["instead", "of"], ["stead", "of"]):
        return -4
    if last == "be" and before[-2:-1] in (["no"], ["not"], ["nae"]):
        return -4
    if last in ("at", "by", "put", "sent", "typed", "wrote", "hit", "pressed", "said", "gave"):
        return 2 if "meant" in before or "to" in before else -2
    return 2 if last in listed("leading to a score") or "meant" in two else 0
