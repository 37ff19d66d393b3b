"""What a member may have that falls due: a goal with its cue or its day, an experiment, a step of the plan."""

from typing import Any

from shared.domain.models import WEEKDAYS


def cued(at: str, *days: str, **details: Any) -> dict[str, Any]:
    cue = {"days": days or WEEKDAYS, "at": at, "action": "open the job board"}
    return {"id": "g1", "text": "apply to 5 jobs", "set_on": "2026-03-01", "cue": cue, **details}


def overdue(**details: Any) -> dict[str, Any]:
    return {"id": "g9", "text": "finish the portfolio", "set_on": "2026-03-01", "due": "2026-03-08", **details}


def experiment(review: str | None = "2026-03-20", **details: Any) -> dict[str, Any]:
    return {"text": "shadow Ana", "begun_on": "2026-03-01", "review": review, **details}


def on_step(**details: Any) -> dict[str, Any]:
    return {"step": "wellbeing", "steps": {"wellbeing": {"begun_on": "2026-03-02"}}, **details}
