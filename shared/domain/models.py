"""The nouns of the service: members, their journal, and what a turn of conversation changes.

Everything here is frozen: a change is a new value. Times are aware and in UTC, dates are the member's
own, and what is personal stays out of `repr`, so that it cannot reach a log by accident.
"""

from datetime import date, time
from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Channel = Literal["sms", "email"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Asked = Literal["none", "opt_in", "daily_checkin"]


class Frozen(BaseModel):
    # What cannot be read is personal more often than not: an error must not repeat it.
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class Status(StrEnum):
    PENDING = "pending"  # signed up, has not said YES
    ACTIVE = "active"
    STOPPED = "stopped"  # opted out, by whatever way


class Kind(StrEnum):
    """What a nudge is for."""

    OPT_IN = "opt_in"
    DAILY_CHECKIN = "daily_checkin"
    MONTHLY_SUMMARY = "monthly_summary"


class Pause(Frozen):
    """No nudges until `until`, the first date on which they come again; None is until RESUME."""

    until: date | None = None


class OpenQuestion(Frozen):
    """What the last message to the member asked; `day` is the local date that it asked about."""

    asked: Asked
    day: date
    at: AwareDatetime


class Undo(Frozen):
    """What takes back the last turn: the journal entries it added and the member's fields before it."""

    entries: tuple[str, ...] = ()
    before: dict[str, Any] = Field(default_factory=dict, repr=False)


class Entry(Frozen):
    """One line of a member's journal.

    `source` is what it came from (a MessageSid, a nudge id) and names the entry within its day.
    `mood` is 1 to 10 in steps of a half; `mood_estimated` where it was read from words, not given.
    """

    day: date
    at: AwareDatetime
    source: str
    kind: Literal["answered", "prompted", "skipped", "missed"]
    mood: float | None = Field(default=None, repr=False)
    mood_estimated: bool = False
    engaged: tuple[str, ...] = Field(default=(), repr=False)
    drained: tuple[str, ...] = Field(default=(), repr=False)
    wins: tuple[str, ...] = Field(default=(), repr=False)

    @property
    def id(self) -> str:
        """Names the entry within its member, in the order of days and then of arrival."""
        return f"{self.day.isoformat()}#{self.at.strftime('%Y%m%dT%H%M%S.%fZ')}#{self.source}"


class Member(Frozen):
    """A member as `respond` sees them: their state, and the last 35 days of their journal, oldest first."""

    id: str
    version: int = 0
    status: Status = Status.PENDING
    name: str = Field(repr=False)
    phone: str = Field(repr=False)
    email: str | None = Field(default=None, repr=False)
    channels: tuple[Channel, ...] = ("sms",)
    prompt_time: time
    days: tuple[Weekday, ...] = WEEKDAYS
    timezone: str
    signed_up_at: AwareDatetime
    confirmed_at: AwareDatetime | None = None
    opted_out_at: AwareDatetime | None = None
    pause: Pause | None = None
    open_question: OpenQuestion | None = None
    streak: int = 0
    unanswered: int = 0
    undo: Undo | None = Field(default=None, repr=False)
    journal: tuple[Entry, ...] = Field(default=(), exclude=True, repr=False)


class SummaryRequested(Frozen):
    """A member asked for their summary of the month that `month`, its first day, names."""

    month: date


class Due(Frozen):
    """When a member's next nudges are due: the earliest moment, and every kind that falls on it."""

    member_id: str
    at: AwareDatetime
    kinds: tuple[Kind, ...]


class Turn(Frozen):
    """What one message comes to: the member's next state, what to record and what to say.

    `removed` holds the ids of journal entries that are taken back. Where it is `rescheduled`, `due` replaces
    the member's due moment, None for none.
    """

    member: Member
    entries: tuple[Entry, ...] = ()
    removed: tuple[str, ...] = ()
    replies: tuple[str, ...] = Field(default=(), repr=False)
    requests: tuple[SummaryRequested, ...] = ()
    rescheduled: bool = False
    due: Due | None = None


class Answer(Frozen):
    """What remains of a turn once it is saved: what to say, and what to carry out."""

    replies: tuple[str, ...] = Field(default=(), repr=False)
    requests: tuple[SummaryRequested, ...] = ()


class Nudge(Frozen):
    """One nudge to one member by one channel, as it travels through a queue.

    `day` is the member's local date. `request_id` is set where a person asked for it: such a nudge is
    outside the one-a-date rule and quiet hours, but never after STOP. `month` is what a summary is of.
    """

    member_id: str
    kind: Kind
    channel: Channel
    day: date
    due_at: AwareDatetime
    request_id: str | None = None
    month: date | None = None

    @property
    def id(self) -> str:
        """The natural key within a member: kind, local date or else request, and channel."""
        return f"{self.kind}#{self.request_id or self.day.isoformat()}#{self.channel}"
