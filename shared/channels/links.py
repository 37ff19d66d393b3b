"""Links and mail addresses that act for one member: signed, links expiring, each for one purpose."""

import base64
import hmac
import re
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
    """The link, or the address, was not made here, is for something else, or has expired."""


class Links:
    """Makes and reads links below `base_url`, and addresses in `reply_domain`, signed with `key`.

    An empty `reply_domain` is for a service that takes no mails.
    """

    def __init__(self, base_url: str, key: str, reply_domain: str = "") -> None:
        self._base_url = base_url
        self._key = key
        self._reply_domain = reply_domain.lower()

    def make(
        self,
        purpose: Purpose,
        member_id: str,
        now: datetime,
        language: Language,
        view: str = "",
        address: str | None = None,
    ) -> str:
        """The link with which this member, and nobody else, does what `purpose` says, to a page in that language, or
        to a view of it, such as "/wins". With an `address` it is for that one alone, which cannot be read from it.
        """
        about = [] if address is None else [self._mark(f"{purpose}.{address}")]
        token = self._signer(purpose).dumps([member_id, int((now + _LASTS[purpose]).timestamp()), *about])
        return f"{self._base_url}/{purpose}{view}?lang={language}&token={token}"

    def read(self, purpose: Purpose, token: str, now: datetime, address: str | None = None) -> str:
        """The id of the member that a link's token stands for.

        Raises:
            InvalidLink: also where it is not for that `address`, should one be given.
        """
        try:
            member_id, expires, *about = self._signer(purpose).loads(token)
            expired = now.timestamp() > expires
        except (BadData, ValueError, TypeError) as error:
            raise InvalidLink from error
        if expired or (address is not None and about != [self._mark(f"{purpose}.{address}")]):
            raise InvalidLink
        return str(member_id)

    def reply_address(self, member_id: str) -> str | None:
        """The address to which this member's mails are answered, None where no mails are taken.

        It does not expire, since it proves only which member is written for; who writes is proven by the mail. Mail
        programs may change the case of what is before the @, which has 64 characters at most (RFC 5321, 4.5.3.1.1).
        """
        if not self._reply_domain:
            return None
        return f"reply+{member_id}-{self._mark(f'reply.{member_id}')}@{self._reply_domain}"

    def read_reply_address(self, text: str) -> str:
        """The id of the member whose reply address stands in `text`, such as the value of a To header.

        Raises:
            InvalidLink
        """
        domain = re.escape(self._reply_domain)
        for member_id, mark in re.findall(rf"reply\+([a-z0-9]{{1,30}})-([a-z2-7]{{26}})@{domain}\b", text.lower()):
            if self._reply_domain and hmac.compare_digest(mark, self._mark(f"reply.{member_id}")):
                return str(member_id)
        raise InvalidLink

    def _mark(self, of: str) -> str:
        digest = hmac.digest(self._key.encode(), f"unstuck.{of}".encode(), "sha256")
        return base64.b32encode(digest[:16]).decode().rstrip("=").lower()

    def _signer(self, purpose: Purpose) -> URLSafeSerializer:
        return URLSafeSerializer(self._key, salt=f"unstuck.{purpose}")
