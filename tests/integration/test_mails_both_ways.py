"""A conversation by mail: what SES leaves in the bucket is taken as a text is, answered in its thread, and gone."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote_plus

import pytest

from cli.phone.mailbox import Mail, read_mail
from cli.phone.replying import as_stored, reply
from cli.phone.store import StoredMail
from functions.receive_email import app as receive_email
from shared import runtime
from shared.domain.models import Status
from tests.functions import Event, sample
from tests.integration.service import (
    ADDRESS,
    BUDDY,
    NUMBER,
    WORDS,
    Clock,
    Service,
    kept,
    received,
    sqs_event,
    who,
)
from tests.unit.phone.rig import Phone


class Mailbox:
    """The canary's: what comes into it, and replies to it."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.sent = service.mailed()

    @property
    def mails(self) -> list[Mail]:
        return [read_mail(StoredMail("", each.as_bytes())) for each in self.sent]

    def reply(self, text: str, sender: str = ADDRESS, **changed: str) -> Event:
        """Reply to the latest mail; the event of the object that SES makes of it, which holds what is `changed`."""
        now, answered = runtime.now(), self.mails[-1]
        key, stored = as_stored(reply(answered, text, now), sender, answered.headers["Reply-To"], now)
        for old, new in changed.items():
            assert old.encode() in stored
            stored = stored.replace(old.encode(), new.encode())
        self.service.aws("s3").put_object(Bucket=bucket(), Key=key, Body=stored)
        return stored_event(key, now)

    def take(self, event: Event) -> list[str]:
        """Have a mail taken, and its answer delivered; what came of it into the mailbox, without its frame."""
        before = len(self.mails)
        assert self.service.call(receive_email.handler, event) == {"batchItemFailures": []}
        assert self.service.deliver() in ([], [{"batchItemFailures": []}], [{"batchItemFailures": []}] * 2)
        return [mail.text.partition("=#")[2].partition("\n-- \n")[0].strip() for mail in self.mails[before:]]

    def say(self, text: str) -> list[str]:
        return self.take(self.reply(text))


def bucket() -> str:
    return runtime.settings().mail_bucket


def stored_event(key: str, at: datetime) -> Event:
    event = sample("sqs_mail")
    told = json.loads(event["Records"][0]["body"])
    (record,) = told["Records"]
    record["eventTime"] = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    record["s3"]["object"]["key"] = quote_plus(key)
    event["Records"][0]["body"] = json.dumps(told)
    return event


def test_a_number_that_somebody_else_typed_is_not_texted_and_nothing_from_it_is_kept(
    service: Service, clock: Clock, phone: Phone
) -> None:
    """The mailed link was opened; whose the number is, nobody knows before it says YES."""
    mailbox = Mailbox(service)
    service.sign_up(channel="email")
    service.deliver()
    (token,) = re.findall(r"confirm\?\S*token=([\w.-]+)", mailbox.mails[-1].text)
    service.page("http_confirm", f"lang=en&token={token}")
    assert service.state()["status"] == "active"
    assert f"{ADDRESS[0]}***@" in service.text(f"7. Win: {WORDS}", "SM1")["body"]
    assert not [item for item in service.items() if item["sk"]["S"].startswith("DAY#")]
    service.ask_for("goal_cue")
    service.ask_for("daily_checkin")
    service.deliver()
    assert received(phone, NUMBER) == []
    assert "Thank you, this phone is yours." in service.text("YES", "SM2")["body"]
    service.text("7", "SM3")
    assert [item for item in service.items() if item["sk"]["S"].startswith("DAY#")]


def left(service: Service) -> list[str]:
    """The mails that are in the bucket still."""
    return [each["Key"] for each in service.aws("s3").list_objects_v2(Bucket=bucket()).get("Contents", [])]


@pytest.fixture
def mailbox(member: Service, clock: Clock) -> Mailbox:
    """The canary's mailbox, with a check-in in it."""
    member.aws("s3").create_bucket(Bucket=bucket())
    mailbox = Mailbox(member)
    member.ask_for("daily_checkin")
    assert member.deliver() == [{"batchItemFailures": []}]
    assert len(mailbox.mails) == 1
    return mailbox


def test_a_reply_is_recorded_as_a_text_is_and_answered_in_its_thread(mailbox: Mailbox) -> None:
    before = len(who().journal)
    (answer,) = mailbox.say(f"7. Win: {WORDS}\n\nSent from my iPhone")
    assert answer.startswith("7 for ") and WORDS in answer
    entry = who().journal[-1]
    assert (len(who().journal), entry.mood, entry.wins) == (before + 1, 7, (WORDS,))
    asked, answered = mailbox.mails
    assert answered.subject == f"Re: {asked.subject}"
    assert answered.headers["Auto-Submitted"] == "auto-replied"
    assert left(mailbox.service) == []


