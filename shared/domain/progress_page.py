"""What a member's own page shows: their days and moods over a period, wins, goals, and where the plan stands. Pure.

Called by `member_page`. The journal may be whole; dates are the member's own.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from shared.domain.answers import plan
from shared.domain.goals import open_goals
from shared.domain.message import Message
from shared.domain.models import STEPS, Entry, Goal, StepName
from shared.domain.smart import total
from shared.domain.steps import goal_lines
from shared.domain.summary import shown as shown_average

USUAL = 30  # days that are shown unless somebody asks for others
QUICK = ("30", "90", "365", "all")
_MOST_DAYS, _MOST_WEEKS = 100, 3 * 53  # shown as such: more days are shown as weeks, more weeks as months
_APART = 3  # empty days that a line still goes across: a weekend is no gap
_EDGE = 2.0  # percent of the chart's width left free at either side
_TICKS = 5

Unit = Literal["day", "week", "month"]


class InvalidPeriod(Exception):
    """A date of the period that was asked for cannot be read."""


class Period(NamedTuple):
    """From one date to another, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def period(asked: Mapping[str, str], journal: Iterable[Entry], today: date) -> Period:
    """The period asked for: `show`, one of QUICK, or `from` and `to` in ISO form; else the last 30 days.

    It ends today at the latest, and begins with the journal at the earliest.

    Raises:
        InvalidPeriod
    """
    begun = min((entry.day for entry in journal), default=today)
    first, last = asked.get("from", "").strip(), asked.get("to", "").strip()
    if not (first or last):
        show = asked.get("show", "")
        days = int(show) if show in QUICK and show.isdecimal() else USUAL
        return Period(begun if show == "all" else today - timedelta(days=days - 1), today)
    try:
        ends = sorted((date.fromisoformat(first) if first else begun, date.fromisoformat(last) if last else today))
    except ValueError as error:
        raise InvalidPeriod from error
    ends = [min(max(each, begun), today) for each in ends]
    return Period(*ends)


# Days


class Day(NamedTuple):
    """What is on record of one day. `estimated` tells from what its mood was, where nobody gave the number; `state`
    what became of it where nothing was told: it was skipped, not answered, not asked."""

    day: date
    mood: float | None
    estimated: Literal["", "words", "import"]
    state: Literal["told", "skipped", "missed", "prompted"]
    wins: tuple[str, ...] = ()
    engaged: tuple[str, ...] = ()
    drained: tuple[str, ...] = ()
    cheers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    logged_off: bool = False


def days(journal: Iterable[Entry], within: Period) -> list[Day]:
    """The days of a period on which anything was recorded, the latest first."""
    by_day: dict[date, list[Entry]] = {}
    for entry in sorted((entry for entry in journal if entry.day in within), key=_order):
        by_day.setdefault(entry.day, []).append(entry)
    return [_day(day, entries) for day, entries in sorted(by_day.items(), reverse=True)]


def _order(entry: Entry) -> tuple[date, datetime, str]:
    return entry.day, entry.at, entry.source


def _day(day: date, entries: list[Entry]) -> Day:
    rated = [entry for entry in entries if entry.mood is not None]
    kinds = {entry.kind for entry in entries}
    state: Literal["told", "skipped", "missed", "prompted"] = "told"
    if kinds <= {"prompted", "skipped", "missed"}:
        state = "skipped" if "skipped" in kinds else "prompted" if "prompted" in kinds else "missed"
    return Day(
        day=day,
        mood=rated[-1].mood if rated else None,
        estimated=_estimated(rated[-1]) if rated else "",
        state=state,
        wins=tuple(win for entry in entries for win in entry.wins),
        engaged=tuple(text for entry in entries for text in entry.engaged),
        drained=tuple(text for entry in entries for text in entry.drained),
        cheers=tuple(entry.note for entry in entries if entry.kind == "cheered" and entry.note),
        notes=tuple(entry.note for entry in entries if entry.kind == "imported" and entry.note),
        logged_off="logged_off" in kinds,
    )


def _estimated(entry: Entry) -> Literal["", "words", "import"]:
    if not entry.mood_estimated:
        return ""
    return "import" if entry.kind == "imported" else "words"


class Month(NamedTuple):
    """A month's days with something to read, the latest first; of the others how many were skipped and so on."""

    first: date
    days: tuple[Day, ...]
    skipped: int
    unanswered: int
    missed: int


def months(shown: Iterable[Day]) -> list[Month]:
    """These days, the latest first, by months."""
    found = []
    for first, of_month in groupby(shown, lambda day: day.day.replace(day=1)):
        of = tuple(of_month)
        states = [day.state for day in of]
        told = tuple(day for day in of if day.state == "told")
        found.append(Month(first, told, states.count("skipped"), states.count("prompted"), states.count("missed")))
    return found


# The chart


class Point(NamedTuple):
    """One mood of the chart: of a day, or the average of a week or month, over so many `days`. `x` is in percent of
    the width, `mood` from 1 to 10."""

    day: date
    x: float
    mood: float
    days: int
    won: bool


class Chart(NamedTuple):
    """`lines` join points between which there is no gap; `ticks` are dates to be named, with their `x`."""

    unit: Unit
    points: tuple[Point, ...]
    lines: tuple[tuple[Point, Point], ...]
    ticks: tuple[tuple[date, float], ...]
    average: str | None
    rated: int
    low: Point | None
    high: Point | None


