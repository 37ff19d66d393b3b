"""Which mails are taken: those whose sender SES has proven, which answer one of ours, and are no machine's."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli.phone.mailbox import read_mail
from cli.phone.replying import as_stored, reply
from cli.phone.store import StoredMail
from shared.channels import inbound_mail, letters, mail, mail_text
from shared.channels.inbound_mail import InboundMail, NotTaken
from shared.channels.letters import House
from shared.channels.links import InvalidLink, Links
from shared.domain.models import Answer, Kind, Member, Nudge, Thread

NOW = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
LINKS = Links("https://unstuck.example", "key-of-links", "reply.unstuck.example")
MEMBER_ID = "5f3c1a9b7d2e4f60"
REPLY_TO = LINKS.reply_address(MEMBER_ID) or ""
ANA = "ana@example.com"
PASSED = " dkim=pass header.i=@example.com;\n dmarc=pass header.from=example.com;"


def stored(
    written: str = f"From: Ana <{ANA}>\nTo: {REPLY_TO}\nSubject: Re: Your check-in\nMessage-ID: <1@example.com>\n",
    body: str = "7",
    results: str = PASSED,
    spam: str = "PASS",
    virus: str = "PASS",
    return_path: str = f"<{ANA}>",
    received_for: str = REPLY_TO,
    authority: str = "amazonses.com",
    receipt: str = "X-SES-RECEIPT: AEFB\n",
) -> bytes:
    """A mail under the headers of SES: `written` and `body` are what its sender made."""
    headers = (
        f"Return-Path: {return_path}\n"
        f"Received: from mail.example.com (mail.example.com [192.0.2.1])\n by inbound-smtp.us-east-1.amazonaws.com with"
        f" SMTP id abc\n for {received_for};\n Thu, 26 Nov 2026 14:00:00 +0000 (UTC)\n"
        f"X-SES-Spam-Verdict: {spam}\nX-SES-Virus-Verdict: {virus}\n"
        f"Authentication-Results: {authority};\n spf=pass (spfCheck: domain of example.com designates 192.0.2.1 as"
        f" permitted sender) client-ip=192.0.2.1; envelope-from={ANA}; helo=mail.example.com;\n{results}\n"
        f"{receipt}"
    )
    return f"{headers}{written}\n{body}".encode()


def read(raw: bytes) -> InboundMail:
    return inbound_mail.read(raw, LINKS)


def refused(raw: bytes) -> str:
    with pytest.raises(NotTaken) as refusal:
        read(raw)
    return refusal.value.reason


def test_a_reply_is_the_member_s_in_its_thread() -> None:
    received = read(stored())
    assert received == InboundMail(
        MEMBER_ID, ANA, "7", Thread(subject="Re: Your check-in", references=("<1@example.com>",))
    )
    assert (
        ANA not in repr(received)
        and "7" not in repr(received).replace(MEMBER_ID, "")
        and "check-in" not in repr(received)
    )


# Only what SES has written itself is believed


@pytest.mark.parametrize("spam", ["FAIL", "DISABLED", ""])
def test_spam_is_not_taken(spam: str) -> None:
    assert refused(stored(spam=spam)) == "spam"
    assert refused(stored(spam=spam, written=f"X-SES-Spam-Verdict: PASS\nFrom: {ANA}\nTo: {REPLY_TO}\n")) == "spam"


@pytest.mark.parametrize("virus", ["FAIL", "PROCESSING_FAILED"])
def test_a_virus_is_not_taken(virus: str) -> None:
    assert refused(stored(virus=virus)) == "virus"


def test_what_cannot_be_told_to_be_spam_is_taken() -> None:
    assert read(stored(spam="GRAY")).member_id == MEMBER_ID


@pytest.mark.parametrize(
    "results",
    [
        " dkim=pass header.i=@example.com;\n dmarc=fail header.from=example.com;",
        " dkim=pass header.i=@evil.example;\n dmarc=fail header.from=example.com;",
        " dkim=pass header.i=@evil.example;\n dmarc=pass header.from=evil.example;",
        " dkim=fail header.i=@example.com;",
        " dkim=pass header.i=example.com@evil.example;",
        " dkim=pass header.i=@notexample.com;",
        " dkim=pass header.i=@evil.example; dmarc=pass header.from=example.com;",
        " dmarc=none header.from=example.com;",
        " dmarc=temperror;",
    ],
)
def test_a_sender_that_is_not_proven_is_not_taken(results: str) -> None:
    assert refused(stored(results=results)) == "not_proven"


@pytest.mark.parametrize(
    "results",
    [
        " dmarc=pass header.from=example.com;",
        " dkim=pass header.i=@example.com;\n dmarc=none header.from=example.com;",
        " dkim=pass header.i=@example.com;\n dmarc=permerror;",
        " dkim=pass header.i=@other.example;\n dkim=pass header.i=@example.com;",
        " dkim=pass header.i=ana@example.com",
    ],
)
def test_a_sender_is_proven_by_dmarc_or_where_there_is_none_by_dkim(results: str) -> None:
    assert read(stored(results=results)).is_from(ANA)


def test_the_domain_above_may_sign_for_one_below() -> None:
    written = f"From: ana@mail.example.com\nTo: {REPLY_TO}\n"
    assert read(stored(written, results=" dkim=pass header.i=@example.com;")).sender == "ana@mail.example.com"
    assert refused(stored(results=" dkim=pass header.i=@mail.example.com;")) == "not_proven"


def test_what_a_sender_says_of_itself_in_the_results_proves_nothing() -> None:
    """Envelope and greeting are the sender's own words, on the line of SPF."""
    forged = (
        ' spf=pass client-ip=192.0.2.1; envelope-from="; dmarc=pass header.from=example.com;"@evil.example; helo=x;'
    )
    assert refused(stored(results=forged)) == "not_proven"


