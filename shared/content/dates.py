"""Names days, months and hours as a member's language does. Called by whatever says a date."""

from datetime import date, time

from shared.content import texts

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may_long", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def weekday(day: date, language: str = "en") -> str:
    """ "Tuesday"."""
    return texts.say(f"calendar.{_WEEKDAYS[day.weekday()]}", language)


def short_weekday(day: date, language: str = "en") -> str:
    """ "Tue"."""
    return texts.say(f"calendar.{_WEEKDAYS[day.weekday()][:3]}", language)


def month(day: date, language: str = "en") -> str:
    """ "October"."""
    return texts.say(f"calendar.{_MONTHS[day.month - 1]}", language)


def label(day: date, language: str = "en") -> str:
    """ "Tue 10 Mar"."""
    short = texts.say(f"calendar.{_MONTHS[day.month - 1][:3]}", language)
    return texts.say("calendar.date", language, weekday=short_weekday(day, language), day=day.day, month=short)


def at(day: date, hour: time, today: date, language: str = "en") -> str:
    """ "today at 19:30", "tomorrow at 19:30", "Wed at 19:30" within a week, "Tue 10 Mar at 19:30" further on."""
    ahead = (day - today).days
    if ahead in (0, 1):
        named = texts.say("calendar.tomorrow" if ahead else "calendar.today", language)
    else:
        named = short_weekday(day, language) if 0 < ahead < 7 else label(day, language)
    return texts.say("calendar.at", language, day=named, time=f"{hour:%H:%M}")
