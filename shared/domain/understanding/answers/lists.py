"""Reads the items of a list that a member gives, whatever talk stands around them."""

import re
from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.amounts import Token, tokens
from shared.domain.understanding.text.phrases import Phrases, of, phrases

_FILE = "open_questions"
_ASIDE = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"\s*(?:[-*•·>+]|\(?(?:\d{1,2}|[a-e])\s?[.):-](?!\d)|#\d)\s*")
_INLINE = re.compile(r"(?:^|(?<=[\s,;.]))\(?([1-9])(?:\s?[.):-](?!\d)\s*|\s+)(?=[^\W\d]|[$£€₹])")
_SENTENCE_ENDS = re.compile(r"(?<!\bno)(?<!\bvs)[.!?;]+(?:\s+|$)|\n+|\s+-+\s+|\.\.+", re.IGNORECASE)
_MOST = 20


_MONEY = frozenset("%$£€₹₦₱")


class _Piece(NamedTuple):
    """A stretch between two joins: what was left of it, the frame it stood in ("its the"), and its sentence."""

    text: str
    frame: str
    sentence: int
    clause: bool
    finite: bool
    more: bool = False  # whether its sentence begins with "and"


def read_items(text: str, complaints: bool = False) -> list[str] | None:
    """The items of a normalised text, in the member's words; None where there are none.

    `complaints` says that the question was what must change, so that a whole sentence may be an item.

    >>> read_items("I think number one is flexibility then creativity and then probably kind colleagues")
    ['flexibility', 'creativity', 'kind colleagues']
    >>> read_items("1. Pay 2. work-life balance 3. Friends and family")
    ['Pay', 'work-life balance', 'Friends and family']
    >>> read_items("The night shifts have to go", complaints=True)
    ['night shifts']
    >>> read_items("Nothing really, I like it here", complaints=True)
    []
    >>> read_items("The rota that changes each week, and that the boss writes me at night", complaints=True)
    ['rota that changes each week', 'boss writes me at night']
    >>> read_items("pay pay pay. oh and pay"), read_items("freedom, money, nobody over my shoulder")
    (['pay'], ['freedom', 'money', 'nobody over my shoulder'])
    >>> read_items("I wrote a list once and tore it up. So: a pension, quiet, the pay gap between me and Jo")
    ['pension', 'quiet', 'pay gap between me and Jo']
    >>> read_items("The commute. Two hours each way!", complaints=True), read_items("Money. No, scratch that, peace")
    (['commute'], ['peace'])
    >>> read_items("good crew, not getting yelled at"), read_items("paper, not only promises. the 3 Bs: boss, bus, bed")
    (['good crew', 'not getting yelled at'], ['boss', 'bus', 'bed'])
    >>> read_items("The on call must stop, it's meant to be one in four. And the heater, thanks, Bev", complaints=True)
    ['on call', 'heater']
    """
    lines = [line for line in _ASIDE.sub(" ", text).split("\n") if line.strip()]
    pieces = _listed(lines, complaints) or []
    sentences: list[str] = []
    if not pieces:
        sentences = _unframed([s for line in lines for s in _SENTENCE_ENDS.split(_unbulleted(line)) if s and s.strip()])
        counted = _counted(sentences)
        for at, sentence in enumerate(counted or sentences):
            read = _pieces(sentence, at, complaints)
            pieces += read[:1] if counted else read
    pieces = _from_the_marker(pieces, sentences) if sentences else pieces
    if not pieces or _says_nothing(pieces, text):
        return [] if complaints and _says_nothing(pieces, text) else None
    items = _chosen(pieces[: 4 * _MOST], complaints)
    unique: dict[str, str] = {}
    for item in items:
        unique.setdefault(" ".join(t.word for t in tokens(item) if t.word not in _SLIGHT), item)
    return list(unique.values())[:_MOST] or None


_MARKER = re.compile(
    r"(?<!also)(?<!plus):\s[^:]*,|\bwhat\s(?:must|has to|needs to|have to|should)\schange\s(?:is|are)\b"
    r"|\bwhat\smatters(?:\s(?:most|to me)){0,2}\s(?:is|are)\b",
    re.IGNORECASE,
)


