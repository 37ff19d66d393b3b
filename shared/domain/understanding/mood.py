"""Reads how a day was: a score where there is one, else "same", else a band from words and emoji.

Words give a band only where they are said of the day or of the member, or stand alone; what is said of a
meeting, a boss or the pasta gives none. The words are in `words/mood.txt` and `words/emoji.txt`.
"""

import re
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.scores import Token, own_words, read_score, tokens

_ENDS = frozenset('.!?\n,;:()[]=|>"')
_SENTENCE_ENDS = frozenset(".!?\n;")
_LONGEST = 8  # words in a phrase
_MOST = 1500  # tokens that are looked at
_LETTERS = re.compile(r"(.)\1{2,}")
_OK = frozenset("ok okay k kk cool right sure thanks thank you ty thx lol haha yes yeah yep no nope hi hello".split())
# A quoted word means its opposite: a "fun" day.
_SCARE = re.compile(r"""(?<!\w)["'](\w+)["'](?!\w)""")
_OPPOSITE = {"high": "low", "mid": "low", "low": "mid"}


class Mood(NamedTuple):
    """A number from 1 to 10, a band, "same" or None; `estimated` where words or emoji gave the band."""

    value: float | str | None
    estimated: bool = False


class _Entry(NamedTuple):
    band: str
    kind: str  # "idiom", "day" (an adjective of a day), "feeling" or "middle" (both)


class _Verdict(NamedTuple):
    band: str
    weight: int
    sentence: int
    clause: int
    of_day: bool  # the day itself is named


class _Clause(NamedTuple):
    found: list[Token]
    sentence: int
    contrast: bool  # what begins with "but"


def read_mood(text: str, asked: str) -> Mood:
    """How the day was, by a normalised text without the clauses that are commands.

    >>> read_mood("great day!!", "daily_checkin")
    Mood(value='high', estimated=True)
    >>> read_mood("not a 7, more like a 5", "daily_checkin")
    Mood(value=5.0, estimated=False)
    >>> read_mood("same as yesterday", "daily_checkin").value, read_mood("the pasta was amazing", "daily_checkin").value
    ('same', None)
    """
    score = read_score(text)
    if score is not None:
        return Mood(score)
    found = [_plain(token) for token in tokens(own_words(text))[:_MOST]]
    if not found or _only_ok(found):
        return Mood(None)
    if asked != "weekly_review" and _is_same(found):
        return Mood("same")
    mocking = any(token.word in _emoji("mocking") for token in found) or _SCARE.search(text) is not None
    verdicts = _verdicts(found, asked)
    if asked != "weekly_review" and _mocks(found, verdicts, mocking, text):
        return Mood("low", True)
    if asked == "weekly_review":
        verdicts = [verdict for verdict in verdicts if verdict.of_day]
    band = _chosen(verdicts)
    if band and mocking:
        band = _OPPOSITE[band] if band != "low" else band
    if band is None and asked != "weekly_review":
        band = _pictured(found)
    return Mood(band, band is not None)


# ---- Vocabulary


@cache
def _list(section: str) -> frozenset[str]:
    return frozenset(_key(phrase) for phrase in words.load("mood")[section])


def _key(phrase: str) -> str:
    return " ".join(token.word for token in tokens(phrase))


@cache
def _emoji(section: str) -> frozenset[str]:
    return frozenset(words.load("emoji")[section])


@cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """Every phrase that says a mood, with all that it may say."""
    found: dict[str, list[_Entry]] = {}
    for band in ("low", "mid", "high"):
        for phrase in _list(f"{band} idioms"):
            found.setdefault(phrase, []).append(_Entry(band, "idiom" if _stands(phrase) else "either"))
    for section, band, kind in (
        ("bad", "low", "day"),
        ("middling", "mid", "day"),
        ("good", "high", "day"),
        ("sad", "low", "feeling"),
        ("unsure", "mid", "feeling"),
        ("happy", "high", "feeling"),
    ):
        for phrase in _list(section):
            found.setdefault(phrase, []).append(_Entry(band, kind))
    return {phrase: tuple(entries) for phrase, entries in found.items()}


def _stands(phrase: str) -> bool:
    """Whether an idiom says a mood wherever it stands: "over the moon", but not "knackered" or "a joke"."""
    first, *rest = phrase.split()
    return bool(rest) and first not in _list("open idioms")


@cache
def _starts() -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in [*_entries(), *_list("same"), *_list("cheers"), *_list("not told")]:
        first, length = phrase.partition(" ")[0], phrase.count(" ") + 1
        longest[first] = max(longest.get(first, 0), min(length, _LONGEST))
    return longest


