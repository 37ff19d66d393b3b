"""The phone's own web app: the page, the calls that drive it, and Twilio's API beside them."""

import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from cli.phone.guard import LocalOnly
from cli.phone.mailbox import as_json, as_page, read_mail
from cli.phone.numbers import read_number
from cli.phone.replying import as_stored, reply
from cli.phone.settings import NudgeRefused, PhoneSettings
from cli.phone.store import Store, StoredMail, Text, new_sid
from cli.phone.texting import LONGEST, SidTaken, send_to_service
from cli.phone.twilio_api import twilio_routes
from cli.phone.webhooks import WebhookFailed
from shared.content.segments import count_segments

_STATIC = Path(__file__).parent / "static"
_SCRIPTS = ("page.js", "texts.js", "mails.js", "common.js")
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Links must open, beside the phone; nothing in a mail may run, load or send.
_MAIL_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
logger = logging.getLogger(__name__)


def create_app(settings: PhoneSettings) -> Starlette:
    """The phone, the mailbox and the local Twilio, to be served on one loopback address.

    It answers requests for 127.0.0.1 and localhost only, and none that another site makes a browser
    send. Errors are JSON with one sentence in `error`, Twilio's API apart, which answers as Twilio's.
    """
    store = Store(settings.database)
    phone = _Phone(settings, store)
    return Starlette(
        routes=[
            Route("/", _static("page.html", "text/html; charset=utf-8")),
            Route("/page.css", _static("page.css", "text/css; charset=utf-8")),
            *(Route(f"/{name}", _static(name, "text/javascript; charset=utf-8")) for name in _SCRIPTS),
            Route("/health", phone.health),
            Route("/changes", phone.changes),
            Route("/segments", phone.segments),
            Route("/phone", phone.numbers),
            Route("/phone/{number}/texts", phone.texts, methods=["GET"]),
            Route("/phone/{number}/texts", phone.send, methods=["POST"]),
            Route("/nudge/{number}", phone.nudge, methods=["POST"]),
            Route("/mailbox", phone.mailboxes),
            Route("/mailbox/{address}", phone.mails),
            Route("/mailbox/{address}/{n:int}.eml", phone.raw_mail),
            Route("/mailbox/{address}/{n:int}/html", phone.mail_page),
            Route("/mailbox/{address}/{n:int}/reply", phone.reply, methods=["POST"]),
            *twilio_routes(settings, store),
        ],
        middleware=[Middleware(LocalOnly)],
        exception_handlers={HTTPException: _say_error},
    )


