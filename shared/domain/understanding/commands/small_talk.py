"""Reads what asks for nothing (thanks, a nod, a laugh) and what nothing can be read from (mashed keys, links)."""

import re
from functools import cache

from shared.domain.understanding.commands.frames import shortened
from shared.domain.understanding.commands.message import Found, Message, is_word, listed
from shared.domain.understanding.commands.vocabulary import vocabulary
from shared.domain.understanding.reply import Command

_THANKS, _UNCLEAR = Found(Command("thanks", {}), ""), Found(Command("unclear", {}), "")
_LONGEST_THANKS = 14  # words
_LONGEST_PLEA = 10
_LONGEST_TO_OTHERS = 20
_LONGEST_PHRASE = 6
# Patterns that few texts need are compiled when one does, by `re`, which keeps them.
_TAPBACK = r"\s*([^\W\d_][^\n\"“«'‘]{3,29}?)\s*[\"“«'‘]"
_REACTED = r"(?i)\s*(?:reacted|removed) .{1,30}(?:to|from) [\"“]"
_CLOSED = (*"\"”»'’…",)
_LINK = r"(?i)(?:https?://|www\.)\S+"
_CODE = (
    r"(?i)\{\{|\$\{|<\s?/?(?:script|img|svg|div|iframe|body|b|a)\b|\bdrop table\b|\bselect \*|;\s*--|%s%s"
    r"|\brm -rf\b|' or '?1"
)
_OF_CODE = ("{", "<", ";", "%s", "drop ", "select ", "rm ", "' or ")  # what code has, and texts seldom
_EMOJI = 0x2000  # where the marks begin that are no punctuation


def read_thanks(message: Message) -> Found | None:
    """A message that is only thanks, a nod, a laugh or a goodbye, with a name behind it or not; a phone's tapback.

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str, asked: str = "daily_checkin") -> bool:
    ...     return read_thanks(Message(text, Context(asked), datetime(2026, 3, 3, tzinfo=UTC))) is not None
    >>> read("ok perfect, thank you Sam"), read('Liked "3 days in a row"'), read("great"), read("great", "none")
    (True, True, False, True)
    """
    if _is_tapback(message.text):
        return _THANKS
    asked, said = message.context.asked, message.said
    if not said or len(said) > _LONGEST_THANKS:
        return None
    if any(message.plea in listed(words) for words in ("stop words", "help words")):
        return None  # "Hi. Help. Thanks"
    for _ in range(3):
        name = message.text[said[-1].start : said[-1].end]
        if len(said) > 1 and name[0].isupper() and not (name.isupper() and len(name) > 1) and not _nods(said[-1].word):
            said = said[:-1]
    names = shortened([token.word for token in said])
    if asked in ("opt_in", "confirm_delete"):
        plain = names[0] in listed("thanking") and "no" not in names and _acknowledges(names, "ack")
        return _THANKS if plain else None
    if "?" in message.text and _is_question(names):
        return None
    if _acknowledges(names, "ack") and " ".join(names) not in listed("stop words"):
        return _THANKS
    if asked == "none" and _acknowledges(names, "ack", "ack where nothing is open"):
        return _THANKS
    return None


def read_bare_stop(message: Message) -> Found | None:
    """A sentence that is no more than a stop, in a message without a score: "Third time asking. STOP."

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str) -> bool:
    ...     return read_bare_stop(Message(text, Context(), datetime(2026, 3, 3, tzinfo=UTC))) is not None
    >>> read("What part of it do you not get. STOP."), read("Phones again. They never stop."), read("4. Stop, stop.")
    (True, False, False)
    """
    if message.numbers:
        return None
    sentences = message.sentences
    if len(message.said) > _LONGEST_TO_OTHERS:  # in a story only as its first word or its last
        sentences = [*sentences[:1], *sentences[-1:]]
    said = (shortened([token.word for token in each.tokens if is_word(token)]) for each in sentences)
    return Found(Command("stop", {}), "") if any(map(_stops_kindly, said)) else None


