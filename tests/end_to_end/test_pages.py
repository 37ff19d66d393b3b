"""The sign-up page as a browser without JavaScript uses it."""

import re

import httpx
import pytest

from tests.end_to_end.conftest import Person, eventually


def test_the_front_page_says_what_is_agreed_to(person: Person) -> None:
    page = httpx.get(f"{person.service.api}/", timeout=30)
    assert page.status_code == 200
    for promised in ("data rates may apply", "HELP", "STOP", "texts a day", "privacy"):
        assert promised in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_a_form_with_mistakes_comes_back_with_them_named_and_nothing_lost(person: Person) -> None:
    form = {**person.form(name="Ana <b>", phone="12", hour="22:30"), "consent": ""}
    answer = httpx.post(f"{person.service.api}/signup", data=form, timeout=30)
    assert answer.status_code == 422
    for field in ("phone", "hour", "consent"):
        assert f'id="{field}-error"' in answer.text
    assert "Ana &lt;b&gt;" in answer.text and 'value="12"' in answer.text and person.email in answer.text
    assert person.received() == []


def test_a_form_signs_up(person: Person) -> None:
    form = {**person.form(), "consent": "on", "days": ["mon", "wed"]}
    answer = httpx.post(f"{person.service.api}/signup", data=form, timeout=30)
    assert answer.status_code == 200
    assert "Check your phone" in answer.text
    eventually(person.received)


@pytest.mark.parametrize("body", ["", "{", "[]", '{"days": {"a": 1}, "phone": 5, "name": null}', '{"a":' * 5000])
def test_a_broken_body_is_answered_and_not_an_error_of_ours(person: Person, body: str) -> None:
    url, json = f"{person.service.api}/signup", {"content-type": "application/json"}
    assert httpx.post(url, content=body, headers=json, timeout=30).status_code == 422


def test_a_number_of_a_country_that_is_not_served_is_told_so(person: Person) -> None:
    answer = person.sign_up(phone="+81 90 1234 5678")
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"phone"}


def test_links_that_were_not_made_here_do_nothing(person: Person) -> None:
    for page in ("confirm", "confirm?token=", "confirm?token=abc.def"):
        assert httpx.get(f"{person.service.api}/{page}", timeout=30).status_code == 410
    assert re.search("privacy", httpx.get(f"{person.service.api}/privacy", timeout=30).text, re.IGNORECASE)
