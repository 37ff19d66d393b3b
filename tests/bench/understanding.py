"""How long understanding takes: `make bench`. Figures are of this machine; within one run they compare."""

import statistics
import subprocess
import sys
import time
from datetime import datetime

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


def _python(code: str) -> float:
    return _milliseconds(lambda: subprocess.run([sys.executable, "-c", code], check=True), 5)


def main() -> None:
    """Print the table."""
    texts = [(case["text"], Context(asked=case["context"]["asked"])) for case in cases("work")]
    for text, context in texts:
        understand(text, context, _NOW)
    each = sorted(_milliseconds(lambda t=text, c=context: understand(t, c, _NOW), 3) for text, context in texts)
    bare, first = _python("from datetime import datetime"), _python(_FIRST)
    print(f"a message: median {statistics.median(each):.2f} ms, 99th percentile {each[int(len(each) * 0.99)]:.2f} ms")
    print(f"importing it and its first use: {first - bare:.0f} ms above bare Python's {bare:.0f} ms")
    words = "so today I loved the workshop, the budget meeting drained me, and I applied to 2 jobs. 7 " * 200
    for length in (100, 1_000, 10_000):
        took = _milliseconds(lambda n=length: understand(words[:n], Context("daily_checkin"), _NOW), 3)
        print(f"{length:>6} characters: {took:8.2f} ms, {1000 * took / length:6.2f} µs a character")


if __name__ == "__main__":
    main()
