"""Keeps a text that `receive_sms` could not take, for `take_fallback` to deal with: Twilio's fallback URL.

It needs nothing but an encrypted queue: no table, no setting, no secret, and not even code of the other functions, so
that whatever stops those leaves this one standing. Without the secret the signature cannot be checked here; it is kept
with the text, as the request was received.
"""

import base64
import json
import os
import re
import zlib
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import boto3

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{27}=")  # a SHA-1 in base64
_LONGEST = 32_768  # characters of a request's body; a text has 1,600
_LANES = 256
_KEPT = {"statusCode": 200, "headers": {"content-type": "text/xml; charset=utf-8"}, "body": "<Response/>"}
_REFUSED = {"statusCode": 403, "body": "Forbidden"}


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    signature, body = event["headers"].get("x-twilio-signature", ""), event.get("body") or ""
    if len(body) > _LONGEST or not _SIGNATURE.fullmatch(signature):
        return _REFUSED
    try:
        lane = _lane(event)
    except ValueError:  # no form
        return _REFUSED
    came = datetime.fromtimestamp(event["requestContext"]["timeEpoch"] / 1000, UTC)
    kept = {name: event.get(name) for name in ("rawPath", "rawQueryString", "body", "isBase64Encoded")}
    kept |= {"headers": {"x-twilio-signature": signature}, "received_at": came.isoformat()}
    _sqs().send_message(
        QueueUrl=os.environ["FALLBACK_QUEUE_URL"],
        MessageBody=json.dumps(kept),
        MessageGroupId=lane,
        MessageDeduplicationId=sha256(f"{signature}{body}".encode()).hexdigest(),  # the same request, made again
    )
    return _KEPT


def _lane(event: dict[str, Any]) -> str:
    """In which order texts are taken: one number's in the order in which they came.

    A lane is shared by many numbers, since a group's name is not encrypted.

    Raises:
        ValueError: there is no form in it.
    """
    body = event.get("body") or ""
    form = base64.b64decode(body).decode(errors="replace") if event.get("isBase64Encoded") else body
    sender = parse_qs(form, max_num_fields=200).get("From", [""])[0]
    return str(zlib.crc32(sender.encode(errors="replace")) % _LANES)


@cache
def _sqs() -> "SQSClient":
    return boto3.client("sqs")
