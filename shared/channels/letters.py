"""Writes the mails that nudges are: which template, which subject, which links. Sending them is `mail`'s."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import css_inline

from shared.channels.links import Links
from shared.channels.mail import Attachment, Mail
from shared.content import dates, pages, texts
from shared.content.texts import Language
from shared.domain import evidence, export, nudging, schedule, summary
from shared.domain.export import Held
from shared.domain.message import Brand
from shared.domain.models import Answer, Kind, Member, Nudge, Thread
from shared.domain.month import Month, alt_text
from shared.domain.steps import audit, goal_lines

_CHART, _CHART_NIGHT = "moods@unstuck", "moods-night@unstuck"
_LONGEST_WIN = 200  # characters of one, shown
_ANSWERED = re.compile(r"(?:re|aw|rv|sv)\s*:", re.IGNORECASE)


class Pictures(NamedTuple):
    """The chart as PNGs, for light and for dark screens, and how high it is at the width that mails show it at."""

    day: bytes
    night: bytes
    height: int


class House(NamedTuple):
    """What the operator set that mails name: the brand, the number to text and the postal address (CAN-SPAM)."""

    brand: str
    number: str
    postal_address: str


def letter(nudge: Nudge, member: Member, house: House, links: Links, now: datetime) -> Mail:
    """The mail of a nudge that needs no picture."""
    # A text that could not be sent: how to get them again is said with it. A link may also be asked for by mail.
    asked_by_mail = nudge.kind is Kind.PAGE and member.takes("sms")
    failed = schedule.wanted(nudge.kind, member) == ("sms",) and member.phone_confirmed_at and not asked_by_mail
    values: dict[str, object] = {"instead": bool(failed)}
    kind, brand, language = nudge.kinds[0], Brand(house.brand, ""), member.language
    template = kind.value
    if kind in (Kind.OPT_IN, Kind.EMAIL_CONFIRMATION):
        values["confirm_url"] = links.make("confirm", member.id, now, language, address=member.email)
        subject = texts.say(f"mail.{kind.value}_subject", language, brand=house.brand)
    elif kind is Kind.AUDIT:
        values["audit"] = audit.build(member)
        subject = texts.say("mail.audit_subject", language)
    elif kind is Kind.PAGE:
        values["page_url"] = links.make("me", member.id, now, language)
        subject = texts.say("mail.page_subject", language)
    elif kind is Kind.DAILY_CHECKIN:
        values["question"], day = nudging.text_of(nudge, member, brand), dates.weekday(nudge.day, language)
        values["day"], subject = day, texts.say("mail.daily_checkin_subject", language, day=day)
    else:
        template, values["text"] = "nudge", nudging.text_of(nudge, member, brand)
        subject = texts.say(f"mail.{kind.value}_subject", language)
    return _mail(f"mails/{template}", subject, member, house, links, now, values)


def answer_letter(answer: Answer, member: Member, house: House, links: Links, now: datetime) -> Mail:
    """The mail with what was answered to a member's mail, in its thread."""
    thread = answer.thread or Thread(subject="")
    subject = thread.subject or texts.say("mail.answer_subject", member.language, brand=house.brand)
    if not _ANSWERED.match(subject):
        subject = f"Re: {subject}"
    letter = _mail("mails/answer", subject, member, house, links, now, {"replies": answer.replies})
    return replace(letter, thread=thread)


def summary_letter(
    of: Month, pictures: Pictures, member: Member, today: date, house: House, links: Links, now: datetime
) -> Mail:
    """The mail of a month, as it looks on the member's date `today`, with its chart."""
    language = member.language
    values = {
        "month": of,
        "turn": _month_number(of),
        "chart_cid": _CHART,
        "chart_cid_night": _CHART_NIGHT,
        "chart_height": pictures.height,
        "chart_alt": alt_text(of, language),
        "longest": _LONGEST_WIN,
        "stands": lambda goal: goal_lines.stands(goal, today, language),
        "on": lambda day: dates.beside(day, today, language),
        "page_url": links.make("me", member.id, now, language),
        "pack_url": links.make("me", member.id, now, language, "/pack"),
        "texted": lambda key: texts.say(key, language),
    }
    drawn = {_CHART: pictures.day, _CHART_NIGHT: pictures.night}
    return _mail("mails/monthly_summary", _subject(of, language), member, house, links, now, values, drawn)


