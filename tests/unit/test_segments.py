"""Texts are cut to what they may cost. What a segment is, is tested with the phone, which counts them too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.segments import count_segments, fit, spelt_plainly

ANY_TEXT = st.text(max_size=700) | st.text("abc ,.;€[\n", max_size=700) | st.text("ab 🎉’é", max_size=300)


@pytest.mark.parametrize(
    ("length", "count"), [(0, 0), (1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)]
)
def test_a_plain_text_has_160_characters_alone_and_153_a_segment_when_joined(length: int, count: int) -> None:
    assert count_segments("a" * length).count == count


@pytest.mark.parametrize(("length", "count"), [(70, 1), (71, 2), (134, 2), (135, 3)])
def test_one_character_outside_the_alphabet_costs_the_whole_text(length: int, count: int) -> None:
    text = "ő" + "a" * (length - 1)
    assert (count_segments(text).encoding, count_segments(text).count) == ("UCS-2", count)


@pytest.mark.parametrize("character", "\f^{}\\[~]|€")
def test_an_escaped_character_counts_twice(character: str) -> None:
    assert count_segments(character) == count_segments("ab")


def test_an_emoji_counts_as_two_units() -> None:
    assert count_segments("🎉").length == 2


@given(ANY_TEXT)
def test_what_is_cut_never_takes_more_than_it_may(text: str) -> None:
    assert count_segments(fit(text)).count <= 2
    assert count_segments(fit(text, most=1)).count <= 1


@given(ANY_TEXT)
def test_what_fits_is_left_as_it_is(text: str) -> None:
    if count_segments(text).count <= 2:
        assert fit(text) == text
    else:
        assert fit(text) == spelt_plainly(text) or fit(text).endswith("...")


@given(ANY_TEXT)
def test_what_is_left_of_a_cut_text_is_its_beginning(text: str) -> None:
    left = fit(text).removesuffix("...")
    assert text.startswith(left) or spelt_plainly(text).startswith(left)


def test_accents_are_dropped_before_words_are() -> None:
    said = "Quedan 12 días y así está bien. " * 5
    assert fit(said) == said.replace("í", "i").replace("á", "a")
    assert fit(said[:134]) == said[:134]
    assert count_segments(fit(said * 3)).encoding == "GSM-7"


@given(ANY_TEXT)
def test_a_text_spelt_plainly_is_never_dearer(text: str) -> None:
    assert count_segments(spelt_plainly(text)).count <= count_segments(text).count
    assert spelt_plainly(spelt_plainly(text)) == spelt_plainly(text)


def test_a_text_is_cut_at_a_word() -> None:
    assert fit("word " * 70) == "word " * 59 + "word..."


def test_a_text_of_one_long_word_is_cut_within_it_and_uses_all_the_room() -> None:
    assert fit("a" * 400) == "a" * 303 + "..."


def test_only_the_words_inside_are_cut_and_what_stands_around_them_stays() -> None:
    said = fit("finished " * 60, around=lambda wins: f"7 for Tue. Wins saved: {wins}. 4-day streak.")
    assert said.startswith("7 for Tue. Wins saved: finished finished")
    assert said.endswith("finished.... 4-day streak.")
    assert count_segments(said).count == 2


@given(st.text("ab 🎉’é", max_size=300))
def test_what_is_around_counts_too(text: str) -> None:
    said = fit(text, around=lambda part: "x" * 60 + part + "y" * 60)
    assert said.startswith("x" * 60) and said.endswith("y" * 60) and count_segments(said).count <= 2
