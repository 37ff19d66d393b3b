"""What is asked on occasions of their own, by nudges: the small step of a week, and whether to slow down.

Whoever has been silent for a while is asked whether fewer texts would be better: two days a week, or a rest where
they have no more already.
"""

from shared.domain.answers import plan
from shared.domain.message import Message, next_checkin
from shared.domain.models import WEEKDAYS, Pause, Turn, Weekday
from shared.domain.steps.dialogue import Question, never
from shared.domain.understanding.answers import choices

_FEW = 2  # days a week


def small_step(message: Message) -> Turn:
    """As a week begins: the next small thing to do for the current step, or where it has ended, the next one.

    The step remembers what it suggested, and an offer when it was made.
    """
    step, known = plan.step_of(message), message.member.plan
    if step and known.is_under_way:
        return plan.suggesting(message, step).ask("this_week", action=step.action(message))
    if step is None or known.following is None:
        return message.turn()
    offering = message.of(plan=known.model_copy(update={"offered_on": message.today}))
    named = {"number": plan.number_of(known.following), "following": message.say(f"plan.{known.following}")}
    return offering.ask("next_step", message.say("occasions.to_begin"), about=known.following, **named)


def small_step_beside(message: Message) -> str:
    """The same in a text that is about something else."""
    step = plan.step_of(message)
    if step is None:
        return ""
    return message.say("beside.plan_step", action=step.action(message))


def slow_down(message: Message) -> Turn:
    """Whether to write less often, asked in the place of a check-in, which stays open behind it."""
    return message.ask("slow_down" if len(message.member.days) > _FEW else "take_a_rest")


def _slowed(message: Message) -> Turn | None:
    """YES or NO; a number is a report, and PAUSE or other days are commands."""
    less = choices.slows(message.text)
    if less is None:
        return None
    if not less:
        return message.answer("occasions.as_before", when=next_checkin(message.member, message.now))
    days = two_of(message.member.days)
    after = message.of(days=days)
    named = {"first": message.say(f"calendar.{days[0]}"), "second": message.say(f"calendar.{days[-1]}")}
    return after.answer("occasions.slowed", **named, when=next_checkin(after.member, message.now))


def _rested(message: Message) -> Turn | None:
    less = choices.slows(message.text)
    if less is None:
        return None
    if not less:
        return message.answer("occasions.as_before", when=next_checkin(message.member, message.now))
    return message.of(pause=Pause(), open_question=None).answer("settings.paused")


def two_of(days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    """Two of a member's days: the last, on which they look back at the week, and the one furthest from it.

    >>> two_of(WEEKDAYS), two_of(WEEKDAYS[:5])
    (('wed', 'sun'), ('mon', 'fri'))
    """
    last = max(days, key=WEEKDAYS.index)

    def apart(day: Weekday) -> int:
        between = WEEKDAYS.index(last) - WEEKDAYS.index(day)
        return min(between, len(WEEKDAYS) - between)

    furthest = max(days, key=apart)
    return (furthest, last)


QUESTIONS = {
    question.asked: question
    for question in (
        Question("slow_down", never, _slowed, choice=True),
        Question("take_a_rest", never, _rested, choice=True),
    )
}
