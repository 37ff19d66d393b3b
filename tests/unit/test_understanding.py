"""What a text is understood to say, as far as that goes for now: scores, marked wins and commands."""

import time
from datetime import datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Command, Context, Reply
from shared.domain.understanding.understand import LONGEST, understand

NOW = datetime.fromisoformat("2026-03-03T19:42:00-05:00")  # a Tuesday
STOP = Command("stop", {})
ASKED = ("none", "opt_in", "daily_checkin")


def read(text: str, asked: str = "daily_checkin") -> Reply:
    return understand(text, Context(asked=asked), NOW)


def command(text: str, asked: str = "daily_checkin") -> str | None:
    found = read(text, asked).command
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("7", 7),
        (" 7. ", 7),
        ("10", 10),
        ("7/10", 7),
        ("7 / 10", 7),
        ("7 out of 10", 7),
        ("seven out of ten", 7),
        ("a solid seven", 7),
        ("Seven.", 7),
        ("7.5", 7.5),
        ("6,5", 6.5),
        ("6.3", 6.5),
        ("about a 6", 6),
        ("it was a 4 today", 4),
        ("it's a 9!", 9),
        ("today was an 8, loved it", 8),
        ("mood: 6", 6),
        ("mood:6", 6),
        ("7 - tired", 7),
        ("7- tired but fine", 7),
        ("7: shipped it", 7),
        ("8 had a great call", 8),
        ("8 was a good day", 8),
        ("3 because of the boss", 3),
        ("shipped the report. 8", 8),
        ("long day, 5, going to bed", 5),
        ("didn't apply\nso a 3", 3),
        ("0", 1),
        ("zero", 1),
        ("11/10!!", 10),
        ("７／１０", 7),
        ("7️⃣", 7),
        ("\u200f8\u200f", 8),
        ("٧", 7),
    ],
)
def test_a_score_is_read_in_any_form(text: str, mood: float) -> None:
    assert read(text).mood == mood


@pytest.mark.parametrize(
    "text",
    [
        "had 3 meetings",
        "3 meetings",
        "3 people quit",
        "slept 7 hrs",
        "7 hours of calls",
        "home at 9pm",
        "9pm",
        "7:30 start",
        "chapter 4 of the book",
        "interview on 3/5",
        "20 minutes late",
        "10-hour shift",
        "5 km run",
        "two new clients",
        "version 1.2.3",
        "2026",
        "100",
    ],
)
def test_a_number_that_counts_something_else_is_no_score(text: str) -> None:
    assert read(text).mood is None


@pytest.mark.parametrize(
    ("text", "wins"),
    [
        ("win: finished module 3", ("finished module 3",)),
        ("6. budget mtg drained me. Win: finished module 3!!", ("finished module 3",)),
        ("W: ran 5k. 7", ("ran 5k",)),
        ("wins: sent my CV", ("sent my CV",)),
        ("win: called Ana. win: slept well.", ("called Ana", "slept well")),
        ("win: called Ana win: slept", ("called Ana", "slept")),
        ("Win : moved to v2.1 of the app\n8", ("moved to v2.1 of the app",)),
        ("7. win: none", ()),
        ("win: nothing really", ()),
        ("win: none!", ()),
        ("winter: cold", ()),
        ("win:", ()),
    ],
)
def test_wins_stand_behind_their_marker(text: str, wins: tuple[str, ...]) -> None:
    assert read(text).wins == wins


def test_a_score_and_wins_are_read_from_one_text() -> None:
    assert read("7. Win: sent off my portfolio") == Reply(mood=7, wins=("sent off my portfolio",))


STOPS = [
    "stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel", "alto", "arrêt",
    "please stop", "stop please", "stop. thank you", "stop it", "stop now", "stop texting me", "please stop texting me",
    "stop messaging me", "stop e-mailing me", "stop sending me texts", "stop these messages", "stop all texts",
    "don't text me again", "do not contact me anymore", "unsubscribe me", "take me off this list", "opt out",
    "opt me out", "opt-out", "no more texts please",
]  # fmt: skip


@pytest.mark.parametrize("text", STOPS)
@pytest.mark.parametrize("asked", ASKED)
def test_any_reasonable_wording_stops(text: str, asked: str) -> None:
    assert read(text, asked) == Reply(command=STOP)


@given(
    st.sampled_from(STOPS),
    st.sampled_from([str.upper, str.lower, str.title, str.capitalize, str.swapcase]),
    st.text("  .!?,;:*\"'()[]-_…\n\u200b🛑", max_size=5),
    st.text("  .!?,;:*\"'()[]-_…\n\u200b🛑", max_size=5),
)
def test_stop_is_stop_in_any_casing_and_punctuation(words: str, cased: Any, before: str, after: str) -> None:
    assert read(before + cased(words) + after) == Reply(command=STOP)


