import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from shared.channels import letters, mail, mail_events
from shared.channels.links import Links
from shared.channels.refused import PassingFailure, Refused
from shared.content import pages, texts
from shared.content.texts import LANGUAGES, Language
from shared.domain.failures import Failure
from shared.domain.models import Kind, Member, Nudge
from shared.domain.steps.audit import Audit
from shared.domain.summary import Phrase
from tests.unit.markup import Outline

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient

NOW = datetime(2026, 11, 1, 13, 0, tzinfo=UTC)
SENDER = "Unstuck <hello@unstuck.example>"
URL = "https://abc123.execute-api.us-east-1.amazonaws.com/unsubscribe?member=m1&token=" + "x" * 200
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


def a_mail(**changed: Any) -> mail.Mail:
    values: dict[str, Any] = {
        "to": "ana@example.com",
        "subject": "Your October 2026",
        "text": "Nine wins.\n",
        "html": '<p>Nine wins.</p><img src="cid:moods@unstuck">',
        "unsubscribe_url": URL,
        "pictures": {"moods@unstuck": PNG},
    }
    return mail.Mail(**values | changed)


def parsed(sent: mail.Mail, sender: str = SENDER) -> EmailMessage:
    message = message_from_bytes(mail.compose(sent, sender, NOW), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_text_stands_beside_html_with_its_pictures() -> None:
    message = parsed(a_mail())
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    picture = list(message.walk())[-1]
    assert isinstance(picture, EmailMessage)
    assert picture["Content-ID"] == "<moods@unstuck>"
    assert picture.get_content() == PNG
    assert picture.get_content_disposition() == "inline"
    assert picture.get_filename() == "moods.png"
    assert picture["Content-Disposition"].params["size"] == str(len(PNG))


def test_a_mail_without_pictures_is_text_and_html_alone() -> None:
    kinds = [part.get_content_type() for part in parsed(a_mail(pictures={})).walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


LINKS = Links("https://unstuck.example", "key", "reply.unstuck.example")


def a_letter(language: Language, kind: Kind = Kind.DAILY_CHECKIN, **details: Any) -> mail.Mail:
    given: dict[str, Any] = {"id": "ana", "name": "Ana", "phone": "+14155550123", "language": language}
    given |= {"email": "ana@example.com", "signed_up_at": NOW, "status": "active"}
    given |= {"phone_confirmed_at": NOW, "email_confirmed_at": NOW}
    who = Member.model_validate({**given, "prompt_time": "19:30", "timezone": "America/New_York", **details})
    of = Nudge(member_id="ana", kind=kind, channel="email", day=NOW.date(), due_at=NOW)
    return letters.letter(of, who, letters.House("Unstuck", "+14155550100", "1 Example Street"), LINKS, NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_in_place_of_a_text_says_so_and_how_to_get_texts_again(language: Language) -> None:
    sent = a_letter(language)
    for each in (sent.text, sent.html):
        assert "START" in each and "+14155550100" in each
    for other in (a_letter(language, channels=("email",)), a_letter(language, phone_confirmed_at=None)):
        assert "START" not in other.text + other.html


def test_a_picture_that_the_html_does_not_show_is_left_out() -> None:
    assert b"image/png" not in mail.compose(a_mail(html="<p>A quiet month.</p>"), SENDER, NOW)


def test_what_is_attached_follows_the_text_and_arrives_as_it_was() -> None:
    words = '{"win": "Übung “macht” 🎉"}\n'.encode()
    files = (mail.Attachment("all.json", "application/json", words), mail.Attachment("j.csv", "text/csv", words * 999))
    message = parsed(a_mail(attachments=files))
    assert message.get_content_type() == "multipart/mixed"
    first, *attached = message.iter_parts()
    assert first.get_content_type() == "multipart/alternative"
    assert [(part.get_filename(), part.get_content_type()) for part in attached] == [
        ("all.json", "application/json"),
        ("j.csv", "text/csv"),
    ]
    assert [part.get_payload(decode=True) for part in attached] == [words, words * 999]
    assert all(part.get_content_disposition() == "attachment" for part in attached)
    assert message["List-Unsubscribe"] == f"<{URL}>"


def test_what_is_attached_travels_in_short_lines_of_ascii() -> None:
    raw = mail.compose(a_mail(attachments=(mail.Attachment("j.csv", "text/csv", "ü".encode() * 9999),)), SENDER, NOW)
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n") if not line.startswith(b"List-")) <= 78


def test_the_headers_say_who_when_and_how_to_leave() -> None:
    message = parsed(a_mail())
    assert message["From"] == SENDER
    assert message["To"] == "ana@example.com"
    assert message["Date"].datetime == NOW
    assert message["List-Unsubscribe"] == f"<{URL}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] is None


def test_a_long_unsubscribe_url_stays_as_it_is() -> None:
    # RFC 8058: clients read it as it stands, and do not decode encoded words in it.
    assert f"\r\nList-Unsubscribe: <{URL}>\r\n".encode() in mail.compose(a_mail(), SENDER, NOW)


def test_other_alphabets_arrive_whole_and_travel_as_ascii() -> None:
    text = "Grüße, 你好, 🎉 — “quoted”\n" + "a long paragraph " * 100 + "\n"
    raw = mail.compose(
        a_mail(subject="Dein März, José 🎉 " * 8, text=text, html=f"<p>{text}</p>"),
        "Übergang <hello@unstuck.example>",
        NOW,
    )
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n") if not line.startswith(b"List-")) <= 78
    message = message_from_bytes(raw, policy=policy.default)
    assert message["Subject"] == ("Dein März, José 🎉 " * 8).strip()
    assert message["From"].addresses[0].display_name == "Übergang"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == text.splitlines()


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\r\n\r\n", "\x00"])
def test_a_line_break_cannot_add_a_header(line_break: str) -> None:
    sneaky = f"Hi{line_break}Bcc: eve@example.com"
    message = parsed(a_mail(subject=sneaky), sender=f'"Un{line_break}Bcc: eve" <hello@unstuck.example>')
    assert message["Bcc"] is None
    assert message["Subject"] == "Hi Bcc: eve@example.com"
    assert message["From"].addresses[0].addr_spec == "hello@unstuck.example"
    assert len(message["From"].addresses) == 1


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_subject_or_body_changes_the_headers(subject: str, name: str) -> None:
    raw = mail.compose(a_mail(subject=subject, text=f"Hi {name},\nBcc: eve@example.com\n"), SENDER, NOW)
    assert sorted(message_from_bytes(raw, policy=policy.default).keys()) == sorted(parsed(a_mail()).keys())


def test_a_subject_that_looks_encoded_is_not_decoded() -> None:
    raw = mail.compose(a_mail(subject="Re: =?utf-8?B?/w==?="), SENDER, NOW)
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == "Re: = ?utf-8?B?/w== ?="


@pytest.mark.parametrize(
    "to",
    [
        "",
        "ana",
        "@example.com",
        "ana@",
        "ana@example.com, eve@example.com",
        "ana@example.com\r\nBcc: eve@example.com",
        "Ana <ana@example.com>",
        "ana@exa mple.com",
        "ana@example..com",
        "änä@example.com",
        '"a b"@example.com',
    ],
)
def test_what_is_no_single_address_is_refused(to: str) -> None:
    with pytest.raises(Refused) as refused:
        mail.compose(a_mail(to=to), SENDER, NOW)
    assert refused.value.code == "UnusableAddress"
    assert "ana" not in str(refused.value)


def test_a_domain_in_another_alphabet_is_written_in_ascii() -> None:
    assert parsed(a_mail(to=" ana@bücher.example "))["To"] == "ana@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "https://a.example/>, <https://b", "https://a.example/\r\nBcc: e"]
)
def test_a_malformed_unsubscribe_url_is_a_mistake_of_ours(url: str) -> None:
    with pytest.raises(ValueError, match="unsubscribe"):
        mail.compose(a_mail(unsubscribe_url=url), SENDER, NOW)


def test_nothing_of_a_mail_is_in_its_repr() -> None:
    assert repr(a_mail()) == "Mail()"
    assert "secret" not in repr(mail.Attachment("all.json", "application/json", b"secret"))


@pytest.fixture
def ses(monkeypatch: pytest.MonkeyPatch) -> "Iterator[SESClient]":
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield boto3.client("ses", region_name="us-east-1")


def test_a_mail_is_sent_from_a_verified_sender(ses: "SESClient") -> None:
    ses.verify_email_identity(EmailAddress="hello@unstuck.example")
    assert mail.send(ses, a_mail(), SENDER, NOW)
    assert ses.get_send_quota()["SentLast24Hours"] >= 1


def test_an_unverified_sender_is_refused_without_naming_anyone(ses: "SESClient") -> None:
    with pytest.raises(Refused) as refused:
        mail.send(ses, a_mail(), SENDER, NOW)
    assert refused.value.code == "MessageRejected"
    assert refused.value.__context__ is None
    assert "example" not in str(refused.value)


class Refusing:
    """SES as it answers with an error."""

    def __init__(self, code: str, said: str = "...") -> None:
        self.code = code
        self.said = said

    def send_raw_email(self, **_: object) -> dict[str, str]:
        raise ClientError({"Error": {"Code": self.code, "Message": self.said}}, "SendRawEmail")


@pytest.mark.parametrize(
    "code",
    [
        "AccountSendingPausedException",
        "ConfigurationSetDoesNotExist",
        "MailFromDomainNotVerifiedException",
        "AccessDenied",
        "SomethingNew",
    ],
)
def test_what_is_not_the_mails_fault_can_be_tried_again(code: str) -> None:
    refusing: Any = Refusing(code)
    with pytest.raises(ClientError):
        mail.send(refusing, a_mail(), SENDER, NOW)


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        ("Maximum sending rate exceeded.", Failure.THROTTLED),
        ("Daily message quota exceeded.", Failure.CAPPED),
    ],
)
def test_too_many_mails_wait_a_moment_or_until_the_day_is_over(said: str, failure: Failure) -> None:
    refusing: Any = Refusing("Throttling", said)
    with pytest.raises(PassingFailure) as passing:
        mail.send(refusing, a_mail(), SENDER, NOW)
    assert (passing.value.failure, passing.value.perhaps_sent) == (failure, False)


