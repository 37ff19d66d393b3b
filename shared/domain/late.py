"""What a text comes to that may be taken long after it was written. Pure.

Texts are taken in the order in which they were written, mostly; one that had to wait is not about what was asked or
decided in between.
"""

from datetime import datetime, timedelta

from shared.domain import agenda, conversation, schedule
from shared.domain.answers.message import Brand, has_answer
from shared.domain.models import Member, OpenQuestion, Status, Turn

_A_MOMENT = timedelta(minutes=1)  # what a nudge asks is on record only after it was sent, by another clock


def respond(
    member: Member, text: str, written_at: datetime, *, source: str, brand: Brand, friends: tuple[Member, ...] = ()
) -> Turn:
    """As `conversation.respond`, where the member may have been asked or have opted out after `written_at`.

    It counts for the day on which it was written, and answers what was asked before then. A START from before a STOP
    brings nobody back.
    """
    asked_since = _asked_since(member, written_at)
    before = member
    if asked_since:
        before = member.model_copy(update={"open_question": _asked_before(member, written_at)})
    turn = conversation.respond(before, text, written_at, source=source, brand=brand, friends=friends)
    if asked_since is None or turn.member.status is not Status.ACTIVE:
        return turn
    question = _open_after(before.open_question, turn.member.open_question, asked_since)
    return turn.model_copy(update={"member": turn.member.model_copy(update={"open_question": question})})


def _asked_since(member: Member, written_at: datetime) -> OpenQuestion | None:
    question = member.open_question
    return question if question and question.at > written_at + _A_MOMENT else None


def _asked_before(member: Member, written_at: datetime) -> OpenQuestion | None:
    """The check-in that was open when the text was written, by the journal; None where it was answered already."""
    prompts = [entry for entry in member.journal if entry.kind == "prompted" and entry.at <= written_at]
    last = max(prompts, key=lambda entry: entry.at, default=None)
    if last is None or has_answer(member, last.day, since=last.at):
        return None
    return OpenQuestion(asked=agenda.checkin_on(member, last.day).value, day=last.day, at=last.at)


def _open_after(before: OpenQuestion | None, after: OpenQuestion | None, asked_since: OpenQuestion) -> OpenQuestion:
    """What was asked since stays open, unless the answer asks something itself: that is the last to be read."""
    if after is None or after == before:
        return asked_since
    behind = asked_since if asked_since.asked in schedule.CHECKINS else asked_since.behind
    return after.model_copy(update={"behind": behind})
