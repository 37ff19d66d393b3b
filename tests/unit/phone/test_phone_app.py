"""The rest of the phone: nudges, health, the page, and who may call it."""

import dataclasses

import httpx
import pytest

from cli.phone import NudgeRefused, create_proxy
from tests.unit.phone.rig import MEMBER, SERVICE, Phone, Served, free_port


def test_a_nudge_is_asked_for_under_the_callers_id_or_a_new_one(phone: Phone) -> None:
    named = phone.client.post(f"/nudge/{MEMBER}", json={"kind": "daily_checkin", "id": "again-1"})
    unnamed = phone.client.post("/nudge/%2B14155550123", json={"kind": "monthly_summary"})
    assert (named.status_code, named.json()) == (202, {"request_id": "again-1"})
    assert phone.operator.asked == [
        (MEMBER, "daily_checkin", "again-1"),
        (MEMBER, "monthly_summary", unnamed.json()["request_id"]),
    ]


@pytest.mark.parametrize("status", [404, 409])
def test_a_refused_nudge_says_why(phone: Phone, status: int) -> None:
    phone.operator.refusal = NudgeRefused("Nobody signed up with this number.", status)
    answer = phone.client.post(f"/nudge/{MEMBER}", json={"kind": "daily_checkin"})
    assert (answer.status_code, answer.json()) == (status, {"error": "Nobody signed up with this number."})


def test_a_nudge_that_cannot_be_asked_for_says_so(phone: Phone) -> None:
    phone.operator.refusal = ConnectionError("secret details")
    answer = phone.client.post(f"/nudge/{MEMBER}", json={"kind": "daily_checkin"})
    assert answer.status_code == 502
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"/nudge/{MEMBER}", b"{", 400),
        (f"/nudge/{MEMBER}", b"{}", 422),
        (f"/nudge/{MEMBER}", b'{"kind": "Daily Check-in"}', 422),
        ("/nudge/nobody", b'{"kind": "daily_checkin"}', 422),
    ],
)
def test_a_nudge_must_name_a_number_and_a_kind(phone: Phone, path: str, body: bytes, status: int) -> None:
    answer = phone.client.post(path, content=body)
    assert (answer.status_code, phone.operator.asked) == (status, [])
    assert answer.json()["error"]


def test_health_names_the_services_address(phone: Phone) -> None:
    up = phone.client.get("/health")
    assert (up.status_code, up.json()) == (
        200,
        {"status": "ok", "api": phone.settings.api, "service_number": SERVICE},
    )
    phone.operator.up = False
    starting = phone.client.get("/health")
    assert (starting.status_code, starting.json()["status"]) == (503, "starting")
    assert starting.json()["api"] == phone.settings.api


def test_the_page_and_its_parts_come_from_here_and_nowhere_else(phone: Phone) -> None:
    page = phone.client.get("/")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for part, kind in (("/page.js", "text/javascript"), ("/page.css", "text/css")):
        answer = phone.client.get(part)
        assert answer.headers["content-type"].startswith(kind)
        assert "http://" not in answer.text
        assert "https://" not in answer.text
        assert part in page.text
    assert 'src="http' not in page.text


def test_a_page_can_tell_cheaply_whether_anything_changed(phone: Phone) -> None:
    def changes() -> int:
        return int(phone.client.get("/changes").json()["changes"])

    before = changes()
    assert changes() == before
    phone.send("hello")
    assert changes() > before


def test_segments_are_counted_for_the_page(phone: Phone) -> None:
    answer = phone.client.get("/segments", params={"text": "caf’é + 1"})
    assert answer.json() == {"encoding": "UCS-2", "segments": 1, "length": 9}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8000", "127.0.0.1@evil.example", ""])
@pytest.mark.parametrize("path", ["/", "/phone", "/health", "/2010-04-01/x"])
def test_a_name_that_was_rebound_to_this_machine_gets_nothing(phone: Phone, host: str, path: str) -> None:
    assert phone.client.get(path, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:8000"])
def test_another_site_cannot_post(phone: Phone, origin: str) -> None:
    answer = phone.client.post(f"/phone/{MEMBER}/texts", json={"text": "hi"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert phone.service.received == []


def test_its_own_page_can_post(phone: Phone) -> None:
    answer = phone.client.post(f"/phone/{MEMBER}/texts", json={"text": "hi"}, headers={"Origin": phone.url})
    assert answer.status_code == 200


def test_the_proxy_passes_all_of_a_request_and_all_of_its_answer(phone: Phone) -> None:
    answer = httpx.post(
        f"{phone.settings.api}/echo/a%2Fb%20c?x=1&y=%2B&x=2", content="body", headers={"X-Ask": "me"}, trust_env=False
    )
    assert answer.text == "POST /echo/a%2Fb%20c?x=1&y=%2B&x=2 body"
    assert (answer.status_code, answer.headers["location"]) == (303, "/elsewhere")
    assert [cookie.split(";")[0] for cookie in answer.headers.get_list("set-cookie")] == ["a=1", "b=2"]
    assert answer.headers["x-host"] == "abcd1234.execute-api.localhost:4566"
    assert answer.headers["x-asked"] == "me"
    assert httpx.delete(f"{phone.settings.api}/echo/", trust_env=False).text == "DELETE /echo/? "


def test_a_gateway_that_is_down_is_said_in_a_sentence(phone: Phone) -> None:
    nowhere = dataclasses.replace(phone.settings, gateway="http://127.0.0.1:1")
    served, port = Served(), free_port()
    served.serve(create_proxy(nowhere), port)
    answer = httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
    served.stop()
    assert (answer.status_code, answer.text) == (502, "The service is not running, or not yet.\n")


def test_what_is_not_there_is_a_sentence_too(phone: Phone) -> None:
    answer = phone.client.get("/nothing")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not Found"})
