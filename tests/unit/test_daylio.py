"""Daylio's export is read whole, or not at all with the line and the reason."""

import csv
import io
from datetime import UTC, date, datetime, time
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.rehearsal import newcomer
from shared.domain import daylio
from shared.domain.daylio import InvalidFile, moods, plan, read
from shared.domain.models import Entry, Member
from shared.domain.summary import build

ZONE = ZoneInfo("America/New_York")
TODAY = date(2026, 3, 5)
NOW = datetime(2026, 3, 5, 17, tzinfo=UTC)
HEAD = "full_date,date,weekday,time,mood,activities,note_title,note"
# As Daylio writes it, the latest first.
EXPORT = f"""{HEAD}
2026-03-02,March 2,Monday,9:05 pm,good,"work | friends","Long day","Talked to Ana.<br>Better now."
2026-03-02,March 2,Monday,8:00 am,meh,"","",""
2026-02-28,February 28,Saturday,20:15,rad,"museum","",""
2026-02-27,February 27,Friday,12:15 am,awful,"","","said ""no"", at last
and went home"
"""


def found(text: str = EXPORT, **more: Any) -> tuple[Entry, ...]:
    return read(text.encode(), more.get("zone", ZONE), TODAY, more.get("moods", moods())).entries


def refusal(text: str | bytes, **more: Any) -> InvalidFile:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InvalidFile) as refused:
        read(data, ZONE, TODAY, more.get("moods", moods()))
    return refused.value


def member(*journal: Entry, **more: Any) -> Member:
    return newcomer("America/New_York", NOW).model_copy(update={"journal": journal, **more})


def test_a_line_is_a_mood_on_our_scale_with_its_words_as_a_note() -> None:
    first = found()[0]
    assert (first.day, first.at) == (date(2026, 3, 2), datetime(2026, 3, 3, 2, 5, tzinfo=UTC))
    assert (first.kind, first.mood, first.mood_estimated) == ("imported", 7.5, True)
    assert first.note == "Long day Talked to Ana. Better now. (work, friends)"
    assert (first.engaged, first.drained, first.wins) == ((), (), ())


@pytest.mark.parametrize("begun", ["<a", "</p", "<br "])
def test_a_note_of_tags_that_never_end_costs_no_time(begun: str) -> None:
    began = process_time()
    assert refusal(f"{HEAD}\n2026-03-02,,,,good,,,{begun * 32_000}").key == "note"
    assert process_time() - began < 1


def test_the_five_moods_are_the_middles_of_the_fifths_of_our_scale() -> None:
    assert moods() == {"rad": 9.5, "good": 7.5, "meh": 5.5, "bad": 3.5, "awful": 1.5}


def test_times_are_the_member_s_own_in_either_form_and_a_note_may_have_lines() -> None:
    late, early, _, midnight = found()
    assert (late.at > early.at, early.at) == (True, datetime(2026, 3, 2, 13, tzinfo=UTC))
    assert midnight.at.astimezone(ZONE).time() == time(0, 15)
    assert midnight.note == 'said "no", at last and went home'


def test_the_last_mood_of_a_day_is_the_one_that_counts() -> None:
    (february, march) = (build(found(), date(2026, month, 1)) for month in (2, 3))
    assert [(day.day.day, day.mood) for day in march.days] == [(2, 7.5)]
    assert [(day.day.day, day.mood) for day in february.days] == [(27, 1.5), (28, 9.5)]
    assert (march.answered, march.prompted) == (0, 0)  # nothing was asked here


@pytest.mark.parametrize(
    "head",
    [
        "full_date,date,weekday,time,mood,activities,note",  # as it was before notes had titles
        "full_date,date,weekday,time,mood,activities,scales,note_title,note",  # with scales
        "\ufefffull_date, Time ,MOOD",
    ],
)
def test_columns_go_by_their_names(head: str) -> None:
    cells = {"full_date": "2026-03-01", "time": "20:00", "mood": "Good", "note": "fine"}
    row = ",".join(cells.get(name.strip("\ufeff ").lower(), "") for name in head.split(","))
    (entry,) = found(f"{head}\r\n{row}\r\n\r\n")
    assert (entry.day, entry.mood) == (date(2026, 3, 1), 7.5)


def test_moods_may_have_names_of_their_own_several_to_a_level() -> None:
    own = moods(["súper, on fire", "bien", "así así", "mal", "fatal"])
    (entry,) = found(f"{HEAD}\n2026-03-01,,,20:00,On  Fire,,,\n", moods=own)
    assert entry.mood == 9.5


@pytest.mark.parametrize("names", [["rad", "good", "", "bad", "awful"], ["rad", "good", "rad", "bad", "awful"]])
def test_each_mood_has_a_name_and_no_name_two_moods(names: list[str]) -> None:
    with pytest.raises(InvalidFile):
        moods(names)


