"""How goals are said: what they are, where they stand, what is planned, and the texts that nudge."""

from datetime import date
from typing import Any

from shared.content import dates, texts
from shared.content.segments import fit, is_gsm7, spelt_plainly
from shared.content.texts import Language
from shared.domain.goals import cued_on, due_before, open_goals
from shared.domain.message import Message, turn_of
from shared.domain.models import WEEKDAYS, Cue, Goal, Member
from shared.domain.smart import is_too_much, rate, standing, total
from shared.domain.summary import shortened
from shared.domain.understanding.answers.goal_answers import period
from shared.domain.understanding.text.amounts import whole

LONGEST_TEXT = 100
LONGEST_ACTION = 60
LONGEST_NAME = 50  # of a goal in the midst of a sentence


def number_of(message: Message, goal: Goal) -> int:
    """What the member calls it by: its place among the open ones."""
    return [each.id for each in open_goals(message.member)].index(goal.id) + 1


def name_of(goal: Goal, most: int = LONGEST_NAME) -> str:
    """A goal's text as a sentence begins with it."""
    text = in_short(goal.text, most)
    return text[:1].upper() + text[1:]


def described(message: Message, goal: Goal) -> str:
    """What was understood: "apply to 5 jobs, by Tue 30 Jun: one every 23 days"."""
    text = one_line(goal.text, LONGEST_TEXT)
    if goal.due is None:
        return text
    pace = new_pace(message, goal)
    key = "goals.by_pace" if pace else "goals.by"
    return message.say(key, goal=text, date=date_of(message, goal.due), pace=pace)


def date_of(message: Message, of: date) -> str:
    """A date, with its year where it is another one, so that a misreading shows."""
    return dates.beside(of, message.today, message.member.language)


def how(message: Message, goal: Goal, *, brief: bool = False) -> str:
    """Where a goal stands, honestly and without blame: "3 of 5, 12 days left, on pace"; brief "3/5, 12 d, on pace"."""
    return stands(goal, message.today, message.member.language, brief=brief)


def stands(goal: Goal, today: date, language: Language, *, brief: bool = False) -> str:
    """The same on a day that is given."""
    days = (goal.due - today).days if goal.due else 0
    key = "goals.left_none" if days < 1 else "goals.left_one" if days == 1 else "goals.left_many"
    values: dict[str, Any] = {
        "done": whole(goal.done),
        "target": whole(total(goal) or 0),
        "count": days,
        "left": texts.say(key, language, count=days),
        "pace": pace(goal, today, language),
    }
    at = _how(goal, today, bool(values["pace"]))
    return texts.say(f"goals.short_{at}" if brief else f"goals.how_{at}", language, **values)


def _how(goal: Goal, today: date, paced: bool) -> str:
    if goal.due is not None and goal.due < today:
        return "past" if total(goal) is not None else "past_plain"
    if total(goal) is None:
        return "so_far" if goal.done else "left" if goal.due else "open"
    if goal.due is None:
        return "counted"
    stands = standing(goal, today)
    return "plain" if stands == "behind" and not paced else stands


def pace_of(message: Message, goal: Goal) -> str:
    return pace(goal, message.today, message.member.language)


def pace(goal: Goal, today: date, language: Language) -> str:
    """ "about 2 a week", as what is left means; "" where there is nothing to pace."""
    found = rate(goal, today)
    if found is None:
        return ""
    single = {("days", 1): "day", ("days", 7): "week"}.get((found.every, found.number))
    return texts.say(f"goals.rate_{single or found.every}", language, count=found.number)


def new_pace(message: Message, goal: Goal) -> str:
    """The pace that a date means, "" where it needs no telling: it is asked about, or is in the goal's own words."""
    known = is_too_much(goal, message.today) or period(goal.text, goal.target)
    return "" if known else pace_of(message, goal)


def when(message: Message, cue: Cue) -> str:
    """ "Tue, Thu 19:00"."""
    days = ", ".join(message.say(f"calendar.{each}") for each in cue.days)
    if len(cue.days) == len(WEEKDAYS):
        days = message.say("goals.every_day")
    elif cue.days == WEEKDAYS[:5]:
        days = message.say("goals.weekdays")
    return message.say("goals.cue", days=days, time=f"{cue.at:%H:%M}")


def action_of(goal: Goal) -> str:
    """What is planned: in the member's words for the plan, or else the goal itself."""
    return in_short((goal.cue.action if goal.cue else "") or goal.text, LONGEST_ACTION)


def one_line(text: str, most: int) -> str:
    """A member's words as they are kept: in one line, cut at a word where they are longer."""
    return shortened(" ".join(text.split()), most)


def in_short(text: str, most: int) -> str:
    """A member's words as they are said back: half as many where letters of theirs cost a text half its room.

    Accents do not: a text is spelt plainly where it has no room for them.
    """
    return one_line(text, most if is_gsm7(spelt_plainly(text)) else most // 2)


def cue_text(member: Member, day: date) -> str:
    """The text at the first plan's hour of a day; what is planned for later that day is in it."""
    first, *later = cued_on(member, day)
    named = texts.say("goals.cue", member.language, days=dates.short_weekday(day, member.language), time=_at(first))
    key = "ask.goal_cued"
    said = texts.say(key, member.language, turn_of(member, day, key), when=named, action=action_of(first))
    return fit(" ".join(_later(member, later)), around=lambda more: f"{said} {more}".strip())


def cue_beside(member: Member, day: date) -> str:
    """The plans of a day in a text that is about something else."""
    first, *later = cued_on(member, day)
    when, key = dates.short_weekday(day, member.language), "beside.goal_cue"
    named = texts.say("goals.cue", member.language, days=when, time=_at(first))
    said = texts.say(key, member.language, turn_of(member, day, key), when=named, action=action_of(first))
    return " ".join((said, *_later(member, later)))


def _later(member: Member, goals: list[Goal]) -> list[str]:
    return [texts.say("goals.cue_later", member.language, time=_at(g), action=action_of(g)) for g in goals]


def _at(goal: Goal) -> str:
    return f"{goal.cue.at:%H:%M}" if goal.cue else ""


def due_text(member: Member, day: date) -> str:
    """The question how a goal went whose day was the one before."""
    goal, key = due_before(member, day)[0], "ask.goal_went"
    label = dates.label(goal.due or day, member.language)
    return fit(texts.say(key, member.language, turn_of(member, day, key), goal=name_of(goal), date=label))
