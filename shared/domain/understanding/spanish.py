"""Puts what is known of a Spanish text into English, so that the rules that read English read it too.

This is no translation: the phrases of `words/spanish.txt` are replaced, the longest first, and all else stays as it
was written. That is enough for numbers, times, days, commands and calls for help. What a member tells in words of
their own, such as a win, is read from the text itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple, overload

from shared.domain.understanding import words
from shared.domain.understanding.reply import Command
from shared.domain.understanding.report.scores import Said, numbers_said
from shared.domain.understanding.text.cut import Token

_WORD = re.compile(r"[^\W\d_]+")
# What only Spanish texts need is compiled when one does, by `re`, which keeps it.
_CUT = r"\S+[@/]\S*[^\W\d]\S*|\d+(?:[.,:]\d+)*|[^\W\d_]+|[¿¡]"
_PARTS = r"[^\w\s]|\n"  # what may stand between two clauses
_APART = str.maketrans(dict.fromkeys("/|?_'-.,!", " "))  # what parts the words of a phrase as it is written
_BETWEEN = r"[\s,]*"  # what may stand between the words of a phrase
_PLACES = {"numbers": "<n>", "days": "<day>", "months": "<month>"}
_PLACE = re.compile(r"<n>|<day>|<month>")
_SHORT = 6  # words: so few that all are known are Spanish, though none tells it by itself: "era un 7"
_NOT_PHRASES = frozenset(("telling", "not telling", "other languages"))
# What these replace is read in English alone: the rules' own Spanish phrases know no idioms, and nothing of a past.
_GRAVE = frozenset(("calls for help", "spared"))
_IN_OWN_WORDS = frozenset(("new_goal", "values", "dealbreakers"))
_ALONE = "standing alone"
_Phrase = tuple[tuple[str, ...], str, str]  # its words, what it is in English, the section it is of


class _Piece(NamedTuple):
    """A stretch of the English wording, and the stretch of the text that it stands for."""

    start: int
    end: int
    own_start: int
    own_end: int


class Wording(NamedTuple):
    """A Spanish text in English as far as it is known; and as it was, without what is grave or sounds so."""

    text: str
    rest: str
    own: str
    pieces: tuple[_Piece, ...]

    def own_span(self, start: int, end: int) -> tuple[int, int]:
        """Where what stands in the wording from `start` to `end` stands in the text."""
        first = last = None
        for piece in self.pieces:
            if piece.start <= start < piece.end:
                same = piece.end - piece.start == piece.own_end - piece.own_start and self._kept(piece)
                first = piece.own_start + (start - piece.start if same else 0)
            if piece.start < end <= piece.end:
                same = piece.end - piece.start == piece.own_end - piece.own_start and self._kept(piece)
                last = piece.own_start + end - piece.start if same else piece.own_end
        return first or 0, len(self.own) if last is None else last

    def _kept(self, piece: _Piece) -> bool:
        return self.text[piece.start : piece.end] == self.own[piece.own_start : piece.own_end]

    def own_words(self, phrase: str) -> str:
        """A phrase of the wording as the member wrote it; as it is, where it does not stand in the wording.

        >>> wording = reworded("terminar tres cursos para fines de mayo")
        >>> wording.own_words("3 cursos") if wording else None
        'tres cursos'
        """
        at = self.text.find(phrase)
        if at < 0 or not phrase:
            return phrase
        start, end = self.own_span(at, at + len(phrase))
        return self.own[start:end].strip()


def _folded(text: str) -> str:
    """In lower case and without accents, each mark where it was.

    >>> _folded("Mañana ¿SÍ?")
    'manana ¿si?'
    """
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFD", mark)[0].lower()[:1] or mark for mark in text)


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(_folded, lines)) for name, lines in words.load("spanish").items()}


@cache
def _telling() -> frozenset[str]:
    """Words that tell that a text is in Spanish: those of the phrases, but for what is a word elsewhere too."""
    listed = _lists()
    return (_known() | set(listed["telling"])) - set(listed["not telling"])


@cache
def _known() -> frozenset[str]:
    """All words of the phrases."""
    phrases = (line.partition("=")[0] for name, lines in _lists().items() if name not in _NOT_PHRASES for line in lines)
    return frozenset(_PLACE.sub("", " ".join(phrases)).translate(_APART).split())


@cache
def _elsewhere() -> frozenset[str]:
    return frozenset(_lists()["other languages"])


def _spread(left: str) -> Iterator[tuple[str, ...]]:
    """A phrase once for each way to say it; a "_" joins the words of one alternative.

    >>> list(_spread("ya? no quiero/kiero mas"))[:2]
    [('ya', 'no', 'quiero', 'mas'), ('ya', 'no', 'kiero', 'mas')]
    """
    for written in left.split("|"):
        choices = [
            (*word.rstrip("?").split("/"), "") if word.endswith("?") else tuple(word.split("/"))
            for word in written.split()
        ]
        for way in product(*choices):
            yield tuple(" ".join(way).replace("_", " ").split())


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """The phrases by their first words, the longest first."""
    found: dict[str, list[_Phrase]] = {}
    for name, lines in _lists().items():
        if name in _NOT_PHRASES:
            continue
        for line in lines:
            left, _, right = line.partition("=")
            for way in _spread(left):
                found.setdefault(way[0], []).append((way, right.strip(), name))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase))
    return found


@cache
def _classes() -> dict[str, tuple[str, str]]:
    """Of a number, day or month its place in a phrase, and what it is in English."""
    listed = _lists()
    return {
        way[0]: (place, right.strip())
        for name, place in _PLACES.items()
        for left, _, right in (line.partition("=") for line in listed[name])
        for way in _spread(left)
    }


def is_spanish(text: str) -> bool:
    """Whether more in a normalised text tells of Spanish than of another language.

    >>> is_spanish("mis logros"), is_spanish("had a siesta and then tacos con la familia, 7")
    (True, False)
    """
    if "¿" in text or "¡" in text:
        return True
    said = _WORD.findall(_folded(text))
    telling = _telling().intersection(said)
    if telling:
        return len(telling) > len(_elsewhere().intersection(said))
    return 2 <= len(said) <= _SHORT and _known().issuperset(said) and _elsewhere().isdisjoint(said)


def _tokens(text: str) -> list[Token]:
    return [Token(match[0], match.start(), match.end()) for match in re.finditer(_CUT, _folded(text))]


def _ahead(text: str, found: list[Token], at: int) -> tuple[int, str, bool]:
    """How many words the longest phrase has that begins at one, what it is in English, and whether it is grave."""
    classes = _classes()
    word = found[at].word
    place = "<n>" if word[0].isdecimal() else classes[word][0] if word in classes else ""
    best: tuple[int, str, bool] = (0, "", False)
    for key in (word, place):
        for parts, english, section in _phrases().get(key, ()):
            if len(parts) <= best[0]:
                break
            if section == _ALONE and not _is_clause(text, found, at, at + len(parts)):
                continue
            if (filled := _filled(text, found, at, parts)) is not None:
                best = (len(parts), _PLACE.sub(lambda _, left=filled: left.pop(0), english), section in _GRAVE)  # type: ignore[misc]
                break
    return best


def _is_clause(text: str, found: list[Token], at: int, end: int) -> bool:
    """Whether nothing but marks and line breaks parts what stands there from what is said around it."""
    if end > len(found):
        return False
    before = text[found[at - 1].end : found[at].start] if at and found[at - 1].word not in "¿¡" else "."
    behind = text[found[end - 1].end : found[end].start] if end < len(found) else "."
    return bool(re.search(_PARTS, before) and re.search(_PARTS, behind))


def _filled(text: str, found: list[Token], at: int, parts: tuple[str, ...]) -> list[str] | None:
    """What stands at the places of a phrase, where the phrase stands in the text."""
    if at + len(parts) > len(found):
        return None
    filled = []
    for token, part in zip(found[at : at + len(parts)], parts, strict=True):
        if part[0] == "<":
            digits = token.word[0].isdecimal() and part == "<n>"
            place, english = ("<n>", token.word) if digits else _classes().get(token.word, ("", ""))
            if place != part:
                return None
            filled.append(english)
        elif token.word != part:
            return None
    for one, other in zip(found[at : at + len(parts) - 1], found[at + 1 : at + len(parts)], strict=True):
        if not re.compile(_BETWEEN).fullmatch(text, one.end, other.start):
            return None
    return filled


@lru_cache(maxsize=4)
def reworded(text: str) -> Wording | None:
    """A normalised Spanish text in English, as far as it is known; None where it is in another language.

    >>> reworded("Pregúntame en dos horas").text, reworded("a solid 7")
    ('ask me in 2 hours', None)
    """
    if not is_spanish(text):
        return None
    found = _tokens(text)
    out, rest, pieces = "", "", list[_Piece]()
    done = at = 0
    while at < len(found):
        many, english, grave = (1, "", False) if found[at].word in "¿¡" else _ahead(text, found, at)
        if many:
            start, end = found[at].start, found[at + many - 1].end
            for new, own_start, own_end in ((text[done:start], done, start), (english, start, end)):
                pieces.append(_Piece(len(out), len(out) + len(new), own_start, own_end))
                out += new
            rest += text[done:start] + (" . " if grave else text[start:end])
            done = end
        at += many or 1
    pieces.append(_Piece(len(out), len(out) + len(text) - done, done, len(text)))
    return Wording(out + text[done:], rest + text[done:], text, tuple(pieces))


@lru_cache(maxsize=4)
def numbers_in(text: str) -> tuple[Said, ...]:
    """Every number of a text that can be a score, in its order, in whichever language."""
    wording = reworded(text)
    if wording is None:
        return tuple(numbers_said(text))
    numbers = []
    for said in numbers_said(wording.text):
        start, end = wording.own_span(said.start, said.end)
        found = [token for token in _tokens(text[start:end]) if token.word[0].isdecimal() or token.word in _classes()]
        numbers.append(Said(said.value, start + (found[0].start if found else 0), end))
    return tuple(numbers)


@overload
def in_own_words(command: Command, wording: Wording | None) -> Command: ...
@overload
def in_own_words(command: Command | None, wording: Wording | None) -> Command | None: ...
def in_own_words(command: Command | None, wording: Wording | None) -> Command | None:
    """A command that was read from a wording, with what a goal or a list says as the member wrote it."""
    if command is None or wording is None or command.name not in _IN_OWN_WORDS:
        return command
    args = dict(command.args)
    for key in ("text", "unit"):
        if args.get(key):
            args[key] = wording.own_words(args[key])
    if "items" in args:
        args["items"] = [wording.own_words(item) for item in args["items"]]
    return Command(command.name, args)
