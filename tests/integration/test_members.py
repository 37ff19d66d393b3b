"""`unstuck members import`, against a real (local) DynamoDB: whole or not at all, and for the number it names."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.deployed import Deployed, find
from cli.local.deploy import STACK, Cloud, template
from cli.local.ministack import MiniStack
from cli.local.problem import Problem
from cli.main import app
from cli.members import import_daylio
from shared.domain.daylio import USUAL_MOODS
from shared.domain.models import Status, Turn
from shared.storage.store import Store
from tests.integration.stored import NOW, PHONE, entry, person

HEAD = "full_date,date,weekday,time,mood,activities,note_title,note\n"
FILE = f"{HEAD}2026-03-02,March 2,Monday,20:15,good,work | run,,fine\n2026-03-01,March 1,Sunday,9:00 pm,so-so,,,\n"
OWN = ("rad", "good", "meh, so-so", "bad", "awful")


@pytest.fixture
def stack(ministack: MiniStack) -> Iterator[Deployed]:
    """A deployed stack that has the template's table, with one member in it."""
    cloudformation = Cloud(ministack.url).client("cloudformation")
    properties = template()["Resources"]["Table"]["Properties"]
    kept = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    table = {"Type": "AWS::DynamoDB::Table", "Properties": {name: properties[name] for name in kept}}
    cloudformation.create_stack(StackName=STACK, TemplateBody=json.dumps({"Resources": {"Table": table}}))
    cloudformation.get_waiter("stack_create_complete").wait(StackName=STACK, WaiterConfig={"Delay": 0.1})
    deployed = find(None, _port(ministack))
    _store(deployed).sign_up(person(status=Status.ACTIVE))
    yield deployed
    cloudformation.delete_stack(StackName=STACK)


def _port(ministack: MiniStack) -> int:
    return int(ministack.url.rpartition(":")[2])


def _store(stack: Deployed) -> Store:
    return Store(stack.client("dynamodb"), stack.id_of("Table"), lambda: NOW)


def test_a_file_is_in_the_journal_of_whose_number_it_is_and_once(stack: Deployed) -> None:
    done = import_daylio(stack, PHONE, FILE.encode(), OWN, NOW)
    assert (len(done.entries), done.days, done.known) == (2, 2, 0)
    journal = _store(stack).member("ana", date.min).journal
    assert [(each.day.day, each.mood, each.note) for each in journal] == [(1, 5.5, None), (2, 7.5, "fine (work, run)")]
    again = import_daylio(stack, PHONE, FILE.encode(), OWN, NOW)
    assert (len(again.entries), again.known) == (0, 2)


def test_a_bad_line_is_named_and_nothing_is_imported(stack: Deployed) -> None:
    with pytest.raises(Problem, match="Line 3: The mood “so-so” is none of the five"):
        import_daylio(stack, PHONE, FILE.encode(), USUAL_MOODS, NOW)
    assert _store(stack).member("ana", date.min).journal == ()


def test_a_number_that_is_nobody_s_is_said_to_be(stack: Deployed) -> None:
    with pytest.raises(Problem, match="No member has this number"):
        import_daylio(stack, "+14155559999", FILE.encode(), OWN, NOW)


def test_a_day_that_was_answered_here_stays_as_it_is(stack: Deployed) -> None:
    own = entry(date(2026, 3, 2), at=NOW - timedelta(days=3), mood=3)
    _store(stack).apply(Turn(member=_store(stack).member("ana", date.min), entries=(own,)))
    done = import_daylio(stack, PHONE, FILE.encode(), OWN, NOW)
    assert (len(done.entries), done.answered) == (1, 1)


def test_the_command_says_what_came_of_it(stack: Deployed, ministack: MiniStack, tmp_path: Path) -> None:
    file = tmp_path / "daylio.csv"
    file.write_text(FILE, encoding="utf-8")
    call = ["members", "import", str(file), "--phone", PHONE, "--aws-port", str(_port(ministack))]
    refused = CliRunner().invoke(app, call)
    assert (refused.exit_code, "Line 3" in refused.output) == (1, True)
    taken = CliRunner().invoke(app, [*call, "--moods", "rad/good/so-so/bad/awful"])
    assert (taken.exit_code, "2 entries of 2 days were imported." in taken.output) == (0, True)
