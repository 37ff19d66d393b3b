"""The functions from sign-up to erasure, and while what is around them fails: nothing personal reaches a log."""

import itertools
import json
import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from cli.local.ministack import free_port
from functions.dispatch import app as dispatch
from functions.nudge_now import app as nudge_now
from functions.recompute_due import app as recompute_due
from shared import runtime
from shared.domain import schedule
from shared.domain.models import Kind, Nudge
from tests.functions import CONTEXT, TABLE, sample
from tests.integration.service import (
    ADDRESS,
    BUDDY,
    BUDDYS_WORDS,
    NAME,
    NUMBER,
    WORDS,
    Clock,
    Service,
    caches,
    kept,
    received,
    who,
)
from tests.unit.phone.rig import Phone


def attached(message: EmailMessage) -> list[str]:
    payloads = [part.get_payload(decode=True) for part in message.iter_attachments()]
    return [each.decode("utf-8-sig") for each in payloads if isinstance(each, bytes)]


def test_newer_time_zones_put_each_members_next_moment_right(clock: Clock, request: pytest.FixtureRequest) -> None:
    # Long before the member's hour: one that has come by newer zones some minutes ago is not passed over.
    clock.now = datetime(2036, 3, 4, 15, tzinfo=UTC)
    member: Service = request.getfixturevalue("member")

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


def test_a_form_with_mistakes(service: Service) -> None:
    assert service.sign_up(hour=WORDS, timezone=WORDS)["statusCode"] == 422
    assert service.sign_up(phone=f"{NUMBER}00000", consent="")["statusCode"] == 422
    assert service.sign_up(website=WORDS)["statusCode"] == 200
    statuses = [service.sign_up()["statusCode"] for _ in range(21)]  # ten an hour, should one begin just now
    assert set(statuses) == {200, 429}


@pytest.mark.parametrize("field", ["name", "phone", "email", "hour", "timezone", "country", "channel", "consent"])
def test_what_is_typed_without_end_is_refused_and_not_said_back(service: Service, field: str) -> None:
    answer = service.sign_up(**{field: "<" * 1_500_000})
    assert answer["statusCode"] == 422
    assert len(answer["body"]) < 200_000  # Lambda returns six megabytes at most


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
    assert f"Hola, {NAME}." in service.text("sí")["body"]
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


def test_a_yes_long_after_the_sign_up_is_told_how_to_join(clock: Clock, request: pytest.FixtureRequest) -> None:
    service: Service = request.getfixturevalue("service")
    service.sign_up()
    (signed_up,) = [item for item in service.items() if item["sk"]["S"] == "MEMBER"]
    link = runtime.links().make("confirm", signed_up["pk"]["S"].removeprefix("MEMBER#"), clock.now, "en")
    clock.now += timedelta(days=30)
    assert "To join, open" in service.text("YES")["body"]
    assert service.page("http_confirm", link.partition("?")[2])["statusCode"] == 410
    assert service.sign_up()["statusCode"] == 200
    assert NAME in service.text("YES", "SM2")["body"]


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


def test_a_text_that_comes_again_is_answered_again_and_not_once_its_sender_has_left(
    member: Service, clock: Clock
) -> None:
    said = member.text("7", "SM2")["body"]
    clock.now += timedelta(seconds=2)
    assert member.text("7", "SM2")["body"] == said
    goodbye = member.text("please stop texting me", "SM3")["body"]
    clock.now += timedelta(seconds=2)
    assert "<Message>" not in member.text("7", "SM2")["body"]
    assert "<Message>" in goodbye and member.text("please stop texting me", "SM3")["body"] == goodbye
    assert "<Message>" in member.text("HELP", "SM4")["body"]


# An address that a member gave


def test_an_address_is_mailed_nothing_but_a_link_until_that_is_opened(member: Service, phone: Phone) -> None:
    mails, mistyped = member.mailed(), f"mistyped.{ADDRESS}"
    assert mistyped in member.text(f"my email is {mistyped}", "SM2")["body"]
    assert member.deliver() == [{"batchItemFailures": []}]
    (asking,) = mails
    (old,) = links_in(asking)
    assert asking["To"] == mistyped and mistyped not in old and "/me?" not in asking.as_string()
    member.text(f"7. Win: {WORDS}", "SM3")
    for sid, words in (("SM4", "SUMMARY"), ("SM5", "send me my data"), ("SM6", f"my email is {mistyped}")):
        member.text(words, sid)
        member.deliver()
    member.ask_for("monthly_summary")
    member.ask_for("daily_checkin")
    member.deliver()
    assert len(mails) == 1
    assert any(WORDS in text for text in received(phone, NUMBER)), "the month came as a text"

    member.text(f"my email is right.{ADDRESS}", "SM7")
    member.deliver()
    (new,) = links_in(mails[1])
    assert member.page("http_confirm", old)["statusCode"] == 410, "it is for the mistyped address alone"
    assert member.state()["email_confirmed_at"] is None
    for _ in range(2):
        assert "Your address is confirmed" in member.page("http_confirm", new)["body"]
    assert "on its way" in member.text("SUMMARY", "SM8")["body"]
    member.deliver()
    assert mails[2]["To"] == f"right.{ADDRESS}" and "/me?" in mails[2].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    member.keeps_to_itself(mistyped)


def links_in(mail: EmailMessage) -> list[str]:
    """What stands behind the address of the page that confirms, in the mail's text."""
    return re.findall(r"/confirm\?(\S+)", mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def test_a_link_that_is_opened_after_a_stop_promises_no_mails(member: Service) -> None:
    mails = member.mailed()
    member.text("my email is kim@canary.example", "SM2")
    member.deliver()
    (link,) = links_in(mails[-1])
    member.text("STOP", "SM3")
    page = member.page("http_confirm", link)["body"]
    assert "We have stopped" in page and "mails come here" not in page
    assert member.state()["status"] == "stopped"


def test_an_address_that_is_asked_and_complains_opts_the_member_out(member: Service) -> None:
    member.text(f"my email is mistyped.{ADDRESS}", "SM2")
    (asking,) = schedule.asked_for(who(), Kind.EMAIL_CONFIRMATION, "SM2", runtime.now())
    member.deliver()
    member.mail_event(asking, "Complaint", complaint={"timestamp": runtime.now().isoformat()})
    assert member.state()["status"] == "stopped"
