"""Step 3, upskilling: what is learned and by what, what was counted of it, and the skill that goes along anywhere.

Hours and parts are counted from what members report on any day; so is the end of a course, or a new one.
"""

from typing import Any

from shared.content.segments import is_gsm7, spelt_plainly
from shared.domain.message import Message
from shared.domain.models import Learning, Turn
from shared.domain.steps.dialogue import Asking, Noted, Question, Step, is_no_answer, missing, open_passed
from shared.domain.understanding.answers.choices import agrees
from shared.domain.understanding.answers.declining import declines
from shared.domain.understanding.answers.learning import (
    Studied,
    about,
    has_certificate,
    is_finished,
    names_means,
    read_begun,
    read_skills,
    read_studied,
    read_subject,
    short_name,
)
from shared.domain.understanding.normalise import normalise

ENOUGH = {"hour": 10}  # so much of something learned and the step is done before its end
ENOUGH_PARTS = 5  # of anything else
_MOST = 10  # things learned that are kept
_FINISHED_SAID = 3


# What is learned: a thing is spoken of by its place, so that a question finds it again


def _current(message: Message) -> int | None:
    """What the member learns now: what they began last and have not finished."""
    learning = message.member.plan.learning
    return next((place for place in reversed(range(len(learning))) if not learning[place].ended_on), None)


def _latest(message: Message) -> int | None:
    """What the step speaks of: what is learned now, or else what was begun last."""
    current = _current(message)
    return current if current is not None else len(message.member.plan.learning) - 1 if _any(message) else None


def _any(message: Message) -> bool:
    return bool(message.member.plan.learning)


def _begin(message: Message, text: str) -> Message:
    learning = (*message.member.plan.learning, Learning(text=text, begun_on=message.today))
    return message.of(plan=message.member.plan.model_copy(update={"learning": learning[-_MOST:]}))


def _change(message: Message, place: int, **changes: Any) -> Message:
    learning = list(message.member.plan.learning)
    learning[place] = learning[place].model_copy(update=changes)
    return message.of(plan=message.member.plan.model_copy(update={"learning": tuple(learning)}))


def _subject(learning: Learning) -> frozenset[str]:
    return about(learning.text, learning.means, learning.certificate)


# Its questions, each asked while its answer is missing


def _about(message: Message, place: int | None) -> Asking | None:
    if place is None:
        return None
    name = short_name(message.member.plan.learning[place].text)
    plain = is_gsm7(spelt_plainly(name))  # else it would cost the question its room
    return Asking({"learning": name if plain else message.say("upskill.it")}, about=str(place))


def _asked_about(message: Message) -> int | None:
    """The place of what the open question is about; None where an UNDO has taken that away since."""
    place = int(message.open.about or 0) if message.open else 0
    return place if place < len(message.member.plan.learning) else None


def _nothing_yet(message: Message) -> Asking | None:
    return None if _any(message) else Asking()


def _nothing_more(message: Message) -> Asking | None:
    return Asking() if _any(message) and _current(message) is None else None


def _subject_told(message: Message) -> Turn | None:
    """What they learn; a no is that there is nothing yet, or, once something was finished, nothing more."""
    if declines(message.text):
        return open_passed(message, "upskill").answer("upskill.enough" if _any(message) else "upskill.none_yet")
    subject = "" if is_no_answer(message) else read_subject(message.text)
    return _ready(_begin(message, subject), message.say("upskill.begun", learning=subject)) if subject else None


def _ready(message: Message, said: str) -> Turn:
    """What was said, and with nothing more to ask the first small thing to do."""
    return message.turn(said, "" if any(missing(message, "upskill", QUESTIONS)) else _action(message))


def _means_missing(message: Message) -> Asking | None:
    place = _current(message)
    if place is None:
        return None
    learning = message.member.plan.learning[place]
    return None if learning.means or learning.counted or names_means(learning.text) else _about(message, place)


def _means_told(message: Message) -> Turn | None:
    if declines(message.text):
        return open_passed(message, "upskill").answer("upskill.no_means")
    place = _asked_about(message)
    means = "" if is_no_answer(message) or _note(message) else read_subject(message.text)
    if place is None or not means:
        return None
    return _ready(_change(message, place, means=means), message.say("upskill.means", means=means))


def _certificate_missing(message: Message) -> Asking | None:
    place = _current(message)
    if place is None:
        return None
    learning = message.member.plan.learning[place]
    known = learning.certificate or has_certificate(f"{learning.text} {learning.means or ''}") is not None
    return None if known or learning.counted else _about(message, place)


def _certificate_told(message: Message) -> Turn | None:
    """Its name; a mere yes stands for the one of what is learned."""
    if declines(message.text):
        return _ready(open_passed(message, "upskill"), message.say("upskill.no_certificate"))
    place = _asked_about(message)
    if place is None or is_no_answer(message) or _note(message):
        return None
    named = read_subject(message.text) or (message.member.plan.learning[place].text if agrees(message.text) else "")
    after = _change(message, place, certificate=named)
    return _ready(after, message.say("upskill.certificate", certificate=named)) if named else None


def _skill_missing(message: Message) -> Asking | None:
    """Asked once there is something to look back at."""
    place = _latest(message)
    if place is None:
        return None
    learning = message.member.plan.learning[place]
    return _about(message, place) if not learning.skill and (learning.counted or learning.ended_on) else None


def _skill_told(message: Message) -> Turn | None:
    if declines(message.text):
        return open_passed(message, "upskill").answer("upskill.no_skill")
    place = _asked_about(message)
    skill = "" if is_no_answer(message) or _note(message) else read_skills(message.text)
    if place is None or not skill:
        return None
    return _change(message, place, skill=skill).answer("upskill.skill", skill=skill)