def read_nothing(message: Message, free: bool) -> Found | None:
    """What is plainly nothing that could be read, and a bare "stop"; None for anything that may be a report."""
    text, asked = message.text, message.context.asked
    names = shortened([token.word for token in message.said])
    joined = " ".join(names)
    stops = joined in listed("stop words") or message.plea in listed("stop words")
    if names and (stops or (not free and _pleads(message, names))):
        return Found(Command("stop", {}), "")
    if _is_code(text[:500]) or _is_link(text):
        return _UNCLEAR
    if not names:
        return _read_marks([t.word for t in message.tokens], asked)
    said = (shortened([t.word for t in s.tokens if is_word(t)]) for s in message.sentences)
    if asked not in ("opt_in", "confirm_delete") and (
        _is_question(names) or all(map(_is_question, filter(None, said)))
    ):
        return _UNCLEAR
    if asked == "daily_checkin" and joined in listed("yes"):
        return _UNCLEAR
    if all(name in listed("struck by") or _is_struck(name) for name in names) and any(map(_is_struck, names)):
        return _UNCLEAR
    return _UNCLEAR if not free and _is_for_somebody_else(message, names) else None


def _is_code(text: str) -> bool:
    """Whether a text has what only programs are written with."""
    low = text.lower()
    return any(mark in low for mark in _OF_CODE) and re.search(_CODE, text) is not None


def _is_link(text: str) -> bool:
    if "://" not in text and "www." not in text.lower():
        return False
    return bool(re.search(_LINK, text[:500])) and not re.sub(_LINK, "", text[:2000]).strip(" .!?\n")


def _is_tapback(text: str) -> bool:
    """A phone's "Liked “...”", "Laughed at “...”", "Reacted 👍 to “...”"."""
    if ('"' in text or "“" in text) and re.match(_REACTED, text[:200]):
        return True
    match = re.match(_TAPBACK, text[:200]) if text.rstrip().endswith(_CLOSED) else None
    return bool(match and match[1].lower().strip() in listed("tapbacks"))


def _nods(word: str) -> bool:
    return any(word in listed(section) for section in ("ack", "ack around", "ack where nothing is open"))


def _acknowledges(names: list[str], *sections: str) -> bool:
    """Whether a few words are only thanks or a nod: each phrase in the lists, at least one of weight."""
    i, weight = 0, False
    while i < len(names):
        longest = _LONGEST_PHRASE if names[i] in _beginnings(sections) else 1
        for length in range(min(longest, len(names) - i), 0, -1):
            phrase = " ".join(names[i : i + length])
            if any(phrase in listed(section) for section in sections) or (length == 1 and _laughs(phrase)):
                i, weight = i + length, True
                break
        else:
            if names[i] not in listed("ack around"):
                return False
            i += 1
    return weight


@cache
def _beginnings(sections: tuple[str, ...]) -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for section in sections for phrase in listed(section))


def _laughs(word: str) -> bool:
    """ "hahaha", "jajaja", "lololol", "hehehe", but not "aaaa"."""
    return len(word) > 3 and "".join(sorted(set(word))) in ("ah", "aj", "lo", "eh", "hi")


def _is_question(names: list[str]) -> bool:
    """A question or a sound that says nothing: "what?", "sorry, who is this"."""
    while len(names) > 1 and " ".join(names) not in listed("unclear words") and names[0] in listed("openers"):
        names = names[1:]
    return " ".join(names) in listed("unclear words")


def _stops_kindly(names: list[str]) -> bool:
    """Whether beside a "stop" there is only politeness, which answers no question: "STOP please and thank you"."""
    if listed("stop said").isdisjoint(names) or len(names) > _LONGEST_PLEA:
        return False
    return all(name in listed("beside a stop") or name in listed("stop said") for name in names)


