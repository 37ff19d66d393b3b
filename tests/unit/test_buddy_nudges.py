"""What the service sends to a buddy, or of them: when, to whom, and what becomes of it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from cli.rehearsal import BRAND
from shared.content.segments import count_segments
from shared.content.texts import LANGUAGES, Language
from shared.domain import failures, judging, nudging, schedule
from shared.domain.failures import Failure
from shared.domain.judging import Verdict
from shared.domain.models import Due, Entry, Kind, Member, News, Nudge, Pause, Status, Turn
from tests.unit.buddying import BUDDY, DAY, INVITE, MINUTE, NOON, SECOND, Pair, agreed, buddy, heard, invited
from tests.unit.conversing import Phone, member, new_york


def news(due: datetime = NOON, said: str = "x") -> tuple[News, ...]:
    return (News(due=due, said=said),)


def nudge(kind: Kind, due_at: datetime = NOON, **details: Any) -> Nudge:
    day = schedule.day_of(due_at.astimezone(UTC))
    given = {"member_id": "ana", "kind": kind, "channel": "sms", "day": day, "due_at": due_at}
    return Nudge.model_validate({**given, **details})


SUNDAY = new_york("2026-03-08T18:00")
INVITATION, NOTE, CHEER = Kind.BUDDY_INVITATION, Kind.BUDDY_NOTE, Kind.BUDDY_CHEER
WON = Entry(day=date(2026, 3, 5), at=SUNDAY - 3 * DAY, source="SM1", kind="answered", wins=("sent my CV",))
MAILED: dict[str, Any] = {"channels": ("email",), "email": "ana@example.com"}


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
        (nudge(CHEER, channel="email"), agreed(news=news(), **MAILED), 10 * 60 * MINUTE, Verdict.SEND),
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of", [nudge(INVITATION), nudge(NOTE, SUNDAY)], ids=["invitation", "note"])
def test_to_a_buddy_who_is_a_member_no_passing_on_is_promised_and_what_a_stop_ends_is_said(
    of: Nudge, language: Language
) -> None:
    who = agreed(journal=(WON,), language=language)
    other, said = (nudging.text_of(of, who, BRAND, to_member=to_member) for to_member in (False, True))
    assert any(word in other for word in ("cheer", "pass it on", "animar", "paso"))
    assert not any(word in said for word in ("cheer back", "pass it on", "Reply to cheer", "puedes animar", "paso"))
    assert ("your check-ins too" if language == "en" else "lo tuyo incluido") in said
    assert count_segments(said).count <= 2 and count_segments(said).encoding == "GSM-7"


@pytest.mark.parametrize("channels", [("sms",), ("email",), ("sms", "email")])
def test_the_buddy_gets_texts_and_the_member_one_word_of_theirs(channels: tuple[str, ...]) -> None:
    who = agreed(channels=channels, email="ana@example.com")
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
