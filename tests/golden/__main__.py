"""Writes the months' mails anew as text, to be read before they are committed: python -m tests.golden."""

from pathlib import Path

from shared.channels.letters import Pictures
from shared.content.texts import LANGUAGES
from tests import months

FOLDER = Path(__file__).parent


def text_of(name: str, language: str) -> str:
    """Subject and text part of a month's mail."""
    mail = months.mail_of(months.MONTHS[name](language=language), Pictures(b"", b"", 1))
    return f"{mail.subject}\n\n{mail.text}\n"


if __name__ == "__main__":
    for name in months.MONTHS:
        for language in LANGUAGES:
            (FOLDER / f"{name}.{language}.txt").write_text(text_of(name, language), encoding="utf-8")
