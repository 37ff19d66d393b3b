"""Links that act for one member: signed, expiring, each for one purpose."""

from datetime import datetime, timedelta
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer

from shared.content.texts import Language

Purpose = Literal["confirm", "unsubscribe", "me"]
_LASTS: dict[Purpose, timedelta] = {
    "confirm": timedelta(days=7),
    "unsubscribe": timedelta(days=400),  # an old mail's link must work; CAN-SPAM asks for 30 days
    "me": timedelta(days=7),  # the member's own page: as good as a key to their journal
}


class InvalidLink(Exception):
    """The link was not made here, is for something else, or has expired."""


class Links:
    """Makes and reads links below `base_url`, signed with `key`."""

    def __init__(self, base_url: str, key: str) -> None:
        self._base_url = base_url
        self._key = key

    def make(self, purpose: Purpose, member_id: str, now: datetime, language: Language, view: str = "") -> str:
        """The link with which this member, and nobody else, does what `purpose` says, to a page in that language, or
        to a view of it, such as "/wins".
        """
        token = self._signer(purpose).dumps([member_id, int((now + _LASTS[purpose]).timestamp())])
        return f"{self._base_url}/{purpose}{view}?lang={language}&token={token}"

    def read(self, purpose: Purpose, token: str, now: datetime) -> str:
        """The id of the member that a link's token stands for.

        Raises:
            InvalidLink
        """
        try:
            member_id, expires = self._signer(purpose).loads(token)
            expired = now.timestamp() > expires
        except (BadData, ValueError, TypeError) as error:
            raise InvalidLink from error
        if expired:
            raise InvalidLink
        return str(member_id)

    def _signer(self, purpose: Purpose) -> URLSafeSerializer:
        return URLSafeSerializer(self._key, salt=f"unstuck.{purpose}")
