"""An address that a member gives is asked by one mail whether it is theirs, and mailed nothing else until it is."""

from datetime import timedelta
from typing import Any

import pytest

from cli.rehearsal import BRAND
from shared.content.segments import count_segments
from shared.content.texts import LANGUAGES, Language
from shared.domain import conversation, events, judging, nudging, schedule
from shared.domain.judging import Verdict
from shared.domain.message import Written
from shared.domain.models import Channel, Due, Kind, Member, Nudge, Reach, Requested, Status
from tests.unit.conversing import TUESDAY_EVENING, Phone, member, new_york, newcomer, nudge

ASKED = Requested(kind=Kind.EMAIL_CONFIRMATION)
FIRST = new_york("2026-04-01T09:00")  # of a month, when the last one's summary is due


def unconfirmed(**details: Any) -> Member:
    return member(**{"email": "kim@exmaple.com", "email_confirmed_at": None, **details})


def asks(**details: Any) -> Nudge:
    return nudge(Kind.EMAIL_CONFIRMATION, **{"channel": "email", "request_id": "SM1", **details})


def mailed(who: Member, at_hours: float = 0) -> tuple[Verdict, Member]:
    """What becomes of a mail to ask the address so long after Tuesday's check-in, and the member after it."""
    now = TUESDAY_EVENING + timedelta(hours=at_hours)
    of = asks(due_at=now)
    verdict = judging.verdict(of, who, now)
    return verdict, nudging.outcome(of, who, verdict, now).member


def opened(phone: Phone) -> Phone:
    phone.keep(events.confirm(phone.member, phone.now))
    return phone


# Given


def test_an_address_given_by_text_is_asked_and_confirmed_by_its_link() -> None:
    phone = Phone(member())
    said = phone.text("my email is kim@example.com")
    assert said.startswith("Noted: kim@example.com. A mail with a link is on its way there.")
    assert phone.turns[-1].requests == (ASKED,)
    assert (phone.member.mailbox, phone.member.takes("email")) == (None, False)
    opened(phone)
    assert (phone.member.mailbox, phone.member.email_confirmed_at) == ("kim@example.com", phone.now)
    assert phone.member.takes("email")
    again = events.confirm(phone.member, phone.now + timedelta(days=1))
    assert again.member == phone.member


def test_an_address_that_is_confirmed_is_not_asked_again_and_another_one_is() -> None:
    phone = Phone(member(email="ana@example.com"))
    assert "Your monthly summary, your audit" in phone.text("my email is ana@example.com")
    assert not phone.turns[-1].requests
    phone.text("my email is kim@example.com")
    assert phone.turns[-1].requests == (ASKED,)
    assert phone.member.mailbox is None


