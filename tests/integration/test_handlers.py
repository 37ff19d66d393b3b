"""The handlers in one process: whatever happens, nothing personal reaches a log or an error.

The world around them is real (AWS and Twilio, local both), and is what fails; no function of ours is replaced but
the clock.
"""

import itertools
import json
import logging
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

import boto3
import pytest
from aws_lambda_powertools.utilities import parameters
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError
from twilio.request_validator import RequestValidator

from cli.local.ministack import ROOT, MiniStack, free_port
from functions.deliver import app as deliver
from functions.dispatch import app as dispatch
from functions.nudge_now import app as nudge_now
from functions.receive_mail_status import app as receive_mail_status
from functions.receive_sms import app as receive_sms
from functions.receive_status import app as receive_status
from functions.recompute_due import app as recompute_due
from functions.signup import app as signup
from functions.summarize import app as summarize
from shared import runtime
from shared.channels import mail_events
from shared.domain import schedule
from shared.domain.models import Kind, Nudge, Status
from tests.integration.conftest import TABLE, Client
from tests.unit.phone.rig import ACCOUNT, SERVICE, TOKEN, Phone

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics to publish")

Event = dict[str, Any]
Handler = Callable[[Any, Any], Any]

NUMBER, NAME, ADDRESS, WORDS = "+14155550177", "Zebulonia", "zebulonia@canary.example", "quagmire"
LINK_KEY = "key-of-links"
BUDDY, BUDDYS_WORDS = "+14155550188", "hullabaloo"
PERSONAL = (NAME.lower(), NUMBER[-7:], ADDRESS, WORDS, BUDDY[-7:], BUDDYS_WORDS, TOKEN, LINK_KEY)
CONTEXT = SimpleNamespace(
    function_name="unstuck",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:unstuck",
    aws_request_id="request-1",
)
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


def sample(name: str) -> Event:
    read: Event = json.loads((ROOT / "events" / f"{name}.json").read_text(encoding="utf-8"))
    return read


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
        return self.call(receive_sms.handler, self._signed(sample("twilio_sms"), fields, token))

    def receipt(self, token: str = TOKEN, nudge: Nudge | None = None, **more: str) -> Any:
        fields = {"AccountSid": ACCOUNT, "MessageSid": "SM1", "MessageStatus": "undelivered", "To": NUMBER, **more}
        event = sample("twilio_status")
        if nudge:
            names = {"member": nudge.member_id, "nudge": nudge.id}
            event |= {"queryStringParameters": names, "rawQueryString": urlencode(names)}
        return self.call(receive_status.handler, self._signed(event, fields, token))

    def mail_event(self, nudge: Nudge, kind: str, at: datetime | None = None, **details: Any) -> Any:
        """SES tells what became of the mail of a nudge."""
        said = mail_said(nudge, kind, at or runtime.now(), **details)
        return self.call(receive_mail_status.handler, sqs_event("sqs_mail_bounced", said))

    def _signed(self, event: Event, fields: dict[str, str], token: str) -> Event:
        event = event | {"body": urlencode(fields), "isBase64Encoded": False}
        query = f"?{event['rawQueryString']}" if event["rawQueryString"] else ""
        signature = RequestValidator(token).compute_signature(f"{self._base_url}{event['rawPath']}{query}", fields)
        return event | {"headers": event["headers"] | {"x-twilio-signature": signature}}

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


def attached(message: EmailMessage) -> list[str]:
    payloads = [part.get_payload(decode=True) for part in message.iter_attachments()]
    return [each.decode("utf-8-sig") for each in payloads if isinstance(each, bytes)]


def caches() -> None:
    for each in vars(runtime).values():
        getattr(each, "cache_clear", lambda: None)()
    parameters.clear_caches()  # type: ignore[no-untyped-call]
    boto3.DEFAULT_SESSION = None


