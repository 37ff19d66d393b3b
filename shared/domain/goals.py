"""A member's goals as such: which are open, what is kept of those that ended, which nudge is about them. Pure."""

from datetime import date, time, timedelta

from shared.domain.models import WEEKDAYS, Goal, Kind, Member

MOST_OPEN = 8
DUE_ASKED_AT = time(12)  # on the day after a goal's: then all of its day is over
_MOST_ENDED = 4  # are kept


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
