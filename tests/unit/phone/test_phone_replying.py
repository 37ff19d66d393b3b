"""A mail in the mailbox is replied to as a mail program does it, and handed over as SES stores it."""

from email import message_from_bytes, policy

import pytest

from cli.phone.settings import NudgeRefused
from cli.phone.store import Store
from tests.unit.phone.rig import Phone, phone, running

__all__ = ["phone", "running"]

ADDRESS = "ana@example.com"
MAIL = (
    "From: Unstuck <hello@unstuck.example>\r\nTo: Ana <ana@example.com>\r\nSubject: Your check-in\r\n{}"
    "Message-ID: <1@unstuck.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "#= Reply above =#\r\n\r\n7 or 8?\r\n"
)


def mailed(phone: Phone, headers: str = "Reply-To: reply+m1@reply.unstuck.example\r\n") -> None:
    Store(phone.settings.database).add_mail(MAIL.format(headers).encode(), [ADDRESS])


def test_a_reply_goes_to_the_reply_address_in_the_thread_with_the_mail_quoted(phone: Phone) -> None:
    mailed(phone)
    answer = phone.client.post(f"/mailbox/{ADDRESS}/1/reply", json={"text": "7, été"})
    assert answer.status_code == 202
    ((key, stored),) = phone.operator.mailed
    assert answer.json() == {"key": key} and key.startswith("inbound/")
    message = message_from_bytes(stored, policy=policy.default)
    assert (message["From"], message["To"]) == ("Ana <ana@example.com>", "reply+m1@reply.unstuck.example")
    assert (message["Subject"], message["In-Reply-To"]) == ("Re: Your check-in", "<1@unstuck.example>")
    body = message.get_content().replace("\r\n", "\n")
    assert body.startswith("7, été\n\nOn ") and "Unstuck <hello@unstuck.example> wrote:" in body and "> 7 or 8?" in body


def test_ses_s_headers_stand_above_those_of_the_sender(phone: Phone) -> None:
    mailed(phone)
    phone.client.post(f"/mailbox/{ADDRESS}/1/reply", json={"text": "7"})
    ((_, stored),) = phone.operator.mailed
    names = [name for name, _ in message_from_bytes(stored).items()]
    assert names[:3] == ["Return-Path", "Received", "X-SES-Spam-Verdict"]
    assert names.index("X-SES-RECEIPT") < names.index("From")


def test_a_mail_that_takes_no_replies_says_so(phone: Phone) -> None:
    mailed(phone, headers="")
    answer = phone.client.post(f"/mailbox/{ADDRESS}/1/reply", json={"text": "7"})
    assert (answer.status_code, answer.json()) == (409, {"error": "This mail takes no replies."})
    assert phone.client.post(f"/mailbox/{ADDRESS}/2/reply", json={"text": "7"}).status_code == 404


@pytest.mark.parametrize("given", [{}, {"text": " "}, {"text": 7}])
def test_an_empty_reply_is_not_sent(phone: Phone, given: dict[str, object]) -> None:
    mailed(phone)
    assert phone.client.post(f"/mailbox/{ADDRESS}/1/reply", json=given).status_code == 422
    assert phone.operator.mailed == []


def test_a_reply_that_cannot_be_handed_over_says_so(phone: Phone) -> None:
    mailed(phone)
    phone.operator.refusal = NudgeRefused("no")
    assert phone.client.post(f"/mailbox/{ADDRESS}/1/reply", json={"text": "7"}).status_code == 502
