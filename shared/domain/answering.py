"""What a member's message comes to: its words are understood, and handed to the answer for what was asked or for their
command. Pure.
"""

from dataclasses import replace
from datetime import datetime

from shared.content.segments import fit
from shared.domain import schedule
from shared.domain.answers import about, care, plan
from shared.domain.answers.routes import ACTIVE, PENDING, QUESTIONS, REQUESTS, STOPPED, Answers
from shared.domain.message import Message
from shared.domain.models import Member, OpenQuestion, Status, Turn
from shared.domain.steps.dialogue import says_nothing
from shared.domain.understanding.answers.care import tells_of_a_blow
from shared.domain.understanding.reply import Command, Context, Goal, Reply
from shared.domain.understanding.requests import read_request
from shared.domain.understanding.understand import understand

# These are never an answer to a question of ours, whatever was asked.
_NEVER_ANSWERS = frozenset(
    "stop start help undo delete keep pause resume snooze set_time set_days set_timezone set_email set_name stats"
    " list_wins list_goals plan summary export buddy new_goal correct".split()
)
# These neither, where nothing could be read that was one.
_SETTINGS = frozenset(
    "pause resume snooze set_time set_days set_timezone set_email set_name stats summary export buddy".split()
)


def read(member: Member, text: str, local: datetime, question: OpenQuestion | None) -> Reply:
    """What the text says, as an answer to the question or as anything else that it may be."""
    context = _context_of(member, question)
    reply = understand(text, context, local)
    request = read_request(text) if reply.safety is None else None
    if request is None or (request.name == "how" and not _is_unread(reply, request, context)):
        return reply
    return Reply(command=request)  # the whole message: "goal 1 done" is no win of that name


def _context_of(member: Member, question: OpenQuestion | None) -> Context:
    """What the member's words are to be understood against."""
    asked = question.asked if question else "none"
    if known := QUESTIONS.get(asked):
        asked = known.understood_as
    goals_ = tuple(
        Goal(goal.id, goal.text, goal.unit, goal.target, goal.done, goal.due)
        for goal in member.goals
        if goal.state == "open"
    )
    learned = question is None or question.asked == asked
    return Context(asked, f"{member.prompt_time:%H:%M}", member.days, goals_, learned)


def _is_unread(reply: Reply, request: Command, context: Context) -> bool:
    """Whether of a setting that was named nothing could be read, or of a pause not its date.

    Where free words are an answer, less is read: what is none is read anew.
    """
    if context.asked not in ("none", *schedule.CHECKINS):
        return False
    if reply.command and reply.command.name == "pause":
        return not reply.command.args["until"] and any(map(str.isdecimal, request.args.get("text", "")))
    return reply._replace(command=None) == Reply() and (reply.command is None or reply.command.name == "unclear")


def decide(message: Message) -> Turn:
    """The turn of a message, once it is read. A call for help comes before all else, and nothing is said beside its
    answer.
    """
    answers = {Status.PENDING: PENDING, Status.ACTIVE: ACTIVE, Status.STOPPED: STOPPED}[message.member.status]
    if message.reply.safety == "crisis":
        return care.crisis(message, commanded(message, answers))
    if message.member.status is not Status.ACTIVE:
        return commanded(message, answers)
    kept = _not_erased(message)
    turn = _answered(message) or about.answer(kept) or commanded(_as_no_answer(kept), answers)
    return about.beside(message, care.offered(message, turn))


def _answered(message: Message) -> Turn | None:
    """The turn of an answer to what the plan or the conversation asked; None where the text is something else."""
    name = message.reply.command.name if message.reply.command else ""
    scored = isinstance(message.reply.mood, int | float)
    question = QUESTIONS.get(message.open.asked) if message.open else None
    if question is None or message.open is None or name in ("stop", "start", "help"):
        return None
    if about.is_all(message) or _is_for_the_service(message) or (question.choice and tells_of_a_blow(message.text)):
        return None
    read_as = {name} & (_NEVER_ANSWERS | REQUESTS.keys()) | ({"mood"} if scored else set())
    if not question.choice and read_as - question.takes:
        return None
    if message.open.asked in plan.QUESTIONS:
        return plan.answer_open(message)
    return question.answer(message.of(open_question=message.open.behind))


def _is_for_the_service(message: Message) -> bool:
    """Whether what is no answer to a question in free words is a setting, once it is read as if nothing was asked."""
    question = QUESTIONS.get(message.open.asked) if message.open else None
    if question is None or question.understood_as == "none" or not says_nothing(message):
        return False
    anew = _as_no_answer(message).reply.command
    return anew is not None and anew.name in _SETTINGS


def _not_erased(message: Message) -> Message:
    """Whoever says something else when asked whether to erase everything has not said yes, and may not do so later."""
    if message.open is None or message.open.asked != "confirm_delete":
        return message
    return message.of(open_question=message.open.behind)


def _as_no_answer(message: Message) -> Message:
    """The message read anew where, read for the question that it does not answer, it asks the service for nothing.

    For questions that the weights do not know it was read by rules alone.
    """
    asks = message.reply.command is not None and message.reply.command.name != "unclear"
    if message.open is None or message.open.asked not in QUESTIONS or asks:
        return message
    return replace(message, reply=read(message.member, message.text, message.local, message.open.behind))


def commanded(message: Message, answers: Answers) -> Turn:
    """What the message comes to: its report, its command, or one after the other where it holds both."""
    reply = message.reply
    name = reply.command.name if reply.command else "report"
    reports = reply.mood is not None or reply.engaged or reply.drained or reply.wins or reply.intention
    if name == "report" or not reports or "report" not in answers:
        return answers.get(name, answers["*"])(message)
    first = answers["report"](message)
    # What is asked about the record is told with what this text adds to it.
    journal = first.member.journal
    reported = first.member.model_copy(update={"journal": (*journal, *first.entries)})
    then = answers.get(name, answers["*"])(replace(message, member=reported))
    said = fit(" ".join((*first.replies, *then.replies)))
    both = {
        "member": then.member.model_copy(update={"journal": journal}),
        "entries": (*first.entries, *then.entries),
        "requests": (*first.requests, *then.requests),
        "replies": (said,) if said else (),
    }
    return then.model_copy(update=both)
