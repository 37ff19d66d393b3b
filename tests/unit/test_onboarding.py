"""The first conversation, the monthly look at the signs, the way from step to step, and the stories."""

import re
from datetime import date
from itertools import combinations

import pytest

from shared.content.segments import count_segments
from shared.content.texts import catalogue
from shared.domain.answers import onboarding, stories
from shared.domain.message import Help
from shared.domain.models import STEPS, Kind, OpenQuestion, Plan, StepName, StepState
from tests.unit.conversing import TUESDAY, Phone, member, new_york, newcomer

ARTICLE = {"signs": 5, "causes": 5, "steps": 6, "examples": 6, "kinds of help": 3, "stories": 3}


@pytest.fixture
def ana() -> Phone:
    """Ana, at noon, who has just said YES and is asked about the signs."""
    phone = Phone(newcomer(), new_york("2026-03-03T12:05"))
    assert "Which fit you? 1 Monday dread" in phone.text("yes")
    return phone


@pytest.fixture
def offered(ana: Phone) -> Phone:
    """Ana, who is suggested step 3."""
    ana.text("3")
    return ana


def monthly(signs: tuple[int, ...], step: StepName | None = "goals") -> Phone:
    """Ana, a month later, asked about the signs again."""
    steps = {step: StepState(begun_on=TUESDAY)} if step else {}
    found = Plan(signs=signs, signs_on=date(2026, 2, 1), step=step, steps=steps)
    asked = OpenQuestion(asked="rut_check", day=TUESDAY, at=new_york("2026-03-03T09:00"))
    return Phone(member(plan=found, open_question=asked))


def test_everything_in_the_article_has_its_place_in_the_content() -> None:
    def counted(section: str) -> int:
        return sum(key.startswith(f"{section}.") for key in catalogue("en"))

    assert {
        "signs": counted("signs"),
        "causes": counted("causes"),
        "steps": sum(f"plan.{step}" in catalogue("en") and f"plan.{step}_begun" in catalogue("en") for step in STEPS),
        "examples": counted("examples"),
        "kinds of help": len(Help._fields),
        "stories": counted("stories"),
    } == ARTICLE


def test_claims_without_a_source_are_left_out() -> None:
    claim = re.compile(r"\d\s?%|\bpercent\b|\$\d")
    assert not [text for texts in catalogue("en").values() for text in texts if claim.search(text)]


def test_each_sign_has_a_likely_cause_and_every_cause_its_sign() -> None:
    first = [onboarding.likely_causes((sign,))[0] for sign in onboarding.SIGNS]
    assert {f"causes.{cause}" for cause in first} == {key for key in catalogue("en") if key.startswith("causes.")}


# The first day


@pytest.mark.parametrize("count", range(6))
def test_any_signs_get_a_suggestion_with_its_reason_in_two_segments(count: int) -> None:
    for signs in combinations(onboarding.SIGNS, count):
        phone = Phone(newcomer(), new_york("2026-03-03T12:05"))
        phone.text("yes")
        said = phone.text(" and ".join(map(str, signs)) or "none")
        assert catalogue("en")[f"onboarding.because_{onboarding.suggested_step(signs)}"][0] in said
        assert said.endswith("1 audit 2 goals 3 skills 4 network 5 risks 6 health.")
        assert (said.count("?"), "..." in said, count_segments(said).count) == (0, False, 2)


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        ("YES", "upskill"),
        ("ok sure", "upskill"),
        ("👍", "upskill"),
        ("6", "wellbeing"),
        ("Step 2", "goals"),
        ("goals", "goals"),
        ("audit", "audit"),
        ("the first one", "audit"),
        ("network please", "network"),
        ("mental health", "wellbeing"),
    ],
)
def test_the_choice_is_the_members_and_is_no_score_and_no_command(offered: Phone, answer: str, step: str) -> None:
    said = offered.text(answer)
    assert "One small thing to start today." in said and said.endswith("Text DONE once you have.")
    assert (offered.member.plan.step, offered.member.journal) == (step, ())