def chart(shown: Iterable[Day], within: Period) -> Chart:
    """The moods of these days, as a chart of the period that they lie in.

    A period of more than 100 days is drawn as averages of weeks, one of more than three years as those of months.
    """
    length = (within.last - within.first).days + 1
    unit: Unit = "day" if length <= _MOST_DAYS else "week" if length <= _MOST_WEEKS * 7 else "month"
    rated = {day.day: day for day in shown if day.mood is not None}
    together: dict[date, list[Day]] = {}
    for day in sorted(rated):
        together.setdefault(_begin(day, unit), []).append(rated[day])
    points = tuple(_point(first, of, within) for first, of in together.items())
    differ = len({point.mood for point in points}) > 1
    moods = [day.mood for day in rated.values() if day.mood is not None]
    return Chart(
        unit=unit,
        points=points,
        lines=tuple(pair for pair in pairwise(points) if not _is_gap(pair[0].day, pair[1].day, unit)),
        ticks=tuple((day, _x(day, within)) for day in _ticks(within)),
        average=shown_average(sum(moods) / len(moods)) if moods else None,
        rated=len(moods),
        low=min(points, key=lambda point: point.mood) if differ else None,
        high=max(points, key=lambda point: point.mood) if differ else None,
    )


def _begin(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _point(first: date, of: list[Day], within: Period) -> Point:
    moods = [day.mood for day in of if day.mood is not None]
    middle = of[0].day + (of[-1].day - of[0].day) / 2
    average = round(sum(moods) / len(moods), 1)
    return Point(first, _x(middle, within), average, len(moods), any(day.wins for day in of))


def _x(day: date, within: Period) -> float:
    length = (within.last - within.first).days
    share = (day - within.first).days / length if length else 0.5
    return round(_EDGE + share * (100 - 2 * _EDGE), 2)


def _is_gap(one: date, other: date, unit: Unit) -> bool:
    apart = {"day": _APART + 1, "week": 7, "month": 31}[unit]
    return (other - one).days > apart


def _ticks(within: Period) -> list[date]:
    length = (within.last - within.first).days
    many = min(_TICKS, length + 1)
    steps = range(many) if many > 1 else range(1)
    return [within.first + timedelta(days=round(length * n / max(1, many - 1))) for n in steps]


# Wins


class Win(NamedTuple):
    """One win, in the member's own words."""

    day: date
    text: str

    @property
    def month(self) -> date:
        """Its first day."""
        return self.day.replace(day=1)


def wins(journal: Iterable[Entry], wanted: str = "") -> list[Win]:
    """The wins in which each of the wanted words occurs, the latest first. Case and accents make no difference."""
    told = sorted((entry for entry in journal if entry.wins), key=_order, reverse=True)
    found = [Win(entry.day, text) for entry in told for text in entry.wins]
    words = _plain(wanted).split()
    return [win for win in found if all(word in _plain(win.text) for word in words)]


def _plain(text: str) -> str:
    """
    >>> _plain("Terminé MÓDULO 3")
    'termine modulo 3'
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


# Goals and plan


class GoalLine(NamedTuple):
    """A goal as it is told. `share` is how much of it is done, from 0 to 1; None where it has no number."""

    number: int
    text: str
    how: str
    due: date | None
    plan: str
    value: str
    share: float | None


def goals_under_way(message: Message) -> list[GoalLine]:
    """The open goals, by the numbers that commands take."""
    return [_line(message, number, goal) for number, goal in enumerate(open_goals(message.member), 1)]


def _line(message: Message, number: int, goal: Goal) -> GoalLine:
    whole = total(goal)
    return GoalLine(
        number=number,
        text=goal_lines.name_of(goal, goal_lines.LONGEST_TEXT),
        how=goal_lines.how(message, goal),
        due=goal.due,
        plan=f"{goal_lines.when(message, goal.cue)}: {goal_lines.action_of(goal)}" if goal.cue else "",
        value=goal.value or "",
        share=min(1.0, goal.done / whole) if whole else None,
    )


def goals_ended(message: Message) -> list[Goal]:
    """Those that are done or were let go, the latest first, as far as they are kept."""
    ended = [goal for goal in message.member.goals if goal.state != "open"]
    return sorted(ended, key=lambda goal: goal.ended_on or date.min, reverse=True)


class StepLine(NamedTuple):
    """A step of the plan: "ended", "now" where the member is on it, "begun", or "ahead"; and where it stands."""

    number: int
    name: str
    state: Literal["ended", "now", "begun", "ahead"]
    stands: str


def steps(message: Message) -> list[StepLine]:
    """The six, in their order."""
    return [StepLine(plan.number_of(name), message.say(f"plan.{name}"), *_stands(message, name)) for name in STEPS]


def _stands(message: Message, name: StepName) -> tuple[Literal["ended", "now", "begun", "ahead"], str]:
    plan_ = message.member.plan
    if name not in plan_.steps:
        return "ahead", ""
    stands = plan.state_of(message, name)
    if name in plan_.ended:
        return "ended", stands
    return ("now" if plan_.step == name else "begun"), stands
