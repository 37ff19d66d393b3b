"""How every message is taken, however it came: who sent it is read, the turn decided, saved and carried out.

Called by `receive_sms`, `take_fallback` and `receive_email`.
"""

from datetime import date, datetime
from typing import NamedTuple

from shared import runtime
from shared.domain import conversation, late, schedule
from shared.domain.message import Written
from shared.domain.models import Answer, Member, Nudge, Status
from shared.storage.members import UnknownMember
from shared.storage.store import InboundMessage, Party
from shared.storage.table import retry_stale


class Taken(NamedTuple):
    """`answer` is what was saved with the message; `later` sends it where it cannot be given in return.

    There is none for whoever is neither a member nor anybody's buddy any more.
    """

    answer: Answer
    later: Nudge | None


def take(number: str, words: str, sid: str, written_at: datetime) -> Taken:
    """Take a text from a number, once: the same `sid` again changes nothing, and is answered the same.

    It counts for when it was written, however late it is taken.

    Raises:
        UnknownMember: the number is nobody's.
        StaleMember: somebody else was quicker, time and again.
    """
    return retry_stale(lambda: _take(number, words, InboundMessage(sid, written_at)))


def _take(number: str, words: str, message: InboundMessage) -> Taken:
    store = runtime.store()
    party = store.party(number)
    friends = tuple(store.known(party.friends, runtime.recently()))
    if party.member_id is None:
        return _take_from_other(number, words, message, party, friends)
    member = store.member(party.member_id, runtime.recently()).reached("sms")
    answer = _unless_left(take_from(member, words, message, friends), member, message)
    carry_out(answer, member, message)
    return Taken(answer, schedule.answer(member, message.sid, message.received_at, "sms"))


def _unless_left(answer: Answer, member: Member, message: InboundMessage) -> Answer:
    """An answer to a message that comes again, without its words where the member has opted out since it first came."""
    if answer.at is None or answer.at == message.received_at:
        return answer
    known = next(runtime.store().known((member.id,), date.max), member)
    since = known.opted_out_at if known.status is Status.STOPPED else None
    return answer.model_copy(update={"replies": ()}) if since and since > answer.at else answer


def take_from(member: Member, words: str, message: InboundMessage, friends: tuple[Member, ...]) -> Answer:
    """What a member is answered, saved with all that their message changes; `friends` are those whose buddy they are.

    Raises:
        StaleMember: read the member again, and take it again.
    """
    runtime.logger.append_keys(member_id=member.id, message_sid=message.sid)
    written = Written(words, message.received_at, message.sid, runtime.brand(), message.channel)
    turn = late.respond(member, written, friends)
    answer = runtime.store().save_turn(message, turn)
    runtime.logger.info("turn saved", entries=len(turn.entries), replies=len(answer.replies))
    return answer


def carry_out(answer: Answer, member: Member, message: InboundMessage) -> None:
    """Do what a member's message asked for: what is to be sent goes on its queue, what is to be erased is.

    Raises:
        StaleMember: something was kept on the member while it was erased; take the message again.
    """
    for request in answer.requests:
        for nudge in schedule.of_request(member, request, message.sid, message.received_at, message.channel):
            runtime.enqueue(nudge)
    if answer.erase:
        runtime.store().erase(member, message.sid, runtime.now())


def _take_from_other(
    number: str, words: str, message: InboundMessage, party: Party, friends: tuple[Member, ...]
) -> Taken:
    """A text from a number that is no member's: a buddy's, or one that was until this very text came the first time.

    Raises:
        UnknownMember: neither.
    """
    store, sid, at = runtime.store(), message.sid, message.received_at
    written = Written(words, at, sid, runtime.brand())
    heard = conversation.hear(friends, number, written, refuses=party.refuses)
    if heard is None:
        answered = store.answer_to(number, sid)
        if answered is None and not party.refuses:
            raise UnknownMember
        return Taken(answered or Answer(), schedule.answer_to_buddy(number, friends, sid, at))
    after = {friend.id: friend for friend in friends} | {turn.member.id: turn.member for turn in heard.turns}
    runtime.logger.info("buddy heard", message_sid=sid, members=list(after), replies=len(heard.replies))
    answer = store.save_heard(message, number, heard, friends)
    return Taken(answer, schedule.answer_to_buddy(number, tuple(after.values()), sid, at))
