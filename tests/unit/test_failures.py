"""Each code of a provider is one failure, and each failure one stated change."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import failures, judging, nudging, schedule
from shared.domain.failures import NOT_YET, SEVERAL, TRIES, Failure
from shared.domain.judging import Verdict
from shared.domain.models import Channel, Kind, Member, Nudge, Reach, Status, Turn
from tests.unit import conversing
from tests.unit.conversing import TUESDAY_EVENING as NOW
from tests.unit.conversing import nudge


def member(**details: Any) -> Member:
    """Whoever can be reached by both channels."""
    return conversing.member(**{"email": "ana@example.com", **details})


def failed(who: Member, failure: Failure, of: Nudge | None = None, at: datetime = NOW) -> Member:
    return failures.undelivered(of or nudge(), who, failure, "30005", at).member


# The table


@pytest.mark.parametrize(
    ("failure", "codes"),
    [
        (Failure.OPTED_OUT, [21610]),
        (Failure.NO_WAY, [21211, 21614, 21635, 30006]),
        (Failure.FAILING, [30005]),
        (Failure.PASSING, [30003, 30008]),
        (Failure.OURS, [21408, 30007, 30034, 30032, 30033]),
        (Failure.LOST, [30036]),
        (Failure.THROTTLED, [20429]),
        (Failure.FULL, [21611, 30001]),
        (Failure.CAPPED, [63038]),
    ],
)
def test_twilio_s_codes(failure: Failure, codes: list[int]) -> None:
    assert {failures.of_twilio(code) for code in codes} == {failure}
    assert {failures.of_twilio(str(code), "undelivered") for code in codes} == {failure}


@pytest.mark.parametrize(
    ("code", "status", "failure"),
    [
        ("", "undelivered", Failure.FAILING),
        ("39999", "undelivered", Failure.FAILING),
        ("39999", "failed", Failure.LOST),
        (None, "", None),
        (20003, "", None),
        ("what", "delivered", None),
        ("", "sent", None),
    ],
)
def test_a_code_that_is_not_known_falls_back_to_the_status(
    code: str | int | None, status: str, failure: Failure | None
) -> None:
    assert failures.of_twilio(code, status) is failure


@pytest.mark.parametrize(
    ("code", "status", "failure"),
    [
        ("Permanent", "bounced", Failure.NO_WAY),
        ("Transient", "bounced", Failure.FAILING),
        ("Undetermined", "bounced", Failure.FAILING),
        ("SomethingNew", "bounced", Failure.FAILING),
        ("", "complained", Failure.OPTED_OUT),
        ("", "rejected", Failure.LOST),
        ("", "delayed", None),
        ("", "delivered", None),
        ("MessageRejected", "", Failure.OURS),
    ],
)
def test_what_ses_says(code: str, status: str, failure: Failure | None) -> None:
    assert failures.of_ses(code, status) is failure


# What each changes about the member


def test_who_opted_out_with_the_provider_has_opted_out() -> None:
    gone = failures.undelivered(nudge(), member(), Failure.OPTED_OUT, "21610", NOW)
    assert (gone.member.status, gone.member.opted_out_at, gone.due) == (Status.STOPPED, NOW, None)


def test_a_number_that_takes_no_texts_is_off_at_once() -> None:
    off = failed(member(), Failure.NO_WAY)
    assert off.reach == {"sms": Reach(failures=1, code="30005", off_since=NOW)}
    assert not off.takes("sms") and off.takes("email")
    later = failed(off, Failure.NO_WAY, at=NOW + timedelta(days=1))
    assert later.reach["sms"].off_since == NOW


def test_one_that_fails_is_off_after_several_in_a_row_and_not_where_one_arrived_in_between() -> None:
    who = member()
    for n in range(SEVERAL):
        assert who.takes("sms")
        who = failed(who, Failure.FAILING, at=NOW + timedelta(days=n))
    assert not who.takes("sms")
    assert who.reached("sms") == member()
    again = failed(failed(member(), Failure.FAILING).reached("sms"), Failure.FAILING)
    assert again.reach["sms"].failures == 1


@pytest.mark.parametrize("failure", [Failure.PASSING, Failure.LOST, Failure.OURS, *NOT_YET])
def test_what_passes_or_is_not_the_member_s_changes_nothing_about_how_they_are_reached(failure: Failure) -> None:
    assert failures.undelivered(nudge(), member(), failure, "30003", NOW) == Turn(member=member())


@pytest.mark.parametrize("failure", [each for each in Failure if each is not Failure.OPTED_OUT])
def test_a_text_that_did_not_arrive_is_none_of_the_day_s_two(failure: Failure) -> None:
    other = nudge(Kind.LOG_OFF)
    assert failed(member(nudged=(other, nudge())), failure).nudged == (other,)


# What is sent instead


@pytest.mark.parametrize("failure", [Failure.PASSING, *NOT_YET])
def test_what_passes_is_tried_again_a_few_times_each_with_an_id_of_its_own_and_then_goes_by_mail(
    failure: Failure,
) -> None:
    tried: list[Nudge | None] = [nudge()]
    while tried[-1] and tried[-1].channel == "sms":
        tried.append(failures.instead(tried[-1], member(), failure))
    assert [each and (each.channel, each.again) for each in tried] == [
        *[("sms", n) for n in range(TRIES + 1)],
        ("email", 0),
    ]
    assert len({each.id for each in tried if each}) == len(tried)


@pytest.mark.parametrize("failure", [Failure.NO_WAY, Failure.FAILING, Failure.OURS])
def test_what_cannot_be_texted_goes_by_mail_once_where_there_is_an_address(failure: Failure) -> None:
    mail = failures.instead(nudge(), member(), failure)
    assert mail == nudge(channel="email") and mail.id == "daily_checkin#2026-03-03#email"
    assert failures.instead(mail, member(), failure) is None
    assert failures.instead(nudge(), member(email=None), failure) is None
    assert failures.instead(nudge(), failed(member(), Failure.NO_WAY, mail), failure) is None
    assert failures.instead(nudge(), member(channels=("sms", "email")), failure) is None


@pytest.mark.parametrize("failure", [Failure.OPTED_OUT, Failure.LOST])
def test_nothing_goes_instead_to_who_opted_out_or_of_what_is_lost(failure: Failure) -> None:
    assert failures.instead(nudge(), member(), failure) is None


@pytest.mark.parametrize(
    "kind", [Kind.OPT_IN, Kind.BUDDY_INVITATION, Kind.BUDDY_NOTE, Kind.ANSWER, Kind.BUDDY_ANSWER], ids=str
)
def test_what_is_not_the_member_s_or_only_their_phone_s_is_not_mailed(kind: Kind) -> None:
    assert failures.instead(nudge(kind), member(), Failure.NO_WAY) is None


# From then on


def test_while_texts_do_not_arrive_what_was_to_be_one_comes_by_mail_and_as_before_once_they_do() -> None:
    off = failed(member(), Failure.NO_WAY)
    assert schedule.channels_of(Kind.DAILY_CHECKIN, off) == ("email",)
    assert schedule.channels_of(Kind.GOAL_CUE, off) == ("email",)
    assert schedule.channels_of(Kind.OPT_IN, off) == schedule.channels_of(Kind.BUDDY_NOTE, off) == ("sms",)
    assert schedule.channels_of(Kind.DAILY_CHECKIN, off.reached("sms")) == ("sms",)
    both = failed(member(channels=("sms", "email")), Failure.NO_WAY)
    assert schedule.channels_of(Kind.DAILY_CHECKIN, both) == ("email",)


def test_who_chose_mails_is_not_texted_where_they_bounce() -> None:
    bounced = failed(member(channels=("email",)), Failure.NO_WAY, nudge(channel="email"))
    assert schedule.channels_of(Kind.DAILY_CHECKIN, bounced) == ("email",)
    judged = judging.judge(nudge(channel="email"), bounced, NOW)
    assert judged.verdict is Verdict.UNREACHABLE


@pytest.mark.parametrize(("email", "kinds"), [(None, ["missed"]), ("ana@example.com", [])])
def test_a_check_in_that_reaches_nobody_is_on_record_as_missed(email: str | None, kinds: list[str]) -> None:
    off = failed(member(email=email), Failure.NO_WAY)
    judged = judging.judge(nudge(), off, NOW)
    assert judged.verdict is Verdict.UNREACHABLE
    assert [entry.kind for entry in nudging.outcome(nudge(), off, judged.verdict, NOW).entries] == kinds


# How long what was turned away waits


@given(st.sampled_from(NOT_YET), st.integers(1, 1000), st.floats(0, 1))
def test_a_wait_is_one_that_a_queue_can_keep_and_grows_no_longer_than_half_an_hour(
    failure: Failure, receives: int, chance: float
) -> None:
    waited = failures.wait(failure, receives, chance)
    assert timedelta(0) <= waited <= timedelta(hours=12)
    if failure is Failure.THROTTLED:
        assert waited <= timedelta(minutes=30)
    else:
        assert waited >= timedelta(minutes=7)


def test_a_throttle_backs_off_twice_as_long_each_time_by_chance() -> None:
    longest = [failures.wait(Failure.THROTTLED, n, 1) for n in range(1, 6)]
    assert longest == [timedelta(seconds=30 * 2**n) for n in range(5)]
    assert failures.wait(Failure.THROTTLED, 3, 0) == timedelta(0)


# Over time

_CHANNELS: list[Channel] = ["sms", "email"]


@given(st.lists(st.tuples(st.sampled_from(_CHANNELS), st.sampled_from([*Failure, None])), max_size=12))
def test_a_channel_is_off_exactly_where_it_said_so_or_failed_several_times_since_it_last_worked(
    story: list[tuple[Channel, Failure | None]],
) -> None:
    who = member()
    for channel, failure in story:
        of = nudge(channel=channel)
        if failure is Failure.OPTED_OUT:
            continue
        who = failed(who, failure, of) if failure else who.reached(channel)
    for channel in _CHANNELS:
        since = [failure for each, failure in story if each == channel]
        while None in since:
            since = since[since.index(None) + 1 :]
        off = Failure.NO_WAY in since or sum(f in (Failure.FAILING, Failure.NO_WAY) for f in since) >= SEVERAL
        assert who.takes(channel) is not off
