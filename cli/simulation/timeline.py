"""Simulated time: what is to happen, each at its instant and in order. What lies between takes no time at all."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta

Action = Callable[[], object]


class Timeline:
    """A clock that jumps from one thing to the next, and never goes back. `now` is aware and in UTC."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self._coming: list[tuple[datetime, int, Action]] = []
        self._count = 0

    def spend(self, time: timedelta) -> None:
        """Let time pass while something happens, such as a call that waits; what was to come meanwhile comes after."""
        self.now += time

    def at(self, instant: datetime, action: Action) -> None:
        """Have something happen at an instant; where that has passed, next."""
        self._count += 1  # what is to happen at the same instant does so in the order in which it was planned
        heapq.heappush(self._coming, (max(instant, self.now), self._count, action))

    def after(self, seconds: float, action: Action) -> None:
        self.at(self.now + timedelta(seconds=seconds), action)

    def run(self, until: datetime) -> None:
        """Let all happen that comes before `until`, what it brings about included."""
        while self._coming and self._coming[0][0] < until:
            instant, _, action = heapq.heappop(self._coming)
            self.now = max(self.now, instant)
            action()
        self.now = max(self.now, until)
