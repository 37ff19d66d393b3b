"""Keeps the phone to this machine's own browser and scripts."""

import re

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOCAL = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?", re.IGNORECASE)


class LocalOnly:
    """Refuses what another web site could make a browser on this machine send.

    A name that was rebound to 127.0.0.1 shows in Host, a form posted from elsewhere in Origin.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _refusal(scope) if scope["type"] == "http" else None
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await JSONResponse({"error": refusal}, status_code=403)(scope, receive, send)


def _refusal(scope: Scope) -> str | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not _LOCAL.fullmatch(host):
        return "The phone answers at 127.0.0.1 and localhost only."
    origin = headers.get("origin")
    if scope["method"] not in ("GET", "HEAD") and origin is not None and origin.lower() != f"http://{host}".lower():
        return "The phone takes nothing that another site sends."
    return None
