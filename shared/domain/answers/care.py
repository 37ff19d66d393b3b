"""Help that no program gives: crises, lasting distress, low weeks. Nothing is diagnosed, scored or joked about."""

from shared.domain import crisis as lines
from shared.domain.answers.message import Message
from shared.domain.models import Turn
from shared.domain.steps.dialogue import Question

QUESTIONS: dict[str, Question] = {}


def crisis(message: Message, turn: Turn) -> Turn:
    """What was said besides is recorded, the line of the member's country is all that is answered, nudges pause."""
    said = lines.answer(message.member.phone, message.member.language)
    return turn.model_copy(
        update={
            "member": turn.member.model_copy(update={"hushed": True, "open_question": None}),
            "replies": (said,),
            "requests": (),
        }
    )


def offered(message: Message, turn: Turn) -> Turn:
    """PLACEHOLDER: the turn, and help named beside it where it is time to."""
    return turn