class Taking:
    """SES, as it keeps what it is asked."""

    def send_raw_email(self, **asked: Any) -> dict[str, str]:
        self.asked = asked
        return {"MessageId": "m1"}


def test_a_mail_names_its_nudge_to_ses_where_that_tells_what_becomes_of_it() -> None:
    ses: Any = Taking()
    of = Nudge(member_id="ana", kind=Kind.AUDIT, channel="email", day=NOW.date(), due_at=NOW, request_id="<é@x>")
    assert mail.send(ses, a_mail(), SENDER, NOW, of, "unstuck-mail") == "m1"
    assert ses.asked["ConfigurationSetName"] == "unstuck-mail"
    tagged = {tag["Name"]: [tag["Value"]] for tag in ses.asked["Tags"]}
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,255}", value) for (value,) in tagged.values())
    told = {"timestamp": "2026-11-01T13:00:05.000Z", "messageId": "m1", "tags": tagged}
    receipt = mail_events.read(json.dumps({"eventType": "Send", "send": {}, "mail": told}))
    assert receipt and (receipt.member_id, receipt.nudge_id, receipt.status) == ("ana", of.id, "sent")
    for without in ((None, "unstuck-mail"), (of, "")):
        mail.send(ses, a_mail(), SENDER, NOW, *without)
        assert not {"ConfigurationSetName", "Tags"} & ses.asked.keys()


