"""A conversation by mail through the deployed service, each reply as SES would store it."""

import base64
import json
from datetime import UTC, datetime

import httpx

from shared.content.texts import catalogue
from tests.end_to_end.conftest import Person, eventually

CHECK_IN = catalogue("en")["checkin.question"]


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
    assert "did you sign up with this phone" in person.text("STATS")[0]
    assert person.text("YES")[0].startswith("Thank you, this phone is yours.")
    assert person.text("STATS")[0].startswith("Last 30 days: 1 day answered, 1 win, mood 7")

    assert "get no more messages" in reply(person, "please stop")
    assert person.ask_for("daily_checkin").status_code == 409
    assert person.text("7") == []
    bucket = person.service.resources["MailBucket"]
    assert "Contents" not in person.service.cloud.client("s3").list_objects_v2(Bucket=bucket)


def test_a_complaint_about_a_mail_is_an_opt_out(person: Person) -> None:
    """As SES publishes it: through topic and queue."""
    person.join(channel="both")
    assert person.ask_for("daily_checkin").status_code == 202
    eventually(lambda: sent_mails(person))
    member_id, nudge_id = sent_mails(person)[0]
    nudge = base64.urlsafe_b64encode(nudge_id.encode()).decode().rstrip("=")
    now = datetime.now(UTC).isoformat()
    mail = {"timestamp": now, "messageId": "ses-1", "tags": {"member": [member_id], "nudge": [nudge]}}
    complaint = {"eventType": "Complaint", "complaint": {"timestamp": now}, "mail": mail}
    sns, topic = person.service.cloud.client("sns"), person.service.resources["MailEvents"]
    for said in ("Successfully validated SNS topic for Amazon SES event publishing.", json.dumps(complaint)):
        sns.publish(TopicArn=topic, Message=said)
    eventually(lambda: person.ask_for("daily_checkin").status_code == 409)


def sent_mails(person: Person) -> list[tuple[str, str]]:
    """The ids of the member and of each nudge that went out to them by mail."""
    dynamodb, table = person.service.cloud.client("dynamodb"), person.service.resources["Table"]
    key = {"pk": {"S": f"PHONE#{person.number}"}, "sk": {"S": "PHONE"}}
    member_id = dynamodb.get_item(TableName=table, Key=key)["Item"]["member_id"]["S"]
    found = dynamodb.query(
        TableName=table,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :nudge)",
        ExpressionAttributeValues={":pk": {"S": f"MEMBER#{member_id}"}, ":nudge": {"S": "NUDGE#daily_checkin"}},
    )["Items"]
    sent = [item for item in found if item["sk"]["S"].endswith("#email") and item["state"]["S"] == "sent"]
    return [(member_id, item["sk"]["S"].removeprefix("NUDGE#")) for item in sent]


def test_everything_is_erased_by_mail_and_the_last_mail_says_so(person: Person) -> None:
    assert person.sign_up(channel="email", hour="23:30").status_code == 200
    eventually(person.mails)
    reply(person, "YES")
    assert "DELETE" in reply(person, "delete my account")
    assert "erased" in reply(person, "DELETE")
    assert person.ask_for("daily_checkin").status_code == 404
