"""Who becomes a member, who ends it, and what is said to either."""

from datetime import time, timedelta

import pytest

from cli.rehearsal import BRAND
from shared.content.segments import count_segments
from shared.domain import conversation, events, judging, schedule
from shared.domain.judging import Verdict
from shared.domain.message import Written
from shared.domain.models import Buddy, Kind, OpenQuestion, Status, Turn
from tests.unit.conversing import TUESDAY, TUESDAY_EVENING, Phone, member, new_york, newcomer, nudge

# Opt-in

BY_MAIL = {"channels": ("email",), "email": "sam@example.org", "phone_confirmed_at": None}  # and the link was opened


@pytest.mark.parametrize("text", ["YES", "start", "Ok!", "👍"])
def test_a_yes_makes_a_member_and_says_when_the_first_check_in_comes(text: str) -> None:
    phone = Phone(newcomer(), new_york("2026-03-03T12:05"))
    assert phone.text(text).startswith("Welcome, Ana. First check-in today at 19:30;")
    assert phone.member.status is Status.ACTIVE
    assert phone.member.confirmed_at == phone.member.phone_confirmed_at == phone.now
    assert phone.turns[0].due == schedule.next_due(phone.member, phone.now)


@pytest.mark.parametrize("text", ["7", "win: sent my CV", "who is this?", "thanks", "UNDO", "STATS"])
def test_other_words_before_a_yes_bring_one_reminder_and_record_nothing(text: str) -> None:
    phone = Phone(newcomer())
    assert phone.text(text) == "Reply YES to start your check-ins, or STOP and you will not hear from us again."
    assert phone.turns[0] == Turn(member=newcomer(), replies=phone.turns[0].replies)


@pytest.mark.parametrize("text", ["no", "STOP", "please stop texting me"])
def test_a_no_to_the_opt_in_is_confirmed_once_and_is_the_end(text: str) -> None:
    phone = Phone(newcomer())
    assert phone.text(text)
    assert phone.member.status is Status.STOPPED
    assert phone.text("no") == phone.text("stop") == phone.text("yes") == ""


def test_whoever_declined_may_still_start() -> None:
    phone = Phone(newcomer())
    phone.text("no")
    phone.now += timedelta(seconds=1)
    assert phone.text("START") == "Welcome back. Next check-in tomorrow at 19:30."
    assert (phone.member.status, phone.member.confirmed_at) == (Status.ACTIVE, phone.now)


# A phone that has not said YES: the member did, by mail


@pytest.mark.parametrize(
    "text", ["7", "win: sent my CV", "STATS", "WINS", "PAGE", "call me Zed", "DELETE", "UNDO", "?"]
)
@pytest.mark.parametrize("asked", [None, OpenQuestion(asked="daily_checkin", day=TUESDAY, at=TUESDAY_EVENING)])
def test_a_text_from_a_phone_that_said_no_yes_is_asked_for_one_and_does_nothing(
    text: str, asked: OpenQuestion | None
) -> None:
    ana = member(**BY_MAIL, open_question=asked, silence=3)
    turn = Phone(ana).turn(text)
    (said,) = turn.replies
    assert "did you sign up with this phone and s***@example.org? Reply YES" in said
    assert turn == Turn(member=ana, replies=turn.replies)


@pytest.mark.parametrize("text", ["YES", "yes!", "START"])
def test_a_yes_or_start_from_the_phone_itself_makes_it_the_member_s(text: str) -> None:
    phone = Phone(member(**BY_MAIL))
    assert phone.text(text).startswith("Thank you, this phone is yours.")
    assert phone.member.phone_confirmed_at == phone.now
    phone.now += timedelta(minutes=1)
    phone.text("7")
    assert phone.answered()
    phone.text("UNDO")
    assert phone.member.takes("sms")


def test_a_yes_by_mail_is_none_from_the_phone() -> None:
    signed_up = newcomer(channels=("email",), email="sam@example.org")
    for sleeping in (signed_up, member(**BY_MAIL, status=Status.STOPPED)):
        turn = conversation.respond(sleeping, Written("start", TUESDAY_EVENING, "mail-1", BRAND, "email"))
        assert (turn.member.status, turn.member.phone_confirmed_at) == (Status.ACTIVE, None)
        assert turn.member.mailbox == "sam@example.org" and turn.requests == ()
    ana = member(**BY_MAIL)
    answered = conversation.respond(ana, Written("7", TUESDAY_EVENING, "mail-2", BRAND, "email"))
    assert answered.entries and not answered.member.takes("sms")


def test_a_friend_s_invitation_is_answered_by_the_phone_that_it_went_to_and_is_no_yes_to_us() -> None:
    ben = member(id="ben", name="Ben", phone="+14155550199", buddy=Buddy(phone="+14155550123", since=TUESDAY_EVENING))
    ana = member(**BY_MAIL, open_question=OpenQuestion(asked="values", day=TUESDAY, at=TUESDAY_EVENING))
    texted, mailed = (
        conversation.respond(ana, Written("yes", TUESDAY_EVENING, "1", BRAND, by), (ben,)) for by in ("sms", "email")
    )
    assert [turn.member.buddy.status for turn in texted.others if turn.member.buddy] == ["agreed"]
    assert texted.member.phone_confirmed_at is None
    assert mailed.others == ()


