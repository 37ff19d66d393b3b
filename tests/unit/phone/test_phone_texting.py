"""A member texts the service, and what the phone shows of it."""

import pytest

from cli.phone.store import Store
from tests.unit.phone.rig import MEMBER, SERVICE, Phone

UNSUBSCRIBED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe."
)
RESUBSCRIBED = (
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)


def test_a_text_reaches_the_service_signed_and_its_answer_the_phone(phone: Phone) -> None:
    answer = phone.send("7. Win: sent off my portfolio 🎉")

    assert answer["replies"] == ["Noted."]
    (webhook,) = phone.service.received
    assert webhook["Body"] == "7. Win: sent off my portfolio 🎉"
    assert (webhook["From"], webhook["To"], webhook["FromCountry"]) == (MEMBER, SERVICE, "US")
    assert webhook["MessageSid"] == webhook["SmsSid"] == webhook["SmsMessageSid"] == answer["sid"]
    assert (webhook["FromCity"], webhook["NumMedia"], webhook["SmsStatus"]) == ("", "0", "received")
    assert "OptOutType" not in webhook
    assert phone.service.hosts == ["abcd1234.execute-api.localhost:4566"]

    mine, theirs = phone.texts()
    assert (mine["direction"], mine["author"], mine["status"]) == ("inbound", "member", "received")
    assert (theirs["direction"], theirs["author"], theirs["status"]) == ("outbound", "service", "delivered")
    assert (mine["encoding"], theirs["encoding"], theirs["segments"]) == ("UCS-2", "GSM-7", 1)
    assert theirs["time"].endswith("Z")


@pytest.mark.parametrize(
    ("twiml", "replies"),
    [
        ("<Response><Message>One</Message><Message>Two</Message></Response>", ["One", "Two"]),
        ("<Response><Message><Body>R&amp;D &lt;3</Body></Message></Response>", ["R&D <3"]),
        ('<?xml version="1.0" encoding="UTF-8"?><Response/>', []),
        ("<Response><Message/></Response>", []),
        ("", []),
    ],
)
def test_every_form_of_twiml_is_understood(phone: Phone, twiml: str, replies: list[str]) -> None:
    phone.service.answer = twiml
    assert phone.send("hello")["replies"] == replies
    assert phone.bodies() == ["hello", *replies]


def test_an_answer_that_twilio_would_not_carry_is_shown_as_failed(phone: Phone) -> None:
    phone.service.answer = f"<Response><Message>{'x' * 1601}</Message></Response>"
    phone.send("hello")
    assert phone.texts()[1]["status"] == "failed"


def test_the_same_sid_is_delivered_again_but_shown_once(phone: Phone) -> None:
    first = phone.send("hello", sid="SMtwice")
    phone.service.answer = "<Response><Message>Noted again.</Message></Response>"
    second = phone.send("hello", sid="SMtwice")

    assert (first["replies"], second["replies"]) == (["Noted."], ["Noted again."])
    assert [webhook["MessageSid"] for webhook in phone.service.received] == ["SMtwice", "SMtwice"]
    assert phone.bodies() == ["hello", "Noted."]


def test_a_sid_names_one_text_for_good(phone: Phone) -> None:
    phone.send("hello", sid="SMmine")
    other_text = phone.client.post(f"/phone/{MEMBER}/texts", json={"text": "bye", "sid": "SMmine"})
    other_number = phone.client.post("/phone/+14155550199/texts", json={"text": "hello", "sid": "SMmine"})
    assert (other_text.status_code, other_number.status_code) == (409, 409)
    assert len(phone.service.received) == 1


def test_a_text_that_failed_can_be_sent_again_and_is_then_answered(phone: Phone) -> None:
    phone.service.status = 500
    failed = phone.client.post(f"/phone/{MEMBER}/texts", json={"text": "hello"})
    assert failed.status_code == 502
    assert failed.json()["error"] == "The service could not take this text: it answered 500."
    assert [text["status"] for text in phone.texts()] == ["failed"]

    phone.service.status = 200
    phone.send("hello", sid=failed.json()["sid"])
    assert [(text["body"], text["status"]) for text in phone.texts()] == [
        ("hello", "received"),
        ("Noted.", "delivered"),
    ]


@pytest.mark.parametrize(("change", "code"), [({"status": 500}, "11200"), ({"answer": "<html>oops"}, "12100")])
def test_a_text_that_the_webhook_cannot_take_goes_to_the_fallback(
    phone: Phone, change: dict[str, object], code: str
) -> None:
    vars(phone.service).update(change, fallback=200)
    assert phone.send("hello", sid="SMback")["replies"] == []
    (told,) = phone.service.fell_back
    assert told == phone.service.received[0] | {"ErrorCode": code, "ErrorUrl": f"{phone.settings.api}/twilio/sms"}
    assert [(text["body"], text["status"]) for text in phone.texts()] == [("hello", "received")]


