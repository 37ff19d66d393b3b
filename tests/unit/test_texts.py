"""Holds the copy against the code that says it and the phones that show it, whoever edits `texts.toml`."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from shared.content.segments import count_segments
from shared.content.texts import catalogue, say
from shared.domain import conversation
from shared.domain.answers import plan

ROOT = Path(__file__).parents[2]
SECTIONS = {key.partition(".")[0] for key in catalogue()}
NOT_TEXTED = ("mail.", "page.", "calendar.", "summary.alt", "summary.chart", "export.")
SAYERS = ("texts.say", "message.say", "message.answer", "message.ask")

# For each placeholder something as long as it plausibly gets.
PLAUSIBLE = {
    "amount": "12 applications",
    "answered": 30,
    "action": "block 30 minutes this week and write down what you would like to do more often.",
    "average": "10.0",
    "cause": "pressure from outside (family, money, what one ought to do)",
    "brand": "Career Centre Unstuck",
    "checkins": "31 check-ins",
    "added": "2.5 hours",
    "certificate": "Google Data Analytics Professional Certificate",
    "counted": "2.5 hours (12.5 hours in all), 3 modules",
    "contact": "Questions: careers@example-university.edu",
    "count": 31,
    "countries": "US, CA, GB, IE, AU",
    "email": "maria.fernanda.villanueva@alumni.example-university.edu",
    "emergency": "your emergency number",
    "date": "Wed 30 Sep 2027",
    "day": "Wednesday",
    "days": "31 days",
    "done": 3,
    "goal": "Finish the online course on data analysis twice",
    "how": "1200 of 5000, 120 days left, a bit behind; about 190 a week gets you there",
    "left": "120 days left",
    "first": "time at home with the children",
    "following": "calculated risks",
    "experiment": "shadow the design team for a morning and then ask about a move",
    "finished": "Excel for analysts on Udemy, PMP certificate, webinar on pay talks",
    "gone": "exhaustion, no excitement",
    "intention": "ask the scheduler about the early shifts before the rota is out",
    "items": "time at home with the children; a calm team; good pay; impact; learning",
    "goals": "Apply to museums and galleries (12 of 40); finish 2 evening courses (1 of 2)",
    "group": "local chapter of the Project Management Institute",
    "learning": "Google Data Analytics Professional Certificate on Coursera",
    "list": "closed the Acme deal; finished module 3 of the course; wrote to two old colleagues",
    "line": "call 13 11 14, or text 0477 13 11 14",
    "missing": "2.5 months",
    "made": 3,
    "means": "an evening course at the community college",
    "mood": "7.5",
    "months": "2.5 months",
    "month": "September",
    "moods": 30,
    "more": "12 days",
    "most": 10,
    "name": "Maria Fernanda",
    "names": "Ana, Tom from the old team, Prof. Lee, my old boss Maria, Kim (uni), Dave, Lou",
    "nearest": "20:30",
    "new": "Monday dread, no growth",
    "note": "That is wonderful, so proud of you. Drinks are on me when you are done with module 4",
    "number": 6,
    "pace": "one every 3 weeks",
    "of": 7,
    "other": "burnout (too much for too long)",
    "phrases": "mentoring the new colleague; budget meeting",
    "phrase": "mentoring the new colleague",
    "place": "North Dakota/New Salem",
    "prompted": "31 check-ins",
    "self_care": "swimming with my sister, long walks",
    "second": "being asked before things are decided",
    "skill": "explaining numbers to people who do not like them",
    "step": "calculated risks",
    "steps": "career audit, SMART goals, upskilling, network, calculated risks, mental health",
    "streak": 365,
    "target": 5000,
    "time": "19:30",
    "values": "1 creativity 2 stability 3 impact 4 time for my family 5 learning",
    "value": "time at home with the children",
    "told": "31 days answered, 120 wins, mood 7.5 on average",
    "total": "12.5 hours",
    "weekday": "Wed",
    "what": "7.5 for Wed, 3 wins, the new time zone",
    "year": 2026,
    "until": "Wed 30 Sep",
    "url": "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
    "whom": "the Centre for Work and Health, free of charge, +1 415 555 0142, ask for Ana",
    "when": "tomorrow at 19:30",
    "whose": "Finish the online course on data analysis twice: ",
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
    joined = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in joined)
    strings = (node.value for node in constants if isinstance(node.value, str))
    return frozenset(
        text for text in strings if text.partition(".")[0] in SECTIONS and text.partition(".")[2].isidentifier()
    )


def keys_named() -> frozenset[str]:
    """Of the modules that say texts: others name files of their own, such as "page.css"."""
    return frozenset().union(*(keys_in(tree) for _, tree in sources() if imported(tree) & {"texts", "Message"}))


def computed() -> re.Pattern[str]:
    """Keys that are put together where they are said: f"summary.{noun}_one"."""
    found = set()
    for node in (node for _, tree in sources() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        if parts[0] and str(parts[0]).partition(".")[0] in SECTIONS and "." in str(parts[0]):
            found.add("".join(re.escape(str(part)) if part else r"\w+" for part in parts))
    return re.compile("|".join(sorted(found)))


def imported(tree: ast.AST) -> set[str]:
    return {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}


def said() -> list[Said]:
    """Every call that names its key on the spot and its placeholders one by one."""
    found = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "texts.say",
                "message.say",
                "message.answer",
                "message.ask",
            ):
                keys = frozenset().union(*(keys_in(argument) for argument in node.args))
                given = [keyword.arg for keyword in node.keywords]
                if keys and None not in given:
                    found.append(Said(f"{path}:{node.lineno}", keys, frozenset(filter(None, given))))
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wordings(language: str = "en") -> dict[str, str]:
    """Every wording, keyed "section.name", with its number where there are several."""
    return {
        f"{key} {number}".removesuffix(" 0"): text
        for key, texts in catalogue(language).items()
        for number, text in enumerate(texts)
    }


def texted() -> dict[str, str]:
    return {key: text for key, text in wordings().items() if not key.startswith(NOT_TEXTED)}


def test_every_text_is_said_somewhere() -> None:
    unsaid = catalogue().keys() - keys_named()
    assert {key for key in unsaid if not computed().fullmatch(key)} == set()


def test_every_question_is_asked_somewhere() -> None:
    asked = {f"ask.{name}" for name in (*plan.QUESTIONS, *conversation.QUESTIONS)}
    assert {key for key in catalogue() if key.startswith("ask.")} == asked


def test_every_text_that_is_said_exists() -> None:
    assert keys_named() <= catalogue().keys()


@pytest.mark.parametrize("call", said(), ids=lambda call: call.where)
def test_every_placeholder_gets_its_value_where_the_text_is_said(call: Said) -> None:
    assert set().union(*(placeholders(text) for key in call.keys for text in catalogue()[key])) <= call.given


@pytest.mark.parametrize("key", wordings())
def test_placeholders_are_plain_names(key: str) -> None:
    for _, name, form, conversion in string.Formatter().parse(wordings()[key]):
        assert name is None or (name.isidentifier() and not form and not conversion)


@pytest.mark.parametrize("key", texted())
def test_what_is_texted_is_in_the_sms_alphabet_and_within_two_segments(key: str) -> None:
    segments = count_segments(texted()[key].format_map(PLAUSIBLE))
    assert (segments.encoding, segments.count <= 2) == ("GSM-7", True)


@pytest.mark.parametrize("key", ["checkin.question", "checkin.unclear", "settings.undone", "opt_in.remind"])
def test_what_is_texted_most_costs_one_segment(key: str) -> None:
    assert {count_segments(text.format_map(PLAUSIBLE)).count for text in catalogue()[key]} == {1}


@pytest.mark.parametrize("key", wordings())
def test_no_text_shouts(key: str) -> None:
    text = wordings()[key]
    assert "!!" not in text
    assert text == text.strip() != ""


def test_a_text_asked_for_by_a_wrong_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("checkin.no_such_text")


def test_what_a_member_wrote_is_said_back_and_not_filled_in() -> None:
    assert say("checkin.win", wins="fixed {brand} and {0}") == "Win saved: fixed {brand} and {0}."
