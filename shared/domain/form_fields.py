"""Reads the fields of a form: the sign-up's, and those of the settings on a member's page.

Liberal in how a thing may be written, strict in what it may come to. Sentences for the person never repeat what they
typed, so an error can be logged.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from shared.content import dates, texts
from shared.content.texts import Language
from shared.domain.models import WEEKDAYS, Channel, Weekday
from shared.domain.quiet import QUIET_FROM, QUIET_UNTIL, is_quiet, nearest_allowed

T = TypeVar("T")

OFFERED_HOURS = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30))

LONGEST_NAME = 60  # characters
LONGEST_EMAIL = 254  # RFC 5321
_TEXT_LIMIT = 300

_CHANNELS: Mapping[str, tuple[Channel, ...]] = {
    "sms": ("sms",),
    "text": ("sms",),
    "texts": ("sms",),
    "email": ("email",),
    "e-mail": ("email",),
    "mail": ("email",),
    "both": ("sms", "email"),
}

_DAY_SETS: Mapping[str, tuple[Weekday, ...]] = {
    "everyday": WEEKDAYS,
    "daily": WEEKDAYS,
    "all": WEEKDAYS,
    "weekdays": WEEKDAYS[:5],
    "workdays": WEEKDAYS[:5],
    "weekend": WEEKDAYS[5:],
    "weekends": WEEKDAYS[5:],
}
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_CLOCK = re.compile(r"(\d{1,2})(?:\s?[:.h]?\s?(\d{2})(?::00)?)?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)
_LINK = re.compile(r"://|www\.|[@/<>]|\w{2}\.(?:[a-z]{2,}|[A-Z]{2,})\b")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]{1,62}[a-z0-9]")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class WrongField(Exception):
    """What is wrong with a field: the name of the sentence for the person, and what it names."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self._key, self._values = key, values

    def said(self, language: Language) -> str:
        """In a sentence."""
        told = {name: _told(value, language) for name, value in self._values.items()}
        return texts.say_on_page(f"error.{self._key}", language, **told)


def _told(value: object, language: Language) -> object:
    match value:
        case time():
            return dates.clock(value, language)
        case date():
            return dates.label(value, language)
    return value


class Reading:
    """Reads one field after another, and keeps a sentence on each that is wrong."""

    def __init__(self, language: Language) -> None:
        self.errors: dict[str, str] = {}
        self._language = language

    def take(self, field: str, reader: Callable[[], T]) -> T | None:
        """What `reader` reads; None where that is wrong."""
        try:
            return reader()
        except WrongField as wrong:
            self.errors[field] = wrong.said(self._language)
            return None


def offered_timezones() -> tuple[str, ...]:
    """The zones to offer in a list: one for each place, without the old names, which `read` takes nevertheless."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    return (*sorted(line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")), "UTC")


def is_given(value: object) -> bool:
    """Whether anything was typed or chosen."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list | tuple):
        return any(item.strip() if isinstance(item, str) else item for item in value)
    return bool(value)


def first_given(form: Mapping[str, object], *fields: str) -> object:
    """The first of these fields in which anything was."""
    return next((form[field] for field in fields if is_given(form.get(field))), None)


