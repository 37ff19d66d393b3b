"""Cuts an answer that lists things into its pieces, each without what leads to it or only explains it."""

from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.amounts import Token, tokens
from shared.domain.understanding.text.phrases import Phrases, phrases

FILE = "open_questions"
_MONEY = frozenset("%$£€₹₦₱")


class Piece(NamedTuple):
    """A stretch between two joins: what was left of it, the frame it stood in ("its the"), and its sentence."""

    text: str
    frame: str
    sentence: int
    clause: bool
    finite: bool
    more: bool = False  # whether its sentence begins with "and"


def pieces_of(sentence: str, number: int, complaints: bool, colons: int = 4) -> list[Piece]:
    """The pieces of a sentence; of what stands before a colon only where nothing does behind it."""
    before, colon, after = sentence.partition(":")
    if colons and colon and after.strip() and not (before[-1:].isdigit() and after[:1].isdigit()):
        rest = pieces_of(after, number, complaints, colons - 1)
        kept = [piece for piece in rest if not piece.clause]
        return kept or pieces_of(before, number, complaints, 0) or rest
    pieces = _Pieces(sentence, number, complaints)
    chunks = _split(tokens(sentence))
    for at, (chunk, mark) in enumerate(chunks):
        if not (at and at == len(chunks) - 1 and _signs(sentence, chunks[at - 1][0], chunk)):
            pieces.take(chunk, mark, named=len(chunks) > 2 and [token.word for token in chunk] == ["boss"])
    return pieces.found


class _Pieces:
    """The pieces of one sentence so far, and whether its last chunk was only an explanation."""

    def __init__(self, sentence: str, number: int, complaints: bool) -> None:
        self.sentence, self.number, self.complaints = sentence, number, complaints
        self.found: list[Piece] = []
        self.explained = False

    def take(self, chunk: list[Token], mark: str, *, named: bool) -> None:
        """Adds what a chunk names, which stands behind a mark; `named` where it is no filler, though it looks so."""
        conceded = phrases(FILE, "conceded").within(chunk)
        if conceded or _is_aside(chunk, bool(self.found or self.number)):
            if self.found and self.found[-1].finite and conceded:
                self.found.pop()  # "the canteen is bad but with this I can live"
            return
        start, end = _bounds(chunk)
        frame = " ".join(token.word for token in chunk[:start])
        empty = start >= end or is_empty(chunk[start:end]) or is_empty([t for t in chunk if _is_said(t)])
        if empty and not named:
            self.explained = self.explained and mark == "and"
        elif not (mark == "," and self._tells_of_it(frame)) and not self._explains(chunk, mark):
            self._add(chunk, mark, frame, *((0, 1) if named else (start, end)))

    def _tells_of_it(self, frame: str) -> bool:
        """ "The on call has to stop, it's meant to be one in four"."""
        tells = frame.split(" ")[0] in _TELLING_OF_IT
        return bool(self.found) and tells and self.found[-1].frame.split(" ")[0] not in _TELLING_OF_IT

    def _explains(self, chunk: list[Token], mark: str) -> bool:
        if not phrases(FILE, "subordinators").at(chunk, _first_word(chunk)) and not (self.explained and mark == "and"):
            return False
        self.explained = True
        return not (self.complaints and chunk[0].word == "when" and not self.found)

    def _add(self, chunk: list[Token], mark: str, frame: str, start: int, end: int) -> None:
        subordinate = phrases(FILE, "subordinators")
        cut = next((at for at in range(start + 1, end) if subordinate.at(chunk, at) and _explains(chunk, at)), end)
        self.explained = cut < end
        last = chunk[cut - 1].end
        if (behind := _behind_that(chunk, start)) > start:
            said = is_closed(self.sentence[chunk[behind].start : last])
            self.found.append(Piece(said, frame, self.number, False, False))
            return
        finite = _is_finite(chunk[start:cut])
        clause = _is_clause(chunk, start, finite)
        if chunk[start].word in ("those", "these", "this") and not clause and start + 1 < cut:
            start += 1
        if self.found and mark == "," and _is_the_contrary(chunk, start):
            whole = self.sentence[max(0, self.sentence.find(self.found[-1].text)) : last]
            self.found[-1] = self.found[-1]._replace(text=is_closed(whole))  # "contract on paper, not only promise"
            return
        if finite and self.found and mark == "," and not self.found[-1].finite and not _is_said_more(chunk):
            return
        said = is_closed(_said_once(self.sentence[chunk[start].start : last]))
        self.found.append(Piece(said, frame, self.number, clause, finite, mark == "and" and not self.found))


def _bounds(chunk: list[Token]) -> tuple[int, int]:
    """Where what a chunk names begins and ends, behind all that leads to it."""
    start, end = stripped(chunk)
    if chunk[start : start + 1] and chunk[start].word in _OPENING:
        inner = phrases(FILE, "inner lead")
        behind = next((at + inner.at(chunk, at) for at in range(start, end) if inner.at(chunk, at)), 0)
        if behind:
            first, last = stripped(chunk[behind:])
            return first + behind, last + behind
    return start, end


