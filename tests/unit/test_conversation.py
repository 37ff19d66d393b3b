"""What the service answers, records and remembers, one message after another."""

from datetime import date, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.content.segments import count_segments
from shared.domain import schedule
from shared.domain.models import Due, Kind, Pause, Requested, Status
from shared.domain.understanding.understand import LONGEST
from tests.unit.conversing import TUESDAY, Phone, heard, member, new_york, newcomer

# Skip, pause, resume


def test_a_skip_is_for_the_day_asked_about_and_closes_the_question(asked: Phone) -> None:
    assert asked.at("2026-03-04T00:40").text("skip") == "Skipped Tue. It does not touch your streak. Talk soon."
    assert [(entry.day, entry.kind) for entry in asked.turns[-1].entries] == [(TUESDAY, "skipped")]
    assert asked.member.unanswered == 0
    assert asked.at("2026-03-04T09:00").text("7") == "7 for Wed."


def test_a_pause_holds_until_resume(ana: Phone) -> None:
    assert ana.text("PAUSE") == "Paused. Nothing comes until you text RESUME. You can write all the same."
    assert (ana.turns[-1].rescheduled, ana.turns[-1].due) == (True, None)
    assert ana.text("resume") == "Good to have you back. Next check-in tomorrow at 19:30."
    assert ana.member.pause is None
    assert ana.text("resume") == "You are not paused. Next check-in tomorrow at 19:30."


def test_a_pause_for_a_week_names_the_day_on_which_texts_come_again(asked: Phone) -> None:
    assert asked.text("pause for a week") == "Paused. I will be back on Tue 10 Mar, or text RESUME."
    due = asked.turns[-1].due
    assert due is not None
    assert due.at == new_york("2026-03-10T19:30")
    assert asked.member.open_question is None


def test_a_start_ends_a_pause(ana: Phone) -> None:
    ana.text("pause")
    assert ana.text("START") == "Good to have you back. Next check-in tomorrow at 19:30."


def test_a_pause_that_ran_out_needs_no_resume(ana: Phone) -> None:
    ana.text("pause for 2 days")
    assert ana.at("2026-03-05T12:00").text("resume") == "You are not paused. Next check-in today at 19:30."


# Stats and summaries


def test_stats_say_what_the_last_thirty_days_brought(ana: Phone) -> None:
    ana.at("2026-02-01T12:00").text("1. win: long ago")
    ana.prompted("2026-03-02T19:30").text("6. win: a. win: b")
    ana.prompted("2026-03-03T19:30").text("3")
    ana.text("9")
    assert ana.text("stats") == "Last 30 days: 2 days answered, 2 wins, mood 7.5 on average. Streak: 2 days."


def test_what_is_asked_about_the_record_is_told_with_what_the_same_text_adds(ana: Phone) -> None:
    ana.text("8. Win: sent my CV")
    assert ana.text("6. my streak?").endswith("Last 30 days: 1 day answered, 1 win, mood 6 on average.")
    assert "2 in March, the latest first: called Rosa; sent my CV" in ana.text("Win: called Rosa. show my wins")


def test_stats_without_a_mood_name_no_average(asked: Phone) -> None:
    asked.text("win: called Ben")
    assert asked.text("STATS") == "Last 30 days: 1 day answered, 1 win."


def test_a_summary_goes_by_mail_where_there_is_an_address() -> None:
    phone = Phone(member(email="ana@example.com")).prompted("2026-03-03T19:30")
    phone.text("7")
    turn = phone.turn("SUMMARY")
    assert turn.replies == ("Your summary of March is on its way to your e-mail.",)
    assert turn.requests == (Requested(kind=Kind.MONTHLY_SUMMARY, month=date(2026, 3, 1)),)


def test_without_an_address_the_gist_is_said_at_once(asked: Phone) -> None:
    asked.text("7. win: sent my CV")
    turn = asked.turn("SUMMARY")
    assert turn.replies == ("March: you answered 1 of 1 check-in. Mood: 7 over 1 day. 1 win: sent my CV.",)
    assert turn.requests == ()


def test_a_summary_is_of_the_last_month_while_this_one_has_no_answer(ana: Phone) -> None:
    ana.prompted("2026-03-30T19:30").text("7")
    ana.prompted("2026-04-01T19:30")
    assert ana.text("summary").startswith("March: you answered 1 of 1")
    ana.text("5")
    assert ana.text("summary").startswith("April: you answered 1 of 1")


def test_a_month_that_began_before_the_journal_at_hand_is_read_whole_before_it_is_said(ana: Phone) -> None:
    ana.prompted("2026-02-27T19:30").text("7")
    turn = ana.at("2026-03-20T12:00").turn("summary")
    assert (turn.replies, turn.requests) == ((), (Requested(kind=Kind.MONTHLY_SUMMARY, month=date(2026, 2, 1)),))


def test_a_summary_of_nothing_is_kind(ana: Phone) -> None:
    assert ana.text("summary").startswith("It has been quiet here in March, and that is fine.")


# Whatever is said