@pytest.mark.parametrize("text", ["YES", "START"])
def test_a_yes_to_a_sign_up_with_an_address_asks_that_too(text: str) -> None:
    phone = Phone(newcomer(email="kim@example.com", channels=("sms", "email")))
    said = phone.text(text)
    assert said.startswith("Welcome, Ana. First check-in") and "I mailed you a link" in said
    assert phone.turns[-1].requests == (ASKED,)
    assert "mailed" not in Phone(newcomer()).text(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Ana", "Maria Fernanda de los Angeles Gutierrez Villanueva", "志" * 60])
def test_the_welcome_keeps_its_link_and_its_question_whatever_the_name(name: str, language: Language) -> None:
    phone = Phone(newcomer(email="kim@example.com", name=name, language=language))
    welcome = phone.text("si" if language == "es" else "yes")
    assert count_segments(welcome).count <= 2
    assert {"en": "I mailed you a link", "es": "abre el enlace que te mandé"}[language] in welcome
    assert welcome.endswith({"en": "or NONE.", "es": "o NINGUNA."}[language])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Ana", "Maria Fernanda de los Angeles Gutierrez Villanueva", "志" * 60])
def test_whoever_wants_mails_alone_and_says_yes_by_text_hears_that_check_ins_wait_for_the_link(
    name: str, language: Language
) -> None:
    phone = Phone(newcomer(email="kim@example.com", channels=("email",), name=name, language=language))
    welcome = phone.text("si" if language == "es" else "yes")
    assert {"en": "Your check-ins come by mail: open the link", "es": "por correo: abre el enlace"}[language] in welcome
    assert count_segments(welcome).count <= 2
    assert phone.turns[-1].requests == (ASKED,)


def test_a_start_after_a_stop_asks_the_address_that_waits_and_says_so() -> None:
    for ana, asked in ((unconfirmed(), (ASKED,)), (member(email="kim@exmaple.com"), ())):
        phone = Phone(ana.model_copy(update={"status": Status.STOPPED}))
        said = phone.text("START")
        assert said.startswith("Welcome back. Next check-in tomorrow at 19:30.")
        assert ("once you open the link" in said, phone.turns[-1].requests) == (bool(asked), asked)


# Asked


def test_the_same_address_is_asked_once_a_day() -> None:
    verdict, ana = mailed(unconfirmed())
    assert verdict is Verdict.SEND
    assert mailed(ana, 23.9)[0] is Verdict.SKIPPED
    assert mailed(ana, 24)[0] is Verdict.SEND
    assert "I mailed its link within the last day" in Phone(ana).text("my email is kim@exmaple.com")


def test_a_few_addresses_are_asked_a_day_and_then_none_before_the_next() -> None:
    who = member()
    for n in range(3):
        phone = Phone(who)
        assert "on its way" in phone.text(f"my email is kim{n}@example.com")
        verdict, who = mailed(phone.member, n)
        assert verdict is Verdict.SEND
    phone = Phone(who)
    phone.now += timedelta(hours=3)
    for text in ("my email is kim3@example.com", "send me my data"):
        assert phone.text(text).startswith("kim3@example.com: I have mailed links to several addresses today.")
    assert mailed(phone.member, 3)[0] is Verdict.SKIPPED
    assert mailed(phone.member, 24)[0] is Verdict.SEND


def test_the_mail_that_confirms_a_sign_up_asks_its_address_too() -> None:
    pending = newcomer(email="kim@example.com", channels=("email",))
    of = nudge(Kind.OPT_IN, channel="email")
    phone = Phone(nudging.outcome(of, pending, Verdict.SEND, TUESDAY_EVENING).member)
    phone.text("YES")
    assert (phone.member.status, phone.member.mailbox) == (Status.ACTIVE, None)
    assert mailed(phone.member, 1)[0] is Verdict.SKIPPED


@pytest.mark.parametrize(
    ("details", "verdict"),
    [
        ({"email_confirmed_at": TUESDAY_EVENING}, Verdict.ANSWERED),
        ({"email": None}, Verdict.ANSWERED),
        ({"status": Status.STOPPED}, Verdict.NOT_A_MEMBER_NOW),
        ({"reach": {"email": Reach(failures=1, off_since=TUESDAY_EVENING)}}, Verdict.UNREACHABLE),
        ({"hushed": True}, Verdict.PAUSED),
    ],
)
def test_an_address_is_not_asked_where_there_is_nothing_to_ask(details: dict[str, Any], verdict: Verdict) -> None:
    assert mailed(unconfirmed(**details))[0] is verdict


# Until it is confirmed


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.OPT_IN, Kind.EMAIL_CONFIRMATION)])
def test_nothing_else_is_mailed_to_an_address_that_is_not_confirmed(kind: Kind) -> None:
    off = {"sms": Reach(failures=1, off_since=TUESDAY_EVENING)}
    channels: tuple[tuple[Channel, ...], ...] = (("sms",), ("sms", "email"), ("email",))
    for chosen in channels:
        for ana in (unconfirmed(channels=chosen), unconfirmed(channels=chosen, reach=off)):
            if kind not in schedule.TO_BUDDY:
                assert judging.verdict(nudge(kind, channel="email"), ana, TUESDAY_EVENING) is Verdict.UNREACHABLE


def test_a_member_who_signs_up_anew_is_not_asked_by_the_sign_up_s_mail_at_a_new_address() -> None:
    ana = unconfirmed(channels=("email",))
    assert judging.verdict(nudge(Kind.OPT_IN, channel="email"), ana, TUESDAY_EVENING) is Verdict.UNREACHABLE


