"""The work of understanding grows with a text's length and no faster: counted in calls, not timed (see tests/bench)."""

import sys
from datetime import datetime
from types import FrameType

import pytest

from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import understand
from tests.bench.understanding import PIECES, repeated

CONTEXT = Context("weekly_review")  # there all readers read
NOW = datetime.fromisoformat("2026-03-03T19:42:00-05:00")


def calls(text: str) -> int:
    """How many functions are called to understand a text, built-in ones among them."""
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        understand(text, CONTEXT, NOW)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", PIECES)
def test_three_times_the_text_is_about_three_times_the_work(piece: str) -> None:
    understand(repeated(piece, 9_000), CONTEXT, NOW)  # what is kept of words is met
    short, long = (calls(repeated(piece, length)) for length in (3_000, 9_000))
    assert long <= 4 * short + 2_000
