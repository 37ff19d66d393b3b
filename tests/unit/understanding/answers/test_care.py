"""What calls for a coach, and which boundaries were kept: the member's own, and nobody else's."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.answers.care import feels, has_no_idea, hour_named, is_done, keeps_boundary, wants_none

FRAUD = [
    "I feel like a fraud",
    "5. gave the talk but still feel like such a fraud",
    "honestly i just feel like an imposter in there",
    "impostor syndrome is back with a vengeance, 4",
    "hello imposter syndrome my old friend",
    "they're gonna find out I can't do this",
    "i dont deserve this promotion",
    "everyone here is so much smarter than me",
    "new role makes me feel like a fake. 6",
    "my imposter syndrome was loud today",
    "I'm not good enough for this job",
]
STUCK = [
    "I'm stuck and can't decide",
    "stuck, can't decide, round and round",
    "cant decide whether to stay or go",
    "6. still torn between the two offers",
    "no idea what to do with my career",
    "I keep going back and forth on whether I should quit",
    "i really dont know if i should leave",
]
NEITHER = [
    "I don't feel like a fraud any more. 7",
    "no longer feel like an imposter",
    "stopped feeling like a fraud",
    "Priya feels like a fraud",
    "Priya said she felt like a fraud",
    "my colleague has imposter syndrome",
    "made everyone feel like a fraud",
    "went to a talk on imposter syndrome, great. 8",
    "fraud case drained me",
    "everyone will find out I got promoted",
    "stuck in traffic for two hours",
    "stuck on a bug all day, 4",
    "can't decide what to have for lunch",
    "my wife can't decide whether to take the job",
    "not torn between anything anymore",
    "we kept going round in circles with the client",
    "I don't think I'm a fraud",
    "",
]


@pytest.mark.parametrize("text", FRAUD)
def test_a_doubt_of_ones_own_worth_is_heard(text: str) -> None:
    assert feels(text) == "fraud"


@pytest.mark.parametrize("text", STUCK)
def test_being_unable_to_decide_is_heard(text: str) -> None:
    assert feels(text) == "stuck"


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_denied_or_someone_elses_or_only_sounds_alike_is_not_taken(text: str) -> None:
    assert feels(text) is None


KEPT = [
    "left on time",
    "7, finally left on time for once",
    "managed to leave on time today",
    "said no to the extra shift. 6",
    "6 logged off at 6",
    "logged off at 17:30!!",
    "I turned down the overtime",
    "win: took my full lunch break",
    "boss asked again and i said no to it",
    "home by 5, kids thrilled",
    "didn't check email after dinner",
]
NOT_KEPT = [
    "didn't leave on time",
    "nobody left on time today",
    "I want to leave on time tomorrow",
    "I'll leave on time tomorrow",
    "my manager said no to the course",
    "they said no to me",
    "she left on time, I did not",
    "logged off at 9pm ugh",
    "left at 11",
    "parcel left at 5",
    "7. win: finished the rota",
    "",
]


@pytest.mark.parametrize("text", KEPT)
def test_a_boundary_that_was_kept_is_noticed(text: str) -> None:
    assert keeps_boundary(text, time(18, 30))


@pytest.mark.parametrize("text", NOT_KEPT)
def test_one_that_was_not_or_is_not_the_members_own_is_none(text: str) -> None:
    assert not keeps_boundary(text, time(18, 30))


def test_whether_an_hour_was_in_time_is_measured_by_the_members_own() -> None:
    assert keeps_boundary("logged off at 8", time(20, 30))
    assert not keeps_boundary("logged off at 8", time(17, 30))


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("18:00", time(18)),
        ("6", time(18)),
        ("half five", time(17, 30)),
        ("10pm usually lol", time(22)),
        ("ok 8.30 then", time(20, 30)),
        ("when the kids are home, so 4", time(16)),
        ("log off at 6", time(18)),
        ("7am", time(7)),
        ("rough day, 4", None),
        ("7. shipped it", None),
        ("no idea", None),
    ],
)
def test_an_hour_for_the_end_of_work_is_read(text: str, hour: time | None) -> None:
    assert hour_named(text) == hour


def test_short_answers_are_read() -> None:
    assert [is_done(said) for said in ("done", "Out!", "yep laptop closed")] == [True, True, True]
    assert [is_done(said) for said in ("not yet", "still working", "budget mtg")] == [False, False, None]
    assert all(map(has_no_idea, ("idk", "no idea tbh", "like what?", "you choose", "no time for that, three kids")))
    assert not any(map(has_no_idea, ("dunno, maybe freelance a bit", "nothing beats swimming", "gardening")))
    assert all(map(wants_none, ("NO", "it depends, i work shifts", "no thanks"))) and not wants_none("6pm")


@given(st.text(max_size=300))
def test_anything_can_be_read(text: str) -> None:
    feels(text), keeps_boundary(text, time(18)), hour_named(text), has_no_idea(text), is_done(text)
