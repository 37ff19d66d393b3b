"""STORY: how somebody got out of a rut, fitting the step that the member is on."""

import zlib

from shared.domain.message import Message, turn_of
from shared.domain.models import StepName, Turn

STORIES = ("accountant", "support", "teacher")
# What a story shows: small tests at one's own pace, one clear goal and new people, what one is good at already.
_FITS: dict[StepName, str] = {
    "audit": "teacher",
    "goals": "support",
    "upskill": "teacher",
    "network": "support",
    "risks": "accountant",
    "wellbeing": "accountant",
}


def tell(message: Message) -> Turn:
    """The story that fits the step, or without one the day's; "another story" is one of the others."""
    step = message.member.plan.step
    fitting = _FITS[step] if step else STORIES[turn_of(message.member, message.today, "stories") % len(STORIES)]
    if message.args.get("story") == "another":
        others = [story for story in STORIES if story != fitting]
        fitting = others[zlib.crc32(message.source.encode()) % len(others)]
    return message.answer(f"stories.{fitting}")
