"""A stack that is deployed, on AWS or here: for all that an operator does to it from the command line."""

from collections.abc import Callable
from typing import Any, NamedTuple

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from cli.local.deploy import STACK, Cloud
from cli.local.problem import Problem

Clients = Callable[[str], Any]  # makes a client of an AWS service by its name, such as "sqs"


class Resource(NamedTuple):
    """`name` is the logical id, as the template calls it; `id` the physical one: a queue's URL, a table's name."""

    name: str
    kind: str
    id: str


class Deployed(NamedTuple):
    """A stack, and how to reach what is in it."""

    client: Clients
    resources: tuple[Resource, ...]

    def id_of(self, name: str) -> str:
        """The physical id of one resource.

        Raises:
            Problem: the stack has none of that name.
        """
        for resource in self.resources:
            if resource.name == name:
                return resource.id
        raise Problem(f"This stack has no {name}: it is not Unstuck's, or an older one.")

    def of_kind(self, kind: str) -> list[Resource]:
        """All resources of a type, such as "AWS::SQS::Queue"."""
        return [resource for resource in self.resources if resource.kind == kind]


def find(stack: str | None, aws_port: int) -> Deployed:
    """The stack of that name, by the shell's own AWS settings; or with None what runs on this machine.

    Raises:
        Problem: there is none, or it cannot be reached.
    """
    client: Clients = _on_aws if stack else Cloud(f"http://127.0.0.1:{aws_port}").client
    try:
        pages = client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack or STACK)
        listed = [each for page in pages for each in page["StackResourceSummaries"]]
    except (BotoCoreError, ClientError) as error:
        where = f"The stack {stack!r} cannot be read" if stack else "Nothing runs here: `make run`, or name a --stack"
        raise Problem(f"{where} ({error}).") from error
    names = ("LogicalResourceId", "ResourceType", "PhysicalResourceId")
    return Deployed(client, tuple(Resource(*(each[name] for name in names)) for each in listed))


def _on_aws(service: str) -> Any:
    return boto3.client(service)  # type: ignore[call-overload]
