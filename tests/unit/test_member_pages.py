"""A member's own page as a browser and a screen reader get it, in every language."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from cli.rehearsal import Rehearsal, newcomer
from shared.content.pages import render
from shared.content.texts import LANGUAGES, Language
from shared.domain import daylio, form_fields, progress_page
from shared.domain.message import Message, without_words
from shared.domain.models import Member, Status
from shared.domain.progress_page import Period
from tests.unit.markup import Page

NOW = datetime(2026, 3, 31, 17, tzinfo=UTC)
VIEWS = ("days", "wins", "goals", "settings", "data", "delete")
EVIL = '<script>alert("1")</script>'


def lived(language: Language) -> Member:
    """Three months of a member who writes what a page must not take for markup."""
    signed_up = newcomer("America/New_York", NOW - timedelta(days=90))
    active = {"status": Status.ACTIVE, "phone_confirmed_at": NOW, "open_question": None, "name": EVIL}
    rehearsal = Rehearsal(signed_up.model_copy(update=active), signed_up.signed_up_at)
    for text in ("goal: apply to 4 jobs by 30 June", "skip", "skip", "step 1", "creativity", "skip"):
        rehearsal.text(text)
    for n in range(90):
        for _ in rehearsal.pass_time(rehearsal.now + timedelta(days=1)):
            pass
        if n % 3:
            rehearsal.text(f"{n % 9 + 1}. Win: {EVIL}" if n % 5 == 0 else f"{n % 9 + 1}")
    return rehearsal.member.model_copy(update={"language": language, "streak": 3})


def address(view: str, **query: object) -> str:
    return f"/me/{view}?{urlencode({'token': 't0ken', **query})}"


def shown(message: Message, period: Period) -> dict[str, dict[str, Any]]:
    """What each view is given beside the frame."""
    days = progress_page.days(message.member.journal, period)
    return {
        "days": {
            "months": progress_page.months(days),
            "wins": 3,
            "period": period,
            "chart": progress_page.chart(days, period),
            "asked": {},
            "error": False,
            "today": NOW.date(),
            "next_checkin": "tomorrow",
        },
        "wins": {"wins": progress_page.wins(message.member.journal), "every": 9, "wanted": ""},
        "goals": {
            "goals": progress_page.goals_under_way(message),
            "ended": progress_page.goals_ended(message),
            "steps": progress_page.steps(message),
        },
        "settings": {
            "part": "",
            "form": {},
            "errors": {},
            "saved": "",
            "paused": False,
            "next_checkin": "tomorrow",
            "hours": form_fields.OFFERED_HOURS,
            "timezones": form_fields.offered_timezones(),
        },
        "data": {"moods": daylio.USUAL_MOODS, "error": "", "counts": {}},
    }


def view(name: str, member: Member, **values: Any) -> Page:
    today = NOW.date()
    period = values.pop("period", Period(today - timedelta(days=89), today))
    given = shown(without_words(member, NOW, "page"), period).get(name, {})
    frame = {
        "brand": "Unstuck",
        "number": "+14155550100",
        "nonce": "n0nce",
        "member": member,
        "stopped": False,
        "view": name,
        "views": VIEWS[:5],
        "address": address,
        "token": "t0ken",
    }
    return Page(render(f"pages/me/{name}.html", member.language, **frame | given | values))


@pytest.fixture(scope="module", params=LANGUAGES)
def member(request: pytest.FixtureRequest) -> Member:
    return lived(request.param)


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_whole_and_takes_no_word_of_a_member_for_markup(name: str, member: Member) -> None:
    page = view(name, member)
    assert page.all("html", lang=member.language)
    assert not page.all("script")
    assert len(page.all("main")) == len(page.all("h1")) == 1
    assert not [attrs for _, attrs in page.elements if "style" in attrs or any(key.startswith("on") for key in attrs)]
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", VIEWS)
def test_every_way_out_of_a_view_carries_the_token_and_leads_nowhere_else(name: str, member: Member) -> None:
    page = view(name, member)
    leads = [attrs["href"] for tag, attrs in page.elements if tag == "a" and attrs["href"] != "#main"]
    assert leads and all(str(lead).startswith("/me/") and "token=t0ken" in str(lead) for lead in leads)
    for form in page.all("form"):
        if form["method"] == "post":
            assert "token=t0ken" in str(form["action"])
        else:
            assert page.all("input", type="hidden", name="token", value="t0ken")


@pytest.mark.parametrize("name", VIEWS)
def test_every_field_has_its_label_and_every_description_is_there(name: str, member: Member) -> None:
    page = view(name, member)
    labelled = {label["for"] for label in page.all("label") if "for" in label}
    for tag in ("input", "select"):
        for field in page.all(tag):
            if field.get("type") not in ("hidden", "radio", "checkbox"):
                assert field["id"] in labelled
    ids = {attrs.get("id") for _, attrs in page.elements}
    for _, attrs in page.elements:
        for named in ("aria-describedby", "aria-labelledby"):
            assert set((attrs.get(named) or "").split()) <= ids


def test_the_part_that_is_shown_is_marked_in_the_list_of_parts(member: Member) -> None:
    for name in VIEWS[:5]:
        (current,) = view(name, member).all("a", **{"aria-current": "page"})
        assert f"/me/{name}?" in str(current["href"])


@pytest.mark.parametrize("days", [30, 300, 2000])
def test_the_chart_is_told_in_words_and_in_numbers_too(days: int, member: Member) -> None:
    period = Period(NOW.date() - timedelta(days=days - 1), NOW.date())
    page = view("days", member, period=period)
    assert len(page.all("svg", role="img")) == 1
    said = page.text_of("chart-says")
    moods = [day.mood for day in progress_page.days(member.journal, period) if day.mood]
    assert str(len(moods)) in said
    drawn = progress_page.chart(progress_page.days(member.journal, period), period)
    dots = [circle for circle in page.all("circle") if circle["class"] in ("dot", "won")]
    assert len(dots) == len(drawn.points)
    assert len(page.all("th", scope="row")) == len(drawn.points)


def test_a_page_without_a_word_yet_is_kind_and_whole(member: Member) -> None:
    empty = member.model_copy(update={"journal": (), "goals": ()})
    for name in VIEWS:
        page = view(name, empty, **({"every": 0} if name == "wins" else {}))
        assert not page.all("circle", **{"class": "dot"})


def test_whoever_opted_out_is_told_how_to_start_again(member: Member) -> None:
    for name in VIEWS[:5]:
        assert "START" in view(name, member, stopped=True).html


def test_what_was_typed_wrong_is_shown_with_its_error_in_its_form_alone(member: Member) -> None:
    form = {"name": EVIL, "language": member.language}
    page = view("settings", member, part="you", form=form, errors={"name": "No links."})
    assert page.by_id("name")["value"] == EVIL
    assert page.by_id("name")["aria-invalid"] == "true"
    assert page.text_of("name-error").endswith("No links.")
    assert len(page.all("div", role="alert")) == 1
    typed = {"channel": "email", "email": "x@", "hour": "23:17", "days": ["mon"], "timezone": "Mars/Base"}
    page = view("settings", member, part="checkins", form=typed, errors={"email": "No."})
    assert (page.chosen("channel"), page.chosen("hour"), page.chosen("days")) == (["email"], ["23:17"], ["mon"])
    assert page.chosen("timezone") == ["Mars/Base"]


def test_what_an_import_did_is_told_in_numbers(member: Member) -> None:
    page = view("data", member, counts={"added": 12, "days": 9, "known": 3, "answered": 2, "today": 1})
    (status,) = re.findall(r'role="status"><p>(.*?)</p>', page.html, re.DOTALL)
    assert re.findall(r"\d+", status) == ["12", "9", "3", "2", "1"]
