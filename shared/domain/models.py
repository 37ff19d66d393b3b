"""The nouns of the service: members, their journal, and what a turn of conversation changes.

Everything here is frozen: a change is a new value. Times are aware and in UTC, dates are the member's
own, and what is personal stays out of `repr`, so that it cannot reach a log by accident.
"""

from datetime import date, time
from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from shared.content.texts import Language

Channel = Literal["sms", "email"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
StepName = Literal["audit", "goals", "upskill", "network", "risks", "wellbeing"]
STEPS: tuple[StepName, ...] = ("audit", "goals", "upskill", "network", "risks", "wellbeing")
SILENT = 14  # prompts without a word


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
    WEEKLY_REVIEW = "weekly_review"
    PLAN_STEP = "plan_step"
    LOG_OFF = "log_off"
    GOAL_CUE = "goal_cue"
    GOAL_DUE = "goal_due"
    EXPERIMENT_REVIEW = "experiment_review"
    RUT_CHECK = "rut_check"
    MONTHLY_SUMMARY = "monthly_summary"
    WELCOME_BACK = "welcome_back"  # in a check-in's place, after a silence: whether to write less often
    SNOOZED = "snoozed"  # the check-in again, after a while, as the member asked; sent as what it asks
    AUDIT = "audit"
    EXPORT = "export"
    WINS_PACK = "wins_pack"
    PAGE = "page"  # a link to the member's own page
    EMAIL_CONFIRMATION = "email_confirmation"  # a link, mailed to an address that a member gave
    BUDDY_INVITATION = "buddy_invitation"
    BUDDY_NOTE = "buddy_note"
    BUDDY_CHEER = "buddy_cheer"
    ANSWER = "answer"  # to a message that could not be answered at once; `request_id` names the message
    BUDDY_ANSWER = "buddy_answer"  # the same, to a member's buddy
    ERASURE = "erasure"  # nothing that is sent: what is left of an erasure that broke off is due to go


class Pause(Frozen):
    """No nudges until `until`, the first date on which they come again; None is until RESUME."""

    until: date | None = None


class OpenQuestion(Frozen):
    """What the last message to the member asked; `day` is the local date that it asked about.

    `asked` is "opt_in", "daily_checkin" or the name of a question of the plan, `about` what of several it is
    about, such as a goal's id. `behind` is a check-in that it was asked in the midst of: open still. `instead_of` is
    what a nudge's question took the place of, for an answer to that which comes late.
    """

    asked: str
    day: date
    at: AwareDatetime
    about: str | None = None
    behind: "OpenQuestion | None" = None
    instead_of: "OpenQuestion | None" = None


class Undo(Frozen):
    """What takes back the last turn: the journal entries it added and the member's fields before it.

    `sent` tells that something left with it, by mail or to a buddy, which cannot be taken back; `left_open` is
    the question that it left open: another one that is open now has been asked since. `counted` is the goal, by id,
    that its one number moved, and what that was added to: where the number is mended, it is added to the same.
    """

    entries: tuple[str, ...] = ()
    sent: bool = False
    left_open: OpenQuestion | None = None
    counted: tuple[str, float] | None = None
    before: dict[str, Any] = Field(default_factory=dict, repr=False)


class Entry(Frozen):
    """One line of a member's journal.

    `source` is what it came from (a MessageSid, a nudge id) and names the entry within its day.
    `mood` is 1 to 10 in steps of a half; `mood_estimated` where it was read from words, not given. `goals` are those
    that it moved, by id, in the words that they had then, and `step` is the one that it was for. What is `private`,
    since it came with a call for help, is shown to the member alone.
    """

    day: date
    at: AwareDatetime
    source: str
    kind: Literal["answered", "prompted", "skipped", "missed", "cheered", "imported", "logged_off"]
    mood: float | None = Field(default=None, repr=False)
    mood_estimated: bool = False
    engaged: tuple[str, ...] = Field(default=(), repr=False)
    drained: tuple[str, ...] = Field(default=(), repr=False)
    wins: tuple[str, ...] = Field(default=(), repr=False)
    goals: dict[str, str] = Field(default_factory=dict, repr=False)
    step: StepName | None = None
    note: str | None = Field(default=None, repr=False)  # what a buddy cheered, or what was noted in another journal
    private: bool = False

    @property
    def id(self) -> str:
        """Names the entry within its member, in the order of days and then of arrival."""
        return f"{self.day.isoformat()}#{self.at.strftime('%Y%m%dT%H%M%S.%fZ')}#{self.source}"


class Cue(Frozen):
    """The "if" of an if-then plan: on these days at this time, local, the member does `action`."""

    days: tuple[Weekday, ...]
    at: time
    action: str = Field(repr=False)


class Goal(Frozen):
    """What a member wants to have done. Of `target`, in `unit`s, so much is `done`; `value` is what it serves.

    `settled` are the parts that were asked about and stay as they are: no number, no date, a pace to be kept.
    `asked_on` is when a nudge last asked how it went.
    """

    id: str
    text: str = Field(repr=False)
    set_on: date
    unit: str | None = Field(default=None, repr=False)
    target: float | None = None
    done: float = 0
    due: date | None = None
    value: str | None = Field(default=None, repr=False)
    cue: Cue | None = None
    settled: tuple[str, ...] = ()
    state: Literal["open", "done", "dropped"] = "open"
    ended_on: date | None = None
    asked_on: date | None = None


class Learning(Frozen):
    """What a member learns, by what, how much was `counted` so far ("hour", "module"), and what it leads to."""

    text: str = Field(repr=False)
    begun_on: date
    means: str | None = Field(default=None, repr=False)
    counted: dict[str, float] = Field(default_factory=dict)
    certificate: str | None = Field(default=None, repr=False)
    skill: str | None = Field(default=None, repr=False)
    ended_on: date | None = None


class Contact(Frozen):
    """Somebody to be in touch with again; `last` is when the member last told of it, `suggested` when we last did."""

    name: str = Field(repr=False)
    last: date | None = None
    suggested: date | None = None


class Experiment(Frozen):
    """A small, calculated risk, and when the member wants to look back at it; `asked_on` is when a nudge asked."""

    text: str = Field(repr=False)
    begun_on: date
    review: date | None = None
    outcome: Literal["keep", "change", "drop"] | None = None
    asked_on: date | None = None

    def is_due(self, day: date) -> bool:
        """Whether it is open, and its review is on `day` or was before."""
        return self.outcome is None and self.review is not None and self.review <= day

    def is_to_ask(self, day: date) -> bool:
        """Whether it is due, and no nudge asked about it before that day."""
        asked = self.asked_on is not None and self.review is not None and self.review <= self.asked_on < day
        return self.is_due(day) and not asked


class StepState(Frozen):
    """How far a step of the plan is. `passed` are the questions that the member did not want to answer."""

    begun_on: date
    ended_on: date | None = None
    passed: tuple[str, ...] = ()


class Plan(Frozen):
    """Where a member is on the six steps, and what they found there. Lists are capped where they are added to."""

    step: StepName | None = None
    steps: dict[StepName, StepState] = Field(default_factory=dict)
    signs: tuple[int, ...] = ()
    signs_on: date | None = None
    signs_before: tuple[int, ...] = ()
    signs_before_on: date | None = None
    signs_asked_on: date | None = None  # by the monthly nudge
    offered_on: date | None = None  # when a nudge last offered the next step
    values: tuple[str, ...] = Field(default=(), repr=False)
    compared: int = 0  # of the values, from the first on, how many were weighed against the one that matters most
    core_value: str | None = Field(default=None, repr=False)
    dealbreakers: tuple[str, ...] = Field(default=(), repr=False)
    learning: tuple[Learning, ...] = ()
    contacts: tuple[Contact, ...] = ()
    group: str | None = Field(default=None, repr=False)
    mentor: str | None = Field(default=None, repr=False)
    experiments: tuple[Experiment, ...] = ()
    runway: float | None = None  # months of expenses put aside
    log_off: time | None = None
    self_care: str | None = Field(default=None, repr=False)
    boundaries_kept: int = 0
    intention: str | None = Field(default=None, repr=False)  # the small step for the coming week

    @property
    def ended(self) -> dict[StepName, date]:
        """The steps that have ended, and when."""
        return {name: state.ended_on for name, state in self.steps.items() if state.ended_on}

    @property
    def is_under_way(self) -> bool:
        """Whether the member is on a step that has not ended."""
        return self.step is not None and self.step not in self.ended

    @property
    def following(self) -> StepName | None:
        """The first of the six that has not ended; None where all have."""
        return next((name for name in STEPS if name not in self.ended), None)

    def experiment_due(self, day: date) -> int | None:
        """Which of the experiments, by its place, is to be looked back at on `day`; one not asked about goes first."""
        due = [n for n, each in enumerate(self.experiments) if each.is_due(day)]
        return next((n for n in due if self.experiments[n].is_to_ask(day)), due[0] if due else None)


class Buddy(Frozen):
    """A friend whom the member invited. Nothing goes to them before they agreed, but the one invitation.

    `invite_at` is when that is due, None once it went out; `reminded_on` when they were last told how to answer.
    """

    phone: str = Field(repr=False)
    status: Literal["invited", "agreed"] = "invited"
    since: AwareDatetime
    invite_at: AwareDatetime | None = None
    reminded_on: date | None = None


class News(Frozen):
    """What the member is to be told of their buddy, and when."""

    due: AwareDatetime
    said: str = Field(repr=False)


class Period(Frozen):
    """From one date to another, both included."""

    since: date
    until: date


class Reach(Frozen):
    """How a channel fares with a member: how many times in a row it failed, the last time by which of the provider's
    codes, and since when nothing goes that way any more."""

    failures: int = 0
    code: str | None = None
    off_since: AwareDatetime | None = None


class Nudge(Frozen):
    """One nudge to one member by one channel, as it travels through a queue.

    `day` is the member's local date. `request_id` is set where a person asked for it: such a nudge is
    outside the one-a-date rule and quiet hours, but never after STOP. `month` is what a summary is of, `period` what a
    pack of wins is. `kinds` are all that it stands for, the most important first: they go out as one text. `again` is
    how many times it was sent before and did not arrive, each a nudge of its own.
    """

    member_id: str
    kind: Kind
    channel: Channel
    day: date
    due_at: AwareDatetime
    request_id: str | None = None
    month: date | None = None
    kinds: tuple[Kind, ...] = Field(default_factory=lambda told: (told["kind"],))
    again: int = 0
    period: Period | None = None

    def of(self, *kinds: Kind) -> "Nudge":
        """The same nudge, with these of its kinds; its id is what it was."""
        return self.model_copy(update={"kinds": kinds})

    @property
    def id(self) -> str:
        """The natural key within a member: kind, local date or else request, channel, and which time over."""
        first = f"{self.kind}#{self.request_id or self.day.isoformat()}#{self.channel}"
        return f"{first}#{self.again}" if self.again else first


class Due(Frozen):
    """When a member's next nudges are due: the earliest moment, and every kind that goes out then.

    `day` is the date that they are of, by the zone that the member had when it was decided: they may move in the very
    minute. None where they are of no date, and in the index of what is due.
    """

    member_id: str
    at: AwareDatetime
    kinds: tuple[Kind, ...]
    day: date | None = None


class Member(Frozen):
    """A member as `respond` sees them: their state, and the last 35 days of their journal, oldest first.

    `due` is when they were to be nudged next as they were read; a moment that has come waits for its tick.
    """

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
    language: Language = "en"
    signed_up_at: AwareDatetime
    confirmed_at: AwareDatetime | None = None
    phone_confirmed_at: AwareDatetime | None = None  # by the phone itself: until then it may be anybody's
    email_confirmed_at: AwareDatetime | None = None  # by the address itself, in the same way
    email_asked: dict[str, AwareDatetime] = Field(default_factory=dict, repr=False)  # by address, lately
    opted_out_at: AwareDatetime | None = None  # the newest opt-out, by whatever way
    started_at: AwareDatetime | None = None  # the newest START
    reach: dict[Channel, Reach] = Field(default_factory=dict)
    pause: Pause | None = None
    snoozed_until: AwareDatetime | None = None
    open_question: OpenQuestion | None = None
    streak: int = 0
    unanswered: int = 0
    silence: int = 0  # prompts in a row since the member last wrote anything at all
    nudged: tuple[Nudge, ...] = ()  # that went out last, of those that nobody asked for
    hushed: bool = False  # after a crisis: no nudges until the member writes again
    crisis_on: date | None = None  # the local date of a crisis, for the rest of which nothing is asked
    goals: tuple[Goal, ...] = ()
    plan: Plan = Plan()
    buddy: Buddy | None = None
    news: tuple[News, ...] = ()  # of the buddy, not told yet
    invited_on: tuple[date, ...] = ()  # when buddies were invited, the latest
    helped: dict[str, date] = Field(default_factory=dict)  # when which kind of help was last named
    imports: tuple[str, ...] = ()  # of other journals, that are whole: entries of one that is not do not show
    undo: Undo | None = Field(default=None, repr=False)
    journal: tuple[Entry, ...] = Field(default=(), exclude=True, repr=False)
    due: Due | None = Field(default=None, exclude=True)

    def takes(self, channel: Channel) -> bool:
        """Whether what is sent by this channel is known to arrive, or not known not to; no phone is texted that has not
        said YES itself, and no address mailed to that has not confirmed itself."""
        confirmed = self.phone_confirmed_at if channel == "sms" else self.mailbox
        return confirmed is not None and not self.is_off(channel)

    def is_off(self, channel: Channel) -> bool:
        """Whether what is sent by this channel is known not to arrive."""
        return channel in self.reach and self.reach[channel].off_since is not None

    def reached(self, channel: Channel) -> "Member":
        """The member once something came by this channel from them, or arrived there: its failures are over."""
        if channel not in self.reach:
            return self
        return self.model_copy(update={"reach": {each: how for each, how in self.reach.items() if each != channel}})

    @property
    def mailbox(self) -> str | None:
        """The address that mails go to: the member's, once it has confirmed itself."""
        return self.email if self.email_confirmed_at else None

    @property
    def writes_from(self) -> str | None:
        """The address whose replies are the member's. The mail that asks for a YES may be answered, too, by whoever is
        no member yet, or none any more."""
        return self.mailbox if self.status is Status.ACTIVE else self.email

    @property
    def is_silent(self) -> bool:
        """Whether so many prompts went by without a word that nothing but the month's summary is sent."""
        return self.silence >= SILENT


class Receipt(Frozen):
    """What a provider says became of a nudge's message: `status` and, where it failed, `code`, in the provider's words.

    `at` is when that happened, None where the provider does not say.
    """

    member_id: str
    nudge_id: str
    message_id: str
    status: str
    code: str = ""
    at: AwareDatetime | None = None


class Requested(Frozen):
    """A nudge that a message asked for, to be sent at once: a summary of `month`, an export, the wins of a
    `period`."""

    kind: Kind
    month: date | None = None
    period: Period | None = None


class Turn(Frozen):
    """What one message comes to: the member's next state, what to record and what to say.

    `removed` holds the ids of journal entries that are taken back. With `erase`, all that is held on the
    member goes once this is saved, and `due` is when at the latest. Where it is `rescheduled`, `due` replaces the
    member's due moment, None for none. With `claims`, they have answered their sign-up, and what is kept of it no
    longer expires. `linked` is a number that has become the buddy's, `unlinked` one that no longer is; `others` is
    what it changes about those whose buddy the member is.
    """

    member: Member
    entries: tuple[Entry, ...] = ()
    removed: tuple[str, ...] = ()
    replies: tuple[str, ...] = Field(default=(), repr=False)
    requests: tuple[Requested, ...] = ()
    erase: bool = False
    rescheduled: bool = False
    due: Due | None = None
    claims: bool = False
    linked: str | None = Field(default=None, repr=False)
    unlinked: str | None = Field(default=None, repr=False)
    others: tuple["Turn", ...] = ()


class Heard(Frozen):
    """What a text comes to that came from a buddy: a turn for each member it concerns, and what to answer.

    `refuses` is set where the number wants no invitations from now on, or, False, may be invited again.
    """

    turns: tuple[Turn, ...] = ()
    replies: tuple[str, ...] = Field(default=(), repr=False)
    refuses: bool | None = None


class Thread(Frozen):
    """What a mail needs to stand below those that it answers: their Message-IDs, the latest last, and their subject."""

    subject: str = Field(repr=False)
    references: tuple[str, ...] = Field(default=(), repr=False)


class Answer(Frozen):
    """What remains of a turn once it is saved: what to say, and what to carry out.

    `thread` is that of a mail, `at` when the member's message was taken the first time.
    """

    replies: tuple[str, ...] = Field(default=(), repr=False)
    requests: tuple[Requested, ...] = ()
    erase: bool = False
    thread: Thread | None = None
    at: AwareDatetime | None = None
