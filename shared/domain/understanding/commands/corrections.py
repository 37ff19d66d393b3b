"""Reads what corrects an earlier answer: "actually make that a 7", "sorry meant 4", "6*"."""

import re

from shared.domain.understanding.commands.message import SHORT, Found, Message, Sentence, is_word, listed
from shared.domain.understanding.reply import Command
from shared.domain.understanding.times.when import Token

_SCORES = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())}
_STAR = r"\s*(?:\*+\s?(\d{1,2}(?:[.,]5)?)|(\d{1,2}(?:[.,]5)?)\s?\*+)\s*(?:sorry|oops|lol)?[.!]?\s*"
_FEW = 10  # words of a message that is only a correction


def read_correction(message: Message) -> Found | None:
    """The score that is meant instead of the one before; None within one message, where the last one holds anyway.

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str) -> object:
    ...     found = read_correction(Message(text, Context(), datetime(2026, 3, 3, tzinfo=UTC)))
    ...     return found and found.command.args["mood"]
    >>> read("actually make that a 7"), read("meant to type 7 not 77 lol"), read("that 4 should be a 6"), read("*6")
    (7, 7, 6, 6)
    >>> read("make it 7:30am"), read("I meant to call 3 clients"), read("7. sorry, meant 4")
    (None, None, None)
    """
    if message.names & listed("correcting"):
        for number, sentence in enumerate(message.sentences):
            if found := _read(message, number, sentence):
                return found
    return _starred(message) or _mistyped(message)


def _found(value: float, rest: str = "") -> Found:
    return Found(Command("correct", {"mood": int(value) if value.is_integer() else value}), rest)


def _read(message: Message, number: int, sentence: Sentence) -> Found | None:
    found = sentence.tokens
    names = [token.word for token in found]
    if not _MAKING.isdisjoint(names) and _is_of_the_hour(names, message.context.prompt_time):
        return None
    for i, word in enumerate(names):
        start = _corrects(names, i, message.context.asked) if word in listed("correcting") else None
        if start is None or (read := _score_at(found, start)) is None:
            continue
        value, end = read
        # What follows must end the clause: "meant 4 people" is none.
        if end < len(found) and is_word(found[end]) and found[end].word not in listed("after a score"):
            continue
        before = [t for s in message.sentences[:number] for t in s.tokens] + found[:i]
        scores = [t for t in before if t.word.isdecimal() or (t.word in _SCORES and t.word != "one")]
        named = len(scores) == 1 and _at(names, i - 1) == scores[0].word  # "that 4 should be a 6"
        named = named and (word not in _MAKING or _at(names, i - 2) in ("that", "the", "my"))  # but not "6 make that 7"
        before_it = [t.word for t in before if is_word(t)]
        unwanted = len(scores) == 1 and before_it[before_it.index(scores[0].word) - 1] == "not"  # "not 8, I meant 7"
        if scores and not named and not unwanted and not message.names & (listed("earlier answer") - {word}):
            return None  # "6, typo, 9": the one before it stands beside it
        later = [s for s in message.sentences[number + 1 :] if not any(t.word.isdecimal() for t in s.tokens)]
        return _found(value, " ".join(message.text[s.start : s.end] for s in later))
    return None


def _is_of_the_hour(names: list[str], prompt_time: str) -> bool:
    """Whether it is the hour of the texts that shall be another.

    >>> text = "can you make it 6 instead of 7".split()
    >>> _is_of_the_hour(text, "19:00"), _is_of_the_hour(text, "20:30")
    (True, False)
    """
    hour = str((int(prompt_time.partition(":")[0]) + 11) % 12 + 1)
    return any(names[at : at + 3] == ["instead", "of", hour] for at in range(len(names)))


def _starred(message: Message) -> Found | None:
    """ "*6" and "6*": how phones correct."""
    if "*" not in message.text or not (match := re.fullmatch(_STAR, message.text)):
        return None
    value = float((match[1] or match[2]).replace(",", "."))
    return _found(value) if 0 < value <= 10 else None


def _mistyped(message: Message) -> Found | None:
    """ "8 not 88 sorry", "I type wrong, it is 6 not 9", "Sorry, mistyped. 7"."""
    names = [token.word for token in message.said]
    if not 2 <= len(names) <= _FEW or not (message.context.asked == "none" or message.names & listed("mistyped")):
        return None
    numbers = [i for i, name in enumerate(names) if name.isdecimal() or (name in _SCORES and name != "one")]
    right = None
    between = " ".join(names[numbers[0] + 1 : numbers[1]]) if len(numbers) == 2 else ""
    if between in ("instead of", "rather than", "over"):
        right = numbers[0]  # "put 7 instead of 5"
    elif len(numbers) == 2 and "not" in names[numbers[0] + 1 : numbers[1]] and numbers[1] - numbers[0] <= 3:
        right = numbers[0]
    elif len(numbers) == 2 and names[numbers[0] - 1] == "not" and numbers[1] - numbers[0] <= 4:
        right = numbers[1]
    elif len(numbers) == 2 and message.names & {"mistake", "accident", "wrong"}:
        right = numbers[1]  # "wrote 3 by mistake, it was 8"
    elif len(numbers) == 1 and message.names & listed("surely mistyped") and _is_of_an_answer(message.names):
        right = numbers[0]
    if right is None or not (read := _score_at(message.said, right)):
        return None
    return _found(read[0])


