"""Reads how a day was: a score where there is one, else "same", else a band from words and emoji.

Words give a band only where they are said of the day or of the member, or stand alone; what is said of a
meeting, a boss or the pasta gives none (`mood_clauses.py`). The words are in `words/mood.txt` and `words/emoji.txt`.
"""

import re
from functools import cache
from typing import NamedTuple

from shared.domain.understanding.report.mood_clauses import ENDS, Verdict, clauses_of, verdicts_on
from shared.domain.understanding.report.mood_words import emoji_of, first_words, listed, phrase_at, plain_tokens
from shared.domain.understanding.report.numbers import own_tokens, own_words, tokens
from shared.domain.understanding.report.scores import Token, score_of

_MOST = 1500  # tokens that are looked at


# Faces made of signs, read as the emoji that they stand for.
_OF_FACES = (":", ";", "=", "<3", "xD", "XD")  # what any of them has
_FACE = r"(?<!\S)(?:[:;=]'?-?[()DPp/|\\]|<3|[xX]D|D:)(?!\S)"


_OK = frozenset("ok okay k kk cool right sure thanks thank you ty thx lol haha yes yeah yep no nope hi hello".split())


# A quoted word means its opposite: a "fun" day.
_SCARE = r"""(?<!\w)["'](\w+)["'](?!\w)"""


_OPPOSITE = {"high": "low", "mid": "low", "low": "mid"}


class Mood(NamedTuple):
    """A number from 1 to 10, a band, "same" or None; `estimated` where words or emoji gave the band."""

    value: float | str | None
    estimated: bool = False


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
    if any(mark in own for mark in _OF_FACES) and (faced := re.sub(_FACE, _face, own)) != own:
        found = tokens(faced)
    found = _without_asides(plain_tokens(found[:_MOST]))
    if not found or _only_ok(found):
        return Mood(None)
    if asked != "weekly_review" and _is_same(found):
        return Mood("same")
    mocking = not emoji_of("mocking").isdisjoint([token.word for token in found]) or _scares(text)
    verdicts = verdicts_on(found, asked)
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


def _scares(text: str) -> bool:
    """Whether a word in a text is in quotation marks."""
    return ('"' in text or "'" in text) and re.search(_SCARE, text) is not None


def _without_asides(found: list[Token]) -> list[Token]:
    """All but pairs of words that say nothing: "no cap"."""
    asides = listed("asides")
    if first_words("asides").isdisjoint([token.word for token in found]):
        return found
    return [
        token
        for at, token in enumerate(found)
        if not (_pair(found, at) in asides or (at and _pair(found, at - 1) in asides))
    ]


def _pair(found: list[Token], at: int) -> str:
    return f"{found[at].word} {found[at + 1].word}" if at + 1 < len(found) else ""


def _face(drawn: re.Match[str]) -> str:
    """
    >>> re.sub(_FACE, _face, "ok :( bye :)")
    'ok 😞 bye 🙂'
    """
    if drawn[0] == "<3":
        return "❤"
    return {"(": "😞", ":": "😞", "/": "😕", "\\": "😕", "|": "😐", ")": "🙂"}.get(drawn[0][-1], "😃")


# ---- The whole text


def _only_ok(found: list[Token]) -> bool:
    return all(token.word in _OK or not token.word[:1].isalnum() for token in found) and any(
        token.word in _OK for token in found
    )


def _is_same(found: list[Token]) -> bool:
    """ "same as yesterday", "ditto", but not "same war room again"."""
    spoken = [token.word for token in found if token.word[:1].isalnum()]
    if " ".join(spoken) in listed("same alone"):
        return True
    begins_so = first_words("same")
    for at in range(len(found)):
        length = phrase_at(found, at, listed("same")) if found[at].word in begins_so else 0
        if not length or (at and found[at - 1].word in ("not", "never", "isnt", "wasnt", "arent")):
            continue
        phrase = " ".join(token.word for token in found[at : at + length])
        after = found[at + length].word if at + length < len(found) else ""
        # What is one word, or begins with "like" or "no", is all that its clause says.
        loose = length == 1 or found[at].word in ("like", "no", "as", "yesterday", "still", "about")
        begins = at == 0 or all(t.word in listed("plain") or t.word in ENDS for t in found[max(0, at - 6) : at])
        if begins and (not loose or not after or not after[:1].isalnum() or after in listed("plain")) and phrase:
            return True
    return False