STATES = {
    "pending": newcomer(),
    "active": member(),
    "asked": Phone(member(streak=3)).prompted("2026-03-03T19:30").member,
    "paused": member(pause=Pause()),
    "stopped": member(status=Status.STOPPED),
    "mailed": member(email="ana@example.com", name="志" * 60),
}
ANYTHING = (
    st.text(max_size=1600)
    | st.text("abc ,.;€[\n🎉’é", min_size=100, max_size=1600).map("8. win: {}".format)
    | st.lists(st.text("abc €🎉é", min_size=1, max_size=300), max_size=30).map(
        lambda wins: "\n".join(f"w: {win}" for win in wins)
    )
    | st.sampled_from(
        ["yes", "no", "stop", "start", "help", "7", "skip", "undo", "pause", "resume", "stats", "summary"]
    )
    | st.from_regex(r"pause for [0-9]{1,3} (days|weeks|months)", fullmatch=True)
)


@given(st.sampled_from(sorted(STATES)), st.lists(ANYTHING, min_size=1, max_size=4))
@example("asked", ["win: " + "a " * (LONGEST // 2)])
@example("asked", ["w: " + "🎉" * LONGEST])
@example("asked", ["w: € " * 2000, "summary"])
@example("active", ["sıx"])
def test_whatever_a_member_sends_gets_at_most_one_answer_of_two_segments(state: str, texts: list[str]) -> None:
    phone = Phone(STATES[state])
    for text in texts:
        assert count_segments(phone.text(text)).count <= 2


@given(st.sampled_from(sorted(STATES)), st.lists(ANYTHING, min_size=1, max_size=4))
def test_the_due_moment_is_set_exactly_when_what_decides_it_changes(state: str, texts: list[str]) -> None:
    phone = Phone(STATES[state])
    for text in texts:
        before = phone.member
        turn = phone.turn(text)
        changed = schedule.decides(before) != schedule.decides(turn.member)
        assert turn.rescheduled == changed
        assert turn.due == (schedule.next_due(turn.member, phone.now) if changed else None)


@given(st.sampled_from(sorted(STATES)), ANYTHING, st.timedeltas(timedelta(0), timedelta(hours=5)))
def test_no_text_passes_over_a_moment_that_has_come_and_waits_for_its_tick(
    state: str, text: str, late: timedelta
) -> None:
    phone = Phone(STATES[state])
    due = Due(member_id=phone.member.id, at=phone.now - late, kinds=(Kind.DAILY_CHECKIN,))
    phone.member = phone.member.model_copy(update={"due": due})
    turn = phone.turn(text)
    assert not turn.rescheduled


@given(st.sampled_from(["active", "asked", "paused", "mailed"]), ANYTHING)
def test_undo_restores_the_member_as_they_were_before_any_message(state: str, text: str) -> None:
    phone = Phone(STATES[state])
    before = heard(phone.member)
    phone.turn(text)
    if phone.member.undo:
        phone.turn("undo")
    if phone.member.status is Status.ACTIVE:
        assert phone.member == before.model_copy(update={"started_at": phone.member.started_at})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", Status.STOPPED),
        ("prompt_time", time(8)),
        ("days", ("mon",)),
        ("timezone", "Asia/Kathmandu"),
        ("pause", Pause(until=date(2026, 3, 10))),
    ],
)
def test_the_due_moment_hangs_on_status_hour_days_zone_and_pause(field: str, value: object) -> None:
    assert field in schedule.DECIDED_BY
    changed = member().model_copy(update={field: value})
    now = new_york("2026-03-03T12:00")
    assert schedule.next_due(changed, now) != schedule.next_due(member(), now)


# What sounds like a crisis, and what was said besides


def test_a_crisis_is_answered_with_whom_to_reach_and_nothing_else() -> None:
    said = Phone(member()).text("5. I want to die")
    assert "988" in said and "automated" in said
    assert "5 for" not in said


def test_a_crisis_that_asks_to_stop_is_answered_and_stopped() -> None:
    phone = Phone(member())
    assert "988" in phone.text("stop texting me. I want to die")
    assert phone.member.status is Status.STOPPED


def test_a_report_beside_a_setting_is_recorded_and_the_setting_changed(asked: Phone) -> None:
    said = asked.text("8! text me at 12")
    assert said == "8 for Tue. 12:00 it is. Next check-in tomorrow at 12:00."
    assert asked.member.prompt_time == time(12)
    assert asked.member.journal[-1].mood == 8


def test_a_mood_in_words_is_recorded_as_an_estimate_and_said_back_as_one(asked: Phone) -> None:
    said = asked.text("rough one")
    assert "hard" in said and "send a number" in said
    assert (asked.member.journal[-1].mood, asked.member.journal[-1].mood_estimated) == (3, True)


def test_a_corrected_score_holds_from_then_on(asked: Phone) -> None:
    asked.text("4")
    assert asked.text("sorry meant 6") == "Mended: 6 for Tue."
    assert [entry.mood for entry in asked.member.journal if entry.mood] == [4, 6]


def test_an_hour_in_the_quiet_of_the_night_is_answered_with_the_nearest(asked: Phone) -> None:
    before = asked.member.prompt_time
    assert "20:30" in asked.text("text me at 11pm")
    assert asked.member.prompt_time == before
