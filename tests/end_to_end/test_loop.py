"""From sign-up to summary, through the deployed service."""

import email
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from shared.content.texts import catalogue
from tests.end_to_end.conftest import Person, eventually

CHECK_IN = catalogue("en")["checkin.question"]
PNG = b"\x89PNG"


def test_nothing_but_one_confirmation_goes_out_until_the_member_says_yes(person: Person) -> None:
    assert person.sign_up().status_code == 200
    [confirmation] = eventually(person.received)
    assert "reply YES" in confirmation and "STOP" in confirmation and "rates" in confirmation
    assert person.ask_for("daily_checkin").status_code == 409
    assert person.received() == [confirmation]

    [welcome] = person.text("YES")
    assert welcome.startswith("Welcome, Ana.")


def test_a_checkin_is_answered_and_comes_back_in_a_summary_with_its_chart(person: Person) -> None:
    person.join()
    assert person.ask_for("daily_checkin").status_code == 202
    eventually(lambda: set(CHECK_IN) & set(person.received()))

    [said_back] = person.text("7. Win: sent off my portfolio")
    assert re.fullmatch(r"7 for \w{3}\. [\w ,]+: sent off my portfolio\.", said_back)

    [announced] = person.text("SUMMARY")
    assert "on its way to your e-mail" in announced
    [mail] = eventually(person.letters)
    assert mail["attachments"] == ["moods.png", "moods-night.png"]
    assert "sent off my portfolio" in mail["text"] and "sent off my portfolio" in mail["html"]

    raw = httpx.get(f"{person.service.phone}/mailbox/{person.email}/2.eml").content
    message = email.message_from_bytes(raw)
    pictures = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == 2  # for light and for dark screens
    for picture in pictures:
        data = picture.get_payload(decode=True)
        assert isinstance(data, bytes) and data.startswith(PNG)
        assert f"cid:{picture['Content-ID'].strip('<>')}" in mail["html"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_same_webhook_twice_has_one_effect_and_one_answer(person: Person) -> None:
    person.join()
    sid = f"SM{person.number[1:]:0>32}"
    first = person.text("6. Win: called the recruiter", sid)
    assert person.text("6. Win: called the recruiter", sid) == first
    assert person.text("STATS") == ["Last 30 days: 1 day answered, 1 win, mood 6 on average."]


def test_undo_takes_the_last_answer_back(person: Person) -> None:
    person.join()
    person.text("3. Win: survived")
    [taken_back] = person.text("UNDO")
    assert re.fullmatch(r"Taken back: 3 for \w{3}, 1 win\.", taken_back)
    assert person.text("STATS")[0].startswith("Nothing told in the last 30 days")


def test_signing_up_again_makes_no_second_member_and_tells_a_stranger_nothing(person: Person) -> None:
    newcomer = person.sign_up()
    [confirmation] = eventually(person.received)
    again = person.sign_up(name="Mallory", email="mallory@example.com")
    person.text("YES")
    as_member = person.sign_up(name="Mallory", email="mallory@example.com")
    assert newcomer.status_code == again.status_code == as_member.status_code == 200
    assert newcomer.text == again.text == as_member.text
    assert person.received().count(confirmation) == 1

    person.text("8")
    person.text("SUMMARY")
    assert eventually(person.mails), "the summary goes to the address of the first sign-up"


def test_stop_is_silent_and_final_until_start(person: Person) -> None:
    person.join()
    before = person.received()
    assert person.text("STOP") == []
    assert person.text("7") == []
    assert person.ask_for("daily_checkin").status_code == 409
    assert person.text("START") == []
    assert person.received() == before
    assert person.ask_for("daily_checkin").status_code == 202
    eventually(lambda: set(CHECK_IN) & set(person.received()))


def test_a_stop_in_other_words_gets_one_confirmation(person: Person) -> None:
    person.join()
    [goodbye] = person.text("please stop texting me")
    assert "START" in goodbye
    assert person.text("hello?") == []


def test_a_buddy_is_invited_agrees_gets_a_note_and_ends_it(person: Person, another: Person) -> None:
    person.join()
    [invited] = person.text(f"add my friend {another.number} as buddy")
    assert "REMOVE BUDDY" in invited
    [invitation] = eventually(another.received, within=90)  # the next tick finds it
    assert "Ana would like you as their buddy" in invitation
    [welcome] = another.text("YES")
    assert "Ana" in welcome
    assert another.text("go for it, you are nearly there") != []

    person.text("2. Win: sent off my portfolio")
    assert person.ask_for("buddy_note").status_code == 202
    eventually(lambda: len(another.received()) == 4)
    assert "sent off my portfolio" in another.received()[-1]
    assert another.text("please stop texting me") == ["Unstuck: done, you will get no more messages. Take care."]
    assert "no buddy" in person.text("BUDDY")[0]


def test_a_number_that_nobody_signed_up_learns_once_how_to_join(person: Person) -> None:
    [hint] = person.text("hi")
    assert person.service.api in hint
    assert person.text("hi again") == []


def test_a_number_that_nobody_signed_up_is_told_nothing_after_its_stop(person: Person) -> None:
    assert person.text("STOP") == []
    assert person.text("hi") == []


def test_by_email_alone_the_link_confirms_and_the_checkin_is_a_mail(person: Person) -> None:
    assert person.sign_up(channel="email", hour="23:30").status_code == 200
    [confirmation] = eventually(person.mails)
    assert person.received() == []
    assert "Confirm your Unstuck check-ins" in confirmation["subject"]
    assert "You are in" in person.confirm_address()
    assert person.ask_for("daily_checkin").status_code == 202
    eventually(lambda: len(person.mails()) == 2)
    assert any(question in person.mails()[1]["text"] for question in CHECK_IN)
    assert person.received() == []


def test_only_a_post_to_the_unsubscribe_link_unsubscribes(person: Person) -> None:
    person.join(channel="both")
    person.ask_for("daily_checkin")
    [mail] = eventually(person.letters)
    [link] = re.findall(rf"{re.escape(person.service.api)}/unsubscribe\?\S+", mail["text"])
    assert "Stop all messages" in httpx.get(link, timeout=30).text
    assert person.ask_for("daily_checkin").status_code == 202
    assert httpx.post(link, data={"List-Unsubscribe": "One-Click"}, timeout=30).status_code == 200
    assert person.ask_for("daily_checkin").status_code == 409
    assert httpx.post(f"{person.service.api}/unsubscribe?token=forged", timeout=30).status_code == 410


def test_without_an_email_the_summary_is_a_text(person: Person) -> None:
    person.join(email="")
    person.text("7. Win: sent off my portfolio")
    [gist] = person.text("SUMMARY")
    assert "sent off my portfolio" in gist
    assert person.mails() == []


def test_everything_held_comes_by_mail_and_is_gone_after_the_second_delete(person: Person) -> None:
    person.join()
    person.text("7. Win: sent off my portfolio")
    person.text("goal: apply to 5 jobs by december")
    [announced] = person.text("send me my data")
    assert person.email in announced
    [mail] = eventually(person.letters)
    everything, journal = mail["attachments"]
    assert re.fullmatch(r"unstuck-[\d-]{10}\.json", everything) and re.fullmatch(r"unstuck-journal-.*\.csv", journal)
    raw = httpx.get(f"{person.service.phone}/mailbox/{person.email}/2.eml").content
    [file] = [part for part in email.message_from_bytes(raw).walk() if part.get_content_type() == "application/json"]
    payload = file.get_payload(decode=True)
    assert isinstance(payload, bytes)
    held = json.loads(payload)
    assert held["member"]["goals"][0]["text"] == "apply to 5 jobs"
    assert held["journal"][0]["wins"] == ["sent off my portfolio"]

    assert "KEEP" in person.text("delete my account")[0]
    assert "erased" in person.text("DELETE")[0]
    items = person.service.cloud.client("dynamodb").scan(TableName=person.service.resources["Table"])["Items"]
    assert [item["sk"]["S"] for item in items if person.number in json.dumps(item)] == ["HINT"]
    assert not [item for item in items if item["pk"]["S"] == f"MEMBER#{held['member']['id']}"]
    assert person.text("hello?") == []
    assert person.ask_for("daily_checkin").status_code == 404


def test_a_check_in_that_is_put_off_comes_again(person: Person) -> None:
    person.join()
    [said] = person.text("ask me in 2 hours")
    assert "again" in said or "back" in said
    tick = json.dumps({"time": (datetime.now(UTC) + timedelta(hours=2, minutes=1)).isoformat()}).encode()
    answer = person.service.cloud.client("lambda").invoke(
        FunctionName=person.service.resources["DispatchFunction"], Payload=tick
    )
    assert "FunctionError" not in answer
    eventually(lambda: set(CHECK_IN) & set(person.received()))


def test_the_tick_sends_what_is_due_once(person: Person) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=3)
    person.join(hour=f"12:{soon.minute:02}" if soon.hour == datetime.now(UTC).hour else f"13:{soon.minute:02}")
    lambdas = person.service.cloud.client("lambda")
    tick = json.dumps({"time": soon.strftime("%Y-%m-%dT%H:%M:59Z")}).encode()
    for _ in range(2):
        answer = lambdas.invoke(FunctionName=person.service.resources["DispatchFunction"], Payload=tick)
        assert "FunctionError" not in answer
    eventually(lambda: set(CHECK_IN) & set(person.received()))
    assert sum(text in CHECK_IN for text in person.received()) == 1


