import struct
from datetime import date
from io import BytesIO
from typing import Any

import matplotlib.image
import pytest
from matplotlib.colors import to_rgb

from shared.channels import chart
from shared.domain import month
from shared.domain.models import Entry
from tests import months

Array = Any  # of numpy, whose own types change from version to version


def october(
    moods: dict[int, float],
    estimated: tuple[int, ...] = (),
    wins: tuple[int, ...] = (),
    off: tuple[int, ...] = (),
    september: tuple[int, ...] = (),
) -> month.Month:
    told = (
        months.entry(
            date(2026, 10, day),
            mood=moods.get(day),
            mood_estimated=day in estimated,
            wins=("one",) if day in wins else (),
        )
        for day in moods.keys() | set(wins)
    )
    kept = (months.entry(date(2026, 10, day), "logged_off") for day in off)
    before = (months.entry(date(2026, 9, day), mood=5) for day in september)
    return of_october(*told, *kept, *before)


def of_october(*journal: Entry) -> month.Month:
    return month.build(months.member(journal), months.OCTOBER, months.NOVEMBER_1)


def pixels(of: month.Month, palette: chart.Palette = chart.DAY) -> Array:
    """Rows of pixels, each red, green, blue and alpha from 0 to 1."""
    return matplotlib.image.imread(BytesIO(chart.mood_chart(of, "en", palette)), format="png")


def columns_of(colour: str, of: month.Month) -> Array:
    """For each column of the picture, above its legend: is there a pixel of that colour?"""
    plot = pixels(of)[: int(chart.HEIGHT * 0.75), :, :3]
    return (abs(plot - to_rgb(colour)) < 0.02).all(axis=2).any(axis=0)


def groups(columns: Array) -> int:
    return int((columns[1:] & ~columns[:-1]).sum())


MONTHS = {
    "gaps": october({1: 4, 2: 5.5, 9: 7, 31: 10}, estimated=(9,), wins=(2, 20)),
    "one day": october({4: 7}),
    "none": october({}),
    "wins alone": october({}, wins=(3,)),
    "every day": october({day: 1 + day % 10 for day in range(1, 32)}, wins=tuple(range(1, 32))),
    "February": month.build(months.member(), date(2027, 2, 1), date(2027, 3, 1)),
    "the month before alone": october({}, september=(1, 2, 30)),
}


@pytest.mark.parametrize("palette", [chart.DAY, chart.NIGHT])
@pytest.mark.parametrize("of", MONTHS.values(), ids=MONTHS)
def test_the_chart_is_a_png_of_the_size_it_says(of: month.Month, palette: chart.Palette) -> None:
    png = chart.mood_chart(of, "en", palette)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (chart.WIDTH, chart.HEIGHT)
    assert len(png) < 150_000


def test_the_chart_brings_its_own_paper_with_round_corners() -> None:
    drawn = pixels(MONTHS["none"])
    assert drawn[0, 0, 3] == 0
    assert drawn[chart.HEIGHT // 2, 5, 3] == 1


def test_days_without_a_mood_are_gaps() -> None:
    assert groups(columns_of(chart.DAY.mood, october({3: 5, 6: 5, 9: 5}))) == 3


def test_neighbouring_days_are_joined() -> None:
    apart, together = pixels(october({3: 5, 6: 5})), pixels(october({3: 5, 4: 5}))
    joining = (abs(together[:, :, :3] - apart[:, :, :3]) > 0.1).any(axis=2).any(axis=0)
    assert joining.any()
    assert groups((together[:500, 90:, 2] - together[:500, 90:, 0] > 0.2).any(axis=0)) == 1


def test_an_estimated_mood_is_hollow() -> None:
    given, estimated = pixels(october({15: 5})), pixels(october({15: 5}, estimated=(15,)))
    blue = to_rgb(chart.DAY.mood)
    rows, columns = (abs(given[:500, :, :3] - blue) < 0.02).all(axis=2).nonzero()
    centre = (int(rows.mean()), int(columns.mean()))
    assert abs(given[centre][:3] - blue).max() < 0.02
    assert abs(estimated[centre][:3] - to_rgb(chart.DAY.paper)).max() < 0.02


def test_each_day_with_a_win_has_one_star() -> None:
    assert groups(columns_of(chart.DAY.win, october({5: 5}, wins=(5, 12, 19, 31)))) == 4


def test_the_same_month_is_the_same_picture() -> None:
    assert chart.mood_chart(MONTHS["gaps"], "en") == chart.mood_chart(MONTHS["gaps"], "en")


def test_each_day_of_logging_off_in_time_has_one_square() -> None:
    assert groups(columns_of(chart.DAY.off, october({5: 5}, off=(5, 12, 19)))) == 3


def test_the_month_before_stands_behind_with_its_own_gaps() -> None:
    faint = columns_of(chart.DAY.before, october({}, september=(1, 2, 3, 9, 20)))
    assert groups(faint[:-1] | faint[1:]) == 3  # a dot's edge may be paler for the width of a pixel
    assert groups(columns_of(chart.DAY.before, october({5: 5}))) == 0


def luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [chart.DAY, chart.NIGHT])
def test_signs_and_words_stand_out_from_the_paper(palette: chart.Palette) -> None:
    """WCAG 2.2 asks for 3 to 1 where a sign means something (1.4.11), and 4.5 to 1 for words (1.4.3)."""
    for colour, least in ((palette.ink, 4.5), (palette.mood, 3), (palette.win, 3), (palette.off, 3)):
        light, dark = sorted((luminance(colour), luminance(palette.paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= least
