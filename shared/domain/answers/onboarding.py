"""The first conversation: the five signs of a rut, what they may come from, and which step to begin with.

The signs are asked again each month, and told against the time before.
"""

from collections.abc import Callable
from dataclasses import replace

from shared.content.segments import fit
from shared.domain.answers import plan
from shared.domain.message import Message
from shared.domain.models import STEPS, StepName, Turn
from shared.domain.steps.dialogue import Question, never, says_nothing
from shared.domain.understanding.answers import choices

SIGNS = (1, 2, 3, 4, 5)  # Monday dread, no excitement, no growth, exhaustion, envy
# How much each sign speaks for each cause. A cause leads to the step that answers it.
_SPEAKS_FOR: dict[int, dict[str, int]] = {
    1: {"pressure": 2, "burnout": 1},
    2: {"no_goals": 2, "skills": 1},
    3: {"skills": 3},
    4: {"burnout": 3},
    5: {"fear": 2, "no_goals": 1},
}
_ANSWERED_BY: dict[str, StepName] = {
    "burnout": "wellbeing",
    "skills": "upskill",
    "no_goals": "goals",
    "fear": "risks",
    "pressure": "audit",
}


def likely_causes(signs: tuple[int, ...]) -> tuple[str, ...]:
    """What the signs may come from, the likeliest first; of equal ones the heavier on health first.

    >>> likely_causes((4, 3)), likely_causes(())
    (('burnout', 'skills'), ())
    """
    weight = dict.fromkeys(_ANSWERED_BY, 0)
    for sign in signs:
        for cause, speaks in _SPEAKS_FOR[sign].items():
            weight[cause] += speaks
    return tuple(sorted((cause for cause in weight if weight[cause]), key=lambda cause: -weight[cause]))


def suggested_step(signs: tuple[int, ...]) -> StepName:
    """The step to begin with: the likeliest cause's, or, where no sign or every sign fits, the career audit."""
    causes = likely_causes(signs)
    return _ANSWERED_BY[causes[0]] if causes and len(signs) < len(SIGNS) else "audit"


def begin(message: Message, welcome: Callable[[str], str]) -> Turn:
    """Right after the opt-in: the welcome, with as much of the name as there is room for, and in the same text the five
    signs."""
    asked = message.ask("rut_check")
    (question,) = asked.replies
    said = fit(message.member.name, around=lambda name: f"{welcome(name)} {question}")
    return asked.model_copy(update={"replies": (said,)})


def ask_signs(message: Message) -> Turn:
    """SIGNS: the five once more, whenever the member likes."""
    return message.ask("rut_check")


def ask_monthly(message: Message) -> Turn:
    """The five again, as a nudge asks them once a month."""
    plan = message.member.plan.model_copy(update={"signs_asked_on": message.today})
    return message.of(plan=plan).ask("rut_check", message.say("onboarding.once_a_month"))


def _signs_told(message: Message) -> Turn | None:
    if message.reply.command and message.reply.command.name == "rut_check":
        return _noted(message, tuple(sorted(message.args["signs"])))
    if _skips(message):
        left_out = message.say("onboarding.signs_left_out")
        return message.turn(left_out) if message.member.plan.step else _suggest(message, "audit", left_out)
    return message.ask("rut_check", message.say("onboarding.signs_again")) if says_nothing(message) else None


def _noted(message: Message, signs: tuple[int, ...]) -> Turn:
    """The signs kept and told against the last time; where no step has been begun, one is suggested."""
    before = message.member.plan
    told_before = {"signs_before": before.signs, "signs_before_on": before.signs_on}
    changes = {"signs": signs, "signs_on": message.today, **told_before}
    after = message.of(plan=before.model_copy(update=changes))
    first = before.signs_on is None
    compared = _because_of(message, signs) if first else _compared(message, signs, before.signs)
    if before.step is None:
        return _suggest(after, suggested_step(signs), compared)
    return after.turn(compared, message.say("onboarding.how_on"))


def _because_of(message: Message, signs: tuple[int, ...]) -> str:
    """What the signs may come from, the two likeliest causes at most."""
    causes = [message.say(f"causes.{cause}") for cause in likely_causes(signs)[:2]]
    if not causes:
        return message.say("onboarding.no_signs")
    if len(causes) == 1:
        return message.say("onboarding.cause", cause=causes[0])
    return message.say("onboarding.causes", cause=causes[0], other=causes[1])


def _suggest(message: Message, step: StepName, *said: str) -> Turn:
    """A step with its reason, for the member to take or to choose another."""
    named = {"number": plan.number_of(step), "step": message.say(f"plan.{step}")}
    return message.ask("choose_step", *said, message.say(f"onboarding.because_{step}"), about=step, **named)


def _compared(message: Message, signs: tuple[int, ...], before: tuple[int, ...]) -> str:
    """The signs now against the last time, in words that blame nobody."""
    if not signs:
        return message.say("onboarding.signs_none")
    if signs == before:
        return message.say("onboarding.signs_same", count=len(signs))
    gone, new = _named(message, before, signs), _named(message, signs, before)
    went = message.say("onboarding.signs_gone", gone=gone) if gone else ""
    came = message.say("onboarding.signs_new", new=new) if new else ""
    return " ".join(filter(None, (went, came, message.say("onboarding.signs_count", count=len(signs)))))


def _named(message: Message, signs: tuple[int, ...], without: tuple[int, ...]) -> str:
    return ", ".join(message.say(f"signs.s{sign}") for sign in signs if sign not in without)


def _step_chosen(message: Message) -> Turn | None:
    """A number or a step's name, or "yes" to the one that was suggested."""
    chosen = choices.read_named(message.text, STEPS)
    if chosen is not None:
        return plan.choose(message, STEPS[chosen])
    agreed, suggested = choices.agrees(message.text), _suggested(message)
    if agreed and suggested:
        return plan.choose(message, suggested)
    if _skips(message):
        return message.answer("onboarding.later")
    return message.ask("which_step") if agreed is not None or says_nothing(message) else None


def _suggested(message: Message) -> StepName | None:
    """The step that the open question suggests."""
    about = message.open.about if message.open else None
    return next((step for step in STEPS if step == about), None)


def _next_agreed(message: Message) -> Turn | None:
    """ "Yes" to the step that was offered at the end of another."""
    suggested, agreed = _suggested(message), choices.agrees(message.text)
    if suggested and agreed:
        return plan.begin(message, suggested)
    return message.answer("onboarding.later") if agreed is False or _skips(message) else None


def _skips(message: Message) -> bool:
    return message.reply.command is not None and message.reply.command.name == "skip"


def _started(message: Message) -> Turn | None:
    """ "Done", with or without what: what was to be done today has been, and the step goes on."""
    if choices.says_done(message.text):
        return plan.go_on(message, message.say("plan.did"))
    step, wins = plan.step_of(message), tuple(win for win in message.reply.wins if not choices.says_done(win))
    if step is None or not wins or not choices.begins(message.text, "done"):
        return None
    report = replace(message, reply=message.reply._replace(mood=None, wins=wins))  # "done" is no mood and no win
    return plan.followed(message, step, plan.reported(report))


QUESTIONS = {
    question.asked: question
    for question in (
        Question("rut_check", never, _signs_told, understood_as="rut_check"),
        Question("choose_step", never, _step_chosen, choice=True),
        Question("which_step", never, _step_chosen, choice=True),
        Question("next_step", never, _next_agreed, choice=True),
        Question("start_today", never, _started),
        Question("this_week", never, _started),
    )
}
