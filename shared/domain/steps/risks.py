"""Step 5, calculated risks: a small experiment that is looked back at on a date, and savings to fall back on."""

import re
from datetime import date, timedelta

from shared.domain.message import Message
from shared.domain.models import Experiment, Turn
from shared.domain.steps.dialogue import Asking, Question, Step, in_free_words
from shared.domain.understanding.answers.care import has_no_idea
from shared.domain.understanding.answers.experiments import read_day, read_outcome, read_review
from shared.domain.understanding.answers.intention import read_doing

_MOST = 12  # experiments that are kept, the latest
_LONGEST = 100  # characters of one
_USUAL = timedelta(weeks=3)  # until the review, where the member names no day
_ENOUGH, _AMPLE = 3, 6  # months of expenses to have put aside before a leap
_MONEY = re.compile(r"[$£€₹]|\d{3}|\dk\b", re.IGNORECASE)  # "$9,000", "about 12k"
_ASKED_BACK = re.compile(r"\b(?:ask|remind|check|text|ping)\b", re.IGNORECASE)  # "ask me in two weeks"


def begin_another(message: Message) -> Turn:
    """NEW EXPERIMENT."""
    return message.ask("experiment")


def ask_savings(message: Message) -> Turn:
    """SAVINGS: asked again, however long ago they were told."""
    return message.ask("savings")


# The experiment


def _of_this_round(message: Message) -> list[Experiment]:
    """The experiments that are open, or were looked back at since the step was begun, or begun anew."""
    state = message.member.plan.steps.get("risks")
    since = state.begun_on if state else date.min
    return [
        each
        for each in message.member.plan.experiments
        if each.outcome is None or (each.review or each.begun_on) >= since
    ]


def _none_yet(message: Message) -> Asking | None:
    return None if _of_this_round(message) else Asking()


def _to_change(message: Message) -> Asking | None:
    experiments = message.member.plan.experiments
    return Asking() if experiments and experiments[-1].outcome == "change" else None


def _begun(message: Message) -> Turn | None:
    if has_no_idea(message.text):
        asked = message.open.asked if message.open else "experiment"
        return message.of(open_question=message.question(asked)).answer("risks.ideas")
    said = in_free_words(message)
    text = read_doing(said)[:_LONGEST] if said else ""
    if not text:
        return None
    review = read_review(message.text, message.local)
    review = review if review and review > message.today else None
    new = Experiment(text=text, begun_on=message.today, review=review)
    plan = message.member.plan
    after = message.of(plan=plan.model_copy(update={"experiments": (*plan.experiments, new)[-_MOST:]}))
    when = message.say("risks.dated", date=message.date(review)) if review else ""
    return after.turn(message.say("risks.begun", experiment=text), when)


# Its review


def _without_date(message: Message) -> Asking | None:
    experiments = message.member.plan.experiments
    undated = [n for n, each in enumerate(experiments) if each.outcome is None and each.review is None]
    return Asking(about=str(undated[-1])) if undated else None


def _dated(message: Message) -> Turn | None:
    experiment = _asked_about(message)
    if experiment is None or message.open is None or not _is_about_a_day(message):
        return None
    if read_outcome(message.text) == "drop":
        return _looked_back(message)
    day = message.today + _USUAL if has_no_idea(message.text) else read_day(message.text, message.local)
    if day is None:
        return None
    if day <= message.today:
        return message.ask("experiment_date", message.say("risks.later"), about=message.open.about)
    said = message.say("risks.dated", date=message.date(day))
    return _with(message, experiment.model_copy(update={"review": day})).turn(said)


def _is_about_a_day(message: Message) -> bool:
    """Not a report, and no command but one that says when to ask again."""
    name = message.reply.command.name if message.reply.command else "unclear"
    asked_back = name in ("pause", "snooze") and _ASKED_BACK.search(message.text) is not None
    return not isinstance(message.reply.mood, int | float) and (name == "unclear" or asked_back)


