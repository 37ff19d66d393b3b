"""A member's month: built from their journal for the monthly mail, its chart, and the text in its place.

Pure: `summarize` reads the journal, calls `build`, and hands the result to the chart, the templates and
`gist`. Dates are the member's own, as the journal has them. What is said comes from `summary.toml`.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date

from pydantic import Field

from shared.content import dates, texts
from shared.content.segments import count_segments, is_gsm7, spelt_plainly
from shared.content.texts import Language
from shared.domain.models import Entry, Frozen

_SEGMENTS = 2  # of a gist, as of any text of ours

_WIN_IN_GIST = 60  # characters of one win, so that a long one leaves room for others


class DayMood(Frozen):
    """The mood that counts for a day: the last one given on it. 1 to 10."""

    day: date
    mood: float = Field(repr=False)
    estimated: bool = False


class Win(Frozen):
    """One win, in the member's own words."""

    day: date
    text: str = Field(repr=False)


class Phrase(Frozen):
    """What the member named, as they first wrote it, and in how many entries they named it."""

    text: str = Field(repr=False)
    count: int


class Summary(Frozen):
    """A month of one member. `month` is its first day.

    `answered` counts the days with an answer, `prompted` the days with a prompt, and
    `answered_prompted` the days with both: "18 of 22" is `answered_prompted` of `prompted`, so an
    answer on a day without a prompt never makes 23 of 22.
    """

    month: date
    days: tuple[DayMood, ...] = Field(default=(), repr=False)
    wins: tuple[Win, ...] = Field(default=(), repr=False)
    answered: int = 0
    prompted: int = 0
    answered_prompted: int = 0
    average: float | None = Field(default=None, repr=False)
    best: DayMood | None = Field(default=None, repr=False)
    hardest: DayMood | None = Field(default=None, repr=False)
    engaged: tuple[Phrase, ...] = Field(default=(), repr=False)
    drained: tuple[Phrase, ...] = Field(default=(), repr=False)

    @property
    def last_day(self) -> date:
        return self.month.replace(day=monthrange(self.month.year, self.month.month)[1])

    @property
    def quiet(self) -> bool:
        """Nothing was said all month."""
        return not (self.answered or self.days or self.wins)

    @property
    def average_shown(self) -> str | None:
        return None if self.average is None else shown(self.average)


def shown(average: float) -> str:
    """An average as people write it: one decimal, halves rounded up, none where it is whole.

    >>> shown(6.25), shown(6.0)
    ('6.3', '6')
    """
    return f"{int(average * 10 + 0.5) / 10:g}"


def build(journal: Iterable[Entry], month: date) -> Summary:
    """The summary of the month that `month` lies in; entries of other months are left out.

    The journal may come in any order. `best` and `hardest` are set where moods differ; of equal days
    the first is named. `engaged` and `drained` are all that was named, most often first. Days with a call
    for help count, but what was told with it is not shown again.
    """
    first = month.replace(day=1)
    entries = sorted(
        (entry for entry in journal if (entry.day.year, entry.day.month) == (first.year, first.month)),
        key=lambda entry: (entry.day, entry.at, entry.source),
    )
    moods = {
        entry.day: DayMood(day=entry.day, mood=entry.mood, estimated=entry.mood_estimated)
        for entry in entries
        if entry.mood is not None
    }
    days = tuple(moods.values())
    answered = {entry.day for entry in entries if entry.kind == "answered"}
    prompted = {entry.day for entry in entries if entry.kind == "prompted"}
    shown = [entry for entry in entries if not entry.private]
    differ = len({day.mood for day in days}) > 1
    return Summary(
        month=first,
        days=days,
        wins=tuple(Win(day=entry.day, text=text) for entry in shown for text in entry.wins),
        answered=len(answered),
        prompted=len(prompted),
        answered_prompted=len(answered & prompted),
        average=sum(day.mood for day in days) / len(days) if days else None,
        best=max(days, key=lambda day: day.mood) if differ else None,
        hardest=min(days, key=lambda day: day.mood) if differ else None,
        engaged=most_named(shown, lambda entry: entry.engaged),
        drained=most_named(shown, lambda entry: entry.drained),
    )


