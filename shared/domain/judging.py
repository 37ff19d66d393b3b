"""Whether a nudge may go out, or why not: judged at the moment of sending, against the member as they are then.

Pure, with the time as an argument. When nudges are due is in `schedule`.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shared.domain import addresses, agenda, weekly_note
from shared.domain.agenda import CHECKINS, falling_on
from shared.domain.models import SILENT, Kind, Member, Nudge, Status
from shared.domain.quiet import is_quiet
from shared.domain.schedule import ABOUT_GOALS, ANSWERS, LATEST, OF_BUDDY, TO_BUDDY, is_paused, is_put_off

_WHILE_DUE = (Kind.EXPERIMENT_REVIEW, Kind.RUT_CHECK, Kind.PLAN_STEP)  # what somebody may do, or tell, in between
# What a day was recorded as that makes a check-in superfluous.
_SETTLED_BY: dict[Kind, tuple[str, ...]] = {
    Kind.DAILY_CHECKIN: ("answered", "skipped"),
    Kind.WELCOME_BACK: ("answered", "skipped"),
    Kind.WEEKLY_REVIEW: ("skipped",),
}


class Verdict(StrEnum):
    """Whether a nudge may go out now, and if not, why: also what is recorded of it."""

    SEND = "sent"
    NOT_A_MEMBER_NOW = "not_a_member_now"  # has not said YES, or has opted out since
    PAUSED = "paused"
    ANSWERED = "answered"  # the day has its answer, or the goal is done: a friend would not ask again
    MISSED = "missed"  # too late, or late into quiet hours
    UNREACHABLE = "unreachable"  # nothing arrives by that channel any more, or it is not confirmed
    MERGED = "merged"  # goes out within the text of another kind
    SKIPPED = "skipped"  # the day has its texts, or the text its question; put off; long silent; or asked lately
    NO_BUDDY = "no_buddy"  # there is none any more, or it was told before
    NOTHING_TO_TELL = "nothing_to_tell"  # no win, and no goal reached, in the week


class Judged(NamedTuple):
    """`nudge` as it goes, with the kinds that do; `fates` is what becomes of each kind that was due with it."""

    nudge: Nudge
    verdict: Verdict
    fates: dict[Kind, Verdict]


def judge(nudge: Nudge, member: Member, now: datetime) -> Judged:
    """Judge all kinds of a nudge at the moment of sending: which go, in one text that asks one thing at most."""
    due = nudge.kinds
    if not nudge.request_id:
        due = tuple(agenda.as_asked(kind, member, nudge.day) for kind in due)
    fates = {kind: verdict(nudge.model_copy(update={"kind": kind}), member, now) for kind in due}
    going = [kind for kind in due if fates[kind] is Verdict.SEND]
    asking = [kind for kind in going if agenda.asks(kind, member)]
    out = asking[1:]
    if going and agenda.counts(nudge) and agenda.has_no_room(nudge.of(*going), member):
        out = going
    fates |= dict.fromkeys(out, Verdict.SKIPPED)
    going = [kind for kind in going if kind not in out]
    if not going:
        return Judged(nudge.of(*due), fates[due[0]], fates)
    fates |= dict.fromkeys(going[1:], Verdict.MERGED)
    return Judged(nudge.of(*going), Verdict.SEND, fates)


def verdict(nudge: Nudge, member: Member, now: datetime) -> Verdict:
    """Judge a nudge's own kind at the moment of sending, against the member as they are then."""
    if nudge.kind is Kind.OPT_IN:  # asked for just now, on the page; a member is told that they are one
        return _verdict_of_opt_in(nudge, member)
    if nudge.kind in ANSWERS:
        return _verdict_of_answer(nudge, member)
    if member.status is not Status.ACTIVE:
        return Verdict.NOT_A_MEMBER_NOW
    if not _is_reached(nudge, member):
        return Verdict.UNREACHABLE
    if nudge.kind in OF_BUDDY:
        return _verdict_of_buddy(nudge, member, now)
    if member.hushed or (member.crisis_on == nudge.day and not nudge.request_id):
        return Verdict.PAUSED
    if _is_done(nudge, member):
        return Verdict.ANSWERED
    if nudge.kind is Kind.EMAIL_CONFIRMATION and not addresses.may_be_asked(member, now):
        return Verdict.SKIPPED
    return Verdict.SEND if nudge.request_id else _verdict_of_due(nudge, member, now)


def _verdict_of_opt_in(nudge: Nudge, member: Member) -> Verdict:
    if member.status is Status.STOPPED:
        return Verdict.NOT_A_MEMBER_NOW
    # A member's new address is asked by a mail of its own.
    waits = nudge.channel == "email" and member.status is Status.ACTIVE and addresses.waits(member)
    return Verdict.UNREACHABLE if waits else Verdict.SEND


