"""What a tick, a nudge and a reply cost, with few members in the table and with many: `make bench`.

The functions are the real ones, on the table in memory: calls and capacity units are exact, the times are of this
machine's processor, the table in memory included. Numbers of members may be named as arguments.
"""

import gc
import resource
import sys

from tests.bench.service import Cost, Service, service

_DUE = 100
_SIZES = (1_000, 100_000, 1_000_000)


def _print(what: str, cost: Cost) -> None:
    used = cost.used
    calls = ", ".join(f"{count:,} {name}" for name, count in sorted(used.calls.items()))
    read = f"{used.items_read:>6,} items and {used.read_units:>6,.1f} units read"
    print(f"  {what:<26} {calls:<50} {read}, {used.write_units:>6,.1f} units written, {cost.milliseconds:>7,.1f} ms")


def _tick(running: Service) -> None:
    _print(f"a tick, {_DUE} due", running.tick())
    quiet = [running.tick() for _ in range(5)]
    _print("a tick, none due", min(quiet, key=lambda cost: cost.milliseconds))


def _each(running: Service) -> None:
    """A nudge from the queue to its receipts, and the reply to it."""
    nudge = running.queued[0]
    _print("a nudge delivered", running.deliver(nudge))
    for status in ("queued", "sent", "delivered"):
        _print(f'its receipt, "{status}"', running.receipt(nudge, status))
    _print("a nudge that comes again", running.deliver(nudge))
    reply = "7. The workshop was great, the budget meeting drained me. Win: sent the portfolio"
    _print("a reply", running.reply(0, reply, "SM1"))
    _print("the same reply again", running.reply(0, reply, "SM1"))


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
