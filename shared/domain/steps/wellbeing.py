"""PLACEHOLDER: the step wellbeing, to be written."""

from shared.domain.answers.message import Message
from shared.domain.steps.dialogue import Step


def _is_done(message: Message) -> bool:
    return False


def _state(message: Message) -> str:
    return message.say("wellbeing.state")


def _action(message: Message) -> str:
    return message.say("wellbeing.action")


STEP = Step("wellbeing", (), _is_done, _state, _action)
