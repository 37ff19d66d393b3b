"""What a simulation comes to, in words, with a plot of the load over the day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cli.simulation.record import Record
from cli.simulation.simulation import ZEROS, Result

_WIDEST = 48  # columns of the longest bar
_SHOWN = 5  # lines of each broken rule
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_RULES = {
    "lost_replies": "replies lost",
    "double_texts": "texts sent twice",
    "texts_at_night": "texts at night",
    "texts_after_stop": "texts after STOP",
    "over_two_a_day": "texts over two a day",
    "unaccounted_nudges": "nudges of which nobody knows what became",
    "wrong_day_replies": "replies counted for the wrong day",
}


def in_words(result: Result) -> str:
    """The report; a rule that was broken is shown by its first cases, with how to see them again."""
    until = result.start + timedelta(days=result.days)
    counts = result.fates
    lines = [
        f"{result.members:,} members in {_zones(result.record)} time zones, {result.start} to {until},"
        f" seed {result.seed}.",
        "",
        f"{result.nudges_due:,} nudges fell due: {counts['sent']:,} were sent, {counts['merged']:,} went out within"
        f" another one's text, {counts['skipped']:,} were left out for a reason on record, and {counts['missed']:,}"
        " were missed in an outage.",
        f"{len(result.record.sent):,} texts and {len(result.record.mailed):,} mails went out;"
        f" {len(result.record.wrote):,} texts came in.",
        "",
        "What went wrong on purpose:",
        *_listed((kind.replace("_", " "), count) for kind, count in sorted(result.faults.items()) if count),
        "",
        "Texts sent by the hour of the day, in UTC:",
        *plot(by_hour([text.at for text in result.record.sent])),
        f"The busiest minute had {_busiest_minute(result.record)}.",
        "",
        "What must not happen:",
        *_listed((_RULES[rule], len(result.found[rule])) for rule in ZEROS),
    ]
    for rule in ZEROS:
        lines += [f"{_RULES[rule]}: {line}" for line in result.found[rule][:_SHOWN]]
    if not result.is_right:
        lines += ["", f"Run it again: {again(result)}"]
    return "\n".join(lines)


def again(result: Result) -> str:
    """The command that brings about the very same."""
    return (
        f"unstuck simulate --members {result.members} --days {result.days} --seed {result.seed} --start {result.start}"
    )


def by_hour(instants: Iterable[datetime]) -> list[int]:
    """How many of them are in each hour of the day."""
    counts = [0] * 24
    for at in instants:
        counts[at.hour] += 1
    return counts


def plot(counts: list[int]) -> list[str]:
    """A bar for each hour, the fullest as wide as there is room."""
    most = max(*counts, 1)
    return [f"  {hour:02}:00 {_bar(count / most)} {count:,}" for hour, count in enumerate(counts)]


def _bar(share: float) -> str:
    eighths = round(share * _WIDEST * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _busiest_minute(record: Record) -> str:
    minutes: dict[datetime, int] = {}
    for text in record.sent:
        minute = text.at.replace(second=0, microsecond=0)
        minutes[minute] = minutes.get(minute, 0) + 1
    if not minutes:
        return "no text"
    busiest = max(minutes, key=lambda minute: minutes[minute])
    return f"{minutes[busiest]:,} texts ({busiest:%Y-%m-%d %H:%M})"


def _zones(record: Record) -> int:
    return len({each.setting.zone for life in record.lives.values() for each in life.agreed})


def _listed(counts: Iterable[tuple[str, int]]) -> list[str]:
    return [f"  {count:>7,} {name}" for name, count in counts]
