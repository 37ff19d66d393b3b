"""Days, clock times, lengths of time and weekday sets, as people say them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.times.clocks import clock, minutes
from shared.domain.understanding.times.weekdays import DAYS, weekdays
from shared.domain.understanding.times.when import find_date

TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        # months and their parts
        ("by december", "2026-12-31"),
        ("by march", "2026-03-31"),
        ("by Feb", "2027-02-28"),
        ("before June", "2026-05-31"),
        ("before March", "2027-02-28"),
        ("by the end of June", "2026-06-30"),
        ("by end o september", "2026-09-30"),
        ("before the end of june", "2026-06-30"),
        ("by mid-July", "2026-07-15"),
        ("by mid december", "2026-12-15"),
        ("by Jan 2027", "2027-01-31"),
        ("in march", "2026-03-31"),
        ("by next month", "2026-04-30"),
        ("by month end", "2026-03-31"),
        ("by EOM", "2026-03-31"),
        # days
        ("by the 30th of June", "2026-06-30"),
        ("by 31st March, then the down payment", "2026-03-31"),
        ("by sept 1", "2026-09-01"),
        ("by 15 December.", "2026-12-15"),
        ("by Nov 15th 2027", "2027-11-15"),
        ("by the first of may", "2026-05-01"),
        ("by twenty fifth of may", "2026-05-25"),
        ("due 3 Oct", "2026-10-03"),
        ("deadline is nov 30", "2026-11-30"),
        ("no later than 1 May", "2026-05-01"),
        ("by the 15th", "2026-03-15"),
        ("til the 2nd", "2026-04-02"),
        ("by the 15th of next month", "2026-04-15"),
        ("thru jan 2 pls", "2027-01-02"),
        ("2026-11-15", "2026-11-15"),
        ("until 15.11.", "2026-11-15"),
        ("by 8/12", "2026-08-12"),
        ("by 20/5", "2026-05-20"),
        ("by 1/1", "2027-01-01"),
        ("by 29/2", "2028-02-29"),
        # weeks and weekdays
        ("by Friday", "2026-03-06"),
        ("this Friday", "2026-03-06"),
        ("next Friday", "2026-03-13"),
        ("by Tuesday", "2026-03-10"),
        ("til Monday week", "2026-03-16"),
        ("a week on Monday", "2026-03-16"),
        ("until Monday 17th", "2026-03-17"),
        ("by EOW", "2026-03-06"),
        ("by the end of next week", "2026-03-13"),
        ("by tomorrow", "2026-03-04"),
        ("by EOD", "2026-03-03"),
        # quarters, years, seasons
        ("end of Q2", "2026-06-30"),
        ("by Q1", "2026-03-31"),
        ("end of the year", "2026-12-31"),
        ("by EOY", "2026-12-31"),
        ("5 jobs this year", "2026-12-31"),
        ("by 2027", "2027-12-31"),
        ("by spring", "2026-05-31"),
        # from now on
        ("in 6 weeks", "2026-04-14"),
        ("in two weeks time", "2026-03-17"),
        ("6 weeks from now", "2026-04-14"),
        ("in the next 3 months", "2026-06-03"),
        ("within a year", "2027-03-03"),
        ("in a fortnight", "2026-03-17"),
        ("in half a year", "2026-09-03"),
        ("in a year and a half", "2027-09-03"),
        ("in a couple of months", "2026-05-03"),
        # holidays
        ("by xmas", "2026-12-25"),
        ("before christmas", "2026-12-24"),
        ("by valentines day", "2027-02-14"),
        ("by new year", "2027-01-01"),
        ("by New Year's Eve", "2026-12-31"),
        ("by Easter", "2026-04-05"),
        ("by Diwali", "2026-11-08"),
    ],
)
def test_a_deadline_is_read(said: str, day: str) -> None:
    found = find_date(f"finish it {said}", TUESDAY)
    assert found and found.day.isoformat() == day


@pytest.mark.parametrize(
    ("text", "rest"),
    [("by the 20th read 3 books", "read 3 books"), ("this year finish the course", "finish the course"),
     ("by end of month finish my portfolio", "finish my portfolio")],
)  # fmt: skip
def test_a_deadline_that_leads_leaves_the_rest_whole(text: str, rest: str) -> None:
    found = find_date(text, TUESDAY)
    assert found and text[found.end :].strip() == rest


@pytest.mark.parametrize(
    "text",
    [
        "I may apply to 5 jobs",
        "by my 30th birthday",
        "passed my 18th Edition",
        "before my 2nd interview",
        "win 3 customers a week",
        "run 5k",
        "save 4/5",
        "by 6pm",
        "a 6-7",
        "by 5",
        "march on",
        "the sun came out",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert find_date(text, TUESDAY) is None


def test_the_span_takes_the_preposition_along() -> None:
    text = "apply to 5 jobs by the end of June please"
    found = find_date(text, TUESDAY)
    assert found and text[found.start : found.end] == "by the end of June"


def test_the_deadline_is_taken_of_several_days() -> None:
    found = find_date("on Monday I start, and by the 20th I have 3 clients", TUESDAY)
    assert found and found.day == date(2026, 3, 20)


@given(st.text(max_size=200), st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.booleans())
def test_no_text_makes_it_fail_and_no_day_is_past(text: str, today: date, dayfirst: bool) -> None:
    for said in (text, f"by {text}", f"until the {text}"):
        found = find_date(said, today, dayfirst)
        assert found is None or found.day >= today
    assert minutes(text) is None or minutes(text) != 0
    assert clock(text, "20:00") is None or len(clock(text, "20:00") or "") == 5
    weekdays(text, DAYS)


@pytest.mark.parametrize(
    ("said", "near", "time"),
    [
        ("8", "19:30", "20:00"),
        ("8", "07:00", "08:00"),
        ("7:30am", "19:30", "07:30"),
        ("7.30", "19:30", "19:30"),
        ("07:30", "19:30", "07:30"),
        ("half seven", "19:30", "19:30"),
        ("hauf ten", "19:30", "22:30"),
        ("half past six", "19:30", "18:30"),
        ("quarter to nine", "19:30", "20:45"),
        ("quarter past 10", "19:30", "22:15"),
        ("twenty to nine", "19:30", "20:40"),
        ("5 past 8", "19:30", "20:05"),
        ("noon", "19:30", "12:00"),
        ("12", "19:30", "12:00"),
        ("12am", "19:30", "00:00"),
        ("midnight", "19:30", "00:00"),
        ("18h30", "19:30", "18:30"),
        ("20 Uhr", "19:30", "20:00"),
        ("1930", "08:00", "19:30"),
        ("730", "19:30", "19:30"),
        ("8 p.m.", "08:00", "20:00"),
        ("8p", "08:00", "20:00"),
        ("seven thirty in the evening", "08:00", "19:30"),
        ("nine at night", "08:00", "21:00"),
        ("at 7 tonight", "08:00", "19:00"),
        ("six o'clock", "19:30", "18:00"),
        ("around 9ish please", "19:30", "21:00"),
        ("8 in the morning", "19:30", "08:00"),
    ],
)
def test_a_clock_time_is_read(said: str, near: str, time: str) -> None:
    assert clock(said, near) == time


@pytest.mark.parametrize("text", ["", "8 people", "25:00", "7:75", "meh", "8/10", "may"])
def test_what_is_no_clock_time_is_none(text: str) -> None:
    assert clock(text, "19:30") is None


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("2 hours", 120),
        ("half an hour", 30),
        ("an hour and a half", 90),
        ("two and a half hours", 150),
        ("45 min", 45),
        ("a couple of hours", 120),
        ("in an hr", 60),
        ("1h30", 90),
        ("1 hour 20 mins", 80),
        ("2.5 hrs", 150),
        ("twenty five minutes", 25),
        ("quarter of an hour", 15),
        ("20", None),
        ("a week", None),
    ],
)
def test_a_length_of_time_is_read(said: str, length: int | None) -> None:
    assert minutes(said) == length


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("weekdays only", "mon tue wed thu fri"),
        ("no weekends", "mon tue wed thu fri"),
        ("just mon wed fri", "mon wed fri"),
        ("only hit me up mon tues n thurs", "mon tue thu"),
        ("MWF", "mon wed fri"),
        ("M-W-F", "mon wed fri"),
        ("that's Tuesday to Saturday", "tue wed thu fri sat"),
        ("fri-mon", "mon fri sat sun"),
        ("every day except Sunday", "mon tue wed thu fri sat"),
        ("every day", "mon tue wed thu fri sat sun"),
        ("everyday including weekends", "mon tue wed thu fri sat sun"),
        ("no texts on Fridays", "mon tue wed thu sat sun"),
        ("weekends off", "mon tue wed thu fri"),
        ("school days", "mon tue wed thu fri"),
        ("just weekends", "sat sun"),
    ],
)
def test_a_weekday_set_is_read(said: str, days: str) -> None:
    assert weekdays(said, DAYS) == tuple(days.split())


def test_a_weekday_set_goes_by_the_present_one() -> None:
    assert weekdays("add saturdays", ("mon",)) == ("mon", "sat")
    assert weekdays("drop mondays", ("mon", "tue")) == ("tue",)
    assert weekdays("meh", DAYS) is None
