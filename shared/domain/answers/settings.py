"""Settings by text: hour, days, zone, name, address, language, pauses and snoozes. Each is confirmed."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.content import dates
from shared.content.segments import fit
from shared.domain import addresses, agenda, schedule
from shared.domain.answers import report
from shared.domain.form_fields import LONGEST_EMAIL, LONGEST_NAME
from shared.domain.message import Message, next_checkin
from shared.domain.models import WEEKDAYS, Pause, Turn
from shared.domain.quiet import is_quiet, nearest_allowed
from shared.domain.steps.dialogue import Question, never
from shared.domain.steps.goal_lines import date_of
from shared.domain.understanding.answers.care import hour_named
from shared.domain.understanding.answers.choices import agrees
from shared.domain.understanding.reply import Command

_LONGEST_SNOOZE = timedelta(days=2)
_LATER = 60  # minutes, where none are said
LONGEST_PAUSE = timedelta(days=366)
_BARE = re.compile(r"\s*(?:make|change|set) it (?:to )?(?:an? )?(10|[1-9])\W*", re.IGNORECASE)  # hour or score
_SAYS_WHY = ("pause", "correct")  # how these are said tells what was wrong


def set_time(message: Message) -> Turn:
    """The check-in's hour; but "make it 9" right after a score is another score, and no hour in the night."""
    wanted = time.fromisoformat(message.args["time"])
    score = _BARE.fullmatch(message.text)
    if score and is_quiet(wanted) and _has_just_scored(message):
        meant = Command("correct", {"mood": float(score[1])})
        return report.correct(replace(message, reply=message.reply._replace(command=meant)))
    return _to(message, wanted)


def _has_just_scored(message: Message) -> bool:
    """Whether a score was what the member recorded last."""
    last = message.member.undo.entries if message.member.undo else ()
    return any(entry.id in last and entry.mood and not entry.mood_estimated for entry in message.member.journal)


def _to(message: Message, wanted: time) -> Turn:
    """The check-in's hour. Quiet hours are for texts alone: a mail may come at any."""
    if "sms" in message.member.channels and is_quiet(wanted):
        nearest = f"{nearest_allowed(wanted):%H:%M}"
        return message.ask("nearest_hour", about=nearest, nearest=nearest)
    return _changed(message.of(prompt_time=wanted), "settings.time", time=f"{wanted:%H:%M}")


def _nearest_told(message: Message) -> Turn | None:
    """A yes to the hour that was offered, another one, or a no."""
    offered = message.open.about if message.open else None
    agreed = agrees(message.text)
    if offered and agreed:
        return _to(message, time.fromisoformat(offered))
    if agreed is False:
        return message.answer("settings.time_kept", time=f"{message.member.prompt_time:%H:%M}")
    another = hour_named(message.text)
    return _to(message, another) if another else None


QUESTIONS = {"nearest_hour": Question("nearest_hour", never, _nearest_told)}


def set_days(message: Message) -> Turn:
    after = message.of(days=tuple(message.args["days"]) or message.member.days)
    days = _days(after)
    return _changed(after, "settings.days", days=days[:1].upper() + days[1:])


def _days(message: Message) -> str:
    """ "every day", "Mon-Fri", "Mon, Wed, Sat"."""
    days = message.member.days
    if len(days) == len(WEEKDAYS):
        return message.say("settings.every_day")
    if days == agenda.WORKDAYS:
        return message.say("goals.weekdays")
    return ", ".join(message.say(f"calendar.{day}") for day in days)


def set_timezone(message: Message) -> Turn:
    """The clock that everything goes by: named with what it shows, since places share their names."""
    try:
        zone = ZoneInfo(message.args["timezone"])
    except (ZoneInfoNotFoundError, ValueError):
        return _unread(message, "timezone")
    there = replace(message.of(timezone=zone.key), local=message.now.astimezone(zone))
    return _changed(there, "settings.timezone", place=_place(zone.key), time=f"{there.local:%H:%M}")


def _place(zone: str) -> str:
    """
    >>> _place("America/Argentina/Buenos_Aires"), _place("UTC"), _place("Etc/GMT-5")
    ('Buenos Aires', 'UTC', 'UTC+5')
    """
    name = zone.rpartition("/")[2].replace("_", " ")
    if zone.startswith("Etc/GMT"):  # their signs are the other way round
        return name.replace("GMT", "UTC").translate(str.maketrans("+-", "-+"))
    return name


def _changed(message: Message, key: str, **values: str) -> Turn:
    return message.answer(key, when=next_checkin(message.member, message.now), **values)


def set_name(message: Message) -> Turn:
    name = message.args["name"][:LONGEST_NAME]
    renamed = message.of(name=name)
    return renamed.turn(fit(name, around=lambda name: message.say("settings.name", name=name)))


