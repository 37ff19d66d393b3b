"""All that is kept on a member, in the shape in which it is handed out: for programs, and to be read. Pure."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import Field

from shared.content import texts
from shared.domain.models import Answer, Entry, Frozen, Member

_COLUMNS = ("day", "time", "what", "mood", "estimated", "engaged", "drained", "wins", "note")
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


class Held(Frozen):
    """All that is kept: `member` with their whole journal, what their messages were answered (by the message's id),
    and what became of each nudge (by its id)."""

    member: Member
    answers: dict[str, Answer] = Field(default_factory=dict, repr=False)
    nudges: dict[str, dict[str, str]] = Field(default_factory=dict, repr=False)


def as_json(held: Held, at: datetime) -> str:
    """Everything, under the names that the service itself uses."""
    everything = {
        "exported_at": at.isoformat(),
        "member": held.member.model_dump(mode="json"),
        "journal": [entry.model_dump(mode="json") for entry in held.member.journal],
        "messages": [{"id": sid, **answer.model_dump(mode="json")} for sid, answer in held.answers.items()],
        "nudges": [{"id": nudge_id, **recorded} for nudge_id, recorded in held.nudges.items()],
    }
    return json.dumps(everything, ensure_ascii=False, indent=2)


def as_csv(member: Member) -> str:
    """The journal, a line an entry, for a spreadsheet; times are the member's own.

    >>> from shared.domain.export import _cell
    >>> _cell(("mentoring Priya", "=1+1")), _cell("=1+1")
    ('mentoring Priya; =1+1', "'=1+1")
    """
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(texts.say(f"export.{column}", member.language) for column in _COLUMNS)
    writer.writerows([_cell(value) for value in _row(entry, member)] for entry in member.journal)
    return told.getvalue()


def _row(entry: Entry, member: Member) -> Iterator[object]:
    """The values of `_COLUMNS`."""
    yield entry.day.isoformat()
    yield f"{entry.at.astimezone(ZoneInfo(member.timezone)):%H:%M}"
    yield texts.say(f"export.{entry.kind}", member.language)
    yield "" if entry.mood is None else f"{entry.mood:g}"
    yield texts.say("export.yes", member.language) if entry.mood_estimated else ""
    yield from (entry.engaged, entry.drained, entry.wins, entry.note or "")


def _cell(value: object) -> str:
    """A value as a cell holds it: what a spreadsheet would take for a formula is kept from being one."""
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text
