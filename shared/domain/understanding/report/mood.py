"""Reads how a day was: a score where there is one, else "same", else a band from words and emoji.

Words give a band only where they are said of the day or of the member, or stand alone; what is said of a
meeting, a boss or the pasta gives none. The words are in `words/mood.txt` and `words/emoji.txt`.
"""

import re
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.report.scores import Token, own_tokens, own_words, score_of, tokens

_ENDS = frozenset('.!?\n,;:()[]=|>"')
_SENTENCE_ENDS = frozenset(".!?\n;")
_LONGEST = 8  # words in a phrase
_MOST = 1500  # tokens that are looked at
_NEAR = 20  # tokens on either side that a phrase is judged by
# Faces made of signs, read as the emoji that they stand for.
_FACE = re.compile(r"(?<!\S)(?:[:;=]'?-?[()DPp/|\\]|<3|[xX]D|D:)(?!\S)")
_LETTERS = re.compile(r"(.)\1{2,}")
_OK = frozenset("ok okay k kk cool right sure thanks thank you ty thx lol haha yes yeah yep no nope hi hello".split())
# A quoted word means its opposite: a "fun" day.
_SCARE = re.compile(r"""(?<!\w)["'](\w+)["'](?!\w)""")
# The lists of adjectives, with the band that they say and their kind.
_ADJECTIVES = (
    ("bad", "low", "day"),
    ("middling", "mid", "day"),
    ("good", "high", "day"),
    ("sad", "low", "feeling"),
    ("unsure", "mid", "feeling"),
    ("happy", "high", "feeling"),
)
_THE = frozenset("the a an my our this that another last first one long easy hard good bad great quick".split())
_OPPOSITE = {"high": "low", "mid": "low", "low": "mid"}


class Mood(NamedTuple):
    """A number from 1 to 10, a band, "same" or None; `estimated` where words or emoji gave the band."""

    value: float | str | None
    estimated: bool = False


class _Verdict(NamedTuple):
    band: str
    weight: int
    of_day: bool  # the day itself is named


class _Clause(NamedTuple):
    found: list[Token]
    sentence: int
    contrast: bool  # it begins with "but"
    label: bool  # a colon or a dash follows


class _Place(NamedTuple):
    """Where a clause stands."""

    number: int
    of: int
    named: bool  # the clause before speaks of the day
    asked: str


def read_mood(text: str, asked: str) -> Mood:
    """How the day was, by a normalised text without the clauses that are commands.

    >>> read_mood("great day!!", "daily_checkin")
    Mood(value='high', estimated=True)
    >>> read_mood("not a 7, more like a 5", "daily_checkin")
    Mood(value=5.0, estimated=False)
    >>> read_mood("same as yesterday", "daily_checkin").value, read_mood("the pasta was amazing", "daily_checkin").value
    ('same', None)
    """
    found = own_tokens(text)
    score = score_of(found)
    if score is not None:
        return Mood(score)
    own = own_words(text)
    if (faced := _FACE.sub(_face, own)) != own:
        found = tokens(faced)
    found = [_plain(token) for token in found[:_MOST]]
    found = [
        token
        for at, token in enumerate(found)
        if not (_pair(found, at) in _list("asides") or (at and _pair(found, at - 1) in _list("asides")))
    ]
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
        if mocking and asked == "daily_checkin" and not _of_energy(found):
            band = band or "low"
    return Mood(band, band is not None)


def _pair(found: list[Token], at: int) -> str:
    return f"{found[at].word} {found[at + 1].word}" if at + 1 < len(found) else ""


def _face(drawn: re.Match[str]) -> str:
    """
    >>> _FACE.sub(_face, "ok :( bye :)")
    'ok 😞 bye 🙂'
    """
    if drawn[0] == "<3":
        return "❤"
    return {"(": "😞", ":": "😞", "/": "😕", "\\": "😕", "|": "😐", ")": "🙂"}.get(drawn[0][-1], "😃")


