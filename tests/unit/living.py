"""A member's days as `dispatch` and `deliver` bring them about, each nudge at its moment, with nothing in between."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cli.rehearsal import BRAND, after
from shared.domain import agenda, conversation, judging, nudging, schedule
from shared.domain.judging import Verdict
from shared.domain.message import Written
from shared.domain.models import Kind, Member, Nudge


class Lived(NamedTuple):
    """A nudge that was due: as it went, what became of it, its text ("" where none went) and the member after it."""

    at: datetime
    nudge: Nudge
    verdict: Verdict
    fates: dict[Kind, Verdict]
    text: str
    member: Member


def delivered(nudge: Nudge, member: Member, now: datetime) -> Lived:
    """What `deliver` makes of a nudge."""
    judged = judging.judge(nudge, member, now)
    sent = judged.verdict is Verdict.SEND
    text = nudging.text_of(judged.nudge, member, BRAND) if sent else ""
    turn = nudging.outcome(judged.nudge, member, judged.verdict, now)
    return Lived(now, judged.nudge, judged.verdict, judged.fates, text, after(turn))


def lived(member: Member, since: datetime, until: datetime, answers: Sequence[str | None] = (None,)) -> Iterator[Lived]:
    """All that falls due after a moment and before another.

    A minute after each moment the member says the next of `answers`, over and over, or nothing.
    """
    due, dealt_with, said = schedule.next_due(member, since), set[str](), cycle(answers)
    while due and due.at < until:
        since, following = due.at, schedule.next_due(member, due.at)
        assert following is None or following.at > since
        for nudge in schedule.nudges(due, member):
            if nudge.id not in dealt_with:
                outcome = delivered(nudge, member, since)
                member = outcome.member
                yield outcome
            dealt_with.add(nudge.id)
        due = following
        if text := next(said):
            now = since + timedelta(minutes=1)
            waiting = member.model_copy(update={"due": due})
            turn = conversation.respond(waiting, Written(text, now, f"SM{now:%Y%m%d%H%M}", BRAND))
            member, due = after(turn), turn.due if turn.rescheduled else due


def of_day(who: Member, day: date) -> list[Lived]:
    """The nudges of a day, for a member who does not answer."""
    start = agenda.local_instant(day, time(0), ZoneInfo(who.timezone))
    return list(lived(who, start - timedelta(seconds=1), start + timedelta(days=1)))
