"""Judges what each clause of a text says of the day or of how the member felt, by the words around a phrase."""

from typing import NamedTuple

from shared.domain.understanding.report.mood_words import (
    entries,
    first_words,
    is_plain,
    known_adjectives,
    listed,
    phrase_at,
)
from shared.domain.understanding.report.scores import Token

ENDS = frozenset('.!?\n,;:()[]=|>"')
_SENTENCE_ENDS = frozenset(".!?\n;")
_NEAR = 20  # tokens on either side that a phrase is judged by
_THE = frozenset("the a an my our this that another last first one long easy hard good bad great quick".split())


class Verdict(NamedTuple):
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


# ---- Clauses and what they say


def clauses_of(found: list[Token]) -> list[_Clause]:
    """What the signs and the conjunctions part, but no idiom: "ups and downs", "so so" stay whole."""
    result: list[_Clause] = []
    start, sentence, contrast, whole = 0, 0, False, 0
    for at in range(len(found) + 1):
        word = found[at].word if at < len(found) else "\n"
        if at < len(found) and at >= whole:
            whole = at + phrase_at(found, at, entries())
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
    if at == len(found) or found[at].word in ENDS:
        return True
    word = found[at].word
    if word == "-":
        return at > 0 and found[at].start > found[at - 1].end
    return not word[:1].isalnum() and word not in "'&/_%$*+#"


def _turns(found: list[Token], at: int) -> bool:
    """Whether a word begins another clause; "so tired" and "tired and sad" do not part."""
    word, after = found[at].word, found[at + 1].word if at + 1 < len(found) else ""
    if word in ("so", "and"):
        return after[:1].isalnum() and after not in known_adjectives()
    if word == "but" and found[at - 1].word in ("anything", "nothing"):
        return False
    return word in listed("contrast") or word in ("because", "cos", "cuz", "bc", "cause")


def verdicts_on(found: list[Token], asked: str) -> list[Verdict]:
    result: list[Verdict] = []
    named, labelled = True, -1
    clauses = clauses_of(found)
    for number, clause in enumerate(clauses):
        said = [token.word for token in clause.found]
        for at, word in enumerate(said):
            # "the call" is a thing, "I'd call it" is none.
            if word == "call" and at and said[at - 1] in _THE:
                clause.found[at] = clause.found[at]._replace(word="calls")
        # "Drained: billing codes": neither the label nor what it holds speaks of the day.
        if clause.label and " ".join(said) in listed("labels"):
            labelled = clause.sentence
        if clause.sentence == labelled or _not_told(clause.found):
            named = False
            continue
        place, at = _Place(number, len(clauses), named, asked), 0
        while at < len(said):
            length = phrase_at(clause.found, at, entries())
            verdict = _judge(clause, at, length, place) if length else None
            if verdict:
                result.append(verdict)
            at += max(1, length)
        of_day = bool({"day", "today", "shift", "work", "overall", "tonight"} & set(said))
        named = of_day or (named and all(word in listed("plain") for word in said))
    return result


def _not_told(found: list[Token]) -> bool:
    begins_so = first_words("not told")
    for at, token in enumerate(found):
        if token.word in begins_so and phrase_at(found, at, listed("not told")):
            # "have a good one" wishes, "I have a good feeling" and "didn't have a good day" do not.
            spoken = {other.word for other in found[max(0, at - _NEAR) : at]}
            if token.word != "have" or not spoken & {"i", "we", "didnt", "dont", "didnae", "to"}:
                return True
    return False


def _judge(clause: _Clause, at: int, length: int, place: _Place) -> Verdict | None:
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
        band = "mid" if band == "low" or phrase in listed("very good") else "low"
    if set(said) & listed("overall") or "all round" in " ".join(said):
        weight += 2
    if clause.contrast:
        weight += 1
    if set(said) & listed("earlier") and not {"today", "than"} & set(said):
        weight -= 3
    return Verdict(band, max(weight, 1), of_day)