# ---- Vocabulary


@cache
def _list(section: str) -> frozenset[str]:
    return frozenset(_key(phrase) for phrase in words.load("mood")[section])


def _key(phrase: str) -> str:
    plain = phrase.replace("'", "")
    return plain if plain.replace(" ", "").isalpha() else " ".join(token.word for token in tokens(phrase))


@cache
def _emoji(section: str) -> frozenset[str]:
    return frozenset(words.load("emoji")[section])


@cache
def _entries() -> dict[str, dict[str, str]]:
    """The phrases that say a mood: of each kind that it may be, the band.

    A kind is "idiom" (it stands for itself), "day" (an adjective of a day), "feeling" or "either".
    """
    found: dict[str, dict[str, str]] = {}
    opening = _list("open idioms")
    for band in ("low", "mid", "high"):
        for phrase in _list(f"{band} idioms"):
            first, _, rest = phrase.partition(" ")
            found.setdefault(phrase, {})["idiom" if rest and first not in opening else "either"] = band
    for phrase in _list("no mood"):
        found.setdefault(phrase, {})
    for section, band, kind in _ADJECTIVES:
        for phrase in _list(section):
            found.setdefault(phrase, {})[kind] = band
    return found


@cache
def _starts() -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in [*_entries(), *_list("same"), *_list("cheers"), *_list("not told")]:
        first, length = phrase.partition(" ")[0], phrase.count(" ") + 1
        longest[first] = max(longest.get(first, 0), min(length, _LONGEST))
    return longest


def _plain(token: Token) -> Token:
    """A word without the letters that are drawn out: "sooo goooood"."""
    word = token.word
    if len(word) < 3 or not _LETTERS.search(word) or word in _starts():
        return token
    for times in (r"\1\1", r"\1"):
        if (short := _LETTERS.sub(times, word)) in _starts() or short in _list("plain"):
            return token._replace(word=short)
    return token._replace(word=_LETTERS.sub(r"\1", word))


def _phrase(found: list[Token], at: int, known: frozenset[str] | dict[str, dict[str, str]]) -> int:
    """How many tokens the longest known phrase has that begins at a token."""
    longest = _starts().get(found[at].word, 0)
    for length in range(min(longest, len(found) - at) if longest else 0, 0, -1):
        if " ".join([token.word for token in found[at : at + length]]) in known:
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
    if text.rstrip(" .!").lower().endswith(("/s", "(not)", "... not", ". not", " not")):
        return any(verdict.band != "low" for verdict in verdicts) or bool(_cheer(found))
    spoken = {token.word for token in found}
    for at in range(len(found) - 2):
        condition = found[at].word == "if" and found[at + 1].word in ("you", "u", "ya", "youre")
        if condition and found[at + 2].word in _list("if you"):
            return any(token.word in _list("good") for token in found[max(0, at - 5) : at])
    last = next((token.word for token in reversed(found) if token.word[:1].isalnum()), "")
    if (
        last in _list("cheers")
        and last not in ("fun", "joy")
        and spoken & (_list("grave mishaps") | {"again", "another"})
    ):
        return not any(verdict.of_day and verdict.band == "high" for verdict in verdicts)
    if not _cheer(found):
        return False
    if mocking:
        return True
    if any(verdict.band == "low" for verdict in verdicts):
        return not any(verdict.of_day and verdict.band == "high" for verdict in verdicts)
    return bool(spoken & _list("mishaps")) and not any(
        verdict.band == "high" and verdict.of_day for verdict in verdicts if not spoken & _list("grave mishaps")
    )


@cache
def _first_cheers() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in _list("cheers"))