@pytest.mark.parametrize("answer", ["no", "nah", "um", "who knows?"])
def test_who_wants_another_or_does_not_know_sees_all_six(offered: Phone, answer: str) -> None:
    assert offered.text(answer).startswith("Six steps, in your order: 1 career audit")
    offered.text("4")
    assert offered.member.plan.step == "network"


@pytest.mark.parametrize(
    ("text", "said"),
    [("7", "7 for Tue."), ("8, got the offer", "8 for Tue."), ("STATS", "Nothing told"), ("call me Sam", "Sam it is.")],
)
def test_a_report_or_a_command_is_taken_as_such_and_the_choice_stays_open(offered: Phone, text: str, said: str) -> None:
    assert offered.text(text).startswith(said)
    offered.text("yes")
    assert offered.member.plan.step == "upskill"


def test_there_are_three_texts_at_most_before_the_first_evening(ana: Phone) -> None:
    ana.text("3 and 4")
    ana.text("yes")
    assert sum(len(turn.replies) for turn in ana.turns) == 3
    assert all(len(turn.replies) == 1 and turn.replies[0].count("?") <= 1 for turn in ana.turns)
    assert ana.turns[0].due and ana.turns[0].due.kinds == (Kind.DAILY_CHECKIN,)


@pytest.mark.parametrize("text", ["hm", "not sure", "why?"])
def test_signs_that_cannot_be_read_are_asked_for_again(ana: Phone, text: str) -> None:
    assert ana.text(text).startswith("The numbers alone will do, like 1 3. Which fit you?")
    assert ana.member.journal == ()
    assert "I suggest step 6" in ana.text("4")


def test_who_skips_the_signs_or_the_choice_skips_no_day(ana: Phone) -> None:
    assert ana.text("skip").startswith("Fine, we leave the signs out. First I would find out")
    assert ana.text("skip") == "No hurry. PLAN shows the six steps whenever you like, STORY somebody who took one."
    assert ana.member.journal == ()


def test_undo_opens_the_signs_again(ana: Phone) -> None:
    ana.text("1")
    ana.text("undo")
    assert "I suggest step 6, mental health" in ana.text("4")


@pytest.mark.parametrize("text", ["DONE", "did it!", "Done."])
def test_what_was_done_today_is_celebrated_and_the_step_goes_on(offered: Phone, text: str) -> None:
    offered.text("audit")
    said = offered.text(text)
    assert any(said.startswith(first) for first in catalogue("en")["plan.did"])
    assert said.endswith("Name up to five things that matter most to you at work.")
    assert offered.member.journal == ()


def test_done_is_understood_after_the_evening_question_too_and_is_no_bad_day(offered: Phone) -> None:
    offered.text("audit")
    offered.prompted("2026-03-03T19:30")
    assert offered.text("Done").endswith("Name up to five things that matter most to you at work.")
    assert [entry.kind for entry in offered.member.journal] == ["prompted"]
    assert offered.text("6").startswith("6 for Tue.")


def test_who_is_done_in_by_the_day_has_done_nothing_yet(offered: Phone) -> None:
    offered.text("audit")
    assert "counts" not in offered.text("done in by the budget meeting, 3")
    assert [entry.mood for entry in offered.member.journal] == [3]


def test_what_was_done_is_a_win_where_it_is_named(offered: Phone) -> None:
    offered.text("audit")
    said = offered.text("done, wrote the list")
    assert said == "Noted for Tue. Win saved: wrote the list. Name up to five things that matter most to you at work."
    assert [(entry.mood, entry.wins) for entry in offered.member.journal] == [(None, ("wrote the list",))]


# Each month


@pytest.mark.parametrize(
    ("before", "answer", "said"),
    [
        ((1, 3, 4), "none", "None of the five"),
        ((1, 3, 4), "3", "Monday dread, exhaustion"),
        ((3,), "3 and 5", "last time: envy of others"),
        ((1, 2), "2 and 4", "1 of 5|2 of 5 fit now"),
        ((1, 2), "1 2", "same as last time|The same 2 as last time"),
        ((), "none", "None of the five"),
    ],
)
def test_the_signs_are_told_against_the_last_time(before: tuple[int, ...], answer: str, said: str) -> None:
    phone = monthly(before)
    told = phone.text(answer)
    assert re.search(said, told) and told.endswith("PLAN shows your step, STORY somebody who took one.")
    assert count_segments(told).count <= 2
    assert (phone.member.plan.signs_before, phone.member.plan.signs_on) == (before, TUESDAY)


