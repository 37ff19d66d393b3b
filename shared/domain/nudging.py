"""What a nudge says by text, and what it changes about its member once it was dealt with. Pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.content import dates, texts
from shared.content.segments import count_segments, fit
from shared.domain import addresses, agenda, events, schedule, summary
from shared.domain.agenda import ABOUT_A_DAY, CHECKINS
from shared.domain.answers import buddies, occasions, onboarding, review
from shared.domain.judging import Verdict
from shared.domain.message import Brand, turn_of, without_words
from shared.domain.models import Entry, Kind, Member, Nudge, OpenQuestion, Status, Turn
from shared.domain.schedule import checkin_of
from shared.domain.steps import goal_changes, goal_lines

_REMEMBERED = 4  # of the nudges that went out: two texts a day, by text and by mail

# Nudges that ask what a step of the plan asks.
_ASKED = {Kind.EXPERIMENT_REVIEW: "experiment_outcome", Kind.LOG_OFF: "logged_off"}
# Nudges that say and ask what a conversation might.
_OCCASIONS = {
    Kind.PLAN_STEP: occasions.small_step,
    Kind.RUT_CHECK: onboarding.ask_monthly,
    Kind.WELCOME_BACK: occasions.slow_down,
}


def journal_since(nudge: Nudge, recently: date) -> date:
    """From when on a nudge needs the journal: a summary's month and the one before it, a pack's period, and in any
    case what a conversation sees, from `recently` on."""
    month = (nudge.month - timedelta(days=1)).replace(day=1) if nudge.month else recently
    return min(month, nudge.period.since if nudge.period else recently, recently)


def text_of(nudge: Nudge, member: Member, brand: Brand, link: str = "", *, to_member: bool = False) -> str:
    """The text of a nudge, two segments at most. For a summary, `member` needs the journal of its month; `link` is
    what a nudge that brings one brings; `to_member` is whether the buddy whom it goes to is a member too.

    The most important of its kinds is said and asked in full, the others briefly behind it; of what is too long, a
    summary is cut, or else what comes last.
    """
    first, *others = nudge.kinds
    if first is Kind.PAGE:
        return texts.say("page.link", member.language, link=link)
    beside = " ".join(_beside(kind, nudge, member) for kind in others)
    if first is Kind.WEEKLY_REVIEW:
        said = _review(nudge, member, beside)
    else:
        said = _text_of(nudge.model_copy(update={"kind": first}), member, brand, to_member)
    if not beside:
        return said
    if first is Kind.MONTHLY_SUMMARY:
        text = fit(said, around=lambda gist: f"{gist} {beside}")
    else:
        text = fit(beside, around=lambda beside: f"{said} {beside}")
    return text if count_segments(text).count <= 2 else said


def _text_of(nudge: Nudge, member: Member, brand: Brand, to_member: bool) -> str:
    if nudge.kind is Kind.OPT_IN:
        key = "opt_in.confirm" if member.status is Status.PENDING else "opt_in.already_member"
        return fit(texts.say(key, member.language, brand=brand.name))
    if nudge.kind is Kind.MONTHLY_SUMMARY and nudge.month:
        return fit(summary.gist(summary.build(member.journal, nudge.month), member.language))
    if nudge.kind in _ASKED:
        return _question(nudge, member)
    if nudge.kind is Kind.GOAL_CUE:
        return goal_lines.cue_text(member, nudge.day)
    if nudge.kind is Kind.GOAL_DUE:
        return goal_lines.due_text(member, nudge.day)
    if nudge.kind in schedule.OF_BUDDY:
        return buddies.text_of(nudge, member, brand, to_member=to_member)
    if nudge.kind in _OCCASIONS:
        return "".join(_OCCASIONS[nudge.kind](without_words(member, nudge.due_at, nudge.id)).replies)
    if nudge.day < schedule.day_of(nudge.due_at.astimezone(ZoneInfo(member.timezone))):  # put off to the next morning
        return texts.say("checkin.question_of", member.language, day=dates.weekday(nudge.day, member.language))
    return checkin_question(member, nudge.day)


def _review(nudge: Nudge, member: Member, beside: str) -> str:
    """The fullest question of the review that two segments hold with what stands beside it."""
    questions = list(review.questions(member, nudge.day, nudge.due_at))
    fitting = (said for said in questions if count_segments(f"{said} {beside}".strip()).count <= 2)
    return next(fitting, questions[-1])


def _beside(kind: Kind, nudge: Nudge, member: Member) -> str:
    """What a kind says in a few words, behind another one's question."""
    if kind is Kind.GOAL_CUE:
        return goal_lines.cue_beside(member, nudge.day)
    if kind is Kind.PLAN_STEP:
        return occasions.small_step_beside(without_words(member, nudge.due_at, nudge.id))
    if kind is Kind.LOG_OFF and member.plan.log_off:
        turn = turn_of(member, nudge.day, "beside.log_off")
        return texts.say("beside.log_off", member.language, turn, time=f"{member.plan.log_off:%H:%M}")
    if kind is Kind.MONTHLY_SUMMARY and nudge.month:
        return summary.gist(summary.build(member.journal, nudge.month), member.language)
    return ""


