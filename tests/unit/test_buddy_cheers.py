"""What a buddy writes reaches the member; and who of several members, or of members who are buddies, is meant."""

from datetime import datetime
from typing import Any

import pytest

from cli.rehearsal import BRAND, after
from shared.content.segments import count_segments
from shared.domain import conversation
from shared.domain.message import Written
from shared.domain.models import SILENT, Heard, Member, OpenQuestion, Pause, Status, Turn
from tests.unit.buddying import BUDDY, DAY, INVITE, NOON, Pair, agreed, buddy, heard, invited
from tests.unit.conversing import TUESDAY, member, new_york

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


def says(text: str, who: Member, *friends: Member, at: datetime = NOON) -> Turn:
    return conversation.respond(who, Written(text, at, "SM1", BRAND), friends)


def test_a_member_answers_an_invitation_while_nothing_else_is_open() -> None:
    turn = says("yes please", also_a_member(hushed=True), invited())
    assert turn.member == also_a_member()
    assert turn.entries == ()
    assert "Ana" in turn.replies[0]
    (other,) = turn.others
    assert other.member.buddy and other.member.buddy.status == "agreed"
    (other,) = says("no", also_a_member(), invited()).others
    assert (other.member.buddy, other.unlinked) == (None, BUDDY)


@pytest.mark.parametrize(
    ("text", "asked", "report"),
    [
        ("yes 7", None, "7 for Tue."),
        ("yes 7", "daily_checkin", "7 for Tue."),
        ("yes. I finally sent my CV", None, "saved: sent my CV."),
        ("yes. the budget meeting drained me", "daily_checkin", "budget meeting"),
        ("no thanks, 4", None, "4 for Tue."),
    ],
)
def test_a_report_beside_a_member_s_answer_is_kept_and_both_are_answered(
    text: str, asked: str | None, report: str
) -> None:
    bea = also_a_member(open_question=asked and OpenQuestion(asked=asked, day=TUESDAY, at=NOON))
    turn, alone = says(text, bea, invited()), says(text, bea)
    assert turn.entries
    assert turn.model_copy(update={"replies": alone.replies, "others": ()}) == alone
    (other,) = turn.others
    assert (other.member.buddy is not None) == text.startswith("yes")
    (said,) = turn.replies
    assert report in said and ("Ana" in said or "no hard feelings" in said)
    assert count_segments(said).count <= 2


PROMISES = ("pass", "write whenever", "write back", "at any time", "what they write", "not hear from us", "cheer back")


@pytest.mark.parametrize("text", ["yes", "no"])
def test_a_member_who_answers_is_promised_nothing_that_only_other_buddies_get(text: str) -> None:
    for day in range(9):
        turn = says(text, also_a_member(), invited(), at=NOON + day * DAY)
        (told,) = turn.others[0].member.news
        assert not [word for word in PROMISES for said in (*turn.replies, told.said) if word in said]
        assert ("STOP ends all texts, your check-ins too" in turn.replies[0]) == (text == "yes")


def test_where_both_answers_are_too_long_for_one_text_they_are_two() -> None:
    friend = member(name="Maria Fernanda de la Cruz", buddy=buddy())
    turn = says("yes 6. I feel like a fraud. the quarterly budget meeting drained me", also_a_member(), friend)
    assert ["Maria" in said for said in turn.replies] == [True, False]
    assert turn.replies[1].startswith("6 for Tue.") and "coach" in turn.replies[1]


@pytest.mark.parametrize("asked", [None, "daily_checkin", "weekly_review"])
@pytest.mark.parametrize("text", ["yes please!", "I'd love to", "sure, happy to", "yes!! happy to help", "vale"])
def test_a_yes_in_warm_words_tells_nothing_of_the_day(text: str, asked: str | None) -> None:
    bea = also_a_member(open_question=asked and OpenQuestion(asked=asked, day=TUESDAY, at=NOON))
    turn = says(text, bea, invited())
    assert (turn.member, turn.entries, len(turn.others)) == (bea, (), 1)


def test_a_member_s_answer_ends_their_silence_and_brings_the_check_ins_back() -> None:
    turn = says("yes", also_a_member(silence=SILENT, unanswered=SILENT), invited())
    assert (turn.member.silence, len(turn.others)) == (0, 1)
    assert turn.rescheduled and turn.due and turn.due.at == new_york("2026-03-03T19:30")


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
