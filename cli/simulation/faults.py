"""What goes wrong, and when: drawn from the seed, and counted by kind."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from botocore.exceptions import ClientError, ConnectTimeoutError

# How likely each is whenever it could happen: at a call over the network, or as a message or a webhook is handed on.
RATES = {
    "crashes_before_a_call": 0.0008,
    "crashes_after_a_call": 0.0008,
    "dynamodb_throttles": 0.0008,
    "dynamodb_conflicts": 0.002,  # of transactions
    "sqs_errors": 0.001,
    "ses_throttles": 0.01,
    "twilio_throttles": 0.006,
    "twilio_timeouts_before_acceptance": 0.004,
    "twilio_timeouts_after_acceptance": 0.006,
    "messages_repeated": 0.015,
    "messages_reordered": 0.03,
    "ticks_repeated": 0.01,
    "webhooks_repeated": 0.02,
    "webhook_answers_lost": 0.004,
    "receipts_repeated": 0.02,
    "receipts_lost": 0.03,
    "texts_undelivered": 0.004,
    "races": 0.001,  # before any call for a member
}
# What lasts: how long, and how many times in a month.
LASTING = {
    "twilio_down": (timedelta(hours=1), 3),
    "ticks_missing": (timedelta(hours=3), 3),
    "table_down": (timedelta(minutes=40), 3),
}
_MONTH = timedelta(days=30)


class Crashed(BaseException):
    """The process is gone, as any may be between two effects. Nothing of ours catches it."""


class Faults:
    """Draws what goes wrong from `start` until `end`. Without `on`, nothing does."""

    def __init__(self, seed: int, start: datetime, end: datetime, on: bool = True) -> None:
        self.counts: Counter[str] = Counter()
        self._on = on
        self._random = Random(f"faults of {seed}")  # noqa: S311
        self._lasting = {kind: self._spans(kind, start, end) for kind in LASTING}

    def _spans(self, kind: str, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        length, a_month = LASTING[kind]
        times = round((end - start) / _MONTH * a_month) if self._on else 0
        begins = sorted(start + (end - start) * self._random.random() for _ in range(times))
        return [(begin, begin + length) for begin in begins]

    def strikes(self, kind: str) -> bool:
        """Whether it happens this time."""
        struck = self._on and self._random.random() < RATES[kind]
        self.counts[kind] += struck
        return struck

    def first_of(self, *kinds: str) -> str | None:
        """The one of these that happens this time; none, mostly."""
        if not self._on:
            return None
        drawn = self._random.random()
        for kind in kinds:
            drawn -= RATES[kind]
            if drawn < 0:
                self.counts[kind] += 1
                return kind
        return None

    def lasts(self, kind: str, now: datetime) -> datetime | None:
        """Until when it lasts, if it does at `now`; each time that this is so counts."""
        until = max((end for begin, end in self._lasting[kind] if begin <= now < end), default=None)
        self.counts[kind] += until is not None
        return until

    def between(self, least: float, most: float) -> float:
        """A number at random, such as how late something is."""
        return self._random.uniform(least, most)

    def call(self, made: Callable[..., Any], request: dict[str, Any], *kinds: str) -> Any:
        """Make a call, unless it fails by one of these kinds; the process may die right before it and right after."""
        kind = self.first_of("crashes_before_a_call", "crashes_after_a_call", *kinds)
        if kind == "crashes_before_a_call":
            raise Crashed
        if kind and kind != "crashes_after_a_call":
            raise _ERRORS[kind]()
        answer = made(**request)
        if kind == "crashes_after_a_call":
            raise Crashed
        return answer


def _throttled(code: str, operation: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "Rate exceeded"}}, operation)


_ERRORS: dict[str, Callable[[], Exception]] = {
    "dynamodb_throttles": lambda: _throttled("ProvisionedThroughputExceededException", "DynamoDB"),
    "dynamodb_conflicts": lambda: _throttled("TransactionConflictException", "TransactWriteItems"),
    "sqs_errors": lambda: ConnectTimeoutError(endpoint_url="https://sqs.example"),
    "ses_throttles": lambda: _throttled("Throttling", "SendRawEmail"),
}
