"""The small step that people name in the weekly review, in many voices, and what sounds like one and is none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.answers.intention import read_intention
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import understand

NAMED = [
    ("Small step: bring a proper lunch", "bring a proper lunch"),
    ("step - prep qs", "prep qs"),
    ("step = raise my day rate", "raise my day rate"),
    ("Nah nothing worth skiting about. Step, get the soil tests away Monday", "get the soil tests away Monday"),
    ("Small step for next week is emailing the TAFE. Best win, hmm, got through four closes", "emailing the TAFE"),
    ("I thank God. The small step is to begin chapter two.", "begin chapter two"),
    ("step is book a careers appt", "book a careers appt"),
    ("small step, well, im gonna restring the p bass and call Lonnie", "restring the p bass and call Lonnie"),
    ("Hmm... small step only: I will ask my supervisor about Cebu", "ask my supervisor about Cebu"),
    ("Talked the bank down! Step? Tell the missus, she doesn't believe me", "Tell the missus"),
    ("to do: rest. win: rested already", "rest"),
    ("step: three lunches away from my desk. win: got payroll to refund me", "three lunches away from my desk"),
    ("step is never work for them again", "never work for them again"),
    ("didnt get a win, got a cold. small step: soup", "soup"),
    ("Step for the next week is to send money to home", "send money to home"),
    ("step: skip the monday mtg", "skip the monday mtg"),
    ("8. win: shipped it.\nstep: rest", "rest"),
]
OF_THE_WEEK = [
    ("next week I'm going to look at the evening course", "look at the evening course"),
    ("next wk ring the pension lot", "ring the pension lot"),
    ("For next week I intend to block out Wednesday for reading. Regards, T.", "block out Wednesday for reading"),
    ("I suppose next week I'll ask about the coaching position.", "ask about the coaching position"),
    ("next week: in bed before midnight 3x", "in bed before midnight 3x"),
    ("next week im leaving at 4 on Tuesday", "leaving at 4 on Tuesday"),
    ("next week tryna get my lil brother an application in", "get my lil brother an application in"),
    ("next wk 1 (one) gym class", "1 (one) gym class"),
    ("Won the bid on the town hall windows and next I ring the glazier", "ring the glazier"),
    ("Next: ring the landlord", "ring the landlord"),
    ("sent 2 clinic applications. next week: update my license photo lol", "update my license photo"),
    ("Next week small step: call the oven supplier", "call the oven supplier"),
    ("For the next week one small thing, I frame it", "frame it"),
    ("I'll price a bigger oven next week, inshallah", "price a bigger oven"),
    (
        "Win was the hay. Next week: ring the doc about my back, it's been sore since calving",
        "ring the doc about my back",
    ),
]
SECOND = [
    ("1. shipped the report 2. email Rosa", "email Rosa"),
    ("1) finished the course\n2) soup", "soup"),
    ("Talked to my boss about a raise\nupdate my CV", "update my CV"),
    ("passed my exam\n\ncall the union, I think", "call the union"),
]
SAID_BEFORE = [
    ("Ask Deb about the scheduler job, that's the step. The win is the barn.", "Ask Deb about the scheduler job"),
    (
        "Reckon I'll take Tuesday arvo off to fish, that's my small step, call it wellness",
        "take Tuesday arvo off to fish",
    ),
    (
        "Next week I'd like to eat lunch sitting down, just once, that's my small step.",
        "eat lunch sitting down, just once",
    ),
]
MEANT = [
    ("no win bro only firefighting. will redo my linkedin by wed", "redo my linkedin by wed"),
    ("not mine. me, i'm going to update my linkedin monday", "update my linkedin monday"),
    ("Nothing won, nothing lost. I'll message one person by Wednesday", "message one person by Wednesday"),
]
NONE = [
    "By the grace of God I have passed the bar. Let me not even talk of next week.",
    "best win: survived the audit",
    "small step: no idea",
    "step: none",
    "next week? dunno",
    "I'll be honest, no win",
    "win: took one step back and said no. Going to the gym 4 times too",
    "Mike did you feed the chickens",
    "shipped the report\nhappy with it",
    "passed my exam\nthanks!",
    "1. two interviews 2. none",
    "1. passed my exam 2. finished the course",
    "1. a good talk 2. a raise 3. the new desk",
    "5",
    "",
]


@pytest.mark.parametrize(("text", "step"), [*NAMED, *OF_THE_WEEK, *SECOND, *SAID_BEFORE, *MEANT])
def test_the_step_is_read_in_the_members_words(text: str, step: str) -> None:
    assert read_intention(normalise(text)) == step


@pytest.mark.parametrize("text", NONE)
def test_where_none_is_named_there_is_none(text: str) -> None:
    assert read_intention(normalise(text)) is None


def test_a_long_step_is_kept_to_what_a_text_can_say_back() -> None:
    step = read_intention("step: " + "undo the mess in store B one shelf each day " * 5)
    assert step is not None
    assert len(step) <= 100
    assert step.endswith("...")


@given(st.text(max_size=400) | st.text("step: nxwk.i'll,\n", max_size=100))
def test_a_step_is_never_more_than_was_written(text: str) -> None:
    step = read_intention(text)
    assert step is None or (step.removesuffix("...") in text and len(step) <= 100)


def test_a_step_is_read_from_the_weekly_review_alone_and_never_beside_a_crisis() -> None:
    now = datetime(2026, 3, 8, 19, 42, tzinfo=UTC)

    def read(text: str, asked: str) -> str | None:
        return understand(text, Context(asked), now).intention

    assert read("8. win: sent it. step: rest", "weekly_review") == "rest"
    assert read("8. win: sent it. step: rest", "daily_checkin") is None
    assert read("I want to die. next week: nothing, I do not plan a next week", "weekly_review") is None


def test_a_day_off_for_a_step_is_no_stop() -> None:
    reply = understand("step: take a day off", Context("weekly_review"), datetime(2026, 3, 8, 19, 42, tzinfo=UTC))
    assert (reply.command, reply.intention) == (None, "take a day off")
