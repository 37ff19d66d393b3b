"""PLACEHOLDER: the step audit, to be written."""

from shared.domain.answers.message import Message
from shared.domain.models import Turn
from shared.domain.steps.dialogue import Step


def _is_done(message: Message) -> bool:
    return False


def _state(message: Message) -> str:
    return message.say("audit.state")


def _action(message: Message) -> str:
    return message.say("audit.action")


def send(message: Message) -> Turn:
    return message.answer("audit.state")


STEP = Step("audit", (), _is_done, _state, _action)