@pytest.mark.parametrize(
    "text",
    ["can't stop smiling", "I need to stop procrastinating", "we have to STOP this meeting madness", "quit my job. 8",
     "the end of a long day", "7, non-stop meetings", "stopped by the library", "win: cancelled the gym"],
)  # fmt: skip
def test_a_stop_within_other_words_stops_nothing(text: str) -> None:
    assert command(text) != "stop"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("START", "start"), ("unstop", "start"), ("Sign me back up!", "start"),
        ("HELP", "help"), ("info", "help"), ("How does this work?", "help"),
        ("UNDO", "undo"), ("scratch that", "undo"), ("Undo.", "undo"),
        ("RESUME", "resume"), ("I’m back!", "resume"),
        ("STATS", "stats"), ("how am I doing?", "stats"), ("my streak", "stats"),
        ("SUMMARY", "summary"), ("send me my summary", "summary"),
        ("skip", "skip"), ("Not today", "skip"), ("pass", "skip"),
        ("thanks!", "thanks"), ("Thank you.", "thanks"), ("ok", "thanks"), ("👍", "thanks"), ("👍🏽", "thanks"),
        ("asdf", "unclear"), ("what?", "unclear"), ("", "unclear"), ("???", "unclear"),
    ],
)  # fmt: skip
def test_a_command_is_the_whole_text(text: str, name: str) -> None:
    assert read(text) == Reply(command=Command(name, {}))


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("pause", None),
        ("PAUSE!", None),
        ("please pause my texts", None),
        ("pause for a week", "2026-03-10"),
        ("pause for 3 days", "2026-03-06"),
        ("pause for two weeks", "2026-03-17"),
        ("pause for a month", "2026-04-03"),
        ("pause for 10 months", "2027-01-03"),
    ],
)
def test_a_pause_lasts_until_the_first_day_on_which_texts_come_again(text: str, until: str | None) -> None:
    assert read(text) == Reply(command=Command("pause", {"until": until}))


def test_a_month_from_the_31st_ends_on_the_last_day_of_a_shorter_one() -> None:
    on_the_31st = datetime.fromisoformat("2026-01-31T19:30:00-05:00")
    assert understand("pause for a month", Context(), on_the_31st).command == Command("pause", {"until": "2026-02-28"})
    assert understand("pause for 11 months", Context(), on_the_31st).command == Command(
        "pause", {"until": "2026-12-31"}
    )


@pytest.mark.parametrize("text", ["YES", "y", "Yes please", "ok", "👍", "Sure!", "START"])
def test_a_yes_to_the_opt_in_is_a_yes(text: str) -> None:
    assert command(text, "opt_in") == "yes"


@pytest.mark.parametrize("text", ["no", "N", "Nope", "No thanks."])
def test_a_no_to_the_opt_in_is_a_no(text: str) -> None:
    assert command(text, "opt_in") == "no"


@pytest.mark.parametrize("text", ["yes", "Y", "no", "N", "nope", "yep"])
def test_yes_and_no_with_nothing_open_ask_for_nothing(text: str) -> None:
    assert command(text, "none") == "thanks"


@pytest.mark.parametrize("text", ["no", "No.", "nope", "none", "no wins today", "win: none"])
def test_a_no_to_the_check_in_is_an_answer_without_a_win(text: str) -> None:
    assert read(text, "daily_checkin") == Reply()


def test_a_yes_to_the_check_in_needs_another_word() -> None:
    assert command("yes", "daily_checkin") == "unclear"


@given(st.text(max_size=300) | st.text("0123456789.,/:- \nwinseverstopAMpm", max_size=300), st.sampled_from(ASKED))
@example("sıx", "none")  # a dotless i, which a regular expression without regard to case takes for an i
@example("pause for ٣ days", "none")
@example("6" * LONGEST, "none")
@example("w: a " * (LONGEST // 5), "daily_checkin")
@example("ﷺ" * LONGEST, "none")  # one character that normalising makes eighteen of
def test_no_text_whatever_raises(text: str, asked: str) -> None:
    reply = read(text, asked)
    if isinstance(reply.mood, float):
        assert 1 <= reply.mood <= 10 and reply.mood * 2 % 1 == 0
    else:
        assert reply.mood in (None, "low", "mid", "high", "same")
    assert all(win == win.strip() != "" for win in reply.wins)
    assert sum(map(len, reply.wins)) <= LONGEST


@pytest.mark.parametrize(
    "part",
    ["\n", "a\n \n", ".", "!?", "win: .", "win: ", "w:\n", "7 ", "stop ", "please ", " ,", "7 out of ", "a 7 ", "-"],
)
def test_no_text_takes_long(part: str) -> None:
    text = "x win: " + part * ((LONGEST - 8) // len(part)) + "x"
    before = time.process_time()
    read(text)
    assert time.process_time() - before < 1


def test_what_stands_beyond_the_longest_text_is_not_read() -> None:
    assert read(" " * LONGEST + "7").mood is None


@given(
    st.text(max_size=200)
    | st.text("e\u0301\u200b\u0338=\u20e3\ufe0f \n\u00b4\u2019\u2026a\u1112\u1161\u00ad", max_size=30)
)
@example("e\u200b\u0301")
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=100))
def test_a_text_means_the_same_however_its_characters_are_composed(text: str) -> None:
    assert read(normalise(text)) == read(text)