def test_that_ses_was_told_where_its_events_go_is_no_event() -> None:
    """It publishes so in plain words, once, at the first deploy."""
    assert mail_events.read("Successfully validated SNS topic for Amazon SES event publishing.") is None
    with pytest.raises(ValueError, match="Expecting value"):
        mail_events.read("Something else that is no event.")


def test_the_envelope_names_bare_addresses() -> None:
    class Recording:
        def send_raw_email(self, **request: object) -> dict[str, str]:
            self.request = request
            return {"MessageId": "m-1"}

    recording: Any = Recording()
    assert mail.send(recording, a_mail(), SENDER, NOW) == "m-1"
    assert recording.request["Destinations"] == ["ana@example.com"]
    assert recording.request["Source"] == "hello@unstuck.example"


# The templates


FRAME: dict[str, Any] = {
    "brand": "Unstuck",
    "name": "Ana",
    "unsubscribe_url": "https://unstuck.example/u?member=m1&token=t",
    "postal_address": "12 Harbour Street, Portland, ME 04101",
    "reply_to": None,
}
REPLIED = {"reply_to": "reply+m1-abc@reply.unstuck.example"}


MAILS: dict[str, tuple[str, dict[str, Any]]] = {
    "opt_in": ("opt_in", FRAME | {"confirm_url": "https://unstuck.example/c?token=t"}),
    "daily_checkin": (
        "daily_checkin",
        FRAME | {"question": "How was work today, 1-10?", "day": "Tue 13 Oct", "number": "+15550100123"},
    ),
    "nudge": ("nudge", FRAME | {"text": "18:00: your hour to log off.", "number": "+15550100123"}),
    "daily_checkin to reply to": (
        "daily_checkin",
        FRAME | REPLIED | {"question": "How was work today, 1-10?", "day": "Tue 13 Oct", "number": "+15550100123"},
    ),
    "nudge to reply to": ("nudge", FRAME | REPLIED | {"text": "18:00: log off?", "number": "+15550100123"}),
    "answer": ("answer", FRAME | REPLIED | {"replies": ("7 for Tue.", "Well done.")}),
    "full audit": (
        "audit",
        FRAME
        | {
            "audit": Audit(
                values=("calm", "impact"),
                core="calm",
                more=(Phrase(text="mentoring", count=3),),
                less=(Phrase(text="email", count=1),),
                change=("the commute",),
                days=7,
            )
        },
    ),
    "audit begun": ("audit", FRAME | {"audit": Audit(values=("calm",), core="calm")}),
    "export": (
        "export",
        FRAME
        | {
            "day": "Sun 1 Nov 2026",
            "everything": "unstuck-2026-11-01.json",
            "journal": "unstuck-journal-2026-11-01.csv",
            "lines": "612 lines",
            "number": "+15550100123",
        },
    ),
}


