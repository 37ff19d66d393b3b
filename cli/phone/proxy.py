"""The service's public address: passes everything on to where the service really answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from cli.phone.settings import PhoneSettings

_TIMEOUT = 30  # seconds: what API Gateway allows
_HOP_BY_HOP = frozenset(
    (
        *(b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection"),
        *(b"te", b"trailer", b"transfer-encoding", b"upgrade"),
    )
)


def create_proxy(settings: PhoneSettings) -> Starlette:
    """An app that answers any request as the gateway does, redirects included.

    It exists because Python resolves no `*.execute-api.localhost`, while any client reaches a port
    on 127.0.0.1. A gateway that does not answer becomes 502, a slow one 504.
    """
    proxy = _Proxy(settings.gateway, settings.gateway_host)
    return Starlette(routes=[Mount("/", app=proxy)], lifespan=proxy.lifespan)


class _Proxy:
    def __init__(self, gateway: str, host: str) -> None:
        self._gateway = gateway.rstrip("/").encode("ascii")
        self._host = host.encode("ascii")
        self._client: httpx.AsyncClient

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(trust_env=False, timeout=_TIMEOUT) as self._client:
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._forward(Request(scope, receive))
        await response(scope, receive, send)

    async def _forward(self, request: Request) -> Response:
        # Built by hand, since the client's own methods would add headers that the caller did not send.
        asked = httpx.Request(
            request.method,
            self._url(request.scope),
            headers=[(b"host", self._host), *_end_to_end(request.headers.raw, b"host", b"content-length")],
            content=await request.body(),
        )
        try:
            answer = await self._client.send(asked, stream=True, follow_redirects=False)
            try:
                # Raw, so that a compressed body stays as its headers describe it.
                body = b"".join([part async for part in answer.aiter_raw()])
            finally:
                await answer.aclose()
        except httpx.TimeoutException:
            return PlainTextResponse(f"The service did not answer within {_TIMEOUT} seconds.\n", status_code=504)
        except httpx.HTTPError:
            return PlainTextResponse("The service is not running, or not yet.\n", status_code=502)
        response = Response(body, status_code=answer.status_code)
        response.raw_headers = _end_to_end(answer.headers.raw)
        return response

    def _url(self, scope: Scope) -> str:
        path: bytes = scope["raw_path"].partition(b"?")[0]
        query: bytes = scope["query_string"]
        return (self._gateway + path + (b"?" + query if query else b"")).decode("ascii")


def _end_to_end(headers: list[tuple[bytes, bytes]], *but: bytes) -> list[tuple[bytes, bytes]]:
    named = {
        name.strip().lower() for key, value in headers if key.lower() == b"connection" for name in value.split(b",")
    }
    dropped = _HOP_BY_HOP | named | set(but)
    return [(key.lower(), value) for key, value in headers if key.lower() not in dropped]
