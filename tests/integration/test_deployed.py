"""A stack on AWS is found by its name, with what is in it."""

import json

import boto3
import pytest

from cli.deployed import find
from cli.local.ministack import MiniStack
from cli.local.problem import Problem

TEMPLATE = {"Resources": {"NudgeQueue": {"Type": "AWS::SQS::Queue"}, "Topic": {"Type": "AWS::SNS::Topic"}}}


@pytest.fixture
def settings(ministack: MiniStack, account: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS as an operator's shell has it set."""
    told = {
        "ENDPOINT_URL": ministack.url,
        "ACCESS_KEY_ID": account,
        "SECRET_ACCESS_KEY": "test",
        "DEFAULT_REGION": "us-east-1",
    }
    for name, value in told.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)


def test_a_stack_on_aws_is_found_by_its_name(settings: None) -> None:
    boto3.client("cloudformation").create_stack(StackName="mine", TemplateBody=json.dumps(TEMPLATE))
    deployed = find("mine", 1)
    (queue,) = deployed.of_kind("AWS::SQS::Queue")
    assert queue.name == "NudgeQueue"
    assert deployed.id_of("NudgeQueue") == queue.id
    assert deployed.client("sqs").get_queue_attributes(QueueUrl=queue.id, AttributeNames=["QueueArn"])["Attributes"]
    with pytest.raises(Problem, match="no Table"):
        deployed.id_of("Table")


def test_a_stack_that_is_not_there_is_named(settings: None) -> None:
    with pytest.raises(Problem, match="'another' cannot be read"):
        find("another", 1)


def test_where_nothing_runs_here_it_says_how_to_begin() -> None:
    with pytest.raises(Problem, match="make run"):
        find(None, 1)
