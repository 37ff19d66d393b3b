"""A goal, and a member who texts about theirs."""

from datetime import date
from typing import Any

from shared.domain.models import Goal
from tests.unit.conversing import Phone, member, new_york

TODAY = date(2026, 3, 3)  # a Tuesday
NOON = new_york("2026-03-03T12:00")


def goal(**details: Any) -> Goal:
    given = {"id": "g1", "text": "apply to 5 jobs", "target": 5, "unit": "jobs", "set_on": TODAY}
    return Goal.model_validate({**given, **details})


def phone(*texts: str, **details: Any) -> Phone:
    """Ana's, on Tuesday at noon, after she sent these."""
    ana = Phone(member(**details), NOON)
    for text in texts:
        ana.text(text)
    return ana


COMPLETE = ("goal: apply to 5 jobs by 30 april", "Tue 7pm, then I open the job board")


def asked(ana: Phone) -> str | None:
    return ana.member.open_question.asked if ana.member.open_question else None


PARTS = ("went", "specific", "measure", "due", "pace", "value", "plan")  # what may be asked of a goal, in its order