def test_what_went_and_what_came_are_both_named() -> None:
    told = monthly((1, 2)).text("2 and 4")
    assert re.search("Monday dread.*exhaustion.*2 of 5 fit now", told)


def test_who_is_on_no_step_yet_is_suggested_one_again() -> None:
    phone = monthly((1, 2), step=None)
    assert "I suggest step 6, mental health." in phone.text("4")
    phone.text("yes")
    assert phone.member.plan.step == "wellbeing"


# From step to step


def test_the_plan_of_who_has_begun_nothing_lists_the_steps_and_takes_a_number() -> None:
    phone = Phone(member())
    assert phone.text("PLAN").startswith("Six steps, in your order")
    assert phone.text("2").startswith(("Good choice: SMART goals.", "Good, SMART goals it is."))
    assert phone.text("PLAN").startswith("You are on step 2, SMART goals.")


def test_next_goes_to_the_following_step_once_one_has_ended() -> None:
    ended = StepState(begun_on=TUESDAY, ended_on=TUESDAY)
    phone = Phone(member(plan=Plan(step="audit", steps={"audit": ended, "goals": ended})))
    assert phone.text("PLAN") == (
        "Done: career audit, SMART goals. NEXT begins step 3, upskilling; STEP and a number from 1 to 6 picks any."
    )
    assert phone.text("NEXT").startswith("Step 3, upskilling")


def test_the_plan_of_who_has_done_all_fits_and_offers_a_second_round() -> None:
    ended = {step: StepState(begun_on=TUESDAY, ended_on=TUESDAY) for step in STEPS}
    said = Phone(member(plan=Plan(step="audit", steps=ended))).text("PLAN")
    assert said.endswith("STEP and its number.") and count_segments(said).count <= 2


@pytest.mark.parametrize("answer", ["yes", "ok let's go"])
def test_the_step_that_was_offered_begins_with_a_yes(answer: str) -> None:
    phone = Phone(member())
    phone.text("STEP 3")
    assert phone.text("done with step").endswith(
        "Shall we go on with step 1, career audit? YES, or STEP and another number."
    )
    assert phone.text(answer).startswith("Step 1, career audit")


def test_the_step_that_was_offered_can_wait_and_a_score_stays_a_score() -> None:
    phone = Phone(member())
    phone.text("STEP 3")
    phone.text("done with step")
    assert phone.text("6") == "6 for Tue."
    assert (
        phone.text("not today") == "No hurry. PLAN shows the six steps whenever you like, STORY somebody who took one."
    )
    assert phone.member.plan.step == "upskill"


@pytest.mark.parametrize("number", range(1, 7))
def test_each_step_begins_with_an_example_and_one_question_at_most(number: int) -> None:
    for day in range(3, 15):
        said = Phone(member(), new_york(f"2026-03-{day:02}T12:00")).text(f"STEP {number}")
        assert any(example in said for example in catalogue("en")[f"examples.{STEPS[number - 1]}"])
        assert (said.count("?") <= 1, "..." in said, count_segments(said).count <= 2) == (True, False, True)


# Stories


@pytest.mark.parametrize("step", STEPS)
def test_a_story_fits_the_step_and_another_is_another(step: StepName) -> None:
    phone = Phone(member(plan=Plan(step=step, steps={step: StepState(begun_on=TUESDAY)})))
    told = phone.text("STORY")
    assert told in {catalogue("en")[f"stories.{story}"][0] for story in stories.STORIES}
    assert phone.text("another story") not in ("", told)
    assert phone.member.journal == ()


def test_every_story_is_told_on_some_step() -> None:
    told = set()
    for step in STEPS:
        phone = Phone(member(plan=Plan(step=step, steps={step: StepState(begun_on=TUESDAY)})))
        told.add(phone.text("story"))
    assert len(told) == ARTICLE["stories"]