@cache
def _known() -> frozenset[str]:
    """All single words of all phrases: what a word with repeated letters may be."""
    return frozenset(word for phrase in _entries() for word in phrase.split()) | _list("plain")


def _plain(token: Token) -> Token:
    """A word without the letters that are drawn out: "sooo goooood"."""
    word = token.word
    if len(word) < 3 or word in _known() or not _LETTERS.search(word):
        return token
    for times in (r"\1\1", r"\1"):
        if (short := _LETTERS.sub(times, word)) in _known():
            return token._replace(word=short)
    return token._replace(word=_LETTERS.sub(r"\1", word))


def _phrase(found: list[Token], at: int, known: frozenset[str] | dict[str, tuple[_Entry, ...]]) -> int:
    """How many tokens the longest known phrase has that begins at a token."""
    for length in range(min(_starts().get(found[at].word, 0), len(found) - at), 0, -1):
        if " ".join(token.word for token in found[at : at + length]) in known:
            return length
    return 0


# ---- The whole text


def _only_ok(found: list[Token]) -> bool:
    return all(token.word in _OK or not token.word[:1].isalnum() for token in found) and any(
        token.word in _OK for token in found
    )


def _is_same(found: list[Token]) -> bool:
    """ "same as yesterday", "ditto", but not "same war room again"."""
    spoken = [token.word for token in found if token.word[:1].isalnum()]
    if " ".join(spoken) in _list("same alone"):
        return True
    for at in range(len(found)):
        length = _phrase(found, at, _list("same"))
        if not length or (at and found[at - 1].word in ("not", "never", "isnt", "wasnt", "arent")):
            continue
        phrase = " ".join(token.word for token in found[at : at + length])
        after = found[at + length].word if at + length < len(found) else ""
        # What is one word, or begins with "like" or "no", is all that its clause says.
        loose = length == 1 or found[at].word in ("like", "no", "as", "yesterday", "still", "about")
        begins = at == 0 or all(t.word in _list("plain") or t.word in _ENDS for t in found[max(0, at - 6) : at])
        if begins and (not loose or not after or not after[:1].isalnum() or after in _list("plain")) and phrase:
            return True
    return False


def _chosen(verdicts: list[_Verdict]) -> str | None:
    """The weightiest verdict, the last among equals."""
    best: _Verdict | None = None
    for verdict in verdicts:
        if best is None or verdict.weight >= best.weight:
            best = verdict
    return best.band if best else None


def _mocks(found: list[Token], verdicts: list[_Verdict], mocking: bool, text: str) -> bool:
    """Sarcasm: "oh great, layoffs again", "another reorg. yay", "Great day if you enjoy firing people"."""
    if text.rstrip().endswith(("/s", "(not)")):
        return any(verdict.band != "low" for verdict in verdicts) or bool(_cheer(found))
    spoken = {token.word for token in found}
    if spoken & {"if", "unless"}:
        for one, two, three in zip(found, found[1:], found[2:], strict=False):
            if one.word == "if" and two.word in ("you", "u", "ya", "youre") and three.word in _list("if you"):
                return any(verdict.band == "high" for verdict in verdicts) or bool(_cheer(found))
    if not _cheer(found):
        return False
    if mocking:
        return True
    if any(verdict.band == "low" for verdict in verdicts):
        return not any(verdict.of_day and verdict.band == "high" for verdict in verdicts)
    return bool(spoken & _list("mishaps")) and not any(
        verdict.band == "high" and verdict.of_day for verdict in verdicts if not spoken & _list("grave mishaps")
    )


def _cheer(found: list[Token]) -> bool:
    """Whether a clause only cheers: "yay", "oh just fantastic"."""
    for clause in _clauses(found):
        inside = [token.word for token in clause.found if token.word[:1].isalnum() and token.word not in ("oh", "just")]
        inside = [word for word in inside if word not in ("so", "well", "ah", "how", "and", "then", "this", "is")]
        if inside and " ".join(inside) in _list("cheers"):
            return True
        if inside and inside[0] in _list("cheers") and len(inside) > 1 and inside[1] in ("another", "more"):
            return True
    return False


def _pictured(found: list[Token]) -> str | None:
    """What emoji say where no word says more."""
    drawn = [token.word for token in found if not token.word.isalnum() and token.word not in _emoji("parts")]
    spoken = [token.word for token in found if token.word[:1].isalnum() and token.word not in _list("plain")]
    if spoken:
        return None
    score, seen, last = 0, False, ""
    for sign in drawn:
        for band, worth in (("low", -1), ("mid", 0), ("high", 1)):
            if sign in _emoji(band):
                score, seen, last = score + worth, True, band
    if not seen and any(sign in _emoji("mocking") for sign in drawn):
        return "low"
    if not seen:
        return None
    if score:
        return "high" if score > 0 else "low"
    return last if all(sign in _emoji("mid") for sign in drawn if sign in _emoji(last)) else "mid"


