"""A member's own page in a browser: on a phone and a desk, by day and by night, with scripts and without."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.conftest import CHROMIUM, Person, eventually

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

VIEWS = ("Days", "Wins", "Goals", "Settings", "Data")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 860}
DAYLIO = """full_date,date,weekday,time,mood,activities,note_title,note
2026-01-02,January 2,Friday,20:00,rad,museum,,a quiet day
2026-01-03,January 3,Saturday,20:00,{mood},work,,
"""


def link(person: Person) -> str:
    """What comes when a member texts PAGE."""
    person.text("PAGE")
    said = eventually(lambda: [text for text in person.received() if "/me?" in text])
    return str(re.findall(r"http\S+", said[-1])[0])


@pytest.fixture
def member(person: Person) -> Person:
    person.join(channel="sms")
    for words in ("none", "no", "goal: apply to 4 jobs by 1 December 2030", "skip", "skip"):
        person.text(words)
    person.text("7. Win: sent off my portfolio. mentoring Priya gave me energy")
    return person


@contextmanager
def opened(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """A page that reaches nothing but the service, and keeps no cookie."""
    context = browser.new_context(**options)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    yield page
    assert [each for each in asked if not each.startswith(url.partition("/me?")[0])] == []
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_view_is_accessible_and_fits(
    browser: Browser, member: Person, size: dict[str, int], scheme: Literal["light", "dark"]
) -> None:
    with opened(browser, link(member), viewport=size, color_scheme=scheme) as page:
        for view in VIEWS:
            page.get_by_role("navigation").get_by_role("link", name=view).click()
            expect(page.get_by_role("link", name=view).first).to_have_attribute("aria-current", "page")
            for each in page.locator("details").all():
                each.evaluate("details => details.open = true")
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_everything_works_with_scripts_or_without(
    browser: Browser, member: Person, scripts: bool, tmp_path: Path
) -> None:
    with opened(browser, link(member), viewport=PHONE, java_script_enabled=scripts) as page:
        to = page.get_by_role("navigation")
        expect(page.get_by_role("heading", name="Hello, Ana")).to_be_visible()
        expect(page.get_by_text("mentoring Priya").first).to_be_visible()

        to.get_by_role("link", name="Wins").click()
        page.get_by_label("Search your wins").fill("PORTFOLIO")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("status")).to_contain_text("1 of 1 wins hold “PORTFOLIO”")
        expect(page.get_by_text("sent off my portfolio")).to_be_visible()

        to.get_by_role("link", name="Goals").click()
        expect(page.get_by_role("heading", name="Apply to 4 jobs")).to_be_visible()

        to.get_by_role("link", name="Settings").click()
        checkins = page.get_by_role("form", name="Check-ins")
        checkins.get_by_label("At what time?").select_option("22:00")
        checkins.get_by_role("button", name="Save").click()
        expect(checkins.get_by_text("The nearest time is 8:30 pm")).to_be_visible()
        checkins.get_by_label("At what time?").select_option("12:30")
        checkins.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status")).to_contain_text("Saved.")
        assert "12:30" in member.text("SETTINGS")[0]

        to.get_by_role("link", name="Data").click()
        file = tmp_path / "daylio.csv"
        file.write_text(DAYLIO.format(mood="so-so"), encoding="utf-8")
        page.get_by_label("Daylio’s file").set_input_files(file)
        page.get_by_role("button", name="Import").click()
        expect(page.get_by_role("alert")).to_contain_text("Line 3: The mood “so-so” is none of the five.")
        page.get_by_label("Daylio’s file").set_input_files(file)
        page.get_by_label("In the middle").fill("meh, so-so")
        page.get_by_role("button", name="Import").click()
        expect(page.get_by_role("status")).to_contain_text("2 entries of 2 days are in your journal now.")

        with page.expect_download() as download:
            page.get_by_role("link", name="Journal (CSV)").click()
        assert "a quiet day (museum)" in download.value.path().read_text(encoding="utf-8-sig")

        page.get_by_role("link", name="Erase everything").click()
        page.get_by_role("button", name="Erase everything, for good").click()
        expect(page.get_by_role("heading", name="Everything is erased")).to_be_visible()
        assert member.text("WINS") == []


def test_a_link_that_has_run_out_says_how_to_get_another(browser: Browser, member: Person) -> None:
    with opened(browser, f"{member.service.api}/me?token=old", viewport=PHONE) as page:
        expect(page.get_by_text("PAGE", exact=True)).to_be_visible()
        assert Axe().run(page).violations_count == 0
