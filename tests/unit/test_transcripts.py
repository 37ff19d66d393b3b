"""Replays the conversations in `tests/transcripts`; `cli/replay.py` says how they are written.

Leave out the `<` lines of a new one, and the failure shows them.
"""

from pathlib import Path

import pytest

from cli.replay import NoTranscript, Replay

TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_it_is_written_down(path: Path) -> None:
    script = path.read_text(encoding="utf-8").splitlines()
    assert Replay(script[0]).heard(script[1:]) == script[1:]


def test_the_first_day_stop_and_undo_are_written_down() -> None:
    assert {"first_day", "stop_and_start", "undo"} <= {path.stem for path in TRANSCRIPTS}


@pytest.mark.parametrize("heading", ["", "# First day", "First day   now: 2026-03-03 19:30 America/New_York"])
def test_a_file_without_a_heading_is_no_transcript(heading: str) -> None:
    with pytest.raises(NoTranscript, match="first line"):
        Replay(heading)


def test_a_line_without_a_mark_is_none() -> None:
    with pytest.raises(NoTranscript, match="hello"):
        Replay("# Day   now: 2026-03-03 19:30 America/New_York").heard(["hello"])
