"""Changes a member's settings by the forms of their page, each of which holds one part of them. Pure.

A form changes its own part alone, so that one opened yesterday does not take back what was texted since about another.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from shared.content.texts import LANGUAGES
from shared.domain import addresses
from shared.domain.answers.settings import LONGEST_PAUSE
from shared.domain.form_fields import (
    Reading,
    WrongField,
    read_channels,
    read_days,
    read_email,
    read_hour,
    read_name,
    read_text,
    read_timezone,
    read_words,
)
from shared.domain.models import Channel, Member, Pause

Part = Literal["checkins", "pause", "you"]
PARTS: tuple[Part, ...] = get_args(Part)


class InvalidSettings(Exception):
    """The form cannot be taken as it is. `errors` has a sentence for each field that is wrong."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(f"invalid: {', '.join(errors)}")
        self.errors = errors


def changed(member: Member, part: Part, form: Mapping[str, Any], now: datetime) -> Member:
    """The member with a part of their settings as the form has it.

    Raises:
        InvalidSettings: with all that is wrong.
    """
    reading = Reading(member.language)
    readers: dict[Part, Callable[[], dict[str, Any]]] = {
        "checkins": lambda: _checkins(reading, form, member),
        "pause": lambda: _pause(reading, form, member, now),
        "you": lambda: _you(reading, form),
    }
    changes = readers[part]()
    if reading.errors:
        raise InvalidSettings(reading.errors)
    email = changes.pop("email", member.email)
    return addresses.given(member, email).model_copy(update=changes)


def _checkins(reading: Reading, form: Mapping[str, Any], member: Member) -> dict[str, Any]:
    channels = reading.take("channel", lambda: _channels(form, member)) or ()
    needed = "email" in channels
    return {
        "channels": channels,
        "email": reading.take("email", lambda: read_email(read_text(form.get("email")), needed=needed)),
        "prompt_time": reading.take("hour", lambda: read_hour(read_text(form.get("hour")), channels)),
        "days": reading.take("days", lambda: read_days(read_words(form.get("days")))),
        "timezone": reading.take("timezone", lambda: read_timezone(read_text(form.get("timezone")))),
    }


def _channels(form: Mapping[str, Any], member: Member) -> tuple[Channel, ...]:
    channels = read_channels(read_words(form.get("channel")))
    if "sms" in channels and member.phone_confirmed_at is None:
        raise WrongField("phone_unconfirmed")
    return channels


def _pause(reading: Reading, form: Mapping[str, Any], member: Member, now: datetime) -> dict[str, Any]:
    """As PAUSE and RESUME: a pause also ends what was put off and what was asked."""
    today = now.astimezone(ZoneInfo(member.timezone)).date()
    chosen = reading.take("pause", lambda: _chosen(read_text(form.get("pause"))))
    if chosen == "no":
        return {"pause": None}
    until = None
    if chosen == "until":
        until = reading.take("until", lambda: _until(read_text(form.get("until")), today))
    return {"pause": Pause(until=until), "snoozed_until": None, "open_question": None}


def _chosen(text: str) -> str:
    if text not in ("no", "until", "open"):
        raise WrongField("pause_missing")
    return text


def _until(text: str, today: date) -> date:
    try:
        until = date.fromisoformat(text)
    except ValueError:
        raise WrongField("until_unreadable") from None
    if not today < until <= today + LONGEST_PAUSE:
        raise WrongField("until_outside", first=today + timedelta(days=1))
    return until


def _you(reading: Reading, form: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": reading.take("name", lambda: read_name(read_text(form.get("name")))),
        "language": reading.take("language", lambda: _language(read_text(form.get("language")))),
    }


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise WrongField("language_unknown")
    return text
