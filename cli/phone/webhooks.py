"""Twilio's calls to the service: signed, form-encoded, answered in TwiML."""

import base64
import hmac
import ssl
from collections.abc import Mapping
from functools import cache
from xml.etree import ElementTree

import httpx

_TIMEOUT = 15  # seconds: Twilio waits no longer either


class WebhookFailed(Exception):
    """The service did not take the webhook; the message is a sentence for whoever sent the text.

    `code` is what Twilio calls it: 11200, no success; 11205, no connection; 12100, no TwiML.
    """

    def __init__(self, sentence: str, code: int = 11200) -> None:
        super().__init__(sentence)
        self.code = code


def sign(url: str, fields: Mapping[str, str], auth_token: str) -> str:
    """Twilio's signature: HMAC-SHA1 over the full URL and each field's name and value, sorted by name."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.digest(auth_token.encode(), signed.encode(), "sha1")).decode("ascii")


async def post_signed(url: str, fields: Mapping[str, str], auth_token: str) -> httpx.Response:
    """Posts `fields` to `url` with Twilio's signature over both.

    Raises:
        httpx.HTTPError: nobody answered in time.
        httpx.InvalidURL: there is no such address.
    """
    headers = {"X-Twilio-Signature": sign(url, fields, auth_token), "User-Agent": "TwilioProxy/1.1", "Accept": "*/*"}
    # The service is on this machine, so a proxy named in the environment must not be asked.
    async with httpx.AsyncClient(trust_env=False, timeout=_TIMEOUT, verify=_trusted()) as client:
        return await client.post(url, data=dict(fields), headers=headers)


async def ask_service(url: str, fields: Mapping[str, str], auth_token: str) -> list[str]:
    """Delivers an incoming text to the service and returns the texts it answers with.

    Raises:
        WebhookFailed: it is down, refused the signature, failed, or answered something else than TwiML.
    """
    try:
        answer = await post_signed(url, fields, auth_token)
    except httpx.TimeoutException as error:
        raise WebhookFailed(f"The service did not answer within {_TIMEOUT} seconds.") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise WebhookFailed(f"The service cannot be reached at {url}.", 11205) from error

    if answer.status_code == 403:
        raise WebhookFailed(
            "The service refused the webhook's signature (403): its auth token or base URL differs from the phone's."
        )
    if not answer.is_success:
        raise WebhookFailed(f"The service could not take this text: it answered {answer.status_code}.")
    return read_twiml(answer.text)


def read_twiml(document: str) -> list[str]:
    """The bodies of the messages in a TwiML answer; none for an empty one.

    Raises:
        WebhookFailed: it is not TwiML.
    """
    if not document.strip():
        return []
    try:
        root = ElementTree.fromstring(document)  # noqa: S314 (our own service wrote it)
    except ElementTree.ParseError as error:
        raise WebhookFailed(f"The service's answer is not TwiML: {error}.", 12100) from error
    if root.tag != "Response":
        raise WebhookFailed(f"The service's answer is not TwiML: it starts with <{root.tag}>, not <Response>.", 12100)
    bodies = [_body(message) for message in root.findall("Message")]
    return [body for body in bodies if body]


@cache
def _trusted() -> ssl.SSLContext:
    # Reading all certificates takes longer than a webhook, so only once.
    return ssl.create_default_context()


def _body(message: ElementTree.Element) -> str:
    nested = [body.text or "" for body in message.findall("Body")]
    return ("".join(nested) if nested else message.text or "").strip()
