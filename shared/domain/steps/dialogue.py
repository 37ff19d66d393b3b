"""What a step of the plan is made of: questions, each asked while its answer is missing, and what is said of it.

A step is data. `shared/domain/answers/plan.py` asks the questions, one at a time, and hands the answers to
the step that asked. A new step is a module beside this one, its texts in `shared/content/`, and a line there.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from shared.domain.message import Message
from shared.domain.models import Member, StepName, StepState, Turn
from shared.domain.understanding.answers.choices import agrees
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Reply
from shared.domain.understanding.report.energy import read_energy
from shared.domain.understanding.report.wins import read_wins

_MOST_PASSED = 60


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
    since "2" and "goals" are such elsewhere, but for STOP, START and HELP. `takes` is what an answer may be read
    as and is one all the same: commands, such as "set_time" for a year, and "mood" for a number.
    """

    asked: str
    missing: Callable[[Message], Asking | None]
    answer: Callable[[Message], Turn | None]
    understood_as: str = "none"
    choice: bool = False
    takes: frozenset[str] = frozenset()


class Noted(NamedTuple):
    """What a step took from a report: the member after it, and what is said of it, "" for nothing.

    Where it `asks`, the step's next question follows at once, if the member is on it and nothing else is open.
    """

    member: Member
    said: str = ""
    asks: bool = False


class Step(NamedTuple):
    """One of the six. `state` and `action` are texts in the member's language, a sentence each.

    `is_done` tells whether the member has found what the step is for; `state` where it stands; `action` is the
    next small thing to do, under an hour's work. `ending` is what its end brings, such as the audit. `note`
    takes what belongs to the step from any report, whichever step the member is on, and from a mere "done" where
    they are on it. `told` is the member once `action` was said to them, where a step remembers what it suggested.
    """

    name: StepName
    questions: tuple[Question, ...]
    is_done: Callable[[Message], bool]
    state: Callable[[Message], str]
    action: Callable[[Message], str]
    ending: Callable[[Message], Turn] | None = None
    note: Callable[[Message], Noted | None] | None = None
    told: Callable[[Message], Member] | None = None


def missing(message: Message, name: StepName, questions: tuple[Question, ...]) -> Iterator[tuple[Question, Asking]]:
    """The step's questions that are still to be asked, but for those that were passed."""
    state = message.member.plan.steps.get(name)
    for question in questions:
        asking = question.missing(message)
        if asking and not (state and name_of(question.asked, asking.about) in state.passed):
            yield question, asking


def name_of(asked: str, about: str | None) -> str:
    """What a question is passed by: the same about another thing is another one."""
    return f"{asked} {about}" if about else asked


def passed(message: Message, name: StepName, question: str) -> Message:
    """The member does not want to answer that: it is not asked again in this step until they begin it anew."""
    plan = message.member.plan
    state = plan.steps.get(name) or StepState(begun_on=message.today)
    after = state.model_copy(update={"passed": tuple(dict.fromkeys((*state.passed, question)))[-_MOST_PASSED:]})
    return message.of(plan=plan.model_copy(update={"steps": {**plan.steps, name: after}}))


def open_passed(message: Message, name: StepName) -> Message:
    """The same for the question that is open, where a no is the answer."""
    return passed(message, name, name_of(message.open.asked, message.open.about)) if message.open else message


def tells(reply: Reply) -> bool:
    """Whether a reply tells of the day, or of distress: either is for others than whoever asked a question."""
    told = reply.wins or reply.engaged or reply.drained or reply.progress or reply.safety
    return reply.mood is not None or bool(told)


def is_no_answer(message: Message) -> bool:
    """Whether a text is plainly something else than an answer: a report, distress, "what do you mean?", "thanks"."""
    reply = message.reply
    if tells(reply):
        return True
    name = reply.command.name if reply.command else ""
    return name == "unclear" or (name == "thanks" and not agrees(message.text))


def in_free_words(message: Message) -> str | None:
    """The answer to a question of any kind, asked as "values"; None for a report, or what was meant for the service."""
    if message.args.keys() != {"items"} or message.reply.safety:
        return None
    said = normalise(message.text)
    return None if read_energy(said).drained or read_wins(said, "none") else said


def says_nothing(message: Message) -> bool:
    """Whether nothing at all could be read in a message, so that the question is best asked in other words.

    Distress is something: nobody who tells of it is asked again for a number.
    """
    command = message.reply.command
    return (command is None or command.name == "unclear") and not tells(message.reply)


def never(_: Message) -> None:
    """For a question that is asked on an occasion of its own, and not in a row with others."""
