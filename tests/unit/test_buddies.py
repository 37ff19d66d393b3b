"""The buddy: invited by a member, heard by the service, told of wins, and never of anything else."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.rehearsal import BRAND, after
from shared.content.segments import count_segments
from shared.domain import conversation, failures, judging, nudging, schedule
from shared.domain.calling_codes import countries_of
from shared.domain.conversation import Brand
from shared.domain.failures import Failure
from shared.domain.judging import Verdict
from shared.domain.models import Buddy, Due, Entry, Heard, Kind, Member, News, Nudge, OpenQuestion, Pause, Status, Turn
from tests.unit.conversing import TUESDAY, Phone, member, new_york

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
    return conversation.hear(friends, BUDDY, text, at, source=source, brand=BRAND, refuses=refuses)


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


@pytest.fixture
def pair() -> Pair:
    return Pair()


# Inviting


def test_a_member_invites_a_friend_who_gets_one_text_at_once(pair: Pair) -> None:
    turn = pair.ana.turn(INVITE)
    assert turn.member.buddy == Buddy(phone=BUDDY, since=NOON, invite_at=NOON + SECOND)
    assert (turn.linked, turn.unlinked) == (BUDDY, None)
    assert turn.due == schedule.next_due(turn.member, NOON)
    assert turn.due and (turn.due.at, turn.due.kinds) == (NOON + SECOND, (Kind.BUDDY_INVITATION,))
    assert "never moods" in turn.replies[0] and "REMOVE BUDDY" in turn.replies[0]
    pair.at("2026-03-20T12:00")
    (invitation,) = pair.told
    assert invitation.startswith("buddy: Unstuck: Ana would like you as their buddy")
    assert all(word in invitation for word in ("YES", "NO", "STOP", "HELP", "Msg & data rates"))


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("add +1 415 555 0123 as my buddy", member(), "That is your own number."),
        ("add +44 7700 900482 as my buddy", member(), "I cannot text numbers of that country."),
        ("add +1 242 555 0142 as my buddy", member(), "I cannot text numbers of that country."),
        (INVITE, invited(), "You have asked somebody already"),
        ("add 312 555 0148 as my buddy", agreed(), "You have a buddy already"),
        ("add 312 555 0148 as my buddy", member(invited_on=(TUESDAY,) * 3), "That makes three invitations"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_changes_nothing(text: str, who: Member, said: str) -> None:
    phone = Phone(who)
    assert phone.text(text).startswith(said)
    assert (phone.member, phone.turns[0].linked) == (who, None)


def test_the_operator_s_countries_are_those_that_are_named() -> None:
    phone = Phone(member())
    brand = Brand("Unstuck", "help@unstuck.example", countries=("GB", "IE"))
    turn = conversation.respond(phone.member, INVITE, NOON, source="SM1", brand=brand)
    assert turn.replies == ("I cannot text numbers of that country. A friend with a number in GB, IE would work.",)
    turn = conversation.respond(phone.member, "my buddy is +44 7700 900482", NOON, source="SM1", brand=brand)
    assert turn.linked == "+447700900482"


@pytest.mark.parametrize(
    ("local", "goes_out"),
    [
        ("2026-03-03T08:00", "2026-03-03T08:00"),
        ("2026-03-03T20:59", "2026-03-03T20:59"),
        ("2026-03-03T21:00", "2026-03-04T08:00"),
        ("2026-03-04T02:00", "2026-03-04T08:00"),
        ("2026-03-04T07:30", "2026-03-04T08:00"),
        ("2026-03-07T23:30", "2026-03-08T08:00"),  # the clocks go forward in between
    ],
)
def test_in_quiet_hours_an_invitation_waits_for_the_morning(local: str, goes_out: str) -> None:
    phone = Phone(member(), new_york(local))
    said = phone.text(INVITE)
    assert phone.member.buddy and phone.member.buddy.invite_at
    assert phone.member.buddy.invite_at.replace(second=0) == new_york(goes_out)
    assert ("at 08:00" in said) == (local[:13] != goes_out[:13])


def test_a_report_beside_it_is_kept(pair: Pair) -> None:
    assert pair.ana.text("6. My missus can be my buddy, shes on 415 555 2671").startswith("6 for Tue.")
    assert pair.ana.member.buddy and pair.ana.answered() == [(TUESDAY, 6.0)]


def test_so_many_are_invited_in_a_week_and_undo_wins_no_further_one(pair: Pair) -> None:
    for hour in (13, 14, 15):
        pair.at(f"2026-03-03T{hour}:00").ana.text(INVITE)
        pair.at(f"2026-03-03T{hour}:30").ana.text("undo")
    assert pair.ana.text(INVITE).startswith("That makes three invitations in a week")
    assert len(pair.told) == 3
    assert "never moods" in pair.at("2026-03-10T13:00").ana.text(INVITE)


def test_buddy_tells_how_it_stands(pair: Pair) -> None:
    assert "add +1 415 555 0123 as buddy" in pair.ana.text("buddy")
    pair.ana.text(INVITE)
    assert "have not answered yet" in pair.ana.text("my buddy")
    pair.at("2026-03-03T12:02").writes("yes")
    assert "You have had a buddy since Tue 3 Mar." in pair.ana.text("who is my buddy?")


def test_removing_a_buddy_ends_it_and_tells_them_nothing(pair: Pair) -> None:
    pair.ana.text(INVITE)
    pair.at("2026-03-03T12:02").writes("yes")
    turn = pair.at("2026-03-03T12:10").ana.turn("remove buddy")
    assert (turn.member.buddy, turn.linked, turn.unlinked) == (None, None, BUDDY)
    told = list(pair.told)
    assert pair.at("2026-03-25T12:00").told == told
    assert "no buddy" in pair.ana.text("remove buddy")


def test_an_invitation_that_has_not_gone_out_is_taken_back_by_undo_and_by_remove(pair: Pair) -> None:
    pair.at("2026-03-03T22:00").ana.text(INVITE)
    assert pair.ana.text("undo") == "Taken back: a change about your buddy."
    pair.ana.text(INVITE)
    assert pair.ana.text("remove buddy") == "Done. The invitation stays unsent."
    assert pair.at("2026-03-05T12:00").told == []


def test_undo_of_an_invitation_that_went_out_says_that_it_cannot_be_called_back(pair: Pair) -> None:
    pair.ana.text(INVITE)
    turn = pair.at("2026-03-03T12:05").ana.turn("undo")
    assert "cannot be called back" in turn.replies[0]
    assert (turn.member.buddy, turn.unlinked) == (None, BUDDY)


def test_an_invitation_taken_back_into_a_time_that_has_passed_goes_out_yet(pair: Pair) -> None:
    pair.at("2026-03-03T22:00").ana.text(INVITE)
    pair.ana.text("remove buddy")
    turn = pair.at("2026-03-04T09:00").ana.turn("undo")
    assert (turn.linked, pair.told) == (BUDDY, [])
    assert len(pair.at("2026-03-04T09:05").told) == 1


def test_a_buddy_invited_after_another_does_not_get_the_other_s_invitation() -> None:
    first = Phone(member(), NOON)
    first.turn(INVITE)
    due = schedule.next_due(first.member, NOON)
    assert due
    (nudge,) = schedule.nudges(due, first.member)
    first.turn("remove buddy")
    first.now = NOON + MINUTE
    first.turn("add 312 555 0148 as buddy")
    assert judging.verdict(nudge, first.member, NOON + MINUTE) is Verdict.NO_BUDDY
    assert nudging.outcome(nudge, first.member, Verdict.NO_BUDDY, NOON + MINUTE).member == first.member
    assert failures.undelivered(nudge, first.member, Failure.OPTED_OUT, "", NOON + MINUTE) == Turn(member=first.member)


@pytest.mark.parametrize("text", ["STOP", "please stop texting me"])
def test_a_member_s_stop_ends_it_too(text: str) -> None:
    who = agreed(news=(News(due=NOON, said="x"),))
    turn = Phone(who).turn(text)
    assert (turn.member.buddy, turn.member.news, turn.unlinked, turn.due) == (None, (), BUDDY, None)
    assert conversation.opt_out(who, NOON).unlinked == BUDDY


def test_a_member_who_is_erased_has_no_buddy() -> None:
    phone = Phone(agreed())
    phone.turn("delete my account")
    assert (phone.turn("DELETE").erase, phone.turns[-1].unlinked) == (True, BUDDY)


# The buddy's answer


@pytest.mark.parametrize("text", ["YES", "yes please!", "ok", "👍", "I'd love to", "sure, happy to", "si", "START"])
def test_a_yes_makes_a_buddy_thanks_them_and_tells_the_member(text: str) -> None:
    found = heard(text, invited(invite_at=None))
    (turn,) = found.turns
    assert turn.member.buddy == Buddy(phone=BUDDY, status="agreed", since=NOON)
    assert "Ana" in found.replies[0] and "STOP" in found.replies[0]
    assert turn.member.news[0].due == NOON + SECOND
    assert "your buddy said yes" in turn.member.news[0].said.lower()
    assert (turn.rescheduled, turn.linked, turn.unlinked, found.refuses) == (True, None, None, None)


@pytest.mark.parametrize("text", ["NO", "no thanks", "nope", "not now sorry", "wrong number", "I don't want this"])
def test_a_no_ends_it_for_good_and_the_member_hears_it_kindly(text: str) -> None:
    found = heard(text, invited())
    (turn,) = found.turns
    assert (turn.member.buddy, turn.unlinked, found.refuses) == (None, BUDDY, True)
    assert found.replies == ("All right, and no hard feelings. You will not hear from us again. Take care.",)
    assert "cannot join in just now" in turn.member.news[0].said


@pytest.mark.parametrize("text", ["who is this?", "asdf", "I'm driving right now", "which Ana", "https://x.com", ""])
def test_anything_else_before_a_yes_brings_one_reminder_a_day_and_reaches_nobody(text: str) -> None:
    found = heard(text, invited())
    (turn,) = found.turns
    assert "Reply YES to agree, or NO" in found.replies[0]
    assert (turn.entries, turn.member.news) == ((), ())
    assert heard(text, turn.member) == Heard()
    assert heard(text, turn.member, at=NOON + DAY).replies


def test_before_the_invitation_went_out_there_is_nothing_to_answer_but_a_stop_holds() -> None:
    waiting = invited(invite_at=NOON + MINUTE)
    assert hear("yes", waiting) is hear("hello", waiting) is None
    assert heard("stop", waiting).turns[0].unlinked == BUDDY
    assert heard("yes", waiting, at=NOON + MINUTE).turns[0].member.buddy == buddy(status="agreed", since=NOON + MINUTE)


@pytest.mark.parametrize(
    "text",
    ["STOP", "please stop texting me", "take me off this list", "unsubscribe", "leave me alone", "delete my number"],
)
@pytest.mark.parametrize(("status", "news"), [("invited", "cannot join in"), ("agreed", "has stepped back")])
def test_a_stop_in_any_words_ends_it_at_once_with_one_confirmation(text: str, status: str, news: str) -> None:
    found = heard(text, invited(status=status))
    (turn,) = found.turns
    assert (turn.member.buddy, turn.unlinked, found.refuses) == (None, BUDDY, True)
    assert found.replies == ("Unstuck: done, you will get no more messages. Take care.",)
    assert news in turn.member.news[0].said
    assert turn.member.status is Status.ACTIVE


def test_whoever_wants_no_invitations_is_left_in_peace_until_start() -> None:
    assert hear("ok", refuses=True) is hear("STOP", refuses=True) is None
    assert "START" in (hear("HELP", refuses=True) or Heard()).replies[0]
    opened = hear("START", refuses=True)
    assert opened and (opened.refuses, opened.turns) == (False, ())


@pytest.mark.parametrize("text", ["hi", "yes", "STOP", "START", "HELP", "so proud of you"])
def test_a_stranger_s_text_is_for_nobody(text: str) -> None:
    assert hear(text) is None
    assert hear(text, member(), member(buddy=buddy(phone="+13125550148"))) is None


@pytest.mark.parametrize("status", ["invited", "agreed"])
def test_help_says_what_this_is(status: str) -> None:
    found = heard("HELP", invited(status=status))
    assert found.turns == ()
    assert all(word in found.replies[0] for word in ("Unstuck", "Ana", "STOP", BRAND.contact))


@pytest.mark.parametrize("status", ["invited", "agreed"])
@pytest.mark.parametrize("text", ["I want to die", "kms tbh i mean it", "my friend is suicidal what do I do"])
def test_a_call_for_help_is_answered_with_whom_to_reach_and_passed_on_to_nobody(text: str, status: str) -> None:
    found = heard(text, invited(status=status))
    assert found.turns == ()
    assert "988" in found.replies[0] and "911" in found.replies[0]


def test_a_crisis_is_answered_by_the_country_of_the_buddy_s_own_number() -> None:
    friend = member(buddy=buddy(phone="+447700900482", status="agreed"))
    said = conversation.hear((friend,), "+447700900482", "I want to die", NOON, source="S", brand=BRAND, refuses=False)
    assert said and "116 123" in said.replies[0] and "988" not in said.replies[0]
    assert "988" in heard("stop this please, I want to die", agreed()).replies[0]
    assert (hear("I want to die") or Heard()).replies


# Cheers


def test_a_cheer_is_kept_passed_on_and_answered(pair: Pair) -> None:
    pair.ana.member = agreed()
    assert pair.writes("Look at you go!\nSo proud of you") in (
        "Passed on to Ana. Thank you.",
        "Off it goes to Ana. Thank you.",
        "On its way to Ana. That will do good.",
    )
    (entry,) = pair.ana.member.journal
    assert (entry.kind, entry.day, entry.note) == ("cheered", TUESDAY, "Look at you go! So proud of you")
    pair.at("2026-03-03T13:00")
    (told,) = pair.told
    assert told.startswith("ana: ") and '"Look at you go! So proud of you"' in told
    assert pair.ana.member.news == ()


@pytest.mark.parametrize(
    "text",
    ["don't stop now!", "kill it tomorrow", "you can do 8 today", "keep going", "hell yes", "👏👏", "amazing", "7!"],
)
def test_whatever_an_agreed_buddy_writes_is_a_cheer(text: str) -> None:
    (turn,) = heard(text, agreed()).turns
    assert [entry.note for entry in turn.entries] == [text]
    assert turn.member.buddy == agreed().buddy


@pytest.mark.parametrize("text", ["ok", "thanks!", "👍"])
def test_a_nod_to_what_was_just_said_to_them_is_no_cheer(text: str) -> None:
    assert heard(text, agreed(since="2026-03-03T11:00")) == Heard()
    cheered = after(heard("go Ana", agreed()).turns[0])
    assert heard(text, cheered) == Heard()
    assert heard(text, agreed()).turns


def test_what_cannot_be_read_is_answered_once_a_day_and_not_passed_on() -> None:
    found = heard("asdf", agreed())
    (turn,) = found.turns
    assert "automated service" in found.replies[0]
    assert (turn.entries, turn.member.news) == ((), ())
    assert heard("asdf", turn.member) == Heard()


def test_by_night_a_cheer_waits_for_the_morning(pair: Pair) -> None:
    pair.ana.member = agreed()
    assert "morning" in pair.at("2026-03-03T23:00").writes("sleep well")
    assert "morning" in pair.at("2026-03-04T01:00").writes("and dream of the sea")
    pair.at("2026-03-04T07:59")
    assert pair.told == []
    (told,) = pair.at("2026-03-04T08:01").told
    assert '"sleep well"' in told and '"and dream of the sea"' in told


def test_there_are_only_so_many_cheers_a_day_and_then_silence(pair: Pair) -> None:
    pair.ana.member = agreed()
    replies = [pair.writes(f"go Ana {n}") for n in "abcde"]
    assert "three today" in replies[2] and replies[3:] == ["", ""]
    assert len(pair.ana.member.journal) == 3
    assert pair.at("2026-03-04T12:00").writes("go Ana f")


@pytest.mark.parametrize("text", ["x" * 1600, "I am so proud of all that you did. " * 30, "👏" * 400, "ё" * 500])
def test_a_long_cheer_is_cut(text: str) -> None:
    (turn,) = heard(text, agreed()).turns
    (entry,) = turn.entries
    assert entry.note and len(entry.note) <= 160
    assert count_segments(turn.member.news[0].said).count <= 2


def test_no_number_of_either_is_ever_shown_to_the_other(pair: Pair) -> None:
    pair.ana.text(INVITE)
    said = [
        pair.at("2026-03-03T12:02").writes(text) for text in ("who is this", "HELP", "yes", "go Ana", "asdf", "help")
    ]
    pair.ana.text("7 win: sent my CV")
    said += [pair.at("2026-03-09T12:00").writes("stop")]
    pair.at("2026-03-10T12:00")
    assert len(pair.told) == 4
    assert not [each for each in (*said, *pair.told) if "0123" in each or "2671" in each]


def test_the_words_of_either_are_in_no_repr() -> None:
    found = heard("quagmire", agreed(name="Zebulonia"))
    assert not [word for word in ("quagmire", "Zebulonia", "2671", "0123") if word in repr(found)]


def test_what_waits_to_be_told_is_capped() -> None:
    who = agreed(pause=Pause(until=None))
    for day in range(12):
        (turn,) = heard("x" * 160, who, at=NOON + day * DAY, source=f"S{day}").turns
        who = turn.member
    assert len(who.news) == 5
    assert len(who.model_dump_json()) < 3_000


# Several members, and members who are buddies


def test_a_yes_or_a_no_is_for_the_one_who_invited_last() -> None:
    first, last = invited(), member(id="bob", name="Bob", buddy=buddy(since=NOON - DAY))
    found = heard("yes", first, last)
    assert [turn.member.id for turn in found.turns] == ["bob"]
    assert "Bob" in found.replies[0]
    found = heard("no", first, last)
    assert ([turn.member.id for turn in found.turns], found.refuses) == (["bob"], None)
    found = heard("yes", first, found.turns[0].member)
    assert [turn.member.id for turn in found.turns] == ["ana"]


def test_a_cheer_and_a_stop_are_for_all() -> None:
    friends = (agreed(), agreed("bob", name="Bob"), member(id="cy", buddy=buddy(since=NOON - DAY)))
    cheer = heard("so proud of you all", *friends)
    assert sorted(turn.member.id for turn in cheer.turns) == ["ana", "bob"]
    assert "Ana, Bob" in cheer.replies[0] or "Bob, Ana" in cheer.replies[0]
    stop = heard("stop", *friends)
    assert sorted(turn.member.id for turn in stop.turns) == ["ana", "bob", "cy"]
    assert all(turn.unlinked == BUDDY for turn in stop.turns)


def also_a_member(**details: Any) -> Member:
    return member(id="bea", name="Bea", phone=BUDDY, **details)


def says(text: str, who: Member, *friends: Member) -> Turn:
    return conversation.respond(who, text, NOON, source="SM1", brand=BRAND, friends=friends)


def test_a_member_answers_an_invitation_while_nothing_else_is_open() -> None:
    turn = says("yes please", also_a_member(hushed=True), invited())
    assert turn.member == also_a_member()
    assert turn.entries == ()
    assert "Ana" in turn.replies[0]
    (other,) = turn.others
    assert other.member.buddy and other.member.buddy.status == "agreed"
    (other,) = says("no", also_a_member(), invited()).others
    assert (other.member.buddy, other.unlinked) == (None, BUDDY)


@pytest.mark.parametrize("text", ["yes", "no", "7. win: sent my CV", "go Ana", "HELP", "I want to die"])
def test_what_else_a_member_writes_is_theirs(text: str) -> None:
    who = also_a_member(open_question=OpenQuestion(asked="rut_check", day=TUESDAY, at=NOON))
    assert says(text, who, invited()) == says(text, who)
    asked = OpenQuestion(asked="daily_checkin", day=TUESDAY, at=NOON)
    who = also_a_member(open_question=asked)
    assert bool(says(text, who, invited()).others) == (text == "yes")
    assert says(text, also_a_member(), agreed()) == says(text, also_a_member())
    pending = also_a_member(
        status=Status.PENDING, confirmed_at=None, open_question=OpenQuestion(asked="opt_in", day=TUESDAY, at=NOON)
    )
    assert says(text, pending, invited()) == says(text, pending)


@pytest.mark.parametrize("text", ["STOP", "please stop texting me"])
def test_a_member_s_stop_is_one_as_a_buddy_too(text: str) -> None:
    turn = says(text, also_a_member(), agreed(), invited())
    assert turn.member.status is Status.STOPPED
    assert [other.unlinked for other in turn.others] == [BUDDY, BUDDY]
    assert turn.replies == says(text, also_a_member()).replies


def test_whoever_opted_out_as_a_member_is_heard_as_a_buddy_still() -> None:
    stopped = also_a_member(status=Status.STOPPED)
    (other,) = says("go Ana", stopped, agreed()).others
    assert other.entries[0].note == "go Ana"
    assert says("stop", stopped, agreed()).others[0].unlinked == BUDDY
    assert says("START", stopped, agreed()).member.status is Status.ACTIVE


# Delivery


def news(due: datetime = NOON, said: str = "x") -> tuple[News, ...]:
    return (News(due=due, said=said),)


def nudge(kind: Kind, due_at: datetime = NOON, **details: Any) -> Nudge:
    day = schedule.day_of(due_at.astimezone(UTC))
    given = {"member_id": "ana", "kind": kind, "channel": "sms", "day": day, "due_at": due_at}
    return Nudge.model_validate({**given, **details})


SUNDAY = new_york("2026-03-08T18:00")
INVITATION, NOTE, CHEER = Kind.BUDDY_INVITATION, Kind.BUDDY_NOTE, Kind.BUDDY_CHEER
WON = Entry(day=date(2026, 3, 5), at=SUNDAY - 3 * DAY, source="SM1", kind="answered", wins=("sent my CV",))


@pytest.mark.parametrize(
    ("of", "who", "late", "judged"),
    [
        (nudge(INVITATION), invited(invite_at=NOON), MINUTE, Verdict.SEND),
        (nudge(INVITATION), invited(invite_at=NOON), 3 * 60 * MINUTE, Verdict.SEND),
        (nudge(INVITATION), invited(invite_at=NOON), 10 * 60 * MINUTE, Verdict.MISSED),
        (nudge(INVITATION), invited(invite_at=NOON + MINUTE), MINUTE, Verdict.NO_BUDDY),
        (nudge(INVITATION), invited(), MINUTE, Verdict.NO_BUDDY),
        (nudge(INVITATION), agreed(), MINUTE, Verdict.NO_BUDDY),
        (nudge(INVITATION), member(), MINUTE, Verdict.NO_BUDDY),
        (nudge(INVITATION), invited(invite_at=NOON).model_copy(update={"hushed": True}), MINUTE, Verdict.PAUSED),
        (nudge(INVITATION), invited(invite_at=NOON).model_copy(update={"pause": Pause()}), MINUTE, Verdict.SEND),
        (nudge(NOTE, SUNDAY), agreed(journal=(WON,)), MINUTE, Verdict.SEND),
        (nudge(NOTE, SUNDAY), agreed(), MINUTE, Verdict.NOTHING_TO_TELL),
        (nudge(NOTE, SUNDAY), agreed(journal=(WON,)), 121 * MINUTE, Verdict.MISSED),
        (nudge(NOTE, SUNDAY), agreed(journal=(WON,), pause=Pause()), MINUTE, Verdict.PAUSED),
        (nudge(NOTE, SUNDAY), agreed(journal=(WON,), hushed=True), MINUTE, Verdict.PAUSED),
        (nudge(NOTE, SUNDAY), agreed(journal=(WON,), status=Status.STOPPED), MINUTE, Verdict.NOT_A_MEMBER_NOW),
        (nudge(NOTE, SUNDAY), member(buddy=buddy(), journal=(WON,)), MINUTE, Verdict.NO_BUDDY),
        (nudge(NOTE, SUNDAY), member(journal=(WON,)), MINUTE, Verdict.NO_BUDDY),
        (nudge(NOTE, SUNDAY, request_id="now"), agreed(journal=(WON,)), 10 * 60 * MINUTE, Verdict.MISSED),
        (nudge(CHEER), agreed(news=news()), MINUTE, Verdict.SEND),
        (nudge(CHEER), member(news=news()), MINUTE, Verdict.SEND),
        (nudge(CHEER), agreed(news=news(NOON + MINUTE)), MINUTE, Verdict.NO_BUDDY),
        (nudge(CHEER), agreed(news=news(), pause=Pause()), MINUTE, Verdict.PAUSED),
        (nudge(CHEER), agreed(news=news(), hushed=True), MINUTE, Verdict.PAUSED),
        (nudge(CHEER), agreed(news=news()), 10 * 60 * MINUTE, Verdict.MISSED),
        (nudge(CHEER, channel="email"), agreed(news=news(), channels=("email",)), 10 * 60 * MINUTE, Verdict.SEND),
    ],
)
def test_what_goes_between_the_two_is_judged_when_it_is_sent(
    of: Nudge, who: Member, late: timedelta, judged: Verdict
) -> None:
    assert judging.verdict(of, who, of.due_at + late) is judged


@pytest.mark.parametrize(
    ("kind", "who", "number"),
    [(INVITATION, invited(), BUDDY), (NOTE, agreed(), BUDDY), (Kind.BUDDY_ANSWER, agreed(), BUDDY)]
    + [(kind, agreed(), member().phone) for kind in Kind if kind not in schedule.TO_BUDDY],
)
def test_only_the_invitation_the_note_and_answers_go_to_the_buddy(kind: Kind, who: Member, number: str) -> None:
    assert nudging.recipient(nudge(kind), who) == number


@pytest.mark.parametrize("channels", [("sms",), ("email",), ("sms", "email")])
def test_the_buddy_gets_texts_and_the_member_one_word_of_theirs(channels: tuple[str, ...]) -> None:
    who = agreed(channels=channels)
    assert schedule.channels_of(INVITATION, who) == schedule.channels_of(NOTE, who) == ("sms",)
    assert schedule.channels_of(CHEER, who) == channels[:1]


@pytest.mark.parametrize("held", [Verdict.PAUSED, Verdict.MISSED])
def test_what_was_held_back_is_tried_again_in_the_morning(held: Verdict) -> None:
    morning = new_york("2026-03-04T08:00")
    turn = nudging.outcome(nudge(INVITATION), invited(invite_at=NOON), held, NOON)
    assert turn.member == invited(invite_at=morning)
    assert turn.due == schedule.next_due(turn.member, NOON) and turn.rescheduled
    turn = nudging.outcome(nudge(CHEER), agreed(news=news()), held, NOON)
    assert turn.member == agreed(news=news(morning))
    assert nudging.outcome(nudge(NOTE), agreed(), held, NOON) == Turn(member=agreed())


def test_after_a_crisis_nothing_goes_out_before_the_member_writes_again(pair: Pair) -> None:
    pair.ana.text(INVITE)
    pair.ana.text("I want to die")
    assert pair.at("2026-03-06T12:00").told == []
    pair.ana.text("better, thank you")
    assert [each[:6] for each in pair.at("2026-03-07T12:00").told] == ["buddy:"]


def test_a_pause_keeps_cheers_for_after_it(pair: Pair) -> None:
    pair.ana.member = agreed()
    pair.ana.text("pause until March 10")
    pair.writes("enjoy the sea")
    assert pair.at("2026-03-09T23:00").told == []
    assert [each[:4] for each in pair.at("2026-03-10T12:00").told] == ["ana:"]


def test_news_that_comes_while_other_news_is_told_is_told_next() -> None:
    both = agreed(news=(*news(NOON, "first"), *news(NOON + MINUTE, "second")))
    assert nudging.text_of(nudge(CHEER), both, BRAND) == "first"
    turn = nudging.outcome(nudge(CHEER), both, Verdict.SEND, NOON + MINUTE)
    assert [each.said for each in turn.member.news] == ["second"]
    first, second = (nudge(CHEER, due_at=NOON + n * SECOND, request_id=None) for n in (0, 1))
    ids = {found.id for of in (first, second) for found in schedule.nudges(due_of(of), both)}
    assert len(ids) == 2


def due_of(of: Nudge) -> Due:
    return Due(member_id="ana", at=of.due_at, kinds=(of.kind,))


@pytest.mark.parametrize("failure", [Failure.OPTED_OUT, Failure.NO_WAY])
def test_a_refusal_of_the_buddy_s_number_ends_the_buddy_and_never_opts_the_member_out(failure: Failure) -> None:
    for of, who in ((nudge(INVITATION), invited(invite_at=NOON)), (nudge(NOTE, SUNDAY), agreed())):
        turn = failures.undelivered(of, who, failure, "21610", NOON)
        assert (turn.member.buddy, turn.unlinked, turn.member.status) == (None, BUDDY, Status.ACTIVE)
        assert "could not reach" in turn.member.news[0].said
    told = failures.undelivered(nudge(CHEER), agreed(), failure, "21610", NOON).member
    assert told.buddy == (None if failure is Failure.OPTED_OUT else agreed().buddy)


@pytest.mark.parametrize("failure", [Failure.OURS, Failure.LOST, Failure.FAILING, Failure.PASSING])
def test_a_note_that_did_not_arrive_ends_nothing_and_an_invitation_only_where_it_never_will(failure: Failure) -> None:
    assert failures.undelivered(nudge(NOTE, SUNDAY), agreed(), failure, "30007", NOON) == Turn(member=agreed())
    asked = failures.undelivered(nudge(INVITATION), invited(invite_at=NOON), failure, "21408", NOON)
    assert (asked.member.buddy is None) == (failure in (Failure.OURS, Failure.LOST))


def test_a_note_comes_on_sundays_at_six_where_the_buddy_agreed() -> None:
    due, at = [], new_york("2026-01-01T00:00")
    while (found := schedule.next_due(agreed(prompt_time=time(18)), at)) and found.at < new_york("2027-01-01T00:00"):
        at = found.at
        due += [found.at for kind in found.kinds if kind is NOTE]
    assert len(due) == 52
    assert due[9] == new_york("2026-03-08T18:00")
    pair = Pair(Phone(member(journal=(WON,)), NOON))
    pair.ana.text(INVITE)
    assert len(pair.at("2026-03-20T12:00").told) == 1


def test_a_buddy_s_text_passes_over_nothing_that_is_due_already_and_not_found_by_a_tick() -> None:
    due = Due(member_id="ana", at=new_york("2026-03-03T19:30"), kinds=(Kind.DAILY_CHECKIN,))
    waiting = agreed().model_copy(update={"due": due})
    (turn,) = heard("go Ana", waiting, at=due.at + 20 * SECOND).turns
    assert not turn.rescheduled
    later = schedule.next_due(turn.member, due.at)
    assert later and later.kinds == (CHEER,)


# What is linked, and where numbers are from


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from([INVITE, "remove buddy", "undo", "7", "b yes", "b no", "b stop", "b go Ana", "wait"]),
        max_size=14,
    )
)
def test_the_links_that_turns_leave_are_always_the_member_s_buddy(script: list[str]) -> None:
    pair, linked = Pair(), set[str | None]()
    for number, line in enumerate(script, 1):
        before = len(pair.ana.turns)
        if line == "wait":
            pair.at(f"2026-03-{3 + number // 12:02}T{12 + number % 12 // 2}:{number % 2 * 30:02}")
        elif not line.startswith("b "):
            pair.ana.turn(line)
        elif pair.ana.member.buddy and hear(line[2:], pair.ana.member, at=pair.ana.now):
            pair.writes(line[2:])
        for turn in pair.ana.turns[before:]:
            linked = (linked - {turn.unlinked}) | ({turn.linked} if turn.linked else set())
        assert linked == ({pair.ana.member.buddy.phone} if pair.ana.member.buddy else set())


def test_the_table_of_calling_codes_agrees_with_the_library_that_knows_all() -> None:
    for region in phonenumbers.SUPPORTED_REGIONS:
        example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        if example:
            number = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
            assert region in countries_of(number), region
    assert countries_of("+8835100012345") == countries_of("+0") == frozenset()
