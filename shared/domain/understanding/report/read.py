"""Reads what a text tells of the day: the readers beside this, one after another."""

import re

from shared.domain.understanding.commands.read import Found
from shared.domain.understanding.reply import Context, Reply
from shared.domain.understanding.report.energy import Energy, read_energy
from shared.domain.understanding.report.mood import read_mood
from shared.domain.understanding.report.numbers import unlisted
from shared.domain.understanding.report.wins import read_wins
from shared.domain.understanding.spanish import Wording

# What joins a clause of a few words, as far as it stands before what gave or cost energy: "also sick of the".
_JOINED = re.compile(r"(?i)[,;]?\s+(?:and|n|&|plus|but|tho|though|also|then)\s+(?:\S+\s+){0,5}$")


def read_report(text: str, found: Found | None, spanish: Wording | None, context: Context, safety: str | None) -> Reply:
    """What a normalised text tells of the day, beside the command found in it."""
    report = found.rest if found else spanish.text if spanish else text
    mood = read_mood(report, context.asked)
    if spanish:  # what is told in words of one's own is read from those
        report = text if report else ""
        mood = mood if isinstance(mood.value, int | float) else read_mood(report, context.asked)
    told = unlisted(report)
    energy = read_energy(told)
    wins = tuple(_without_energy(win, energy) for win in read_wins(told, context.asked))
    progress: tuple[dict[str, object], ...] = ()
    if context.goals:
        from shared.domain.understanding.report.progress import read_progress

        progress, wins = read_progress(report, wins, context.goals)
    intention = None
    if context.asked == "weekly_review" and safety != "crisis":
        from shared.domain.understanding.answers.intention import read_intention

        intention = read_intention(report)
    command = found.command if found else None
    return Reply(mood.value, *energy, wins, progress, command, safety, mood.estimated, intention)


def _without_energy(win: str, energy: Energy) -> str:
    """A win up to a clause in it that tells what gave or cost energy.

    >>> text = "shipped the report and the client call wore me out"
    >>> _without_energy(text, read_energy(text))
    'shipped the report'
    """
    for phrase in (*energy.engaged, *energy.drained):
        joined = _JOINED.search(win, 0, at) if (at := win.find(phrase)) > 0 else None
        if joined and joined.start() > 0 and phrase in {each for said in read_energy(win) for each in said}:
            win = win[: joined.start()]
    return win