def _cheer(found: list[Token]) -> bool:
    """Whether a clause only cheers: "yay", "oh just fantastic"."""
    if not any(token.word in _first_cheers() for token in found):
        return False
    for clause in _clauses(found):
        inside = [token.word for token in clause.found if token.word[:1].isalnum() and token.word not in ("oh", "just")]
        inside = [word for word in inside if word not in ("so", "well", "ah", "how", "and", "then", "this", "is")]
        if inside and " ".join(inside) in _list("cheers"):
            return True
        if inside and inside[0] in _list("cheers") and len(inside) > 1 and inside[1] in _list("mocked"):
            return True
    return False


def _pictured(found: list[Token]) -> str | None:
    """What emoji say where no word says more."""
    drawn = [token.word for token in found if not token.word.isalnum() and token.word not in _emoji("parts")]
    spoken = [token.word for token in found if token.word[:1].isalnum() and token.word not in _list("plain")]
    if spoken:
        faces = {band for band in ("low", "mid", "high") for sign in drawn if sign in _emoji(band) & _emoji("faces")}
        ends = not found[-1].word.isalnum() and found[-1].word not in _ENDS
        return faces.pop() if len(faces) == 1 and ends and not _of_energy(found) else None
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


def _of_energy(found: list[Token]) -> bool:
    """Whether the text says what gave or cost energy: its faces are about that."""
    return any(token.word in _list("energy words") for token in found)


# ---- Clauses and what they say


def _clauses(found: list[Token]) -> list[_Clause]:
    """What the signs and the conjunctions part, but no idiom: "ups and downs", "so so" stay whole."""
    result: list[_Clause] = []
    start, sentence, contrast, whole = 0, 0, False, 0
    for at in range(len(found) + 1):
        word = found[at].word if at < len(found) else "\n"
        if at < len(found) and at >= whole:
            whole = at + _phrase(found, at, _entries())
        if start < at < whole:
            continue
        turns = at > start and at < len(found) and _turns(found, at)
        if turns or _cuts(found, at):
            if at > start:
                label = word in (":", "-", "=")
                result.append(_Clause(found[start:at], sentence, contrast, label))
            start = at if turns else at + 1
            contrast = turns and word in ("but", "however", "still", "yet", "otherwise")
            sentence += word in _SENTENCE_ENDS
    return result


def _cuts(found: list[Token], at: int) -> bool:
    """Whether a sign ends a clause: the end, punctuation, a dash between blanks or an emoji."""
    if at == len(found) or found[at].word in _ENDS:
        return True
    word = found[at].word
    if word == "-":
        return at > 0 and found[at].start > found[at - 1].end
    return not word[:1].isalnum() and word not in "'&/_%$*+#"


def _turns(found: list[Token], at: int) -> bool:
    """Whether a word begins another clause; "so tired" and "tired and sad" do not part."""
    word, after = found[at].word, found[at + 1].word if at + 1 < len(found) else ""
    if word in ("so", "and"):
        return after[:1].isalnum() and after not in _known_adjectives()
    if word == "but" and found[at - 1].word in ("anything", "nothing"):
        return False
    return word in _list("contrast") or word in ("because", "cos", "cuz", "bc", "cause")


def _verdicts(found: list[Token], asked: str) -> list[_Verdict]:
    result: list[_Verdict] = []
    named, labelled = True, -1
    clauses = _clauses(found)
    for number, clause in enumerate(clauses):
        said = [token.word for token in clause.found]
        for at, word in enumerate(said):
            # "the call" is a thing, "I'd call it" is none.
            if word == "call" and at and said[at - 1] in _THE:
                clause.found[at] = clause.found[at]._replace(word="calls")
        # "Drained: billing codes": neither the label nor what it holds speaks of the day.
        if clause.label and " ".join(said) in _list("labels"):
            labelled = clause.sentence
        if clause.sentence == labelled or _not_told(clause.found):
            named = False
            continue
        place, at = _Place(number, len(clauses), named, asked), 0
        while at < len(said):
            length = _phrase(clause.found, at, _entries())
            verdict = _judge(clause, at, length, place) if length else None
            if verdict:
                result.append(verdict)
            at += max(1, length)
        of_day = bool({"day", "today", "shift", "work", "overall", "tonight"} & set(said))
        named = of_day or (named and all(word in _list("plain") for word in said))
    return result


