"""The forms of a member's page change what they hold, all of it or nothing, and nothing else."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.rehearsal import BRAND, after, newcomer
from shared.domain import conversation, events, schedule
from shared.domain.message import Written
from shared.domain.models import Kind, Member, OpenQuestion, Pause, Reach, Status
from shared.domain.page_settings import PARTS, InvalidSettings, Part, changed

NOW = datetime(2026, 3, 3, 17, tzinfo=UTC)  # noon in New York
CHECKINS = {"channel": "sms", "email": "", "hour": "18:30", "days": ["mon", "fri"], "timezone": "America/Denver"}


def member(**details: Any) -> Member:
    confirmed = dict.fromkeys(("confirmed_at", "phone_confirmed_at", "email_confirmed_at"), NOW)
    active = {"status": Status.ACTIVE, **confirmed, "open_question": None}
    return newcomer("America/New_York", NOW).model_copy(update=active | details)


def refused(part: Part, form: dict[str, Any], who: Member | None = None) -> dict[str, str]:
    with pytest.raises(InvalidSettings) as wrong:
        changed(who or member(), part, form, NOW)
    return wrong.value.errors


def test_hour_days_zone_channels_and_address_are_set_together() -> None:
    set_ = changed(member(), "checkins", CHECKINS | {"channel": "both", "email": "Ana@Example.com"}, NOW)
    assert (set_.prompt_time, set_.days, set_.timezone) == (time(18, 30), ("mon", "fri"), "America/Denver")
    assert (set_.channels, set_.email) == (("sms", "email"), "Ana@example.com")


@pytest.mark.parametrize("channel", ["sms", "both"])
def test_texts_cannot_be_chosen_before_the_phone_said_yes(channel: str) -> None:
    ana = member(email="ana@example.com", channels=("email",), phone_confirmed_at=None)
    by_mail = CHECKINS | {"email": "ana@example.com", "channel": "email"}
    assert "told us YES" in refused("checkins", by_mail | {"channel": channel}, ana)["channel"]
    assert changed(ana, "checkins", by_mail, NOW).channels == ("email",)


def test_a_new_address_is_asked_whatever_became_of_the_old_one_and_waits_to_be_confirmed() -> None:
    off = Reach(failures=1, code="Permanent", off_since=NOW)
    ana = member(email="ana@example.com", channels=("email",), reach={"email": off, "sms": off})
    by_mail = CHECKINS | {"channel": "email", "email": "ana@example.com"}
    assert changed(ana, "checkins", by_mail, NOW).reach == ana.reach
    moved = changed(ana, "checkins", by_mail | {"email": "ana@example.org"}, NOW)
    assert (moved.takes("email"), moved.is_off("email"), moved.is_off("sms")) == (False, False, True)
    turn = events.set_on_page(ana, moved, NOW)
    assert [request.kind for request in turn.requests] == [Kind.EMAIL_CONFIRMATION]
    assert (
        events.set_on_page(
            moved, changed(moved, "checkins", by_mail | {"email": ""} | {"channel": "sms"}, NOW), NOW
        ).requests
        == ()
    )


def test_an_address_that_stays_stays_confirmed_and_is_not_asked() -> None:
    ana = member(email="ana@example.com")
    turn = events.set_on_page(ana, changed(ana, "checkins", CHECKINS | {"email": "ana@example.com"}, NOW), NOW)
    assert (turn.member.mailbox, turn.requests) == ("ana@example.com", ())


def test_an_address_that_waits_is_asked_again_once_mails_are_chosen_and_not_by_another_hour() -> None:
    ana = member(email="ana@example.com", email_confirmed_at=None)
    for form, asked in (({"channel": "email"}, [Kind.EMAIL_CONFIRMATION]), ({"hour": "19:30"}, [])):
        after = changed(ana, "checkins", CHECKINS | {"email": "ana@example.com"} | form, NOW)
        assert [request.kind for request in events.set_on_page(ana, after, NOW).requests] == asked


def test_an_address_may_be_taken_back_unless_mails_are_wanted() -> None:
    ana = member(email="ana@example.com", channels=("sms", "email"))
    assert changed(ana, "checkins", CHECKINS, NOW).email is None
    assert refused("checkins", CHECKINS | {"channel": "email"}, ana).keys() == {"email"}


def test_a_text_comes_in_no_quiet_hour_and_a_mail_in_any() -> None:
    assert "nearest time is 8:30 pm" in refused("checkins", CHECKINS | {"hour": "22:00"})["hour"]
    by_mail = CHECKINS | {"hour": "22:00", "channel": "email", "email": "ana@example.com"}
    assert changed(member(), "checkins", by_mail, NOW).prompt_time == time(22)


def test_all_that_is_wrong_is_said_in_the_member_s_language_and_nothing_changes() -> None:
    form = {"channel": "pigeon", "email": "ana@", "hour": "25:00", "days": [], "timezone": "Mars/Base"}
    errors = refused("checkins", form, member(language="es"))
    assert errors.keys() == {"channel", "email", "hour", "days", "timezone"}
    assert errors["days"] == "Elige al menos un día."


@pytest.mark.parametrize("part", ["checkins", "pause", "you"])
def test_an_empty_form_is_wrong_and_no_crash(part: Part) -> None:
    assert refused(part, {})


texts = st.text(max_size=400) | st.lists(st.text(max_size=40), max_size=20)
FIELDS = ("channel", "email", "hour", "days", "timezone", "pause", "until", "name", "language")


@given(st.sampled_from(PARTS), st.dictionaries(st.sampled_from(FIELDS), texts))
def test_whatever_is_sent_a_form_is_taken_or_refused(part: Part, form: dict[str, Any]) -> None:
    try:
        after = changed(member(), part, form, NOW)
    except InvalidSettings as wrong:
        assert wrong.errors and not set(wrong.errors) - set(FIELDS)  # noqa: PT017
        return
    assert Member.model_validate(after.model_dump())


def test_a_pause_ends_what_was_asked_and_put_off() -> None:
    asked = OpenQuestion(asked="daily_checkin", day=date(2026, 3, 3), at=NOW)
    ana = member(open_question=asked, snoozed_until=NOW)
    paused = changed(ana, "pause", {"pause": "until", "until": "2026-03-20"}, NOW)
    assert (paused.pause, paused.open_question, paused.snoozed_until) == (Pause(until=date(2026, 3, 20)), None, None)
    assert changed(ana, "pause", {"pause": "open"}, NOW).pause == Pause()
    assert changed(paused, "pause", {"pause": "no"}, NOW).pause is None


@pytest.mark.parametrize("until", ["", "soon", "2026-03-03", "2026-03-02", "2027-03-05", "20260320x"])
def test_a_pause_ends_on_a_day_within_a_year(until: str) -> None:
    assert refused("pause", {"pause": "until", "until": until}).keys() == {"until"}


def test_not_to_pause_leaves_a_question_open() -> None:
    ana = member(open_question=OpenQuestion(asked="daily_checkin", day=date(2026, 3, 3), at=NOW))
    assert changed(ana, "pause", {"pause": "no"}, NOW) == ana


def test_name_and_language_are_set_and_checked() -> None:
    you = changed(member(), "you", {"name": " Ana  Ruiz ", "language": "es"}, NOW)
    assert (you.name, you.language) == ("Ana Ruiz", "es")
    assert refused("you", {"name": "see http://x.example", "language": "xx"}).keys() == {"name", "language"}


def test_a_form_changes_its_part_alone() -> None:
    """It may have been opened before the member texted about another."""
    ana = member(pause=Pause(until=date(2026, 3, 20)), name="Ana", language="es")
    set_ = changed(ana, "checkins", CHECKINS, NOW)
    assert (set_.pause, set_.name, set_.language, set_.status) == (ana.pause, "Ana", "es", ana.status)


def test_the_next_check_in_moves_with_the_hour() -> None:
    ana = member()
    turn = events.set_on_page(ana, changed(ana, "checkins", CHECKINS | {"days": ["tue"]}, NOW), NOW)
    assert turn.rescheduled and turn.due
    assert turn.due.at == datetime(2026, 3, 4, 1, 30, tzinfo=UTC)  # 18:30 in Denver
    assert turn.due == schedule.next_due(turn.member, NOW)


def test_what_was_set_on_the_page_is_taken_back_by_undo() -> None:
    ana = member(email="ana@example.com")
    both = CHECKINS | {"channel": "both", "email": "ana@example.com", "timezone": "America/New_York"}
    set_ = after(events.set_on_page(ana, changed(ana, "checkins", both, NOW), NOW))
    undone = conversation.respond(set_, Written("undo", NOW, "SM1", BRAND))
    assert (undone.member.prompt_time, undone.member.channels) == (ana.prompt_time, ("sms",))
    assert undone.replies == ("Taken back: the new hour, the new days, the new channel. Next check-in today at 19:30.",)


def test_settings_start_nothing_for_whoever_opted_out() -> None:
    gone = member(status=Status.STOPPED)
    turn = events.set_on_page(gone, changed(gone, "checkins", CHECKINS, NOW), NOW)
    assert turn.member.status is Status.STOPPED
    assert turn.rescheduled and turn.due is None
