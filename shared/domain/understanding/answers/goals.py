"""Reads a goal that a member sets: what, how much of it, and by when."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.reply import Command
from shared.domain.understanding.text.amounts import Amount, Token, amounts, tokens, whole
from shared.domain.understanding.text.phrases import phrases
from shared.domain.understanding.times.when import Days, FoundDate, find_date
from shared.domain.understanding.times.when import tokens as when_tokens

_FILE = "goals"
# "Note down one target for me: ", "set us a goal would ya, "
_ASKED = re.compile(
    r"(?:^|(?<=[.!?:,;\n] ))[^.!?:,;\n]{0,20}\b(?:set|note|add|put|write|make|track|log|have|save)\b[^.!?:,;\n]{0,20}"
    r"\b(?:goals?|target|aim)\b[^.!?:,;\n]{0,24}[:,]\s+",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"\b\d{1,9}\s?,?\s(?:no|wait|sorry|actually)\b,?\s?(?:(?:wait|sorry|actually|make (?:it|that)),?\s){0,3}(?=\d)",
    re.IGNORECASE,
)
_ALSO_DATED = re.compile(r"\s(?:by|before|until|till)\s+(?:my\s+|the\s+)?\w+(?:\s\w+)?\s*,\s*(?= \| )", re.IGNORECASE)
_MARKER = re.compile(r"\b(?:goals?|target|objective|aim)\s?(?:[:=]|\s-\s)\s*", re.IGNORECASE)
_NUMBERING = re.compile(r"(?:^|(?<=[\s,;]))\(?[1-4]\s?[.)]\s+(?=\D)|^\s*[-*•]\s+", re.MULTILINE)
_SENTENCE_ENDS = re.compile(r"(?<!\bno)(?<!\bapprox)[.!?;]+(?:\s+|$)|\n+|\.\.+", re.IGNORECASE)
_MARKS_THAT_END = frozenset((",", "-", "(", "|", ":"))
_AMERICAS = (timedelta(hours=-10), timedelta(hours=-4))
_CUT = " | "


class _Sentence(NamedTuple):
    text: str
    found: list[Token]
    start: int
    cued: bool


def read_goal(text: str, now: datetime) -> Command:
    """The goal that a normalised text sets. `now` is the member's local time.

    >>> from datetime import UTC
    >>> now = datetime(2026, 4, 8, 19, 42, tzinfo=UTC)
    >>> read_goal("I'd like to send out 6 applications by the 30th of June", now).args
    {'text': 'send out 6 applications', 'target': 6, 'unit': 'applications', 'due': '2026-06-30'}
    >>> read_goal("um I guess I just want to get a new job and I want it done by the end of the year", now).args
    {'text': 'get a new job', 'target': None, 'unit': None, 'due': '2026-12-31'}
    >>> read_goal("To put aside $2.5k by 15 December. Thank you, Odile", now).args
    {'text': 'put aside $2.5k', 'target': 2500, 'unit': 'dollars', 'due': '2026-12-15'}
    """
    text = _AMENDED.sub("", _last_marked(text))
    offset = now.utcoffset() or timedelta()
    dayfirst = not _AMERICAS[0] <= offset <= _AMERICAS[1]
    dated = find_date(text, now.date(), dayfirst) or _given(text, now, dayfirst)
    undated = _ALSO_DATED.sub("", text[: dated.start] + _CUT + text[dated.end :]) if dated else text
    undated = _NUMBERING.sub("\n", undated)
    goal = _phrase(undated) or text.strip() or text
    target, unit = read_target(goal)
    if target is None:
        target, unit = read_target(undated, elsewhere=True)
        if unit in ("them", "those"):
            unit = _plural(goal)
    return Command(
        "new_goal",
        {"text": goal, "target": target, "unit": unit, "due": dated.day.isoformat() if dated else None},
    )


def _given(text: str, now: datetime, dayfirst: bool) -> FoundDate | None:
    """A length of time that stands alone: "40 applications, 6 weeks", "give me 18 months".

    >>> text = "Pay off my card, give me 18 months"
    >>> found = _given(text, datetime(2026, 1, 13), True)
    >>> found.day.isoformat(), text[found.start : found.end]
    ('2027-07-13', 'give me 18 months')
    """
    found = when_tokens(text)
    grammar = Days(found, now.date(), dayfirst)
    for at in range(1, len(found)):
        before = [token.word for token in found[max(0, at - 2) : at]]
        led = before == ["give", "me"]
        if not (led or before[-1] in (",", "-", "max", ".")) or (amount := grammar.amount(at)) is None:
            continue
        day, end, _ = amount
        if end == len(found) or not found[end].word[0].isalnum():
            return FoundDate(day, found[at - 2 * led].start, found[end - 1].end)
    return None


def read_target(text: str, elsewhere: bool = False) -> tuple[float | None, str | None]:
    """How much a goal is of what: the first amount that counts something, and the noun it counts.

    `elsewhere` says that the text stands around a goal, where lengths of time tell other things.

    >>> read_target("finish 3 online courses"), read_target("save two thousand euros"), read_target("reach level 4")
    ((3, 'courses'), (2000, 'euros'), (None, None))
    >>> read_target("get my C-9 license"), read_target("pass the ISO 9001 audit"), read_target("read 5 CFA books")
    ((None, None), (None, None), (5, 'books'))
    >>> read_target("get a job at a Big 4 firm"), read_target("buy a Boeing 737 replica"), read_target("run my 5 km")
    ((None, None), (None, None), (5, 'km'))
    >>> read_target("have a dozen coffee chats"), read_target("leave my 9 to 5"), read_target("run 20k")
    ((12, 'coffee chats'), (None, None), (20, 'km'))
    """
    found = tokens(text)
    read = amounts(found)
    saves = any(token.word in ("save", "saved", "saving") for token in found)
    times = words.load(_FILE)["times"]
    skip = -1
    for at, amount in enumerate(read):
        if at <= skip:
            continue
        following = read[at + 1] if at + 1 < len(read) else None
        behind = amount
        if following and _is_a_range(found, amount, following):
            skip = at + 1
            if (amount.value, following.value) in _NO_AMOUNTS:
                continue
            behind = following
        if _is_label(text, found, amount, behind):
            continue
        if amount.money or behind.money:
            return whole(amount.value), amount.money or behind.money
        if found[amount.last - 1].word == "k" and _is_distance(found):
            if _word(found, amount.first - 1) in ("a", "my", "the", "first", "an"):
                continue
            return whole(amount.value / 1000), "km"
        unit = _compound(text, found, behind.last, _unit(found, behind.last, amount.value > 1))
        if _is_part_of_a_name(found, amount.first, unit, amount.value) or _is_no_count(found, amount, unit):
            continue
        if elsewhere and ((unit is None and not saves) or unit in times or amount.value < 2):
            continue
        return whole(amount.value), unit
    return None, None


def is_doing(goal: str) -> bool:
    """Whether a goal is something to do: "get help for my depression", and not "burnt out for weeks now"."""
    first = next((token.word for token in tokens(goal)), "")
    lists = words.load(_FILE)
    return any(first in listed for name, listed in lists.items() if name.startswith("verbs ")) or (
        first in lists["begins a goal"]
    )


_NO_AMOUNTS = ((9, 5), (9, 6), (24, 7), (1, 1), (8, 5))  # "a 9 to 5", "24/7", "a 1:1"


def _is_a_range(found: list[Token], amount: Amount, following: Amount) -> bool:
    return following.first == amount.last + 1 and _word(found, amount.last) in ("-", "to", "or", "/", ":")


def _is_no_count(found: list[Token], amount: Amount, unit: str | None) -> bool:
    """ "One day", "the one I want"."""
    return _word(found, amount.first) == "one" and (unit is None or unit in words.load(_FILE)["no noun behind one"])


def _last_marked(text: str) -> str:
    """What stands behind "goal:", where anything does."""
    if (asked := _ASKED.search(text)) and text[asked.end() :].strip():
        return text[asked.end() :]
    marks = [mark for mark in _MARKER.finditer(text) if text[mark.end() :].strip()]
    return text[marks[0].end() :] if marks else text


def _phrase(text: str) -> str:
    """The words of the goal: without lead-ins, and up to where the member begins to speak of something else."""
    sentences = [_sentence(part) for part in _SENTENCE_ENDS.split(text) if part and part.strip(" |,-")]
    sentences = [sentence for sentence in sentences if not _is_talk(sentence.found)]
    if not sentences:
        return ""
    if 1 < len(sentences) <= 4 and all(len(s.found) <= 6 and not s.cued for s in sentences):
        read = [phrase for sentence in sentences if (phrase := _cut(sentence))]
        return ", ".join(read)
    ranks = [(2 * s.cued + 2 * _is_dated(s) + _counts(s), -at) for at, s in enumerate(sentences)]
    best = sentences[-max(ranks)[1]]
    return _cut(best) or next((phrase for sentence in sentences if (phrase := _cut(sentence))), "")


def _is_dated(sentence: _Sentence) -> bool:
    """Whether a deadline stood in a sentence beside something that can be the goal."""
    said = [token.word for token in sentence.found]
    if _CUT.strip() not in said:
        return False
    at = said.index(_CUT.strip())
    behind = next((n for n in range(at + 1, len(said)) if said[n][0].isalnum()), len(said))
    return at > 1 or (len(said) > behind + 1 and not phrases(_FILE, "ends").at(sentence.found, behind))


def _counts(sentence: _Sentence) -> bool:
    return read_target(sentence.text)[1] is not None


def _sentence(text: str) -> _Sentence:
    """A sentence, and where the goal begins in it: behind the first "my goal is" or "I want to" that opens a clause."""
    found = tokens(text)
    strong, lead = phrases(_FILE, "strong lead"), phrases(_FILE, "lead")
    opens = True
    for at, token in enumerate(found):
        if opens and (length := strong.at(found, at)) and any(t.word[0].isalnum() for t in found[at + length :]):
            return _Sentence(text, found, _behind_leads(found, at + length), True)
        opens = not token.word[0].isalnum() or (opens and lead.at(found, at) > 0) or token.word in ("so", "but", "and")
    for at, token in enumerate(found[:-2]):
        if token.word == ":" and at and not found[at - 1].word[0].isdigit() and not amounts(found[:at]):
            return _Sentence(text, found, _behind_leads(found, at + 1), True)
    return _Sentence(text, found, _behind_leads(found, 0), False)


def _behind_leads(found: list[Token], at: int) -> int:
    lead = phrases(_FILE, "lead", "strong lead")
    while at < len(found):
        if length := lead.at(found, at):
            at += length
        elif found[at].word[0].isalnum() or found[at].word in "$£€₹₦₱":
            break
        else:
            at += 1
    return at


def _cut(sentence: _Sentence) -> str:
    """The goal in a sentence, from where it begins to where a reason or another clause does."""
    found, start = sentence.found, sentence.start
    ends, after_mark = phrases(_FILE, "ends"), phrases(_FILE, "ends behind a mark")
    end = start
    pieces: list[str] = []
    begin = start
    while end < len(found):
        word = found[end].word
        if end > start and ends.at(found, end):
            break
        if word == "|":
            # Where a deadline stood: what goes on with a preposition still belongs to the goal.
            if end > begin:
                pieces.append(sentence.text[found[begin].start : found[end - 1].end])
            goes_on = _word(found, end + 1) in words.load(_FILE)["goes on"] and not ends.at(found, end + 1)
            if not goes_on and pieces:
                return _closed(" ".join(pieces))
            begin = _behind_leads(found, end + 1) if not pieces else end + 1
            end = begin
            continue
        if word in _MARKS_THAT_END and end > start:
            follows = _word(found, end + 1)
            spaced = word != "-" or (found[end].start > found[end - 1].end)
            if spaced and (word in ("(", "-") or not follows or after_mark.at(found, end + 1)):
                break
        end += 1
    if end > begin:
        pieces.append(sentence.text[found[begin].start : found[end - 1].end])
    return _closed(" ".join(pieces))


def _closed(text: str) -> str:
    """The text without what closes a message: marks, and "please" or "thanks" at its end."""
    tail = phrases(_FILE, "tail")
    text = text.strip(" .,;:!?-|\"'")
    found = tokens(text)
    end = len(found)
    while end > 1 and (
        tail.before(found, end) or not (found[end - 1].word[0].isalnum() or found[end - 1].word in ")%€$£")
    ):
        end -= tail.before(found, end) or 1
    return text[: found[end - 1].end] if found else text


def _is_talk(found: list[Token]) -> bool:
    """Whether a sentence is nothing but greeting, thanks or a name below it."""
    talk = phrases(_FILE, "talk")
    at = 0
    while at < len(found):
        length = talk.at(found, at)
        if length and at + length < len(found) and found[at].word in ("thank", "thanks", "regards", "cheers", "best"):
            return len(found) <= 8
        if not length and found[at].word[0].isalnum():
            return False
        at += length or 1
    return True


def _is_label(text: str, found: list[Token], amount: Amount, behind: Amount) -> bool:
    """Whether a number names or times something rather than counting it: "level 4", "2026", "at 5", "1st"."""
    before, after = _word(found, amount.first - 1), _word(found, behind.last)
    names = before in words.load(_FILE)["numbered"] and not (before == "book" and amount.value > 1)  # "book 3 gigs"
    if names or after in ("st", "nd", "rd", "th", "am", "pm", "oclock"):
        return True
    if before in ("at", ":") or after in ("/", ":"):
        return True
    if before == "/" and not _word(found, amount.first - 2).isalpha():
        return True
    start = found[amount.first].start
    if before == "-" and re.search(r"(?<![^\W_])[^\W\d_]{1,3}-$", text[max(0, start - 5) : start]):
        return True  # "C-9"
    if _is_acronym(text, found, amount.first - 1) and not _is_plural(_unit(found, behind.last) or ""):
        return True  # "ISO 9001"
    touching = amount.first and found[amount.first - 1].end == found[amount.first].start
    if (touching and before[:1].isalpha()) or (touching and before in ("#", "_")):
        return True
    word = found[amount.first].word
    if word == "one" and before in words.load(_FILE)["before a pronoun"]:
        return True
    if word == "half":
        return False
    year = word.isdigit() and len(word) == 4 and 1950 <= amount.value <= 2100 and not amount.money
    return year and _unit(found, behind.last) is None


def _is_part_of_a_name(found: list[Token], first: int, unit: str | None, value: float) -> bool:
    """ "A Boeing 737 simulator", "the Big 4 firm": something else than what is counted has the article."""
    if (
        unit is None
        or value <= 1
        or _is_plural(unit.split(" ")[-1])
        or _word(found, first - 1) in ("a", "an", "the", "my")
    ):
        return False
    before = [_word(found, at) for at in range(max(0, first - 3), first)]
    return bool({*before[:-1]} & {"a", "an", "the", "my"}) and before[-1].isalpha()


def _is_acronym(text: str, found: list[Token], at: int) -> bool:
    """Whether a word is written in capitals, in a text that is not."""
    written = text[found[at].start : found[at].end] if at >= 0 else ""
    return len(written) > 1 and written.isalpha() and written.isupper() and not text.isupper()


def _is_distance(found: list[Token]) -> bool:
    movements = words.load(_FILE)["movements"]
    return any(token.word in movements for token in found)


def _unit(found: list[Token], at: int, several: bool = True) -> str | None:
    """The noun that is counted from a token on: the first plural of the words up to a preposition or a mark."""
    ends = words.load(_FILE)["unit ends"]
    noun: list[str] = []
    if _word(found, at) == "%":
        return "percent"
    if _word(found, at) == "of" and _word(found, at + 1) in ("them", "those", "these"):
        return "them"
    while _word(found, at) in ("x", "more", "-", "*"):
        at += 1
    if _word(found, at) == "of" and _word(found, at + 1) in ("my", "the", "our"):
        at += 2
    while at < len(found) and len(noun) < 5 and found[at].word[0].isalpha() and found[at].word not in ends:
        noun.append(found[at].word)
        at += 1
    if not noun:
        return None
    head = next((n for n, word in enumerate(noun) if _is_plural(word)), None)
    if head is None:
        if len(noun) > 3:
            return None
        head = 0 if several or noun[0] in words.load(_FILE)["measures"] else len(noun) - 1
    compound = " ".join(noun[max(0, head - 1) : head + 1])
    return compound if compound in words.load(_FILE)["compounds"] else noun[head]


def _compound(text: str, found: list[Token], at: int, unit: str | None) -> str | None:
    """A unit with the noun that says of what kind it is: "trade schools", but "books" of "English books"."""
    lists = words.load(_FILE)
    noun = next((n for n in range(at + 1, min(at + 4, len(found))) if unit == found[n].word), 0)
    if not noun or unit is None or not _is_plural(unit) or unit in lists["measures"] | lists["currencies"]:
        return unit
    kind = found[noun - 1]
    plain = kind.word.isalpha() and text[kind.start].islower() and len(kind.word) > 2
    return unit if not plain or kind.word in lists["no kinds"] else f"{kind.word} {unit}"


def _is_plural(word: str) -> bool:
    lists = words.load(_FILE)
    if word in lists["plurals"] or word in lists["measures"]:
        return True
    return (
        len(word) > 2
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "ous"))
        and word not in lists["singulars"]
    )


def _plural(text: str) -> str | None:
    """The last plural in a text: what "10 of them" counts."""
    return next((t.word for t in reversed(tokens(text)) if t.word[0].isalpha() and _is_plural(t.word)), None)


def _word(found: list[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""
