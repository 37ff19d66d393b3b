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
    return ((section, _lines(part)) for section, part in _parts(name))


def _parts(name: str) -> Iterator[tuple[str, str]]:
    # Taken apart as a whole and not line by line, since much of it is read before the first answer.
    with open(os.path.join(_FOLDER, f"{name}.txt"), "rb") as file:
        text = _REMARK.sub("", file.read().decode())
    for part in f"\n{text}".split("\n[")[1:]:
        heading, _, lines = part.partition("\n")
        yield heading.rstrip(" ]\r"), lines


def _lines(part: str) -> Iterator[str]:
    return filter(None, map(str.strip, part.split("\n")))


@cache
def load(name: str) -> dict[str, frozenset[str]]:
    """The lists of `words/<name>.txt`, by section."""
    return {section: frozenset(_lines(part)) for section, part in written(name).items()}


def listed(name: str, section: str) -> frozenset[str]:
    """One list of a long file of which a text needs few: the others are not taken apart. Not kept, as `load`'s are."""
    return frozenset(_lines(written(name)[section]))


@cache
def written(name: str) -> dict[str, str]:
    """The lists of `words/<name>.txt` as they are written, by section."""
    found: dict[str, str] = {}
    for section, part in _parts(name):
        found[section] = f"{found[section]}\n{part}" if section in found else part
    return found
