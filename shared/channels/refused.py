"""The errors that all channels have in common: what will never be sent, and what could not be sent now."""

from shared.domain.failures import Failure


class Refused(Exception):
    """A text or a mail will not be sent, now or later. `code` is the provider's own, `failure` what it means."""

    def __init__(self, code: str, failure: Failure) -> None:
        super().__init__(f"refused for good: {code}")
        self.code = code
        self.failure = failure


class PassingFailure(Exception):
    """The provider could not take it now: to be tried again. `failure` is what its code means, where that is known.

    `perhaps_sent` where it may have taken it nevertheless, having failed afterwards.
    """

    def __init__(self, said: str, failure: Failure | None = None, *, perhaps_sent: bool = False) -> None:
        super().__init__(f"could not be sent now: {said}")
        self.failure = failure
        self.perhaps_sent = perhaps_sent
