"""Settings by text: hour, days, zone, name, address, language, pauses and snoozes. Each is confirmed."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.content import dates
from shared.content.segments import fit
from shared.domain import schedule
from shared.domain.answers.message import Message, next_checkin
from shared.domain.models import Pause, Turn
from shared.domain.quiet import is_quiet, nearest_allowed

_LONGEST_NAME = 60
_LONGEST_SNOOZE = timedelta(days=2)
_LONGEST_PAUSE = timedelta(days=366)


def set_time(message: Message) -> Turn:
    """The check-in's hour. Quiet hours are for texts alone: a mail may come at any."""
    wanted = time.fromisoformat(message.args["time"])
    if "sms" in message.member.channels and is_quiet(wanted):
        return message.answer("settings.quiet", nearest=f"{nearest_allowed(wanted):%H:%M}")
    return _changed(message.of(prompt_time=wanted))


def set_days(message: Message) -> Turn:
    return _changed(message.of(days=tuple(message.args["days"]) or message.member.days))


def set_timezone(message: Message) -> Turn:
    try:
        ZoneInfo(message.args["timezone"])
    except (ZoneInfoNotFoundError, ValueError):
        return message.answer("settings.unknown_zone")
    return _changed(message.of(timezone=message.args["timezone"]))


def _changed(message: Message) -> Turn:
    return message.answer("settings.changed", when=next_checkin(message.member, message.now))


def set_name(message: Message) -> Turn:
    name = message.args["name"][:_LONGEST_NAME]
    renamed = message.of(name=name)
    return renamed.turn(fit(name, around=lambda name: message.say("settings.name", name=name)))


def set_email(message: Message) -> Turn:
    return message.of(email=message.args["email"]).answer("settings.email")


def set_language(message: Message) -> Turn:
    """The language that everything is said in from now on, this confirmation included."""
    after = message.of(language=message.args["language"])
    return after.answer("settings.language", when=next_checkin(after.member, message.now))


def pause(message: Message) -> Turn:
    until = date.fromisoformat(message.args["until"]) if message.args["until"] else None
    today = message.local.date()
    if until and not today < until <= today + _LONGEST_PAUSE:
        return message.answer("settings.pause_when")
    after = message.of(pause=Pause(until=until), snoozed_until=None, open_question=None)
    if until:
        return after.answer("settings.paused_until", until=message.date(until))
    return after.answer("settings.paused")


def resume(message: Message) -> Turn:
    after = message.of(pause=None)
    key = "settings.resumed" if schedule.is_paused(message.member, message.now) else "settings.not_paused"
    return after.answer(key, when=next_checkin(after.member, message.now))


def snooze(message: Message) -> Turn:
    """The check-in comes again after a while: asked for, and so held neither by quiet hours nor by a pause."""
    wait = min(timedelta(minutes=max(1, message.args["minutes"])), _LONGEST_SNOOZE)
    at = (message.now + wait).astimezone(ZoneInfo(message.member.timezone))
    when = dates.at(at.date(), at.time(), message.local.date(), message.member.language)
    return message.of(snoozed_until=message.now + wait).answer("settings.snoozed", when=when)


def help_(message: Message) -> Turn:
    return message.answer("settings.help", contact=message.brand.contact)
