"""Mails that the service sent, in the mailbox."""

import base64
import smtplib
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage

import pytest

from cli.phone import MailSink
from tests.unit.phone.rig import Phone, free_port

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def outbox(phone: Phone) -> Iterator[smtplib.SMTP]:
    sink = MailSink(phone.settings.database, free_port())
    sink.start()
    with smtplib.SMTP("127.0.0.1", sink.port) as client:
        yield client
    sink.stop()


def summary(to: str = "Ada <Ada@example.com>") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Your March — 12 wins"
    mail["From"] = "Unstuck <hello@example.com>"
    mail["To"] = to
    mail["List-Unsubscribe"] = "<https://example.com/u/1>"
    mail["Reply-To"] = "reply@example.com"
    mail.set_content("You answered 20 days.\nNaïve? No.")
    mail.add_alternative(
        "<html><head><title>x</title></head><body><a href='https://example.com/'>20 days</a>"
        "<img src='cid:chart' alt='chart'><script>alert(1)</script></body></html>",
        subtype="html",
    )
    page = mail.get_body(("html",))
    assert page is not None
    page.add_related(PICTURE, "image", "png", cid="<chart>", filename="moods.png", disposition="inline")
    return mail


def test_a_mail_is_listed_with_its_parts(phone: Phone, outbox: smtplib.SMTP) -> None:
    outbox.send_message(summary())

    (mail,) = phone.client.get("/mailbox/ada@EXAMPLE.com").json()
    assert mail["time"].endswith("Z")
    assert mail["headers"] == {"Reply-To": "reply@example.com", "List-Unsubscribe": "<https://example.com/u/1>"}
    assert "<img src='cid:chart'" in mail["html"]
    assert {name: mail[name] for name in ("n", "subject", "from", "to", "text", "attachments")} == {
        "n": 1,
        "subject": "Your March — 12 wins",
        "from": "Unstuck <hello@example.com>",
        "to": "Ada <Ada@example.com>",
        "text": "You answered 20 days.\nNaïve? No.\n",
        "attachments": ["moods.png"],
    }


def test_a_mails_page_shows_its_pictures_and_can_run_nothing(phone: Phone, outbox: smtplib.SMTP) -> None:
    outbox.send_message(summary())

    page = phone.client.get("/mailbox/ada@example.com/1/html")
    assert f"<img src='data:image/png;base64,{base64.b64encode(PICTURE).decode()}'" in page.text
    assert '<head><meta charset="utf-8"><base target="_blank">' in page.text
    rules = [rule.strip() for rule in page.headers["content-security-policy"].split(";")]
    assert rules[:3] == ["default-src 'none'", "img-src data:", "style-src 'unsafe-inline'"]
    (sandbox,) = [rule for rule in rules if rule.startswith("sandbox")]
    assert "allow-scripts" not in sandbox
    assert "allow-same-origin" not in sandbox


def test_a_mail_can_be_had_as_it_came(phone: Phone, outbox: smtplib.SMTP) -> None:
    sent = summary().as_bytes(policy=policy.SMTP)
    outbox.sendmail("hello@example.com", ["ada@example.com"], sent)
    raw = phone.client.get("/mailbox/ada@example.com/1.eml")
    assert raw.headers["content-type"] == "message/rfc822"
    assert raw.content == sent


def test_a_mail_without_html_is_shown_as_the_text_it_is(phone: Phone, outbox: smtplib.SMTP) -> None:
    outbox.sendmail("a@example.com", ["ada@example.com"], "Subject: plain\r\n\r\n1 < 2 & so on\r\n")
    (mail,) = phone.client.get("/mailbox/ada@example.com").json()
    assert (mail["text"], mail["html"], mail["attachments"]) == ("1 < 2 & so on\n", "", [])
    assert "1 &lt; 2 &amp; so on" in phone.client.get("/mailbox/ada@example.com/1/html").text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no header at all",
        b"Content-Type: text/plain; charset=klingon\r\n\r\nh\xe9llo",
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n",
        b"Subject: =?x?q?=ff?=\r\nFrom: <<>>\r\nContent-ID: \r\n\r\n\xff",
    ],
)
def test_a_broken_mail_does_not_hide_the_others(phone: Phone, outbox: smtplib.SMTP, raw: bytes) -> None:
    outbox.sendmail("a@example.com", ["ada@example.com"], raw)
    outbox.send_message(summary())
    mails = phone.client.get("/mailbox/ada@example.com").json()
    assert [mail["n"] for mail in mails] == [1, 2]
    assert phone.client.get("/mailbox/ada@example.com/1/html").status_code == 200


def test_each_recipient_has_the_mail_in_their_own_mailbox(phone: Phone, outbox: smtplib.SMTP) -> None:
    outbox.send_message(summary(), to_addrs=["ada@example.com", "Grace+x@example.com"])
    outbox.send_message(summary(), to_addrs=["ada@example.com"])
    assert phone.client.get("/mailbox").json() == [
        {"address": "ada@example.com", "mails": 2},
        {"address": "grace+x@example.com", "mails": 1},
    ]
    assert len(phone.client.get("/mailbox/grace+x@example.com").json()) == 1
    assert phone.client.get("/mailbox/nobody@example.com").json() == []
    assert phone.client.get("/mailbox/grace+x@example.com/2.eml").status_code == 404
