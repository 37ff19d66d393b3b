"""Whom members name, in whose words, since when, and whom they were in touch with."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.answers.declining import declines
from shared.domain.understanding.answers.people import read_contacts, read_past, read_people, says_sent

TODAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana, Tom from the old team and Prof. Lee", ["Ana", "Tom from the old team", "Prof. Lee"]),
        ("ana, tom & prof lee", ["ana", "tom", "prof lee"]),
        ("I'd like to talk to Will, Grace and Mark again", ["Will", "Grace", "Mark"]),
        ("1. Ana 2. Tom", ["Ana", "Tom"]),
        ("- Ana\n- Tom\n- Kim", ["Ana", "Tom", "Kim"]),
        ("Jean-Luc, O'Brien, Mrs. P. Walsh", ["Jean-Luc", "O'Brien", "Mrs. P. Walsh"]),
        ("Ana... maybe Kim?", ["Ana", "Kim"]),
        ("my old boss, Ana or my sister", ["my old boss", "Ana", "my sister"]),
        ("My old boss Maria, she did the same move", ["My old boss Maria"]),
        ("probably Steve from accounting lol", ["Steve from accounting"]),
        ("Dave (ex boss), Lou", ["Dave (ex boss)", "Lou"]),
        ("Ana May", ["Ana May"]),
        ("Ana, ana, ANA", ["Ana"]),
        ("Llamar a Marta, Luis y el profesor Ruiz", ["Marta", "Luis", "el profesor Ruiz"]),
    ],
)
def test_names_are_kept_as_they_are_written(text: str, names: list[str]) -> None:
    assert [person.name for person in read_people(text, TODAY)] == names


@pytest.mark.parametrize(
    "text",
    [
        "busy day, talk later",
        "traffic was awful",
        "long one. budget stuff again",
        "had 7 meetings",
        "what do you mean?",
        "someone from school",
        "nobody comes to mind",
        "dunno",
        "ok",
        "",
        "3 people from my old job",
    ],
)
def test_other_talk_names_nobody(text: str) -> None:
    assert read_people(text, TODAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "kim 2020, dave",
        "kim (2020), dave",
        "kim - 2020\ndave",
        "kim in 2020; dave",
        "kim, not since 2020, dave",
        "kim, haven't spoken since 2020, dave",
    ],
)
def test_when_they_were_last_in_touch_may_stand_beside_a_name(text: str) -> None:
    assert [(person.name, person.last) for person in read_people(text, TODAY)] == [
        ("kim", date(2020, 7, 1)),
        ("dave", None),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019", "2019-07-01"),
        ("in 2019 I think", "2019-07-01"),
        ("June 2021", "2021-06-01"),
        ("March", "2026-03-01"),
        ("last May", "2025-05-01"),
        ("last summer", "2025-07-01"),
        ("Christmas", "2025-12-01"),
        ("3 years ago", "2023-03-04"),
        ("a couple of months back", "2026-01-02"),
        ("half a year ago", "2025-09-03"),
        ("last month", "2026-02-03"),
        ("ages ago", "2021-03-03"),
        ("when I left Acme in 2021", "2021-07-01"),
        ("hace 2 años", "2024-03-03"),
    ],
)
def test_a_time_in_the_past_is_read_as_nearly_as_it_is_said(text: str, day: str) -> None:
    assert read_past(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["hmm", "7", "2030", "Ana", "rang her, she has a new job and it is all going so well"])
def test_what_names_no_past_time_is_none(text: str) -> None:
    assert read_past(text, TODAY) is None


PEOPLE = ("Ana", "Tom from the old team", "Prof. Lee", "Will", "my old boss")


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("rang Ana", ["Ana"]),
        ("7, coffee w/ tom. nice!", ["Tom from the old team"]),
        ("emailed Prof. Lee about the job", ["Prof. Lee"]),
        ("rang Bob, Tom and Ana", ["Ana", "Tom from the old team"]),
        ("called Will", ["Will"]),
        ("sent prof lee my cv and a note", ["Prof. Lee"]),
        ("dropped my old boss a line", ["my old boss"]),
        ("Ana wrote back!", ["Ana"]),
        ("Ana and I had coffee", ["Ana"]),
        ("me and tom caught up", ["Tom from the old team"]),
        ("Had a coffee with Ana and she told me about a job", ["Ana"]),
        ("Coffee with Ana, then wrote to Tom", ["Ana", "Tom from the old team"]),
        ("8. win: finally wrote to Ana, Tom next", ["Ana"]),
        ("didn't see Tom but rang Ana", ["Ana"]),
        ("café con Tom", ["Tom from the old team"]),
    ],
)
def test_contacts_made_are_recognised_by_name(text: str, reached: list[str]) -> None:
    assert [PEOPLE[place] for place in read_contacts(text, PEOPLE)] == reached


@pytest.mark.parametrize(
    "text",
    [
        "will call Ana tomorrow",
        "didn't call Ana",
        "wanted to call Ana but didn't",
        "tried calling tom",
        "I should ring Ana",
        "thinking of Ana",
        "Ana drained me",
        "Ana called in sick",
        "Ana called a meeting",
        "talked to my boss about Ana",
        "called my boss, Ana was there",
        "saw Ana's post",
        "cancelled coffee with ana",
        "banana bread, coffee, analysis",
    ],
)
def test_plans_failures_and_talk_about_somebody_are_no_contact(text: str) -> None:
    assert read_contacts(text, PEOPLE) == []


@pytest.mark.parametrize(
    "text", ["no", "nope, nobody", "No one comes to mind tbh", "none for now", "not really my thing"]
)
def test_a_no_is_heard_in_many_words(text: str) -> None:
    assert declines(text)


@pytest.mark.parametrize("text", ["Noor", "Nobu and Kim", "No Borders meetup", "the nodejs group", "7", ""])
def test_what_only_begins_like_a_no_is_none(text: str) -> None:
    assert not declines(text)


def test_a_short_sent_is_told_from_a_sentence() -> None:
    assert says_sent("Sent it!") and not says_sent("sent it back to the shop")


@given(st.text(max_size=300), st.text(max_size=80))
def test_no_text_and_no_name_breaks_the_readers(text: str, name: str) -> None:
    assert len(read_people(text, TODAY)) <= 20
    assert all(person.last is None or person.last <= TODAY for person in read_people(text, TODAY))
    assert read_contacts(text, (name, "Ana")) in ([], [0], [1], [0, 1])
    assert isinstance(declines(text), bool)
