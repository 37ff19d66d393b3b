"""The pages as a browser and a screen reader get them."""

import re
from datetime import time
from typing import Any

import pytest

from shared.content.pages import render
from shared.content.texts import LANGUAGES, Language, catalogue, say_on_page
from shared.domain.form_fields import offered_timezones
from shared.domain.quiet import is_quiet
from shared.domain.signup import FIELDS, HONEYPOT, InvalidSignup, country_names, read
from tests.unit.markup import Page

HOURS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
NUMBER = "+1 415 555 0100"
ADDRESS = "500 Howard Street\nSan Francisco"

OTHERS: dict[str, dict[str, Any]] = {
    "signed_up": {"number": NUMBER, "channel": "sms"},
    "confirmed": {"joined": True, "next_checkin": "tomorrow at 6:30 pm"},
    "link_expired": {},
    "privacy": {"contact": "hello@example.com", "postal_address": ADDRESS},
    "unsubscribe": {"action": "/unsubscribe/a?b=c&d=e"},
    "unsubscribed": {"number": NUMBER},
}


def signup(language: Language = "en", **values: Any) -> Page:
    first_visit: dict[str, Any] = {
        "brand": "Unstuck",
        "number": NUMBER,
        "postal_address": ADDRESS,
        "nonce": "n0nce",
        "countries": country_names(["US", "CA"], language),
        "timezones": list(offered_timezones()),
        "hours": HOURS,
        "form": {},
        "errors": {},
        "notice": None,
    }
    return Page(render("pages/signup.html", language, **first_visit | values))


def with_every_error(language: Language = "en") -> Page:
    form: dict[str, Any] = {
        "language": language,
        "name": "<script>alert(1)</script>",
        "phone": '"><b>',
        "days": [],
        "email": "ana@",
        "hour": "22:00",
        "channel": "sms",
    }
    with pytest.raises(InvalidSignup) as raised:
        read(form | {"timezone": "Mars/Base", "country": "FR"}, ("US", "CA"))
    errors = raised.value.errors | {"channel": say_on_page("error.channel", language)}
    return signup(language, form=form, errors=errors)


def every_page(language: Language) -> list[Page]:
    others = [Page(render(f"pages/{name}.html", language, brand="Unstuck", **v)) for name, v in OTHERS.items()]
    one_country = signup(language, notice="Try again in an hour.", countries=country_names(["US"], language))
    address = Page(render("pages/confirmed.html", language, brand="Unstuck", joined=False, next_checkin=""))
    return [signup(language), with_every_error(language), one_country, address, *others]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_and_asks_nobody_else_for_anything(language: Language) -> None:
    for page in every_page(language):
        assert page.html.startswith("<!doctype html>")
        assert [a["lang"] for a in page.all("html")] == [language]
        assert len(page.all("h1")) == 1
        assert len(page.all("main", id="main")) == 1
        assert not re.search(r"https?:|//[a-z]|url\(|@import|@font-face", page.html)
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        assert len(ids) == len(set(ids))


def test_every_page_takes_the_brand_it_is_given() -> None:
    for name, values in OTHERS.items():
        html = render(f"pages/{name}.html", "es", brand="Kickstart & Co", **values)
        assert "Kickstart &amp; Co" in html
        assert "Unstuck" not in html
    assert "Unstuck" not in signup(brand="Kickstart").html


@pytest.mark.parametrize("page", [signup(), with_every_error("es")], ids=["first visit", "errors"])
def test_every_input_has_a_label_and_all_that_describes_it(page: Page) -> None:
    inputs = [a for a in page.all("input") + page.all("select") if a.get("type") != "hidden"]
    assert {a["name"] for a in inputs} == {*FIELDS, HONEYPOT}
    labels = {a["for"] for a in page.all("label") if "for" in a}
    for attrs in inputs:
        inside_its_label = attrs["name"] in {"days", "channel"}
        assert inside_its_label or attrs["id"] in labels
    for _, attrs in page.elements:
        for id_ in (attrs.get("aria-describedby") or "").split():
            assert page.text_of(id_)


def test_the_form_posts_to_signup_and_browsers_can_fill_it_in() -> None:
    page = signup()
    assert page.all("form", action="signup", method="post")
    assert {"autocomplete": "tel", "inputmode": "tel", "type": "tel"}.items() <= page.by_id("phone").items()
    assert {"autocomplete": "email", "inputmode": "email", "type": "email"}.items() <= page.by_id("email").items()
    assert page.by_id("name")["autocomplete"] == "given-name"
    assert all("required" in page.by_id(field) for field in ("name", "phone", "hour", "timezone", "consent"))
    assert "required" not in page.by_id("email")
    assert page.by_id(HONEYPOT)["tabindex"] == "-1"


