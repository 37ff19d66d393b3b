"""Step 6: the log-off hour and its text, what does the member good, boundaries kept."""

from datetime import date, time
from typing import Any

import pytest

from cli.rehearsal import BRAND
from shared.domain import judging, nudging, schedule
from shared.domain.models import Kind, Nudge
from tests.unit.conversing import Phone, member


def on_step(**plan: Any) -> Phone:
    steps = {"wellbeing": {"begun_on": "2026-02-20"}}
    return Phone(member(plan={"step": "wellbeing", "steps": steps, **plan}))


def logging_off(phone: Phone, local: str = "2026-03-03T18:00") -> Phone:
    """The text of the log-off hour goes out."""
    phone.at(local)
    (nudge,) = schedule.asked_for(phone.member, Kind.LOG_OFF, local, phone.now)
    phone.keep(nudging.outcome(nudge, phone.member, judging.Verdict.SEND, phone.now))
    return phone


# The hour


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18:00", time(18)),
        ("6", time(18)),
        ("around six", time(18)),
        ("half five", time(17, 30)),
        ("5.30 ideally", time(17, 30)),
        ("17h30", time(17, 30)),
    ],
)
def test_the_hour_is_read_in_any_words_and_sets_a_text_on_workdays(text: str, at: time) -> None:
    phone = Phone(member())
    phone.text("step 6")
    turn = phone.turn(text)
    assert phone.member.plan.log_off == at
    assert f"{at:%H:%M}" in turn.replies[0]
    assert turn.rescheduled
    assert phone.member.prompt_time == time(19, 30)
    assert phone.answered() == []


def test_an_hour_in_the_quiet_of_the_night_is_answered_with_the_nearest_and_a_yes_takes_it() -> None:
    phone = Phone(member())
    phone.text("step 6")
    assert "20:30" in phone.text("10pm")
    assert phone.member.plan.log_off is None
    phone.text("ok")
    assert phone.member.plan.log_off == time(20, 30)


def test_mails_know_no_quiet_hours() -> None:
    phone = Phone(member(channels=("email",), email="ana@example.com"))
    phone.text("log off at 10pm")
    assert phone.member.plan.log_off == time(22)


@pytest.mark.parametrize("text", ["no", "it depends", "skip"])
def test_whoever_wants_no_hour_is_not_asked_again_in_this_round(text: str) -> None:
    phone = Phone(member())
    phone.text("step 6")
    phone.text(text)
    assert phone.member.plan.log_off is None
    phone.text("swimming")
    assert "hour" not in phone.text("next")


@pytest.mark.parametrize("text", ["7. win: shipped it", "rough one, 4", "I loved the workshop", "stats"])
def test_what_is_something_else_sets_no_hour(text: str) -> None:
    phone = Phone(member())
    phone.text("step 6")
    phone.turn(text)
    assert phone.member.plan.log_off is None


@pytest.mark.parametrize("text", ["no log off", "NO LOG OFF", "stop log off texts"])
def test_no_log_off_ends_it_and_nothing_else(text: str) -> None:
    phone = on_step(log_off="18:00")
    turn = phone.turn(text)
    assert phone.member.plan.log_off is None
    assert phone.member.status == "active"
    assert turn.rescheduled


def test_the_hour_can_be_changed_from_anywhere_without_being_led_into_the_step() -> None:
    phone = Phone(member(plan={"step": "audit", "steps": {"audit": {"begun_on": "2026-03-01"}}}))
    assert "17:00" in phone.text("log off at 5")
    assert phone.member.plan.log_off == time(17)
    assert phone.member.open_question is None


# Its text


def test_the_text_names_the_hour_as_the_members_clock_shows_it() -> None:
    phone = on_step(log_off="18:00").at("2026-03-03T18:00")
    nudge = Nudge(member_id="ana", kind=Kind.LOG_OFF, channel="sms", day=date(2026, 3, 3), due_at=phone.now)
    assert "18:00" in nudging.text_of(nudge, phone.member, BRAND)


@pytest.mark.parametrize("text", ["done", "DONE!", "yep, out of there", "out"])
def test_done_counts_as_a_boundary_kept(text: str) -> None:
    phone = logging_off(on_step(log_off="18:00", boundaries_kept=2))
    assert "3" in phone.text(text)
    assert phone.member.plan.boundaries_kept == 3
    assert phone.member.open_question is None


