"""Calls for help that name nothing are heard by what stands together in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding import words
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.safety.cues import calls_for_help
from shared.domain.understanding.safety.read import read_safety
from tests.corpus.judge import cases


def heard(text: str) -> str | None:
    plain = normalise(text)
    return "crisis" if calls_for_help(plain) else read_safety(plain)


@pytest.mark.parametrize(
    "text",
    [
        "been sat in the ute with the rifle an hour. tell the kids I'm sorry",
        "I have written the letters and put the paperwork in order, and I rather think this week will be my last.",
        "Ran the policy numbers twice. The household improves if I'm off the books. 5",
        "standing on the bridge on my way home. its pretty. 5",
        "he's outside my flat again. ive turned the lights off. cant talk pls help",
        "5 i guess. put whatever number u want it wont matter after tonight",
    ],
)
def test_what_stands_together_is_heard(text: str) -> None:
    assert calls_for_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "said goodbye to the team, new job starts monday. 8",
        "Handed in my notice, wrote cards for everyone, I feel lighter. 9",
        "has a knife sharpening business",
        "crossed the bridge twice looking for parking. 4",
        "insurance claim finally paid out!! win",
        "threw myself into the work",
        "tired of living out of a suitcase",
        "he hit me up on linkedin about a role",
        "gave my presentation, it's over. 7",
    ],
)
def test_ordinary_words_of_one_kind_are_left_alone(text: str) -> None:
    assert not calls_for_help(text)


def test_of_hard_cases_nine_in_ten_calls_are_heard_and_few_neighbours_taken_for_one() -> None:
    labelled = cases("safety")
    calls = [each["text"] for each in labelled if each["safety"] == "crisis"]
    others = [each["text"] for each in labelled if each["safety"] is None]
    assert sum(heard(text) == "crisis" for text in calls) / len(calls) > 0.9
    assert sum(heard(text) == "crisis" for text in others) / len(others) < 0.15  # written to look like one


def test_in_ordinary_replies_hardly_any_is_taken_for_a_call_for_help() -> None:
    ordinary = [case["text"] for case in cases("work") if case["expect"]["safety"] != "crisis"]
    assert sum(calls_for_help(normalise(text)) for text in ordinary) / len(ordinary) < 0.005


@given(st.text(max_size=500))
def test_no_text_raises(text: str) -> None:
    assert calls_for_help(text) in (True, False)


def test_cues_are_written_as_they_are_compared() -> None:
    for phrases in words.load("cues").values():
        for phrase in phrases:
            assert "'" not in phrase and phrase == " ".join(phrase.lower().split())
