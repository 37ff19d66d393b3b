"""A local AWS for the whole run, and for each test a table of its own, made as the template says."""

import itertools
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.config import Config

from cli.local.deploy import template
from cli.local.ministack import MiniStack, free_port
from shared import runtime
from shared.domain.models import Member
from shared.storage.store import Store
from tests.functions import ENVIRONMENT, TABLE
from tests.integration.service import LINK_KEY, Client, Clock, Service, Stdout, caches
from tests.integration.stored import NOW, TODAY, person, store_at
from tests.unit.phone.rig import ACCOUNT, SERVICE, TOKEN, Phone, phone, running

__all__ = ["phone", "running"]


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
    return store_at(dynamodb, NOW)


@pytest.fixture
def ana(store: Store) -> Member:
    """A member, as the store returns her right after signing up."""
    store.sign_up(person())
    return store.member("ana", TODAY)


@pytest.fixture
def deployed(
    ministack: MiniStack, aws: Client, account: str, dynamodb: Any, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies around the functions, and the variables that lead them to it."""
    queues = [aws("sqs").create_queue(QueueName=name)["QueueUrl"] for name in ("nudges", "summaries")]
    aws("ssm").put_parameter(Name="/canary/base-url", Value=phone.settings.api, Type="String")
    aws("secretsmanager").create_secret(Name="canary-twilio", SecretString=json.dumps({"auth_token": TOKEN}))
    aws("secretsmanager").create_secret(Name="canary-link-key", SecretString=LINK_KEY)
    aws("ses").verify_email_identity(EmailAddress="hello@unstuck.example")
    variables = ENVIRONMENT | {
        "AWS_ENDPOINT_URL": ministack.url,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "TABLE_NAME": TABLE,
        "NUDGE_QUEUE_URL": queues[0],
        "SUMMARY_QUEUE_URL": queues[1],
        "BASE_URL_PARAMETER": "/canary/base-url",
        "LINK_KEY_SECRET": "canary-link-key",
        "TWILIO_SECRET": "canary-twilio",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_NUMBER": SERVICE,
        "TWILIO_API_URL": phone.url,
        "REPLY_DOMAIN": "reply.unstuck.example",
        "MAIL_BUCKET": f"mails-{account}",
        "SIGNUPS_PER_HOUR": "10",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def service(
    deployed: None,
    aws: Client,
    phone: Phone,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Service]:
    """The functions, with a world of their own to run in; at the end, nothing personal has been said."""
    monkeypatch.setattr(runtime.metrics.provider, "namespace", "unstuck")
    caplog.set_level(logging.WARNING)  # as in Lambda, for all loggers but ours
    monkeypatch.setattr(runtime.logger._logger, "level", logging.DEBUG)
    for handler in runtime.logger.handlers:
        monkeypatch.setattr(handler, "stream", Stdout())
    caches()

    def listen() -> str:
        captured = capsys.readouterr()
        return "\n".join((captured.out, captured.err, caplog.text))

    called = Service(aws, phone.settings.api, listen)
    yield called
    caches()
    called.keeps_to_itself()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """From now on a Tuesday evening, long after all that has been due."""
    clock = Clock(datetime(2036, 3, 5, 0, 30, tzinfo=UTC))
    monkeypatch.setattr(runtime, "now", lambda: clock.now)
    return clock


@pytest.fixture
def member(service: Service, phone: Phone) -> Service:
    """The service, with the canary as a member who has said YES, and opened the link mailed to their address."""
    assert service.sign_up()["statusCode"] == 200
    assert service.deliver() == [{"batchItemFailures": []}]
    assert "Zebulonia" in service.text("YES")["body"]
    assert service.confirm_address()["statusCode"] == 200
    return service


@pytest.fixture
def world(member: Service, clock: Clock) -> Service:
    """The service and a member, now: Twilio's list goes by the real time."""
    clock.now = datetime.now(UTC)
    return member


@pytest.fixture
def table_down(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Takes the table away from the functions, and gives it back."""
    name = runtime.settings().table_name

    def down(is_down: bool) -> None:
        monkeypatch.setenv("TABLE_NAME", "gone" if is_down else name)
        runtime.settings.cache_clear()
        runtime.store.cache_clear()

    return down
