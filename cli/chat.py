"""`unstuck chat`: a conversation in the terminal, with `respond` alone and nothing behind it."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from rich.console import Console

from shared.domain import conversation
from shared.domain.conversation import Brand
from shared.domain.models import Entry, Member, OpenQuestion, Status, Turn
from shared.domain.nudging import text_of
from shared.domain.schedule import confirmation

BRAND = Brand("Unstuck", "help@unstuck.example")


def newcomer(timezone: str, now: datetime) -> Member:
    """Somebody who has just signed up and was asked to confirm."""
    return Member(
        id="you",
        status=Status.PENDING,
        name="you",
        phone="+14155550123",
        prompt_time=time(19, 30),
        timezone=timezone,
        signed_up_at=now,
        open_question=OpenQuestion(asked="opt_in", day=now.date(), at=now),
    )


def after(turn: Turn) -> Member:
    """The member as the next message finds them: what storage would have kept."""
    kept: tuple[Entry, ...] = tuple(entry for entry in turn.member.journal if entry.id not in turn.removed)
    return turn.member.model_copy(update={"journal": kept + turn.entries})


def chat_with(timezone: str, local: datetime | None) -> None:
    """Text until end of file. `local` fixes the time on the member's clock; else it is the present."""
    console = Console()
    zone = ZoneInfo(timezone)

    def now() -> datetime:
        return (local.replace(tzinfo=zone) if local else datetime.now(zone)).astimezone(UTC)

    member = newcomer(timezone, now())
    console.print(f"[dim]Texting from {timezone}. Ctrl-D ends it.[/]")
    console.print(f"[cyan]{text_of(confirmation(member, now()), member, BRAND)}[/]")
    count = 0
    while True:
        try:
            text = console.input("[bold]> [/]")
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        count += 1
        turn = conversation.respond(member, text, now(), source=f"chat{count}", brand=BRAND)
        member = after(turn)
        for reply in turn.replies or ("(no answer)",):
            console.print(reply, style="cyan", markup=False, soft_wrap=True)
