"""Replays the conversations in `tests/transcripts`; `cli/replay.py` says how they are written.

Leave out the `<` lines of a new one, and the failure shows them.
"""

from pathlib import Path

import pytest

from cli.replay import NoTranscript, Replay
from shared.content.segments import count_segments
from tests.unit.transcripts import ENGLISH, TRANSCRIPTS, words


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_it_is_written_down(path: Path) -> None:
    script = path.read_text(encoding="utf-8").splitlines()
    assert Replay(script[0]).heard(script[1:]) == script[1:]


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_what_is_said_in_spanish_has_no_word_of_english_and_costs_no_more(path: Path) -> None:
    """Whatever the member says, each is told in their language; only their own words come back as they wrote them."""
    heading, *script = path.read_text(encoding="utf-8").splitlines()
    replay = Replay(f"{heading.removesuffix('   language es')}   language es")
    own = words("you")  # what a newcomer is called
    for line in script:
        mark, _, rest = line.partition(" ")
        if mark in ("<", "b<"):
            continue
        own |= words(rest)
        stranger = mark == "b>" and replay.rehearsal.member.buddy is None  # whose language is not known
        for said in (each.partition(") " if mark == "~" else " ")[2] for each in replay.heard([line])[1:]):
            assert count_segments(said).count <= 2, said
            assert stranger or replay.rehearsal.member.language == "en" or not words(said) & ENGLISH - own, said


def test_the_first_day_stop_and_undo_are_written_down() -> None:
    assert {"first_day", "stop_and_start", "undo"} <= {path.stem for path in TRANSCRIPTS}


@pytest.mark.parametrize("heading", ["", "# First day", "First day   now: 2026-03-03 19:30 America/New_York"])
def test_a_file_without_a_heading_is_no_transcript(heading: str) -> None:
    with pytest.raises(NoTranscript, match="first line"):
        Replay(heading)


def test_a_line_without_a_mark_is_none() -> None:
    with pytest.raises(NoTranscript, match="hello"):
        Replay("# Day   now: 2026-03-03 19:30 America/New_York").heard(["hello"])
