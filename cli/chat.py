"""`unstuck chat`: a conversation in the terminal, with the domain alone and nothing behind it."""

import difflib
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from cli.rehearsal import BRAND, Delivery, Rehearsal, newcomer
from cli.replay import Replay
from shared.domain import schedule
from shared.domain.models import Kind
from shared.domain.nudging import text_of
from shared.domain.schedule import confirmation

_HELP = """\
/day 2026-03-04 19:30   move the clock on; what falls due on the way goes out
/nudge daily_checkin    send a nudge of a kind now
/buddy well done        text as the buddy, whose number is +1 415 555 2671
/state                  show what is held on the member
/help                   this
Anything else is a text to the service. Ctrl-D ends it."""


def chat_with(timezone: str, local: datetime | None) -> None:
    """Text until end of file. `local` fixes the time on the member's clock; else it is the present, until /day."""
    zone = ZoneInfo(timezone)
    now = local.replace(tzinfo=zone).astimezone(UTC) if local else datetime.now(UTC)
    _Chat(Rehearsal(newcomer(timezone, now), now), live=local is None).run()


class _Chat:
    def __init__(self, rehearsal: Rehearsal, live: bool) -> None:
        self._rehearsal = rehearsal
        self._live = live
        self._console = Console(highlight=False)
        self._commands: dict[str, Callable[[str], None]] = {
            "/day": self._day,
            "/nudge": self._nudge,
            "/buddy": self._buddy,
            "/state": self._state,
            "/help": self._help,
        }

    def run(self) -> None:
        member, now = self._rehearsal.member, self._rehearsal.now
        self._note(f"Texting from {member.timezone}, where it is {self._clock()}. /help says what there is.")
        self._said(text_of(confirmation(member, now), member, BRAND))
        for line in self._lines():
            self._take(line)

    def _lines(self) -> Iterator[str]:
        """What is typed, or piped in, which is shown as if it had been."""
        if not sys.stdin.isatty():
            for line in sys.stdin:
                self._console.print(f"> {line.rstrip()}", style="bold", markup=False, soft_wrap=True)
                yield line
            return
        while True:
            try:
                yield self._console.input("[bold]> [/]")
            except (EOFError, KeyboardInterrupt):
                self._console.print()
                return

    def _take(self, line: str) -> None:
        if self._live:
            self._pass_time(datetime.now(UTC))
        name, _, rest = line.strip().partition(" ")
        if name.startswith("/"):
            self._commands.get(name, self._help)(rest.strip())
        elif name:
            replies, sent = self._rehearsal.text(line.strip())
            for reply in replies:
                self._said(reply)
            self._sent(sent)
            if not replies and not sent:
                self._note("(no answer)")

    def _day(self, rest: str) -> None:
        try:
            until = self._rehearsal.instant(datetime.fromisoformat(rest))
        except ValueError:
            return self._note("Like this: /day 2026-03-04 19:30")
        if until < self._rehearsal.now:
            return self._note(f"The clock only goes on, and it is {self._clock()}.")
        self._live = False
        self._pass_time(until)
        return self._note(f"It is {self._clock()}.")

    def _pass_time(self, until: datetime) -> None:
        for each in self._rehearsal.pass_time(until):
            self._note(f"{self._clock()}, {' + '.join(each.nudge.kinds)}")
            self._sent([each])

    def _nudge(self, rest: str) -> None:
        if rest not in list(Kind):
            return self._note(f"One of: {', '.join(Kind)}")
        sent = self._rehearsal.ask_for(Kind(rest))
        return self._sent(sent) if sent else self._note("(goes by mail, and there is no address)")

    def _buddy(self, rest: str) -> None:
        for reply in self._rehearsal.buddy_texts(rest) or ("(no answer)",):
            self._said(reply, "magenta")

    def _state(self, _: str) -> None:
        member = self._rehearsal.member
        due = schedule.next_due(member, self._rehearsal.now)
        held = member.model_dump(mode="json", exclude_defaults=True)
        journal = [entry.model_dump(mode="json", exclude_defaults=True) for entry in member.journal]
        self._console.print_json(
            data={"member": held, "journal": journal, "due": due and due.model_dump(mode="json")}, indent=1
        )

    def _help(self, _: str) -> None:
        self._note(_HELP)

    def _sent(self, sent: Iterable[Delivery]) -> None:
        for each in sent:
            if each.text:
                self._said(each.text, "magenta" if each.to_buddy else "cyan")
            else:
                what = "mailed" if each.mailed else f"not sent: {each.verdict.value}"
                self._note(f"({' + '.join(each.nudge.kinds)} {what})")

    def _said(self, text: str, style: str = "cyan") -> None:
        self._console.print(text, style=style, markup=False, soft_wrap=True)

    def _note(self, text: str) -> None:
        self._console.print(text, style="dim", markup=False, soft_wrap=True)

    def _clock(self) -> str:
        return f"{self._rehearsal.local:%a %d %b %Y %H:%M}"


_STYLES = {">": "bold", "<": "cyan", "b>": "bold magenta", "b<": "magenta"}


def replay(path: Path) -> bool:
    """Print a transcript as it goes now, with what it used to say struck out; whether nothing differs.

    Raises:
        NoTranscript: the file is none.
    """
    console = Console(highlight=False)
    heading, *script = path.read_text(encoding="utf-8").splitlines() or [""]
    now = Replay(heading).heard(script)
    console.print(heading, style="dim", markup=False, soft_wrap=True)
    for line in difflib.ndiff(script, now):
        change, text = line[:2], line[2:]
        if change == "- ":
            console.print(f"- {text}", style="red strike", markup=False, soft_wrap=True)
        elif change != "? ":
            mark = "+ " if change == "+ " else ""
            style = "green" if mark else _STYLES.get(text.partition(" ")[0], "dim")
            console.print(f"{mark}{text}", style=style, markup=False, soft_wrap=True)
    return now == script
