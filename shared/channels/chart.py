"""Draws a month's moods for the monthly mail.

Only `summarize` imports this: matplotlib is large and slow to load. It writes a font cache when it is
first imported, so on Lambda, where home is read-only, the template sets MPLCONFIGDIR=/tmp.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from shared.content import texts
from shared.content.texts import Language
from shared.domain.summary import DayMood, Summary

WIDTH, HEIGHT = 1200, 640  # pixels; a mail shows it at half that or less

# Okabe and Ito's palette, told apart with any colour vision, on paper of our own: the mail around the
# picture may be light or dark.
_PAPER, _GRID, _INK = "#fbfaf6", "#e3dfd5", "#55514a"
_MOOD, _WIN = "#0072b2", "#d55e00"

_DPI = 100
# 40 pixels high: still 11 where a phone shows the picture 320 pixels wide.
_TEXT: dict[str, Any] = {"fontsize": 29, "color": _INK, "fontfamily": "DejaVu Sans"}
_WIN_ROW = 0.0  # on the mood axis, below its lowest value


def mood_chart(summary: Summary, language: Language) -> bytes:
    """The month as a PNG of WIDTH by HEIGHT pixels.

    A dot a day at its mood, hollow where the mood was estimated from words; neighbouring days are
    joined, and a day without a mood is a gap; a star below is a day with a win. `alt_text` says it in
    words. A month without moods is drawn too, and says so.
    """
    figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor="none")
    FigureCanvasAgg(figure)
    figure.add_artist(_paper())
    axes = figure.add_axes((0.075, 0.245, 0.895, 0.705), facecolor="none")
    _draw_scale(axes, summary)
    _draw_moods(axes, summary.days)
    _draw_wins(axes, summary)
    if not summary.days:
        axes.text(
            0.5,
            0.55,
            texts.say("summary.chart_empty", language),
            transform=axes.transAxes,
            ha="center",
            va="center",
            **_TEXT,
        )
    if keys := list(_keys(summary, language)):
        legend = figure.legend(
            handles=keys,
            loc="lower center",
            bbox_to_anchor=(0.52, 0.005),
            ncols=len(keys),
            frameon=False,
            prop={"family": _TEXT["fontfamily"], "size": _TEXT["fontsize"]},
            labelcolor=_INK,
            handlelength=1.0,
            handletextpad=0.5,
            columnspacing=1.8,
        )
        legend.set_in_layout(False)
    png = BytesIO()
    figure.savefig(png, format="png", facecolor="none", metadata={"Software": None})
    return png.getvalue()


def _paper() -> Artist:
    return FancyBboxPatch(
        (0, 0),
        WIDTH,
        HEIGHT,
        boxstyle="round,pad=0,rounding_size=28",
        transform=None,
        facecolor=_PAPER,
        edgecolor="none",
        zorder=-10,
    )


def _draw_scale(axes: Axes, summary: Summary) -> None:
    last = summary.last_day.day
    axes.set_xlim(0.3, last + 0.7)
    axes.set_ylim(-0.7, 10.7)
    axes.set_yticks([1, 4, 7, 10])
    axes.set_xticks([day for day in (1, 8, 15, 22, 29) if day <= last])
    axes.tick_params(
        length=0, pad=10, labelsize=_TEXT["fontsize"], labelcolor=_INK, labelfontfamily=_TEXT["fontfamily"]
    )
    axes.grid(axis="y", color=_GRID, linewidth=2.5)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def _draw_moods(axes: Axes, days: tuple[DayMood, ...]) -> None:
    for before, after in pairwise(days):
        if (after.day - before.day).days == 1:
            axes.plot(
                [before.day.day, after.day.day],
                [before.mood, after.mood],
                color=_MOOD,
                linewidth=4,
                alpha=0.55,
                zorder=2,
            )
    for estimated in (False, True):
        some = [day for day in days if day.estimated is estimated]
        axes.plot([day.day.day for day in some], [day.mood for day in some], zorder=3, clip_on=False, **_dot(estimated))


def _draw_wins(axes: Axes, summary: Summary) -> None:
    won = sorted({win.day.day for win in summary.wins})
    axes.plot(won, [_WIN_ROW] * len(won), zorder=3, clip_on=False, **_star())


def _keys(summary: Summary, language: Language) -> Iterator[Line2D]:
    """What the signs mean, of those that this month has."""
    if any(not day.estimated for day in summary.days):
        yield Line2D([], [], label=texts.say("summary.chart_mood", language), **_dot(estimated=False))
    if any(day.estimated for day in summary.days):
        yield Line2D([], [], label=texts.say("summary.chart_estimated", language), **_dot(estimated=True))
    if summary.wins:
        yield Line2D([], [], label=texts.say("summary.chart_win", language), **_star())


def _dot(estimated: bool) -> dict[str, Any]:
    return {
        "linestyle": "none",
        "marker": "o",
        "markersize": 17,
        "color": _MOOD,
        "markerfacecolor": _PAPER if estimated else _MOOD,
        "markeredgewidth": 4,
    }


def _star() -> dict[str, Any]:
    return {"linestyle": "none", "marker": "*", "markersize": 26, "color": _WIN, "markeredgewidth": 0}
