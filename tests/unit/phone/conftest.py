"""The fixtures of the phone's tests."""

from phone_rig import phone, running

__all__ = ["phone", "running"]
