"""What a function runs with: settings, logger, clients. The only place that reads the environment or makes a client.

Called by handlers. Everything is made at its first use and once a container. Logs and metrics name ids only.
What lies outside of the service is behind one `Edge`; a simulation hands over another one.
"""

import json
import os
import secrets
import warnings
import zoneinfo
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
import tzdata
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from botocore.config import Config
from pydantic import BaseModel, ConfigDict, Field

from shared.domain.message import Brand, Help
from shared.domain.models import Kind, Nudge
from shared.storage.store import JOURNAL_DAYS, Store

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.parameters import SecretsProvider, SSMProvider
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sqs import SQSClient
    from twilio.http import HttpClient

    from shared.channels.letters import House
    from shared.channels.links import Links
    from shared.channels.sms import Texter
    from shared.channels.twilio_webhook import Account

logger = Logger()
metrics = Metrics()
# Most runs of most functions count nothing, and need not say so in the log.
warnings.filterwarnings("ignore", "No application metrics to publish")
_SECRETS_KEPT = 300  # seconds: a rotated token is picked up within five minutes


class Edge:
    """Where the service ends: the clock, chance, the environment, AWS, and what Twilio is reached by. The real one."""

    environment: Mapping[str, str] = os.environ

    def now(self) -> datetime:
        return datetime.now(UTC)

    def new_id(self) -> str:
        return secrets.token_hex(8)

    def client(self, service: str, config: Config | None = None) -> Any:
        """A client of an AWS service, by boto3's name for it."""
        return boto3.client(service, config=config)  # type: ignore[call-overload]

    def twilio(self) -> "HttpClient | None":
        """What carries calls to Twilio; None where they go over the network."""
        return None


_edge = Edge()


def use(edge: Edge) -> None:
    """Run on `edge` from now on, in all of this process; nothing that was made of the one before is kept."""
    global _edge
    _edge = edge
    for made in (settings, store, ses, _sqs, _s3, _ssm, _secrets):
        made.cache_clear()


class Settings(BaseModel):
    """The function variables that template.yaml sets, by the same names in lower case. No secret is among them."""

    model_config = ConfigDict(frozen=True)

    table_name: str
    nudge_queue_url: str
    summary_queue_url: str
    mail_events: str = Field(description="the configuration set by which SES tells what becomes of mails; or empty")
    base_url_parameter: str
    link_key_secret: str
    twilio_secret: str
    twilio_account_sid: str
    twilio_number: str
    twilio_api_url: str
    mail_from: str
    reply_domain: str = Field(description="where replies by mail go; empty for none")
    mail_bucket: str = Field(description="where SES leaves them")
    brand: str
    contact: str
    postal_address: str
    help_coach: str = Field(description="whom members are told of, in a few words; empty for the kind in general")
    help_therapist: str
    help_free: str
    allowed_countries: str = Field(description="ISO codes, comma-separated")
    signups_per_hour: int


class SystemZones(Exception):
    """Time zones would be read from the system, whose may be years old: PYTHONTZPATH has to be empty."""


@cache
def zones() -> str:
    """The version of the time zones, such as "2026f", which come with the functions and are the ones in use.

    Raises:
        SystemZones
    """
    if zoneinfo.TZPATH:
        raise SystemZones
    return str(tzdata.IANA_VERSION)


@cache
def settings() -> Settings:
    """
    Raises:
        SystemZones: at the start, before any hour is computed.
    """
    zones()
    return Settings.model_validate({name.lower(): value for name, value in _edge.environment.items()})


def now() -> datetime:
    return _edge.now()


def new_id() -> str:
    """An id that nobody guesses, for a new member."""
    return _edge.new_id()


def recently() -> date:
    """The first day of the journal that a conversation gets to see."""
    return (now() - timedelta(days=JOURNAL_DAYS)).date()


@cache
def store() -> Store:
    return Store(_edge.client("dynamodb"), settings().table_name, now)


