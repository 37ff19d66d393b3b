"""How long understanding takes: `make bench`. Figures are of this machine; within one run they compare.

Files of further cases, as `unstuck parse` reads them, may be named as arguments.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from cli.parse import _context
from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import understand
from tests.corpus.judge import cases

_NOW = datetime.fromisoformat("2026-03-03T19:42:00-05:00")
_FIRST = (
    "from datetime import datetime; from shared.domain.understanding.reply import Context;"
    "from shared.domain.understanding.understand import understand;"
    "understand('7. win: x', Context('daily_checkin'), datetime.fromisoformat('2026-03-03T19:42:00-05:00'))"
)


def _milliseconds(run: object, times: int) -> float:
    """The quickest of several, since all that slows one down comes from elsewhere."""
    assert callable(run)
    took = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        took.append((time.perf_counter() - started) * 1000)
    return min(took)


def _python(code: str, bytecode: str) -> float:
    """A new process, with bytecode compiled, as it is in what is deployed."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""}
    return _milliseconds(lambda: subprocess.run([sys.executable, "-c", code], env=environment, check=True), 15)


def _print_each(name: str, texts: list[dict[str, Any]]) -> None:
    read = [(text["text"], _context(text["context"]), datetime.fromisoformat(text["now"])) for text in texts]
    rounds = [[_milliseconds(lambda case=case: understand(*case), 1) for case in read] for _ in range(6)]
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
    words = "so today I loved the workshop, the budget meeting drained me, and I applied to 2 jobs. 7 " * 200
    for length in (100, 1_000, 10_000):
        took = _milliseconds(lambda n=length: understand(words[:n], Context("daily_checkin"), _NOW), 3)
        print(f"{length:>6} characters: {took:8.2f} ms, {1000 * took / length:6.2f} µs a character")


if __name__ == "__main__":
    main()
