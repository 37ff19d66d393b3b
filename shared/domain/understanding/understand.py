"""Turns a member's text into a `Reply`. Pure and deterministic; called by the conversation and `unstuck parse`.

The order is the meaning: commands that are a whole message come before anything that can stand in one.
"""

from datetime import datetime

from shared.domain.understanding.commands import read_command
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Command, Context, Reply
from shared.domain.understanding.scores import read_score
from shared.domain.understanding.wins import read_wins, says_no_win

LONGEST = 10_000  # characters that are read; a text is at most 1,600, a mail may be longer


def understand(text: str, context: Context, now: datetime) -> Reply:
    """What a member's text says. `now` is the member's local time, with its offset. Never raises."""
    text = normalise(text[:LONGEST])[:LONGEST]
    if command := read_command(text, context.asked, now.date()):
        return Reply(command=command)
    mood, wins = read_score(text), read_wins(text)
    if mood is None and not wins and not says_no_win(text, context.asked):
        return Reply(command=Command("unclear", {}))
    return Reply(mood=mood, wins=wins)
