"""What the journal keeps beside a report's own words, so that a month can be told from it later."""

from datetime import date

import pytest

from shared.domain.models import Entry
from shared.domain.themes import themes
from tests.unit.conversing import Phone, member

GOAL = {"id": "g1", "text": "apply to 5 jobs", "set_on": "2026-02-01", "unit": "jobs", "target": 5}


def test_a_report_names_the_goals_that_it_moved_in_their_words() -> None:
    phone = Phone(member(goals=[GOAL]))
    phone.text("7. applied to 2 jobs")
    (entry,) = phone.turns[-1].entries
    assert entry.goals == {"g1": "apply to 5 jobs"}
    phone.text("8. win: cleaned the garage")
    assert phone.turns[-1].entries[0].goals == {}


def test_a_goal_that_is_reached_is_a_win_for_it() -> None:
    phone = Phone(member(goals=[GOAL]))
    phone.text("goal 1 done")
    (entry,) = phone.turns[-1].entries
    assert (entry.wins, entry.goals) == (("apply to 5 jobs",), {"g1": "apply to 5 jobs"})


@pytest.mark.parametrize(
    ("text", "plan", "step"),
    [
        ("7. rang Dana", {"step": "network", "contacts": [{"name": "Dana"}]}, "network"),
        ("7. studied 2 hours", {"step": "upskill", "learning": [{"text": "SQL", "begun_on": "2026-02-01"}]}, "upskill"),
    ],
)
def test_a_report_names_the_step_that_it_was_for(text: str, plan: dict[str, object], step: str) -> None:
    begun = {"steps": {plan["step"]: {"begun_on": "2026-02-01"}}}
    phone = Phone(member(plan={**plan, **begun}))
    phone.text(text)
    assert phone.turns[-1].entries[0].step == step


def test_logging_off_in_time_is_on_record_for_its_day_and_answers_no_check_in() -> None:
    phone = Phone(member(plan={"log_off": "18:00"}))
    phone.text("6. logged off at 6")
    report, off = phone.turns[-1].entries
    assert (report.kind, off.kind, off.day) == ("answered", "logged_off", report.day)
    assert report.id != off.id
    phone.text("undo")
    assert not phone.member.journal


def test_entries_kept_before_they_named_goals_still_load() -> None:
    old = '{"day":"2026-02-01","at":"2026-02-01T20:00:00Z","source":"SM1","kind":"answered","wins":["a win"]}'
    entry = Entry.model_validate_json(old)
    assert (entry.goals, entry.step) == ({}, None)


def test_things_are_taken_together_by_the_word_that_comes_up_most() -> None:
    said = ["mentoring Priya", "mentored the interns", "budget meeting", "the budget again", "MENTORING", "status call"]
    found = themes((date(2026, 10, day), text) for day, text in enumerate(said, 1))
    assert [(theme.text, [day.day for day in theme.days]) for theme in found] == [
        ("mentoring", [1, 2, 5]),
        ("budget", [3, 4]),
        ("status call", [6]),
    ]


def test_what_is_said_in_the_same_words_keeps_them_and_a_day_counts_once() -> None:
    day, other = date(2026, 10, 1), date(2026, 10, 2)
    (theme,) = themes([(day, "the weekly  report"), (day, "The weekly report"), (other, "the weekly report")])
    assert (theme.text, theme.days) == ("the weekly report", (day, other))
    assert themes([(day, " "), (day, "💼")]) != ()