def test_a_first_visit_presets_all_but_consent() -> None:
    page = signup()
    assert page.chosen("consent") == []
    assert page.chosen("channel") == ["sms"]
    assert page.chosen("hour") == ["18:30"]
    assert page.chosen("days") == ["mon", "tue", "wed", "thu", "fri"]
    assert page.chosen("timezone") == []
    assert not [a for _, a in page.elements if "aria-invalid" in a or a.get("role") == "alert"]


AGREED: dict[Language, tuple[str, ...]] = {
    "en": (
        "up to 2 texts a day, usually one",
        "Msg &amp; data rates may apply",
        "Reply <strong>HELP</strong> for help, <strong>STOP</strong> to cancel",
        "no condition of buying",
        "never shared",
        'href="privacy?lang=en"',
    ),
    "es": (
        "hasta 2 mensajes al día, por lo general uno",
        "Pueden aplicarse tarifas de mensajes y datos",
        "Responde <strong>AYUDA</strong> si necesitas ayuda, y <strong>ALTO</strong> para cancelar",
        "no es condición para comprar",
        "No se comparte nunca",
        'href="privacy?lang=es"',
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_one_agrees_to_is_said_in_plain_words(language: Language) -> None:
    html = " ".join(signup(language).html.split())
    for words in (NUMBER, *AGREED[language]):
        assert words in html


@pytest.mark.parametrize(("language", "other"), [("en", "es"), ("es", "en")])
def test_the_form_is_offered_in_the_other_language_and_remembers_its_own(language: Language, other: Language) -> None:
    for page in (signup(language), with_every_error(language)):
        assert page.all("a", href=f"./?lang={other}", lang=other, hreflang=other)
        assert page.all("input", type="hidden", name="language", value=language)
    policy = Page(render("pages/privacy.html", language, brand="Unstuck", **OTHERS["privacy"]))
    assert policy.all("a", href=f"privacy?lang={other}")


def test_errors_are_in_the_language_of_the_form() -> None:
    assert with_every_error("es").text_of("consent-error") == "Marca esta casilla para que podamos escribirte."
    assert "entre las 8:00 y las 21:00. La hora más cercana es 20:30" in with_every_error("es").text_of("hour-error")
    assert "between 8:00 am and 9:00 pm only. The nearest time is 8:30 pm" in with_every_error().text_of("hour-error")


def test_hours_days_and_countries_are_named_in_the_language_of_the_form() -> None:
    page = signup("es", timezones=["America/Mexico_City"])
    assert ">19:30<" in page.html and ">Estados Unidos<" in page.html and 'label="América"' in page.html
    assert 'Mié<span class="unseen">rcoles' in page.html
    assert country_names(["ES", "XX"], "es") == {"ES": "España", "XX": "XX"}


def test_every_area_of_a_time_zone_has_its_name() -> None:
    for language in LANGUAGES:
        assert {zone.partition("/")[0] for zone in offered_timezones()} == {
            key.removeprefix("area.") for key in catalogue(language, "pages") if key.startswith("area.")
        }


def test_errors_stand_at_their_fields_and_in_a_list_that_leads_there() -> None:
    page = with_every_error()
    first = {"days": "days-mon", "channel": "channel-sms"}
    assert {f for f in FIELDS if page.text_of(f"{f}-error")} == set(FIELDS)
    links = {a["href"] for a in page.all("a")}
    for field in FIELDS:
        assert f"#{first.get(field, field)}" in links
        assert page.by_id(first.get(field, field))
    invalid = [a for _, a in page.elements if a.get("aria-invalid") == "true"]
    assert len(invalid) == len(FIELDS)
    assert all("-error" in str(a["aria-describedby"]) for a in invalid)
    assert [a for a in page.all("div", role="alert") if "autofocus" in a]


def test_an_error_at_the_country_shows_where_there_is_only_one() -> None:
    page = signup(countries={"US": "United States"}, form={"name": "Ana"}, errors={"country": "Not there yet."})
    assert page.text_of("country-error") == "Not there yet."
    assert page.all("a", href="#phone")


def test_what_was_typed_is_kept_and_harmless() -> None:
    page = with_every_error()
    assert page.by_id("name")["value"] == "<script>alert(1)</script>"
    assert page.by_id("phone")["value"] == '"><b>'
    assert page.by_id("email")["value"] == "ana@"
    assert page.chosen("hour") == ["22:00"]
    assert page.chosen("days") == []
    assert len(page.all("script")) == 1


def test_choices_are_kept() -> None:
    form = {
        "name": "Ana",
        "country": "CA",
        "channel": "both",
        "days": ["sat", "sun"],
        "hour": "19:10",
        "timezone": "Asia/Calcutta",
        "consent": "on",
    }
    page = signup(form=form, errors={"phone": "Enter your mobile number."})
    assert {field: page.chosen(field) for field in form if field != "name"} == {
        "country": ["CA"],
        "channel": ["both"],
        "days": ["sat", "sun"],
        "hour": ["19:10"],
        "timezone": ["Asia/Calcutta"],
        "consent": ["on"],
    }


def test_hours_are_grouped_as_quiet_hours_are() -> None:
    start = signup().html.index('label="By e-mail only"')
    by_email = re.findall(
        r'<option value="(\d\d:\d\d)"', signup().html[start : signup().html.index("</select>", start)]
    )
    assert by_email == [hour for hour in HOURS if is_quiet(time.fromisoformat(hour))]
    assert ">7:30 pm<" in signup().html
    assert ">12:00 am<" in signup().html


def test_the_notice_is_an_alert_above_a_form_that_is_kept() -> None:
    page = signup(notice="Please try again in an hour.", form={"name": "Ana"})
    assert page.html.index("Please try again in an hour.") < page.html.index("<input")
    assert page.all("div", role="alert")
    assert page.by_id("name")["value"] == "Ana"


def test_the_script_and_the_style_carry_the_nonce() -> None:
    page = signup()
    assert [a.get("nonce") for a in page.all("script") + page.all("style")] == ["n0nce", "n0nce"]
    assert not [a for _, a in page.elements if "style" in a or any(name.startswith("on") for name in a)]


@pytest.mark.parametrize("channel", ["sms", "email", "both"])
def test_a_signup_is_answered_alike_for_members_and_strangers(channel: str) -> None:
    html = render("pages/signed_up.html", "en", brand="Unstuck", number=NUMBER, channel=channel)
    assert "Unless you are with us already" in html
    assert ("YES" in html) == (channel != "email")
    assert ("START" in html) == (channel != "email")


def test_unsubscribing_takes_a_press() -> None:
    page = Page(render("pages/unsubscribe.html", "en", brand="Unstuck", **OTHERS["unsubscribe"]))
    assert page.all("form", method="post", action="/unsubscribe/a?b=c&d=e")
    assert len(page.all("button")) == 1


def test_the_policy_says_what_carriers_and_members_look_for() -> None:
    told: dict[Language, str] = {
        "en": "never shared, third parties, marketing, STOP, HELP, copy of everything, erase, emergenc, 988",
        "es": "no se comparten nunca, terceros, marketing, STOP, ALTO, HELP, AYUDA, copia de todo, emergenc, 988",
    }
    for language, words in told.items():
        html = " ".join(render("pages/privacy.html", language, brand="Unstuck", **OTHERS["privacy"]).split())
        assert [each for each in words.split(", ") if each not in html] == []
        assert 'href="mailto:hello@example.com"' in html


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_are_told_apart_in_light_and_dark() -> None:
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in _palettes())
    text = [
        ("ink", "page"),
        ("ink", "card"),
        ("ink", "bubble"),
        ("ink", "tint"),
        ("ink", "wrong-tint"),
        ("quiet", "page"),
    ]
    text += [("quiet", "card"), ("quiet", "tint"), ("accent", "page"), ("accent", "card"), ("accent", "tint")]
    text += [
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
        ("wrong", "card"),
        ("wrong", "page"),
        ("wrong", "wrong-tint"),
    ]
    for palette in (light, dark):
        for needed, pairs in ((4.5, text), (3.0, [("edge", "card"), ("edge", "page")])):
            for one, other in pairs:
                low, high = sorted((_luminance(palette[one]), _luminance(palette[other])))
                assert (high + 0.05) / (low + 0.05) >= needed, (one, other)


def _palettes() -> list[str]:
    return re.findall(r":root \{(.*?)\}", signup().html, re.DOTALL)
