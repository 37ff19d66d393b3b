"""Decides what one message from a member comes to. Pure: called by every function that receives a message.

The shape: understand the text, hand it to the answer for its command, and derive from the member before
and after what UNDO would have to restore and when the next nudge is due.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from shared.content import texts
from shared.content.segments import fit
from shared.domain import crisis, schedule, summary
from shared.domain.models import Entry, Member, OpenQuestion, Pause, Status, SummaryRequested, Turn, Undo
from shared.domain.quiet import is_quiet, nearest_allowed
from shared.domain.understanding.reply import Context, Reply
from shared.domain.understanding.understand import understand

ANSWERABLE_UNTIL = time(12)  # on the next day: so long a reply still counts for the day it was asked about
STATS_DAYS = 30
JOURNAL_REACHES = timedelta(days=34)  # back from today, in whatever zone, a member's journal is at hand
BANDS = {"low": 3.0, "mid": 5.5, "high": 8.0}  # the mood that stands for a band that words gave
_BAND_OF = {mood: band for band, mood in BANDS.items()}
WINS_SAID = 3  # of one message, so that what is said back stays a glance


class Brand(NamedTuple):
    """What the operator set that texts name."""

    name: str
    contact: str


class _Message(NamedTuple):
    """One message in its setting, as the answers below see it. `local` is the member's own time."""

    member: Member
    reply: Reply
    now: datetime
    local: datetime
    source: str
    brand: Brand


_Answer = Callable[[_Message], Turn]


def respond(member: Member, text: str, now: datetime, *, source: str, brand: Brand) -> Turn:
    """Decide the member's next state, what to record and what to say.

    `now` is aware; `source` names the message for good (Twilio's MessageSid).
    """
    local = now.astimezone(ZoneInfo(member.timezone))
    reply = understand(text, context_of(member, local), local)
    message = _Message(member, reply, now.astimezone(UTC), local, source, brand)
    name = reply.command.name if reply.command else "report"
    turn = _answer(message, name)
    if name != "undo":
        turn = _undoable(member, turn)
    if reply.safety == "crisis":  # before all else, and nothing beside it
        turn = turn.model_copy(update={"replies": (crisis.answer(member.phone),)})
    return _scheduled(member, turn, now)


def _answer(message: _Message, name: str) -> Turn:
    """What the message comes to: its report, its command, or one after the other where it holds both."""
    answers = {Status.PENDING: _PENDING, Status.ACTIVE: _ACTIVE, Status.STOPPED: _STOPPED}[message.member.status]
    reply = message.reply
    reports = reply.mood is not None or reply.engaged or reply.drained or reply.wins
    if name == "report" or not reports or message.member.status is not Status.ACTIVE:
        return answers.get(name, answers["*"])(message)
    report = _report(message)
    command = answers.get(name, answers["*"])(message._replace(member=report.member))
    said = fit(" ".join((*report.replies, *command.replies)))
    return command.model_copy(update={"entries": (*report.entries, *command.entries), "replies": (said,)})


def context_of(member: Member, local: datetime) -> Context:
    """What the member's words are to be understood against at `local`, the member's own time."""
    question = _open_question(member, local)
    asked = question.asked if question else "none"
    return Context(asked=asked, prompt_time=member.prompt_time.strftime("%H:%M"), days=member.days)


def answered_day(member: Member, local: datetime) -> date:
    """The day a report counts for: the day asked about until the next noon while unanswered, else today.

    `local` is the member's own time; today turns at 04:00.
    """
    question = _open_question(member, local)
    if question and question.asked == "daily_checkin" and not _has_answer(member, question.day):
        return question.day
    return schedule.day_of(local)


def _open_question(member: Member, local: datetime) -> OpenQuestion | None:
    """What was asked and can still be answered: a check-in until the next noon."""
    question = member.open_question
    if question and question.asked == "daily_checkin":
        closes = datetime.combine(question.day + timedelta(days=1), ANSWERABLE_UNTIL)
        return question if local.replace(tzinfo=None) < closes else None
    return question


