"""Replays the conversations in `tests/transcripts`: whoever can read one can add one.

    # Its title   now: 2026-03-03 19:30 America/New_York   (a member; further: `just signed up`, `email`, `language es`)
    * daily_checkin      a nudge of that kind falls due now; nothing below it where it is not sent
    < text               the service says this
    > text               the member says this
    b< text              the service says this to the member's buddy
    b> text              the buddy says this
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
BUDDY = "+14155552671"


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
        mark, _, rest = line.partition(" ")
        if mark in ("<", "b<"):
            continue
        own |= words(rest)
        # The language of a number that is nobody's buddy is not known.
        in_english = replay.member.language == "en" or (mark == "b>" and replay.member.buddy is None)
        for said in (each.partition(" ")[2] for each in replay.answers(mark, rest)):
            assert count_segments(said).count <= 2, said
            assert in_english or replay.member.language == "en" or not words(said) & ENGLISH - own, said


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
        self.buddy_refuses = False
        confirmed = {"status": Status.ACTIVE, "confirmed_at": self.now, "open_question": None}
        member = newcomer(told["zone"], self.now).model_copy(update={} if told["new"] else confirmed)
        details = {"email": "you@example.com" if told["mail"] else None, "language": told["language"] or "en"}
        self.member: Member = member.model_copy(update=details)

    def heard(self, script: list[str]) -> list[str]:
        """The script, with the service's lines as they come out now."""
        lines: list[str] = []
        for line in script:
            if not line.startswith(("< ", "b< ")):
                mark, _, rest = line.partition(" ")
                lines += [line, *self.answers(mark, rest)]
        return lines

    def answers(self, mark: str, rest: str) -> list[str]:
        if mark == ">":
            return self.message(rest)
        if mark == "b>":
            return self.buddys_message(rest)
        if mark == "*":
            due = Due(member_id=self.member.id, at=self.now, kinds=(Kind(rest),))
            return self.sent(schedule.nudges(due, self.member))
        if mark == "@":
            self.turn_clock(rest)
        else:
            assert mark in ("#", "")
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
        return [*(f"< {text}" for text in turn.replies), *self.sent(asked)]

    def buddys_message(self, text: str) -> list[str]:
        self.count += 1
        friends = (self.member,) if self.member.buddy else ()
        source = f"SM{self.count}"
        heard = conversation.hear(
            friends, BUDDY, text, self.now, source=source, brand=BRAND, refuses=self.buddy_refuses
        )
        if heard is None:
            return []
        for turn in heard.turns:
            self.member = after(turn)
        self.buddy_refuses = self.buddy_refuses if heard.refuses is None else heard.refuses
        return [f"b< {text}" for text in heard.replies]

    def sent(self, nudges: list[Nudge]) -> list[str]:
        """What the phones hear of them: none where one may not go out, or goes by mail."""
        heard = []
        for nudge in nudges:
            if nudge.kind is Kind.BUDDY_INVITATION and self.buddy_refuses:
                refused = nudging.refused(nudge, self.member, self.now, opted_out=False)
                self.member = after(refused) if refused else self.member
                continue
            verdict = schedule.verdict(nudge, self.member, self.now)
            if verdict is schedule.Verdict.SEND and nudge.channel == "sms":
                mark = "<" if nudging.recipient(nudge, self.member) == self.member.phone else "b<"
                heard.append(f"{mark} {nudging.text_of(nudge, self.member, BRAND)}")
            self.member = after(nudging.outcome(nudge, self.member, verdict, self.now))
        return heard
