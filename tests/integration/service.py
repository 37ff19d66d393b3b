"""The functions in one process, as tests call them, and a canary: a member of whom no log may tell anything.

The world around them is real (AWS and Twilio, local both), and is what fails; no function of ours is replaced but
the clock.
"""

import json
import re
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qsl, urlencode

import boto3
from aws_lambda_powertools.utilities import parameters

from functions.deliver import app as deliver
from functions.dispatch import app as dispatch
from functions.nudge_now import app as nudge_now
from functions.receive_mail_status import app as receive_mail_status
from functions.receive_sms import app as receive_sms
from functions.receive_status import app as receive_status
from functions.signup import app as signup
from functions.summarize import app as summarize
from shared import runtime
from shared.channels import mail_events
from shared.domain import schedule
from shared.domain.models import Channel, Kind, Member, Nudge
from tests.functions import CONTEXT, TABLE, Event, about, sample, signed
from tests.unit.phone.rig import ACCOUNT, TOKEN, Phone

Handler = Callable[[Any, Any], Any]
Client = Callable[[str], Any]  # of AWS, by the service's name

NUMBER, NAME, ADDRESS, WORDS = "+14155550177", "Zebulonia", "zebulonia@canary.example", "quagmire"
LINK_KEY = "key-of-links"
BUDDY, BUDDYS_WORDS = "+14155550188", "hullabaloo"
PERSONAL = (NAME.lower(), NUMBER[-7:], ADDRESS, WORDS, BUDDY[-7:], BUDDYS_WORDS, TOKEN, LINK_KEY)
FORM = {
    "name": NAME,
    "phone": NUMBER,
    "email": ADDRESS,
    "channel": "both",
    "hour": "18:30",
    "days": "weekdays",
    "timezone": "America/New_York",
    "consent": "on",
}


def sqs_event(name: str, *bodies: str) -> Event:
    """A batch like the sample, of messages with these bodies; each goes by its place among them."""
    (record,) = sample(name)["Records"]
    return {"Records": [record | {"messageId": str(n), "body": body} for n, body in enumerate(bodies)]}


def mail_said(nudge: Nudge, kind: str, at: datetime, **details: Any) -> str:
    """An event of SES's on the mail of a nudge, as it is published."""
    tagged = {tag["Name"]: [tag["Value"]] for tag in mail_events.tags(nudge)}
    mail = {"timestamp": at.isoformat(), "messageId": "ses-1", "tags": tagged, "destination": [ADDRESS]}
    return json.dumps({"eventType": kind, "mail": mail, **details})


