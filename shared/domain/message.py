"""One message in its setting, as every answer sees it, and the few ways in which an answer is given."""

import zlib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from shared.content import dates, texts
from shared.content.segments import count_segments, fit
from shared.domain import schedule
from shared.domain.models import Channel, Entry, Member, OpenQuestion, Turn
from shared.domain.understanding.reply import Reply


class Help(NamedTuple):
    """Whom the operator names for help that no program gives, each in a few words with where to find it."""

    coach: str = ""
    therapist: str = ""
    free: str = ""


class Brand(NamedTuple):
    """What the operator set that texts name, and the countries (ISO codes) whose numbers may be texted."""

    name: str
    contact: str
    help: Help = Help()
    countries: tuple[str, ...] = ("US", "CA")


@dataclass(frozen=True)
class Written:
    """What somebody wrote, as it came, and whom it was written to.

    `at` is aware; `source` names the message for good (Twilio's MessageSid). It came `by` text, or mail. The words stay
    out of `repr`, so that they cannot reach a log by accident.
    """

    text: str = field(repr=False)
    at: datetime
    source: str
    brand: Brand
    by: Channel = "sms"


@dataclass(frozen=True)
class Message:
    """`local` is the member's own time; `open` is the question that can still be answered; it came `by` text, or mail.

    `after_crisis` tells that it is the first message after a crisis, or of the rest of its day: nothing is asked, no
    mood is read from words, and no streak is named.
    """

    member: Member
    text: str = field(repr=False)
    reply: Reply = field(repr=False)
    now: datetime
    local: datetime
    source: str
    brand: Brand
    open: OpenQuestion | None = None
    after_crisis: bool = False
    by: Channel = "sms"

    @property
    def args(self) -> dict[str, Any]:
        return self.reply.command.args if self.reply.command else {}

    @property
    def today(self) -> date:
        """The member's day, which turns at 04:00."""
        return schedule.day_of(self.local)

    def of(self, **changes: Any) -> "Message":
        """The same message from the member as these changes make them."""
        return replace(self, member=self.member.model_copy(update=changes))

    def say(self, key: str, **values: object) -> str:
        """A text in the member's language; of several wordings the one whose turn it is for them today."""
        return texts.say(key, self.member.language, turn_of(self.member, self.today, key), **values)

    def weekday(self, day: date) -> str:
        return dates.weekday(day, self.member.language)

    def short_weekday(self, day: date) -> str:
        return dates.short_weekday(day, self.member.language)

    def date(self, day: date) -> str:
        return dates.label(day, self.member.language)

    def turn(self, *said: str, entries: tuple[Entry, ...] = (), requests: tuple[Any, ...] = ()) -> Turn:
        """The turn that says so in one text, and records `entries`."""
        replies = (fit(" ".join(filter(None, said))),) if any(said) else ()
        return Turn(member=self.member, entries=entries, requests=requests, replies=replies)

    def answer(self, key: str, **values: object) -> Turn:
        """The turn that says one text and nothing else."""
        return self.turn(self.say(key, **values))

    def ask(self, asked: str, *said: str, about: str | None = None, **values: object) -> Turn:
        """The turn that says so and asks one question, `ask.<asked>`, which stays whole however much was said.

        A question that a member's own words make too long for two segments is asked alone, and cut.
        """
        question = fit(self.say(f"ask.{asked}", **values))
        text = fit(" ".join(filter(None, said)), around=lambda said: f"{said} {question}".strip())
        return Turn(
            member=self.member.model_copy(update={"open_question": self.question(asked, about)}),
            replies=(text if count_segments(text).count <= 2 else question,),
        )

    def question(self, asked: str, about: str | None = None) -> OpenQuestion:
        """A question that is open from now on; a check-in that was open stays so behind it."""
        checkin = schedule.checkin_of(self.member.open_question, self.local)
        return OpenQuestion(asked=asked, day=self.today, at=self.now, about=about, behind=checkin)


def in_one_text(*replies: str) -> tuple[str, ...]:
    """The replies as one text, where two segments hold them."""
    together = " ".join(replies)
    return (together,) if replies and count_segments(together).count <= 2 else replies


def without_words(member: Member, now: datetime, source: str) -> Message:
    """A message that says nothing: the setting for what is said though nobody wrote."""
    return Message(member, "", Reply(), in_utc(now), now.astimezone(ZoneInfo(member.timezone)), source, Brand("", ""))


def turn_of(member: Member, day: date, key: str) -> int:
    """A number that picks a wording: the same for a member, day and text, and without a pattern over days."""
    return zlib.crc32(f"{member.id} {day.isoformat()} {key}".encode())


def still_open(member: Member, local: datetime) -> OpenQuestion | None:
    """What was asked and can still be answered: a check-in until the next noon, anything else until it is."""
    question = member.open_question
    if question and question.asked in schedule.CHECKINS:
        return schedule.checkin_of(question, local)
    return question


def is_after_crisis(member: Member, local: datetime) -> bool:
    """Whether a message that comes now is the first after a crisis, or of the rest of its day, the night included."""
    return member.hushed or member.crisis_on in (local.date(), schedule.day_of(local))


def answered_day(member: Member, local: datetime) -> date:
    """The day a report counts for: the day asked about until the next noon while unanswered since, else today.

    `local` is the member's own time; today turns at 04:00.
    """
    checkin = schedule.checkin_of(member.open_question, local)
    if checkin and not has_answer(member, checkin.day, since=checkin.at):
        return checkin.day
    return schedule.day_of(local)


def has_answer(member: Member, day: date | None, since: datetime | None = None) -> bool:
    """Whether there is one for the day, given from `since` on."""
    answers = (entry for entry in member.journal if entry.day == day and entry.kind in ("answered", "skipped"))
    return any(since is None or entry.at >= since for entry in answers)


def next_checkin(member: Member, now: datetime) -> str:
    """When the member's next check-in comes, in words and in their own time: "today at 19:30". A pause ends first, and
    the day of a crisis.
    """
    zone, begin = ZoneInfo(member.timezone), now
    if member.crisis_on == now.astimezone(zone).date():
        begin = datetime.combine(member.crisis_on + timedelta(days=1), time.min, zone)
    if member.pause and schedule.is_paused(member, now):
        if member.pause.until is None:
            return texts.say("settings.after_pause", member.language)
        begin = datetime.combine(member.pause.until, time.min, zone)
    at = schedule.next_checkin_at(member, begin).astimezone(zone)
    return dates.at(at.date(), at.time(), now.astimezone(zone).date(), member.language)


def in_utc(now: datetime) -> datetime:
    return now.astimezone(UTC)
