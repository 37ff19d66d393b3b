"""The one error that a person running the service here is meant to read."""


class Problem(Exception):
    """What is wrong, in one sentence that says what to do."""
