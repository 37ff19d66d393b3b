"""The six steps, walked at the member's pace: what is asked next, how answers reach their step, PLAN, NEXT, STEP 3."""

from collections.abc import Callable
from dataclasses import replace

from shared.content.segments import fit
from shared.domain.answers import report, review
from shared.domain.message import Message
from shared.domain.models import STEPS, Entry, Kind, Member, OpenQuestion, StepName, StepState, Turn
from shared.domain.schedule import checkin_of
from shared.domain.steps import audit, goals, network, risks, upskill, wellbeing
from shared.domain.steps.dialogue import Question, Step, missing, name_of, passed
from shared.domain.understanding.answers import choices
from shared.domain.understanding.answers.care import is_done

_ALL: tuple[Step, ...] = (audit.STEP, goals.STEP, upskill.STEP, network.STEP, risks.STEP, wellbeing.STEP)
_BY_NAME: dict[StepName, Step] = {step.name: step for step in _ALL}
QUESTIONS: dict[str, Question] = {question.asked: question for step in _ALL for question in step.questions}


def step_of(message: Message) -> Step | None:
    """The step that the member is on."""
    return _BY_NAME[message.member.plan.step] if message.member.plan.step else None


def state_of(message: Message, name: StepName) -> str:
    """Where a step stands, in a sentence."""
    return _BY_NAME[name].state(message)


def number_of(name: StepName) -> int:
    """1 to 6, as members call it."""
    return STEPS.index(name) + 1


def show(message: Message) -> Turn:
    """PLAN: where the member is, what is behind them, and how to go on."""
    step = step_of(message)
    if step is None:
        return message.ask("which_step")
    ended = [name for name in STEPS if _has_ended(message, name)]
    done = message.say("plan.ended", steps=", ".join(message.say(f"plan.{name}") for name in ended)) if ended else ""
    if step.name in ended:
        return message.turn(done, _then(message))
    where = message.say("plan.where", number=number_of(step.name), step=message.say(f"plan.{step.name}"))
    return message.turn(where, step.state(message), done, message.say("plan.how_on"))


def _then(message: Message) -> str:
    following = message.member.plan.following
    if following is None:
        return message.say("plan.all_done")
    return message.say("plan.then", number=number_of(following), following=message.say(f"plan.{following}"))


def _has_ended(message: Message, name: StepName) -> bool:
    state = message.member.plan.steps.get(name)
    return state is not None and state.ended_on is not None


def begin(message: Message, name: StepName) -> Turn:
    """Begin a step, or go back to it, and ask its first question."""
    begun, opening = _on(message, name), message.say(f"plan.{name}_begun")
    return _encouraged(begun, name, lambda example: go_on(begun, opening, example))


def choose(message: Message, name: StepName) -> Turn:
    """Begin a step with something to do today instead of a question: the first choice, right after the opt-in."""
    begun = _on(message, name)
    said, action = message.say("onboarding.chosen", step=message.say(f"plan.{name}")), _BY_NAME[name].action(begun)
    return _encouraged(begun, name, lambda example: begun.ask("start_today", said, example, action=action))


def _encouraged(message: Message, name: StepName, begun: Callable[[str], Turn]) -> Turn:
    """The turn that begins a step, with an example of it where there is room for the whole of it."""
    example = message.say(f"examples.{name}")
    turn = begun(example)
    return turn if example in "".join(turn.replies) else begun("")


def _on(message: Message, name: StepName) -> Message:
    plan = message.member.plan
    known = plan.steps.get(name)
    goes_on = known is not None and known.ended_on is None
    state = known.model_copy(update={"passed": ()}) if known and goes_on else StepState(begun_on=message.today)
    steps = {**plan.steps, name: state}
    still_open = checkin_of(message.member.open_question, message.local)  # nothing of another step
    return message.of(plan=plan.model_copy(update={"step": name, "steps": steps}), open_question=still_open)


