from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.segments import count_segments
from shared.content.texts import LANGUAGES, Language
from shared.domain import summary
from shared.domain.models import Entry

OCTOBER = date(2026, 10, 1)


def entry(day: int | date, kind: str = "answered", minute: int = 0, **said: object) -> Entry:
    on = day if isinstance(day, date) else date(2026, 10, day)
    at = datetime.combine(on, time(20), UTC) + timedelta(minutes=minute)
    return Entry.model_validate({"day": on, "at": at, "source": f"{kind}-{minute}", "kind": kind, **said})


def october(*entries: Entry) -> summary.Summary:
    return summary.build(entries, OCTOBER)


def test_the_last_mood_of_a_day_counts_whatever_the_order_of_the_journal() -> None:
    first, last = entry(5, mood=3), entry(5, minute=30, mood=8, mood_estimated=True)
    expected = (summary.DayMood(day=date(2026, 10, 5), mood=8, estimated=True),)
    assert october(first, last).days == october(last, first).days == expected


def test_a_later_answer_without_a_mood_leaves_the_mood_of_the_day() -> None:
    assert [day.mood for day in october(entry(5, mood=3), entry(5, minute=30, wins=("slept",))).days] == [3]


def test_an_answer_without_a_mood_is_an_answered_day_but_not_in_the_average() -> None:
    month = october(entry(5, mood=4), entry(6), entry(7, mood=5), entry(7, minute=1, mood=6))
    assert (month.answered, len(month.days), month.average) == (3, 2, 5.0)


def test_skipped_missed_and_prompted_days_are_not_answered() -> None:
    assert october(entry(1, "skipped"), entry(2, "missed"), entry(3, "prompted")).answered == 0


def test_an_answer_on_an_unprompted_day_does_not_count_among_the_prompted() -> None:
    month = october(entry(5, "prompted"), entry(6, "prompted"), entry(6), entry(10))
    assert (month.answered, month.prompted, month.answered_prompted) == (2, 2, 1)


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_month_is_from_its_first_day_to_its_last(month: date, last: date) -> None:
    day = timedelta(days=1)
    built = summary.build([entry(on, mood=5) for on in (month - day, month, last, last + day)], month)
    assert [mood.day for mood in built.days] == [month, last]
    assert built.last_day == last


def test_the_same_month_of_another_year_is_another_month() -> None:
    assert october(entry(date(2025, 10, 5), mood=5)).quiet


def test_a_month_may_be_named_by_any_of_its_days() -> None:
    assert summary.build([entry(1, mood=5)], date(2026, 10, 20)).month == OCTOBER


def test_a_reply_after_midnight_is_in_the_month_of_its_day() -> None:
    late = entry(31, mood=6).model_copy(update={"at": datetime(2026, 11, 1, 4, 40, tzinfo=UTC)})
    assert len(october(late).days) == 1


def test_the_best_and_the_hardest_day_are_named_where_moods_differ() -> None:
    month = october(entry(5, mood=4), entry(6, mood=9), entry(7, mood=9), entry(8, mood=2.5))
    assert month.best and month.hardest
    assert (month.best.day.day, month.hardest.day.day) == (6, 8)
    assert october(entry(5, mood=4), entry(6, mood=4)).best is None


def test_phrases_are_counted_by_what_they_say_and_shown_as_first_written() -> None:
    month = october(
        entry(5, engaged=("Email", "Deep work")),
        entry(6, engaged=("deep  WORK", "deep work"), drained=("the budget",)),
        entry(7, engaged=("mentoring",)),
    )
    assert [(phrase.text, phrase.count) for phrase in month.engaged] == [
        ("Deep work", 2),
        ("Email", 1),
        ("mentoring", 1),
    ]
    assert [(phrase.text, phrase.count) for phrase in month.drained] == [("the budget", 1)]


@pytest.mark.parametrize(
    ("moods", "shown"), [((6, 6.5), "6.3"), ((7, 7), "7"), ((10, 10), "10"), ((1, 1.5), "1.3"), ((5, 6, 6), "5.7")]
)
def test_the_average_is_shown_as_people_write_it(moods: tuple[float, ...], shown: str) -> None:
    assert october(*(entry(day, mood=mood) for day, mood in enumerate(moods, 1))).average_shown == shown


