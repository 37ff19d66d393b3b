"""`unstuck run`: the whole service on this machine, saying what it does while it does it."""

import signal
import threading
import time
from pathlib import Path
from types import FrameType

from rich.console import Console

from cli.local.problem import Problem
from cli.local.stack import Ports, running


class _Ended(Exception):
    """Somebody wants it to end."""


def _end(_signum: int, _frame: FrameType | None) -> None:
    raise _Ended


def run_service(folder: Path, port: int, api_port: int, aws_port: int) -> int:
    """Run until Ctrl-C or SIGTERM. Returns the exit status: 1 where something stood in the way."""
    console = Console()
    started = time.monotonic()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _end)

    def progress(step: str) -> None:
        console.print(f"[dim]{time.monotonic() - started:5.1f} s[/]  {step}")

    try:
        with running(folder, Ports(port, api_port, aws_port), progress) as service:
            console.print(f"\n  The phone      [bold link={service.phone}]{service.phone}[/]")
            console.print(f"  Signing up     [link={service.api}]{service.api}[/]")
            console.print(f"  Data and logs  {folder}\n\n  Ctrl-C ends it and keeps the data.\n")
            threading.Event().wait()
    except Problem as problem:
        console.print(f"[red]{problem}[/]")
        return 1
    except _Ended:
        console.print("Ended. Your data is kept.")
    return 0
