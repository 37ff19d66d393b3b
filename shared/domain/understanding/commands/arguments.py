"""Reads what a command takes, from a text that is known to hold that command, in whatever words it was asked.

The frames in `frames.py` find a command by its words and its arguments with it. Where a command was recognised
otherwise, its arguments are looked for in the whole text, by the same grammar of times, days and places.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from shared.domain.understanding.commands import settings
from shared.domain.understanding.commands.asked_days import read_days
from shared.domain.understanding.commands.asked_names import read_name, read_score, read_zone
from shared.domain.understanding.commands.asked_times import read_time, read_until, read_wait
from shared.domain.understanding.commands.message import Message

Arguments = Mapping[str, Any]


def read_arguments(name: str, message: Message) -> dict[str, Any] | None:
    """The arguments of the command `name`; None where the text holds none that it needs.

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(name: str, text: str) -> object:
    ...     return read_arguments(name, Message(text, Context(), datetime(2026, 3, 3, 19, 42, tzinfo=UTC)))
    >>> read("set_time", "hit me up at 5 stead of 6 from now on"), read("snooze", "gis an hour and a half")
    ({'time': '17:00'}, {'minutes': 90})
    >>> read("pause", "bayram is coming, dont write until 23 march"), read("stats", "am i on a streak")
    ({'until': '2026-03-23'}, {})
    >>> read("set_days", "I gig Sat and Sun so leave those be")
    {'days': ['mon', 'tue', 'wed', 'thu', 'fri']}
    >>> read("set_timezone", "From this week I live in Lisbon"), read("set_name", "everybody calls me Shan, use that")
    ({'timezone': 'Europe/Lisbon'}, {'name': 'Shan'})
    >>> read("correct", "I put 4 and I wanted to say 6"), read("buddy", "my sister keeps an eye on me: +44 7700 900318")
    ({'mood': 6.0}, {'phone': '+447700900318'})
    """
    reader = _READERS.get(name)
    if reader is None:
        return {}
    found = reader(message)
    return None if found is None else dict(found)


def _email(message: Message) -> Arguments | None:
    match = re.search(settings.EMAIL, message.text)
    return {"email": match[0]} if match else None


def _phone(message: Message) -> Arguments | None:
    written = (settings.e164(match[0], message.country) for match in re.finditer(settings.PHONE, message.text))
    phone = next(filter(None, written), None)
    return {"phone": phone} if phone else None


def _goal(message: Message) -> Arguments:
    from shared.domain.understanding.answers.goals import read_goal

    return read_goal(message.text, message.now).args


def _signs(message: Message) -> Arguments | None:
    from shared.domain.understanding.answers.signs import read_signs

    signs = read_signs(message.text, known=True)
    return None if signs is None else {"signs": signs}


def _months(message: Message) -> Arguments | None:
    from shared.domain.understanding.answers.savings import read_savings

    months = read_savings(message.text, known=True)
    return None if months is None else {"months": months}


def _items(message: Message) -> Arguments | None:
    from shared.domain.understanding.answers.lists import read_items

    items = read_items(message.text, complaints=message.context.asked == "dealbreakers")
    return None if items is None else {"items": items}


_READERS: dict[str, Callable[[Message], Arguments | None]] = {
    "set_time": read_time,
    "snooze": read_wait,
    "pause": read_until,
    "set_days": read_days,
    "set_timezone": read_zone,
    "set_name": read_name,
    "set_email": _email,
    "buddy": _phone,
    "correct": read_score,
    "new_goal": _goal,
    "rut_check": _signs,
    "savings": _months,
    "values": _items,
    "dealbreakers": _items,
}
