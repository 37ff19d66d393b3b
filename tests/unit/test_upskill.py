"""Step 3: what is learned, what reports count of it, and the skill that goes along."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.content.segments import count_segments
from shared.domain.models import Learning, StepState
from tests.unit.conversing import TUESDAY, Phone, member, new_york

NOON = new_york("2026-03-03T12:00")


def learner(*learning: Learning, **plan: object) -> Phone:
    """A member on step 3 who learns that."""
    state = {"step": "upskill", "steps": {"upskill": StepState(begun_on=TUESDAY)}, "learning": learning, **plan}
    return Phone(member(plan=state), NOON)


SQL = Learning(text="SQL on Udemy", begun_on=TUESDAY, certificate="none needed", skill="data analysis")
FRESH = SQL.model_copy(update={"skill": None})


def has_ended(phone: Phone) -> bool:
    return phone.member.plan.steps["upskill"].ended_on is not None


def now(phone: Phone) -> Learning:
    return phone.member.plan.learning[-1]


def test_what_is_learned_is_asked_for_and_only_what_is_missing_after_it() -> None:
    phone = Phone(member(), NOON)
    assert phone.text("STEP 3").endswith("if there is one.")
    assert "a course (Coursera" in phone.text("python")
    assert "certificate at the end of python" in phone.text("on udemy")
    phone.text("no")
    assert (now(phone).text, now(phone).means, now(phone).certificate) == ("python", "udemy", None)
    assert phone.member.open_question is None


def test_a_certificate_that_is_named_at_once_is_not_asked_for() -> None:
    phone = Phone(member(), NOON)
    phone.text("step 3")
    phone.text("the Google Analytics certificate")
    assert phone.member.open_question is None


def test_a_language_that_is_learned_is_not_taken_for_the_service_s_own() -> None:
    phone = Phone(member(), NOON)
    phone.text("step 3")
    phone.text("Spanish")
    assert (now(phone).text, phone.member.language) == ("Spanish", "en")


@pytest.mark.parametrize("text", ["7", "rough one", "win: sent my CV", "thanks", "what do you mean?", "STATS", "HELP"])
def test_what_is_no_answer_leaves_the_question_open_and_is_heard_as_ever(text: str) -> None:
    phone, plain = Phone(member(), NOON), Phone(member(), NOON)
    phone.text("step 3")
    assert phone.text(text) == plain.text(text)
    assert phone.member.plan.learning == ()
    assert phone.member.open_question is not None and phone.member.open_question.asked == "learning"


def test_hours_and_parts_are_counted_from_any_report_and_said() -> None:
    phone = learner(SQL)
    assert "2 hours" in phone.text("7, studied 2 hours")
    assert "30 minutes (2.5 hours in all)" in phone.text("half an hour of sql")
    assert "3 modules" in phone.text("finished module 3")
    assert "1 module (4 modules in all)" in phone.text("finished a module")
    assert now(phone).counted == {"hour": 2.5, "module": 4}


def test_the_same_module_told_twice_counts_once() -> None:
    phone = learner(SQL)
    phone.text("finished module 3")
    phone.text("finished module 3")
    assert now(phone).counted == {"module": 3}


def test_undo_takes_back_what_was_counted() -> None:
    phone = learner(SQL)
    phone.text("studied 2 hours")
    phone.text("undo")
    assert now(phone) == SQL


def test_who_never_began_the_step_is_told_nothing_of_it() -> None:
    phone = Phone(member(), NOON)
    assert phone.text("7. enrolled in a SQL course. studied 2 hours").startswith("7 for Tue. Wins saved")
    assert phone.member.plan.learning == ()


def test_the_skill_is_asked_for_once_there_is_something_to_look_back_at() -> None:
    phone = learner(FRESH)
    assert phone.text("next") != ""
    assert phone.member.open_question is None
    assert phone.text("studied 1 hour").endswith("Like leadership, data analysis, explaining things.")
    phone.text("explaining numbers")
    assert now(phone).skill == "explaining numbers"


@pytest.mark.parametrize("text", ["will finish the course this month", "half an hour of sql", "finished module 2", "6"])
def test_plans_and_reports_are_no_skill(text: str) -> None:
    phone = learner(FRESH)
    phone.text("studied 1 hour")
    phone.text(text)
    assert now(phone).skill is None
    assert phone.member.open_question is not None and phone.member.open_question.asked == "skill"


def test_finishing_ends_the_step_once_nothing_else_is_wanted() -> None:
    phone = learner(SQL)
    assert "What would you like to learn next?" in phone.text("9. finished the SQL course!")
    assert now(phone).ended_on == TUESDAY
    phone.text("no")
    assert has_ended(phone)


def test_another_may_follow_and_is_what_counts_from_then_on() -> None:
    phone = learner(SQL)
    phone.text("finished the SQL course")
    phone.text("Tableau, by a book")
    phone.at("2026-03-05T19:30").text("read chapter 2")
    assert [(one.text, one.counted) for one in phone.member.plan.learning] == [
        ("SQL on Udemy", {}),
        ("Tableau, by a book", {"chapter": 2}),
    ]


def test_so_much_with_its_skill_named_is_enough_and_goes_on_being_counted() -> None:
    phone = learner(SQL)
    phone.text("studied 11 hours this week")
    assert has_ended(phone)
    phone.text("studied 1 hour")
    assert now(phone).counted == {"hour": 12}


def test_a_second_round_is_not_over_before_it_began() -> None:
    phone = learner(SQL)
    phone.text("studied 11 hours this week")
    phone.at("2026-03-10T12:00")
    phone.text("STEP 3")
    phone.text("studied 1 hour")
    assert not has_ended(phone)
    assert "What would you like to learn next?" in phone.text("finished the sql course")


def test_a_report_says_which_of_two_it_is_about() -> None:
    phone = learner(SQL, SQL.model_copy(update={"text": "Excel"}))
    phone.text("2 hours of sql")
    phone.text("studied 1 hour")
    assert [one.counted for one in phone.member.plan.learning] == [{"hour": 2}, {"hour": 1}]


def test_a_course_taken_up_in_a_report_answers_what_was_asked() -> None:
    phone = Phone(member(), NOON)
    phone.text("step 3")
    said = phone.text("8, signed up for a webinar on pay talks")
    assert "Win saved: signed up for a webinar on pay talks." in said
    assert (now(phone).text, phone.member.open_question) == ("webinar on pay talks", None)


def test_plan_says_what_is_learned_what_was_counted_and_what_it_shows() -> None:
    phone = learner(SQL.model_copy(update={"counted": {"hour": 2.5, "lesson": 1}}))
    assert "You are learning SQL: 2.5 hours, 1 lesson so far. It shows: data analysis." in phone.text("PLAN")


def test_an_answer_to_what_an_undo_took_away_is_no_error() -> None:
    phone = Phone(member(), NOON)
    phone.text("step 3")
    phone.text("python")
    phone.text("undo")
    for text in ("on udemy", "yes, the big one", "teamwork"):
        phone.text(text)


ANSWERS = st.sampled_from(
    [
        "step 3",
        "next",
        "no",
        "yes",
        "skip",
        "undo",
        "plan",
        "studied 2 hours",
        "finished module 3",
        "finished the course",
    ]
)


@settings(max_examples=60)
@given(st.lists(ANSWERS | st.text(max_size=400) | st.text("abc ,", min_size=50, max_size=400), max_size=8))
def test_whatever_is_answered_gets_at_most_one_text_of_two_segments(texts: list[str]) -> None:
    phone = learner()
    for text in ("step 3", *texts):
        assert count_segments(phone.text(text)).count <= 2


def test_what_is_kept_is_bounded() -> None:
    phone = learner()
    for number in range(30):
        phone.text(f"signed up for a course on {number} {'very ' * 30} long things")
        phone.text(f"finished module {number} and studied 1 hour")
        phone.text("words " * 60)
    assert len(phone.member.plan.learning) == 10
    assert len(phone.member.plan.model_dump_json()) < 6_000
