"""Help that no program gives: crises, lasting distress, low weeks. Nothing is diagnosed, scored or joked about.

A crisis has an answer of its own. What lasts leads to the people whom the operator named, or to their kind: each
is named once, and not again for four weeks, however often the member tells of it.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from shared.content.segments import count_segments, fit
from shared.domain import crisis as lines
from shared.domain.message import Message
from shared.domain.models import Entry, Status, Turn
from shared.domain.understanding.answers.care import feels
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.safety.read import is_anothers

AGAIN = timedelta(days=28)  # so long a kind of help is not named again
WINDOW = timedelta(days=14)  # of the journal in which a low mood lasts
LOW = 4.0  # a mood up to this is a low one
_FEWEST = 5  # days with a mood, of those fourteen
_APART = timedelta(days=7)  # the first low day and the last
_SHARE = 0.75  # of the days that are low
# Which kinds of help fit why.
_FITTING = {
    "distress": ("therapist",),
    "low": ("therapist",),
    "fraud": ("coach",),
    "stuck": ("coach", "free"),
}


def crisis(message: Message, turn: Turn) -> Turn:
    """What was said besides is recorded, the line of the member's country is all that is answered, nudges pause.

    What somebody who has not said YES was asked stays open: they may still say it.
    """
    said = lines.answer(message.member.phone, message.member.language)
    pending = turn.member.status is Status.PENDING
    changes = {
        "hushed": True,
        "crisis_on": message.local.date(),
        "open_question": turn.member.open_question if pending else None,
    }
    return turn.model_copy(
        update={"member": turn.member.model_copy(update=changes), "replies": (said,), "requests": ()}
    )


def welcomed(message: Message, turn: Turn) -> Turn:
    """The first turn after a crisis, which begins with a word of welcome."""
    back = message.say("care.back")
    if turn.member.status is Status.STOPPED or "".join(turn.replies).startswith(back):
        return turn
    first = " ".join((back, *turn.replies[:1]))
    return turn.model_copy(update={"replies": (fit(first), *turn.replies[1:])})


def offered(message: Message, turn: Turn) -> Turn:
    """The turn, with help named behind its answer, where it is time to; in a second text where one is too short."""
    reason = _reason(message, turn)
    if reason is None or turn.member.status is not Status.ACTIVE or turn.erase:
        return turn
    said, named = _sentence(message, turn, reason)
    replies = turn.replies
    if _says_nothing_else(message, turn):  # "Noted for Tue.", or "I did not catch that", is no answer to such a text
        said, replies = said or message.say("care.heard"), ()
    helped = {**turn.member.helped, **dict.fromkeys(named, message.today)}
    member = turn.member.model_copy(update={"helped": helped}) if named else turn.member
    asks = turn.member.open_question not in (None, message.member.open_question)
    return turn.model_copy(update={"member": member, "replies": _joined(replies, said, asks)})


def _says_nothing_else(message: Message, turn: Turn) -> bool:
    """Whether the due answer is only that something was noted, or not understood, or to a question about the service,
    which is answered behind the help.
    """
    if turn.member.plan != message.member.plan:
        return False
    if message.reply.question and not turn.entries and not turn.requests:
        return turn.member.open_question == message.member.open_question
    if message.reply.command:
        return message.reply.command.name == "unclear"
    return bool(turn.entries) and not any(e.mood or e.wins or e.engaged or e.drained for e in turn.entries)


def _reason(message: Message, turn: Turn) -> str | None:
    """Why help may be due: what weighs most, where there are several."""
    if message.reply.safety == "support":
        return "another" if is_anothers(normalise(message.text)) else "distress"
    told = [entry for entry in turn.entries if entry.mood is not None]
    if told and is_low_for_long((*message.member.journal, *told), message.today):
        return "low"
    nothing_else = message.after_crisis and _says_nothing_else(message, turn)
    return feels(message.text) or ("after_crisis" if nothing_else else None)


def _sentence(message: Message, turn: Turn, reason: str) -> tuple[str, tuple[str, ...]]:
    """What is said, and which kinds of help it names; nothing where all that fit were named of late.

    Somebody else's crisis waits for no turn: whom to call for them is said each time.
    """
    phone, language = message.member.phone, message.member.language
    line = lines.line(phone, language)
    if reason == "another":
        return message.say("care.another", line=line, emergency=lines.emergency(phone, language)), ()
    if reason == "after_crisis":
        return " ".join((message.say("care.back"), message.say("care.still_there", line=line))), ()
    helped, today = turn.member.helped, message.today
    named = tuple(kind for kind in _FITTING[reason] if kind not in helped or today - helped[kind] >= AGAIN)
    if not named:
        return "", ()
    parts = [message.say(f"care.{reason}"), *(_help(message, kind) for kind in named)]
    if reason == "distress":
        parts.append(message.say("care.line", line=line))
    return " ".join(parts), named


def _help(message: Message, kind: str) -> str:
    """Whom the operator named for a kind of help, or the kind in general."""
    whom = getattr(message.brand.help, kind)
    return message.say(f"care.{kind}", whom=whom) if whom else message.say(f"care.{kind}_in_general")


def _joined(replies: tuple[str, ...], said: str, asks: bool) -> tuple[str, ...]:
    """With the sentence behind the answer, before it where that ends in a question, or in a text of its own."""
    if not said or not replies:
        return (*replies, fit(said)) if said else replies
    parts = (said, replies[0]) if asks else (replies[-1], said)
    together = " ".join(parts)
    if len(replies) == 1 and count_segments(together).count <= 2:
        return (together,)
    return (fit(said), *replies) if asks else (*replies, fit(said))


def is_low_for_long(journal: Iterable[Entry], today: date) -> bool:
    """Whether a low mood lasts: over the last fourteen days, today included, and still.

    Of each day the last mood counts. There are five days with one at least; three in four of them are low, the
    latest too; and the first low day is a week or more before the last, so that one bad week is none.
    """
    moods = {entry.day: entry.mood for entry in journal if entry.mood and today - WINDOW < entry.day <= today}
    low = sorted(day for day, mood in moods.items() if mood <= LOW)
    if len(moods) < _FEWEST or len(low) < _SHARE * len(moods):
        return False
    return low[-1] == max(moods) and low[-1] - low[0] >= _APART
