"""The weekly review: its wins are recorded like any day's, and its small step is kept and asked after a week later."""

from datetime import date

from shared.content import texts
from shared.content.segments import fit
from shared.domain.answers.message import Message, turn_of
from shared.domain.models import Member
from shared.domain.steps.dialogue import Noted


def question(member: Member, day: date) -> str:
    """What the review of that day asks, which begins with the step that was told the last time."""
    key = "review.after" if member.plan.intention else "review.question"
    turn = turn_of(member, day, key)
    return fit(member.plan.intention or "", around=lambda step: texts.say(key, member.language, turn, intention=step))


def note(message: Message) -> Noted | None:
    """The small step for next week, where the review was what was asked; without one, the last is asked after no more.

    The step is said back, so that a misreading shows at once.
    """
    if message.open is None or message.open.asked != "weekly_review":
        return None
    intention = message.reply.intention
    plan = message.member.plan.model_copy(update={"intention": intention})
    said = message.say("review.noted", intention=intention) if intention else ""
    return Noted(message.of(plan=plan).member, said)
