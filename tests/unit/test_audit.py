"""Step 1: values weighed in pairs, seven days of energy, what must change, and the page that says it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels import letters
from shared.channels.links import Links
from shared.content.segments import count_segments
from shared.domain import schedule
from shared.domain.models import Entry, Kind, Plan, Requested, Status, StepState
from shared.domain.steps import audit
from shared.domain.summary import Phrase
from tests.unit.conversing import TUESDAY, TUESDAY_EVENING, Phone, member

BEGUN = date(2026, 3, 2)
TOLD: dict[str, Any] = {
    "values": ("impact", "calm", "pay"),
    "compared": 3,
    "core_value": "calm",
    "dealbreakers": ("the commute",),
}


def plan(begun_on: date = BEGUN, **found: Any) -> Plan:
    return Plan(step="audit", steps={"audit": StepState(begun_on=begun_on)}, **found)


def day(day: date, *engaged: str, drained: tuple[str, ...] = ()) -> Entry:
    at = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
    return Entry(day=day, at=at, source=f"of {day}", kind="answered", engaged=engaged, drained=drained)


def days(count: int, last: date = date(2026, 3, 8)) -> tuple[Entry, ...]:
    """So many days up to the last, each with something that engaged."""
    return tuple(day(last - timedelta(days=n), "mentoring Priya") for n in reversed(range(count)))


def on_the_audit(local: str = "2026-03-09T19:30", journal: tuple[Entry, ...] = (), **details: Any) -> Phone:
    found = details.pop("found", {})
    return Phone(member(plan=plan(**found), journal=journal, **details)).at(local)


@pytest.fixture
def ana() -> Phone:
    """Ana, who has just begun the audit and is asked for her values."""
    phone = Phone(member())
    assert phone.text("STEP 1").endswith("Name up to five things that matter most to you at work.")
    return phone


# Values


def test_values_are_said_back_and_the_first_two_are_weighed(ana: Phone) -> None:
    assert ana.text("creativity, then good pay and impact") == (
        "Noted: creativity; good pay; impact. Which matters more: 1 creativity or 2 good pay?"
    )
    assert ana.member.plan.values == ("creativity", "good pay", "impact")


def test_one_value_needs_no_weighing(ana: Phone) -> None:
    assert ana.text("freedom") == "One is plenty: freedom. What in your job must change?"
    assert ana.member.plan.core_value == "freedom"


def test_of_many_values_the_first_five_are_kept(ana: Phone) -> None:
    said = ana.text("pay, calm, impact, learning, freedom, fun, fame")
    assert said.startswith("I keep the first five: pay; calm; impact; learning; freedom. Which matters more")
    assert len(ana.member.plan.values) == 5


@pytest.mark.parametrize(
    ("answers", "core"),
    [
        (("1", "1"), "creativity"),
        (("2", "1"), "stable income"),
        (("2!", "the second one"), "impact"),
        (("creativity", "Impact for sure"), "impact"),
        (("stability", "1. stable income"), "stable income"),
        (("both", "hard to say"), "creativity"),
    ],
)
def test_pairs_lead_to_the_value_that_matters_most(ana: Phone, answers: tuple[str, ...], core: str) -> None:
    ana.text("creativity, a stable income, impact")
    said = [ana.text(answer) for answer in answers]
    assert said[0].count("?") == said[1].count("?") == 1
    assert said[1].endswith("What in your job must change?")
    assert (ana.member.plan.core_value, ana.member.journal) == (core, ())


def test_an_answer_that_cannot_be_read_brings_the_pair_again(ana: Phone) -> None:
    ana.text("creativity, stability")
    assert ana.text("what?") == "1 or 2 will do, or BOTH. Which matters more: 1 creativity or 2 stability?"
    assert ana.text("2").startswith(("What matters most, then: stability.", "So stability", "First of all comes stab"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("7, shipped the report", "7 for Tue. Win saved: shipped the report."),
        ("STATS", "Nothing told in the last 30 days"),
        ("call me Sam", "Sam it is."),
        ("help", "Unstuck: text me how it was"),
    ],
)
def test_a_report_or_a_command_is_taken_as_such_and_the_pair_stays_open(ana: Phone, text: str, said: str) -> None:
    ana.text("creativity, stability")
    assert ana.text(text).startswith(said)
    ana.text("2")
    assert ana.member.plan.core_value == "stability"


def test_a_stop_wins_over_the_pair_and_so_does_a_crisis(ana: Phone) -> None:
    ana.text("creativity, stability")
    assert "988" in ana.text("2. i want to die")
    assert (ana.member.plan.core_value, ana.member.open_question) == (None, None)
    ana.text("stop")
    assert ana.member.status is Status.STOPPED


def test_values_are_asked_for_again_in_other_words_and_can_be_left_out(ana: Phone) -> None:
    assert ana.text("um").startswith("Take your time.")
    assert ana.text("skip") == "Fine, we leave that out. What in your job must change?"
    assert ana.member.plan.values == ()


def test_done_names_no_value(ana: Phone) -> None:
    assert ana.text("done").endswith("Name up to five things that matter most to you at work.")
    assert ana.text("did it").startswith("Take your time.")
    assert ana.member.plan.values == ()


def test_what_must_change_can_come_to_nothing() -> None:
    phone = on_the_audit(found=TOLD)
    assert phone.text("DEALBREAKERS") == "So far: the commute. What in your job must change?"
    phone.text("nothing")
    assert phone.member.plan.dealbreakers == ()


def test_what_must_change_can_be_named_anew_after_the_end() -> None:
    phone = on_the_audit(found=TOLD, journal=days(6)).prompted("2026-03-09T19:30")
    phone.text("4. the budget mtg drained me")
    phone.text("dealbreakers")
    assert phone.text("my hours") == "Noted, must change: my hours."


def test_undo_takes_the_values_back_and_opens_the_question_again(ana: Phone) -> None:
    ana.text("creativity, stability")
    assert ana.text("UNDO") == "Taken back: a change to your plan."
    assert ana.text("calm, pay").startswith("Noted: calm; pay.")


def test_undo_of_a_choice_opens_that_pair_again(ana: Phone) -> None:
    ana.text("creativity, stability, impact")
    ana.text("1")
    ana.text("undo")
    assert ana.text("2").endswith("Which matters more: 1 stability or 2 impact?")


def test_values_can_be_named_anew_at_any_time() -> None:
    phone = on_the_audit(found=TOLD)
    assert phone.text("VALUES").startswith("So far: impact; calm; pay. Name up to five things")
    assert phone.text("freedom, calm").endswith("1 freedom or 2 calm?")
    phone.text("1")
    assert (phone.member.plan.values, phone.member.plan.core_value) == (("freedom", "calm"), "freedom")


# Dealbreakers


def test_what_must_change_is_said_back_with_what_is_still_to_come() -> None:
    phone = on_the_audit(found={**TOLD, "dealbreakers": ()}, journal=days(3))
    assert phone.text("NEXT") == "What in your job must change?"
    assert phone.text("my hours, and the commute") == (
        "Noted, must change: my hours; commute. The rest comes from your check-ins: tell me what gave energy and"
        " what cost it. 3 of 7 days are there."
    )


def test_nothing_that_must_change_is_an_answer_and_not_asked_again() -> None:
    phone = on_the_audit(found={**TOLD, "dealbreakers": ()})
    phone.text("NEXT")
    assert phone.text("nothing really").startswith("Nothing that must change. That is worth knowing, too.")
    assert phone.text("NEXT").startswith("In your next check-in")


# Seven days


def test_days_are_counted_as_they_are_told(ana: Phone) -> None:
    ana.prompted("2026-03-03T19:30")
    assert "1 of 7 days" in ana.text("6. budget mtg drained me")
    assert "days" not in ana.text("loved the team lunch")  # the same day
    ana.prompted("2026-03-04T19:30")
    assert "of 7" not in ana.text("7")
    ana.prompted("2026-03-05T19:30")
    assert "2 of 7 days" in ana.text("8. loved mentoring Priya")


def test_who_is_on_another_step_is_not_told_of_days() -> None:
    phone = Phone(member(plan=plan().model_copy(update={"step": "risks"})))
    assert "of 7" not in phone.text("8. loved mentoring Priya")


def test_the_seventh_day_brings_the_audit_and_offers_the_next_step() -> None:
    phone = on_the_audit(found=TOLD, journal=days(6)).prompted("2026-03-09T19:30")
    turn = phone.turn("4. the budget mtg drained me")
    assert turn.replies[0].startswith("4 for Mon.")
    assert (
        "More of: mentoring Priya (6x). Less of: budget mtg. Must change: the commute. Matters most: calm."
        in (turn.replies[0])
    )
    assert turn.replies[0].endswith("Shall we go on with step 2, SMART goals? YES, or STEP and another number.")
    assert (turn.requests, len(turn.entries)) == ((), 1)
    assert phone.member.plan.steps["audit"].ended_on == date(2026, 3, 9)
    assert phone.text("yes").startswith("Step 2, SMART goals")


def test_the_audit_is_mailed_where_there_is_an_address() -> None:
    phone = on_the_audit(found=TOLD, journal=days(6), email="ana@example.com").prompted("2026-03-09T19:30")
    turn = phone.turn("4. the budget mtg drained me")
    assert turn.requests == (Requested(kind=Kind.AUDIT),)
    assert "The page comes by mail." in turn.replies[0]
    assert phone.text("undo").endswith("cannot be called back.")


def test_a_step_that_is_ended_early_brings_what_there_is(ana: Phone) -> None:
    assert "Your audit" not in ana.text("done with step")
    phone = on_the_audit(found=TOLD)
    assert "Your audit. Must change: the commute. Matters most: calm." in phone.text("DONE WITH STEP")


def test_with_seven_days_the_last_answer_ends_the_step() -> None:
    phone = on_the_audit(found={**TOLD, "dealbreakers": ()}, journal=days(7))
    phone.text("NEXT")
    said = phone.text("the commute")
    assert said.count("commute") == 1 and "Shall we go on with step 2" in said


def test_seven_days_without_the_rest_say_so() -> None:
    phone = on_the_audit(journal=days(6)).prompted("2026-03-09T19:30")
    assert phone.text("8. loved the workshop").endswith("7 of 7 days for your audit. NEXT asks for the rest.")


def test_after_four_weeks_fewer_days_do() -> None:
    phone = on_the_audit("2026-03-30T19:30", found=TOLD, journal=days(2)).prompted("2026-03-30T19:30")
    assert "Your audit. More of: mentoring Priya (2x)." in phone.text("6")


def test_a_long_report_is_cut_and_not_the_audit() -> None:
    phone = on_the_audit(found=TOLD, journal=days(6), email="ana@example.com").prompted("2026-03-09T19:30")
    said = phone.text("4. the budget mtg drained me. win: " + "wrote a long letter " * 20)
    assert said.startswith("4 for Mon.") and "Matters most: calm." in said and said.endswith("another number.")
    assert count_segments(said).count == 2


def test_a_second_round_keeps_the_values_and_takes_seven_new_days() -> None:
    phone = on_the_audit(found=TOLD, journal=days(6)).prompted("2026-03-09T19:30")
    phone.text("4. the budget mtg drained me")
    said = phone.at("2026-03-20T12:00").text("STEP 1")
    assert said.startswith("Step 1, career audit") and said.endswith("0 of 7 days are there.")
    assert "1 of 7 days" in phone.prompted("2026-03-20T19:30").text("8. loved the workshop")


def test_the_plan_says_where_the_audit_stands() -> None:
    assert "It begins with what matters to you." in on_the_audit().text("PLAN")
    assert "Matters most: calm. Energy noted on 3 of 7 days." in on_the_audit(found=TOLD, journal=days(3)).text("PLAN")


# The page


def test_the_audit_is_in_the_members_words_the_most_named_first() -> None:
    journal = (
        day(date(2026, 3, 1), "before the step began"),
        day(date(2026, 3, 2), "sketching", drained=("Budget mtg",)),
        day(date(2026, 3, 3), "mentoring Priya", drained=("budget mtg", "email")),
        day(date(2026, 3, 4), "mentoring Priya"),
    )
    found = audit.build(member(plan=plan(**TOLD), journal=journal))
    assert found == audit.Audit(
        values=("calm", "impact", "pay"),
        core="calm",
        more=(Phrase(text="mentoring Priya", count=2), Phrase(text="sketching", count=1)),
        less=(Phrase(text="Budget mtg", count=2), Phrase(text="email", count=1)),
        change=("the commute",),
        days=3,
    )
    assert audit.gist(found, "en") == (
        "More of: mentoring Priya (2x), sketching. Less of: Budget mtg (2x), email. Must change: the commute."
        " Matters most: calm."
    )


def test_audit_says_what_is_there_so_far(ana: Phone) -> None:
    assert Phone(member()).text("audit").startswith("Your audit is still empty. STEP 1 begins it")
    ana.text("creativity, stability")
    assert ana.text("AUDIT") == "Your audit so far, 0 of 7 days. Matters: creativity, stability."
    ana.text("6. budget mtg drained me")
    assert ana.text("show me my audit") == (
        "Your audit so far, 1 of 7 days. Less of: budget mtg. Matters: creativity, stability."
    )


def test_audit_asked_for_is_mailed_too_and_changes_nothing() -> None:
    phone = on_the_audit(found=TOLD, journal=days(7), email="ana@example.com")
    before = phone.member
    turn = phone.turn("AUDIT")
    assert turn.requests == (Requested(kind=Kind.AUDIT),)
    assert turn.replies[0].startswith("Your audit. More of:")
    assert phone.member == before


@given(st.lists(st.text("ab ñ€🎉志.", min_size=1, max_size=90), min_size=1, max_size=6), st.booleans())
def test_whatever_was_named_the_audit_is_two_segments_at_most(words: list[str], mailed: bool) -> None:
    phrases = tuple(Phrase(text=text, count=n + 1) for n, text in enumerate(words))
    full = audit.Audit(values=tuple(words), core=words[0], more=phrases, less=phrases, change=tuple(words), days=7)
    assert count_segments(audit.gist(full, "en")).count <= 2
    entries = tuple(day(date(2026, 3, n + 2), *words, drained=tuple(words)) for n in range(7))
    found: dict[str, Any] = {
        "values": tuple(words)[:5],
        "compared": 5,
        "core_value": words[0],
        "dealbreakers": tuple(words)[:5],
    }
    phone = on_the_audit(found=found, journal=entries, email="ana@example.com" if mailed else None)
    assert count_segments(phone.text("AUDIT")).count <= 2
    assert count_segments(phone.text("NEXT")).count <= 2


def test_what_is_kept_is_capped(ana: Phone) -> None:
    ana.text(", ".join(f"{n} {'very long words ' * 20}" for n in "abcdefghij"))
    assert len(ana.member.plan.values) == 5 and max(map(len, ana.member.plan.values)) <= 60


def test_the_audit_goes_by_mail_and_is_written_from_the_member_alone() -> None:
    ana = member(plan=plan(**TOLD), journal=days(7), email="ana@example.com", channels=("sms",))
    (nudge,) = schedule.asked_for(ana, Kind.AUDIT, "SM1", TUESDAY_EVENING)
    assert nudge.channel == "email"
    house = letters.House("Unstuck", "+15550100123", "12 Harbour Street")
    mail = letters.letter(nudge, ana, house, Links("https://unstuck.example", "key"), TUESDAY_EVENING)
    assert (mail.to, mail.subject) == ("ana@example.com", "Your career audit")
    for part in (mail.text, mail.html):
        assert all(word in part for word in ("mentoring Priya", "7 times", "the commute", "calm", "most of all"))
    assert schedule.channels_of(Kind.AUDIT, member()) == ()


def test_a_check_in_that_came_since_is_not_taken_for_the_question_undone(ana: Phone) -> None:
    ana.text("creativity, stability")
    ana.prompted("2026-03-04T19:30").text("undo")
    question = ana.member.open_question
    assert question is not None and (question.asked, question.day) == ("daily_checkin", date(2026, 3, 4))
    assert ana.text("6") == "6 for Wed." and TUESDAY not in [entry.day for entry in ana.member.journal]
