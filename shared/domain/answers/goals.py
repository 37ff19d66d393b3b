"""PLACEHOLDER: goals by text."""

from shared.domain.answers.message import Message
from shared.domain.models import Turn


def listed(message: Message) -> Turn:
    return message.answer("goals.none")


def new(message: Message) -> Turn:
    return message.answer("goals.none")


def end(message: Message) -> Turn:
    return message.answer("goals.none")


def drop(message: Message) -> Turn:
    return message.answer("goals.none")


def revise(message: Message) -> Turn:
    return message.answer("goals.none")
