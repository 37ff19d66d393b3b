"""Signing up and texting as a person does it: in a browser, and with the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from tests.end_to_end.conftest import CHROMIUM, Person, eventually

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture
def page(browser: Browser, person: Person) -> Iterator[Page]:
    """A page that reaches nothing but the service, and reports what it tries."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, timezone_id="Europe/Lisbon", locale="en-US")
    page = context.new_page()
    ours = person.service.api, person.service.phone
    strangers: list[str] = []
    errors: list[str] = []

    def on_request(request: Request) -> None:
        if not request.url.startswith((*ours, "data:", "about:")):
            strangers.append(request.url)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:  # an answer with 4xx is logged as one
            errors.append(message.text)

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(20_000)
    yield page
    assert strangers == []
    assert errors == []
    context.close()


def test_from_signing_up_in_the_browser_to_the_summary_in_the_mailbox(page: Page, person: Person) -> None:
    page.goto(f"{person.service.api}/")
    expect(page.get_by_label("Your time zone")).to_have_value("Europe/Lisbon")
    page.get_by_label("First name").fill("Ana")
    page.get_by_label("Mobile number").fill("12")
    page.get_by_label("E-mail", exact=False).first.fill(person.email)
    page.get_by_role("checkbox", name="I agree").check()
    page.get_by_role("button", name="Sign me up").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("First name")).to_have_value("Ana")
    page.get_by_label("Mobile number").fill(person.number)
    page.get_by_role("button", name="Sign me up").click()
    expect(page.get_by_role("heading", name="Check your phone")).to_be_visible()
    eventually(person.received)

    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(person.service.phone)
    page.evaluate("number => localStorage.clear()", person.number)
    _choose_number(page, person.number)
    _text(page, "YES")
    expect(page.locator(".text.service .bubble").last).to_contain_text("Welcome, Ana.")
    person.confirm_address()
    page.get_by_role("button", name="Text me my check-in now").click()
    expect(page.locator(".text.service .bubble").last).to_contain_text(re.compile("1-10|1 to 10"))
    _text(page, "7. Win: sent off my portfolio")
    expect(page.locator(".text.service .bubble").last).to_contain_text(": sent off my portfolio.")
    _text(page, "SUMMARY")
    eventually(person.letters)
    page.reload()
    mail = page.frame_locator("#mail-html")
    expect(mail.get_by_text("sent off my portfolio").first).to_be_visible()
    chart = mail.locator("img").first
    eventually(lambda: chart.evaluate("image => image.naturalWidth > 0"))


def test_signing_up_needs_no_mouse_and_no_script(browser: Browser, person: Person) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{person.service.api}/")
    page.get_by_label("First name").focus()
    for typed in ("Ana", None, person.number):  # name, country, number
        if typed:
            page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.get_by_label("Your time zone").select_option("Europe/Dublin")
    page.get_by_role("checkbox", name="I agree").focus()
    page.keyboard.press("Space")
    page.get_by_label("Mobile number").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check your phone")).to_be_visible()
    context.close()
    eventually(person.received)


def _choose_number(page: Page, number: str) -> None:
    page.reload()
    picker = page.get_by_label("This phone’s number")
    if picker.evaluate("element => element.tagName") == "SELECT":
        picker.select_option(number)
    else:
        picker.fill(number)
        picker.press("Enter")


def _text(page: Page, words: str) -> None:
    page.get_by_label("Your text").fill(words)
    page.get_by_label("Your text").press("Enter")
