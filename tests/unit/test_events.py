"""Each trigger in the template has its sample event, and each sample is one that its function reads."""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import md5
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import pytest
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2, S3Event, SQSEvent
from aws_lambda_powertools.utilities.parser.models import APIGatewayProxyEventV2Model, EventBridgeModel, SqsModel

from cli.local.deploy import functions, template
from cli.local.ministack import ROOT
from cli.rehearsal import newcomer
from functions.nudge_now import app as nudge_now
from functions.receive_fallback import app as receive_fallback
from shared.channels import mail_events, twilio_webhook, web
from shared.channels.links import Links, Purpose
from shared.channels.twilio_webhook import Account, InboundText, InvalidWebhook
from shared.domain import page_settings, signup
from shared.domain.models import Kind, Nudge, Pause
from tests.unit.phone.rig import ACCOUNT, TOKEN

EVENTS = ROOT / "events"
# Function and event in the template → the sample. What is called directly has none there.
SAMPLES = {
    ("SignupFunction", "Page"): "http_front_page",
    ("SignupFunction", "SignUp"): "http_signup",
    ("SignupFunction", "Confirm"): "http_confirm",
    ("SignupFunction", "AskToUnsubscribe"): "http_ask_to_unsubscribe",
    ("SignupFunction", "Unsubscribe"): "http_unsubscribe",
    ("SignupFunction", "Privacy"): "http_privacy",
    ("MemberPageFunction", "Page"): "http_my_page",
    ("MemberPageFunction", "View"): "http_my_page_view",
    ("MemberPageFunction", "Form"): "http_my_page_form",
    ("ReceiveSmsFunction", "Text"): "twilio_sms",
    ("ReceiveFallbackFunction", "Text"): "twilio_fallback",
    ("TakeFallbackFunction", "Kept"): "sqs_fallback",
    ("ReceiveEmailFunction", "Mails"): "sqs_mail",
    ("ReceiveStatusFunction", "Receipt"): "twilio_status",
    ("ReceiveMailStatusFunction", "Told"): "sqs_mail_bounced",
    ("DispatchFunction", "Tick"): "schedule_tick",
    ("RecomputeDueFunction", "Hourly"): "schedule_hourly",
    ("NudgeNowFunction", None): "nudge_now",
    ("DeliverFunction", "Nudges"): "sqs_nudge",
    ("SummarizeFunction", "Summaries"): "sqs_summary",
}
MEMBER_ID = "5f3c1a9b7d2e4f60"
MEMBER = "+14155550123"


