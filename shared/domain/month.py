"""A member's month as they get it by mail: not the numbers alone, which are in `summary`, but what they come to. Pure.

Nothing is claimed that a handful of days does not bear: what engaged and what drained is set against the moods of
the other days only where there are ENOUGH of both, and is called a difference only where `chance` does not explain it.
"""

from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from typing import Literal, NamedTuple

from pydantic import Field

from shared.content import dates, texts
from shared.content.texts import Language
from shared.domain import chance, month_wins, smart, summary
from shared.domain.answers.report import COMEBACK
from shared.domain.models import Contact, Entry, Experiment, Frozen, Goal, Member
from shared.domain.month_wins import Achieved, Group
from shared.domain.summary import Summary
from shared.domain.themes import Theme, themes

ENOUGH = 4  # days with a mood, on either side of a comparison
BEST = 3  # wins on top
_HEAVY = 4.5  # an average at or below which a month was a heavy one,
_GOOD = 6.5  # and one at or above which it was a good one,
_JUDGED = 7  # from so many days on
_COMPARED = 3  # themes of a kind
_SHOWN = 40  # wins beside the best


class Effect(Frozen):
    """Something named on `days`, and how moods were then: `average` over `with_mood` of them, against `others`.

    `verdict` is "few" where there are too few days to say, and "alike" where chance explains the difference.
    """

    text: str = Field(repr=False)
    days: int
    with_mood: int
    average: float | None = Field(default=None, repr=False)
    others: int = 0
    others_average: float | None = Field(default=None, repr=False)
    verdict: Literal["higher", "lower", "alike", "few"] = "few"

    @property
    def average_shown(self) -> str:
        return "" if self.average is None else summary.shown(self.average)

    @property
    def others_shown(self) -> str:
        return "" if self.others_average is None else summary.shown(self.others_average)


class Aim(Frozen):
    """A goal as it stands: how it keeps pace, and when it will be done if it goes on as before."""

    goal: Goal
    standing: smart.Standing
    projected: date | None = None

    @property
    def percent(self) -> int | None:
        """How much of it is done; None where it has no number."""
        whole = smart.total(self.goal)
        return None if not whole else max(0, min(100, round(100 * self.goal.done / whole)))


class Signs(Frozen):
    """The signs of a rut as last told, on `on`; `gone` and `new` against the time before, on `before_on`."""

    now: tuple[int, ...]
    on: date
    gone: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    before_on: date | None = None


class Suggestion(NamedTuple):
    """One thing to do next month, by the key of its text, with what the text names: the reason among that."""

    key: str
    values: dict[str, str]


class Month(Frozen):
    """All that a month's mail says. `change` is how moods were against the month before, None for too few days."""

    this: Summary
    before: Summary
    change: Literal["higher", "lower", "alike"] | None = None
    best: tuple[Achieved, ...] = Field(default=(), repr=False)
    groups: tuple[Group, ...] = Field(default=(), repr=False)
    engaged: tuple[Effect, ...] = Field(default=(), repr=False)
    drained: tuple[Effect, ...] = Field(default=(), repr=False)
    aims: tuple[Aim, ...] = ()
    signs: Signs | None = None
    streak: int = 0
    longest: int = 0
    comebacks: tuple[date, ...] = ()
    away: int = 0
    logged_off: tuple[date, ...] = ()
    met: tuple[str, ...] = Field(default=(), repr=False)
    to_meet: str | None = Field(default=None, repr=False)
    experiments: tuple[Experiment, ...] = ()
    runway: float | None = None
    suggestion: Suggestion = Field(default=Suggestion("keep", {}), repr=False)

    @property
    def next(self) -> date:
        """The first day of the month after."""
        return self.this.last_day + timedelta(days=1)

    @property
    def wins(self) -> int:
        return len(self.best) + sum(len(group.wins) for group in self.groups)

    @property
    def shown_groups(self) -> tuple[Group, ...]:
        """The groups with as many of their wins as a mail has room for."""
        shown, room = [], _SHOWN
        for group in self.groups:
            if wins := group.wins[:room]:
                shown.append(group.model_copy(update={"wins": wins}))
            room -= len(wins)
        return tuple(shown)

    @property
    def not_shown(self) -> int:
        return self.wins - len(self.best) - sum(len(group.wins) for group in self.shown_groups)

    @property
    def counts_prompts(self) -> bool:
        """Whether it helps to say how many check-ins went unanswered: after a heavy month or a silence it does not."""
        return self.tone not in ("heavy", "comeback")

    @property
    def tone(self) -> Literal["quiet", "comeback", "heavy", "good", "even"]:
        """What kind of month it was, which decides how it is spoken of."""
        if self.this.quiet:
            return "quiet"
        average = self.this.average if len(self.this.days) >= _JUDGED else None
        if average is not None and average <= _HEAVY:
            return "heavy"
        if self.comebacks:
            return "comeback"
        return "good" if average is not None and average >= _GOOD else "even"


