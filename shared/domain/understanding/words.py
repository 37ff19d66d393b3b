"""The vocabulary: word lists beside this file, which anybody can extend without knowing Python.

A list is a section: its name in brackets, then one word or phrase a line, in lower case. What follows a
"#" is a remark.
"""

import os.path
import re
from collections.abc import Iterator
from functools import cache

_FOLDER = os.path.join(os.path.dirname(__file__), "words")
_REMARK = re.compile("#.*")


def sections(name: str) -> Iterator[tuple[str, Iterator[str]]]:
    """The sections of `words/<name>.txt`, each with its lines, in the order of the file."""
    # Taken apart as a whole and not line by line, since all of it is read before the first answer.
    with open(os.path.join(_FOLDER, f"{name}.txt"), encoding="utf-8") as file:
        text = _REMARK.sub("", file.read())
    for part in f"\n{text}".split("\n[")[1:]:
        heading, _, lines = part.partition("\n")
        yield heading.rstrip(" ]"), filter(None, map(str.strip, lines.split("\n")))


@cache
def load(name: str) -> dict[str, frozenset[str]]:
    """The lists of `words/<name>.txt`, by section."""
    lists: dict[str, frozenset[str]] = {}
    for section, lines in sections(name):
        lists[section] = lists.get(section, frozenset()).union(lines)
    return lists