def test_a_phone_that_said_no_yes_is_heard_on_stop_help_and_a_call_for_help() -> None:
    stopped = Phone(member(**BY_MAIL))
    assert "unsubscribed" in stopped.text("STOP")
    assert stopped.member.status is Status.STOPPED
    assert BRAND.contact in Phone(member(**BY_MAIL)).text("HELP")
    calling = Phone(member(**BY_MAIL))
    assert "988" in calling.text("I want to kill myself")
    assert (calling.member.hushed, calling.member.journal) == (True, ())
    declining = Phone(member(**BY_MAIL))
    assert "nothing will be sent" in declining.text("no")
    assert declining.member == member(**BY_MAIL)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.OPT_IN, *schedule.TO_BUDDY)])
def test_nothing_is_texted_to_a_phone_that_said_no_yes(kind: Kind) -> None:
    for channels in (("sms",), ("sms", "email"), ("email",)):
        ana = member(**BY_MAIL | {"channels": channels})
        assert "sms" not in schedule.channels_of(kind, ana)
        if kind not in (*schedule.ANSWERS, Kind.EMAIL_CONFIRMATION):
            assert judging.verdict(nudge(kind), ana, TUESDAY_EVENING) is Verdict.UNREACHABLE


def test_opening_the_mailed_link_is_a_yes_and_opening_it_again_changes_nothing() -> None:
    at = new_york("2026-03-03T12:05")
    turn = events.confirm(newcomer(email="sam@example.org"), at)
    assert (turn.member.status, turn.rescheduled) == (Status.ACTIVE, True)
    assert (turn.member.phone_confirmed_at, turn.member.email_confirmed_at) == (None, at)
    assert events.confirm(turn.member, new_york("2026-03-04T12:05")) == Turn(member=turn.member)


def test_an_old_link_does_not_bring_back_who_opted_out() -> None:
    stopped = events.opt_out(newcomer(), new_york("2026-03-03T12:05")).member
    assert events.confirm(stopped, new_york("2026-03-03T12:06")).member.status is Status.STOPPED


@pytest.mark.parametrize("name", ["Zoë", "Александра", "Maria Fernanda de los Angeles Gutierrez Villanueva", "志" * 60])
def test_a_welcome_keeps_its_question_whatever_the_name(name: str) -> None:
    welcome = Phone(newcomer(name=name)).text("yes")
    assert "STOP ends it. Which fit you?" in welcome and welcome.endswith("or NONE.")
    assert count_segments(welcome).count <= 2


# Stop, start, help


@pytest.mark.parametrize("text", ["STOP", "Stop. Thank you", "please stop texting me", "unsubscribe"])
def test_a_stop_gets_exactly_one_confirmation_and_then_silence(asked: Phone, text: str) -> None:
    assert asked.text(text) == "Unstuck: you are unsubscribed and will get no more messages. Reply START to come back."
    assert (asked.member.status, asked.member.opted_out_at) == (Status.STOPPED, asked.now)
    assert (asked.turns[-1].rescheduled, asked.turns[-1].due) == (True, None)
    stopped = asked.member
    for further in ("stop", "7", "yes", "ok", "undo", "stats", "resume", "what?", "pause"):
        assert asked.text(further) == ""
    assert asked.member == stopped


def test_help_is_answered_after_a_stop_too(ana: Phone) -> None:
    ana.text("stop")
    assert ana.text("HELP") == ("Unstuck: you are unsubscribed. Reply START to come back. help@unstuck.example")


def test_a_start_after_a_stop_brings_back_everything_as_it_was() -> None:
    phone = Phone(member(days=("mon", "thu"), prompt_time=time(8, 30), streak=3))
    before = phone.member
    phone.text("stop")
    stopped_at, phone.now = phone.now, phone.now + timedelta(seconds=1)
    assert phone.text("START") == "Welcome back. Next check-in Thu at 08:30."
    assert phone.member == before.model_copy(update={"opted_out_at": stopped_at, "started_at": phone.now})
    assert phone.turns[-1].due == schedule.next_due(before, phone.now)


def test_an_opt_out_by_link_or_by_the_carrier_is_a_stop_and_happens_once(asked: Phone) -> None:
    turn = events.opt_out(asked.member, asked.now)
    assert (turn.member.status, turn.rescheduled, turn.due, turn.replies) == (Status.STOPPED, True, None, ())
    tomorrow = asked.now + timedelta(days=1)
    again = turn.member.model_copy(update={"opted_out_at": tomorrow})
    assert events.opt_out(turn.member, tomorrow) == Turn(member=again)


def test_help_says_what_can_be_texted_and_whom_to_ask(ana: Phone) -> None:
    said = ana.text("HELP")
    assert "STOP" in said and "STATS" in said and said.endswith("help@unstuck.example")
