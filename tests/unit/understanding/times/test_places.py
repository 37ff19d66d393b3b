"""The time zone of a place, by any of the names it goes by."""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.times import places
from shared.domain.understanding.times.places import zone


@pytest.mark.parametrize(
    ("said", "country", "expected"),
    [
        ("Denver", "US", "America/Denver"),
        ("berlin", None, "Europe/Berlin"),
        ("São Paulo", None, "America/Sao_Paulo"),
        ("St. John's", None, "America/St_Johns"),
        ("nyc", "US", "America/New_York"),
        ("Bombay", None, "Asia/Kolkata"),
        ("Bengaluru", None, "Asia/Kolkata"),
        ("Kyiv", None, "Europe/Kyiv"),
        ("Kiev", None, "Europe/Kyiv"),
        ("Cebu", None, "Asia/Manila"),
        ("a new flat in Leeds", None, "Europe/London"),
        ("the Gold Coast", "AU", "Australia/Brisbane"),
        # countries and states
        ("Poland", None, "Europe/Warsaw"),
        ("the UK", "US", "Europe/London"),
        ("Spain", None, "Europe/Madrid"),
        ("New Zealand", None, "Pacific/Auckland"),
        ("Texas", "US", "America/Chicago"),
        ("British Columbia", None, "America/Vancouver"),
        ("Tasmania", "AU", "Australia/Hobart"),
        ("Georgia", "US", "America/New_York"),
        ("Georgia", None, "Asia/Tbilisi"),
        # one name, several places
        ("Portland", "US", "America/Los_Angeles"),
        ("Portland, Maine", "US", "America/New_York"),
        ("London", "US", "Europe/London"),
        ("London, Ontario", "CA", "America/Toronto"),
        ("Birmingham", "US", "America/Chicago"),
        ("Birmingham", "GB", "Europe/London"),
        ("Melbourne", "US", "Australia/Melbourne"),
        ("Perth", "AU", "Australia/Perth"),
        # zones
        ("Pacific time", "US", "America/Los_Angeles"),
        ("PST", "US", "America/Los_Angeles"),
        ("PST", "PH", "Asia/Manila"),
        ("IST", "IN", "Asia/Kolkata"),
        ("IST", "IE", "Europe/Dublin"),
        ("IST", "IL", "Asia/Jerusalem"),
        ("CST", "US", "America/Chicago"),
        ("CST", "CN", "Asia/Shanghai"),
        ("EST", "AU", "Australia/Sydney"),
        ("GMT", None, "Europe/London"),
        ("UTC", None, "Etc/UTC"),
        ("GMT+5:30", None, "Asia/Kolkata"),
        ("utc-3", None, "Etc/GMT+3"),
        ("Europe/Berlin", None, "Europe/Berlin"),
        ("another team", "US", None),
        ("the next level", "US", None),
        ("", None, None),
    ],
)
def test_a_zone_is_found(said: str, country: str | None, expected: str | None) -> None:
    assert zone(said, country) == expected


def test_every_zone_is_one_of_the_database() -> None:
    known = set(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())
    assert {zone_ for found in places.table().values() for _, zone_, _ in found} <= known


def test_the_places_are_credited_and_small() -> None:
    text = (resources.files("shared.domain.understanding") / "words" / "places.txt").read_text(encoding="utf-8")
    assert "GeoNames" in text[:300] and "CC BY 4.0" in text[:300]
    assert len(text.encode()) < 250_000


@given(st.text(max_size=300), st.sampled_from([None, "US", "IN"]))
def test_no_text_makes_it_fail(text: str, country: str | None) -> None:
    assert isinstance(zone(text, country), str | None)
