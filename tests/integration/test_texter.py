"""Texts go out by the ordinary Twilio client, to the local Twilio; what it refuses is told from what passes."""

import json
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests

from cli.local.ministack import free_port
from shared.channels import sms
from shared.channels.refused import Refused
from shared.channels.sms import PassingFailure, Texter
from shared.channels.twilio_webhook import Account
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
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = answer[-1]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

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
    assert (refused.value.code, refused.value.opted_out) == ("21610", True)

    phone.send("START")
    texter(phone.url).send(MEMBER, BODY, ELSEWHERE)
    assert BODY in phone.bodies()


@pytest.mark.parametrize(
    ("to", "body", "sender", "code"),
    [
        ("+1415", BODY, SERVICE, "21211"),
        ("", BODY, SERVICE, "21604"),
        (MEMBER, "", SERVICE, "21602"),
        (MEMBER, BODY * 100, SERVICE, "21617"),
        (MEMBER, BODY, "+14155550100", "21606"),
        (MEMBER, BODY, "Unstuck!", "21212"),
    ],
)
def test_what_twilio_will_never_send_is_refused(phone: Phone, to: str, body: str, sender: str, code: str) -> None:
    with pytest.raises(Refused) as refused, discreet():
        texter(phone.url, sender).send(to, body, ELSEWHERE)
    assert (refused.value.code, refused.value.opted_out) == (code, False)
    assert phone.texts() == []


@pytest.mark.parametrize("code", sorted({*sms.LASTING, sms.OPTED_OUT}))
@pytest.mark.parametrize("standard", [False, True], ids=["own errors", "RFC 9457"])
def test_every_lasting_error_is_refused_however_it_is_written(answering: Answering, code: int, standard: bool) -> None:
    problem = {"type": "about:blank", "title": f"To {MEMBER}", "status": 400, "code": code, "detail": BODY}
    api = answering(400, json.dumps(problem) if standard else error_of(code, 400))
    with pytest.raises(Refused) as refused, discreet():
        texter(api).send(MEMBER, BODY, ELSEWHERE)
    assert (refused.value.code, refused.value.opted_out) == (str(code), code == 21610)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, error_of(20429, 429)),
        (400, error_of(21611, 400)),
        (400, error_of(63038, 400)),
        (500, error_of(20500, 500)),
        (503, error_of(None, 503)),
        (502, "<html>Bad Gateway</html>"),
        (504, ""),
        (500, f'"{BODY}"'),
        (503, json.dumps({"type": "about:blank", "title": MEMBER, "status": 503, "code": 20503, "detail": BODY})),
        (401, error_of(20003, 401)),
        (404, error_of(20404, 404)),
    ],
)
def test_what_may_pass_is_to_be_tried_again(answering: Answering, status: int, body: str) -> None:
    with pytest.raises(PassingFailure, match=f"HTTP {status}"), discreet():
        texter(answering(status, body)).send(MEMBER, BODY, ELSEWHERE)


def test_a_wrong_token_is_the_operator_s_to_mend(phone: Phone) -> None:
    with pytest.raises(PassingFailure, match="401"), discreet():
        texter(phone.url, token=TOKEN[::-1]).send(MEMBER, BODY, ELSEWHERE)


def test_a_network_that_fails_is_no_refusal() -> None:
    with pytest.raises(requests.ConnectionError), discreet():
        texter(f"http://127.0.0.1:{free_port()}").send(MEMBER, BODY, ELSEWHERE)


def test_nothing_personal_is_logged(phone: Phone, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        texter(phone.url).send(MEMBER, BODY, ELSEWHERE)
        phone.send("STOP")
        with pytest.raises(Refused):
            texter(phone.url).send(MEMBER, BODY, ELSEWHERE)
    said = "".join(record.getMessage() for record in caplog.records if record.name.startswith("twilio"))
    assert not [words for words in (MEMBER.removeprefix("+"), BODY, TOKEN) if words in said]