def test_a_delivery_receipt_is_kept_with_its_nudge(person: Person) -> None:
    person.join()
    request_id = person.ask_for("daily_checkin").json()["request_id"]
    dynamodb = person.service.cloud.client("dynamodb")

    def receipt() -> Any:
        items = dynamodb.scan(TableName=person.service.resources["Table"])["Items"]
        [nudge] = [i for i in items if i["sk"]["S"].startswith("NUDGE#") and request_id in i["sk"]["S"]] or [{}]
        return nudge.get("delivery_status", {}).get("S")

    eventually(lambda: receipt() == "delivered")


def test_a_webhook_that_twilio_did_not_sign_is_refused(person: Person) -> None:
    person.join()
    forged = {"MessageSid": "SM1", "AccountSid": "AC1", "From": person.number, "Body": "STOP"}
    answer = httpx.post(
        f"{person.service.api}/twilio/sms", data=forged, headers={"X-Twilio-Signature": "x"}, timeout=30
    )
    assert answer.status_code == 403
    assert person.text("STATS") != []


def test_policies_are_enforced_here_so_that_the_other_tests_prove_them(person: Person) -> None:
    iam = person.service.cloud.client("iam")
    iam.create_user(UserName="nobody")
    key = iam.create_access_key(UserName="nobody")["AccessKey"]
    stranger = boto3.client(
        "dynamodb",
        endpoint_url=person.service.cloud.client("sts").meta.endpoint_url,
        region_name="us-east-1",
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
    )
    with pytest.raises(ClientError, match="AccessDenied"):
        stranger.scan(TableName=person.service.resources["Table"])


def test_no_log_names_a_member(person: Person) -> None:
    name, words = "Zebedee", "polished the zeppelin"
    person.join(name=name, channel="both")
    person.ask_for("daily_checkin")
    eventually(person.letters)
    person.text(f"7. Win: {words}")
    person.text("SUMMARY")
    eventually(lambda: len(person.letters()) == 2)
    person.text("STOP")

    logs = person.service.cloud.client("logs")
    events = logs.filter_log_events(logGroupName=person.service.cloud.resources()["Logs"])["events"]
    written = "\n".join(event["message"] for event in events)
    assert '"message":"turn saved"' in written.replace('": "', '":"'), "the functions do log"
    for personal in (name, words, person.number, person.number[2:], person.email):
        assert personal not in written
