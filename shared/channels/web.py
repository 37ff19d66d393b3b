"""How a page goes out: with headers that keep it, and its address, between the service and whoever opened it."""

import base64
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
