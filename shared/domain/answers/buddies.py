"""PLACEHOLDER: the buddy."""

from shared.domain.answers.message import Message
from shared.domain.models import Turn
from shared.domain.steps.dialogue import Question

QUESTIONS: dict[str, Question] = {}


def invite(message: Message) -> Turn:
    return message.answer("buddy.none")


def remove(message: Message) -> Turn:
    return message.answer("buddy.none")
