"""Texts go out by the ordinary Twilio client, to the local Twilio; what it refuses is told from what passes."""

import json
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests

from cli.local.ministack import free_port
from shared.channels.refused import PassingFailure, Refused
from shared.channels.sms import Texter
from shared.channels.twilio_webhook import Account
from shared.domain.failures import Failure
from tests.unit.phone.rig import ACCOUNT, MEMBER, SERVICE, TOKEN, Phone, eventually

BODY = "How was work today, 1-10?"
ELSEWHERE = "http://127.0.0.1:1/status"
Answering = Callable[[int, str], str]


def texter(api: str, sender: str = SERVICE, token: str = TOKEN) -> Texter:
    return Texter(Account(ACCOUNT, (token,)), sender, api)


@contextmanager
def discreet() -> Iterator[None]:
    """Neither the error raised inside nor what came before it says anything personal."""
    try:
        yield
    except Exception as error:
        said = [*traceback.format_exception(error), repr(error)]
        chained: BaseException | None = error
        while chained := chained and (chained.__cause__ or chained.__context__):
            said += [str(chained), repr(chained)]
        for words in (MEMBER.removeprefix("+"), BODY, TOKEN, TOKEN[::-1]):
            assert not [each for each in said if words in each]
        raise


@pytest.fixture
def answering() -> Iterator[Answering]:
    """A Twilio that answers every request with one status and body; gives its address."""
    answer: list[tuple[int, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = answer[-1]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST  # noqa: N815  # as the library calls it

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()

    def say(status: int, body: str) -> str:
        answer.append((status, body))
        return f"http://127.0.0.1:{server.server_port}"

    yield say
    server.shutdown()
    server.server_close()
    thread.join()


def error_of(code: int | None, status: int) -> str:
    """Twilio's error, which says all that it should not to a log."""
    return json.dumps({"code": code, "message": f"To {MEMBER}: {BODY}", "more_info": "", "status": status})


def test_a_text_goes_out_and_its_receipts_come_back(phone: Phone) -> None:
    callback = f"{phone.settings.api}/twilio/status?member=ana&nudge=daily_checkin%232026-03-05%23sms"
    sid = texter(phone.url).send(MEMBER, BODY, callback)
    assert sid.startswith("SM")
    assert [(text["sid"], text["body"]) for text in phone.texts()] == [(sid, BODY)]
    eventually(lambda: [each["MessageStatus"] for each in phone.service.callbacks] == ["sent", "delivered"])


def test_a_slash_after_the_api_s_address_does_no_harm(phone: Phone) -> None:
    texter(f"{phone.url}/").send(MEMBER, BODY, ELSEWHERE)
    assert phone.bodies() == [BODY]


def test_a_text_that_a_carrier_holds_too_long_is_dropped(answering: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, str]] = []
    api = answering(201, json.dumps({"sid": "SM1"}))
    send = requests.Session.send

    def noting(self: requests.Session, request: requests.PreparedRequest, **more: object) -> requests.Response:
        asked.append(dict(pair.split("=") for pair in str(request.body).split("&")))
        return send(self, request, **more)

    monkeypatch.setattr(requests.Session, "send", noting)
    assert texter(api).send(MEMBER, BODY, ELSEWHERE) == "SM1"
    assert asked[0]["ValidityPeriod"] == "7200"


def test_who_has_opted_out_is_texted_no_more(phone: Phone) -> None:
    phone.send("STOP")
    with pytest.raises(Refused) as refused, discreet():
        texter(phone.url).send(MEMBER, BODY, ELSEWHERE)
    assert (refused.value.code, refused.value.failure) == ("21610", Failure.OPTED_OUT)

    phone.send("START")
    texter(phone.url).send(MEMBER, BODY, ELSEWHERE)
    assert BODY in phone.bodies()


@pytest.mark.parametrize(
    ("to", "body", "sender", "code", "failure"),
    [
        ("+1415", BODY, SERVICE, "21211", Failure.NO_WAY),
        ("", BODY, SERVICE, "21604", Failure.LOST),
        (MEMBER, "", SERVICE, "21602", Failure.LOST),
        (MEMBER, BODY * 100, SERVICE, "21617", Failure.LOST),
        (MEMBER, BODY, "+14155550100", "21606", Failure.OURS),
        (MEMBER, BODY, "Unstuck!", "21212", Failure.OURS),
    ],
)
def test_what_twilio_will_never_send_is_refused(
    phone: Phone, to: str, body: str, sender: str, code: str, failure: Failure
) -> None:
    with pytest.raises(Refused) as refused, discreet():
        texter(phone.url, sender).send(to, body, ELSEWHERE)
    assert (refused.value.code, refused.value.failure) == (code, failure)
    assert phone.texts() == []


@pytest.mark.parametrize(
    "code", [21211, 21212, 21408, 21602, 21604, 21606, 21610, 21612, 21614, 21617, 21635, 30006, 30034]
)
@pytest.mark.parametrize("standard", [False, True], ids=["own errors", "RFC 9457"])
def test_every_lasting_error_is_refused_however_it_is_written(answering: Answering, code: int, standard: bool) -> None:
    problem = {"type": "about:blank", "title": f"To {MEMBER}", "status": 400, "code": code, "detail": BODY}
    api = answering(400, json.dumps(problem) if standard else error_of(code, 400))
    with pytest.raises(Refused) as refused, discreet():
        texter(api).send(MEMBER, BODY, ELSEWHERE)
    assert (refused.value.code, refused.value.failure is Failure.OPTED_OUT) == (str(code), code == 21610)


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (429, error_of(20429, 429), Failure.THROTTLED),
        (429, "slow down", Failure.THROTTLED),
        (400, error_of(21611, 400), Failure.FULL),
        (400, error_of(63038, 400), Failure.CAPPED),
        (500, error_of(20500, 500), None),
        (503, error_of(None, 503), None),
        (502, "<html>Bad Gateway</html>", None),
        (504, "", None),
        (500, f'"{BODY}"', None),
        (503, json.dumps({"type": "about:blank", "title": MEMBER, "status": 503, "code": 20503, "detail": BODY}), None),
        (401, error_of(20003, 401), None),
        (404, error_of(20404, 404), None),
        (403, error_of(20403, 403), None),
        (408, "", None),
        (409, error_of(20409, 409), None),
    ],
)
def test_what_may_pass_is_to_be_tried_again_and_may_be_sent_where_twilio_failed_itself(
    answering: Answering, status: int, body: str, failure: Failure | None
) -> None:
    with pytest.raises(PassingFailure, match=f"HTTP {status}") as passing, discreet():
        texter(answering(status, body)).send(MEMBER, BODY, ELSEWHERE)
    assert (passing.value.failure, passing.value.perhaps_sent) == (failure, status >= 500)


