"""A mail program, and SES that takes what it sends: a reply as it lies in the bucket."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid, parseaddr
from uuid import uuid4

from cli.phone.mailbox import Mail

PREFIX = "inbound/"


def reply(mail: Mail, text: str, now: datetime) -> bytes:
    """A reply to a mail as a mail program writes it: to where the mail wants it, what it answers quoted below.

    `mail` has a Reply-To.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = mail.to
    message["To"] = mail.headers["Reply-To"]
    message["Subject"] = mail.subject if mail.subject.lower().startswith("re:") else f"Re: {mail.subject}"
    message["Date"] = now
    message["Message-ID"] = make_msgid(domain="phone.example")
    if answered := mail.headers.get("Message-ID"):
        message["In-Reply-To"] = answered
        message["References"] = answered
    quoted = "\n".join(f"> {line}".rstrip() for line in mail.text.rstrip("\n").split("\n"))
    message.set_content(f"{text}\n\nOn {now:%a, %b %-d, %Y at %-H:%M}, {mail.sender} wrote:\n\n{quoted}\n")
    return message.as_bytes()


def as_stored(raw: bytes, sender: str, recipient: str, now: datetime) -> tuple[str, bytes]:
    """The key and the content of the object that SES makes of a mail that passed all of its checks."""
    name, address = uuid4().hex, parseaddr(sender)[1]
    domain = address.rpartition("@")[2]
    headers = (
        f"Return-Path: <{address}>",
        f"Received: from mail.{domain} (mail.{domain} [192.0.2.1])",
        f" by inbound-smtp.us-east-1.amazonaws.com with SMTP id {name}",
        f" for {parseaddr(recipient)[1]};",
        f" {now:%a, %d %b %Y %H:%M:%S} +0000 (UTC)",
        "X-SES-Spam-Verdict: PASS",
        "X-SES-Virus-Verdict: PASS",
        f"Received-SPF: pass (spfCheck: domain of {domain} designates 192.0.2.1 as permitted sender)"
        f" client-ip=192.0.2.1; envelope-from={address}; helo=mail.{domain};",
        "Authentication-Results: amazonses.com;",
        f" spf=pass (spfCheck: domain of {domain} designates 192.0.2.1 as permitted sender)"
        f" client-ip=192.0.2.1; envelope-from={address}; helo=mail.{domain};",
        f" dkim=pass header.i=@{domain};",
        f" dmarc=pass header.from={domain};",
        "X-SES-RECEIPT: AEFBQUFBQUFBQUFF",
    )
    return PREFIX + name, "\r\n".join((*headers, "")).encode() + raw