@pytest.fixture
def service(
    ministack: MiniStack,
    aws: Client,
    account: str,
    dynamodb: Any,
    phone: Phone,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Service]:
    """The functions, with a world of their own to run in; at the end, nothing personal has been said."""
    queues = [aws("sqs").create_queue(QueueName=name)["QueueUrl"] for name in ("nudges", "summaries")]
    aws("ssm").put_parameter(Name="/canary/base-url", Value=phone.settings.api, Type="String")
    aws("secretsmanager").create_secret(Name="canary-twilio", SecretString=json.dumps({"auth_token": TOKEN}))
    aws("secretsmanager").create_secret(Name="canary-link-key", SecretString=LINK_KEY)
    aws("ses").verify_email_identity(EmailAddress="hello@unstuck.example")
    variables = {
        "AWS_ENDPOINT_URL": ministack.url,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "TABLE_NAME": TABLE,
        "NUDGE_QUEUE_URL": queues[0],
        "SUMMARY_QUEUE_URL": queues[1],
        "MAIL_EVENTS": "",
        "BASE_URL_PARAMETER": "/canary/base-url",
        "LINK_KEY_SECRET": "canary-link-key",
        "TWILIO_SECRET": "canary-twilio",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_NUMBER": SERVICE,
        "TWILIO_API_URL": phone.url,
        "MAIL_FROM": "hello@unstuck.example",
        "REPLY_DOMAIN": "reply.unstuck.example",
        "MAIL_BUCKET": f"mails-{account}",
        "BRAND": "Unstuck",
        "CONTACT": "help@unstuck.example",
        "POSTAL_ADDRESS": "1 Example Street, Springfield",
        "HELP_COACH": "",
        "HELP_THERAPIST": "",
        "HELP_FREE": "",
        "ALLOWED_COUNTRIES": "US",
        "SIGNUPS_PER_HOUR": "10",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(runtime.metrics.provider, "namespace", "unstuck")
    caplog.set_level(logging.WARNING)  # as in Lambda, for all loggers but ours
    monkeypatch.setattr(runtime.logger._logger, "level", logging.DEBUG)
    for handler in runtime.logger.handlers:
        monkeypatch.setattr(handler, "stream", Stdout())
    caches()

    def listen() -> str:
        captured = capsys.readouterr()
        return "\n".join((captured.out, captured.err, caplog.text))

    called = Service(aws, phone.settings.api, listen)
    yield called
    caches()
    called.keeps_to_itself()


@dataclass
class Clock:
    """What time it is for the functions."""

    now: datetime


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """From now on a Tuesday evening, long after all that has been due."""
    clock = Clock(datetime(2036, 3, 5, 0, 30, tzinfo=UTC))
    monkeypatch.setattr(runtime, "now", lambda: clock.now)
    return clock


class Stdout:
    """Wherever `print` writes at the moment."""

    def write(self, words: str) -> None:
        print(words, end="")

    def flush(self) -> None:
        pass


@pytest.fixture
def member(service: Service, phone: Phone) -> Service:
    """The service, with the canary as a member who has said YES."""
    assert service.sign_up()["statusCode"] == 200
    assert service.deliver() == [{"batchItemFailures": []}]
    assert "Zebulonia" in service.text("YES")["body"]
    return service


def test_newer_time_zones_put_each_members_next_moment_right(member: Service) -> None:
    def due_at() -> list[str]:
        return [item["due_at"]["S"] for item in member.items() if item["sk"]["S"] == "DUE"]

    def recompute(*remaining: int) -> Any:
        left = iter(remaining)
        vars(CONTEXT)["get_remaining_time_in_millis"] = lambda: next(left)
        return member.call(recompute_due.handler, sample("schedule_hourly"))

    (right,) = due_at()
    (row,) = [item for item in member.items() if item["sk"]["S"] == "DUE"]
    wrong = row | {"due_at": {"S": (datetime.fromisoformat(right) + timedelta(hours=1)).isoformat()}}
    member.aws("dynamodb").put_item(TableName=TABLE, Item=wrong)
    changed = [recompute(60_000, 0)["changed"] for _ in range(8)]  # a run that is cut short reads one shard of eight
    assert (sum(changed), due_at()) == (1, [right])
    member.aws("dynamodb").put_item(TableName=TABLE, Item=wrong)
    assert recompute(60_000) == {"changed": 0}  # by these zones the pass is done
    assert due_at() != [right]
    (noted,) = [item for item in member.items() if item["pk"]["S"] == "ZONES"]
    older = noted | {"zones": {"S": "2011a"}}
    member.aws("dynamodb").put_item(TableName=TABLE, Item=older)
    assert recompute(*[60_000] * 8) == {"changed": 1}
    assert due_at() == [right]


def test_a_sign_up_a_conversation_and_mails(member: Service, phone: Phone) -> None:
    answer = member.text(f"7. Win: {WORDS}", "SM2")
    assert WORDS in answer["body"]
    assert member.text(f"7. Win: {WORDS}", "SM2") == answer
    for n, words in enumerate((f"{WORDS}?", "STATS", "UNDO", "PAUSE", "RESUME", "SUMMARY", "HELP")):
        assert member.text(words, f"SM1{n}")["statusCode"] == 200
    assert member.ask_for("daily_checkin") == {"request_id": "request-1"}
    assert member.deliver() == [{"batchItemFailures": []}] * 2
    assert member.call(dispatch.handler, sample("schedule_tick") | {"time": "2036-03-05T00:00:00Z"})["enqueued"]
    assert member.receipt()["statusCode"] == 204
    assert "request-1" in member.keeps_to_itself()


def test_kinds_that_go_out_as_one_are_on_record_each_with_what_became_of_it(member: Service) -> None:
    member.text("log off at 6pm", "SM2")
    now = runtime.now()
    ana = runtime.store().member_by_phone(NUMBER, runtime.recently())
    today = now.astimezone(ZoneInfo(ana.timezone)).date()
    kinds = (Kind.DAILY_CHECKIN, Kind.LOG_OFF, Kind.RUT_CHECK)
    nudge = Nudge(member_id=ana.id, kind=kinds[0], channel="email", day=today, due_at=now, kinds=kinds)
    runtime.enqueue(nudge)
    assert member.deliver() == [{"batchItemFailures": []}]
    found = runtime.store().nudge(nudge)
    assert (found["state"], found["fates"]) == ("sent", "daily_checkin:sent log_off:merged rut_check:answered")


def received(phone: Phone, number: str) -> list[str]:
    """The texts that the service sent to a number on its own, oldest first."""
    texts = phone.client.get(f"/phone/{number}/texts").json()
    return [text["body"] for text in texts if text["author"] == "service"]


def kept(service: Service, pk: str = "") -> list[str]:
    """The keys of what is stored, but for the count of sign-ups, which names nobody."""
    keys = [f"{item['pk']['S']} {item['sk']['S']}" for item in service.items()]
    return [key for key in keys if key.startswith(pk) and not key.startswith("SIGNUPS#")]


def test_all_that_a_member_tells_of_the_plan_and_its_export(member: Service) -> None:
    mails = member.mailed()
    told = (
        f"goal: {WORDS} 5 times by december",
        "skip",
        "step 4",
        f"{NAME}, Tom from {WORDS}",
        "june 2024",
        f"4. {WORDS} drained me",
        "undo",
        f"7. Win: {WORDS}. rang {NAME}",
        f"my email is {ADDRESS}",
        f"call me {NAME}",
        f"timezone {WORDS}",
        f"my email is {WORDS}",
        "goals",
        "contacts",
        "settings",
    )
    for n, words in enumerate(told):
        assert member.text(words, f"SM2{n}")["statusCode"] == 200
    assert ADDRESS in member.text("send me my data", "SM3")["body"]
    assert member.deliver() == [{"batchItemFailures": []}]
    (message,) = mails
    everything, journal = attached(message)
    held = json.loads(everything)
    assert WORDS in held["member"]["goals"][0]["text"]
    assert {contact["name"] for contact in held["member"]["plan"]["contacts"]} >= {NAME}
    assert WORDS in held["journal"][-1]["wins"][0] and WORDS in journal
    assert {answer["id"] for answer in held["messages"]} >= {f"SM2{n}" for n in range(len(told))}
    member.keeps_to_itself("unsubscribe?", NAME[:-1].lower())


def test_a_pack_of_wins_goes_by_mail_from_the_days_that_it_was_asked_for(member: Service) -> None:
    mails = member.mailed()
    assert member.text(f"7. Win: finished {WORDS}", "SM2")["statusCode"] == 200
    member.text(f"my email is {ADDRESS}", "SM3")
    assert ADDRESS in member.text("wins pack this month", "SM4")["body"]
    assert member.deliver() == [{"batchItemFailures": []}]
    (message,) = mails
    page, markdown = attached(message)
    assert f"Finished {WORDS}" in page and f"- Finished {WORDS}" in markdown
    member.keeps_to_itself("unsubscribe?", NAME[:-1].lower())


def test_a_check_in_that_is_put_off_comes_at_its_time(member: Service, phone: Phone, clock: Clock) -> None:
    member.have_dealt_with_all_that_was_due()
    member.text("7", "SM2")
    before = received(phone, NUMBER)
    assert "I will" in member.text("ask me again in 5 hours", "SM3")["body"]
    later = clock.now + timedelta(hours=5)
    assert member.tick_at(later - timedelta(minutes=1))["enqueued"] == 0
    assert member.tick_at(later)["enqueued"] == 2  # as a text, and as a mail
    clock.now = later
    assert member.deliver() == [{"batchItemFailures": []}]
    assert len(received(phone, NUMBER)) == len(before) + 1
    assert member.state()["snoozed_until"] is None
    assert member.tick_at(later)["enqueued"] == 0

    member.text("later", "SM4")
    member.text("please stop texting me", "SM5")
    assert member.tick_at(later + timedelta(hours=2))["enqueued"] == 0
    assert len(received(phone, NUMBER)) == len(before) + 1


def test_a_member_who_is_put_off_and_stops_before_it_is_delivered_gets_nothing(
    member: Service, phone: Phone, clock: Clock
) -> None:
    member.text("later", "SM2")
    clock.now += timedelta(hours=1)
    assert member.tick_at(clock.now)["enqueued"] == 2
    before = received(phone, NUMBER)
    member.text("please stop texting me", "SM3")
    assert member.deliver() == [{"batchItemFailures": []}]
    assert received(phone, NUMBER) == before


def test_a_member_who_wants_everything_erased(member: Service) -> None:
    mails = member.mailed()
    member.text(f"7. Win: {WORDS}", "SM2")
    assert "KEEP" in member.text("delete my account", "SM3")["body"]
    assert member.text("send me my data", "SM4")["statusCode"] == 200
    assert "KEEP" in member.text("delete everything", "SM5")["body"]
    assert "erased" in member.text("DELETE", "SM6")["body"]
    assert kept(member) == [f"PHONE#{NUMBER} HINT"]
    assert member.deliver() == [{"batchItemFailures": []}]
    assert mails == []
    for sid in ("SM6", "SM7"):
        assert "Message" not in member.text("hello?", sid)["body"]
    assert "unknown" in member.ask_for("daily_checkin")
    assert member.sign_up()["statusCode"] == 200
    member.deliver()
    assert NAME in member.text("YES", "SM8")["body"]


def test_an_erasure_that_breaks_off_is_completed_when_the_webhook_comes_again(
    member: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    member.text("delete my account", "SM2")
    client = runtime.store()._client
    real, fails = client.transact_write_items, iter([False, False, True])

    def break_off(**writes: Any) -> Any:
        if next(fails):
            raise ConnectionError
        return real(**writes)

    monkeypatch.setattr(client, "transact_write_items", break_off)
    assert isinstance(member.text("DELETE", "SM3"), ConnectionError)
    assert len(kept(member)) > 1
    monkeypatch.setattr(client, "transact_write_items", real)
    assert member.text("hello?", "SM4")["body"].count("<Message>") == 0
    assert "erased" in member.text("DELETE", "SM3")["body"]
    assert kept(member) == [f"PHONE#{NUMBER} HINT"]
    assert "Message" not in member.text("DELETE", "SM3")["body"]


@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_erasure_that_breaks_off_is_completed_by_a_tick_where_the_webhook_never_comes_again(
    member: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    member.text("delete my account", "SM2")
    client = runtime.store()._client
    real, calls = client.transact_write_items, itertools.count()

    def break_off(**writes: Any) -> Any:
        if next(calls) == after:
            raise ConnectionError
        return real(**writes)

    with monkeypatch.context() as broken:
        broken.setattr(client, "transact_write_items", break_off)
        assert isinstance(member.text("DELETE", "SM3"), ConnectionError)
    clock.now += timedelta(minutes=4)
    member.tick_at(clock.now)
    assert len(kept(member)) > 1, "the webhook may still come again, and is answered"
    clock.now += timedelta(minutes=2)
    assert member.tick_at(clock.now) == {"enqueued": 0, "failed": 0}
    assert kept(member) == [f"PHONE#{NUMBER} HINT"]


# Buddies


@pytest.fixture
def friends(service: Service, phone: Phone) -> Service:
    """The service, with the canary as a member for whom it is noon, and a buddy who was invited."""
    zone = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # the sign of Etc zones is the other way round
    assert service.sign_up(timezone=zone, channel="sms")["statusCode"] == 200
    service.deliver()
    service.text("YES")
    assert "never moods" in service.text(f"add my friend {BUDDY} as buddy", "SM2")["body"]
    service.tick()
    return service


@pytest.fixture
def pair(friends: Service, phone: Phone) -> Service:
    """The same, once the buddy has agreed."""
    assert NAME in friends.text("Yes please", "SB1", BUDDY)["body"]
    friends.tick()
    assert "buddy said yes" in received(phone, NUMBER)[-1]
    return friends


def test_a_buddy_is_invited_once_agrees_and_is_heard(friends: Service, phone: Phone) -> None:
    (invitation,) = received(phone, BUDDY)
    assert NAME in invitation and "STOP" in invitation
    friends.text(f"add my friend {BUDDY} as buddy", "SM2")
    friends.tick()
    assert received(phone, BUDDY) == [invitation]

    agreed = friends.text("YES", "SB1", BUDDY)
    assert NAME in agreed["body"]
    assert friends.text("YES", "SB1", BUDDY) == agreed
    friends.tick()
    assert "buddy said yes" in received(phone, NUMBER)[-1]

    cheered = friends.text(f"what a {BUDDYS_WORDS}", "SB2", BUDDY)
    assert friends.text(f"what a {BUDDYS_WORDS}", "SB2", BUDDY) == cheered
    friends.tick()
    friends.tick()
    assert [BUDDYS_WORDS in text for text in received(phone, NUMBER)] == [False, False, True]
    friends.keeps_to_itself()


def test_a_note_tells_of_wins_and_not_of_moods(pair: Service, phone: Phone) -> None:
    pair.ask_for("buddy_note")
    pair.tick()
    assert len(received(phone, BUDDY)) == 1  # there is nothing to tell
    pair.text(f"2. the meeting drained me. Win: {WORDS}", "SM3")
    assert pair.call(nudge_now.handler, {"phone": NUMBER, "kind": "buddy_note", "request_id": "r2"})
    pair.tick()
    note = received(phone, BUDDY)[-1]
    assert WORDS in note and "meeting" not in note and "2" not in note
    assert NUMBER not in note


@pytest.mark.parametrize("more", [{}, {"OptOutType": "STOP"}], ids=["in words", "by Twilio"])
def test_a_buddy_s_stop_ends_it_and_it_is_silent_where_twilio_answered(
    pair: Service, phone: Phone, more: dict[str, str]
) -> None:
    words = "STOP" if more else f"please stop texting me, {BUDDYS_WORDS}"
    answer = pair.text(words, "SB2", BUDDY, **more)
    assert ("no more messages" in answer["body"]) == (not more)
    assert pair.text(words, "SB2", BUDDY, **more) == answer
    pair.tick()
    assert "stepped back" in received(phone, NUMBER)[-1]
    assert f"PHONE#{BUDDY} NO" in kept(pair)
    assert not [key for key in kept(pair, f"PHONE#{BUDDY}") if "BUDDY#" in key]
    assert "Message" not in pair.text("hello?", "SB3", BUDDY)["body"]

    pair.text(f"win: {WORDS}", "SM3")
    pair.ask_for("buddy_note")
    pair.text(f"add {BUDDY} as my buddy", "SM4")
    pair.tick()
    assert len(received(phone, BUDDY)) == 1
    pair.tick()
    assert "could not reach" in received(phone, NUMBER)[-1]
    assert "be their buddy again" in pair.text("START", "SB4", BUDDY)["body"]


def test_a_buddy_s_number_that_twilio_refuses_ends_the_buddy_and_opts_no_member_out(
    pair: Service, phone: Phone
) -> None:
    phone.client.post(f"/phone/{BUDDY}/texts", json={"text": "STOP"})
    pair.text(f"win: {WORDS}", "SM3")
    pair.ask_for("buddy_note")
    assert pair.deliver() == [{"batchItemFailures": []}]
    pair.tick()
    assert "could not reach" in received(phone, NUMBER)[-1]
    assert "refused" not in pair.ask_for("daily_checkin")


def test_a_member_who_is_a_buddy_too(pair: Service, phone: Phone) -> None:
    assert pair.sign_up(phone=BUDDY, name="Bea")["statusCode"] == 200
    pair.deliver()
    assert "Bea" in pair.text("YES", "SB2", BUDDY)["body"]
    assert "unsubscribed" in pair.text("please stop texting me", "SB3", BUDDY)["body"]
    pair.tick()
    assert "stepped back" in received(phone, NUMBER)[-1]


def by_link(service: Service, bea: str, _: Phone) -> None:
    query = runtime.links().make("unsubscribe", bea, runtime.now(), "en").partition("?")[2]
    for _again in range(2):
        assert service.page("http_unsubscribe", query)["statusCode"] == 200


def by_complaint(service: Service, bea: str, _: Phone) -> None:
    service.ask_for("daily_checkin", BUDDY)
    assert service.deliver() == [{"batchItemFailures": []}]
    who = runtime.store().member(bea, runtime.recently())
    asked = schedule.asked_for(who, Kind.DAILY_CHECKIN, "request-1", runtime.now())
    (mail,) = [nudge for nudge in asked if nudge.channel == "email"]
    for _again in range(2):
        service.mail_event(mail, "Complaint", complaint={"timestamp": runtime.now().isoformat()})


def by_refusal(service: Service, _: str, phone: Phone) -> None:
    """With Twilio itself, which refuses from then on to send (21610)."""
    phone.client.post(f"/phone/{BUDDY}/texts", json={"text": "STOP"})
    service.ask_for("daily_checkin", BUDDY)
    assert service.deliver() == [{"batchItemFailures": []}]


@pytest.mark.parametrize("opt_out", [by_link, by_complaint, by_refusal])
def test_a_member_who_opts_out_otherwise_is_nobody_s_buddy_any_more(
    pair: Service, phone: Phone, opt_out: Callable[[Service, str, Phone], None]
) -> None:
    assert pair.sign_up(phone=BUDDY, name="Bea")["statusCode"] == 200
    pair.deliver()
    pair.text("YES", "SB2", BUDDY)
    bea = runtime.store().member_by_phone(BUDDY, runtime.recently()).id
    opt_out(pair, bea, phone)
    assert runtime.store().member(bea, runtime.recently()).status is Status.STOPPED
    assert not [key for key in kept(pair, f"PHONE#{BUDDY}") if "BUDDY#" in key]
    pair.tick()
    assert "stepped back" in received(phone, NUMBER)[-1]


def test_whoever_is_erased_has_no_buddy(pair: Service) -> None:
    pair.text("delete my account", "SM3")
    assert "erased" in pair.text("DELETE", "SM4")["body"]
    assert not kept(pair, "MEMBER#")
    assert [key for key in kept(pair) if "BUDDY#" in key or NUMBER in key] == [f"PHONE#{NUMBER} HINT"]


def test_a_call_for_help_from_a_buddy_reaches_nobody_else(pair: Service, phone: Phone) -> None:
    before = received(phone, NUMBER)
    assert "988" in pair.text(f"I want to die, {BUDDYS_WORDS}", "SB2", BUDDY)["body"]
    pair.tick()
    assert received(phone, NUMBER) == before


def test_a_form_with_mistakes(service: Service) -> None:
    assert service.sign_up(hour=WORDS, timezone=WORDS)["statusCode"] == 422
    assert service.sign_up(phone=f"{NUMBER}00000", consent="")["statusCode"] == 422
    assert service.sign_up(website=WORDS)["statusCode"] == 200
    statuses = [service.sign_up()["statusCode"] for _ in range(21)]  # ten an hour, should one begin just now
    assert set(statuses) == {200, 429}


def test_links(member: Service) -> None:
    item = member.aws("dynamodb").get_item(TableName=TABLE, Key={"pk": {"S": f"PHONE#{NUMBER}"}, "sk": {"S": "PHONE"}})
    url = runtime.links().make("unsubscribe", item["Item"]["member_id"]["S"], runtime.now(), "en")
    query = url.partition("?")[2]
    assert member.page("http_ask_to_unsubscribe", query)["statusCode"] == 200
    assert member.page("http_unsubscribe", query)["statusCode"] == 200
    assert member.page("http_unsubscribe", f"{query}x")["statusCode"] == 410
    member.keeps_to_itself(query.lower())


def test_somebody_signs_up_and_leaves_in_spanish(service: Service, phone: Phone) -> None:
    for query, accepted, title in (
        ("lang=es", "en-US,en;q=0.9", "Sal del bache"),
        ("lang=en", "es-MX,es;q=0.9", "Out of the rut"),
        ("", "es-MX,es;q=0.9", "Sal del bache"),
        ("", "de-AT", "Out of the rut"),
    ):
        assert title in service.page("http_front_page", query, **{"accept-language": accepted})["body"]
    assert "Escribe tu número de celular" in service.sign_up(language="es", phone="")["body"]
    assert "Enter your mobile number" in service.sign_up(phone="")["body"]
    assert "Mira tu teléfono" in service.sign_up(language="es")["body"]
    assert service.deliver() == [{"batchItemFailures": []}]
    texts = phone.client.get(f"/phone/{NUMBER}/texts").json()
    assert texts[-1]["body"].startswith("Unstuck: responde SI para recibir")
    assert f"Te damos la bienvenida, {NAME}" in service.text("sí")["body"]
    item = service.aws("dynamodb").get_item(TableName=TABLE, Key={"pk": {"S": f"PHONE#{NUMBER}"}, "sk": {"S": "PHONE"}})
    query = runtime.links().make("unsubscribe", item["Item"]["member_id"]["S"], runtime.now(), "es").partition("?")[2]
    page = service.page("http_ask_to_unsubscribe", query)["body"]
    assert "¿Cancelamos los mensajes?" in page and "unsubscribe?lang=es&amp;token=" in page
    assert "Ya no te escribimos" in service.page("http_unsubscribe", query)["body"]
    assert "Este enlace ya no sirve" in service.page("http_confirm", "lang=es&token=x")["body"]
    service.keeps_to_itself(query.lower())


def test_webhooks_that_twilio_did_not_make(member: Service) -> None:
    assert member.text(WORDS, token="another")["statusCode"] == 403
    assert member.receipt(token="another")["statusCode"] == 403


def test_a_stranger(service: Service) -> None:
    assert "http" in service.text(WORDS)["body"]
    assert "http" not in service.text(WORDS, "SM2")["body"]
    assert "unknown" in service.ask_for("daily_checkin")


def test_twilio_refuses(member: Service, phone: Phone) -> None:
    phone.client.post(f"/phone/{NUMBER}/texts", json={"text": "STOP"})
    member.ask_for("daily_checkin")
    assert member.deliver() == [{"batchItemFailures": []}]
    assert "refused" in member.ask_for("daily_checkin")


def test_twilio_cannot_be_reached(member: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_API_URL", f"http://127.0.0.1:{free_port()}")
    runtime.settings.cache_clear()
    member.ask_for("daily_checkin")
    (answer,) = member.deliver()
    assert len(answer["batchItemFailures"]) == 1


def test_ses_refuses(member: Service) -> None:
    member.aws("ses").delete_identity(Identity="hello@unstuck.example")
    member.ask_for("monthly_summary")
    assert len(member.deliver()) == 1


def test_the_operator_asks_for_what_there_is_not(member: Service) -> None:
    assert isinstance(member.ask_for(WORDS), ValidationError)
    assert isinstance(member.call(nudge_now.handler, {"phone": NUMBER}), ValidationError)
    member.keeps_to_itself()


def test_the_table_is_gone(member: Service) -> None:
    member.ask_for("daily_checkin")
    member.aws("dynamodb").delete_table(TableName=TABLE)
    (answer,) = member.deliver()
    assert len(answer["batchItemFailures"]) == 2
    assert isinstance(member.text(WORDS, "SM2"), ClientError)
    assert isinstance(member.receipt(), ClientError)
    assert isinstance(member.ask_for("daily_checkin"), ClientError)
    assert isinstance(member.sign_up(), ClientError)


def test_aws_cannot_be_reached(member: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    caches()
    assert isinstance(
        member.call(nudge_now.handler, {"phone": NUMBER, "kind": "daily_checkin", "request_id": "r"}), BotoCoreError
    )


def test_what_is_stored_cannot_be_read(member: Service) -> None:
    client = member.aws("dynamodb")
    member.text(f"add {BUDDY} as my buddy", "SM3")
    for item in client.scan(TableName=TABLE)["Items"]:
        if item["sk"]["S"] == "MEMBER":
            broken = json.loads(item["data"]["S"]) | {"prompt_time": WORDS, "status": None}
            client.put_item(TableName=TABLE, Item=item | {"data": {"S": json.dumps(broken)}})
    assert isinstance(member.text(WORDS, "SM2"), ValidationError)
    assert isinstance(member.text(BUDDYS_WORDS, "SB1", BUDDY), ValidationError)
    assert isinstance(member.ask_for("daily_checkin"), ValidationError)
    member.keeps_to_itself()
