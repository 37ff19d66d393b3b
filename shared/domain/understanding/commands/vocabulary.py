"""The phrases of commands and the frames that they fit into, from `words/commands.txt`."""

from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.commands.message import listed

# The kinds of time that a frame may need, by the name it has in the frame, and the kind of words that tell it.
TIME_LISTS = {
    "until": "date",
    "span": "date",
    "date": "date",
    "minutes": "minutes",
    "clock": "clock",
    "number": "clock",
    "days": "days",
    "weekday": "days",
}


_BESIDE = ("common", "request", "subject", "idioms", "too", "habit")  # lists that are looked for beside the frames
_WITH = {"starting over": "starting again", "resuming": "starting again"}  # lists that have another one's phrases, too


# Of frames of one length in one piece, one that wants the whole message goes first, else the command that is named
# first here.
_PRIORITY = (
    "delete undo export set_days snooze set_time pause skip resume start stop list_goals list_wins plan summary"
    " stats help"
).split()


class Frame(NamedTuple):
    command: str
    lists: tuple[int, ...]  # a bit each
    all: int  # of them
    needed: int  # those of them that the words must have, times left aside
    covers: int
    unknown: int  # how many other words it bears
    kinds: frozenset[str]  # of time that it needs
    scope: str  # "=" a whole message, "?" that or a question, "!" that or a short message

    def has(self, name: str) -> bool:
        return bool(bit(name) & self.all)


class Vocabulary(NamedTuple):
    phrases: dict[str, int]  # the lists of a phrase, a bit each
    longest: dict[str, int]  # how many words the longest phrase has that begins with two words
    bits: dict[str, int]
    frames: dict[int, list[tuple[int, Frame]]]  # with their ranks, by the bit of a list that they need, or 0
    rarest: int  # all such bits


@cache
def vocabulary() -> Vocabulary:
    lines = listed("frames")
    framed = {part.lstrip("=?!") for line in lines for part in line.split()[1:]}
    lists = words.written("commands")
    names = [name for name in lists if name.replace(" ", "_") in framed or name in _BESIDE or name.endswith(" extras")]
    bits = {name.replace(" ", "_"): 1 << n for n, name in enumerate((*TIME_LISTS, *names))}
    phrases: dict[str, int] = {}
    longest: dict[str, int] = {}
    for name in names:
        own = bits[name.replace(" ", "_")]
        for phrase in _phrases(name):
            phrases[phrase] = phrases.get(phrase, 0) | own
    for phrase in phrases:
        if length := phrase.count(" "):
            start = phrase if length == 1 else phrase[: phrase.index(" ", phrase.index(" ") + 1)]
            if length >= longest.get(start, 0):
                longest[start] = length + 1
    sizes = {bits[name.replace(" ", "_")]: len(_phrases(name)) for name in names}
    frames: dict[int, list[tuple[int, Frame]]] = {0: []}
    for rank, frame in enumerate(sorted((_frame(line, bits) for line in lines), key=_rank)):
        rarest = min((part for part in frame.lists if part & frame.needed), key=sizes.__getitem__, default=0)
        frames.setdefault(rarest, []).append((rank, frame))
    return Vocabulary(phrases, longest, bits, frames, sum(frames))


def _phrases(name: str) -> frozenset[str]:
    """The phrases of a list, each written once in the file, whichever lists it is of."""
    return listed(name) | (listed(_WITH[name]) if name in _WITH else frozenset())


@cache
def first_words() -> frozenset[str]:
    """The words that phrases begin with."""
    return frozenset([phrase.partition(" ")[0] for phrase in vocabulary().phrases])


def bit(name: str) -> int:
    return vocabulary().bits[name]


def _frame(line: str, bits: dict[str, int]) -> Frame:
    command, _, rest = line.partition(": ")
    parts = rest.split()
    unknown = int(parts.pop()[1:]) if parts[-1].startswith("~") else 0
    scope = parts[0][0] if parts[0][0] in "=?!" else ""
    parts[0] = parts[0].lstrip("=?!")
    alone = scope == "=" and command == "list_goals"
    covers = bits["common"] | bits.get(f"{command}_extras", 0)
    if command in ("list_wins", "list_goals", "stats") and not alone:
        covers |= bits["query_extras"]
    whole = needed = 0
    for part in parts:
        covers |= bits[part]
        whole |= bits[part]
        needed |= bits[part] if part not in TIME_LISTS else 0
    kinds = frozenset(TIME_LISTS[part] for part in parts if part in TIME_LISTS)
    return Frame(command, tuple(bits[part] for part in parts), whole, needed, covers, unknown, kinds, scope)


def _rank(frame: Frame) -> tuple[int, bool, int, int, tuple[int, ...]]:
    return -len(frame.lists), frame.scope != "=", _PRIORITY.index(frame.command), frame.unknown, frame.lists
