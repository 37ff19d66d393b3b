"""What must never happen, counted from the record: each rule by itself, with arithmetic of its own.

A text that a person asked for (a snooze, a summary, the confirmation of a sign-up, an answer sent later) is outside
the night and the two a day; nothing is outside STOP. Where a person and the service were just about to agree on
something else, what either may have held true is taken for right.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from cli.simulation.days import first_instant, is_night, local
from cli.simulation.diary import CLOSING, Diary
from cli.simulation.record import DAYS, Life, Queued, Record, Sent, Setting, Told, Written, Wrote

MOST_A_DAY = 2
SILENT = 14  # prompts without a word, after which none are due
CHECKINS = ("daily_checkin", "weekly_review")
_ON_A_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_GRACE = timedelta(minutes=2)  # a text of the evening's last minute may take so long to leave
_KEPT_TO = timedelta(seconds=2)  # the table keeps whole seconds, of a moment before the write
_ASKED_WITHIN = timedelta(days=3)  # a snooze is at most two days, and may be late


class Prompt(NamedTuple):
    """A check-in that went out, about a day, or None for one that was put off; the service knew of it by `known`."""

    at: datetime
    known: datetime
    day: date | None


class Oracle:
    """Judges a record. Each method gives one line for each time that its rule was broken."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def texts_at_night(self) -> list[str]:
        """Nobody gets a text that they did not ask for between 21:00 and 08:00 on their own clock."""
        return [
            _line(text)
            for text in self._unasked
            if all(
                is_night(local(text.at, each.zone).time()) and is_night(local(text.at - _GRACE, each.zone).time())
                for each in self._life(text).possibly(text.at)
            )
        ]

    def over_two_a_day(self) -> list[str]:
        """No third text that they did not ask for reaches anybody on a date of their own.

        One that was on its way as they moved is of the date where they lived until then, or of where they live now.
        """
        days: Counter[tuple[str, date]] = Counter()
        found = []
        for text in self._unasked:
            if text.sid in self._record.undelivered:
                continue
            day = min(((text.phone, date) for date in self._dates(text)), key=lambda each: (days[each], each))
            days[day] += 1
            if days[day] > MOST_A_DAY:
                found.append(_line(text))
        return found

    def double_texts(self) -> list[str]:
        """No nudge is texted twice, and no words come twice on a date unless they were asked for.

        Where the first never reached the phone, a second is none.
        """
        nudges: set[tuple[str, str]] = set()
        words: set[tuple[str, str, date]] = set()
        found = []
        for text in self._record.sent:
            if text.sid in self._record.undelivered:
                continue
            nudge = text.member_id, text.nudge_id
            said = {(text.phone, text.body, day) for day in self._dates(text)}
            if nudge in nudges or (said <= words and not self._is_asked_for(text)):
                found.append(_line(text))
            nudges.add(nudge)
            words |= said
        return found

    def texts_after_stop(self) -> list[str]:
        """Nobody who has opted out gets a text, but for the answer to that very text, to HELP and to START."""
        may_answer = {each.sid for each in self._record.wrote if each.meaning.name in ("stop", "start", "help")}
        told = [each for each in self._record.told if each.sid not in may_answer]
        sent = [each for each in self._record.sent if each.nudge_id.split("#")[1] not in may_answer]
        texts: list[Sent | Told] = [*sent, *told]
        return [_line(text) for text in texts if _has_left(self._life(text), text.at)]

    def lost_replies(self) -> list[str]:
        """Every text that somebody wrote was taken, and is on record as it was meant.

        One that answers a prompt whose sender died before it could note that it was sent may be read as the answer to
        what was asked before, as long as no receipt of that prompt has come either: it is taken, and said back.
        """
        undone = self._undone
        found = []
        for text in self._record.wrote:
            if text.taken is None or text.sid not in self._record.replies.get(self._id(text), ()):
                found.append(f"{text.at} {text.sid} was not taken: {text.text}")
            elif self._is_told(text) and text.sid not in undone and not self._is_ahead(text):
                moods = [each.mood for each in self._entries(text)]
                if moods != [text.meaning.mood]:
                    found.append(f"{text.at} {text.sid} of {self._id(text)} is on record as {moods}: {text.text}")
        return found + [line for life in self._record.lives.values() for line in self._not_agreed(life)]

    def wrong_day_replies(self) -> list[str]:
        """Every reply counts for one day: the one that was asked about, until noon of the next while it has no answer
        since, or else the local date, which turns at 04:00; or the day that it names.
        """
        return [line for phone in self._record.lives for line in self._on_wrong_days(phone)]

    def unaccounted_nudges(self) -> list[str]:
        """Of every nudge that was queued it is known, for each of its kinds, what became of it; and every check-in
        that fell due by what was agreed on was queued.
        """
        found = [
            f"{each.at} {each.nudge_id} of {each.member_id} ended as {self._fate(each)}"
            for each in self._record.queued.values()
            if each.member_id in self._record.states and not self.is_settled(each)
        ]
        return found + [line for life in self._record.lives.values() for line in self._never_queued(life)]

    def is_settled(self, nudge: Queued) -> bool:
        """Whether the table tells in the end what became of a nudge."""
        return "settled_at" in self._record.nudges.get((nudge.member_id, nudge.nudge_id), {})

    # Texts

    @cached_property
    def _unasked(self) -> list[Sent]:
        return [text for text in self._record.sent if not self._is_asked_for(text)]

    def _is_asked_for(self, text: Sent) -> bool:
        """Whether somebody did ask for it: its id names no date, and a request that it could stand for was made."""
        kind, named = text.nudge_id.split("#")[:2]
        if kind == "opt_in":
            return True
        if _ON_A_DATE.fullmatch(named):
            return False
        written = self._written[text.phone]
        if named.startswith("snoozed-"):
            return any(
                each.meaning.name == "snooze" and each.at < text.at <= each.at + _ASKED_WITHIN for each in written
            )
        return any(each.sid == named for each in written)

    @cached_property
    def _written(self) -> dict[str, list[Wrote]]:
        by_phone: dict[str, list[Wrote]] = defaultdict(list)
        for text in self._record.wrote:
            by_phone[text.phone].append(text)
        return by_phone

    def _dates(self, text: Sent) -> set[date]:
        """The dates on which it may be said to have come, where its reader moved as it was queued, or since."""
        life, queued = self._life(text), self._record.queued.get((text.member_id, text.nudge_id))
        settings = [*life.possibly((queued.at if queued else text.at) - _GRACE), *life.possibly(text.at)]
        return {local(text.at, each.zone).date() for each in settings}

    def _life(self, text: Sent | Told | Wrote) -> Life:
        return self._record.lives[text.phone]

    # Replies

    @cached_property
    def _undone(self) -> dict[str, datetime]:
        """When what was taken back was, by its sid."""
        return {each.meaning.value: each.at for each in self._record.wrote if each.meaning.name == "undo"}

    def _id(self, text: Wrote) -> str:
        return self._record.ids.get(text.phone, "")

    def _entries(self, text: Wrote) -> list[Written]:
        return self._record.journal.get(self._id(text), {}).get(text.sid, [])

    def _is_heard(self, text: Wrote) -> bool:
        """Whether somebody was a member, in any case, when their text was taken."""
        return all(each.active for each in self._life(text).possibly(text.taken or text.at))

    def _is_told(self, text: Wrote) -> bool:
        """Whether a text holds a score, from somebody who was a member."""
        return text.meaning.mood is not None and self._is_heard(text)

    def _is_ahead(self, text: Wrote) -> bool:
        """Whether it came after a prompt, and before the service knew that this had gone out."""
        return any(prompt.at <= text.at <= prompt.known for prompt in self._prompts[text.phone])

    def _not_agreed(self, life: Life) -> Iterable[str]:
        """A setting that in the end is not what was asked for last: the text that did was lost."""
        member = self._record.ids.get(life.phone)
        if member is None or member not in self._record.states:
            return
        kept, setting = self._record.states[member], life.now()
        if (kept["status"] == "active") is not setting.active:
            yield f"{member} is {kept['status']}"
        told = (kept["timezone"], kept["prompt_time"], set(kept["days"]))
        if told != (setting.zone, setting.hour.isoformat(), set(setting.days)):
            yield f"{member} has {told}, and asked for {setting}"

    def _on_wrong_days(self, phone: str) -> Iterable[str]:
        diary = Diary(self._record.lives[phone])
        texts = [(each.taken, each) for each in self._written[phone] if each.taken]
        events: list[tuple[datetime, Wrote | Prompt]] = [(each.at, each) for each in self._prompts[phone]]
        for _, seen in sorted([*texts, *events], key=itemgetter(0)):
            if isinstance(seen, Prompt):
                diary.asks(seen.at, seen.known, seen.day)
            elif seen.meaning.name == "undo":
                diary.told.pop(seen.meaning.value, None)
            else:
                yield from self._on_wrong_day(seen, diary)

    def _on_wrong_day(self, text: Wrote, diary: Diary) -> Iterable[str]:
        entries = self._entries(text)
        meant = diary.meant(text)
        if len(entries) > 1 or any(entry.day not in meant for entry in entries):
            days = ", ".join(str(entry.day) for entry in entries)
            yield f"{text.at} {text.sid} of {self._id(text)} counts for {days}, meant {meant}: {text.text}"
        for entry in entries:
            diary.told[text.sid] = (entry.at, entry.day)
        if text.meaning.name in CLOSING or text.meaning.back is not None:
            diary.closed = text.taken

    @cached_property
    def _prompts(self) -> dict[str, list[Prompt]]:
        """What asked how a day was, by text or by mail, by phone."""
        phones = {member: phone for phone, member in self._record.ids.items()}
        texted = {(text.member_id, text.nudge_id): text for text in self._record.sent}
        found: dict[str, list[Prompt]] = defaultdict(list)
        for (member, nudge_id), nudge in self._record.nudges.items():
            kind, named = nudge_id.split("#")[:2]
            sent = {fate.split(":")[0] for fate in nudge.get("fates", "").split() if fate.endswith(":sent")}
            if member in phones and kind in CHECKINS and sent & {*CHECKINS, "welcome_back"}:
                day = date.fromisoformat(named) if _ON_A_DATE.fullmatch(named) else None
                at, known = self._known(texted.get((member, nudge_id)), datetime.fromisoformat(nudge["settled_at"]))
                found[phones[member]].append(Prompt(at, known, day))
        return found

    def _known(self, text: Sent | None, settled: datetime) -> tuple[datetime, datetime]:
        """When a prompt went out, and from when on the service has to know that it did: a receipt tells it, too."""
        latest = settled + _KEPT_TO
        if text is None:
            return settled, latest
        return text.at, min(latest, self._record.receipts.get(text.sid, latest))

    # Nudges

    def _fate(self, nudge: Queued) -> str:
        return self._record.nudges.get((nudge.member_id, nudge.nudge_id), {}).get("state", "unknown")

    @cached_property
    def _queued_for(self) -> dict[str, dict[date, datetime]]:
        """When a check-in was first queued, by member and by the date that it is about."""
        found: dict[str, dict[date, datetime]] = defaultdict(dict)
        for each in self._record.queued.values():
            kind, named = each.nudge_id.split("#")[:2]
            if kind in CHECKINS and _ON_A_DATE.fullmatch(named):
                day = date.fromisoformat(named)
                found[each.member_id][day] = min(each.at, found[each.member_id].get(day, each.at))
        return found

    def _never_queued(self, life: Life) -> Iterable[str]:
        member = self._record.ids.get(life.phone, "")
        queued = self._queued_for.get(member, {})
        for day, at in self._due(life):
            if day not in queued and not self._may_be_silent(life.phone, queued, at) and not self._put_off(life, day):
                yield f"the check-in of {day} for {member}, due at {at}, was never queued"

    def _due(self, life: Life) -> Iterable[tuple[date, datetime]]:
        """The check-ins that fell due by what was agreed on, and when."""
        following = [each.asked for each in life.agreed[1:]] + [self._record.end]
        for agreed, until in zip(life.agreed, following, strict=True):
            setting = agreed.setting
            day = local(agreed.taken, setting.zone).date()
            while setting.active and (at := first_instant(day, setting.hour, setting.zone)) < until:
                if at > agreed.taken and _wants(setting, day):
                    yield day, at
                day += timedelta(days=1)

    def _may_be_silent(self, phone: str, queued: dict[date, datetime], at: datetime) -> bool:
        """Whether there may have been so many prompts without a word that no more is due."""
        last = max((each.taken for each in self._written[phone] if each.taken and each.taken < at), default=None)
        return sum(last is None or last < when < at for when in queued.values()) >= SILENT

    def _put_off(self, life: Life, day: date) -> bool:
        """Whether the check-in of that day may have been left out for one that was put off to it."""
        zone = life.now().zone
        return any(
            each.meaning.name == "snooze" and abs((local(each.at, zone).date() - day).days) <= 1
            for each in self._written[life.phone]
        )


def _wants(setting: Setting, day: date) -> bool:
    return DAYS[day.weekday()] in setting.days and not (setting.paused and day < setting.paused)


def _has_left(life: Life, at: datetime) -> bool:
    """Whether somebody was a member before and had opted out by then; a START that is on its way counts."""
    was = any(each.setting.active for each in life.agreed if each.taken <= at)
    return was and not any(each.active for each in life.possibly(at))


def _line(text: Sent | Told) -> str:
    return f"{text.at} {text.nudge_id if isinstance(text, Sent) else text.sid} to {text.phone}: {text.body}"
