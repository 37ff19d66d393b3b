"""What the operator set, as the domain gets it."""

import re
import zoneinfo
from pathlib import Path

import pytest

from shared import runtime
from shared.domain.message import Brand, Help


def test_the_brand_has_the_help_and_the_countries_that_were_set(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = runtime.Settings.model_construct(
        brand="Unstuck",
        contact="help@unstuck.example",
        help_coach="Ana Ruiz",
        help_therapist="",
        help_free="the job centre",
        allowed_countries="US, ca,,GB",
    )
    monkeypatch.setattr(runtime, "settings", lambda: settings)
    helping = Help(coach="Ana Ruiz", therapist="", free="the job centre")
    assert runtime.brand() == Brand("Unstuck", "help@unstuck.example", helping, ("US", "CA", "GB"))


def test_zones_come_with_the_functions_or_nothing_starts(tmp_path: Path) -> None:
    runtime.zones.cache_clear()
    assert re.fullmatch(r"20\d\d[a-z]+", runtime.zones())
    runtime.zones.cache_clear()
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    try:
        with pytest.raises(runtime.SystemZones):
            runtime.settings()
    finally:
        zoneinfo.reset_tzpath(to=())
