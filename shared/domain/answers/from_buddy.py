"""What a buddy writes: yes or no to the invitation, a cheer, the end of it. Pure.

A number may be the buddy's of several members: its answer is for the one who invited last, a cheer or a STOP for all.
What calls for help is answered with whom to reach, and is passed on to nobody.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shared.content import texts
from shared.content.segments import fit
from shared.domain import crisis
from shared.domain.answers.buddies import name_of, told, without
from shared.domain.message import Message, Written, in_utc, turn_of
from shared.domain.models import Buddy, Entry, Heard, Member, Turn
from shared.domain.quiet import is_quiet
from shared.domain.summary import shortened
from shared.domain.understanding.answers.choices import agrees, says_not_me
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import understand

_MOST_CHEERS = 3  # a day, to one member
_LONGEST_CHEER = 160
_ENDS = ("stop", "delete")
_ENDED = {"agreed": "left", "invited": "declined"}  # what the member is told, by how it stood
_A_WHILE = timedelta(hours=12)  # after a yes, in which "ok, thanks" is for us and no cheer


class _Tie(NamedTuple):
    """A member whose buddy the sender is, or was asked to be, in the setting of what the sender wrote."""

    message: Message
    buddy: Buddy

    @property
    def is_asked(self) -> bool:
        """Whether the invitation is there to be answered."""
        invite_at = self.buddy.invite_at
        return self.buddy.status == "invited" and (invite_at is None or invite_at <= self.message.now)

    @property
    def has_agreed(self) -> bool:
        return self.buddy.status == "agreed"

    @property
    def name(self) -> str:
        return name_of(self.message.member)

    @property
    def cheers_today(self) -> int:
        message = self.message
        return sum(entry.kind == "cheered" and entry.day == message.today for entry in message.member.journal)

    def turn(self, member: Member, *entries: Entry) -> Turn:
        return replace(self.message, member=member).turn(entries=entries)

    def with_buddy(self, **changes: object) -> Member:
        return self.message.member.model_copy(update={"buddy": self.buddy.model_copy(update=changes)})


def hear(friends: tuple[Member, ...], phone: str, written: Written, *, refuses: bool = False) -> Heard | None:
    """What a text comes to from a number that is no member's; None where it is for nobody.

    `friends` are those whose buddy the number is, or was asked to be. One that `refuses` invitations may open itself to
    them again, by START.
    """
    ties = _ties(friends, phone, written)
    if not ties:
        return _from_stranger(phone, written, refuses)
    reply = ties[0].message.reply
    name = reply.command.name if reply.command else ""
    heard = _left(ties, friends, phone, written.at) if name in _ENDS else None
    if heard is None and not any(tie.is_asked or tie.has_agreed for tie in ties):
        return None
    if reply.safety:
        return (heard or Heard()).model_copy(update={"replies": (_whom_to_reach(phone, ties[0].message),)})
    return heard or _answered(ties) or _answer_to_the_rest(ties, name)


def _from_stranger(phone: str, written: Written, refuses: bool) -> Heard | None:
    """A STOP is kept: they may be a buddy who was removed, which they are not told."""
    reply = understand(written.text, Context(learned=False), written.at)
    name = reply.command.name if reply.command else ""
    if reply.safety == "crisis":
        return Heard(replies=(crisis.answer(phone, "en"),))
    if name == "stop" and not refuses:  # no "delete": of whoever was erased nothing is kept
        return Heard(replies=(texts.say("to_buddy.stopped", "en", brand=written.brand.name),), refuses=True)
    if not refuses or name not in ("start", "help"):
        return None
    key = "to_buddy.opened" if name == "start" else "to_buddy.help_refusing"
    said = texts.say(key, "en", brand=written.brand.name, contact=written.brand.contact)
    return Heard(replies=(said,), refuses=False if name == "start" else None)


def answer(friends: tuple[Member, ...], phone: str, written: Written) -> Heard | None:
    """A member's YES or NO to the invitation that they got as a friend of another; None where it is no such answer."""
    return None if agrees(written.text) is None else _answered(_ties(friends, phone, written), is_member=True)


def left(friends: tuple[Member, ...], phone: str, at: datetime) -> tuple[Turn, ...]:
    """The number wants no more texts from `at` on: it is nobody's buddy any more. A turn for each whose it was."""
    mine = _mine(friends, phone)
    return tuple(Turn(member=without(friend, _ENDED[buddy.status], in_utc(at))) for friend, buddy in mine)


def _left(ties: tuple[_Tie, ...], friends: tuple[Member, ...], phone: str, at: datetime) -> Heard:
    said = tuple(tie.message.say("to_buddy.stopped", brand=tie.message.brand.name) for tie in ties[:1])
    return Heard(turns=left(friends, phone, at), replies=said, refuses=True)


def _mine(friends: tuple[Member, ...], phone: str) -> list[tuple[Member, Buddy]]:
    """Those whose buddy the number is, or was asked to be, the latest first."""
    mine = [(friend, friend.buddy) for friend in friends if friend.buddy and friend.buddy.phone == phone]
    return sorted(mine, key=lambda pair: pair[1].since, reverse=True)


