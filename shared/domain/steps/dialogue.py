"""What a step of the plan is made of: questions, each asked while its answer is missing, and what is said of it.

A step is data. `shared/domain/answers/plan.py` asks the questions, one at a time, and hands the answers to
the step that asked. A new step is a module beside this one, its texts in `shared/content/`, and a line there.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from shared.domain.answers.message import Message
from shared.domain.models import Member, StepName, Turn


class Asking(NamedTuple):
    """That a question is to be asked: what of several it is about, and what fills its text in."""

    values: Mapping[str, object] = MappingProxyType({})
    about: str | None = None


class Question(NamedTuple):
    """One question, `ask.<asked>` in the copy.

    `missing` tells whether it is to be asked now. `answer` takes what the member wrote, with the question
    closed already, and returns None where that is no answer to it. `understood_as` is what understanding
    is told was asked, where it knows such answers: "values", "dealbreakers", "goal", "savings", "rut_check".
    A `choice` is between things that were offered by number or name: it is tried before scores and commands,
    since "2" and "goals" are such elsewhere, but for STOP, START and HELP.
    """

    asked: str
    missing: Callable[[Message], Asking | None]
    answer: Callable[[Message], Turn | None]
    understood_as: str = "none"
    choice: bool = False


class Noted(NamedTuple):
    """What a step took from a report: the member after it, and what is said of it, "" for nothing."""

    member: Member
    said: str = ""


class Step(NamedTuple):
    """One of the six. `state` and `action` are texts in the member's language, a sentence each.

    `is_done` tells whether the member has found what the step is for; `state` where it stands; `action` is the
    next small thing to do, under an hour's work. `ending` is what its end brings, such as the audit. `note`
    takes what belongs to the step from any report, whichever step the member is on.
    """

    name: StepName
    questions: tuple[Question, ...]
    is_done: Callable[[Message], bool]
    state: Callable[[Message], str]
    action: Callable[[Message], str]
    ending: Callable[[Message], Turn] | None = None
    note: Callable[[Message], Noted | None] | None = None


def says_nothing(message: Message) -> bool:
    """Whether nothing at all could be read in a message, so that the question is best asked in other words."""
    reply = message.reply
    other = reply.command is not None and reply.command.name != "unclear"
    return not (other or reply.mood is not None or reply.engaged or reply.drained or reply.wins or reply.progress)


def named(asked: str, about: str | None) -> str:
    """How a question is told apart from the same one about something else."""
    return f"{asked} {about}" if about else asked


def never(_: Message) -> None:
    """For a question that is asked on an occasion of its own, and not in a row with others."""
