"""When nudges are due, and which a moment or a request stands for: pure, with the time as an argument.

What falls due on a date is in `agenda`, and whether a nudge may still go out in `judging`. Clock changes: a local time
that is skipped is sent right after the gap, one that comes twice the first time. Both instants and comparisons are in
UTC; dates are the member's own.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shared.domain import addresses, agenda
from shared.domain.agenda import IMPORTANCE, local_instant
from shared.domain.models import (
    WEEKDAYS,
    Channel,
    Due,
    Kind,
    Member,
    Nudge,
    OpenQuestion,
    Period,
    Requested,
    Status,
)
from shared.domain.quiet import QUIET_UNTIL, is_quiet
from shared.domain.understanding.times.periods import last_year_of

CHECKINS = agenda.CHECKINS
BUDDY_NOTE_TIME = time(18)  # local, on Sundays
TO_BUDDY = (Kind.BUDDY_INVITATION, Kind.BUDDY_NOTE, Kind.BUDDY_ANSWER)
OF_BUDDY = (*TO_BUDDY, Kind.BUDDY_CHEER)
ANSWERS = (Kind.ANSWER, Kind.BUDDY_ANSWER)
ERASED_WITHIN = timedelta(minutes=5)  # longer than a function may run, and a queue waits to bring a text again
LATEST = timedelta(hours=2)  # a nudge later than this is recorded as missed, not sent
DAY_TURNS = timedelta(hours=4)  # until 04:00 local, "today" is still the evening before
ANSWERABLE_UNTIL = time(12)  # on the next day: so long a reply still counts for the day it was asked about
# The fields of a member that decide what is due.
DECIDED_BY = (
    "status",
    "prompt_time",
    "days",
    "timezone",
    "pause",
    "snoozed_until",
    "goals",
    "plan.log_off",
    "plan.experiments",
    "plan.step",
    "plan.ended",
    "plan.signs_on",
    "buddy",
    "news",
    "is_silent",
    "mailbox",
)
decides = attrgetter(*DECIDED_BY)
_CHANNELS: tuple[Channel, ...] = ("sms", "email")
ABOUT_GOALS = (Kind.GOAL_CUE, Kind.GOAL_DUE)
_ONCE = (Kind.SNOOZED, Kind.BUDDY_INVITATION, Kind.BUDDY_CHEER)  # due at a moment of their own, on no date
_SEARCHED = 40  # days to look ahead: past the next 1st of a month, and past any chosen weekday


def day_of(local: datetime) -> date:
    """The day that `local`, a member's own time, belongs to; days turn at 04:00."""
    return (local - DAY_TURNS).date()


def checkin_of(question: OpenQuestion | None, local: datetime) -> OpenQuestion | None:
    """The check-in that can still be answered, be it behind another question."""
    checkin = question.behind if question and question.behind else question
    if checkin is None or checkin.asked not in CHECKINS:
        return None
    closes = datetime.combine(checkin.day + timedelta(days=1), ANSWERABLE_UNTIL)
    return checkin if local.replace(tzinfo=None) < closes else None


class Coming(NamedTuple):
    """A kind with its moment, and the member's date that it is of; None where a moment of its own was set for it."""

    at: datetime
    kind: Kind
    day: date | None = None


def next_due(member: Member, after: datetime) -> Due | None:
    """The member's earliest nudges strictly after `after`; None where nothing is to come.

    A pause holds back every nudge until its last day is over, but for what the member asked for and for what is
    between them and their buddy.
    """
    if member.status is not Status.ACTIVE:
        return None
    coming = [*_unless_paused(member, after), *(each for each in _whatever_pauses(member) if each.at > after)]
    if not coming:
        return None
    earliest = min(each.at for each in coming)
    together = [each for each in coming if each.at == earliest]
    kinds = dict.fromkeys(each.kind for each in together)
    day = next((each.day for each in together if each.day), None)
    return Due(member_id=member.id, at=earliest, kinds=tuple(kinds), day=day)


