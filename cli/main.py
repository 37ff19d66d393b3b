"""`unstuck`, the command line: what a person runs."""

import json
import sys
import zoneinfo
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

AwsPort = Annotated[int, typer.Option(min=1, max=65535, help="Where the local AWS is.")]
Stack = Annotated[str | None, typer.Option(help="A stack on AWS, by your own AWS settings; without it, the local one.")]
_TWO_CLOCK_CHANGES = datetime(2026, 3, 1, tzinfo=UTC)  # in the two months from here, forward and back
app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
zoneinfo.reset_tzpath(to=())  # the time zones that come with the service, as its functions have them


@app.command()
def run(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the phone is.")] = 8000,
    api_port: Annotated[int, typer.Option(min=1, max=65535, help="Where the service is.")] = 8001,
    aws_port: AwsPort = 4566,
    data: Annotated[Path, typer.Option(help="Where members, journals, texts and mails are kept.")] = Path(".local"),
) -> None:
    """Run the whole service on this machine, with a phone to text with it. Ctrl-C ends it and keeps the data."""
    from cli.run import run_service

    raise typer.Exit(run_service(data.resolve(), port, api_port, aws_port))


@app.command()
def chat(
    timezone: Annotated[str, typer.Option(help="The member's IANA time zone.")] = "America/New_York",
    now: Annotated[datetime | None, typer.Option(help="A fixed local time, such as 2026-03-03T19:30:00.")] = None,
    transcript: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A conversation as in tests/transcripts, to be replayed."),
    ] = None,
) -> None:
    """Talk with the service in the terminal, on any day, with nothing behind it but the domain.

    With --transcript, replay a conversation that was written down, and fail where it goes otherwise now.
    """
    from cli.chat import chat_with, replay
    from cli.replay import NoTranscript

    if transcript is None:
        return chat_with(timezone, now)
    try:
        raise typer.Exit(0 if replay(transcript) else 1)
    except NoTranscript as error:
        typer.echo(error, err=True)
        raise typer.Exit(2) from error


@app.command()
def replay(
    queue: Annotated[str | None, typer.Argument(help="One queue alone, such as nudge; without it, all.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what there is; it stays where it is.")] = False,
    stack: Stack = None,
    aws_port: AwsPort = 4566,
) -> None:
    """Send again what ended in the dead-letter queues: nudges, summaries, texts that fell back,
    replies by mail, and what SES said of mails. Nothing happens twice.

    With --dry-run, see it first: by ids alone, with what comes of sending it again.
    """
    from cli import dead_letters, deployed
    from cli.local.problem import Problem

    try:
        found = deployed.find(stack, aws_port)
        count = dead_letters.replay(found, queue, dry_run, datetime.now(UTC), typer.echo)
        if count:
            typer.echo(f"Why each is there is in the logs, {found.id_of('Logs')}, beside its id.")
    except Problem as problem:
        typer.echo(problem, err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"{count} to be sent again." if dry_run else f"{count} sent again.")


members = typer.Typer(no_args_is_help=True, help="What an operator does for a member.")
app.add_typer(members, name="members")


@members.command("import")
def import_journal(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Daylio's export, a CSV file.")],
    phone: Annotated[str, typer.Option(help="The member's number, such as +14155550123.")],
    moods: Annotated[
        str, typer.Option(help="What their five moods are called, the best first, as in 'super/good/so-so/bad/awful'.")
    ] = "rad/good/meh/bad/awful",
    stack: Stack = None,
    aws_port: AwsPort = 4566,
) -> None:
    """Bring a member's Daylio journal in: all of the file, or nothing, with the line that is wrong and why.

    Days that they answered here stay as they are. The same file again adds nothing.
    """
    from cli.deployed import find
    from cli.local.problem import Problem
    from cli.members import import_daylio

    try:
        names = moods.split("/")
        done = import_daylio(find(stack, aws_port), phone, file.read_bytes(), names, datetime.now(UTC))
    except Problem as problem:
        typer.echo(problem, err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"{len(done.entries)} entries of {done.days} days were imported.")
    typer.echo(f"Left out: {done.known} known, {done.answered} of days answered here, {done.today} of today.")


@app.command()
def parse() -> None:
    """Read cases as JSON lines, {"id", "now", "context", "text"}, and write what each text was understood to say."""
    from cli.parse import parsed

    for line in sys.stdin:
        if line.strip():
            print(json.dumps(parsed(json.loads(line)), ensure_ascii=False))


@app.command()
def simulate(
    members: Annotated[int, typer.Option(min=1, max=100_000, help="How many members.")] = 300,
    days: Annotated[int, typer.Option(min=1, max=1000, help="For how many days.")] = 62,
    seed: Annotated[int, typer.Option(help="What everything left to chance is drawn from.")] = 1,
    start: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The first day.")] = _TWO_CLOCK_CHANGES,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Let members live with the service for months, in a minute or so, while all goes wrong that can.

    It runs the real handlers with one clock, an AWS and a Twilio in memory. The default range has clocks put
    forward in the north and back in the south. Exits with 1 if anything happened that must not.
    """
    from cli.simulate import run_simulation

    raise typer.Exit(run_simulation(members, days, seed, start.date(), as_json))


if __name__ == "__main__":
    app()