def _not_told(found: list[Token]) -> bool:
    for at, token in enumerate(found):
        if _phrase(found, at, _list("not told")):
            # "have a good one" wishes, "I have a good feeling" and "didn't have a good day" do not.
            spoken = {other.word for other in found[max(0, at - _NEAR) : at]}
            if token.word != "have" or not spoken & {"i", "we", "didnt", "dont", "didnae", "to"}:
                return True
    return False


def _judge(clause: _Clause, at: int, length: int, place: _Place) -> _Verdict | None:
    """What a phrase in a clause says of the day, None where it speaks of something else."""
    end = at + length
    phrase = " ".join(token.word for token in clause.found[at:end])
    before = [token.word for token in clause.found[max(0, at - _NEAR) : at]]
    after = [token.word for token in clause.found[end : end + _NEAR]]
    said = [*before, phrase, *after, *phrase.split()]
    found = _said(phrase, before, after, said, place)
    if found is None:
        return None
    band, weight, of_day = found
    if _negated(before):
        band = "mid" if band == "low" or phrase in _list("very good") else "low"
    if set(said) & _list("overall") or "all round" in " ".join(said):
        weight += 2
    if clause.contrast:
        weight += 1
    if set(said) & _list("earlier") and not {"today", "than"} & set(said):
        weight -= 3
    return _Verdict(band, max(weight, 1), of_day)


def _said(
    phrase: str, before: list[str], after: list[str], said: list[str], place: _Place
) -> tuple[str, int, bool] | None:
    """The band of a phrase, what it weighs, and whether it names the day; None where it is not about the day."""
    kinds = _entries()[phrase]
    if not kinds:
        return None
    day, feeling = kinds.get("day") or kinds.get("either"), kinds.get("feeling") or kinds.get("either")
    content = [word for word in before if not _is_plain(word)]
    if "idiom" in kinds:
        # "Priya crushed it", "the team is over the moon"
        another = _of_others(before) or (before and content[-1:] == before[-1:])
        return None if another else (kinds["idiom"], 3, False)
    # "drained me" says what did, not how the day was.
    if after and after[0] in ("me", "us", "him", "her", "them"):
        return None
    if noun := _noun_behind(after):
        if _greets(before, phrase, noun, after, place.number):
            return None
        adverb = noun in _list("adverbs") and content
        if (day or noun in ("day", "days")) and not adverb and not _of_others(before) and not _owned(before):
            return day or kinds["feeling"], 4 if phrase != "long" else 1, True
    if day and (subject := _subject(before)):
        pronoun = subject in _list("pronouns")
        if not pronoun or place.number == 0 or place.named or {"today", "overall", "day"} & set(said):
            return day, 4, not pronoun or bool({"today", "overall", "day"} & set(said))
    if feeling and _felt(before, after):
        return feeling, 3, False
    if not content and all(_is_plain(word) for word in after) and not _opens(phrase, after, place):
        named = bool({"day", "today", "shift", "tonight", "work"} & set(said))
        alone = day or kinds["feeling"]
        if place.asked == "daily_checkin" or named or alone == "low" or " " in phrase:
            return alone, 3, named
    if phrase in _list("tails") and not (before and after):
        return day or kinds["feeling"], 2, False
    return None


def _is_plain(word: str) -> bool:
    return word in _list("plain") or word in _list("negators") or not word[:1].isalnum() or word in _known_adjectives()


@cache
def _known_adjectives() -> frozenset[str]:
    singles = [_list(section) for section in ("good", "bad", "middling", "happy", "sad", "unsure", "contrast")]
    return frozenset().union(*singles)


