"""What labelled texts teach beside the rules: the weights fit the code that reads them, and both sides' limits hold."""

from datetime import datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.learned import features, models
from shared.domain.understanding.learned.reconsider import verdicts_of
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import by_rules, understand
from tests.corpus.judge import cases

NOW = datetime.fromisoformat("2026-03-03T19:42:00-05:00")
WEIGHTS = Path(models.__file__).with_name("weights")


def rows(name: str) -> list[tuple[str, list[str]]]:
    """The features that weights are kept for, each with the labels that they are for."""
    found = []
    for part in (WEIGHTS / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n\n"):
        kind, *lines = part.split("\n")
        split = [line.split("\t") for line in lines]
        found += [(features.named(kind, value), held.split()[::2]) for value, held in split]
    return found


def test_every_weight_of_a_word_is_for_a_tag_that_the_code_knows() -> None:
    assert {label for _, labels in rows("words") for label in labels} <= set(features.TAGS)


def test_every_weight_of_a_text_is_for_a_command_a_safety_or_a_mood() -> None:
    labels = {label for _, labels in rows("messages") for label in labels}
    assert {label.partition(".")[0] for label in labels} == {"command", "safety", "mood"}
    commands = {case["expect"]["command"]["name"] for case in cases("learned") if case["expect"]["command"]}
    assert {label.partition(".")[2] for label in labels if label.startswith("command.")} >= commands


def test_weights_are_few_enough_to_be_read_at_a_cold_start() -> None:
    assert len(rows("messages")) + len(rows("words")) < 35_000


@pytest.mark.parametrize("half", ["messages", "words"])
def test_the_features_that_weights_are_kept_for_are_those_that_texts_have(half: str) -> None:
    met = set()
    for case in cases("learned")[:400]:
        found, asked = features.tokens(normalise(case["text"])), case["context"]["asked"]
        verdicts = verdicts_of(by_rules(normalise(case["text"]), Context(asked), NOW))
        of_words = features.word_features(found, asked, ["O"] * len(found))
        of_message = features.message_features(found, asked) | features.verdict_features(asked, verdicts)
        told = of_message.items() if half == "messages" else of_words
        met |= {features.named(kind, value) for kind, values in told for value in values if value is not None}
    kept = {feature for feature, _ in rows(half)}
    assert len(kept & met) > 500


@pytest.mark.parametrize("text", ["STOP", "Stop.", "END", "cancel", "unsubscribe", "quit", "HELP", "START", "opt-out"])
@pytest.mark.parametrize("asked", ["none", "daily_checkin", "opt_in", "values", "goal", "confirm_delete"])
def test_what_the_carriers_fix_is_no_matter_of_weights(text: str, asked: str) -> None:
    ruled = by_rules(normalise(text), Context(asked), NOW)
    assert understand(text, Context(asked), NOW).command == ruled.command is not None


@given(st.text(max_size=300))
def test_tags_cover_every_word_and_phrases_stand_in_the_text(text: str) -> None:
    text = normalise(text)
    found = features.tokens(text)
    spans = models.read_spans(found, "daily_checkin", ["O"] * len(found))
    assert all(0 <= start < end <= len(text) for said in spans.values() for start, end in said)


def weights_of(name: str) -> dict[str, dict[str, int]]:
    """The weights of each feature, by label, in hundredths."""
    found: dict[str, dict[str, int]] = {}
    for part in (WEIGHTS / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n\n"):
        kind, *lines = part.split("\n")
        split = [line.split("\t") for line in lines]
        found |= {features.named(kind, value): dict(models.read_weights(held)) for value, held in split}
    return found


WORD_WEIGHTS = weights_of("words")


@given(st.randoms(), st.lists(st.sampled_from(cases("work")), min_size=1, max_size=2))
def test_a_word_weighs_as_much_as_its_features_together(random: Random, chosen: list[Any]) -> None:
    found = features.tokens(normalise("\n".join(case["text"] for case in chosen)))
    ruled = [random.choice(features.TAGS) for _ in found]
    told = [
        [(kind, values[at]) for kind, values in features.word_features(found, "daily_checkin", ruled)]
        for at in range(len(found))
    ]
    held = [
        [WORD_WEIGHTS.get(features.named(kind, value), {}) for kind, value in each if value is not None]
        for each in told
    ]
    rules = [{tag: 50} if tag != "O" else {} for tag in ruled]
    expected = [
        tuple(sum(each.get(tag, 0) for each in [*said, own]) for tag in features.TAGS)
        for said, own in zip(held, rules, strict=True)
    ]
    assert [*models.linear_sums("daily_checkin", *features.word_series(found, ruled))] == expected


def test_all_that_speaks_for_a_tag_together_has_room_in_its_field() -> None:
    most = {kind: 0 for kind, _, _ in features.COLUMNS}
    for feature, held in WORD_WEIGHTS.items():
        kind = feature.partition(" ")[0]
        if kind in most:
            most[kind] = max(most[kind], *map(abs, held.values()))
    assert 50 + sum(most[kind] for kind, _, _ in features.COLUMNS) < 2**15


@given(st.text("abc I won loved drained by the 7 .,\n", max_size=200), st.randoms())
def test_a_phrase_goes_on_only_in_its_own_kind(text: str, random: Random) -> None:
    found = features.tokens(text)
    ruled = [random.choice(features.TAGS) for _ in found]
    tags = models.tag(found, "daily_checkin", ruled)
    assert all(to[0] != "I" or before[1:] == to[1:] for before, to in pairwise(["O", *tags]) if before != "O")
