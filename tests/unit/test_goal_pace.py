"""How a goal's pace is told, and what of it is still to be asked."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import goals, smart
from shared.domain.models import Cue, Goal
from tests.unit.conversing import member
from tests.unit.goal_setting import PARTS, TODAY, goal

# Pace

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
LENGTHS = st.integers(0, 400).map(lambda n: timedelta(days=n))
GOALS = st.builds(
    lambda target, done, set_on, length, unit: goal(
        target=target, done=done, set_on=set_on, due=set_on + length, unit=unit
    ),
    st.integers(1, 5000),
    st.integers(0, 5000),
    DAYS,
    LENGTHS,
    st.sampled_from(["jobs", "courses", "pages", "dollars", None]),
)


@given(GOALS, LENGTHS)
def test_whoever_keeps_the_pace_that_is_told_is_there_in_time(one: Goal, passed: timedelta) -> None:
    today = one.set_on + passed
    pace = smart.rate(one, today)
    if pace is None or one.due is None or one.target is None:
        return
    days = (one.due - today).days + 1
    a_day = {"days": 1 / pace.number, "weeks": 1 / (7 * pace.number), "daily": pace.number, "weekly": pace.number / 7}
    assert a_day[pace.every] * days >= one.target - one.done - 1e-6
    assert pace.number >= 1


@given(GOALS, LENGTHS)
def test_a_pace_is_told_while_more_than_one_is_left_and_a_day_to_do_it(one: Goal, passed: timedelta) -> None:
    today = one.set_on + passed
    assert one.target is not None and one.due is not None
    assert (smart.rate(one, today) is not None) == (one.target - one.done > 1 and today <= one.due)


@given(GOALS, LENGTHS, st.integers(1, 500))
def test_doing_more_never_makes_a_goal_fall_behind(one: Goal, passed: timedelta, more: int) -> None:
    order = ("behind", "on", "ahead")
    today = one.set_on + passed
    further = one.model_copy(update={"done": one.done + more})
    assert order.index(smart.standing(further, today)) >= order.index(smart.standing(one, today))


@given(GOALS, LENGTHS)
def test_a_goal_is_on_pace_when_set_and_never_behind_once_reached(one: Goal, passed: timedelta) -> None:
    assert smart.standing(one.model_copy(update={"done": 0}), one.set_on) == "on"
    assert smart.standing(one.model_copy(update={"done": one.target}), one.set_on + passed) != "behind"


@given(GOALS, LENGTHS, LENGTHS)
def test_a_later_date_never_makes_a_pace_too_much(one: Goal, passed: timedelta, later: timedelta) -> None:
    today = one.set_on + min(passed, (one.due or one.set_on) - one.set_on)
    moved = one.model_copy(update={"due": (one.due or today) + later})
    assert smart.is_too_much(one, today) >= smart.is_too_much(moved, today)


@pytest.mark.parametrize(
    ("details", "today", "pace"),
    [
        ({"due": date(2026, 3, 22)}, TODAY, ("days", 4)),
        ({"due": date(2026, 3, 7)}, TODAY, ("days", 1)),
        ({"due": date(2026, 6, 30)}, TODAY, ("weeks", 3)),
        ({"target": 20, "due": date(2026, 3, 16)}, TODAY, ("weekly", 10)),
        ({"target": 20, "due": date(2026, 3, 6)}, TODAY, ("daily", 5)),
        ({"done": 4, "due": date(2026, 3, 22)}, TODAY, None),
        ({"due": date(2026, 3, 2)}, TODAY, None),
        ({"due": None}, TODAY, None),
        ({"text": "apply to 2 jobs a week", "target": 2, "due": date(2026, 3, 31)}, TODAY, ("days", 3)),
    ],
)
def test_a_pace_is_what_is_left_over_the_days_that_are(details: dict[str, Any], today: date, pace: object) -> None:
    assert smart.rate(goal(**details), today) == pace


@pytest.mark.parametrize(
    ("unit", "target", "due", "too_much"),
    [
        ("jobs", 5, "2026-03-07", False),
        ("jobs", 6, "2026-03-07", True),
        ("courses", 4, "2026-03-20", True),
        ("courses", 4, "2026-03-31", False),
        ("pages", 300, "2026-03-07", False),
        ("dollars", 5000, "2026-03-07", False),
        ("jobs", 6, "2026-03-01", False),
    ],
)
def test_a_pace_is_too_much_where_it_takes_more_days_than_there_are(
    unit: str, target: int, due: str, too_much: bool
) -> None:
    assert smart.is_too_much(goal(unit=unit, target=target, due=date.fromisoformat(due)), TODAY) is too_much


# What is missing

CUE = Cue(days=("tue",), at=time(19), action="open the job board")
ANY_GOALS = st.builds(
    lambda text, target, due, value, cue, parts: goal(
        text=text, target=target, due=due, value=value, cue=cue, settled=tuple(parts)
    ),
    st.sampled_from(["apply to jobs", "be happier", "finish my portfolio", "run 3 times a week"]),
    st.none() | st.integers(1, 500),
    st.none() | DAYS,
    st.none() | st.just("freedom"),
    st.none() | st.just(CUE),
    st.sets(st.sampled_from(PARTS)),
)


@given(ANY_GOALS, DAYS, st.booleans(), st.booleans())
def test_what_is_settled_is_never_missing_and_the_order_is_always_the_same(
    one: Goal, today: date, valued: bool, nudged: bool
) -> None:
    missing = smart.missing_parts(one, today, valued=valued, nudged=nudged)
    assert set(missing).isdisjoint(one.settled)
    assert list(missing) == sorted(missing, key=PARTS.index)
    assert valued or "value" not in missing
    assert nudged or "plan" not in missing


@given(ANY_GOALS, DAYS)
def test_settling_what_is_missing_one_after_another_comes_to_an_end(one: Goal, today: date) -> None:
    for _ in PARTS:
        if missing := smart.missing_parts(one, today, valued=True, nudged=True):
            one = one.model_copy(update={"settled": (*one.settled, missing[0])})
    assert smart.missing_parts(one, today, valued=True, nudged=True) == ()


@given(st.lists(st.sampled_from(["new", "done", "dropped"]), max_size=60), st.randoms())
def test_no_id_is_given_twice_and_few_goals_are_kept(events: list[str], random: Any) -> None:
    ana, given = member(), list[str]()
    for event in events:
        if event == "new" and len(goals.open_goals(ana)) < goals.MOST_OPEN:
            given.append(goals.new_id(ana))
            ana = ana.model_copy(update={"goals": goals.with_goal(ana, goal(id=given[-1]))})
        elif event != "new" and goals.open_goals(ana):
            ended = random.choice(goals.open_goals(ana)).model_copy(update={"state": event, "ended_on": TODAY})
            ana = ana.model_copy(update={"goals": goals.with_goal(ana, ended)})
    assert len(set(given)) == len(given)
    assert len(ana.goals) <= goals.MOST_OPEN + 5
