"""A nudge goes out once: whatever breaks off, between whichever two effects, and however often the queue brings it."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import requests

from functions.deliver import app as deliver
from shared import delivery, runtime
from shared.domain import nudging
from shared.domain.models import Kind, Nudge, Status
from tests.functions import sample
from tests.integration.service import (
    ADDRESS,
    NUMBER,
    Clock,
    Service,
    as_record,
    bring,
    checkin,
    received,
    who,
)
from tests.unit.phone.rig import Phone

LATER = delivery.LEASE + timedelta(seconds=1)


def checkins(phone: Phone) -> list[str]:
    """The check-ins that reached the member's phone, in any wording; the confirmation is none."""
    return received(phone, NUMBER)[1:]


class Breaking:
    """Breaks a delivery off at one of its effects, in the order in which they come: before it, or right after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, after: bool) -> None:
        self.at, self.after, self.count = at, after, 0
        client, session = runtime.store()._client, requests.Session
        monkeypatch.setattr(client, "transact_write_items", self._around(client.transact_write_items))
        monkeypatch.setattr(session, "send", self._around(session.send))

    def _around(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def effect(*args: Any, **more: Any) -> Any:
            number, self.count = self.count, self.count + 1
            if number == self.at and not self.after:
                raise requests.ConnectionError
            done = real(*args, **more)
            if number == self.at:
                raise requests.ReadTimeout
            return done

        return effect


def broken_off(world: Service, monkeypatch: pytest.MonkeyPatch, nudge: Nudge, *, at: int, after: bool) -> None:
    """The queue brings a nudge, and its delivery breaks off there."""
    with monkeypatch.context() as patched:
        Breaking(patched, at, after)
        assert not bring(world, nudge)


@pytest.mark.parametrize("after", [False, True], ids=["before it", "after it"])
@pytest.mark.parametrize("at", range(3), ids=["claim", "text", "record"])
def test_a_delivery_that_breaks_off_at_any_effect_comes_to_one_text(
    world: Service, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch, at: int, after: bool
) -> None:
    nudge = checkin()
    broken_off(world, monkeypatch, nudge, at=at, after=after)
    if (at, after) != (2, True):  # all is done, and only nobody knows
        assert bring(world, nudge) == ((at, after) == (0, False))  # within the lease it goes back to the queue
    for _ in range(2):
        clock.now += LATER
        assert bring(world, nudge)
    (text,) = checkins(phone)
    found = runtime.store().nudge(nudge)
    (sent,) = [each for each in phone.client.get(f"/phone/{NUMBER}/texts").json() if each["body"] == text]
    assert (found["state"], found["message_id"]) == ("sent", sent["sid"])
    assert "body" not in found
    assert [entry.kind for entry in who().journal] == ["prompted"]
    assert who().silence == 1


def test_the_text_that_goes_out_again_is_the_one_that_may_have_gone_out(
    world: Service, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge = checkin()
    kept = nudging.text_of(nudge, who(), runtime.brand())
    broken_off(world, monkeypatch, nudge, at=1, after=False)
    assert runtime.store().nudge(nudge)["body"] == kept
    world.text("español", "SM5")
    clock.now += LATER
    assert bring(world, nudge)
    assert checkins(phone) == [kept]


def test_a_receipt_proves_that_a_text_went_out_though_no_list_does(
    world: Service, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge = checkin()
    broken_off(world, monkeypatch, nudge, at=1, after=False)
    world.receipt(nudge=nudge, MessageSid="SM-lost", MessageStatus="delivered")
    clock.now += LATER
    assert bring(world, nudge)
    assert runtime.store().nudge(nudge)["message_id"] == "SM-lost"
    assert checkins(phone) == []


def test_a_receipt_puts_on_record_what_went_out_so_that_its_answer_is_one(
    world: Service, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.text("PLAN", "SM5")
    asked = who().open_question
    assert asked is not None and asked.asked == "which_step"
    nudge = checkin()
    with monkeypatch.context() as patched:
        Breaking(patched, at=1, after=True)
        assert not bring(world, nudge)
    world.receipt(nudge=nudge, MessageSid="SM-sent", MessageStatus="sent")
    world.text("4", "SM6")
    assert [(entry.kind, entry.mood) for entry in who().journal] == [("prompted", None), ("answered", 4)]
    clock.now += LATER
    assert bring(world, nudge)
    found = runtime.store().nudge(nudge)
    assert (found["state"], found["message_id"]) == ("sent", "SM-sent")
    assert [entry.kind for entry in who().journal] == ["prompted", "answered"]
    assert len(checkins(phone)) == 1


def test_a_receipt_that_is_quicker_than_the_record_of_what_it_tells_of_leaves_one(
    world: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge, session = checkin(), requests.Session
    real = session.send

    def told_at_once(*args: Any, **more: Any) -> Any:
        answer = real(*args, **more)
        world.receipt(nudge=nudge, MessageSid=answer.json()["sid"], MessageStatus="delivered")
        return answer

    monkeypatch.setattr(session, "send", told_at_once)
    assert bring(world, nudge)
    assert runtime.store().nudge(nudge)["state"] == "sent"
    assert [entry.kind for entry in who().journal] == ["prompted"]
    assert who().silence == 1


def test_a_text_that_did_not_arrive_is_not_on_record_as_sent_by_its_receipt(
    world: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge = checkin()
    with monkeypatch.context() as patched:
        Breaking(patched, at=1, after=True)
        assert not bring(world, nudge)
    world.receipt(nudge=nudge, MessageSid="SM-lost", MessageStatus="undelivered", ErrorCode="30005")
    assert runtime.store().nudge(nudge)["state"] == "claimed"
    assert who().journal == ()


def test_what_was_answered_before_a_text_is_on_record_was_asked_before_it_and_is_not_asked_any_more(
    world: Service, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge, sent_at = checkin(), clock.now
    broken_off(world, monkeypatch, nudge, at=1, after=True)
    clock.now += LATER
    world.text("7", "SM5")
    question = who().open_question
    clock.now += LATER
    assert bring(world, nudge)
    asked, answered = who().journal
    assert (asked.kind, asked.at, answered.kind) == ("prompted", sent_at.replace(microsecond=0), "answered")
    assert who().open_question == question
    assert len(checkins(phone)) == 1


def test_nothing_is_sent_again_while_twilio_gives_no_list(
    world: Service, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge = checkin()
    broken_off(world, monkeypatch, nudge, at=1, after=True)
    clock.now += LATER
    broken_off(world, monkeypatch, nudge, at=1, after=False)  # the lease is renewed, then the list is asked for
    clock.now += LATER
    assert bring(world, nudge)
    assert len(checkins(phone)) == 1


# STOP wins


def stop_during(monkeypatch: pytest.MonkeyPatch, world: Service, *, effect: int) -> None:
    """The member stops right after one of the effects of a delivery."""
    client = runtime.store()._client
    real, count = client.transact_write_items, iter(range(9))

    def meanwhile(**writes: Any) -> Any:
        done = real(**writes)
        if next(count) == effect:
            world.text("please stop texting me", "SMstop")
        return done

    monkeypatch.setattr(client, "transact_write_items", meanwhile)


def test_a_stop_between_the_claim_and_the_text_wins(
    world: Service, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge = checkin()
    stop_during(monkeypatch, world, effect=0)
    assert bring(world, nudge)
    assert checkins(phone) == []
    found = runtime.store().nudge(nudge)
    assert (found["state"], "body" in found) == ("not_a_member_now", False)


def test_a_stop_while_it_is_looked_for_wins_and_what_went_out_before_is_on_record_as_sent(
    world: Service, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = checkin(), checkin(Kind.WEEKLY_REVIEW)
    for nudge, after in ((first, True), (second, False)):
        broken_off(world, monkeypatch, nudge, at=1, after=after)
    world.text("please stop texting me", "SMstop")
    clock.now += LATER
    for nudge, state in ((first, "sent"), (second, "not_a_member_now")):
        assert bring(world, nudge)
        assert runtime.store().nudge(nudge)["state"] == state
    assert len(checkins(phone)) == 1
    assert who().status is Status.STOPPED


def test_whoever_starts_while_twilio_still_refuses_stays(
    world: Service, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is from before the START, however late it is heard of."""
    phone.client.post(f"/phone/{NUMBER}/texts", json={"text": "STOP"})
    send = requests.Session.send

    def refused_meanwhile(*args: Any, **more: Any) -> requests.Response:
        answer = send(*args, **more)
        clock.now += timedelta(seconds=2)
        world.text("START", "SMstart", OptOutType="START")
        return answer

    monkeypatch.setattr(requests.Session, "send", refused_meanwhile)
    assert bring(world, checkin())
    assert who().status is Status.ACTIVE


