"""How long understanding takes: `make bench`. Figures are of this machine; within one run they compare.

Files of further cases, as `unstuck parse` reads them, may be named as arguments.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from cli.parse import _context
from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import understand
from tests.bench.timing import milliseconds
from tests.corpus.judge import cases

_NOW = datetime.fromisoformat("2026-03-03T19:42:00-05:00")
_FIRST = (
    "from datetime import datetime; from shared.domain.understanding.reply import Context;"
    "from shared.domain.understanding.understand import understand;"
    "understand('7. win: x', Context('daily_checkin'), datetime.fromisoformat('2026-03-03T19:42:00-05:00'))"
)

# What patterns and readers that go back over a text would take long over.
PIECES = (
    "great ", "not ", "so ", "the day was good ", "😭", "have a ", "same as ", '"a b" ', "oh great ", "aaa ", "1. ",
    "\n", ".", "win: ", "win, ", "w:\n", "wins: a, ", "i ", "and i ", "today ", "so thats my w ", "next week ", "step ",
    "proud of ", "glad i ", "got ", "my my ", "'a ", '"a ', "best ", "so loved ", "it drained me. ", "which was ",
    "could it all day ", "took all my ", "7 ", "a 7 ", "7/", "6 or ", "- 7", "⭐", "1:", "it was a 7 and ", "6, no, ",
    "i want to ", "friend ", "weeks ", "every night ", "used to ", "' ", "die of ", "kill myself laughing ",
    "used to be burnt out for weeks ", "he hit me again ", "my friend, is ", "first time in weeks numb. ",
    "drink every night tea ", "told my wife ", '"i" : ', "hope * not wake ", "stop texting me until monday ",
    "text me at 8 and ", "? ", "a@", "+1 ", "i moved to ", "call me ", "goal: ", "make it a 7, ", "(", "half past ",
    "mon,", "C-9 ", "21h", "no wait ", "4 to ",
)  # fmt: skip


def repeated(piece: str, length: int) -> str:
    """A piece over and over, so many characters of it."""
    return (piece * length)[:length]


def _python(code: str, bytecode: str) -> float:
    """A new process, with bytecode compiled, as it is in what is deployed."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""}
    return milliseconds(lambda: subprocess.run([sys.executable, "-c", code], env=environment, check=True), 15)


def _print_each(name: str, texts: list[dict[str, Any]]) -> None:
    read = [(text["text"], _context(text["context"]), datetime.fromisoformat(text["now"])) for text in texts]
    rounds = [[milliseconds(partial(understand, *case), 1) for case in read] for _ in range(6)]
    # The quickest of several rounds, since all that slows one down comes from elsewhere. Within a round no message
    # follows itself, which would find what was kept of it; the first round loads the vocabulary.
    each = sorted(min(took) for took in zip(*rounds[1:], strict=True))
    median, late = statistics.median(each), each[int(len(each) * 0.99)]
    print(f"a message of {name}: median {median:.2f} ms, 99th percentile {late:.2f} ms")


def main() -> None:
    """Print the table."""
    _print_each("the corpus", cases("work"))
    for path in map(Path, sys.argv[1:]):
        _print_each(path.name, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
    with tempfile.TemporaryDirectory() as bytecode:
        bare, first = _python("from datetime import datetime", bytecode), _python(_FIRST, bytecode)
    print(f"importing it and its first use: {first - bare:.0f} ms above bare Python's {bare:.0f} ms")
    context = Context("daily_checkin")
    words = "so today I loved the workshop, the budget meeting drained me, and I applied to 2 jobs. 7 " * 200
    for length in (100, 1_000, 10_000):
        took = milliseconds(partial(understand, words[:length], context, _NOW), 3)
        print(f"{length:>6} characters: {took:8.2f} ms, {1000 * took / length:6.2f} µs a character")
    slowest = {part: milliseconds(partial(understand, repeated(part, 10_000), context, _NOW), 2) for part in PIECES}
    worst = max(slowest, key=slowest.__getitem__)
    print(f"one phrase over and over, 10,000 characters: at most {slowest[worst]:.0f} ms, of {worst!r}")


if __name__ == "__main__":
    main()
