"""What is handed out of all that is held: whole, exact, and readable."""

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest

from shared.channels import letters
from shared.channels.links import Links
from shared.content.texts import LANGUAGES, Language
from shared.domain import events, export, judging, schedule
from shared.domain.export import Held
from shared.domain.models import Answer, Entry, Goal, Kind, Member, Plan, Requested
from tests.unit.conversing import Phone, member, new_york

NOW = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)  # Tuesday evening in New York
HOUSE = letters.House("Unstuck", "+14155550100", "12 Harbour Street")
LINKS = Links("https://unstuck.example", "k" * 32)


def entry(day: int, **details: Any) -> Entry:
    at = new_york(f"2026-03-{day:02}T20:15")
    given = {"day": f"2026-03-{day:02}", "at": at, "source": f"SM{day}", "kind": "answered"}
    return Entry.model_validate({**given, **details})


def held(*journal: Entry, **details: Any) -> Held:
    return Held(
        member=member(email="ana@example.com", journal=journal, **details),
        answers={"SM3": Answer(replies=("7 for Tue.",))},
        nudges={"daily_checkin#2026-03-03#sms": {"state": "sent", "message_id": "SM9"}},
    )


def rows(of: Held) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export.as_csv(of.member))))


def test_everything_is_in_it_and_can_be_read_back() -> None:
    plan = Plan(values=("calm",), contacts=({"name": "Priya"},), self_care="swim")  # type: ignore[arg-type]
    goal = Goal(id="g1", text="apply to 5 jobs", target=5, set_on=date(2026, 3, 1))
    of = held(entry(2, mood=7, wins=("sent it",)), entry(3, kind="cheered", note="go"), plan=plan, goals=(goal,))
    told = json.loads(export.as_json(of, NOW))
    assert Member.model_validate(told["member"] | {"journal": told["journal"]}) == of.member
    assert told["messages"] == [
        {"id": "SM3", "replies": ["7 for Tue."], "requests": [], "erase": False, "thread": None, "at": None}
    ]
    assert told["nudges"] == [{"id": "daily_checkin#2026-03-03#sms", "state": "sent", "message_id": "SM9"}]
    assert datetime.fromisoformat(told["exported_at"]) == NOW


def test_words_are_written_as_they_are() -> None:
    of = held(entry(2, wins=("Übung “macht” 🎉",)))
    assert "Übung “macht” 🎉" in export.as_json(of, NOW)
    assert rows(of)[0]["Wins"] == "Übung “macht” 🎉"


def test_the_journal_has_a_line_an_entry_in_the_members_own_time() -> None:
    first, second, third = rows(
        held(
            entry(1, kind="prompted"),
            entry(2, mood=5.5, mood_estimated=True, engaged=("mentoring", "a, b"), drained=("budget\nmtg",)),
            entry(3, kind="cheered", note="you go"),
        )
    )
    assert (first["Day"], first["Time"], first["What"]) == ("2026-03-01", "20:15", "you were asked")
    assert first["Mood (1-10)"] == ""
    assert (second["Mood (1-10)"], second["Mood estimated"]) == ("5.5", "yes")
    assert (second["Gave energy"], second["Cost energy"]) == ("mentoring; a, b", "budget\nmtg")
    assert (third["What"], third["Note"]) == ("your buddy cheered", "you go")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_entry_has_its_name(language: Language) -> None:
    for kind in get_args(Entry.model_fields["kind"].annotation):
        assert len(rows(held(entry(2, kind=kind), language=language))) == 1


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1", "-1", "@sum", "\t=1"])
def test_no_cell_is_run_by_a_spreadsheet_and_the_whole_stays_in_the_other_file(words: str) -> None:
    of = held(entry(2, kind="cheered", note=words))
    assert rows(of)[0]["Note"] == f"'{words}"
    assert json.loads(export.as_json(of, NOW))["journal"][0]["note"] == words


def test_an_empty_journal_is_a_line_of_headings() -> None:
    assert rows(held()) == []
    assert export.as_csv(held().member).startswith("Day,Time,What,")


def test_nothing_of_it_is_in_its_repr() -> None:
    goal = Goal(id="g1", text="secret 5", unit="secret job", value="secret", target=5, set_on=date(2026, 3, 1))
    of = held(entry(2, wins=("secret win",)), name="Zebedee", goals=(goal,))
    assert not [word for word in ("secret", "Zebedee", "7 for", "5550123", "example.com") if word in repr(of)]


def test_the_letter_brings_both_files_and_says_how_to_erase_it_all() -> None:
    letter = letters.export_letter(held(entry(2), entry(3)), HOUSE, LINKS, NOW)
    assert letter.subject == "Everything Unstuck holds about you"
    assert [(each.name, each.kind) for each in letter.attachments] == [
        ("unstuck-2026-03-03.json", "application/json"),
        ("unstuck-journal-2026-03-03.csv", "text/csv"),
    ]
    everything, journal = (each.content.decode("utf-8-sig") for each in letter.attachments)
    assert json.loads(everything)["member"]["email"] == "ana@example.com"
    assert journal == export.as_csv(held(entry(2), entry(3)).member)
    for said in (letter.text, letter.html):
        assert "2 lines" in said and "DELETE" in said and "Tue 3 Mar 2026" in said


def test_it_is_asked_for_by_text_and_goes_by_mail_alone() -> None:
    phone = Phone(member(email="ana@example.com"))
    turn = phone.turn("send me my data")
    assert turn.requests == (Requested(kind=Kind.EXPORT),)
    assert "ana@example.com" in turn.replies[0]
    (nudge,) = schedule.asked_for(phone.member, Kind.EXPORT, "SM1", phone.now)
    assert nudge.channel == "email"
    assert judging.verdict(nudge, phone.member, new_york("2026-03-03T23:30")) is judging.Verdict.SEND


def test_without_an_address_it_says_how_to_give_one_and_what_to_do_then() -> None:
    phone = Phone(member())
    turn = phone.turn("send me my data")
    assert (turn.requests, schedule.asked_for(phone.member, Kind.EXPORT, "SM1", phone.now)) == ((), [])
    assert "my email is" in turn.replies[0].lower()
    phone.text("my email is kim@example.com")
    phone.keep(events.confirm(phone.member, phone.now))
    assert phone.turn("send me my data").requests == (Requested(kind=Kind.EXPORT),)
