"""Which day a reply counts for, by the rule alone: from what one person was asked and what they told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cli.simulation.days import day_of, is_answerable, local
from cli.simulation.record import Life, Wrote

# After these no question is open any more, and whoever tells of their day may mean either.
_A_MOMENT = timedelta(minutes=1)  # from the phone to the service; one that waits longer still counts as written
CLOSING = frozenset(("pause", "stop"))


@dataclass(frozen=True)
class Asked:
    """A prompt that went out, about one of these days; the service knew of it by `known`."""

    at: datetime
    known: datetime
    days: frozenset[date]


@dataclass
class Diary:
    """`asked` and `told`, an instant and a day by each text's sid, in the order in which they happened."""

    life: Life
    asked: list[Asked] = field(default_factory=list)
    told: dict[str, tuple[datetime, date]] = field(default_factory=dict)
    closed: datetime | None = None

    def asks(self, at: datetime, known: datetime, day: date | None) -> None:
        """Note a prompt; one that was put off is about the day that was asked about, while that can be answered."""
        days = {day} if day else {each for clock in self._clocks(at) for each in self._put_off(clock)}
        self.asked.append(Asked(at, max(at, known), frozenset(days)))

    def _put_off(self, clock: datetime) -> Iterable[date]:
        yield day_of(clock)
        if self.asked:
            yield from (day for day in self.asked[-1].days if is_answerable(day, clock))

    def meant(self, text: Wrote) -> set[date]:
        """The days that a reply may count for: mostly one, more where it came in the midst of something."""
        moments = (text.at, min(text.taken or text.at, text.at + _A_MOMENT))
        if text.meaning.name == "correct" and self.told:
            return {max(self.told.values())[1]}
        if text.meaning.back is not None:
            back = timedelta(days=text.meaning.back)
            return {day_of(clock) - back for moment in moments for clock in self._clocks(moment)}
        days = {day for moment in moments for clock in self._clocks(moment) for day in self._on(clock, moment)}
        return days | (self._looked_back_on(moments[0]) if text.meaning.mood is None else set())

    def _looked_back_on(self, moment: datetime) -> set[date]:
        """The week's last day, whose review a small step belongs to, though that day was told of before."""
        clocks = self._clocks(moment)
        return {day for each in self.asked[-1:] for day in each.days if any(is_answerable(day, at) for at in clocks)}

    def _clocks(self, at: datetime) -> Sequence[datetime]:
        return [local(at, setting.zone) for setting in self.life.possibly(at)]

    def _on(self, clock: datetime, moment: datetime) -> Iterable[date]:
        asked = [each for each in self.asked if each.at <= moment]
        known = [each for each in asked if each.known <= moment]
        possibly = [*known[-1:], *(each for each in asked if each.known > moment)]
        for prompt in possibly:
            for day in prompt.days:
                yield from self._answering(prompt, day, clock, moment)
            if self.closed and self.closed >= prompt.at:
                yield day_of(clock)
        if not known:
            yield day_of(clock)

    def _answering(self, prompt: Asked, day: date, clock: datetime, moment: datetime) -> Iterable[date]:
        answers = [at for at, told in self.told.values() if told == day and at >= prompt.at]
        # Told while the question was on its way: that may have been its answer, or not.
        crossed = any(told == day and prompt.at - _A_MOMENT <= at < prompt.at for at, told in self.told.values())
        if not is_answerable(day, clock) or answers or crossed:
            yield day_of(clock)
        if is_answerable(day, clock) and not any(prompt.known <= at <= moment for at in answers):
            yield day
