"""Reads a mail as SES has stored it, and takes it only where SES proved whom it is from. Pure.

Above the mail as it came SES writes headers of its own, down to X-SES-RECEIPT; only these are trusted, since the sender
may have written the same ones below:

    Return-Path: <ana@example.com>
    Received: from … by inbound-smtp.us-east-1.amazonaws.com with SMTP id … for reply+…@reply.example.org; …
    X-SES-Spam-Verdict: PASS
    X-SES-Virus-Verdict: PASS
    Received-SPF: pass (…) …
    Authentication-Results: amazonses.com;
     spf=pass (…) client-ip=…; envelope-from=ana@example.com; helo=…;
     dkim=pass header.i=@example.com;
     dmarc=pass header.from=example.com;
    X-SES-RECEIPT: …
"""

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from itertools import takewhile

from shared.channels import mail_text
from shared.channels.links import InvalidLink, Links
from shared.channels.mail import one_line
from shared.domain.models import Thread

LARGEST = 250_000  # bytes that are read of a mail: its text comes before what is attached
_LONGEST_SUBJECT = 200
_MOST_REFERENCES = 10
_RESULT = re.compile(r"\s*(dkim|dmarc)=(\w+)(?: header\.(?:i|from)=(?:[^\s@;]*@)?([\w.-]+))?;?\s*", re.ASCII)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")
# Machines answer mails, too (RFC 3834), and must not be answered: that never ends.
_AUTOMATIC = re.compile(
    r"auto(?:matic |-)?(?:reply|respuesta)|respuesta autom[aá]tica|out of (?:the )?office|fuera de la oficina"
    r"|(?:undeliverable|delivery status notification|returned mail)\b",
    re.IGNORECASE,
)


class NotTaken(Exception):
    """A mail that is neither believed nor answered; `reason` is a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class InboundMail:
    """A mail of somebody who may write for the member `member_id`, once their address is seen to be the member's."""

    member_id: str
    sender: str = field(repr=False)
    body: str = field(repr=False)
    thread: Thread = field(repr=False)

    def is_from(self, address: str | None) -> bool:
        """Whether it comes from that address; case does not matter, nor does what an address has behind a plus."""
        return address is not None and _bare(address) == _bare(self.sender)


def read(raw: bytes, links: Links) -> InboundMail:
    """The mail that SES stored, its beginning if it is large.

    Raises:
        NotTaken: it is not from SES, or spam, or by a machine, or not proven to be from its sender, or it answers
            none of our mails.
    """
    try:
        message = message_from_bytes(raw)
        return _read(message, links)
    except RecursionError:  # parts in parts in parts
        raise NotTaken("unreadable") from None


def _read(message: Message, links: Links) -> InboundMail:
    trusted = _by_ses(message)
    for verdict in ("x-ses-spam-verdict", "x-ses-virus-verdict"):
        if trusted.get(verdict, "FAIL").strip() not in ("PASS", "GRAY"):
            raise NotTaken(verdict.removeprefix("x-ses-").removesuffix("-verdict"))
    if _is_automatic(message, trusted.get("return-path", "")):
        raise NotTaken("automatic")
    sender = _sender(message)
    if not _is_proven(trusted.get("authentication-results", ""), sender.rpartition("@")[2]):
        raise NotTaken("not_proven")
    to = " ".join([trusted.get("received", ""), *_all(message, "to"), *_all(message, "cc")])
    try:
        member_id = links.read_reply_address(to)
    except InvalidLink:
        raise NotTaken("not_to_a_member") from None
    return InboundMail(member_id, sender, mail_text.body_of(message), _thread(message))


def _by_ses(message: Message) -> dict[str, str]:
    """The headers that SES has put above the mail, by name in lower case."""
    above = takewhile(lambda header: header[0].lower() != "x-ses-receipt", message.items())
    headers = {name.lower(): str(value) for name, value in reversed(list(above))}
    if "x-ses-receipt" not in message or not headers.get("authentication-results", "").startswith("amazonses.com;"):
        raise NotTaken("not_from_ses")
    return headers


def _is_automatic(message: Message, return_path: str) -> bool:
    submitted = str(message.get("Auto-Submitted", "no")).strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    return (
        return_path.strip() in ("", "<>")  # a bounce
        or not submitted.startswith("no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response", "List-Id"))
        or message.get_content_type() in ("multipart/report", "message/delivery-status")
        or _AUTOMATIC.match(_subject(message)) is not None
    )


def _sender(message: Message) -> str:
    """The one address that it says to be from."""
    addresses = [address.lower() for _, address in getaddresses(_all(message, "from"))]
    if len(addresses) != 1 or not re.fullmatch(r"[^@\s]+@[^@\s]+", addresses[0]):
        raise NotTaken("no_sender")
    return addresses[0]


def _is_proven(results: str, domain: str) -> bool:
    """Whether the domain has said, by DMARC, or where it has none by DKIM, that the mail is its own.

    Each result has a line of its own, and what a sender may have a word in, such as "helo=", is never at its beginning.
    """
    found = [result.groups() for line in results.lower().split("\n") if (result := _RESULT.fullmatch(line))]
    dmarc = [result for method, result, _ in found if method == "dmarc"]
    if "pass" in dmarc:
        return ("dmarc", "pass", domain) in found
    signed = [of for method, result, of in found if (method, result) == ("dkim", "pass") and of]
    return "fail" not in dmarc and any(f".{domain}".endswith(f".{of}") for of in signed)


def _thread(message: Message) -> Thread:
    """What an answer needs to stand below this mail (RFC 5322, 3.6.4)."""
    (own,) = _MESSAGE_ID.findall(str(message.get("Message-ID", "")))[:1] or [""]
    before = _MESSAGE_ID.findall(str(message.get("References", "")) or str(message.get("In-Reply-To", "")))
    references = [*before[:1], *before[1:][2 - _MOST_REFERENCES :], *([own] if own else [])]
    return Thread(subject=_subject(message), references=tuple(dict.fromkeys(references)))


def _subject(message: Message) -> str:
    written = str(message.get("Subject", ""))[: 5 * _LONGEST_SUBJECT]
    try:
        subject = str(make_header(decode_header(written)))
    except (LookupError, ValueError, HeaderParseError):
        subject = written
    plain = subject.encode("utf-8", "replace").decode()
    return one_line(plain)[:_LONGEST_SUBJECT]


def _all(message: Message, name: str) -> list[str]:
    return [str(value)[:10_000] for value in message.get_all(name, [])]


def _bare(address: str) -> str:
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
