"""Writes the mails that nudges are: which template, which subject, which links. Sending them is `mail`'s."""

from datetime import datetime
from typing import NamedTuple

from shared.channels.links import Links
from shared.channels.mail import Mail
from shared.content import dates, pages, texts
from shared.domain import nudging, summary
from shared.domain.conversation import Brand
from shared.domain.models import Kind, Member, Nudge
from shared.domain.steps import audit

_CHART = "moods@unstuck"


class House(NamedTuple):
    """What the operator set that mails name: the brand, the number to text and the postal address (CAN-SPAM)."""

    brand: str
    number: str
    postal_address: str


def letter(nudge: Nudge, member: Member, house: House, links: Links, now: datetime) -> Mail:
    """The mail of a nudge that needs no picture."""
    values: dict[str, object] = {}
    template, language = nudge.kind.value, member.language
    if nudge.kind is Kind.OPT_IN:
        values["confirm_url"] = links.make("confirm", member.id, now, language)
        subject = texts.say("mail.opt_in_subject", language, brand=house.brand)
    elif nudge.kind is Kind.AUDIT:
        values["audit"] = audit.build(member)
        subject = texts.say("mail.audit_subject", language)
    elif nudge.kind is Kind.DAILY_CHECKIN:
        values["question"], day = nudging.checkin_question(member, nudge.day), dates.weekday(nudge.day, language)
        values["day"], subject = day, texts.say("mail.daily_checkin_subject", language, day=day)
    else:
        template, values["text"] = "nudge", nudging.text_of(nudge, member, Brand(house.brand, ""))
        subject = texts.say(f"mail.{nudge.kind.value}_subject", language)
    return _mail(f"mails/{template}", subject, member, house, links, now, values)


def summary_letter(
    month: summary.Summary, picture: bytes, member: Member, house: House, links: Links, now: datetime
) -> Mail:
    """The mail of a month, with its chart, a PNG."""
    label, chart_alt = dates.month_and_year(month.month, member.language), summary.alt_text(month, member.language)
    values = {"summary": month, "month": label, "chart_cid": _CHART, "chart_alt": chart_alt}
    subject = texts.say("mail.monthly_summary_subject", member.language, month=label)
    return _mail("mails/monthly_summary", subject, member, house, links, now, values, {_CHART: picture})


def _mail(
    template: str,
    subject: str,
    member: Member,
    house: House,
    links: Links,
    now: datetime,
    values: dict[str, object],
    pictures: dict[str, bytes] | None = None,
) -> Mail:
    unsubscribe_url = links.make("unsubscribe", member.id, now, member.language)
    filled = {**house._asdict(), "name": member.name, "unsubscribe_url": unsubscribe_url, **values}
    return Mail(
        to=member.email or "",
        subject=subject,
        text=pages.render(f"{template}.txt", member.language, **filled),
        html=pages.render(f"{template}.html", member.language, **filled),
        unsubscribe_url=unsubscribe_url,
        pictures=pictures or {},
    )
