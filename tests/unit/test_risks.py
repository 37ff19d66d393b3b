"""Step 5: an experiment from its naming to keep, change or drop, and the savings runway."""

from datetime import date
from typing import Any

import pytest

from cli.rehearsal import BRAND
from shared.content.segments import count_segments
from shared.domain import judging, nudging, schedule
from shared.domain.models import Kind, Nudge, Plan
from tests.unit.conversing import Phone, member, new_york

TEST = {"text": "shadow Ana for a day", "begun_on": "2026-03-01", "review": "2026-03-03"}


def on_step(**plan: Any) -> Phone:
    steps = {"risks": {"begun_on": "2026-03-01"}}
    return Phone(member(plan={"step": "risks", "steps": steps, **plan}))


def looked_back_at(phone: Phone) -> Phone:
    """The nudge on the review date goes out."""
    (nudge,) = schedule.asked_for(phone.member, Kind.EXPERIMENT_REVIEW, "r", phone.now)
    phone.keep(nudging.outcome(nudge, phone.member, judging.Verdict.SEND, phone.now))
    return phone


def test_the_step_asks_for_an_experiment_then_its_date_then_the_savings() -> None:
    phone = Phone(member())
    assert "small" in phone.text("step 5")
    assert phone.text("freelance for one weekend").endswith("?")
    assert "Tue 17 Mar" in phone.text("in two weeks")
    assert "within the 3 to 6" in phone.text("about 4 months")
    (experiment,) = phone.member.plan.experiments
    assert (experiment.text, experiment.review, experiment.outcome) == (
        "freelance for one weekend",
        date(2026, 3, 17),
        None,
    )
    assert phone.member.plan.runway == 4


def test_a_review_date_is_set_as_due() -> None:
    phone = on_step(experiments=[TEST | {"review": None}], runway=3)
    phone.text("next")
    turn = phone.turn("friday")
    assert turn.rescheduled
    noon = schedule.next_due(phone.member, new_york("2026-03-05T20:00"))
    assert noon is not None
    assert (noon.at, noon.kinds) == (new_york("2026-03-06T12:00"), (Kind.EXPERIMENT_REVIEW,))


def test_an_experiment_that_says_until_when_it_goes_is_not_asked_for_its_date() -> None:
    phone = on_step(runway=1)
    phone.text("next")
    said = phone.text("ask HR about a lateral move by the end of April")
    assert "Thu 30 Apr" in said
    assert phone.member.open_question is None


@pytest.mark.parametrize("text", ["idk", "like what?", "no idea tbh"])
def test_whoever_has_no_idea_gets_some_and_is_still_asked(text: str) -> None:
    phone = on_step()
    phone.text("next")
    assert "lateral move" in phone.text(text)
    assert phone.member.open_question is not None
    phone.text("shadow a friend at the bakery")
    assert [each.text for each in phone.member.plan.experiments] == ["shadow a friend at the bakery"]


def test_whoever_leaves_the_date_open_is_asked_in_three_weeks() -> None:
    phone = on_step(experiments=[TEST | {"review": None}])
    phone.text("next")
    assert "Tue 24 Mar" in phone.text("whenever")


@pytest.mark.parametrize("text", ["today", "tonight"])
def test_a_review_on_the_same_day_is_asked_again(text: str) -> None:
    phone = on_step(experiments=[TEST | {"review": None}])
    phone.text("next")
    assert "from tomorrow on" in phone.text(text)
    assert phone.member.plan.experiments[0].review is None
    phone.text("next friday")
    assert phone.member.plan.experiments[0].review == date(2026, 3, 13)


@pytest.mark.parametrize("text", ["7. budget mtg drained me", "win: sent the CV", "stats", "pause for 2 days", "ok"])
def test_what_is_something_else_is_taken_as_that_and_the_question_stays_open(text: str) -> None:
    phone = on_step()
    phone.text("next")
    phone.turn(text)
    assert phone.member.plan.experiments == ()


def test_a_stop_is_a_stop() -> None:
    phone = on_step()
    phone.text("next")
    assert "unsubscribed" in phone.text("STOP")


@pytest.mark.parametrize(("text", "outcome"), [("keep", "keep"), ("Drop it, hated it", "drop")])
def test_on_its_date_the_experiment_is_asked_about_and_kept_or_dropped(text: str, outcome: str) -> None:
    phone = looked_back_at(on_step(experiments=[TEST], runway=2))
    said = phone.text(text)
    assert phone.member.plan.experiments[0].outcome == outcome
    assert phone.member.plan.steps["risks"].ended_on == date(2026, 3, 3)
    assert "step 1" in said