def build(member: Member, of: date, today: date) -> Month:
    """The month that `of` lies in, as it looks on `today`, the member's own date.

    `member` needs the journal of this month and the one before; goals, plan and streak are as they are today. What
    came with a call for help is not shown: neither its wins nor what it named.
    """
    this, before = summary.build(member.journal, of), summary.build(member.journal, _month_before(of))
    entries = [entry for entry in member.journal if this.month <= entry.day <= this.last_day]
    shown = sorted((entry for entry in entries if not entry.private), key=lambda entry: (entry.day, entry.at))
    wins = month_wins.achieved(shown, member, this)
    best = tuple(sorted(wins, key=month_wins.rank)[:BEST])
    streaks = _Streaks.of(member.journal, this.month, min(today, this.last_day + timedelta(days=1)))
    month = Month(
        this=this,
        before=before,
        change=_change(this, before),
        best=best,
        groups=month_wins.groups([win for win in wins if win not in best], member),
        engaged=_effects(shown, lambda entry: entry.engaged, this),
        drained=_effects(shown, lambda entry: entry.drained, this),
        aims=tuple(_aim(goal, today) for goal in member.goals if _is_of(goal, this)),
        signs=_signs(member),
        streak=member.streak,
        longest=streaks.longest,
        comebacks=streaks.comebacks,
        away=streaks.away,
        logged_off=tuple(sorted({entry.day for entry in entries if entry.kind == "logged_off"})),
        met=tuple(each.name for each in member.plan.contacts if _was_met(each, this)),
        to_meet=_to_meet(member, this),
        experiments=_experiments(member, this),
        runway=member.plan.runway,
    )
    return month.model_copy(update={"suggestion": _suggestion(month, today, member.plan.log_off)})


def _month_before(of: date) -> date:
    return (of.replace(day=1) - timedelta(days=1)).replace(day=1)


def _change(this: Summary, before: Summary) -> Literal["higher", "lower", "alike"] | None:
    """Moods of both months against each other, by the rank-sum test."""
    moods, earlier = [day.mood for day in this.days], [day.mood for day in before.days]
    if min(len(moods), len(earlier)) < _JUDGED or this.average is None or before.average is None:
        return None
    if chance.rank_sum(moods, earlier) > chance.LEVEL or this.average == before.average:
        return "alike"
    return "higher" if this.average > before.average else "lower"


# What engaged and what drained


def _effects(entries: Iterable[Entry], named: Callable[[Entry], tuple[str, ...]], this: Summary) -> tuple[Effect, ...]:
    """What came up most, three things at most, with the moods of those days against the others."""
    found = themes((entry.day, text) for entry in entries for text in named(entry))[:_COMPARED]
    sides = [_sides(theme, this) for theme in found]
    tested = [side for side in sides if min(map(len, side)) >= ENOUGH]
    stands = dict(zip(map(id, tested), chance.supported([chance.rank_sum(*side) for side in tested]), strict=True))
    return tuple(_effect(theme, side, stands.get(id(side))) for theme, side in zip(found, sides, strict=True))


def _sides(theme: Theme, this: Summary) -> tuple[list[float], list[float]]:
    """The moods of the days on which something came up, and of the others."""
    moods: tuple[list[float], list[float]] = ([], [])
    for day in this.days:
        moods[day.day not in theme.days].append(day.mood)
    return moods


def _effect(theme: Theme, sides: tuple[list[float], list[float]], stands: bool | None) -> Effect:
    """`stands` is whether the difference does, None where there are too few days."""
    some, others = (sum(side) / len(side) if side else None for side in sides)
    found = Effect(
        text=theme.text,
        days=len(theme.days),
        with_mood=len(sides[0]),
        average=some,
        others=len(sides[1]),
        others_average=others,
    )
    if stands is None or some is None or others is None:
        return found
    return found.model_copy(update={"verdict": "alike" if not stands else "higher" if some > others else "lower"})


# Streaks


class _Streaks(NamedTuple):
    longest: int = 0
    comebacks: tuple[date, ...] = ()
    away: int = 0

    @classmethod
    def of(cls, journal: Iterable[Entry], first: date, until: date) -> "_Streaks":
        """The longest run of prompts answered from `first` on, and the days of a first answer after a long silence.

        `away` is how many prompts the longest of those silences had. Skipped days neither add nor break; the last
        day is not over.
        """
        days: dict[date, set[str]] = {}
        for entry in journal:
            days.setdefault(entry.day, set()).add(entry.kind)
        run = longest = silent = away = 0
        comebacks: list[date] = []
        for day, kinds in sorted(days.items()):
            if day >= until and "answered" not in kinds:
                break
            if "answered" in kinds:
                if silent >= COMEBACK and day >= first:
                    comebacks.append(day)
                    away = max(away, silent)
                run, silent = run + ("prompted" in kinds and day >= first), 0
            elif "skipped" in kinds:
                silent = 0
            elif "prompted" in kinds:
                run, silent = 0, silent + 1
            longest = max(longest, run)
        return cls(longest, tuple(comebacks), away)


# Goals and the plan


