"""A member and their buddy, each with a phone: the domain alone."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cli.rehearsal import BRAND
from shared.domain import conversation, judging, nudging, schedule
from shared.domain.judging import Verdict
from shared.domain.message import Written
from shared.domain.models import Buddy, Heard, Member, Nudge
from tests.unit.conversing import Phone, member, new_york

BUDDY = "+14155552671"
INVITE = "add my friend +1 415 555 2671 as buddy"
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
NOON = new_york("2026-03-03T12:00")


def buddy(**details: Any) -> Buddy:
    return Buddy.model_validate({"phone": BUDDY, "since": new_york("2026-02-20T12:00"), **details})


def invited(**details: Any) -> Member:
    return member(buddy=buddy(**details))


def agreed(member_id: str = "ana", since: str = "2026-02-20T12:00", **details: Any) -> Member:
    return member(id=member_id, buddy=buddy(status="agreed", since=new_york(since)), **details)


def hear(text: str, *friends: Member, at: datetime = NOON, refuses: bool = False, source: str = "SM1") -> Heard | None:
    return conversation.hear(friends, BUDDY, Written(text, at, source, BRAND), refuses=refuses)


def heard(text: str, *friends: Member, at: datetime = NOON, source: str = "SM1") -> Heard:
    found = hear(text, *friends, at=at, source=source)
    assert found is not None
    return found


@dataclass
class Pair:
    """Ana's phone, and the one of whoever she has as a buddy."""

    ana: Phone = field(default_factory=lambda: Phone(member(), NOON))
    told: list[str] = field(default_factory=list)  # what the service sends on its own, "buddy: ..." or "ana: ..."

    def at(self, local: str) -> "Pair":
        """Until then, whatever is due is dispatched and delivered, a minute late."""
        end = new_york(local)
        while (due := schedule.next_due(self.ana.member, self.ana.now)) and due.at <= end:
            self.ana.now = due.at
            for nudge in schedule.nudges(due, self.ana.member):
                self.deliver(nudge, due.at + SECOND)
        self.ana.now = end
        return self

    def deliver(self, nudge: Nudge, now: datetime) -> None:
        verdict = judging.verdict(nudge, self.ana.member, now)
        if verdict is Verdict.SEND and nudge.kind in schedule.OF_BUDDY:
            who = "ana" if nudging.recipient(nudge, self.ana.member) == self.ana.member.phone else "buddy"
            self.told.append(f"{who}: {nudging.text_of(nudge, self.ana.member, BRAND)}")
        self.ana.keep(nudging.outcome(nudge, self.ana.member, verdict, now))

    def writes(self, text: str) -> str:
        """What the buddy is answered."""
        source = f"SB{len(self.ana.turns)}"
        found = heard(text, self.ana.member, at=self.ana.now, source=source)
        for turn in found.turns:
            self.ana.keep(turn)
        return "".join(found.replies)
