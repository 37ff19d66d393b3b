"""Draws the pictures of mails in docs/ anew, from the believable months of the tests: python -m tools.pictures.

They are for people to look at, and compared by nobody. It takes a Chromium.
"""

import base64
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from shared.channels import chart, letters, mail
from shared.domain import schedule
from shared.domain.models import Kind, Member
from tests import months

_DOCS = Path(__file__).parents[1] / "docs"
_WIDTH = 390  # of a phone
_COLOURS = 160  # enough for a page with a chart, and small
Scheme = Literal["light", "dark"]


def _month(who: Member) -> str:
    of = months.month_of(who)
    day, night = (chart.mood_chart(of, who.language, palette) for palette in (chart.DAY, chart.NIGHT))
    return _shown(months.mail_of(who, letters.Pictures(day, night, chart.SHOWN_HEIGHT)))


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
        browser.close()


if __name__ == "__main__":
    main()
