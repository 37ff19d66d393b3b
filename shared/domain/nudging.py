"""What a nudge says by text, and what it changes about its member once it was dealt with. Pure."""

from datetime import datetime

from shared.content import texts
from shared.content.segments import fit
from shared.domain import conversation, summary
from shared.domain.conversation import Brand
from shared.domain.models import Entry, Kind, Member, Nudge, Status, Turn
from shared.domain.schedule import Verdict
from shared.domain.steps import goal_lines, goals


def text_of(nudge: Nudge, member: Member, brand: Brand) -> str:
    """The text of a nudge, two segments at most. For a summary, `member` needs the journal of its month."""
    if nudge.kind is Kind.OPT_IN:
        key = "opt_in.confirm" if member.status is Status.PENDING else "opt_in.already_member"
        return fit(texts.say(key, brand=brand.name))
    if nudge.kind is Kind.MONTHLY_SUMMARY and nudge.month:
        return fit(summary.gist(summary.build(member.journal, nudge.month)))
    if nudge.kind is Kind.GOAL_CUE:
        return goal_lines.cue_text(member, nudge.day)
    if nudge.kind is Kind.GOAL_DUE:
        return goal_lines.due_text(member, nudge.day)
    return texts.say("checkin.question")


def outcome(nudge: Nudge, member: Member, verdict: Verdict, now: datetime) -> Turn:
    """What changes about the member: a check-in that went out is open now, one that could not is on record."""
    if nudge.kind is Kind.DAILY_CHECKIN and verdict is Verdict.SEND:
        return conversation.prompted(member, nudge.day, now, nudge.id)
    if nudge.kind in (Kind.GOAL_CUE, Kind.GOAL_DUE) and verdict is Verdict.SEND:
        return Turn(member=goals.asked(member, nudge.kind, nudge.day, now))
    if nudge.kind is Kind.DAILY_CHECKIN and verdict is Verdict.MISSED:
        return Turn(member=member, entries=(Entry(day=nudge.day, at=now, source=nudge.id, kind="missed"),))
    return Turn(member=member)