def checkin_question(member: Member, day: date) -> str:
    """The daily question in the wording whose turn it is; a lighter one for whoever has been silent for a while."""
    silent = agenda.silence_before(member, day) >= agenda.LIGHTER
    key = "checkin.light" if silent else "checkin.question"
    return texts.say(key, member.language, turn_of(member, day, key))


def recipient(nudge: Nudge, member: Member) -> str:
    """The number that a nudge by text goes to."""
    return member.buddy.phone if nudge.kind in schedule.TO_BUDDY and member.buddy else member.phone


def outcome(nudge: Nudge, member: Member, verdict: Verdict, now: datetime) -> Turn:
    """What changes about the member: what went out and asks is open now, a check-in that could not is on record.

    Of several kinds the most important one's question is what is open in the end.
    """
    turn = Turn(member=member)
    for kind in reversed(nudge.kinds):
        following = _outcome(nudge.model_copy(update={"kind": kind}), nudge.id, turn.member, verdict, now)
        turn = following.model_copy(update={"entries": (*turn.entries, *following.entries)})
    after = _keeping(member.open_question, turn.member)
    if verdict is Verdict.SEND and agenda.counts(nudge):
        after = after.model_copy(update={"nudged": (*after.nudged, nudge)[-_REMEMBERED:]})
    return turn.model_copy(update={"member": after})


def _keeping(before: OpenQuestion | None, after: Member) -> Member:
    """The member with the question that what they were asked now took the place of; of a check-in the journal tells."""
    opened = after.open_question
    if before is None or before.asked in CHECKINS or opened is None or opened == before:
        return after
    kept = opened.model_copy(update={"instead_of": before.model_copy(update={"instead_of": None})})
    return after.model_copy(update={"open_question": kept})


def _outcome(nudge: Nudge, source: str, member: Member, verdict: Verdict, now: datetime) -> Turn:
    lost = verdict is Verdict.UNREACHABLE and schedule.channels_of(nudge.kind, member) == (nudge.channel,)
    if nudge.kind in ABOUT_A_DAY and (lost or verdict is Verdict.MISSED):
        return Turn(member=member, entries=(Entry(day=nudge.day, at=now, source=source, kind="missed"),))
    if nudge.kind in schedule.OF_BUDDY:
        return events.changed(member, buddies.dealt_with(nudge, member, verdict, now), now)
    if verdict is not Verdict.SEND:
        return Turn(member=member)
    if nudge.kind in (Kind.OPT_IN, Kind.EMAIL_CONFIRMATION) and nudge.channel == "email":
        return Turn(member=addresses.asked(member, now))
    if nudge.kind in CHECKINS:
        return events.prompted(member, nudge.day, now, source, asked=nudge.kind.value)
    if nudge.kind is Kind.WELCOME_BACK:
        turn = events.prompted(member, nudge.day, now, source)
        asked = occasions.slow_down(without_words(turn.member, now, nudge.id))
        return Turn(member=asked.member, entries=turn.entries)
    if nudge.kind in _OCCASIONS:
        return Turn(member=_OCCASIONS[nudge.kind](without_words(member, now, nudge.id)).member)
    if nudge.kind in (Kind.GOAL_CUE, Kind.GOAL_DUE):
        return Turn(member=goal_changes.asked(member, nudge.kind, nudge.day, now))
    if nudge.kind in _ASKED:
        return Turn(member=_asked(nudge, member, now))
    return Turn(member=member)


def _question(nudge: Nudge, member: Member) -> str:
    key, due = f"ask.{_ASKED[nudge.kind]}", member.plan.experiment_due(nudge.day)
    about = "" if due is None else member.plan.experiments[due].text
    at = member.plan.log_off or nudge.due_at.astimezone(ZoneInfo(member.timezone))
    values = {"time": f"{at:%H:%M}"}
    turn = turn_of(member, nudge.day, key)
    return fit(about, around=lambda about: texts.say(key, member.language, turn, experiment=about, **values))


def _asked(nudge: Nudge, member: Member, now: datetime) -> Member:
    """The member once a step's question went out, open as if it had been asked in a conversation."""
    due = member.plan.experiment_due(nudge.day) if nudge.kind is Kind.EXPERIMENT_REVIEW else None
    behind = checkin_of(member.open_question, now.astimezone(ZoneInfo(member.timezone)))
    about = None if due is None else str(due)
    opened = OpenQuestion(asked=_ASKED[nudge.kind], day=nudge.day, at=now, about=about, behind=behind)
    plan = member.plan
    if due is not None:
        experiments = list(plan.experiments)
        experiments[due] = experiments[due].model_copy(update={"asked_on": nudge.day})
        plan = plan.model_copy(update={"experiments": tuple(experiments)})
    return member.model_copy(update={"open_question": opened, "plan": plan})
