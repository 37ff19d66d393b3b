"""A member's goals as such: which are open, what is kept of those that ended, which are nudged about. Pure."""

from datetime import date

from shared.domain.models import WEEKDAYS, Goal, Member

MOST_OPEN = 8
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
    """The open goals whose day is over on `day`, and which no nudge asked about before."""
    if "sms" not in member.channels:
        return ()  # as for plans
    return tuple(goal for goal in open_goals(member) if _is_to_ask(goal, day))


def _is_to_ask(goal: Goal, day: date) -> bool:
    asked = goal.asked_on is not None and goal.due is not None and goal.due < goal.asked_on < day
    return goal.due is not None and goal.due < day and not asked


def cued_on(member: Member, day: date) -> tuple[Goal, ...]:
    """The open goals with a plan for that weekday, the earliest in the day first; none that is asked about instead.

    They are nudged by text alone: a cue is for its moment, and nobody reads a mail at seven sharp.
    """
    if "sms" not in member.channels:
        return ()
    goals = (goal for goal in open_goals(member) if not _is_to_ask(goal, day))
    cued = [(goal.cue.at, goal) for goal in goals if goal.cue and WEEKDAYS[day.weekday()] in goal.cue.days]
    return tuple(goal for _, goal in sorted(cued, key=lambda pair: pair[0]))