def test_headers_that_the_sender_wrote_below_those_of_ses_prove_nothing() -> None:
    forged = f"Authentication-Results: amazonses.com;\n{PASSED}\nX-SES-RECEIPT: AEFB\nFrom: {ANA}\nTo: {REPLY_TO}\n"
    assert refused(stored(forged, results=" dmarc=fail header.from=example.com;")) == "not_proven"
    assert refused(stored(forged, authority="mx.evil.example")) == "not_from_ses"
    assert refused(stored(receipt="")) == "not_from_ses"
    assert refused(f"From: {ANA}\nTo: {REPLY_TO}\n\n7".encode()) == "not_from_ses"


@pytest.mark.parametrize(
    "senders",
    ["", "From: \n", "From: nobody\n", f"From: {ANA}, eve@evil.example\n", f"From: {ANA}\nFrom: eve@evil.example\n"],
)
def test_a_mail_has_one_sender(senders: str) -> None:
    assert refused(stored(f"{senders}To: {REPLY_TO}\n")) == "no_sender"


# Which member


def test_the_address_is_read_whatever_its_case_and_wherever_it_stands() -> None:
    sent_to = f"From: {ANA}\nTo: <{REPLY_TO.upper()}>\n"
    assert read(stored(sent_to, received_for="x")).member_id == MEMBER_ID
    assert (
        read(stored(f"From: {ANA}\nTo: x@example.com\nCc: Unstuck <{REPLY_TO}>\n", received_for="x")).member_id
        == MEMBER_ID
    )
    assert read(stored(f"From: {ANA}\n")).member_id == MEMBER_ID


@pytest.mark.parametrize(
    "to",
    [
        "hello@reply.unstuck.example",
        REPLY_TO.replace("5f3c", "0000"),
        REPLY_TO.replace("@", "2@"),
        REPLY_TO.replace("reply.unstuck.example", "evil.example"),
        Links("", "another-key", "reply.unstuck.example").reply_address(MEMBER_ID) or "",
        "x",
    ],
)
def test_a_mail_to_an_address_that_is_not_one_of_ours_is_not_taken(to: str) -> None:
    assert refused(stored(f"From: {ANA}\nTo: {to}\n", received_for=to)) == "not_to_a_member"


def test_an_address_fits_what_mail_allows_and_there_is_none_without_a_domain() -> None:
    local, _, domain = REPLY_TO.partition("@")
    assert len(local) <= 64 and domain == "reply.unstuck.example" and local == local.lower()
    without = Links("https://unstuck.example", "key-of-links")
    assert without.reply_address(MEMBER_ID) is None
    with pytest.raises(InvalidLink):
        without.read_reply_address(REPLY_TO.replace("@reply.unstuck.example", "@"))


