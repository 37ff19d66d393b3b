"""A week as a buddy gets to see it: wins and goals, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.rehearsal import BRAND
from shared.content.segments import count_segments
from shared.content.texts import LANGUAGES, Language
from shared.domain import conversation, weekly_note
from shared.domain.message import Written
from shared.domain.models import Entry, Goal, Member
from tests.unit.conversing import TUESDAY, member, new_york

SUNDAY = new_york("2026-03-08T18:00")
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def told(*wins: str, at: datetime = SUNDAY - DAY, **details: Any) -> Entry:
    given = {"day": at.date(), "at": at, "source": f"SM{at}", "kind": "answered", "wins": wins}
    return Entry.model_validate({**given, **details})


def goal(text: str = "apply to 5 jobs", **details: Any) -> Goal:
    return Goal.model_validate({"id": "g1", "text": text, "set_on": TUESDAY, **details})


def week(*journal: Entry, goals: tuple[Goal, ...] = ()) -> weekly_note.Week:
    return weekly_note.build(member(journal=journal, goals=goals), SUNDAY)


def note(*journal: Entry, goals: tuple[Goal, ...] = ()) -> str:
    return weekly_note.note(week(*journal, goals=goals), "Ana", "en")


def test_a_note_names_wins_in_the_member_s_words_and_says_how_to_cheer_and_to_end_it() -> None:
    assert note(told("sent off my portfolio", "asked Priya for coffee")) == (
        "A note on Ana's week. Wins: sent off my portfolio; asked Priya for coffee."
        " Write back, and I pass it on. STOP ends this."
    )
    assert "A win: sent my CV." in note(told("sent my CV"))


@pytest.mark.parametrize("turn", range(3))
def test_notes_take_turns_in_their_wording_and_always_say_how_to_end_them(turn: int) -> None:
    said = weekly_note.note(week(told("sent my CV")), "Ana", "en", turn=turn)
    assert "Ana" in said and "STOP" in said
    assert said not in {weekly_note.note(week(told("sent my CV")), "Ana", "en", turn=n) for n in range(turn)}


def test_goals_are_told_by_what_is_done_of_them() -> None:
    reached = goal("finish the course", state="done", ended_on=date(2026, 3, 5))
    under_way = goal(target=5, unit="jobs", done=2)
    said = note(told("applied to 2 jobs"), goals=(reached, under_way))
    assert "Goal reached: finish the course." in said
    assert "Under way: apply to 5 jobs (2 of 5)." in said


@pytest.mark.parametrize(
    "quiet",
    [
        goal(target=5, done=0),
        goal("read more", done=3),
        goal(target=5, done=2, state="dropped", ended_on=date(2026, 3, 5)),
    ],
)
def test_a_goal_without_a_beginning_a_number_or_that_was_dropped_is_not_told_of(quiet: Goal) -> None:
    assert week(goals=(quiet,)) == weekly_note.Week()


def test_there_is_something_to_tell_where_a_win_or_a_reached_goal_is_new() -> None:
    assert week().is_empty
    assert week(goals=(goal(target=5, done=2),)).is_empty
    assert not week(told("sent my CV")).is_empty
    assert not week(goals=(goal(state="done", ended_on=date(2026, 3, 4)),)).is_empty


def test_each_win_and_each_reached_goal_is_told_in_one_week_and_no_other() -> None:
    moments = [SUNDAY + n * timedelta(hours=5) for n in range(-100, 100)]
    entries = tuple(told(f"win {n}", at=at) for n, at in enumerate(moments))
    goals = tuple(goal(f"goal {n}", id=f"g{n}", state="done", ended_on=SUNDAY.date() + n * DAY) for n in range(-20, 20))
    who = member(journal=entries, goals=goals)
    weeks = [weekly_note.build(who, SUNDAY + n * 7 * DAY) for n in range(-3, 4)]
    assert sorted(win for each in weeks for win in each.wins) == sorted(win for entry in entries for win in entry.wins)
    assert sorted(each.id for one in weeks for each in one.reached) == sorted(each.id for each in goals)


def test_neither_moods_nor_what_drained_nor_what_a_buddy_wrote_is_in_it() -> None:
    bad = told("sent my CV", mood=2, mood_estimated=True, drained=("canary drain",), engaged=("canary joy",))
    cheer = told(kind="cheered", note="canary cheer", at=SUNDAY - DAY + SECOND)
    said = note(bad, cheer)
    assert "canary" not in said and "2" not in said
    assert "canary" not in week(bad, cheer).model_dump_json()


@pytest.mark.parametrize(
    "text",
    ["I don't want to be here anymore. win: wrote my letters", "can't get out of bed for weeks, burnt out. win: ate"],
)
def test_what_came_with_a_call_for_help_is_kept_from_the_buddy(text: str) -> None:
    turn = conversation.respond(member(), Written(text, SUNDAY - DAY, "SM1", BRAND))
    assert turn.entries and all(entry.private for entry in turn.entries)
    assert week(*turn.entries).is_empty
    (entry,) = conversation.respond(member(), Written("7 win: ate", SUNDAY - DAY, "SM1", BRAND)).entries
    assert not entry.private


def test_what_was_won_twice_is_told_once() -> None:
    assert week(told("sent my CV"), told("sent my CV", at=SUNDAY - 2 * DAY)).wins == ("sent my CV",)


WIN = st.text(min_size=1, max_size=120)


@given(st.lists(WIN, max_size=12), st.lists(WIN, max_size=4), st.integers(0, 2), st.sampled_from(LANGUAGES))
def test_a_note_is_two_plain_segments_at_most_whatever_was_won(
    wins: list[str], goals: list[str], turn: int, language: Language
) -> None:
    half = len(goals) // 2
    reached = tuple(goal(text, state="done", ended_on=date(2026, 3, 5)) for text in goals[:half])
    under_way = tuple(goal(text, target=5, done=2) for text in goals[half:])
    of_week = week(told(*wins), goals=(*reached, *under_way))
    said = weekly_note.note(of_week, "Maria Fernanda Gonzalez Ruiz", language, turn)
    segments = count_segments(said)
    assert (segments.encoding, segments.count <= 2) == ("GSM-7", True)
    assert ("ALTO" if language == "es" else "STOP") in said


def test_of_many_wins_the_first_are_named_and_the_others_counted() -> None:
    said = note(told(*(f"finished chapter {n} of the long book on statistics" for n in range(9))))
    assert "chapter 0" in said and "more." in said
    assert count_segments(said).count == 2
    assert "Wins noted: 2." in note(told("🎉", "🎊"))


def test_the_name_is_one_that_costs_the_text_no_room() -> None:
    from shared.domain.answers.buddies import name_of

    def named(name: str) -> Member:
        return member(name=name)

    assert name_of(named("José")) == "José"
    assert name_of(named("Łukasz")) in ("Lukasz", "ukasz")
    assert name_of(named("Мария")) == "your friend"
    assert len(name_of(named("Maria " * 10))) <= 30


def test_a_week_is_that_of_the_member_s_own_zone() -> None:
    who = Member.model_validate({**member().model_dump(), "timezone": "Pacific/Auckland"})
    ended = who.model_copy(update={"goals": (goal(state="done", ended_on=date(2026, 3, 8)),)})
    until = datetime(2026, 3, 8, 5, tzinfo=UTC)  # Sunday at six in the evening there
    assert weekly_note.build(ended, until).is_empty
    assert not weekly_note.build(ended, until + 7 * DAY).is_empty
