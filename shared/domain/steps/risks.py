"""PLACEHOLDER: the step risks, to be written."""

from shared.domain.answers.message import Message
from shared.domain.steps.dialogue import Step


def _is_done(message: Message) -> bool:
    return False


def _state(message: Message) -> str:
    return message.say("risks.state")


def _action(message: Message) -> str:
    return message.say("risks.action")


STEP = Step("risks", (), _is_done, _state, _action)