def prompted(member: Member, day: date, now: datetime, source: str) -> Turn:
    """What changes once a check-in for `day` has been sent: it is open now, and one more day was asked about.

    A day that was asked about before and never answered ends the streak.
    """
    entry = Entry(day=day, at=now, source=source, kind="prompted")
    last_asked = max((e.day for e in member.journal if e.kind == "prompted" and e.day <= day), default=None)
    broken = last_asked not in (None, day) and not _has_answer(member, last_asked)
    changes: dict[str, Any] = {
        "open_question": OpenQuestion(asked="daily_checkin", day=day, at=now),
        "unanswered": member.unanswered + (last_asked != day),
        "streak": 0 if broken else member.streak,
    }
    return Turn(member=member.model_copy(update=changes), entries=(entry,))


def _has_answer(member: Member, day: date | None) -> bool:
    return any(entry.day == day and entry.kind in ("answered", "skipped") for entry in member.journal)


def _undoable(before: Member, turn: Turn) -> Turn:
    """Add to the turn what takes it back. One that recorded and changed nothing leaves the last one undoable."""
    if before.status is not Status.ACTIVE or turn.member.status is not Status.ACTIVE:
        return turn
    ids = tuple(entry.id for entry in turn.entries)
    old, new = before.model_dump(mode="json"), turn.member.model_dump(mode="json")
    changed = {key: value for key, value in old.items() if value != new[key] and key != "undo"}
    if not (ids or changed):
        return turn
    member = turn.member.model_copy(update={"undo": Undo(entries=ids, before=changed)})
    return turn.model_copy(update={"member": member})


def _scheduled(before: Member, turn: Turn, now: datetime) -> Turn:
    """Add when the next nudge is due, where the turn changed anything that decides it."""
    after = turn.member
    if all(getattr(before, name) == getattr(after, name) for name in schedule.DECIDED_BY):
        return turn
    return turn.model_copy(update={"rescheduled": True, "due": schedule.next_due(after, now)})


def _with(member: Member, **changes: Any) -> Member:
    return member.model_copy(update=changes)


def _say(message: _Message, key: str, **values: object) -> Turn:
    return Turn(member=message.member, replies=(texts.say(key, **values),))


def _report(message: _Message) -> Turn:
    """A score, wins, what engaged and drained: the answer to a check-in, asked or not."""
    member, reply = message.member, message.reply
    day = answered_day(member, message.local)
    entry = Entry(
        day=day,
        at=message.now,
        source=message.source,
        kind="answered",
        mood=_mood(reply.mood, member),
        mood_estimated=reply.estimated,
        engaged=reply.engaged,
        drained=reply.drained,
        wins=reply.wins,
    )
    asked = any(e.day == day and e.kind == "prompted" for e in member.journal)
    streak = member.streak + (asked and not _has_answer(member, day))
    after = _with(member, streak=streak, unanswered=0, open_question=None)
    return Turn(member=after, entries=(entry,), replies=(_said_back(entry, streak if streak > member.streak else 0),))


def _mood(read: float | str | None, member: Member) -> float | None:
    """The mood to record: a band by its middle, and "same" as the last one given."""
    if read == "same":
        return next((entry.mood for entry in reversed(member.journal) if entry.mood), None)
    return BANDS[read] if isinstance(read, str) else read


def _said_back(entry: Entry, streak: int) -> str:
    """What was understood, so that a misreading shows at once. Of long or many wins only the beginning."""
    day = f"{entry.day:%a}"
    if entry.mood is None:
        before = texts.say("checkin.noted", day=day)
    elif entry.mood_estimated:
        before = texts.say(f"checkin.{_BAND_OF[entry.mood]}", day=f"{entry.day:%A}")
    else:
        before = texts.say("checkin.score", mood=f"{entry.mood:g}", day=day)
    after = texts.say("checkin.streak", streak=streak) if streak > 1 else ""
    if not entry.wins:
        return f"{before} {after}".strip()
    more = len(entry.wins) - WINS_SAID
    key = "checkin.wins_and_more" if more > 0 else "checkin.wins" if len(entry.wins) > 1 else "checkin.win"

    def said(wins: str) -> str:
        return f"{before} {texts.say(key, wins=wins, more=more)} {after}".strip()

    return fit("; ".join(entry.wins[:WINS_SAID]), around=said)


def _skip(message: _Message) -> Turn:
    day = answered_day(message.member, message.local)
    entry = Entry(day=day, at=message.now, source=message.source, kind="skipped")
    member = _with(message.member, open_question=None, unanswered=0)
    return Turn(member=member, entries=(entry,), replies=(texts.say("checkin.skipped", day=f"{day:%a}"),))


