"""A text that cannot be taken is kept, taken later as of when it came, and then answered by text, once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from aws_lambda_powertools.utilities import parameters

from functions.receive_fallback import app as receive_fallback
from functions.take_fallback import app as take_fallback
from tests.functions import Event, sample
from tests.integration.service import (
    BUDDY,
    BUDDYS_WORDS,
    NAME,
    NUMBER,
    WORDS,
    Clock,
    Service,
    kept,
    received,
)
from tests.unit.phone.rig import ACCOUNT, TOKEN, Phone

MINUTE = timedelta(minutes=1)
NOTHING: dict[str, list[Any]] = {"batchItemFailures": []}


@dataclass
class Fallback:
    """Twilio, whose webhook has failed, and the queue behind its fallback."""

    service: Service
    clock: Clock
    url: str

    def text(self, words: str, sid: str = "SM2", sender: str = NUMBER, token: str = TOKEN, **more: str) -> Any:
        """What Twilio is answered by the fallback."""
        fields = {"AccountSid": ACCOUNT, "MessageSid": sid, "From": sender, "Body": words, "ErrorCode": "11200", **more}
        event = self.service.webhook(sample("twilio_fallback"), fields, token)
        event["requestContext"] = event["requestContext"] | {"timeEpoch": int(self.clock.now.timestamp() * 1000)}
        return self.service.call(receive_fallback.handler, event)

    def records(self) -> list[Event]:
        """What is on the queue, as its function gets it; it is taken off."""
        sqs = self.service.aws("sqs")
        got = sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10, AttributeNames=["All"]).get("Messages", [])
        (record,) = sample("sqs_fallback")["Records"]
        for message in got:
            sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return [
            record | {"messageId": message["MessageId"], "body": message["Body"], "attributes": message["Attributes"]}
            for message in got
        ]

    def take(self, records: list[Event] | None = None) -> Any:
        """What taking all that is on the queue returns."""
        return self.service.call(take_fallback.handler, {"Records": records or self.records()})


@pytest.fixture
def fallback(member: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Fallback:
    """The member's service, and a queue for what falls back."""
    attributes = {"FifoQueue": "true"}
    url = member.aws("sqs").create_queue(QueueName="fallback.fifo", Attributes=attributes)["QueueUrl"]
    monkeypatch.setenv("FALLBACK_QUEUE_URL", url)
    monkeypatch.setattr(receive_fallback, "_sqs", lambda: member.aws("sqs"))
    return Fallback(member, clock, url)


def moods(service: Service) -> list[tuple[str, float]]:
    """The scores in the journal, each with its day."""
    entries = [json.loads(item["data"]["S"]) for item in service.items() if item["sk"]["S"].startswith("DAY#")]
    return [(entry["day"], entry["mood"]) for entry in entries if entry["mood"]]


def test_a_reply_outlives_the_table_being_down_and_is_then_answered_by_text(
    fallback: Fallback, phone: Phone, table_down: Callable[[bool], None]
) -> None:
    service, before = fallback.service, received(phone, NUMBER)
    table_down(True)
    assert isinstance(service.text(f"7. Win: {WORDS}", "SM2"), Exception)
    assert fallback.text(f"7. Win: {WORDS}")["body"] == "<Response/>"
    records = fallback.records()
    assert fallback.take(records) == {"batchItemFailures": [{"itemIdentifier": records[0]["messageId"]}]}

    table_down(False)
    fallback.clock.now += timedelta(hours=3)
    assert fallback.take(records) == NOTHING
    assert service.deliver() == [NOTHING]
    (answer,) = received(phone, NUMBER)[len(before) :]
    assert answer.startswith("7 for Tue") and WORDS in answer
    assert moods(service) == [("2036-03-04", 7)]

    for _ in range(2):  # whoever brings it again
        assert fallback.take(records) == NOTHING
    assert answer in service.text(f"7. Win: {WORDS}", "SM2")["body"]
    assert service.deliver() == [NOTHING]
    assert len(received(phone, NUMBER)) == len(before) + 1
    assert moods(service) == [("2036-03-04", 7)]


def test_an_answer_that_was_lost_on_its_way_is_given_by_text(fallback: Fallback, phone: Phone) -> None:
    """The webhook took the text, but Twilio had given up: what it then brings has been dealt with."""
    said, before = fallback.service.text("7", "SM2")["body"], received(phone, NUMBER)
    fallback.text("7", "SM2")
    assert fallback.take() == NOTHING
    assert fallback.service.deliver() == [NOTHING]
    (answer,) = received(phone, NUMBER)[len(before) :]
    assert answer in said
    assert len(moods(fallback.service)) == 1


