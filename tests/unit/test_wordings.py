"""What is said often is said in turns: no two weeks read the same, and the same day always reads the same."""

from datetime import date, timedelta

import pytest

from shared.domain import nudging
from shared.domain.message import turn_of
from tests.unit.conversing import Phone, member, new_york

FIRST_MONDAY = date(2026, 1, 5)


def week_of(who: str, monday: date) -> list[str]:
    """The questions of a week, and the answers to "7. win: called Ben" on each of its days."""
    said = []
    for day in (monday + timedelta(days=n) for n in range(7)):
        phone = Phone(member(id=who), new_york(f"{day}T20:00"))
        said.append(nudging.checkin_question(phone.member, day))
        answer = phone.turn("7. win: called Ben").replies[0]
        said.append(answer.replace(f"{day:%a}", ""))
    return said


@pytest.mark.parametrize("who", ["ana", "ben", "c1f00d", "0"])
def test_no_two_weeks_of_a_year_read_the_same(who: str) -> None:
    weeks = [tuple(week_of(who, FIRST_MONDAY + timedelta(weeks=n))) for n in range(52)]
    assert len(set(weeks)) == 52


def test_two_members_are_not_asked_in_the_same_words_all_week() -> None:
    assert week_of("ana", FIRST_MONDAY) != week_of("ben", FIRST_MONDAY)


def test_a_day_reads_the_same_however_often_it_is_said() -> None:
    assert week_of("ana", FIRST_MONDAY) == week_of("ana", FIRST_MONDAY)


def test_every_wording_of_the_question_has_its_turn() -> None:
    turns = {turn_of(member(), FIRST_MONDAY + timedelta(days=n), "checkin.question") % 8 for n in range(60)}
    assert turns == set(range(8))
