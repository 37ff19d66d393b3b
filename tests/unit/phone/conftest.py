"""The fixtures of the phone's tests."""

from tests.unit.phone.rig import phone, running

__all__ = ["phone", "running"]
