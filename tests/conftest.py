"""What holds for all tests."""

import zoneinfo

import hypothesis
import pytest

# The time zones that come with the service, as its functions have them: the system's may be years old.
zoneinfo.reset_tzpath(to=())

# How long an example takes says how busy the machine is; what the code takes is for tests/bench to say.
hypothesis.settings.register_profile("unstuck", deadline=None)
hypothesis.settings.load_profile("unstuck")


_TOGETHER = ("end_to_end", "simulation")


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one deployed service, or of one simulation, stay in one process where tests run side by side."""
    for item in items:
        for folder in set(_TOGETHER) & set(item.path.parts):
            item.add_marker(pytest.mark.xdist_group(folder))