def outline(template: str, values: dict[str, Any], language: Language = "en") -> Outline:
    seen = Outline()
    seen.feed(pages.render(f"mails/{template}.html", language, **values))
    assert seen.open == []
    return seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("template", "values"), MAILS.values(), ids=MAILS)
def test_every_mail_is_well_formed_and_says_how_to_leave(
    template: str, values: dict[str, Any], language: Language
) -> None:
    seen = outline(template, values, language)
    text = pages.render(f"mails/{template}.txt", language, **values)
    assert FRAME["unsubscribe_url"] in seen.links and FRAME["unsubscribe_url"] in text
    assert FRAME["postal_address"] in seen.text and FRAME["postal_address"] in text
    assert "script" not in seen.tags and "link" not in seen.tags
    assert not re.search(r"\n{4}|<\w|&\w+;|[ \t]\n(?!You get|Recibes)|[*{}]", text), text
    assert not re.search(r"[*{}]", seen.text)
    assert "None" not in text and "None" not in seen.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("template", "values"), MAILS.values(), ids=MAILS)
def test_text_and_html_of_a_mail_have_the_same_facts(template: str, values: dict[str, Any], language: Language) -> None:
    text = " ".join(pages.render(f"mails/{template}.txt", language, **values).split())
    seen = outline(template, values, language)
    for fact in re.findall(r"\d[\w,.:/-]*\w", text.partition("-- ")[0]):
        assert fact in seen.text + " ".join(filter(None, seen.links))


def test_the_opt_in_mail_repeats_nothing_that_a_stranger_typed() -> None:
    template, values = MAILS["opt_in"]
    for kind in ("html", "txt"):
        assert "cheap pills" not in pages.render(f"mails/{template}.{kind}", "en", **values | {"name": "cheap pills"})


def test_the_subjects_are_there() -> None:
    assert texts.say("mail.opt_in_subject", "en", brand="Unstuck") == "Confirm your Unstuck check-ins"
    assert texts.say("mail.daily_checkin_subject", "en", day="Tue 13 Oct") == "Your check-in for Tue 13 Oct"


