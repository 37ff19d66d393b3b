"""What the service promises, whatever happens in whatever order: the functions on MiniStack's table.

Ticks come late and twice; the queue brings messages again, out of order and much later; Twilio fails, refuses, and
takes a text without saying so; functions die between any two calls; members write in between, and their texts come
again. What is promised is in the names of what is checked.
"""

import json
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import requests
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from twilio.http import HttpClient
from twilio.http.response import Response

from shared.domain.models import Due, Nudge
from shared.storage.store import Store
from tests.functions import NUMBER, TABLE, Functions, running

START = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)  # a Friday; on Sunday the clocks of New York change
ZONES = {"+14155550123": "America/New_York", "+14155550124": "Asia/Kathmandu"}
PHONES = st.sampled_from(sorted(ZONES))
WORDS = st.sampled_from(
    ["7", "6. Win: sent the portfolio", "skip", "stats", "later", "pause 1 day", "resume", "resume", "yes"]
)
REPEATED = st.sampled_from([False, False, True])
FAILURES = st.sampled_from([None, None, None, "down", "overloaded", "times out", "times out behind the text"])
DEATHS = st.sampled_from([None, None, None, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5])  # see `Flaky`
DEATHS_OF_WEBHOOKS = st.none() | st.integers(0, 10).map(lambda halves: halves / 2)
ENDED = (
    "sent",
    "failed",
    "unreachable",
    "missed",
    "merged",
    "skipped",
    "answered",
    "paused",
    "not_a_member_now",
    "hushed",
)


class Died(BaseException):
    """The function's process ended here: nothing of it runs on, not even what answers errors."""


class Flaky:
    """The table's client; at one of the calls to come, before or after it is made, the function may die."""

    def __init__(self, client: Any) -> None:
        self.exceptions = client.exceptions
        self.dies_at: float = float("inf")  # as a number of calls: 2 is before the third, 2.5 after it
        self._client = client

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        return lambda **request: self._call(lambda: getattr(self._client, operation)(**request))

    def get_paginator(self, operation: str) -> Any:
        return self._call(lambda: self._client.get_paginator(operation))

    def _call(self, call: Callable[[], Any]) -> Any:
        left, self.dies_at = self.dies_at, self.dies_at - 1
        if left == 0:
            raise Died
        answer = call()
        if left == 0.5:
            raise Died
        return answer


@dataclass
class Text:
    """One that Twilio took."""

    sid: str
    phone: str
    body: str
    nudge: str
    at: datetime


