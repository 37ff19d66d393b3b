"""What a function runs with: settings, logger, clients. The only place that reads the environment or makes a client.

Called by handlers. Everything is made at its first use and once a container. Logs and metrics name ids only.
"""

import json
import os
import warnings
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import boto3
import tzdata
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import BaseModel, ConfigDict, Field

from shared.domain.conversation import Brand, Help
from shared.domain.models import Kind, Nudge
from shared.storage.store import JOURNAL_DAYS, Store

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sqs import SQSClient

    from shared.channels.letters import House
    from shared.channels.links import Links
    from shared.channels.sms import Texter
    from shared.channels.twilio_webhook import Account

logger = Logger()
metrics = Metrics()
# Most runs of most functions count nothing, and need not say so in the log.
warnings.filterwarnings("ignore", "No application metrics to publish")
_SECRETS_KEPT = 300  # seconds: a rotated token is picked up within five minutes


class Settings(BaseModel):
    """The function variables that template.yaml sets, by the same names in lower case. No secret is among them."""

    model_config = ConfigDict(frozen=True)

    table_name: str
    nudge_queue_url: str
    summary_queue_url: str
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
    return Settings.model_validate({name.lower(): value for name, value in os.environ.items()})


def now() -> datetime:
    return datetime.now(UTC)


def recently() -> date:
    """The first day of the journal that a conversation gets to see."""
    return (now() - timedelta(days=JOURNAL_DAYS)).date()


@cache
def store() -> Store:
    return Store(boto3.client("dynamodb"), settings().table_name)


@cache
def ses() -> "SESClient":
    return boto3.client("ses")


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
    from aws_lambda_powertools.utilities import parameters

    return parameters.get_parameter(settings().base_url_parameter, max_age=_SECRETS_KEPT).rstrip("/")


def links() -> "Links":
    from aws_lambda_powertools.utilities import parameters

    from shared.channels.links import Links

    key = str(parameters.get_secret(settings().link_key_secret, max_age=_SECRETS_KEPT))
    return Links(base_url(), key, settings().reply_domain)


def twilio_account() -> "Account":
    from aws_lambda_powertools.utilities import parameters

    from shared.channels.twilio_webhook import Account

    secret = json.loads(parameters.get_secret(settings().twilio_secret, max_age=_SECRETS_KEPT))
    tokens = (secret["auth_token"], secret.get("previous_auth_token"))
    return Account(settings().twilio_account_sid, tuple(filter(None, tokens)))


def texter() -> "Texter":
    from shared.channels.sms import Texter

    return Texter(twilio_account(), settings().twilio_number, settings().twilio_api_url)


@cache
def _sqs() -> "SQSClient":
    return boto3.client("sqs")


def enqueue(nudge: Nudge) -> None:
    """Hand a nudge to the function that delivers it: a summary by mail is drawn by one of its own."""
    mailed = nudge.kind is Kind.MONTHLY_SUMMARY and nudge.channel == "email"
    url = settings().summary_queue_url if mailed else settings().nudge_queue_url
    _sqs().send_message(QueueUrl=url, MessageBody=nudge.model_dump_json())


@cache
def _s3() -> "S3Client":
    return boto3.client("s3")


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
