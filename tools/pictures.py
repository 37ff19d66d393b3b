"""Draws pictures in docs/ anew, from the believable months of the tests: python -m tools.pictures.

They are for people to look at, and compared by nobody. It takes a Chromium.
"""

import base64
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from cli.local.ministack import free_port
from cli.phone.app import create_app
from cli.phone.settings import PhoneSettings
from cli.phone.store import Author, Direction, Store, Text, new_sid
from cli.rehearsal import Rehearsal
from shared.channels import chart, letters, mail
from shared.domain import schedule
from shared.domain.models import Kind, Member
from tests import months

_DOCS = Path(__file__).parents[1] / "docs"
_WIDTH = 390  # of a phone
_COLOURS = 160  # enough for a page with a chart, and small
Scheme = Literal["light", "dark"]
_EVENING = datetime(2026, 11, 3, 0, 30, tzinfo=UTC)  # Monday at 19:30 in New York, the day after the month's mail
_TEXTED = (
    (1, "8. Win: Lena liked my case study! mentoring Priya gave me energy, the budget mtg drained me"),
    (2, "and I applied to another job"),
    (4, "text me at 7 from now on"),
)


def _month_mail(who: Member) -> mail.Mail:
    of = months.month_of(who)
    day, night = (chart.mood_chart(of, who.language, palette) for palette in (chart.DAY, chart.NIGHT))
    return months.mail_of(who, letters.Pictures(day, night, chart.SHOWN_HEIGHT))


def _month(who: Member) -> str:
    return _shown(_month_mail(who))


def _phone(browser: Browser) -> Image.Image:
    """The local phone, after an evening's conversation, with the month's mail beside it."""
    who = months.full()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "phone.sqlite")
        _converse(store, who)
        store.add_mail(mail.compose(_month_mail(who), "Unstuck <hello@unstuck.example>", months.NOW), [who.email or ""])
        with sqlite3.connect(Path(folder) / "phone.sqlite") as database:
            database.execute("UPDATE mails SET received = ?", (_stamp(months.NOW),))
        database.close()
        with _served(Path(folder) / "phone.sqlite") as url:
            viewport: Any = {"width": 1280, "height": 1160}
            page = browser.new_page(viewport=viewport, timezone_id=who.timezone, bypass_csp=True)
            page.clock.set_fixed_time(_EVENING + timedelta(minutes=5))
            page.goto(url)
            page.add_style_tag(content="body { background: #f7f1e9; }")  # a ground of one colour is a small picture
            page.frame_locator("iframe").get_by_role("heading").first.wait_for()
            return Image.open(BytesIO(page.screenshot()))


def _converse(store: Store, who: Member) -> None:
    rehearsal = Rehearsal(who, _EVENING)

    def keep(author: Author, body: str) -> None:
        ends, at = [who.phone, months.HOUSE.number], _stamp(rehearsal.now)
        sender, recipient = ends if author == "member" else reversed(ends)
        direction: Direction = "inbound" if author == "member" else "outbound-api"
        store.add_text(Text(new_sid(), who.phone, sender, recipient, direction, author, body, "delivered", at, at, at))

    for delivery in rehearsal.fall_due(Kind.DAILY_CHECKIN):
        if delivery.text:
            keep("service", delivery.text)
    for minutes, words in _TEXTED:
        rehearsal.now = _EVENING + timedelta(minutes=minutes)
        keep("member", words)
        for said in rehearsal.text(words)[0]:
            keep("service", said)


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def _served(database: Path) -> Iterator[str]:
    """The phone alone, with no service behind it."""

    async def nowhere(*_: object) -> None:
        raise NotImplementedError

    async def ready() -> bool:
        return True

    settings = PhoneSettings(database, "AC", "", months.HOUSE.number, "", "", "", nowhere, nowhere, ready)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def _shown(written: mail.Mail) -> str:
    """A mail's HTML with its pictures in it."""
    html = written.html
    for cid, png in written.pictures.items():
        html = html.replace(f"cid:{cid}", f"data:image/png;base64,{base64.b64encode(png).decode()}")
    return html


def _audit(who: Member) -> str:
    (nudge,) = schedule.asked_for(who, Kind.AUDIT, "picture", months.NOW)
    return _shown(letters.letter(nudge, who, months.HOUSE, months.LINKS, months.NOW))


def _pack(who: Member) -> str:
    since = who.journal[0].day
    written = letters.wins_letter(who, since, months.NOVEMBER_1, months.HOUSE, months.LINKS, months.NOW)
    return written.attachments[0].content.decode()


def _photograph(browser: Browser, html: str, scheme: Scheme, height: int) -> Image.Image:
    viewport: Any = {"width": _WIDTH, "height": height}
    page = browser.new_page(viewport=viewport, device_scale_factor=1.5, color_scheme=scheme)
    page.set_content(html)
    return Image.open(BytesIO(page.screenshot()))


def _side_by_side(name: str, pictures: list[Image.Image]) -> None:
    whole = Image.new("RGB", (sum(each.width for each in pictures), max(each.height for each in pictures)))
    left = 0
    for each in pictures:
        whole.paste(each, (left, 0))
        left += each.width
    whole.quantize(_COLOURS, dither=Image.Dither.NONE).save(_DOCS / name, optimize=True)


def main() -> None:
    """Draw them all."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        good, heavy = _month(months.full()), _month(months.bad())
        both = (_photograph(browser, good, "light", 1500), _photograph(browser, heavy, "dark", 1500))
        _side_by_side("month.png", [*both])
        pages = (_audit(months.full()), _pack(months.full()))
        _side_by_side("pages.png", [_photograph(browser, html, "light", 1280) for html in pages])
        _phone(browser).convert("RGB").save(_DOCS / "phone.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
