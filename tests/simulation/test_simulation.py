"""Months with many members while all goes wrong that can: nothing happens that must not."""

import json
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import simulate as command
from cli.main import app
from cli.simulation import words
from cli.simulation.faults import LASTING, RATES
from cli.simulation.report import in_words
from cli.simulation.simulation import FATES, ZEROS, Result, simulate
from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import understand
from tests.simulation.test_oracle import TUESDAY, at

MEMBERS, DAYS, START = 200, 62, date(2026, 3, 1)  # clocks go forward in the north, and back in the south
FIELDS = ("members", "days", "seed", "nudges_due", *FATES, "replies", "faults", *ZEROS)


@pytest.fixture(scope="module")
def lived() -> Result:
    return simulate(MEMBERS, DAYS, seed=1, start=START)


def test_with_all_that_goes_wrong_nothing_happens_that_must_not(lived: Result) -> None:
    assert lived.is_right, in_words(lived)


def test_all_of_it_went_wrong_and_clocks_were_changed(lived: Result) -> None:
    struck = {kind for kind, count in lived.faults.items() if count}
    assert struck == {*RATES, *LASTING, "poison_messages", "clock_changes"}


def test_the_months_were_full(lived: Result) -> None:
    counts: dict[str, Any] = lived.counts()
    assert counts["nudges_due"] > MEMBERS * DAYS / 2
    assert counts["replies"] > counts["sent"] / 2
    assert all(counts[fate] for fate in FATES)
    assert counts["nudges_due"] == sum(counts[fate] for fate in FATES)
    names = {text.meaning.name for text in lived.record.wrote}
    assert names >= {"report", "correct", "undo", "skip", "snooze", "stop", "start", "pause", "set_zone", "set_time"}


def test_the_same_seed_is_the_same_months_and_another_one_is_not() -> None:
    first, again, other = (simulate(6, 20, seed, START) for seed in (7, 7, 8))
    assert first.counts() == again.counts()
    assert [text.body for text in first.record.sent] == [text.body for text in again.record.sent]
    assert first.record.wrote != other.record.wrote


def test_without_faults_all_that_is_due_goes_out() -> None:
    lived = simulate(6, 10, 1, START, faulty=False)
    assert lived.is_right, in_words(lived)
    assert not any(count for kind, count in lived.faults.items() if kind != "clock_changes")
    assert lived.fates["missed"] == 0 and lived.raised == {}


@pytest.mark.parametrize("asked", ["daily_checkin", "weekly_review", "none"])
def test_people_write_what_is_understood(asked: str) -> None:
    def read(text: str) -> Any:
        return understand(text, Context(asked, "19:30"), at("20:00", TUESDAY))

    assert [text for text, mood in (*words.REPORTS, *words.YESTERDAYS) if read(text).mood != mood] == []
    named = {
        "correct": [text for text, _ in words.CORRECTIONS],
        "set_time": [text for text, _ in words.HOURS],
        "set_days": [text for text, _ in words.DAY_SETS],
        "set_timezone": [text for text, _ in words.MOVES],
        "pause": [text for text, _ in words.PAUSES],
        "snooze": [text for text, _ in words.SNOOZES],
        "stop": words.STOPS_IN_WORDS,
        "skip": words.SKIPS,
    }
    for name, texts in named.items():
        assert [text for text in texts if (read(text).command or ("",))[0] != name] == []


def test_a_score_that_is_no_number_of_a_sign_or_names_its_day_is_one_though_the_signs_were_asked() -> None:
    told = [*((text, mood) for text, mood in words.REPORTS if text[0] not in "12345"), *words.YESTERDAYS]
    asked = Context("rut_check", "19:30")
    assert [text for text, mood in told if understand(text, asked, at("20:00", TUESDAY)).mood != mood] == []


# The command


def run(*options: str) -> Any:
    return CliRunner().invoke(app, ["simulate", "--members", "3", "--days", "4", *options])


def test_json_is_one_object_with_the_fields_that_were_promised_and_nothing_beside() -> None:
    result = run("--json", "--seed", "3")
    assert result.exit_code == 0
    assert tuple(json.loads(result.stdout)) == FIELDS
    assert result.stderr == ""


def test_the_report_tells_in_words_and_shows_the_load_over_the_day() -> None:
    result = run()
    assert result.exit_code == 0
    assert "nudges fell due" in result.stdout and "0 texts at night" in result.stdout
    assert "19:00" in result.stdout and "█" in result.stdout


def test_a_seed_that_fails_says_how_to_run_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> Result:
        result = simulate(*args)
        result.found["texts_at_night"] = ["a text at three in the morning"]
        return result

    monkeypatch.setattr(command, "simulate", broken)
    again = "unstuck simulate --members 3 --days 4 --seed 5 --start 2026-03-01"
    told = run("--seed", "5")
    assert told.exit_code == 1
    assert again in told.stdout and "a text at three in the morning" in told.stdout
    quiet = run("--seed", "5", "--json")
    assert quiet.exit_code == 1
    assert json.loads(quiet.stdout)["texts_at_night"] == 1 and again in quiet.stderr
