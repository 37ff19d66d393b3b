"""Cuts a text into the clauses that tell what the member did: no plan, no failure, nobody else's doing."""

import re
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.report.goal_kinds import FILE
from shared.domain.understanding.text.amounts import Token, tokens
from shared.domain.understanding.text.phrases import phrases

_QUOTED = re.compile(r"\"[^\"\n]*\"|(?<!\w)'[^'\n]+'(?!\w)")
_SENTENCE_ENDS = frozenset(".!?;\n")
_CLAUSE_ENDS = frozenset(",()")
_CONTRASTS = frozenset(("but", "though", "tho"))  # what they begin is told as if it stood alone
_LONGEST = 80  # tokens that are read as one clause
MONEY = frozenset("$£€₹₦₱¥")


class Clause(NamedTuple):
    text: str
    found: list[Token]
    sentence: int


# Where the member speaks of what they did


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text that tell what the member did; what others said is left out."""
    spoken = _QUOTED.sub(lambda match: " ".ljust(len(match[0])), text)
    clauses: list[Clause] = []
    run: list[Token] = []
    sentence = 0
    before: Token | None = None
    others = False

    def close() -> None:
        nonlocal others
        if run:
            told = _told_by(run, others)
            others = told is False
            if told is not False and not _is_no_step(run):
                clauses.append(Clause(text, list(run), sentence))
        run.clear()

    read = tokens(spoken)
    for at, token in enumerate(read):
        if before and "\n" in spoken[before.end : token.start]:
            close()
            sentence, others = sentence + 1, False
        if token.word in _SENTENCE_ENDS:
            close()
            sentence, others = sentence + 1, False
        elif _ends_clause(token, before):
            close()
        else:
            so_far = token.word == "so" and word_at(read, at + 1) == "far"
            if token.word in words.load(FILE)["clause joins"] and run and not so_far and not _joins_number(run, token):
                close()
            if len(run) >= _LONGEST:
                close()
            if run or token.word not in _CONTRASTS:
                run.append(token)
        before = token
    close()
    return clauses


def _ends_clause(token: Token, before: Token | None) -> bool:
    """Whether a clause ends here: at a comma, a dash between blanks, an emoji."""
    if token.word in _CLAUSE_ENDS or (token.word == "-" and before and before.end < token.start):
        return True
    return not token.word.isascii() and not token.word[0].isalnum() and token.word not in MONEY


def _joins_number(run: list[Token], token: Token) -> bool:
    return token.word == "and" and run[-1].word[0].isdigit()


def _told_by(run: list[Token], others: bool) -> bool | None:
    """True where the member is who did it, False where somebody else is, None where nobody is named."""
    me, them = words.load(FILE)["me"], words.load(FILE)["others"]
    for at, token in enumerate(run[:8]):
        if token.word in me:
            return True
        if token.word in them and at + 1 < len(run):
            return False
        if token.word in words.load(FILE)["any step"] or token.word[0].isdigit():
            break
        if at > 4:
            break
    begins_joined = run[0].word in ("and", "then")
    return False if others and begins_joined else None


def _is_no_step(run: list[Token]) -> bool:
    """Whether a clause is a plan, a failure, or what somebody asked for."""
    blocks = phrases(FILE, "no step")
    return blocks.within(run)


def word_at(found: list[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""
