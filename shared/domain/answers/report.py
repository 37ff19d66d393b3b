"""How a day was: scores, words, wins, what engaged and what drained, skips and second thoughts."""

import re
from dataclasses import replace
from datetime import date

from shared.content.segments import fit
from shared.domain.answers.care import LOW
from shared.domain.message import Message, answered_day, has_answer
from shared.domain.models import Entry, Turn
from shared.domain.steps import goal_changes
from shared.domain.understanding.answers.care import tells_of_a_blow
from shared.domain.understanding.report import day_named
from shared.domain.understanding.report.day_named import Named

BANDS = {"low": 3.0, "mid": 5.5, "high": 8.0}  # the mood that stands for a band that words gave
_BAND_OF = {mood: band for band, mood in BANDS.items()}
WINS_SAID = 3  # of one message, so that what is said back stays a glance
COMEBACK = 4  # unanswered prompts after which an answer is a comeback
# What a report closes: whoever tells how their day was is not silent any more, for one.
_CLOSED_BY_A_REPORT = ("daily_checkin", "weekly_review", "slow_down", "take_a_rest")
HARD = 3  # the highest score of a hard day
_BARE = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)(?:\s*/\s*10)?\W*")  # a text that is a score alone
MILESTONES = frozenset((5, 10, 20, 30, 50, 75, 100, 150, 200, 250, 300, 365))


def report(message: Message) -> Turn:
    """A score, wins, what engaged and drained: the answer to a check-in, asked or not."""
    member, reply = message.member, message.reply
    named = day_named.read(message.text, message.today)
    day = _day(message, named)
    mood = _mood(message, named, day)
    entry = Entry(
        day=day,
        at=message.now,
        source=message.source,
        kind="answered",
        mood=mood,
        mood_estimated=mood is not None and reply.estimated and not named,
        engaged=reply.engaged,
        drained=reply.drained,
        wins=reply.wins,
    )
    asked = any(e.day == day and e.kind == "prompted" for e in member.journal)
    streak = member.streak + (asked and not has_answer(member, day))
    back = member.unanswered >= COMEBACK and not message.after_crisis
    after = message.of(streak=streak, unanswered=0, snoozed_until=None, open_question=_left_open(message))
    welcome = message.say("checkin.comeback") if back else ""
    said = _said_back(message, entry, streak if streak > member.streak else 0, welcome)
    return after.turn(said, entries=(entry,))


def _day(message: Message, named: Named | None) -> date:
    """The day that the member named, or else the one that was asked about."""
    if message.open and message.reply.intention:  # the review's step belongs to it, though its day was told before
        return message.open.day
    return named.day if named else answered_day(message.member, message.local)


def _left_open(message: Message) -> object:
    """A question of the plan stays open beside a report, without the check-in behind it; a check-in is closed.

    A weekly review is open until its small step is told, which may come in a text of its own.
    """
    question = message.member.open_question
    if question and question.asked == "weekly_review" and message.reply.intention is None:
        return question
    if question is None or question.asked in _CLOSED_BY_A_REPORT:
        return None
    return question.model_copy(update={"behind": None})


def _mood(message: Message, named: Named | None, day: date) -> float | None:
    """The mood to record: a day's own score, a band by its middle, and "same" as the last one given.

    Where the day has a number already, words do not take its place; after a crisis a number alone counts.
    """
    mood = message.reply.mood
    if not isinstance(mood, str):
        return named.mood if named and mood is None else mood
    if named:
        return named.mood
    journal = message.member.journal
    if message.after_crisis:
        return None
    if mood == "same":
        return next((entry.mood for entry in reversed(journal) if entry.mood), None)
    is_scored = any(entry.day == day and entry.mood and not entry.mood_estimated for entry in journal)
    return None if is_scored else BANDS[mood]


