"""What holds for all tests."""

import zoneinfo

import hypothesis

# The time zones that come with the service, as its functions have them: the system's may be years old.
zoneinfo.reset_tzpath(to=())

# How long an example takes says how busy the machine is; what the code takes is for tests/bench to say.
hypothesis.settings.register_profile("unstuck", deadline=None)
hypothesis.settings.load_profile("unstuck")
