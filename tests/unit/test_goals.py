"""Goals: what is asked about one, and what commands make of it."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.content.segments import count_segments
from shared.domain import goals
from shared.domain.models import WEEKDAYS, Cue, Plan
from tests.unit.conversing import Phone, member
from tests.unit.goal_setting import COMPLETE, NOON, PARTS, TODAY, asked, goal, phone

# Setting one


def test_a_complete_goal_is_said_back_with_its_pace_and_asked_only_for_a_plan() -> None:
    ana = phone()
    said = ana.text("goal: apply to 5 jobs by 22 march")
    assert "apply to 5 jobs, by Sun 22 Mar: one every 4 days." in said
    assert asked(ana) == "goal_plan"
    (one,) = ana.member.goals
    assert (one.id, one.text, one.target, one.unit, one.due) == ("g1", "apply to 5 jobs", 5, "jobs", date(2026, 3, 22))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("goal: be happier at work", "goal_specific"),
        ("goal: send applications", "goal_measure"),
        ("goal: finish my portfolio", "goal_due"),
        ("goal: apply to 5 jobs", "goal_due"),
        ("goal: finish 4 courses by 20 march", "goal_pace"),
        ("goal: learn Spanish by june", "goal_measure"),
        ("goal: get promoted by december", "goal_plan"),
    ],
)
def test_only_what_is_missing_is_asked(text: str, question: str) -> None:
    assert asked(phone(text)) == question


def test_a_vague_goal_is_put_in_other_words_and_stays_one_goal() -> None:
    ana = phone("goal: be happier at work by june", "leave at 6 on 3 days a week")
    (one,) = ana.member.goals
    assert (one.text, one.due) == ("leave at 6 on 3 days a week", date(2026, 6, 30))
    assert phone("goal: be happier", "just feel better").member.goals[0].text == "feel better"


@pytest.mark.parametrize(
    ("answer", "target", "unit"),
    [
        ("12", 12, None),
        ("12 jobs", 12, "jobs"),
        ("about 20", 20, None),
        ("5k", 5000, None),
        ("$2000", 2000, "dollars"),
        ("done", None, None),
        ("when I have an offer", None, None),
    ],
)
def test_what_makes_it_done_is_a_number_or_done(answer: str, target: float | None, unit: str | None) -> None:
    ana = phone("goal: network properly", answer)
    (one,) = ana.member.goals
    assert (one.target, one.unit, asked(ana)) == (target, unit, "goal_due")
    assert ana.answered() == []
    assert ana.member.prompt_time == time(19, 30)


def test_so_many_a_week_count_up_to_the_goals_day() -> None:
    ana = phone("goal: network more", "2 a week", "by 31 march", "skip")
    assert ana.member.goals[0].text == "network more, 2 a week"
    assert "Network more, 2 a week: 0 of 8, 28 days left, on pace." in ana.text("goals")


def test_a_number_of_all_of_it_is_not_of_each_month() -> None:
    ana = phone("goal: read a book a month by december", "12", "skip")
    assert "Read a book a month: 0 of 12, " in ana.text("goals")


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        ("by june", "2026-06-30"),
        ("6 weeks", "2026-04-14"),
        ("tomorrow", "2026-03-04"),
        ("next week", "2026-03-13"),
        ("no rush", None),
    ],
)
def test_a_date_is_read_in_whatever_words(answer: str, due: str | None) -> None:
    ana = phone("goal: finish my portfolio", answer)
    assert ana.member.goals[0].due == (date.fromisoformat(due) if due else None)
    assert asked(ana) == "goal_plan"


def test_a_past_date_is_answered_in_words_and_asked_again() -> None:
    ana = phone("goal: finish my portfolio")
    assert ana.text("1 march 2026").startswith("Sun 1 Mar has passed already. ")
    assert asked(ana) == "goal_due"
    assert "finish my portfolio. Sun 1 Mar has passed already. " in phone().text(
        "goal: finish my portfolio by 1 march 2026"
    )


def test_a_date_in_another_year_is_said_with_its_year() -> None:
    assert "Mon 1 Mar 2027" in phone("goal: finish my portfolio").text("march 1")


@pytest.mark.parametrize(
    ("answer", "target", "due"),
    [
        ("keep", 4, "2026-03-20"),
        ("yes", 4, "2026-03-20"),
        ("june then", 4, "2026-06-30"),
        ("2", 2, "2026-03-20"),
        ("rather 3 courses", 3, "2026-03-20"),
        ("make it 3", 3, "2026-03-20"),
        ("next week", 4, "2026-03-13"),
    ],
)
def test_too_much_for_the_calendar_is_asked_about_once(answer: str, target: int, due: str) -> None:
    ana = phone("goal: finish 4 courses by 20 march", answer)
    (one,) = ana.member.goals
    assert (one.target, one.due, asked(ana)) == (target, date.fromisoformat(due), "goal_plan")
    assert one.text == f"finish {target} courses"


VALUES = Plan(values=("freedom", "impact", "time for my family"))


@pytest.mark.parametrize(
    ("answer", "value"),
    [("2", "impact"), ("Freedom i think", "freedom"), ("none", None), ("number 3", "time for my family")],
)
def test_a_goal_is_held_against_the_values_that_are_known(answer: str, value: str | None) -> None:
    ana = phone(COMPLETE[0], plan=VALUES)
    assert asked(ana) == "goal_value"
    ana.text(answer)
    assert (ana.member.goals[0].value, asked(ana), ana.answered()) == (value, "goal_plan", [])


def test_a_plan_is_said_back_as_if_and_then() -> None:
    ana = phone(COMPLETE[0])
    said = ana.text("Tuesday 7pm, then I open the course")
    assert "if it is Tue 19:00, then open the course." in said
    assert ana.member.goals[0].cue == Cue(days=("tue",), at=time(19), action="open the course")
    assert asked(ana) is None


@pytest.mark.parametrize(("text", "at"), [("Tue 6am", "08:00"), ("Tue 9:30pm", "20:30"), ("Tue 8pm", "20:00")])
def test_a_plan_in_quiet_hours_gets_the_nearest_allowed_one(text: str, at: str) -> None:
    ana = phone(COMPLETE[0])
    said = ana.text(text)
    assert f"Tue {at}" in said
    assert ("so I took" in said) == (at != "20:00")


def test_a_plan_needs_a_day_and_a_time() -> None:
    ana = phone(COMPLETE[0])
    for text in ("7pm", "weekdays", "at my desk"):
        assert ana.text(text).startswith("I need a day and a time. ")
    assert asked(ana) == "goal_plan"
    assert len(ana.member.days) == 7


def test_a_day_that_is_told_instead_of_a_plan_is_read_as_well_as_any() -> None:
    ana = phone(COMPLETE[0])
    ana.text("Conferences til 8 wiped me out, training Ana was a joy. finished two boilers. 6")
    (entry,) = ana.turns[-1].entries
    assert (entry.mood, entry.wins) == (6, ("finished two boilers",))
    assert (entry.engaged, entry.drained) == (("training Ana",), ("Conferences til 8",))


def test_no_plan_is_asked_of_whom_no_text_reaches() -> None:
    assert asked(phone("goal: finish my portfolio by june", channels=("email",), email="ana@example.com")) is None


# Thumbs


@pytest.mark.parametrize(
    "question", ["goal: be happier", "goal: send applications", "goal: finish my portfolio", COMPLETE[0]]
)
def test_every_question_can_be_skipped_and_is_not_asked_again(question: str) -> None:
    ana = phone(question)
    seen = []
    while asked(ana):
        seen.append(asked(ana))
        ana.text("skip")
    assert len(seen) == len(set(seen))
    assert asked(phone()) is None


@pytest.mark.parametrize("question", ["goal: send applications", "goal: finish my portfolio", COMPLETE[0]])
def test_a_report_in_the_midst_is_a_report_and_the_question_stays_open(question: str) -> None:
    ana = phone(question)
    before = asked(ana)
    assert ana.text("7. win: shipped the report").startswith("7 for Tue. Win saved: shipped the report.")
    assert ana.text("rough day, the budget meeting drained me")
    assert (asked(ana), [mood for _, mood in ana.answered()]) == (before, [7, None])


@pytest.mark.parametrize("text", ["stats", "help", "goals", "thanks", "text me at 8", "weekdays only"])
def test_a_command_in_the_midst_does_what_it_says(text: str) -> None:
    ana, other = phone(COMPLETE[0]), phone(COMPLETE[0], "skip")
    assert (ana.text(text), asked(ana)) == (other.text(text), "goal_plan")


def test_a_crisis_in_the_midst_closes_the_question() -> None:
    ana = phone(COMPLETE[0])
    assert "988" in ana.text("I want to die")
    assert asked(ana) is None


@pytest.mark.parametrize("text", ["later", "not now", "let me think"])
def test_a_question_can_wait(text: str) -> None:
    ana = phone("goal: finish my portfolio")
    assert "STEP 2" in ana.text(text)
    assert (asked(ana), ana.member.snoozed_until) == ("goal_due", None)
    ana.text("june")
    assert ana.member.goals[0].due == date(2026, 6, 30)


def test_a_question_gives_way_to_the_check_in_and_comes_back_with_the_step() -> None:
    ana = phone("goal: finish my portfolio").prompted("2026-03-03T19:30")
    assert ana.text("7") == "7 for Tue."
    assert (
        ana.text("step 2").endswith("Finish my portfolio: By when? Like: 30 June, or in 6 weeks.")
        or asked(ana) == "goal_due"
    )


def test_with_a_check_in_unanswered_behind_it_a_number_answers_the_question_asked_last() -> None:
    ana = Phone(member(), NOON).prompted("2026-03-03T12:00")
    ana.text("goal: send applications")
    ana.text("12")
    assert (ana.member.goals[0].target, ana.answered()) == (12, [])
    ana.text("7")
    assert ana.answered() == [(TODAY, 7)]


def test_the_newest_goal_is_asked_about_first_and_an_older_one_by_its_name() -> None:
    ana = phone("goal: finish my portfolio", "goal: get a mentor by june")
    assert asked(ana) == "goal_plan"
    assert "Finish my portfolio: " in ana.text("Sat 10am")
    assert (asked(ana), ana.member.open_question and ana.member.open_question.about) == ("goal_due", "g1")


# The step


def test_the_step_asks_for_a_goal_ends_with_a_complete_one_and_asks_for_another_when_begun_again() -> None:
    ana = phone("step 2")
    assert asked(ana) == "goal"
    ana.text("apply to 5 jobs by 30 april")
    assert "your SMART goals" in ana.text("Tue 7pm")
    assert asked(ana) == "next_step"
    ana.text("step 2")
    assert asked(ana) == "goal"


@pytest.mark.parametrize("text", ["no", "none", "no goals"])
def test_no_goal_is_fine(text: str) -> None:
    ana = phone("step 2")
    assert ana.text(text).startswith("That is fine.")
    assert (ana.member.goals, asked(ana)) == ((), None)


def test_next_asks_for_a_goal_where_there_is_none_and_else_names_a_small_thing_to_do() -> None:
    ana = phone("step 2", "stats", "next")
    assert asked(ana) == "goal"
    assert "Take 10 minutes: what do you want done" in phone("step 2").text("skip")
    ana.text("finish my portfolio")
    assert asked(ana) == "goal_due"


def test_plan_says_where_the_goal_stands() -> None:
    assert "Apply to 5 jobs: 0 of 5, 58 days left, on pace." in phone("step 2", "apply to 5 jobs by 30 april").text(
        "plan"
    )


def test_the_step_asks_for_a_goal_however_it_was_begun() -> None:
    ana = phone("step 1", "done with step", "yes")
    assert asked(ana) == "goal"
    ana = phone("step 2", *COMPLETE).at("2026-03-10T12:00")
    ana.text("step 2")
    assert asked(ana) == "goal"
    assert ana.text("skip").startswith("Fine, we leave that out.")
    assert asked(ana) == "next_step"


# Progress


@pytest.mark.parametrize(
    ("text", "done", "said"),
    [
        ("applied to 2 more jobs", 2, "Apply to 5 jobs: 2 of 5, 58 days left, ahead of pace."),
        ("7. I'm at 3 jobs now", 3, "Apply to 5 jobs: 3 of 5, 58 days left, ahead of pace."),
        ("3 down, 2 to go", 3, "Apply to 5 jobs: 3 of 5, 58 days left, ahead of pace."),
    ],
)
def test_progress_moves_a_goal_and_its_pace_is_told(text: str, done: float, said: str) -> None:
    ana = phone(*COMPLETE)
    assert ana.text(text).endswith(said)
    assert ana.member.goals[0].done == done


def test_who_is_behind_hears_what_gets_them_there() -> None:
    ana = phone(*COMPLETE).at("2026-04-20T12:00")
    assert ana.text("applied to a job").endswith(
        "Apply to 5 jobs: 1 of 5, 10 days left, a bit behind; one every 2 days gets you there."
    )


@pytest.mark.parametrize(
    "text", ["applied to 5 jobs!", "7. done with my applications goal!", "5 jobs down", "goal 1 done"]
)
def test_a_goal_that_is_reached_is_celebrated_and_closed(text: str) -> None:
    ana = phone(*COMPLETE)
    said = ana.text(text)
    assert "apply to 5 jobs" in said and "of 5" not in said
    (one,) = ana.member.goals
    assert (one.state, one.ended_on, one.done, one.cue) == ("done", TODAY, 5, None)
    assert ana.member.journal[-1].wins
    ana.text("undo")
    assert (ana.member.goals[0].state, ana.member.goals[0].cue, ana.member.journal) == (
        "open",
        phone(*COMPLETE).member.goals[0].cue,
        (),
    )


def test_several_goals_move_in_one_message() -> None:
    ana = phone("goal: apply to 5 jobs by 30 april", "skip", "goal: read 4 books by june", "skip")
    ana.text("applied to 2 jobs and read a book")
    assert [one.done for one in ana.member.goals] == [2, 1]


# The list


def test_the_list_has_every_open_goal_by_its_number() -> None:
    ana = phone(*COMPLETE, "goal: learn to cook", "done", "skip", "skip")
    assert ana.text("goals").startswith(
        "1) Apply to 5 jobs: 0 of 5, 58 days left, on pace. 2) Learn to cook: no date yet. "
    )
    ana.text("drop goal 1")
    assert ana.text("goals").startswith("1) Learn to cook: no date yet. ")


TEXTS = st.text(min_size=1, max_size=120).filter(str.strip)


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=8), st.integers(1, 99999), st.none() | st.integers(0, 400))
def test_the_list_fits_two_segments_whatever_the_goals_are(names: list[str], target: int, days: int | None) -> None:
    due = TODAY + timedelta(days=days) if days is not None else None
    known = [goal(id=f"g{n}", text=text, target=target, due=due) for n, text in enumerate(names, 1)]
    said = Phone(member(goals=known), NOON).text("goals")
    assert count_segments(said).count <= 2
    assert all(f"{n}) " in said for n in range(1, len(names) + 1)) or "..." in said


def test_eight_goals_are_listed_each_with_its_pace() -> None:
    known = [
        goal(id=f"g{n}", text=f"apply to {n + 10} jobs in design", target=n + 10, due=date(2026, 12, n))
        for n in range(1, 9)
    ]
    said = Phone(member(goals=known), NOON).text("goals")
    assert all(f"{n}) Apply to" in said for n in range(1, 9))
    assert said.count("on pace") == 8
    assert count_segments(said).count == 2


def test_a_ninth_goal_has_to_wait() -> None:
    known = [goal(id=f"g{n}", text=f"read book {n}") for n in range(1, 9)]
    ana = Phone(member(goals=known), NOON)
    assert ana.text("goal: learn to cook").startswith("Eight goals at once is plenty.")
    assert len(ana.member.goals) == 8


def test_the_same_goal_told_again_is_the_same_goal() -> None:
    ana = phone("goal: finish my portfolio", "Goal: Finish my portfolio by june")
    (one,) = ana.member.goals
    assert (one.id, one.due) == ("g1", date(2026, 6, 30))


# Ending and changing


@pytest.mark.parametrize("text", ["goals", "goal 1 done", "drop goal 1", "goal 1 by friday", "drop the goal"])
def test_without_goals_commands_say_how_to_set_one(text: str) -> None:
    assert phone().text(text) == "No goal is open. Text one like this: goal: apply to 5 jobs by June."


@pytest.mark.parametrize("text", ["goal 2 done", "drop goal 0", "change goal 9 to 3 jobs"])
def test_a_number_that_no_goal_has_is_answered_in_words(text: str) -> None:
    ana = phone(*COMPLETE)
    assert ana.text(text).startswith("I do not see that one")
    assert ana.member.goals[0].state == "open"


def test_the_only_goal_needs_no_number_and_one_of_several_does() -> None:
    ana = phone(*COMPLETE, "goal: finish my portfolio by june", "skip")
    assert ana.text("drop the goal").startswith("Which one?")
    ana.text("drop goal 2")
    ana.text("drop the goal")
    assert [one.state for one in ana.member.goals] == ["dropped", "dropped"]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("change goal 1 to 8 jobs by June", {"text": "apply to 8 jobs", "target": 8, "due": date(2026, 6, 30)}),
        ("make goal 1 3", {"text": "apply to 3 jobs", "target": 3}),
        ("goal 1 by friday", {"due": date(2026, 3, 6)}),
        ("move goal 1 to 15 may", {"due": date(2026, 5, 15)}),
        ("goal 1 to wednesdays 6pm", {"cue": Cue(days=("wed",), at=time(18), action="open the job board")}),
        ("change goal 1 to 3 interviews", {"text": "3 interviews", "target": 3, "unit": "interviews", "done": 0}),
        ("change goal 1 to get promoted", {"text": "get promoted", "target": None, "unit": None, "done": 0}),
        ("goal 1 by 1 march 2026", {}),
        ("change goal 1 to something easier", {}),
    ],
)  # fmt: skip
def test_a_goal_is_changed_in_what_is_named_and_keeps_the_rest(text: str, changes: dict[str, Any]) -> None:
    ana = phone(*COMPLETE, "applied to 2 jobs")
    before = ana.member.goals[0]
    ana.text(text)
    after = ana.member.goals[0].model_copy(update={"settled": before.settled})
    assert after == before.model_copy(update=changes)
    if changes:
        ana.text("undo")
        assert ana.member.goals[0] == before


def test_a_goal_made_as_small_as_what_is_done_is_reached() -> None:
    ana = phone(*COMPLETE, "applied to 3 jobs")
    ana.text("change goal 1 to 3 jobs")
    assert ana.member.goals[0].state == "done"


def test_words_of_a_member_are_cut_before_they_are_kept() -> None:
    ana = phone(f"goal: finish {'very ' * 60}long letters by june", f"Tue 7pm, then I {'read and ' * 30}write")
    (one,) = ana.member.goals
    assert len(one.text) <= 100 and one.cue is not None and len(one.cue.action) <= 60


def test_the_fullest_goals_leave_room_for_the_rest_of_a_members_state() -> None:
    every_day = Cue(days=WEEKDAYS, at=time(19), action="x" * 60)
    full = {"text": "x" * 100, "unit": "x" * 30, "value": "x" * 25, "cue": every_day, "due": TODAY, "settled": PARTS}
    kept = member(goals=[goal(id=f"g{n}", **full) for n in range(goals.MOST_OPEN + 5)])
    assert 2 * len(kept.model_dump_json(include={"goals"})) < 20_000  # they are in what UNDO restores as well


@settings(max_examples=40)
@given(TEXTS, st.sampled_from(["skip", "5", "by june", "keep", "tue 7pm", "what?"]))
def test_every_answer_about_a_goal_fits_two_segments(text: str, answer: str) -> None:
    values = tuple(text[:60] for _ in range(5))
    ana = Phone(member(goals=[goal(text=text, target=None)], plan=Plan(values=values)), NOON)
    for said in ("step 2", answer, answer, answer, "plan", "next"):
        assert count_segments(ana.text(said)).count <= 2


# A step that is mended


@pytest.mark.parametrize(
    ("texts", "done"),
    [
        (["applied to 2 jobs", "sorry meant 3"], 3),
        (["applied to 2 jobs", "applied to 1 job", "sorry meant 2"], 4),
        (["applied to 2 jobs", "I have applied to 4 jobs in total", "sorry meant 3"], 3),
        (["rough one. applied to 2 jobs", "sorry meant 3"], 3),
        (["applied to 2 jobs", "sorry meant 3", "thanks", "sorry, meant 1"], 1),
        (["applied to 5 jobs", "sorry meant 4"], 4),
    ],
)
def test_a_correction_of_what_only_moved_a_goal_mends_that_step(texts: list[str], done: float) -> None:
    ana = phone(goals=[goal()])
    for text in texts[:-1]:
        ana.turn(text)
    moods = ana.answered()
    assert ana.text(texts[-1]).startswith(f"Mended: {done:g} of 5.")
    assert (ana.member.goals[0].done, ana.member.goals[0].state, ana.answered()) == (done, "open", moods)


def test_a_correction_that_reaches_the_goal_celebrates_it() -> None:
    ana = phone(goals=[goal()])
    ana.turn("applied to 2 jobs")
    assert "pply to 5 jobs" in ana.text("sorry meant 5")
    assert (ana.member.goals[0].done, ana.member.goals[0].state) == (5, "done")


def test_what_was_mended_is_taken_back_as_one() -> None:
    ana = phone(goals=[goal()])
    ana.turn("applied to 2 jobs")
    ana.turn("sorry meant 3")
    assert ana.text("undo") == "Taken back: a change to your goals."
    assert ana.member.goals[0].done == 2


@pytest.mark.parametrize(
    "texts",
    [
        ["6. applied to 2 jobs", "sorry meant 4"],
        ["applied to 2 jobs", "6", "sorry meant 4"],
        ["6", "win: called Ben", "sorry meant 4"],
        ["applied to 2 jobs", "yesterday 6", "sorry meant 4"],
    ],
)
def test_a_correction_after_a_score_mends_the_score(texts: list[str]) -> None:
    ana = phone(goals=[goal()])
    for text in texts[:-1]:
        ana.turn(text)
    done = ana.member.goals[0].done
    assert ana.text(texts[-1]).startswith("Mended: 4 for ")
    assert ana.member.goals[0].done == done