def go_on(message: Message, *said: str) -> Turn:
    """NEXT: ask what the current step wants to know; with nothing left to ask, say what to do, or end the step."""
    step = step_of(message)
    if step is None:
        return message.ask("which_step", *said)
    return _follow(message, step, *said) or act(message, step, *said)


def act(message: Message, step: Step, *said: str) -> Turn:
    """Say the next small thing to do, and let the step remember that it was said."""
    return suggesting(message, step).turn(*said, step.action(message))


def suggesting(message: Message, step: Step) -> Message:
    """The message from the member once the step's next small thing to do was said to them."""
    return replace(message, member=step.told(message)) if step.told else message


def _follow(message: Message, step: Step, *said: str) -> Turn | None:
    """The step's next question, or its end where the member is on it and has found what it is for."""
    for question, asking in missing(message, step.name, step.questions):
        return message.ask(question.asked, *said, about=asking.about, **asking.values)
    return finish(message, *said) if _is_over(message, step) else None


def _is_over(message: Message, step: Step) -> bool:
    """Whether the member is on the step, and has found what it is for."""
    state = message.member.plan.steps.get(step.name)
    on_it = step_of(message) is step and state is not None and state.ended_on is None
    return on_it and not any(missing(message, step.name, step.questions)) and step.is_done(message)


def finish(message: Message, *said: str) -> Turn:
    """End the current step, with what it brought, and offer the next one. Its questions can be gone back to.

    Where that is too much for one text, what was said before is cut.
    """
    step = step_of(message)
    if step is None or _has_ended(message, step.name):
        return go_on(message, *said)
    plan = message.member.plan
    state = plan.steps[step.name].model_copy(update={"ended_on": message.today})
    ended = message.of(plan=plan.model_copy(update={"steps": {**plan.steps, step.name: state}}))
    brought = step.ending(ended) if step.ending else ended.turn()
    ended = replace(ended, member=brought.member)
    following = ended.member.plan.following
    key = "plan.step_ended" if following else "plan.all_ended"
    parts = [*brought.replies, message.say(key, step=message.say(f"plan.{step.name}"))]
    if following:
        named = message.say(f"plan.{following}")
        parts.append(message.say("ask.next_step", number=number_of(following), following=named))
        ended = ended.of(open_question=ended.question("next_step", following))
    text = fit(" ".join(filter(None, said)), around=lambda before: " ".join(filter(None, (before, *parts))))
    turn = ended.turn(text)
    return turn.model_copy(update={"entries": brought.entries, "requests": brought.requests})


def reported(message: Message) -> Turn:
    """A report, with what it means for goals and steps: "applied to 2 jobs" moves a goal, "rang Ana" is a contact.

    "Done", and nothing else, is none: it is the small thing that was to be done.
    """
    if did := _did(message):
        return did
    current = step_of(message)
    turn = report.report(message)
    before = turn.member
    journal = message.member.journal
    noted = replace(message, member=turn.member.model_copy(update={"journal": (*journal, *turn.entries)}))
    said: list[str] = list(turn.replies)
    asks = False
    for step, note in ((None, review.note), *((step, step.note) for step in _ALL)):
        if note and (taken := note(noted)):
            noted = replace(noted, member=taken.member)
            said.append(taken.said)
            asks = asks or (taken.asks and step is current and _is_free(noted.member.open_question))
    asks_on = current and not message.after_crisis and (asks or _is_over(noted, current))
    further = _follow(noted, current, *said) if current and asks_on else None
    after = further or noted.turn(*said)
    member = after.member.model_copy(update={"journal": journal})  # storage adds the entries
    recorded = _on_record(message, turn.entries, before, noted.member)
    return after.model_copy(update={"member": member, "entries": (*recorded, *after.entries)})