@given(st.text(alphabet="0123456789abcdef", min_size=1, max_size=16))
def test_an_address_leads_back_to_its_member(member_id: str) -> None:
    assert LINKS.read_reply_address(f"<{LINKS.reply_address(member_id)}>") == member_id


@pytest.mark.parametrize(
    ("address", "matches"),
    [
        (ANA, True),
        ("Ana@Example.com", True),
        ("ana+unstuck@example.com", True),  # written so at sign-up: a reply comes from the address itself
        ("eve@example.com", False),
        ("ana@mail.example.com", False),
        (None, False),
        ("", False),
    ],
)
def test_a_mail_is_from_the_member_by_their_address(address: str | None, matches: bool) -> None:
    assert read(stored()).is_from(address) is matches


# Machines are not answered


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: vacation",
        "List-Id: <x.example.com>",
        "Content-Type: multipart/report; boundary=b",
        "Subject: Automatic reply: Your check-in",
        "Subject: Out of Office Re: Your check-in",
        "Subject: =?utf-8?Q?Respuesta_autom=C3=A1tica=3A_Tu_pregunta?=",
        "Subject: Undeliverable: Your check-in",
    ],
)
def test_what_a_machine_sends_is_not_taken(header: str) -> None:
    assert refused(stored(f"From: {ANA}\nTo: {REPLY_TO}\n{header}\n")) == "automatic"


@pytest.mark.parametrize("return_path", ["<>", ""])
def test_a_bounce_is_not_taken(return_path: str) -> None:
    assert refused(stored(return_path=return_path)) == "automatic"


def test_our_own_answer_would_not_be_taken() -> None:
    answer = letters.answer_letter(Answer(replies=("7 for Thu.",)), ana(), HOUSE, LINKS, NOW)
    raw = mail.compose(answer, f"Ana <{ANA}>", NOW)
    assert refused(stored(raw.decode().replace("\r\n", "\n"))) == "automatic"


def test_a_person_s_mail_may_say_that_it_is_none_of_a_machine() -> None:
    assert read(stored(f"From: {ANA}\nTo: {REPLY_TO}\nAuto-Submitted: no\nPrecedence: normal\n")).body == "7"


# The thread


def test_a_thread_is_kept_from_its_first_mail_to_its_last() -> None:
    before = " ".join(f"<{n}@unstuck.example>" for n in range(40))
    thread = read(stored(f"From: {ANA}\nTo: {REPLY_TO}\nMessage-ID: <own@example.com>\nReferences: {before}\n")).thread
    assert len(thread.references) == 10
    assert (thread.references[0], *thread.references[-2:]) == (
        "<0@unstuck.example>",
        "<39@unstuck.example>",
        "<own@example.com>",
    )


def test_a_subject_is_one_line_in_any_script() -> None:
    for written, subject in {
        "=?utf-8?B?UmU6IFR1IHByZWd1bnRhIGRlbCBtacOp?=": "Re: Tu pregunta del mié",
        "=?x-unknown?Q?a=E9?=": "= ?x-unknown?Q?a=E9?=",
        "a =?utf-8?Q?b=0D=0ABcc=3A_eve?=": "a b Bcc: eve",
        "x" * 5000: "x" * 200,
        "": "",
    }.items():
        assert read(stored(f"From: {ANA}\nTo: {REPLY_TO}\nSubject: {written}\n")).thread.subject == subject


def test_ids_that_are_none_are_left_out() -> None:
    assert (
        read(stored(f"From: {ANA}\nTo: {REPLY_TO}\nMessage-ID: nonsense\nIn-Reply-To: <a b> <\n")).thread.references
        == ()
    )


# What we mail, and what comes back

HOUSE = House("Unstuck", "+14155550100", "1 Example Street, Springfield")


def ana() -> Member:
    return Member.model_validate(
        {
            "id": MEMBER_ID,
            "name": "Ana",
            "phone": "+14155550123",
            "email": ANA,
            "prompt_time": "19:30",
            "timezone": "America/New_York",
            "signed_up_at": NOW,
        }
    )


