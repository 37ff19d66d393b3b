"""Replays a conversation that was written down, as in `tests/transcripts`: whoever can read one can add one.

    # Its title   now: 2026-03-03 19:30 America/New_York   (a member; further: `just signed up`, `email`, `language es`)
    * daily_checkin      a nudge of that kind falls due now, or of several; nothing below it where it is not sent
    < text               the service says this
    > text               the member says this
    b< text              the service says this to the member's buddy
    b> text              the buddy says this
    @ 2026-03-04 00:40   the member's clock moves on to this
    ~ 2026-03-09 21:00   the same, and whatever falls due until then goes out, each at its own time

A line `# ...` further down is a note.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cli.rehearsal import Delivery, Rehearsal, newcomer
from shared.domain.models import Kind, Status

HEADING = re.compile(
    r"# .+?   now: (?P<now>[\d-]+ [\d:]+) (?P<zone>\S+)(?P<new>   just signed up)?(?P<mail>   email)?"
    r"(?:   language (?P<language>en|es))?"
)


class NoTranscript(Exception):
    """A line is none of a transcript's; the error says which and what it should be like."""


class Replay:
    """One member, from the heading of a transcript on."""

    def __init__(self, heading: str) -> None:
        told = HEADING.fullmatch(heading)
        if told is None:
            raise NoTranscript("The first line must be like: # First day   now: 2026-03-03 19:30 America/New_York")
        now = datetime.fromisoformat(told["now"]).replace(tzinfo=ZoneInfo(told["zone"])).astimezone(UTC)
        by_all = dict.fromkeys(("confirmed_at", "phone_confirmed_at", "email_confirmed_at"), now)
        confirmed = {"status": Status.ACTIVE, "open_question": None, **by_all}
        member = newcomer(told["zone"], now).model_copy(update={} if told["new"] else confirmed)
        details = {"email": "you@example.com" if told["mail"] else None, "language": told["language"] or "en"}
        self.rehearsal = Rehearsal(member.model_copy(update=details), now)

    def heard(self, script: list[str]) -> list[str]:
        """The script below its heading, with the service's lines as they come out now.

        Raises:
            NoTranscript
        """
        lines: list[str] = []
        for line in script:
            if not line.startswith(("< ", "b< ")):
                lines += [line, *self._answers(line)]
        return lines

    def _answers(self, line: str) -> list[str]:
        mark, _, rest = line.partition(" ")
        try:
            if mark == ">":
                replies, sent = self.rehearsal.text(rest)
                return [*(f"< {text}" for text in replies), *_texts(sent)]
            if mark == "b>":
                return [f"b< {text}" for text in self.rehearsal.buddy_texts(rest)]
            if mark == "*":
                return _texts(self.rehearsal.fall_due(*map(Kind, rest.split())))
            if mark == "~":
                return self._waited(self.rehearsal.instant(datetime.fromisoformat(rest)))
            if mark == "@":
                self.rehearsal.now = self.rehearsal.instant(datetime.fromisoformat(rest))
                return []
        except ValueError as error:
            raise NoTranscript(f"{line}: {error}") from error
        if mark not in ("#", ""):
            raise NoTranscript(f"No line of a transcript: {line}")
        return []

    def _waited(self, until: datetime) -> list[str]:
        lines = []
        for each in self.rehearsal.pass_time(until):
            lines += _texts([each], f"({self.rehearsal.local:%a %d %b %H:%M}) ")
        return lines


def _texts(sent: list[Delivery], when: str = "") -> list[str]:
    """What the phones hear of them: none where one may not go out, or goes by mail."""
    return [f"{'b' * each.to_buddy}< {when}{each.text}" for each in sent if each.text]
