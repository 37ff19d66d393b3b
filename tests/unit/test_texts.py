"""Holds the copy against the code that says it and the phones that show it, whoever edits `texts.toml`."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from shared.content.segments import count_segments
from shared.content.texts import catalogue, say

ROOT = Path(__file__).parents[2]
SECTIONS = {key.partition(".")[0] for key in catalogue()}
# Keys that are put together where they are said: one for a single thing, one for several.
COMPUTED = (
    {f"summary.{noun}_{number}" for noun in ("day", "checkin", "win") for number in ("one", "many")}
    | {f"checkin.{band}" for band in ("low", "mid", "high")}
    | {f"crisis.{country}" for country in ("us", "gb", "ie", "au", "nz", "in", "eu", "elsewhere")}
)
NOT_TEXTED = ("mail.", "page.", "summary.alt", "summary.chart")

# For each placeholder something as long as it plausibly gets.
PLAUSIBLE = {
    "answered": 30,
    "average": "10.0",
    "brand": "Career Centre Unstuck",
    "checkins": "31 check-ins",
    "contact": "Questions: careers@example-university.edu",
    "count": 31,
    "day": "Wednesday",
    "days": "31 days",
    "list": "closed the Acme deal; finished module 3 of the course; wrote to two old colleagues",
    "mood": "7.5",
    "month": "September",
    "moods": 30,
    "more": "12 days",
    "name": "Maria Fernanda",
    "nearest": "20:30",
    "phrase": "mentoring the new colleague",
    "prompted": "31 check-ins",
    "streak": 365,
    "until": "Wed 30 Sep",
    "url": "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
    "when": "tomorrow at 19:30",
    "wins": "closed the Acme deal; finished module 3 of the course; wrote to two old colleagues",
}


class Said(NamedTuple):
    """A place where a text is said: the keys it may have there, and the placeholders it is given."""

    where: str
    keys: frozenset[str]
    given: frozenset[str]


def sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("shared", "functions", "cli"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def keys_in(tree: ast.AST) -> frozenset[str]:
    """The strings that have the form of a key, whether there is such a text or not."""
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return frozenset(
        text for text in strings if text.partition(".")[0] in SECTIONS and text.partition(".")[2].isidentifier()
    )


def keys_named() -> frozenset[str]:
    """Of the modules that say texts: others name files of their own, such as "page.css"."""
    return frozenset().union(*(keys_in(tree) for _, tree in sources() if "texts" in imported(tree)))


def imported(tree: ast.AST) -> set[str]:
    return {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}


def said() -> list[Said]:
    """Every call that names its key on the spot and its placeholders one by one."""
    found = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("texts.say", "_say"):
                keys = frozenset().union(*(keys_in(argument) for argument in node.args))
                given = [keyword.arg for keyword in node.keywords]
                if keys and None not in given:
                    found.append(Said(f"{path}:{node.lineno}", keys, frozenset(filter(None, given))))
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def texted() -> dict[str, str]:
    return {key: text for key, text in catalogue().items() if not key.startswith(NOT_TEXTED)}


def test_every_text_is_said_somewhere() -> None:
    assert catalogue().keys() - keys_named() - COMPUTED == set()


def test_every_text_that_is_said_exists() -> None:
    assert keys_named() | COMPUTED <= catalogue().keys()


@pytest.mark.parametrize("call", said(), ids=lambda call: call.where)
def test_every_placeholder_gets_its_value_where_the_text_is_said(call: Said) -> None:
    assert set().union(*(placeholders(catalogue()[key]) for key in call.keys)) <= call.given


@pytest.mark.parametrize("key", catalogue())
def test_placeholders_are_plain_names(key: str) -> None:
    for _, name, form, conversion in string.Formatter().parse(catalogue()[key]):
        assert name is None or (name.isidentifier() and not form and not conversion)


@pytest.mark.parametrize("key", texted())
def test_what_is_texted_is_in_the_sms_alphabet_and_within_two_segments(key: str) -> None:
    segments = count_segments(say(key, **PLAUSIBLE))
    assert (segments.encoding, segments.count <= 2) == ("GSM-7", True)


@pytest.mark.parametrize("key", ["checkin.question", "checkin.unclear", "settings.undone", "opt_in.remind"])
def test_what_is_texted_most_costs_one_segment(key: str) -> None:
    assert count_segments(say(key, **PLAUSIBLE)).count == 1


def test_a_welcome_has_room_for_a_name_in_any_script() -> None:
    welcome = say("opt_in.welcome", name="Александра", when=PLAUSIBLE["when"])
    assert count_segments(welcome).count == 2


@pytest.mark.parametrize("key", catalogue())
def test_no_text_shouts(key: str) -> None:
    text = catalogue()[key]
    assert "!!" not in text
    assert text == text.strip() != ""


def test_a_text_asked_for_by_a_wrong_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("checkin.no_such_text")


def test_what_a_member_wrote_is_said_back_and_not_filled_in() -> None:
    assert say("checkin.win", wins="fixed {brand} and {0}") == "Win saved: fixed {brand} and {0}."