def _is_reached(nudge: Nudge, member: Member) -> bool:
    """Whether whom it is for is known to be reached, or not known not to be."""
    if nudge.kind is Kind.EMAIL_CONFIRMATION:
        return not member.is_off("email")
    return nudge.kind in TO_BUDDY or member.takes(nudge.channel)


def _is_done(nudge: Nudge, member: Member) -> bool:
    """Whether what a nudge is about is there no more, whoever asks for it."""
    if nudge.kind is Kind.EMAIL_CONFIRMATION:
        return not addresses.waits(member)
    if nudge.kind is Kind.EXPERIMENT_REVIEW:
        return member.plan.experiment_due(nudge.day) is None
    if nudge.kind is Kind.PLAN_STEP:
        return member.plan.step is None or member.plan.following is None
    return nudge.kind in ABOUT_GOALS and not _is_due_still(nudge, member)


def _verdict_of_due(nudge: Nudge, member: Member, now: datetime) -> Verdict:
    """Judge a nudge that came due, and that nobody asked for just now."""
    if is_paused(member, now):
        return Verdict.PAUSED
    zone = ZoneInfo(member.timezone)
    if now - nudge.due_at > LATEST or (nudge.channel == "sms" and is_quiet(now.astimezone(zone).time())):
        return Verdict.MISSED
    if nudge.kind in _WHILE_DUE and not _is_due_still(nudge, member):
        return Verdict.ANSWERED
    put_off = nudge.kind in CHECKINS and (is_put_off(member, nudge.due_at, zone) or _was_put_off(nudge, member))
    if put_off or _is_silent(nudge, member) or agenda.went_out(nudge, member):
        return Verdict.SKIPPED
    # A review asks more than a day's report has told, but not whoever skipped the day.
    settled = _SETTLED_BY.get(nudge.kind, ())
    if any(entry.day == nudge.day and entry.kind in settled for entry in member.journal):
        return Verdict.ANSWERED
    return Verdict.SEND


def _verdict_of_answer(nudge: Nudge, member: Member) -> Verdict:
    """Whoever wrote gets an answer, at any hour, however late, in a pause and before a YES.

    Only an opt-out that came after the message is stronger: the answer to a STOP is its one confirmation. A buddy who
    said no, or left, is nobody's any more.
    """
    if nudge.kind is Kind.BUDDY_ANSWER:
        return Verdict.SEND if member.buddy else Verdict.NO_BUDDY
    if nudge.channel == "email" and member.writes_from is None:  # the address is another one since
        return Verdict.UNREACHABLE
    opted_out = member.status is Status.STOPPED and member.opted_out_at and member.opted_out_at > nudge.due_at
    return Verdict.NOT_A_MEMBER_NOW if opted_out else Verdict.SEND


def _is_due_still(nudge: Nudge, member: Member) -> bool:
    """Whether what a nudge is about is there still: the goal is open, its plan or day the same, nothing was told."""
    return nudge.kind in (kind for _, kind in falling_on(member, nudge.day))


def _was_put_off(nudge: Nudge, member: Member) -> bool:
    """Whether the day's check-in has gone out when the member asked for it, be it before its hour: it comes once."""
    return any(
        entry.kind == "prompted" and entry.day == nudge.day and "#snoozed-" in entry.source
        for entry in member.journal
        if entry.source.endswith(f"#{nudge.channel}")
    )


def _is_silent(nudge: Nudge, member: Member) -> bool:
    """Whether the member has been silent for too long for such a nudge."""
    of_month = (Kind.MONTHLY_SUMMARY, Kind.EMAIL_CONFIRMATION)
    return nudge.kind not in of_month and agenda.silence_before(member, nudge.day) >= SILENT


def _verdict_of_buddy(nudge: Nudge, member: Member, now: datetime) -> Verdict:
    """Nobody asked for these just now, so quiet hours hold whoever asks; only a note can be too late."""
    if not _has_buddy(nudge, member):
        return Verdict.NO_BUDDY
    if member.hushed or (nudge.kind is not Kind.BUDDY_INVITATION and is_paused(member, now)):
        return Verdict.PAUSED
    is_late = nudge.kind is Kind.BUDDY_NOTE and now - nudge.due_at > LATEST
    if is_late or (nudge.channel == "sms" and is_quiet(now.astimezone(ZoneInfo(member.timezone)).time())):
        return Verdict.MISSED
    if nudge.kind is Kind.BUDDY_NOTE and weekly_note.build(member, nudge.due_at).is_empty:
        return Verdict.NOTHING_TO_TELL
    return Verdict.SEND


def _has_buddy(nudge: Nudge, member: Member) -> bool:
    """Whether there is still somebody to tell, or something of them, that was due by then."""
    if nudge.kind is Kind.BUDDY_CHEER:
        return any(news.due <= nudge.due_at for news in member.news)
    if member.buddy is None or nudge.kind is Kind.BUDDY_NOTE:
        return member.buddy is not None and member.buddy.status == "agreed"
    return member.buddy.invite_at is not None and member.buddy.invite_at <= nudge.due_at
