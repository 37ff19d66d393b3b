"""Simulated time: what is to happen, each at its instant and in order. What lies between takes no time at all."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta

Action = Callable[[], object]


class Timeline:
    """A clock that jumps from one thing to the next. `now` is aware and in UTC."""

    def __init__(self, start: datetime) -> None:
        self._at = start
        self._spent = timedelta()
        self._coming: list[tuple[datetime, int, Action]] = []
        self._count = 0

    @property
    def now(self) -> datetime:
        return self._at + self._spent

    def spend(self, time: timedelta) -> None:
        """Let time pass for what is happening now, such as a call that waits; what comes next has its own time."""
        self._spent += time

    def at(self, instant: datetime, action: Action) -> None:
        """Have something happen at an instant; where that has passed, next."""
        self._count += 1  # what is to happen at the same instant does so in the order in which it was planned
        heapq.heappush(self._coming, (max(instant, self._at), self._count, action))

    def after(self, seconds: float, action: Action) -> None:
        self.at(self.now + timedelta(seconds=seconds), action)

    def run(self, until: datetime) -> None:
        """Let all happen that comes before `until`, what it brings about included."""
        while self._coming and self._coming[0][0] < until:
            self._at, _, action = heapq.heappop(self._coming)
            self._spent = timedelta()
            action()
        self._at, self._spent = max(self._at, until), timedelta()