def _pleads(message: Message, names: list[str]) -> bool:
    """ "Stop" at the beginning or the end of a short message: "STOP. I mean it", "this is annoying stop"."""
    if len(names) > _LONGEST_PLEA or message.numbers:
        return False
    at = next((i for i, name in enumerate(names) if name in listed("stop said")), None)
    if at is None or (at and names[at - 1] in listed("not before stop")):
        return False
    if at == len(names) - 1:
        return True
    known = [vocabulary().phrases.get(name, 0) & vocabulary().bits["common"] for name in names]
    following = message.text[message.said[at].end]
    if names[at + 1] in ("the", "this", "my") and not all(known[at + 1 :]):
        return False  # "STOP the press!! I got the promotion!"
    return all(known[:at]) and (following in ".!,;" or bool(known[at + 1] and names[at + 1] != "and"))


def _read_marks(marks: list[str], asked: str) -> Found | None:
    """A message of marks and emoji: a thumb is thanks, a face is a mood and read by others, dots are nothing."""
    meant = [mark for mark in marks if mark not in listed("skin")]
    if meant and all(mark in listed("stop signs") for mark in meant):
        return Found(Command("stop", {}), "")
    if meant and all(mark in listed("thumbs") for mark in meant):
        return None if asked in ("opt_in", "confirm_delete") else _THANKS
    if meant and asked == "none" and all(mark in listed("ack emoji") for mark in meant):
        return _THANKS
    if all(ord(mark) < _EMOJI for mark in meant) and (len(set(meant)) <= 1 or not {*meant} & set("*)(:;=<")):
        return _UNCLEAR
    return None


def _is_struck(word: str) -> bool:
    """Whether keys were struck at random: no language has such a word.

    >>> [_is_struck(word) for word in ("asdf", "sdkfjhsdf", "aaaa", "qwpoeirj", "zzzz", "strengths", "meh")]
    [True, True, True, True, False, False, False]
    """
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return False
    if any(word[k : k + 4] in _ROWS for k in range(len(word) - 3)):
        return True
    if len(word) > 4 and any(word[k : k + 2] in _NEVER_SAID for k in range(len(word) - 1)):
        return True
    if len(set(word)) == 1:
        return word[0] not in "zhm"
    vowels = sum(letter in "aeiouy" for letter in word)
    if vowels == 0:
        return len(word) >= 5 and len(set(word)) > 2
    return len(word) >= 8 and vowels / len(word) < 0.1


_KEYS = "qwertyuiop asdfghjkl zxcvbnm"
_ROWS = frozenset(_KEYS[k : k + 4] for k in range(len(_KEYS) - 3) if " " not in _KEYS[k : k + 4]) - {
    "rewq",
    "wert",
    "tyui",
}


# Letters that no word has side by side.
_NEVER_SAID = frozenset("qw qp qs qd qz qx qj qk wq wx zx xz xj jx xk vx vq fq gq jf jg jl vj jv kq".split())


def _is_for_somebody_else(message: Message, names: list[str]) -> bool:
    """ "Taxi's outside, are you coming down?", "Mum, have you seen my keys?"."""
    if len(names) > _LONGEST_TO_OTHERS or message.names & listed("of a report"):
        return False
    told = len(names) > 3 and names[0] == "tell" and names[1] not in listed("told us")
    if message.numbers and not names[-1].isdecimal() and not told:
        return False
    if names[-2:] == ["wrong", "number"]:
        return True  # "I am not Sandra, wrong number?"
    if len(names) > 1 and names[0] in listed("kin") and message.names & listed("to somebody"):
        return True
    if told:
        return True  # "tell nan the boiler man's coming at 2"
    joined, known = f" {' '.join(names)} ", _to_others()
    return any(f" {phrase} " in joined for name in known.keys() & {*names} for phrase in known[name])


@cache
def _to_others() -> dict[str, list[str]]:
    """What is said to somebody else, by the first word."""
    known: dict[str, list[str]] = {}
    for phrase in listed("somebody else"):
        known.setdefault(phrase.partition(" ")[0], []).append(phrase)
    return known
