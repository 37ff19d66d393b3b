"""Twilio, as far as the service can tell: the REST API that takes and lists texts, webhooks, receipts, opt-outs."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from twilio.http import HttpClient
from twilio.http.response import Response

from cli.phone.webhooks import read_twiml, sign
from cli.simulation.faults import Faults
from cli.simulation.record import Record, Sent, Told, Wrote
from cli.simulation.timeline import Timeline

ACCOUNT, TOKEN, NUMBER = "AC00000000000000000000000000000000", "token-of-the-simulation", "+14155550100"
STOPS = frozenset(("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"))
STARTS = frozenset(("START", "UNSTOP"))
HELPS = frozenset(("HELP", "INFO"))
TRIES = 3  # of a webhook: once and, by the connection override rc=2, twice more; from then on at the fallback URL
_WAITS = timedelta(seconds=10)  # as long as the service waits for an answer
_TO_PHONE = (1.0, 8.0)  # seconds until a text arrives
_ERRORS = {503: 20500, 429: 20429}

# Calls a function by its path and query, with these form fields and their signature; None where it fails.
Webhook = Callable[[str, str, Mapping[str, str], str], "str | None"]


class Twilio(HttpClient):
    """The API at the level of HTTP, and what Twilio does by itself. `heard` is told what reaches a phone."""

    def __init__(
        self,
        timeline: Timeline,
        faults: Faults,
        record: Record,
        base_url: str,
        webhook: Webhook,
        heard: Callable[[Sent | Told], None],
    ) -> None:
        self._timeline = timeline
        self._faults = faults
        self._record = record
        self._base_url = base_url
        self._webhook = webhook
        self._heard = heard
        self._opted_out: set[str] = set()
        self._count = 0

    # The REST API

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002
        allow_redirects: bool = False,  # noqa: ARG002
    ) -> Response:
        if auth != (ACCOUNT, TOKEN):
            return _refusal(401, 20003)
        if not urlsplit(uri).path.endswith(f"/Accounts/{ACCOUNT}/Messages.json"):
            return _refusal(404, 20404)
        answer: Response = self._faults.call(self._answer, {"method": method, "asked": dict(params or data or {})})
        return answer

    def _answer(self, method: str, asked: dict[str, Any]) -> Response:
        if self._faults.lasts("twilio_down", self._timeline.now):
            return _refusal(503, _ERRORS[503])
        kind = self._faults.first_of(
            "twilio_throttles", "twilio_timeouts_before_acceptance", "twilio_timeouts_after_acceptance"
        )
        if kind == "twilio_throttles":
            return _refusal(429, _ERRORS[429])
        answer = None if kind == "twilio_timeouts_before_acceptance" else self._answered(method, asked)
        if kind or answer is None:
            self._timeline.spend(_WAITS)
            raise requests.exceptions.ReadTimeout
        return answer

    def _answered(self, method: str, asked: dict[str, Any]) -> Response:
        return self._create(asked) if method.upper() == "POST" else self._list(asked)

    def _create(self, asked: dict[str, Any]) -> Response:
        if asked["To"] in self._opted_out:
            return _refusal(400, 21610)
        callback = asked["StatusCallback"]
        named = parse_qs(urlsplit(callback).query)
        text = Sent(
            self._timeline.now, asked["To"], asked["Body"], named["member"][0], named["nudge"][0], self._new_sid("SM")
        )
        self._record.sent.append(text)
        if self._faults.strikes("texts_undelivered"):
            self._record.undelivered.add(text.sid)
            self._report(text, callback, "undelivered", ErrorCode="30008")
        else:
            self._timeline.after(self._faults.between(*_TO_PHONE), lambda: self._heard(text))
            self._report(text, callback, "sent", "delivered")
        return Response(201, json.dumps(_resource(text)))

    def _list(self, asked: dict[str, Any]) -> Response:
        """The texts to a number, the latest first; bounds are instants or, by Twilio's habit, dates."""
        since, until = asked.get("DateSent>"), asked.get("DateSent<")
        found = [
            _resource(text)
            for text in reversed(self._record.sent)
            if text.phone == asked.get("To", text.phone)
            and (since is None or text.at.replace(microsecond=0) >= _instant(since))
            and (until is None or text.at < _instant(until, timedelta(days=1)))
        ]
        return Response(200, json.dumps({"messages": found[: int(asked.get("PageSize", 50))], "next_page_uri": None}))

    # Receipts

    def _report(self, text: Sent, callback: str, *statuses: str, **more: str) -> None:
        """Best effort: in any order, late, more than once or never."""
        for status in statuses:
            if not self._faults.strikes("receipts_lost"):
                self._call_back(text, callback, status, more)
            if self._faults.strikes("receipts_repeated"):
                self._call_back(text, callback, status, more)

    def _call_back(self, text: Sent, callback: str, status: str, more: Mapping[str, str]) -> None:
        fields = {"AccountSid": ACCOUNT, "MessageSid": text.sid, "MessageStatus": status, "To": text.phone, **more}
        late = self._faults.between(0.5, 20.0)
        self._timeline.after(late, lambda: self._bring_receipt(callback.removeprefix(self._base_url), fields))

    def _bring_receipt(self, where: str, fields: Mapping[str, str]) -> None:
        if self._post(where, fields) is not None:
            self._record.receipts.setdefault(fields["MessageSid"], self._timeline.now)

    def _post(self, where: str, fields: Mapping[str, str]) -> str | None:
        path, _, query = where.partition("?")
        return self._webhook(path, query, fields, sign(f"{self._base_url}{where}", fields, TOKEN))

    # Texts from phones

    def take(self, text: Wrote, at_once: bool = False) -> None:
        """Take a text from a phone, whose id becomes known, and bring it to the service in a moment, or `at_once`."""
        text.sid = self._new_sid("SM")
        self._record.by_sid[text.sid] = text
        fields = {"AccountSid": ACCOUNT, "MessageSid": text.sid, "From": text.phone, "To": NUMBER, "Body": text.text}
        word = text.text.strip().upper()
        if word in STOPS:
            self._opted_out.add(text.phone)
            fields["OptOutType"] = "STOP"
        elif word in STARTS:
            self._opted_out.discard(text.phone)
            fields["OptOutType"] = "START"
        elif word in HELPS:
            fields["OptOutType"] = "HELP"
        if at_once:
            self._bring(text, fields, TRIES)
        else:
            self._timeline.after(self._faults.between(0.1, 1.5), lambda: self._bring(text, fields, TRIES))

    def _bring(self, text: Wrote, fields: Mapping[str, str], tries: int) -> None:
        path = "/twilio/sms" if tries > 0 else "/twilio/fallback"
        answer = self._post(path, fields)
        if answer is not None and self._faults.strikes("webhook_answers_lost"):
            answer = None
        if answer is None:
            self._timeline.after(self._faults.between(1.0, 5.0), lambda: self._bring(text, fields, tries - 1))
            return
        if self._faults.strikes("webhooks_repeated"):
            self._timeline.after(self._faults.between(0.0, 60.0), lambda: self._post(path, fields))
        for body in read_twiml(answer):
            self._tell(text, body)

    def _tell(self, answered: Wrote, body: str) -> None:
        told = Told(self._timeline.now, answered.phone, body, answered.sid)
        if answered.phone in self._opted_out:
            return
        self._record.told.append(told)
        self._timeline.after(self._faults.between(*_TO_PHONE), lambda: self._heard(told))

    def _new_sid(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count:032x}"


def _instant(written: Any, beyond: timedelta = timedelta()) -> datetime:
    """An instant that a filter names; a date alone is all of its day, to the end where `beyond` is a day."""
    at = datetime.fromisoformat(str(written))
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return at + beyond if len(str(written)) == len("2026-03-08") else at


def _resource(text: Sent) -> dict[str, Any]:
    at = format_datetime(text.at)
    return {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": at,
        "date_sent": at,
        "date_updated": at,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": NUMBER,
        "num_media": "0",
        "num_segments": "1",
        "sid": text.sid,
        "status": "sent",
        "to": text.phone,
    }


def _refusal(status: int, code: int) -> Response:
    return Response(status, json.dumps({"code": code, "message": "refused", "more_info": "", "status": status}))
