"""Decides what one message comes to, by who wrote it: a member, somebody's buddy, or a phone of which nobody knows yet
whose it is. Pure: called by every function that receives a message.

What a member's words come to is decided in `answering.py`, what follows from it for UNDO and the next nudge in
`turns.py`, and what changes about a member without a message in `events.py`.
"""

from zoneinfo import ZoneInfo

from shared.domain import answering, events, schedule
from shared.domain.answers import care, from_buddy
from shared.domain.answers.routes import UNPROVEN
from shared.domain.message import Message, Written, in_one_text, in_utc, is_after_crisis, still_open
from shared.domain.models import Channel, Heard, Member, OpenQuestion, Status, Turn
from shared.domain.steps import goal_changes
from shared.domain.turns import of_friends, scheduled, undoable
from shared.domain.understanding.answers.choices import agrees


def respond(member: Member, written: Written, friends: tuple[Member, ...] = ()) -> Turn:
    """Decide the member's next state, what to record and what to say.

    `friends` are those whose buddy the member is, or was asked to be.
    """
    message = _received(member, written)
    turn = _respond(member, message)
    if not friends or (written.by == "email" and member.phone_confirmed_at is None):  # they are the number's alone
        return turn
    if _opts_out(member, turn, written.text):
        return turn.model_copy(update={"others": events.left(friends, member.phone, written.at)})
    heard = _heard_as_buddy(message, turn, friends, written)
    if heard is None:
        return turn
    if not _tells_of_the_day(turn):
        turn = scheduled(member, Turn(member=message.member), written.at)
    replies = in_one_text(*heard.replies, *turn.replies)
    return turn.model_copy(update={"replies": replies, "others": of_friends(friends, heard.turns, written.at)})


def hear(friends: tuple[Member, ...], phone: str, written: Written, *, refuses: bool) -> Heard | None:
    """What a text comes to from a number that is no member's; None where it is for nobody.

    `friends` are those whose buddy the number is, or was asked to be; `refuses` tells that it wants no invitations.
    """
    heard = from_buddy.hear(friends, phone, written, refuses=refuses)
    return heard and heard.model_copy(update={"turns": of_friends(friends, heard.turns, written.at)})


def _opts_out(member: Member, turn: Turn, text: str) -> bool:
    """Whether the turn is a STOP, which is one to all: more than a no to being a member."""
    declines = member.status is Status.PENDING and agrees(text) is False
    return turn.member.status is Status.STOPPED and member.status is not Status.STOPPED and not declines


def _heard_as_buddy(message: Message, turn: Turn, friends: tuple[Member, ...], written: Written) -> Heard | None:
    """A member's YES or NO to an invitation while nothing else is open; all that is not heard from who opted out.

    A call for help is never one, whatever word stands before it, and a YES is no answer to a check-in.
    """
    status, phone, question = message.member.status, message.member.phone, message.open
    if status is Status.STOPPED:
        return None if turn.replies else from_buddy.hear(friends, phone, written)
    if status is not Status.ACTIVE or message.reply.safety:
        return None
    if message.member.phone_confirmed_at is None:  # asked by mail alone, which a text does not answer
        question = None
    meant_for_us = question and not (question.asked in schedule.CHECKINS and agrees(written.text))
    return None if meant_for_us else from_buddy.answer(friends, phone, written)


def _tells_of_the_day(turn: Turn) -> bool:
    """Whether a turn records more than a yes or a no may be taken for: "yes please!" reads like a good mood as well."""
    return any(
        (entry.mood and not entry.mood_estimated) or entry.wins or entry.engaged or entry.drained
        for entry in turn.entries
    )


def _received(member: Member, written: Written) -> Message:
    """The message as it is understood, from the member as anybody is who writes: no longer silent."""
    text, now = written.text, in_utc(written.at)
    local = now.astimezone(ZoneInfo(member.timezone))
    question: OpenQuestion | None
    if _is_anybodys(member, written.by):
        woken, question = member, OpenQuestion(asked="opt_in", day=local.date(), at=now)
    else:
        awake = not (member.hushed or member.silence)
        woken = member if awake else member.model_copy(update={"hushed": False, "silence": 0})
        question = still_open(member, local)
    reply, shaken = answering.read(member, text, local, question), is_after_crisis(member, local)
    return Message(woken, text, reply, now, local, written.source, written.brand, question, shaken, written.by)


def _is_anybodys(member: Member, by: Channel) -> bool:
    """Whether a text is from the number of a member who said YES by mail. Whose it is nobody knows, until it says YES
    as well.
    """
    return by == "sms" and member.status is Status.ACTIVE and member.phone_confirmed_at is None


def _respond(member: Member, message: Message) -> Turn:
    """What the message comes to; `member` is as they were before it."""
    return _respond_to_anybody(message) if _is_anybodys(member, message.by) else _respond_to_member(member, message)


def _respond_to_anybody(message: Message) -> Turn:
    """Nothing of it is kept and nothing of the member's told; STOP, HELP and a call for help are heard as from any
    number.
    """
    turn = answering.commanded(message, UNPROVEN)
    crisis = message.reply.safety == "crisis"
    return scheduled(message.member, care.crisis(message, turn) if crisis else turn, message.now)


def _respond_to_member(member: Member, message: Message) -> Turn:
    reply, turn = message.reply, answering.decide(message)
    if reply.safety:
        turn = turn.model_copy(update={"entries": tuple(e.model_copy(update={"private": True}) for e in turn.entries)})
    if member.hushed and not turn.member.hushed:
        turn = care.welcomed(message, turn)
    if reply.command is None or reply.command.name != "undo":
        turn = undoable(member, turn, goal_changes.counted(message))
    return scheduled(member, turn, message.now)