# ---- Clauses and what they say


def _clauses(found: list[Token]) -> list[_Clause]:
    result: list[_Clause] = []
    start, sentence, contrast = 0, 0, False
    for at in range(len(found) + 1):
        word = found[at].word if at < len(found) else "\n"
        cuts = word in _ENDS or (word == "-" and 0 < at < len(found) and found[at].start > found[at - 1].end)
        picture = not cuts and not word[:1].isalnum() and word not in "-'&/_%$*+#"
        turns = word in _list("contrast") or word in ("because", "cos", "cuz", "bc", "cause", "so", "and", "then")
        turns = turns and at > start
        if cuts or picture or turns:
            if at > start:
                result.append(_Clause(found[start:at], sentence, contrast))
            start = at if turns else at + 1
            contrast = turns and word in ("but", "however", "still", "yet", "otherwise")
            sentence += word in _SENTENCE_ENDS
    return result


def _verdicts(found: list[Token], asked: str) -> list[_Verdict]:
    result: list[_Verdict] = []
    named = False
    clauses = _clauses(found)
    for number, clause in enumerate(clauses):
        inside = [token.word for token in clause.found]
        if _not_told(clause.found):
            named = False
            continue
        at = 0
        while at < len(inside):
            length = _phrase(clause.found, at, _entries())
            if length:
                verdict = _judge(clause, inside, at, length, number, asked, named, len(clauses))
                if verdict:
                    result.append(verdict)
            at += max(1, length)
        words_of_day = {"day", "today", "shift", "work", "overall", "tonight"} & set(inside)
        named = (
            bool(words_of_day)
            or (named and all(word in _list("plain") for word in inside))
            or number == 0
            and (all(word in _list("plain") for word in inside))
        )
    return result


def _not_told(found: list[Token]) -> bool:
    return any(_phrase(found, at, _list("not told")) for at in range(len(found)))


def _judge(
    clause: _Clause, inside: list[str], at: int, length: int, number: int, asked: str, named: bool, of: int
) -> _Verdict | None:
    """What a phrase in a clause says of the day, None where it speaks of something else."""
    phrase, end = " ".join(inside[at : at + length]), at + length
    entries = _entries()[phrase]
    kinds = {entry.kind: entry.band for entry in entries}
    before, after = inside[:at], inside[end:]
    content = [word for word in before if not _is_plain(word)]
    behind = [word for word in after if not _is_plain(word)]
    whole = not content and not behind
    weight, band, of_day = 0, "", False
    if "idiom" in kinds:
        if not _of_others(before) and not (content and content[-1:] == before[-1:]):
            weight, band = 3, kinds["idiom"]
    noun = _noun_behind(inside, end)
    if (
        not weight
        and noun
        and ("day" in kinds or "either" in kinds or (noun in ("day", "days") and "feeling" in kinds))
    ):
        if not _of_others(before) and not _owned(before) and not _greets(before, phrase, noun, after):
            band = kinds.get("day") or kinds.get("either") or kinds["feeling"]
            weight, of_day = (4 if phrase != "long" else 1), True
    subject = _subject(before)
    if not weight and subject and ("day" in kinds or "either" in kinds):
        pronoun = subject in _list("pronouns")
        if not pronoun or number == 0 or named or {"today", "overall", "day"} & set(inside):
            band = kinds.get("day") or kinds["either"]
            weight, of_day = 4, True
    if not weight and ("feeling" in kinds or "either" in kinds) and _felt(before, after):
        weight, band = 3, kinds.get("feeling") or kinds["either"]
    if not weight and whole and not _greets(before, phrase, "", after) and not _opens(phrase, after, number, of):
        alone = kinds.get("either") or kinds.get("day") or kinds.get("idiom") or kinds["feeling"]
        named_day = bool({"day", "today", "shift", "tonight", "work"} & set(inside))
        if asked == "daily_checkin" or named_day or alone == "low" or length > 1:
            weight, band, of_day = 3, alone, named_day
    if not weight:
        return None
    if _negated(before):
        if band == "high" and phrase in _list("very good"):
            band = "mid"
        else:
            band = {"high": "low", "mid": "low", "low": "mid"}[band]
    if set(inside) & _list("overall") or "all round" in " ".join(inside):
        weight += 2
    if clause.contrast:
        weight += 1
    if set(inside) & _list("earlier") and not {"today", "than"} & set(inside):
        weight -= 3
    return _Verdict(band, max(weight, 1), clause.sentence, number, of_day)


