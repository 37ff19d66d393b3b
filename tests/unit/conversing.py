"""A member and their phone, texting with the service: the domain alone, which keeps what storage would have kept."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cli.rehearsal import BRAND, after
from shared.content.texts import catalogue
from shared.domain import conversation, judging, nudging, schedule
from shared.domain.message import Written
from shared.domain.models import Kind, Member, Nudge, OpenQuestion, Status, Turn

NEW_YORK = ZoneInfo("America/New_York")
TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


TUESDAY_EVENING = new_york("2026-03-03T19:30")


def member(**details: Any) -> Member:
    given = {
        "id": "ana",
        "status": Status.ACTIVE,
        "name": "Ana",
        "phone": "+14155550123",
        "prompt_time": time(19, 30),
        "timezone": "America/New_York",
        "signed_up_at": new_york("2026-02-27T12:00"),
        "confirmed_at": new_york("2026-02-27T12:01"),
        "phone_confirmed_at": new_york("2026-02-27T12:01"),
        "email_confirmed_at": new_york("2026-02-27T12:01"),
    }
    return Member.model_validate({**given, **details})


def newcomer(**details: Any) -> Member:
    asked = OpenQuestion(asked="opt_in", day=TUESDAY, at=new_york("2026-03-03T12:00"))
    unconfirmed = dict.fromkeys(("confirmed_at", "phone_confirmed_at", "email_confirmed_at"))
    return member(status=Status.PENDING, **unconfirmed, open_question=asked, **details)


def nudge(kind: Kind = Kind.DAILY_CHECKIN, **details: Any) -> Nudge:
    """One by text, due on Tuesday evening."""
    given = {"member_id": "ana", "kind": kind, "channel": "sms", "day": TUESDAY, "due_at": TUESDAY_EVENING}
    return Nudge.model_validate({**given, **details})


def heard(member: Member) -> Member:
    """The member as they are once they have written anything."""
    return member.model_copy(update={"silence": 0})


def first_wording(said: str) -> str:
    """An answer as if of several wordings it were always the first's turn."""
    for key, (first, *others) in catalogue("en").items():
        if key.startswith("checkin.") and key != "checkin.question":
            for other in others:
                pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(other))
                if match := re.search(pattern, said):
                    said = said[: match.start()] + first.format(**match.groupdict()) + said[match.end() :]
    return said


@dataclass
class Phone:
    """A member's phone: keeps, as storage would, what each message comes to."""

    member: Member
    now: datetime = TUESDAY_EVENING
    turns: list[Turn] = field(default_factory=list)

    def at(self, local: str) -> "Phone":
        self.now = new_york(local)
        return self

    def keep(self, turn: Turn) -> Turn:
        self.turns.append(turn)
        self.member = after(turn)
        return turn

    def turn(self, text: str) -> Turn:
        source = f"SM{len(self.turns)}"
        return self.keep(conversation.respond(self.member, Written(text, self.now, source, BRAND)))

    def text(self, text: str) -> str:
        """The one answer, or nothing, in the first of its wordings."""
        replies = self.turn(text).replies
        assert len(replies) <= 1
        return first_wording("".join(replies))

    def prompted(self, local: str) -> "Phone":
        """The day's check-in goes out."""
        self.at(local)
        (nudge,) = schedule.asked_for(self.member, Kind.DAILY_CHECKIN, f"at {local}", self.now)
        self.keep(nudging.outcome(nudge, self.member, judging.Verdict.SEND, self.now))
        return self

    def answered(self) -> list[tuple[date, float | None]]:
        return [(entry.day, entry.mood) for entry in self.member.journal if entry.kind == "answered"]
