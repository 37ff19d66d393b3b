"""A member's wins as a page for a CV or a review: phrased from their own words, and nothing else."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels import letters
from shared.content import pages
from shared.content.texts import LANGUAGES, Language
from shared.domain import evidence, schedule
from shared.domain.models import Kind, Member, Period
from shared.domain.understanding.times.periods import read_period
from tests import months
from tests.months import entry
from tests.unit.conversing import Phone, member
from tests.unit.markup import Outline

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def pack(*wins: str, **details: Any) -> evidence.Pack:
    return evidence.build(months.member((entry(date(2026, 10, 5), wins=wins, **details),)), *YEAR)


def texts_of(found: evidence.Pack) -> list[str]:
    return [item.text for section in found.sections for item in section.items]


def pack_mail(who: Member) -> Any:
    return letters.wins_letter(who, *YEAR, months.HOUSE, months.LINKS, months.NOW)


@pytest.mark.parametrize(
    ("told", "phrased"),
    [
        ("sent off my portfolio", "Sent off my portfolio"),
        ("I've finished the course!!", "Finished the course"),
        ("today I ran the workshop", "Ran the workshop"),
        ("finally, i closed the deal.", "Closed the deal"),
        ("we launched the app", "We launched the app"),
        ("he praised my draft", "He praised my draft"),
        ("my boss asked me to lead the team", "Was asked to lead the team"),
        ("por fin terminé el módulo", "Terminé el módulo"),
        ("eBay listing is up", "eBay listing is up"),
        ("Invited to speak", "Invited to speak"),
        ("i", "I"),
    ],
)
def test_a_win_is_begun_with_a_capital_and_without_i(told: str, phrased: str) -> None:
    assert evidence.phrased(told) == phrased


@given(st.text(max_size=80))
def test_nothing_is_added_to_what_a_member_wrote(told: str) -> None:
    said = evidence.phrased(told).removeprefix("Was asked to").casefold()
    plain = " ".join(told.translate(str.maketrans("’`", "''")).split()).casefold()
    assert said in plain or said.upper() in plain.upper()


def test_wins_are_grouped_by_skill_then_goal_then_step_and_the_rest_is_more() -> None:
    found = evidence.build(months.full(), *YEAR)
    assert [(section.of, section.title or section.step) for section in found.sections] == [
        ("skill", "interviewing users"),
        ("goal", "apply to 5 UX jobs"),
        ("goal", "put 3 projects in my portfolio"),
        ("step", "network"),
        ("more", None),
    ]
    skill, jobs = found.sections[:2]
    assert [item.text for item in skill.items] == [
        "Finished module 4",
        "Ran my first two user interviews",
        "Finished module 5",
        "Finished the UX research course",
    ]
    assert (jobs.done, jobs.total) == ("3", "5")


def test_what_is_private_or_for_the_member_s_own_rest_is_not_in_it() -> None:
    assert pack("wrote my letters", private=True).count == 0
    assert pack("logged off at six", step="wellbeing").count == 0


def test_what_was_told_twice_on_a_day_is_there_once_and_what_is_outside_is_not() -> None:
    journal = (
        entry(date(2025, 12, 31), wins=("before",)),
        entry(date(2026, 1, 1), wins=("first day", "First day.")),
        entry(date(2026, 12, 31), wins=("last day",)),
        entry(date(2027, 1, 1), wins=("after",)),
    )
    found = evidence.build(months.member(journal), *YEAR)
    assert texts_of(found) == ["First day", "Last day"]
    assert evidence.period(found, "en") == "2026"


def test_a_pack_of_everything_begins_with_the_first_win() -> None:
    found = evidence.build(months.full(), date.min, date(2026, 11, 1))
    assert (found.since, evidence.period(found, "en")) == (date(2026, 10, 1), "October 2026 to November 2026")


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("wins pack", "2025-12-01", "2026-11-26"),
        ("Send me my wins pack since March", "2026-03-01", "2026-11-26"),
        ("WINS PACK 2026", "2026-01-01", "2026-11-26"),
        ("evidence pack for last quarter", "2026-07-01", "2026-09-30"),
        ("wins pack from Dec to Feb", "2025-12-01", "2026-02-28"),
        ("dossier de logros desde marzo", "2026-03-01", "2026-11-26"),
        ("dossier de logros del año pasado", "2025-01-01", "2025-12-31"),
        ("wins pack all", "0001-01-01", "2026-11-26"),
    ],
)
def test_a_pack_is_asked_for_in_few_words_and_goes_by_mail(said: str, since: str, until: str) -> None:
    phone = Phone(member(email="ana@example.com")).at("2026-11-26T12:00")
    assert "ana@example.com" in phone.text(said)
    (request,) = phone.turns[-1].requests
    assert request.period == Period(since=date.fromisoformat(since), until=date.fromisoformat(until))
    (nudge,) = schedule.of_request(phone.member, request, "SM1", phone.now)
    assert (nudge.kind, nudge.channel, nudge.period) == (Kind.WINS_PACK, "email", request.period)


def test_who_has_no_address_is_told_how_to_add_one_and_an_unread_time_is_asked_again() -> None:
    assert "my email is" in Phone(member()).text("wins pack")
    assert "WINS PACK SINCE MARCH" in Phone(member(email="ana@example.com")).text("wins pack of my cat")


@given(st.text(max_size=80), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read_as_a_time_behind_us_or_as_none(text: str, today: date) -> None:
    found = read_period(text, today)
    assert found is None or found[0] <= found[1] <= today


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_brings_a_page_to_print_and_markdown_to_edit(language: Language) -> None:
    letter = pack_mail(months.full(language=language))
    page, markdown = letter.attachments
    assert (page.kind, markdown.kind) == ("text/html", "text/markdown")
    html, text = page.content.decode(), markdown.content.decode()
    seen = Outline()
    seen.feed(html)
    assert seen.open == [] and "@media print" in html
    assert not seen.tags & {"script", "link", "img"}
    for item in texts_of(evidence.build(months.full(language=language), *YEAR)):
        assert item in seen.text and f"- {item} (" in text


def test_a_stretch_without_wins_says_so_and_brings_no_files() -> None:
    letter = pack_mail(months.empty())
    assert letter.attachments == () and "no wins are on record yet" in letter.text


@given(st.text(max_size=60))
def test_whatever_was_written_stays_text_in_html_and_in_markdown(win: str) -> None:
    found = pack(f"won <b>*{win}*")
    html = pages.render("pages/evidence.html", "en", pack=found, period="2026")
    assert "<b>" not in html
    lines = pages.render("pages/evidence.md", "en", pack=found, period="2026").splitlines()
    assert [line for line in lines if line.startswith("- Won \\<b\\>\\*")] and not [
        line for line in lines if line.startswith(("- <", "* "))
    ]
