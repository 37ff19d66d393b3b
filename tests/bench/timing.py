"""How long something takes."""

import time
from collections.abc import Callable
from typing import Any


def milliseconds(run: Callable[[], Any], times: int) -> float:
    """The quickest of several, since all that slows one down comes from elsewhere."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        took.append((time.perf_counter() - started) * 1000)
    return min(took)
