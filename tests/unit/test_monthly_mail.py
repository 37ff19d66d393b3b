"""The mail that a member waits for: what it says, how it holds in any mail client, and that nothing breaks it."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.channels import letters, mail
from shared.channels.letters import Pictures
from shared.content.texts import LANGUAGES, Language
from shared.domain import month
from shared.domain.models import Contact, Entry, Experiment, Goal, Member, Plan
from shared.domain.month import alt_text
from tests import months
from tests.golden.__main__ import FOLDER, text_of
from tests.unit.markup import Outline

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
PICTURES = Pictures(PNG, PNG, 400)
SENDER = "Unstuck <hello@unstuck.example>"


def mail_of(who: Member) -> mail.Mail:
    return months.mail_of(who, PICTURES)


def outline(html: str) -> Outline:
    seen = Outline()
    seen.feed(html)
    assert seen.open == []
    return seen


@pytest.fixture(params=[(name, language) for name in months.MONTHS for language in LANGUAGES], ids="-".join)
def who(request: pytest.FixtureRequest) -> Member:
    name, language = request.param
    return months.MONTHS[name](language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", months.MONTHS)
def test_the_text_of_a_month_is_as_it_was_read_and_approved(name: str, language: Language) -> None:
    assert text_of(name, language) == (FOLDER / f"{name}.{language}.txt").read_text(encoding="utf-8")


def test_the_html_says_all_that_the_text_says(who: Member) -> None:
    letter = mail_of(who)
    html = outline(letter.html)
    seen = " ".join((html.text, *filter(None, html.links))).casefold()
    body = letter.text.partition("-- \n")[0]
    lists = "\n".join(line[2:] for line in body.splitlines() if line.startswith(("- ", "* ")))
    for word in (*re.findall(r"[\w']+", lists), *re.findall(r"[\d.:]*\d", body)):
        assert word.casefold() in seen, word


def test_a_mail_holds_in_clients_that_drop_style_sheets_scripts_and_what_is_elsewhere(who: Member) -> None:
    html = mail_of(who).html
    seen = outline(html)
    assert not seen.tags & {"script", "link", "form", "iframe", "svg", "video", "object"}
    assert not re.search(r"\son\w+=|url\(|@import|position:|float:|https?://(?!unstuck\.example/)", html)
    assert re.search(r'<td class="body" style="[^"]*font-family:', html)
    assert {picture["src"] for picture in seen.pictures} <= {"cid:moods@unstuck", "cid:moods-night@unstuck"}
    for picture in seen.pictures:
        assert (picture["width"], picture["height"]) == ("536", "400")
        assert picture["alt"] == alt_text(months.month_of(who), who.language)
    head = html.partition("</style>")[0]
    assert "prefers-color-scheme: dark" in head and ".sheet {" in head
    assert 'name="color-scheme" content="light dark"' in html


def test_a_mail_leaves_with_what_the_rules_of_mailing_ask_for(who: Member) -> None:
    letter = mail_of(who)
    raw = mail.compose(letter, SENDER, months.NOW).decode("ascii")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in raw
    for part in (letter.text, letter.html.replace("&amp;", "&")):
        assert letter.unsubscribe_url in part and months.HOUSE.postal_address in part
    assert raw.count("Content-Type: image/png") == (2 if months.month_of(who).this.days else 0)


def test_subjects_differ_from_month_to_month_and_tell_no_mood() -> None:
    def subject(first: date) -> str:
        of = month.build(months.every_day(12), first, first + timedelta(days=31))
        frame = (months.HOUSE, months.LINKS, months.NOW)
        return letters.summary_letter(of, PICTURES, months.member(), first, *frame).subject

    subjects = [subject(date(2026, n, 1)) for n in range(1, 11)]
    assert len({re.sub(r"\w+ 2026|\d+", "", each) for each in subjects}) == 4
    assert all("mood" not in each.lower() for each in subjects)


def test_after_a_bad_month_it_says_so_kindly_and_counts_nothing_that_was_missed() -> None:
    letter = mail_of(months.bad())
    assert letter.text.split("\n\n")[2].startswith(("October was a heavy month.", "This was not an easy October."))
    assert "14 of 30" not in letter.text and "of 30" not in outline(letter.html).text
    assert "a signal, not a verdict" in letter.text
    assert "Rest comes before goals" in letter.text


def test_an_empty_month_has_no_figures_no_chart_and_no_reproach() -> None:
    letter = mail_of(months.empty())
    assert not outline(letter.html).pictures
    assert "that is fine" in letter.text and "nothing to catch up on" in letter.text
    assert " 0 " not in letter.text and " of 14" not in letter.text


def test_coming_back_is_what_a_month_begins_with() -> None:
    said = mail_of(months.comeback()).text
    assert "on Mon 26 you" in said.split("\n\n")[2]


def test_what_a_member_wrote_is_escaped_in_html_and_plain_in_text() -> None:
    hostile = "<script>alert(1)</script> & <b>\nsecond line"
    moved: tuple[dict[str, str], ...] = ({"g1": hostile}, {"g9": hostile}, {}, {})
    told = [
        months.entry(day, mood=7, wins=(f"{day} {hostile}",), engaged=(hostile,), drained=(hostile,), goals=goals)
        for day, goals in zip(months.october(6, 7, 8, 9), moved, strict=True)
    ]
    goal = Goal(id="g1", text=hostile, set_on=date(2026, 9, 1), target=4, done=1, due=date(2026, 12, 1))
    plan = Plan(
        contacts=(Contact(name=hostile, last=date(2026, 10, 3)), Contact(name=hostile)),
        experiments=(Experiment(text=hostile, begun_on=date(2026, 10, 1), review=date(2026, 11, 9)),),
    )
    letter = mail_of(months.member(tuple(told), goals=(goal,), plan=plan, name=hostile))
    seen = outline(letter.html)
    assert not seen.tags & {"script", "b"}
    assert "<script>alert(1)</script> & <b> second line" in seen.text
    assert "\n* 2026-10-09 <script>alert(1)</script> & <b> second line (Fri 9)" in letter.text


def test_what_came_with_a_call_for_help_is_not_shown_but_its_day_counts() -> None:
    private = months.entry(date(2026, 10, 5), mood=2, wins=("canary win",), drained=("canary",), private=True)
    letter = mail_of(months.member((private, months.entry(date(2026, 10, 6), mood=4))))
    assert "canary" not in letter.text + letter.html
    assert "3 on average over 2 days" in letter.text


TEXT = st.text(max_size=300)
PHRASES = st.lists(TEXT, max_size=4).map(tuple)
GOALS = st.builds(
    Goal,
    id=st.integers(1, 9).map(lambda n: f"g{n}"),
    text=TEXT,
    set_on=st.dates(date(2026, 1, 1), date(2026, 11, 1)),
    target=st.none() | st.floats(0.5, 5000),
    done=st.floats(0, 5000),
    due=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
ENTRIES = st.builds(
    Entry,
    day=st.dates(date(2026, 9, 1), date(2026, 11, 10)),
    at=st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 1), timezones=st.just(UTC)),
    source=st.text(max_size=8),
    kind=st.sampled_from(("answered", "prompted", "skipped", "missed", "cheered", "logged_off")),
    mood=st.none() | st.integers(2, 20).map(lambda halves: halves / 2),
    mood_estimated=st.booleans(),
    engaged=PHRASES,
    drained=PHRASES,
    wins=PHRASES,
    goals=st.dictionaries(st.sampled_from(("g1", "g2", "g7")), TEXT, max_size=2),
    step=st.none() | st.sampled_from(("audit", "goals", "upskill", "network", "risks", "wellbeing")),
    private=st.booleans(),
)
CONTACTS = st.builds(Contact, name=TEXT, last=st.none() | st.dates(date(2020, 1, 1)))
PLANS = st.builds(
    Plan,
    signs=st.lists(st.integers(1, 5), unique=True).map(tuple),
    signs_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 11, 1)),
    signs_before=st.lists(st.integers(1, 5), unique=True).map(tuple),
    signs_before_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 11, 1)),
    contacts=st.lists(CONTACTS, max_size=10).map(tuple),
    experiments=st.lists(
        st.builds(Experiment, text=TEXT, begun_on=st.just(date(2026, 9, 1)), review=st.none() | st.dates()), max_size=12
    ).map(tuple),
    runway=st.none() | st.floats(0, 60),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ENTRIES, max_size=40), st.lists(GOALS, max_size=8, unique_by=lambda goal: goal.id), PLANS, st.data())
def test_any_journal_makes_a_mail_that_no_client_clips(
    journal: list[Entry], goals: list[Goal], plan: Plan, data: st.DataObject
) -> None:
    language: Any = data.draw(st.sampled_from(LANGUAGES))
    letter = mail_of(months.member(tuple(journal), goals=goals, plan=plan, language=language))
    outline(letter.html)
    assert len(letter.html.encode()) < 100_000
    assert len(letter.subject) < 80


def test_the_fullest_month_stays_below_what_mail_clients_clip() -> None:
    days = months.october(*range(1, 32))
    full = tuple(months.entry(day, mood=5, wins=tuple(f"{n} " + "<&'é💼" * 60 for n in range(8))) for day in days)
    letter = mail_of(months.member(full))
    assert len(letter.html.encode()) < 100_000
    assert "205 wins more than fit here" in letter.text
