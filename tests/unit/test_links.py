"""A link does one thing for one member for a while; whatever else comes in its place is an InvalidLink."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import get_args
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from shared.channels.links import InvalidLink, Links, Purpose

NOW = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
LINKS = Links("https://unstuck.example.com", "not-a-secret")
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
LASTS: dict[Purpose, timedelta] = {
    "confirm": timedelta(days=7),
    "unsubscribe": timedelta(days=400),
    "me": timedelta(days=7),
}


def token(purpose: Purpose = "confirm", member_id: str = "ana", links: Links = LINKS) -> str:
    return parse_qs(urlsplit(links.make(purpose, member_id, NOW, "en")).query)["token"][0]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_leads_to_its_page_and_stands_for_its_member(purpose: Purpose) -> None:
    assert LINKS.make(purpose, "ana", NOW, "es").startswith(f"https://unstuck.example.com/{purpose}?lang=es&token=")
    assert LINKS.read(purpose, token(purpose), NOW) == "ana"


@given(st.sampled_from(PURPOSES), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_link_fits_into_a_mail_and_a_header(purpose: Purpose, member_id: str) -> None:
    url = LINKS.make(purpose, member_id, NOW, "en")
    assert url.isascii()
    assert not set(url) & set(" <>\"'\\\r\n")
    assert LINKS.read(purpose, token(purpose, member_id), NOW) == member_id


def test_a_link_is_for_one_purpose() -> None:
    for made in PURPOSES:
        for read in set(PURPOSES) - {made}:
            with pytest.raises(InvalidLink):
                LINKS.read(read, token(made), NOW)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_works_until_it_expires(purpose: Purpose) -> None:
    last = NOW + LASTS[purpose]
    assert LINKS.read(purpose, token(purpose), last) == "ana"
    with pytest.raises(InvalidLink):
        LINKS.read(purpose, token(purpose), last + timedelta(seconds=1))


def test_a_link_for_an_address_is_for_no_other_one_and_does_not_show_it() -> None:
    url = LINKS.make("confirm", "ana", NOW, "en", address="ana@exmaple.com")
    made = parse_qs(urlsplit(url).query)["token"][0]
    assert LINKS.read("confirm", made, NOW) == LINKS.read("confirm", made, NOW, address="ana@exmaple.com") == "ana"
    payload = made.partition(".")[0]
    told = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()
    assert json.loads(told)[0] == "ana" and "exmaple" not in url + told
    for address in ("ana@example.com", "Ana@exmaple.com", ""):
        with pytest.raises(InvalidLink):
            LINKS.read("confirm", made, NOW, address=address)
    with pytest.raises(InvalidLink):
        LINKS.read("confirm", token(), NOW, address="ana@exmaple.com")


def test_a_link_of_another_service_is_none_of_ours() -> None:
    with pytest.raises(InvalidLink):
        LINKS.read("confirm", token(links=Links("https://unstuck.example.com", "another-key")), NOW)


def test_no_letter_of_a_link_can_be_changed() -> None:
    genuine = token()
    for n, letter in enumerate(genuine[:-1]):  # of the last one, base64 does not use every bit
        changed = genuine[:n] + ("A" if letter != "A" else "B") + genuine[n + 1 :]
        with pytest.raises(InvalidLink):
            LINKS.read("confirm", changed, NOW)
    for changed in (genuine[:-1], genuine + "A", "." + genuine, genuine.upper(), genuine[::-1], genuine * 2):
        with pytest.raises(InvalidLink):
            LINKS.read("confirm", changed, NOW)


@pytest.mark.parametrize(
    "value", [None, "ana", 7, [], ["ana"], ["ana", None], ["ana", "tomorrow"], ["ana", 1, 2], {"a": 1, "b": 2}]
)
def test_what_is_signed_but_no_link_is_none(value: object) -> None:
    signed = URLSafeSerializer("not-a-secret", salt="unstuck.confirm").dumps(value)
    with pytest.raises(InvalidLink):
        LINKS.read("confirm", str(signed), NOW)


def test_what_is_signed_but_no_json_is_none() -> None:
    for payload in ("", ".", "e30", ".e30", "_", "é"):
        signed = URLSafeSerializer("not-a-secret", salt="unstuck.confirm").make_signer("unstuck.confirm").sign(payload)
        with pytest.raises(InvalidLink):
            LINKS.read("confirm", signed.decode(), NOW)


@pytest.mark.parametrize("written", ["", ".", "..", "\0", "é", "\ud800", "a" * 100_000, "." * 100_000, "a.b", ".eJw.x"])
def test_what_is_no_link_is_none(written: str) -> None:
    with pytest.raises(InvalidLink):
        LINKS.read("unsubscribe", written, NOW)


@given(st.text(st.characters()) | st.tuples(st.text(st.characters()), st.text(st.characters())).map(".".join))
def test_no_token_brings_another_error(written: str) -> None:
    for purpose in PURPOSES:
        with pytest.raises(InvalidLink):
            LINKS.read(purpose, written, NOW)


def test_a_refusal_does_not_repeat_the_token() -> None:
    with pytest.raises(InvalidLink) as refused:
        LINKS.read("unsubscribe", token("confirm"), NOW)
    assert str(refused.value) == ""