class Twilio(HttpClient):
    """The API at the level of HTTP. It fails as it is told, and refuses numbers that opted out with it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(logging.getLogger("twilio"), False, None)
        self.texts: list[Text] = []
        self.opted_out: set[str] = set()
        self.fails: str | None = None
        self._now = now

    def request(self, method: str, _: str, params: Any = None, data: Any = None, *__: Any, **___: Any) -> Response:
        if self.fails in ("down", "times out"):
            raise requests.exceptions.ConnectTimeout if self.fails == "down" else requests.exceptions.ReadTimeout
        if self.fails == "overloaded":
            return Response(503, json.dumps({"code": 20500, "message": "", "status": 503}))
        answer = self._take(data) if method == "POST" else self._list(params)
        if self.fails == "times out behind the text":
            raise requests.exceptions.ReadTimeout
        return answer

    def _take(self, data: dict[str, Any]) -> Response:
        if data["To"] in self.opted_out:
            return Response(400, json.dumps({"code": 21610, "message": "", "status": 400}))
        named = parse_qs(urlsplit(data["StatusCallback"]).query)
        sid = f"SM{len(self.texts):032}"
        text = Text(sid, data["To"], data["Body"], f"{named['member'][0]} {named['nudge'][0]}", self._now())
        self.texts.append(text)
        return Response(201, json.dumps(_resource(text)))

    def _list(self, asked: dict[str, Any]) -> Response:
        found = [_resource(text) for text in reversed(self.texts) if text.phone == asked["To"]]
        return Response(200, json.dumps({"messages": found, "next_page_uri": None}))


def _resource(text: Text) -> dict[str, Any]:
    at = format_datetime(text.at)
    named = {"sid": text.sid, "to": text.phone, "from": NUMBER, "body": text.body}
    return named | {"direction": "outbound-api", "status": "sent", "date_created": at, "date_sent": at}


class World(RuleBasedStateMachine):
    """Two members in two zones, and all that may befall what goes to and from them."""

    def __init__(self, client: Any) -> None:
        super().__init__()
        self.table = Flaky(client)
        self.twilio = Twilio(lambda: self.functions.time)
        self.functions = Functions(self.table, self.twilio, START)
        self.store = Store(client, TABLE, self.functions.now)
        self._running = running(self.functions)
        self._running.__enter__()
        self._due: list[Due] = []  # at some tick
        self._queue: list[str] = []
        self._queued: set[str] = set()
        self._told: dict[str, tuple[dict[str, str], Any]] = {}  # webhooks that were answered, and how
        self._unanswered: dict[str, dict[str, str]] = {}  # by phone: at most one, so that texts keep their order
        self._stopped: set[str] = set()
        self._after_stop: list[Text] = []
        self._seen = 0

    @initialize()
    def members_join(self) -> None:
        for phone, zone in ZONES.items():
            form = {"name": "Ana", "phone": phone, "channel": "sms", "hour": "18:30", "days": "daily", "consent": "on"}
            assert self.functions.sign_up({**form, "timezone": zone})["statusCode"] == 200
            self._text(phone, "YES")
        self._take_queue()

    # What befalls

    @rule(minutes=st.sampled_from([1, 3, 5, 20, 61, 600]))
    def time_goes_by(self, minutes: int) -> None:
        self.functions.time += timedelta(minutes=minutes)

    @rule(late=st.sampled_from([0, 0, 1, 2, 50, 119, 121]), comes_again=REPEATED, fails=FAILURES, dies_at=DEATHS)
    def a_nudge_falls_due(self, late: int, comes_again: bool, fails: str | None, dies_at: float | None) -> None:
        """And is delivered straight away, well or badly; other messages on the queue wait."""
        coming = [due.at for due in self.store.due(self.functions.time + timedelta(days=3))]
        if coming:
            self.functions.time = max(self.functions.time, min(coming) + timedelta(minutes=late))
        self.tick_at(dies_at=None)
        if self._queue:
            self.messages_are_delivered([0], comes_again, fails, dies_at)

    @rule(dies_at=st.none() | st.integers(16, 40).map(lambda halves: halves / 2))
    def tick_at(self, dies_at: float | None) -> None:
        """Eight queries find what is due; from then on the function may die."""
        self._due += self.store.due(self.functions.time)
        with self._dying(dies_at):
            assert self.functions.tick()["failed"] == 0
        self._take_queue()

    @precondition(lambda self: self._queue)
    @rule(
        which=st.lists(st.sampled_from([0, 0, 1, 2, 10]), min_size=1, max_size=3),
        comes_again=REPEATED,
        fails=FAILURES,
        dies_at=DEATHS,
    )
    def messages_are_delivered(
        self, which: list[int], comes_again: bool, fails: str | None, dies_at: float | None
    ) -> None:
        bodies = list(dict.fromkeys(self._queue[-1 - n % len(self._queue)] for n in which))
        self.twilio.fails = fails
        failed = set(bodies)
        with self._dying(dies_at):
            answer = self.functions.deliver(bodies)
            failed = {bodies[int(each["itemIdentifier"])] for each in answer["batchItemFailures"]}
        self.twilio.fails = None
        if not comes_again:
            self._queue = [body for body in self._queue if body not in bodies or body in failed]
        self._take_queue()

    @rule(phone=PHONES, words=WORDS, dies_at=DEATHS_OF_WEBHOOKS)
    def a_member_writes(self, phone: str, words: str, dies_at: float | None) -> None:
        self._text(phone, words, dies_at)

    @rule(phone=PHONES, by_twilio_s_word=st.booleans(), dies_at=DEATHS_OF_WEBHOOKS)
    def a_member_stops(self, phone: str, by_twilio_s_word: bool, dies_at: float | None) -> None:
        if by_twilio_s_word:
            self.twilio.opted_out.add(phone)
            self._text(phone, "STOP", dies_at, OptOutType="STOP")
        else:
            self._text(phone, "please stop texting me", dies_at)

    @rule()
    def whoever_stopped_starts_again(self) -> None:
        for phone in sorted(self._stopped):
            self.twilio.opted_out.discard(phone)
            self._text(phone, "START", OptOutType="START")

    @precondition(lambda self: self._told)
    @rule(which=st.integers(0, 100))
    def a_webhook_comes_again(self, which: int) -> None:
        fields, answer = list(self._told.values())[-1 - which % min(5, len(self._told))]
        again = self.functions.text(**fields)
        assert again == answer or (fields["sender"] in self._stopped and "<Message>" not in again["body"])
        self._take_queue()

    @precondition(lambda self: self.twilio.texts)
    @rule(which=st.integers(0, 100), status=st.sampled_from(["queued", "sent", "delivered"]))
    def a_receipt_comes(self, which: int, status: str) -> None:
        text = self.twilio.texts[-1 - which % min(5, len(self.twilio.texts))]
        nudges = (Nudge.model_validate_json(body) for body in self._queued)
        nudge = next(each for each in nudges if f"{each.member_id} {each.id}" == text.nudge)
        assert self.functions.receipt(nudge, text.sid, status)["statusCode"] == 204

    def _text(self, phone: str, words: str, dies_at: float | None = None, **more: str) -> None:
        self._bring_unanswered(phone)
        sid = f"SM{len(self._told) + len(self._unanswered):032x}"
        fields = {"sender": phone, "words": words, "sid": sid, **more}
        if words == "START":
            self._stopped.discard(phone)
        self._unanswered[phone] = fields
        with self._dying(dies_at):
            self._bring_unanswered(phone)

    def _bring_unanswered(self, phone: str) -> None:
        if fields := self._unanswered.get(phone):
            answer = self.functions.text(**fields)
            assert answer["statusCode"] == 200
            del self._unanswered[phone]
            self._told[fields["sid"]] = fields, answer
            if "stop" in fields["words"].lower():
                self._stopped.add(phone)
        self._take_queue()

    def _dying(self, at: float | None) -> "suppress":
        self.table.dies_at = float("inf") if at is None else at
        return _Dying(self.table)

    def _take_queue(self) -> None:
        self._queue += self.functions.queued
        self._queued |= set(self.functions.queued)
        self.functions.queued.clear()

    # What holds

    @invariant()
    def nobody_gets_a_text_after_they_stopped(self) -> None:
        new, self._seen = self.twilio.texts[self._seen :], len(self.twilio.texts)
        assert not [text for text in new if text.phone in self._stopped]

    @invariant()
    def each_nudge_goes_out_once(self) -> None:
        assert not [nudge for nudge, times in Counter(text.nudge for text in self.twilio.texts).items() if times > 1]

    @invariant()
    def nobody_gets_texts_at_night_or_more_than_two_a_day(self) -> None:
        unasked = [(text, self._local(text)) for text in self.twilio.texts if _of_a_day(text)]
        assert not [text for text, local in unasked if not 8 <= local.hour < 21]
        a_day = Counter((text.phone, local.date()) for text, local in unasked)
        assert max(a_day.values(), default=0) <= 2

    def teardown(self) -> None:
        try:
            self._calm()
            self._every_nudge_is_accounted_for()
            self._no_reply_is_lost()
        finally:
            self._running.__exit__(None, None, None)

    def _calm(self) -> None:
        """All is well again, for as long as it takes."""
        for phone in ZONES:
            self._bring_unanswered(phone)
        for _ in range(20):
            self.functions.time += timedelta(minutes=5)
            self.tick_at(dies_at=None)
            if not self._queue:
                return
            self.messages_are_delivered(list(range(len(self._queue))), False, None, None)
            self.nobody_gets_a_text_after_they_stopped()
        raise AssertionError(f"still on the queue: {self._queue}")

    def _every_nudge_is_accounted_for(self) -> None:
        self.each_nudge_goes_out_once()
        self.nobody_gets_texts_at_night_or_more_than_two_a_day()
        assert not list(self.store.due(self.functions.time))
        nudges = [Nudge.model_validate_json(body) for body in self._queued]
        queued = {(nudge.member_id, nudge.due_at) for nudge in nudges}
        assert {(due.member_id, due.at) for due in self._due} <= queued
        taken = Counter(text.nudge for text in self.twilio.texts)
        for nudge in nudges:
            known = self.store.nudge(nudge)
            assert known["state"] in ENDED
            assert (known["state"] == "sent") == (f"{nudge.member_id} {nudge.id}" in taken)
            # A fate for each kind; to the silent a review goes as a check-in, and is on record as one.
            assert known["state"] == "failed" or len(known["fates"].split()) == len(nudge.kinds)

    def _no_reply_is_lost(self) -> None:
        for fields, _ in self._told.values():
            member = self.store.member_by_phone(fields["sender"], START.date())
            assert self.store.answer_to_member(member.id, fields["sid"]) is not None

    def _local(self, text: Text) -> datetime:
        return text.at.astimezone(ZoneInfo(ZONES[text.phone]))


class _Dying(suppress):
    """Up to its end the function may die, and after it no more."""

    def __init__(self, table: Flaky) -> None:
        super().__init__(Died)
        self._table = table

    def __exit__(self, *error: Any) -> bool:
        self._table.dies_at = float("inf")
        return bool(super().__exit__(*error))


def _of_a_day(text: Text) -> bool:
    """Whether it came on its own, and not since somebody asked for it."""
    kind, named, *_ = text.nudge.partition(" ")[2].split("#")
    with suppress(ValueError):
        return kind != "opt_in" and bool(datetime.fromisoformat(named))
    return False


@pytest.fixture
def empty(dynamodb: Any) -> Callable[[], Any]:
    """Makes the table anew, with nothing in it."""

    def made() -> Any:
        for item in dynamodb.scan(TableName=TABLE)["Items"]:
            dynamodb.delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})
        return dynamodb

    return made


def test_promises_are_kept(empty: Callable[[], Any]) -> None:
    # The same examples each time. What fails is not made smaller: that takes minutes, and all that befell is told.
    run = settings(
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        max_examples=15,
        stateful_step_count=40,
    )
    run_state_machine_as_test(lambda: World(empty()), settings=run)  # type: ignore[arg-type]  # called, no more
