"""Two members' phones and a buddy's, through the functions: who hears what, and nothing personal in a log."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from functions.nudge_now import app as nudge_now
from shared import runtime
from shared.domain import schedule
from shared.domain.models import Kind, Status
from tests.integration.service import BUDDY, BUDDYS_WORDS, NAME, NUMBER, WORDS, Service, kept, received
from tests.unit.phone.rig import Phone

OTHER = "+14155550187"  # another member's


def where_it_is_noon() -> str:
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # the sign of Etc zones is the other way round


@pytest.fixture
def friends(service: Service, phone: Phone) -> Service:
    """The service, with the canary as a member for whom it is noon, and a buddy who was invited."""
    assert service.sign_up(timezone=where_it_is_noon(), channel="sms")["statusCode"] == 200
    service.deliver()
    service.text("YES")
    assert "never moods" in service.text(f"add my friend {BUDDY} as buddy", "SM2")["body"]
    service.tick()
    return service


@pytest.fixture
def pair(friends: Service, phone: Phone) -> Service:
    """The same, once the buddy has agreed."""
    assert NAME in friends.text("Yes please", "SB1", BUDDY)["body"]
    friends.tick()
    assert "buddy said yes" in received(phone, NUMBER)[-1]
    return friends


def test_a_buddy_is_invited_once_agrees_and_is_heard(friends: Service, phone: Phone) -> None:
    (invitation,) = received(phone, BUDDY)
    assert NAME in invitation and "STOP" in invitation
    friends.text(f"add my friend {BUDDY} as buddy", "SM2")
    friends.tick()
    assert received(phone, BUDDY) == [invitation]

    agreed = friends.text("YES", "SB1", BUDDY)
    assert NAME in agreed["body"]
    assert friends.text("YES", "SB1", BUDDY) == agreed
    friends.tick()
    assert "buddy said yes" in received(phone, NUMBER)[-1]

    cheered = friends.text(f"what a {BUDDYS_WORDS}", "SB2", BUDDY)
    assert friends.text(f"what a {BUDDYS_WORDS}", "SB2", BUDDY) == cheered
    friends.tick()
    friends.tick()
    assert [BUDDYS_WORDS in text for text in received(phone, NUMBER)] == [False, False, True]
    friends.keeps_to_itself()


def test_a_note_tells_of_wins_and_not_of_moods(pair: Service, phone: Phone) -> None:
    pair.ask_for("buddy_note")
    pair.tick()
    assert len(received(phone, BUDDY)) == 1  # there is nothing to tell
    pair.text(f"2. the meeting drained me. Win: {WORDS}", "SM3")
    assert pair.call(nudge_now.handler, {"phone": NUMBER, "kind": "buddy_note", "request_id": "r2"})
    pair.tick()
    note = received(phone, BUDDY)[-1]
    assert WORDS in note and "meeting" not in note and "2" not in note
    assert NUMBER not in note


@pytest.mark.parametrize("more", [{}, {"OptOutType": "STOP"}], ids=["in words", "by Twilio"])
def test_a_buddy_s_stop_ends_it_and_it_is_silent_where_twilio_answered(
    pair: Service, phone: Phone, more: dict[str, str]
) -> None:
    words = "STOP" if more else f"please stop texting me, {BUDDYS_WORDS}"
    answer = pair.text(words, "SB2", BUDDY, **more)
    assert ("no more messages" in answer["body"]) == (not more)
    assert pair.text(words, "SB2", BUDDY, **more) == answer
    pair.tick()
    assert "stepped back" in received(phone, NUMBER)[-1]
    assert f"PHONE#{BUDDY} NO" in kept(pair)
    assert not [key for key in kept(pair, f"PHONE#{BUDDY}") if "BUDDY#" in key]
    assert "Message" not in pair.text("hello?", "SB3", BUDDY)["body"]

    pair.text(f"win: {WORDS}", "SM3")
    pair.ask_for("buddy_note")
    pair.text(f"add {BUDDY} as my buddy", "SM4")
    pair.tick()
    assert len(received(phone, BUDDY)) == 1
    pair.tick()
    assert "could not reach" in received(phone, NUMBER)[-1]
    assert "be their buddy again" in pair.text("START", "SB4", BUDDY)["body"]


def test_a_buddy_s_number_that_twilio_refuses_ends_the_buddy_and_opts_no_member_out(
    pair: Service, phone: Phone
) -> None:
    phone.client.post(f"/phone/{BUDDY}/texts", json={"text": "STOP"})
    pair.text(f"win: {WORDS}", "SM3")
    pair.ask_for("buddy_note")
    assert pair.deliver() == [{"batchItemFailures": []}]
    pair.tick()
    assert "could not reach" in received(phone, NUMBER)[-1]
    assert "refused" not in pair.ask_for("daily_checkin")


def test_a_member_who_is_a_buddy_too(pair: Service, phone: Phone) -> None:
    assert pair.sign_up(phone=BUDDY, name="Bea")["statusCode"] == 200
    pair.deliver()
    assert "Bea" in pair.text("YES", "SB2", BUDDY)["body"]
    assert "unsubscribed" in pair.text("please stop texting me", "SB3", BUDDY)["body"]
    pair.tick()
    assert "stepped back" in received(phone, NUMBER)[-1]


def test_whoever_said_no_to_another_is_brought_back_by_no_undo(pair: Service, phone: Phone) -> None:
    pair.text(f"win: {WORDS}", "SM3")
    pair.text("remove buddy", "SM4")
    assert pair.sign_up(phone=OTHER, name="Cy", timezone=where_it_is_noon())["statusCode"] == 200
    pair.deliver()
    pair.text("YES", "SC1", OTHER)
    pair.text(f"add {BUDDY} as my buddy", "SC2", OTHER)
    pair.tick()
    assert "no hard feelings" in pair.text("NO", "SB2", BUDDY)["body"]
    before = received(phone, BUDDY)
    assert "stays removed" in pair.text("UNDO", "SM5")["body"]
    pair.ask_for("buddy_note")
    pair.tick()
    assert received(phone, BUDDY) == before


def test_a_stop_of_a_buddy_who_was_removed_holds(pair: Service, phone: Phone) -> None:
    pair.text("remove buddy", "SM3")
    assert "no more messages" in pair.text("please stop texting me", "SB2", BUDDY)["body"]
    before = received(phone, BUDDY)
    pair.text(f"add {BUDDY} as my buddy", "SM4")
    pair.tick()
    assert received(phone, BUDDY) == before


def join(service: Service) -> None:
    """The one who was invited becomes a member herself, whom nothing is asked for now."""
    assert service.sign_up(phone=BUDDY, name="Bea")["statusCode"] == 200
    service.deliver()
    for number, text in enumerate(("YES", "SKIP", "SKIP")):
        service.text(text, f"SB0{number}", BUDDY)
    assert runtime.store().member_by_phone(BUDDY, runtime.recently()).open_question is None


def test_a_buddy_who_is_a_member_is_told_what_holds_for_them(pair: Service, phone: Phone) -> None:
    join(pair)
    pair.text(f"win: {WORDS}", "SM3")
    pair.ask_for("buddy_note")
    pair.tick()
    assert WORDS in received(phone, BUDDY)[-1]
    assert "STOP ends all texts, your check-ins too" in received(phone, BUDDY)[-1]
    pair.text("remove buddy", "SM4")
    pair.text(f"add {BUDDY} as my buddy", "SM5")
    pair.tick()
    assert "would like you as their buddy" in received(phone, BUDDY)[-1]
    assert "STOP ends all texts, your check-ins too" in received(phone, BUDDY)[-1]


def test_a_member_s_call_for_help_is_no_answer_to_an_invitation(friends: Service, phone: Phone) -> None:
    join(friends)
    before = received(phone, NUMBER)
    assert "988" in friends.text("no, i want to die", "SB3", BUDDY)["body"]
    friends.tick()
    assert received(phone, NUMBER) == before
    bea = runtime.store().member_by_phone(BUDDY, runtime.recently())
    assert (bea.hushed, [entry.private for entry in bea.journal if entry.kind == "answered"]) == (True, [True])
    assert NAME in friends.text("yes", "SB4", BUDDY)["body"]


def by_link(service: Service, bea: str, _: Phone) -> None:
    query = runtime.links().make("unsubscribe", bea, runtime.now(), "en").partition("?")[2]
    for _again in range(2):
        assert service.page("http_unsubscribe", query)["statusCode"] == 200


def by_complaint(service: Service, bea: str, _: Phone) -> None:
    service.ask_for("daily_checkin", BUDDY)
    assert service.deliver() == [{"batchItemFailures": []}]
    who = runtime.store().member(bea, runtime.recently())
    asked = schedule.asked_for(who, Kind.DAILY_CHECKIN, "request-1", runtime.now())
    (mail,) = [nudge for nudge in asked if nudge.channel == "email"]
    for _again in range(2):
        service.mail_event(mail, "Complaint", complaint={"timestamp": runtime.now().isoformat()})


def by_refusal(service: Service, _: str, phone: Phone) -> None:
    """With Twilio itself, which refuses from then on to send (21610)."""
    phone.client.post(f"/phone/{BUDDY}/texts", json={"text": "STOP"})
    service.ask_for("daily_checkin", BUDDY)
    assert service.deliver() == [{"batchItemFailures": []}]


@pytest.mark.parametrize("opt_out", [by_link, by_complaint, by_refusal])
def test_a_member_who_opts_out_otherwise_is_nobody_s_buddy_any_more(
    pair: Service, phone: Phone, opt_out: Callable[[Service, str, Phone], None]
) -> None:
    assert pair.sign_up(phone=BUDDY, name="Bea")["statusCode"] == 200
    pair.deliver()
    pair.text("YES", "SB2", BUDDY)
    pair.confirm_address()
    bea = runtime.store().member_by_phone(BUDDY, runtime.recently()).id
    opt_out(pair, bea, phone)
    assert runtime.store().member(bea, runtime.recently()).status is Status.STOPPED
    assert not [key for key in kept(pair, f"PHONE#{BUDDY}") if "BUDDY#" in key]
    pair.tick()
    assert "stepped back" in received(phone, NUMBER)[-1]


def test_whoever_is_erased_has_no_buddy(pair: Service) -> None:
    pair.text("delete my account", "SM3")
    assert "erased" in pair.text("DELETE", "SM4")["body"]
    assert not kept(pair, "MEMBER#")
    assert [key for key in kept(pair) if "BUDDY#" in key or NUMBER in key] == [f"PHONE#{NUMBER} HINT"]
    assert not [item for item in pair.items() if NAME in str(item)]


def test_a_buddy_s_text_that_comes_again_after_the_erasure_of_their_friend_is_answered_with_silence(
    pair: Service, phone: Phone
) -> None:
    cheered = pair.text(f"what a {BUDDYS_WORDS}", "SB2", BUDDY)
    assert NAME in cheered["body"]
    pair.text("remove buddy", "SM3")
    pair.text("delete my account", "SM4")
    pair.text("DELETE", "SM5")
    assert not [item for item in pair.items() if NAME in str(item)]
    assert "Message" not in pair.text(f"what a {BUDDYS_WORDS}", "SB2", BUDDY)["body"]


def test_a_call_for_help_from_a_buddy_reaches_nobody_else(pair: Service, phone: Phone) -> None:
    before = received(phone, NUMBER)
    assert "988" in pair.text(f"I want to die, {BUDDYS_WORDS}", "SB2", BUDDY)["body"]
    pair.tick()
    assert received(phone, NUMBER) == before
