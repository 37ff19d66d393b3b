"""The weekly review: what it asks, what becomes of its answer, and how the next one begins."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.rehearsal import BRAND
from shared.content import texts
from shared.content.segments import count_segments
from shared.content.texts import LANGUAGES, Language
from shared.domain import judging, nudging, schedule, weekly_note
from shared.domain.answers import review
from shared.domain.models import Entry, Goal, Kind, Nudge
from tests.unit.conversing import Phone, member, new_york

SUNDAY, NOON = date(2026, 3, 8), new_york("2026-03-08T12:00")


def reviewed(phone: Phone, local: str = "2026-03-08T19:30") -> Phone:
    """The week's review goes out."""
    phone.at(local)
    (nudge,) = schedule.asked_for(phone.member, Kind.WEEKLY_REVIEW, f"at {local}", phone.now)
    phone.keep(nudging.outcome(nudge, phone.member, judging.Verdict.SEND, phone.now))
    return phone


def question(phone: Phone, day: date = SUNDAY) -> str:
    nudge = Nudge(member_id="ana", kind=Kind.WEEKLY_REVIEW, channel="sms", day=day, due_at=phone.now)
    return nudging.text_of(nudge, phone.member, BRAND)


@pytest.fixture
def asked() -> Phone:
    return reviewed(Phone(member()))


def test_the_review_asks_for_the_best_win_and_a_small_step_in_one_question() -> None:
    for wording in (*texts.catalogue("en")["review.question"], *texts.catalogue("en")["review.after"]):
        assert wording.count("?") == 1
        assert "step" in wording
    assert question(Phone(member())) in texts.catalogue("en")["review.question"]


def test_the_wording_changes_from_week_to_week() -> None:
    phone = Phone(member())
    weeks = [date.fromordinal(SUNDAY.toordinal() + 7 * n) for n in range(10)]
    assert len({question(phone, week) for week in weeks}) >= 3
    assert question(phone, SUNDAY) == question(phone, SUNDAY)


def test_a_win_is_recorded_and_the_step_kept_and_said_back(asked: Phone) -> None:
    said = asked.text("Finally asked about the course. next week I'm going to visit the evening class")
    (entry,) = asked.turns[-1].entries
    assert (entry.day, entry.kind, entry.wins) == (SUNDAY, "answered", ("asked about the course",))
    assert asked.member.plan.intention == "visit the evening class"
    assert "Win saved: asked about the course." in said and "visit the evening class" in said
    assert asked.member.open_question is None


def test_the_next_review_begins_with_the_step_and_asks_after_it(asked: Phone) -> None:
    asked.text("step: prep the interview questions")
    assert "prep the interview questions" in question(asked)
    reviewed(asked, "2026-03-15T19:30").text("7. nothing else")
    assert asked.member.plan.intention is None
    assert question(asked) in texts.catalogue("en")["review.question"]


def test_the_review_shows_the_week_s_wins_and_looks_ahead_before_it_asks() -> None:
    phone = Phone(member()).at("2026-03-04T19:40")
    phone.text("7 win: sent off my portfolio")
    phone.at("2026-03-06T19:40").text("win: asked Priya for coffee")
    goal = Goal(id="g1", text="finish the course", set_on=date(2026, 2, 1), due=date(2026, 3, 12))
    phone.member = phone.member.model_copy(update={"goals": (goal,)})
    said = question(phone.at("2026-03-08T19:30"))
    assert said.startswith(
        "This week: sent off my portfolio; asked Priya for coffee. Ahead: finish the course, due Thu. "
    )
    assert said.count("?") == 1 and count_segments(said).count <= 2


def test_a_look_ahead_is_at_what_comes_first_in_the_next_seven_days() -> None:
    def ahead(**details: object) -> str:
        return weekly_note.ahead(member(**details), SUNDAY)

    goal = {"id": "g1", "text": "apply to 5 jobs", "set_on": "2026-02-01", "due": "2026-03-15"}
    test = {"text": "teach one class", "begun_on": "2026-02-01", "review": "2026-03-10"}
    cue = {"days": ["tue", "thu"], "at": "19:00", "action": "open the job board"}
    assert ahead(goals=[goal], plan={"experiments": [test]}) == "Ahead: a look back at teach one class, Tue."
    assert ahead(goals=[goal]) == "Ahead: apply to 5 jobs, due Sun."
    assert ahead(goals=[goal | {"due": "2026-03-16"}]) == ""
    assert ahead(goals=[goal | {"due": "2026-03-08"}]) == ""
    assert ahead(goals=[goal | {"due": None, "cue": cue}]) == "Ahead: open the job board, Tue 19:00."
    assert ahead(goals=[goal | {"state": "done", "ended_on": "2026-03-01"}]) == ""


