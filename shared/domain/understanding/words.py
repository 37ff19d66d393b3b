"""The vocabulary: word lists beside this file, which anybody can extend without knowing Python.

A list is a section: its name in brackets, then one word or phrase a line, in lower case. What follows a
"#" is a remark.
"""

import os.path
import re
from collections.abc import Iterator, Mapping
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


class _Lists(Mapping[str, frozenset[str]]):
    """The lists of a file. Each is taken apart when it is asked for first: the first text needs half of them."""

    def __init__(self, name: str) -> None:
        self._parts: dict[str, str] = {}
        for section, part in _parts(name):
            self._parts[section] = f"{self._parts[section]}\n{part}" if section in self._parts else part
        self._lists: dict[str, frozenset[str]] = {}

    def __getitem__(self, section: str) -> frozenset[str]:
        if section not in self._lists:
            self._lists[section] = frozenset(_lines(self._parts[section]))
        return self._lists[section]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


@cache
def load(name: str) -> Mapping[str, frozenset[str]]:
    """The lists of `words/<name>.txt`, by section."""
    return _Lists(name)
