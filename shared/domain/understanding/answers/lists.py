"""Reads the items of a list that a member gives, whatever talk stands around them."""

import re

from shared.domain.understanding import words
from shared.domain.understanding.answers.list_pieces import FILE, Piece, is_closed, is_empty, pieces_of, stripped
from shared.domain.understanding.text.amounts import Token, tokens
from shared.domain.understanding.text.phrases import of, phrases

# "Teamwork. Honesty. - R. Boudreau"
_SIGNED = re.compile(r"[.!?]\s*[-~]+\s*(?:[A-Z]\.\s?|(?:Mrs?|Ms|Dr)\.?\s|[A-Z][a-z]+\s)[A-Z][a-z]+\s*\Z")
_ASIDE = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"\s*(?:[-*•·>+]|\(?(?:\d{1,2}|[a-e])\s?[.):-](?!\d)|#\d)\s*")
_INLINE = re.compile(r"(?:^|(?<=[\s,;.]))\(?([1-9])(?:\s?[.):-](?!\d)\s*|\s+)(?=[^\W\d]|[$£€₹])")
_SENTENCE_ENDS = re.compile(r"(?<!\bno)(?<!\bvs)[.!?;]+(?:\s+|$)|\n+|\s+-+\s+|\.\.+", re.IGNORECASE)
_MOST = 20


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
    lines = [line for line in _SIGNED.sub(".", _ASIDE.sub(" ", text)).split("\n") if line.strip()]
    pieces = _listed(lines, complaints) or []
    sentences: list[str] = []
    if not pieces:
        sentences = _unframed([s for line in lines for s in _SENTENCE_ENDS.split(_unbulleted(line)) if s and s.strip()])
        counted = _counted(sentences)
        for at, sentence in enumerate(counted or sentences):
            read = pieces_of(sentence, at, complaints)
            pieces += read[:1] if counted else read
    pieces = _from_the_marker(pieces, sentences) if sentences else pieces
    if not pieces or _says_nothing(pieces, text):
        return [] if complaints and _says_nothing(pieces, text) else None
    items = _chosen(pieces[: 4 * _MOST], complaints)
    unique: dict[str, str] = {}
    for item in items:
        if item.lower() in ("this", "that", "it", "these", "those"):
            continue
        unique.setdefault(" ".join(t.word for t in tokens(item) if t.word not in words.load(FILE)["slight"]), item)
    return list(unique.values())[:_MOST] or None


_MARKER = re.compile(
    r"(?<!also)(?<!plus):\s[^:]*,|\bwhat\s(?:must|has to|needs to|have to|should)\schange\s(?:is|are)\b"
    r"|\bwhat\smatters(?:\s(?:most|to me)){0,2}\s(?:is|are)\b",
    re.IGNORECASE,
)


def _from_the_marker(pieces: list[Piece], sentences: list[str]) -> list[Piece]:
    """Without what is told before the list begins: "I wrote a book once. So: a pension, quiet"."""
    marked = [at for at, sentence in enumerate(sentences) if _MARKER.search(sentence)]
    behind = [piece for piece in pieces if marked and piece.sentence >= marked[0]]
    behind = behind if len(sentences) > 1 else []
    retracted = [at for at, sentence in enumerate(sentences) if phrases(FILE, "retracting").within(tokens(sentence))]
    if retracted:
        behind = [piece for piece in behind or pieces if piece.sentence >= retracted[-1]]
    return behind or pieces


def _unbulleted(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def _listed(lines: list[str], complaints: bool) -> list[Piece]:
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
        pieces += [joined] if joined else pieces_of(first, at, complaints)[:1]
    return pieces


def _joined(part: str, number: int) -> Piece | None:
    """A part of a list as one piece, whatever is joined in it."""
    found = tokens(part)
    if not found or is_empty(found):
        return None
    start, end = stripped(found)
    clause = bool(phrases(FILE, "clause starts").at(found, start)) if start < end else False
    if start >= end or clause:
        return None
    return Piece(is_closed(part[found[start].start : found[end - 1].end]), "", number, False, False)


def _unframed(sentences: list[str]) -> list[str]:
    """The sentences of a letter without "Dear all," and what comes from "Yours" on."""
    opening, closing = phrases(FILE, "letter opening"), phrases(FILE, "letter closing")
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


def _is_signed(before: str, last: str) -> bool:
    """Whether a message ends with a name: one capitalised word behind a long sentence, and none that is an item."""
    name = last.strip(" .!")
    alone = name.isalpha() and name[0].isupper() and not name.isupper() and len(tokens(before)) > 6
    return (
        alone
        and "," not in before
        and not name.lower().endswith(_NO_NAMES)
        and name.lower() not in words.load(FILE)["no names"]
    )


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
    closed = [mark for mark in marks if mark[0].rstrip()[-1] in ".):-"]
    if len(closed) > 1:  # "1) commuting 3 hours 2) no contract"
        marks = closed
    while marks and marks[0][1] != "1":
        marks.pop(0)
    if [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)) or len(marks) < 2:
        return [line]
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    return [line[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _says_nothing(pieces: list[Piece], text: str) -> bool:
    """Whether the answer is that there is none: "nothing really"."""
    first = tokens(pieces[0].text if pieces else text)
    nothing = of(words.load(FILE)["nothing to change"])
    at = nothing.at(first, 0)
    return bool(at and all(token.word in words.load(FILE)["politeness"] for token in first[at:]))


def _chosen(pieces: list[Piece], complaints: bool) -> list[str]:
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


def _complains(piece: Piece) -> bool:
    """Whether a sentence says what is wrong: "I never get a break", "they keep changing the rota"."""
    return phrases(FILE, "complaining").within(tokens(piece.text))


def _as_item(piece: Piece) -> str:
    """A sentence without the pronoun that it begins with: "I never get a break" is "never get a break"."""
    if not piece.clause:
        return piece.text
    found = tokens(piece.text)
    pronouns = words.load(FILE)["subjects"]
    at = 0
    while at < len(found) - 1 and found[at].word in pronouns:
        at += 1
    return piece.text[found[at].start :] if found else piece.text
