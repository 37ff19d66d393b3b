"""Reads steps towards a member's goals: "applied to 2 more jobs", "3 down, 2 to go", "finished my reading goal".

Only what the member did counts: not a plan, not a failure, not what somebody else did or said.
"""

from collections.abc import Iterator
from functools import lru_cache

from shared.domain.understanding import words
from shared.domain.understanding.reply import Goal
from shared.domain.understanding.report.goal_clauses import MONEY, Clause, clauses_of, word_at
from shared.domain.understanding.report.goal_counts import (
    FoundStep,
    Step,
    bare_total,
    counted_down,
    counted_step,
    is_by_member,
    noun_at,
    saved,
    single_step,
    speaks_of,
)
from shared.domain.understanding.report.goal_kinds import FILE, Kind, kind_of, stem_of
from shared.domain.understanding.report.goal_wins import is_all_of_it, step_of
from shared.domain.understanding.text.amounts import Token, amounts, tokens, whole

_NEAR = 2  # clauses on each side that may say which goal is meant
_MOST = 20  # steps in one message


def read_progress(
    text: str, wins: tuple[str, ...], goals: tuple[Goal, ...]
) -> tuple[tuple[dict[str, object], ...], tuple[str, ...]]:
    """The steps that a normalised text tells, and the wins with those that were not yet among them.

    >>> jobs = Goal("g1", "Apply to 5 jobs", "jobs", 5, 1)
    >>> read_progress("applied to 2 more jobs today", (), (jobs,))
    (({'goal': 'g1', 'amount': 2},), ('applied to 2 more jobs',))
    >>> read_progress("3 down, 2 to go", (), (jobs,))
    (({'goal': 'g1', 'total': 3},), ('3 down, 2 to go',))
    >>> read_progress("done with my applications goal!", (), (jobs,))
    (({'goal': 'g1', 'done': True},), ('done with my applications goal',))
    >>> read_progress("Priya applied to 2 jobs. gonna apply to 3 jobs tmrw", (), (jobs,))
    ((), ())
    """
    if not goals:
        return (), wins
    clauses, found = _read(text, goals)
    steps: list[Step] = []
    told = list(wins)
    for one in found:
        if any(step["goal"] == one.step["goal"] and ("done" in step or "total" in step) for step in steps):
            continue
        if "amount" not in one.step:
            # How far it is by now says more than a step that led there.
            steps = [step for step in steps if step["goal"] != one.step["goal"]]
        steps.append(one.step)
        _tell(one, told, text, clauses)
    for kind in map(kind_of, goals):
        if all(step["goal"] != kind.goal.id for step in steps):
            steps += [step for win in wins if (step := step_of(win, kind))][:1]
    return tuple(steps), tuple(told)


@lru_cache(maxsize=2)
def _read(text: str, goals: tuple[Goal, ...]) -> tuple[list[Clause], list[FoundStep]]:
    """The clauses of a text and the steps in them, whatever its wins are: these are weighed twice."""
    kinds = [kind_of(goal) for goal in goals]
    clauses = clauses_of(text)
    found: list[FoundStep] = []
    for at, clause in enumerate(clauses):
        following = clauses[at + 1] if at + 1 < len(clauses) else None
        found += _steps(clause, following, clauses[max(0, at - _NEAR) : at + _NEAR + 1], kinds)
    return clauses, found[:_MOST]


# What was done


def _steps(clause: Clause, following: Clause | None, clauses: list[Clause], kinds: list[Kind]) -> Iterator[FoundStep]:
    counted = amounts(clause.found)
    if done := _done(clause, clauses, kinds):
        yield FoundStep({"goal": done.goal.id, "done": True}, clause, clause, done)
        return
    if total := counted_down(clause, following, kinds):
        yield total
        return
    used: set[int] = set()
    for amount in counted:
        if amount.first in used:
            continue
        for kind in kinds:
            if kind.goal.target is None and kind.goal.unit is None:
                continue
            step = saved(clause, amount, kind) if kind.money else counted_step(clause, amount, kind)
            if step:
                used.add(amount.first)
                yield FoundStep(step, clause, clause, kind)
                break
    if not used:
        for kind in kinds:
            if (kind.goal.target is not None or kind.goal.unit) and not kind.money and single_step(clause, kind):
                yield FoundStep({"goal": kind.goal.id, "amount": 1}, clause, clause, kind)
                return
        if (total_goal := bare_total(clause, counted, clauses, kinds)) is not None:
            yield total_goal