@given(st.lists(st.text(min_size=1, max_size=120), max_size=6), st.text(max_size=100), st.sampled_from(LANGUAGES))
def test_a_review_is_two_segments_at_most_and_its_question_whole(
    wins: list[str], intention: str, language: Language
) -> None:
    told = Entry(day=SUNDAY, at=NOON, source="SM1", kind="answered", wins=tuple(wins))
    who = member(journal=(told,), language=language, plan={"intention": intention or None})
    asked = [*review.questions(who, SUNDAY, NOON + timedelta(hours=8))]
    nudge = Nudge(member_id="ana", kind=Kind.WEEKLY_REVIEW, channel="sms", day=SUNDAY, due_at=NOON)
    said = nudging.text_of(nudge, who, BRAND)
    assert said.endswith(asked[-1]) and count_segments(said).count <= 2


def test_what_came_with_a_call_for_help_is_not_shown_back_in_a_review() -> None:
    phone = Phone(member()).at("2026-03-06T19:40")
    phone.text("I don't want to be here anymore. win: wrote my letters")
    assert "letters" not in question(phone.at("2026-03-08T19:30"))


def test_a_step_that_is_told_in_a_text_of_its_own_belongs_to_the_same_review(asked: Phone) -> None:
    asked.text("win: audit passed")
    assert asked.member.open_question is not None
    said = asked.at("2026-03-09T08:15").text("small step: book the dentist")
    assert "book the dentist" in said and "Noted for" not in said
    assert asked.turns[-1].entries[0].day == SUNDAY
    assert asked.member.plan.intention == "book the dentist"


def test_a_report_of_the_morning_after_is_for_its_own_day_though_the_step_is_still_to_come(asked: Phone) -> None:
    asked.text("win: audit passed")
    assert asked.at("2026-03-09T11:00").text("4, dull meeting").startswith("4 for Mon.")


def test_a_late_answer_counts_for_the_day_of_the_review(asked: Phone) -> None:
    asked.at("2026-03-09T00:40").text("8. win: sent it. step: rest")
    assert asked.answered() == [(SUNDAY, 8)]


def test_the_review_closes_at_the_next_noon(asked: Phone) -> None:
    asked.at("2026-03-09T12:00").text("step: rest")
    assert asked.member.plan.intention is None


def test_an_answer_to_the_review_goes_on_with_the_streak() -> None:
    phone = Phone(member()).prompted("2026-03-07T19:30")
    phone.text("6")
    assert reviewed(phone).member.unanswered == 1
    assert "2-day streak" in phone.text("win: slept in. step: rest")
    assert phone.member.unanswered == 0


def test_a_day_that_was_reported_before_its_review_is_not_counted_as_unanswered() -> None:
    phone = Phone(member()).at("2026-03-08T12:00")
    phone.text("7")
    reviewed(phone)
    assert phone.member.unanswered == 0
    reviewed(phone, "2026-03-15T19:30")
    assert phone.member.unanswered == 1


def test_a_missed_review_is_on_record_like_a_missed_check_in() -> None:
    phone = Phone(member()).at("2026-03-08T22:30")
    nudge = Nudge(member_id="ana", kind=Kind.WEEKLY_REVIEW, channel="sms", day=SUNDAY, due_at=phone.now)
    turn = nudging.outcome(nudge, phone.member, judging.Verdict.MISSED, phone.now)
    assert [(entry.day, entry.kind) for entry in turn.entries] == [(SUNDAY, "missed")]


@pytest.mark.parametrize("text", ["skip", "STOP", "help", "stats", "pause for a week", "nope", "thanks"])
def test_whatever_is_answered_instead_no_step_is_made_of_it(asked: Phone, text: str) -> None:
    asked.text(text)
    assert asked.member.plan.intention is None


def test_a_command_beside_the_step_is_done_as_well(asked: Phone) -> None:
    said = asked.text("text me at 6pm instead. step: take a day off")
    assert asked.member.plan.intention == "take a day off"
    assert "18:00" in said and "take a day off" in said


def test_undo_takes_the_step_back(asked: Phone) -> None:
    asked.text("win: x. step: call the bank")
    asked.text("undo")
    assert asked.member.plan.intention is None
    assert asked.member.open_question is not None


def test_of_a_crisis_no_step_is_kept(asked: Phone) -> None:
    asked.text("I want to die. small step for next week: I do not plan a next week")
    assert asked.member.plan.intention is None


@pytest.mark.parametrize("intention", ["x" * 100, "🎉é " * 25])
def test_the_longest_step_still_leaves_the_question_whole(intention: str) -> None:
    phone = Phone(member(plan={"intention": intention}))
    for n in range(7):
        said = question(phone, date.fromordinal(SUNDAY.toordinal() + n))
        assert count_segments(said).count <= 2
        assert said.endswith("?")


def test_members_with_an_intention_differ_in_nothing_that_decides_when_nudges_come(asked: Phone) -> None:
    turn = asked.turn("step: rest")
    assert not turn.rescheduled
