"""Takes a text from a phone, by Twilio's webhook, and answers it in TwiML."""

from contextlib import suppress
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import runtime
from shared.channels import twilio_webhook
from shared.content import texts
from shared.domain import conversation, schedule
from shared.domain.models import Answer, Member
from shared.storage.store import InboundMessage, Party, UnknownMember, retry_stale


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    try:
        text = twilio_webhook.read_text(event, runtime.twilio_account(), runtime.base_url())
        answer = retry_stale(lambda: _take(text))
    except twilio_webhook.InvalidWebhook:
        runtime.logger.warning("webhook refused: not signed by Twilio for this account")
        return {"statusCode": 403, "body": "Forbidden"}
    except UnknownMember:
        return twilio_webhook.twiml(_hint(text))
    runtime.count("RepliesTaken")
    return twilio_webhook.twiml(() if text.opt_out_type else answer.replies)


def _take(text: twilio_webhook.InboundText) -> Answer:
    now, store = runtime.now(), runtime.store()
    party = store.party(text.sender)
    friends = _friends(party)
    if party.member_id is None:
        return _take_from_other(text, party, friends)
    member = store.member(party.member_id, runtime.recently())
    runtime.logger.append_keys(member_id=member.id, message_sid=text.sid)
    turn = conversation.respond(member, text.meaning, now, source=text.sid, brand=runtime.brand(), friends=friends)
    answer = store.save_turn(InboundMessage(text.sid, now), turn)
    for request in answer.requests:
        for nudge in schedule.of_request(member, request, text.sid, now):
            runtime.enqueue(nudge)
    if answer.erase:
        store.erase(member, text.sid, now)
    runtime.logger.info("turn saved", entries=len(turn.entries), replies=len(answer.replies))
    return answer


def _friends(party: Party) -> tuple[Member, ...]:
    """Those whose buddy the number is; one who was erased in this moment is no longer."""
    found = []
    for friend in party.friends:
        with suppress(UnknownMember):
            found.append(runtime.store().member(friend, runtime.recently()))
    return tuple(found)


def _take_from_other(text: twilio_webhook.InboundText, party: Party, friends: tuple[Member, ...]) -> Answer:
    """A text from a number that is no member's: a buddy's, or one that was until this very text came the first time.

    Raises:
        UnknownMember: neither.
    """
    now, store = runtime.now(), runtime.store()
    heard = conversation.hear(
        friends, text.sender, text.meaning, now, source=text.sid, brand=runtime.brand(), refuses=party.refuses
    )
    if heard is None:
        answered = store.answer_to(text.sender, text.sid)
        if answered is None and not party.refuses:
            raise UnknownMember
        return answered or Answer()
    members = [turn.member.id for turn in heard.turns]
    runtime.logger.info("buddy heard", message_sid=text.sid, members=members, replies=len(heard.replies))
    return store.save_heard(InboundMessage(text.sid, now), text.sender, heard)


def _hint(text: twilio_webhook.InboundText) -> tuple[str, ...]:
    """How to join, for a number that nobody signed up: once a day, and never as an answer to STOP."""
    if text.opt_out_type or not runtime.store().hint_unless_hinted(text.sender, runtime.now()):
        return ()
    return (texts.say("opt_in.join", "en", brand=runtime.settings().brand, url=runtime.base_url()),)
