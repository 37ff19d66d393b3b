"""How a page goes out: with headers that keep it, and its address, between the service and whoever opened it."""

import base64
import re
import secrets
from typing import Any
from urllib.parse import parse_qs

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from shared.content import pages
from shared.content.texts import Language

# Nothing from elsewhere, no framing, and a token in an address is told to nobody.
_POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_BOUNDARY = re.compile(r'multipart/form-data;.*?\bboundary="?([\w\'()+,./:=?-]{1,70})', re.IGNORECASE | re.ASCII)
_FIELD = re.compile(rb'content-disposition:[^\r\n]*?;\s*name="?([^\r\n";]*)', re.IGNORECASE)
_MOST_PARTS, _LONGEST_HEAD = 20, 2_000  # our form has six, and browsers write a few lines above each
PRIVATE = {
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


def page(status: int, name: str, language: Language, *, listed: bool = False, **values: object) -> Response[str]:
    """The page `pages/<name>.html` in that language, filled in. Search engines may show it where it is `listed`."""
    nonce = secrets.token_urlsafe(16)
    headers = {header: value for header, value in PRIVATE.items() if not (listed and header == "x-robots-tag")}
    return Response(
        status_code=status,
        content_type="text/html; charset=utf-8",
        body=pages.render(f"pages/{name}.html", language, nonce=nonce, **values),
        headers={"content-security-policy": _POLICY.format(nonce=nonce), **headers},
    )


def posted(event: APIGatewayProxyEventV2) -> bytes:
    """The body of a request, as it was sent."""
    body = event.body or ""
    return base64.b64decode(body) if event.is_base64_encoded else body.encode("utf-8", "surrogatepass")


def read_form(body: str) -> dict[str, Any]:
    """The fields of a form, `days` as a list; what cannot be read is as good as nothing typed."""
    try:
        fields = parse_qs(body, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return {}
    return {name: values if name == "days" else values[-1] for name, values in fields.items()}


def read_upload(kind: str, body: bytes) -> dict[str, bytes]:
    """The fields of a form with a file (RFC 7578), each as it was sent; `kind` is the request's content type.

    As with `read_form`, what cannot be read is as good as nothing sent.
    """
    # By hand, since the standard library's parser takes minutes for a hostile megabyte: mails are what it is made for.
    named = _BOUNDARY.match(kind)
    if named is None:
        return {}
    _, *parts = (b"\r\n" + body).split(b"\r\n--" + named[1].encode(), _MOST_PARTS + 1)
    if len(parts) > _MOST_PARTS:
        return {}
    found = {}
    for part in parts:
        # Looked for within its limit only, so that what a part costs does not depend on how long it is.
        head, blank, _ = part[: _LONGEST_HEAD + 4].partition(b"\r\n\r\n")
        if blank and (field := _FIELD.search(head)):
            found[field[1].decode("utf-8", "replace")] = part[len(head) + len(blank) :]
    return found