@pytest.mark.parametrize(
    ("status", "body", "code"), [(400, error_of(21999, 400), "21999"), (422, "", "422"), (400, "<html>", "400")]
)
def test_a_request_that_twilio_does_not_accept_is_refused_though_its_code_is_not_known(
    answering: Answering, status: int, body: str, code: str
) -> None:
    with pytest.raises(Refused) as refused, discreet():
        texter(answering(status, body)).send(MEMBER, BODY, ELSEWHERE)
    assert (refused.value.code, refused.value.failure) == (code, Failure.OURS)


def test_a_wrong_token_is_the_operator_s_to_mend(phone: Phone) -> None:
    with pytest.raises(PassingFailure, match="401"), discreet():
        texter(phone.url, token=TOKEN[::-1]).send(MEMBER, BODY, ELSEWHERE)


def test_a_network_that_fails_is_no_refusal() -> None:
    with pytest.raises(requests.ConnectionError), discreet():
        texter(f"http://127.0.0.1:{free_port()}").send(MEMBER, BODY, ELSEWHERE)


# Looking for a text that Twilio may have taken


def test_a_text_that_twilio_took_is_found_by_its_number_words_and_time(phone: Phone) -> None:
    since, sender = datetime.now(UTC), texter(phone.url)
    until = since + timedelta(minutes=2)
    assert sender.find(MEMBER, BODY, since, until) is None
    sid = sender.send(MEMBER, BODY, ELSEWHERE)
    sender.send(MEMBER, "another text", ELSEWHERE)
    sender.send("+14155550199", "to somebody else", ELSEWHERE)
    assert sender.find(MEMBER, BODY, since, until) == sid
    assert sender.find(MEMBER, "to somebody else", since, until) is None
    assert sender.find(MEMBER, BODY, since + timedelta(minutes=1), until) is None
    assert sender.find(MEMBER, BODY, since - timedelta(days=1), since - timedelta(minutes=1)) is None
    eventually(lambda: phone.texts()[0]["status"] == "delivered")
    assert sender.find(MEMBER, BODY, since, until) == sid


def test_neither_an_answer_nor_the_member_s_own_words_are_taken_for_the_text(phone: Phone) -> None:
    phone.service.answer = f"<Response><Message>{BODY}</Message></Response>"
    phone.send(BODY)
    assert phone.bodies() == [BODY, BODY]
    now = datetime.now(UTC)
    assert texter(phone.url).find(MEMBER, BODY, now - timedelta(hours=1), now) is None


def test_the_words_that_a_trial_account_puts_in_front_do_no_harm(phone: Phone) -> None:
    sid = texter(phone.url).send(MEMBER, f"Sent from your Twilio trial account - {BODY}", ELSEWHERE)
    assert texter(phone.url).find(MEMBER, BODY, datetime.now(UTC), datetime.now(UTC)) == sid


@pytest.mark.parametrize("status", [429, 500, 401])
def test_a_list_that_twilio_does_not_give_says_nothing(answering: Answering, status: int) -> None:
    with pytest.raises(PassingFailure) as passing, discreet():
        texter(answering(status, error_of(None, status))).find(MEMBER, BODY, datetime.now(UTC), datetime.now(UTC))
    assert passing.value.perhaps_sent


def test_nothing_personal_is_logged(phone: Phone, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        texter(phone.url).send(MEMBER, BODY, ELSEWHERE)
        phone.send("STOP")
        with pytest.raises(Refused):
            texter(phone.url).send(MEMBER, BODY, ELSEWHERE)
    said = "".join(record.getMessage() for record in caplog.records if record.name.startswith("twilio"))
    assert not [words for words in (MEMBER.removeprefix("+"), BODY, TOKEN) if words in said]