def set_email(message: Message) -> Turn:
    """The address that mails are to go to; what is mailed is said, since having one changes what is, and how the
    address is confirmed."""
    email = message.args["email"]
    if not email.isascii() or len(email) > LONGEST_EMAIL:
        return _unread(message, "email")
    after = replace(message, member=addresses.given(message.member.reached("email"), email))
    said = fit(email, around=lambda email: message.say(_noted(after), email=email))
    return after.turn(said, requests=addresses.requests(after.member))


def _noted(message: Message) -> str:
    """The text for an address that was given just now."""
    if addresses.may_be_asked(message.member, message.now):
        return "settings.email_asked"
    if addresses.waits(message.member):
        return "settings.email_sent" if addresses.has_link(message.member, message.now) else "settings.email_tomorrow"
    return "settings.email_checkins" if "email" in message.member.channels else "settings.email"


def needs_address(message: Message, key: str) -> Turn:
    """What goes by mail was asked for, and cannot: `key` asks for an address; one that waits is to be confirmed."""
    email = message.member.email
    if email is None:
        return message.answer(key)
    waits = "settings.email_waits" if addresses.has_link(message.member, message.now) else "settings.email_tomorrow"
    said = fit(email, around=lambda email: message.say(waits, email=email))
    return message.turn(said, requests=addresses.requests(message.member))


def set_language(message: Message) -> Turn:
    """The language that everything is said in from now on, this confirmation included."""
    after = message.of(language=message.args["language"])
    return _changed(after, "settings.language")


def show(message: Message) -> Turn:
    """SETTINGS: all that can be set, as it is."""
    member = message.member
    values = {"days": _days(message), "time": f"{member.prompt_time:%H:%M}", "place": _place(member.timezone)}
    called = message.say("settings.called", name=member.name)
    parts = (message.say("settings.checkins", **values), called, mails(message))
    paused = _paused(message) if schedule.is_paused(member, message.now) else ""
    return message.turn(paused, *parts, message.say("settings.how"))


def mails(message: Message) -> str:
    """Where mails go, or what that waits for."""
    member = message.member
    if addresses.waits(member):
        return message.say("settings.mails_wait", email=member.email)
    return message.say("settings.mails", email=member.email) if member.email else message.say("settings.no_mails")


def how(message: Message) -> Turn:
    """A setting that was named without a value, or with one that cannot be read."""
    setting = message.args["how"]
    if message.args.get("text") and setting not in _SAYS_WHY:
        return _unread(message, setting)
    return message.answer(f"settings.how_{setting}")


def no_pause(message: Message) -> Turn:
    """A pause until a day that has passed, or for longer than a year: from when and how long it may be."""
    return message.answer("settings.how_pause")


def _unread(message: Message, setting: str) -> Turn:
    return message.turn(message.say("settings.unread"), message.say(f"settings.how_{setting}"))


def pause(message: Message) -> Turn:
    told = message.args.get("until")
    until = date.fromisoformat(told) if told else None
    today = message.local.date()
    if until and not today < until <= today + LONGEST_PAUSE:
        return no_pause(message)
    after = message.of(pause=Pause(until=until), snoozed_until=None, open_question=None)
    return after.turn(_paused(after))


def _paused(message: Message) -> str:
    """Until when nothing comes, and how to end that."""
    until = message.member.pause.until if message.member.pause else None
    return (
        message.say("settings.paused_until", until=date_of(message, until)) if until else message.say("settings.paused")
    )


def resume(message: Message) -> Turn:
    after = message.of(pause=None)
    key = "settings.resumed" if schedule.is_paused(message.member, message.now) else "settings.not_paused"
    return after.answer(key, when=next_checkin(after.member, message.now))


def snooze(message: Message) -> Turn:
    """The check-in comes again after a while: asked for, and so held neither by quiet hours nor by a pause.

    It stays open, also where the same message told of the day: "too tired, ask me tomorrow at 8" wants it asked.
    """
    wait = min(timedelta(minutes=max(1, message.args.get("minutes", _LATER))), _LONGEST_SNOOZE)
    until = (message.now + wait).replace(microsecond=0)  # as exact as a due moment is kept
    at = until.astimezone(ZoneInfo(message.member.timezone))
    when = dates.at(at.date(), at.time(), message.local.date(), message.member.language)
    opened = message.member.open_question or schedule.checkin_of(message.open, message.local)
    after = message.of(snoozed_until=until, open_question=opened)
    return after.answer("settings.snoozed", when=when)


def help_(message: Message) -> Turn:
    return message.answer("settings.help", brand=message.brand.name, contact=message.brand.contact)
