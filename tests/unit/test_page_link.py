"""The link to a member's page goes to them alone: by text, or by mail to whoever wants no texts."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cli.rehearsal import BRAND, newcomer
from shared.channels import letters
from shared.channels.letters import House
from shared.channels.links import Links
from shared.content.segments import count_segments
from shared.content.texts import LANGUAGES, Language
from shared.domain import conversation, events, export, judging, month, nudging, schedule
from shared.domain.message import Written
from shared.domain.models import Kind, Member, Nudge, Reach, Status, Turn

NOW = datetime(2026, 3, 3, 17, tzinfo=UTC)
# An address of API Gateway's own is as long as one gets.
LINKS = Links("https://a1b2c3d4e5.execute-api.ap-southeast-2.amazonaws.com", "key")
HOUSE = House("Unstuck", "+14155550100", "1 Example Street")
BY_MAIL = {"channels": ("email",), "email": "ana@example.com"}


def member(**details: Any) -> Member:
    active = {"id": "5f3c1a9b7d2e4f60", "status": Status.ACTIVE, "open_question": None, "email": "ana@example.com"}
    return newcomer("America/New_York", NOW).model_copy(
        update=active | {"phone_confirmed_at": NOW, "email_confirmed_at": NOW} | details
    )


def asked(who: Member) -> tuple[Turn, Nudge]:
    turn = conversation.respond(who, Written("page", NOW, "SM1", BRAND))
    (request,) = turn.requests
    (nudge,) = schedule.asked_for(who, request.kind, "SM1", NOW)
    return turn, nudge


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_with_the_link_is_two_segments_at_most(language: Language) -> None:
    who = member(language=language)
    turn, nudge = asked(who)
    assert (turn.replies, nudge.channel) == ((), "sms")
    link = LINKS.make("me", who.id, NOW, language)
    said = nudging.text_of(nudge, who, BRAND, link)
    assert link in said.split()
    assert count_segments(said).count == 2


def test_whoever_wants_mails_alone_gets_it_by_mail_and_is_told_so() -> None:
    who = member(**BY_MAIL)
    turn, nudge = asked(who)
    assert turn.replies == ("The link to your page is on its way to ana@example.com.",)
    assert nudge.channel == "email"
    mail = letters.letter(nudge, who, HOUSE, LINKS, NOW)
    link = LINKS.make("me", who.id, NOW, "en")
    assert link in mail.text
    assert mail.html.count(link.replace("&", "&amp;")) == 1
    assert mail.subject == "The link to your page"


def test_whoever_asks_by_mail_gets_it_by_mail_though_they_want_texts() -> None:
    who = member()
    (request,) = conversation.respond(who, Written("page", NOW, "mail-1", BRAND)).requests
    (nudge,) = schedule.of_request(who, request, "mail-1", NOW, "email")
    assert (nudge.channel, judging.verdict(nudge, who, NOW)) == ("email", judging.Verdict.SEND)
    assert "could not reach your phone" not in letters.letter(nudge, who, HOUSE, LINKS, NOW).text


def test_a_link_that_could_not_be_texted_comes_by_mail_with_how_to_get_texts_again() -> None:
    who = member(reach={"sms": Reach(off_since=NOW)})
    turn, nudge = asked(who)
    assert (turn.replies, nudge.channel) == ((), "email")
    assert "could not reach your phone" in letters.letter(nudge, who, HOUSE, LINKS, NOW).text


def test_asking_for_it_changes_nothing_and_leaves_a_check_in_open() -> None:
    who = member()
    open_ = events.prompted(who, date(2026, 3, 3), NOW, "checkin").member
    turn = conversation.respond(open_, Written("my page", NOW + timedelta(minutes=1), "SM1", BRAND))
    assert turn.member.open_question == open_.open_question
    assert turn.entries == ()
    assert judging.verdict(asked(who)[1], who, NOW) is judging.Verdict.SEND


@pytest.mark.parametrize("status", [Status.PENDING, Status.STOPPED])
def test_nobody_gets_it_who_is_no_member(status: Status) -> None:
    turn = conversation.respond(member(status=status), Written("page", NOW, "SM1", BRAND))
    assert turn.requests == ()


def test_of_the_other_mails_the_month_s_alone_has_it() -> None:
    """Others are passed on more often, or come before a YES."""
    who = member(**BY_MAIL)
    of, pictures = month.build(who, date(2026, 2, 1), date(2026, 3, 1)), letters.Pictures(b"", b"", 1)
    monthly = letters.summary_letter(of, pictures, who, date(2026, 3, 1), HOUSE, LINKS, NOW)
    assert "/me?" in monthly.text and "/me?" in monthly.html
    for kind in (Kind.OPT_IN, Kind.DAILY_CHECKIN, Kind.AUDIT):
        nudge = Nudge(member_id=who.id, kind=kind, channel="email", day=date(2026, 3, 3), due_at=NOW)
        mail = letters.letter(nudge, who, HOUSE, LINKS, NOW)
        assert "/me?" not in mail.text + mail.html
    everything = letters.export_letter(export.Held(member=who), HOUSE, LINKS, NOW)
    assert "/me?" not in everything.text + everything.html
