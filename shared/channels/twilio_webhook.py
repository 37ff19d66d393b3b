"""Reads Twilio's webhooks, proven by their signature, and writes the TwiML that answers them."""

import base64
import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from shared.domain.models import Receipt

_SID = re.compile(r"\w{1,64}", re.ASCII)
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Account(NamedTuple):
    """`tokens` are the valid auth tokens, the present one first; during a rotation there are two."""

    sid: str
    tokens: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Account({self.sid})"


class InvalidWebhook(Exception):
    """The request is not one that Twilio made for this account; nothing of it is to be trusted."""


class InboundText(NamedTuple):
    """A text from a phone. `opt_out_type` is set where Twilio has answered it already: STOP, START or HELP."""

    sid: str
    sender: str
    text: str
    opt_out_type: str | None

    def __repr__(self) -> str:
        return f"InboundText({self.sid})"

    @property
    def meaning(self) -> str:
        """What to understand: the word that Twilio took it for, whatever its wording, else the text."""
        return self.opt_out_type or self.text


def read_text(event: dict[str, Any], account: Account, base_url: str) -> InboundText:
    """The text that a webhook brings.

    Raises:
        InvalidWebhook
    """
    fields = _signed_fields(event, account, base_url)
    sid, sender = fields.get("MessageSid", ""), fields.get("From", "")
    if not (_SID.fullmatch(sid) and _E164.fullmatch(sender)):
        raise InvalidWebhook
    return InboundText(sid, sender, fields.get("Body", ""), fields.get("OptOutType", "").upper() or None)


def read_receipt(event: dict[str, Any], account: Account, base_url: str) -> Receipt:
    """The delivery receipt that a status callback brings; the callback's address names the nudge.

    Raises:
        InvalidWebhook
    """
    fields = _signed_fields(event, account, base_url)
    names = event.get("queryStringParameters") or {}
    return Receipt(
        member_id=names.get("member", ""),
        nudge_id=names.get("nudge", ""),
        message_id=fields.get("MessageSid", ""),
        status=fields.get("MessageStatus", ""),
        code=fields.get("ErrorCode", ""),
    )


def _signed_fields(event: dict[str, Any], account: Account, base_url: str) -> dict[str, str]:
    """The form fields of an HTTP API event (payload 2.0), once its signature is proven.

    Twilio signs the URL that it was given, so the public one is used and never the Host header.
    """
    try:
        pairs = parse_qsl(form_of(event), keep_blank_values=True, max_num_fields=100)
        fields = dict(pairs)
        query = f"?{event['rawQueryString']}" if event.get("rawQueryString") else ""
        signature = event["headers"].get("x-twilio-signature", "")
        url = f"{base_url}{event['rawPath']}{query}"
        signed = any(RequestValidator(token).validate(url, fields, signature) for token in account.tokens)
    except (ValueError, TypeError, KeyError, AttributeError) as error:  # what hostile input makes of it
        raise InvalidWebhook from error
    if not signed or len(pairs) != len(fields) or fields.get("AccountSid") != account.sid:
        raise InvalidWebhook
    return fields


def form_of(event: dict[str, Any]) -> str:
    """The form that an HTTP API event brings, as it was posted.

    Raises:
        ValueError: it is not what it says that it is.
    """
    body = event.get("body") or ""
    return base64.b64decode(body).decode() if event.get("isBase64Encoded") else str(body)


def twiml(replies: Iterable[str]) -> dict[str, Any]:
    """The answer to a webhook that has Twilio send `replies`; none is an answer too.

    What XML cannot carry, such as a control character that a member's words brought along, is left out.
    """
    response = MessagingResponse()
    for reply in replies:
        response.message(_NOT_IN_XML.sub("", reply))
    return {"statusCode": 200, "headers": {"content-type": "text/xml; charset=utf-8"}, "body": str(response)}
