"""When texts wait, and what is offered instead of an hour in which they do."""

from datetime import time

import pytest

from shared.domain.quiet import is_quiet, nearest_allowed


@pytest.mark.parametrize("local", [time(21), time(21, 0, 1), time(23, 59), time(0), time(7, 59), time(7, 59, 59)])
def test_texts_wait_from_nine_in_the_evening_to_eight(local: time) -> None:
    assert is_quiet(local)


@pytest.mark.parametrize("local", [time(8), time(12), time(20, 59), time(20, 59, 59)])
def test_texts_may_go_out_in_the_day(local: time) -> None:
    assert not is_quiet(local)


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        (time(21), time(20, 30)),
        (time(23, 30), time(20, 30)),
        (time(0), time(20, 30)),
        (time(2, 14), time(20, 30)),
        (time(2, 15), time(8)),
        (time(7, 59), time(8)),
        (time(20, 59), time(20, 59)),
        (time(8), time(8)),
        (time(19, 10), time(19, 10)),
    ],
)
def test_the_nearest_allowed_time_is_offered(asked: time, offered: time) -> None:
    assert nearest_allowed(asked) == offered


def test_what_is_offered_is_never_quiet() -> None:
    assert not any(is_quiet(nearest_allowed(time(hour, minute))) for hour in range(24) for minute in range(60))
