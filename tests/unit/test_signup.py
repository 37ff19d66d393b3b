"""What the signup form's fields come to, however they are written."""

from contextlib import suppress
from datetime import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.domain.form_fields import offered_timezones
from shared.domain.models import WEEKDAYS
from shared.domain.signup import FIELDS, InvalidSignup, LooksAutomated, Signup, read

COUNTRIES = ("US", "CA", "GB")
FORM: dict[str, Any] = {
    "name": "Ana",
    "phone": "+1 415 555 2671",
    "email": "ana@example.com",
    "hour": "19:30",
    "days": ["mon", "wed"],
    "timezone": "America/Los_Angeles",
    "channel": "both",
    "consent": "on",
}


def reading(**changes: Any) -> Signup:
    return read(FORM | changes, COUNTRIES)


def errors(countries: tuple[str, ...] = COUNTRIES, **changes: Any) -> dict[str, str]:
    with pytest.raises(InvalidSignup) as raised:
        read(FORM | changes, countries)
    return raised.value.errors


def test_a_form_is_read() -> None:
    assert reading() == Signup(
        name="Ana",
        phone="+14155552671",
        email="ana@example.com",
        prompt_time=time(19, 30),
        days=("mon", "wed"),
        timezone="America/Los_Angeles",
        channels=("sms", "email"),
        language="en",
    )


def test_a_form_parsers_lists_of_one_are_read_alike() -> None:
    assert reading(**{field: [value] for field, value in FORM.items() if isinstance(value, str)}) == reading()


def test_json_with_its_own_types_is_read_alike() -> None:
    assert reading(hour=1930, consent=True, channels=["email", "sms"], channel=None, phone=14155552671) == reading()


def test_personal_fields_stay_out_of_repr() -> None:
    shown = repr(reading())
    assert not any(secret in shown for secret in ("Ana", "4155552671", "example.com"))


@pytest.mark.parametrize(
    "phone",
    ["+14155552671", "(415) 555-2671", "415.555.2671", "1 415 555 2671", "001 415 555 2671", "tel:+1-415-555-2671"],
)
def test_any_writing_of_a_phone_number_is_read(phone: str) -> None:
    assert reading(phone=phone).phone == "+14155552671"


@pytest.mark.parametrize("phone", ["+14155550123", "+12015550123", "+15551234567", "+447700900123"])
def test_fictional_numbers_are_taken(phone: str) -> None:
    assert reading(phone=phone).phone == phone


@pytest.mark.parametrize(
    ("phone", "country", "e164"),
    [
        ("07400 123456", "GB", "+447400123456"),
        ("07400 123456", "gb", "+447400123456"),
        ("+44 (0)7400 123456", "US", "+447400123456"),
        ("447400123456", "", "+447400123456"),
        ("416 555 0123", "US", "+14165550123"),
    ],
)
def test_a_number_is_read_as_of_its_country(phone: str, country: str, e164: str) -> None:
    assert reading(phone=phone, country=country).phone == e164


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "hello",
        "911",
        "+1411",
        "555-2671",
        "+1 415 555 267",
        "+1 415 555 26711",
        "+1 900 555 1234",
        "+1 800 555 1234",
        "+44 20 7946 0958",
        "+44 909 879 0000",
        "+1 415 555 2671 x12",
        "+1 242 555 0123",
        "+0 000 000",
        "+",
        "9" * 300,
        "9" * 301,
        "\ud800",
    ],
)
def test_a_number_that_texts_do_not_reach_is_refused(phone: str) -> None:
    assert set(errors(phone=phone)) == {"phone"}


@pytest.mark.parametrize("phone", ["+33 6 12 34 56 78", "+61 491 570 156", "+1 876 210 1234"])
def test_a_country_that_is_not_served_is_said_so(phone: str) -> None:
    assert "country" in errors(phone=phone)["phone"]


def test_countries_may_be_narrowed_to_one_of_a_shared_code() -> None:
    assert "country" in errors(countries=("US",), phone="+1 416 555 0123")["phone"]


@pytest.mark.parametrize("country", ["FR", "??", 7, {}, ["US", "GB"]])
def test_a_country_that_is_not_offered_is_an_error(country: Any) -> None:
    assert set(errors(country=country)) == {"country"}


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        ("19:30", time(19, 30)),
        ("7:30pm", time(19, 30)),
        ("7:30 PM", time(19, 30)),
        ("7.30 p.m.", time(19, 30)),
        ("19h30", time(19, 30)),
        ("1930", time(19, 30)),
        ("19:30:00", time(19, 30)),
        ("7 pm", time(19)),
        ("19", time(19)),
        (19, time(19)),
        ("8", time(8)),
        ("08:00", time(8)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("20:59", time(20, 59)),
    ],
)
def test_an_hour_is_read(hour: Any, expected: time) -> None:
    assert reading(hour=hour).prompt_time == expected


