"""The wins of a month, with what they were for, and which of them come first. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Literal, get_args

from pydantic import Field

from shared.domain.models import STEPS, Entry, Frozen, Kind, Member, StepName
from shared.domain.summary import Summary

Merit = Literal["reached", "chosen", "moved", "told"]
_MERITS: tuple[Merit, ...] = get_args(Merit)  # the best first


class Achieved(Frozen):
    """A win with what it was for. `merit` is that it reached a goal, that the member chose it when they looked back
    at their week, that it moved a goal or a step, or that they told of it; `goal` is the goal's id."""

    day: date
    text: str = Field(repr=False)
    merit: Merit = "told"
    goal: str | None = None
    goal_text: str = Field(default="", repr=False)
    step: StepName | None = None
    mood: float | None = Field(default=None, repr=False)


class Group(Frozen):
    """Wins of one goal, by its text, or of one step; of neither where both are missing."""

    wins: tuple[Achieved, ...] = Field(repr=False)
    goal_text: str = Field(default="", repr=False)
    step: StepName | None = None


def achieved(entries: Iterable[Entry], member: Member, this: Summary) -> list[Achieved]:
    """The wins in the order of days, one told twice on a day once."""
    moods = {day.day: day.mood for day in this.days}
    reviewed = {
        entry.day: entry.at
        for entry in member.journal
        if entry.kind == "prompted" and entry.source.startswith(f"{Kind.WEEKLY_REVIEW}#")
    }
    found: dict[tuple[date, str], Achieved] = {}
    for entry in entries:
        goal, text = next(iter(entry.goals.items()), (None, ""))
        chosen = entry.day in reviewed and entry.at >= reviewed[entry.day]
        for win in entry.wins:
            said = " ".join(win.split())
            if said:
                told = Achieved(
                    day=entry.day,
                    text=said,
                    merit=_merit(entry, member, chosen=chosen),
                    goal=goal,
                    goal_text=_goal_text(goal, text, member),
                    step=entry.step,
                    mood=moods.get(entry.day),
                )
                found.setdefault((entry.day, said.casefold()), told)
    return list(found.values())


def _merit(entry: Entry, member: Member, *, chosen: bool) -> Merit:
    ended = {goal.id: goal.ended_on for goal in member.goals if goal.state == "done" and goal.ended_on}
    if any(goal in ended and abs((ended[goal] - entry.day).days) <= 1 for goal in entry.goals):
        return "reached"
    return "chosen" if chosen else "moved" if entry.goals or entry.step else "told"


def _goal_text(goal: str | None, then: str, member: Member) -> str:
    """A goal as it is worded now, or where it is no longer kept as it was."""
    return next((each.text for each in member.goals if each.id == goal), then)


def rank(win: Achieved) -> tuple[int, float, int]:
    """The best first: by merit, then those of better days, then the later ones."""
    return _MERITS.index(win.merit), -(win.mood or 0), -win.day.toordinal()


def groups(wins: Sequence[Achieved], member: Member) -> tuple[Group, ...]:
    """By goal in the order in which they were set, then by step, then what is of neither."""
    order = [goal.id for goal in member.goals]

    def place(win: Achieved) -> tuple[int, int, str]:
        if win.goal:
            return 0, order.index(win.goal) if win.goal in order else len(order), win.goal
        return (1, STEPS.index(win.step), "") if win.step else (2, 0, "")

    return tuple(
        Group(wins=tuple(same), goal_text=same[0].goal_text, step=None if same[0].goal else same[0].step)
        for same in ([*each] for _, each in groupby(sorted(wins, key=place), key=place))
    )
