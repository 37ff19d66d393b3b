"""Takes a text from a phone, by Twilio's webhook, and answers it in TwiML."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import replies, runtime
from shared.channels import twilio_webhook
from shared.content import texts
from shared.domain import conversation
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
    friends = replies.friends_of(party)
    if party.member_id is None:
        return _take_from_other(text, party, friends)
    member = store.member(party.member_id, runtime.recently())
    message = InboundMessage(text.sid, now)
    answer = replies.take(member, friends, text.meaning, message)
    replies.carry_out(answer, member, message)
    return answer


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
