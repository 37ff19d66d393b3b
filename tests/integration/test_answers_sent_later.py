"""An answer that could not be given in return, taken from the queue: the text saved with its message, once."""

from datetime import timedelta

from shared import runtime
from shared.domain import schedule
from shared.domain.models import Nudge
from tests.integration.service import (
    BUDDY,
    BUDDYS_WORDS,
    NUMBER,
    Clock,
    Service,
    received,
)
from tests.unit.phone.rig import Phone


def answer_to(sid: str) -> Nudge:
    """The answer to a message of the member's that has just been taken."""
    who = runtime.store().member_by_phone(NUMBER, runtime.recently())
    return schedule.answer(who, sid, runtime.now(), "sms")


def deliver(service: Service, nudge: Nudge) -> dict[str, str]:
    """What is recorded of a nudge after it was on the queue."""
    runtime.enqueue(nudge)
    assert service.deliver() == [{"batchItemFailures": []}]
    return runtime.store().nudge(nudge)


def test_an_answer_is_what_was_saved_with_the_message_and_goes_out_once(
    member: Service, phone: Phone, clock: Clock
) -> None:
    said = member.text("7", "SM2")["body"]
    before = received(phone, NUMBER)
    for _ in range(2):
        assert deliver(member, answer_to("SM2"))["state"] == "sent"
    (answer,) = received(phone, NUMBER)[len(before) :]
    assert answer in said


def test_the_answer_to_a_stop_in_words_goes_out_and_one_to_an_earlier_message_does_not(
    member: Service, phone: Phone, clock: Clock
) -> None:
    member.text("7", "SM2")
    earlier = answer_to("SM2")
    clock.now += schedule.LATEST
    member.text("please stop texting me", "SM3")
    before = received(phone, NUMBER)
    assert deliver(member, earlier)["state"] == "not_a_member_now"
    assert deliver(member, answer_to("SM3"))["state"] == "sent"
    (answer,) = received(phone, NUMBER)[len(before) :]
    assert "START" in answer


def test_an_answer_that_is_not_kept_any_more_is_recorded_as_failed(member: Service) -> None:
    found = deliver(member, answer_to("SM404"))
    assert (found["state"], found["code"]) == ("failed", "nothing_to_answer")


def test_a_buddy_s_answer_goes_to_the_buddy(member: Service, phone: Phone, clock: Clock) -> None:
    member.text(f"add my friend {BUDDY} as buddy", "SM2")
    clock.now += timedelta(minutes=1)
    member.text("YES", "SM3", sender=BUDDY)
    said = member.text(f"well done {BUDDYS_WORDS}", "SM4", sender=BUDDY)["body"]
    who = runtime.store().member_by_phone(NUMBER, runtime.recently())
    nudge = schedule.answer_to_buddy(BUDDY, [who], "SM4", runtime.now())
    assert nudge is not None
    assert deliver(member, nudge)["state"] == "sent"
    assert received(phone, BUDDY)[-1] in said