class _Phone:
    def __init__(self, settings: PhoneSettings, store: Store) -> None:
        self._settings = settings
        self._store = store

    async def health(self, _: Request) -> Response:
        ready = await self._settings.ready()
        return _json(
            {
                "status": "ok" if ready else "starting",
                "api": self._settings.api,
                "service_number": self._settings.service_number,
            },
            200 if ready else 503,
        )

    async def changes(self, _: Request) -> Response:
        return _json({"changes": self._store.changes()})

    async def segments(self, request: Request) -> Response:
        counted = count_segments(request.query_params.get("text", ""))
        return _json({"encoding": counted.encoding, "segments": counted.count, "length": counted.length})

    async def numbers(self, _: Request) -> Response:
        return _json(
            [
                {"number": number, "texts": count, "opted_out": self._store.is_opted_out(number)}
                for number, count in self._store.numbers()
            ]
        )

    async def texts(self, request: Request) -> Response:
        return _json([_as_json(text) for text in self._store.texts(_number(request))])

    async def send(self, request: Request) -> Response:
        number, given = _number(request), await _json_object(request)
        text, sid = _text(given), _optional(given, "sid") or new_sid()
        try:
            replies = await send_to_service(self._settings, self._store, number, text, sid)
        except SidTaken:
            return _json({"error": f"The sid {sid} belongs to another text.", "sid": sid}, 409)
        except WebhookFailed as error:
            return _json({"error": str(error), "sid": sid}, 502)
        return _json({"sid": sid, "replies": replies})

    async def nudge(self, request: Request) -> Response:
        number, given = _number(request), await _json_object(request)
        kind, request_id = given.get("kind"), _optional(given, "id") or uuid4().hex
        if not isinstance(kind, str) or not re.fullmatch(r"[a-z][a-z_]{0,39}", kind):
            raise HTTPException(422, 'Say which nudge, as in {"kind": "daily_checkin"}.')
        try:
            await self._settings.send_nudge(number, kind, request_id)
        except NudgeRefused as refusal:
            return _json({"error": refusal.sentence}, refusal.status)
        except Exception:  # whatever the operator's call breaks on, the page must get a sentence
            logger.exception("nudge %s failed", request_id)
            return _json({"error": "The service could not be asked for this nudge. Is everything running?"}, 502)
        return _json({"request_id": request_id}, 202)

    async def mailboxes(self, _: Request) -> Response:
        return _json([{"address": address, "mails": count} for address, count in self._store.mailboxes()])

    async def mails(self, request: Request) -> Response:
        mails = self._store.mails(request.path_params["address"])
        return _json([as_json(read_mail(mail), n) for n, mail in enumerate(mails, 1)])

    async def raw_mail(self, request: Request) -> Response:
        return Response(self._mail(request).raw, media_type="message/rfc822", headers=_headers("default-src 'none'"))

    async def mail_page(self, request: Request) -> Response:
        return HTMLResponse(as_page(read_mail(self._mail(request))), headers=_headers(_MAIL_POLICY))

    async def reply(self, request: Request) -> Response:
        mail, text, now = read_mail(self._mail(request)), _text(await _json_object(request)), datetime.now(UTC)
        if "Reply-To" not in mail.headers:
            raise HTTPException(409, "This mail takes no replies.")
        key, stored = as_stored(reply(mail, text, now), mail.to, mail.headers["Reply-To"], now)
        try:
            await self._settings.send_mail(key, stored)
        except Exception:  # whatever putting it into the bucket breaks on, the page must get a sentence
            logger.exception("reply %s failed", key)
            return _json({"error": "The reply could not be handed over. Is everything running?"}, 502)
        return _json({"key": key}, 202)

    def _mail(self, request: Request) -> StoredMail:
        mails = self._store.mails(request.path_params["address"])
        n: int = request.path_params["n"]
        if not 1 <= n <= len(mails):
            raise HTTPException(404, "There is no such mail.")
        return mails[n - 1]


def _as_json(text: Text) -> dict[str, Any]:
    counted = count_segments(text.body)
    return {
        "sid": text.sid,
        "direction": "inbound" if text.direction == "inbound" else "outbound",
        "author": text.author,
        "body": text.body,
        "segments": counted.count,
        "encoding": counted.encoding,
        "status": text.status,
        "time": text.created,
    }


def _number(request: Request) -> str:
    written = request.path_params["number"]
    number = read_number(written)
    if number is None:
        raise HTTPException(422, f"“{written}” is not a full phone number. Write it like +14155550123.")
    return number


async def _json_object(request: Request) -> dict[str, Any]:
    try:
        given = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "The request's body is not JSON.") from error
    if not isinstance(given, dict):
        raise HTTPException(400, "The request's body is not a JSON object.")
    return given


def _text(given: dict[str, Any]) -> str:
    text = given.get("text")
    if not isinstance(text, str) or not text.strip():
        raise HTTPException(422, 'There is nothing to send. Say it as in {"text": "hello"}.')
    if len(text) > LONGEST:
        raise HTTPException(422, f"A text has at most {LONGEST} characters; this one has {len(text)}.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:  # JSON can spell half of an emoji
        raise HTTPException(422, "The text holds half a character, which no phone can send.") from error
    return text


def _optional(given: dict[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is not None and (not isinstance(value, str) or not re.fullmatch(r"[\w.:-]{1,64}", value, re.ASCII)):
        raise HTTPException(422, f"“{name}” is 1 to 64 letters, digits and .:_- without spaces.")
    return value


def _json(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status_code=status, headers={"Cache-Control": "no-store"})


async def _say_error(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):  # Starlette's type for a handler is wider than its promise
        raise error
    return JSONResponse({"error": error.detail}, status_code=error.status_code, headers=error.headers)


def _headers(policy: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        # An upgrade must show at the next reload.
        "Cache-Control": "no-cache",
    }


def _static(name: str, media_type: str) -> Any:
    async def answer(_: Request) -> Response:
        return FileResponse(_STATIC / name, media_type=media_type, headers=_headers(_PAGE_POLICY))

    return answer
