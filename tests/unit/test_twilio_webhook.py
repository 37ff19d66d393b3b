"""What Twilio signs is read; anything else is an InvalidWebhook, whatever it is made of."""

import base64
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from shared.channels.twilio_webhook import (
    Account,
    InboundText,
    InvalidWebhook,
    read_receipt,
    read_text,
    twiml,
)
from shared.domain.models import Receipt

Event = dict[str, Any]

BASE = "https://unstuck.example.com"
TOKEN = "the-present-token"
ACCOUNT = Account("AC" + "0" * 32, (TOKEN,))
TEXT = {
    "ToCountry": "US",
    "ToState": "",
    "SmsMessageSid": "SM1",
    "NumMedia": "0",
    "Body": "7. Win: sent off my portfolio",
    "To": "+14155550100",
    "MessageSid": "SM1",
    "AccountSid": ACCOUNT.sid,
    "From": "+14155550123",
}


def signed(fields: dict[str, str], token: str = TOKEN, base: str = BASE, query: str = "", **more: Any) -> Event:
    """An HTTP API event with the fields posted to /twilio/sms, signed as Twilio signs."""
    url = f"{base}/twilio/sms" + (f"?{query}" if query else "")
    signature = RequestValidator(token).compute_signature(url, fields)
    event = {
        "rawPath": "/twilio/sms",
        "rawQueryString": query,
        "headers": {"x-twilio-signature": signature, "host": "elsewhere.example.com"},
        "body": urlencode(fields),
        "isBase64Encoded": False,
    }
    return event | more


def in_base64(event: Event) -> Event:
    return event | {"body": base64.b64encode(event["body"].encode()).decode(), "isBase64Encoded": True}


def read(event: Any, account: Account = ACCOUNT, base: str = BASE) -> InboundText:
    return read_text(event, account, base)


# What Twilio makes


def test_a_text_is_read() -> None:
    assert read(signed(TEXT)) == InboundText("SM1", "+14155550123", "7. Win: sent off my portfolio", None)


def test_a_text_in_base64_is_read() -> None:
    assert read(in_base64(signed(TEXT))) == read(signed(TEXT))


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "  7  ",
        "\n7\n",
        "7 & a win=sent+off % 100%",
        "ça va 💪🏽 ７／１０",
        "👩‍👩‍👧",
        "Body=8&From=+14155550199",
        "a\0b",
    ],
)
def test_the_words_arrive_as_they_were_written(body: str) -> None:
    assert read(in_base64(signed(TEXT | {"Body": body}))).text == body
    assert read(signed(TEXT | {"Body": body})).text == body


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_the_words_they_arrive(body: str) -> None:
    assert read(in_base64(signed(TEXT | {"Body": body}))).text == body


def test_a_text_without_words_is_one_without_words() -> None:
    assert read(signed({name: value for name, value in TEXT.items() if name != "Body"})).text == ""


def test_the_query_is_signed_too() -> None:
    assert read(signed(TEXT, query="member=a%20b&nudge=&x=%2B")).sid == "SM1"


def test_the_public_address_is_what_counts_with_its_port_or_without() -> None:
    assert read(signed(TEXT, base="https://unstuck.example.com:443")).sid == "SM1"
    assert read(signed(TEXT, base="http://127.0.0.1:8001"), base="http://127.0.0.1:8001").sid == "SM1"
    assert read(signed(TEXT, rawQueryString=None)).sid == "SM1"


def test_while_the_token_is_rotated_both_are_valid() -> None:
    rotating = Account(ACCOUNT.sid, ("the-next-token", TOKEN))
    for token in rotating.tokens:
        assert read(signed(TEXT, token), rotating).sid == "SM1"
    with pytest.raises(InvalidWebhook):
        read(signed(TEXT, "an-older-token"), rotating)


@pytest.mark.parametrize(
    ("words", "taken_for", "meaning"),
    [
        ("Stop", "STOP", "STOP"),
        ("cancel", "stop", "STOP"),
        ("stop texting me", "", "stop texting me"),
        ("info", "HELP", "HELP"),
    ],
)
def test_a_word_that_twilio_answered_means_what_twilio_took_it_for(words: str, taken_for: str, meaning: str) -> None:
    assert read(signed(TEXT | {"Body": words, "OptOutType": taken_for})).meaning == meaning


