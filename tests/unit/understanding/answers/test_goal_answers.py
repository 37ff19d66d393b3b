"""What members answer when a goal is asked about, in many voices."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.understanding.answers import goal_answers
from shared.domain.understanding.answers.goal_answers import Cue, read_amount, read_cue, read_deadline, says

NOW = datetime(2026, 3, 3, 19, 42, tzinfo=timezone(timedelta(hours=-5)))  # a Tuesday


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("DONE", "done counts"),
        ("done or not.", "done counts"),
        ("It's done when it's done", "done counts"),
        ("can't count it tbh", "done counts"),
        ("KEEP", "keep"),
        ("I'll keep it, thanks", "keep"),
        ("none of them", "none"),
        ("no thanks", "none"),
        ("no rush", "no date"),
        ("whenever", "no date"),
        ("yes done!", "done"),
        ("did it!!", "done"),
        ("not yet sorry", "not yet"),
        ("didn't happen", "not yet"),
        ("drop it please", "drop"),
        ("later maybe", "later"),
    ],
)
def test_a_short_answer_is_known(text: str, section: str) -> None:
    assert says(text, section)


@pytest.mark.parametrize(
    "text", ["keep me posted", "done with my report, tired", "no idea how", "", "7", "dropping by"]
)
def test_a_text_that_says_more_is_no_short_answer(text: str) -> None:
    assert not says(text, "done counts", "keep", "none", "done", "drop", "no date")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5", (5, None)),
        ("about 20", (20, None)),
        ("$2000", (2000, "dollars")),
        ("5k", (5000, None)),
        ("10 jobs", (10, "jobs")),
        ("three courses", (3, "courses")),
        ("maybe 2 a week", (2, None)),
        ("3 of 5", (3, None)),
        ("when I have an offer", None),
        ("dunno", None),
    ],
)
def test_how_many_is_read(text: str, amount: object) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text", ["5", "12.", "about 20", "$2000", "make it 3", "3 so far", "3 of 5", "2 i guess", "twenty"]
)
def test_a_bare_number_is_an_amount(text: str) -> None:
    assert goal_answers.is_amount(text)


@pytest.mark.parametrize(
    "text", ["7, shipped the report", "7 today", "8! text me at 12", "solid 7", "meh", "", "1 2 3 4"]
)
def test_a_score_with_words_is_no_amount(text: str) -> None:
    assert not goal_answers.is_amount(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("june", "2026-06-30"),
        ("may", "2026-05-31"),
        ("6 weeks", "2026-04-14"),
        ("a month", "2026-04-03"),
        ("2 months", "2026-05-03"),
        ("30th", "2026-03-30"),
        ("lets say mid june", "2026-06-15"),
        ("summer", "2026-08-31"),
        ("next friday", "2026-03-13"),
        ("by tomorrow", "2026-03-04"),
        ("30 June 2027", "2027-06-30"),
        ("1 march 2026", "2026-03-01"),
        ("12/31/2025", "2025-12-31"),
        ("asap", None),
        ("5", None),
        ("had a really long talk with my boss on Friday", None),
    ],
)
def test_a_deadline_is_read_and_a_past_one_as_past(text: str, day: str | None) -> None:
    assert read_deadline(text, NOW) == (date.fromisoformat(day) if day else None)


def test_a_day_comes_before_its_month_outside_the_americas() -> None:
    assert read_deadline("8/12", NOW) == date(2026, 8, 12)
    assert read_deadline("8/12", NOW.astimezone(timezone(timedelta(hours=1)))) == date(2026, 12, 8)


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Tue 7pm, then I open the course", Cue(("tue",), "19:00", "open the course")),
        ("tuesday 7 open course", Cue(("tue",), "19:00", "open course")),
        ("if it's tuesday 7pm then i open my laptop", Cue(("tue",), "19:00", "open my laptop")),
        ("I open the course tue 7pm", Cue(("tue",), "19:00", "open the course")),
        ("every day at 8", Cue(WEEK, "20:00", "")),
        ("weekdays 8am", Cue(WEEK[:5], "08:00", "")),
        ("M/W/F 7:30am gym", Cue(("mon", "wed", "fri"), "07:30", "gym")),
        ("mon wed 18:30 I write 2 applications", Cue(("mon", "wed"), "18:30", "write 2 applications")),
        ("mon & thu 20 min at 7pm", Cue(("mon", "thu"), "19:00", "")),
        ("tue 7pm and thu 8pm", Cue(("tue", "thu"), "19:00", "")),
        ("weekdays 7:30am, one page", Cue(WEEK[:5], "07:30", "one page")),
        ("saturday mornings at the library", Cue(("sat",), "09:00", "at the library")),
        ("tuesday evenings at 8", Cue(("tue",), "20:00", "")),
        ("I read 20 pages every morning", Cue(WEEK, "09:00", "read 20 pages")),
        ("Wed half seven at home", Cue(("wed",), "19:30", "at home")),
        ("friday lunch break", Cue(("fri",), "12:00", "")),
        ("tomorrow at 7", Cue(("wed",), "19:00", "")),
        ("tonight 8pm", Cue(("tue",), "20:00", "")),
        ("remind me tue 7pm", Cue(("tue",), "19:00", "")),
    ],
)
def test_a_plan_is_read(text: str, cue: Cue) -> None:
    assert read_cue(text, NOW) == cue


@pytest.mark.parametrize("text", ["7pm", "weekdays", "tue, one page", "after work at my desk", "asap", "", "7"])
def test_a_plan_without_a_day_or_a_time_is_none(text: str) -> None:
    assert read_cue(text, NOW) is None


@pytest.mark.parametrize("text", ["Tue 7pm", "at 7pm", "weekdays", "every day at 8", "text me tue 7pm"])
def test_a_plan_opens_with_a_day_or_a_time(text: str) -> None:
    assert goal_answers.is_cue(text)


@pytest.mark.parametrize(
    "text", ["text me at 8", "weekdays only", "no texts on fridays", "met Ana on tue at 4", "7", ""]
)
def test_a_setting_or_a_report_is_no_plan(text: str) -> None:
    assert not goal_answers.is_cue(text)


@pytest.mark.parametrize(
    "text", ["be happier at work", "a better job", "feel less stressed", "something new", "to grow"]
)
def test_a_goal_of_large_words_is_vague(text: str) -> None:
    assert goal_answers.is_vague(text)


@pytest.mark.parametrize(
    "text", ["get a new job in UX", "learn Spanish", "network more", "apply to 5 jobs", "sing", ""]
)
def test_a_goal_that_names_a_thing_is_not(text: str) -> None:
    assert not goal_answers.is_vague(text)


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    for said in (text, f"tue {text}", f"{text} 7pm", f"by {text}"):
        now = datetime(2026, 2, 28, tzinfo=UTC)
        cue = read_cue(said, now)
        assert cue is None or (cue.days and len(cue.at) == 5)
        read_deadline(said, now)
        read_amount(said)
        goal_answers.is_cue(said)
        goal_answers.is_amount(said)
        goal_answers.is_vague(said)
