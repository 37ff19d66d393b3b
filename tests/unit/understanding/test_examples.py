"""What the service says can be texted is understood when it is."""

import re
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

import shared.content
from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import understand

NOW = datetime.fromisoformat("2026-03-03T19:42:00-05:00")
COMMANDS = {
    "how_time": "set_time",
    "how_days": "set_days",
    "how_name": "set_name",
    "how_email": "set_email",
    "how_timezone": "set_timezone",
    "how_pause": "pause",
    "how_snooze": "snooze",
    "how_correct": "correct",
}
_EXAMPLE = re.compile(r"(?:this|like|Or|ejemplo|como|O): (.+?)\.(?= |$)")


def examples() -> list[tuple[str, str]]:
    """Each example of how to change a setting, with the command that it is."""
    found = []
    for language in ("en", "es"):
        file = Path(shared.content.__file__).with_name(language) / "settings.toml"
        texts = tomllib.loads(file.read_text(encoding="utf-8"))["settings"]
        found += [(command, said) for key, command in COMMANDS.items() for said in _EXAMPLE.findall(texts[key])]
    return found


def test_every_setting_has_an_example_in_both_languages() -> None:
    assert len({command for command, _ in examples()}) == len(COMMANDS)
    assert len(examples()) >= 2 * len(COMMANDS)


@pytest.mark.parametrize(("command", "said"), examples())
def test_an_example_is_understood(command: str, said: str) -> None:
    reply = understand(said, Context("daily_checkin", "19:30"), NOW)
    assert reply.command is not None
    assert reply.command.name == command
