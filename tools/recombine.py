"""Makes more texts to learn from out of the sentences of labelled ones, so that what a sentence says is learned from
the sentence and not from those that happened to stand beside it.

Used by `tools/train.py`. Deterministic.
"""

import random
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from shared.domain.understanding.learned.reconsider import spans_of
from shared.domain.understanding.normalise import normalise

_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
# What speaks of what stands before it says nothing without that.
_POINTS_BACK = re.compile(
    r"(?:it|its|it's|that|thats|that's|this|they|those|these|she|he|so|then|which)\b", re.IGNORECASE
)
_LONGEST, _LONGEST_TEXT = 16, 500  # words in a sentence, and characters in a text that gives some
_JOINTS = (" ", " ", "\n", ", ", " - ")
_KINDS = ("engaged", "drained", "wins")


class Sentence(NamedTuple):
    text: str
    said: dict[str, list[str]]  # phrases by kind
    mood: float | None  # the day's score, where the sentence gives it


def recombined(cases: list[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    """`count` texts of one to three sentences of reports, with the labels of these; most of them give a score."""
    chosen = random.Random(1)  # noqa: S311
    sentences = [sentence for case in cases if _is_plain_report(case) for sentence in _sentences(case)]
    scores = [sentence for sentence in sentences if sentence.mood is not None]
    others = [sentence for sentence in sentences if sentence.mood is None]
    telling = [sentence for sentence in others if any(sentence.said.values())]
    idle = [sentence for sentence in others if not any(sentence.said.values())]
    for number in range(count):
        parts = [chosen.choice(chosen.choice((telling, telling, idle))) for _ in range(chosen.choice((1, 1, 2, 2, 3)))]
        if chosen.random() < 0.75:
            parts.insert(chosen.choice((0, len(parts))), chosen.choice(scores))
        yield _joined(number, parts, chosen)


def _is_plain_report(case: dict[str, Any]) -> bool:
    expect, text = case["expect"], case["text"]
    told = case["context"]["asked"] == "daily_checkin" and not (expect["command"] or expect["safety"])
    return told and not expect["progress"] and len(text) <= _LONGEST_TEXT and "\n>" not in text


def _sentences(case: dict[str, Any]) -> Iterator[Sentence]:
    text, expect = normalise(case["text"]), case["expect"]
    mood = expect["mood"] if isinstance(expect["mood"], int | float) else None
    score = spans_of(text, {}, mood)["score"]
    for match in _SENTENCE.finditer(text):
        piece = match[0].strip()
        said = {kind: [phrase for phrase in expect[kind] if phrase in piece] for kind in _KINDS}
        if len(piece.split()) <= _LONGEST and piece and not _POINTS_BACK.match(piece):
            inside = any(match.start() <= start < match.end() for start, _ in score)
            yield Sentence(piece, said, mood if inside else None)


def _joined(number: int, parts: list[Sentence], chosen: random.Random) -> dict[str, Any]:
    text = ""
    for part in parts:
        joint = chosen.choice(_JOINTS) if text else ""
        text = (text.rstrip(".") if joint in (", ", " - ") else text) + joint + part.text
    mood = next((part.mood for part in parts if part.mood is not None), None)
    said = {kind: [phrase for part in parts for phrase in part.said[kind]] for kind in _KINDS}
    expect = {"mood": mood, **said, "progress": [], "command": None, "safety": None}
    now, context = "2026-03-03T19:42:00-05:00", {"asked": "daily_checkin"}
    return {"id": f"recombined-{number}", "now": now, "context": context, "text": text, "expect": expect}
