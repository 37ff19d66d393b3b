"""The six steps, walked at the member's pace: what is asked next, how answers reach their step, PLAN, NEXT, STEP 3."""

from shared.domain.answers import report
from shared.domain.answers.message import Message
from shared.domain.models import STEPS, StepName, StepState, Turn
from shared.domain.steps import audit, goals, network, risks, upskill, wellbeing
from shared.domain.steps.dialogue import Question, Step, named

_ALL: tuple[Step, ...] = (audit.STEP, goals.STEP, upskill.STEP, network.STEP, risks.STEP, wellbeing.STEP)
_MOST_PASSED = 60
_BY_NAME: dict[StepName, Step] = {step.name: step for step in _ALL}
QUESTIONS: dict[str, Question] = {question.asked: question for step in _ALL for question in step.questions}


def step_of(message: Message) -> Step | None:
    """The step that the member is on."""
    return _BY_NAME[message.member.plan.step] if message.member.plan.step else None


def number_of(name: StepName) -> int:
    """1 to 6, as members call it."""
    return STEPS.index(name) + 1


def show(message: Message) -> Turn:
    """PLAN: where the member is, what is behind them, and how to go on."""
    step = step_of(message)
    if step is None:
        return message.answer("plan.none_yet")
    ended = [name for name in STEPS if (state := message.member.plan.steps.get(name)) and state.ended_on]
    done = message.say("plan.ended", steps=", ".join(message.say(f"plan.{name}") for name in ended)) if ended else ""
    where = message.say("plan.where", number=number_of(step.name), step=message.say(f"plan.{step.name}"))
    return message.turn(where, step.state(message), done, message.say("plan.how_on"))


def begin(message: Message, name: StepName) -> Turn:
    """Begin a step, or go back to it, and ask its first question."""
    return go_on(_on(message, name), message.say(f"plan.{name}_begun", number=number_of(name)))


def choose(message: Message, name: StepName) -> Turn:
    """Begin a step with something to do today instead of a question: the first choice, right after the opt-in."""
    begun = _on(message, name)
    said = message.say("onboarding.chosen", step=message.say(f"plan.{name}"))
    return begun.turn(said, message.say("onboarding.today", action=_BY_NAME[name].action(begun)))


def _on(message: Message, name: StepName) -> Message:
    plan = message.member.plan
    known = plan.steps.get(name)
    state = known.model_copy(update={"ended_on": None, "passed": ()}) if known else StepState(begun_on=message.today)
    steps = {**plan.steps, name: state}
    return message.of(plan=plan.model_copy(update={"step": name, "steps": steps}))


def go_on(message: Message, *said: str) -> Turn:
    """NEXT: ask what the current step wants to know; with nothing left to ask, say what to do, or end the step."""
    step = step_of(message)
    if step is None:
        return message.turn(*said) if any(said) else message.answer("plan.none_yet")
    return _follow(message, step, *said) or message.turn(*said, step.action(message))


def _follow(message: Message, step: Step, *said: str) -> Turn | None:
    """The step's next question, or its end where the member is on it and has found what it is for."""
    state = message.member.plan.steps.get(step.name)
    for question in step.questions:
        asking = question.missing(message)
        if asking and not (state and named(question.asked, asking.about) in state.passed):
            return message.ask(question.asked, *said, about=asking.about, **asking.values)
    if step_of(message) is step and state and not state.ended_on and step.is_done(message):
        return finish(message, *said)
    return None


def finish(message: Message, *said: str) -> Turn:
    """End the current step, with what it brought, and name the next one. Its questions can be gone back to."""
    step = step_of(message)
    if step is None:
        return message.answer("plan.none_yet")
    plan = message.member.plan
    state = plan.steps[step.name].model_copy(update={"ended_on": message.today})
    ended = message.of(plan=plan.model_copy(update={"steps": {**plan.steps, step.name: state}}))
    brought = step.ending(ended) if step.ending else ended.turn()
    ended = ended._replace(member=brought.member)
    following = next((name for name in STEPS if name not in ended.member.plan.steps), None)
    key = "plan.step_ended" if following else "plan.all_ended"
    values = {"number": number_of(following), "following": message.say(f"plan.{following}")} if following else {}
    praise = message.say(key, step=message.say(f"plan.{step.name}"), **values)
    turn = ended.turn(*said, *brought.replies, praise)
    return turn.model_copy(update={"entries": brought.entries, "requests": brought.requests})


def reported(message: Message) -> Turn:
    """A report, with what it means for goals and steps: "applied to 2 jobs" moves a goal, "rang Ana" is a contact."""
    turn = report.report(message)
    noted = message._replace(member=turn.member)
    said: list[str] = list(turn.replies)
    for step in _ALL:
        if step.note and (taken := step.note(noted)):
            noted = noted._replace(member=taken.member)
            said.append(taken.said)
    return noted.turn(*said, entries=turn.entries)


def begin_named(message: Message) -> Turn:
    """STEP 3."""
    number = int(message.args["n"])
    if not 1 <= number <= len(STEPS):
        return message.answer("plan.no_such_step")
    return begin(message, STEPS[number - 1])


def next_(message: Message) -> Turn:
    """NEXT."""
    return go_on(message)


def end_(message: Message) -> Turn:
    """DONE WITH STEP."""
    return finish(message)


def audit_again(message: Message) -> Turn:
    """AUDIT: the one-page audit as it stands, however far the step is."""
    return audit.send(message)


def answer_open(message: Message) -> Turn | None:
    """What the answer to an open question of a step comes to, with the question after it; None where it is none."""
    asked = message.open.asked if message.open else ""
    step = next((step for step in _ALL if any(question.asked == asked for question in step.questions)), None)
    if step is None or message.open is None:
        return None
    closed = message.of(open_question=message.open.behind)
    skipped = message.reply.command is not None and message.reply.command.name == "skip"
    if skipped and not QUESTIONS[asked].plainly(message):
        passed = _passed(closed, step.name, named(asked, message.open.about))
        return _follow(passed, step, message.say("plan.passed")) or passed.answer("plan.passed")
    turn = QUESTIONS[asked].answer(closed)
    if turn is None or turn.member.open_question != closed.member.open_question:
        return turn
    return followed(message, step, turn)


def followed(message: Message, step: Step, turn: Turn) -> Turn:
    """A turn that answered something for a step, and what the step asks next."""
    further = _follow(message._replace(member=turn.member), step, *turn.replies)
    if further is None:
        return turn
    both = {"entries": (*turn.entries, *further.entries), "requests": (*turn.requests, *further.requests)}
    return further.model_copy(update=both)


def _passed(message: Message, name: StepName, question: str) -> Message:
    """The member does not want to answer that: it is not asked again in this step until they begin it anew."""
    plan = message.member.plan
    state = plan.steps.get(name) or StepState(begun_on=message.today)
    passed = state.model_copy(update={"passed": (*state.passed, question)[-_MOST_PASSED:]})
    return message.of(plan=plan.model_copy(update={"steps": {**plan.steps, name: passed}}))