@cache
def ses() -> "SESClient":
    # One try within a function's time: a mail that SES took, and did not say so, would go out again unseen.
    once = Config(connect_timeout=5, read_timeout=15, retries={"total_max_attempts": 1})
    client: SESClient = _edge.client("ses", once)
    return client


def brand() -> Brand:
    told = settings()
    help_ = Help(told.help_coach, told.help_therapist, told.help_free)
    return Brand(told.brand, told.contact, help_, countries())


def countries() -> tuple[str, ...]:
    """The countries whose numbers may be texted, as ISO codes."""
    codes = (code.strip().upper() for code in settings().allowed_countries.split(","))
    return tuple(filter(None, codes))


def house() -> "House":
    from shared.channels.letters import House

    return House(settings().brand, settings().twilio_number, settings().postal_address)


def sender() -> str:
    return f"{settings().brand} <{settings().mail_from}>"


def base_url() -> str:
    """The service's public address, without a slash at its end."""
    return str(_ssm().get(settings().base_url_parameter, max_age=_SECRETS_KEPT)).rstrip("/")


def links() -> "Links":
    from shared.channels.links import Links

    return Links(base_url(), _secret(settings().link_key_secret), settings().reply_domain)


def twilio_account() -> "Account":
    from shared.channels.twilio_webhook import Account

    secret = json.loads(_secret(settings().twilio_secret))
    tokens = (secret["auth_token"], secret.get("previous_auth_token"))
    return Account(settings().twilio_account_sid, tuple(filter(None, tokens)))


def texter() -> "Texter":
    from shared.channels.sms import Texter

    return Texter(twilio_account(), settings().twilio_number, settings().twilio_api_url, _edge.twilio())


@cache
def _ssm() -> "SSMProvider":
    from aws_lambda_powertools.utilities.parameters import SSMProvider

    return SSMProvider(boto3_client=_edge.client("ssm"))


@cache
def _secrets() -> "SecretsProvider":
    from aws_lambda_powertools.utilities.parameters import SecretsProvider

    return SecretsProvider(boto3_client=_edge.client("secretsmanager"))


def _secret(name: str) -> str:
    return str(_secrets().get(name, max_age=_SECRETS_KEPT))


@cache
def _sqs() -> "SQSClient":
    client: SQSClient = _edge.client("sqs")
    return client


def enqueue(nudge: Nudge, delay: timedelta | None = None) -> None:
    """Hand a nudge to the function that delivers it, after `delay` (a quarter of an hour at most).

    A summary by mail is drawn by a function of its own.
    """
    mailed = nudge.kind is Kind.MONTHLY_SUMMARY and nudge.channel == "email"
    url = settings().summary_queue_url if mailed else settings().nudge_queue_url
    seconds = int(delay.total_seconds()) if delay else 0
    _sqs().send_message(QueueUrl=url, MessageBody=nudge.model_dump_json(), DelaySeconds=seconds)


def postpone(queue_url: str, receipt_handle: str, delay: timedelta) -> None:
    """Have a queue bring a message that could not be dealt with again after `delay`, not after its usual time."""
    seconds = int(delay.total_seconds())
    _sqs().change_message_visibility(QueueUrl=queue_url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds)


@cache
def _s3() -> "S3Client":
    client: S3Client = _edge.client("s3")
    return client


def received_mail(key: str, most: int) -> bytes | None:
    """The beginning of a mail that SES put into the bucket, `most` bytes of it; None where it has been deleted."""
    try:
        stored = _s3().get_object(Bucket=settings().mail_bucket, Key=key)
    except _s3().exceptions.NoSuchKey:
        return None
    return stored["Body"].read(most)


def delete_mail(key: str) -> None:
    _s3().delete_object(Bucket=settings().mail_bucket, Key=key)


def own_addresses() -> tuple[str, ...]:
    """What stands in a mail program's words for whom it quotes, if that is us, in lower case."""
    return tuple(filter(None, (settings().mail_from.lower(), settings().reply_domain.lower())))


def count(metric: str) -> None:
    """Count one more of `metric`, such as RepliesTaken or NudgesSent."""
    metrics.add_metric(metric, MetricUnit.Count, 1)
