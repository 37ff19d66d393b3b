"""Step 6, mental health: an hour to log off at, one thing that is not work, boundaries kept, small wins celebrated."""

from datetime import date, time, timedelta

from shared.domain.message import Message, turn_of
from shared.domain.models import Entry, Turn
from shared.domain.quiet import is_quiet, nearest_allowed
from shared.domain.steps.dialogue import Asking, Noted, Question, Step, in_free_words, never, passed
from shared.domain.understanding.answers.care import has_no_idea, hour_named, is_done, keeps_boundary, wants_none
from shared.domain.understanding.answers.choices import agrees

_LONGEST = 100  # characters of what does the member good
_USUAL = time(18)  # the end of a workday, where the member set none
_GRACE = timedelta(minutes=30)  # so much later is on time still
_KEPT = 3  # boundaries, for the step to have found what it is for
_WHILE = timedelta(days=7)  # and so long on it
_REWARDED = 3  # on one day of so many a win is answered with what does the member good


def _is_on(message: Message) -> bool:
    """Whether the member is on this step: elsewhere an answer to its texts leads to no further question."""
    return message.member.plan.step == "wellbeing"


# The log-off hour


def change_log_off(message: Message) -> Turn:
    """LOG OFF AT 18:00; without an hour that can be read, it is asked for."""
    at = hour_named(message.args.get("text") or "")
    return _set(message, at) if at else message.ask("log_off")


def end_log_off(message: Message) -> Turn:
    """NO LOG OFF."""
    known = message.member.plan.log_off
    plan = message.member.plan.model_copy(update={"log_off": None})
    return message.of(plan=plan).answer("wellbeing.log_off_ended" if known else "wellbeing.no_log_off")


def _no_log_off(message: Message) -> Asking | None:
    return Asking() if _is_on(message) and message.member.plan.log_off is None else None


def _log_off_told(message: Message) -> Turn | None:
    """An hour, a yes to the one that was offered, or a no, which leaves the question out."""
    offered = message.open.about if message.open else None
    if offered and agrees(message.text):
        return _set(message, time.fromisoformat(offered))
    if message.reply.wins or message.reply.safety:
        return None
    if at := hour_named(message.text):
        return _set(message, at)
    if wants_none(message.text) or agrees(message.text) is False:
        return passed(message, "wellbeing", "log_off").answer("wellbeing.without_log_off")
    return None


def _set(message: Message, at: time) -> Turn:
    """Quiet hours are for texts alone: whoever gets mails only may log off at any."""
    if "sms" in message.member.channels and is_quiet(at):
        nearest = f"{nearest_allowed(at):%H:%M}"
        again = message.of(open_question=message.question("log_off", nearest))
        return again.answer("wellbeing.quiet", nearest=nearest)
    plan = message.member.plan.model_copy(update={"log_off": at})
    return message.of(plan=plan).answer("wellbeing.log_off_set", time=f"{at:%H:%M}")


def _logged_off(message: Message) -> Turn | None:
    """What is answered to the log-off text: out, or not yet. Out counts as a boundary kept while it is fresh."""
    reply = message.reply
    skipped = reply.command is not None and reply.command.name in ("skip", "snooze")
    out = False if skipped else is_done(message.text)
    if out is None or reply.wins or reply.engaged or reply.drained or reply.safety or message.open is None:
        return None
    if not out:
        return message.answer("wellbeing.still_in")
    if message.now - message.open.at > _GRACE * 2:
        return message.answer("wellbeing.out_late")
    return logged_off(message, message.open.day)


# What does the member good, and the boundaries they kept


def change_self_care(message: Message) -> Turn:
    """CHANGE SELF CARE TO gardening."""
    told = message.args.get("text")
    return _good_is(message, told) if told else message.ask("self_care")


def _no_self_care(message: Message) -> Asking | None:
    return Asking() if _is_on(message) and message.member.plan.self_care is None else None


def _self_care_told(message: Message) -> Turn | None:
    if has_no_idea(message.text):
        return message.of(open_question=message.question("self_care")).answer("wellbeing.ideas")
    if in_free_words(message) is None:
        return None
    return _good_is(message, ", ".join(message.args["items"]))


def _good_is(message: Message, told: str) -> Turn:
    self_care = told[:_LONGEST]
    after = message.of(plan=message.member.plan.model_copy(update={"self_care": self_care}))
    return after.answer("wellbeing.self_care_noted", self_care=self_care)


def _note(message: Message) -> Noted | None:
    """A boundary that any report tells of is counted; on some days a win is answered with what does them good."""
    plan = message.member.plan
    until = _later(plan.log_off or _USUAL, _GRACE)
    if keeps_boundary(message.text, until):
        return kept(message)
    rewarded = turn_of(message.member, message.today, "reward") % _REWARDED == 0
    if message.reply.wins and plan.self_care and plan.step == "wellbeing" and rewarded:
        return Noted(message.member, message.say("wellbeing.reward", self_care=plan.self_care))
    return None


def kept(message: Message) -> Noted:
    """One more boundary kept."""
    count = message.member.plan.boundaries_kept + 1
    after = message.of(plan=message.member.plan.model_copy(update={"boundaries_kept": count}))
    return Noted(after.member, message.say("wellbeing.kept", count=count))


def logged_off(message: Message, day: date) -> Turn:
    """One more boundary kept, on that day, and nothing else told."""
    noted = kept(message)
    return message.of(plan=noted.member.plan).turn(noted.said, entries=(on_record(message, day),))


def on_record(message: Message, day: date) -> Entry:
    """That the member logged off in time on a day, beside what else their message recorded."""
    return Entry(day=day, at=message.now, source=f"{message.source}-off", kind="logged_off")


def _later(at: time, by: timedelta) -> time:
    """
    >>> _later(time(18), timedelta(minutes=30)), _later(time(23, 45), timedelta(minutes=30))
    (datetime.time(18, 30), datetime.time(23, 59))
    """
    minutes = at.hour * 60 + at.minute + by // timedelta(minutes=1)
    return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else time(23, 59)


# What is said of the step


def _is_done(message: Message) -> bool:
    plan = message.member.plan
    state = plan.steps.get("wellbeing")
    a_while = state is not None and message.today - state.begun_on >= _WHILE
    return a_while and plan.self_care is not None and plan.boundaries_kept >= _KEPT


def _state(message: Message) -> str:
    plan = message.member.plan
    parts = (
        message.say("wellbeing.log_off_at", time=f"{plan.log_off:%H:%M}") if plan.log_off else "",
        message.say("wellbeing.good", self_care=plan.self_care) if plan.self_care else "",
        message.say("wellbeing.boundaries", count=plan.boundaries_kept) if plan.boundaries_kept else "",
    )
    return " ".join(filter(None, parts)) or message.say("wellbeing.nothing_yet")


def _action(message: Message) -> str:
    plan = message.member.plan
    if plan.self_care:
        return message.say("wellbeing.action_self_care", self_care=plan.self_care)
    return message.say("wellbeing.action_boundary" if plan.log_off else "wellbeing.action")


QUESTIONS = {
    # The log-off text's own; it belongs to no row of questions.
    "logged_off": Question("logged_off", never, _logged_off, choice=True),
}
_QUESTIONS = (
    Question("log_off", _no_log_off, _log_off_told, choice=True),
    Question("self_care", _no_self_care, _self_care_told, understood_as="values"),
)
STEP = Step("wellbeing", _QUESTIONS, _is_done, _state, _action, note=_note)
