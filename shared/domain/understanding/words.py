"""The vocabulary: word lists beside this file, which anybody can extend without knowing Python.

A list is a section: its name in brackets, then one word or phrase a line, in lower case. What follows a
"#" is a remark.
"""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("words")


@cache
def load(name: str) -> dict[str, frozenset[str]]:
    """The lists of `words/<name>.txt`, by section."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for raw in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("[") and line.endswith("]"):
            lines = sections.setdefault(line[1:-1], [])
        elif line:
            lines.append(line)
    return {section: frozenset(phrases) for section, phrases in sections.items()}
