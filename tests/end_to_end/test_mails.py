"""A conversation by mail through the deployed service, each reply as SES would store it."""

import httpx

from shared.content.texts import catalogue
from tests.end_to_end.conftest import Person, eventually

CHECK_IN = catalogue()["checkin.question"]


def reply(person: Person, text: str) -> str:
    """Reply to the latest mail; what the mail that answers it says above its frame."""
    before = len(person.mails())
    path = f"{person.service.phone}/mailbox/{person.email}/{before}/reply"
    assert httpx.post(path, json={"text": text}, timeout=60).status_code == 202
    eventually(lambda: len(person.mails()) > before)
    said: str = person.mails()[before]["text"].partition("=#")[2].partition("\n-- \n")[0].strip()
    return said


def test_a_member_who_has_mail_alone_joins_answers_and_leaves_by_replying(person: Person) -> None:
    assert person.sign_up(channel="email", hour="23:30").status_code == 200
    eventually(person.mails)
    assert reply(person, "YES").startswith("Welcome, Ana.")
    assert person.ask_for("daily_checkin").status_code == 202
    eventually(lambda: any(question in person.mails()[-1]["text"] for question in CHECK_IN))
    answer = reply(person, "7. Win: sent off my portfolio\n\nSent from my iPhone")
    assert answer.startswith("7 for ") and "sent off my portfolio" in answer
    asked, answered = person.mails()[-2:]
    assert answered["subject"] == f"Re: {asked['subject']}"
    assert person.text("STATS")[0].startswith("Last 30 days: 1 day answered, 1 win, mood 7")

    assert "get no more messages" in reply(person, "please stop")
    assert person.ask_for("daily_checkin").status_code == 409
    assert person.text("7") == []
    bucket = person.service.resources["MailBucket"]
    assert "Contents" not in person.service.cloud.client("s3").list_objects_v2(Bucket=bucket)


def test_everything_is_erased_by_mail_and_the_last_mail_says_so(person: Person) -> None:
    assert person.sign_up(channel="email", hour="23:30").status_code == 200
    eventually(person.mails)
    reply(person, "YES")
    assert "DELETE" in reply(person, "delete my account")
    assert "erased" in reply(person, "DELETE")
    assert person.ask_for("daily_checkin").status_code == 404
