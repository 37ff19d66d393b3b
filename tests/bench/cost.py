"""What a tick, a nudge and a reply cost, with few members in the table and with many: `make bench`.

The functions are the real ones, on the table in memory: calls and capacity units are exact, the times are of this
machine's processor, the table in memory included. Numbers of members may be named as arguments.
"""

import gc
import resource
import sys
from collections.abc import Iterable

from tests.bench.service import Cost, Service, service

_DUE = 100
_REPLY = "7. The workshop was great, the budget meeting drained me. Win: sent the portfolio"
_SIZES = (1_000, 100_000, 1_000_000)


def _print(what: str, cost: Cost) -> None:
    used = cost.used
    calls = ", ".join(f"{count:,} {name}" for name, count in sorted(used.calls.items()))
    read = f"{used.items_read:>6,} items and {used.read_units:>6,.1f} units read"
    print(f"  {what:<26} {calls:<50} {read}, {used.write_units:>6,.1f} units written, {cost.milliseconds:>7,.1f} ms")


def _quickest(costs: Iterable[Cost]) -> Cost:
    """Of several that are alike; what slows one down comes from elsewhere, or from a first use."""
    return min(costs, key=lambda cost: cost.milliseconds)


def _tick(running: Service) -> None:
    _print(f"a tick, {_DUE} due", running.tick())
    _print("a tick, none due", _quickest(running.tick() for _ in range(5)))


def _each(running: Service) -> None:
    """A nudge from the queue to its receipts, and the reply to it, of some of those who were due."""
    nudges = running.queued[:10]
    _print("a nudge delivered", _quickest([running.deliver(nudge) for nudge in nudges]))
    for status in ("queued", "sent", "delivered"):
        _print(f'its receipt, "{status}"', _quickest([running.receipt(nudge, status) for nudge in nudges]))
    _print("a nudge that comes again", _quickest([running.deliver(nudge) for nudge in nudges]))
    for what in ("a reply", "the same reply again"):
        _print(what, _quickest([running.reply(n, _REPLY, f"SM{n}") for n in range(10)]))


def main() -> None:
    """Print the table."""
    for members in map(int, sys.argv[1:] or _SIZES):
        with service() as running:
            running.fill(members, _DUE)
            gc.collect()
            gc.freeze()  # the table is not the functions' to look through for garbage
            print(f"{members:,} members, each due member with 35 days told of")
            _tick(running)
            _each(running)
            gc.unfreeze()
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.1f} GB of memory")


if __name__ == "__main__":
    main()