class Service:
    """Calls handlers, and keeps all that they say."""

    def __init__(self, aws: Client, base_url: str, listen: Callable[[], str]) -> None:
        self.aws = aws
        self._base_url = base_url
        self._listen = listen
        self._errors: list[str] = []

    def call(self, handler: Handler, event: Any) -> Any:
        """What the handler returns, or the error that it raises, which Lambda would log."""
        try:
            return handler(event, CONTEXT)
        except Exception as error:  # noqa: BLE001
            self._errors.append("".join(traceback.format_exception(error)))
            return error

    def keeps_to_itself(self, *words: str) -> str:
        """What was said since the last time, with nothing personal in it, nor `words`."""
        said = "\n".join((self._listen(), *self._errors))
        self._errors.clear()
        assert not [each for each in PERSONAL + words if each in said.lower()], said
        return said

    def confirm_address(self) -> Any:
        """What opening the link shows that is mailed to an address which was given just now."""
        mails = self.mailed()
        assert self.deliver()
        (link,) = re.findall(r"/confirm\?(\S+)", mails[-1].get_body(("plain",)).get_content())  # type: ignore[union-attr]
        return self.page("http_confirm", link)

    # What comes from outside

    def sign_up(self, **changes: str) -> Any:
        event = sample("http_signup") | {"body": urlencode(FORM | changes), "isBase64Encoded": False}
        return self.call(signup.handler, event)

    def page(self, name: str, query: str, **headers: str) -> Any:
        event = sample(name)
        asked = {"queryStringParameters": dict(parse_qsl(query)), "rawQueryString": query}
        return self.call(signup.handler, event | asked | {"headers": event["headers"] | headers})

    def text(self, words: str, sid: str = "SM1", sender: str = NUMBER, token: str = TOKEN, **more: str) -> Any:
        fields = {"AccountSid": ACCOUNT, "MessageSid": sid, "From": sender, "Body": words, **more}
        return self.call(receive_sms.handler, self.webhook(sample("twilio_sms"), fields, token))

    def receipt(self, token: str = TOKEN, nudge: Nudge | None = None, **more: str) -> Any:
        fields = {"AccountSid": ACCOUNT, "MessageSid": "SM1", "MessageStatus": "undelivered", "To": NUMBER, **more}
        event = sample("twilio_status")
        return self.call(receive_status.handler, self.webhook(about(event, nudge) if nudge else event, fields, token))

    def mail_event(self, nudge: Nudge, kind: str, at: datetime | None = None, **details: Any) -> Any:
        """SES tells what became of the mail of a nudge."""
        said = mail_said(nudge, kind, at or runtime.now(), **details)
        return self.call(receive_mail_status.handler, sqs_event("sqs_mail_bounced", said))

    def webhook(self, event: Event, fields: dict[str, str], token: str = TOKEN) -> Event:
        """An event with these fields posted, signed as Twilio signs over the service's address."""
        return signed(event, fields, self._base_url, token)

    def ask_for(self, kind: str, phone: str = NUMBER) -> Any:
        return self.call(nudge_now.handler, {"phone": phone, "kind": kind, "request_id": "request-1"})

    def tick_at(self, at: datetime) -> Any:
        return self.call(dispatch.handler, sample("schedule_tick") | {"time": at.isoformat()})

    def items(self) -> list[dict[str, Any]]:
        """All that is in the table."""
        found: list[dict[str, Any]] = self.aws("dynamodb").scan(TableName=TABLE)["Items"]
        return found

    def state(self) -> dict[str, Any]:
        (item,) = [item for item in self.items() if item["sk"]["S"] == "MEMBER"]
        read: dict[str, Any] = json.loads(item["data"]["S"])
        return read

    def have_dealt_with_all_that_was_due(self) -> None:
        for item in self.items():
            if item["sk"]["S"] == "DUE":
                self.aws("dynamodb").delete_item(TableName=TABLE, Key={"pk": item["pk"], "sk": item["sk"]})

    def mailed(self) -> list[EmailMessage]:
        """The mails that are sent from now on."""
        sent: list[EmailMessage] = []

        def keep(params: Any, **_: Any) -> None:
            message = message_from_bytes(params["RawMessage"]["Data"], policy=policy.default)
            assert isinstance(message, EmailMessage)
            sent.append(message)

        runtime.ses().meta.events.register("provide-client-params.ses.SendRawEmail", keep)
        return sent

    def tick(self) -> None:
        """All that is due by now goes out: what was said just now is, a second later."""
        time.sleep(1.1)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        assert self.call(dispatch.handler, sample("schedule_tick") | {"time": at})["failed"] == 0
        assert self.deliver() in ([], [{"batchItemFailures": []}])

    def deliver(self) -> list[Any]:
        """What delivering all that is queued returns, a batch for each queue."""
        answers = []
        for queue, handler in (("nudges", deliver.handler), ("summaries", summarize.handler)):
            sqs = self.aws("sqs")
            url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
            asked = {"QueueUrl": url, "MaxNumberOfMessages": 10, "AttributeNames": ["ApproximateReceiveCount"]}
            messages = sqs.receive_message(**asked).get("Messages", [])
            said = "".join(message["Body"] for message in messages)
            assert not [each for each in PERSONAL if each in said.lower()], "ids travel, and nothing else"
            if messages:
                answers.append(self.call(handler, {"Records": [as_record(message) for message in messages]}))
        return answers


def as_record(message: dict[str, Any]) -> dict[str, Any]:
    """A message of a queue as Lambda hands it to a function."""
    (record,) = sample("sqs_nudge")["Records"]
    attributes = record["attributes"] | message.get("Attributes", {})
    told = {"messageId": message["MessageId"], "receiptHandle": message["ReceiptHandle"], "body": message["Body"]}
    return {**record, **told, "attributes": attributes}


def received(phone: Phone, number: str) -> list[str]:
    """The texts that the service sent to a number on its own, oldest first."""
    texts = phone.client.get(f"/phone/{number}/texts").json()
    return [text["body"] for text in texts if text["author"] == "service"]


def kept(service: Service, pk: str = "") -> list[str]:
    """The keys of what is stored, but for the count of sign-ups, which names nobody."""
    keys = [f"{item['pk']['S']} {item['sk']['S']}" for item in service.items()]
    return [key for key in keys if key.startswith(pk) and not key.startswith("SIGNUPS#")]


def caches() -> None:
    for each in vars(runtime).values():
        getattr(each, "cache_clear", lambda: None)()
    parameters.clear_caches()  # type: ignore[no-untyped-call]
    boto3.DEFAULT_SESSION = None


@dataclass
class Clock:
    """What time it is for the functions."""

    now: datetime


class Stdout:
    """Wherever `print` writes at the moment."""

    def write(self, words: str) -> None:
        print(words, end="")

    def flush(self) -> None:
        pass


def who() -> Member:
    return runtime.store().member_by_phone(NUMBER, runtime.recently())


def checkin(kind: Kind = Kind.DAILY_CHECKIN, channel: Channel = "sms") -> Nudge:
    """A check-in that was asked for just now, and so goes out at any hour."""
    asked = schedule.asked_for(who(), kind, "r1", runtime.now())
    return next(nudge for nudge in asked if nudge.channel == channel)


def bring(service: Service, nudge: Nudge) -> bool:
    """The queue brings a nudge once; whether it was dealt with."""
    message = {"MessageId": "m1", "ReceiptHandle": "none", "Body": nudge.model_dump_json()}
    answer = service.call(deliver.handler, {"Records": [as_record(message)]})
    return bool(answer == {"batchItemFailures": []})