def _from_the_marker(pieces: list[_Piece], sentences: list[str]) -> list[_Piece]:
    """Without what is told before the list begins: "I wrote a book once. So: a pension, quiet"."""
    marked = [at for at, sentence in enumerate(sentences) if _MARKER.search(sentence)]
    behind = [piece for piece in pieces if marked and piece.sentence >= marked[0]]
    behind = behind if len(sentences) > 1 else []
    retracted = [at for at, sentence in enumerate(sentences) if phrases(_FILE, "retracting").within(tokens(sentence))]
    if retracted:
        behind = [piece for piece in behind or pieces if piece.sentence >= retracted[-1]]
    return behind or pieces


def _unbulleted(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def _listed(lines: list[str], complaints: bool) -> list[_Piece]:
    """One piece for each part of a list that is numbered, or written a line each: "1. pay and perks 2. peace"."""
    parts = [part for line in lines for part in _numbered_parts(line)]
    counted = len(lines) > 1 and all(line.lstrip().startswith(f"{n} ") for n, line in enumerate(lines, 1))
    if counted:
        parts = [line.lstrip().partition(" ")[2] for line in lines]
    numbered = len(parts) > len(lines) or (len(lines) > 1 and all(_BULLET.match(line) for line in lines)) or counted
    if not numbered and (len(lines) < 3 or any("," in line or len(tokens(line)) > 9 for line in lines)):
        return []
    pieces = []
    for at, part in enumerate(parts):
        first = next((s for s in _SENTENCE_ENDS.split(_unbulleted(part)) if s and s.strip()), "")
        first = first.partition(", ")[0]
        if not first.strip():
            continue
        joined = _joined(first, at)
        pieces += [joined] if joined else _pieces(first, at, complaints)[:1]
    return pieces


def _joined(part: str, number: int) -> _Piece | None:
    """A part of a list as one piece, whatever is joined in it."""
    found = tokens(part)
    if not found or _is_empty(found):
        return None
    start, end = _strip(found)
    clause = bool(phrases(_FILE, "clause starts").at(found, start)) if start < end else False
    if start >= end or clause:
        return None
    return _Piece(_closed(part[found[start].start : found[end - 1].end]), "", number, False, False)


def _unframed(sentences: list[str]) -> list[str]:
    """The sentences of a letter without "Dear all," and what comes from "Yours" on."""
    opening, closing = phrases(_FILE, "letter opening"), phrases(_FILE, "letter closing")
    result: list[str] = []
    for sentence in sentences:
        found = tokens(sentence)
        if found and result and closing.at(found, 0) and len(found) <= 8:
            break
        if found and not result and opening.at(found, 0):
            _, comma, rest = sentence.partition(",")
            if comma and len(tokens(sentence[: -len(rest) or None])) <= 5:
                result.append(rest)
            elif len(found) > 4:
                result.append(sentence)
            continue
        result.append(sentence)
    return result[:-1] if len(result) > 1 and _is_signed(*result[-2:]) else result


_NO_NAMES = ("ing", "ity", "ness", "ment", "ion", "nce", "ship", "dom", "ism", "ers", "urs", "ays", "ust", "ect", "ght")
_NO_NAMES_EITHER = frozenset("pay money family growth peace time fun love boss health faith god hours people".split())


def _is_signed(before: str, last: str) -> bool:
    """Whether a message ends with a name: one capitalised word behind a long sentence, and none that is an item."""
    name = last.strip(" .!")
    alone = name.isalpha() and name[0].isupper() and not name.isupper() and len(tokens(before)) > 6
    return alone and "," not in before and not name.lower().endswith(_NO_NAMES) and name.lower() not in _NO_NAMES_EITHER


def _counted(sentences: list[str]) -> list[str]:
    """The sentences that count what they name, one item each: "One, the pay. Two, headcount."."""
    for counts in (("one", "two", "three"), ("first", "second", "third"), ("firstly", "secondly", "thirdly")):
        firsts = [_enumerator(tokens(sentence)) for sentence in sentences]
        if counts[0] in firsts and counts[1] in firsts:
            order = (*counts, "four", "five", "fourth", "fifth", "fourthly", "fifthly", "finally", "lastly", "last")
            return [
                s.split(None, 1)[1]
                for s, first in zip(sentences, firsts, strict=True)
                if first in order and " " in s.strip()
            ]
    return []


def _enumerator(found: list[Token]) -> str:
    """The word that a sentence begins with, where it stands apart: "One, the pay", "first is the pay"."""
    apart = len(found) > 2 and found[1].word in (",", ":", "-", "is", "are", "would", "the", "my")
    return found[0].word if apart or (found and found[0].word in ("finally", "lastly")) else ""


def _numbered_parts(line: str) -> list[str]:
    """The parts of "1. pay 2. peace", or "1 pay 2 peace": numbers that count up from 1."""
    marks = list(_INLINE.finditer(line))
    while marks and marks[0][1] != "1":
        marks.pop(0)
    if [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)) or len(marks) < 2:
        return [line]
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    return [line[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _pieces(sentence: str, number: int, complaints: bool, colons: int = 4) -> list[_Piece]:
    """The pieces of a sentence; of what stands before a colon only where nothing does behind it."""
    before, colon, after = sentence.partition(":")
    if colons and colon and after.strip() and not (before[-1:].isdigit() and after[:1].isdigit()):
        rest = _pieces(after, number, complaints, colons - 1)
        kept = [piece for piece in rest if not piece.clause]
        return kept or _pieces(before, number, complaints, 0) or rest
    found = tokens(sentence)
    result: list[_Piece] = []
    explained = False
    chunks = _split(found)
    for at, (chunk, mark) in enumerate(chunks):
        if at and at == len(chunks) - 1 and _signs(sentence, chunks[at - 1][0], chunk):
            continue
        if phrases(_FILE, "conceded").within(chunk) or _is_aside(chunk, bool(result or number)):
            if result and result[-1].finite and phrases(_FILE, "conceded").within(chunk):
                result.pop()  # "the canteen is bad but with this I can live"
            continue
        start, end = _strip(chunk)
        if chunk[start : start + 1] and chunk[start].word in _OPENING:
            inner = phrases(_FILE, "inner lead")
            behind = next((at + inner.at(chunk, at) for at in range(start, end) if inner.at(chunk, at)), 0)
            if behind:
                shorter = _strip(chunk[behind:])
                start, end = shorter[0] + behind, shorter[1] + behind
        frame = " ".join(token.word for token in chunk[:start])
        chunk_words = [token.word for token in chunk]
        named = len(chunks) > 2 and chunk_words == ["boss"]
        if not named and (start >= end or _is_empty(chunk[start:end]) or _is_empty([t for t in chunk if _is_said(t)])):
            explained = explained and mark == "and"
            continue
        if named:
            start, end = 0, 1
        tells, told = frame.split(" ")[0] in _TELLING_OF_IT, result and result[-1].frame.split(" ")[0] in _TELLING_OF_IT
        if result and mark == "," and tells and not told:
            continue  # "the on call has to stop, it's meant to be one in four"
        subordinate = phrases(_FILE, "subordinators")
        if subordinate.at(chunk, _first_word(chunk)) or (explained and mark == "and"):
            explained = True
            if not (complaints and chunk_words[0] == "when" and not result):
                continue
        cut = next((at for at in range(start + 1, end) if subordinate.at(chunk, at) and _explains(chunk, at)), end)
        explained = cut < end
        if (behind := _behind_that(chunk, start)) > start:
            result.append(
                _Piece(_closed(sentence[chunk[behind].start : chunk[cut - 1].end]), frame, number, False, False)
            )
            continue
        finite = _is_finite(chunk[start:cut])
        clause = _is_clause(chunk, start, finite)
        if chunk[start].word in ("those", "these", "this") and not clause and start + 1 < cut:
            start += 1
        if result and mark == "," and _is_the_contrary(chunk, start):
            whole = sentence[max(0, sentence.find(result[-1].text)) : chunk[cut - 1].end]
            result[-1] = result[-1]._replace(text=_closed(whole))  # "contract on paper, not only promise"
            continue
        if finite and result and mark == "," and not result[-1].finite and not _is_said_more(chunk):
            continue
        piece = sentence[chunk[start].start : chunk[cut - 1].end]
        piece = _said_once(piece)
        result.append(_Piece(_closed(piece), frame, number, clause, finite, mark == "and" and not result))
    return result


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
    aside = phrases(_FILE, "asides").at(chunk, first)
    if aside and aside >= phrases(_FILE, "lead").at(chunk, first):
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
    if not phrases(_FILE, "clause starts").at(chunk, start):
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
    joins, pairs = phrases(_FILE, "list joins"), phrases(_FILE, "pairs")
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
    if chunk[-1].word in words.load(_FILE)["no end of an item"]:
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
    bound = after in words.load(_FILE)["verbs behind and"] or (after.endswith("s") and before[-1:] != [after])
    return relative and bound and last


def _is_finite(chunk: list[Token]) -> bool:
    """Whether a chunk says something of something: "my knees are bad", not "a boss who is kind"."""
    verbs = words.load(_FILE)["finite"]
    for at, token in enumerate(chunk):
        if token.word in verbs and not (token.word == "am" and at and chunk[at - 1].word.isdigit()):
            return True
        if token.word in ("who", "that", "which", "where", "what", "when", "to"):
            return False
    return False


def _is_said_more(chunk: list[Token]) -> bool:
    """Whether a chunk goes on with the list all the same: "and my boss is rude"."""
    return chunk[0].word in ("and", "also", "plus") or phrases(_FILE, "tail").before(chunk, len(chunk)) > 1


_SLIGHT = frozenset("not the a an my no more some again likkle even".split())
_OPENING = frozenset("at in with after for from as on".split())
_PREPOSITIONS = frozenset("with for from of about to between around".split())


def _strip(chunk: list[Token]) -> tuple[int, int]:
    """Where the item in a chunk begins and ends, after lead-ins and before what only weighs it."""
    lead, tail = phrases(_FILE, "lead"), phrases(_FILE, "tail")
    start, end = 0, len(chunk)
    while start < end and (length := _lead_at(chunk, start, lead)):
        start += length
    while end > start and (not _is_said(chunk[end - 1]) or tail.before(chunk, end)):
        end -= tail.before(chunk, end) or 1
    if start >= end:
        # Nothing is left where an item sounds like a lead-in: "change".
        start = _first_word(chunk)
        end = start if _is_empty(chunk[start:]) else len(chunk)
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


def _is_empty(chunk: list[Token]) -> bool:
    """Whether a chunk is nothing but talk: "in that order", "thank you", "so yeah"."""
    nothing = phrases(_FILE, "no item", "politeness")
    at = 0
    while at < len(chunk):
        length = nothing.at(chunk, at) or (not _is_said(chunk[at]))
        if not length:
            return False
        at += length
    return True


def _closed(piece: str) -> str:
    return piece.strip(" \"'*-,.")


def _says_nothing(pieces: list[_Piece], text: str) -> bool:
    """Whether the answer is that there is none: "nothing really"."""
    first = tokens(pieces[0].text if pieces else text)
    nothing = of(words.load(_FILE)["nothing to change"])
    at = nothing.at(first, 0)
    return bool(at and all(token.word in words.load(_FILE)["politeness"] for token in first[at:]))


def _chosen(pieces: list[_Piece], complaints: bool) -> list[str]:
    """The items among the pieces: those in one frame where a frame is repeated, else those that are no sentence."""
    framed = [piece for piece in pieces if piece.frame.split(" ")[0] in ("its", "thats") or piece.frame[:5] == "it is"]
    if len(framed) > 1:
        first = pieces.index(framed[0])
        sentences = {piece.sentence for piece in framed}
        return [p.text for p in pieces[first:] if p in framed or (p.sentence not in sentences and not p.clause)]
    if framed and pieces[0] is framed[0]:
        # "It's the commute. Two hours each way.": what stands in another sentence tells of it.
        more = ("and", "also", "plus", "then", "oh", "not")
        pieces = [p for p in pieces if p.sentence == framed[0].sentence or p.more or p.frame.split(" ")[0] in more]
    mine = [piece.sentence for piece in pieces if piece.frame[:2] == "i "]
    if mine:
        pieces = [piece for piece in pieces if piece.sentence in mine or piece not in framed]
    plain = [piece for piece in pieces if not piece.clause]
    if plain and not complaints:
        return [piece.text for piece in plain]
    if complaints:
        if plain:  # "The nights. I've cried every day": it tells of the item
            pieces = [
                p for p in pieces if not (p.clause and p.text.lower().startswith(("i've", "ive", "i have", "i had")))
            ]
        return [_as_item(piece) for piece in pieces if not piece.clause or _complains(piece)] or [
            _as_item(piece) for piece in pieces
        ]
    return [_as_item(piece) for piece in pieces[:1]]


def _complains(piece: _Piece) -> bool:
    """Whether a sentence says what is wrong: "I never get a break", "they keep changing the rota"."""
    return phrases(_FILE, "complaining").within(tokens(piece.text))


def _as_item(piece: _Piece) -> str:
    """A sentence without the pronoun that it begins with: "I never get a break" is "never get a break"."""
    if not piece.clause:
        return piece.text
    found = tokens(piece.text)
    pronouns = words.load(_FILE)["subjects"]
    at = 0
    while at < len(found) - 1 and found[at].word in pronouns:
        at += 1
    return piece.text[found[at].start :] if found else piece.text