def _is_of_an_answer(names: frozenset[str]) -> bool:
    """Whether what is wrong can be an answer: "put the wrong number, 7", but not "came to the wrong house, 5"."""
    return bool(names & (listed("surely mistyped") - {"wrong"})) or not names.isdisjoint(listed("wrongly given"))


def _score_at(found: list[Token], i: int) -> tuple[float, int] | None:
    """A score at a token and the token behind it: "7", "a 7", "seven", "6.5", "7/10", "7 and a half"."""

    def at(k: int) -> str:
        return found[k].word if k < len(found) else ""

    while at(i) in ("a", "an", "like", "about", "more"):
        i += 1
    word = at(i)
    if word not in _SCORES and not (word.isascii() and word.isdecimal() and len(word) <= 2):
        return None
    value, j = float(_SCORES[word] if word in _SCORES else int(word)), i + 1
    if at(j) in (".", ",") and at(j + 1).isdecimal() and found[j + 1].start == found[i].end + 1:
        value, j = float(f"{int(value)}.{at(j + 1)[:2]}"), j + 2
    elif (at(j), at(j + 1), at(j + 2)) == ("and", "a", "half"):
        value, j = value + 0.5, j + 3
    of = 1 if at(j) == "/" else 2 if (at(j), at(j + 1)) == ("out", "of") else 0
    if (of and at(j + of) not in ("10", "ten")) or value > 11 or at(j) in listed("not a score"):
        return None
    return min(10.0, max(1.0, round(value * 2) / 2)), j + of + bool(of)


def _corrects(names: list[str], i: int, asked: str) -> int | None:
    """The token at which the right score stands, where a correction begins at `i`."""
    word = names[i]
    if word in _MAKING:
        return _makes(names, i)
    if word in listed("changing"):
        return _changes(names, i)
    if word in ("meant", "mean"):
        return _means(names, i)
    if word in _SHOULD:
        return _should(names, i)
    if word in ("supposed", "suppose"):
        return i + 3 if (_at(names, i + 1), _at(names, i + 2)) == ("to", "be") else None
    if word in ("correction", "typo", "fix") and i <= 2:
        return _behind(names, i + 1, "it was")
    if word in ("oops", "whoops", "sorry", "soz", "actually", "mistake") and i <= 1 and len(names) <= SHORT:
        plain = set(names) & {"oops", "whoops", "not", "mistake"} or asked == "none"
        return _behind(names, i + 1, "it was") if plain else None
    return None


_MAKING = frozenset("make mek mak call mark log count".split())
_SHOULD = frozenset("should shouldve shoulda shld ought oughta".split())


def _at(names: list[str], k: int) -> str:
    return names[k] if 0 <= k < len(names) else ""


def _behind(names: list[str], k: int, section: str) -> int:
    while _at(names, k) in listed(section):
        k += 1
    return k


def _is_sorry(names: list[str], i: int) -> bool:
    return bool(set(names[:i]) & listed("oops"))


def _again(names: list[str], i: int) -> bool:
    return _is_sorry(names, i) or bool(set(names) & {"instead", "rather", "earlier", "actually"})


def _makes(names: list[str], i: int) -> int | None:
    """ "Make that a 7", "call it 6 instead"."""
    word, following = names[i], _at(names, i + 1)
    if following not in ("it", "that", "this", "mine", "my", "yesterday", "yesterdays", "last"):
        return None
    if _at(names, i + 2).isdecimal() and _at(names, i + 3) in ("a", "an", "into"):
        return i + 4 if following in ("my", "that", "last") else None  # "make my 4 a 5"
    j = i + 2 if _at(names, i + 2) in ("a", "an") else _behind(names, i + 2, "my answer")
    make = word[0] == "m" and len(word) < 5
    return j if _again(names, i) or (make and (_at(names, j) in ("a", "an") or following != "it")) else None


def _changes(names: list[str], i: int) -> int | None:
    """ "Change my score to a 7", "put that 4 as 6"."""
    word = names[i]
    to = next((j for j in range(i + 1, min(i + 9, len(names))) if names[j] in ("to", "into", "as", "at")), 0)
    between = set(names[i + 1 : to])
    number = any(name.isdecimal() for name in between)
    mine = number or between & listed("my answer")
    tells = (word, _at(names, i + 1)) == ("up", "from")  # "up from 5 to 6"
    if not to or not mine or tells or between & listed("not my answer") or (word == "put" and not _again(names, i)):
        return None
    clear = _again(names, i) or _at(names, to + 1) in ("a", "an") or number or "that" in between
    clear = clear or bool(between & listed("surely my answer"))
    return to + 1 if clear or word in listed("surely changing") else None


def _means(names: list[str], i: int) -> int | None:
    """ "Meant 4", "I mean 6", "meant to type 7"."""
    word, following = names[i], _at(names, i + 1)
    mean = word == "mean" and (_is_sorry(names, i) or (i == 1 and names[0] == "i"))
    if word != "meant" and not mean:
        return None
    if following == "to":
        return i + 3 if _at(names, i + 2) in listed("to write") else None
    if following in ("it", "that") and _at(names, i + 2) in ("as", "to"):
        return i + 3 + (_at(names, i + 3) == "be")
    return i + 1


def _should(names: list[str], i: int) -> int | None:
    """ "That 4 should be a 6", "should have been 7"."""
    first = i == 0 and _at(names, 1) in ("have", "of", "been", "say", "read", "hae")
    named = _at(names, i - 1) in listed("my answer") or _at(names, i - 2) in ("that", "the", "my")
    return _behind(names, i + 1, "should be") if named or first or _is_sorry(names, i) else None