def erasure(member: Member, at: datetime) -> Due:
    """When the erasure that a member asked for goes on at the latest, should it break off. Nothing takes its place."""
    return Due(member_id=member.id, at=at + ERASED_WITHIN, kinds=(Kind.ERASURE,))


def stays(due: Due, now: datetime) -> bool:
    """Whether no change of the member replaces a due moment: one that has come waits for its tick, to be judged by the
    member as they are then, and an erasure that was asked for is not taken back.
    """
    return due.at <= now or Kind.ERASURE in due.kinds


def recomputed(due: Due, member: Member, now: datetime) -> Due | None:
    """What a due moment is to be where it was computed by older time zones. One that has come waits for its tick.

    By the newer ones the member's hour may have come already, some minutes ago: it is not passed over.
    """
    if stays(due, now) or next_due(member, now) == due:
        return due
    return next_due(member, now - LATEST)


def _whatever_pauses(member: Member) -> Iterator[Coming]:
    if member.snoozed_until:
        yield Coming(member.snoozed_until, Kind.SNOOZED)
    if member.buddy and member.buddy.invite_at:
        yield Coming(member.buddy.invite_at, Kind.BUDDY_INVITATION)
    for news in member.news:
        yield Coming(news.due, Kind.BUDDY_CHEER)


def soon(member: Member, now: datetime) -> datetime:
    """When what was said just now may be texted on: in a second, or where it is quiet hours the next morning."""
    at = now.replace(microsecond=0) + timedelta(seconds=1)
    return next_morning(member, at) if is_quiet(at.astimezone(ZoneInfo(member.timezone)).time()) else at


def next_morning(member: Member, after: datetime) -> datetime:
    """The end of the next quiet hours."""
    zone = ZoneInfo(member.timezone)
    today = after.astimezone(zone).date()
    mornings = (local_instant(today + timedelta(days=n), QUIET_UNTIL, zone) for n in range(3))
    return next(morning for morning in mornings if morning > after)


def _unless_paused(member: Member, after: datetime) -> list[Coming]:
    if member.pause and member.pause.until is None:
        return []
    zone = ZoneInfo(member.timezone)
    if member.pause and member.pause.until:
        after = max(after, local_instant(member.pause.until, time(0), zone) - timedelta(seconds=1))
    first = after.astimezone(zone).date() - timedelta(days=1)
    return _earliest(
        each
        for each in _upcoming(member, first, zone)
        if each.at > after and not (each.kind in CHECKINS and is_put_off(member, each.at, zone))
    )


