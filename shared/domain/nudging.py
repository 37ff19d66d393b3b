"""What a nudge says by text, and what it changes about its member once it was dealt with. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from shared.content import dates, texts
from shared.content.segments import fit
from shared.domain import conversation, schedule, summary
from shared.domain.answers import buddies, review
from shared.domain.answers.message import turn_of
from shared.domain.conversation import Brand
from shared.domain.models import Entry, Kind, Member, Nudge, OpenQuestion, Status, Turn
from shared.domain.schedule import CHECKINS, Verdict, checkin_of
from shared.domain.steps import goal_lines, goals

# Nudges that ask what a step of the plan asks.
_ASKED = {Kind.EXPERIMENT_REVIEW: "experiment_outcome", Kind.LOG_OFF: "logged_off"}


def text_of(nudge: Nudge, member: Member, brand: Brand) -> str:
    """The text of a nudge, two segments at most. For a summary, `member` needs the journal of its month."""
    if nudge.kind is Kind.OPT_IN:
        key = "opt_in.confirm" if member.status is Status.PENDING else "opt_in.already_member"
        return fit(texts.say(key, member.language, brand=brand.name))
    if nudge.kind is Kind.MONTHLY_SUMMARY and nudge.month:
        return fit(summary.gist(summary.build(member.journal, nudge.month), member.language))
    if nudge.kind is Kind.WEEKLY_REVIEW:
        return review.question(member, nudge.day)
    if nudge.kind in _ASKED:
        return _question(nudge, member)
    if nudge.kind is Kind.GOAL_CUE:
        return goal_lines.cue_text(member, nudge.day)
    if nudge.kind is Kind.GOAL_DUE:
        return goal_lines.due_text(member, nudge.day)
    if nudge.kind in schedule.OF_BUDDY:
        return buddies.text_of(nudge, member, brand)
    if nudge.day < schedule.day_of(nudge.due_at.astimezone(ZoneInfo(member.timezone))):  # put off to the next morning
        return texts.say("checkin.question_of", member.language, day=dates.weekday(nudge.day, member.language))
    return checkin_question(member, nudge.day)


def checkin_question(member: Member, day: date) -> str:
    """The daily question in the wording whose turn it is."""
    key = "checkin.question"
    return texts.say(key, member.language, turn_of(member, day, key))


def recipient(nudge: Nudge, member: Member) -> str:
    """The number that a nudge by text goes to."""
    return member.buddy.phone if nudge.kind in schedule.TO_BUDDY and member.buddy else member.phone


def outcome(nudge: Nudge, member: Member, verdict: Verdict, now: datetime) -> Turn:
    """What changes about the member: what went out and asks is open now, a check-in that could not is on record."""
    if nudge.kind in CHECKINS and verdict is Verdict.SEND:
        return conversation.prompted(member, nudge.day, now, nudge.id, asked=nudge.kind.value)
    if nudge.kind in (Kind.GOAL_CUE, Kind.GOAL_DUE) and verdict is Verdict.SEND:
        return Turn(member=goals.asked(member, nudge.kind, nudge.day, now))
    if nudge.kind in CHECKINS and verdict is Verdict.MISSED:
        return Turn(member=member, entries=(Entry(day=nudge.day, at=now, source=nudge.id, kind="missed"),))
    if nudge.kind in _ASKED and verdict is Verdict.SEND:
        return Turn(member=member.model_copy(update={"open_question": _opened(nudge, member, now)}))
    if nudge.kind in schedule.OF_BUDDY:
        return conversation.changed(member, buddies.dealt_with(nudge, member, verdict, now), now)
    return Turn(member=member)


def refused(nudge: Nudge, member: Member, now: datetime, *, opted_out: bool) -> Turn | None:
    """What changes where the provider will never send a nudge: a refusal of the buddy's number is not the member's."""
    if nudge.kind in schedule.TO_BUDDY:
        return conversation.changed(member, buddies.refused(nudge, member, now), now)
    return conversation.opt_out(member, now) if opted_out else None


def _question(nudge: Nudge, member: Member) -> str:
    key, due = f"ask.{_ASKED[nudge.kind]}", member.plan.experiment_due(nudge.day)
    about = "" if due is None else member.plan.experiments[due].text
    values = {"time": f"{nudge.due_at.astimezone(ZoneInfo(member.timezone)):%H:%M}"}
    turn = turn_of(member, nudge.day, key)
    return fit(about, around=lambda about: texts.say(key, member.language, turn, experiment=about, **values))


def _opened(nudge: Nudge, member: Member, now: datetime) -> OpenQuestion:
    """What a step's question leaves open, as if it had been asked in a conversation."""
    due = member.plan.experiment_due(nudge.day) if nudge.kind is Kind.EXPERIMENT_REVIEW else None
    behind = checkin_of(member.open_question, now.astimezone(ZoneInfo(member.timezone)))
    about = None if due is None else str(due)
    return OpenQuestion(asked=_ASKED[nudge.kind], day=nudge.day, at=now, about=about, behind=behind)
