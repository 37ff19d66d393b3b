"""The weekly review: the week's wins shown back, its own recorded, its small step kept and asked after a week later."""

from collections.abc import Iterator
from datetime import date, datetime

from shared.content import texts
from shared.content.segments import fit
from shared.domain import weekly_note
from shared.domain.message import Message, turn_of
from shared.domain.models import Member
from shared.domain.steps.dialogue import Noted


def questions(member: Member, day: date, at: datetime) -> Iterator[str]:
    """What the review of that day asks at that moment, the fullest first: after the week's wins and one look ahead,
    after fewer of them, alone. The question begins with the step that was told the last time.
    """
    asked, language = _question(member, day), member.language
    wins = weekly_note.own(weekly_note.build(member, at), language)
    ahead = weekly_note.ahead(member, day)
    for before in (*(f"{won} {ahead}" for won in wins if ahead), *wins, ahead):
        if before:
            yield f"{before} {asked}"
    yield asked


def _question(member: Member, day: date) -> str:
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