def test_a_conversation_goes_on_by_mail_and_by_text_alike(mailbox: Mailbox) -> None:
    assert "goal" in mailbox.say(f"goal: {WORDS} 5 times by december")[0].lower()
    assert WORDS in mailbox.service.text("GOALS", "SM2")["body"].lower()
    mailbox.service.text("7", "SM3")
    (taken_back,) = mailbox.say("UNDO")
    assert taken_back.startswith("Taken back: 7")


def test_a_mail_that_comes_again_changes_nothing_and_is_answered_once(mailbox: Mailbox) -> None:
    event = mailbox.reply("7")
    stored = mailbox.service.aws("s3").list_objects_v2(Bucket=bucket())["Contents"][0]["Key"]
    raw = mailbox.service.aws("s3").get_object(Bucket=bucket(), Key=stored)["Body"].read()
    assert len(mailbox.take(event)) == 1
    state = mailbox.service.state()
    assert mailbox.take(event) == []  # the object is gone
    mailbox.service.aws("s3").put_object(Bucket=bucket(), Key=stored, Body=raw)
    assert mailbox.take(event) == []  # as if it had not been deleted
    assert mailbox.service.state() == state
    assert left(mailbox.service) == []


def test_a_mail_that_could_not_be_answered_is_when_it_comes_again(
    mailbox: Mailbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = mailbox.reply("7")
    with monkeypatch.context() as broken:
        broken.setattr(runtime._sqs(), "send_message", lambda **_: 1 / 0)
        assert len(mailbox.service.call(receive_email.handler, event)["batchItemFailures"]) == 1
    assert len(left(mailbox.service)) == 1
    clock.now += timedelta(minutes=2)
    (answer,) = mailbox.take(event)
    assert answer.startswith("7 for ")
    assert [entry.kind for entry in who().journal].count("answered") == 1


def test_a_stop_by_mail_ends_everything_with_one_confirmation(mailbox: Mailbox, clock: Clock) -> None:
    (goodbye,) = mailbox.say("STOP")
    assert "START" in goodbye
    assert who().status is Status.STOPPED
    assert mailbox.say("hello?") == []
    assert "refused" in mailbox.service.ask_for("daily_checkin")
    clock.now += timedelta(minutes=1)
    assert len(mailbox.say("START")) == 1
    assert who().status is Status.ACTIVE


def test_a_stop_by_mail_is_one_to_a_friend_too(mailbox: Mailbox, clock: Clock) -> None:
    """Whose buddy the member is, by their number."""
    service = mailbox.service
    assert service.sign_up(phone=BUDDY, email="", channel="sms")["statusCode"] == 200
    service.deliver()
    service.text("YES", "SM20", sender=BUDDY)
    service.text(f"add my friend {NUMBER} as buddy", "SM21", sender=BUDDY)
    clock.now += timedelta(days=1, hours=-5)
    friend = runtime.store().member_by_phone(BUDDY, runtime.recently())
    assert friend.buddy and friend.buddy.phone == NUMBER
    mailbox.say("please stop")
    assert runtime.store().member(friend.id, runtime.recently()).buddy is None


def test_help_and_a_summary_are_sent_as_by_text(mailbox: Mailbox) -> None:
    assert "STOP" in mailbox.say("HELP")[0]
    mailbox.say(f"7. Win: {WORDS}")
    announced, summary = mailbox.say("SUMMARY")
    assert "on its way" in announced and WORDS in summary


def test_the_link_to_the_page_comes_by_mail_to_whoever_asks_by_mail_though_they_want_texts_too(
    mailbox: Mailbox,
) -> None:
    assert "sms" in who().channels
    (said,) = mailbox.say("PAGE")
    assert "/me?" in said


def test_everything_is_erased_by_mail_and_the_last_mail_says_so(mailbox: Mailbox) -> None:
    assert "DELETE" in mailbox.say("delete my account")[0]
    event = mailbox.reply("DELETE")
    (farewell,) = mailbox.take(event)
    assert "erased" in farewell
    assert kept(mailbox.service) == [f"PHONE#{NUMBER} HINT"]
    assert mailbox.say("hello?") == []
    assert "no_member" in mailbox.service.keeps_to_itself()
    assert left(mailbox.service) == []


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"dmarc=pass": "dmarc=fail"}, "not_proven"),
        ({"Spam-Verdict: PASS": "Spam-Verdict: FAIL"}, "spam"),
        ({"X-SES-RECEIPT": "X-NO-RECEIPT"}, "not_from_ses"),
        ({"reply+": "reply+00"}, "not_to_a_member"),
        ({"Subject: Re:": "Subject: Automatic reply:"}, "automatic"),
        ({"canary.example": "evil.example"}, "not_from_the_member"),
    ],
)
def test_a_mail_that_is_not_proven_to_be_the_member_s_is_neither_taken_nor_answered(
    mailbox: Mailbox, changed: dict[str, str], reason: str
) -> None:
    state = mailbox.service.state()
    assert mailbox.take(mailbox.reply("STOP", **changed)) == []
    said = mailbox.service.keeps_to_itself()
    assert f'"reason":"{reason}"' in said and "MailsNotTaken" in said
    assert mailbox.service.state() == state
    assert left(mailbox.service) == []


