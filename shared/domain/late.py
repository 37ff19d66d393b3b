"""What a text comes to that may be taken long after it was written. Pure.

Texts are taken in the order in which they were written, mostly; one that had to wait is not about what was asked or
decided in between.
"""

from datetime import datetime, timedelta

from shared.domain import agenda, conversation, schedule
from shared.domain.message import Written, has_answer
from shared.domain.models import Member, OpenQuestion, Status, Turn

_A_MOMENT = timedelta(minutes=1)  # what a nudge asks is on record only after it was sent, by another clock


def respond(member: Member, written: Written, friends: tuple[Member, ...] = ()) -> Turn:
    """As `conversation.respond`, where the member may have been asked or have opted out since it was written.

    It counts for the day on which it was written, and answers what was asked before then. A START from before a STOP
    brings nobody back.
    """
    was_asked = _was_asked_since(member, written.at)
    before = member
    if was_asked:
        before = member.model_copy(update={"open_question": _asked_before(member, written.at)})
    turn = conversation.respond(before, written, friends)
    if not was_asked or turn.member.status is not Status.ACTIVE:
        return turn
    question = _open_after(before.open_question, turn.member.open_question, member.open_question)
    return turn.model_copy(update={"member": turn.member.model_copy(update={"open_question": question})})


def _was_asked_since(member: Member, written_at: datetime) -> bool:
    """Whether anything was asked after the text was written: it is open still, or, answered since, in the journal."""
    asked = [entry.at for entry in member.journal if entry.kind == "prompted"]
    asked += [member.open_question.at] if member.open_question else []
    return any(at > written_at + _A_MOMENT for at in asked)


def _asked_before(member: Member, written_at: datetime) -> OpenQuestion | None:
    """What was open when the text was written: a question that is so still, or that was until a nudge asked another;
    or else the check-in, by the journal, where it was not answered already."""
    question = member.open_question
    for asked in (question, question.instead_of) if question else ():
        if asked and asked.at <= written_at + _A_MOMENT and asked.asked not in schedule.CHECKINS:
            return asked
    prompts = [entry for entry in member.journal if entry.kind == "prompted" and entry.at <= written_at]
    last = max(prompts, key=lambda entry: entry.at, default=None)
    if last is None or has_answer(member, last.day, since=last.at):
        return None
    return OpenQuestion(asked=agenda.checkin_on(member, last.day).value, day=last.day, at=last.at)


def _open_after(
    before: OpenQuestion | None, after: OpenQuestion | None, asked_since: OpenQuestion | None
) -> OpenQuestion | None:
    """What was asked since stays open, or else answered, unless the answer asks something itself: that is the last to
    be read."""
    if after is None or (before and (after.asked, after.at) == (before.asked, before.at)):
        return asked_since
    behind = asked_since
    if asked_since and asked_since.asked not in schedule.CHECKINS:
        behind = asked_since.behind
    return after.model_copy(update={"behind": behind})