def test_a_text_that_the_webhook_takes_does_not_go_to_the_fallback(phone: Phone) -> None:
    phone.send("hello")
    assert phone.service.fell_back == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"api": "http://127.0.0.1:1"}, "refused the webhook's signature"),
        ({"answer": "<html>oops"}, "is not TwiML"),
        ({"answer": "<html/>"}, "starts with <html>"),
        ({"status": 302}, "it answered 302"),
    ],
)
def test_a_service_that_goes_wrong_is_named_in_a_sentence(
    phone: Phone, change: dict[str, object], sentence: str
) -> None:
    vars(phone.service).update(change)
    answer = phone.client.post(f"/phone/{MEMBER}/texts", json={"text": "hello"})
    assert answer.status_code == 502
    assert sentence in answer.json()["error"]


@pytest.mark.parametrize(
    "word", ["STOP", " stop ", "Unsubscribe", "END", "quit", "STOPALL", "revoke", "OPTOUT", "cancel"]
)
def test_stop_is_answered_by_twilio_and_nothing_of_the_service_comes_through(phone: Phone, word: str) -> None:
    assert phone.send(word)["replies"] == ["Noted."]
    assert phone.service.received[0]["OptOutType"] == "STOP"
    assert [(text["author"], text["body"]) for text in phone.texts()] == [("member", word), ("twilio", UNSUBSCRIBED)]

    phone.send("are you there?")
    assert phone.bodies()[2:] == ["are you there?"]


@pytest.mark.parametrize("word", ["stop please", "STOP.", "we have to stop this", "YES", "info desk"])
def test_other_words_are_the_services_to_understand(phone: Phone, word: str) -> None:
    phone.send(word)
    assert "OptOutType" not in phone.service.received[0]
    assert phone.bodies() == [word, "Noted."]


@pytest.mark.parametrize("word", ["START", "unstop", "Yes"])
def test_start_opens_the_line_again(phone: Phone, word: str) -> None:
    phone.send("STOP")
    phone.send(word)
    assert phone.service.received[1]["OptOutType"] == "START"
    assert phone.bodies()[2:] == [word, RESUBSCRIBED, "Noted."]


def test_a_retried_stop_does_not_undo_a_later_start(phone: Phone) -> None:
    phone.send("STOP", sid="SMstop")
    phone.send("START")
    phone.send("STOP", sid="SMstop")
    assert [webhook.get("OptOutType") for webhook in phone.service.received] == ["STOP", "START", "STOP"]
    phone.send("still here")
    assert phone.bodies()[-2:] == ["still here", "Noted."]


@pytest.mark.parametrize("word", ["HELP", "info"])
def test_help_is_answered_by_twilio_beside_the_service(phone: Phone, word: str) -> None:
    phone.send(word)
    assert phone.service.received[0]["OptOutType"] == "HELP"
    assert phone.bodies() == [word, "Reply STOP to unsubscribe. Msg&Data Rates May Apply.", "Noted."]


@pytest.mark.parametrize(
    "written", ["+14155550123", "%2B14155550123", "%2014155550123", "14155550123", "+1 (415) 555-0123"]
)
def test_a_number_is_found_however_its_plus_was_written(phone: Phone, written: str) -> None:
    assert phone.client.post(f"/phone/{written}/texts", json={"text": "hello"}).status_code == 200
    assert phone.bodies() == ["hello", "Noted."]
    assert len(phone.client.get(f"/phone/{written}/texts").json()) == 2


@pytest.mark.parametrize(
    ("number", "body", "status"),
    [
        (MEMBER, b"not json", 400),
        (MEMBER, b"[]", 400),
        (MEMBER, b"\xff", 400),
        (MEMBER, b"{}", 422),
        (MEMBER, b'{"text": "  "}', 422),
        (MEMBER, b'{"text": 7}', 422),
        (MEMBER, b'{"text": "\\ud83d"}', 422),
        (MEMBER, b'{"text": "' + b"x" * 1601 + b'"}', 422),
        (MEMBER, b'{"text": "hi", "sid": "with space"}', 422),
        ("hello", b'{"text": "hi"}', 422),
        ("+1", b'{"text": "hi"}', 422),
        ("+0123456789", b'{"text": "hi"}', 422),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_reason(phone: Phone, number: str, body: bytes, status: int) -> None:
    answer = phone.client.post(f"/phone/{number}/texts", content=body)
    assert answer.status_code == status
    assert answer.json()["error"].endswith((".", "}."))
    assert phone.service.received == []


def test_texts_and_opt_outs_outlive_a_restart(phone: Phone) -> None:
    phone.send("STOP")
    again = Store(phone.settings.database)
    assert [text.author for text in again.texts(MEMBER)] == ["member", "twilio"]
    assert again.is_opted_out(MEMBER)


def test_known_numbers_are_listed_with_the_latest_first(phone: Phone) -> None:
    phone.send("STOP")
    phone.client.post("/phone/+447400123456/texts", json={"text": "hello"})
    assert phone.client.get("/phone").json() == [
        {"number": "+447400123456", "texts": 2, "opted_out": False},
        {"number": MEMBER, "texts": 2, "opted_out": True},
    ]
