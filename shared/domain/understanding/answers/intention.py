"""Reads the small step for the coming week in an answer to the weekly review: "step: ring the pension office".

What people call it is in `words/intention.txt`. The step stands behind a word for it ("small step", "next week"),
before one ("..., that's the step"), is what the member says that they will do, or the second of two answers.
"""

import re

from shared.domain.understanding.report.wins import read_wins
from shared.domain.understanding.text.amounts import Token, tokens
from shared.domain.understanding.text.phrases import Phrases, phrases

_FILE = "intention"
_LONGEST = 100  # characters that are kept; it is said back in a text, and asked about in the next
# Win and step by the numbers of what was asked.
_NUMBERED = re.compile(r"\s*1[.):]\s+\S.*\s2[.):]\s+(\S.*)", re.DOTALL)
_THIRD = re.compile(r"\s3[.):]\s")
_ENDS = frozenset(".!?;")
_MARKS = frozenset(",:;.!?-=()*~\"'")


def read_intention(text: str) -> str | None:
    """The step that a normalised text names, in the member's words; None where it names none.

    >>> read_intention("Small step: bring a proper lunch")
    'bring a proper lunch'
    >>> read_intention("9 lessons done! next week I'm going to look at the evening course, I think")
    'look at the evening course'
    >>> read_intention("Ask Deb about the scheduler job, that's the step. The win is the barn")
    'Ask Deb about the scheduler job'
    >>> read_intention("no win. will redo my linkedin by wed"), read_intention("step - prep qs")
    ('redo my linkedin by wed', 'prep qs')
    >>> read_intention("1. shipped it 2. soup"), read_intention("passed my exam\\nemail Rosa")
    ('soup', 'email Rosa')
    >>> read_intention("Passed the bar. Let me not even talk of next week."), read_intention("small step: no idea")
    (None, None)
    """
    sentences = [sentence for sentence in _sentences(tokens(text), text) if sentence]
    for read in (_before, _named, _of_the_week, _meant):
        for sentence, following in zip(sentences, [*sentences[1:], []], strict=False):
            step = read(sentence, following)
            if step and (said := _trimmed(step, text)):
                return said
    return _second(text)


def _second(text: str) -> str | None:
    """The second of two answers: by its number, where it is no win, or on a line that begins with what one does."""
    if numbered := _NUMBERED.fullmatch(text):
        step = numbered[1]
        return None if _THIRD.search(text) or read_wins(step) else read_doing(step) or None
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) != 2 or not phrases(_FILE, "doings").at(tokens(lines[1]), 0):
        return None
    return read_doing(lines[1]) or None


def read_doing(text: str) -> str:
    """The doing that a normalised text, as a whole, is about; "" for none.

    >>> read_doing("I'll ask HR about a move to data, I think"), read_doing("Maybe teach one evening class lol")
    ('ask HR about a move to data', 'teach one evening class')
    """
    return _trimmed(tokens(text), text)


def _sentences(found: list[Token], text: str) -> list[list[Token]]:
    sentences: list[list[Token]] = [[]]
    for token in found:
        if sentences[-1] and "\n" in text[sentences[-1][-1].end : token.start]:
            sentences.append([])
        sentences[-1].append(token)
        if token.word in _ENDS:
            sentences.append([])
    return sentences


def _before(sentence: list[Token], _: list[Token]) -> list[Token] | None:
    """ "Ask Deb about it, that's the step": with what leads it cut off where it says more than the step."""
    at = _first(sentence, phrases(_FILE, "behind"))
    if not at:
        return None
    before = sentence[:at]
    return _of_the_week(before, []) or _meant(before, []) or before


def _named(sentence: list[Token], following: list[Token]) -> list[Token] | None:
    """ "Small step: soup"; one that is asked is answered by what follows: "Step? Tell the boss"."""
    listed = phrases(_FILE, "step")
    at = _first(sentence, listed)
    if at is None:
        return None
    rest = sentence[at + listed.at(sentence, at) :]
    return rest if any(token.word[0].isalnum() for token in rest) else following


def _of_the_week(sentence: list[Token], _: list[Token]) -> list[Token] | None:
    """ "Next week: order the sign", "I'll look at the club next week"."""
    listed = phrases(_FILE, "week")
    at = _first(sentence, listed)
    if at is None or phrases(_FILE, "none").before(sentence, at):
        return None
    behind = sentence[at + listed.at(sentence, at) :]
    return _meant(sentence, []) or behind


def _meant(sentence: list[Token], _: list[Token]) -> list[Token] | None:
    """What the member says that they will do: "I'll message one person by Wednesday", "will redo my linkedin"."""
    listed, never = phrases(_FILE, "future"), phrases(_FILE, "no future")
    for at in range(len(sentence)):
        length = listed.at(sentence, at)
        begins = at == 0 or sentence[at].word[0] == "i" or not sentence[at - 1].word[0].isalnum()
        if length and begins and not never.at(sentence, at):
            return sentence[at + length :]
    return None


def _first(sentence: list[Token], listed: Phrases) -> int | None:
    return next((at for at in range(len(sentence)) if listed.at(sentence, at)), None)


def _trimmed(step: list[Token], text: str) -> str:
    """What is done, without what leads to it and what is remarked behind it; "" where nothing is left."""
    lead, aside, tail = phrases(_FILE, "lead", "future"), phrases(_FILE, "aside"), phrases(_FILE, "tail")
    while step and (step[0].word in _MARKS or lead.at(step, 0)):
        step = step[lead.at(step, 0) or 1 :]
    for at in range(1, len(step) - 1):
        if step[at].word in (",", "(", "-") and aside.at(step, at + 1):
            step = step[:at]
            break
    while step and (step[-1].word in _MARKS or tail.before(step, len(step))):
        step = step[: -(tail.before(step, len(step)) or 1)]
    if not step or " ".join(token.word for token in step) in phrases(_FILE, "none").known:
        return ""
    said = text[step[0].start : step[-1].end]
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 3].rsplit(maxsplit=1)[0]}..."