def test_a_mail_with_a_large_file_is_read_and_only_its_beginning(mailbox: Mailbox) -> None:
    event = mailbox.reply("7, see the photo")
    key = left(mailbox.service)[0]
    raw = mailbox.service.aws("s3").get_object(Bucket=bucket(), Key=key)["Body"].read()
    mailbox.service.aws("s3").put_object(Bucket=bucket(), Key=key, Body=raw + b"A" * 3_000_000)
    (answer,) = mailbox.take(event)
    assert answer.startswith("7 for ")


def test_what_ses_puts_into_the_bucket_when_a_rule_is_made_is_no_mail(mailbox: Mailbox) -> None:
    key = "inbound/AMAZON_SES_SETUP_NOTIFICATION"
    setup = b"From: Amazon Web Services <no-reply-aws@amazon.com>\r\nTo: recipient@example.com\r\n\r\nHello,"
    mailbox.service.aws("s3").put_object(Bucket=bucket(), Key=key, Body=setup)
    assert mailbox.take(stored_event(key, runtime.now())) == []
    assert left(mailbox.service) == []


def test_the_test_that_s3_puts_on_the_queue_is_no_mail(mailbox: Mailbox) -> None:
    event = sample("sqs_mail")
    event["Records"][0]["body"] = json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "mails"})
    assert mailbox.take(event) == []


def test_a_member_who_has_changed_the_address_is_heard_from_the_new_one_once_it_is_confirmed(mailbox: Mailbox) -> None:
    service, new = mailbox.service, f"new.{ADDRESS}"
    from_new = {f"From: {ADDRESS}": f"From: {new}"}
    by_old, too_soon, by_new = mailbox.reply("7"), mailbox.reply("7", **from_new), mailbox.reply("8", **from_new)
    service.text(f"my email is {new}", "SM2")
    service.deliver()
    asking = mailbox.mails[-1]
    assert "Reply-To" not in asking.headers and "#=" not in asking.text
    assert mailbox.take(by_old) == mailbox.take(too_soon) == []
    assert service.keeps_to_itself().count("not_from_the_member") == 2
    (link,) = re.findall(r"/confirm\?(\S+)", asking.text)
    assert service.page("http_confirm", link)["statusCode"] == 200
    assert mailbox.take(by_new)[0].startswith("8 for ")


def test_a_mail_that_gives_another_address_is_answered_where_it_came_from_though_taken_twice(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, event = mailbox.service, mailbox.reply("my email is mistyped@canary.example")
    with monkeypatch.context() as broken:
        broken.setattr(runtime._sqs(), "send_message", lambda **_: 1 / 0)
        assert len(service.call(receive_email.handler, event)["batchItemFailures"]) == 1
    answered = mailbox.mails[-1]
    assert "Reply-To" not in answered.headers
    assert "Noted: mistyped@canary.example." in answered.text and "#=" not in answered.text
    mailbox.take(event)
    assert [mail["To"] for mail in mailbox.sent[1:]] == [ADDRESS, ADDRESS, "mistyped@canary.example"]
    assert "/confirm?" in mailbox.mails[-1].text
    assert left(service) == []


def test_what_is_logged_of_a_mail_names_none_that_came_before_it(mailbox: Mailbox) -> None:
    taken, gone = mailbox.reply("7"), stored_event("inbound/gone", runtime.now())
    mailbox.service.keeps_to_itself()
    mailbox.take(sqs_event("sqs_mail", *(event["Records"][0]["body"] for event in (taken, gone))))
    said = mailbox.service.keeps_to_itself().splitlines()
    saved, passed = (json.loads(next(line for line in said if words in line)) for words in ("turn saved", "before"))
    assert {"member_id", "message_sid"} <= saved.keys()
    assert not {"member_id", "message_sid"} & passed.keys()