# What any report tells of it


def _note(message: Message) -> Noted | None:
    """What was begun, counted or finished, once the member has been on this step."""
    if "upskill" not in message.member.plan.steps:
        return None
    text = normalise(message.text)
    if begun := _newly_begun(message, text):
        return Noted(
            _begin(_without_question(message), begun).member, message.say("upskill.begun", learning=begun), asks=True
        )
    place = _meant(message, text)
    if place is None:
        return None
    learning = message.member.plan.learning[place]
    studied = read_studied(text, _subject(learning))
    after = _change(message, place, counted=_added(learning.counted, studied))
    if is_finished(text, _subject(learning)):
        ended = _change(after, place, ended_on=message.today)
        return Noted(ended.member, message.say("upskill.finished", learning=short_name(learning.text)), asks=True)
    if not studied:
        return None
    counted = _counted(message, learning.counted, after.member.plan.learning[place].counted)
    return Noted(
        after.member, message.say("upskill.counted", learning=short_name(learning.text), counted=counted), asks=True
    )


def _newly_begun(message: Message, text: str) -> str | None:
    """What a report says was taken up, unless it is known already: "started the course"."""
    begun = read_begun(text)
    own = about(begun)
    subjects = [_subject(learning) for learning in message.member.plan.learning if not learning.ended_on]
    known = any(subject and (own <= subject or subject <= own) for subject in subjects)
    return begun if own and not known else None


def _without_question(message: Message) -> Message:
    """The report answered what to learn, if that was asked."""
    question = message.member.open_question
    answered = question is not None and question.asked in ("learning", "next_learning")
    return message.of(open_question=None) if answered else message


def _meant(message: Message, text: str) -> int | None:
    """Which of what is learned a report speaks of: the one it names, or else what was begun last."""
    said = about(text)
    learning = message.member.plan.learning
    named = [place for place, one in enumerate(learning) if not one.ended_on and said & _subject(one)]
    return named[-1] if named else _current(message)


def _added(counted: dict[str, float], studied: list[Studied]) -> dict[str, float]:
    """
    >>> _added({"module": 2, "hour": 1.5}, [Studied("module", reached=4), Studied("hour", amount=2)])
    {'module': 4, 'hour': 3.5}
    """
    total = dict(counted)
    for one in studied:
        before = total.get(one.unit, 0)
        total[one.unit] = max(before, one.reached) if one.reached else round(before + one.amount, 2)
    return total


def _counted(message: Message, before: dict[str, float], after: dict[str, float]) -> str:
    """What a report added, each with what it is in all: "2 hours (6.5 hours in all), 3 modules"."""
    said = []
    for unit, total in after.items():
        added = total - before.get(unit, 0)
        if added and unit in before:
            added_said, total_said = _amount(message, unit, added), _amount(message, unit, total)
            said.append(message.say("upskill.in_all", added=added_said, total=total_said))
        elif added:
            said.append(_amount(message, unit, total))
    return ", ".join(said) or _amounts(message, after)


def _amounts(message: Message, counted: dict[str, float]) -> str:
    return ", ".join(_amount(message, unit, amount) for unit, amount in counted.items())


def _amount(message: Message, unit: str, amount: float) -> str:
    """ "2 hours", "25 minutes", "1 module"."""
    if unit == "hour" and amount < 1:
        unit, amount = "minute", round(60 * amount)
    count = f"{round(amount, 1):g}"
    return message.say(f"upskill.{unit}_{'one' if count == '1' else 'many'}", count=count)


# Where it stands


def _is_done(message: Message) -> bool:
    """Something was finished in this round, or so much was counted and its skill named."""
    state = message.member.plan.steps.get("upskill")
    begun = state.begun_on if state else message.today
    return any(
        (learning.ended_on and learning.ended_on >= begun)
        or (learning.begun_on >= begun and learning.skill and _is_enough(learning))
        for learning in message.member.plan.learning
    )


def _is_enough(learning: Learning) -> bool:
    return any(amount >= ENOUGH.get(unit, ENOUGH_PARTS) for unit, amount in learning.counted.items())


def _state(message: Message) -> str:
    place = _latest(message)
    if place is None:
        return message.say("upskill.state_none")
    learning = message.member.plan.learning[place]
    ended = [short_name(one.text) for one in message.member.plan.learning if one.ended_on]
    parts = []
    if not learning.ended_on:
        key = "upskill.state_counted" if learning.counted else "upskill.state_begun"
        parts.append(message.say(key, learning=short_name(learning.text), counted=_amounts(message, learning.counted)))
    if ended:
        parts.append(message.say("upskill.state_finished", finished=", ".join(ended[-_FINISHED_SAID:])))
    if learning.skill:
        parts.append(message.say("upskill.state_skill", skill=learning.skill))
    return " ".join(parts)


def _action(message: Message) -> str:
    place = _latest(message)
    if place is None:
        return message.say("upskill.action_none")
    learning = message.member.plan.learning[place]
    if not learning.ended_on:
        return message.say("upskill.action", learning=short_name(learning.text))
    if learning.skill:
        return message.say("upskill.action_show", learning=short_name(learning.text), skill=learning.skill)
    return message.say("upskill.action_none")


_LANGUAGES = frozenset(("language",))  # "Spanish" is what somebody learns
QUESTIONS = (
    Question("learning", _nothing_yet, _subject_told, takes=_LANGUAGES),
    Question("learning_means", _means_missing, _means_told),
    Question("certificate", _certificate_missing, _certificate_told),
    Question("skill", _skill_missing, _skill_told),
    Question("next_learning", _nothing_more, _subject_told, takes=_LANGUAGES),
)
STEP = Step("upskill", QUESTIONS, _is_done, _state, _action, note=_note)
