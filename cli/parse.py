"""`unstuck parse`: one case of text → reply, in and out as JSON."""

from datetime import date, datetime
from typing import Any

from shared.domain.understanding.reply import Context, Goal
from shared.domain.understanding.understand import understand


def parsed(case: dict[str, Any]) -> dict[str, Any]:
    """{"id": ..., "reply": {...}} for {"id", "now", "context", "text"}; `now` is local, with its offset."""
    reply = understand(case["text"], *context_and_time(case))
    fields = {**reply._asdict(), "command": reply.command._asdict() if reply.command else None}
    return {"id": case["id"], "reply": fields}


def context_and_time(case: dict[str, Any]) -> tuple[Context, datetime]:
    """What a case's text is understood against."""
    return _context(case.get("context") or {}), datetime.fromisoformat(case["now"])


def _context(given: dict[str, Any]) -> Context:
    goals = tuple(_goal(each) for each in given.get("goals", ()))
    default = Context()
    return Context(
        asked=given.get("asked", default.asked),
        prompt_time=given.get("prompt_time", default.prompt_time),
        days=tuple(given.get("days", default.days)),
        goals=goals,
    )


def _goal(given: dict[str, Any]) -> Goal:
    due = given.get("due")
    return Goal(
        id=given["id"],
        text=given["text"],
        unit=given.get("unit"),
        target=given.get("target"),
        done=given.get("done") or 0,
        due=date.fromisoformat(due) if due else None,
    )
