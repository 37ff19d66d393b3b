"""`unstuck simulate`: months with many members in a minute, with all that can go wrong going wrong."""

import json
from datetime import date

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.simulation.report import again, in_words
from cli.simulation.simulation import simulate


def run_simulation(members: int, days: int, seed: int, start: date, as_json: bool) -> int:
    """Simulate, say what came of it, and return the exit status: 1 where anything happened that must not."""
    columns = (TextColumn("Day"), MofNCompleteColumn(), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=as_json) as progress:
        passing = progress.add_task("days", total=days)
        result = simulate(members, days, seed, start, lambda day: progress.update(passing, completed=day))
    typer.echo(json.dumps(result.counts()) if as_json else in_words(result))
    if not result.is_right and as_json:
        typer.echo(f"Run it again: {again(result)}", err=True)
    return 0 if result.is_right else 1
