"""Who may do what: each function what it uses, and nothing else."""

import ast
from collections.abc import Iterator

import pytest

from tests.unit.imports import reach, tree
from tests.unit.resources import (
    FALLBACK,
    FUNCTIONS,
    RESOURCES,
    VARIABLES,
    function,
    grants,
    listed,
    module,
    statements,
    target,
    text,
)

# What a name of `shared.runtime` takes: the statement's action and a word of its resource.
NEEDS = {
    "base_url": ("ssm:GetParameter", "base-url"),
    "links": ("secretsmanager:GetSecretValue", "-link-key-"),
    "twilio_account": ("secretsmanager:GetSecretValue", "-twilio-"),
    "ses": ("ses:SendRawEmail", "identity/"),
    "enqueue": ("sqs:SendMessage", "Queue.Arn"),
    "postpone": ("sqs:ChangeMessageVisibility", "Queue.Arn"),
    "store": ("dynamodb:", "Table.Arn"),
    "received_mail": ("s3:GetObject", "MailBucket.Arn"),
    "delete_mail": ("s3:DeleteObject", "MailBucket.Arn"),
}


def test_the_fallback_needs_nothing_but_its_queue() -> None:
    """Whatever else has failed: no table, no secret, no setting, and no code of the rest."""
    assert grants(FALLBACK) == {("sqs:SendMessage", "FallbackQueue.Arn")}
    assert function(FALLBACK)["Environment"]["Variables"] == {"FALLBACK_QUEUE_URL": {"Ref": "FallbackQueue"}}
    came = reach(module(FALLBACK))
    assert came.packages == {"boto3"}
    assert not came.runtime
    assert not [each for each in came.modules if not each.startswith("functions")]


@pytest.mark.parametrize("name", [each for each in FUNCTIONS if each != FALLBACK])
def test_a_function_may_use_what_it_uses_and_nothing_else(name: str) -> None:
    used = reach(module(name)).runtime
    for thing, (action, resource) in NEEDS.items():
        granted = [each for each in grants(name) if each[0].startswith(action) and resource in each[1]]
        assert bool(granted) == (thing in used), thing
    known = tuple(action for action, _ in NEEDS.values())
    assert not [action for action, _ in grants(name) if not action.startswith((*known, "kms:", "s3:ListBucket"))]


# What each call on a table, or on DynamoDB's client, takes.
TABLE_ACTIONS = {
    "get": "GetItem",
    "query": "Query",
    "put": "PutItem",
    "delete": "DeleteItem",
    "update": "UpdateItem",
    "check": "ConditionCheckItem",
}
CLIENT_ACTIONS = {
    "query": "Query",
    "get_paginator": "Query",
    "put_item": "PutItem",
    "update_item": "UpdateItem",
    "delete_item": "DeleteItem",
}
METHODS = {
    node.name: node
    for each in tree("shared.storage.store").body
    if isinstance(each, ast.ClassDef) and each.name == "Store"
    for node in each.body
    if isinstance(node, ast.FunctionDef)
}


def methods_used(name: str) -> set[str]:
    """The methods of the store that a function calls, on `store` or on `runtime.store()`."""
    ours = [each for each in reach(module(name)).modules if not each.startswith(("shared.storage", "shared.domain"))]
    nodes = [node for each in ours for node in ast.walk(tree(each)) if isinstance(node, ast.Attribute)]
    return {node.attr for node in nodes if ast.unparse(node.value) in ("store", "runtime.store()")} & METHODS.keys()


def actions_of(method: str) -> Iterator[str]:
    """What a method of the store does to the table, with the methods that it calls."""
    for node in ast.walk(METHODS[method]):
        if isinstance(node, ast.Attribute):
            on = ast.unparse(node.value)
            if on == "self" and node.attr in METHODS and node.attr != method:
                yield from actions_of(node.attr)
            elif action := {"self._table": TABLE_ACTIONS, "self._client": CLIENT_ACTIONS}.get(on, {}).get(node.attr):
                yield action


@pytest.mark.parametrize("name", [each for each in FUNCTIONS if "store" in reach(module(each)).runtime])
def test_a_function_may_do_to_the_table_what_it_does_and_nothing_else(name: str) -> None:
    used = methods_used(name)
    done = {(f"dynamodb:{action}", "Table.Arn") for method in used for action in actions_of(method)}
    if used & {"due", "due_from"}:
        done |= {(action, "${Table.Arn}/index/due") for action, _ in done}
    granted = {(action, resource) for action, resource in grants(name) if action.startswith("dynamodb:")}
    assert {(action, resource.removeprefix('{"Fn::Sub": "').removesuffix('"}')) for action, resource in granted} == done


# Pages ask for confirmations alone, which are no summaries.
ON_PAGES = ("SignupFunction", "MemberPageFunction")


@pytest.mark.parametrize("name", [n for n in FUNCTIONS if "enqueue" in reach(module(n)).runtime and n not in ON_PAGES])
def test_what_is_asked_for_or_due_may_be_put_on_the_queue_it_belongs_on(name: str) -> None:
    queues = {resource for action, resource in grants(name) if action == "sqs:SendMessage"}
    assert queues == {f"{target(VARIABLES[queue])}.Arn" for queue in ("NUDGE_QUEUE_URL", "SUMMARY_QUEUE_URL")}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_who_uses_the_table_may_use_its_key(name: str) -> None:
    uses_table = any(action.startswith("dynamodb:") for action, _ in grants(name))
    assert ({"Ref": "UseTableKey"} in function(name)["Policies"]) == uses_table


def test_the_table_s_key_is_used_through_dynamodb_alone() -> None:
    (statement,) = RESOURCES["UseTableKey"]["Properties"]["PolicyDocument"]["Statement"]
    assert target(statement["Resource"]) == "TableKey"
    (condition,) = statement["Condition"]["StringEquals"].items()
    assert condition[0] == "kms:ViaService"
    assert condition[1]["Fn::Sub"].startswith("dynamodb.")
    assert {"kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"} <= set(statement["Action"])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_nothing_is_granted_wholesale(name: str) -> None:
    for statement in statements(name):
        assert statement["Effect"] == "Allow"
        for action in listed(statement["Action"]):
            assert "*" not in action or action in ("kms:GenerateDataKey*", "kms:ReEncrypt*")
        for resource in map(text, listed(statement["Resource"])):
            if "identity/*" in resource:  # whichever of its identities the operator has verified, for one sender
                assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "MailFrom"}}}
            else:  # Secrets Manager adds letters of its own to a name
                assert "*" not in resource.replace("-twilio-*", "").replace("-link-key-*", "").replace("/inbound/*", "")


def test_nobody_but_the_account_and_its_policies_may_use_the_key() -> None:
    (statement,) = RESOURCES["TableKey"]["Properties"]["KeyPolicy"]["Statement"]
    assert statement["Principal"]["AWS"]["Fn::Sub"].endswith("${AWS::AccountId}:root")