def test_who_wants_both_is_texted_alone() -> None:
    assert schedule.channels_of(Kind.DAILY_CHECKIN, unconfirmed(channels=("sms", "email"))) == ("sms",)


def test_the_month_comes_as_a_text_and_the_address_is_asked_again_with_it() -> None:
    ana = unconfirmed()
    assert schedule.next_due(ana, FIRST - timedelta(minutes=1)) == Due(
        member_id="ana", at=FIRST, kinds=(Kind.MONTHLY_SUMMARY,), day=FIRST.date()
    )
    due = Due(member_id="ana", at=FIRST, kinds=(Kind.MONTHLY_SUMMARY,), day=FIRST.date())
    summary, asked = schedule.nudges(due, ana)
    assert (summary.kind, summary.channel) == (Kind.MONTHLY_SUMMARY, "sms")
    assert (asked.kind, asked.channel) == (Kind.EMAIL_CONFIRMATION, "email")
    assert judging.judge(asked, ana, FIRST).verdict is Verdict.SEND
    silent = unconfirmed(silence=14)
    assert judging.judge(asked, silent, FIRST).verdict is Verdict.SEND
    (mail,) = schedule.nudges(due, member(email="ana@example.com"))
    assert (mail.kind, mail.channel) == (Kind.MONTHLY_SUMMARY, "email")
    assert [each.kind for each in schedule.nudges(due, member())] == [Kind.MONTHLY_SUMMARY]


def test_what_is_due_is_set_anew_once_the_link_was_opened() -> None:
    ana = unconfirmed(plan={"log_off": "08:30"})
    before = schedule.next_due(ana, FIRST - timedelta(hours=1))
    turn = events.confirm(ana, FIRST - timedelta(hours=1))
    assert before and Kind.MONTHLY_SUMMARY in before.kinds
    assert turn.rescheduled and turn.due and Kind.MONTHLY_SUMMARY not in turn.due.kinds


@pytest.mark.parametrize("text", ["send me my data", "wins pack"])
def test_what_goes_by_mail_alone_waits_for_the_link_which_is_mailed_anew(text: str) -> None:
    phone = Phone(unconfirmed())
    assert phone.text(text).startswith("That comes by mail, and kim@exmaple.com is not confirmed yet.")
    assert phone.turns[-1].requests == (ASKED,)
    assert "on its way to kim@exmaple.com" in opened(phone).text(text)


def test_a_summary_asked_for_is_its_gist_by_text() -> None:
    phone = Phone(unconfirmed()).prompted("2026-03-03T19:30")
    phone.text("7")
    assert "Mood: 7" in phone.text("SUMMARY")
    assert phone.turns[-1].requests == ()


def test_the_link_to_the_page_comes_by_text_even_to_who_wants_mails() -> None:
    phone = Phone(unconfirmed(channels=("email",)))
    assert phone.text("PAGE") == ""
    (request,) = phone.turns[-1].requests
    (sent,) = schedule.of_request(phone.member, request, "SM1", phone.now)
    assert (sent.channel, judging.verdict(sent, phone.member, phone.now)) == ("sms", Verdict.SEND)


def test_an_answer_to_a_mail_does_not_go_to_the_address_that_the_mail_gave() -> None:
    before = member(email="ana@example.com")
    written = Written("my email is kim@exmaple.com", TUESDAY_EVENING, "mail-1", BRAND, "email")
    turn = conversation.respond(before, written)
    answer = schedule.answer(before, "mail-1", TUESDAY_EVENING, "email")
    assert judging.verdict(answer, turn.member, TUESDAY_EVENING) is Verdict.UNREACHABLE
    assert judging.verdict(answer, before, TUESDAY_EVENING) is Verdict.SEND


def test_a_sign_up_s_mail_may_be_replied_to_before_it_is_confirmed_and_a_member_s_new_address_writes_nothing() -> None:
    assert newcomer(email="kim@example.com").writes_from == "kim@example.com"
    assert unconfirmed().writes_from is None
    assert member(email="kim@example.com").writes_from == "kim@example.com"
