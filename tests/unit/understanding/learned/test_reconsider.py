"""Where what the rules read, or did not, stands whatever the weights say."""

from datetime import UTC, datetime

import pytest

from shared.domain.understanding.reply import Command, Context, Reply
from shared.domain.understanding.understand import understand


def read(text: str, asked: str = "daily_checkin") -> Reply:
    return understand(text, Context(asked), datetime(2026, 3, 3, 19, 42, tzinfo=UTC))


@pytest.mark.parametrize("text", ["cried at my desk", "kill me now lol", "ugh"])
def test_a_mood_in_a_few_words_is_one(text: str) -> None:
    assert read(text).mood == "low"


@pytest.mark.parametrize(
    "text", ["my boss quit texting me at night", "he should quit texting me", "adjuster quit on us, he quit by text"]
)
def test_somebody_who_quit_is_no_stop(text: str) -> None:
    assert read(text).command is None


@pytest.mark.parametrize("text", ["STOP", "quit texting me", "please quit these texts", "Sign me back up!"])
def test_a_command_in_a_few_words_is_one(text: str) -> None:
    command = read(text).command
    assert command and command.name in ("stop", "start")


def test_a_plan_is_no_win() -> None:
    reply = read("8. Sent my portfolio to Rosa. I'll message one more person by wednesday", "weekly_review")
    assert reply.wins == ("Sent my portfolio to Rosa",)


def test_that_it_was_done_is_no_second_win() -> None:
    reply = read("Spoke up in the all hands about the rota. Nobody clapped but I did it. 7")
    assert reply.wins == ("Spoke up in the all hands about the rota",)


@pytest.mark.parametrize("text", ["finished the long report about the bridge. 8", "someone bit me. again. 5"])
def test_work_that_sounds_like_danger_is_none(text: str) -> None:
    assert read(text).safety is None


def test_an_hour_that_is_asked_for_is_no_score() -> None:
    assert read("Kindly shift it to 6").mood is None
    assert read("7, kindly shift it to 6").mood == 7


def test_what_costs_energy_is_no_win() -> None:
    reply = read("7. zero energy left after standup (50 min!!)")
    assert (reply.wins, reply.drained) == ((), ("standup",))


def test_a_stop_of_its_own_is_heard_behind_any_report() -> None:
    report = "Long shift, the vendors came late and the audit team wanted all invoices again, none of which I had."
    assert read(f"{report} STOP").command == Command("stop", {})


def test_distress_is_told_from_danger() -> None:
    text = "my compadre Luis called me from his truck he says he don't want to live no more"
    assert read(f"{text} I'm driving over there right now", "none").safety == "support"


@pytest.mark.parametrize("text", ["proud of my talk. 7", "6. Sick of the commute but I'm so proud of my laksa"])
def test_what_a_member_is_proud_of_is_a_win(text: str) -> None:
    assert len(read(text).wins) == 1


@pytest.mark.parametrize("text", ["long day but didnt finish the sql course", "still haven't cleared the gutters"])
def test_what_was_not_done_is_no_win(text: str) -> None:
    assert read(text).wins == ()


@pytest.mark.parametrize("text", ["7 good day. Change the time to noon", "ask me at 7:30am every day. 6 today"])
def test_an_hour_is_heard_beside_a_score(text: str) -> None:
    reply = read(text)
    assert reply.command and reply.command.name == "set_time"
    assert isinstance(reply.mood, float)
