"""What members say of what they learn: hours, parts, ends and beginnings, and what is none of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.answers.learning import (
    about,
    has_certificate,
    is_finished,
    read_begun,
    read_skills,
    read_studied,
    read_subject,
    short_name,
)

PYTHON = about("Python on Udemy", "course")


def counted(text: str) -> list[tuple[str, float]]:
    """Units with how many more; a number that was reached stands for itself, below zero."""
    return [(one.unit, -one.reached or one.amount) for one in read_studied(text, PYTHON)]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("studied 2 hours", 2),
        ("6. budget mtg. studied 1 hr", 1),
        ("2 hours of python", 2),
        ("2h on the course", 2),
        ("spent 45 min on python", 0.75),
        ("half an hour of studying", 0.5),
        ("studied for an hour and a half", 1.5),
        ("1.5h studying", 1.5),
        ("1h30 of python", 1.5),
        ("2 hours and 30 minutes of python", 2.5),
        ("estudié 2 horas", 2),
    ],
)
def test_hours_of_learning_are_counted(text: str, hours: float) -> None:
    assert counted(text) == [("hour", hours)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("finished module 3", ("module", -3)),
        ("did modules 3 and 4", ("module", -4)),
        ("did modules 3-5", ("module", -5)),
        ("finished the third module", ("module", -3)),
        ("3rd module finished", ("module", -3)),
        ("3 of 10 modules done", ("module", -3)),
        ("3/10 lessons", ("lesson", -3)),
        ("finished 2 modules", ("module", 2)),
        ("watched 2 lectures", ("lesson", 2)),
        ("another lesson done", ("lesson", 1)),
        ("did a lesson", ("lesson", 1)),
        ("read chapter 4", ("chapter", -4)),
        ("terminé el módulo 3", ("module", -3)),
    ],
)
def test_parts_are_counted_as_so_many_more_or_as_the_one_that_was_reached(text: str, part: tuple[str, float]) -> None:
    assert counted(text) == [part]


def test_one_report_may_hold_hours_and_parts() -> None:
    assert counted("studied for 2 hrs and finished module 3") == [("hour", 2), ("module", -3)]


@pytest.mark.parametrize(
    "text",
    [
        "worked 12 hours",
        "3 hours of meetings",
        "taught 2 hours",
        "read 2 chapters of my novel",
        "halfway through module 3",
        "starting module 4",
        "on module 4",
        "2 modules left",
        "2 more modules to go",
        "didn't study",
        "no study today",
        "will study 2 hours",
        "studied 0 hours",
        "3. mandatory training, 2 hours of my life gone",
    ],
)
def test_other_hours_plans_and_what_is_still_ahead_are_not_counted(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "finished the Python course!",
        "done with the course today",
        "passed the exam!!",
        "passed the python exam with 92%",
        "got my certificate",
        "got certified",
        "python course is done",
        "completed the udemy course",
        "terminé el curso",
    ],
)
def test_the_end_of_the_whole_is_heard(text: str) -> None:
    assert is_finished(text, PYTHON)


@pytest.mark.parametrize(
    "text",
    [
        "finished module 3 of the course",
        "done with the course for now",
        "passed the PMP exam",
        "got the course for free",
        "finished the Python script at work",
        "finished half the course",
        "almost finished the course",
        "will finish the course soon",
        "finished the course homework",
    ],
)
def test_a_part_a_plan_or_another_thing_is_no_end(text: str) -> None:
    assert not is_finished(text, PYTHON)


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("7. finally signed up for a Udemy course on SQL today!", "Udemy course on SQL"),
        ("4. boring. signed up for a webinar on negotiation though", "webinar on negotiation"),
        ("enrolled in the PMP", "PMP"),
        ("started module 3 of my course", None),
        ("didn't sign up for the course", None),
        ("joined a meeting", None),
        ("booked the holiday", None),
    ],
)
def test_a_new_course_is_heard_in_a_report(text: str, begun: str | None) -> None:
    assert read_begun(text) == begun


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("I want to learn SQL on coursera", "SQL on coursera"),
        ("I'd like to get better at public speaking", "public speaking"),
        ("yeah tableau maybe", "tableau"),
        ("Maybe an online course? Not sure", "online course"),
        ("C++", "C++"),
        ("a", ""),
        ("", ""),
    ],
)
def test_what_is_learned_is_kept_without_the_talk_around_it(text: str, subject: str) -> None:
    assert read_subject(text) == subject


def test_a_long_answer_is_cut_at_a_word() -> None:
    said = read_subject("machine learning with the course that everybody at work says is worth every minute of it")
    assert said == "machine learning with the course that everybody at work..."
    assert short_name("SQL, the Udemy course") == "SQL"


def test_a_certificate_is_known_from_what_one_learns_by() -> None:
    assert [has_certificate(text) for text in ("PMP exam prep", "a book", "SQL")] == [True, False, None]


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("data analysis, I think, and explaining numbers", "data analysis, explaining numbers"),
        ("leading a team", "leading a team"),
        ("will finish the course this month", ""),
        ("did not study", ""),
    ],
)
def test_skills_are_kept_and_sentences_are_none(text: str, skills: str) -> None:
    assert read_skills(text) == skills


@given(st.text(max_size=300))
def test_no_text_breaks_the_readers(text: str) -> None:
    assert all(0 <= one.amount + one.reached <= 60 for one in read_studied(text, PYTHON))
    assert isinstance(is_finished(text, PYTHON), bool)
    assert len(read_subject(text)) <= 60 and len(read_skills(text)) <= 60
    assert len(read_begun(text) or "") <= 60