_TELLING_OF_IT = frozenset(("its", "thats", "theyre"))


def _signs(sentence: str, before: list[Token], chunk: list[Token]) -> bool:
    """ "Ta, Bev"."""
    name = len(chunk) == 1 and sentence[chunk[0].start].isupper()
    return name and before[-1].word in ("ta", "thanks", "cheers", "thx", "regards", "love", "you")


def _is_the_contrary(chunk: list[Token], start: int) -> bool:
    """ "Passport with me, not with company"; "not getting yelled at" is an item of its own."""
    after = chunk[start + 1].word if start + 1 < len(chunk) else ""
    return not start and chunk[0].word == "not" and after in _CONTRARY


_CONTRARY = frozenset("with only on in at for by from a the just after before when under".split())


def _is_aside(chunk: list[Token], later: bool) -> bool:
    """Whether a chunk is about the list or the item before it: "no offence", "two hours each way", "third time now"."""
    first = _first_word(chunk)
    aside = phrases(FILE, "asides").at(chunk, first)
    if aside and aside >= phrases(FILE, "lead").at(chunk, first):
        return True
    said = [token.word for token in chunk[first : first + 3]]
    how_long = bool(said[1:2]) and (said[0].isdigit() or said[0] in _COUNTED) and said[1] in _TIMES
    again = said[1:2] == ["time"] and said[0] in ("first", "second", "third", "fourth", "fifth")
    return later and (how_long or again)


_COUNTED = frozenset(
    "one two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty sixty ninety".split()
)
_TIMES = frozenset("hours hrs minutes mins days weeks months years times".split())


def _is_clause(chunk: list[Token], start: int, finite: bool) -> bool:
    """Whether a chunk is a sentence about something; "those 20 minute shifts" and "nobody at my elbow" are none."""
    if not phrases(FILE, "clause starts").at(chunk, start):
        return False
    if chunk[start].word in ("those", "these", "this"):
        return finite
    if chunk[start].word in ("nobody", "someone", "somebody", "everyone", "everybody"):
        return _is_finite(chunk[start : start + 3]) or (start + 1 < len(chunk) and chunk[start + 1].word.endswith("s"))
    return True


_WHO = frozenset("they he she i im ive id were we my the our nobody you people everyone your a customers".split())


def _behind_that(chunk: list[Token], start: int) -> int:
    """Where an item begins that is a clause: "that they pay me all my hours"; `start` where it is none."""
    that = next(
        (at for at in range(start, max(-1, start - 3), -1) if chunk[at : at + 1] and chunk[at].word == "that"), -1
    )
    if that < 0 or any(_is_said(token) and token.word != "and" for token in chunk[:that]) or len(chunk) - that < 4:
        return start
    if chunk[that + 1].word not in _WHO:
        return start
    return max(start, that + 1 + (chunk[that + 1].word in ("they", "he", "she", "the", "a")), that + 1)


def _said_once(piece: str) -> str:
    """
    >>> _said_once("pay pay pay"), _said_once("fly in fly out")
    ('pay', 'fly in fly out')
    """
    said = piece.split()
    return said[0] if len(said) > 1 and len({word.lower().strip(".,!") for word in said}) == 1 else piece


def _explains(chunk: list[Token], at: int) -> bool:
    """Whether a conjunction inside a chunk explains it: "pay because rent is high"; "since" and "as" need a subject."""
    return chunk[at].word not in ("when", "while", "as", "even", "cause", "which", "whenever", "if") or chunk[
        at
    ].word in ("if", "even")


def _split(found: list[Token]) -> list[tuple[list[Token], str]]:
    """The chunks between commas and words that join, each with what stood before it. A pair stays one."""
    joins, pairs = phrases(FILE, "list joins"), phrases(FILE, "pairs")
    chunks: list[tuple[list[Token], str]] = []
    chunk: list[Token] = []
    mark = ""
    slashes = sum(token.word == "/" for token in found)
    commas = any(token.word == "," for token in found)
    # With "a, b, and c" an "and" without a comma is inside its item: "honesty and candour from managers".
    oxford = sum(token.word == "," for token in found) > 1 and any(
        a.word == "," and b.word in ("and", "&") for a, b in pairwise(found)
    )
    at = 0
    while at < len(found):
        if length := pairs.at(found, at):
            chunk += found[at : at + length]
            at += length
            continue
        word = found[at].word
        length = joins.at(found, at)
        if word == "also" and at and found[at - 1].word in ("is", "are", "was"):
            length = 0
        spaced = word != "/" or slashes > 1 or (at and found[at - 1].end < found[at].start)
        picture = not word.isascii() and not word[0].isalnum() and word not in "£€₹₦₱"
        one = not length and word != "," and not (word == "/" and spaced) and not picture
        if one and _begins_another(found, at, chunk, commas):
            chunks.append((chunk, mark))
            chunk, mark = [found[at]], "and"
            at += 1
            continue
        inside = oxford and word in ("and", "&") and length == 1 and at and found[at - 1].word != ","
        if one or inside or _holds_together(found, at, length, chunk, commas):
            chunk.append(found[at])
            at += 1
            continue
        chunks.append((chunk, mark))
        joined_more = joins.at(found, at + 1) if word == "," else 0
        mark = "," if word == "," or picture else "and"
        chunk, at = [], at + (length or 1) + joined_more
    chunks.append((chunk, mark))
    return [(chunk, mark) for chunk, mark in chunks if chunk]


