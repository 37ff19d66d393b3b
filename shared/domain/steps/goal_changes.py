"""What becomes of a goal: moved, reached, dropped, brought on by a report, asked about by a nudge."""

import math
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from shared.domain.goals import cued_on, due_before, open_goals, with_goal
from shared.domain.message import Message
from shared.domain.models import Cue, Entry, Goal, Kind, Member, OpenQuestion, Turn
from shared.domain.quiet import is_quiet, nearest_allowed
from shared.domain.schedule import checkin_of
from shared.domain.smart import total
from shared.domain.steps.dialogue import Noted
from shared.domain.steps.goal_lines import (
    LONGEST_NAME,
    LONGEST_TEXT,
    action_of,
    date_of,
    how,
    in_short,
    name_of,
    new_pace,
    one_line,
    when,
)
from shared.domain.understanding.text.amounts import whole


def changed(message: Message, goal: Goal, **changes: Any) -> Message:
    """The message from the member with this goal changed."""
    return message.of(goals=with_goal(message.member, goal.model_copy(update=changes)))


def retargeted(goal: Goal, target: float) -> dict[str, Any]:
    """A goal's new number, in its words as well where they hold the old one."""
    old, new = f"{whole(goal.target)}" if goal.target is not None else "", f"{whole(target)}"
    words = (new if word == old else word for word in goal.text.split(" "))
    return {"target": target, "text": one_line(" ".join(words), LONGEST_TEXT)}


def cued(message: Message, goal: Goal, wanted: Cue) -> Turn:
    """The plan said back as "if ... then ...". In quiet hours its text comes at the nearest allowed one."""
    action = wanted.action or (goal.cue.action if goal.cue else "")
    cue = wanted.model_copy(update={"at": nearest_allowed(wanted.at), "action": action})
    new = goal.model_copy(update={"cue": cue})
    quiet = message.say("goals.quiet", time=f"{cue.at:%H:%M}") if is_quiet(wanted.at) else ""
    said = message.say("goals.planned", when=when(message, cue), action=action_of(new))
    return changed(message, new).turn(said, quiet)


def moved(message: Message, goal: Goal, due: date) -> Turn:
    """Another date; its pace is asked about anew where it is too much."""
    new = goal.model_copy(update={"due": due, "settled": tuple(part for part in goal.settled if part != "pace")})
    pace = new_pace(message, new)
    key = "goals.moved_pace" if pace else "goals.moved"
    return changed(message, new).answer(key, goal=name_of(new), date=date_of(message, due), pace=pace)


def finish(message: Message, goal: Goal, done: float | None = None) -> Turn:
    """Reached, celebrated, and a win of the day."""
    win = Entry(
        day=message.today,
        at=message.now,
        source=message.source,
        kind="answered",
        wins=(goal.text,),
        goals={goal.id: goal.text},
    )
    return _ended(message, goal, "done", done).turn(
        message.say("goals.reached", goal=in_short(goal.text, LONGEST_NAME)), entries=(win,)
    )


def drop(message: Message, goal: Goal) -> Turn:
    """Given up, with what was done of it."""
    said = message.say("goals.dropped", goal=in_short(goal.text, LONGEST_NAME))
    return _ended(message, goal, "dropped", goal.done).turn(said)


def _ended(message: Message, goal: Goal, state: str, done: float | None = None) -> Message:
    """Without what only an open goal needs, a question about it among that."""
    question = message.member.open_question
    if question and question.about == goal.id:
        message = message.of(open_question=question.behind)
    reached = max(goal.done, total(goal) or 0) if done is None else done
    return changed(message, goal, state=state, ended_on=message.today, done=reached, cue=None, settled=())


def note(message: Message) -> Noted | None:
    """The progress that a report tells: by so much, to so much, or done."""
    said: list[str] = []
    moved_on: list[str] = []
    for step in message.reply.progress:
        goal = next((goal for goal in open_goals(message.member) if goal.id == step["goal"]), None)
        if goal is None:
            continue
        done = goal.done + step["amount"] if "amount" in step else step.get("total")
        if done is None or done >= (total(goal) or math.inf):
            message = _ended(message, goal, "done", done)
            said.append(message.say("goals.reached", goal=in_short(goal.text, LONGEST_NAME)))
        else:
            message = changed(message, goal, done=done)
            moved_on = [*(each for each in moved_on if each != goal.id), goal.id]
    lines = (goal for goal in open_goals(message.member) if goal.id in moved_on)
    said += (message.say("goals.line", goal=name_of(goal), how=how(message, goal)) for goal in lines)
    return Noted(message.member, " ".join(said)) if said else None


def counted(message: Message) -> tuple[str, float] | None:
    """The goal, by id, that the one number of a message moved, and what that is added to: nothing for a total.

    None where a score is a number of it too, which is then what a correction means.
    """
    reply = message.reply
    if reply.command and reply.command.name == "correct":
        return message.member.undo.counted if message.member.undo else None
    if len(reply.progress) != 1 or isinstance(reply.mood, int | float):
        return None
    (step,) = reply.progress
    done = {goal.id: goal.done for goal in open_goals(message.member)}.get(step["goal"])
    if done is None or not step.keys() & {"amount", "total"}:
        return None
    return step["goal"], done if "amount" in step else 0


def mended(message: Message, number: float) -> Turn | None:
    """A number in place of that which moved a goal; None where the last thing recorded was something else."""
    undo = message.member.undo
    if undo is None or undo.counted is None or message.reply.progress:
        return None
    meant, since = undo.counted
    goals = [Goal.model_validate(each) for each in undo.before.get("goals", ())]
    before = next((goal for goal in goals if goal.id == meant and goal.state == "open"), None)
    if before is None:
        return None
    done = since + number
    if done >= (total(before) or math.inf):
        return finish(message, before, done)
    goal = before.model_copy(update={"done": done})
    return changed(message, goal).answer("goals.mended", how=how(message, goal))


def asked(member: Member, kind: Kind, day: date, now: datetime) -> Member:
    """The member with the question of such a nudge open, which is the last that they were asked.

    How a goal went is asked once.
    """
    due = kind is Kind.GOAL_DUE
    about = due_before(member, day) if due else cued_on(member, day)
    if not about:
        return member
    checkin = checkin_of(member.open_question, now.astimezone(ZoneInfo(member.timezone)))
    name = "goal_went" if due else "goal_cued"
    opened = OpenQuestion(asked=name, day=day, at=now, about=about[0].id, behind=checkin)
    after = member.model_copy(update={"open_question": opened})
    if not due:
        return after
    return after.model_copy(update={"goals": with_goal(member, about[0].model_copy(update={"asked_on": day}))})
