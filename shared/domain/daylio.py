"""Reads the journal that Daylio exports as CSV, so that nobody starts from nothing. Pure.

The columns are named in the first line: `full_date` (ISO), `time` and `mood` are read, and `activities`, `note_title`
and `note` where they are there; the others (`date`, `weekday`, `scales`) say nothing more. Of the five moods each
stands for the middle of a fifth of our scale, 9.5 to 1.5, and counts as an estimate: nobody said the number.
Activities are kept as words of the note. That they gave or cost energy is not claimed, since Daylio does not ask.
"""

import csv
import hashlib
import html
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shared.content import dates, texts
from shared.content.texts import Language
from shared.domain.agenda import local_instant
from shared.domain.models import Entry, Member
from shared.domain.schedule import day_of

MOST_BYTES = 1_000_000
MOST_ENTRIES = 5_000
MOST_IMPORTS = 40
LEVELS = (9.5, 7.5, 5.5, 3.5, 1.5)  # from the best mood to the worst
USUAL_MOODS = ("rad", "good", "meh", "bad", "awful")
_LONGEST_NOTE = 10_000
_NEEDED = ("full_date", "mood")
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.]\d{2})?\s*(?:([ap])\.?\s*m\.?)?", re.IGNORECASE)
# No tag goes on past where another one begins: else a note of nothing but "<a" would take minutes.
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)

Moods = Mapping[str, float]


class InvalidFile(Exception):
    """The file cannot be imported: `line` is where (1 is its first; None where it is the whole), `key` names why."""

    def __init__(self, line: int | None, key: str, **values: object) -> None:
        super().__init__(f"line {line}: {key}")
        self.line, self.key, self._values = line, key, values

    def said(self, language: Language) -> str:
        """The line and the reason, in a sentence."""
        told = {name: dates.label(v, language) if isinstance(v, date) else v for name, v in self._values.items()}
        why = texts.say_on_page(f"import_error.{self.key}", language, **told)
        return why if self.line is None else texts.say_on_page("import.at_line", language, line=self.line, why=why)


class Found(NamedTuple):
    """What is in a file: `id` stands for its content, `today` is how many entries of it are left out as too young."""

    id: str
    entries: tuple[Entry, ...]
    today: int


class Planned(NamedTuple):
    """What an import adds, under an id that no other import has, and how much it leaves out: what is there already,
    what is of days that were answered here, and what is of today."""

    id: str
    entries: tuple[Entry, ...]
    known: int
    answered: int
    today: int

    @property
    def days(self) -> int:
        return len({entry.day for entry in self.entries})


def moods(names: Sequence[str] = USUAL_MOODS) -> Moods:
    """What moods are called, from the best level to the worst; several names of one level with commas between them.

    Raises:
        InvalidFile: a level has no name, or a name is of two levels.
    """
    if len(names) != len(LEVELS):
        raise InvalidFile(None, "mood_without_name")
    found: dict[str, float] = {}
    for level, told in zip(LEVELS, names, strict=True):
        called = [name for name in (_same(part) for part in told.split(",")) if name]
        if not called:
            raise InvalidFile(None, "mood_without_name")
        for name in called:
            if found.setdefault(name, level) != level:
                raise InvalidFile(None, "mood_twice", mood=name)
    return found


def planned(data: bytes | None, names: Sequence[str], member: Member, now: datetime) -> Planned:
    """What importing a file adds for a member, whose journal is whole; `names` are the five moods', the best first.

    There are no `data` where no file could be found in what was sent.

    Raises:
        InvalidFile
    """
    if data is None:
        raise InvalidFile(None, "not_found")
    zone = ZoneInfo(member.timezone)
    return plan(read(data, zone, day_of(now.astimezone(zone)), moods(names)), member)


