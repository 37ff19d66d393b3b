"""`unstuck`, the command line: what a person runs."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


@app.command()
def run(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the phone is.")] = 8000,
    api_port: Annotated[int, typer.Option(min=1, max=65535, help="Where the service is.")] = 8001,
    aws_port: Annotated[int, typer.Option(min=1, max=65535, help="Where the local AWS is.")] = 4566,
    data: Annotated[Path, typer.Option(help="Where members, journals, texts and mails are kept.")] = Path(".local"),
) -> None:
    """Run the whole service on this machine, with a phone to text with it. Ctrl-C ends it and keeps the data."""
    from cli.run import run_service

    raise typer.Exit(run_service(data.resolve(), port, api_port, aws_port))


@app.command()
def chat(
    timezone: Annotated[str, typer.Option(help="The member's IANA time zone.")] = "America/New_York",
    now: Annotated[datetime | None, typer.Option(help="A fixed local time, such as 2026-03-03T19:30:00.")] = None,
) -> None:
    """Talk with the service in the terminal, with nothing behind it but `respond`."""
    from cli.chat import chat_with

    chat_with(timezone, now)


@app.command()
def parse() -> None:
    """Read cases as JSON lines, {"id", "now", "context", "text"}, and write what each text was understood to say."""
    from cli.parse import parsed

    for line in sys.stdin:
        if line.strip():
            print(json.dumps(parsed(json.loads(line)), ensure_ascii=False))


if __name__ == "__main__":
    app()
