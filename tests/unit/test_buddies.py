"""The buddy: invited by a member, heard by the service, told of wins, and never of anything else."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.rehearsal import BRAND
from shared.domain import conversation, events, failures, judging, nudging, schedule
from shared.domain.calling_codes import countries_of
from shared.domain.failures import Failure
from shared.domain.judging import Verdict
from shared.domain.message import Brand, Written
from shared.domain.models import Buddy, Heard, Kind, Member, News, Status, Turn
from tests.unit.buddying import BUDDY, DAY, INVITE, MINUTE, NOON, SECOND, Pair, agreed, buddy, hear, heard, invited
from tests.unit.conversing import TUESDAY, Phone, member, new_york

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
    turn = conversation.respond(phone.member, Written(INVITE, NOON, "SM1", brand))
    assert turn.replies == ("I cannot text numbers of that country. A friend with a number in GB, IE would work.",)
    turn = conversation.respond(phone.member, Written("my buddy is +44 7700 900482", NOON, "SM1", brand))
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


def test_undo_brings_back_an_invitation_that_went_out_and_nobody_who_had_agreed(pair: Pair) -> None:
    pair.ana.text(INVITE)
    pair.at("2026-03-03T12:02").ana.text("remove buddy")
    assert pair.ana.text("undo") == "Taken back: a change about your buddy."
    pair.writes("yes")
    pair.at("2026-03-03T12:10").ana.text("remove buddy")
    told = list(pair.told)
    turn = pair.ana.turn("undo")
    assert turn.replies[0].startswith("Your buddy stays removed")
    assert (turn.member.buddy, turn.member.undo, turn.linked) == (None, None, None)
    pair.ana.text("7. win: sent my CV")
    assert pair.at("2026-03-25T12:00").told == told


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
    assert events.opt_out(who, NOON).unlinked == BUDDY


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


@pytest.mark.parametrize("text", ["STOP", "please stop texting me"])
def test_a_stranger_s_stop_is_kept_so_that_no_invitation_follows_it(text: str) -> None:
    """They may have been a buddy until just now: whoever is removed is not told."""
    found = hear(text)
    assert found == Heard(replies=("Unstuck: done, you will get no more messages. Take care.",), refuses=True)
    assert hear(text, refuses=True) is None


@pytest.mark.parametrize("text", ["hi", "yes", "START", "HELP", "so proud of you"])
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
    said = conversation.hear((friend,), "+447700900482", Written("I want to die", NOON, "S", BRAND), refuses=False)
    assert said and "116 123" in said.replies[0] and "988" not in said.replies[0]
    assert "988" in heard("stop this please, I want to die", agreed()).replies[0]
    assert (hear("I want to die") or Heard()).replies


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
