"""Whatever is heard first: the newest of STOP and START wins, and a tie is a STOP."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.rehearsal import BRAND, after
from shared.domain import conversation, events, failures, judging, schedule
from shared.domain.failures import Failure
from shared.domain.judging import Verdict
from shared.domain.message import Written
from shared.domain.models import Buddy, Kind, Member, Nudge, OpenQuestion, Status, Turn

NOON, DAY = datetime(2026, 3, 3, 17, tzinfo=UTC), timedelta(days=1)
Event = Callable[..., Turn]  # of a member, when it happened, and whose buddy they are


def person(status: Status) -> Member:
    asked = OpenQuestion(asked="opt_in", day=NOON.date(), at=NOON) if status is Status.PENDING else None
    return Member(
        id="ana",
        status=status,
        name="Ana",
        phone="+14155550123",
        email="ana@example.com",
        prompt_time=time(19, 30),
        timezone="America/New_York",
        signed_up_at=NOON,
        phone_confirmed_at=None if status is Status.PENDING else NOON,
        email_confirmed_at=None if status is Status.PENDING else NOON,
        open_question=asked,
    )


def texted(words: str) -> Event:
    def event(member: Member, at: datetime, friends: tuple[Member, ...] = ()) -> Turn:
        return conversation.respond(member, Written(words, at, f"SM{at:%H%M%S}", BRAND), friends)

    return event


def refused(member: Member, at: datetime, friends: tuple[Member, ...] = ()) -> Turn:
    """Twilio says 21610."""
    nudge = Nudge(member_id="ana", kind=Kind.DAILY_CHECKIN, channel="sms", day=at.date(), due_at=at)
    return failures.undelivered(nudge, member, Failure.OPTED_OUT, "21610", at, friends)


def complained(member: Member, at: datetime, friends: tuple[Member, ...] = ()) -> Turn:
    """SES says that a mail was called spam."""
    mail = Nudge(member_id="ana", kind=Kind.MONTHLY_SUMMARY, channel="email", day=at.date(), due_at=at)
    return failures.undelivered(mail, member, Failure.OPTED_OUT, "", at, friends)


OUT: dict[str, Event] = {
    "STOP": texted("STOP"),
    "stop in words": texted("please stop texting me"),
    "unsubscribe link": events.opt_out,
    "21610": refused,
    "complaint": complained,
}
START = texted("START")
# None of these is a START: they bring nobody back.
ELSE: dict[str, Event] = {
    "confirm link": events.confirm,
    "YES": texted("YES"),
    "RESUME": texted("RESUME"),
    "UNDO": texted("UNDO"),
    "7": texted("7"),
}
EVENTS = {**OUT, "START": START, **ELSE}
CONFIRMS = ("START", "YES", "confirm link")
told = st.lists(st.tuples(st.sampled_from(list(EVENTS)), st.integers(0, 6)), max_size=9)


def heard(member: Member, story: list[tuple[str, int]]) -> Member:
    """The member once all of it is heard, in this order; each event happened at so many minutes past noon."""
    for name, minute in story:
        member = after(EVENTS[name](member, NOON + timedelta(minutes=minute)))
    return member


def expected(status: Status, story: list[tuple[str, int]]) -> Status:
    outs = [minute for name, minute in story if name in OUT]
    starts = [minute for name, minute in story if name == "START"]
    if outs:
        return Status.STOPPED if max(outs) >= max(starts, default=-1) else Status.ACTIVE
    return Status.ACTIVE if any(name in CONFIRMS for name, _ in story) else status


@given(st.sampled_from([Status.PENDING, Status.ACTIVE]), told, st.randoms())
def test_in_whatever_order_it_is_heard_the_newest_wins_and_a_tie_is_opted_out(
    status: Status, story: list[tuple[str, int]], chance: object
) -> None:
    chance.shuffle(story)  # type: ignore[attr-defined]
    assert heard(person(status), story).status is expected(status, story)


@given(told, told)
def test_once_is_as_good_as_twice(story: list[tuple[str, int]], again: list[tuple[str, int]]) -> None:
    """What is heard of again, however late, changes nothing about who is a member."""
    once = heard(person(Status.ACTIVE), story)
    assert heard(once, [each for each in again if each in story]).status is once.status


@pytest.mark.parametrize("out", OUT)
def test_every_opt_out_ends_in_the_same_state(out: str) -> None:
    by_word, other = (after(OUT[name](person(Status.ACTIVE), NOON)) for name in ("STOP", out))
    assert by_word == other
    assert schedule.next_due(other, NOON) is None


def whose_buddy_it_is(status: str) -> Member:
    buddy = Buddy.model_validate({"phone": person(Status.ACTIVE).phone, "status": status, "since": NOON - DAY})
    return person(Status.ACTIVE).model_copy(update={"id": status, "phone": "+14155550124", "buddy": buddy})


@pytest.mark.parametrize("out", OUT)
@pytest.mark.parametrize("status", [Status.PENDING, Status.ACTIVE])
def test_every_opt_out_is_one_as_a_buddy_too(out: str, status: Status) -> None:
    friends = (whose_buddy_it_is("agreed"), whose_buddy_it_is("invited"))
    by_word, other = (OUT[name](person(status), NOON, friends) for name in ("STOP", out))
    assert by_word.others == other.others
    assert {(turn.member.id, turn.member.buddy, turn.unlinked) for turn in other.others} == {
        (friend.id, None, person(status).phone) for friend in friends
    }
    assert all(turn.member.news for turn in other.others), "they are told"


@pytest.mark.parametrize("out", OUT)
def test_an_opt_out_that_is_outdated_leaves_nobody(out: str) -> None:
    back = after(START(person(Status.ACTIVE), NOON))
    assert OUT[out](back, NOON - DAY, (whose_buddy_it_is("agreed"),)).others == ()


@pytest.mark.parametrize("out", OUT)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in schedule.ANSWERS], ids=str)
def test_after_an_opt_out_nothing_goes_out_not_even_what_was_asked_for(out: str, kind: Kind) -> None:
    member = after(OUT[out](person(Status.ACTIVE), NOON))
    nudge = Nudge(
        member_id="ana", kind=kind, channel="sms", day=NOON.date(), due_at=NOON, request_id="r", month=NOON.date()
    )
    assert judging.judge(nudge, member, NOON).verdict is Verdict.NOT_A_MEMBER_NOW


@pytest.mark.parametrize("words", ["START", "please stop texting me"])
def test_what_is_outdated_is_met_with_silence(words: str) -> None:
    newer = {"START": "please stop texting me", "please stop texting me": "START"}[words]
    known = after(texted(newer)(person(Status.ACTIVE), NOON + timedelta(minutes=1)))
    late = texted(words)(known, NOON)
    assert (late.replies, late.member.status) == ((), known.status)


def test_who_erases_everything_is_stopped_even_where_a_start_seems_newer() -> None:
    known = after(START(person(Status.ACTIVE), NOON + timedelta(minutes=9)))
    known = after(texted("delete my account")(known, NOON))
    turn = texted("DELETE")(known, NOON + timedelta(seconds=1))
    assert turn.erase and turn.member.status is Status.STOPPED