def _said(
    phrase: str, before: list[str], after: list[str], said: list[str], place: _Place
) -> tuple[str, int, bool] | None:
    """The band of a phrase, what it weighs, and whether it names the day; None where it is not about the day."""
    kinds = entries()[phrase]
    if not kinds:
        return None
    day, feeling = kinds.get("day") or kinds.get("either"), kinds.get("feeling") or kinds.get("either")
    content = [word for word in before if not is_plain(word)]
    if "idiom" in kinds:
        # "Priya crushed it", "the team is over the moon"
        another = _of_others(before) or (before and content[-1:] == before[-1:])
        another = another or (content and before[-1] in listed("being"))  # "the mangoes were too good"
        return None if another else (kinds["idiom"], 3, False)
    # "drained me" says what did, not how the day was.
    if after and after[0] in ("me", "us", "him", "her", "them"):
        return None
    if noun := _noun_behind(after):
        if _greets(before, phrase, noun, after, place.number):
            return None
        adverb = noun in listed("adverbs") and content
        if (day or noun in ("day", "days")) and not adverb and not _of_others(before) and not _owned(before):
            return day or kinds["feeling"], 4 if phrase != "long" else 1, True
    subject = _subject(before) if day else ""
    if day and subject:
        pronoun = subject in listed("pronouns")
        if not pronoun or place.number == 0 or place.named or {"today", "overall", "day"} & set(said):
            return day, 4, not pronoun or bool({"today", "overall", "day"} & set(said))
    if feeling and _felt(before, after):
        return feeling, 3, False
    if subject in ("its", "itz") and place.number and not place.named:
        return None  # "the noodle place opened and its so good"
    if not content and all(is_plain(word) for word in after) and not _opens(phrase, after, place):
        named = bool({"day", "today", "shift", "tonight", "work"} & set(said))
        alone = day or kinds["feeling"]
        if place.asked == "daily_checkin" or named or alone == "low" or " " in phrase:
            return alone, 3, named
    if phrase in listed("tails") and not (before and after):
        return day or kinds["feeling"], 2, False
    return None


def _noun_behind(after: list[str]) -> str:
    """The noun of the day that an adjective stands before: "a rough, rough shift", "pretty good one"."""
    for at, word in enumerate(after[:4]):
        if word in listed("day nouns"):
            rest = after[at + 1] if at + 1 < len(after) else ""
            if word in ("one", "un", "start", "finish", "time") and rest and not is_plain(rest):
                return word if rest in ("at", "in", "with", "w", "for") else ""
            return word
        if word not in known_adjectives() and word not in (
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
        if word in listed("being"):
            verb = True
        elif word in listed("day subjects"):
            possessed = owner[-1:] == "s" and not is_plain(owner)
            # In "the demo today was great" the day is not the subject.
            aside = word in ("today", "tonight", "todays", "hoy", "heute") and owner and not is_plain(owner)
            if owner in listed("others") or possessed or aside:
                return ""
            return word if verb or word in listed("named subjects") or word in ("its", "itz", "thats") else ""
        elif not is_plain(word) or word in ("i", "im", "ive", "we", "id"):
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
            return cause == "" or is_plain(cause) or cause in ("rn", "and", "but")
        if not is_plain(word):
            return False
    return False


def _of_others(before: list[str]) -> bool:
    """Whether somebody else is who did or had it: "Priya had", "she"."""
    if set(before) & listed("persons"):
        return True
    for at, word in enumerate(before):
        if word in ("he", "she", "they", "hes", "shes", "theyre", "everyone", "nobody", "somebody", "someone", "who"):
            return True
        if word in ("had", "has", "having") and any(not is_plain(other) for other in before[:at]):
            return True
    return False


def _owned(before: list[str]) -> bool:
    return bool(before) and any(word in listed("others") for word in before[-3:])


def _greets(before: list[str], phrase: str, noun: str, after: list[str], number: int) -> bool:
    """ "good morning", "good night"."""
    if phrase not in ("good", "gud", "bom", "boa", "buen", "bonne", "happy") or noun not in listed("greeted"):
        return False
    if phrase == "happy":
        return noun not in ("day", "days")
    bare = all(word in ("hi", "hello", "hey", "oh", "and", "a", "very", "thanks", "ok") for word in before)
    if noun == "day":
        return not before and after[1:2] in (["sir"], ["madam"], ["to"], ["maam"], ["all"])
    return bare and (number == 0 or noun in ("night", "evening"))


def _opens(phrase: str, after: list[str], place: _Place) -> bool:
    """Whether a word only opens what follows: "ok, shipped it", "right"."""
    return phrase in listed("openers") and place.number == 0 and place.of > 1 and not after


def _negated(before: list[str]) -> bool:
    """Whether a "not" reaches what stands behind it, over plain words only."""
    spoken = before[-8:]
    for at in range(len(spoken) - 1, -1, -1):
        word = spoken[at]
        if f"{spoken[at - 1]} {word}" in listed("negators"):
            return True
        if word in listed("negators"):
            return word != "nothing"
        if not is_plain(word) and word not in listed("day subjects"):
            return False
        if word in known_adjectives() and word not in listed("plain"):
            return False
    return False
