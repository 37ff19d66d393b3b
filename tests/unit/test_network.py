"""Step 4: people to be in touch with again, and the one small contact a week."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.content.segments import count_segments
from shared.content.texts import catalogue
from shared.domain.models import Contact, StepState
from shared.domain.steps.network import MOST
from tests.unit.conversing import TUESDAY, Phone, member, new_york

NOON = new_york("2026-03-03T12:00")
BEFORE = date(2020, 7, 1)


def networker(*names: str, last: date | None = BEFORE, **plan: object) -> Phone:
    """A member on step 4 with these people on the list."""
    people = tuple(Contact(name=name, last=last) for name in names)
    state = {"step": "network", "steps": {"network": StepState(begun_on=TUESDAY)}, "contacts": people, **plan}
    return Phone(member(plan=state), NOON)


def listed(phone: Phone) -> list[str]:
    return [contact.name for contact in phone.member.plan.contacts]


def reached(phone: Phone) -> list[str]:
    return [contact.name for contact in phone.member.plan.contacts if contact.last and contact.last >= TUESDAY]


def suggested(phone: Phone) -> str:
    """Whom NEXT names."""
    said = phone.text("NEXT")
    return next(name for name in listed(phone) if name in said)


def has_ended(phone: Phone) -> bool:
    return phone.member.plan.steps["network"].ended_on is not None


def asked(phone: Phone) -> str | None:
    return phone.member.open_question.asked if phone.member.open_question else None


def test_people_are_listed_as_written_and_the_first_is_asked_about() -> None:
    phone = Phone(member(), NOON)
    phone.text("STEP 4")
    said = phone.text("Ana, tom from the old team and Prof. Lee")
    assert listed(phone) == ["Ana", "tom from the old team", "Prof. Lee"]
    assert "When were you last in touch with Ana?" in said


@pytest.mark.parametrize("text", ["2019", "in 2019", "2019 I think"])
def test_a_year_is_no_hour_while_a_year_was_asked_for(text: str) -> None:
    phone = networker("Ana", last=None)
    phone.text("next")
    assert "Ana, around 2019." in phone.text(text)
    assert (phone.member.prompt_time.hour, phone.member.plan.contacts[0].last) == (19, date(2019, 7, 1))


def test_an_hour_is_one_all_the_same() -> None:
    phone = networker("Ana", last=None)
    phone.text("next")
    phone.text("text me at 8")
    assert (phone.member.prompt_time.hour, asked(phone)) == (20, "last_contact")


def test_when_is_not_asked_where_it_was_said_and_somebody_is_suggested_at_once() -> None:
    phone = Phone(member(), NOON)
    phone.text("step 4")
    assert "Ana" in phone.text("Ana (2019), Tom").partition("Tom.")[2]
    assert (asked(phone), phone.member.plan.contacts[0].suggested) == (None, TUESDAY)


@pytest.mark.parametrize("text", ["no idea", "can't remember", "skip"])
def test_not_knowing_when_is_fine_and_is_not_asked_again(text: str) -> None:
    phone = networker("Ana", last=None)
    phone.text("next")
    phone.text(text)
    assert suggested(phone) == "Ana"


def test_ten_people_are_kept() -> None:
    phone = Phone(member(), NOON)
    phone.text("step 4")
    assert phone.text(", ".join(f"Friend{n} Li" for n in "abcdefghijklm".upper())).startswith("I keep 10")
    assert len(listed(phone)) == MOST
    assert "has its 10" in phone.text("add Sam to my contacts")


def test_who_was_out_of_touch_longest_is_suggested_and_stays_so_for_the_week() -> None:
    phone = networker("Ana", "Tom", group="PMI", mentor="Tom")
    plan = phone.member.plan
    people = (plan.contacts[0].model_copy(update={"last": date(2024, 1, 1)}), plan.contacts[1])
    phone.member = phone.member.model_copy(update={"plan": plan.model_copy(update={"contacts": people})})
    assert [suggested(phone), suggested(phone.at("2026-03-08T12:00"))] == ["Tom", "Tom"]
    assert suggested(phone.at("2026-03-10T12:00")) == "Ana"
    assert suggested(phone.at("2026-03-17T12:00")) == "Tom"


def test_who_was_reached_makes_room_for_the_next() -> None:
    phone = networker("Ana", "Tom", "Kim", "Lou", group="PMI", mentor="Kim")
    assert suggested(phone) == "Ana"
    phone.text("rang ana")
    assert suggested(phone) == "Tom"


@pytest.mark.parametrize("text", ["wrote to her", "did it!", "Done", "Sent it", "texted him, 7"])
def test_who_was_just_suggested_need_not_be_named(text: str) -> None:
    phone = networker("Ana", "Tom")
    phone.text("next")
    phone.text(text)
    assert reached(phone) == ["Ana"]


def test_one_contact_a_week_is_enough_until_monday() -> None:
    phone = networker("Ana", "Tom", "Kim", "Lou", group="PMI", mentor="Lou")
    phone.text("rang ana")
    enough = {text.format(name="Tom") for text in catalogue("en")["network.action_enough"]}
    assert phone.text("next") in enough
    assert phone.at("2026-03-09T09:00").text("next") not in enough


def test_a_pronoun_long_after_means_somebody_else() -> None:
    phone = networker("Ana", "Tom")
    phone.text("next")
    phone.at("2026-03-06T19:00").text("wrote to her")
    assert reached(phone) == []


def test_contacts_are_heard_on_any_step_and_undone() -> None:
    phone = networker("Ana", "Tom", step="upskill")
    assert "Ana" in phone.text("7, coffee with ana")
    assert reached(phone) == ["Ana"]
    phone.text("undo")
    assert reached(phone) == []


def test_group_and_mentor_are_asked_once_after_the_first_contact_and_may_be_passed() -> None:
    phone = networker("Ana", "Tom", "Kim")
    phone.text("rang ana")
    assert asked(phone) == "group"
    phone.text("nope")
    assert asked(phone) == "mentor"
    phone.text("skip")
    assert asked(phone) is None
    phone.text("next")
    assert (asked(phone), phone.member.plan.group, phone.member.plan.mentor) == (None, None, None)


def test_a_mentor_is_somebody_to_write_to() -> None:
    phone = networker("Ana", "Tom", "Kim", group="PMI")
    phone.text("rang ana")
    phone.text("my old boss Maria, she did the same")
    assert (phone.member.plan.mentor, listed(phone)[-1]) == ("my old boss Maria", "my old boss Maria")


@pytest.mark.parametrize(("question", "name"), [("group", "PMI chapter"), ("mentor", "Prof. Lee")])
def test_a_mere_yes_is_asked_for_the_name(question: str, name: str) -> None:
    other: dict[str, Any] = {"mentor" if question == "group" else "group": "x"}
    phone = networker("Ana", "Tom", "Kim", **other)
    phone.text("rang ana")
    phone.text("yes")
    assert asked(phone) == question
    phone.text(name)
    assert getattr(phone.member.plan, question) == name


@pytest.mark.parametrize("text", ["coffee with tom", "rough one", "5", "win: sent my CV"])
def test_a_report_is_no_group_and_no_mentor(text: str) -> None:
    phone = networker("Ana", "Tom", "Kim", "Lou")
    phone.text("rang ana")
    phone.text(text)
    assert (asked(phone), phone.member.plan.group) == ("group", None)


def test_three_contacts_end_the_step() -> None:
    phone = networker("Ana", "Tom", "Kim", "Lou", group="PMI", mentor="Lou")
    phone.text("rang ana and tom")
    assert not has_ended(phone)
    assert "network" in phone.text("Kim wrote back")
    assert has_ended(phone)


def test_a_short_list_that_was_gone_through_is_added_to_or_ends_the_step() -> None:
    phone = networker("Ana", group="PMI", mentor="Ana")
    assert "Who else?" in phone.text("rang ana")
    phone.text("no one")
    assert has_ended(phone)


def test_a_second_round_counts_from_its_beginning() -> None:
    phone = networker("Ana", "Tom", "Kim", "Lou", group="PMI", mentor="Lou")
    phone.text("rang ana, tom and kim")
    phone.at("2026-05-04T12:00")
    phone.text("STEP 4")
    assert not has_ended(phone)
    assert "On your list: 4, reached: 0." in phone.text("PLAN")


def test_nobody_is_fine_and_the_first_small_thing_is_named() -> None:
    phone = Phone(member(), NOON)
    phone.text("step 4")
    assert "STEP 4" in phone.text("nobody")
    assert phone.text("next") and asked(phone) is None


def test_people_are_shown_added_and_taken_off_by_text() -> None:
    phone = networker("Ana", "Prof. Lee")
    phone.text("add Sam (2021) to my contacts")
    phone.text("Remove prof lee from my contacts")
    assert phone.text("CONTACTS") == "Your people, with when you were last in touch: Ana (2020), Sam (2021)."
    assert "Nobody of that name" in phone.text("remove Zoe from my list")


@pytest.mark.parametrize("text", ["take me off this list", "take me off my list"])
def test_taking_oneself_off_a_list_is_a_stop(text: str) -> None:
    assert "unsubscribed" in networker("Ana").text(text)


def test_words_of_the_member_stay_out_of_what_could_be_logged() -> None:
    phone = networker("Ana", last=None)
    phone.text("next")
    assert "Ana" not in repr(phone.member.model_copy(update={"id": "x"}))


ANSWERS = st.sampled_from(
    ["step 4", "next", "no", "yes", "skip", "undo", "plan", "2019", "rang ana", "Ana, Tom", "did it"]
)


@settings(max_examples=60)
@given(st.lists(ANSWERS | st.text(max_size=400) | st.text("ABc ,", min_size=50, max_size=400), max_size=8))
def test_whatever_is_answered_gets_at_most_one_text_of_two_segments(texts: list[str]) -> None:
    phone = networker()
    for text in ("step 4", *texts):
        assert count_segments(phone.text(text)).count <= 2
    assert len(phone.member.plan.contacts) <= MOST
