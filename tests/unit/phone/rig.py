"""A phone on a real port, in front of a small service that checks signatures and answers TwiML."""

import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp
from twilio.request_validator import RequestValidator

from cli.phone import PhoneSettings, create_app, create_proxy

ACCOUNT = "AC" + "0" * 32
TOKEN = "not-a-secret"
SERVICE = "+15005550006"
MEMBER = "+14155550123"


@dataclass
class FakeService:
    """What stands behind the gateway. It refuses what is not signed for the public address."""

    api: str = ""
    answer: str = "<Response><Message>Noted.</Message></Response>"
    status: int = 200
    fallback: int = 404
    received: list[dict[str, str]] = field(default_factory=list)
    fell_back: list[dict[str, str]] = field(default_factory=list)
    callbacks: list[dict[str, str]] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/twilio/sms", self._sms, methods=["POST"]),
                Route("/twilio/fallback", self._fallback, methods=["POST"]),
                Route("/twilio/status", self._status, methods=["POST"]),
                Route("/echo/{rest:path}", self._echo, methods=["GET", "POST", "DELETE"]),
            ]
        )

    async def _signed(self, request: Request, path: str) -> dict[str, str] | None:
        fields = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        signature = request.headers.get("X-Twilio-Signature", "")
        return fields if RequestValidator(TOKEN).validate(self.api + path, fields, signature) else None

    async def _sms(self, request: Request) -> Response:
        fields = await self._signed(request, "/twilio/sms")
        if fields is None:
            return PlainTextResponse("no", status_code=403)
        self.hosts.append(request.headers["host"])
        self.received.append(fields)
        return Response(self.answer, status_code=self.status, media_type="application/xml")

    async def _fallback(self, request: Request) -> Response:
        fields = await self._signed(request, "/twilio/fallback")
        if fields is None:
            return PlainTextResponse("no", status_code=403)
        self.fell_back.append(fields)
        return Response("<Response/>", status_code=self.fallback, media_type="application/xml")

    async def _status(self, request: Request) -> Response:
        fields = await self._signed(request, f"/twilio/status?{request.url.query}")
        if fields is None:
            return PlainTextResponse("no", status_code=403)
        self.callbacks.append(fields)
        return Response(status_code=204)

    async def _echo(self, request: Request) -> Response:
        body = await request.body()
        shown = f"{request.method} {request.scope['raw_path'].decode()}?{request.url.query} {body.decode()}"
        response = PlainTextResponse(shown, status_code=303, headers={"Location": "/elsewhere"})
        response.set_cookie("a", "1")
        response.set_cookie("b", "2")
        response.headers["X-Host"] = request.headers["host"]
        response.headers["X-Asked"] = request.headers.get("x-ask", "")
        return response


@dataclass
class Operator:
    """The calls that `unstuck run` gives to the phone."""

    asked: list[tuple[str, str, str]] = field(default_factory=list)
    mailed: list[tuple[str, bytes]] = field(default_factory=list)
    refusal: Exception | None = None
    up: bool = True

    async def send_nudge(self, number: str, kind: str, request_id: str) -> None:
        if self.refusal:
            raise self.refusal
        self.asked.append((number, kind, request_id))

    async def send_mail(self, key: str, stored: bytes) -> None:
        if self.refusal:
            raise self.refusal
        self.mailed.append((key, stored))

    async def ready(self) -> bool:
        return self.up


@dataclass
class Phone:
    """Everything a test talks to, all of it on real ports. `client` calls the phone."""

    settings: PhoneSettings
    service: FakeService
    operator: Operator
    client: httpx.Client
    url: str

    def texts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.get(f"/phone/{MEMBER}/texts").json()
        return found

    def bodies(self) -> list[str]:
        return [text["body"] for text in self.texts()]

    def send(self, text: str, **more: str) -> dict[str, Any]:
        answer = self.client.post(f"/phone/{MEMBER}/texts", json={"text": text, **more})
        assert answer.status_code == 200, answer.text
        sent: dict[str, Any] = answer.json()
        return sent


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def eventually(holds: Callable[[], object]) -> None:
    """Waits until it holds; a test that waits in vain fails."""
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


class Served:
    """Apps on real ports, each in a thread, until `stop`."""

    def __init__(self) -> None:
        self._running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(self, app: ASGIApp, port: int) -> None:
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        self._running.append((server, thread))
        eventually(lambda: server.started)

    def stop(self) -> None:
        for server, _ in self._running:
            server.should_exit = True
        for _, thread in self._running:
            thread.join(timeout=5)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    directory: Path = tmp_path_factory.mktemp("phone")
    phone_port, api_port, gateway_port = free_port(), free_port(), free_port()
    service, operator = FakeService(api=f"http://127.0.0.1:{api_port}"), Operator()
    settings = PhoneSettings(
        database=directory / "phone.sqlite",
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        service_number=SERVICE,
        api=service.api,
        gateway=f"http://127.0.0.1:{gateway_port}",
        gateway_host="abcd1234.execute-api.localhost:4566",
        send_nudge=operator.send_nudge,
        send_mail=operator.send_mail,
        ready=operator.ready,
    )
    served = Served()
    served.serve(service.app(), gateway_port)
    served.serve(create_proxy(settings), api_port)
    served.serve(create_app(settings), phone_port)
    url = f"http://127.0.0.1:{phone_port}"
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield Phone(settings, service, operator, client, url)
    served.stop()


@pytest.fixture
def phone(running: Phone) -> Phone:
    """The running phone, with nothing on it yet and a service that answers "Noted."."""
    with sqlite3.connect(running.settings.database) as db:
        db.executescript("DELETE FROM texts; DELETE FROM opted_out; DELETE FROM mails; DELETE FROM recipients;")
    fresh = FakeService(api=running.settings.api)
    vars(running.service).update(vars(fresh))
    vars(running.operator).update(vars(Operator()))
    return running
