"""Sends texts by Twilio, and tells its lasting refusals from failures that pass."""

from typing import Any

from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from shared.channels.refused import Refused
from shared.channels.twilio_webhook import Account

API = "https://api.twilio.com"
TIMEOUT = 10.0  # seconds for one call
STALE_AFTER = 7200  # seconds: a text that a carrier holds longer than this is dropped, as a nudge would be
OPTED_OUT = 21610
# Twilio will never deliver this text, whoever tries again: not a mobile number, unreachable, not permitted,
# the body's or the sender's own fault. See twilio.com/docs/api/errors. Any other code is tried again, and ends in
# the dead-letter queue, where the operator sees it.
LASTING = frozenset((21211, 21212, 21408, 21602, 21604, 21606, 21612, 21614, 21617, 21635, 30006))


class Texter:
    """Sends texts. `api` is Twilio's own address, or that of a stand-in for it, and `http` what carries calls there."""

    def __init__(self, account: Account, sender: str, api: str = API, http: HttpClient | None = None) -> None:
        self._client = Client(account.sid, account.tokens[0], http_client=http or _ApiAt(api))
        self._sender = sender

    def send(self, to: str, body: str, status_callback: str) -> str:
        """Hand a text to Twilio and return its MessageSid.

        Raises:
            Refused: for good; `opted_out` where the number has opted out with Twilio.
            PassingFailure, or the network's own errors: the queue should bring the text again.
        """
        try:
            message = self._client.messages.create(
                to=to, from_=self._sender, body=body, status_callback=status_callback, validity_period=STALE_AFTER
            )
        except (TwilioRestException, TwilioServiceException) as error:
            status, code = error.status, error.code
        else:
            return str(message.sid)
        # Outside of the handler: Twilio's message names the number, and a chained error would bring it along.
        if code == OPTED_OUT or code in LASTING:
            raise Refused(str(code), opted_out=code == OPTED_OUT)
        raise PassingFailure(status, code)


class PassingFailure(Exception):
    """Twilio could not take the text now: too many requests, or a fault of its own. To be tried again."""

    def __init__(self, status: int, code: int | None) -> None:
        super().__init__(f"Twilio did not take the text: HTTP {status}, code {code}")


class _ApiAt(TwilioHttpClient):
    """Talks to Twilio's API at another address than its own."""

    def __init__(self, api: str) -> None:
        super().__init__(timeout=TIMEOUT)
        self._api = api.rstrip("/")

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        return super().request(method, url.replace(API, self._api, 1), *args, **kwargs)
