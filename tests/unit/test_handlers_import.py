"""Every function starts: its handler imports with what its own dependency group brings, and nothing set up."""

import re
import subprocess
import sys
import tomllib
from functools import cache

import pytest

from cli.local.ministack import ROOT
from tests.unit.imports import reach
from tests.unit.resources import FUNCTIONS, TEMPLATE, module, words

IN_LAMBDA = {"boto3", "botocore"}  # its Python runtime brings them


@cache
def groups() -> dict[str, list[str | dict[str, str]]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: dict[str, list[str | dict[str, str]]] = tomllib.load(file)["dependency-groups"]
        return found


def requirements(group: str) -> set[str]:
    """The packages that a dependency group names, itself or by including another one."""
    named = set[str]()
    for each in groups()[group]:
        if isinstance(each, str):
            named.add(re.split(r"[^\w.-]", each, maxsplit=1)[0].lower())
        else:
            named |= requirements(each["include-group"])
    return named


def test_each_function_has_its_folder_and_each_folder_its_function() -> None:
    folders = {path.parent.name for path in (ROOT / "functions").glob("*/app.py")}
    assert folders == {"_".join(words(function)) for function in FUNCTIONS}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_s_handler_is_in_its_folder(function: str) -> None:
    assert TEMPLATE["Resources"][function]["Properties"]["Handler"] == f"{module(function)}.handler"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_handler_imports_before_anything_is_set_up(function: str) -> None:
    """No variable is read and no client is made by an import; Lambda sets its region."""
    code = f"from {module(function)} import handler; assert callable(handler)"
    environment = {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "PATH": "",
        "HOME": "/nonexistent",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_s_group_has_all_that_it_imports_and_no_more(function: str) -> None:
    group = requirements("-".join(words(function)))
    imported = reach(module(function)).packages - IN_LAMBDA
    assert imported == group


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_carries_nothing_of_the_command_line_or_of_another_function(function: str) -> None:
    own = {"functions", *(module(function).rsplit(".", n)[0] for n in (0, 1))}
    assert {each for each in reach(module(function)).modules if not each.startswith("shared")} <= own


def test_what_a_function_reaches_is_read_right() -> None:
    """Of the sources as they are: a lazy import counts where it is used, and only there."""
    texting, dispatching = reach("functions.deliver.app"), reach("functions.dispatch.app")
    assert {"texter", "twilio_account", "settings"} <= texting.runtime
    assert {"twilio", "jinja2", "itsdangerous"} <= texting.packages
    assert {"shared.delivery", "shared.channels.sms", "shared.storage.store", "shared.domain.models"} <= texting.modules
    assert "texter" not in dispatching.runtime
    assert not {"twilio", "jinja2"} & dispatching.packages
    assert "shared.channels.sms" not in dispatching.modules
    assert "phonenumberslite" in reach("functions.signup.app").packages