@pytest.mark.parametrize(("language", "hello"), [("en", "Hi Ana,"), ("es", "Hola, Ana:")])
@pytest.mark.parametrize(
    "kind",
    [
        *(Kind.OPT_IN, Kind.EMAIL_CONFIRMATION, Kind.DAILY_CHECKIN, Kind.WEEKLY_REVIEW, Kind.LOG_OFF),
        *(Kind.EXPERIMENT_REVIEW, Kind.AUDIT),
    ],
)
def test_every_nudge_that_goes_by_mail_has_its_mail(kind: Kind, language: Language, hello: str) -> None:
    experiment = {"text": "shadow the <design> team", "begun_on": "2026-10-01", "review": "2026-11-01"}
    member = Member.model_validate(
        {
            "id": "ana",
            "name": "Ana",
            "phone": "+14155550123",
            "email": "ana@example.com",
            "channels": ("email",),
            "prompt_time": "19:30",
            "timezone": "America/New_York",
            "language": language,
            "signed_up_at": NOW,
            "plan": {"log_off": "18:00", "experiments": [experiment]},
        }
    )
    nudge = Nudge(member_id="ana", kind=kind, channel="email", day=date(2026, 11, 1), due_at=NOW)
    house = letters.House("Unstuck", "+14155550100", "12 Harbour Street")
    letter = letters.letter(nudge, member, house, Links("https://unstuck.example", "k" * 32), NOW)
    assert letter.subject
    assert (hello in letter.text) == (kind not in (Kind.OPT_IN, Kind.EMAIL_CONFIRMATION))  # it may be a stranger's
    assert f"?lang={language}&token=" in letter.unsubscribe_url and letter.unsubscribe_url in letter.text
    assert ("shadow the <design> team" in letter.text) == (kind is Kind.EXPERIMENT_REVIEW)
    assert "<design>" not in letter.html


def test_the_mail_that_asks_an_address_has_a_link_for_it_alone_and_is_not_to_be_replied_to() -> None:
    letter = a_letter("en", Kind.EMAIL_CONFIRMATION, email="kim@example.com", email_confirmed_at=None)
    (token,) = re.findall(r"/confirm\?lang=en&token=([\w.-]+)", letter.text)
    assert LINKS.read("confirm", token, NOW, address="kim@example.com") == "ana"
    assert (letter.to, letter.reply_to) == ("kim@example.com", None)
    assert a_letter("en").reply_to
    assert "Ana" not in letter.text and "/me?" not in letter.text and letter.unsubscribe_url in letter.text


@pytest.mark.parametrize(
    ("kinds", "subject", "said"),
    [
        ((Kind.DAILY_CHECKIN, Kind.LOG_OFF), "Your check-in for Monday", ("1-10", "18:00")),
        ((Kind.WELCOME_BACK,), "Shall I write less often?", ("PAUSE",)),
        ((Kind.RUT_CHECK, Kind.PLAN_STEP), "Your monthly look at the five signs", ("Monday dread", "leave on time")),
        ((Kind.PLAN_STEP,), "A small step for the week", ("leave on time",)),
    ],
)
def test_a_mail_holds_all_kinds_of_its_nudge_and_is_named_for_the_first(
    kinds: tuple[Kind, ...], subject: str, said: tuple[str, ...]
) -> None:
    plan = {"step": "wellbeing", "steps": {"wellbeing": {"begun_on": "2026-02-01"}}, "log_off": "18:00"}
    given = {"id": "ana", "name": "Ana", "phone": "+14155550123", "email": "ana@example.com", "channels": ["email"]}
    member = Member.model_validate(
        {**given, "prompt_time": "19:30", "timezone": "America/New_York", "signed_up_at": NOW, "plan": plan}
    )
    nudge = Nudge(member_id="ana", kind=kinds[0], channel="email", day=date(2026, 3, 2), due_at=NOW, kinds=kinds)
    house = letters.House("Unstuck", "+14155550100", "12 Harbour Street")
    letter = letters.letter(nudge, member, house, Links("https://unstuck.example", "k" * 32), NOW)
    assert letter.subject == subject
    assert all(each in letter.text and each in letter.html for each in said)
