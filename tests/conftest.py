"""The time zones that come with the service, as its functions have them: the system's may be years old."""

import zoneinfo

zoneinfo.reset_tzpath(to=())
