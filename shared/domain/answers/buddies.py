"""The buddy from the member's side: a friend is invited, let go, and heard from. Their own texts are in `from_buddy`.

Nothing of the member's goes to a buddy but the one invitation and, once they agreed, wins and goals (`weekly_note`).
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.content import dates, texts
from shared.content.segments import fit
from shared.domain import schedule, weekly_note
from shared.domain.calling_codes import countries_of
from shared.domain.judging import Verdict
from shared.domain.message import Brand, Message, turn_of
from shared.domain.models import Buddy, Kind, Member, News, Nudge, Turn, Undo
from shared.domain.summary import plain, shortened

_LONGEST_NAME = 30
_MOST_NEWS = 5  # wait to be told
# Each is a text to somebody who did not ask for it: so many in a week, one member to another.
_MOST_INVITATIONS = 3
_WEEK = timedelta(days=7)


def invite(message: Message) -> Turn:
    """ "Add my friend +1 415 555 0123 as buddy": they get one text that asks whether they want to be."""
    refused = _refused(message, message.args["phone"])
    if refused:
        return message.answer(refused, countries=", ".join(message.brand.countries))
    at = schedule.soon(message.member, message.now)
    after = message.of(
        buddy=Buddy(phone=message.args["phone"], since=message.now, invite_at=at),
        invited_on=(*message.member.invited_on, message.today)[-_MOST_INVITATIONS:],
    )
    local = at.astimezone(message.local.tzinfo)
    if at - message.now > timedelta(minutes=1):
        when = dates.at(local.date(), local.time(), message.local.date(), message.member.language)
        return after.answer("buddy.invited_later", when=when)
    return after.answer("buddy.invited")


def _refused(message: Message, phone: str) -> str | None:
    """The text that says why this number cannot be invited; None where it can."""
    member = message.member
    if phone == member.phone:
        return "buddy.own_number"
    if member.buddy:
        return "buddy.has_one" if member.buddy.status == "agreed" else "buddy.has_invited"
    if countries_of(phone).isdisjoint(message.brand.countries):
        return "buddy.country"
    lately = [day for day in member.invited_on if day > message.today - _WEEK]
    return "buddy.enough" if len(lately) >= _MOST_INVITATIONS else None


def show(message: Message) -> Turn:
    """BUDDY: whether there is one, and how to get one."""
    buddy = message.member.buddy
    if buddy is None:
        return message.answer("buddy.none")
    since = message.date(buddy.since.astimezone(message.local.tzinfo).date())
    return message.answer(f"buddy.state_{buddy.status}", date=since)


def remove(message: Message) -> Turn:
    """REMOVE BUDDY. They are not told."""
    buddy = message.member.buddy
    if buddy is None:
        return message.answer("buddy.none")
    return message.of(buddy=None).answer("buddy.unsent" if buddy.invite_at else "buddy.removed")


def name_of(member: Member) -> str:
    """What a member is called before their buddy, in letters that cost no text its room."""
    return shortened(plain(member.name), _LONGEST_NAME) or texts.say("buddy.friend", member.language)


def told(member: Member, said: str, now: datetime) -> Member:
    """The member who is to be told so of their buddy, at once or in the morning."""
    news = News(due=schedule.soon(member, now), said=said)
    return member.model_copy(update={"news": (*member.news, news)[-_MOST_NEWS:]})


def without(member: Member, key: str, now: datetime) -> Member:
    """The member whose buddy has left, or cannot be reached, and who is to be told so."""
    said = _say(f"buddy.{key}", member, schedule.day_of(now.astimezone(ZoneInfo(member.timezone))))
    return told(member.model_copy(update={"buddy": None}), said, now)


def _say(key: str, member: Member, day: date, **values: object) -> str:
    return texts.say(key, member.language, turn_of(member, day, key), **values)


# Nudges


def text_of(nudge: Nudge, member: Member, brand: Brand, *, to_member: bool) -> str:
    """The invitation, the weekly note, or what the member is told of their buddy.

    `to_member` is whether the buddy is a member too.
    """
    if nudge.kind is Kind.BUDDY_CHEER:
        return fit(" ".join(news.said for news in member.news if news.due <= nudge.due_at))
    name = name_of(member)
    if nudge.kind is Kind.BUDDY_INVITATION:
        key = "to_buddy.invitation_member" if to_member else "to_buddy.invitation"
        return _say(key, member, nudge.day, name=name, brand=brand.name)
    week, turn = weekly_note.build(member, nudge.due_at), turn_of(member, nudge.day, "buddy_note")
    return weekly_note.note(week, name, member.language, turn, to_member=to_member)


def dealt_with(nudge: Nudge, member: Member, verdict: Verdict, now: datetime) -> Member:
    """The member after such a nudge: what went out is not due again, what was held back is tried each morning."""
    if verdict is Verdict.SEND:
        return _went_out(nudge, member)
    if verdict in (Verdict.PAUSED, Verdict.MISSED, Verdict.UNREACHABLE):
        return _postponed(nudge, member, schedule.next_morning(member, now))
    return member


def _went_out(nudge: Nudge, member: Member) -> Member:
    """Of an invitation that went out, UNDO has to say that it cannot be called back."""
    if nudge.kind is Kind.BUDDY_CHEER:
        return member.model_copy(update={"news": tuple(news for news in member.news if news.due > nudge.due_at)})
    if not _is_invitation(nudge, member.buddy):
        return member
    undo = member.undo
    if undo and "buddy" in undo.before:
        undo = undo.model_copy(update={"sent": True})
    return _inviting(member, None).model_copy(update={"undo": undo})


def _postponed(nudge: Nudge, member: Member, to: datetime) -> Member:
    if nudge.kind is Kind.BUDDY_CHEER:
        news = (each.model_copy(update={"due": max(to, each.due)}) for each in member.news)
        return member.model_copy(update={"news": tuple(news)})
    return _inviting(member, to) if _is_invitation(nudge, member.buddy) else member


def _is_invitation(nudge: Nudge, buddy: Buddy | None) -> bool:
    """Whether a nudge is this buddy's invitation, and not that of one before them."""
    due = buddy.invite_at if buddy and nudge.kind is Kind.BUDDY_INVITATION else None
    return due is not None and due <= nudge.due_at


def _inviting(member: Member, at: datetime | None) -> Member:
    buddy = member.buddy.model_copy(update={"invite_at": at}) if member.buddy else None
    return member.model_copy(update={"buddy": buddy})


def refused(nudge: Nudge, member: Member, now: datetime) -> Member:
    """The member whose buddy's number takes no texts: that ends it, and the member is told; an answer ends nothing."""
    if nudge.kind is Kind.BUDDY_ANSWER:
        return member
    gone = member.buddy is None or (nudge.kind is Kind.BUDDY_INVITATION and not _is_invitation(nudge, member.buddy))
    return member if gone else without(member, "unreachable", now)


def is_of_consent(undo: Undo) -> bool:
    """Whether it would bring back a buddy's yes. A no or a STOP of theirs since the removal was no word to the member
    any more, and so not heard here: they may be asked anew.
    """
    buddy = undo.before.get("buddy")
    return buddy is not None and buddy["status"] == "agreed"


def due_again(member: Member, now: datetime) -> Member:
    """The member whose REMOVE BUDDY was taken back: an invitation whose moment has passed meanwhile goes out yet."""
    missed = member.buddy and member.buddy.invite_at and member.buddy.invite_at <= now
    return _inviting(member, schedule.soon(member, now)) if missed else member
