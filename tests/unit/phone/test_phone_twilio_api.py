"""The service sends with the ordinary Twilio client, or any other that speaks its REST API."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from tests.unit.phone.rig import ACCOUNT, MEMBER, SERVICE, TOKEN, Phone, eventually

PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


class Local(TwilioHttpClient):
    """Twilio's own client, only elsewhere."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        return super().request(method, url.replace("https://api.twilio.com", self._base), *args, **kwargs)


def twilio(phone: Phone) -> Client:
    return Client(ACCOUNT, TOKEN, http_client=Local(phone.url))


def post(phone: Phone, **form: str) -> httpx.Response:
    whole = {"To": MEMBER, "From": SERVICE, "Body": "How is today, 1-10?"} | {
        "From" if name == "From_" else name: value for name, value in form.items()
    }
    return phone.client.post(PATH, data=whole, auth=(ACCOUNT, TOKEN))


def test_the_twilio_client_creates_fetches_and_sees_it_delivered(phone: Phone) -> None:
    client = twilio(phone)
    created = client.messages.create(to=MEMBER, from_=SERVICE, body="How is today, 1-10?")

    assert created.sid is not None
    assert created.sid.startswith("SM")
    assert len(created.sid) == 34
    assert (created.status, created.direction, created.num_segments) == ("queued", "outbound-api", "1")
    assert created.date_sent is None
    assert isinstance(created.date_created, datetime)
    assert phone.bodies() == ["How is today, 1-10?"]

    eventually(lambda: client.messages(created.sid).fetch().status == "delivered")
    fetched = client.messages(created.sid).fetch()
    assert isinstance(fetched.date_sent, datetime)
    assert (fetched.to, fetched.from_, fetched.body) == (MEMBER, SERVICE, "How is today, 1-10?")


def test_a_status_callback_comes_signed_for_sent_and_delivered(phone: Phone) -> None:
    callback = f"{phone.settings.api}/twilio/status?nudge=daily%20checkin&x="
    created = twilio(phone).messages.create(to=MEMBER, from_=SERVICE, body="hi", status_callback=callback)

    eventually(lambda: len(phone.service.callbacks) == 2)
    assert [callback["MessageStatus"] for callback in phone.service.callbacks] == ["sent", "delivered"]
    assert phone.service.callbacks[0] == {
        "MessageSid": created.sid,
        "SmsSid": created.sid,
        "MessageStatus": "sent",
        "SmsStatus": "sent",
        "To": MEMBER,
        "From": SERVICE,
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
    }


def test_a_callback_that_nobody_answers_does_not_stop_the_text(phone: Phone) -> None:
    post(phone, StatusCallback="http://127.0.0.1:1/nobody")
    eventually(lambda: phone.texts()[0]["status"] == "delivered")


def test_messages_are_listed_newest_first_and_by_pages(phone: Phone) -> None:
    phone.send("hello")
    for n in range(3):
        post(phone, Body=f"text {n}")
    post(phone, To="+14155550199", Body="somebody else's")
    client = twilio(phone)

    every = client.messages.list(page_size=2)
    assert [message.body for message in every] == ["somebody else's", "text 2", "text 1", "text 0", "Noted.", "hello"]
    assert [message.direction for message in every][-2:] == ["outbound-reply", "inbound"]
    assert [message.body for message in client.messages.list(to=MEMBER, limit=2)] == ["text 2", "text 1"]
    assert [message.body for message in client.messages.list(from_=MEMBER)] == ["hello"]

    page = phone.client.get(PATH, params={"PageSize": 4, "Page": 1}, auth=(ACCOUNT, TOKEN)).json()
    assert (page["page"], page["page_size"], page["start"], page["end"]) == (1, 4, 4, 5)
    assert page["next_page_uri"] is None
    assert "Page=0" in page["previous_page_uri"]
    assert page["first_page_uri"] == page["previous_page_uri"]