def test_a_receipt_is_read() -> None:
    fields = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30005", "AccountSid": ACCOUNT.sid}
    event = signed(fields, query="member=ana&nudge=1")
    event["queryStringParameters"] = {"member": "ana", "nudge": "1"}
    told = Receipt(member_id="ana", nudge_id="1", message_id="SM1", status="undelivered", code="30005")
    assert read_receipt(event, ACCOUNT, BASE) == told
    del fields["ErrorCode"]
    assert read_receipt(signed(fields), ACCOUNT, BASE) == Receipt(
        member_id="", nudge_id="", message_id="SM1", status="undelivered"
    )


# What it does not


def header(value: object) -> Event:
    return signed(TEXT) | {"headers": {"x-twilio-signature": value}}


GENUINE = signed(TEXT)
FORGED: dict[str, Any] = {
    "nothing": {},
    "no event": None,
    "a list": [],
    "no headers": {k: v for k, v in GENUINE.items() if k != "headers"},
    "headers that are none": GENUINE | {"headers": None},
    "no signature": GENUINE | {"headers": {}},
    "an empty signature": header(""),
    "a signature that is none": header(None),
    "a number for a signature": header(1),
    "a list for a signature": header(["x"]),
    "a signature in other letters": header("é" * 28),
    "a signature of half characters": header("\ud800" * 28),
    "a signature in lower case": header(GENUINE["headers"]["x-twilio-signature"].lower()),
    "a giant signature": header("A" * 1_000_000),
    "another token": signed(TEXT, "somebody-else's-token"),
    "another account": signed(TEXT | {"AccountSid": "AC" + "1" * 32}),
    "no account": signed({k: v for k, v in TEXT.items() if k != "AccountSid"}),
    "an account in lower case": signed(TEXT | {"AccountSid": ACCOUNT.sid.lower()}),
    "another address": signed(TEXT, base="https://elsewhere.example.com"),
    "another scheme": signed(TEXT, base="http://unstuck.example.com"),
    "another port": signed(TEXT, base="https://unstuck.example.com:8443"),
    "another path": GENUINE | {"rawPath": "/twilio/status"},
    "no path": {k: v for k, v in GENUINE.items() if k != "rawPath"},
    "a query added": GENUINE | {"rawQueryString": "x=1"},
    "a query dropped": signed(TEXT, query="x=1") | {"rawQueryString": ""},
    "a field changed": GENUINE | {"body": urlencode(TEXT | {"Body": "8"})},
    "a field added": GENUINE | {"body": urlencode(TEXT | {"OptOutType": "STOP"})},
    "a field dropped": GENUINE | {"body": urlencode({k: v for k, v in TEXT.items() if k != "Body"})},
    "a blank field dropped": GENUINE | {"body": GENUINE["body"].replace("ToState=&", "")},
    "a blank field added": GENUINE | {"body": GENUINE["body"] + "&Extra="},
    "a field twice": GENUINE | {"body": GENUINE["body"] + "&From=%2B14155550123"},
    "a field twice, the true one last": GENUINE | {"body": "From=%2B14155550199&" + GENUINE["body"]},
    "no body": GENUINE | {"body": None},
    "an empty body": GENUINE | {"body": ""},
    "a body of bytes": GENUINE | {"body": b"\xff"},
    "a number for a body": GENUINE | {"body": 7},
    "a JSON body": signed({}, body='{"Body": "7"}'),
    "a JSON body by its digest": signed({}, query="bodySHA256=" + "0" * 64, body='{"Body": "7"}'),
    "an unsigned JSON body": GENUINE | {"body": '{"Body": "7"}'},
    "half characters": GENUINE | {"body": "Body=\ud800"},
    "half characters in the path": GENUINE | {"rawPath": "/\udfff"},
    "half characters in the query": GENUINE | {"rawQueryString": "x=\udfff"},
    "base64 that is none": GENUINE | {"isBase64Encoded": True},
    "base64 of no text": GENUINE | {"isBase64Encoded": True, "body": base64.b64encode(b"\xff\xfe").decode()},
    "base64 with half characters": GENUINE | {"isBase64Encoded": True, "body": "\ud800"},
    "a giant body": GENUINE | {"body": "Body=" + "x" * 10_000_000},
    "very many fields": GENUINE | {"body": "&".join(f"f{n}=" for n in range(100_000))},
    "very many separators": GENUINE | {"body": "&" * 1_000_000},
    "no sid": signed({k: v for k, v in TEXT.items() if k != "MessageSid"}),
    "a blank sid": signed(TEXT | {"MessageSid": ""}),
    "a sid that is a key of ours": signed(TEXT | {"MessageSid": "SM1#MEMBER"}),
    "a giant sid": signed(TEXT | {"MessageSid": "S" * 65}),
    "a sender that is no number": signed(TEXT | {"From": "BANK"}),
    "a sender on another network": signed(TEXT | {"From": "whatsapp:+14155550123"}),
    "a sender in other digits": signed(TEXT | {"From": "+1415555٠١٢٣"}),
    "a sender with a line break": signed(TEXT | {"From": "+14155550123\n"}),
    "no sender": signed(TEXT | {"From": ""}),
}


