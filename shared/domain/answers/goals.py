"""Goals by command: a new one, the list, done, dropped, changed. What is asked about them is in `steps/goals.py`."""

import math
from datetime import date
from typing import Any

from shared.content.segments import count_segments
from shared.domain.answers import plan
from shared.domain.goals import MOST_OPEN, new_id, open_goals, with_goal
from shared.domain.message import Message
from shared.domain.models import Goal, Turn
from shared.domain.smart import total
from shared.domain.steps import goal_changes
from shared.domain.steps import goals as step
from shared.domain.steps.goal_lines import LONGEST_TEXT, date_of, described, how, name_of, number_of, one_line
from shared.domain.understanding.answers import goal_answers
from shared.domain.understanding.answers.goals import read_goal
from shared.domain.understanding.normalise import normalise

_LONGEST_UNIT = 30
# How much of each goal's name is listed, and whether where it stands is told briefly: the first that fits.
_ROOMS = ((50, False), (30, False), (20, False), (30, True), (20, True), (12, True), (6, True))

_STAY_SETTLED = ("due", "value", "plan")  # when a goal is put in other words


def listed(message: Message) -> Turn:
    """All that are open, by the numbers that commands take, each with where it stands; two segments at most."""
    goals = open_goals(message.member)
    if not goals:
        return message.answer("goals.none")
    hint = message.say("goals.list_hint")
    for room, brief in _ROOMS:
        lines = [
            message.say("goals.listed", number=n, goal=name_of(goal, room), how=how(message, goal, brief=brief))
            for n, goal in enumerate(goals, 1)
        ]
        for said in ((*lines, hint), lines):
            if count_segments(" ".join(said)).count <= 2:
                return message.turn(*said)
    return message.turn(*lines)


def new(message: Message) -> Turn:
    """A goal by command, or the answer to a question for one; then what it is missing is asked."""
    asked = message.open.asked if message.open else ""
    if asked == "goal" and message.open:
        message = message.of(open_question=message.open.behind)
    if not message.args.get("text"):
        return message.ask("goal")
    if asked == "goal" and goal_answers.says(message.text, "none"):
        return message.answer("goals.no_goal")
    return _set(message, _read(message.args))


def _read(args: dict[str, Any]) -> dict[str, Any]:
    """The fields of a goal that understanding read."""
    return {
        "text": one_line(args["text"], LONGEST_TEXT),
        "target": args["target"] or None,
        "unit": one_line(args["unit"], _LONGEST_UNIT) if args["unit"] else None,
        "due": date.fromisoformat(args["due"]) if args["due"] else None,
    }


def _set(message: Message, fields: dict[str, Any]) -> Turn:
    """A new goal, or the one that the member has in these words already, told anew."""
    goals = open_goals(message.member)
    known = next((goal for goal in goals if goal.text.casefold() == fields["text"].casefold()), None)
    if known is None and len(goals) >= MOST_OPEN:
        return message.answer("goals.full")
    past = "" if fields["due"] else _cut_past(message, fields)
    told = {key: value for key, value in fields.items() if value is not None}
    goal = (known or Goal(id=new_id(message.member), text="", set_on=message.today)).model_copy(update=told)
    after = message.of(goals=with_goal(message.member, goal))
    said = after.say("goals.set", number=number_of(after, goal), goal=described(after, goal))
    return plan.followed(after, step.STEP, after.turn(said, past))


def _cut_past(message: Message, fields: dict[str, Any]) -> str:
    """Takes a date that has passed out of a goal's text, and says that it has; "" where there is none."""
    found = goal_answers.find_past(fields["text"], message.local)
    if found is None:
        return ""
    text = (fields["text"][: found.start] + fields["text"][found.end :]).strip(" ,;-")
    fields["text"] = " ".join(text.split()) or fields["text"]
    return message.say("goals.past", date=date_of(message, found.day))


def end(message: Message) -> Turn:
    """GOAL 1 DONE."""
    goal = _meant(message)
    return goal_changes.finish(message, goal) if isinstance(goal, Goal) else goal


def drop(message: Message) -> Turn:
    """DROP GOAL 1."""
    goal = _meant(message)
    return goal_changes.drop(message, goal) if isinstance(goal, Goal) else goal


def revise(message: Message) -> Turn:
    """GOAL 1 BY FRIDAY, CHANGE GOAL 1 TO 8 JOBS BY JUNE: a date, a number, a plan's hour, or other words."""
    goal = _meant(message)
    if not isinstance(goal, Goal):
        return goal
    text = normalise(message.args["text"])
    if goal_answers.is_cue(text) and (cue := step.read_cue(text, message.local)):
        return plan.followed(message, step.STEP, goal_changes.cued(message, goal, cue))
    due = goal_answers.read_deadline(text, message.local, beside=0)
    if due and due < message.today:
        return message.answer("goals.past_how", date=date_of(message, due), number=number_of(message, goal))
    if due:
        return plan.followed(message, step.STEP, goal_changes.moved(message, goal, due))
    if goal_answers.is_vague(text):
        return message.answer("goals.revise_how", number=number_of(message, goal))
    return _revised(message, goal, _read(read_goal(text, message.local).args))


def _revised(message: Message, goal: Goal, fields: dict[str, Any]) -> Turn:
    target, unit = fields["target"], fields["unit"]
    bare = fields["text"].casefold().replace((unit or "").casefold(), "")
    if target and goal_answers.is_amount(bare) and (unit is None or unit == goal.unit or unit in goal.text.casefold()):
        changes = goal_changes.retargeted(goal, target) | {"unit": unit or goal.unit}
    else:
        same = unit is not None and unit == goal.unit
        changes = {**fields, "done": goal.done if same else 0}
    changes |= {"due": fields["due"] or goal.due, "settled": tuple(p for p in goal.settled if p in _STAY_SETTLED)}
    new = goal.model_copy(update=changes)
    if new.done >= (total(new) or math.inf):
        return goal_changes.finish(message, new)
    after = message.of(goals=with_goal(message.member, new))
    said = after.say("goals.revised", number=number_of(after, new), goal=described(after, new))
    return plan.followed(after, step.STEP, after.turn(said))


def _meant(message: Message) -> Goal | Turn:
    """The open goal that a command names by its number, or the only one; else the turn that says what is missing."""
    goals, number = open_goals(message.member), message.args.get("n")
    if not goals:
        return message.answer("goals.none")
    if number is None:
        return goals[0] if len(goals) == 1 else message.answer("goals.which")
    return goals[number - 1] if 1 <= number <= len(goals) else message.answer("goals.no_such")