def _chosen(verdicts: list[Verdict]) -> str | None:
    """The weightiest verdict, the last among equals."""
    best: Verdict | None = None
    for verdict in verdicts:
        if best is None or verdict.weight >= best.weight:
            best = verdict
    return best.band if best else None


def _mocks(found: list[Token], verdicts: list[Verdict], mocking: bool, text: str) -> bool:
    """Sarcasm: "oh great, layoffs again", "another reorg. yay", "Great day if you enjoy firing people"."""
    if text.rstrip(" .!").lower().endswith(("/s", "(not)", "... not", ". not", " not")):
        return any(verdict.band != "low" for verdict in verdicts) or bool(_cheer(found))
    spoken = {token.word for token in found}
    for at in range(len(found) - 2):
        condition = found[at].word == "if" and found[at + 1].word in ("you", "u", "ya", "youre")
        if condition and found[at + 2].word in listed("if you"):
            return any(token.word in listed("good") for token in found[max(0, at - 5) : at])
    last = next((token.word for token in reversed(found) if token.word[:1].isalnum()), "")
    if (
        last in listed("cheers")
        and last not in ("fun", "joy")
        and spoken & (listed("grave mishaps") | {"again", "another"})
    ):
        return not any(verdict.of_day and verdict.band == "high" for verdict in verdicts)
    if not _cheer(found):
        return False
    if mocking or (found[0].word == "oh" and _is_bare_cheer(found, verdicts)):
        return True
    if any(verdict.band == "low" for verdict in verdicts):
        return not any(verdict.of_day and verdict.band == "high" for verdict in verdicts)
    return bool(spoken & listed("mishaps")) and not any(
        verdict.band == "high" and verdict.of_day for verdict in verdicts if not spoken & listed("grave mishaps")
    )


def _is_bare_cheer(found: list[Token], verdicts: list[Verdict]) -> bool:
    """ "Oh marvellous, half the ceiling is on my desk": a cheer, and behind it nothing that would bring one."""
    first = next((at for at, token in enumerate(found) if token.word in ENDS), len(found))
    behind = {token.word for token in found[first + 1 :]}
    glad = any(verdict.band == "high" for verdict in verdicts[1:])
    return bool(behind) and not glad and behind.isdisjoint(listed("glad of"))


@cache
def _first_cheers() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in listed("cheers"))


def _cheer(found: list[Token]) -> bool:
    """Whether a clause only cheers: "yay", "oh just fantastic"."""
    if not any(token.word in _first_cheers() for token in found):
        return False
    for clause in clauses_of(found):
        inside = [token.word for token in clause.found if token.word[:1].isalnum()]
        inside = [word for word in inside if word not in listed("around cheers")]
        if inside and " ".join(inside) in listed("cheers"):
            return True
        if inside and inside[0] in listed("cheers") and len(inside) > 1 and inside[1] in listed("mocked"):
            return True
    return False


def _pictured(found: list[Token]) -> str | None:
    """What emoji say where no word says more."""
    drawn = [token.word for token in found if not token.word.isalnum() and token.word not in emoji_of("parts")]
    spoken = [token.word for token in found if token.word[:1].isalnum() and token.word not in listed("plain")]
    if spoken:
        faces = {
            band for band in ("low", "mid", "high") for sign in drawn if sign in emoji_of(band) & emoji_of("faces")
        }
        ends = not found[-1].word.isalnum() and found[-1].word not in ENDS
        return faces.pop() if len(faces) == 1 and ends and not _of_energy(found) else None
    score, seen, last = 0, False, ""
    for sign in drawn:
        for band, worth in (("low", -1), ("mid", 0), ("high", 1)):
            if sign in emoji_of(band):
                score, seen, last = score + worth, True, band
    if not seen and any(sign in emoji_of("mocking") for sign in drawn):
        return "low"
    if not seen:
        return None
    if score:
        return "high" if score > 0 else "low"
    return last if all(sign in emoji_of("mid") for sign in drawn if sign in emoji_of(last)) else "mid"


def _of_energy(found: list[Token]) -> bool:
    """Whether the text says what gave or cost energy: its faces are about that."""
    return any(token.word in listed("energy words") for token in found)
