"""Draws a month's moods for the monthly mail, once for light screens and once for dark ones.

Only `summarize` imports this: matplotlib is large and slow to load. It writes a font cache when it is
first imported, so on Lambda, where home is read-only, the template sets MPLCONFIGDIR=/tmp.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from shared.content import dates, texts
from shared.content.texts import Language
from shared.domain.month import Month
from shared.domain.summary import DayMood

WIDTH, HEIGHT = 1072, 820  # pixels
SHOWN_HEIGHT = HEIGHT // 2  # in a mail, or less; sharp on a phone


class Palette(NamedTuple):
    """Colours of Okabe and Ito, told apart with any colour vision (each sign has a shape of its own as well), on
    paper of the picture's own: what a mail client makes of the colours around it does not matter."""

    paper: str
    grid: str
    ink: str
    mood: str
    win: str
    off: str
    before: str


DAY = Palette("#fbfaf6", "#e3dfd5", "#55514a", "#0072b2", "#d55e00", "#00805d", "#c2bcb0")
NIGHT = Palette("#2f2c28", "#45413b", "#cfc9be", "#56b4e9", "#f0a35e", "#3fcf9f", "#77716a")

_DPI = 100
# 42 pixels high: still 12 where a phone shows the picture 304 pixels wide.
_TEXT: dict[str, Any] = {"fontsize": 30, "fontfamily": "DejaVu Sans"}
_WIN_ROW, _OFF_ROW = -0.4, -1.5  # on the mood axis, below its lowest value


def mood_chart(month: Month, language: Language, palette: Palette = DAY) -> bytes:
    """The month as a PNG of WIDTH by HEIGHT pixels.

    A dot a day at its mood, hollow where the mood was estimated from words; neighbouring days are joined, and a day
    without a mood is a gap. The month before is a faint line behind it. Below, a star is a day with a win, a square
    one on which the member logged off in time. `alt_text` says it in words. A month without moods says so.
    """
    figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor="none")
    FigureCanvasAgg(figure)
    figure.add_artist(_paper(palette))
    axes = figure.add_axes((0.085, 0.3, 0.885, 0.67), facecolor="none")
    _draw_scale(axes, month, palette)
    _draw_before(axes, month, palette)
    _draw_moods(axes, month.this.days, palette)
    _draw_rows(axes, month, palette)
    if not month.this.days:
        empty = texts.say("summary.chart_empty", language)
        axes.text(0.5, 0.55, empty, transform=axes.transAxes, ha="center", va="center", color=palette.ink, **_TEXT)
    _draw_legend(figure, list(_keys(month, language, palette)), palette)
    png = BytesIO()
    figure.savefig(png, format="png", facecolor="none", metadata={"Software": None})
    return png.getvalue()


def _paper(palette: Palette) -> Artist:
    shape, colours = "round,pad=0,rounding_size=24", {"facecolor": palette.paper, "edgecolor": "none"}
    return FancyBboxPatch((0, 0), WIDTH, HEIGHT, boxstyle=shape, transform=None, zorder=-10, **colours)  # type: ignore[arg-type]  # of the stubs


def _draw_scale(axes: Axes, month: Month, palette: Palette) -> None:
    last = month.this.last_day.day
    axes.set_xlim(0.3, last + 0.7)
    axes.set_ylim(-2.1, 10.7)
    axes.set_yticks([1, 4, 7, 10])
    axes.set_xticks([day for day in (1, 8, 15, 22, 29) if day <= last])
    axes.tick_params(
        length=0, pad=8, labelsize=_TEXT["fontsize"], labelcolor=palette.ink, labelfontfamily=_TEXT["fontfamily"]
    )
    axes.grid(axis="y", color=palette.grid, linewidth=2.5)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def _draw_before(axes: Axes, month: Month, palette: Palette) -> None:
    """The same days of the month before, as far as this one has them."""
    days = [day for day in month.before.days if day.day.day <= month.this.last_day.day]
    _join(axes, days, color=palette.before, linewidth=5, zorder=1)
    axes.plot([d.day.day for d in days], [d.mood for d in days], zorder=1, clip_on=False, **_before(palette))


def _draw_moods(axes: Axes, days: tuple[DayMood, ...], palette: Palette) -> None:
    _join(axes, days, color=palette.mood, linewidth=5, alpha=0.55, zorder=2)
    for estimated in (False, True):
        some = [day for day in days if day.estimated is estimated]
        dot = _dot(palette, estimated=estimated)
        axes.plot([day.day.day for day in some], [day.mood for day in some], zorder=3, clip_on=False, **dot)


def _join(axes: Axes, days: Iterable[DayMood], **line: Any) -> None:
    """Lines between neighbouring days, as one, since each costs time."""
    xs: list[float] = []
    ys: list[float] = []
    for before, after in pairwise(days):
        if (after.day - before.day).days == 1:
            xs += [before.day.day, after.day.day, float("nan")]
            ys += [before.mood, after.mood, float("nan")]
    axes.plot(xs, ys, solid_capstyle="round", **line)


def _draw_rows(axes: Axes, month: Month, palette: Palette) -> None:
    won, off = sorted({win.day.day for win in month.this.wins}), [day.day for day in month.logged_off]
    axes.plot(won, [_WIN_ROW] * len(won), zorder=3, clip_on=False, **_star(palette))
    axes.plot(off, [_OFF_ROW] * len(off), zorder=3, clip_on=False, **_square(palette))


def _draw_legend(figure: Figure, keys: list[Line2D], palette: Palette) -> None:
    if keys:
        figure.legend(
            handles=keys,
            loc="upper left",
            bbox_to_anchor=(0.05, 0.232),
            borderaxespad=0,
            ncols=2,
            frameon=False,
            prop={"family": _TEXT["fontfamily"], "size": _TEXT["fontsize"]},
            labelcolor=palette.ink,
            handlelength=1.1,
            handletextpad=0.5,
            columnspacing=2,
            labelspacing=0.35,
        )


def _keys(month: Month, language: Language, palette: Palette) -> Iterator[Line2D]:
    """What the signs mean, of those that this month has."""
    days = month.this.days
    if any(not day.estimated for day in days):
        yield Line2D([], [], label=texts.say("summary.chart_mood", language), **_dot(palette, estimated=False))
    if month.this.wins:
        yield Line2D([], [], label=texts.say("summary.chart_win", language), **_star(palette))
    if month.logged_off:
        yield Line2D([], [], label=texts.say("summary.chart_off", language), **_square(palette))
    if month.before.days:
        yield Line2D([], [], label=dates.month(month.before.month, language), color=palette.before, linewidth=5)
    if any(day.estimated for day in days):
        yield Line2D([], [], label=texts.say("summary.chart_estimated", language), **_dot(palette, estimated=True))


def _dot(palette: Palette, *, estimated: bool) -> dict[str, Any]:
    return {
        "linestyle": "none",
        "marker": "o",
        "markersize": 17,
        "color": palette.mood,
        "markerfacecolor": palette.paper if estimated else palette.mood,
        "markeredgewidth": 4,
    }


def _before(palette: Palette) -> dict[str, Any]:
    return {"linestyle": "none", "marker": "o", "markersize": 7, "color": palette.before, "markeredgewidth": 0}


def _star(palette: Palette) -> dict[str, Any]:
    return {"linestyle": "none", "marker": "*", "markersize": 25, "color": palette.win, "markeredgewidth": 0}


def _square(palette: Palette) -> dict[str, Any]:
    return {"linestyle": "none", "marker": "s", "markersize": 14, "color": palette.off, "markeredgewidth": 0}