@pytest.mark.parametrize("text", ["not yet", "still working lol", "no", "not today"])
def test_not_yet_is_answered_kindly_and_counts_nothing(text: str) -> None:
    phone = logging_off(on_step(log_off="18:00"))
    assert phone.text(text)
    assert phone.member.plan.boundaries_kept == 0
    assert phone.member.snoozed_until is None


def test_out_much_later_is_welcome_and_counts_nothing() -> None:
    phone = logging_off(on_step(log_off="18:00")).at("2026-03-03T20:30")
    assert "vening" in phone.text("out now")
    assert phone.member.plan.boundaries_kept == 0


def test_a_report_in_its_place_is_a_report() -> None:
    phone = logging_off(on_step(log_off="18:00"))
    assert phone.text("finished module 3, win!").startswith("Noted for Tue. Win saved")
    assert phone.text("7") == "7 for Tue."


def test_a_check_in_that_was_open_stays_so_behind_it() -> None:
    phone = on_step(log_off="18:00").prompted("2026-03-03T12:00")
    logging_off(phone).text("done")
    assert phone.text("6").startswith("6 for Tue.")
    assert phone.member.unanswered == 0


# What does them good


@pytest.mark.parametrize("text", ["idk", "no time for that", "like what?"])
def test_whoever_has_nothing_gets_small_ideas(text: str) -> None:
    phone = on_step(log_off="18:00")
    phone.text("next")
    assert "tiny" in phone.text(text)
    phone.text("I love swimming with my sister")
    assert phone.member.plan.self_care == "swimming with my sister"


def test_it_can_be_changed() -> None:
    phone = on_step(log_off="18:00", self_care="gym")
    phone.text("change self care to a bath on sundays")
    assert phone.member.plan.self_care == "a bath on sundays"


def test_on_some_days_a_win_is_answered_with_it() -> None:
    phone = on_step(log_off="18:00", self_care="swimming")
    said = [phone.at(f"2026-03-{day:02}T12:00").text("7. win: sent one CV") for day in range(2, 29)]
    celebrated = [text for text in said if "swimming" in text]
    assert 0 < len(celebrated) < len(said)


# Boundaries


def test_a_boundary_in_any_report_is_counted_once() -> None:
    phone = Phone(member()).prompted("2026-03-03T19:30")
    said = phone.text("7, left on time and said no to the late call")
    assert phone.member.plan.boundaries_kept == 1
    assert said.startswith("7 for Tue.")


@pytest.mark.parametrize("text", ["5, nobody left on time", "4, logged off at 9pm", "my boss said no to the course"])
def test_what_is_no_boundary_is_not_counted(text: str) -> None:
    phone = Phone(member()).prompted("2026-03-03T19:30")
    phone.text(text)
    assert phone.member.plan.boundaries_kept == 0


def test_undo_takes_a_boundary_back() -> None:
    phone = Phone(member()).prompted("2026-03-03T19:30")
    phone.text("7, left on time")
    phone.text("undo")
    assert phone.member.plan.boundaries_kept == 0


def test_the_step_is_done_with_something_that_does_good_and_three_boundaries() -> None:
    phone = on_step(log_off="18:00", self_care="swimming", boundaries_kept=2)
    assert "swimming" in phone.text("next")
    phone.text("left on time")
    assert phone.member.plan.steps["wellbeing"].ended_on == date(2026, 3, 3)


def test_it_takes_a_week_at_least() -> None:
    phone = Phone(member(plan={"log_off": "18:00", "self_care": "swimming", "boundaries_kept": 2}))
    phone.text("step 6")
    phone.text("left on time")
    assert phone.member.plan.steps["wellbeing"].ended_on is None
    phone.at("2026-03-10T19:30").text("7")
    assert phone.member.plan.steps["wellbeing"].ended_on == date(2026, 3, 10)


def test_the_state_tells_what_is_set() -> None:
    assert "LOG OFF AT" in on_step().text("plan")
    said = on_step(log_off="18:00", self_care="swimming", boundaries_kept=4).text("plan")
    assert "18:00" in said and "swimming" in said and "4" in said