def checkin() -> Nudge:
    return Nudge(member_id=MEMBER_ID, kind=Kind.DAILY_CHECKIN, channel="email", day=NOW.date(), due_at=NOW)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_reply_to_a_check_in_is_what_was_written_above_it(language: str) -> None:
    letter = letters.letter(checkin(), ana().model_copy(update={"language": language}), HOUSE, LINKS, NOW)
    composed = mail.compose(letter, "Unstuck <hello@unstuck.example>", NOW)
    sent = read_mail(StoredMail("", composed))
    assert sent.text.startswith("#=") and "#=" in sent.html
    _, raw = as_stored(reply(sent, "7, what a day", NOW), ANA, sent.headers["Reply-To"], NOW)
    received = read(raw)
    assert mail_text.written(received.body, "Ana", ("hello@unstuck.example",)) == "7, what a day"
    assert received.thread.subject == f"Re: {sent.subject}"


def test_an_answer_goes_into_the_thread_and_can_be_answered() -> None:
    references = tuple(f"<{'a' * 200}{n}@mail.example.com>" for n in range(9))
    answer = Answer(
        replies=("7 for Thu.", "Well done."), thread=Thread(subject="RE: Your check-in", references=references)
    )
    composed = mail.compose(
        letters.answer_letter(answer, ana(), HOUSE, LINKS, NOW), "Unstuck <hello@unstuck.example>", NOW
    )
    sent = message_from_bytes(composed, policy=policy.default)
    assert (sent["Subject"], sent["Reply-To"], sent["Auto-Submitted"]) == (
        "RE: Your check-in",
        REPLY_TO,
        "auto-replied",
    )
    assert sent["In-Reply-To"] == references[-1] and tuple(str(sent["References"]).split()) == references
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert max(map(len, composed.split(b"\r\n"))) < 998
    assert "7 for Thu.\n\nWell done.\n" in read_mail(StoredMail("", composed)).text


def test_an_answer_to_a_mail_without_a_subject_has_one() -> None:
    letter = letters.answer_letter(Answer(replies=("Hi",), thread=Thread(subject="")), ana(), HOUSE, LINKS, NOW)
    assert letter.subject == "Re: Your message to Unstuck"
    letter = letters.answer_letter(Answer(replies=("Hi",), thread=Thread(subject="today")), ana(), HOUSE, LINKS, NOW)
    assert letter.subject == "Re: today"


def test_without_a_domain_for_replies_a_mail_has_neither_marker_nor_address_and_asks_for_a_text() -> None:
    letter = letters.letter(checkin(), ana(), HOUSE, Links("https://unstuck.example", "key-of-links"), NOW)
    assert letter.reply_to is None
    assert "#=" not in letter.text + letter.html
    assert "sms:" in letter.html and "+14155550100" in letter.text


# Whatever comes

PIECES = st.lists(
    st.sampled_from(
        [
            *(
                f"{name}: "
                for name in ("From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "Message-ID")
            ),
            *(
                "multipart/mixed; boundary=b",
                "text/plain; charset=utf-16",
                "text/html",
                "message/rfc822",
                "base64",
                "--b",
                "--b--",
            ),
            *(
                "=?utf-8?B?/w==?=",
                "quoted-printable",
                "charset*0*=utf-8''%E9",
                "<![CDATA[",
                "=ZZ",
                "\x00",
                "é",
                "\r\n",
                "\n",
                ANA,
            ),
            REPLY_TO,
        ]
    ),
    max_size=30,
)


@given(PIECES | st.lists(st.text(), max_size=3), st.booleans())
@example(["Subject: ", "=?utf-8?B?/w==?=", REPLY_TO], True)
def test_any_mail_is_read_or_not_taken(pieces: list[str], begun: bool) -> None:
    begin = f"From: {ANA}\nTo: {REPLY_TO}\n" if begun else ""
    try:
        received = read(stored(written=begin + "".join(pieces), body=""))
    except NotTaken:
        return
    mail_text.written(received.body, "Ana", (ANA,))
    mail.compose(
        letters.answer_letter(Answer(thread=received.thread), ana(), HOUSE, LINKS, NOW), "U <u@u.example>", NOW
    )
    Answer.model_validate_json(Answer(thread=received.thread).model_dump_json())


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_not_taken(raw: bytes) -> None:
    refused(raw)
    try:
        read(stored() + raw)
        read(stored(body="").replace(b"\n\n", b"\n" + raw))
    except NotTaken:
        pass


def test_parts_in_parts_without_end_are_not_taken() -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(5000))
    assert refused(stored(f"From: {ANA}\nTo: {REPLY_TO}\n{nested}")) == "unreadable"