def test_messages_are_found_by_the_time_they_were_sent(phone: Phone) -> None:
    client, now = twilio(phone), datetime.now(UTC)
    post(phone)
    hour = timedelta(hours=1)

    assert len(client.messages.list(date_sent_after=now)) == 1
    assert len(client.messages.list(date_sent_after=now - hour, date_sent_before=now + hour)) == 1
    assert client.messages.list(date_sent_after=now + hour) == []
    assert client.messages.list(date_sent_before=now - hour) == []
    assert len(client.messages.list(date_sent=now.date())) == 1
    assert client.messages.list(date_sent=date(2020, 1, 1)) == []

    def found(query: str) -> int:
        return len(phone.client.get(f"{PATH}?{query}", auth=(ACCOUNT, TOKEN)).json()["messages"])

    today, tomorrow = now.date(), now.date() + timedelta(days=1)
    assert [found(f"DateSent>={today}"), found(f"DateSent%3E%3D={today}"), found(f"DateSent>={tomorrow}")] == [1, 1, 0]
    assert [found(f"DateSent<={today}"), found(f"DateSent%3C={tomorrow}")] == [1, 1]
    assert phone.client.get(f"{PATH}?DateSent=soon", auth=(ACCOUNT, TOKEN)).json()["code"] == 20001


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"To": ""}, 21604),
        ({"To": "415"}, 21211),
        ({"To": "whatsapp:+14155550123"}, 21211),
        ({"From_": ""}, 21603),
        ({"From_": "Unstuck!"}, 21212),
        ({"From_": "+14155550100"}, 21606),
        ({"To": SERVICE}, 21266),
        ({"Body": ""}, 21602),
        ({"Body": "x" * 1601}, 21617),
        ({"StatusCallback": "http://under_score.example/x"}, 21609),
        ({"StatusCallback": "ftp://example.com"}, 21609),
    ],
)
def test_what_twilio_would_refuse_is_refused_with_its_own_error(phone: Phone, form: dict[str, str], code: int) -> None:
    answer = post(phone, **form)
    assert answer.status_code == 400
    error = answer.json()
    assert (error["code"], error["status"]) == (code, 400)
    assert error["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert error["message"]
    assert phone.texts() == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("+15005550001", 21211),
        ("+15005550002", 21612),
        ("+15005550003", 21408),
        ("+15005550004", 21610),
        ("+15005550009", 21614),
    ],
)
def test_twilio_s_numbers_for_tests_fail_as_with_twilio(phone: Phone, number: str, code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        twilio(phone).messages.create(to=number, from_=SERVICE, body="hi")
    assert (refused.value.code, refused.value.status) == (code, 400)


@pytest.mark.parametrize(("number", "code"), [("+15005551003", "30003"), ("+15005551006", "30006")])
def test_a_number_that_takes_no_texts_is_reported_by_a_callback_with_the_reason(
    phone: Phone, number: str, code: str
) -> None:
    callback = f"{phone.settings.api}/twilio/status?nudge=1"
    twilio(phone).messages.create(to=number, from_=SERVICE, body="hi", status_callback=callback)
    eventually(lambda: len(phone.service.callbacks) == 2)
    told = [(each["MessageStatus"], each.get("ErrorCode")) for each in phone.service.callbacks]
    assert told == [("sent", None), ("undelivered", code)]


def test_a_number_that_said_stop_is_refused_until_it_says_start(phone: Phone) -> None:
    phone.send("STOP")
    with pytest.raises(TwilioRestException) as refused:
        twilio(phone).messages.create(to=MEMBER, from_=SERVICE, body="hi")
    assert (refused.value.code, refused.value.status) == (21610, 400)

    phone.send("START")
    assert post(phone).status_code == 201


@pytest.mark.parametrize("auth", [None, (ACCOUNT, "wrong"), ("AC" + "1" * 32, TOKEN)])
def test_without_the_token_nothing_is_told(phone: Phone, auth: tuple[str, str] | None) -> None:
    answer = phone.client.get(PATH, auth=auth)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


@pytest.mark.parametrize(
    "path",
    [
        f"/2010-04-01/Accounts/{ACCOUNT}/Messages/SM{'0' * 32}.json",
        f"/2010-04-01/Accounts/AC{'1' * 32}/Messages.json",
        f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json",
    ],
)
def test_what_is_not_there_is_twilios_404(phone: Phone, path: str) -> None:
    answer = phone.client.get(path, auth=(ACCOUNT, TOKEN))
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_a_messaging_service_sends_from_the_services_number(phone: Phone) -> None:
    sent = post(phone, From_="", MessagingServiceSid="MG" + "0" * 32).json()
    assert (sent["from"], sent["messaging_service_sid"]) == (SERVICE, "MG" + "0" * 32)
