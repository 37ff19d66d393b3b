"""How long a month's mail takes, and how that grows with the journal: `make bench`. Figures are of this machine."""

import os
import subprocess
import sys

from shared.channels import chart, letters, mail
from shared.domain import evidence, month
from tests import months
from tests.bench.timing import milliseconds

_HEAVY = ("matplotlib", "numpy", "PIL")
_SENDER = "Unstuck <hello@unstuck.example>"


def _print_mail(name: str, journal: int) -> None:
    """`journal` is how many months of it there are, every day answered; the mail is of the last one."""
    who = months.every_day(journal)
    of = months.month_of(who)

    def drawn() -> letters.Pictures:
        day, night = (chart.mood_chart(of, who.language, palette) for palette in (chart.DAY, chart.NIGHT))
        return letters.Pictures(day, night, chart.SHOWN_HEIGHT)

    pictures = drawn()
    built = milliseconds(lambda: month.build(who, months.OCTOBER, months.NOVEMBER_1), 5)
    charts = milliseconds(drawn, 5)
    written = milliseconds(lambda: mail.compose(months.mail_of(who, pictures), _SENDER, months.NOW), 5) - built
    sizes = f"html {len(months.mail_of(who, pictures).html.encode()) / 1000:.0f} kB"
    whole = built + charts + written
    print(
        f"{name}: {whole:6.0f} ms (built {built:.0f}, drawn twice {charts:.0f}, written {written:.0f}), {sizes},"
        f" pictures {(len(pictures.day) + len(pictures.night)) / 1000:.0f} kB"
    )


def _print_pack(journal: int) -> None:
    who = months.every_day(journal)
    since = who.journal[0].day
    took = milliseconds(
        lambda: letters.wins_letter(who, since, months.NOVEMBER_1, months.HOUSE, months.LINKS, months.NOW), 3
    )
    print(f"a pack of {evidence.build(who, since, months.NOVEMBER_1).count:>5} wins: {took:6.0f} ms")


def _print_imports() -> None:
    """What a function that draws nothing loads of the charting library, which must be nothing."""
    code = f"import sys, shared.channels.letters; print([name for name in {_HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    print(f"heavy packages loaded by who writes letters and draws nothing: {loaded.stdout.strip()}")


def main() -> None:
    """Print the table."""
    _print_mail("a month's mail, 31 full days, warm", 1)
    for journal in (12, 60):
        _print_mail(f"the same from {journal} months of journal", journal)
    for journal in (1, 12, 60):
        _print_pack(journal)
    _print_imports()


if __name__ == "__main__":
    main()
