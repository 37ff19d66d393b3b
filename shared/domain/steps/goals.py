"""SMART goals by dialogue: only what a goal is missing is asked, one question a text, the newest goal first."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Any

from shared.content.segments import is_gsm7, spelt_plainly
from shared.domain.goals import MOST_OPEN, open_goals
from shared.domain.message import Message
from shared.domain.models import WEEKDAYS, Cue, Goal, Turn
from shared.domain.smart import Part, missing_parts, total
from shared.domain.steps.dialogue import Asking, Question, Step, never, tells
from shared.domain.steps.dialogue import name_of as passed_as
from shared.domain.steps.goal_changes import changed, cued, drop, finish, moved, note, retargeted
from shared.domain.steps.goal_lines import (
    LONGEST_ACTION,
    LONGEST_NAME,
    LONGEST_TEXT,
    action_of,
    date_of,
    described,
    how,
    in_short,
    name_of,
    new_pace,
    number_of,
    one_line,
    pace_of,
    when,
)
from shared.domain.understanding.answers import choices, goal_answers
from shared.domain.understanding.text.amounts import whole

_LONGEST_VALUE = 25  # of five that are listed in one text
_LONGEST_AMOUNT = 4  # words: more of them, with a number, tell of something


# What is asked


def _focus(message: Message) -> tuple[Goal, Part] | None:
    """The goal and the part that is to be asked about now; what the member passed is left out."""
    state = message.member.plan.steps.get("goals")
    passed = state.passed if state else ()
    nudged, valued = "sms" in message.member.channels, bool(message.member.plan.values)
    for goal in reversed(open_goals(message.member)):
        for part in missing_parts(goal, message.today, valued=valued, nudged=nudged):
            if passed_as(f"goal_{part}", goal.id) not in passed:
                return goal, part
    return None


def _missing(part: Part, message: Message) -> Asking | None:
    focus = _focus(message)
    return Asking(_values(message, focus[0]), focus[0].id) if focus and focus[1] == part else None


def _goal_missing(message: Message) -> Asking | None:
    """A goal, where the member is on the step and has set none since they began it; one more, at "STEP 2"."""
    plan, goals = message.member.plan, message.member.goals
    state = plan.steps.get("goals")
    if plan.step != "goals" or state is None or state.ended_on or len(open_goals(message.member)) == MOST_OPEN:
        return None
    again = message.reply.command is not None and message.reply.command.name == "step"
    since = any(goal.set_on >= state.begun_on and goal.state != "dropped" for goal in goals)
    return Asking() if (again or not since) and _focus(message) is None else None


def _values(message: Message, goal: Goal) -> dict[str, Any]:
    """What any question about a goal may name."""
    name = name_of(goal)
    named = is_gsm7(spelt_plainly(name)) and not _is_spoken_of(message, goal)
    return {
        "goal": name,
        "whose": message.say("goals.whose", goal=name) + " " if named else "",
        "date": date_of(message, goal.due) if goal.due else "",
        "pace": pace_of(message, goal),
        "values": _listed(message.member.plan.values),
    }


def _listed(values: tuple[str, ...]) -> str:
    """The values by number, each as long as a question has room for."""
    said = ""
    for room in (_LONGEST_VALUE, 8, 4):
        said = " ".join(f"{n} {one_line(value, room)}" for n, value in enumerate(values, 1))
        if len(said) <= (160 if is_gsm7(spelt_plainly(said)) else 45):
            break
    return said


def _is_spoken_of(message: Message, goal: Goal) -> bool:
    """Whether the member speaks of this goal already, so that it needs no naming."""
    if message.open and message.open.about == goal.id:
        return True
    command = message.reply.command.name if message.reply.command else ""
    if command == "revise_goal":
        return number_of(message, goal) == message.args.get("n")
    return command == "new_goal" and goal.id == open_goals(message.member)[-1].id


# What is answered


def settled(goal: Goal, *parts: Part) -> tuple[str, ...]:
    return (*goal.settled, *(part for part in parts if part not in goal.settled))


def _about(
    answer: Callable[[Message, Goal], Turn | None], plainly: Callable[[Message], bool], message: Message
) -> Turn | None:
    """An answer to a question about a goal, while it is open.

    What is a score or a command elsewhere is one here as well, unless it is `plainly` an answer.
    """
    about = message.open.about if message.open else None
    goal = next((goal for goal in open_goals(message.member) if goal.id == about), None)
    if goal and goal_answers.says(message.text, "later"):
        return message.of(open_question=message.open).answer("goals.later")
    command = message.reply.command
    elsewhere = (command and command.name not in ("thanks", "unclear")) or isinstance(message.reply.mood, int | float)
    return None if goal is None or (elsewhere and not plainly(message)) else answer(message, goal)


def _unread(message: Message, goal: Goal, part: Part, *said: str) -> Turn | None:
    """What no answer could be read from: a report, distress and thanks are for others, else it is asked again."""
    command = message.reply.command
    if tells(message.reply) or (command and command.name == "thanks"):
        return None
    hint = said or (message.say("goals.again"),)
    return message.ask(f"goal_{part}", *hint, about=goal.id, **_values(message, goal))


def _ahead(message: Message, goal: Goal) -> Turn | None:
    """A plan or a date where something else was asked: taken, for what was asked is asked again."""
    if goal_answers.is_cue(message.text) and (cue := read_cue(message.text, message.local)):
        return cued(message, goal, cue)
    due = goal_answers.read_deadline(message.text, message.local, beside=0)
    return _due_on(message, goal, due) if due and due >= message.today else None


def _made_specific(message: Message, goal: Goal) -> Turn | None:
    """A vague goal in other words, which take its place; vague still, they are left as they are."""
    args = message.args
    if not args.get("text"):
        return _unread(message, goal, "specific")
    changes = {
        "text": one_line(args["text"], LONGEST_TEXT),
        "target": args["target"],
        "unit": args["unit"],
        "due": date.fromisoformat(args["due"]) if args["due"] else goal.due,
        "settled": settled(goal, "specific"),
    }
    after = changed(message, goal, **changes)
    new = goal.model_copy(update=changes)
    return after.turn(message.say("goals.revised", number=number_of(after, new), goal=described(message, new)))


def _measured(message: Message, goal: Goal) -> Turn | None:
    if goal_answers.says(message.text, "done counts", "none"):
        after = changed(message, goal, settled=settled(goal, "measure"))
        return after.answer("goals.done_counts")
    told = message.reply.wins or message.reply.progress or message.reply.mood is not None
    amount = None if told and not goal_answers.is_amount(message.text) else goal_answers.read_amount(message.text)
    if amount is None or amount[0] <= 0:
        return _ahead(message, goal) or _in_words(message, goal) or _unread(message, goal, "measure")
    target, unit = amount[0], amount[1] or goal.unit
    said = " ".join(filter(None, (str(whole(target)), unit)))
    if target <= goal.done:
        return finish(message, goal)
    if goal_answers.period(message.text):
        said = one_line(message.text, _LONGEST_VALUE)
        goal = goal.model_copy(update={"text": one_line(f"{goal.text}, {said}", LONGEST_TEXT)})
    return changed(message, goal, target=target, unit=unit).answer("goals.measured", amount=said)


def _in_words(message: Message, goal: Goal) -> Turn | None:
    """ "When I have an offer": a sign without a number is as good as one, and it is done or not."""
    if tells(message.reply) or message.reply.command or len(message.text.split()) < 2:
        return None
    return changed(message, goal, settled=settled(goal, "measure")).answer("goals.done_counts")


def _dated(message: Message, goal: Goal) -> Turn | None:
    if goal_answers.says(message.text, "no date"):
        return changed(message, goal, settled=settled(goal, "due")).answer("goals.no_date")
    if goal_answers.is_cue(message.text) and (cue := read_cue(message.text, message.local)):
        return cued(message, goal, cue)
    due = _deadline(message)
    if due is None:
        return _unread(message, goal, "due")
    if due < message.today:
        return _unread(message, goal, "due", message.say("goals.past", date=date_of(message, due)))
    return _due_on(message, goal, due)


def _due_on(message: Message, goal: Goal, due: date) -> Turn:
    new = goal.model_copy(update={"due": due})
    pace = new_pace(message, new)
    key = "goals.dated_pace" if pace else "goals.dated"
    return changed(message, new).answer(key, date=date_of(message, due), pace=pace)


def _deadline(message: Message) -> date | None:
    """The day that the text is, unless it tells of what was done on one."""
    told = message.reply.wins or message.reply.progress or message.reply.engaged or message.reply.drained
    return None if told else goal_answers.read_deadline(message.text, message.local)


def _paced(message: Message, goal: Goal) -> Turn | None:
    """Kept, moved or made smaller; it is asked once, whatever the answer means for the pace."""
    asked = settled(goal, "pace")
    if due := _deadline(message):
        if due < message.today:
            return _unread(message, goal, "pace", message.say("goals.past", date=date_of(message, due)))
        changes: dict[str, Any] = {"due": due}
    elif goal_answers.says(message.text, "keep") or choices.agrees(message.text):
        return changed(message, goal, settled=asked).answer("goals.kept")
    elif (amount := _fewer(message)) and amount > goal.done:
        changes = retargeted(goal, amount)
    else:
        return _unread(message, goal, "pace")
    new = goal.model_copy(update={**changes, "settled": asked})
    after = changed(message, new)
    return after.answer("goals.revised", number=number_of(after, new), goal=described(message, new))


def _fewer(message: Message) -> float | None:
    amount = goal_answers.read_amount(message.text)
    return amount[0] if amount and len(message.text.split()) <= _LONGEST_AMOUNT else None


def _served(message: Message, goal: Goal) -> Turn | None:
    values = message.member.plan.values
    if goal_answers.says(message.text, "none"):
        return changed(message, goal, settled=settled(goal, "value")).answer("goals.serves_none")
    chosen = choices.read_choice(message.text, values)
    if chosen is None:
        return _unread(message, goal, "value")
    value = in_short(values[chosen], _LONGEST_VALUE)
    return changed(message, goal, value=value).answer("goals.served", value=value)


def _planned(message: Message, goal: Goal) -> Turn | None:
    if goal_answers.says(message.text, "none"):
        return changed(message, goal, settled=settled(goal, "plan")).answer("goals.unplanned")
    cue = read_cue(message.text, message.local)
    if cue is None:
        return _unread(message, goal, "plan", message.say("goals.plan_time"))
    return cued(message, goal, cue)


def read_cue(text: str, local: datetime) -> Cue | None:
    """The cue that a text names, at whatever hour."""
    read = goal_answers.read_cue(text, local)
    if read is None:
        return None
    days = tuple(each for each in WEEKDAYS if each in read.days)
    return Cue(days=days, at=time.fromisoformat(read.at), action=one_line(read.action, LONGEST_ACTION))


def _cue_answered(message: Message, _: Goal) -> Turn | None:
    """ "Done", to the text at a plan's time. Anything else is a report, a command, or nothing."""
    return message.answer("goals.cued_done") if goal_answers.says(message.text, "done") else None


