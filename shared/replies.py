"""How a member's message is taken, whatever its channel: decided on, saved, and carried out.

Called by the functions that receive messages; each reads its channel's own form, and answers in it.
"""

from contextlib import suppress

from shared import runtime
from shared.domain import conversation, schedule
from shared.domain.models import Answer, Member
from shared.storage.store import InboundMessage, Party, UnknownMember


def friends_of(party: Party) -> tuple[Member, ...]:
    """Those whose buddy a number is; one who was erased in this moment is no longer."""
    found = []
    for friend in party.friends:
        with suppress(UnknownMember):
            found.append(runtime.store().member(friend, runtime.recently()))
    return tuple(found)


def take(member: Member, friends: tuple[Member, ...], text: str, message: InboundMessage) -> Answer:
    """What a member's message is answered, saved with all that it changes; taken again, it changes nothing.

    Raises:
        StaleMember: read the member again, and take it again.
    """
    runtime.logger.append_keys(member_id=member.id, message_sid=message.sid)
    now, brand = message.received_at, runtime.brand()
    turn = conversation.respond(member, text, now, source=message.sid, brand=brand, friends=friends)
    answer = runtime.store().save_turn(message, turn)
    runtime.logger.info("turn saved", entries=len(turn.entries), replies=len(answer.replies))
    return answer


def carry_out(answer: Answer, member: Member, message: InboundMessage) -> None:
    """Do what a message that was taken asks for: what is to be sent goes on its queue, what is to be erased is.

    Raises:
        StaleMember: something was kept on the member while it was erased; do it again.
    """
    for request in answer.requests:
        for nudge in schedule.asked_for(member, request.kind, message.sid, message.received_at, request.month):
            runtime.enqueue(nudge)
    if answer.erase:
        runtime.store().erase(member, message.sid, message.received_at)
