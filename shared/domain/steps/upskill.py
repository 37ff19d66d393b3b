"""PLACEHOLDER: the step upskill, to be written."""

from shared.domain.answers.message import Message
from shared.domain.steps.dialogue import Step


def _is_done(message: Message) -> bool:
    return False


def _state(message: Message) -> str:
    return message.say("upskill.state")


def _action(message: Message) -> str:
    return message.say("upskill.action")


STEP = Step("upskill", (), _is_done, _state, _action)