def test_nothing_personal_is_in_the_repr() -> None:
    month = october(entry(5, mood=9.5, wins=("secret",), engaged=("secret",), drained=("secret",)))
    for value in (month, month.days[0], month.wins[0], month.engaged[0]):
        assert "secret" not in repr(value) and "9.5" not in repr(value)


def test_the_gist_says_what_was_answered_the_average_and_the_wins() -> None:
    month = october(
        entry(5, "prompted"),
        entry(6, "prompted"),
        entry(5, mood=6, wins=("finished module 3.",), engaged=("mentoring",)),
        entry(6, mood=6.5, wins=("sent off my portfolio",)),
    )
    assert summary.gist(month, "en") == (
        "October: you answered 2 of 2 check-ins. Mood: 6.3 over 2 days. "
        "2 wins: finished module 3; sent off my portfolio. What engaged you most: mentoring."
    )


def test_the_gist_tells_days_without_a_prompt_apart() -> None:
    besides = summary.gist(october(entry(5, "prompted"), entry(5), entry(6)), "en")
    assert "1 of 1 check-in, and wrote on 1 day besides." in besides
    assert summary.gist(october(entry(5, "prompted"), entry(6)), "en") == "October: you wrote on 1 day."


def test_the_gist_of_a_quiet_month_is_kind_and_counts_nothing() -> None:
    said = summary.gist(october(entry(5, "prompted"), entry(6, "missed")), "en")
    assert "that is fine" in said and "0" not in said.replace("10", "")


def test_the_gist_keeps_to_gsm_7() -> None:
    wins = ("told her \u201cI\u2019m in\u201d \u2014 at last\u2026 🎉", "первый модуль", "`café` [x]")
    said = summary.gist(october(entry(5, wins=wins)), "en")
    assert said == "October: you wrote on 1 day. 3 wins: told her \"I'm in\" - at last; 'café' [x]; and 1 more."


def test_the_gist_quotes_what_there_is_room_for_and_counts_the_rest() -> None:
    walks = (entry(day, wins=("walked all the way to work and back",)) for day in range(1, 29))
    said = summary.gist(october(*walks), "en")
    assert "28 wins: walked" in said and "; and 22 more." in said


phrases = st.lists(st.text(max_size=200), max_size=4).map(tuple)
journals = st.lists(
    st.builds(
        Entry,
        day=st.dates(date(2026, 9, 20), date(2026, 11, 10)),
        at=st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 1), timezones=st.just(UTC)),
        source=st.text(max_size=8),
        kind=st.sampled_from(("answered", "prompted", "skipped", "missed")),
        mood=st.none() | st.integers(2, 20).map(lambda halves: halves / 2),
        mood_estimated=st.booleans(),
        engaged=phrases,
        drained=phrases,
        wins=phrases,
    ),
    max_size=40,
)


def of_october(journal: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in journal if OCTOBER <= entry.day <= date(2026, 10, 31)]


@given(journals)
def test_every_win_of_the_month_is_there_once_and_in_the_order_of_days(journal: list[Entry]) -> None:
    wins = summary.build(journal, OCTOBER).wins
    expected = [(entry.day, win) for entry in of_october(journal) for win in entry.wins]
    assert sorted((win.day, win.text) for win in wins) == sorted(expected)
    assert [win.day for win in wins] == sorted(win.day for win in wins)


@given(journals)
def test_the_counts_agree_with_one_another(journal: list[Entry]) -> None:
    month = summary.build(journal, OCTOBER)
    assert month.answered_prompted <= min(month.answered, month.prompted) <= 31
    assert len(month.days) == len({entry.day for entry in of_october(journal) if entry.mood is not None})
    assert (month.average is None) == (not month.days)
    assert month.average is None or 1 <= month.average <= 10


@given(journals, st.sampled_from(LANGUAGES))
def test_the_gist_of_any_month_fits_two_segments(journal: list[Entry], language: Language) -> None:
    said = summary.gist(summary.build(journal, OCTOBER), language)
    assert said
    assert count_segments(said).encoding == "GSM-7"
    assert count_segments(said).count <= 2


@given(
    st.lists(st.text("a[ ", min_size=1, max_size=70), min_size=1, max_size=12).map(tuple), st.sampled_from(LANGUAGES)
)
def test_the_gist_fits_with_characters_that_take_two_places(wins: tuple[str, ...], language: Language) -> None:
    assert count_segments(summary.gist(october(entry(5, wins=wins)), language)).count <= 2