@pytest.mark.parametrize(
    "hour", ["", "soon", "25:00", "19:60", "13am", "0 pm", "24", -1, 7.5, None, [], {}, "7:3", True]
)
def test_an_hour_that_is_none_is_an_error(hour: Any) -> None:
    assert set(errors(hour=hour)) == {"hour"}


@pytest.mark.parametrize(
    ("hour", "nearest"), [("10:15 pm", "8:30 pm"), ("12am", "8:30 pm"), ("21:00", "8:30 pm"), (7, "8:00 am")]
)
@pytest.mark.parametrize("channel", ["sms", "both"])
def test_a_quiet_hour_is_answered_with_the_nearest_and_with_email(hour: Any, nearest: str, channel: str) -> None:
    error = errors(hour=hour, channel=channel)["hour"]
    assert f"nearest time is {nearest}." in error
    assert "choose e-mail" in error


def test_email_may_come_at_a_quiet_hour() -> None:
    assert reading(hour="23:00", channel="email").prompt_time == time(23)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["wed", "mon"], ("mon", "wed")),
        ("wed,mon", ("mon", "wed")),
        ("Monday and Wednesday", ("mon", "wed")),
        ("tues thurs weds", ("tue", "wed", "thu")),
        ("weekdays", WEEKDAYS[:5]),
        ("week days", WEEKDAYS[:5]),
        ("every day", WEEKDAYS),
        ("Daily", WEEKDAYS),
        ("weekends", ("sat", "sun")),
        ("weekdays, Sat.", WEEKDAYS[:6]),
        ("mon-fri", WEEKDAYS[:5]),
        ("Monday to Friday", WEEKDAYS[:5]),
        ("sat – mon", ("mon", "sat", "sun")),
        (["mon,tue", "tue"], ("mon", "tue")),
        ("Sundays", ("sun",)),
    ],
)
def test_days_are_read_in_their_order(days: Any, expected: tuple[str, ...]) -> None:
    assert reading(days=days).days == expected


@pytest.mark.parametrize(
    "days", ["", [], None, "someday", ["mon", "xyz"], [3], {}, [["mon"]], "m", "mon-", ["mon"] * 99]
)
def test_days_that_are_none_are_an_error(days: Any) -> None:
    assert set(errors(days=days)) == {"days"}


