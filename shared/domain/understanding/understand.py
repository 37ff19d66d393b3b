"""Turns a member's text into a `Reply`. Pure and deterministic; called by the conversation and `unstuck parse`.

The order is the meaning, and the folders are its stages:

    normalise.py        what phones, keyboards and mail programs add is taken away
    spanish.py          a Spanish text is put into English, as far as its rules go
    safety/             a call for help, in every message, before all else
    commands/           what the member asks the service for; one that stands alone takes the message
    answers/            the answer to an open question, and to those of the plan's steps
    report/             the rest tells of the day: mood, what gave and cost energy, wins, goals' progress
    questions.py        beside all that, what is asked about the service itself
    learned/            labelled texts weigh what the rules made of all that, and may read it otherwise

`times/` and `text/` serve them: days, clocks and places; words, amounts and phrases. What people say is data in
`words/`, which anybody can extend. `reply.py` is what comes in and out; `requests.py` reads the fixed phrases by
which members manage goals and the plan, before any of this.
"""

from datetime import datetime

from shared.domain.understanding.commands.read import read_command
from shared.domain.understanding.learned.features import tokens
from shared.domain.understanding.learned.models import Weighed
from shared.domain.understanding.learned.reconsider import asks_for_nothing, reconsider
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.questions import only_asks, read_question
from shared.domain.understanding.reply import Command, Context, Reply
from shared.domain.understanding.report.read import read_report
from shared.domain.understanding.safety.read import read_safety
from shared.domain.understanding.spanish import Wording, in_own_words, reworded

LONGEST = 10_000  # characters that are read; a text is at most 1,600, a mail may be longer
# These win over any open question; nothing else is read from their message.
_BEFORE_QUESTIONS = frozenset(("stop", "start", "help"))
_ALONE = _BEFORE_QUESTIONS | {"yes", "no", "skip", "undo", "delete", "keep", "thanks", "unclear"}
# Their readers, and those of goals' progress and the review's step, are loaded when needed: most texts are met without.
_OPEN_QUESTIONS = frozenset(("opt_in", "confirm_delete", "rut_check", "savings", "values", "dealbreakers", "goal"))
_FREE_WORDS = frozenset(("values", "dealbreakers", "goal"))

_NOT_BY_ASKING = frozenset(("stop", "export", "skip"))


def understand(text: str, context: Context, now: datetime) -> Reply:
    """What a member's text says. `now` is the member's local time, with its offset. Never raises."""
    text = normalise(text[:LONGEST])[:LONGEST]
    weighed = Weighed(tokens(text), context.asked)
    ruled, rest = _ruled(text, context, now, asks=not (context.learned and asks_for_nothing(weighed)))
    reply = reconsider(ruled, rest, weighed, text, context, now)
    if reply.safety:
        reply = reply._replace(command=_without_cries(reply.command, reply.safety))
    said = [token.word for token in weighed.found]
    if len(said) == 1 and context.asked in _FREE_WORDS:  # "human" is a value, too
        return reply
    question = read_question(said)
    return _asked(reply, question, text) if question else reply


def _asked(reply: Reply, question: str, text: str) -> Reply:
    """The reply to a text that asks this about the service. "Are these texts private?" ends nothing and sends nothing,
    and "how do I stop?" is a stop in reasonable words.
    """
    name = reply.command.name if reply.command else None
    if name in _NOT_BY_ASKING and question not in _NOT_BY_ASKING and only_asks(text):
        reply = reply._replace(command=Command("unclear", {}))
    return reply._replace(question=question)


def _without_cries(command: Command | None, safety: str | None) -> Command | None:
    """A command without what in it is a call for help itself: no despair is a value, and none a goal."""
    if command is None:
        return None
    if command.name == "new_goal":
        from shared.domain.understanding.answers.goals import is_doing

        text = command.args["text"]
        return command if safety == "support" and (is_doing(text) or read_safety(text) is None) else None
    items = command.args.get("items")
    if not items:
        return command
    kept = [item for item in items if read_safety(item) is None]
    return command._replace(args={"items": kept}) if kept else None


def by_rules(text: str, context: Context, now: datetime) -> Reply:
    """What the rules alone make of a normalised text."""
    return _ruled(text, context, now, asks=True)[0]


def _ruled(text: str, context: Context, now: datetime, asks: bool) -> tuple[Reply, str]:
    """What the rules make of a text, and the text without the clause that gave its command.

    `asks` is whether it may hold one.
    """
    spanish = reworded(text)
    safety = read_safety(text) if spanish is None else _worse(read_safety(spanish.text), read_safety(spanish.rest))
    said = spanish.text if spanish else text
    found = read_command(said, context, now) if asks else None
    if asks and spanish and found is None:
        found = read_command(text, context, now)
    if found and found.command.name in _BEFORE_QUESTIONS:
        return Reply(command=found.command, safety=safety), ""
    if context.asked in _OPEN_QUESTIONS and (answer := _answer(text, spanish, context, now)):
        return Reply(command=answer, safety=safety), ""
    if found:
        found = found._replace(command=in_own_words(found.command, spanish))
    if found and found.command.name in _ALONE:
        return Reply(command=found.command, safety=safety), ""
    return read_report(text, found, spanish, context, safety), found.rest if found and spanish is None else text


def _worse(one: str | None, other: str | None) -> str | None:
    return "crisis" if "crisis" in (one, other) else one or other


def _answer(text: str, spanish: Wording | None, context: Context, now: datetime) -> Command | None:
    """The answer to the open question."""
    from shared.domain.understanding.answers.open_questions import read_answer

    if spanish and (answer := in_own_words(read_answer(spanish.text, context, now), spanish)):
        return answer
    return read_answer(text, context, now)
