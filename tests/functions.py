"""The functions in one process, on an edge that a test holds: clock, table, queues and Twilio."""

import json
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import datetime
from io import StringIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from twilio.http import HttpClient
from twilio.request_validator import RequestValidator

from cli.local.ministack import ROOT
from functions.deliver import app as deliver
from functions.dispatch import app as dispatch
from functions.receive_sms import app as receive_sms
from functions.receive_status import app as receive_status
from functions.signup import app as signup
from shared import runtime
from shared.domain.models import Nudge

Event = dict[str, Any]
TABLE, BASE_URL, ACCOUNT, TOKEN, NUMBER = "members", "https://unstuck.example", "AC" + "0" * 32, "token", "+14155550100"
CONTEXT = SimpleNamespace(
    function_name="unstuck",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:unstuck",
    aws_request_id="request-1",
)
ENVIRONMENT = {
    "TABLE_NAME": TABLE,
    "NUDGE_QUEUE_URL": "nudges",
    "SUMMARY_QUEUE_URL": "summaries",
    "MAIL_EVENTS": "",
    "REPLY_DOMAIN": "",
    "MAIL_BUCKET": "",
    "BASE_URL_PARAMETER": "base-url",
    "LINK_KEY_SECRET": "link-key",
    "TWILIO_SECRET": "twilio",
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_NUMBER": NUMBER,
    "TWILIO_API_URL": "https://api.twilio.com",
    "MAIL_FROM": "hello@unstuck.example",
    "BRAND": "Unstuck",
    "CONTACT": "help@unstuck.example",
    "POSTAL_ADDRESS": "1 Example Street, Springfield",
    "HELP_COACH": "",
    "HELP_THERAPIST": "",
    "HELP_FREE": "",
    "ALLOWED_COUNTRIES": "US",
    "SIGNUPS_PER_HOUR": "1000",
}
_SECRETS = {"link-key": "key-of-links", "twilio": json.dumps({"auth_token": TOKEN})}


class Functions(runtime.Edge):
    """What the functions run on, and what calls them. `now` is what time it is; what they enqueue is in `queued`."""

    environment = ENVIRONMENT

    def __init__(self, dynamodb: Any, twilio: HttpClient, now: datetime) -> None:
        self.time = now
        self.queued: list[str] = []
        self._twilio = twilio
        self._clients = {
            "dynamodb": dynamodb,
            "sqs": SimpleNamespace(
                send_message=lambda **sent: self.queued.append(sent["MessageBody"]),
                change_message_visibility=lambda **_: None,
            ),
            "ssm": SimpleNamespace(get_parameter=lambda **_: {"Parameter": {"Value": BASE_URL}}),
            "secretsmanager": SimpleNamespace(
                get_secret_value=lambda **asked: {"SecretString": _SECRETS[asked["SecretId"]]}
            ),
        }

    def now(self) -> datetime:
        return self.time

    def new_id(self) -> str:
        return secrets.token_hex(8)

    def client(self, service: str, config: Any = None) -> Any:  # noqa: ARG002
        return self._clients[service]

    def twilio(self) -> HttpClient:
        return self._twilio

    # What calls them

    def call(self, handler: Callable[[Any, Any], Any], event: Event) -> Any:
        with redirect_stdout(StringIO()):  # where metrics go
            return handler(event, CONTEXT)

    def tick(self) -> Any:
        return self.call(dispatch.handler, sample("schedule_tick") | {"time": self.time.isoformat()})

    def deliver(self, nudges: Sequence[str]) -> Any:
        """Of messages on the queue, by their bodies; what comes back names those that failed by their place."""
        (record,) = sample("sqs_nudge")["Records"]
        records = [record | {"body": body, "messageId": str(n)} for n, body in enumerate(nudges)]
        return self.call(deliver.handler, {"Records": records})

    def text(self, sender: str, words: str, sid: str, **more: str) -> Any:
        fields = {"AccountSid": ACCOUNT, "MessageSid": sid, "From": sender, "Body": words, **more}
        return self.call(receive_sms.handler, signed(sample("twilio_sms"), fields))

    def receipt(self, nudge: Nudge, message_id: str, status: str, **more: str) -> Any:
        fields = {"AccountSid": ACCOUNT, "MessageSid": message_id, "MessageStatus": status, **more}
        return self.call(receive_status.handler, signed(about(sample("twilio_status"), nudge), fields))

    def sign_up(self, form: Mapping[str, str]) -> Any:
        event = sample("http_signup") | {"body": urlencode(form), "isBase64Encoded": False}
        return self.call(signup.handler, event)


@contextmanager
def running(functions: Functions) -> Iterator[None]:
    """The functions run on this edge, and say nothing; afterwards on the real one again."""
    level, namespace = runtime.logger.log_level, runtime.metrics.provider.namespace
    runtime.use(functions)
    runtime.logger.setLevel(logging.CRITICAL)
    runtime.metrics.provider.namespace = "unstuck"
    try:
        yield
    finally:
        runtime.use(runtime.Edge())
        runtime.logger.setLevel(level)
        runtime.metrics.provider.namespace = namespace


def sample(name: str) -> Event:
    read: Event = json.loads((ROOT / "events" / f"{name}.json").read_text(encoding="utf-8"))
    return read


def about(event: Event, nudge: Nudge) -> Event:
    """A status callback's event with its address naming that nudge."""
    names = {"member": nudge.member_id, "nudge": nudge.id}
    return event | {"rawQueryString": urlencode(names), "queryStringParameters": names}


def signed(event: Event, fields: Mapping[str, str], base_url: str = BASE_URL, token: str = TOKEN) -> Event:
    """A webhook's event with these fields posted, and signed over its address as Twilio signs."""
    query = f"?{event['rawQueryString']}" if event["rawQueryString"] else ""
    signature = RequestValidator(token).compute_signature(f"{base_url}{event['rawPath']}{query}", fields)
    headers = event["headers"] | {"x-twilio-signature": signature}
    return event | {"body": urlencode(fields), "isBase64Encoded": False, "headers": headers}
