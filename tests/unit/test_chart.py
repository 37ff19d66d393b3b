import struct
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import matplotlib.image
import pytest
from matplotlib.colors import to_rgb

from shared.channels import chart
from shared.domain import summary
from shared.domain.models import Entry

Array = Any  # of numpy, whose own types change from version to version


def october(moods: dict[int, float], estimated: tuple[int, ...] = (), wins: tuple[int, ...] = ()) -> summary.Summary:
    return summary.build(
        (
            Entry(
                day=date(2026, 10, day),
                at=datetime(2026, 10, day, 20, tzinfo=UTC),
                source=f"SM{day}",
                kind="answered",
                mood=moods.get(day),
                mood_estimated=day in estimated,
                wins=("one",) if day in wins else (),
            )
            for day in moods.keys() | set(wins)
        ),
        date(2026, 10, 1),
    )


def pixels(month: summary.Summary) -> Array:
    """Rows of pixels, each red, green, blue and alpha from 0 to 1."""
    return matplotlib.image.imread(BytesIO(chart.mood_chart(month, "en")), format="png")


def columns_of(colour: str, month: summary.Summary) -> Array:
    """For each column of the picture, above its legend: is there a pixel of that colour?"""
    plot = pixels(month)[: int(chart.HEIGHT * 0.8), :, :3]
    return (abs(plot - to_rgb(colour)) < 0.02).all(axis=2).any(axis=0)


def groups(columns: Array) -> int:
    return int((columns[1:] & ~columns[:-1]).sum())


MONTHS = {
    "gaps": october({1: 4, 2: 5.5, 9: 7, 31: 10}, estimated=(9,), wins=(2, 20)),
    "one day": october({4: 7}),
    "none": october({}),
    "wins alone": october({}, wins=(3,)),
    "every day": october({day: 1 + day % 10 for day in range(1, 32)}, wins=tuple(range(1, 32))),
    "February": summary.build((), date(2027, 2, 1)),
}


@pytest.mark.parametrize("month", MONTHS.values(), ids=MONTHS)
def test_the_chart_is_a_png_of_the_size_it_says(month: summary.Summary) -> None:
    png = chart.mood_chart(month, "en")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (chart.WIDTH, chart.HEIGHT)
    assert len(png) < 150_000


def test_the_chart_brings_its_own_paper_with_round_corners() -> None:
    drawn = pixels(MONTHS["none"])
    assert drawn[0, 0, 3] == 0
    assert drawn[chart.HEIGHT // 2, 5, 3] == 1


def test_days_without_a_mood_are_gaps() -> None:
    assert groups(columns_of(chart._MOOD, october({3: 5, 6: 5, 9: 5}))) == 3


def test_neighbouring_days_are_joined() -> None:
    apart, together = pixels(october({3: 5, 6: 5})), pixels(october({3: 5, 4: 5}))
    joining = (abs(together[:, :, :3] - apart[:, :, :3]) > 0.1).any(axis=2).any(axis=0)
    assert joining.any()
    assert groups((together[:500, 90:, 2] - together[:500, 90:, 0] > 0.2).any(axis=0)) == 1


def test_an_estimated_mood_is_hollow() -> None:
    given, estimated = pixels(october({15: 5})), pixels(october({15: 5}, estimated=(15,)))
    blue = to_rgb(chart._MOOD)
    rows, columns = (abs(given[:500, :, :3] - blue) < 0.02).all(axis=2).nonzero()
    centre = (int(rows.mean()), int(columns.mean()))
    assert abs(given[centre][:3] - blue).max() < 0.02
    assert abs(estimated[centre][:3] - to_rgb(chart._PAPER)).max() < 0.02


def test_each_day_with_a_win_has_one_star() -> None:
    assert groups(columns_of(chart._WIN, october({5: 5}, wins=(5, 12, 19, 31)))) == 4


def test_the_same_month_is_the_same_picture() -> None:
    assert chart.mood_chart(MONTHS["gaps"], "en") == chart.mood_chart(MONTHS["gaps"], "en")
