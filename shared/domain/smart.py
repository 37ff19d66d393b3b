"""What makes a goal SMART: what of it is still to be asked, and how it keeps pace with the calendar. Pure."""

from datetime import date, timedelta
from math import ceil
from typing import Literal, NamedTuple

from shared.domain.models import Goal
from shared.domain.understanding.answers.goal_answers import days_each, is_one_thing, is_vague, period

_SLACK = 0.1  # of the target, and one at the least: so far from an even pace is on pace still

_SEEN = timedelta(days=14)  # of a goal, before what is done of it says when the rest will be
_FORESEEN = 730  # days

Standing = Literal["ahead", "on", "behind"]
Part = Literal["went", "specific", "measure", "due", "pace", "value", "plan"]


class Rate(NamedTuple):
    """How often one must come to be there in time: one every so many days or weeks, or so many a day or a week."""

    every: Literal["days", "weeks", "daily", "weekly"]
    number: int


def missing_parts(goal: Goal, today: date, *, valued: bool, nudged: bool) -> tuple[Part, ...]:
    """What is to be asked about an open goal, in this order: of what makes it SMART, and how it went once it is due.

    `valued` tells that the member's values are known, `nudged` that a plan's cue can reach them.
    """
    wanted: dict[Part, bool] = {
        "went": goal.due is not None and goal.due < today,
        "specific": goal.target is None and is_vague(goal.text),
        "measure": goal.target is None and not is_one_thing(goal.text),
        "due": goal.due is None,
        "pace": is_too_much(goal, today),
        "value": valued and goal.value is None,
        "plan": nudged and goal.cue is None,
    }
    return tuple(part for part, asked in wanted.items() if asked and part not in goal.settled)


def total(goal: Goal) -> float | None:
    """The number that makes a goal done; one that is of each week counts for all weeks until its day."""
    if goal.target is None or not (days := period(goal.text, goal.target)):
        return goal.target
    return goal.target * max(1, round((goal.due - goal.set_on).days / days)) if goal.due else None


def rate(goal: Goal, today: date) -> Rate | None:
    """The pace that what is left means, rounded so that keeping it is enough; None where there is nothing to pace."""
    whole = total(goal)
    if whole is None or goal.due is None:
        return None
    left, days = whole - goal.done, (goal.due - today).days + 1
    if left <= 1 or days < 1:
        return None
    if days >= 14 * left:
        return Rate("weeks", int(days / left) // 7)
    if days >= left:
        return Rate("days", int(days / left))
    return Rate("weekly", ceil(left * 7 / days)) if days >= 14 else Rate("daily", ceil(left / days))


def is_too_much(goal: Goal, today: date) -> bool:
    """Whether what is left takes more days than there are, beside a job."""
    whole = total(goal)
    if whole is None or goal.due is None or goal.due < today:
        return False
    return (whole - goal.done) * days_each(goal.unit) > (goal.due - today).days + 1


def standing(goal: Goal, today: date) -> Standing:
    """Where a goal stands against an even pace from the day it was set to its own; one without such a pace is on it."""
    whole = total(goal)
    if whole is None or goal.due is None:
        return "on"
    days = max(1, (goal.due - goal.set_on).days)
    ahead = goal.done - whole * min(1, (today - goal.set_on).days / days)
    if abs(ahead) < max(1, whole * _SLACK):
        return "on"
    return "ahead" if ahead > 0 else "behind"


def projected(goal: Goal, today: date) -> date | None:
    """When it will be done if it goes on as it went since it was set; None where that says nothing: no number, less
    than two weeks, nothing done yet, or more than two years to go."""
    whole, went = total(goal), today - goal.set_on
    if whole is None or goal.done <= 0 or went < _SEEN:
        return None
    left = went.days * max(0.0, whole - goal.done) / goal.done
    return today + timedelta(days=ceil(left)) if left <= _FORESEEN else None
