"""What counts as a question about the service itself, in many voices, and what only sounds like one."""

from datetime import UTC, datetime

import pytest

from shared.domain.understanding import words
from shared.domain.understanding.questions import only_asks
from shared.domain.understanding.reply import Context, Reply
from shared.domain.understanding.understand import understand

NOW = datetime(2026, 3, 3, 19, 42, tzinfo=UTC)
ASKED = {
    "cost": [
        "is this free",
        "Hey, is this really free or do I have to pay?",
        "what's the catch",
        "abeg is this thing free",
        "do yous charge for this?",
        "will it show up on my phone bill",
        "Sorry, quick question. Is there a fee for this?",
        "¿Cuánto cuesta?",
        "me van a cobrar?",
    ],
    "human": [
        "are you a bot",
        "r u human",
        "Hello?? Is this a real person",
        "am i texting a robot lol",
        "is anybody reading this",
        "Does a real person read these texts?",
        "wait so you're a bot?",
        "Are you a computer or a person, dear?",
        "is this chatgpt",
        "eres un robot?",
        "hay alguien ahí?",
    ],
    "who": [
        "who is this",
        "new phone who dis",
        "Good evening, may I know who this is please?",
        "how'd you get my number??",
        "who gave u my no",
        "who runs this",
        "is this a scam?",
        "who is this and how did you get my number",
        "¿quién eres?",
    ],
    "privacy": [
        "who sees what I write",
        "do you sell my info to anyone?",
        "is this private",
        "Is what I tell you kept confidential?",
        "can my boss see this?",
        "does HR get to see what I write?",
        "are you gonna tell my manager?",
        "what do you do with my data?",
        "before I answer, who reads this?",
        "mi jefe puede ver esto?",
        "es confidencial?",
    ],
    "talk": [
        "I need to talk to someone",
        "can I talk to a human",
        "I want to talk to a real person",
        "is there somebody I could speak to?",
        "how do I contact support",
        "human please",
        "puedo hablar con una persona?",
    ],
    "stop": ["how do I cancel", "what do I text to opt out?", "cómo cancelo esto"],
    "time": ["how do I change the time", "can you text me at a different time?", "cómo cambio la hora?"],
    "days": ["can i choose which days"],
    "fewer": [
        "fewer texts please",
        "way too many messages!!",
        "can you text me less",
        "text me a bit less pls",
        "you text me too often",
        "menos mensajes por favor",
    ],
    "email": ["how do I change my email"],
    "name": ["how do I change my name"],
    "timezone": ["how do i change my time zone"],
}
NOT_ASKED = [
    "too many texts from my boss today, 4",
    "sent fewer messages to the client. 7",
    "is this free time thing a win?",
    "free lunch today, 7",
    "my boss asked who reads this stuff",
    "Does anybody read the reports I write? no",
    "is anyone reading this book? its great",
    "felt like a robot all day",
    "talked to a real person at the bank finally",
    "I want to talk to my boss about a raise",
    "who knew tax could be fun",
    "who is this new manager to tell me what to do",
    "does my boss even know I exist",
    "is my job safe",
    "is this what burnout feels like?",
    "how do I stop procrastinating",
    "how do i cancel my gym membership",
    "how do I get out of this rut",
    "can I change the time of my shift",
    "do I have to pay taxes on tips",
    "asked the vendor what does it cost, too much",
    "he exhausted me, this man",
    "why am i like this",
    "Hello there. 6",
]


def asked(text: str, context: str = "daily_checkin") -> str | None:
    return understand(text, Context(context), NOW).question


@pytest.mark.parametrize(("question", "text"), [(name, text) for name, texts in ASKED.items() for text in texts])
def test_a_question_about_the_service_is_heard_in_any_voice(question: str, text: str) -> None:
    assert asked(text) == question
    assert only_asks(text)


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_only_shares_its_words_is_none(text: str) -> None:
    assert asked(text) is None


def test_it_is_heard_beside_a_report_of_which_nothing_is_lost() -> None:
    reply = understand("7. Win: finished module 3. Is this free btw?", Context("daily_checkin"), NOW)
    assert (reply.mood, reply.wins, reply.question) == (7, ("finished module 3",), "cost")
    assert asked("6 today btw are you a bot") == "human"


def test_of_several_the_first_counts() -> None:
    assert asked("Is this free? And who sees it, are you a bot?") == "cost"


def test_it_is_heard_whatever_was_asked() -> None:
    for context in ("none", "values", "goal", "rut_check", "weekly_review", "confirm_delete"):
        assert asked("are you a real person?", context) == "human"


def test_what_it_is_as_a_command_stays() -> None:
    reply = understand("who is this", Context(), NOW)
    assert reply.command is not None
    assert (reply.command.name, reply._replace(command=None)) == ("unclear", Reply(question="who"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("are these texts private", "unclear"),
        ("why am i getting these texts", "unclear"),
        ("what happens to my answers", "unclear"),
        ("who is this? stop texting me", "stop"),
        ("is this a bot? take me off the list", "stop"),
        ("how do I stop", "stop"),
    ],
)
def test_asking_ends_nothing_unless_the_way_out_is_asked_for(text: str, name: str) -> None:
    reply = understand(text, Context(), NOW)
    assert reply.command is not None
    assert reply.command.name == name


@pytest.mark.parametrize("text", ["hey", "", "7, is this free?", "is this free? long day, the mall was packed"])
def test_whoever_says_more_or_nothing_does_not_only_ask(text: str) -> None:
    assert not only_asks(text)


def test_in_a_long_report_a_question_has_its_mark() -> None:
    told = "We moved the whole store room today, all nine of us, and it took until four in the afternoon. "
    assert asked(told + "Is this free?") == "cost"
    assert asked(told + "is this free") is None


def test_no_line_of_the_words_is_empty_once_all_that_may_be_left_out_is() -> None:
    """Such a line would stand for nothing, anywhere."""
    for lines in words.load("questions").values():
        for line in lines:
            assert any(not word.endswith("?") for word in line.split()), line