def test_one_that_is_to_change_is_followed_by_what_it_becomes() -> None:
    phone = looked_back_at(on_step(experiments=[TEST], runway=2))
    assert phone.text("change").endswith("What will you do differently this time?")
    assert phone.text("only half a day, on a Friday").endswith("?")
    assert [(each.text, each.outcome) for each in phone.member.plan.experiments] == [
        ("shadow Ana for a day", "change"),
        ("half a day, on a Friday", None),
    ]
    assert phone.member.plan.steps["risks"].ended_on is None


def test_a_report_in_its_place_is_recorded_and_next_asks_again() -> None:
    phone = looked_back_at(on_step(experiments=[TEST], runway=2))
    assert phone.text("6, worked late").startswith("6 for Tue.")
    assert phone.member.plan.experiments[0].outcome is None
    assert "shadow Ana for a day" in phone.text("next")
    phone.text("keep it")
    assert phone.member.plan.experiments[0].outcome == "keep"


def test_a_check_in_that_was_open_stays_so_behind_the_look_back() -> None:
    phone = on_step(experiments=[TEST], runway=2).prompted("2026-03-03T11:30")
    looked_back_at(phone.at("2026-03-03T12:00")).text("keep")
    assert phone.text("7") == "7 for Tue."
    assert phone.answered() == [(date(2026, 3, 3), 7)]


def test_an_answer_whose_experiment_is_gone_is_taken_as_anything_else() -> None:
    phone = looked_back_at(on_step(experiments=[TEST], runway=2))
    phone.member = phone.member.model_copy(update={"plan": Plan()})
    phone.text("keep")
    assert phone.member.plan.experiments == ()


@pytest.mark.parametrize("text", ["🎉é " * 60, "a" * 300])
def test_the_longest_experiment_still_leaves_the_question_whole(text: str) -> None:
    phone = on_step(experiments=[TEST | {"text": text[:100]}])
    nudge = Nudge(member_id="ana", kind=Kind.EXPERIMENT_REVIEW, channel="sms", day=date(2026, 3, 3), due_at=phone.now)
    said = nudging.text_of(nudge, phone.member, BRAND)
    assert count_segments(said).count <= 2
    assert said.endswith("?")


def test_experiments_are_capped() -> None:
    phone = on_step(experiments=[TEST | {"outcome": "keep"}] * 12, runway=1)
    phone.text("new test")
    phone.text("teach one evening class")
    assert len(phone.member.plan.experiments) == 12
    assert phone.member.plan.experiments[-1].text == "teach one evening class"


# Savings


@pytest.mark.parametrize(
    ("text", "months", "said"),
    [
        ("none", 0, "many stand there"),
        ("a month", 1, "1 month put aside: that is a beginning"),
        ("two and a half", 2.5, "0.5 months to go"),
        ("3", 3, "within the 3 to 6"),
        ("half a year", 6, "are covered"),
    ],
)
def test_the_runway_is_held_against_three_to_six_months(text: str, months: float, said: str) -> None:
    phone = on_step(experiments=[TEST | {"review": "2026-05-01"}])
    phone.text("next")
    assert said in phone.text(text)
    assert phone.member.plan.runway == months


def test_money_alone_is_asked_for_in_months() -> None:
    phone = on_step(experiments=[TEST | {"review": "2026-05-01"}])
    phone.text("next")
    assert "in months" in phone.text("about $9,000")
    phone.text("maybe 3")
    assert phone.member.plan.runway == 3


def test_savings_can_be_told_anew_at_any_time() -> None:
    phone = on_step(experiments=[TEST | {"review": "2026-05-01"}], runway=1)
    phone.text("savings")
    phone.text("4 months now")
    assert phone.member.plan.runway == 4


# Where the step stands


def test_the_state_and_the_action_tell_what_is_under_way() -> None:
    phone = on_step(experiments=[TEST | {"review": "2026-05-01"}], runway=2)
    plan = phone.text("plan")
    assert "shadow Ana for a day" in plan and "Fri 1 May" in plan and "2 months" in plan
    assert "half an hour" in phone.text("next")


def test_a_step_that_was_done_is_not_done_again_the_moment_it_is_gone_back_to() -> None:
    phone = on_step(experiments=[TEST | {"outcome": "keep"}], runway=4)
    phone.text("done with step")
    phone.at("2026-03-10T12:00")
    assert phone.text("step 5").endswith("lateral move.")
    assert phone.member.plan.steps["risks"].ended_on is None
