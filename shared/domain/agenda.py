"""What falls due to a member on one of their dates, at which moments, and what goes out as one text. Pure.

Kinds within an hour of each other are one text, at the first one's moment, with the most important first. It asks
at most one thing. Two texts a day go out at most. What asks about something that stays open (a goal's day, an
experiment, the signs) falls due on each day until it has been asked; anything else that has no room is not sent.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shared.domain import goals
from shared.domain.models import SILENT, WEEKDAYS, Channel, Kind, Member, Nudge, Weekday

SUMMARY_TIME = time(9)  # local, on the 1st
WORKDAYS = WEEKDAYS[:5]
CHECKINS = (Kind.DAILY_CHECKIN, Kind.WEEKLY_REVIEW)  # what asks about a day: once on each of the member's days
ABOUT_A_DAY = (*CHECKINS, Kind.WELCOME_BACK)
# After the check-in what comes most seldom goes first, since the rest comes again soon.
IMPORTANCE = (
    Kind.WELCOME_BACK,
    Kind.WEEKLY_REVIEW,
    Kind.DAILY_CHECKIN,
    Kind.MONTHLY_SUMMARY,
    Kind.EXPERIMENT_REVIEW,
    Kind.GOAL_DUE,
    Kind.RUT_CHECK,
    Kind.PLAN_STEP,
    Kind.GOAL_CUE,
    Kind.LOG_OFF,
)
TOGETHER = timedelta(hours=1)
MOST_TEXTS = 2  # a day
LIGHTER, SLOWER = 4, 8  # prompts without a word after which the question is a lighter one, or whether to slow down
_ASK = frozenset(IMPORTANCE) - {Kind.MONTHLY_SUMMARY, Kind.PLAN_STEP, Kind.GOAL_CUE, Kind.LOG_OFF}
_NOON, _LATER = time(12), time(17)
_SIGNS_FROM = 2  # day of the month
_SIGNS_APART = timedelta(days=21)  # at the least, from the last time that they were told or asked about
_OFFERS_APART = timedelta(days=28)


class Text(NamedTuple):
    """What goes out at one moment: its kinds, the most important first."""

    at: datetime
    kinds: tuple[Kind, ...]


def local_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant in UTC at which it is `at` o'clock on `day` in `zone`.

    Where a clock change skips that time, the first instant after the gap; where it comes twice, the first.
    """
    wanted = datetime.combine(day, at, zone).replace(fold=0)
    instant = wanted.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wanted.replace(tzinfo=None):
        return instant
    before = wanted.replace(fold=1).astimezone(UTC)
    offset = instant.astimezone(zone).utcoffset()
    while instant - before > timedelta(seconds=1):
        middle = before + (instant - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            instant = middle
        else:
            before = middle
    return instant.replace(microsecond=0)


# The texts of a day


def texts_on(member: Member, day: date) -> list[Text]:
    """All that falls due on a date, in the order of time, as it goes out together; a summary by mail is apart."""
    zone = ZoneInfo(member.timezone)
    falling = sorted((local_instant(day, at, zone), IMPORTANCE.index(kind)) for at, kind in falling_on(member, day))
    found: list[tuple[datetime, list[int]]] = []
    for at, rank in falling:
        if found and at - found[-1][0] < TOGETHER:
            found[-1][1].append(rank)
        else:
            found.append((at, [rank]))
    return [Text(at, tuple(IMPORTANCE[rank] for rank in sorted(ranks))) for at, ranks in found]


def is_text(kind: Kind, channel: Channel) -> bool:
    """Whether a kind is part of a day's texts: a month by mail is a mail of its own, and so is what others get."""
    return kind in IMPORTANCE and (kind, channel) != (Kind.MONTHLY_SUMMARY, "email")


def counts(nudge: Nudge) -> bool:
    """Whether a nudge is one of the two texts that a day may have: none that somebody asked for is."""
    return nudge.request_id is None and is_text(nudge.kind, nudge.channel)


def has_no_room(nudge: Nudge, member: Member) -> bool:
    """Whether the day has its texts without this one: those that went out, and those that matter more.

    What matters more counts from its earlier hour on as well, since it may be on its way at this moment.
    """
    zone = ZoneInfo(member.timezone)  # it may be another one than this morning's
    went = {each.due_at for each in member.nudged if nudge.day in (each.day, each.due_at.astimezone(zone).date())}
    rank = IMPORTANCE.index(nudge.kinds[0])
    better = {text.at for text in texts_on(member, nudge.day) if IMPORTANCE.index(text.kinds[0]) < rank}
    return len((went | better) - {nudge.due_at}) >= MOST_TEXTS


def went_out(nudge: Nudge, member: Member) -> bool:
    """Whether the day's nudge of that kind went out by that channel already, as or within another one.

    So it may have where the hours were changed in between. All check-ins of a day are one.
    """
    same = set(ABOUT_A_DAY) if nudge.kind in ABOUT_A_DAY else {nudge.kind}
    of_day = (each for each in member.nudged if (each.day, each.channel) == (nudge.day, nudge.channel))
    return any(not same.isdisjoint(each.kinds) for each in of_day)


def asks(kind: Kind, member: Member) -> bool:
    """Whether a nudge of that kind asks something of its own; a step of the plan does where it is an offer."""
    return kind in _ASK or (kind is Kind.PLAN_STEP and not member.plan.is_under_way)


# What falls due


def falling_on(member: Member, day: date) -> Iterator[tuple[time, Kind]]:
    """Every kind that falls due on a date by itself, each once, with its local time."""
    if day.day == 1 and not member.mailbox:
        yield SUMMARY_TIME, Kind.MONTHLY_SUMMARY
    if silence_before(member, day) >= SILENT:
        return
    weekday, apart = WEEKDAYS[day.weekday()], _apart_from_checkin(member)
    if weekday in member.days:
        yield member.prompt_time, checkin_on(member, day)
    if any(each.is_to_ask(day) for each in member.plan.experiments):
        yield apart, Kind.EXPERIMENT_REVIEW
    if goals.due_before(member, day):
        yield apart, Kind.GOAL_DUE
    if (cued := goals.cued_on(member, day)) and cued[0].cue:
        yield cued[0].cue.at, Kind.GOAL_CUE
    if _asks_signs(member, day):
        yield apart, Kind.RUT_CHECK
    if weekday == _first_weekday(member) and _has_step(member, day):
        yield apart, Kind.PLAN_STEP
    if member.plan.log_off and weekday in WORKDAYS:
        yield member.plan.log_off, Kind.LOG_OFF


def review_weekday(member: Member) -> Weekday | None:
    """The day of the weekly review, in place of its check-in: Sunday, or for whoever left it out their last day.

    Whoever chose one day alone keeps its check-in.
    """
    return max(member.days, key=WEEKDAYS.index) if len(member.days) > 1 else None


def checkin_on(member: Member, day: date) -> Kind:
    """What asks about a day: its check-in, or the weekly review."""
    return Kind.WEEKLY_REVIEW if WEEKDAYS[day.weekday()] == review_weekday(member) else Kind.DAILY_CHECKIN


def _first_weekday(member: Member) -> Weekday:
    """The day of the plan's next step: Monday, or for whoever left it out their first day of the week."""
    return min(member.days, key=WEEKDAYS.index)


def _apart_from_checkin(member: Member) -> time:
    """Noon, or five where the check-in comes within an hour of it: each is a question of its own."""
    minutes = (member.prompt_time.hour - _NOON.hour) * 60 + member.prompt_time.minute
    return _LATER if timedelta(minutes=abs(minutes)) < TOGETHER else _NOON


def _asks_signs(member: Member, day: date) -> bool:
    """Whether the signs are to be asked about: once a month, on the 2nd or the first of the member's days after it."""
    plan = member.plan
    if day.day < _SIGNS_FROM or WEEKDAYS[day.weekday()] not in member.days:
        return False
    if plan.signs_asked_on == day:
        return True
    last = max(filter(None, (_joined_on(member), plan.signs_on, plan.signs_asked_on)))
    return (last.year, last.month) < (day.year, day.month) and day - last >= _SIGNS_APART


def _has_step(member: Member, day: date) -> bool:
    """Whether there is a small step to suggest, of a step begun before that day; or the next of the six to offer.

    An offer comes once in four weeks at most, counted from the end of the last step, where one was made as well.
    """
    plan = member.plan
    if plan.step is None or plan.following is None:
        return False
    if plan.is_under_way:
        state = plan.steps.get(plan.step)
        return state is None or state.begun_on < day
    last = max(*plan.ended.values(), plan.offered_on or date.min)
    return plan.offered_on == day or day - last >= _OFFERS_APART


def _joined_on(member: Member) -> date:
    joined = member.confirmed_at or member.signed_up_at
    return joined.astimezone(ZoneInfo(member.timezone)).date()


# The silent


def silence_before(member: Member, day: date) -> int:
    """How many prompts before that day's went by in a row without a word."""
    asked = any(entry.day == day and entry.kind == "prompted" for entry in member.journal)
    return max(0, member.silence - asked)


def as_asked(kind: Kind, member: Member, day: date) -> Kind:
    """What takes a check-in's place for the silent: a lighter question for a review, and once whether to slow down."""
    silence = silence_before(member, day)
    if kind not in CHECKINS or silence < LIGHTER:
        return kind
    return Kind.WELCOME_BACK if silence == SLOWER else Kind.DAILY_CHECKIN