def _is_of(goal: Goal, this: Summary) -> bool:
    """Whether a goal was open in the month, and not set after it or dropped."""
    if goal.state == "dropped" or goal.set_on > this.last_day + timedelta(days=1):
        return False
    return goal.state == "open" or (goal.ended_on is not None and goal.ended_on >= this.month)


def _aim(goal: Goal, today: date) -> Aim:
    standing = smart.standing(goal, today)
    return Aim(goal=goal, standing=standing, projected=smart.projected(goal, today) if goal.state == "open" else None)


def _signs(member: Member) -> Signs | None:
    plan = member.plan
    if plan.signs_on is None:
        return None
    known = plan.signs_before_on is not None
    return Signs(
        now=plan.signs,
        on=plan.signs_on,
        gone=tuple(sign for sign in plan.signs_before if sign not in plan.signs) if known else (),
        new=tuple(sign for sign in plan.signs if sign not in plan.signs_before) if known else (),
        before_on=plan.signs_before_on,
    )


def _was_met(contact: Contact, this: Summary) -> bool:
    return contact.last is not None and this.month <= contact.last <= this.last_day


def _to_meet(member: Member, this: Summary) -> str | None:
    """Who of the list was out of touch for longest, and not reached since the month began."""
    out = [each for each in member.plan.contacts if each.last is None or each.last < this.month]
    return min(out, key=lambda each: each.last or date.min).name if out else None


def _experiments(member: Member, this: Summary) -> tuple[Experiment, ...]:
    """Those to look back at by the end of the next month, the earliest first."""
    until = (this.last_day + timedelta(days=32)).replace(day=1)
    due = (each for each in member.plan.experiments if each.outcome is None and each.review)
    return tuple(sorted((each for each in due if each.review and each.review < until), key=lambda e: e.review or until))


# What to do next


def _suggestion(month: Month, today: date, log_off: time | None) -> Suggestion:
    """The first that fits: rest after a heavy month, then what the days bear out, then goals, people, a beginning."""
    if month.this.quiet:
        return Suggestion("one_number", {})
    if month.tone == "heavy":
        return _rest(month, log_off)
    better = next((effect for effect in month.engaged if effect.verdict == "higher"), None)
    worse = next((effect for effect in month.drained if effect.verdict == "lower"), None)
    for key, effect in (("more_of", better), ("less_of", worse)):
        if effect:
            return Suggestion(key, {"what": effect.text, "days": str(effect.days), **_averages(effect)})
    behind = next((a.goal for a in month.aims if a.goal.state == "open" and a.standing == "behind"), None)
    if behind and smart.rate(behind, today):
        return Suggestion("plan_goal" if behind.cue is None else "smaller_goal", {"goal": behind.text})
    if month.to_meet and not month.met:
        return Suggestion("write_to", {"name": month.to_meet})
    if month.engaged and month.engaged[0].days > 1:
        return Suggestion("try_more_of", {"what": month.engaged[0].text, "days": str(month.engaged[0].days)})
    if not any(aim.goal.state == "open" for aim in month.aims):
        return Suggestion("set_goal", {})
    return Suggestion("keep", {})


def _rest(month: Month, log_off: time | None) -> Suggestion:
    """The log-off hour: where it held, where it was set, or to be set."""
    key = "log_off" if month.logged_off else "rest_hour" if log_off else "rest"
    values = {"average": str(month.this.average_shown), "days": str(len(month.this.days))}
    return Suggestion(key, values | {"kept": str(len(month.logged_off)), "time": f"{log_off:%H:%M}" if log_off else ""})


def _averages(effect: Effect) -> dict[str, str]:
    return {"average": effect.average_shown, "others": effect.others_shown}


# The chart in words


def alt_text(month: Month, language: Language) -> str:
    """The chart in words, for those who do not see it: all that it shows."""
    this, before = month.this, month.before
    named = dates.month_and_year(this.month, language)
    if not this.days:
        said = [texts.say("summary.alt_empty", language, month=named)]
    else:
        days, average = summary.counted("day", language, len(this.days)), str(this.average_shown)
        said = [texts.say("summary.alt", language, month=named, days=days, average=average), _range(this, language)]
    if this.wins:
        said.append(texts.say("summary.alt_wins", language, days=_days((win.day for win in this.wins), language)))
    if month.logged_off:
        said.append(texts.say("summary.alt_off", language, days=_days(month.logged_off, language)))
    if before.days:
        of, days = dates.month(before.month, language), summary.counted("day", language, len(before.days))
        said.append(texts.say("summary.alt_before", language, month=of, average=str(before.average_shown), days=days))
    return " ".join(filter(None, said))


def _range(this: Summary, language: Language) -> str:
    if not (this.best and this.hardest):
        return ""
    return texts.say(
        "summary.alt_range",
        language,
        low=f"{this.hardest.mood:g}",
        low_day=dates.day_of_month(this.hardest.day, language),
        high=f"{this.best.mood:g}",
        high_day=dates.day_of_month(this.best.day, language),
    )


def _days(days: Iterable[date], language: Language) -> str:
    return ", ".join(dates.day_of_month(day, language) for day in dict.fromkeys(days))
