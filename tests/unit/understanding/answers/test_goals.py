"""Goals that members set, in many voices."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.understanding.answers.goals import read_goal, read_target
from shared.domain.understanding.normalise import normalise

NOW = datetime(2026, 3, 3, 19, 42, tzinfo=timezone(timedelta(hours=-5)))

GOALS: tuple[tuple[str, str, float | None, str | None, str | None], ...] = (
    (
        "I'd like to send out 6 applications by the 30th of June",
        "send out 6 applications",
        6,
        "applications",
        "2026-06-30",
    ),
    ("Read 12 books by december", "Read 12 books", 12, "books", "2026-12-31"),
    ("apply to 5 jobs by end of month", "apply to 5 jobs", 5, "jobs", "2026-03-31"),
    ("finish my portfolio", "finish my portfolio", None, None, None),
    ("I want to run 100km by June 1", "run 100km", 100, "km", "2026-06-01"),
    ("save 5k by xmas", "save 5k", 5000, None, "2026-12-25"),
    ("save £5,000 by christmas", "save £5,000", 5000, "pounds", "2026-12-25"),
    ("Save $1.5k before August", "Save $1.5k", 1500, "dollars", "2026-07-31"),
    ("a dozen coffee chats by Easter", "a dozen coffee chats", 12, "coffee chats", "2026-04-05"),
    ("by may 15 i want 3 interviews", "3 interviews", 3, "interviews", "2026-05-15"),
    (
        "By the end of April, finish two modules of my AWS course",
        "finish two modules of my AWS course",
        2,
        "modules",
        "2026-04-30",
    ),
    ("goal: learn spanish", "learn spanish", None, None, None),
    (
        "My goal is to write 20 pages of my thesis until 1 May please",
        "write 20 pages of my thesis",
        20,
        "pages",
        "2026-05-01",
    ),
    ("Get promoted by end of year", "Get promoted", None, None, "2026-12-31"),
    ("hmm ok. 10 job applications. by end of may?", "10 job applications", 10, "applications", "2026-05-31"),
    (
        "Sir I want to complete 3 certifications by 31st March",
        "complete 3 certifications",
        3,
        "certifications",
        "2026-03-31",
    ),
    ("lose 10 lbs by july", "lose 10 lbs", 10, "lbs", "2026-07-31"),
    ("find a new job in 6 months", "find a new job", None, None, "2026-09-03"),
    (
        "I would like to finish my CV and my LinkedIn by Friday, thank you. Margaret",
        "finish my CV and my LinkedIn",
        None,
        None,
        "2026-03-06",
    ),
    ("apply to 5-6 jobs a week until end of june", "apply to 5-6 jobs a week", 5, "jobs", "2026-06-30"),
    (
        "update the portfolio with 3 projects by april 10",
        "update the portfolio with 3 projects",
        3,
        "projects",
        "2026-04-10",
    ),
    ("portfolio\n3 projects\nend of march", "portfolio 3 projects", 3, "projects", "2026-03-31"),
    ("Have my business registered, all of it, by 1st June", "Have my business registered", None, None, "2026-06-01"),
    ("i reckon id like to get me forklift ticket by june", "get me forklift ticket", None, None, "2026-06-30"),
    ("talk to 10 people in UX by the end of Q2", "talk to 10 people in UX", 10, "people", "2026-06-30"),
    ("send 20 cold emails by tomorrow", "send 20 cold emails", 20, "cold emails", "2026-03-04"),
    ("pass level 3 exam by june", "pass level 3 exam", None, None, "2026-06-30"),
    ("leave my 9 to 5 by december", "leave my 9 to 5", None, None, "2026-12-31"),
    ("get to 1000 followers by september", "get to 1000 followers", 1000, "followers", "2026-09-30"),
    ("Save 50000 rupees by Diwali because I want to quit", "Save 50000 rupees", 50000, "rupees", "2026-11-08"),
    (
        "Well, I think I should like to finish ten watercolours by Easter, if my hip allows",
        "finish ten watercolours",
        10,
        "watercolours",
        "2026-04-05",
    ),
    ("new job. by october.", "new job", None, None, "2026-10-31"),
    ("twenty five push ups by may", "twenty five push ups", 25, "push ups", "2026-05-31"),
    (
        "complete 2 courses, one on SQL and one on Tableau, by end of April",
        "complete 2 courses, one on SQL and one on Tableau",
        2,
        "courses",
        "2026-04-30",
    ),
)


@pytest.mark.parametrize(("text", "goal", "target", "unit", "due"), GOALS)
def test_goal(text: str, goal: str, target: float | None, unit: str | None, due: str | None) -> None:
    args = read_goal(normalise(text), NOW).args
    assert args["text"].replace(",", "").lower() == goal.replace(",", "").lower()
    assert (args["target"], args["unit"], args["due"]) == (target, unit, due)


@pytest.mark.parametrize(
    "text",
    ["reach level 3", "leave my 9-5", "be back by 8am", "a new job", "pass year 2", "the one I want", "24/7 calm"],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert read_target(text) == (None, None)


def test_day_comes_before_month_outside_the_americas() -> None:
    there = NOW.replace(tzinfo=timezone(timedelta(hours=1)))
    assert read_goal("5 jobs by 8/12", NOW).args["due"] == "2026-08-12"
    assert read_goal("5 jobs by 8/12", there).args["due"] == "2026-12-08"


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_never_raises(text: str) -> None:
    assert read_goal(text, NOW).name == "new_goal"
