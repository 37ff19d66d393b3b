"""A whole simulation: a world, its people, time passing, and in the end what the oracle makes of it."""

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random

from cli.simulation.days import zone_of
from cli.simulation.faults import Faults
from cli.simulation.oracle import Oracle
from cli.simulation.people import Person
from cli.simulation.record import DAYS, Day, Record, Setting, Written
from cli.simulation.timeline import Timeline
from cli.simulation.world import World
from shared.domain.form_fields import offered_timezones
from shared.domain.models import Entry

ZEROS = (
    "lost_replies",
    "double_texts",
    "texts_at_night",
    "texts_after_stop",
    "over_two_a_day",
    "unaccounted_nudges",
    "wrong_day_replies",
)
FATES = ("sent", "merged", "missed", "skipped")
_JOIN_WITHIN = timedelta(days=4)
_SETTLES = timedelta(days=2)  # after the end, when nobody does anything any more
_BOTH = 0.05  # of the people want mails beside texts
_HOURS = (time(8), time(8, 30), time(12, 30), time(17), time(18), *(time(19, 30),) * 4, time(20), time(20, 30))
_DAY_SETS: tuple[tuple[Day, ...], ...] = (*(DAYS,) * 5, *(DAYS[:5],) * 2, ("tue", "thu", "sat"), ("sun",))


@dataclass
class Result:
    """What came of a simulation. `found` has a line for each time that a rule was broken, by the rule."""

    members: int
    days: int
    seed: int
    start: date
    record: Record
    nudges_due: int = 0
    fates: Counter[str] = field(default_factory=Counter)  # of what was due, by kind: sent, merged, missed, skipped
    faults: dict[str, int] = field(default_factory=dict)
    found: dict[str, list[str]] = field(default_factory=dict)
    raised: dict[str, int] = field(default_factory=dict)  # by handlers, by the error's name

    @property
    def is_right(self) -> bool:
        return not any(self.found.values())

    def counts(self) -> dict[str, object]:
        """What `--json` prints."""
        return {
            "members": self.members,
            "days": self.days,
            "seed": self.seed,
            "nudges_due": self.nudges_due,
            **{fate: self.fates[fate] for fate in FATES},
            "replies": len(self.record.wrote),
            "faults": {kind: count for kind, count in sorted(self.faults.items()) if count},
            **{rule: len(self.found[rule]) for rule in ZEROS},
        }


def simulate(
    members: int,
    days: int,
    seed: int,
    start: date,
    progress: Callable[[int], None] = lambda _: None,
    faulty: bool = True,
) -> Result:
    """Run the service for so many members and days from `start`, and judge it. `progress` is told of each day."""
    begins = datetime.combine(start, time(0), UTC)
    ends = begins + timedelta(days=days)
    record, timeline = Record(begins, ends), Timeline(begins)
    faults = Faults(seed, begins, ends, faulty)
    random.seed(seed)  # what the service itself leaves to chance, such as how long it waits
    world = World(timeline, faults, record, seed)
    people = _people(world, members, seed)
    world.interrupts = lambda phone: people[phone].interrupts()
    world.taken = lambda text: people[text.phone].takes_note(text)
    if faulty:
        world.poison()
    with world.in_use():
        for day in range(days):
            timeline.run(begins + timedelta(days=day + 1))
            progress(day + 1)
        timeline.run(ends + _SETTLES)
    _read(world, record)
    return _judged(Result(members, days, seed, start, record), world)


def _people(world: World, members: int, seed: int) -> dict[str, Person]:
    """Members in all zones, one after the other, each with a chance of their own."""
    zones = list(offered_timezones())
    Random(f"zones of {seed}").shuffle(zones)  # noqa: S311
    people = {}
    for number in range(members):
        own = Random(f"member {number} of {seed}")  # noqa: S311
        channels = ("sms", "email") if own.random() < _BOTH else ("sms",)
        setting = Setting(zones[number % len(zones)], own.choice(_HOURS), own.choice(_DAY_SETS), channels)
        joins = world.record.start + _JOIN_WITHIN * own.random()
        person = Person(world, own, number, setting, joins.replace(microsecond=0))
        people[person.life.phone] = person
    return people


def _read(world: World, record: Record) -> None:
    """What the table holds in the end."""
    for item in world.table.scan(TableName="members")["Items"]:
        owner, sk = item["pk"]["S"].partition("#")[2], item["sk"]["S"]
        if sk == "PHONE":
            record.ids[owner] = item["member_id"]["S"]
        elif sk == "MEMBER":
            record.states[owner] = json.loads(item["data"]["S"])
        elif sk.startswith("REPLY#"):
            record.replies.setdefault(owner, set()).add(sk.removeprefix("REPLY#"))
        elif sk.startswith("NUDGE#"):
            told = {name: value.get("S", "") for name, value in item.items()}
            record.nudges[owner, sk.removeprefix("NUDGE#")] = told
        elif sk.startswith("DAY#"):
            entry = Entry.model_validate_json(item["data"]["S"])
            written = Written(entry.day, entry.at, entry.kind, entry.mood)
            record.journal.setdefault(owner, {}).setdefault(entry.source, []).append(written)


def _judged(result: Result, world: World) -> Result:
    oracle = Oracle(result.record)
    result.found = {rule: getattr(oracle, rule)() for rule in ZEROS}
    result.faults = {**world.faults.counts, "clock_changes": _clock_changes(result.record)}
    result.raised = dict(world.raised)
    for nudge in result.record.queued.values():
        result.nudges_due += len(nudge.kinds)
        told = result.record.nudges.get((nudge.member_id, nudge.nudge_id), {})
        fates = [fate.partition(":")[2] for fate in told.get("fates", "").split()]
        for fate in fates or [told.get("state", "")] * len(nudge.kinds):
            result.fates[fate if fate in (*FATES, "") else "skipped"] += 1
    return result


def _clock_changes(record: Record) -> int:
    """How many times the clock of a member was changed."""
    count = 0
    for life in record.lives.values():
        zone = zone_of(life.now().zone)
        offsets = [
            (record.start + timedelta(days=n)).astimezone(zone).utcoffset()
            for n in range((record.end - record.start).days + 1)
        ]
        count += sum(before != after for before, after in pairwise(offsets))
    return count
