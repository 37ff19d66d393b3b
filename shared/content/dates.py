"""Names days, months and hours as a member's language does. Called by whatever says a date."""

from datetime import date, time

from shared.content import texts
from shared.content.texts import Language

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may_long", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def weekday(day: date, language: Language) -> str:
    """ "Tuesday"."""
    return texts.say(f"calendar.{_WEEKDAYS[day.weekday()]}", language)


def short_weekday(day: date, language: Language) -> str:
    """ "Tue"."""
    return texts.say(f"calendar.{_WEEKDAYS[day.weekday()][:3]}", language)


def day_of_month(day: date, language: Language) -> str:
    """ "Tue 13", as a day is named within its month."""
    return f"{short_weekday(day, language)} {day.day}"


def month(day: date, language: Language) -> str:
    """ "October"."""
    return texts.say(f"calendar.{_MONTHS[day.month - 1]}", language)


def month_and_year(day: date, language: Language) -> str:
    """ "October 2026"."""
    return texts.say("calendar.month_of", language, month=month(day, language), year=day.year)


def short_month(day: date, language: Language) -> str:
    """ "Oct"."""
    return texts.say(f"calendar.{_MONTHS[day.month - 1][:3]}", language)


def label(day: date, language: Language) -> str:
    """ "Tue 10 Mar"."""
    weekday, month = short_weekday(day, language), short_month(day, language)
    return texts.say("calendar.date", language, weekday=weekday, day=day.day, month=month)


def dated(day: date, language: Language) -> str:
    """ "10 Mar 2026", as a document names a day."""
    return texts.say("calendar.dated", language, day=day.day, month=short_month(day, language), year=day.year)


def beside(day: date, today: date, language: Language) -> str:
    """ "Tue 10 Mar", with its year where that is not today's."""
    named = label(day, language)
    return named if day.year == today.year else texts.say("goals.far", language, date=named, year=day.year)


def clock(at: time | str, language: Language) -> str:
    """ "7:30 pm", or "19:30" where that is how hours are written on a page."""
    told = time.fromisoformat(at) if isinstance(at, str) else at
    return told.strftime(texts.say_on_page("clock.form", language)).lower()


def at(day: date, hour: time, today: date, language: Language) -> str:
    """ "today at 19:30", "tomorrow at 19:30", "Wed at 19:30" within a week, "Tue 10 Mar at 19:30" further on."""
    ahead = (day - today).days
    if ahead in (0, 1):
        named = texts.say("calendar.tomorrow" if ahead else "calendar.today", language)
    else:
        named = short_weekday(day, language) if 0 < ahead < 7 else label(day, language)
        named = texts.say("calendar.on", language, day=named)
    return texts.say("calendar.at", language, day=named, time=f"{hour:%H:%M}")