# What Twilio does not take now


def test_why_nothing_was_sent_is_told_though_the_claim_could_not_be_given_back(
    world: Service, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch, answering: Callable[[int, str], None]
) -> None:
    def broken(**_: Any) -> Any:
        raise ConnectionError

    waits: list[timedelta] = []
    nudge = checkin()
    answering(429, '{"code": 20429, "message": "", "status": 429}')
    with monkeypatch.context() as patched:
        patched.setattr(runtime.store()._client, "delete_item", broken)
        patched.setattr(runtime, "postpone", lambda *said: waits.append(said[-1]))
        assert not bring(world, nudge)
    assert len(waits) == 1
    answering(200, "")
    clock.now += LATER
    assert bring(world, nudge)
    assert len(checkins(phone)) == 1


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, str], None]:
    """Has Twilio answer with a status and body from now on; 200 is itself again."""
    send = requests.Session.send

    def answer(status: int, body: str) -> None:
        def instead(*args: Any, **more: Any) -> requests.Response:
            response = requests.Response()
            response.status_code, response._content = status, body.encode()
            return response

        monkeypatch.setattr(requests.Session, "send", send if status == 200 else instead)

    return answer


@pytest.mark.parametrize(
    ("status", "code", "longest"), [(429, 20429, 30), (400, 21611, 900), (400, 63038, 3600)], ids=str
)
def test_what_twilio_turns_away_waits_and_is_not_taken_for_sent(
    world: Service,
    phone: Phone,
    answering: Callable[[int, str], None],
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    code: int,
    longest: int,
) -> None:
    hidden: list[int] = []

    def note(params: Any, **_: Any) -> None:
        hidden.append(params["VisibilityTimeout"])
        params["VisibilityTimeout"] = 0

    runtime._sqs().meta.events.register("provide-client-params.sqs.ChangeMessageVisibility", note)
    nudge = checkin()
    runtime.enqueue(nudge)
    answering(status, f'{{"code": {code}, "message": "To {NUMBER}", "status": {status}}}')
    (answer,) = world.deliver()
    assert len(answer["batchItemFailures"]) == 1
    assert len(hidden) == 1 and 0 <= hidden[0] <= longest
    assert runtime.store().nudge(nudge) == {}
    answering(200, "")
    assert world.deliver() == [{"batchItemFailures": []}]
    assert len(checkins(phone)) == 1