def is_put_off(member: Member, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a check-in would come on a day on which the member wants it later: it comes once, then."""
    later = member.snoozed_until
    return later is not None and at <= later and day_of(at.astimezone(zone)) == day_of(later.astimezone(zone))


def _upcoming(member: Member, first: date, zone: ZoneInfo) -> Iterator[Coming]:
    """What is due from a date on, in the order of time."""
    for day in (first + timedelta(days=n) for n in range(_SEARCHED)):
        due = [Coming(text.at, kind, day) for text in agenda.texts_on(member, day) for kind in text.kinds]
        if day.day == 1 and member.mailbox:
            due.append(Coming(local_instant(day, agenda.SUMMARY_TIME, zone), Kind.MONTHLY_SUMMARY, day))
        if member.buddy and member.buddy.status == "agreed" and WEEKDAYS[day.weekday()] == "sun":
            due.append(Coming(local_instant(day, BUDDY_NOTE_TIME, zone), Kind.BUDDY_NOTE, day))
        yield from sorted(due, key=attrgetter("at"))


def _earliest(upcoming: Iterator[Coming]) -> list[Coming]:
    """All of the first moment, of what comes in the order of time."""
    first = next(upcoming, None)
    return [first, *takewhile(lambda other: other.at == first.at, upcoming)] if first else []


def next_checkin_at(member: Member, after: datetime) -> datetime:
    """The instant of the next check-in or weekly review, whatever pause or status says. Each member has a day."""
    zone = ZoneInfo(member.timezone)
    heard = member.model_copy(update={"silence": 0})
    upcoming = _upcoming(heard, after.astimezone(zone).date() - timedelta(days=1), zone)
    return next(each.at for each in upcoming if each.kind in CHECKINS and each.at > after)


def nudges(due: Due, member: Member) -> list[Nudge]:
    """The nudges that a due moment stands for, each with the member's own date and so its deterministic id.

    By each channel one, with all kinds that go by it; a summary by mail is a mail of its own. With one that cannot be
    mailed, since its address waits to be confirmed, that address is asked again.
    """
    day, kinds = due.day or _date_of(due, member), due.kinds
    if Kind.MONTHLY_SUMMARY in kinds and addresses.waits(member):
        kinds = (*kinds, Kind.EMAIL_CONFIRMATION)
    last_month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    found, at_once = [], f"{due.at:%Y%m%dT%H%M%S}"
    for kind in due.kinds:
        if kind is Kind.SNOOZED:
            found += asked_for(member, kind, f"snoozed-{at_once}", due.at)
        if kind in (Kind.BUDDY_INVITATION, Kind.BUDDY_CHEER):
            found += asked_for(member, kind, f"due-{at_once}", due.at)
    for channel in _CHANNELS:
        going = [kind for kind in kinds if kind not in _ONCE and channel in channels_of(kind, member)]
        for together in _together(going, channel):
            found.append(
                Nudge(
                    member_id=member.id,
                    kind=together[0],
                    channel=channel,
                    day=day,
                    due_at=due.at,
                    month=last_month if Kind.MONTHLY_SUMMARY in together else None,
                    kinds=together,
                )
            )
    return found


def _together(kinds: Sequence[Kind], channel: Channel) -> list[tuple[Kind, ...]]:
    """Which kinds of one moment go out as one, the most important first."""
    texts = tuple(sorted((kind for kind in kinds if agenda.is_text(kind, channel)), key=IMPORTANCE.index))
    return [*([texts] if texts else []), *((kind,) for kind in kinds if kind not in texts)]


def _date_of(due: Due, member: Member) -> date:
    """The date of a moment that names none: its day, or the eve where a clock change moved it past midnight."""
    local = due.at.astimezone(ZoneInfo(member.timezone))
    eve = local.date() - timedelta(days=1)
    return eve if any(text.at == due.at for text in agenda.texts_on(member, eve)) else local.date()


def of_request(member: Member, request: Requested, request_id: str, now: datetime, by: Channel = "sms") -> list[Nudge]:
    """The nudges that a message asked for. Whoever asks `by` mail for the link to their page gets it by mail."""
    nudges = asked_for(member, request.kind, request_id, now, request.month, request.period)
    if request.kind is Kind.PAGE and by == "email":
        return [nudge.model_copy(update={"channel": by}) for nudge in nudges]
    return nudges


def asked_for(
    member: Member,
    kind: Kind,
    request_id: str,
    now: datetime,
    month: date | None = None,
    period: Period | None = None,
) -> list[Nudge]:
    """The nudges of a kind that a person asked for just now. A summary is of `month`, or else of this one; a pack of
    wins is of `period`, or else of the last twelve months.

    A check-in that was put off asks again what was asked, about the same day, while that can be answered.
    """
    local = now.astimezone(ZoneInfo(member.timezone))
    day = day_of(local)
    if kind is Kind.SNOOZED:
        asked = checkin_of(member.open_question, local)
        kind, day = (Kind(asked.asked), asked.day) if asked else (agenda.checkin_on(member, day), day)
    if kind is Kind.MONTHLY_SUMMARY:
        month = month or day.replace(day=1)
    if kind is Kind.WINS_PACK and period is None:
        since, until = last_year_of(day)
        period = Period(since=since, until=until)
    return [
        Nudge(
            member_id=member.id,
            kind=kind,
            channel=channel,
            day=day,
            due_at=now,
            request_id=request_id,
            month=month,
            period=period,
        )
        for channel in channels_of(kind, member)
    ]


def confirmation(member: Member, now: datetime) -> Nudge:
    """The request to confirm a sign-up: by its id one a number and day (UTC), however often they sign up."""
    channel = channels_of(Kind.OPT_IN, member)[0]
    return Nudge(member_id=member.id, kind=Kind.OPT_IN, channel=channel, day=now.astimezone(UTC).date(), due_at=now)


def answer(member: Member, message_id: str, received_at: datetime, channel: Channel) -> Nudge:
    """The answer to a member's message that could not be given in return; it goes by the channel of the message.

    Whoever took the message has saved what to say; by the message's id it is said once, however often it is taken.
    """
    day = day_of(received_at.astimezone(ZoneInfo(member.timezone)))
    return Nudge(
        member_id=member.id,
        kind=Kind.ANSWER,
        channel=channel,
        day=day,
        due_at=received_at,
        request_id=message_id,
    )


def answer_to_buddy(phone: str, friends: Sequence[Member], message_id: str, received_at: datetime) -> Nudge | None:
    """As `answer`, to a number that is a buddy's: a nudge of one whose buddy it is, since a queue holds no numbers.

    None for whoever is nobody's buddy any more, be it by that very message.
    """
    friend = next((each for each in friends if each.buddy and each.buddy.phone == phone), None)
    if friend is None:
        return None
    as_a_member = answer(friend, message_id, received_at, "sms")
    return as_a_member.model_copy(update={"kind": Kind.BUDDY_ANSWER, "kinds": (Kind.BUDDY_ANSWER,)})


def channels_of(kind: Kind, member: Member) -> tuple[Channel, ...]:
    """How a kind of nudge reaches a member: as it is `wanted`, or by mail while texts do not arrive.

    Where nothing arrives it stays as it is wanted, so that it is on record as not sent.
    """
    found = wanted(kind, member)
    if kind in (*TO_BUDDY, Kind.OPT_IN, Kind.EMAIL_CONFIRMATION):
        return found
    arriving = tuple(channel for channel in found if member.takes(channel))
    if not arriving and "sms" in found and member.takes("email"):
        return ("email",)
    return arriving or found


def wanted(kind: Kind, member: Member) -> tuple[Channel, ...]:
    """How a kind of nudge is to reach a member: a summary by mail where there is an address that has confirmed itself;
    an audit, an export and a pack of wins by mail alone, the rest as they chose.

    A sign-up is confirmed once, by text where texts are wanted; and so is what a buddy says told, and a link sent, or
    where mails cannot be. An answer goes by none of itself, but by that of its message.
    """
    if kind in (*ANSWERS, Kind.ERASURE):
        return ()
    if kind is Kind.MONTHLY_SUMMARY:
        return ("email",) if member.mailbox else ("sms",)
    if kind in (Kind.AUDIT, Kind.EXPORT, Kind.WINS_PACK):
        return ("email",) if member.mailbox else ()
    if kind is Kind.EMAIL_CONFIRMATION:
        return ("email",)
    if kind in (Kind.OPT_IN, Kind.BUDDY_CHEER, Kind.PAGE):
        by_text = "sms" in member.channels or (kind is not Kind.OPT_IN and member.mailbox is None)
        return ("sms",) if by_text else ("email",)
    if kind in ABOUT_GOALS or kind in TO_BUDDY:
        return ("sms",)
    return member.channels


def is_paused(member: Member, now: datetime) -> bool:
    """Whether a pause holds at `now`; on its `until` date it no longer does."""
    if member.pause is None:
        return False
    return member.pause.until is None or now.astimezone(ZoneInfo(member.timezone)).date() < member.pause.until
