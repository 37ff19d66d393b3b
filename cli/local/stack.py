"""The whole service on this machine: AWS, the deployed stack, the phone. Used by `unstuck run` and by the tests."""

import asyncio
import json
import secrets
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette

from cli.local import build, deploy
from cli.local.ministack import ROOT, MiniStack, free_port, require_free
from cli.local.problem import Problem
from cli.phone.app import create_app
from cli.phone.mail_sink import MailSink
from cli.phone.proxy import create_proxy
from cli.phone.settings import NudgeRefused, PhoneSettings

SERVICE_NUMBER = "+14155550100"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Ports:
    """Where everything listens on 127.0.0.1."""

    phone: int = 8000
    api: int = 8001
    aws: int = 4566


@dataclass(frozen=True)
class Service:
    """The running service, and how to reach what is behind it."""

    phone: str
    api: str
    cloud: deploy.Cloud
    resources: dict[str, str]


@contextmanager
def running(folder: Path, ports: Ports, progress: Progress, auth: bool = False) -> Iterator[Service]:
    """The service, from nothing to answering; ended cleanly, with its data kept in `folder`, on leaving.

    Raises:
        Problem: whatever stood in the way, in a sentence; nothing is left running.
    """
    require_free(ports.phone, "the phone", "--port")
    require_free(ports.api, "the service", "--api-port")
    require_free(ports.aws, "the local AWS", "--aws-port")
    folder.mkdir(parents=True, exist_ok=True)
    account_sid, auth_token = _twilio_account(folder)
    smtp_port = free_port()
    phone, api = f"http://127.0.0.1:{ports.phone}", f"http://127.0.0.1:{ports.api}"
    with ExitStack() as stack:
        ministack = MiniStack(folder, ports.aws, smtp_port, auth)
        progress("Starting a local AWS")
        stack.callback(ministack.stop)
        ministack.start()
        cloud = deploy.Cloud(ministack.url)
        _deploy(cloud, folder, _parameters(phone, api, account_sid, auth_token), progress)
        resources = cloud.resources()

        progress("Starting the phone")
        settings = PhoneSettings(
            database=folder / "phone.sqlite",
            account_sid=account_sid,
            auth_token=auth_token,
            service_number=SERVICE_NUMBER,
            api=api,
            gateway=ministack.url,
            gateway_host=f"{resources['Api']}.execute-api.localhost:{ports.aws}",
            send_nudge=_nudger(cloud, resources["NudgeNowFunction"]),
            send_mail=_mailer(cloud, resources["MailBucket"]),
            ready=_ready(ministack),
        )
        mails = MailSink(settings.database, smtp_port)
        mails.start()
        stack.callback(mails.stop)
        stack.enter_context(_serving(create_proxy(settings), ports.api))
        stack.enter_context(_serving(create_app(settings), ports.phone))
        progress("Waking the service")
        _wake(api)
        yield Service(phone, api, cloud, resources)
        progress("Saving")


def _parameters(phone: str, api: str, account_sid: str, auth_token: str) -> dict[str, str]:
    """What `sam deploy` would ask for, by the template's names."""
    return {
        "Brand": "Unstuck",
        "Contact": "help@unstuck.example",
        "PostalAddress": "1 Example Street, Springfield",
        "MailFrom": "hello@unstuck.example",
        "ReplyDomain": "reply.unstuck.example",
        "HelpCoach": "Ana Ruiz, ana@coaching.example",
        "HelpTherapist": "the Example Clinic, +1 415 555 0142",
        "HelpFree": "the job centre, 1 Example Street",
        "TwilioAccountSid": account_sid,
        "TwilioAuthToken": auth_token,
        "TwilioNumber": SERVICE_NUMBER,
        "TwilioApiUrl": phone,
        "AllowedCountries": "US,CA,GB,GG,IM,JE,IE,AU,NZ,IN,DE,FR,ES,MX",
        "SignupsPerHour": "1000",
        "PublicBaseUrl": api,
        "TextsAtOnce": "2",
    }


def _twilio_account(folder: Path) -> tuple[str, str]:
    """The local Twilio's account: made up once, and kept with the data that it signed."""
    file = folder / "twilio.json"
    if not file.exists():
        account = {"sid": f"AC{secrets.token_hex(16)}", "token": secrets.token_hex(16)}
        file.write_text(json.dumps(account), encoding="utf-8")
    account = json.loads(file.read_text(encoding="utf-8"))
    return account["sid"], account["token"]


def _deploy(cloud: deploy.Cloud, folder: Path, parameters: dict[str, str], progress: Progress) -> None:
    """Build and deploy, unless this very thing is deployed already."""
    fingerprint, note = deploy.fingerprint(parameters), folder / "deployed"
    if note.exists() and note.read_text(encoding="utf-8") == fingerprint and cloud.resources():
        return
    note.unlink(missing_ok=True)
    progress("Building the functions")
    archives = build.build(deploy.functions(deploy.template()), ROOT / ".local" / "build")
    progress("Deploying template.yaml")
    deploy.deploy(cloud, archives, parameters)
    note.write_text(fingerprint, encoding="utf-8")


def _nudger(cloud: deploy.Cloud, function: str) -> Callable[[str, str, str], Awaitable[None]]:
    lambdas = cloud.client("lambda")

    def invoke(number: str, kind: str, request_id: str) -> None:
        event = {"phone": number, "kind": kind, "request_id": request_id}
        answer = lambdas.invoke(FunctionName=function, Payload=json.dumps(event).encode())
        result = json.loads(answer["Payload"].read() or b"null")
        if answer.get("FunctionError"):
            raise NudgeRefused(f"The service knows no nudge of the kind {kind!r}, or could not send it.")
        if "refused" in result:
            raise NudgeRefused(result["refused"], status=404 if result.get("unknown") else 409)

    async def send(number: str, kind: str, request_id: str) -> None:
        await asyncio.to_thread(invoke, number, kind, request_id)

    return send


def _mailer(cloud: deploy.Cloud, bucket: str) -> Callable[[str, bytes], Awaitable[None]]:
    s3 = cloud.client("s3")

    async def send(key: str, stored: bytes) -> None:
        await asyncio.to_thread(s3.put_object, Bucket=bucket, Key=key, Body=stored)

    return send


def _ready(ministack: MiniStack) -> Callable[[], Awaitable[bool]]:
    async def ready() -> bool:
        return ministack.running

    return ready


@contextmanager
def _serving(app: Starlette, port: int) -> Iterator[None]:
    server = uvicorn.Server(
        uvicorn.Config(
            app, host="127.0.0.1", port=port, log_level="warning", lifespan="on", server_header=False, date_header=False
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise Problem(f"Nothing could be served on port {port}.")
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


def _wake(api: str) -> None:
    """Have the sign-up page and the webhook of texts answer once, so that nobody waits for a cold start.

    A phone that does has its text taken by way of the fallback, and the answer comes some seconds later.
    """
    wanted = {"/": ("GET", 200), "/twilio/sms": ("POST", 403)}  # not signed, and so refused
    for path, (method, status) in wanted.items():
        try:
            answer = httpx.request(method, f"{api}{path}", timeout=60)
        except httpx.HTTPError as error:
            raise Problem(f"The service does not answer: {error}") from error
        if answer.status_code != status:
            raise Problem(f"The service's {path} answers {answer.status_code}; .local/ministack.log says more.")