def _went(message: Message, goal: Goal) -> Turn | None:
    """How it went, once its day has passed: done, so far, another day, dropped."""
    text = message.text
    if goal_answers.says(text, "done"):
        return finish(message, goal)
    if goal_answers.says(text, "drop"):
        return drop(message, goal)
    if (due := _deadline(message)) and due >= message.today:
        return moved(message, goal, due)
    target = total(goal)
    if target is not None and goal_answers.is_amount(text) and (amount := goal_answers.read_amount(text)):
        if amount[0] > target and isinstance(message.reply.mood, int | float):
            return None  # "7", of 5 jobs, says how the day was
        if amount[0] >= target:
            return finish(message, goal, amount[0])
        if amount[0] == 0:
            return changed(message, goal, due=None).answer("goals.not_yet")
        after = changed(message, goal, done=amount[0], due=None)
        return after.answer("goals.so_far", done=whole(amount[0]), target=whole(target))
    if goal_answers.says(text, "not yet", "none"):
        return changed(message, goal, due=None).answer("goals.not_yet")
    return _unread(message, goal, "went")


# The step


def _is_done(message: Message) -> bool:
    return any(goal.state != "dropped" for goal in message.member.goals) and _focus(message) is None


def _state(message: Message) -> str:
    goals = open_goals(message.member)
    if len(goals) == 1:
        return message.say("goals.line", goal=name_of(goals[0]), how=how(message, goals[0]))
    return message.say("goals.state_many", count=len(goals)) if goals else message.say("goals.state_none")