def _unclear(message: _Message) -> Turn:
    return _say(message, "checkin.unclear", day=f"{answered_day(message.member, message.local):%A}")


def _not_yet(message: _Message) -> Turn:
    return _say(message, "settings.not_yet", contact=message.brand.contact)


def _correct(message: _Message) -> Turn:
    """A score for the day that was answered last; the earlier one stays on record, and the later holds."""
    answered = [entry.day for entry in message.member.journal if entry.kind == "answered"]
    day = answered[-1] if answered else answered_day(message.member, message.local)
    mood = float(_args(message)["mood"])
    entry = Entry(day=day, at=message.now, source=message.source, kind="answered", mood=mood)
    return Turn(member=message.member, entries=(entry,), replies=(_said_back(entry, 0),))


def _set(message: _Message) -> Turn:
    """A setting changed by text: confirmed with when the next check-in comes. Quiet hours are for mails alone."""
    member, args = message.member, _args(message)
    if "time" in args:
        wanted = time.fromisoformat(args["time"])
        if "sms" in member.channels and is_quiet(wanted):
            return _say(message, "settings.quiet", nearest=f"{nearest_allowed(wanted):%H:%M}")
        member = _with(member, prompt_time=wanted)
    elif "days" in args:
        member = _with(member, days=tuple(args["days"]) or member.days)
    else:
        member = _with(member, timezone=args["timezone"])
    when = next_checkin(member, message.now)
    return Turn(member=member, replies=(texts.say("settings.changed", when=when),))


def _set_name(message: _Message) -> Turn:
    name = _args(message)["name"][:60]
    said = fit(name, around=lambda name: texts.say("settings.name", name=name))
    return Turn(member=_with(message.member, name=name), replies=(said,))


def _set_email(message: _Message) -> Turn:
    member = _with(message.member, email=_args(message)["email"])
    return Turn(member=member, replies=(texts.say("settings.email"),))


def _args(message: _Message) -> dict[str, Any]:
    return message.reply.command.args if message.reply.command else {}


def _help(message: _Message) -> Turn:
    return _say(message, "settings.help", contact=message.brand.contact)


def _help_stopped(message: _Message) -> Turn:
    return _say(message, "opt_out.help", brand=message.brand.name, contact=message.brand.contact)


def _thanks(message: _Message) -> Turn:
    return Turn(member=message.member)


def _stop(message: _Message) -> Turn:
    turn = opt_out(message.member, message.now)
    return turn.model_copy(update={"replies": (texts.say("opt_out.stopped", brand=message.brand.name),)})


def _confirm(message: _Message) -> Turn:
    member = confirm(message.member, message.now).member
    when = next_checkin(member, message.now)
    said = fit(member.name, around=lambda name: texts.say("opt_in.welcome", name=name, when=when))
    return Turn(member=member, replies=(said,))


def confirm(member: Member, now: datetime) -> Turn:
    """The opt-in by the mailed link: what a YES by text is. Opening it again changes nothing."""
    if member.status is not Status.PENDING:
        return Turn(member=member)
    confirmed = _with(member, status=Status.ACTIVE, confirmed_at=now, open_question=None)
    return _scheduled(member, Turn(member=confirmed), now)


def opt_out(member: Member, now: datetime) -> Turn:
    """What a STOP by text is, from an unsubscribe link or from Twilio's refusal to send (21610)."""
    if member.status is Status.STOPPED:
        return Turn(member=member)
    changes = {"status": Status.STOPPED, "opted_out_at": now, "open_question": None, "pause": None, "undo": None}
    return _scheduled(member, Turn(member=member.model_copy(update=changes)), now)


def _decline(message: _Message) -> Turn:
    return opt_out(message.member, message.now).model_copy(update={"replies": (texts.say("opt_in.declined"),)})


def _restart(message: _Message) -> Turn:
    changes: dict[str, Any] = {"status": Status.ACTIVE, "opted_out_at": None}
    if message.member.confirmed_at is None:
        changes["confirmed_at"] = message.now
    member = _with(message.member, **changes)
    return Turn(member=member, replies=(texts.say("opt_out.restarted", when=next_checkin(member, message.now)),))