def _begins_another(found: list[Token], at: int, chunk: list[Token], commas: bool) -> bool:
    """Whether an item begins without any mark before it, as in speech: "the pay the hours and the parking"."""
    word = found[at].word
    if commas or word not in ("the", "my") or len(chunk) not in (2, 3) or chunk[0].word != word:
        return False
    if chunk[-1].word in words.load(FILE)["no end of an item"]:
        return False
    ahead = [token.word for token in found[at + 1 : at + 5]]
    return len(ahead) <= 3 or any(next_word in ("the", "my", "and", "&", "n") for next_word in ahead[1:])


def _holds_together(found: list[Token], at: int, length: int, chunk: list[Token], commas: bool) -> bool:
    """Whether an "and" stays inside its item: "time with my wife and kids", "a manager who listens and helps"."""
    if not length or found[at].word not in ("and", "&", "n") or length > 1:
        return False
    before = [token.word for token in chunk]
    after = found[at + 1].word if at + 1 < len(found) else ""
    if "between" in before and before[-1] != "between" and "and" not in before[before.index("between") :] and after:
        return True
    own = len(before) >= 3 and before[-2] in ("my", "our", "your") and before[-3] in _PREPOSITIONS
    last = at + 2 >= len(found) or not found[at + 2].word[0].isalnum()
    if own and last and not commas:
        return True
    relative = any(word in ("who", "that", "which") for word in before[1:])
    bound = after in words.load(FILE)["verbs behind and"] or (after.endswith("s") and before[-1:] != [after])
    return relative and bound and last


def _is_finite(chunk: list[Token]) -> bool:
    """Whether a chunk says something of something: "my knees are bad", not "a boss who is kind"."""
    verbs = words.load(FILE)["finite"]
    for at, token in enumerate(chunk):
        if token.word in verbs and not (token.word == "am" and at and chunk[at - 1].word.isdigit()):
            return True
        if token.word in ("who", "that", "which", "where", "what", "when", "to"):
            return False
    return False


def _is_said_more(chunk: list[Token]) -> bool:
    """Whether a chunk goes on with the list all the same: "and my boss is rude"."""
    return chunk[0].word in ("and", "also", "plus") or phrases(FILE, "tail").before(chunk, len(chunk)) > 1


_OPENING = frozenset("at in with after for from as on".split())
_PREPOSITIONS = frozenset("with for from of about to between around".split())


def stripped(chunk: list[Token]) -> tuple[int, int]:
    """Where the item in a chunk begins and ends, after lead-ins and before what only weighs it."""
    lead, tail = phrases(FILE, "lead"), phrases(FILE, "tail")
    start, end = 0, len(chunk)
    while start < end and (length := _lead_at(chunk, start, lead)):
        start += length
    while end > start and (not _is_said(chunk[end - 1]) or tail.before(chunk, end)):
        end -= tail.before(chunk, end) or 1
    if start >= end:
        # Nothing is left where an item sounds like a lead-in: "change".
        start = _first_word(chunk)
        end = start if is_empty(chunk[start:]) else len(chunk)
        while end > start and not _is_said(chunk[end - 1]):
            end -= 1
    return start, end


def _lead_at(chunk: list[Token], at: int, lead: Phrases) -> int:
    if not chunk[at].word[0].isalnum() and chunk[at].word not in _MONEY:
        return 1
    return lead.at(chunk, at)


def _is_said(token: Token) -> bool:
    return token.word[0].isalnum() or token.word in _MONEY


def _first_word(chunk: list[Token]) -> int:
    return next((at for at, token in enumerate(chunk) if _is_said(token)), 0)


def is_empty(chunk: list[Token]) -> bool:
    """Whether a chunk is nothing but talk: "in that order", "thank you", "so yeah"."""
    nothing = phrases(FILE, "no item", "politeness")
    at = 0
    while at < len(chunk):
        length = nothing.at(chunk, at) or (not _is_said(chunk[at]))
        if not length:
            return False
        at += length
    return True


def is_closed(piece: str) -> str:
    return piece.strip(" \"'*-,.")
