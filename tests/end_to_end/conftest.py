"""The whole service, deployed with its policies enforced, and people who use it."""

import itertools
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from cli.local.ministack import free_port
from cli.local.stack import Ports, Service, running

T = TypeVar("T")
_numbers = itertools.count(2000)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=30_000)  # a function that wakes up for the first time takes its time


def eventually(look: Callable[[], T], within: float = 30.0) -> T:
    """What `look` sees as soon as it sees anything."""
    deadline = time.monotonic() + within
    while not (seen := look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)
    return seen


@dataclass
class Person:
    """Somebody with a phone and a mailbox, for whom it is about noon, so that no quiet hours are near."""

    service: Service
    number: str
    email: str

    @property
    def zone(self) -> str:
        ahead = 12 - datetime.now(UTC).hour
        return f"Etc/GMT{-ahead:+d}"  # the sign of Etc zones is the other way round

    def form(self, **changes: object) -> dict[str, object]:
        """A sign-up whose first check-in, unless it says otherwise, is most of a day away."""
        hour = (datetime.now(UTC) - timedelta(hours=1)).minute
        return {
            "name": "Ana",
            "phone": self.number,
            "email": self.email,
            "hour": f"10:{hour:02}",
            "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "timezone": self.zone,
            "channel": "sms",
            "consent": True,
            **changes,
        }

    def sign_up(self, **changes: object) -> httpx.Response:
        return httpx.post(f"{self.service.api}/signup", json=self.form(**changes), timeout=30)

    def text(self, body: str, sid: str | None = None) -> list[str]:
        """Text the service; what it answers."""
        json = {"text": body, **({"sid": sid} if sid else {})}
        answer = httpx.post(f"{self.service.phone}/phone/{self.number}/texts", json=json, timeout=60)
        assert answer.status_code == 200, answer.text
        replies: list[str] = answer.json()["replies"]
        return replies

    def received(self) -> list[str]:
        """All texts that came from the service, oldest first."""
        texts = httpx.get(f"{self.service.phone}/phone/{self.number}/texts").json()
        return [text["body"] for text in texts if text["author"] == "service"]

    def mails(self) -> list[dict[str, Any]]:
        mails: list[dict[str, Any]] = httpx.get(f"{self.service.phone}/mailbox/{self.email}").json()
        return mails

    def letters(self) -> list[dict[str, Any]]:
        """Those behind the first, which asked whether the address is theirs."""
        return self.mails()[1:]

    def confirm_address(self) -> str:
        """Open the link in the first mail; what the page says."""
        [link] = re.findall(rf"{re.escape(self.service.api)}/confirm\?\S+", eventually(self.mails)[0]["text"])
        return httpx.get(link, timeout=30).text

    def ask_for(self, kind: str) -> httpx.Response:
        return httpx.post(f"{self.service.phone}/nudge/{self.number}", json={"kind": kind}, timeout=60)

    def join(self, **changes: object) -> "Person":
        """Sign up, say YES, and where an address was given confirm that, too."""
        assert self.sign_up(**changes).status_code == 200
        asked = eventually(self.received)
        self.text("YES")
        eventually(lambda: self.received()[len(asked) :])  # in return, or on a slow machine by a text of its own
        if self.form(**changes)["email"]:
            assert "Your address is confirmed" in self.confirm_address()
        return self


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    ports = Ports(free_port(), free_port(), free_port())
    with running(tmp_path_factory.mktemp("stack"), ports, print, auth=True) as service:
        yield service


def somebody(service: Service) -> Person:
    n = next(_numbers)
    return Person(service, f"+1415555{n}", f"ana{n}@example.com")


@pytest.fixture
def person(service: Service) -> Person:
    return somebody(service)


@pytest.fixture
def another(service: Service) -> Person:
    return somebody(service)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_OPTIONS)
        yield browser
        browser.close()
