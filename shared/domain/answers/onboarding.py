"""The first conversation: the five signs of a rut, what they may come from, and which step to begin with.

The signs are asked again each month, and told against the time before.
"""

from shared.domain.answers import plan
from shared.domain.answers.message import Message
from shared.domain.models import StepName, Turn
from shared.domain.steps.dialogue import Question, never

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


def begin(message: Message, welcome: str) -> Turn:
    """Right after the opt-in: the welcome, and the five signs in the same text."""
    return message.ask("rut_check", welcome)


def _signs_told(message: Message) -> Turn | None:
    command = message.reply.command
    if command is None or command.name != "rut_check":
        return None
    signs = tuple(sorted(message.args["signs"]))
    before = message.member.plan
    changes = {"signs": signs, "signs_on": message.today, "signs_before": before.signs}
    after = message.of(plan=before.model_copy(update=changes))
    if before.signs_on is not None:
        return after.turn(_compared(message, signs, before.signs))
    step = suggested_step(signs)
    because = message.say(f"onboarding.because_{step}" if signs else "onboarding.no_signs")
    causes = " / ".join(message.say(f"causes.{cause}") for cause in likely_causes(signs)[:2])
    maybe = message.say("onboarding.causes", causes=causes) if causes else ""
    return after.ask("choose_step", maybe, because, number=plan.number_of(step), step=message.say(f"plan.{step}"))


def _compared(message: Message, signs: tuple[int, ...], before: tuple[int, ...]) -> str:
    """The signs now against the last time, in a sentence that blames nobody."""
    gone = [message.say(f"signs.s{sign}") for sign in before if sign not in signs]
    if gone:
        return message.say("onboarding.signs_gone", gone=", ".join(gone), count=len(signs))
    key = "onboarding.signs_fewer" if not signs else "onboarding.signs_same"
    return message.say(key, count=len(signs))


def _step_chosen(message: Message) -> Turn | None:
    """A number, "yes" for the one that was suggested, or a step's name."""
    name = step_meant(message.text) or (suggested_step(message.member.plan.signs) if _agrees(message) else None)
    return plan.choose(message, name) if name else None


def _agrees(message: Message) -> bool:
    words = message.text.lower().strip(" .!,").split()
    return bool(words) and words[0] in (
        "yes",
        "yep",
        "yeah",
        "ok",
        "okay",
        "sure",
        "y",
        "si",
        "vale",
        "claro",
        "sí",
        "👍",
    )


_NAMED: dict[str, StepName] = {
    **dict.fromkeys(("1", "one", "audit", "values", "auditoria", "uno"), "audit"),
    **dict.fromkeys(("2", "two", "goal", "goals", "smart", "metas", "meta", "dos"), "goals"),
    **dict.fromkeys(("3", "three", "upskill", "learn", "learning", "skills", "aprender", "tres"), "upskill"),
    **dict.fromkeys(("4", "four", "network", "networking", "contactos", "cuatro"), "network"),
    **dict.fromkeys(("5", "five", "risk", "risks", "riesgos", "cinco"), "risks"),
    **dict.fromkeys(("6", "six", "health", "wellbeing", "bienestar", "salud", "seis"), "wellbeing"),
}


def step_meant(text: str) -> StepName | None:
    """The step that a short text names by number or word; None where it names none, or several.

    >>> step_meant("Step 3 please"), step_meant("mental health"), step_meant("1 or 2"), step_meant("slept 6 hours")
    ('upskill', 'wellbeing', None, None)
    """
    words = [word.strip(".,!?:;#()") for word in text.lower().split()]
    named = {_NAMED[word] for word in words if word in _NAMED}
    return named.pop() if len(named) == 1 and len(words) <= 4 and "hours" not in words else None


QUESTIONS = {
    question.asked: question
    for question in (
        Question("rut_check", never, _signs_told, understood_as="rut_check"),
        Question("choose_step", never, _step_chosen),
    )
}