def _is_plain(word: str) -> bool:
    return word in _list("plain") or word in _list("negators") or not word[:1].isalnum() or word in _known_adjectives()


@cache
def _known_adjectives() -> frozenset[str]:
    singles = [_list(section) for section in ("good", "bad", "middling", "happy", "sad", "unsure", "contrast")]
    return frozenset().union(*singles)


def _noun_behind(inside: list[str], end: int) -> str:
    """The noun of the day that an adjective stands before: "a rough, rough shift", "pretty good one"."""
    at = end
    while at < len(inside) and at < end + 4:
        word = inside[at]
        if word in _list("day nouns"):
            if word in ("one", "un", "start", "finish", "time") and at + 1 < len(inside):
                after = inside[at + 1]
                if not _is_plain(after) and after not in ("at", "in", "with", "w", "for", "with", "because"):
                    return ""
            return word
        if word not in _known_adjectives() and word not in (
            "old",
            "working",
            "work",
            "wee",
            "little",
            "of",
            "a",
            "ass",
        ):
            return ""
        at += 1
    return ""


def _subject(before: list[str]) -> str:
    """What an adjective is said of, where that is the day: in "today was honestly pretty" it is "today"."""
    at = len(before) - 1
    while at >= 0:
        word = before[at]
        if word in _list("day subjects"):
            if word in ("wis", "was", "wuz"):
                at -= 1
                continue
            if at and before[at - 1] in _list("others"):
                return ""
            if at and word in ("job", "life", "office", "rest", "stuff", "things") and before[at - 1] == "good":
                return ""
            # In "the demo today was great" the day is not the subject.
            if word in ("today", "tonight", "todays", "hoy", "heute") and at and not _is_plain(before[at - 1]):
                return ""
            return word
        if not _is_plain(word) or word in ("i", "im", "ive", "we", "id"):
            return ""
        at -= 1
    return ""


def _felt(before: list[str], after: list[str]) -> bool:
    """Whether the member is who feels so: "im", "feeling", "left me" before; no cause behind."""
    cause = after[0] if after else ""
    if cause in ("of", "by", "from", "with", "that", "about", "to", "after", "how", "for", "w", "at", "when", "it"):
        return False
    for word in reversed(before[-6:]):
        if word in ("i", "im", "ive", "am", "feeling", "feelin", "feel", "felt", "me", "id", "we", "were", "myself"):
            return cause == "" or _is_plain(cause) or cause in ("rn", "and", "but")
        if not _is_plain(word):
            return False
    return False


def _of_others(before: list[str]) -> bool:
    """Whether somebody else is who did or had it: "Priya had", "she"."""
    for at, word in enumerate(before):
        if word in ("he", "she", "they", "hes", "shes", "theyre", "everyone", "nobody", "somebody", "someone", "who"):
            return True
        if word in ("had", "has", "having") and at and not _is_plain(before[at - 1]):
            return True
    return False


def _owned(before: list[str]) -> bool:
    return bool(before) and any(word in _list("others") for word in before[-3:])


def _greets(before: list[str], phrase: str, noun: str, after: list[str]) -> bool:
    """ "good morning", "have a good one"."""
    if phrase in ("good", "bom", "boa", "guten", "buen", "bonne") and noun != "day" and noun != "one":
        bare = not [word for word in before if word not in ("hi", "hello", "hey", "oh", "a", "and", "very")]
        return bare and noun in ("morning", "afternoon", "evening", "night", "tag", "día", "dia", "journée")
    if phrase == "good" and noun == "day" and not before:
        return after[1:2] in (["sir"], ["madam"], ["to"], ["mate"], ["all"])
    return False


def _opens(phrase: str, after: list[str], number: int, of: int) -> bool:
    """Whether a word only opens what follows: "ok, shipped it", "right"."""
    return phrase in (
        "ok",
        "okay",
        "k",
        "alright",
        "cool",
        "nice",
        "sweet",
        "sound",
        "grand so",
        "whatever",
        "super",
    ) and (number == 0 and of > 1 and not after)


def _negated(before: list[str]) -> bool:
    """Whether a "not" reaches what stands behind it, over plain words only."""
    for word in reversed(before[-8:]):
        if word in _list("negators"):
            return word != "nothing"
        if not _is_plain(word) and word not in _list("day subjects"):
            return False
    return False