def test_an_hour_of_errors_is_waited_out_and_comes_to_one_text(
    world: Service, phone: Phone, clock: Clock, answering: Callable[[int, str], None]
) -> None:
    nudge = checkin()
    answering(503, "down")
    for _ in range(15):
        assert not bring(world, nudge)
        clock.now += timedelta(minutes=4)
    answering(200, "")
    assert bring(world, nudge) and bring(world, nudge)
    assert len(checkins(phone)) == 1


# Mails


@pytest.fixture
def mails(world: Service) -> list[EmailMessage]:
    return world.mailed()


def losing_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sent cannot be recorded."""
    client = runtime.store()._client
    real, fails = client.transact_write_items, iter([False, True])

    def broken(**writes: Any) -> Any:
        if next(fails):
            raise ConnectionError
        return real(**writes)

    monkeypatch.setattr(client, "transact_write_items", broken)


def test_a_mail_of_which_nothing_is_known_is_sent_again(
    world: Service, mails: list[EmailMessage], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge = checkin(channel="email")
    with monkeypatch.context() as patched:
        losing_the_record(patched)
        assert not bring(world, nudge)
    clock.now += LATER
    assert bring(world, nudge)
    assert [mail["To"] for mail in mails] == [ADDRESS] * 2


def test_a_mail_that_ses_says_it_took_is_not_sent_again(
    world: Service, mails: list[EmailMessage], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge = checkin(channel="email")
    with monkeypatch.context() as patched:
        losing_the_record(patched)
        assert not bring(world, nudge)
    world.mail_event(nudge, "Send", send={})
    clock.now += LATER
    assert bring(world, nudge)
    assert len(mails) == 1
    assert runtime.store().nudge(nudge)["state"] == "sent"


def test_a_message_that_is_none_is_left_for_the_operator(world: Service) -> None:
    message = {"MessageId": "m1", "ReceiptHandle": "none", "Body": "{}"}
    answer = world.call(deliver.handler, sample("sqs_nudge") | {"Records": [as_record(message)]})
    assert len(answer["batchItemFailures"]) == 1
