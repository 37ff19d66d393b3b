"""Replays the conversations in `tests/transcripts`: whoever can read one can add one.

    # Its title   now: 2026-03-03 19:30 America/New_York   (a member; further: `just signed up`, `email`, `language es`)
    * daily_checkin      a nudge of that kind falls due now; nothing below it where it is not sent
    < text               the service says this
    > text               the member says this
    @ 2026-03-04 00:40   the member's clock moves on to this

A line `# ...` further down is a note. Leave out the `<` lines of a new one, and the failure shows them.
"""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli.chat import BRAND, after, newcomer
from shared.content.segments import count_segments
from shared.domain import conversation, nudging, schedule
from shared.domain.models import Due, Kind, Member, Nudge, Status

# Words that most sentences of English have one of, and Spanish none.
ENGLISH = frozenset(
    "the your you with and that this what when how is are was were for not reply day days week next it its of to in"
    " on at by from have has will here there which who they if so or as be can more most less best good well step"
    " goal win wins streak".split()
)
TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*.txt"))
HEADING = re.compile(
    r"# .+?   now: (?P<now>[\d-]+ [\d:]+) (?P<zone>\S+)(?P<new>   just signed up)?(?P<mail>   email)?"
    r"(?:   language (?P<language>\w+))?"
)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_it_is_written_down(path: Path) -> None:
    script = path.read_text(encoding="utf-8").splitlines()
    assert Replay(script[0]).heard(script[1:]) == script[1:]


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_what_is_said_in_spanish_has_no_word_of_english_and_costs_no_more(path: Path) -> None:
    """Whatever the member says, each is told in their language; only their own words come back as they wrote them."""
    script = path.read_text(encoding="utf-8").splitlines()
    replay = Replay(script[0])
    replay.member = replay.member.model_copy(update={"language": "es", "name": "Ana"})
    own: set[str] = set()
    for line in script[1:]:
        own |= words(line)
        for said in [] if line.startswith("< ") else replay.answers(line[:2], line[2:]):
            assert replay.member.language == "en" or not words(said) & ENGLISH - own, said
            assert count_segments(said).count <= 2, said


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))


def test_the_first_day_stop_and_undo_are_written_down() -> None:
    assert {"first_day", "stop_and_start", "undo"} <= {path.stem for path in TRANSCRIPTS}


class Replay:
    """One member, their clock, and all that is heard on their phone."""

    def __init__(self, heading: str) -> None:
        told = HEADING.fullmatch(heading)
        assert told, "the first line must be like: # First day   now: 2026-03-03 19:30 America/New_York"
        self.zone = ZoneInfo(told["zone"])
        self.turn_clock(told["now"])
        self.count = 0
        confirmed = {"status": Status.ACTIVE, "confirmed_at": self.now, "open_question": None}
        member = newcomer(told["zone"], self.now).model_copy(update={} if told["new"] else confirmed)
        details = {"email": "you@example.com" if told["mail"] else None, "language": told["language"] or "en"}
        self.member: Member = member.model_copy(update=details)

    def heard(self, script: list[str]) -> list[str]:
        """The script, with the service's lines as they come out now."""
        lines: list[str] = []
        for line in script:
            if not line.startswith("< "):
                lines += [line, *(f"< {text}" for text in self.answers(line[:2], line[2:]))]
        return lines

    def answers(self, mark: str, rest: str) -> list[str]:
        if mark == "> ":
            return self.message(rest)
        if mark == "* ":
            due = Due(member_id=self.member.id, at=self.now, kinds=(Kind(rest),))
            return self.sent(schedule.nudges(due, self.member))
        if mark == "@ ":
            self.turn_clock(rest)
        else:
            assert mark in ("# ", "")
        return []

    def turn_clock(self, local: str) -> None:
        self.now = datetime.fromisoformat(local).replace(tzinfo=self.zone).astimezone(UTC)

    def message(self, text: str) -> list[str]:
        self.count += 1
        turn = conversation.respond(self.member, text, self.now, source=f"SM{self.count}", brand=BRAND)
        self.member = after(turn)
        asked = [
            nudge
            for request in turn.requests
            for nudge in schedule.asked_for(self.member, request.kind, "asked", self.now, request.month)
        ]
        return [*turn.replies, *self.sent(asked)]

    def sent(self, nudges: list[Nudge]) -> list[str]:
        """What the phone hears of them: none where one may not go out, or goes by mail."""
        heard = []
        for nudge in nudges:
            verdict = schedule.verdict(nudge, self.member, self.now)
            if verdict is schedule.Verdict.SEND and nudge.channel == "sms":
                heard.append(nudging.text_of(nudge, self.member, BRAND))
            self.member = after(nudging.outcome(nudge, self.member, verdict, self.now))
        return heard
