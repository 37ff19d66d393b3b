"""One member, their clock, and what reaches their phone and their buddy's: the domain alone, with all else played."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shared.domain import conversation, events, failures, judging, nudging, schedule
from shared.domain.judging import Verdict
from shared.domain.message import Brand, Written
from shared.domain.models import Due, Entry, Kind, Member, Nudge, OpenQuestion, Status, Turn

BRAND = Brand("Unstuck", "help@unstuck.example")
BUDDY = "+14155552671"  # whom the member may invite, and who is played too
LINK = "https://unstuck.example/me?lang=en&token=signed"  # to the member's page, which is not there


def newcomer(timezone: str, now: datetime) -> Member:
    """Somebody who has just signed up and was asked to confirm."""
    return Member(
        id="you",
        status=Status.PENDING,
        name="you",
        phone="+14155550123",
        prompt_time=time(19, 30),
        timezone=timezone,
        signed_up_at=now,
        open_question=OpenQuestion(asked="opt_in", day=now.date(), at=now),
    )


def after(turn: Turn) -> Member:
    """The member as the next message finds them: what storage would have kept."""
    kept: tuple[Entry, ...] = tuple(entry for entry in turn.member.journal if entry.id not in turn.removed)
    return turn.member.model_copy(update={"journal": kept + turn.entries})


class Delivery(NamedTuple):
    """What became of a nudge, as it went. `text` is what the phone shows, "" where nothing comes to it."""

    nudge: Nudge
    verdict: Verdict
    text: str

    @property
    def to_buddy(self) -> bool:
        """Whether it is the buddy's phone that shows it."""
        return self.nudge.kind in schedule.TO_BUDDY

    @property
    def mailed(self) -> bool:
        return self.verdict is Verdict.SEND and self.nudge.channel == "email"


class Rehearsal:
    """`member` and `now`, in UTC, are as they are after all that was texted, asked for and let pass."""

    def __init__(self, member: Member, now: datetime) -> None:
        self.member = member
        self.now = now
        self.erased = False
        self._buddy_refuses = False
        self._count = 0

    @property
    def local(self) -> datetime:
        """What the member's own clock shows."""
        return self.now.astimezone(ZoneInfo(self.member.timezone))

    def instant(self, local: datetime) -> datetime:
        """The instant of a time on the member's own clock."""
        return local.replace(tzinfo=ZoneInfo(self.member.timezone)).astimezone(UTC)

    def text(self, words: str) -> tuple[tuple[str, ...], list[Delivery]]:
        """What a text is answered, and what is sent besides since it asked for that."""
        if self.erased:
            return (), []  # the words of a stranger
        self._count += 1
        self.now += timedelta(microseconds=1)  # no two texts of one phone come in the same moment
        turn = conversation.respond(self.member, Written(words, self.now, f"SM{self._count}", BRAND))
        self.member, self.erased = after(turn), turn.erase
        asked = [
            nudge for request in turn.requests for nudge in schedule.of_request(self.member, request, "asked", self.now)
        ]
        return turn.replies, self._deliver(asked)

    def buddy_texts(self, words: str) -> tuple[str, ...]:
        """What a text from the buddy's number is answered, which is nothing where it is for nobody."""
        self._count += 1
        friends = (self.member,) if self.member.buddy else ()
        source, refuses = f"SM{self._count}", self._buddy_refuses
        heard = conversation.hear(friends, BUDDY, Written(words, self.now, source, BRAND), refuses=refuses)
        if heard is None:
            return ()
        for turn in heard.turns:
            self.member = after(turn)
        self._buddy_refuses = refuses if heard.refuses is None else heard.refuses
        return heard.replies

    def ask_for(self, kind: Kind) -> list[Delivery]:
        """A nudge that the operator asks for."""
        self._count += 1
        return self._deliver(schedule.asked_for(self.member, kind, f"request-{self._count}", self.now))

    def fall_due(self, *kinds: Kind) -> list[Delivery]:
        """A nudge of those kinds, as if they fell due now."""
        return self._deliver(schedule.nudges(Due(member_id=self.member.id, at=self.now, kinds=kinds), self.member))

    def pass_time(self, until: datetime) -> Iterator[Delivery]:
        """Let the clock run, with what falls due on the way, in order; `now` is the time of each as it comes."""
        while not self.erased and (due := schedule.next_due(self.member, self.now)) and due.at <= until:
            self.now = due.at
            yield from self._deliver(schedule.nudges(due, self.member))
        self.now = until

    def _deliver(self, nudges: Iterable[Nudge]) -> list[Delivery]:
        delivered = []
        for nudge in nudges:
            if nudge.kind is Kind.BUDDY_INVITATION and self._buddy_refuses:
                refused = failures.undelivered(nudge, self.member, failures.Failure.NO_WAY, "", self.now)
                self.member = after(refused)
                continue
            going, verdict, _ = judging.judge(nudge, self.member, self.now)
            texted = verdict is Verdict.SEND and nudge.channel == "sms"
            text = nudging.text_of(going, self.member, BRAND, LINK) if texted else ""
            delivered.append(Delivery(going, verdict, text))
            self.member = after(nudging.outcome(going, self.member, verdict, self.now))
            if going.kind is Kind.EMAIL_CONFIRMATION and verdict is Verdict.SEND:  # whoever is played opens its link
                self.member = after(events.confirm(self.member, self.now))
        return delivered
