"""Reads what a person asks for when they sign up, from a form or from JSON.

Liberal in how a thing may be written, strict in what it may come to: what `read` returns can be stored,
texted and mailed to as it is. Sentences for the person, in the language of their page, never repeat what they typed,
so an error can be logged.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import time
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import Field

from shared.content import dates, texts
from shared.content.texts import Language, preferred
from shared.domain.models import WEEKDAYS, Channel, Frozen, Weekday
from shared.domain.quiet import QUIET_FROM, QUIET_UNTIL, is_quiet, nearest_allowed

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

T = TypeVar("T")

FIELDS: Final = ("name", "country", "phone", "email", "channel", "hour", "days", "timezone", "consent")
"""The form's fields in its order, which is the order of errors too."""

HONEYPOT: Final = "website"
"""The field that only a machine sees, and so only a machine fills in."""

_NAME_LIMIT = 60
_EMAIL_LIMIT = 254
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

# Numbers that people try a service out with, which the library rightly calls not in use: there is no area code 555,
# and Britain keeps those for drama. Nobody has one, so nobody can be bothered by way of one.
_FICTIONAL = ((re.compile(r"\+1555\d{7}"), "US"), (re.compile(r"\+447700900\d{3}"), "GB"))


class Signup(Frozen):
    """What a person asked for, read and checked.

    `phone` is in E.164, `timezone` an IANA name, `days` and `channels` are in their usual order and never empty.
    `email` is there whenever `channels` has "email"; `prompt_time` is outside quiet hours whenever it has "sms".
    """

    name: str = Field(repr=False)
    phone: str = Field(repr=False)
    email: str | None = Field(default=None, repr=False)
    prompt_time: time
    days: tuple[Weekday, ...]
    timezone: str
    channels: tuple[Channel, ...]
    language: Language


class InvalidSignup(Exception):
    """The form cannot be taken as it is. `errors` has a sentence for each field that is wrong, in the form's order."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(f"invalid: {', '.join(errors)}")
        self.errors = errors


class LooksAutomated(Exception):
    """A machine filled the form in. Answer as though all were well, and do nothing."""


def read(form: Mapping[str, str | Sequence[str]], countries: Collection[str]) -> Signup:
    """What the form asks for. `countries` are the ISO codes of those that may sign up; the first is the usual one.

    Any other JSON value than text or a list of it is an error at its field, not a crash.

    Raises:
        InvalidSignup: with all that is wrong, not the first thing only.
        LooksAutomated: the hidden field is filled in.
    """
    if _given(form.get(HONEYPOT)):
        raise LooksAutomated
    errors: dict[str, str] = {}
    language = language_of(form)

    def take(field: str, reader: Callable[[], T]) -> T | None:
        try:
            return reader()
        except _WrongError as wrong:
            errors[field] = wrong.said(language)
            return None

    name = take("name", lambda: _name(_text(form.get("name"))))
    country = take("country", lambda: _country(_text(form.get("country")), countries))
    phone = take("phone", lambda: _phone(_text(form.get("phone")), country, countries))
    channels = take("channel", lambda: _channels(_words(_first(form, "channel", "channels"))))
    email = take("email", lambda: _email(_text(form.get("email")), needed="email" in (channels or ())))
    prompt_time = take("hour", lambda: _hour(_text(form.get("hour")), channels or ()))
    days = take("days", lambda: _days(_words(form.get("days"))))
    timezone = take("timezone", lambda: _timezone(_text(form.get("timezone"))))
    take("consent", lambda: _consent(form.get("consent")))
    if errors:
        raise InvalidSignup({field: errors[field] for field in FIELDS if field in errors})
    return Signup.model_validate(
        {
            "name": name,
            "phone": phone,
            "email": email,
            "prompt_time": prompt_time,
            "days": days,
            "timezone": timezone,
            "channels": channels,
            "language": language,
        }
    )


def language_of(form: Mapping[str, object], *guesses: object) -> Language:
    """The language of the page that the form was on, or else what is guessed: codes or Accept-Language headers."""
    named = form.get("language")
    return preferred(named if isinstance(named, str) else None, *guesses)


def country_names(countries: Collection[str], language: Language) -> dict[str, str]:
    """What the countries of these ISO codes are called."""
    named = texts.catalogue(language, "pages")
    return {code: named.get(f"country.{code}", (code,))[0] for code in countries}


def offered_timezones() -> tuple[str, ...]:
    """The zones to offer in a list: one for each place, without the old names, which `read` takes nevertheless."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    return (*sorted(line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")), "UTC")


