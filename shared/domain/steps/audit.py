"""Step 1, the career audit: what matters most, what gives and what costs energy, what must change.

Values and dealbreakers are asked for; the energy comes from the answers to the check-ins. `build` puts all of it
on one page, which is mailed, and whose gist is texted.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from pydantic import Field

from shared.content import texts
from shared.content.segments import count_segments, fit
from shared.content.texts import Language
from shared.domain.message import Message
from shared.domain.models import Entry, Frozen, Kind, Member, Requested, Turn
from shared.domain.steps.dialogue import Asking, Noted, Question, Step, passed, says_nothing
from shared.domain.summary import Phrase, shortened
from shared.domain.themes import themes
from shared.domain.understanding.answers import choices

WANTED = 7  # days on which something gave or cost energy
ENOUGH = timedelta(weeks=4)  # after which fewer do: the journal at hand reaches hardly further
_MOST = 5  # values, and dealbreakers
_LONGEST = 60  # characters of one of them
_TWO_SEGMENTS = 306  # units of SMS
_GISTS = ((3, 40), (2, 40), (1, 40), (1, 24))  # how many phrases of a kind, and how much of each, the fullest first


class Audit(Frozen):
    """What a member found, in their own words: `more` and `less` most often named first, `values` the first first.

    `core` is the value that matters most, once it is found. `days` are those that `more` and `less` come from.
    """

    values: tuple[str, ...] = Field(default=(), repr=False)
    core: str | None = Field(default=None, repr=False)
    more: tuple[Phrase, ...] = Field(default=(), repr=False)
    less: tuple[Phrase, ...] = Field(default=(), repr=False)
    change: tuple[str, ...] = Field(default=(), repr=False)
    days: int = 0

    @property
    def empty(self) -> bool:
        return not (self.values or self.more or self.less or self.change)


def build(member: Member) -> Audit:
    """The audit as it stands: of the days since the step began, or of all at hand where it has not."""
    plan = member.plan
    entries = _energy(member)
    first = (plan.core_value,) if plan.core_value else ()
    return Audit(
        values=(*first, *(value for value in plan.values if value != plan.core_value)),
        core=plan.core_value,
        more=_themes((entry.day, text) for entry in entries for text in entry.engaged),
        less=_themes((entry.day, text) for entry in entries for text in entry.drained),
        change=plan.dealbreakers,
        days=len({entry.day for entry in entries}),
    )


def _themes(named: Iterable[tuple[date, str]]) -> tuple[Phrase, ...]:
    return tuple(Phrase(text=theme.text, count=len(theme.days)) for theme in themes(named))


def gist(audit: Audit, language: Language, room: int = _TWO_SEGMENTS) -> str:
    """The audit as a text of at most `room` units of SMS: as much of each part as fits."""
    said = ""
    for most, longest in _GISTS:
        said = _gist(audit, language, most, longest)
        taken = count_segments(said)
        if taken.length <= room and taken.count <= 2:
            break
    return fit(said)


def _gist(audit: Audit, language: Language, most: int, longest: int) -> str:
    parts = {
        "audit.more": audit.more[:most],
        "audit.less": audit.less[:most],
        "audit.must_change": _once(audit.change[: most + 1]),
        "audit.core" if audit.core else "audit.values": _once(audit.values[: 1 if audit.core else most]),
    }
    named = {key: ", ".join(_counted(each, language, longest) for each in phrases) for key, phrases in parts.items()}
    return " ".join(texts.say(key, language, phrases=phrases) for key, phrases in named.items() if phrases)


def _once(items: tuple[str, ...]) -> tuple[Phrase, ...]:
    return tuple(Phrase(text=item, count=1) for item in items)


def _counted(phrase: Phrase, language: Language, longest: int) -> str:
    text = shortened(phrase.text, longest)
    return text if phrase.count == 1 else texts.say("audit.times", language, phrase=text, count=phrase.count)


def send(message: Message) -> Turn:
    """AUDIT: what is there so far, by text, and as a page where there is an address."""
    audit = build(message.member)
    if audit.empty:
        return message.answer("audit.nothing")
    days = min(audit.days, WANTED)
    so_far = message.say("audit.whole") if _enough(message) else message.say("audit.so_far", days=days, of=WANTED)
    mailed, requests = _mailed(message)
    room = _TWO_SEGMENTS - len(f"{so_far}  {mailed}")
    return message.turn(so_far, gist(audit, message.member.language, room), mailed, requests=requests)


def rethink(message: Message) -> Turn:
    """VALUES and DEALBREAKERS: what they are so far, and the question again."""
    asked = message.args["rethink"]
    known = message.member.plan.values if asked == "values" else message.member.plan.dealbreakers
    so_far = message.say("audit.known", items="; ".join(known)) if known else ""
    return message.ask(asked, so_far)


def _mailed(message: Message) -> tuple[str, tuple[Requested, ...]]:
    if message.member.mailbox is None:
        return "", ()
    return message.say("audit.mailed"), (Requested(kind=Kind.AUDIT),)


def _ending(message: Message) -> Turn:
    """The page, and its gist in few words: beside it stand what was just answered and what comes next."""
    audit = build(message.member)
    if audit.empty:
        return message.turn()
    mailed, requests = _mailed(message)
    in_short = gist(audit, message.member.language, 120 if mailed else 150)
    return message.turn(message.say("audit.whole"), in_short, mailed, requests=requests)


# What is asked


def _values_missing(message: Message) -> Asking | None:
    return None if message.member.plan.values else Asking()


def _values_told(message: Message) -> Turn | None:
    told = _told(message, "values")
    if not told:
        return _not_now(message, "values")
    one = {"compared": 1, "core_value": told[0]} if len(told) == 1 else {"compared": 0, "core_value": None}
    after = _with(message, values=told, **one)
    if len(told) == 1:
        return after.answer("audit.one_value", value=told[0])
    key = "audit.first_values" if len(message.args["items"]) > _MOST else "audit.noted"
    return after.turn(fit("; ".join(told), 1, lambda items: message.say(key, items=items)))


def _pair(message: Message) -> tuple[str, str] | None:
    """The value that matters most so far, and the next to weigh against it."""
    plan = message.member.plan
    at = max(plan.compared, 1)
    return (plan.core_value or plan.values[0], plan.values[at]) if at < len(plan.values) else None


def _pair_missing(message: Message) -> Asking | None:
    pair = _pair(message)
    return Asking({"first": pair[0], "second": pair[1]}) if pair else None


def _pair_weighed(message: Message) -> Turn | None:
    """1, 2 or the word; who cannot choose keeps the one that stood, and is told so."""
    pair = _pair(message)
    if pair is None:
        return None
    chosen = choices.read_choice(message.text, pair)
    undecided = chosen is None and choices.is_undecided(message.text)
    if chosen is None and not undecided:
        return _not_now(message, "value_pair", first=pair[0], second=pair[1])
    core = pair[chosen or 0]
    compared = max(message.member.plan.compared, 1) + 1
    after = _with(message, compared=compared, core_value=core)
    if compared == len(message.member.plan.values):
        return after.answer("audit.tied_last" if undecided else "audit.found", value=core)
    return after.answer("audit.tied" if undecided else "audit.weighed", value=core)


def _change_missing(message: Message) -> Asking | None:
    return None if message.member.plan.dealbreakers else Asking()


def _change_told(message: Message) -> Turn | None:
    command = message.reply.command
    if command is None or command.name != "dealbreakers":
        return _not_now(message, "dealbreakers")
    told = _told(message, "dealbreakers")
    after = _with(message if told else passed(message, "audit", "dealbreakers"), dealbreakers=told)
    if _is_under_way(after) and _is_done(after):
        return after.turn()  # the audit follows, and says it
    listed = fit("; ".join(told), 1, lambda items: message.say("audit.to_change", items=items))
    rest = "" if _enough(after) else message.say("audit.days_to_go", days=_days(after), of=WANTED)
    return after.turn(listed if told else message.say("audit.no_change"), rest)


def _told(message: Message, name: str) -> tuple[str, ...]:
    """What was listed in answer to a question, each in few words; of many the first."""
    command = message.reply.command
    items = command.args["items"] if command and command.name == name else ()
    said = [" ".join(item.split()) for item in items if not choices.says_done(item)]
    return tuple(dict.fromkeys(shortened(item, _LONGEST) for item in said))[:_MOST]


def _not_now(message: Message, asked: str, **values: object) -> Turn | None:
    """Ask again, in other words, where nothing could be read; None where the member said something else."""
    answered = message.reply.command is not None and message.reply.command.name == asked
    if not (answered or says_nothing(message)):
        return None
    return message.ask(asked, message.say(f"audit.{asked}_again"), about=None, **values)


def _with(message: Message, **changes: Any) -> Message:
    return message.of(plan=message.member.plan.model_copy(update=changes))


# The days


def _energy(member: Member) -> list[Entry]:
    """What engaged and drained since the step began."""
    state = member.plan.steps.get("audit")
    return [
        entry
        for entry in member.journal
        if (entry.engaged or entry.drained) and (state is None or entry.day >= state.begun_on)
    ]


def _days(message: Message) -> int:
    return len({entry.day for entry in _energy(message.member)})


def _note(message: Message) -> Noted | None:
    """How many of the seven days there are, whenever one is added while the member is on this step."""
    if not _is_under_way(message):
        return None
    before = {entry.day for entry in _energy(message.member) if entry.source != message.source}
    days = _days(message)
    if not len(before) < days <= WANTED:
        return None
    if days < WANTED:
        return Noted(message.member, message.say("audit.progress", days=days, of=WANTED))
    return Noted(message.member, "" if _is_done(message) else message.say("audit.all_days", of=WANTED))


def _enough(message: Message) -> bool:
    state = message.member.plan.steps.get("audit")
    return _days(message) >= WANTED or bool(state and message.today - state.begun_on >= ENOUGH)


# The step


def _is_under_way(message: Message) -> bool:
    plan = message.member.plan
    return plan.step == "audit" and plan.steps["audit"].ended_on is None


def _open(message: Message) -> str | None:
    """The first question whose answer is missing, and was not passed over."""
    state = message.member.plan.steps.get("audit")
    passed = state.passed if state else ()
    return next((each.asked for each in _QUESTIONS if each.missing(message) and each.asked not in passed), None)


def _is_done(message: Message) -> bool:
    return _open(message) is None and _enough(message)


def _state(message: Message) -> str:
    plan = message.member.plan
    if _open(message) == "values":
        return message.say("audit.state_begun")
    first = message.say("audit.core", phrases=shortened(plan.core_value, 40)) if plan.core_value else ""
    days = message.say("audit.state_days", days=min(_days(message), WANTED), of=WANTED)
    return " ".join(filter(None, (first, days)))


def _action(message: Message) -> str:
    asked = _open(message)
    if asked:
        return message.say(f"audit.action_{asked}")
    if not _enough(message):
        return message.say("audit.action_days", days=_days(message), of=WANTED)
    return message.say("audit.action_done")


_QUESTIONS = (
    Question("values", _values_missing, _values_told, understood_as="values"),
    Question("value_pair", _pair_missing, _pair_weighed, choice=True),
    Question("dealbreakers", _change_missing, _change_told, understood_as="dealbreakers"),
)
STEP = Step("audit", _QUESTIONS, _is_done, _state, _action, ending=_ending, note=_note)
