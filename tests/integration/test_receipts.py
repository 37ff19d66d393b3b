"""What became of a text or a mail is kept with its nudge, once and in any order, and changes what it should."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import permutations
from typing import Any

import pytest

from functions.receive_mail_status import app as receive_mail_status
from shared import runtime
from shared.domain import failures, schedule
from shared.domain.models import Kind, Nudge, Status
from tests.integration.service import (
    NUMBER,
    Clock,
    Service,
    bring,
    checkin,
    mail_said,
    received,
    sqs_event,
    who,
)
from tests.unit.phone.rig import Phone

TAKEN: dict[str, Any] = {"batchItemFailures": []}


def recorded(nudge: Nudge) -> dict[str, str]:
    return runtime.store().nudge(nudge)


@pytest.fixture
def texts_only(service: Service, phone: Phone, clock: Clock) -> Service:
    """A member who chose texts, and gave an address, at a moment at which Twilio's list is right."""
    clock.now = datetime.now(UTC)
    assert service.sign_up(channel="sms", hour="12:00")["statusCode"] == 200
    service.deliver()
    service.text("YES")
    service.confirm_address()
    return service


@pytest.fixture
def sent(texts_only: Service) -> Nudge:
    """A check-in that went out to them by text."""
    nudge = checkin()
    assert bring(texts_only, nudge)
    return nudge


@pytest.fixture
def mails(texts_only: Service) -> list[EmailMessage]:
    return texts_only.mailed()


@pytest.mark.parametrize("order", list(permutations(["sent", "delivered", "queued"])), ids="-".join)
def test_callbacks_in_any_order_and_twice_come_to_the_last_of_them(
    texts_only: Service, sent: Nudge, order: tuple[str, ...]
) -> None:
    for status in order * 2:
        assert texts_only.receipt(nudge=sent, MessageStatus=status)["statusCode"] == 204
    assert (recorded(sent)["delivery_status"], recorded(sent)["state"]) == ("delivered", "sent")


@pytest.mark.parametrize("status", ["delivered", "undelivered", "failed", "sent"])
def test_a_callback_of_what_is_not_there_changes_and_makes_nothing(
    texts_only: Service, sent: Nudge, status: str
) -> None:
    before = texts_only.items()
    for unknown in (sent.model_copy(update={"request_id": "none"}), sent.model_copy(update={"member_id": "nobody"})):
        assert texts_only.receipt(nudge=unknown, MessageStatus=status, ErrorCode="30006")["statusCode"] == 204
    assert texts_only.receipt(MessageStatus=status, ErrorCode="30006")["statusCode"] == 204
    assert texts_only.items() == before
    assert texts_only.deliver() == []


def test_a_number_that_takes_no_texts_gets_that_one_by_mail_once_and_from_then_on_mails(
    texts_only: Service, sent: Nudge, phone: Phone, mails: list[EmailMessage]
) -> None:
    for _ in range(3):
        assert texts_only.receipt(nudge=sent, ErrorCode="30006")["statusCode"] == 204
    assert recorded(sent)["delivery_error"] == "30006"
    assert not who().takes("sms")
    assert texts_only.deliver() == [{"batchItemFailures": []}]
    (mail,) = mails
    assert "text START" in str(mail.get_body(("plain",)))

    before = received(phone, NUMBER)
    texts_only.ask_for("weekly_review")
    assert texts_only.deliver() == [{"batchItemFailures": []}]
    assert (len(mails), received(phone, NUMBER)) == (2, before)

    texts_only.text("7", "SM7")
    assert who().takes("sms") and who().reach == {}
    assert [nudge.channel for nudge in schedule.asked_for(who(), Kind.DAILY_CHECKIN, "r3", runtime.now())] == ["sms"]