class _WrongError(Exception):
    """What is wrong with a field: the name of the sentence for the person, and what it names."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self._key, self._values = key, values

    def said(self, language: Language) -> str:
        told = {name: dates.clock(v, language) if isinstance(v, time) else v for name, v in self._values.items()}
        return texts.say_on_page(f"error.{self._key}", language, **told)


def _given(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list | tuple):
        return any(item.strip() if isinstance(item, str) else item for item in value)
    return bool(value)


def _first(form: Mapping[str, object], *fields: str) -> object:
    return next((form[field] for field in fields if _given(form.get(field))), None)


def _text(value: object) -> str:
    """The one text that a field holds, trimmed, and "" where it holds none. Form parsers give lists of one."""
    match value:
        case None:
            return ""
        case bool():
            raise _WrongError("unreadable")
        case int() if abs(value) < 10**20:
            return str(value)
        case str() if len(value) <= _TEXT_LIMIT:
            return value.strip()
        case str():
            raise _WrongError("too_long")
        case list() | tuple() if not any(isinstance(item, list | tuple) for item in value):
            texts = {text for item in value if (text := _text(item))}
            if len(texts) > 1:
                raise _WrongError("several")
            return texts.pop() if texts else ""
        case _:
            raise _WrongError("unreadable")


def _words(value: object) -> str:
    """What a field holds as one line in small letters, whether it came as a text or as a list of them."""
    items = value if isinstance(value, list | tuple) else [value]
    if len(items) > len(WEEKDAYS) * 2:
        raise _WrongError("too_long")
    if any(isinstance(item, list | tuple) for item in items):
        raise _WrongError("unreadable")
    return ", ".join(_text(item) for item in items).casefold()


def _has_control(text: str) -> bool:
    # Cs, a lone surrogate, is possible in JSON and cannot be written as UTF-8; Zl and Zp break lines.
    return any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in _BIDI_CONTROLS for c in text)


def _name(text: str) -> str:
    if _has_control(text.replace("\t", " ")):
        raise _WrongError("name_letters")
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not any(c.isprintable() and not c.isspace() for c in name):
        raise _WrongError("name_missing")
    if len(name) > _NAME_LIMIT:
        raise _WrongError("name_long", most=_NAME_LIMIT)
    # The first message goes to a number that somebody typed, so a name must not carry a link to a stranger.
    if _LINK.search(name):
        raise _WrongError("name_link")
    return name


def _country(text: str, countries: Collection[str]) -> str | None:
    """The country that a number without a country code is read as of; None where no country may sign up at all."""
    if not text:
        return next(iter(countries), None)
    if text.upper() not in countries:
        raise _WrongError("country_unknown")
    return text.upper()


def _phone(text: str, country: str | None, countries: Collection[str]) -> str:
    if not text:
        raise _WrongError("phone_missing")
    try:
        return _phone_in(text, country, countries)
    except _WrongError:
        digits = re.sub(r"\D", "", text)
        if text.startswith("+") or not digits:
            raise
        # Written with the country code but without its plus, or with the 00 that many dial for it.
        try:
            return _phone_in("+" + digits.removeprefix("00"), None, countries)
        except _WrongError:
            pass
        raise


def _phone_in(text: str, country: str | None, countries: Collection[str]) -> str:
    import phonenumbers  # Here, since it takes 90 ms and only the one who signs up needs it.

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise _WrongError("phone_unreadable") from None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    region = _region(number, e164)
    if number.extension:
        raise _WrongError("phone_extension")
    if region is None:
        raise _WrongError("phone_unused")
    if region not in countries:
        raise _WrongError("country")
    kinds = phonenumbers.PhoneNumberType
    # In +1 the library cannot tell mobile from fixed. Unknown is what the fictional ones are.
    mobile = {kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE, kinds.VOIP, kinds.UNKNOWN}
    if phonenumbers.number_type(number) not in mobile:
        raise _WrongError("phone_kind")
    return e164


def _region(number: "PhoneNumber", e164: str) -> str | None:
    """The country of a number that may exist, None for any other."""
    import phonenumbers

    for pattern, region in _FICTIONAL:
        if pattern.fullmatch(e164):
            return phonenumbers.region_code_for_number(number) or region
    return phonenumbers.region_code_for_number(number) if phonenumbers.is_valid_number(number) else None


def _channels(words: str) -> tuple[Channel, ...]:
    if not words:
        raise _WrongError("channel")
    chosen: set[Channel] = set()
    for word in re.split(r"[\s,;+&]+", words):
        if word not in _CHANNELS and word not in {"", "and"}:
            raise _WrongError("channel")
        chosen.update(_CHANNELS.get(word, ()))
    return tuple(channel for channel in _CHANNELS["both"] if channel in chosen)


def _email(text: str, *, needed: bool) -> str | None:
    if not text:
        if needed:
            raise _WrongError("email_missing")
        return None
    local, _, domain = text.rpartition("@")
    try:
        # Small letters and, for a domain in other scripts, the ASCII form that mail is sent with.
        domain = domain.lower() if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    address = f"{local}@{domain}"
    if (
        len(address) > _EMAIL_LIMIT
        or len(local) > 64  # RFC 5321
        or not _LOCAL_PART.fullmatch(local)
        or not _DOMAIN.fullmatch(domain)
    ):
        raise _WrongError("email_unreadable")
    return address


def _hour(text: str, channels: tuple[Channel, ...]) -> time:
    local = _clock(text)
    if "sms" in channels and is_quiet(local):
        nearest = nearest_allowed(local)
        raise _WrongError("hour_quiet", opens=QUIET_UNTIL, closes=QUIET_FROM, nearest=nearest, wanted=local)
    return local


def _clock(text: str) -> time:
    if not text:
        raise _WrongError("hour_missing")
    named = {"noon": time(12), "midday": time(12), "midnight": time(0)}
    if text.casefold() in named:
        return named[text.casefold()]
    match = _CLOCK.fullmatch(text)
    if not match:
        raise _WrongError("hour_unreadable")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and hour <= 12:  # "19:30 pm" is clear enough
        hour = (hour % 12 + (12 if half == "p" else 0)) if hour else 24
    elif half == "a":
        hour = 24
    if hour > 23 or minute > 59:
        raise _WrongError("hour_none")
    return time(hour, minute)


def _days(words: str) -> tuple[Weekday, ...]:
    words = re.sub(r"\b(every|week|work)[ -](days?)\b", r"\1\2", words)
    words = re.sub(r"\s*(?:[-–—]|\b(?:to|through|thru|until|till)\b)\s*", "-", words)
    chosen: set[Weekday] = set()
    for word in re.split(r"[\s,;/&+]+", words):
        if word not in {"", "and", "on", "from"}:
            chosen.update(_days_of(word))
    if not chosen:
        raise _WrongError("days_missing")
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
    raise _WrongError("days_unreadable")


def _timezone(text: str) -> str:
    if not text:
        raise _WrongError("timezone_missing")
    name = _zones().get("_".join(text.casefold().split()))
    if name is None:
        raise _WrongError("timezone_unknown")
    return name


@cache
def _zones() -> Mapping[str, str]:
    """Every zone of the `tzdata` package, by its name in small letters.

    A look-up in its list rather than ZoneInfo(key): that one also opens the system's files, which may differ,
    and some of which ("localtime", "posixrules") are no zones.
    """
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.casefold(): name for name in names if name not in {"Factory", "localtime", "posixrules"}}


def _consent(value: object) -> None:
    given = value is True or (not isinstance(value, bool) and _text(value).casefold() in {"on", "yes", "true", "1"})
    if not given:
        raise _WrongError("consent")
