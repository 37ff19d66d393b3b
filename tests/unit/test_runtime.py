"""What the operator set, as the domain gets it."""

import pytest

from shared import runtime
from shared.domain.conversation import Brand, Help


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
