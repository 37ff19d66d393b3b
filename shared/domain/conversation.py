"""Decides what one message from a member comes to. Pure: called by every function that receives a message.

The shape: understand the text, hand it to the answer for what was asked or for its command (`answers/`), and
derive from the member before and after what UNDO would have to restore and when the next nudge is due.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shared.content.segments import fit
from shared.domain import schedule
from shared.domain.answers import (
    about,
    buddies,
    care,
    from_buddy,
    goals,
    membership,
    occasions,
    onboarding,
    plan,
    records,
    report,
    settings,
    stories,
)
from shared.domain.answers.from_buddy import Written
from shared.domain.message import (
    Brand,
    Help,
    Message,
    has_answer,
    in_one_text,
    in_utc,
    is_after_crisis,
    next_checkin,
    still_open,
)
from shared.domain.models import Channel, Entry, Heard, Member, OpenQuestion, Status, Turn, Undo
from shared.domain.steps import goal_changes, network, risks, wellbeing
from shared.domain.steps.dialogue import Question, says_nothing
from shared.domain.understanding.answers.care import tells_of_a_blow
from shared.domain.understanding.answers.choices import agrees
from shared.domain.understanding.reply import Command, Context, Goal, Reply
from shared.domain.understanding.requests import read_request
from shared.domain.understanding.understand import understand

__all__ = ["Brand", "Help", "changed", "confirm", "hear", "next_checkin", "opt_out", "prompted", "respond"]

Answers = Mapping[str, Callable[[Message], Turn]]
# What the conversation asks beside the steps of the plan.
QUESTIONS: dict[str, Question] = {
    **onboarding.QUESTIONS,
    **wellbeing.QUESTIONS,
    **membership.QUESTIONS,
    **settings.QUESTIONS,
    **occasions.QUESTIONS,
}
_ALL_QUESTIONS = {**QUESTIONS, **plan.QUESTIONS}
# That somebody wrote stays so.
_NOT_UNDONE = ("undo", "hushed", "crisis_on", "silence", "started_at", "phone_confirmed_at", "reach")
# These are never an answer to a question of ours, whatever was asked.
_NEVER_ANSWERS = frozenset(
    "stop start help undo delete keep pause resume snooze set_time set_days set_timezone set_email set_name stats"
    " list_wins list_goals plan summary export buddy new_goal correct".split()
)
# These neither, where nothing could be read that was one.
_SETTINGS = frozenset(
    "pause resume snooze set_time set_days set_timezone set_email set_name stats summary export buddy".split()
)


def respond(
    member: Member,
    text: str,
    now: datetime,
    *,
    source: str,
    brand: Brand,
    friends: tuple[Member, ...] = (),
    by: Channel = "sms",
) -> Turn:
    """Decide the member's next state, what to record and what to say.

    `now` is aware; `source` names the message for good (Twilio's MessageSid). `friends` are those whose buddy the
    member is, or was asked to be. The message came `by` text, or mail.
    """
    message = _received(member, text, now, source, brand, by)
    turn = _respond(member, message, by)
    if not friends or (by == "email" and member.phone_confirmed_at is None):  # they are the number's, not the address's
        return turn
    if _opts_out(member, turn, text):
        return turn.model_copy(update={"others": _left(friends, member.phone, now)})
    heard = _heard_as_buddy(message, turn, Written(friends, member.phone, text, now, source, brand))
    if heard is None:
        return turn
    if not _tells_of_the_day(turn):
        turn = _scheduled(member, Turn(member=message.member), now)
    replies = in_one_text(*heard.replies, *turn.replies)
    return turn.model_copy(update={"replies": replies, "others": _of_friends(friends, heard.turns, now)})


def hear(
    friends: tuple[Member, ...], phone: str, text: str, now: datetime, *, source: str, brand: Brand, refuses: bool
) -> Heard | None:
    """What a text comes to from a number that is no member's; None where it is for nobody.

    `friends` are those whose buddy the number is, or was asked to be; `refuses` tells that it wants no invitations.
    """
    heard = from_buddy.hear(Written(friends, phone, text, now, source, brand), refuses=refuses)
    return heard and heard.model_copy(update={"turns": _of_friends(friends, heard.turns, now)})


def _opts_out(member: Member, turn: Turn, text: str) -> bool:
    """Whether the turn is a STOP, which is one to all: more than a no to being a member."""
    declines = member.status is Status.PENDING and agrees(text) is False
    return turn.member.status is Status.STOPPED and member.status is not Status.STOPPED and not declines


def _heard_as_buddy(message: Message, turn: Turn, written: Written) -> Heard | None:
    """A member's YES or NO to an invitation while nothing else is open; all that is not heard from who opted out.

    A call for help is never one, whatever word stands before it, and a YES is no answer to a check-in.
    """
    status, question = message.member.status, message.open
    if status is Status.STOPPED:
        return None if turn.replies else from_buddy.hear(written)
    if status is not Status.ACTIVE or message.reply.safety:
        return None
    if message.member.phone_confirmed_at is None:  # asked by mail alone, which a text does not answer
        question = None
    meant_for_us = question and not (question.asked in schedule.CHECKINS and agrees(written.text))
    return None if meant_for_us else from_buddy.answer(written)


def _tells_of_the_day(turn: Turn) -> bool:
    """Whether a turn records more than a yes or a no may be taken for: "yes please!" reads like a good mood as well."""
    return any(
        (entry.mood and not entry.mood_estimated) or entry.wins or entry.engaged or entry.drained
        for entry in turn.entries
    )


def _left(friends: tuple[Member, ...], phone: str, at: datetime) -> tuple[Turn, ...]:
    return _of_friends(friends, from_buddy.left(friends, phone, at), at)


def _of_friends(friends: tuple[Member, ...], turns: tuple[Turn, ...], now: datetime) -> tuple[Turn, ...]:
    before = {friend.id: friend for friend in friends}
    return tuple(_scheduled(before[turn.member.id], turn, now) for turn in turns)


def _received(member: Member, text: str, now: datetime, source: str, brand: Brand, by: Channel) -> Message:
    """The text as it is understood, from the member as anybody is who writes: no longer silent."""
    local = now.astimezone(ZoneInfo(member.timezone))
    question: OpenQuestion | None
    if _is_anybodys(member, by):
        woken, question = member, OpenQuestion(asked="opt_in", day=local.date(), at=now)
    else:
        awake = not (member.hushed or member.silence)
        woken = member if awake else member.model_copy(update={"hushed": False, "silence": 0})
        question = still_open(member, local)
    reply, shaken = _read(member, text, local, question), is_after_crisis(member, local)
    return Message(woken, text, reply, in_utc(now), local, source, brand, question, shaken)


def _is_anybodys(member: Member, by: Channel) -> bool:
    """Whether a text is from the number of a member who said YES by mail. Whose it is nobody knows, until it says YES
    as well.
    """
    return by == "sms" and member.status is Status.ACTIVE and member.phone_confirmed_at is None


def _respond(member: Member, message: Message, by: Channel) -> Turn:
    """What the message comes to; `member` is as they were before it."""
    if _is_anybodys(member, by):
        return _respond_to_anybody(message)
    turn = _respond_to_member(member, message)
    joined = member.status is not Status.ACTIVE and turn.member.status is Status.ACTIVE
    if by == "email" or not joined or member.phone_confirmed_at:
        return turn
    confirmed = turn.member.model_copy(update={"phone_confirmed_at": message.now})  # by a YES, or a START
    return turn.model_copy(update={"member": confirmed})


def _respond_to_anybody(message: Message) -> Turn:
    """Nothing of it is kept and nothing of the member's told; STOP, HELP and a call for help are heard as from any
    number.
    """
    turn = _commanded(message, _UNPROVEN)
    crisis = message.reply.safety == "crisis"
    return _scheduled(message.member, care.crisis(message, turn) if crisis else turn, message.now)


def _respond_to_member(member: Member, message: Message) -> Turn:
    reply, turn = message.reply, _decide(message)
    if reply.safety:
        turn = turn.model_copy(update={"entries": tuple(e.model_copy(update={"private": True}) for e in turn.entries)})
    if member.hushed and not turn.member.hushed:
        turn = care.welcomed(message, turn)
    if reply.command is None or reply.command.name != "undo":
        turn = _undoable(member, turn, goal_changes.counted(message))
    return _scheduled(member, turn, message.now)


def _read(member: Member, text: str, local: datetime, question: OpenQuestion | None) -> Reply:
    context = context_of(member, question)
    reply = understand(text, context, local)
    request = read_request(text) if reply.safety is None else None
    if request is None or (request.name == "how" and not _is_unread(reply, request, context)):
        return reply
    return Reply(command=request)  # the whole message: "goal 1 done" is no win of that name


def _is_unread(reply: Reply, request: Command, context: Context) -> bool:
    """Whether of a setting that was named nothing could be read, or of a pause not its date.

    Where free words are an answer, less is read: what is none is read anew.
    """
    if context.asked not in ("none", *schedule.CHECKINS):
        return False
    if reply.command and reply.command.name == "pause":
        return not reply.command.args["until"] and any(map(str.isdecimal, request.args.get("text", "")))
    return reply._replace(command=None) == Reply() and (reply.command is None or reply.command.name == "unclear")


def _decide(message: Message) -> Turn:
    """A call for help comes before all else, and nothing is said beside its answer."""
    answers = {Status.PENDING: _PENDING, Status.ACTIVE: _ACTIVE, Status.STOPPED: _STOPPED}[message.member.status]
    if message.reply.safety == "crisis":
        return care.crisis(message, _commanded(message, answers))
    if message.member.status is not Status.ACTIVE:
        return _commanded(message, answers)
    kept = _not_erased(message)
    turn = _answered(message) or about.answer(kept) or _commanded(_as_no_answer(kept), answers)
    return about.beside(message, care.offered(message, turn))


def _answered(message: Message) -> Turn | None:
    """The turn of an answer to what the plan or the conversation asked; None where the text is something else."""
    name = message.reply.command.name if message.reply.command else ""
    scored = isinstance(message.reply.mood, int | float)
    question = _ALL_QUESTIONS.get(message.open.asked) if message.open else None
    if question is None or message.open is None or name in ("stop", "start", "help"):
        return None
    if about.is_all(message) or _is_for_the_service(message) or (question.choice and tells_of_a_blow(message.text)):
        return None
    read_as = {name} & (_NEVER_ANSWERS | REQUESTS.keys()) | ({"mood"} if scored else set())
    if not question.choice and read_as - question.takes:
        return None
    if message.open.asked in QUESTIONS:
        return question.answer(message.of(open_question=message.open.behind))
    return plan.answer_open(message)


def _is_for_the_service(message: Message) -> bool:
    """Whether what is no answer to a question in free words is a setting, once it is read as if nothing was asked."""
    question = _ALL_QUESTIONS.get(message.open.asked) if message.open else None
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
    if message.open is None or message.open.asked not in _ALL_QUESTIONS or asks:
        return message
    return message._replace(reply=_read(message.member, message.text, message.local, message.open.behind))


def _commanded(message: Message, answers: Answers) -> Turn:
    """What the message comes to: its report, its command, or one after the other where it holds both."""
    reply = message.reply
    name = reply.command.name if reply.command else "report"
    reports = reply.mood is not None or reply.engaged or reply.drained or reply.wins or reply.intention
    if name == "report" or not reports or "report" not in answers:
        return answers.get(name, answers["*"])(message)
    first = answers["report"](message)
    then = answers.get(name, answers["*"])(message._replace(member=first.member))
    said = fit(" ".join((*first.replies, *then.replies)))
    both = {
        "entries": (*first.entries, *then.entries),
        "requests": (*first.requests, *then.requests),
        "replies": (said,) if said else (),
    }
    return then.model_copy(update=both)


def context_of(member: Member, question: OpenQuestion | None) -> Context:
    """What the member's words are to be understood against."""
    asked = question.asked if question else "none"
    if known := _ALL_QUESTIONS.get(asked):
        asked = known.understood_as
    goals_ = tuple(
        Goal(goal.id, goal.text, goal.unit, goal.target, goal.done, goal.due)
        for goal in member.goals
        if goal.state == "open"
    )
    learned = question is None or question.asked == asked
    return Context(asked, f"{member.prompt_time:%H:%M}", member.days, goals_, learned)


def prompted(member: Member, day: date, now: datetime, source: str, asked: str = "daily_checkin") -> Turn:
    """What changes once a check-in or a weekly review for `day` has been sent, at `now`: it is open, and the day asked
    about. It is not where its answer is there already, which may be quicker than the record of what was sent.

    A day that was asked about before and never answered ends the streak.
    """
    entry = Entry(day=day, at=now, source=source, kind="prompted")
    last_asked = max((e.day for e in member.journal if e.kind == "prompted" and e.day <= day), default=None)
    broken = last_asked not in (None, day) and not has_answer(member, last_asked)
    is_answered = has_answer(member, day, since=now + timedelta.resolution)
    changes: dict[str, Any] = {
        "open_question": member.open_question if is_answered else OpenQuestion(asked=asked, day=day, at=now),
        "snoozed_until": member.snoozed_until if member.snoozed_until and member.snoozed_until > now else None,
        "unanswered": member.unanswered + (last_asked != day and not has_answer(member, day)),
        "silence": member.silence + (last_asked != day and not has_answer(member, day)),
        "streak": 0 if broken else member.streak,
    }
    return Turn(member=member.model_copy(update=changes), entries=(entry,))


def confirm(member: Member, now: datetime) -> Turn:
    """The opt-in by the mailed link: what a YES by text is. Opening it again changes nothing."""
    return _scheduled(member, Turn(member=membership.confirm(member, now)), now)


def changed(before: Member, after: Member, now: datetime) -> Turn:
    """What no message of theirs brought about: an invitation went out, a buddy cannot be reached."""
    return _scheduled(before, Turn(member=after), now)


def set_on_page(before: Member, after: Member, now: datetime) -> Turn:
    """What a form of the member's own page changes: like a text, and so UNDO takes it back."""
    return _scheduled(before, _undoable(before, Turn(member=after)), now)


def opt_out(member: Member, at: datetime, friends: tuple[Member, ...] = ()) -> Turn:
    """What a STOP by text is, from an unsubscribe link, a complaint, or Twilio's refusal to send (21610): one to all.

    `at` is when it happened, not when it was heard of: an opt-out older than the member's START changes nothing.
    `friends` are those whose buddy the member is, or was asked to be.
    """
    gone = membership.opt_out(member, at)
    others = _left(friends, member.phone, at) if gone.status is Status.STOPPED else ()
    return _scheduled(member, Turn(member=gone, others=others), at)


def erase(member: Member, at: datetime, friends: tuple[Member, ...]) -> Turn:
    """What DELETE by text is, once confirmed, from the member's own page. They are opted out first, so that nothing is
    sent while all of it goes, and are nobody's buddy any more.
    """
    turn = Turn(member=membership.opt_out(member, at), erase=True, others=_left(friends, member.phone, at))
    return _scheduled(member, turn, at)


def _undoable(before: Member, turn: Turn, counted: tuple[str, float] | None = None) -> Turn:
    """Add to the turn what takes it back. One that recorded and changed nothing leaves the last one undoable."""
    if before.status is not Status.ACTIVE or turn.member.status is not Status.ACTIVE:
        return turn
    ids = tuple(entry.id for entry in turn.entries)
    old, new = before.model_dump(mode="json"), turn.member.model_dump(mode="json")
    changed = {key: value for key, value in old.items() if value != new[key] and key not in _NOT_UNDONE}
    if not (ids or changed):
        return turn
    undo = Undo(
        entries=ids,
        before=changed,
        sent=bool(turn.requests),
        left_open=turn.member.open_question,
        counted=counted,
    )
    return turn.model_copy(update={"member": turn.member.model_copy(update={"undo": undo})})


def _scheduled(before: Member, turn: Turn, now: datetime) -> Turn:
    """Add when the next nudge is due, where the turn changed anything that decides it, whether it answers the sign-up,
    and whose number it links.

    A moment that has come, and that no tick has found yet, is not passed over: the next one is set with it. Only
    whoever is to be erased has none any more but that of the erasure.
    """
    after = turn.member
    if schedule.decides(before) == schedule.decides(after) and not turn.erase:
        return turn
    stays = before.due is not None and schedule.stays(before.due, now)
    due = schedule.erasure(after, now) if turn.erase else schedule.next_due(after, now)
    changes: dict[str, Any] = {} if stays and not turn.erase else {"rescheduled": True, "due": due}
    if before.status is Status.PENDING and after.status is not Status.PENDING:
        changes["claims"] = True
    old, new = (member.buddy.phone if member.buddy else None for member in (before, after))
    return turn.model_copy(update=changes if old == new else {**changes, "linked": new, "unlinked": old})


# What the service's own words ask for, beside the commands that understanding reads in any words.
REQUESTS: Answers = {
    "step": plan.begin_named,
    "next": plan.next_,
    "end_step": plan.end_,
    "audit": plan.audit_again,
    "rethink": plan.rethink,
    "signs": onboarding.ask_signs,
    "story": stories.tell,
    "end_goal": goals.end,
    "drop_goal": goals.drop,
    "revise_goal": goals.revise,
    "experiment": risks.begin_another,
    "change_savings": risks.ask_savings,
    "change_self_care": wellbeing.change_self_care,
    "log_off": wellbeing.change_log_off,
    "no_log_off": wellbeing.end_log_off,
    "show_buddy": buddies.show,
    "remove_buddy": buddies.remove,
    "contacts": network.listed,
    "add_contact": network.add,
    "drop_contact": network.drop,
    "wins_pack": records.send_wins_pack,
    "language": settings.set_language,
    "settings": settings.show,
    "how": settings.how,
    "no_pause": settings.no_pause,
    "page": records.page,
}
_ACTIVE: Answers = {
    **REQUESTS,
    "report": plan.reported,
    "skip": report.skip,
    "help": settings.help_,
    "stop": membership.stop,
    "start": membership.start_again,
    "delete": membership.ask_to_delete,
    "keep": membership.keep,
    "pause": settings.pause,
    "resume": settings.resume,
    "snooze": settings.snooze,
    "undo": records.undo,
    "stats": records.stats,
    "list_wins": records.list_wins,
    "list_goals": goals.listed,
    "new_goal": goals.new,
    "plan": plan.show,
    "summary": records.send_summary,
    "export": records.export,
    "buddy": buddies.invite,
    "thanks": report.thanks,
    "correct": report.correct,
    "set_time": settings.set_time,
    "set_days": settings.set_days,
    "set_timezone": settings.set_timezone,
    "set_name": settings.set_name,
    "set_email": settings.set_email,
    "*": report.unclear,
}
_PENDING: Answers = {
    "yes": membership.agree,
    "start": membership.agree,
    "no": membership.decline,
    "stop": membership.stop,
    "delete": membership.delete_sign_up,
    "help": settings.help_,
    "language": membership.remind_in,
    "*": membership.remind,
}
# A text from a phone that has not said YES, of a member who has by mail.
_UNPROVEN: Answers = {
    "yes": membership.prove,
    "start": membership.prove,
    "no": membership.not_proven,
    "stop": membership.stop,
    "help": settings.help_,
    "*": membership.ask_for_proof,
}
# After an opt-out nothing is said but to START and HELP: one confirmation was the last word (CTIA, TCPA).
_STOPPED: Answers = {
    "start": membership.restart,
    "stop": membership.stop,
    "help": membership.help_stopped,
    "*": report.thanks,
}
