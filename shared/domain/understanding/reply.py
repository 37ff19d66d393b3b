"""What a text was understood to mean, and what must be known to understand it. No heavy imports here."""

from datetime import date
from typing import Any, NamedTuple


class Goal(NamedTuple):
    id: str
    text: str
    unit: str | None = None
    target: float | None = None
    done: float = 0
    due: date | None = None


class Context(NamedTuple):
    """What the member was asked last, and what their words are measured against.

    `asked` is "none", "opt_in", "daily_checkin" and so on; `prompt_time` is local, "HH:MM". `learned` tells whether
    labelled texts hold answers to that question: where they do not, rules alone say what an answer means.
    """

    asked: str = "none"
    prompt_time: str = "19:30"
    days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    goals: tuple[Goal, ...] = ()
    learned: bool = True


class Command(NamedTuple):
    """What the member wants the service to do, such as ("pause", {"until": "2026-03-10"})."""

    name: str
    args: dict[str, Any]


class Reply(NamedTuple):
    """What one text says.

    `mood` is 1 to 10 in steps of a half; a band, "low", "mid" or "high", where it is `estimated` from words
    and emoji; "same" as the time before; or None. `safety` is "crisis", "support" or None. `intention` is the
    small step for the coming week, read from an answer to the weekly review alone. `question` is what was asked
    about the service itself, by its name in `words/questions.txt`, such as "cost"; beside whatever else was said.
    """

    mood: float | str | None = None
    engaged: tuple[str, ...] = ()
    drained: tuple[str, ...] = ()
    wins: tuple[str, ...] = ()
    progress: tuple[dict[str, Any], ...] = ()
    command: Command | None = None
    safety: str | None = None
    estimated: bool = False
    intention: str | None = None
    question: str | None = None