def _due(message: Message) -> Asking | None:
    due = message.member.plan.experiment_due(message.today)
    if due is None:
        return None
    return Asking({"experiment": message.member.plan.experiments[due].text}, about=str(due))


def _looked_back(message: Message) -> Turn | None:
    experiment, outcome = _asked_about(message), read_outcome(message.text)
    if experiment is None or outcome is None:
        return None
    said = message.say(f"risks.{outcome}", experiment=experiment.text)
    return _with(message, experiment.model_copy(update={"outcome": outcome})).turn(said)


def _asked_about(message: Message) -> Experiment | None:
    """The experiment that the question is about, while it is open."""
    about, experiments = message.open.about if message.open else None, message.member.plan.experiments
    if about is None or int(about) >= len(experiments) or experiments[int(about)].outcome:
        return None
    return experiments[int(about)]


def _with(message: Message, changed: Experiment) -> Message:
    """The message from the member with the experiment that was asked about as it is now."""
    plan, place = message.member.plan, message.open.about if message.open else None
    experiments = tuple(changed if str(n) == place else each for n, each in enumerate(plan.experiments))
    return message.of(plan=plan.model_copy(update={"experiments": experiments}))


# Savings


def _no_runway(message: Message) -> Asking | None:
    plan = message.member.plan
    return Asking() if plan.step == "risks" and plan.runway is None else None


def _saved(message: Message) -> Turn | None:
    command = message.reply.command
    if command is None and message.reply.mood is None and _MONEY.search(message.text):
        return message.of(open_question=message.question("savings")).answer("risks.in_months")
    if command is None or command.name != "savings":
        return None
    months = float(message.args["months"])
    after = message.of(plan=message.member.plan.model_copy(update={"runway": months}))
    band = "none" if months == 0 else "short" if months < _ENOUGH else "enough" if months < _AMPLE else "ample"
    missing = _months(message, max(0.0, _ENOUGH - months))
    return after.answer(f"risks.runway_{band}", months=_months(message, months), missing=missing)


def _months(message: Message, months: float) -> str:
    """ "1 month", "2.5 months"."""
    count = f"{round(months, 1):g}"
    return message.say("risks.month_one" if count == "1" else "risks.month_many", count=count)


# What is said of the step


def _is_done(message: Message) -> bool:
    outcomes = [each.outcome for each in _of_this_round(message)]
    return bool(outcomes) and None not in outcomes and outcomes[-1] != "change"


def _state(message: Message) -> str:
    plan = message.member.plan
    latest = next((each for each in reversed(plan.experiments) if each.outcome is None), None)
    if latest is None:
        tests = message.say("risks.tested" if plan.experiments else "risks.no_test", count=len(plan.experiments))
    elif latest.review is None:
        tests = message.say("risks.testing", experiment=latest.text)
    else:
        tests = message.say("risks.testing_until", experiment=latest.text, date=message.date(latest.review))
    if plan.runway is None:
        return tests
    return f"{tests} {message.say('risks.runway', months=_months(message, plan.runway))}"


def _action(message: Message) -> str:
    plan = message.member.plan
    latest = next((each for each in reversed(plan.experiments) if each.outcome is None), None)
    if latest:
        return message.say("risks.action_test", experiment=latest.text)
    if plan.experiments and plan.runway is not None and plan.runway < _ENOUGH:
        return message.say("risks.action_save")
    return message.say("risks.action")


_QUESTIONS = (
    Question("experiment_outcome", _due, _looked_back),
    Question("experiment", _none_yet, _begun, understood_as="values"),
    Question("experiment_changed", _to_change, _begun, understood_as="values"),
    Question("experiment_date", _without_date, _dated, choice=True),
    Question("savings", _no_runway, _saved, understood_as="savings"),
)
STEP = Step("risks", _QUESTIONS, _is_done, _state, _action)