def _noun_behind(after: list[str]) -> str:
    """The noun of the day that an adjective stands before: "a rough, rough shift", "pretty good one"."""
    for at, word in enumerate(after[:4]):
        if word in _list("day nouns"):
            rest = after[at + 1] if at + 1 < len(after) else ""
            if word in ("one", "un", "start", "finish", "time") and rest and not _is_plain(rest):
                return word if rest in ("at", "in", "with", "w", "for") else ""
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
    return ""


def _subject(before: list[str]) -> str:
    """What an adjective is said of, where that is the day: in "today was honestly pretty" it is "today".

    >>> _subject(["today", "was", "pretty"]), _subject(["the", "demo", "today", "was"]), _subject(["everything"])
    ('today', '', '')
    """
    verb = False
    for at in range(len(before) - 1, -1, -1):
        word, owner = before[at], before[at - 1] if at else ""
        if word in _list("being"):
            verb = True
        elif word in _list("day subjects"):
            possessed = owner[-1:] == "s" and not _is_plain(owner)
            # In "the demo today was great" the day is not the subject.
            aside = word in ("today", "tonight", "todays", "hoy", "heute") and owner and not _is_plain(owner)
            if owner in _list("others") or possessed or aside:
                return ""
            return word if verb or word in _list("named subjects") or word in ("its", "itz", "thats") else ""
        elif not _is_plain(word) or word in ("i", "im", "ive", "we", "id"):
            return ""
    return ""


def _felt(before: list[str], after: list[str]) -> bool:
    """Whether the member is who feels so: "im", "feeling", "left me" before; no cause behind."""
    cause = after[0] if after else ""
    if cause in (
        "of",
        "by",
        "from",
        "with",
        "that",
        "about",
        "to",
        "after",
        "how",
        "for",
        "w",
        "at",
        "when",
        "it",
        "in",
        "on",
    ):
        return False
    for word in reversed(before[-6:]):
        if word in ("i", "im", "ive", "am", "feeling", "feelin", "feel", "felt", "id", "we", "were", "myself"):
            return cause == "" or _is_plain(cause) or cause in ("rn", "and", "but")
        if not _is_plain(word):
            return False
    return False


def _of_others(before: list[str]) -> bool:
    """Whether somebody else is who did or had it: "Priya had", "she"."""
    if set(before) & _list("persons"):
        return True
    for at, word in enumerate(before):
        if word in ("he", "she", "they", "hes", "shes", "theyre", "everyone", "nobody", "somebody", "someone", "who"):
            return True
        if word in ("had", "has", "having") and any(not _is_plain(other) for other in before[:at]):
            return True
    return False


def _owned(before: list[str]) -> bool:
    return bool(before) and any(word in _list("others") for word in before[-3:])


def _greets(before: list[str], phrase: str, noun: str, after: list[str], number: int) -> bool:
    """ "good morning", "good night"."""
    if phrase not in ("good", "gud", "bom", "boa", "buen", "bonne", "happy") or noun not in _list("greeted"):
        return False
    if phrase == "happy":
        return noun not in ("day", "days")
    bare = all(word in ("hi", "hello", "hey", "oh", "and", "a", "very", "thanks", "ok") for word in before)
    if noun == "day":
        return not before and after[1:2] in (["sir"], ["madam"], ["to"], ["maam"], ["all"])
    return bare and (number == 0 or noun in ("night", "evening"))


def _opens(phrase: str, after: list[str], place: _Place) -> bool:
    """Whether a word only opens what follows: "ok, shipped it", "right"."""
    return phrase in _list("openers") and place.number == 0 and place.of > 1 and not after


def _negated(before: list[str]) -> bool:
    """Whether a "not" reaches what stands behind it, over plain words only."""
    spoken = before[-8:]
    for at in range(len(spoken) - 1, -1, -1):
        word = spoken[at]
        if f"{spoken[at - 1]} {word}" in _list("negators"):
            return True
        if word in _list("negators"):
            return word != "nothing"
        if not _is_plain(word) and word not in _list("day subjects"):
            return False
        if word in _known_adjectives() and word not in _list("plain"):
            return False
    return False