@pytest.mark.parametrize(
    ("rows", "line", "key"),
    [
        (["2026-03-01,,,20:00,chipper,,,"], 2, "mood"),
        (["2026-03-01,,,20:00,,,,"], 2, "mood_missing"),
        (["2026-03-01,,,20:00,good,,,", "", "1 March 2026,,,20:00,good,,,"], 4, "date"),
        (["2026-02-30,,,20:00,good,,,"], 2, "date"),
        (["2026-03-06,,,20:00,good,,,"], 2, "future"),
        (["2026-03-01,,,soon,good,,,"], 2, "time"),
        (["2026-03-01,,,25:00,good,,,"], 2, "time"),
        (["2026-03-01,,,20:00,good,,"], 2, "cells"),
        (['2026-03-01,,,20:00,good,,,"two', 'lines"', "2026-03-02,,,20:00,good"], 4, "cells"),
        (['2026-03-01,,,20:00,good,,,"open'], 2, "csv"),
        (['2026-03-01,,,20:00,good,,,"a" b'], 2, "csv"),
        (["2026-03-01,,,20:00,good,,,", f"2026-03-01,,,21:00,good,,,{'a' * 10_001}"], 3, "note"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_with_the_reason(rows: list[str], line: int, key: str) -> None:
    error = refusal("\n".join([HEAD, *rows]))
    assert (error.line, error.key) == (line, key)
    assert error.said("en").startswith(f"Line {line}: ")
    assert error.said("es").startswith(f"Línea {line}: ")


@pytest.mark.parametrize(
    ("data", "line", "key"),
    [
        ("", None, "empty"),
        (" \n\n", None, "empty"),
        (HEAD, 1, "empty"),
        ("name,amount\nAna,3\n", 1, "columns"),
        (b"PK\x03\x04\xff\xfe", 1, "encoding"),
        (f"{HEAD}\n2026-03-01,,,20:00,caf\xe9,,,".encode("latin-1"), 2, "encoding"),
        ("a" * 1_000_001, None, "too_large"),
    ],
)
def test_what_is_no_such_file_is_refused_with_the_reason(data: str | bytes, line: int | None, key: str) -> None:
    error = refusal(data)
    assert (error.line, error.key) == (line, key)
    assert error.said("en") and error.said("es")


def test_a_refusal_does_not_repeat_in_a_log_what_is_in_the_file() -> None:
    assert str(refusal(f"{HEAD}\n2026-03-01,,,20:00,heartbroken,,,")) == "line 2: mood"
    assert "heartbroken" in refusal(f"{HEAD}\n2026-03-01,,,20:00,heartbroken,,,").said("en")


def test_more_than_thirteen_years_are_too_many() -> None:
    rows = (f"{1990 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02},,,,meh" for n in range(daylio.MOST_ENTRIES + 1))
    error = refusal("full_date,date,weekday,time,mood\n" + "\n".join(rows))
    assert (error.line, error.key) == (daylio.MOST_ENTRIES + 2, "too_many")


def test_today_is_left_out_since_it_is_not_over() -> None:
    read_ = read(f"{HEAD}\n2026-03-05,,,8:00,good,,,\n2026-03-04,,,8:00,good,,,".encode(), ZONE, TODAY, moods())
    assert ([entry.day.day for entry in read_.entries], read_.today) == ([4], 1)


def test_the_same_file_again_adds_nothing_and_a_longer_one_what_is_new() -> None:
    first = read(EXPORT.encode(), ZONE, TODAY, moods())
    there = member(*plan(first, member()).entries)
    again = plan(first, there)
    assert (again.entries, again.known) == ((), 4)
    longer = read((EXPORT + "2026-02-26,,,20:00,bad,,,\n").encode(), ZONE, TODAY, moods())
    assert [entry.day.day for entry in plan(longer, there).entries] == [26]


def test_whoever_has_moved_since_gets_nothing_twice() -> None:
    there = member(*found())
    moved = read(EXPORT.encode(), ZoneInfo("Europe/Madrid"), TODAY, moods())
    assert plan(moved, there).entries == ()


def test_a_line_twice_in_a_file_is_one_entry() -> None:
    line = "2026-03-01,,,20:00,good,,,"
    assert len(found("\n".join([HEAD, line, line]))) == 1


def test_days_that_were_answered_here_stay_as_they_are() -> None:
    own = Entry(day=date(2026, 3, 2), at=NOW, source="SM1", kind="answered", mood=4)
    asked = Entry(day=date(2026, 2, 28), at=NOW, source="checkin", kind="prompted")
    planned = plan(read(EXPORT.encode(), ZONE, TODAY, moods()), member(own, asked))
    assert ({entry.day.day for entry in planned.entries}, planned.answered, planned.days) == ({27, 28}, 2, 2)


def test_each_import_has_an_id_of_its_own_and_they_end_at_some_point() -> None:
    file = read(EXPORT.encode(), ZONE, TODAY, moods())
    first = plan(file, member()).id
    assert plan(file, member(imports=(first,))).id != first
    with pytest.raises(InvalidFile):
        plan(file, member(imports=tuple(map(str, range(daylio.MOST_IMPORTS)))))


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2026, 3, 4)), st.times(), cells, cells), max_size=20))
def test_what_daylio_writes_is_read_whatever_was_written_in_it(rows: list[tuple[date, time, str, str]]) -> None:
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(HEAD.split(","))
    for day, at, title, note in rows:
        writer.writerow([day, "", "", f"{at:%H:%M}", "meh", "", title, note])
    if not rows:
        assert refusal(told.getvalue()).key == "empty"
        return
    assert {entry.day for entry in found(told.getvalue())} == {row[0] for row in rows}


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"{HEAD}\n{text}".encode("utf-8", "replace")))
def test_no_file_brings_another_error(data: bytes) -> None:
    refused: InvalidFile | None = None
    try:
        read(data, ZONE, TODAY, moods())
    except InvalidFile as error:
        refused = error
    assert refused is None or (refused.said("en") and refused.said("es"))