def test_a_phone_that_is_off_for_a_while_is_tried_again_and_then_mailed(
    texts_only: Service, sent: Nudge, phone: Phone, mails: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    delays: list[int] = []

    def at_once(params: Any, **_: Any) -> None:
        delays.append(params["DelaySeconds"])
        params["DelaySeconds"] = 0

    runtime._sqs().meta.events.register("provide-client-params.sqs.SendMessage", at_once)
    before, nudge = len(received(phone, NUMBER)), sent
    for n in range(1, failures.TRIES + 1):
        texts_only.receipt(nudge=nudge, ErrorCode="30003")
        nudge = sent.model_copy(update={"again": n})
        assert texts_only.deliver() == [{"batchItemFailures": []}]
        assert recorded(nudge)["state"] == "sent"
    assert len(received(phone, NUMBER)) == before + failures.TRIES
    assert delays == [failures.AGAIN_AFTER.total_seconds()] * failures.TRIES
    texts_only.receipt(nudge=nudge, ErrorCode="30003")
    assert texts_only.deliver() == [{"batchItemFailures": []}]
    assert len(mails) == 1 and who().takes("sms")


def test_who_opted_out_with_twilio_is_opted_out_by_a_callback_too(texts_only: Service, sent: Nudge) -> None:
    texts_only.receipt(nudge=sent, MessageStatus="failed", ErrorCode="21610")
    assert who().status is Status.STOPPED
    assert texts_only.deliver() == []


def test_a_fault_of_the_sender_s_is_counted_for_the_operator_and_the_member_is_mailed(
    texts_only: Service, sent: Nudge, mails: list[EmailMessage]
) -> None:
    texts_only.receipt(nudge=sent, ErrorCode="30034")
    assert '"SenderFaults"' in texts_only.keeps_to_itself()
    assert who().reach == {}
    assert texts_only.deliver() == [{"batchItemFailures": []}]
    assert len(mails) == 1


def test_several_that_fail_turn_texts_off_and_one_that_arrives_in_between_does_not(texts_only: Service) -> None:
    for n in range(failures.SEVERAL * 2 - 1):
        nudge = checkin().model_copy(update={"request_id": f"r{n}"})
        assert bring(texts_only, nudge)
        failed = n != failures.SEVERAL - 1
        texts_only.receipt(nudge=nudge, MessageStatus="undelivered" if failed else "delivered", ErrorCode="30005")
    assert who().reach["sms"].failures == failures.SEVERAL - 1
    assert who().takes("sms")
    last = checkin().model_copy(update={"request_id": "last"})
    assert bring(texts_only, last)
    texts_only.receipt(nudge=last, ErrorCode="30005")
    assert not who().takes("sms")


# Mails


@pytest.fixture
def mailed(world: Service) -> Nudge:
    """A check-in that went out by mail, to a member who gets both."""
    nudge = checkin(channel="email")
    assert bring(world, nudge)
    return nudge


def bounce(kind: str) -> dict[str, Any]:
    return {"bounce": {"bounceType": kind, "timestamp": "2026-03-05T18:30:00.123Z"}}


def test_what_ses_says_is_kept_with_the_mail_s_nudge_alone(world: Service, mailed: Nudge) -> None:
    text = checkin()
    assert bring(world, text)
    world.mail_event(mailed, "Delivery", delivery={"timestamp": "2026-03-05T18:30:00.123Z"})
    world.mail_event(mailed, "Send", send={})
    world.receipt(nudge=text, MessageStatus="delivered")
    assert [recorded(each)["delivery_status"] for each in (mailed, text)] == ["delivered"] * 2
    assert recorded(mailed)["delivery_at"] == "2026-03-05T18:30:00+00:00"
    assert [recorded(each)["delivery_id"] for each in (mailed, text)] == ["ses-1", "SM1"]


def test_a_mail_that_bounces_for_good_turns_mails_off_and_texts_go_on(world: Service, mailed: Nudge) -> None:
    world.mail_event(mailed, "Bounce", **bounce("Permanent"))
    assert (who().takes("email"), who().takes("sms")) == (False, True)
    asked = schedule.asked_for(who(), Kind.DAILY_CHECKIN, "r2", runtime.now())
    assert [nudge.channel for nudge in asked] == ["sms"]
    world.text("my email is zoe@example.com", "SM5")
    world.confirm_address()
    assert who().takes("email")


def test_a_mail_that_bounces_in_passing_turns_nothing_off(world: Service, mailed: Nudge) -> None:
    world.mail_event(mailed, "Bounce", **bounce("Transient"))
    assert who().takes("email") and who().reach["email"].failures == 1


@pytest.mark.parametrize("later", [True, False], ids=["after the START", "before it"])
def test_a_complaint_is_an_opt_out_unless_a_start_is_newer(
    world: Service, mailed: Nudge, clock: Clock, later: bool
) -> None:
    clock.now += timedelta(minutes=1)
    world.text("START", "SM5")
    at = clock.now + timedelta(minutes=1) * (1 if later else -1)
    world.mail_event(mailed, "Complaint", complaint={"timestamp": at.isoformat()})
    assert (who().status is Status.STOPPED) == later


def test_that_a_mail_was_no_spam_after_all_or_is_of_nobody_s_changes_nothing(world: Service, mailed: Nudge) -> None:
    before = world.items()
    complaint = {"complaintFeedbackType": "not-spam", "timestamp": "2026-03-05T18:30:00.123Z"}
    assert world.mail_event(mailed, "Complaint", complaint=complaint) == TAKEN
    for gone in ({"member_id": "nobody"}, {"request_id": "none"}):
        assert world.mail_event(mailed.model_copy(update=gone), "Bounce", **bounce("Permanent")) == TAKEN
    assert world.mail_event(mailed, "Open", open={}) == TAKEN
    assert world.items() == before


def test_a_complaint_outlives_the_table_being_down_and_counts_for_when_it_was_made(
    world: Service, mailed: Nudge, clock: Clock, table_down: Callable[[bool], None]
) -> None:
    made_at = clock.now
    table_down(True)
    failed = world.mail_event(mailed, "Complaint", complaint={"timestamp": made_at.isoformat()})
    assert failed == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    table_down(False)
    clock.now += timedelta(hours=3)
    assert world.mail_event(mailed, "Complaint", complaint={"timestamp": made_at.isoformat()}) == TAKEN
    assert (who().status, who().opted_out_at) == (Status.STOPPED, made_at)


def test_one_event_that_cannot_be_taken_holds_up_no_other(world: Service, mailed: Nudge) -> None:
    good = mail_said(mailed, "Bounce", runtime.now(), **bounce("Permanent"))
    answer = world.call(
        receive_mail_status.handler, sqs_event("sqs_mail_bounced", "{", good, '{"eventType": "Bounce"}')
    )
    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["0", "2"]
    assert not who().takes("email")
    said = [line for line in world.keeps_to_itself().splitlines() if line.startswith("{")]
    failed = [json.loads(line) for line in said if "brings it again" in line]
    assert ["member_id" in line for line in failed] == [False, False], "the ids are those of the event between"
