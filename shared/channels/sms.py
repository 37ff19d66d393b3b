"""Sends texts by Twilio, tells its lasting refusals from failures that pass, and finds a text that it took."""

from datetime import datetime, timedelta
from typing import Any

from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from shared.channels.refused import PassingFailure, Refused
from shared.channels.twilio_webhook import Account
from shared.domain import failures

API = "https://api.twilio.com"
TIMEOUT = 10.0  # seconds for one call
STALE_AFTER = 7200  # seconds: a text that a carrier holds longer than this is dropped, as a nudge would be
_CLOCKS_APART = timedelta(seconds=5)
_LISTED = 200  # of the texts to one number, the latest; a text that is looked for is minutes or hours old


class Texter:
    """Sends texts. `api` is Twilio's own address, or that of a stand-in for it, and `http` what carries calls there."""

    def __init__(self, account: Account, sender: str, api: str = API, http: HttpClient | None = None) -> None:
        self._client = Client(account.sid, account.tokens[0], http_client=http or _ApiAt(api))
        self._sender = sender

    def send(self, to: str, body: str, status_callback: str) -> str:
        """Hand a text to Twilio and return its MessageSid.

        Raises:
            Refused: for good.
            PassingFailure, or the network's own errors: the queue should bring the text again. After the network's,
                and where it is `perhaps_sent`, Twilio may have taken it.
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
        failure = failures.of_refusal(code, status)
        if failure and failure not in failures.NOT_YET:
            raise Refused(str(code or status), failure)
        raise PassingFailure(f"HTTP {status}, code {code}", failure, perhaps_sent=status >= 500)

    def find(self, to: str, body: str, since: datetime, until: datetime) -> str | None:
        """The MessageSid of a text that Twilio took in that time, to that number and with that body; else None.

        Twilio takes no key by which a second request would be known for the first, so whoever lost its answer looks
        here before sending again. All texts to the number are listed, and compared by when they were created: a list
        by DateSent leaves out what Twilio still has in its queue. The list may lag behind what was accepted, and a
        request may be at work after its caller gave up, so look only once that has had time to end: not before the
        lease of the attempt is over, more than a minute after its function was. `until` is the end of that lease: the
        same words may go out another day. A trial account writes words of its own in front of the body.

        Raises:
            PassingFailure, or the network's own errors.
        """
        try:
            texts = self._client.messages.list(to=to, from_=self._sender, limit=_LISTED, page_size=_LISTED)
        except TwilioException:
            pass  # it quotes the answer
        else:
            earliest = since.replace(microsecond=0) - _CLOCKS_APART
            same = (text for text in texts if text.direction == "outbound-api" and text.body.endswith(body))
            latest = until + _CLOCKS_APART
            return next((str(text.sid) for text in same if earliest <= text.date_created <= latest), None)
        raise PassingFailure("Twilio gave no list of texts", perhaps_sent=True)


class _ApiAt(TwilioHttpClient):
    """Talks to Twilio's API at another address than its own."""

    def __init__(self, api: str) -> None:
        super().__init__(timeout=TIMEOUT)
        self._api = api.rstrip("/")

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        return super().request(method, url.replace(API, self._api, 1), *args, **kwargs)
