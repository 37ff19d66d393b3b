"""Reads what a person asks for when they sign up, from a form or from JSON.

Liberal in how a thing may be written, strict in what it may come to: what `read` returns can be stored,
texted and mailed to as it is. Sentences for the person, in the language of their page, never repeat what they typed,
so an error can be logged.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import TYPE_CHECKING, Final

from pydantic import Field

from shared.content import texts
from shared.content.texts import Language, preferred
from shared.domain.form_fields import (
    Reading,
    WrongField,
    first_given,
    is_given,
    read_channels,
    read_days,
    read_email,
    read_hour,
    read_name,
    read_text,
    read_timezone,
    read_words,
)
from shared.domain.models import Channel, Frozen, Weekday

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

FIELDS: Final = ("name", "country", "phone", "email", "channel", "hour", "days", "timezone", "consent")
"""The form's fields in its order, which is the order of errors too."""

HONEYPOT: Final = "website"
"""The field that only a machine sees, and so only a machine fills in."""

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
    if is_given(form.get(HONEYPOT)):
        raise LooksAutomated
    language = language_of(form)
    reading = Reading(language)
    take = reading.take
    name = take("name", lambda: read_name(read_text(form.get("name"))))
    country = take("country", lambda: _country(read_text(form.get("country")), countries))
    phone = take("phone", lambda: _phone(read_text(form.get("phone")), country, countries))
    channels = take("channel", lambda: read_channels(read_words(first_given(form, "channel", "channels"))))
    email = take("email", lambda: read_email(read_text(form.get("email")), needed="email" in (channels or ())))
    prompt_time = take("hour", lambda: read_hour(read_text(form.get("hour")), channels or ()))
    days = take("days", lambda: read_days(read_words(form.get("days"))))
    timezone = take("timezone", lambda: read_timezone(read_text(form.get("timezone"))))
    take("consent", lambda: _consent(form.get("consent")))
    if reading.errors:
        raise InvalidSignup({field: reading.errors[field] for field in FIELDS if field in reading.errors})
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


def _country(text: str, countries: Collection[str]) -> str | None:
    """The country that a number without a country code is read as of; None where no country may sign up at all."""
    if not text:
        return next(iter(countries), None)
    if text.upper() not in countries:
        raise WrongField("country_unknown")
    return text.upper()


def _phone(text: str, country: str | None, countries: Collection[str]) -> str:
    if not text:
        raise WrongField("phone_missing")
    try:
        return _phone_in(text, country, countries)
    except WrongField:
        digits = re.sub(r"\D", "", text)
        if text.startswith("+") or not digits:
            raise
        # Written with the country code but without its plus, or with the 00 that many dial for it.
        try:
            return _phone_in("+" + digits.removeprefix("00"), None, countries)
        except WrongField:
            pass
        raise


def _phone_in(text: str, country: str | None, countries: Collection[str]) -> str:
    import phonenumbers  # Here, since it takes 90 ms and only the one who signs up needs it.

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise WrongField("phone_unreadable") from None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    region = _region(number, e164)
    if number.extension:
        raise WrongField("phone_extension")
    if region is None:
        raise WrongField("phone_unused")
    if region not in countries:
        raise WrongField("country")
    kinds = phonenumbers.PhoneNumberType
    # In +1 the library cannot tell mobile from fixed. Unknown is what the fictional ones are.
    mobile = {kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE, kinds.VOIP, kinds.UNKNOWN}
    if phonenumbers.number_type(number) not in mobile:
        raise WrongField("phone_kind")
    return e164


def _region(number: "PhoneNumber", e164: str) -> str | None:
    """The country of a number that may exist, None for any other."""
    import phonenumbers

    for pattern, region in _FICTIONAL:
        if pattern.fullmatch(e164):
            return phonenumbers.region_code_for_number(number) or region
    return phonenumbers.region_code_for_number(number) if phonenumbers.is_valid_number(number) else None


def _consent(value: object) -> None:
    given = value is True or (not isinstance(value, bool) and read_text(value).casefold() in {"on", "yes", "true", "1"})
    if not given:
        raise WrongField("consent")
