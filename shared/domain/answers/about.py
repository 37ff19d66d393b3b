"""What is said to a question about the service itself: what it costs, who reads along, whether it is a person."""

from shared.content.segments import count_segments, fit
from shared.domain import crisis
from shared.domain.message import Message
from shared.domain.models import Status, Turn
from shared.domain.steps.dialogue import says_nothing, tells
from shared.domain.understanding.questions import only_asks

_SETTINGS = frozenset(("time", "days", "email", "name", "timezone"))
_HOW = {f"set_{name}": name for name in _SETTINGS} | {"pause": "stop"}  # by command, what it leaves nothing to say of
# What such a question is read as besides: nothing, help, or words that would answer any open question.
_NO_COMMAND = frozenset(("", "unclear", "thanks", "help", "new_goal", "values", "dealbreakers", "savings", "rut_check"))


def is_all(message: Message) -> bool:
    """Whether a message is a question about the service and no more, whatever else was asked: that stays open."""
    name = message.reply.command.name if message.reply.command else ""
    return message.reply.question is not None and name in _NO_COMMAND and only_asks(message.text)


def answer(message: Message) -> Turn | None:
    """The turn that answers it and records nothing; None where there is no such question, or more is to be answered."""
    if is_all(message) or (message.reply.question and says_nothing(message) and not message.reply.intention):
        return message.turn(_said(message))
    return None


def beside(message: Message, turn: Turn) -> Turn:
    """The turn with the answer behind what else is said, before it where that ends in a question.

    Where the two are too long for one text, the answer to a report goes without; to anything else it is one of its own.
    How to set what the same message has set is not said.
    """
    if message.reply.question is None or turn.member.status is not Status.ACTIVE or turn.erase:
        return turn
    if message.reply.command and _HOW.get(message.reply.command.name) == message.reply.question:
        return turn
    said = _said(message)
    if said in turn.replies:
        return turn
    asks = turn.member.open_question not in (None, message.member.open_question)
    parts = (said, *turn.replies) if asks else (*turn.replies, said)
    together = " ".join(parts)
    if count_segments(together).count <= 2:
        return turn.model_copy(update={"replies": (together,)})
    reports = tells(message.reply) and message.reply.safety is None
    return turn if reports else turn.model_copy(update={"replies": parts})


def _said(message: Message) -> str:
    question, phone, language = message.reply.question, message.member.phone, message.member.language
    if question in _SETTINGS:
        return message.say(f"settings.how_{question}")
    values = {
        "brand": message.brand.name,
        "contact": message.brand.contact,
        "line": crisis.line(phone, language),
        "emergency": crisis.emergency(phone, language),
    }
    return fit(message.say(f"about.{question}", **values))