def to_show_again(form: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, for a form that is shown again: without what is too long to be taken, or for a page to hold."""
    return {name: value for name, value in form.items() if not isinstance(value, str) or len(value) <= _TEXT_LIMIT}


def read_text(value: object) -> str:
    """The one text that a field holds, trimmed, and "" where it holds none. Form parsers give lists of one."""
    match value:
        case None:
            return ""
        case bool():
            raise WrongField("unreadable")
        case int() if abs(value) < 10**20:
            return str(value)
        case str() if len(value) <= _TEXT_LIMIT:
            return value.strip()
        case str():
            raise WrongField("too_long")
        case list() | tuple() if not any(isinstance(item, list | tuple) for item in value):
            texts = {text for item in value if (text := read_text(item))}
            if len(texts) > 1:
                raise WrongField("several")
            return texts.pop() if texts else ""
        case _:
            raise WrongField("unreadable")


def read_words(value: object) -> str:
    """What a field holds as one line in small letters, whether it came as a text or as a list of them."""
    items = value if isinstance(value, list | tuple) else [value]
    if len(items) > len(WEEKDAYS) * 2:
        raise WrongField("too_long")
    if any(isinstance(item, list | tuple) for item in items):
        raise WrongField("unreadable")
    return ", ".join(read_text(item) for item in items).casefold()


def _has_control(text: str) -> bool:
    # Cs, a lone surrogate, is possible in JSON and cannot be written as UTF-8; Zl and Zp break lines.
    return any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in _BIDI_CONTROLS for c in text)


def read_name(text: str) -> str:
    """A name to call somebody by, in one line."""
    if _has_control(text.replace("\t", " ")):
        raise WrongField("name_letters")
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not any(c.isprintable() and not c.isspace() for c in name):
        raise WrongField("name_missing")
    if len(name) > LONGEST_NAME:
        raise WrongField("name_long", most=LONGEST_NAME)
    # The first message goes to a number that somebody typed, so a name must not carry a link to a stranger.
    if _LINK.search(name):
        raise WrongField("name_link")
    return name


def read_channels(words: str) -> tuple[Channel, ...]:
    """In their usual order, one at least."""
    if not words:
        raise WrongField("channel")
    chosen: set[Channel] = set()
    for word in re.split(r"[\s,;+&]+", words):
        if word not in _CHANNELS and word not in {"", "and"}:
            raise WrongField("channel")
        chosen.update(_CHANNELS.get(word, ()))
    return tuple(channel for channel in _CHANNELS["both"] if channel in chosen)


def read_email(text: str, *, needed: bool) -> str | None:
    """An address that mail can be sent to, its domain in small letters and in ASCII."""
    if not text:
        if needed:
            raise WrongField("email_missing")
        return None
    local, _, domain = text.rpartition("@")
    try:
        # Small letters and, for a domain in other scripts, the ASCII form that mail is sent with.
        domain = domain.lower() if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    address = f"{local}@{domain}"
    if (
        len(address) > LONGEST_EMAIL
        or len(local) > 64  # RFC 5321
        or not _LOCAL_PART.fullmatch(local)
        or not _DOMAIN.fullmatch(domain)
    ):
        raise WrongField("email_unreadable")
    return address


def read_hour(text: str, channels: tuple[Channel, ...]) -> time:
    """The hour of a check-in, which for texts must not be a quiet one."""
    local = _clock(text)
    if "sms" in channels and is_quiet(local):
        nearest = nearest_allowed(local)
        raise WrongField("hour_quiet", opens=QUIET_UNTIL, closes=QUIET_FROM, nearest=nearest, wanted=local)
    return local


def _clock(text: str) -> time:
    if not text:
        raise WrongField("hour_missing")
    named = {"noon": time(12), "midday": time(12), "midnight": time(0)}
    if text.casefold() in named:
        return named[text.casefold()]
    match = _CLOCK.fullmatch(text)
    if not match:
        raise WrongField("hour_unreadable")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and hour <= 12:  # "19:30 pm" is clear enough
        hour = (hour % 12 + (12 if half == "p" else 0)) if hour else 24
    elif half == "a":
        hour = 24
    if hour > 23 or minute > 59:
        raise WrongField("hour_none")
    return time(hour, minute)


def read_days(words: str) -> tuple[Weekday, ...]:
    """Weekdays in their order, one at least: "mon, wed", "weekdays", "tue to fri"."""
    words = re.sub(r"\b(every|week|work)[ -](days?)\b", r"\1\2", words)
    words = re.sub(r"\s*(?:[-–—]|\b(?:to|through|thru|until|till)\b)\s*", "-", words)
    chosen: set[Weekday] = set()
    for word in re.split(r"[\s,;/&+]+", words):
        if word not in {"", "and", "on", "from"}:
            chosen.update(_days_of(word))
    if not chosen:
        raise WrongField("days_missing")
    return tuple(day for day in WEEKDAYS if day in chosen)


def _days_of(word: str) -> tuple[Weekday, ...]:
    if word in _DAY_SETS:
        return _DAY_SETS[word]
    if word in {"weekday", "workday"}:
        return _DAY_SETS["weekdays"]
    first, dash, last = word.partition("-")
    start = _day_index(first)
    end = _day_index(last) if dash else start
    return tuple(WEEKDAYS[(start + step) % 7] for step in range((end - start) % 7 + 1))


def _day_index(word: str) -> int:
    """Which day a word means, by any beginning of its name that has three letters: "tue", "tues", "Tuesdays"."""
    stem = word.removesuffix(".")
    for index, day in enumerate(_DAY_NAMES):
        if len(stem) >= 3 and (day.startswith(stem) or stem in {f"{day}s", "weds" if day == "wednesday" else day}):
            return index
    raise WrongField("days_unreadable")


def read_timezone(text: str) -> str:
    """The IANA name of a zone, however its letters are written."""
    if not text:
        raise WrongField("timezone_missing")
    name = _zones().get("_".join(text.casefold().split()))
    if name is None:
        raise WrongField("timezone_unknown")
    return name


@cache
def _zones() -> Mapping[str, str]:
    """Every zone of the `tzdata` package, by its name in small letters.

    A look-up in its list rather than ZoneInfo(key): that one also opens the system's files, which may differ,
    and some of which ("localtime", "posixrules") are no zones.
    """
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.casefold(): name for name in names if name not in {"Factory", "localtime", "posixrules"}}