def _action(message: Message) -> str:
    """The newest goal's plan, or a small piece of it."""
    goals = open_goals(message.member)
    if not goals:
        return message.say("goals.action_first")
    cue = goals[-1].cue
    if cue is None:
        return message.say("goals.action", goal=in_short(goals[-1].text, LONGEST_NAME))
    return message.say("goals.action_planned", when=when(message, cue), action=action_of(goals[-1]))


def _unset(message: Message) -> Turn | None:
    """What was no goal: understanding hands on any other answer as one, see `answers/goals.py`."""
    command = message.reply.command
    return message.ask("goal", message.say("goals.again")) if command and command.name == "unclear" else None


# What answers a question, whatever else it could be: "5" a mood, "tomorrow" a skip, "weekdays" a setting.


def _counts(message: Message) -> bool:
    return goal_answers.is_amount(message.text)


def _plans(message: Message) -> bool:
    return goal_answers.is_cue(message.text)


def _dates(message: Message) -> bool:
    return goal_answers.read_deadline(message.text, message.local, beside=0) is not None


def _paces(message: Message) -> bool:
    return _counts(message) or _dates(message)


def _tells_how_it_went(message: Message) -> bool:
    return _paces(message) or goal_answers.says(message.text, "done", "not yet", "drop")


def _sets(message: Message) -> bool:
    """Whether understanding read a goal."""
    return message.reply.command is not None and message.reply.command.name == "new_goal"


def _question(
    part: Part, answer: Callable[[Message, Goal], Turn | None], plainly: Callable[[Message], bool], asked: str = "none"
) -> Question:
    """The question for a part of a goal."""
    return Question(f"goal_{part}", partial(_missing, part), partial(_about, answer, plainly), asked, choice=True)


STEP = Step(
    "goals",
    (
        _question("went", _went, _tells_how_it_went),
        _question("specific", _made_specific, _sets, asked="goal"),
        _question("measure", _measured, _counts),
        _question("due", _dated, _dates),
        _question("pace", _paced, _paces),
        _question("value", _served, _counts),
        _question("plan", _planned, _plans),
        Question("goal", _goal_missing, _unset, understood_as="goal"),
        Question("goal_cued", never, partial(_about, _cue_answered, lambda _: False)),
    ),
    _is_done,
    _state,
    _action,
    note=note,
)
