"""Turns a member's text into a `Reply`. Pure and deterministic; called by the conversation and `unstuck parse`.

The order is the meaning. Safety is looked for in every message, before all else. A command that stands
alone takes the message; then comes the open question; then other commands, which leave the rest of the
message to be read as a report: how the day was, what gave and cost energy, what was won, goals' progress.
"""

from datetime import datetime

from shared.domain.understanding.commands.read import read_command
from shared.domain.understanding.learned.reconsider import reconsider
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Context, Reply
from shared.domain.understanding.report.energy import read_energy
from shared.domain.understanding.report.mood import read_mood
from shared.domain.understanding.report.wins import read_wins
from shared.domain.understanding.safety.cues import calls_for_help
from shared.domain.understanding.safety.read import read_safety
from shared.domain.understanding.spanish import in_own_words, reworded

LONGEST = 10_000  # characters that are read; a text is at most 1,600, a mail may be longer
# These win over any open question; nothing else is read from their message.
_BEFORE_QUESTIONS = frozenset(("stop", "start", "help"))
_ALONE = _BEFORE_QUESTIONS | {"yes", "no", "skip", "undo", "delete", "keep", "thanks", "unclear"}
# Their readers, and those of goals' progress and the review's step, are loaded when needed: most texts are met without.
_OPEN_QUESTIONS = frozenset(("opt_in", "confirm_delete", "rut_check", "savings", "values", "dealbreakers", "goal"))


def understand(text: str, context: Context, now: datetime) -> Reply:
    """What a member's text says. `now` is the member's local time, with its offset. Never raises."""
    text = normalise(text[:LONGEST])[:LONGEST]
    return reconsider(by_rules(text, context, now), text, context, now)


def by_rules(text: str, context: Context, now: datetime) -> Reply:
    """What the rules alone make of a normalised text."""
    spanish = reworded(text)
    safety = _safety(text) if spanish is None else _worse(_safety(spanish.text), _safety(spanish.rest))
    said = spanish.text if spanish else text
    found = read_command(said, context, now)
    if spanish and found is None:
        found = read_command(text, context, now)
    if found and found.command.name in _BEFORE_QUESTIONS:
        return Reply(command=found.command, safety=safety)
    if context.asked in _OPEN_QUESTIONS:
        from shared.domain.understanding.answers.open_questions import read_answer

        answer = read_answer(said, context, now)
        if spanish:
            answer = in_own_words(answer, spanish) or read_answer(text, context, now)
        if answer:
            return Reply(command=answer, safety=safety)
    if found:
        found = found._replace(command=in_own_words(found.command, spanish))
    if found and found.command.name in _ALONE:
        return Reply(command=found.command, safety=safety)
    report = found.rest if found else said
    mood = read_mood(report, context.asked)
    if spanish:  # what is told in words of one's own is read from those
        report = text if report else ""
        if not isinstance(mood.value, int | float):
            mood = read_mood(report, context.asked)
    energy = read_energy(report)
    progress: tuple[dict[str, object], ...] = ()
    wins = read_wins(report, context.asked)
    if context.goals:
        from shared.domain.understanding.report.progress import read_progress

        progress, wins = read_progress(report, wins, context.goals)
    intention = None
    if context.asked == "weekly_review" and safety != "crisis":
        from shared.domain.understanding.answers.intention import read_intention

        intention = read_intention(report)
    return Reply(
        mood=mood.value,
        engaged=energy.engaged,
        drained=energy.drained,
        wins=wins,
        progress=progress,
        command=found.command if found else None,
        safety=safety,
        estimated=mood.estimated,
        intention=intention,
    )


def _safety(text: str) -> str | None:
    return "crisis" if calls_for_help(text) else read_safety(text)


def _worse(one: str | None, other: str | None) -> str | None:
    return "crisis" if "crisis" in (one, other) else one or other
