"""What UNDO says that it took back, in a few words: "6 for Tue, 1 win"; and what holds from now on."""

from collections.abc import Iterable, Iterator

from shared.domain import schedule
from shared.domain.message import Message, next_checkin
from shared.domain.models import Entry, Undo

# Fields of a member that are named where they are taken back; what else changes beside them goes without saying.
_NAMED = ("prompt_time", "days", "timezone", "name", "email", "channels", "language", "goals", "plan", "buddy")
_MOVES_CHECKINS = ("prompt_time", "days", "timezone", "pause")


def sentences(message: Message, undo: Undo) -> Iterator[str]:
    """`message` is from the member as they are again, with the journal as it was before."""
    entries = [entry for entry in message.member.journal if entry.id in undo.entries]
    what = ", ".join((*_entries(message, entries), *_fields(message, undo)))
    yield message.say("settings.undone", what=what) if what else message.say("settings.undone_last")
    yield from _moods(message, entries)
    if undo.before.keys() & _MOVES_CHECKINS and not schedule.is_paused(message.member, message.now):
        yield message.say("settings.next", when=next_checkin(message.member, message.now))
    if undo.sent:
        yield message.say("settings.not_called_back")


def _entries(message: Message, entries: Iterable[Entry]) -> Iterator[str]:
    wins = 0
    for entry in entries:
        day, wins = message.short_weekday(entry.day), wins + len(entry.wins)
        if entry.kind == "skipped":
            yield message.say("undone.skip", day=day)
        elif entry.mood and not entry.mood_estimated:
            yield message.say("undone.score", mood=f"{entry.mood:g}", day=day)
        elif entry.kind == "answered" and (entry.mood or not entry.wins):
            yield message.say("undone.note", day=day)
    if wins:
        yield message.say("undone.win" if wins == 1 else "undone.wins", count=wins)


def _fields(message: Message, undo: Undo) -> Iterator[str]:
    before = undo.before
    yield from (message.say(f"undone.{name}") for name in _NAMED if name in before)
    if "pause" in before:
        yield message.say("undone.resume" if before["pause"] else "undone.pause")
    if "snoozed_until" in before and not before["snoozed_until"]:
        yield message.say("undone.snooze")


def _moods(message: Message, removed: list[Entry]) -> Iterator[str]:
    """The score of the same day that counts again, since it was given before."""
    for day in {entry.day for entry in removed if entry.mood}:
        moods = [e.mood for e in message.member.journal if e.day == day and e.mood and e not in removed]
        if moods:
            yield message.say("settings.holds_again", mood=f"{moods[-1]:g}", day=message.short_weekday(day))