@pytest.mark.parametrize(
    ("timezone", "expected"),
    [
        ("America/New_York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("asia/CALCUTTA", "Asia/Calcutta"),
        ("UTC", "UTC"),
        ("america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_timezone_is_read(timezone: str, expected: str) -> None:
    assert reading(timezone=timezone).timezone == expected


@pytest.mark.parametrize(
    "timezone",
    [
        "",
        None,
        5,
        "localtime",
        "Factory",
        "posixrules",
        "zone.tab",
        "tzdata.zi",
        "America",
        "../../etc/passwd",
        "/etc/localtime",
        "America/../UTC",
        "America/New_York\0",
        "Mars/Base",
        "+02:00",
    ],
)
def test_a_timezone_that_is_none_is_an_error(timezone: Any) -> None:
    assert set(errors(timezone=timezone)) == {"timezone"}


def test_every_timezone_offered_is_read() -> None:
    assert len(offered_timezones()) > 400
    assert all(reading(timezone=zone).timezone == zone for zone in offered_timezones())


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("sms", ("sms",)),
        ("Text", ("sms",)),
        ("e-mail", ("email",)),
        ("both", ("sms", "email")),
        (["email", "sms"], ("sms", "email")),
    ],
)
def test_a_channel_is_read(channel: Any, expected: tuple[str, ...]) -> None:
    assert reading(channel=channel).channels == expected


def test_the_json_key_channels_is_read() -> None:
    form = {field: value for field, value in FORM.items() if field != "channel"}
    assert read(form | {"channels": ["email"]}, COUNTRIES).channels == ("email",)


@pytest.mark.parametrize("channel", ["", None, "fax", [], ["sms", 3], {}, ["sms", ["email"]]])
def test_a_channel_that_is_none_is_an_error(channel: Any) -> None:
    assert set(errors(channel=channel)) == {"channel"}


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        (" ana.b+rut@Mail.Example.COM ", "ana.b+rut@mail.example.com"),
        ("Ana@example.com", "Ana@example.com"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
    ],
)
def test_an_email_is_read(email: str, expected: str) -> None:
    assert reading(email=email).email == expected


@pytest.mark.parametrize("email", ["", None, "  "])
def test_an_email_is_needed_only_to_be_mailed(email: Any) -> None:
    assert reading(email=email, channel="sms").email is None
    assert set(errors(email=email, channel="email")) == {"email"}
    assert set(errors(email=email, channel="both")) == {"email"}


@pytest.mark.parametrize(
    "email",
    [
        "ana",
        "ana@example",
        "@example.com",
        "ana@",
        "a@b@example.com",
        "ana b@example.com",
        "ana@exam ple.com",
        "ana@example.com\r\nBcc: eve@example.com",
        "ana@example.com,eve@example.com",
        "Ana <ana@example.com>",
        "ana@example..com",
        ".ana@example.com",
        "ana@-example.com",
        "ana@127.0.0.1",
        "ana\0@example.com",
        "añá@example.com",
        "ana@\ud800.com",
        "a" * 65 + "@example.com",
        "ana@" + "example." * 31 + "com",
        7,
        {},
        ["ana@example.com", "eve@example.com"],
    ],
)
def test_an_email_that_is_none_is_an_error(email: Any) -> None:
    assert set(errors(email=email, channel="sms")) == {"email"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("  Ana \t  María ", "Ana María"),
        ("J.R. O'Neil-Smith", "J.R. O'Neil-Smith"),
        ("St.John", "St.John"),
        ("李", "李"),
        ("Jose\u0301", "José"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_name_is_read(name: str, expected: str) -> None:
    assert reading(name=name).name == expected


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        None,
        {},
        True,
        "x" * 61,
        "x" * 9999,
        "Ana\x00",
        "Ana\r\nBcc: x",
        "An\x1ba",
        "\u202eanA",
        "\u200b",
        "\ud800",
        "you won at evil.com",
        "see https://x",
        "<b>",
    ],
)
def test_a_name_that_is_none_is_an_error(name: Any) -> None:
    assert set(errors(name=name)) == {"name"}


@pytest.mark.parametrize("consent", ["on", "YES", "true", True, "1", 1, ["on"]])
def test_consent_is_read(consent: Any) -> None:
    assert reading(consent=consent).name == "Ana"


@pytest.mark.parametrize("consent", ["", None, "off", "no", False, 0, [], {}, "2", [True]])
def test_without_consent_nothing_is_signed_up(consent: Any) -> None:
    assert set(errors(consent=consent)) == {"consent"}


def test_all_errors_come_at_once_in_the_forms_order() -> None:
    with pytest.raises(InvalidSignup) as raised:
        read({}, COUNTRIES)
    assert list(raised.value.errors) == [f for f in FIELDS if f not in {"country", "email"}]
    assert all(sentence.endswith(".") for sentence in raised.value.errors.values())


def test_an_error_repeats_nothing_personal() -> None:
    with pytest.raises(InvalidSignup) as raised:
        read(FORM | {"name": "evil.com", "phone": "4155", "email": "secret@"}, COUNTRIES)
    said = f"{raised.value} {raised.value!r} {raised.value.errors}"
    assert str(raised.value) == "invalid: name, phone, email"
    assert not any(value in said for value in ("evil", "4155", "secret"))


@pytest.mark.parametrize("website", ["https://example.com", ["x"], 7, True, {"a": 1}])
def test_a_filled_honeypot_looks_automated(website: Any) -> None:
    with pytest.raises(LooksAutomated):
        reading(website=website)


@pytest.mark.parametrize("website", ["", " ", None, [], [""]])
def test_an_empty_honeypot_does_not(website: Any) -> None:
    assert reading(website=website) == reading()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)
PLAUSIBLE = st.sampled_from(
    ["mon-", "to", "- -", "12:", "+", "@.", "a@b.c", "xn--@xn--.c", "00", "both", "+1", "7 pm", "UTC"]
)


# The first example pays for tables and imports.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from([*FIELDS, "website", "channels", "other"]), JSON | PLAUSIBLE | st.lists(PLAUSIBLE))
)
def test_nothing_that_json_can_say_crashes_it(form: dict[str, Any]) -> None:
    with suppress(InvalidSignup, LooksAutomated):
        assert isinstance(read(form, COUNTRIES), Signup)


# The first example pays for tables and imports.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FIELDS), JSON | PLAUSIBLE | st.lists(PLAUSIBLE))
def test_one_odd_field_spoils_no_other(field: str, value: Any) -> None:
    errors: dict[str, str] = {}
    try:
        read(FORM | {field: value}, COUNTRIES)
    except InvalidSignup as invalid:
        errors = invalid.errors
    assert set(errors) <= {field, *(("hour", "email") if field == "channel" else ("phone",))}