def _ties(friends: tuple[Member, ...], phone: str, written: Written) -> tuple[_Tie, ...]:
    """Who is concerned, the latest first. The text is read once, as an answer to an invitation where there is one."""
    mine = _mine(friends, phone)
    if not mine:
        return ()
    asked = any(buddy.status == "invited" for _, buddy in mine)
    local = [written.at.astimezone(ZoneInfo(friend.timezone)) for friend, _ in mine]
    reply = understand(written.text, Context("opt_in" if asked else "none", learned=False), local[0])
    return tuple(
        _Tie(Message(friend, written.text, reply, in_utc(written.at), at, written.source, written.brand), buddy)
        for (friend, buddy), at in zip(mine, local, strict=True)
    )


def _whom_to_reach(phone: str, message: Message) -> str:
    """The line of the sender's country, for themselves or for somebody whom they fear for."""
    language = message.member.language
    if message.reply.safety == "crisis":
        return crisis.answer(phone, language)
    line, emergency = crisis.line(phone, language), crisis.emergency(phone, language)
    return message.say("care.another", line=line, emergency=emergency)


def _answered(ties: tuple[_Tie, ...], *, is_member: bool = False) -> Heard | None:
    """The answer to the latest invitation: a buddy from now on, or not. A wrong number is a no.

    One who `is_member` themselves is promised less: nothing else that they write is passed on.
    """
    tie = next((tie for tie in ties if tie.is_asked), None)
    if tie is None:
        return None
    message = tie.message
    name = message.reply.command.name if message.reply.command else ""
    if name in ("yes", "start"):
        agreed = tie.with_buddy(status="agreed", since=message.now, invite_at=None)
        news = message.say("buddy.agreed_member" if is_member else "buddy.agreed")
        said = message.say("to_buddy.agreed_member" if is_member else "to_buddy.agreed", name=tie.name)
        return Heard(turns=(tie.turn(told(agreed, news, message.now)),), replies=(said,))
    if name == "no" or says_not_me(message.text):
        member = without(message.member, "declined", message.now)
        said = message.say("to_buddy.declined_member" if is_member else "to_buddy.declined")
        return Heard(turns=(tie.turn(member),), replies=(said,), refuses=True if len(ties) == 1 else None)
    return None


def _answer_to_the_rest(ties: tuple[_Tie, ...], name: str) -> Heard:
    """HELP, what cannot be read, a nod to what was just said to them, or else a cheer."""
    agreed = tuple(tie for tie in ties if tie.has_agreed)
    first = (agreed or tuple(tie for tie in ties if tie.is_asked))[0]
    if name == "help":
        return Heard(replies=(_help(first),))
    if not agreed or name == "unclear":
        return _reminded(first)
    today = any(tie.cheers_today or tie.buddy.since >= tie.message.now - _A_WHILE for tie in agreed)
    if name == "start" or (name == "thanks" and today):
        return Heard()
    return _cheered(tuple(tie for tie in agreed if tie.cheers_today < _MOST_CHEERS))


def _help(tie: _Tie) -> str:
    brand = tie.message.brand
    key = "to_buddy.help" if tie.has_agreed else "to_buddy.help_invited"
    return tie.message.say(key, brand=brand.name, contact=brand.contact, name=tie.name)


def _reminded(tie: _Tie) -> Heard:
    """How to answer, once a day, so that no two machines keep each other busy."""
    message = tie.message
    if tie.buddy.reminded_on == message.today:
        return Heard()
    key = "to_buddy.unclear" if tie.has_agreed else "to_buddy.reminder"
    said = message.say(key, brand=message.brand.name, name=tie.name)
    return Heard(turns=(tie.turn(tie.with_buddy(reminded_on=message.today)),), replies=(said,))


def _cheered(ties: tuple[_Tie, ...]) -> Heard:
    """A cheer, kept in each member's journal and passed on to them. After so many in a day nothing is said."""
    if not ties:
        return Heard()
    first = ties[0]
    is_last = max(tie.cheers_today for tie in ties) + 1 >= _MOST_CHEERS
    key = "passed_on_last" if is_last else "passed_on_later" if is_quiet(first.message.local.time()) else "passed_on"
    names = ", ".join(tie.name for tie in ties)
    said = fit(names, around=lambda names: first.message.say(f"to_buddy.{key}", name=names))
    return Heard(turns=tuple(_cheer(tie) for tie in ties), replies=(said,))


def _cheer(tie: _Tie) -> Turn:
    message = tie.message
    note = shortened(" ".join(normalise(message.text).split()), _LONGEST_CHEER)
    entry = Entry(day=message.today, at=message.now, source=message.source, kind="cheered", note=note)
    turn = turn_of(message.member, message.today, "buddy.cheered") + tie.cheers_today
    language = message.member.language
    said = fit(note, around=lambda note: texts.say("buddy.cheered", language, turn, note=note))
    return tie.turn(told(message.member, said, message.now), entry)
