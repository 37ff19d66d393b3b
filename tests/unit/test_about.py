"""What is said to a question about the service itself, and what it leaves as it is."""

import pytest

from shared.content.segments import count_segments
from shared.domain.models import OpenQuestion, Status
from tests.unit.conversing import TUESDAY, TUESDAY_EVENING, Phone, member, newcomer

CHECKIN = OpenQuestion(asked="daily_checkin", day=TUESDAY, at=TUESDAY_EVENING)
COST = "I take no payment and sell nothing. Your phone company's usual message and data rates may apply."


def asked(name: str, **details: object) -> Phone:
    return Phone(member(open_question=CHECKIN.model_copy(update={"asked": name}), **details))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("is this free?", "no payment"),
        ("are you a bot", "I am a program"),
        ("is anybody reading this", "nobody watches it come in"),
        ("who is this", "This is Unstuck"),
        ("how did you get my number", "a sign-up on our page"),
        ("does my boss see this", "nobody else of anything"),
        ("do you sell my data", "never sold"),
        ("can I talk to a human", "help@unstuck.example"),
        ("how do I cancel", "STOP ends all messages"),
        ("how do I change the time", "text me at 7pm"),
    ],
)
def test_a_question_about_the_service_is_answered_in_a_text(text: str, said: str) -> None:
    (answer,) = asked("daily_checkin").turn(text).replies
    assert said in answer
    assert count_segments(answer).count <= 2


def test_it_is_answered_in_spanish() -> None:
    (answer,) = asked("daily_checkin", language="es").turn("¿esto es gratis?").replies
    assert answer.startswith("No cobro nada")


@pytest.mark.parametrize("question", ["daily_checkin", "values", "goal", "dealbreakers", "choose_step"])
def test_it_is_no_answer_to_what_was_asked_which_stays_open(question: str) -> None:
    phone = asked(question)
    before = phone.member
    turn = phone.turn("hey, is this free?")
    assert (turn.replies, turn.entries, turn.member) == ((COST,), (), before)


def test_it_says_no_yes_to_an_erasure() -> None:
    phone = asked("confirm_delete")
    assert "never sold" in phone.turn("who sees this?").replies[0]
    assert phone.member.open_question is None


def test_beside_a_report_it_is_answered_behind_what_was_understood() -> None:
    turn = asked("daily_checkin").turn("7. is this free?")
    assert turn.entries[0].mood == 7
    assert turn.replies == (f"7 for Tue. {COST}",)


def test_beside_a_long_report_it_gives_way() -> None:
    long = "win: rewrote the whole onboarding guide for the new people in the warehouse and in the office upstairs"
    (said,) = asked("daily_checkin").turn(f"7. {long}. Who sees what I write?").replies
    assert "never sold" not in said
    assert "7 for Tue." in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("can I get this only on weekdays", "Mon-Fri it is. Next check-in tomorrow at 19:30."),
        ("how do I change my name? call me Bob", "Bob it is."),
        ("can I pause for a week?", "Paused. I will be back on Tue 10 Mar, or text RESUME."),
    ],
)
def test_how_to_set_what_is_set_already_is_not_said(text: str, said: str) -> None:
    assert asked("daily_checkin").turn(text).replies == (said,)


@pytest.mark.parametrize("question", ["values", "dealbreakers", "goal"])
@pytest.mark.parametrize("word", ["human", "free"])
def test_one_word_is_an_answer_where_free_words_are_asked_for(question: str, word: str) -> None:
    (said,) = asked(question).turn(word).replies
    assert word in said
    assert not any(answer in said for answer in ("a program", "no payment"))


def test_a_call_for_help_is_answered_alone() -> None:
    (said,) = asked("daily_checkin").turn("I want to kill myself. is anybody reading this?").replies
    assert "988" in said
    assert "program" not in said


def test_after_a_crisis_the_line_is_named_with_the_answer() -> None:
    phone = asked("daily_checkin")
    phone.turn("I want to kill myself")
    said = " ".join(phone.turn("are you a real person?").replies)
    assert "988" in said
    assert "I am a program" in said


def test_whoever_tells_of_distress_gets_both() -> None:
    said = " ".join(asked("daily_checkin").turn("I feel hopeless every day. Is anyone even reading this?").replies)
    assert "therapist" in said
    assert "I am a program" in said


def test_nobody_is_told_before_they_said_yes_or_after_a_stop() -> None:
    for text in ("is this free?", "who is this", "are you a bot?"):
        assert Phone(newcomer()).turn(text).replies == Phone(newcomer()).turn("what?").replies
        assert Phone(member(status=Status.STOPPED)).turn(text).replies == ()


def test_a_phone_that_proved_nothing_is_told_nothing_of_it() -> None:
    unproven = member(phone_confirmed_at=None, email="ana@example.com")
    assert Phone(unproven).turn("is this private?").replies == Phone(unproven).turn("what?").replies
