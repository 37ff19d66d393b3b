"""What template.yaml describes, as tests look at it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from cli.local.deploy import functions, template

Properties = dict[str, Any]
TEMPLATE = template()
RESOURCES = TEMPLATE["Resources"]
GLOBALS: Properties = TEMPLATE["Globals"]["Function"]
VARIABLES: Properties = GLOBALS["Environment"]["Variables"]
FUNCTIONS = functions(TEMPLATE)
FALLBACK = "ReceiveFallbackFunction"


def words(function: str) -> list[str]:
    """ReceiveSmsFunction → receive, sms."""
    return [word.lower() for word in re.findall(r"[A-Z][a-z]+", function.removesuffix("Function"))]


def module(function: str) -> str:
    return f"functions.{'_'.join(words(function))}.app"


def of_type(kind: str) -> dict[str, Properties]:
    return {name: each["Properties"] for name, each in RESOURCES.items() if each["Type"] == kind}


def function(name: str) -> Properties:
    """The function's properties, with what holds for all."""
    own: Properties = RESOURCES[name]["Properties"]
    return GLOBALS | own


def target(reference: Any) -> str:
    """The logical id that a !Ref or a !GetAtt leads to."""
    name = reference.get("Ref") or reference["Fn::GetAtt"]
    return str(name[0] if isinstance(name, list) else name).partition(".")[0]


def text(value: Any) -> str:
    """A value of the template as a line, its !GetAtt as Name.Attribute."""
    if isinstance(value, dict) and isinstance(value.get("Fn::GetAtt"), list):
        return ".".join(value["Fn::GetAtt"])
    return value if isinstance(value, str) else json.dumps(value)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def statements(name: str) -> Iterator[Properties]:
    """All that a function may do, its managed policies included."""
    for policy in function(name)["Policies"]:
        document = RESOURCES[policy["Ref"]]["Properties"]["PolicyDocument"] if "Ref" in policy else policy
        yield from document["Statement"]


def grants(name: str) -> set[tuple[str, str]]:
    """(action, resource) of all that a function may do."""
    return {
        (action, text(resource))
        for statement in statements(name)
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }


def readers() -> list[tuple[str, Properties]]:
    """Functions, each with the properties of a queue's event."""
    return [
        (name, event["Properties"])
        for name in FUNCTIONS
        for event in function(name).get("Events", {}).values()
        if event["Type"] == "SQS"
    ]