def test_a_text_counts_for_when_it_came(fallback: Fallback) -> None:
    fallback.text("7")
    fallback.clock.now += timedelta(days=2)
    assert fallback.take() == NOTHING
    assert moods(fallback.service) == [("2036-03-04", 7)]


def test_texts_of_one_number_are_taken_in_order_and_wait_for_each_other(
    fallback: Fallback, table_down: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fallback.service.text("skip", "SM0")  # what was asked after the YES
    fallback.text("7", "SM2")
    fallback.text("sorry meant 4", "SM3")
    records = fallback.records()
    ids = [{"itemIdentifier": record["messageId"]} for record in records]
    table_down(True)
    assert fallback.take(records) == {"batchItemFailures": ids}
    table_down(False)
    assert fallback.take(records) == NOTHING
    assert [mood for _, mood in moods(fallback.service)] == [7, 4]


def test_the_same_request_made_again_is_kept_once(fallback: Fallback) -> None:
    for _ in range(2):
        assert fallback.text("7")["statusCode"] == 200
    assert len(fallback.records()) == 1


def test_what_the_queue_does_not_encrypt_says_nothing_of_the_number(fallback: Fallback) -> None:
    fallback.text("7")
    (record,) = fallback.records()
    assert int(record["attributes"]["MessageGroupId"]) < 256
    assert NUMBER[1:] not in json.dumps(record["attributes"])


def test_a_request_that_is_not_signed_is_dropped_when_it_is_taken(fallback: Fallback) -> None:
    before = kept(fallback.service)
    assert fallback.text("STOP", token="forged")["statusCode"] == 200
    assert fallback.take() == NOTHING
    assert kept(fallback.service) == before
    assert "FallbacksRefused" in fallback.service.keeps_to_itself()


def test_a_token_that_was_rotated_while_a_text_waited_still_proves_it(fallback: Fallback) -> None:
    fallback.text("7")
    tokens = json.dumps({"auth_token": "new", "previous_auth_token": TOKEN})
    fallback.service.aws("secretsmanager").put_secret_value(SecretId="canary-twilio", SecretString=tokens)
    parameters.clear_caches()  # type: ignore[no-untyped-call]
    assert fallback.take() == NOTHING
    assert len(moods(fallback.service)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"headers": {}},
        {"headers": {"x-twilio-signature": "no"}},
        {"body": "x" * 32_769},
        {"body": "x=1&" * 201, "isBase64Encoded": False},
        {"body": "x", "isBase64Encoded": True},
    ],
    ids=["unsigned", "no signature", "too long", "too many fields", "no base64"],
)
def test_what_cannot_be_a_text_is_not_kept(fallback: Fallback, change: Event) -> None:
    answer = fallback.service.call(receive_fallback.handler, sample("twilio_fallback") | change)
    assert answer["statusCode"] == 403
    assert fallback.records() == []


def test_a_text_of_a_number_that_is_nobody_s_is_dropped(fallback: Fallback) -> None:
    fallback.text("hello", sender="+14155550100")
    before = kept(fallback.service)
    assert fallback.take() == NOTHING
    assert kept(fallback.service) == before
    assert fallback.service.deliver() == []


def test_a_stop_that_twilio_has_answered_is_heeded_in_silence(fallback: Fallback) -> None:
    fallback.text("STOP", OptOutType="STOP")
    assert fallback.take() == NOTHING
    assert fallback.service.state()["status"] == "stopped"
    assert fallback.service.deliver() == []


def test_a_stop_in_words_has_its_one_confirmation(fallback: Fallback, phone: Phone) -> None:
    fallback.text("please stop texting me")
    assert fallback.take() == NOTHING
    assert fallback.service.deliver() == [NOTHING]
    assert "START" in received(phone, NUMBER)[-1]


def test_a_buddy_is_answered_too(fallback: Fallback, phone: Phone) -> None:
    fallback.service.text(f"add my friend {BUDDY} as buddy", "SM3")
    fallback.clock.now += MINUTE
    fallback.service.text("YES", "SM4", sender=BUDDY)
    fallback.text(f"well done {BUDDYS_WORDS}", "SM5", sender=BUDDY)
    assert fallback.take() == NOTHING
    assert fallback.service.deliver() == [NOTHING]
    assert NAME in received(phone, BUDDY)[-1]


def test_the_fallback_works_where_nothing_else_is_set(fallback: Fallback, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TABLE_NAME", "TWILIO_SECRET", "BASE_URL_PARAMETER", "NUDGE_QUEUE_URL", "SUMMARY_QUEUE_URL"):
        monkeypatch.delenv(name)
    assert fallback.text("7")["statusCode"] == 200
