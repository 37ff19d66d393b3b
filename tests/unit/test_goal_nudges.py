"""When a goal is nudged, and what is made of the answer."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from cli.rehearsal import BRAND
from shared.domain import judging, nudging, schedule
from shared.domain.judging import Verdict
from shared.domain.models import Cue, Due, Goal, Kind, Member
from tests.unit.conversing import Phone, member, new_york
from tests.unit.goal_setting import COMPLETE, TODAY, asked, goal, phone
from tests.unit.living import lived

GOING = (Verdict.SEND, Verdict.MERGED)


def cued(*days: str, at: str = "19:00", **details: Any) -> Goal:
    return goal(cue=Cue.model_validate({"days": days, "at": at, "action": "open the job board"}), **details)


def due_after(who: Member, after: str) -> list[tuple[datetime, Kind]]:
    """What goes out about goals in the week after a moment."""
    since = new_york(after)
    about = {Kind.GOAL_CUE, Kind.GOAL_DUE}
    days = lived(who, since, since + timedelta(days=7))
    return [(each.at, kind) for each in days for kind, fate in each.fates.items() if fate in GOING and kind in about]


def test_a_plan_is_nudged_at_its_days_and_time_while_its_goal_is_open() -> None:
    who = member(goals=[cued("tue", "thu")])
    assert due_after(who, "2026-03-03T12:00") == [
        (new_york("2026-03-03T19:00"), Kind.GOAL_CUE),
        (new_york("2026-03-05T19:00"), Kind.GOAL_CUE),
    ]
    ended = goal(state="done", cue=Cue(days=("tue",), at=time(19), action=""))
    assert due_after(member(goals=[ended]), "2026-03-03T12:00") == []


def test_a_plan_that_is_made_or_dropped_sets_the_next_due_moment() -> None:
    ana = phone(*COMPLETE)
    due = ana.turns[-1].due
    assert ana.turns[-1].rescheduled and due is not None
    assert (due.at, due.kinds) == (new_york("2026-03-03T19:00"), (Kind.DAILY_CHECKIN, Kind.GOAL_CUE))
    ana.text("drop goal 1")
    assert ana.turns[-1].due == schedule.next_due(member(), ana.now)


def test_plans_of_one_day_are_one_text_at_the_first_hour() -> None:
    who = member(goals=[cued("tue", at="20:00"), cued("tue", at="08:00", id="g2", text="run")])
    assert [at for at, _ in due_after(who, "2026-03-03T00:00")] == [new_york("2026-03-03T08:00")]
    (nudge,) = schedule.nudges(Due(member_id="ana", at=new_york("2026-03-03T08:00"), kinds=(Kind.GOAL_CUE,)), who)
    said = nudging.text_of(nudge, who, BRAND)
    assert "Tue 08:00" in said and said.endswith("Later, 20:00: open the job board.")


def test_a_goal_whose_day_has_passed_is_asked_about_once_at_the_next_noon_instead_of_its_plan() -> None:
    who = member(goals=[cued("wed", due=TODAY)])
    assert due_after(who, "2026-03-03T20:00") == [(new_york("2026-03-04T12:00"), Kind.GOAL_DUE)]


def test_who_gets_no_texts_gets_no_nudges_about_goals() -> None:
    who = member(goals=[cued("tue", due=TODAY)], channels=("email",), email="ana@example.com")
    assert due_after(who, "2026-03-03T00:00") == []


def sent(ana: Phone, kind: Kind, local: str) -> str | None:
    """What the phone hears when a nudge falls due, where it may go out."""
    ana.at(local)
    (nudge,) = schedule.nudges(Due(member_id="ana", at=ana.now, kinds=(kind,)), ana.member)
    verdict = judging.verdict(nudge, ana.member, ana.now)
    said = nudging.text_of(nudge, ana.member, BRAND) if verdict is Verdict.SEND else None
    ana.keep(nudging.outcome(nudge, ana.member, verdict, ana.now))
    return said


def test_a_plans_text_names_the_hour_and_what_to_do_and_done_is_praised_not_taken_for_a_low_mood() -> None:
    ana = phone(*COMPLETE)
    said = sent(ana, Kind.GOAL_CUE, "2026-03-03T19:00")
    assert said and "Tue 19:00" in said and "open the job board" in said
    assert ana.text("done")
    assert (ana.member.journal, asked(ana)) == ((), None)


def test_a_plans_text_takes_the_place_of_a_question_which_comes_back_behind_its_answer() -> None:
    ana = phone(*COMPLETE, "goal: finish my portfolio")
    sent(ana, Kind.GOAL_CUE, "2026-03-03T19:00")
    assert asked(ana) == "goal_cued"
    assert "Finish my portfolio: " in ana.text("done")
    assert asked(ana) == "goal_due"


def test_a_plan_or_a_date_where_something_else_was_asked_is_taken_all_the_same() -> None:
    ana = phone("goal: network more", "Tue 7pm")
    assert (ana.member.goals[0].cue is not None, asked(ana)) == (True, "goal_measure")
    ana.text("by june")
    assert (ana.member.goals[0].due, asked(ana)) == (date(2026, 6, 30), "goal_measure")


def test_a_nudge_about_a_goal_that_has_ended_meanwhile_is_not_sent() -> None:
    ana = phone(*COMPLETE, "drop goal 1")
    assert sent(ana, Kind.GOAL_CUE, "2026-03-03T19:00") is None
    assert sent(ana, Kind.GOAL_DUE, "2026-05-01T12:00") is None


@pytest.mark.parametrize(
    ("answer", "state", "done", "due", "following"),
    [
        ("done!", "done", 5, date(2026, 4, 30), None),
        ("yes", "done", 5, date(2026, 4, 30), None),
        ("5", "done", 5, date(2026, 4, 30), None),
        ("3", "open", 3, None, "goal_due"),
        ("3 of 5", "open", 3, None, "goal_due"),
        ("not yet", "open", 0, None, "goal_due"),
        ("0", "open", 0, None, "goal_due"),
        ("end of june", "open", 0, date(2026, 6, 30), None),
        ("tomorrow", "open", 0, date(2026, 5, 2), "goal_pace"),
        ("drop it", "dropped", 0, date(2026, 4, 30), None),
        ("skip", "open", 0, date(2026, 4, 30), None),
        ("hmm", "open", 0, date(2026, 4, 30), "goal_went"),
    ],
)
def test_how_a_goal_went_is_answered_in_a_word(
    answer: str, state: str, done: float, due: date | None, following: str | None
) -> None:
    ana = phone(*COMPLETE)
    assert "Apply to 5 jobs" in (sent(ana, Kind.GOAL_DUE, "2026-05-01T12:00") or "")
    assert asked(ana) == "goal_went"
    ana.text(answer)
    (one,) = ana.member.goals
    assert (one.state, one.done, one.due, asked(ana)) == (state, done, due, following)


def test_a_score_in_answer_to_how_a_goal_went_is_a_score_where_it_cannot_be_how_far() -> None:
    ana = phone(*COMPLETE).prompted("2026-04-30T19:30")
    sent(ana, Kind.GOAL_DUE, "2026-05-01T11:00")
    assert ana.text("7") == "7 for Thu."
    assert (ana.member.goals[0].state, asked(ana)) == ("open", "goal_went")
