"""What was seen to happen, by whoever stood outside: phones, mailboxes, queues, and the table in the end.

The oracle judges this, and nothing that the service believes of itself.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal, NamedTuple

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Setting(NamedTuple):
    """What a person and the service have agreed on. `paused` holds until that date, or with date.max for good."""

    zone: str
    hour: time
    days: tuple[Day, ...]
    channels: tuple[str, ...]
    active: bool = False
    paused: date | None = None


class Agreed(NamedTuple):
    """From when a setting holds: it was asked for at one moment, and taken at another one."""

    asked: datetime
    taken: datetime
    setting: Setting


class Meaning(NamedTuple):
    """What a person wants to say by a text.

    `name` is "report", "correct" (the score told last), "skip", "snooze", "undo", "stop", "start", "help", a setting
    or "other". `mood` is the score that is to be on record, `back` how many days back from today it is said to be for.
    """

    name: str
    mood: float | None = None
    back: int | None = None
    value: Any = None


@dataclass
class Wrote:
    """A text that a person wrote. `taken` is when the service saved it, with all that it came to."""

    phone: str
    sid: str
    at: datetime
    text: str
    meaning: Meaning
    taken: datetime | None = None


class Sent(NamedTuple):
    """A text that Twilio took from the service's API, for the nudge that its receipts are to name."""

    at: datetime
    phone: str
    body: str
    member_id: str
    nudge_id: str
    sid: str


class Told(NamedTuple):
    """A text that Twilio took as the answer to the text `sid`."""

    at: datetime
    phone: str
    body: str
    sid: str


class Mailed(NamedTuple):
    """A mail that SES took. `confirm` is the link by which its address confirms itself, "" where it has none."""

    at: datetime
    address: str
    subject: str
    unsubscribe: str
    confirm: str


class Queued(NamedTuple):
    """A nudge as a queue took it the first time."""

    at: datetime
    member_id: str
    nudge_id: str
    kinds: tuple[str, ...]
    asked_for: bool


class Written(NamedTuple):
    """A journal entry in the table."""

    day: date
    at: datetime
    kind: str
    mood: float | None


@dataclass
class Life:
    """A person in the course of the simulation; `agreed` in the order in which it was taken."""

    phone: str
    email: str | None = None
    agreed: list[Agreed] = field(default_factory=list)
    erased: bool = False

    def now(self) -> Setting:
        return self.agreed[-1].setting

    def agree_first(self, at: datetime, setting: Setting) -> None:
        """What somebody wants as they sign up."""
        self.agreed.append(Agreed(at, at, setting))

    def agree(self, asked: datetime, taken: datetime, **changes: Any) -> None:
        self.agreed.append(Agreed(asked, taken, self.now()._replace(**changes)))

    def possibly(self, at: datetime) -> list[Setting]:
        """What may have held at a moment: what was taken last by then, and what was asked for and not yet taken."""
        last = max((n for n, each in enumerate(self.agreed) if each.taken <= at), default=0)
        return [self.agreed[last].setting, *(each.setting for each in self.agreed[last + 1 :] if each.asked <= at)]


@dataclass
class Record:
    """All of it. `nudges`, `journal`, `replies` and `states` are read from the table in the end, by member id."""

    start: datetime
    end: datetime
    lives: dict[str, Life] = field(default_factory=dict)  # by phone
    wrote: list[Wrote] = field(default_factory=list)
    by_sid: dict[str, Wrote] = field(default_factory=dict)  # the same
    sent: list[Sent] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    mailed: list[Mailed] = field(default_factory=list)
    queued: dict[tuple[str, str], Queued] = field(default_factory=dict)
    undelivered: set[str] = field(default_factory=set)  # of texts, by sid
    receipts: dict[str, datetime] = field(default_factory=dict)  # when the first of a text was taken, by sid
    ids: dict[str, str] = field(default_factory=dict)  # member id by phone
    nudges: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    journal: dict[str, dict[str, list[Written]]] = field(default_factory=dict)  # by source
    replies: dict[str, set[str]] = field(default_factory=dict)
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
