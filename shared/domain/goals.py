"""Goals as such: which are open, what is still to be asked about one, how it keeps pace with the calendar. Pure."""

from datetime import date, time, timedelta
from math import ceil
from typing import Literal, NamedTuple

from shared.domain.models import WEEKDAYS, Goal, Kind, Member
from shared.domain.understanding.goal_answers import days_each, is_one_thing, is_vague, period

MOST_OPEN = 8
DUE_ASKED_AT = time(12)  # on the day after a goal's: then all of its day is over
_MOST_ENDED = 4  # are kept
_SLACK = 0.1  # of the target, and one at the least: so far from an even pace is on pace still

Standing = Literal["ahead", "on", "behind"]
Part = Literal["went", "specific", "measure", "due", "pace", "value", "plan"]


class Rate(NamedTuple):
    """How often one must come to be there in time: one every so many days or weeks, or so many a day or a week."""

    every: Literal["days", "weeks", "daily", "weekly"]
    number: int


def open_goals(member: Member) -> tuple[Goal, ...]:
    """In the order in which they were set: a member calls them by their place in it, from 1 on."""
    return tuple(goal for goal in member.goals if goal.state == "open")


def with_goal(member: Member, goal: Goal) -> tuple[Goal, ...]:
    """The member's goals with this one changed, or added as the last. Of those that have ended the latest are kept."""
    known = any(each.id == goal.id for each in member.goals)
    goals = tuple(goal if each.id == goal.id else each for each in member.goals) + (() if known else (goal,))
    ended = sorted((each for each in goals if each.state != "open"), key=lambda each: each.ended_on or date.min)
    gone = {each.id for each in ended[:-_MOST_ENDED]} - {goals[-1].id}  # the last one's id is never given again
    return tuple(each for each in goals if each.id not in gone)


def new_id(member: Member) -> str:
    """The id after the last one, which is kept however it ended."""
    return f"g{max((int(goal.id[1:]) for goal in member.goals), default=0) + 1}"


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
    days = period(goal.text)
    if goal.target is None or not days:
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


def due_before(member: Member, day: date) -> tuple[Goal, ...]:
    """The open goals whose day was the one before."""
    return tuple(goal for goal in open_goals(member) if goal.due == day - timedelta(days=1))


def cued_on(member: Member, day: date) -> tuple[Goal, ...]:
    """The open goals with a plan for that weekday, the earliest in the day first."""
    cued = [(goal.cue.at, goal) for goal in open_goals(member) if goal.cue and WEEKDAYS[day.weekday()] in goal.cue.days]
    return tuple(goal for _, goal in sorted(cued, key=lambda pair: pair[0]))


def nudge_on(member: Member, day: date) -> tuple[Kind, time] | None:
    """The nudge about goals on a day, one at most: how a goal went that was due, or else the plans, at the first."""
    if "sms" not in member.channels:
        return None  # a cue is for its moment, and nobody reads a mail at seven sharp
    if due_before(member, day):
        return Kind.GOAL_DUE, DUE_ASKED_AT
    cued = cued_on(member, day)
    return (Kind.GOAL_CUE, cued[0].cue.at) if cued and cued[0].cue else None


def shortened(text: str, most: int) -> str:
    """A member's words in one line, cut at a word where they are longer.

    >>> shortened("Apply to five\\n jobs in UX", 20), shortened("x" * 30, 10)
    ('Apply to five...', 'xxxxxxx...')
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 3]
    if " " in cut.strip() and text[most - 3] != " ":
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" .,;") + "..."