def gist(summary: Summary, language: Language) -> str:
    """The month as a text, for a member without e-mail: GSM-7 only and two segments at most.

    What was answered comes first, then the average, then as many wins as there is room for, then what
    engaged them. What GSM-7 cannot spell is spelt plainly; a win that is left with nothing is counted
    and not quoted.
    """
    month = dates.month(summary.month, language)
    if summary.quiet:
        return texts.say("summary.quiet", language, month=month)
    parts: list[str] = []
    if summary.answered:
        parts.append(_answered(summary, month, language))
    if summary.average_shown:
        parts.append(
            texts.say(
                "summary.mood",
                language,
                average=summary.average_shown,
                days=counted("day", language, len(summary.days)),
            )
        )
    said = " ".join(parts)
    if summary.wins:
        said = _with_wins(said, summary, language)
    if summary.engaged and (phrase := plain(summary.engaged[0].text)):
        said = _joined(said, texts.say("summary.engaged", language, phrase=phrase))
    return said


def most_named(entries: list[Entry], named: Callable[[Entry], tuple[str, ...]]) -> tuple[Phrase, ...]:
    """What was named in these entries, which are in order: most often first."""
    wording: dict[str, str] = {}
    counts: dict[str, int] = {}
    for entry in entries:
        in_entry = set()
        for text in named(entry):
            key = " ".join(text.split()).casefold()
            if key and key not in in_entry:
                in_entry.add(key)  # named twice in one breath is named once
                wording.setdefault(key, text.strip())
                counts[key] = counts.get(key, 0) + 1
    # `sorted` is stable: of phrases named as often, the one named first comes first.
    return tuple(
        Phrase(text=wording[key], count=count)
        for key, count in sorted(counts.items(), key=lambda item: item[1], reverse=True)
    )


def _answered(summary: Summary, month: str, language: Language) -> str:
    if not summary.answered_prompted:
        return texts.say(
            "summary.answered_freely", language, month=month, days=counted("day", language, summary.answered)
        )
    key = "summary.answered" if summary.answered == summary.answered_prompted else "summary.answered_and_more"
    return texts.say(
        key,
        language,
        month=month,
        answered=summary.answered_prompted,
        prompted=counted("checkin", language, summary.prompted),
        more=counted("day", language, summary.answered - summary.answered_prompted),
    )


def counted(noun: str, language: Language, count: int) -> str:
    """A count with its noun, "day", "checkin" or "win": "1 win", "3 wins"."""
    return texts.say(f"summary.{noun}_one" if count == 1 else f"summary.{noun}_many", language, count=count)


def _with_wins(said: str, summary: Summary, language: Language) -> str:
    """`said` and the sentence on wins, with as many quoted, in order, as there is room for."""
    wins = counted("win", language, len(summary.wins))
    longest = _joined(said, texts.say("summary.wins_counted", language, wins=wins))
    quoted: list[str] = []
    for win in summary.wins:
        text = shortened(plain(win.text).rstrip(".;,! "), _WIN_IN_GIST)
        if not text:
            continue
        quoted.append(text)
        more = len(summary.wins) - len(quoted)
        key = "summary.wins_and_more" if more else "summary.wins"
        longer = f"{said} {texts.say(key, language, wins=wins, list='; '.join(quoted), more=more)}".strip()
        if _fits(longer):
            longest = longer
        else:
            quoted.pop()  # a shorter one further on may still fit
    return longest


def _joined(said: str, further: str) -> str:
    both = f"{said} {further}".strip()
    return both if _fits(both) else said


def _fits(text: str) -> bool:
    return count_segments(text).count <= _SEGMENTS


def shortened(text: str, longest: int) -> str:
    """`text` cut at a word, so that with "..." it has `longest` characters at most."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 3]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(".;, ") + "..."


def plain(text: str) -> str:
    """`text` on one line and in GSM-7: spelt plainly, and what cannot be dropped."""
    return " ".join("".join(filter(is_gsm7, spelt_plainly(text))).split())