def _said_back(message: Message, entry: Entry, streak: int, welcome: str = "") -> str:
    """What was understood, so that a misreading shows at once. Of long or many things only the beginning."""
    day = message.short_weekday(entry.day)
    if _befell(message, entry.mood):
        score = "" if entry.mood is None else message.say("checkin.score", mood=f"{entry.mood:g}", day=day)
        before = f"{message.say('checkin.sorry')} {score}".strip()
    elif entry.mood is None:
        nothing = not (entry.wins or entry.engaged or entry.drained)
        before = "" if nothing and message.reply.intention else message.say("checkin.noted", day=day)
    elif entry.mood_estimated:
        before = message.say(f"checkin.{_BAND_OF[entry.mood]}", day=message.weekday(entry.day))
    else:
        before = message.say(_score_key(message, entry), mood=f"{entry.mood:g}", day=day)
    before = f"{welcome} {before}".strip()
    named = [
        message.say(key, phrases="; ".join(phrases[:WINS_SAID]))
        for key, phrases in (("checkin.engaged", entry.engaged), ("checkin.drained", entry.drained))
        if phrases
    ]
    after = " ".join((*named, "" if _is_heavy(message, entry.mood) else _streak(message, streak))).strip()
    if not entry.wins:
        return fit(after, around=lambda after: f"{before} {after}".strip())
    more = len(entry.wins) - WINS_SAID
    key = "checkin.wins_and_more" if more > 0 else "checkin.wins" if len(entry.wins) > 1 else "checkin.win"

    def said(wins: str) -> str:
        return f"{before} {message.say(key, wins=wins, more=more)} {fit(after, 1)}".strip()

    return fit("; ".join(entry.wins[:WINS_SAID]), around=said)


def _score_key(message: Message, entry: Entry) -> str:
    """A hard day told in a number alone is met in a few words: nothing else that is said back shows it was heard.

    A number beyond the scale is told what it was taken for.
    """
    bare = _BARE.fullmatch(message.text)
    told = float(bare[1].replace(",", ".")) if bare else None
    if told is not None and told > 10 and entry.mood == 10:
        return "checkin.score_top"
    if told is not None and told < 1 and entry.mood == 1:
        return "checkin.score_bottom"
    shown = entry.wins or entry.engaged or entry.drained or message.reply.safety
    is_bare = not (shown or message.after_crisis)
    return "checkin.score_low" if is_bare and entry.mood and entry.mood <= HARD else "checkin.score"


def _befell(message: Message, mood: float | None) -> bool:
    """Whether a death, a loss or harm was told, on a day that was not good in spite of it."""
    return (mood is None or mood <= LOW) and message.reply.safety is None and tells_of_a_blow(message.text)


def _is_heavy(message: Message, mood: float | None = None) -> bool:
    """Whether what was told weighs too much for a word about streaks."""
    told = message.after_crisis or message.reply.safety is not None or _befell(message, mood)
    return told or (mood is not None and mood <= LOW)


def _streak(message: Message, streak: int) -> str:
    if streak < 2:
        return ""
    key = "checkin.milestone" if streak in MILESTONES else "checkin.streak"
    return message.say(key, streak=streak)


def skip(message: Message) -> Turn:
    day = answered_day(message.member, message.local)
    after = message.of(open_question=None, snoozed_until=None, unanswered=0)
    if has_answer(message.member, day):
        return after.answer("checkin.skipped_answered", day=message.weekday(day))
    entry = Entry(day=day, at=message.now, source=message.source, kind="skipped")
    key = "checkin.skipped_quietly" if _is_heavy(message) else "checkin.skipped"
    return after.turn(message.say(key, day=message.short_weekday(day)), entries=(entry,))


def unclear(message: Message) -> Turn:
    return message.answer("checkin.unclear", day=message.weekday(answered_day(message.member, message.local)))


def thanks(message: Message) -> Turn:
    """Nothing to do, and nothing to say: an answer to every "ok" would be noise, and a bill."""
    return Turn(member=message.member)


def correct(message: Message) -> Turn:
    """A score in place of the one that was given last; the earlier one stays on record, and the later holds.

    Where none was given yet, it is one like any other; where a goal alone was moved by a number, it is that which is
    meant.
    """
    mood = float(message.args["mood"])
    if step := goal_changes.mended(message, mood):
        return step
    answered = [entry for entry in message.member.journal if entry.kind == "answered"]
    if not answered:
        return report(replace(message, reply=message.reply._replace(mood=mood)))
    last = max(answered, key=lambda entry: entry.at).day
    named = day_named.read(message.text, message.today)
    day = named.day if named else last
    entry = Entry(day=day, at=message.now, source=message.source, kind="answered", mood=mood)
    said = message.say("checkin.corrected", mood=f"{mood:g}", day=message.short_weekday(day))
    return message.turn(said, entries=(entry,))
