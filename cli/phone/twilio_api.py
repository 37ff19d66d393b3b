"""The part of Twilio's REST API that sends texts: create, fetch and list messages."""

import asyncio
import base64
import binascii
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from cli.phone.numbers import is_e164
from cli.phone.settings import PhoneSettings
from cli.phone.store import Filter, Store, Text, new_sid, now
from cli.phone.texting import LONGEST
from cli.phone.webhooks import post_signed
from shared.content.segments import count_segments

_VERSION = "2010-04-01"
_STEP = 0.2  # seconds from one delivery status to the next
# Numbers that fail as those do which Twilio gives out for tests ("magic" ones), by the code that each fails with.
_REFUSED = {
    "+15005550001": (21211, "The 'To' number {to} is not a valid phone number."),
    "+15005550002": (21612, "The 'To' phone number: {to}, is not currently reachable using the 'From' phone number."),
    "+15005550003": (21408, "Permission to send an SMS has not been enabled for the region indicated by {to}."),
    "+15005550004": (21610, "Attempt to send to unsubscribed recipient"),
    "+15005550009": (21614, "'To' number: {to}, is not a valid mobile number"),
}
# Ours, since Twilio has none: what is taken, and reported by a status callback as undelivered, with the code.
_UNDELIVERED = {"+15005551003": "30003", "+15005551005": "30005", "+15005551006": "30006", "+15005551034": "30034"}
logger = logging.getLogger(__name__)


class TwilioError(Exception):
    """An error as Twilio's API answers it."""

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.response = JSONResponse(
            {
                "code": code,
                "message": message,
                "more_info": f"https://www.twilio.com/docs/errors/{code}",
                "status": status,
            },
            status_code=status,
            headers={"WWW-Authenticate": 'Basic realm="Twilio API"'} if status == 401 else None,
        )


def twilio_routes(settings: PhoneSettings, store: Store) -> list[BaseRoute]:
    """What the ordinary `twilio` client needs, below the paths that it expects."""
    api = _Messages(settings, store)
    collection, one = "/Accounts/{account}/Messages.json", "/Accounts/{account}/Messages/{sid}.json"
    routes = [
        Route(collection, api.answering(api.create), methods=["POST"]),
        Route(collection, api.answering(api.list), methods=["GET"]),
        Route(one, api.answering(api.fetch), methods=["GET"]),
        Route("/{path:path}", api.answering(api.unknown), methods=["GET", "POST", "PUT", "DELETE"]),
    ]
    return [Mount(f"/{_VERSION}", routes=routes)]