def read(data: bytes, zone: ZoneInfo, today: date, moods: Moods) -> Found:
    """The entries of a file, for a member in that zone; what is of `today` is left out, since that day is not over.

    Raises:
        InvalidFile: with the first line that cannot be taken.
    """
    lines = csv.reader(io.StringIO(_text(data), newline=""), strict=True)
    rows, entries, young, begins = iter(_rows(lines)), dict[str, Entry](), 0, 1
    columns = [_same(name) for name in next(rows, (1, []))[1]]
    if missing := [name for name in _NEEDED if name not in columns]:
        raise InvalidFile(1, "columns", missing=", ".join(missing))
    for begins, cells in rows:
        if len(cells) != len(columns):
            raise InvalidFile(begins, "cells", found=len(cells), expected=len(columns))
        entry = _entry(begins, dict(zip(columns, cells, strict=True)), zone, moods)
        if entry.day > today:
            raise InvalidFile(begins, "future", day=entry.day)
        young += entry.day == today
        if entry.day < today:
            entries[entry.id] = entry
        if len(entries) > MOST_ENTRIES:
            raise InvalidFile(begins, "too_many", most=MOST_ENTRIES)
    if begins == 1:
        raise InvalidFile(1, "empty")
    return Found(hashlib.sha256(data).hexdigest()[:12], tuple(entries.values()), young)


def plan(found: Found, member: Member) -> Planned:
    """What of a file is new to a member, whose journal is whole. Days that they answered here stay as they are.

    Raises:
        InvalidFile: they have imported too often.
    """
    if len(member.imports) >= MOST_IMPORTS:
        raise InvalidFile(None, "too_often", most=MOST_IMPORTS)
    there = {(entry.day, entry.source) for entry in member.journal}
    answered = {entry.day for entry in member.journal if entry.kind == "answered"}
    new = [entry for entry in found.entries if (entry.day, entry.source) not in there]
    added = tuple(entry for entry in new if entry.day not in answered)
    return Planned(
        id=f"{found.id}-{len(member.imports)}",
        entries=added,
        known=len(found.entries) - len(new),
        answered=len(new) - len(added),
        today=found.today,
    )


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise InvalidFile(None, "too_large", most=MOST_BYTES // 1000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFile(data[: error.start].count(b"\n") + 1, "encoding") from None
    if not text.strip():
        raise InvalidFile(None, "empty")
    return text


def _rows(lines: Iterable[list[str]]) -> Iterable[tuple[int, list[str]]]:
    """The rows of a CSV reader that are not blank, each with the line on which it begins."""
    begins = 1
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = lines.line_num + 1  # type: ignore[attr-defined]  # it is the reader's
    except csv.Error:
        raise InvalidFile(begins, "csv") from None


def _entry(line: int, row: Mapping[str, str], zone: ZoneInfo, moods: Moods) -> Entry:
    day, at = _day(line, row["full_date"]), _time(line, row.get("time", ""))
    named = row["mood"].strip()
    if _same(named) not in moods:
        raise InvalidFile(line, "mood" if named else "mood_missing", mood=named[:40])
    note = _note(row)
    if len(note) > _LONGEST_NOTE:
        raise InvalidFile(line, "note", most=_LONGEST_NOTE)
    content = "\0".join((day.isoformat(), at.isoformat(), _same(named), note))
    return Entry(
        day=day,
        at=local_instant(day, at, zone),
        source=f"daylio-{hashlib.sha256(content.encode()).hexdigest()[:12]}",
        kind="imported",
        mood=moods[_same(named)],
        mood_estimated=True,
        note=note or None,
    )


def _day(line: int, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidFile(line, "date", date=text.strip()[:40]) from None


def _time(line: int, text: str) -> time:
    """The time of day, noon where none is given: it says which of a day's moods came last.

    >>> _time(1, "8:09 p.m."), _time(1, "12:15 AM"), _time(1, "20.09"), _time(1, "")
    (datetime.time(20, 9), datetime.time(0, 15), datetime.time(20, 9), datetime.time(12, 0))
    """
    told = " ".join(text.split())
    if not told:
        return time(12)
    match = _CLOCK.fullmatch(told)
    hour, minute = (int(match[1]), int(match[2])) if match else (24, 0)
    if match and match[3] and hour <= 12:
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        raise InvalidFile(line, "time", time=told[:40])
    return time(hour, minute)


def _note(row: Mapping[str, str]) -> str:
    """Title, note and activities, in this order, as plain text."""
    activities = ", ".join(filter(None, (part.strip() for part in row.get("activities", "").split("|"))))
    parts = (_plain(row.get("note_title", "")), _plain(row.get("note", "")), f"({activities})" if activities else "")
    return " ".join(filter(None, parts))


def _plain(written: str) -> str:
    """
    >>> _plain("<b>Long</b> day<br>tea &amp; bed"), _plain("3 < 4")
    ('Long day tea & bed', '3 < 4')
    """
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", written))).split())


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()
