"""When to look back at an experiment, and what came of it, as people say it."""

from datetime import date, datetime

import pytest

from shared.domain.understanding.answers.experiments import read_day, read_outcome, read_review

NEW_YORK = datetime.fromisoformat("2026-03-03T19:30:00-05:00")
BERLIN = datetime.fromisoformat("2026-03-03T19:30:00+01:00")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("in two weeks", "2026-03-17"),
        ("3 weeks", "2026-03-24"),
        ("give me a month", "2026-04-03"),
        ("say 10 days?", "2026-03-13"),
        ("a fortnight", "2026-03-17"),
        ("check in 3 weeks", "2026-03-24"),
        ("remind me in 2 weeks", "2026-03-17"),
        ("friday", "2026-03-06"),
        ("the 20th", "2026-03-20"),
        ("15 April", "2026-04-15"),
        ("end of the quarter", "2026-03-31"),
        ("by the end of june pls", "2026-06-30"),
        ("after easter", "2026-04-05"),
    ],
)
def test_a_day_is_named_or_so_long_from_now(text: str, day: str) -> None:
    assert read_day(text, NEW_YORK) == date.fromisoformat(day)


def test_a_date_in_figures_is_read_as_where_the_member_lives() -> None:
    assert read_day("by 4/5", NEW_YORK) == date(2026, 4, 5)
    assert read_day("by 4/5", BERLIN) == date(2026, 5, 4)


@pytest.mark.parametrize("text", ["whenever", "soon", "when im back", "keep it", ""])
def test_what_names_no_day_names_none(text: str) -> None:
    assert read_day(text, NEW_YORK) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("freelance at weekends until the end of April", date(2026, 4, 30)),
        ("ask HR about a move to data by June", date(2026, 6, 30)),
        ("shadow Priya on Friday", None),
        ("teach a saturday class", None),
    ],
)
def test_an_experiment_may_say_itself_how_long_it_goes(text: str, day: date | None) -> None:
    assert read_review(text, NEW_YORK) == day


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("KEEP", "keep"),
        ("keep going!!", "keep"),
        ("def keeping it", "keep"),
        ("it worked, carry on", "keep"),
        ("loved it tbh", "keep"),
        ("change", "change"),
        ("tweak it, only sundays", "change"),
        ("do it differently", "change"),
        ("Drop", "drop"),
        ("drop it, hated it", "drop"),
        ("no, drop it", "drop"),
        ("nah let it go", "drop"),
        ("not for me", "drop"),
        ("never happened lol", "drop"),
        ("wasn't worth it... not worth it", "drop"),
        ("don't keep it", None),
        ("worked late, shattered", None),
        ("what do you mean?", None),
        ("budget mtg drained me", None),
    ],
)
def test_an_experiment_is_kept_changed_or_dropped(text: str, outcome: str | None) -> None:
    assert read_outcome(text) == outcome
