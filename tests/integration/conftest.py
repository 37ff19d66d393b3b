"""A local AWS for the whole run, and for each test a table of its own, made as the template says."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config

from cli.local.deploy import template
from cli.local.ministack import MiniStack, free_port
from shared.storage.store import Store
from tests.unit.phone.rig import phone, running

__all__ = ["phone", "running"]

TABLE = "members"
Client = Callable[[str], Any]


@pytest.fixture(scope="session")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MiniStack]:
    local = MiniStack(tmp_path_factory.mktemp("aws"), free_port(), free_port())
    local.start()
    yield local
    local.stop()


@pytest.fixture(scope="session")
def accounts() -> Iterator[str]:
    """Access keys; one of 12 digits is an account of its own in the local AWS."""
    return (f"{number:012}" for number in itertools.count(1))


@pytest.fixture
def account(accounts: Iterator[str]) -> str:
    """An AWS account with nothing in it."""
    return next(accounts)


@pytest.fixture(scope="session")
def session() -> boto3.Session:
    """One for all accounts: it takes a while to read what the services are."""
    return boto3.Session(region_name="us-east-1")


@pytest.fixture
def aws(ministack: MiniStack, session: boto3.Session, account: str) -> Client:
    """Clients of the test's own account, by the service's name."""
    config = Config(max_pool_connections=32, retries={"max_attempts": 1})

    def client(service: str) -> Any:
        return session.client(  # type: ignore[call-overload]
            service, endpoint_url=ministack.url, config=config, aws_access_key_id=account, aws_secret_access_key="test"
        )

    return client


@pytest.fixture
def dynamodb(aws: Client) -> Any:
    """A client, and the template's table behind it, empty."""
    properties = template()["Resources"]["Table"]["Properties"]
    shape = {name: properties[name] for name in ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")}
    client = aws("dynamodb")
    client.create_table(TableName=TABLE, BillingMode=properties["BillingMode"], **shape)
    return client


@pytest.fixture
def store(dynamodb: Any) -> Store:
    return Store(dynamodb, TABLE)
