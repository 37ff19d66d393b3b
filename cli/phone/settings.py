"""What the phone has to be told about the service it talks to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path


class NudgeRefused(Exception):
    """The service will not send this nudge; `sentence` says why, to be shown as it is.

    Args:
        status: the HTTP status it is answered with: 404 for a number that nobody signed up,
            409 where the member's state forbids it.
    """

    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


@dataclass(frozen=True)
class PhoneSettings:
    """Where everything is, and the calls that only its operator, or SES, can make."""

    database: Path
    """SQLite file, made where it is missing; texts and mails outlive a restart in it."""
    account_sid: str
    auth_token: str
    service_number: str
    """The service's own number, E.164."""
    api: str
    """The service's public base URL, which signatures are made over."""
    gateway: str
    """Where the service really answers."""
    gateway_host: str
    """The Host header that it wants there."""
    send_nudge: Callable[[str, str, str], Awaitable[None]]
    """Called with number, kind and request id; raises `NudgeRefused`."""
    send_mail: Callable[[str, bytes], Awaitable[None]]
    """Called with the key and the content of the object that SES would store."""
    ready: Callable[[], Awaitable[bool]]
    """Whether everything behind the phone is up."""