class _Messages:
    def __init__(self, settings: PhoneSettings, store: Store) -> None:
        self._settings = settings
        self._store = store

    def answering(self, endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint behind Twilio's authentication, its errors answered as Twilio answers them."""

        async def answer(request: Request) -> Response:
            try:
                self._authenticate(request)
                return await endpoint(request)
            except TwilioError as error:
                return error.response

        return answer

    async def create(self, request: Request) -> Response:
        try:
            form = dict(parse_qsl((await request.body()).decode("utf-8"), keep_blank_values=True))
        except (UnicodeDecodeError, ValueError) as error:
            raise TwilioError(20001, "The request's body is not form-encoded UTF-8.") from error
        self._check(form)
        moment = now()
        text = Text(
            sid=new_sid(),
            number=form["To"],
            sender=self._settings.service_number,
            recipient=form["To"],
            direction="outbound-api",
            author="service",
            body=form["Body"],
            status="queued",
            created=moment,
            updated=moment,
            sent=None,
            messaging_service_sid=form.get("MessagingServiceSid") or None,
        )
        self._store.add_text(text)
        delivery = BackgroundTask(self._deliver, text, form.get("StatusCallback"))
        return JSONResponse(self._resource(text), status_code=201, background=delivery)

    async def fetch(self, request: Request) -> Response:
        text = self._store.text(request.path_params["sid"])
        if text is None:
            raise _not_found(request)
        return JSONResponse(self._resource(text))

    async def list(self, request: Request) -> Response:
        query = dict(request.query_params)
        size = min(max(_number(query.get("PageSize"), 50), 1), 1000)
        page = max(_number(query.get("Page"), 0), 0)
        # One more than fits tells whether there is a next page.
        found = self._store.list_texts(_filter(query), limit=size + 1, offset=page * size)
        shown = found[:size]

        def uri(number: int) -> str:
            return f"{request.url.path}?{urlencode({**query, 'PageSize': size, 'Page': number})}"

        return JSONResponse(
            {
                "first_page_uri": uri(0),
                "previous_page_uri": uri(page - 1) if page else None,
                "uri": uri(page),
                "next_page_uri": uri(page + 1) if len(found) > size else None,
                "page": page,
                "page_size": size,
                "start": page * size,
                "end": page * size + max(len(shown) - 1, 0),
                "messages": [self._resource(text) for text in shown],
            }
        )

    async def unknown(self, request: Request) -> Response:
        raise _not_found(request)

    def _authenticate(self, request: Request) -> None:
        scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
        try:
            given = base64.b64decode(encoded, validate=True) if scheme.lower() == "basic" else b""
        except binascii.Error:
            given = b""
        if not hmac.compare_digest(given, f"{self._settings.account_sid}:{self._settings.auth_token}".encode()):
            raise TwilioError(20003, "Authenticate", 401)
        if request.path_params.get("account", self._settings.account_sid) != self._settings.account_sid:
            raise _not_found(request)

    def _check(self, form: dict[str, str]) -> None:
        to, sender, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
        if not to:
            raise TwilioError(21604, "A 'To' phone number is required.")
        if not is_e164(to):
            raise TwilioError(21211, f"The 'To' number {to} is not a valid phone number.")
        if not sender and not form.get("MessagingServiceSid"):
            raise TwilioError(21603, "A 'From' phone number is required.")
        if sender and not is_e164(sender):
            raise TwilioError(
                21212, f"The 'From' number {sender} is not a valid phone number, shortcode, or alphanumeric sender ID."
            )
        if sender and sender != self._settings.service_number:
            raise TwilioError(
                21606,
                f"The 'From' phone number provided ({sender}) is not a valid message-capable "
                "Twilio phone number for this destination.",
            )
        if to == self._settings.service_number:
            raise TwilioError(21266, "'To' and 'From' number cannot be the same")
        if not body.strip():
            raise TwilioError(21602, "Message body is required.")
        if len(body) > LONGEST:
            raise TwilioError(21617, f"The concatenated message body exceeds the {LONGEST} character limit")
        callback = form.get("StatusCallback")
        if callback and not _is_url(callback):
            raise TwilioError(21609, f"The 'StatusCallback' URL {callback} is not a valid URL.")
        if to in _REFUSED:
            code, message = _REFUSED[to]
            raise TwilioError(code, message.format(to=to))
        if self._store.is_opted_out(to):
            raise TwilioError(21610, "Attempt to send to unsubscribed recipient")

    async def _deliver(self, text: Text, callback: str | None) -> None:
        code = _UNDELIVERED.get(text.recipient)
        for status in ("sent", "undelivered" if code else "delivered"):
            await asyncio.sleep(_STEP)
            self._store.set_status(text.sid, status)
            if callback:
                await self._call_back(callback, text, status, code if status == "undelivered" else None)

    async def _call_back(self, url: str, text: Text, status: str, code: str | None) -> None:
        fields = {
            "MessageSid": text.sid,
            "SmsSid": text.sid,
            "MessageStatus": status,
            "SmsStatus": status,
            "To": text.recipient,
            "From": text.sender,
            "AccountSid": self._settings.account_sid,
            "ApiVersion": _VERSION,
            **({"ErrorCode": code} if code else {}),
        }
        # Best effort, as Twilio's own: the text has long been delivered.
        try:
            answer = await post_signed(url, fields, self._settings.auth_token)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            logger.warning("status callback %s of %s failed: %s", status, text.sid, type(error).__name__)
        else:
            if not answer.is_success:
                logger.warning("status callback %s of %s was answered %s", status, text.sid, answer.status_code)

    def _resource(self, text: Text) -> dict[str, Any]:
        uri = f"/{_VERSION}/Accounts/{self._settings.account_sid}/Messages/{text.sid}"
        return {
            "account_sid": self._settings.account_sid,
            "api_version": _VERSION,
            "body": text.body,
            "date_created": _rfc2822(text.created),
            "date_sent": _rfc2822(text.sent),
            "date_updated": _rfc2822(text.updated),
            "direction": text.direction,
            "error_code": None,
            "error_message": None,
            "from": text.sender,
            "messaging_service_sid": text.messaging_service_sid,
            "num_media": "0",
            "num_segments": str(count_segments(text.body).count),
            "price": None,
            "price_unit": "USD",
            "sid": text.sid,
            "status": text.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": text.recipient,
            "uri": f"{uri}.json",
        }


def _not_found(request: Request) -> TwilioError:
    return TwilioError(20404, f"The requested resource {request.url.path} was not found", 404)


def _rfc2822(moment: str | None) -> str | None:
    return format_datetime(datetime.fromisoformat(moment)) if moment else None


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,9}", written, re.ASCII) else otherwise


def _is_url(written: str) -> bool:
    try:
        parts = urlsplit(written)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    # Twilio calls no host whose name has an underscore.
    return parts.scheme in ("http", "https") and bool(host) and "_" not in host


def _filter(query: dict[str, str]) -> Filter:
    # "DateSent>=2026-03-08" reads as a field "DateSent>" with the value "2026-03-08"; a client that
    # encodes the whole operator sends a field "DateSent>=". Twilio means the same by both.
    since = query.get("DateSent>") or query.get("DateSent>=") or query.get("DateSent")
    until = query.get("DateSent<") or query.get("DateSent<=") or query.get("DateSent")
    whole_day = "DateSent" in query
    return Filter(
        recipient=query.get("To") or None,
        sender=query.get("From") or None,
        since=_second(since, whole_day, "00:00:00"),
        until=_second(until, whole_day, "23:59:59"),
    )


def _second(written: str | None, whole_day: bool, of_day: str) -> str | None:
    """The UTC second that a date filter means, a date alone taken at `of_day`."""
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise TwilioError(20001, f"Invalid DateSent: {written}") from error
    if moment.tzinfo:
        moment = moment.astimezone(UTC)
    if whole_day or len(written) <= len("2026-03-08"):
        return f"{moment:%Y-%m-%d}T{of_day}"
    return f"{moment:%Y-%m-%dT%H:%M:%S}"
