"""The mailbox: what was mailed to whom, as JSON, as it came, and as a page."""

import base64
import html
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from typing import Any
from urllib.parse import unquote

from cli.phone.store import StoredMail

_SHOWN_HEADERS = ("Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "Date", "Message-ID", "Auto-Submitted")
_CID = re.compile(r"cid:([^\"'\s)>]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Mail:
    """A mail taken apart. `html` and `text` are "" where the mail has no such part."""

    received: str
    subject: str
    sender: str
    to: str
    text: str
    html: str
    attachments: list[str]
    headers: dict[str, str]
    pictures: dict[str, str]
    """data: URIs of the pictures inside, by Content-ID."""


def read_mail(stored: StoredMail) -> Mail:
    """Takes a mail apart, forgiving whatever is wrong with it."""
    # The default policy parses to EmailMessage, which typeshed cannot know.
    message: EmailMessage = BytesParser(policy=policy.default).parsebytes(stored.raw)
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    others = [part for part in message.walk() if not part.is_multipart() and part not in (text, page)]
    return Mail(
        received=stored.received,
        subject=str(message.get("Subject", "")),
        sender=str(message.get("From", "")),
        to=str(message.get("To", "")),
        text=_content(text),
        html=_content(page),
        attachments=[_name(part) for part in others],
        headers={name: str(message[name]) for name in _SHOWN_HEADERS if name in message},
        pictures={
            part["Content-ID"].strip().strip("<>"): _data_uri(part)
            for part in others
            if "Content-ID" in part and part.get_content_maintype() == "image"
        },
    )


def as_json(mail: Mail, n: int) -> dict[str, Any]:
    """The mail as `GET /mailbox/{address}` lists it, `n` its place in that list."""
    return {
        "n": n,
        "subject": mail.subject,
        "from": mail.sender,
        "to": mail.to,
        "time": mail.received,
        "text": mail.text,
        "html": mail.html,
        "attachments": mail.attachments,
        "headers": mail.headers,
    }


def as_page(mail: Mail) -> str:
    """The mail's HTML, with its pictures inside and its links opening beside the phone."""
    page = mail.html or f"<pre style='white-space:pre-wrap;font:inherit'>{html.escape(mail.text)}</pre>"
    page = _CID.sub(lambda found: mail.pictures.get(unquote(found[1]), found[0]), page)
    base = '<meta charset="utf-8"><base target="_blank">'
    if re.search(r"<head[\s>]", page, re.IGNORECASE):
        return re.sub(r"(<head[^>]*>)", lambda found: found[1] + base, page, count=1, flags=re.IGNORECASE)
    return f"<!doctype html>{base}{page}"


def _content(part: MIMEPart | None) -> str:
    if part is None:
        return ""
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, ValueError):  # a charset that Python does not know, or a broken encoding
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _name(part: MIMEPart) -> str:
    return part.get_filename() or part.get_content_type()


def _data_uri(part: MIMEPart) -> str:
    raw = part.get_payload(decode=True)
    encoded = base64.b64encode(raw if isinstance(raw, bytes) else b"").decode("ascii")
    return f"data:{part.get_content_type()};base64,{encoded}"