def _done(clause: Clause, clauses: list[Clause], kinds: list[Kind]) -> Kind | None:
    """The goal that a clause says is reached."""
    found = clause.found
    lists = words.load(FILE)
    said = [token.word for token in found]
    finishing = [at for at, word in enumerate(said) if word in lists["finishing"]]
    if any(word in ("goal", "goals", "target") for word in said) and finishing and not _has_count(found):
        about = [kind for kind in kinds if _names(found, kind)]
        if not about:
            near = [one for one in clauses if one.sentence == clause.sentence]
            about = [kind for kind in kinds if any(_names(one.found, kind) for one in near)]
        if not about and len(kinds) == 1 and not _speaks_of_other(said):
            about = kinds
        return about[0] if len(about) == 1 else None
    for kind in kinds:
        if kind.goal.target is not None and not kind.money and finishing and _finished_all(found, kind):
            return kind
        if kind.goal.target is None and is_all_of_it(found, kind):
            return kind
    return None


def _names(found: list[Token], kind: Kind) -> bool:
    """Whether a clause names a goal: "my reading goal", "the savings goal"."""
    if speaks_of(found, kind):
        return True
    first, saving = stem_of(kind.first), words.load(FILE)["saving cues"]
    return any(stem_of(token.word) == first or (kind.money and token.word in saving) for token in found)


def _speaks_of_other(said: list[str]) -> bool:
    """Whether a "goal" is one of a kind that nobody's list holds: "sales goal", "scored a goal"."""
    lists = words.load(FILE)
    known = lists["finishing"] | lists["around steps"] | lists["me"] | lists["says when"] | lists["around totals"]
    known |= {
        "my",
        "the",
        "with",
        "goal",
        "goals",
        "target",
        "our",
        "this",
        "is",
        "a",
        "whole",
        "big",
        "i",
        "did",
        "have",
    }
    return any(word[0].isalpha() and word not in known for word in said)


def _has_count(found: list[Token]) -> bool:
    return any(amount.value > 1 for amount in amounts(found))


def _finished_all(found: list[Token], kind: Kind) -> bool:
    """ "finished all my modules", "done with my applications": the whole of what a goal counts."""
    for at, token in enumerate(found):
        if token.word not in ("all", "my", "the", "every"):
            continue
        after = at + 1
        everything = token.word in ("all", "every")
        while word_at(found, after) in ("of", "my", "the", "last", "single") or word_at(found, after) == str(
            whole(kind.goal.target or 0)
        ):
            after += 1
        noun = noun_at(found, after, kind)
        if noun is None or found[noun - 1].word.rstrip("s") == found[noun - 1].word:
            continue
        behind = [t.word for t in found[noun:] if t.word[0].isalpha()]
        slight = words.load(FILE)["around steps"] | words.load(FILE)["says when"] | words.load(FILE)["finishing"]
        if all(word in slight for word in behind) and (
            everything or found[at - 1].word in ("with", "finished", "completed")
        ):
            return is_by_member(found[:at], [], kind)
    return False


# What is told back


def _tell(one: FoundStep, told: list[str], text: str, clauses: list[Clause]) -> None:
    """Adds the phrase of a step to the wins where none of them says it already."""
    said = one.clause.found
    start, end = 0, len(said)
    drop = words.load(FILE)["before a win"]
    while (
        start < end - 1 and (said[start].word in drop or not said[start].word[0].isalnum()) and not _keeps(said, start)
    ):
        start += 1
    last = one.last.found if one.last is not one.clause else said
    end = len(last)
    while end > 1 and (last[end - 1].word in words.load(FILE)["behind a win"] or not _is_part(last[end - 1])):
        end -= 1
    phrase = text[said[start].start : last[end - 1].end].strip()
    mine = _content(phrase)
    for win in told:
        # "finished her bathroom, another one off the list": the win is told beside the count.
        if not any(token.word in one.kind.verbs for token in said) and _stands_near(win, one, clauses, text):
            return
    for win in told:
        theirs = _content(win)
        if 2 * len(mine & theirs) >= min(len(mine), len(theirs)) and mine & theirs:
            return
    if "done" in one.step and any(_stands_near(win, one, clauses, text) for win in told):
        return
    told.append(phrase)


def _stands_near(win: str, one: FoundStep, clauses: list[Clause], text: str) -> bool:
    """Whether a win stands in the sentence of a step, in another clause."""
    at = next((n for n, c in enumerate(clauses) if c is one.clause), 0)
    near = [c for c in clauses[max(0, at - _NEAR) : at + _NEAR + 1] if c.sentence == one.clause.sentence]
    if "done" in one.step:
        # "passed the exam! goal DONE": two sentences that tell one thing.
        near += clauses[max(0, at - 1) : at]
    near = [c for c in near if c is not one.clause]
    return any(_content(text[c.found[0].start : c.found[-1].end]) & _content(win) for c in near)


def _keeps(said: list[Token], at: int) -> bool:
    """A number or a sign of money begins a phrase, whatever it is."""
    return said[at].word[0].isdigit() or said[at].word in MONEY


def _is_part(token: Token) -> bool:
    return token.word[0].isalnum() or token.word in "%€$£₹"


def _content(phrase: str) -> set[str]:
    slight = words.load(FILE)["slight"]
    said = [token.word for token in tokens(phrase) if token.word[0].isalnum()]
    return {word for word in said if word not in slight} or set(said)
