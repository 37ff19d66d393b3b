"""PLACEHOLDER: the step goals, to be written."""

from shared.domain.answers.message import Message
from shared.domain.steps.dialogue import Step


def _is_done(message: Message) -> bool:
    return False


def _state(message: Message) -> str:
    return message.say("goals.state")


def _action(message: Message) -> str:
    return message.say("goals.action")


STEP = Step("goals", (), _is_done, _state, _action)
