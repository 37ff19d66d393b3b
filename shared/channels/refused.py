"""The one error of every channel that no retry mends."""


class Refused(Exception):
    """A text or a mail will not be sent, now or later. `code` is the provider's own.

    `opted_out` where the provider says that this person wants no more.
    """

    def __init__(self, code: str, opted_out: bool = False) -> None:
        super().__init__(f"refused for good: {code}")
        self.code = code
        self.opted_out = opted_out