def event(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return read


def base_url(of: dict[str, Any]) -> str:
    return f"https://{of['requestContext']['domainName']}"


def account() -> Account:
    return Account(ACCOUNT, (TOKEN,))


def triggers(kind: str | None = None) -> dict[tuple[str, str | None], dict[str, Any]]:
    """The properties of the template's triggers; all of them with `kind` None, and functions that have none."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for function in functions(template()):
        events = template()["Resources"][function]["Properties"].get("Events", {})
        found |= {(function, name): each["Properties"] for name, each in events.items() if kind in (None, each["Type"])}
        if not events and kind is None:
            found[function, None] = {}
    return found


def test_each_trigger_has_a_sample_and_each_sample_a_trigger() -> None:
    assert SAMPLES.keys() == triggers().keys()
    assert sorted(SAMPLES.values()) == sorted(path.stem for path in EVENTS.iterdir())


@pytest.mark.parametrize("trigger", triggers("HttpApi"), ids=lambda trigger: trigger[1])
def test_a_request_is_the_one_that_its_route_takes(trigger: tuple[str, str]) -> None:
    properties, sample = triggers("HttpApi")[trigger], event(SAMPLES[trigger])
    request = APIGatewayProxyEventV2Model.model_validate(sample)
    assert request.version == "2.0"
    assert request.routeKey == request.requestContext.routeKey == f"{properties['Method']} {properties['Path']}"
    path = properties["Path"].format_map(request.pathParameters or {})
    assert (request.requestContext.http.method, request.rawPath) == (properties["Method"], path)
    assert (request.queryStringParameters or {}) == dict(parse_qsl(request.rawQueryString))
    assert request.headers["host"] == request.requestContext.domainName
    assert request.headers["content-length"] == str(len(body(sample)))


def body(of: dict[str, Any]) -> str:
    return APIGatewayProxyEventV2(of).decoded_body or ""


def test_somebody_signs_up() -> None:
    form = {
        name: values if name == "days" else values[-1] for name, values in parse_qs(body(event("http_signup"))).items()
    }
    wanted = signup.read(form, ["US"])
    assert (wanted.phone, wanted.channels, len(wanted.days)) == (MEMBER, ("sms", "email"), 5)


@pytest.mark.parametrize(
    ("name", "purpose"),
    [
        ("http_confirm", "confirm"),
        ("http_ask_to_unsubscribe", "unsubscribe"),
        ("http_unsubscribe", "unsubscribe"),
        ("http_my_page", "me"),
    ],
)
def test_a_link_is_one_that_a_message_carries(name: str, purpose: Purpose) -> None:
    opened = event(name)
    links = Links(base_url(opened), TOKEN)
    at = datetime.fromtimestamp(opened["requestContext"]["timeEpoch"] / 1000, UTC)
    token = opened["queryStringParameters"]["token"]
    assert links.read(purpose, token, at + timedelta(hours=1)) == MEMBER_ID
    path = f"{opened['rawPath']}?{opened['rawQueryString']}"
    assert links.make(purpose, MEMBER_ID, at.replace(microsecond=0), "en") == base_url(opened) + path


@pytest.mark.parametrize("name", ["http_my_page_view", "http_my_page_form"])
def test_what_a_page_leads_to_carries_its_token(name: str) -> None:
    assert event(name)["queryStringParameters"] == event("http_my_page")["queryStringParameters"]


def test_a_form_of_the_page_changes_a_setting() -> None:
    form, at = web.read_form(body(event("http_my_page_form"))), datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    after = page_settings.changed(newcomer("America/New_York", at), form["part"], form, at)
    assert after.pause == Pause(until=date(2026, 3, 20))


def test_a_mail_program_unsubscribes_by_one_click() -> None:
    assert body(event("http_unsubscribe")) == "List-Unsubscribe=One-Click"


def test_a_text_comes_signed() -> None:
    sample = event("twilio_sms")
    text = twilio_webhook.read_text(sample, account(), base_url(sample))
    assert text == InboundText(text.sid, MEMBER, "7. Win: sent off my portfolio 💪", None)
    with pytest.raises(InvalidWebhook):
        twilio_webhook.read_text(sample, Account(ACCOUNT, ("another",)), base_url(sample))


def test_a_text_that_was_kept_is_the_one_that_fell_back_and_still_signed() -> None:
    sample = event("twilio_fallback")
    text = twilio_webhook.read_text(sample, account(), base_url(sample))
    assert text == twilio_webhook.read_text(event("twilio_sms"), account(), base_url(sample))
    (record,) = SQSEvent(event("sqs_fallback")).records
    kept = json.loads(record.body)
    assert twilio_webhook.read_text(kept, account(), base_url(sample)) == text
    assert receive_fallback._lane(sample) == record.attributes.message_group_id
    assert datetime.fromisoformat(kept["received_at"]).tzinfo


def test_a_mail_is_told_of_by_its_bucket() -> None:
    (record,) = SQSEvent(event("sqs_mail")).records
    (stored,) = S3Event(json.loads(record.body)).records
    prefix = template()["Resources"]["MailBucket"]["Properties"]["NotificationConfiguration"]["QueueConfigurations"][0]
    assert stored.s3.get_object.key.startswith(prefix["Filter"]["S3Key"]["Rules"][0]["Value"])
    assert datetime.fromisoformat(stored.event_time).tzinfo


def test_a_receipt_comes_signed_and_names_its_nudge() -> None:
    sample = event("twilio_status")
    receipt = twilio_webhook.read_receipt(sample, account(), base_url(sample))
    nudge = nudges("sqs_nudge")[0]
    assert (receipt.member_id, receipt.nudge_id) == (nudge.member_id, nudge.id)
    assert (receipt.status, receipt.code, receipt.message_id[:2]) == ("delivered", "", "SM")


def test_ses_says_which_nudge_s_mail_bounced() -> None:
    (record,) = SQSEvent(event("sqs_mail_bounced")).records
    (nudge,) = nudges("sqs_summary")
    receipt = mail_events.read(record.body)
    assert receipt is not None
    assert (receipt.member_id, receipt.nudge_id) == (nudge.member_id, nudge.id)
    assert (receipt.status, receipt.code) == ("bounced", "Permanent")
    assert json.loads(record.body)["mail"]["tags"]["nudge"] == [mail_events.tags(nudge)[1]["Value"]]


def test_a_tick_says_when_it_is() -> None:
    tick = EventBridgeModel.model_validate(event("schedule_tick"))
    assert tick.source == "aws.events"
    assert datetime.fromisoformat(event("schedule_tick")["time"]).tzinfo


def test_an_operator_asks_for_a_nudge() -> None:
    request = nudge_now._Request.model_validate(event("nudge_now"))
    assert (request.phone, request.kind) == (MEMBER, Kind.DAILY_CHECKIN)


def nudges(name: str) -> list[Nudge]:
    return [Nudge.model_validate_json(record.body) for record in SQSEvent(event(name)).records]


@pytest.mark.parametrize("trigger", triggers("SQS"), ids=lambda trigger: trigger[1])
def test_a_message_comes_from_its_function_s_queue_and_is_whole(trigger: tuple[str, str]) -> None:
    sample, queue = event(SAMPLES[trigger]), triggers("SQS")[trigger]["Queue"]["Fn::GetAtt"][0]
    SqsModel.model_validate(sample)
    for record in sample["Records"]:
        assert queue in record["eventSourceARN"]
        assert record["md5OfBody"] == md5(record["body"].encode(), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(("name", "queue"), [("sqs_nudge", "NudgeQueue"), ("sqs_summary", "SummaryQueue")])
def test_a_nudge_is_on_the_queue_that_it_belongs_on(name: str, queue: str) -> None:
    for record, nudge in zip(event(name)["Records"], nudges(name), strict=True):
        assert queue in record["eventSourceARN"]
        assert record["body"] == nudge.model_dump_json()  # as `runtime.enqueue` writes it
        mailed_summary = nudge.kind is Kind.MONTHLY_SUMMARY and nudge.channel == "email"
        assert queue == ("SummaryQueue" if mailed_summary else "NudgeQueue")