def _on_record(message: Message, entries: tuple[Entry, ...], before: Member, after: Member) -> tuple[Entry, ...]:
    """A report's entries with the goals that it moved and the step that it was for, and a log-off in time."""
    known = {goal.id: goal for goal in before.goals}
    moved = {goal.id: goal.text for goal in after.goals if goal != known.get(goal.id)}
    kept = after.plan.boundaries_kept > before.plan.boundaries_kept
    learned, met = after.plan.learning != before.plan.learning, after.plan.contacts != before.plan.contacts
    step = "upskill" if learned else "network" if met else "wellbeing" if kept else None
    served = tuple(entry.model_copy(update={"goals": moved, "step": step}) for entry in entries)
    return (*served, wellbeing.on_record(message, entries[0].day)) if kept else served


def _did(message: Message) -> Turn | None:
    """What is answered to "done": it is about what stood beside the question of a nudge today, or about the step."""
    beside = {kind for each in message.member.nudged if each.day == message.today for kind in each.kinds[1:]}
    done, reply, current = choices.says_done(message.text), message.reply, step_of(message)
    reports = reply.mood is not None or reply.wins or reply.engaged or reply.drained
    if done and Kind.GOAL_CUE in beside:
        return message.answer("goals.cued_done")
    if Kind.LOG_OFF in beside and (done or (is_done(message.text) and not reports)):
        return wellbeing.logged_off(message, message.today)
    if current is None or not done:
        return None
    taken = current.note(message) if current.note else None
    did = replace(message, member=taken.member) if taken else message
    return go_on(did, message.say("plan.did"), taken.said if taken else "")


def _is_free(question: OpenQuestion | None) -> bool:
    """Whether a question may be asked: nothing else is open, but for whether they did what was to be done."""
    return question is None or question.asked in ("start_today", "this_week")


def begin_named(message: Message) -> Turn:
    """STEP 3."""
    number = int(message.args["n"])
    if not 1 <= number <= len(STEPS):
        return message.answer("plan.no_such_step")
    return begin(message, STEPS[number - 1])


def next_(message: Message) -> Turn:
    """NEXT: on with the step, or after its end with the one that follows."""
    step, following = step_of(message), message.member.plan.following
    if step and following and _has_ended(message, step.name):
        return begin(message, following)
    return go_on(message)


def end_(message: Message) -> Turn:
    """DONE WITH STEP."""
    return finish(message)


def audit_again(message: Message) -> Turn:
    """AUDIT: the one-page audit as it stands, however far the step is."""
    return audit.send(message)


def rethink(message: Message) -> Turn:
    """VALUES, DEALBREAKERS: asked about once more."""
    return audit.rethink(message)


def answer_open(message: Message) -> Turn | None:
    """What the answer to an open question of a step comes to, with the question after it; None where it is none.

    To what is a choice "tomorrow" may be an answer, which is a skip elsewhere.
    """
    asked = message.open.asked if message.open else ""
    step = next((step for step in _ALL if any(question.asked == asked for question in step.questions)), None)
    if step is None or message.open is None:
        return None
    closed = message.of(open_question=message.open.behind)
    question = QUESTIONS[asked]
    skipped = message.reply.command is not None and message.reply.command.name == "skip"
    turn = question.answer(closed) if question.choice or not skipped else None
    if turn is None and skipped:
        left_out = passed(closed, step.name, name_of(asked, message.open.about))
        said = message.say("plan.passed")
        return _follow(left_out, step, said) or act(left_out, step, said)
    if turn is None or turn.member.open_question != closed.member.open_question:
        return turn
    return followed(message, step, turn)


def followed(message: Message, step: Step, turn: Turn) -> Turn:
    """A turn that answered something for a step, and what the step asks next."""
    further = _follow(replace(message, member=turn.member), step, *turn.replies)
    if further is None:
        return turn
    both = {"entries": (*turn.entries, *further.entries), "requests": (*turn.requests, *further.requests)}
    return further.model_copy(update=both)
