"""A member's week: wins, and where goals stand. No mood, nothing that drained, nothing told with a call for help. Pure.

The member hears of it when they are asked to look back, their buddy by a note.
"""

from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from pydantic import Field

from shared.content import dates, texts
from shared.content.segments import count_segments
from shared.content.texts import Language
from shared.domain.goals import open_goals
from shared.domain.models import WEEKDAYS, Frozen, Goal, Member
from shared.domain.smart import total
from shared.domain.summary import plain, shortened
from shared.domain.understanding.text.amounts import whole

_WEEK = timedelta(days=7)
_LONGEST_WIN = 60
_LONGEST_GOAL = 40
_MOST_WINS = 5  # named in a note, and of the others how many they are
_MOST_OWN_WINS = 3  # named to the member
_MOST_GOALS = 2


class Week(Frozen):
    """`wins` are in the member's own words, `reached` the goals that were done, `under_way` those that have begun."""

    wins: tuple[str, ...] = Field(default=(), repr=False)
    reached: tuple[Goal, ...] = ()
    under_way: tuple[Goal, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing new to tell."""
        return not (self.wins or self.reached)


def build(member: Member, until: datetime) -> Week:
    """The seven days up to `until`, by when things were told, so that one note goes on where the last one ended.

    What came with a call for help is left out. A goal has but the date of its end: one that was done on the last
    day is in the next week.
    """
    told = (entry for entry in member.journal if until - _WEEK < entry.at <= until and not entry.private)
    today = until.astimezone(ZoneInfo(member.timezone)).date()
    return Week(
        wins=tuple(dict.fromkeys(win for entry in told for win in entry.wins)),
        reached=tuple(
            goal
            for goal in member.goals
            if goal.state == "done" and goal.ended_on and today - _WEEK <= goal.ended_on < today
        ),
        under_way=tuple(goal for goal in open_goals(member) if goal.done and total(goal)),
    )


def note(week: Week, name: str, language: Language, turn: int = 0, *, to_member: bool = False) -> str:
    """The week as a text to the buddy of the member of that name, two segments at most; of too many things the first.

    More wins go before goals that are only under way. `to_member` is whether the buddy is a member too, of whose texts
    none is passed on.
    """
    wins = _named(week)[:_MOST_WINS]
    goals = [_under_way(goal, language) for goal in week.under_way][:_MOST_GOALS]
    keys = ("begin", "end_member" if to_member else "end")
    begin, end = (texts.say(f"buddy_note.{key}", language, turn, name=name) for key in keys)
    said = ""
    for many, of_goals in product(range(len(wins), -1, -1), range(len(goals), -1, -1)):
        parts = [begin, _won(wins[:many], len(week.wins), language), _reached(week, language)]
        if of_goals:
            parts.append(texts.say("buddy_note.under_way", language, goals="; ".join(goals[:of_goals])))
        said = " ".join(filter(None, (*parts, end)))
        if count_segments(said).count <= 2:
            break
    return said


def own(week: Week, language: Language) -> tuple[str, ...]:
    """The week's wins for the member, in a sentence: with all that are named, with one less each time, with none."""
    wins = _named(week)[:_MOST_OWN_WINS]
    return tuple(_own(wins[:many], len(week.wins), language) for many in range(len(wins), 0, -1))


def _own(wins: list[str], count: int, language: Language) -> str:
    more = count - len(wins)
    return texts.say("week.wins_and_more" if more else "week.wins", language, wins="; ".join(wins), more=more)


def ahead(member: Member, day: date) -> str:
    """One look ahead from that day: a goal or a test whose day is in the next seven, or else the next plan; or ""."""
    within = (day, day + _WEEK)
    dated = [(goal.due, "week.goal", _name_of(goal)) for goal in open_goals(member) if goal.due]
    tests = (each for each in member.plan.experiments if each.outcome is None and each.review)
    dated += [(each.review, "week.test", shortened(plain(each.text), _LONGEST_GOAL)) for each in tests if each.review]
    coming = sorted(each for each in dated if within[0] < each[0] <= within[1] and each[2])
    if coming:
        on, key, what = coming[0]
        return texts.say(key, member.language, what=what, date=dates.short_weekday(on, member.language))
    return _planned(member, day)


def _planned(member: Member, day: date) -> str:
    for on in (day + timedelta(days=n) for n in range(1, 8)):
        for goal in open_goals(member):
            if goal.cue and WEEKDAYS[on.weekday()] in goal.cue.days:
                what = shortened(plain(goal.cue.action or goal.text), _LONGEST_GOAL) or _name_of(goal)
                at = f"{dates.short_weekday(on, member.language)} {goal.cue.at:%H:%M}"
                return texts.say("week.plan", member.language, what=what, date=at) if what else ""
    return ""


def _named(week: Week) -> list[str]:
    """The wins as a text can say them; those that GSM-7 leaves nothing of are only counted."""
    return [text for win in week.wins if (text := shortened(plain(win).rstrip(".;,! "), _LONGEST_WIN))]


def _won(wins: list[str], count: int, language: Language) -> str:
    """The wins that are named; where none of several can be, how many they are."""
    if not wins:
        return texts.say("buddy_note.wins_counted", language, count=count) if count else ""
    key = "buddy_note.wins_and_more" if count > len(wins) else "buddy_note.wins" if count > 1 else "buddy_note.win"
    return texts.say(key, language, wins="; ".join(wins), more=count - len(wins))


def _reached(week: Week, language: Language) -> str:
    named = "; ".join(filter(None, (_name_of(goal) for goal in week.reached[:_MOST_GOALS])))
    return texts.say("buddy_note.reached", language, goals=named) if named else ""


def _under_way(goal: Goal, language: Language) -> str:
    return texts.say(
        "buddy_note.goal", language, goal=_name_of(goal), done=whole(goal.done), target=whole(total(goal) or 0)
    )


def _name_of(goal: Goal) -> str:
    return shortened(plain(goal.text), _LONGEST_GOAL)