def _pause(message: _Message) -> Turn:
    until = _args(message)["until"]
    pause = Pause(until=date.fromisoformat(until) if until else None)
    said = texts.say("settings.paused_until", until=f"{pause.until:%a %d %b}") if pause.until else None
    member = _with(message.member, pause=pause, open_question=None)
    return Turn(member=member, replies=(said or texts.say("settings.paused"),))


def _resume(message: _Message) -> Turn:
    member = _with(message.member, pause=None)
    key = "settings.resumed" if schedule.is_paused(message.member, message.now) else "settings.not_paused"
    return Turn(member=member, replies=(texts.say(key, when=next_checkin(member, message.now)),))


def _undo(message: _Message) -> Turn:
    """Take back the last turn, but not a check-in sent since: it stays open, and a streak it ended stays ended."""
    member = message.member
    if member.undo is None:
        return _say(message, "settings.nothing_to_undo")
    restored = Member.model_validate({**member.model_dump(), **member.undo.before, "undo": None})
    since = {
        "journal": member.journal,
        "open_question": member.open_question or restored.open_question,
        "unanswered": member.unanswered + member.undo.before.get("unanswered", 0),
        "streak": min(member.streak, restored.streak),
    }
    restored = restored.model_copy(update=since)
    return Turn(member=restored, removed=member.undo.entries, replies=(texts.say("settings.undone"),))


def _stats(message: _Message) -> Turn:
    since = message.local.date() - timedelta(days=STATS_DAYS)
    recent = [entry for entry in message.member.journal if entry.day > since and entry.kind == "answered"]
    moods = {entry.day: entry.mood for entry in recent if entry.mood}
    values = {
        "answered": len({entry.day for entry in recent}),
        "wins": sum(len(entry.wins) for entry in recent),
        "streak": message.member.streak,
    }
    if not moods:
        return _say(message, "stats.no_moods", **values)
    average = f"{sum(moods.values()) / len(moods):.1f}"
    return _say(message, "stats.all", average=average, moods=len(moods), **values)


def _summary(message: _Message) -> Turn:
    """By mail where there is an address; else its gist, at once. Of this month, or the last while this is empty.

    The gist of a month that began before the journal at hand is requested, and comes as a text of its own.
    """
    today = message.local.date()
    month = today.replace(day=1)
    journal = message.member.journal
    if not any(e.day >= month and e.kind == "answered" for e in journal) and any(e.day < month for e in journal):
        month = (month - timedelta(days=1)).replace(day=1)
    if message.member.email is None and month >= today - JOURNAL_REACHES:
        gist = summary.gist(summary.build(journal, month))
        return Turn(member=message.member, replies=(gist,))
    said = (texts.say("summary.on_its_way", month=f"{month:%B}"),) if message.member.email else ()
    return Turn(member=message.member, replies=said, requests=(SummaryRequested(month=month),))


def next_checkin(member: Member, now: datetime) -> str:
    """When the member's next check-in comes, in words and in their own time: "Tue 19:30"."""
    zone = ZoneInfo(member.timezone)
    at = schedule.next_checkin_at(member, now).astimezone(zone)
    today = now.astimezone(zone).date()
    day = {0: "today", 1: "tomorrow"}.get((at.date() - today).days, f"{at:%a}")
    return f"{day} at {at:%H:%M}"


_ACTIVE: dict[str, _Answer] = {
    "report": _report,
    "skip": _skip,
    "help": _help,
    "stop": _stop,
    "start": _resume,
    "pause": _pause,
    "resume": _resume,
    "undo": _undo,
    "stats": _stats,
    "summary": _summary,
    "thanks": _thanks,
    "correct": _correct,
    **dict.fromkeys(("set_time", "set_days", "set_timezone"), _set),
    "set_name": _set_name,
    "set_email": _set_email,
    "unclear": _unclear,
    "*": _not_yet,
}
_PENDING: dict[str, _Answer] = {
    "yes": _confirm,
    "start": _confirm,
    "no": _decline,
    "stop": _stop,
    "help": _help,
    "*": lambda message: _say(message, "opt_in.remind"),
}
# After an opt-out nothing is said but to START and HELP: one confirmation was the last word (CTIA, TCPA).
_STOPPED: dict[str, _Answer] = {"start": _restart, "help": _help_stopped, "*": _thanks}