def _month_number(of: Month) -> int:
    """Counts months, so that wordings take turns from one to the next."""
    return of.this.month.year * 12 + of.this.month.month


def _subject(of: Month, language: Language) -> str:
    """What kind of month it was, and how many wins; no mood, since a subject is read over shoulders."""
    kind = of.tone if of.tone in ("quiet", "comeback") else "wins" if of.wins else "summary"
    named = dates.month_and_year(of.this.month, language)
    wins = summary.counted("win", language, of.wins)
    return texts.say(f"mail.monthly_{kind}_subject", language, _month_number(of), month=named, wins=wins)


def wins_letter(member: Member, since: date, until: date, house: House, links: Links, now: datetime) -> Mail:
    """The mail with a member's wins of a stretch of time, as a page to print and as Markdown."""
    language, pack = member.language, evidence.build(member, since, until)
    period = evidence.period(pack, language)
    page, markdown = (f"unstuck-wins-{pack.until}.{ending}" for ending in ("html", "md"))
    written = {"pack": pack, "period": period}
    wins = summary.counted("win", language, pack.count)
    attachments = (
        Attachment(page, "text/html", pages.render("pages/evidence.html", language, **written).encode()),
        Attachment(markdown, "text/markdown", pages.render("pages/evidence.md", language, **written).encode()),
    )
    values = {**written, "wins": wins, "page": page, "markdown": markdown}
    subject = texts.say("mail.wins_pack_subject", language, period=period)
    return _mail(
        "mails/wins_pack", subject, member, house, links, now, values, attachments=attachments if pack.count else ()
    )


def export_letter(held: Held, house: House, links: Links, now: datetime) -> Mail:
    """The mail with all that is held on a member: whole for programs, and the journal for a spreadsheet."""
    member = held.member
    today = now.astimezone(ZoneInfo(member.timezone)).date()
    everything, journal = f"unstuck-{today}.json", f"unstuck-journal-{today}.csv"
    count = len(member.journal)
    lines = texts.say("export.line_one" if count == 1 else "export.line_many", member.language, count=count)
    label = dates.label(today, member.language)
    day = texts.say("goals.far", member.language, date=label, year=today.year)
    values = {"day": day, "everything": everything, "journal": journal, "lines": lines}
    subject = texts.say("mail.export_subject", member.language, brand=house.brand)
    attachments = (
        Attachment(everything, "application/json", export.as_json(held, now).encode()),
        # With the mark by which spreadsheets tell UTF-8.
        Attachment(journal, "text/csv", export.as_csv(member).encode("utf-8-sig")),
    )
    return _mail("mails/export", subject, member, house, links, now, values, attachments=attachments)


def _mail(
    template: str,
    subject: str,
    member: Member,
    house: House,
    links: Links,
    now: datetime,
    values: Mapping[str, object],
    pictures: Mapping[str, bytes] | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    unsubscribe_url = links.make("unsubscribe", member.id, now, member.language)
    reply_to = links.reply_address(member.id) if member.writes_from else None
    framed = {"name": member.name, "unsubscribe_url": unsubscribe_url, "reply_to": reply_to}
    filled = {**house._asdict(), **framed, **values}
    return Mail(
        to=member.email or "",
        subject=subject,
        text=pages.render(f"{template}.txt", member.language, **filled),
        html=_inliner().inline(pages.render(f"{template}.html", member.language, **filled)),
        unsubscribe_url=unsubscribe_url,
        pictures=pictures or {},
        attachments=attachments,
        reply_to=reply_to,
    )


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False)
