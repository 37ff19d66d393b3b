"""Composes mails and hands them to SES; called by the functions that mail, and by nothing below them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from shared.channels import mail_events
from shared.channels.refused import PassingFailure, Refused
from shared.domain import failures
from shared.domain.failures import Failure
from shared.domain.models import Nudge, Thread

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient

# What lies in the mail itself, so that sending it again fails again.
_REFUSALS = frozenset({"MessageRejected", "InvalidParameterValue"})
# A `Refused` from here, not from SES: the address is none that a mail can be sent to.
UNUSABLE_ADDRESS = "UnusableAddress"


@dataclass(frozen=True)
class Attachment:
    """A file that a mail brings along. `kind` is its media type, such as "application/json"; text is UTF-8."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """One mail to one member. All of it is personal, the unsubscribe link too (it acts for the member).

    `pictures` are PNGs by Content-ID, without angle brackets ("moods@unstuck"), as `html` names them in
    `src="cid:moods@unstuck"`; one that `html` does not show is not sent. `text` is read by itself: it
    never refers to `html` or a picture. `thread` is that of the mail which this one answers.
    """

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)
    unsubscribe_url: str = field(repr=False)
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    reply_to: str | None = field(default=None, repr=False)
    thread: Thread | None = field(default=None, repr=False)


class _Whole(UnstructuredHeader):
    """A header of a URL or of Message-IDs, each of which stands whole on a line of its own.

    `email` folds what is longer than a line into encoded words, in which no mail client finds a URL.
    """

    def fold(self, *, policy: "EmailPolicy[EmailMessage]") -> str:  # noqa: ARG002  # the library calls it so
        lines = "\r\n ".join(str(self).split())
        return f"{self.name}: {lines}\r\n"  # type: ignore[attr-defined]


def _policy() -> "EmailPolicy[EmailMessage]":
    headers = HeaderRegistry()
    for name in ("list-unsubscribe", "in-reply-to", "references"):
        headers.map_to_type(name, _Whole)  # type: ignore[arg-type]  # it makes the BaseHeader itself
    # 7bit: whatever relays it on the way may be old.
    return policy.SMTP.clone(header_factory=headers, cte_type="7bit")


_POLICY = _policy()


def compose(mail: Mail, sender: str, now: datetime) -> bytes:
    """The mail as RFC 5322 bytes: text, and HTML with its pictures, one beside the other; then what is attached.

    `sender` is a bare address or 'Name <address>'. `now` is aware. Line breaks and other control
    characters in a subject or a name become spaces, so neither can add a header. The Message-ID is
    left to SES, which sets its own. One-click unsubscribe is RFC 8058: it holds only under a DKIM signature over
    both of its headers, which SES makes for a domain with Easy DKIM. Auto-Submitted is RFC 3834.

    Raises:
        Refused: `to` is no single address that SES takes (it takes ASCII before the @).
        ValueError: the sender or the unsubscribe URL is malformed, which is a mistake of ours.
    """
    if re.fullmatch(r"https?://[!-;=?-~]{1,900}", mail.unsubscribe_url) is None:
        raise ValueError("the unsubscribe URL is not one")
    message = EmailMessage(policy=_POLICY)
    message["From"] = _sender(sender)
    message["To"] = _recipient(mail.to)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = now
    message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-replied" if mail.thread else "auto-generated"
    if mail.reply_to:
        message["Reply-To"] = Address(addr_spec=mail.reply_to)
    if mail.thread and mail.thread.references:
        message["In-Reply-To"] = mail.thread.references[-1]
        message["References"] = " ".join(mail.thread.references)
    # Quoted-printable keeps lines short: SMTP allows 998 octets, and a paragraph is one line.
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    html = message.get_payload()[1]  # type: ignore[index]
    for cid, png in mail.pictures.items():
        if f'"cid:{cid}"' not in mail.html:
            continue
        filename = re.sub(r"[^A-Za-z0-9_-]", "-", cid.partition("@")[0]) + ".png"
        html.add_related(png, "image", "png", disposition="inline", filename=filename, cid=f"<{cid}>")  # type: ignore
        html.get_payload()[-1].set_param("size", str(len(png)), header="Content-Disposition")  # type: ignore
    for each in mail.attachments:
        maintype, _, subtype = each.kind.partition("/")
        charset = {"charset": "utf-8"} if maintype == "text" else {}
        message.add_attachment(each.content, maintype, subtype, filename=each.name, params=charset)
    return message.as_bytes()


def send(
    client: "SESClient", mail: Mail, sender: str, now: datetime, nudge: Nudge | None = None, events: str = ""
) -> str:
    """Send the mail and return SES's MessageId.

    `events` is the configuration set by which SES tells what becomes of the mails of nudges, if there is one.

    By the errors that the SES API reference gives for SendRawEmail, permanent is what lies in this mail:
    `MessageRejected` (an address that is not verified, where it has to be; content that is refused) and
    `InvalidParameterValue` (a malformed or suppressed address, a mail over the size limit). What lies in
    the account passes or is mended by the operator, and the same mail then goes out from the queue or
    its dead-letter queue: `AccountSendingPausedException`, `ConfigurationSetSendingPausedException`,
    `ConfigurationSetDoesNotExist`, `MailFromDomainNotVerifiedException` (the MX record could not be
    read), `AccessDenied`, and whatever is not known here. `Throttling` is too many in a second, or in a day.

    Raises:
        Refused: permanent, see above.
        PassingFailure: throttled; nothing was sent.
        botocore.exceptions.ClientError: all other answers.
        botocore.exceptions.BotoCoreError: there was no answer; the mail may have been sent.
        ValueError: as `compose`.
    """
    raw = compose(mail, sender, now)
    recipient = _recipient(mail.to).addr_spec
    from_address = parseaddr(sender)[1]
    named: dict[str, Any] = {}
    if nudge and events:
        named = {"ConfigurationSetName": events, "Tags": mail_events.tags(nudge)}
    try:
        answer = client.send_raw_email(Source=from_address, Destinations=[recipient], RawMessage={"Data": raw}, **named)
    except ClientError as error:
        code, said = error.response["Error"]["Code"], error.response["Error"]["Message"]
        if code not in (*_REFUSALS, "Throttling"):
            raise
    else:
        return answer["MessageId"]
    # Outside of the handler: SES's message names addresses, and a chained error would bring it to the log.
    if code == "Throttling":
        raise PassingFailure(code, Failure.CAPPED if "daily" in said.lower() else Failure.THROTTLED)
    raise Refused(code, failures.of_ses(code) or Failure.LOST)


def one_line(text: str) -> str:
    """A text that can stand in a header: line breaks and other control characters are spaces.

    What looks like an encoded word (RFC 2047) is kept apart: a header would decode it, and may not be able to.

    >>> one_line("7\\nBcc: eve"), one_line("=?utf-8?B?/w==?=")
    ('7 Bcc: eve', '= ?utf-8?B?/w== ?=')
    """
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split()).replace("=?", "= ?")


def _sender(sender: str) -> Address:
    name, address = parseaddr(one_line(sender))
    if "@" not in address:
        raise ValueError("the sender has no address")
    return Address(display_name=name, addr_spec=address)


def _recipient(to: str) -> Address:
    local, at, domain = to.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
        if not at or re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}", local) is None:
            raise Refused(UNUSABLE_ADDRESS, Failure.NO_WAY)
        if re.fullmatch(r"[A-Za-z0-9.-]{1,253}", domain) is None:
            raise Refused(UNUSABLE_ADDRESS, Failure.NO_WAY)
        return Address(username=local, domain=domain)
    except (UnicodeError, ValueError):
        pass
    raise Refused(UNUSABLE_ADDRESS, Failure.NO_WAY)
