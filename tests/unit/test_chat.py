"""`unstuck chat`: any day, played in the terminal, and conversations that were written down."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.unit.transcripts import TRANSCRIPTS

NOW = "2026-03-03T19:30:00"


def chat(*lines: str, now: str | None = NOW) -> list[str]:
    """What the terminal shows after these lines were piped in."""
    options = ["--now", now] if now else []
    done = CliRunner().invoke(app, ["chat", *options], input="\n".join(lines), env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def test_what_is_piped_in_is_answered_as_if_it_had_been_typed() -> None:
    shown = chat("yes", "7. win: sent my CV")
    assert "reply YES" in shown[1]
    assert shown[2] == "> yes" and shown[3].startswith("Welcome, you. First check-in tomorrow at 19:30;")
    assert shown[4] == "> 7. win: sent my CV" and "7 for Tue." in shown[5] and "sent my CV" in shown[5]


def test_what_is_not_answered_is_told() -> None:
    assert chat("yes", "thanks")[-1] == "(no answer)"


def test_a_day_is_played_with_what_falls_due_on_the_way_in_order() -> None:
    shown = chat("yes", "log off at 6", "/day 2026-03-05 20:00", "7", "/day 2026-03-06 09:00")
    times = [line for line in shown if line.startswith(("Wed ", "Thu "))]
    assert times == [
        "Wed 04 Mar 2026 18:00, log_off",
        "Wed 04 Mar 2026 19:30, daily_checkin",
        "Thu 05 Mar 2026 18:00, log_off",
        "Thu 05 Mar 2026 19:30, daily_checkin",
    ]
    assert "1-10" in shown[shown.index(times[1]) + 1]
    assert any("7 for Thu." in line for line in shown)
    assert shown[-1] == "It is Fri 06 Mar 2026 09:00."


def test_what_is_put_off_comes_at_its_time() -> None:
    shown = chat("yes", "ask me in 2 hours", "/day 2026-03-03 22:00")
    assert "Tue 03 Mar 2026 21:30, daily_checkin" in shown


def test_what_may_not_go_out_says_why() -> None:
    shown = chat("yes", "/day 2026-03-04 19:00", "6", "/day 2026-03-04 20:00")
    assert "(daily_checkin not sent: answered)" in shown


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-13-01", "2026-03-01 09:00"])
def test_a_day_that_cannot_be_gone_to_is_said(day: str) -> None:
    (*_, said) = chat("yes", f"/day {day}")
    assert said.startswith(("Like this:", "The clock only goes on, and it is Tue 03 Mar 2026 19:30"))


def test_a_nudge_is_sent_now_and_its_answer_counts() -> None:
    shown = chat("yes", "/nudge daily_checkin", "8", "/nudge weekly_review", "/nudge nonsense", "/nudge export")
    assert any("8 for Tue." in line for line in shown)
    assert shown[-3].startswith("One of: opt_in, daily_checkin")
    assert shown[-1] == "(goes by mail, and there is no address)"


def test_mails_are_told_of() -> None:
    shown = chat("yes", "my email is kim@example.com", "send me my data")
    assert shown[-1] == "(export mailed)"


def test_the_state_is_shown() -> None:
    shown = "\n".join(chat("yes", "7. win: sent my CV", "/state"))
    assert '"open_question"' in shown and '"wins"' in shown and '"due"' in shown


@pytest.mark.parametrize("line", ["/help", "/nonsense"])
def test_help_lists_the_commands(line: str) -> None:
    shown = "\n".join(chat(line))
    assert all(command in shown for command in ("/day", "/nudge", "/state", "/help"))


def test_after_an_erasure_nobody_is_there() -> None:
    shown = chat("yes", "delete my account", "DELETE", "hello?", "/day 2026-04-02 12:00")
    assert shown[-4:-2] == ["> hello?", "(no answer)"]
    assert shown[-1] == "It is Thu 02 Apr 2026 12:00."


def test_without_a_time_it_is_now() -> None:
    assert chat("yes", now=None)[-1].startswith("Welcome, you.")


# Transcripts


def replayed(path: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["chat", "--transcript", str(path)])
    return done.exit_code, done.output


@pytest.mark.parametrize("path", TRANSCRIPTS[:3], ids=lambda path: path.stem)
def test_a_transcript_is_shown_as_it_is_written(path: Path) -> None:
    assert replayed(path) == (0, path.read_text(encoding="utf-8"))


def test_a_transcript_that_goes_otherwise_now_shows_how_and_fails(tmp_path: Path) -> None:
    file = tmp_path / "changed.txt"
    file.write_text("# Day   now: 2026-03-03 19:30 America/New_York\n> 7\n< Seven.\n> stats\n", encoding="utf-8")
    code, shown = replayed(file)
    assert code == 1
    assert "- < Seven.\n+ < 7 for Tue.\n" in shown
    assert "+ < Last 30 days: 1 day answered, mood 7 on average." in shown


@pytest.mark.parametrize(
    "text",
    ["", "hello", "# Day   now: 2026-03-03 19:30 America/New_York\n* nonsense\n",
     "# Day   now: 2026-03-03 19:30 America/New_York\n@ noon\n"],
)  # fmt: skip
def test_what_is_no_transcript_is_said_in_a_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "none.txt"
    file.write_text(text, encoding="utf-8")
    code, shown = replayed(file)
    assert code == 2
    assert "Traceback" not in shown
