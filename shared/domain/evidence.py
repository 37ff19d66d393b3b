"""A member's wins over any stretch of time, as a page for a CV or a performance review. Pure.

The words are the member's own: a win is begun with a capital and without "I", and nothing is added. What came with a
call for help is left out, and so is what was for the member's own rest: neither is for an employer's eyes.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from shared.content import dates, texts
from shared.content.texts import Language
from shared.domain import smart
from shared.domain.models import STEPS, Entry, Frozen, Goal, Learning, Member, StepName
from shared.domain.themes import stems
from shared.domain.understanding.text.amounts import whole

# What a win begins with that a CV does without ("we" stays, since it says who did it), and the one turn of phrase
# that has a plain other form.
_BEFORE = re.compile(
    r"(?:(?:so|and|then|also|today|yesterday|finally|just|hoy|ayer|por fin|ya|y)[ ,]+)*"
    r"(?:(?:i've|i have|i had|i|yo)(?: (?:also|finally|just))? )?",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?:they|my (?:boss|manager|lead|team)) asked me to ", re.IGNORECASE)
_APOSTROPHES = str.maketrans("’`", "''")
_Place = tuple[int, int, str]  # of a section among the others
_TAIL = " .,;:!…"


class Item(Frozen):
    """One win, phrased, with the day it was told for."""

    day: date
    text: str = Field(repr=False)


class Section(Frozen):
    """The wins that show one skill, or else were for one goal or one step; "more" of those that fit none.

    `title` is the skill, or the goal's words; `done` of `total` is where the goal stands, `ended_on` when it was
    reached.
    """

    of: Literal["skill", "goal", "step", "more"]
    items: tuple[Item, ...] = Field(repr=False)
    title: str = Field(default="", repr=False)
    step: StepName | None = None
    done: str | None = None
    total: str | None = None
    ended_on: date | None = None


class Pack(Frozen):
    """A member's wins from `since` to `until`, both included."""

    name: str = Field(repr=False)
    since: date
    until: date
    sections: tuple[Section, ...] = Field(default=(), repr=False)

    @property
    def count(self) -> int:
        return sum(len(section.items) for section in self.sections)


def build(member: Member, since: date, until: date) -> Pack:
    """The pack of that stretch; `member` needs its journal. It begins with the month of the first win there is."""
    sections: dict[_Place, Section] = {}
    items: dict[_Place, dict[tuple[date, str], Item]] = {}
    for entry, win in _wins(member.journal, since, until):
        place, section = _section(entry, win, member)
        item = Item(day=entry.day, text=phrased(win))
        sections.setdefault(place, section)
        items.setdefault(place, {}).setdefault((item.day, item.text.casefold()), item)
    filled = (sections[place].model_copy(update={"items": tuple(items[place].values())}) for place in sorted(sections))
    found = tuple(filled)
    first = min((item.day for section in found for item in section.items), default=until)
    return Pack(name=member.name, since=max(since, first.replace(day=1)), until=until, sections=found)


def _wins(journal: Iterable[Entry], since: date, until: date) -> Iterable[tuple[Entry, str]]:
    for entry in sorted(journal, key=lambda entry: entry.id):
        if since <= entry.day <= until and not entry.private and entry.step != "wellbeing":
            yield from ((entry, win) for win in entry.wins if phrased(win))


def phrased(win: str) -> str:
    """A win as a CV has it, in the member's own words.

    >>> phrased("sent off my portfolio!"), phrased("I finally closed the deal"), phrased("they asked me to lead it")
    ('Sent off my portfolio', 'Closed the deal', 'Was asked to lead it')
    >>> phrased("ya envié 3 solicitudes"), phrased("iPad demo went well")
    ('Envié 3 solicitudes', 'iPad demo went well')
    """
    said = " ".join(win.translate(_APOSTROPHES).split()).strip(_TAIL)
    match = _BEFORE.match(said)
    bare = (said[match.end() :] if match else said) or said
    bare = _ASKED.sub("was asked to ", bare, count=1) if _ASKED.match(bare) else bare
    first = bare.partition(" ")[0]
    return bare if any(map(str.isupper, first[1:])) else bare[:1].upper() + bare[1:]


def _section(entry: Entry, win: str, member: Member) -> tuple[_Place, Section]:
    """Where a win belongs, as a key that sorts, and the section as it is while empty."""
    learning = member.plan.learning
    for place, skill in enumerate(learning):
        if skill.skill and (_shows(win, skill) or (entry.step == "upskill" and _was_learned(skill, entry.day))):
            return (0, place, skill.skill.casefold()), Section(of="skill", title=skill.skill, items=())
    if entry.goals:
        goal_id, then = next(iter(entry.goals.items()))
        goal = next((goal for goal in member.goals if goal.id == goal_id), None)
        return (1, int(goal_id[1:]), ""), _of_goal(goal, then)
    if entry.step:
        return (2, STEPS.index(entry.step), ""), Section(of="step", step=entry.step, items=())
    return (3, 0, ""), Section(of="more", items=())


def _shows(win: str, learning: Learning) -> bool:
    """Whether a win speaks of a skill, or of what it was learned by."""
    return not stems(win).keys().isdisjoint(stems(f"{learning.skill} {learning.text} {learning.means or ''}"))


def _was_learned(learning: Learning, day: date) -> bool:
    return learning.begun_on <= day <= (learning.ended_on or day)


def _of_goal(goal: Goal | None, then: str) -> Section:
    """A goal with its numbers as they are now; one that is no longer kept, in the words that it had then."""
    if goal is None:
        return Section(of="goal", title=then, items=())
    total = smart.total(goal)
    done, of = (str(whole(goal.done)), str(whole(total))) if total else (None, None)
    ended = goal.ended_on if goal.state == "done" else None
    return Section(of="goal", title=goal.text, items=(), ended_on=ended, done=done, total=of)


def period(pack: Pack, language: Language) -> str:
    """The pack's stretch by its months: "October 2026", "March 2026 to November 2026", or a whole year "2026"."""
    year_end = date(pack.until.year, 12, 31)
    if (pack.since, pack.until) == (date(pack.until.year, 1, 1), year_end):
        return str(pack.until.year)
    first, last = dates.month_and_year(pack.since, language), dates.month_and_year(pack.until, language)
    return first if first == last else texts.say("evidence.span", language, since=first, until=last)
