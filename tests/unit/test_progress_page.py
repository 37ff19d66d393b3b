"""A member's own page shows what is on record, of the period that was asked for, and draws no more than there is."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.rehearsal import Rehearsal, newcomer
from shared.domain import progress_page
from shared.domain.message import without_words
from shared.domain.models import Entry, Status
from shared.domain.progress_page import InvalidPeriod, Period, chart, days, months, period, wins

TODAY = date(2026, 3, 31)
NOW = datetime(2026, 3, 31, 17, tzinfo=UTC)
MONTH = Period(date(2026, 3, 1), TODAY)


def entry(day: date = TODAY, kind: str = "answered", **more: Any) -> Entry:
    at = datetime.combine(day, more.pop("at", time(18)), UTC)
    return Entry.model_validate({"day": day, "at": at, "source": f"SM{kind}", "kind": kind, **more})


def rated(*moods: float | None, until: date = TODAY) -> list[Entry]:
    """A mood a day up to a date; None for a day without one."""
    first = until - timedelta(days=len(moods) - 1)
    return [entry(first + timedelta(days=n), mood=mood) for n, mood in enumerate(moods) if mood]


# Which days


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ({}, date(2026, 3, 2)),
        ({"show": "30"}, date(2026, 3, 2)),
        ({"show": "90"}, date(2026, 1, 1)),
        ({"show": "365"}, date(2025, 4, 1)),
        ({"show": "all"}, date(2024, 5, 6)),
        ({"show": "7000"}, date(2026, 3, 2)),
        ({"show": "²"}, date(2026, 3, 2)),
        ({"from": "2026-01-15"}, date(2026, 1, 15)),
        ({"from": "", "to": ""}, date(2026, 3, 2)),
    ],
)
def test_the_last_thirty_days_are_shown_or_those_asked_for(asked: dict[str, str], first: date) -> None:
    journal = [entry(date(2024, 5, 6)), entry()]
    assert period(asked, journal, TODAY) == Period(first, TODAY)


def test_dates_may_come_in_either_order_and_reach_no_further_than_the_journal() -> None:
    journal = [entry(date(2026, 1, 5))]
    swapped = period({"from": "2026-03-01", "to": "2026-02-01"}, journal, TODAY)
    assert swapped == Period(date(2026, 2, 1), date(2026, 3, 1))
    assert period({"from": "0001-01-01", "to": "9999-12-31"}, journal, TODAY) == Period(date(2026, 1, 5), TODAY)
    assert period({"to": "2026-02-01"}, journal, TODAY) == Period(date(2026, 1, 5), date(2026, 2, 1))
    assert period({"show": "all"}, [], TODAY) == Period(TODAY, TODAY)


@pytest.mark.parametrize("written", ["1 March", "2026-02-30", "2026-3-1", "<script>", "²026-01-01"])
def test_a_date_that_cannot_be_read_is_an_error_of_its_own(written: str) -> None:
    with pytest.raises(InvalidPeriod):
        period({"from": written}, [], TODAY)


@given(st.text(), st.text(), st.text())
def test_whatever_is_asked_for_there_is_a_period_or_that_error(show: str, first: str, last: str) -> None:
    try:
        found = period({"show": show, "from": first, "to": last}, rated(5, 6, 7), TODAY)
    except InvalidPeriod:
        return
    assert found.first <= found.last <= TODAY


# Days


def test_a_day_is_all_that_was_told_of_it_with_its_last_mood() -> None:
    journal = [
        entry(kind="prompted", at=time(9)),
        entry(mood=4, drained=("the reorg call",), at=time(10)),
        entry(mood=7, wins=("sent my portfolio",), engaged=("sketching",), at=time(20)),
        entry(kind="cheered", note="well done"),
    ]
    (day,) = days(journal, MONTH)
    assert (day.day, day.mood, day.estimated, day.state) == (TODAY, 7, "", "told")
    assert (day.wins, day.engaged, day.drained) == (("sent my portfolio",), ("sketching",), ("the reorg call",))
    assert (day.cheers, day.notes) == (("well done",), ())


def test_a_day_of_which_only_logging_off_is_known_says_so() -> None:
    (day,) = days([entry(kind="logged_off")], MONTH)
    assert (day.state, day.logged_off) == ("told", True)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [(["prompted"], "prompted"), (["prompted", "skipped"], "skipped"), (["missed"], "missed"), (["imported"], "told")],
)
def test_a_day_without_a_word_says_why(kinds: list[str], state: str) -> None:
    (day,) = days([entry(kind=kind) for kind in kinds], MONTH)
    assert (day.state, day.mood) == (state, None)


def test_where_nobody_gave_the_number_it_says_where_it_is_from() -> None:
    told = [entry(mood=3, mood_estimated=True), entry(date(2026, 3, 30), "imported", mood=9.5, mood_estimated=True)]
    assert [day.estimated for day in days(told, MONTH)] == ["words", "import"]


def test_the_journal_is_told_by_months_the_latest_first_with_the_days_without_a_word_counted() -> None:
    journal = [
        entry(date(2026, 2, 27), mood=5),
        entry(date(2026, 3, 2), mood=6),
        entry(date(2026, 3, 3), "prompted"),
        entry(date(2026, 3, 4), "prompted"),
        entry(date(2026, 3, 5), "skipped"),
        entry(date(2026, 3, 6), "missed"),
        entry(date(2026, 3, 9), mood=7),
    ]
    march, february = months(days(journal, Period(date(2026, 2, 1), TODAY)))
    assert (march.first, [day.day.day for day in march.days]) == (date(2026, 3, 1), [9, 2])
    assert (march.unanswered, march.skipped, march.missed) == (2, 1, 1)
    assert (february.first, len(february.days)) == (date(2026, 2, 1), 1)


# The chart


def drawn(journal: list[Entry], within: Period = MONTH) -> progress_page.Chart:
    return chart(days(journal, within), within)


def test_each_mood_is_a_dot_at_its_day_and_a_win_shows() -> None:
    journal = [entry(MONTH.first, mood=3), entry(date(2026, 3, 16), mood=8, wins=("a win",)), entry(mood=10)]
    first, middle, last = drawn(journal).points
    assert (first.x, middle.x, last.x) == (2.0, 50.0, 98.0)
    assert [(point.mood, point.won) for point in (first, middle, last)] == [(3, False), (8, True), (10, False)]


def test_a_weekend_is_no_gap_and_a_week_without_a_word_is() -> None:
    lines = drawn(rated(5, 6, None, None, 7, *[None] * 5, 8, 9)).lines
    assert [(one.mood, other.mood) for one, other in lines] == [(5, 6), (6, 7), (8, 9)]


def test_the_average_counts_days_and_is_none_where_there_is_no_mood() -> None:
    some, none = drawn(rated(5, 6, 8)), drawn([entry(kind="skipped")])
    assert (some.average, some.rated) == ("6.3", 3)
    assert (none.average, none.rated, none.points, none.lines) == (None, 0, (), ())


def test_the_lowest_and_highest_are_named_only_where_moods_differ() -> None:
    differ, same = drawn(rated(5, 3, 8, 8)), drawn(rated(6, 6))
    assert differ.low and differ.high
    assert (differ.low.mood, differ.high.mood, differ.high.day) == (3, 8, date(2026, 3, 30))
    assert (same.low, same.high) == (None, None)


def test_a_year_is_drawn_by_weeks_and_five_years_by_months_each_with_how_many_days() -> None:
    year, years = Period(date(2025, 4, 1), TODAY), Period(date(2021, 1, 1), TODAY)
    by_week, by_month = drawn(rated(*[4, 8] * 180), year), drawn(rated(*[4, 8] * 900), years)
    assert (by_week.unit, by_month.unit, drawn(rated(5)).unit) == ("week", "month", "day")
    assert all(point.day.weekday() == 0 and point.days <= 7 for point in by_week.points)
    assert all(point.day.day == 1 and point.days <= 31 for point in by_month.points)
    assert sum(point.days for point in by_month.points) == by_month.rated == 1800
    assert by_week.average == by_month.average == "6"


@given(st.lists(st.none() | st.floats(1, 10), min_size=1, max_size=60), st.integers(0, 1500))
def test_no_dot_is_outside_of_the_chart_and_dots_are_in_order(moods: list[float | None], before: int) -> None:
    within = Period(TODAY - timedelta(days=len(moods) - 1 + before), TODAY)
    found = drawn(rated(*moods), within)
    xs = [point.x for point in found.points]
    assert xs == sorted(xs) and all(2 <= x <= 98 for x in xs)
    assert all(1 <= point.mood <= 10 for point in found.points)
    ticks = [x for _, x in found.ticks]
    assert ticks == sorted(set(ticks)) and all(day in within for day, _ in found.ticks)


# Wins


WINS = [
    entry(date(2026, 1, 5), wins=("Terminé el módulo 3", "sent my portfolio")),
    entry(date(2026, 3, 2), wins=("Portfolio is online",)),
    entry(date(2026, 3, 3), mood=5),
]


def test_wins_are_listed_from_the_whole_journal_the_latest_first() -> None:
    assert [win.text for win in wins(WINS)] == ["Portfolio is online", "Terminé el módulo 3", "sent my portfolio"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("portfolio", ["Portfolio is online", "sent my portfolio"]),
        ("PORTFOLIO sent", ["sent my portfolio"]),
        ("modulo", ["Terminé el módulo 3"]),
        ("TERMINÉ", ["Terminé el módulo 3"]),
        ("folio line", ["Portfolio is online"]),
        ("nothing like it", []),
        ("   ", ["Portfolio is online", "Terminé el módulo 3", "sent my portfolio"]),
    ],
)
def test_a_win_is_found_by_any_part_of_its_words_whatever_case_and_accents(wanted: str, found: list[str]) -> None:
    assert [win.text for win in wins(WINS, wanted)] == found


# Goals and plan


def walked(*said: str) -> Rehearsal:
    active = {"status": Status.ACTIVE, "phone_confirmed_at": NOW, "open_question": None}
    rehearsal = Rehearsal(newcomer("America/New_York", NOW).model_copy(update=active), NOW)
    for text in said:
        rehearsal.text(text)
    return rehearsal


def test_goals_are_told_with_how_far_they_are_and_those_behind_one() -> None:
    goals = "goal: apply to 4 jobs by 30 June", "skip", "skip", "goal: learn to swim by 1 May", "skip", "skip"
    rehearsal = walked(*goals, "applied to 1 job", "goal 2 done")
    message = without_words(rehearsal.member, NOW, "page")
    (first,) = progress_page.goals_under_way(message)
    assert (first.number, first.text, first.share, first.due) == (1, "Apply to 4 jobs", 0.25, date(2026, 6, 30))
    assert first.how.startswith("1 of 4, 91 days left")
    (ended,) = progress_page.goals_ended(message)
    assert (ended.text, ended.state) == ("learn to swim", "done")


def test_a_plan_without_words_of_its_own_is_for_the_goal_itself() -> None:
    rehearsal = walked("goal: apply to 4 jobs by 30 June", "sundays 5pm")
    (goal,) = progress_page.goals_under_way(without_words(rehearsal.member, NOW, "page"))
    assert goal.plan == "Sun 17:00: apply to 4 jobs"


def test_the_six_steps_are_told_with_where_the_member_is() -> None:
    rehearsal = walked("step 1", "creativity, stability", "1", "step 4", "Ana, Tom")
    steps = progress_page.steps(without_words(rehearsal.member, NOW, "page"))
    assert [step.state for step in steps] == ["begun", "ahead", "ahead", "now", "ahead", "ahead"]
    assert [step.number for step in steps] == [1, 2, 3, 4, 5, 6]
    assert steps[3].stands.startswith("On your list: 2, reached: 0.")
    assert steps[1].stands == ""
