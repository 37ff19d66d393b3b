"""Which day a score is said to be for."""

from datetime import date

import pytest

from shared.domain.understanding.report.day_named import read

THURSDAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "day", "mood"),
    [
        ("yesterday 3", 4, 3),
        ("4 for Tue", 3, 4),
        ("actually yesterday was an 8", 4, 8),
        ("oops i meant tuesday 8", 3, 8),
        ("2 days ago was a 9", 3, 9),
        ("ayer fue un 8, cerramos la venta", 4, 8),
        ("el martes un 5", 3, 5),
        ("un 5 para el martes", 3, 5),
        ("anteayer 3", 3, 3),
        ("ayer me fue bien, un 8", 4, 8),
    ],
)
def test_a_score_beside_a_past_day_is_for_that_day(text: str, day: int, mood: float) -> None:
    assert read(text, THURSDAY) == (date(2026, 3, day), mood)


@pytest.mark.parametrize(
    "text", ["so yesterday 3 people quit", "2 days ago we shipped 9", "better than yesterday, 6", "7"]
)
def test_a_number_that_is_no_score_of_a_past_day_is_for_none(text: str) -> None:
    assert read(text, THURSDAY) is None