@pytest.mark.parametrize("event", FORGED.values(), ids=FORGED.keys())
def test_anything_else_is_refused_and_nothing_but_refused(event: Any) -> None:
    with pytest.raises(InvalidWebhook):
        read(event)


@pytest.mark.parametrize("event", FORGED.values(), ids=FORGED.keys())
def test_a_refusal_repeats_nothing_of_what_was_sent(event: Any) -> None:
    with pytest.raises(InvalidWebhook) as refused:
        read(event)
    assert str(refused.value) == ""


@pytest.mark.parametrize(
    "base", ["https://unstuck.example.com:port", "https://unstuck.example.com:99999", "https://[::1", ""]
)
def test_a_base_url_that_is_none_refuses_everything(base: str) -> None:
    with pytest.raises(InvalidWebhook):
        read(signed(TEXT), base=base)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_WORDS = st.text(st.characters(), max_size=60)  # with half characters, which JSON can spell
_EVENTS = st.fixed_dictionaries(
    {},
    optional={
        "rawPath": _WORDS | _JSON,
        "rawQueryString": _WORDS | _JSON,
        "headers": st.dictionaries(st.just("x-twilio-signature"), _WORDS | _JSON) | _JSON,
        "body": _WORDS | _JSON | st.just(GENUINE["body"]),
        "isBase64Encoded": st.booleans() | _JSON,
    },
)


@given(_EVENTS | _JSON)
def test_no_event_brings_another_error(event: Any) -> None:
    for reader in (read_text, read_receipt):
        with pytest.raises(InvalidWebhook):
            reader(event, ACCOUNT, BASE)


@given(st.sampled_from(sorted(TEXT)), _WORDS)
def test_no_field_can_be_changed(name: str, value: str) -> None:
    body = urlencode(TEXT | {name: value}, errors="replace")
    if body != GENUINE["body"]:
        with pytest.raises(InvalidWebhook):
            read(GENUINE | {"body": body})


def test_a_text_shows_neither_its_number_nor_its_words() -> None:
    assert repr(read(signed(TEXT))) == "InboundText(SM1)"


def test_an_account_does_not_show_its_tokens() -> None:
    assert TOKEN not in f"{ACCOUNT} {ACCOUNT!r}"


# What it is answered


def answered(*replies: str) -> list[str]:
    answer = twiml(replies)
    assert (answer["statusCode"], answer["headers"]["content-type"]) == (200, "text/xml; charset=utf-8")
    root = ElementTree.fromstring(answer["body"])  # noqa: S314
    assert root.tag == "Response"
    assert [message.tag for message in root] == ["Message"] * len(replies)
    return [message.text or "" for message in root]


def test_an_answer_may_be_empty() -> None:
    assert answered() == []


def test_each_reply_is_a_message_in_their_order() -> None:
    assert answered("7 for Tue.", "4-day streak.") == ["7 for Tue.", "4-day streak."]


@pytest.mark.parametrize(
    "reply", ["a < b & c > d", "</Message><Redirect/>", "<![CDATA[x]]>", "\"'", "&amp;", "💪🏽 ça", "a\nb"]
)
def test_a_reply_is_words_whatever_is_in_it(reply: str) -> None:
    assert answered(reply) == [reply]


@given(st.lists(_WORDS, max_size=3))
def test_no_reply_makes_an_answer_that_twilio_cannot_read(replies: list[str]) -> None:
    answered(*replies)


def test_what_xml_cannot_carry_is_left_out() -> None:
    assert answered("a\0b\x0bc\x1b[0m\ud800d\ufffee") == ["abc[0mde"]
