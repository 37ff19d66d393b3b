"""What happens when a member sends a text: Twilio's own words first, then the service's answers."""

from contextlib import suppress

from cli.phone.numbers import country
from cli.phone.settings import PhoneSettings
from cli.phone.store import Author, Direction, Store, Text, new_sid, now
from cli.phone.webhooks import WebhookFailed, ask_service
from shared.content.segments import count_segments

LONGEST = 1600
"""Characters that Twilio carries in one message, either way; it fails a longer one."""

_STOP = frozenset(("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"))
_START = frozenset(("START", "UNSTOP"))
_HELP = frozenset(("HELP", "INFO"))

_TWILIO_SAYS = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


class SidTaken(Exception):
    """This sid belongs to another text; a sid names one text for good."""


def opt_out_type(body: str, opted_out: bool) -> str | None:
    """Twilio's reading of a text that is nothing but one of its own words, else None."""
    word = body.strip().upper()
    if word in _STOP:
        return "STOP"
    if word in _START or (word == "YES" and opted_out):
        return "START"
    return "HELP" if word in _HELP else None


async def send_to_service(settings: PhoneSettings, store: Store, number: str, body: str, sid: str) -> list[str]:
    """Sends a member's text as Twilio would, and returns the service's own answers.

    With a sid that was sent before, the webhook is delivered again, as a retry of Twilio's, and
    nothing that the phone already shows is shown twice.

    Raises:
        SidTaken: the sid belongs to another number's text, or to one with another body.
        WebhookFailed: the service did not take it, by webhook or fallback. The same sid may be sent again.
    """
    said = opt_out_type(body, store.is_opted_out(number))
    text = _text(settings, number, body, "inbound", "member", "receiving", sid, said)
    if store.add_text(text):
        if said:
            _heed(settings, store, number, said)
    else:
        known = store.text(sid)
        if known is None or (known.number, known.body, known.direction) != (number, body, "inbound"):
            raise SidTaken
        text = known

    try:
        replies = await _deliver(settings, _fields(settings, text))
    except WebhookFailed:
        if text.status != "received":
            store.set_status(sid, "failed")
        raise
    store.set_status(sid, "received")
    # To a number that said STOP Twilio delivers nothing, whatever the service answers.
    if store.answer_once(sid) and not store.is_opted_out(number):
        for reply in replies:
            status = "delivered" if len(reply) <= LONGEST else "failed"
            store.add_text(_text(settings, number, reply, "outbound-reply", "service", status))
    return replies


async def _deliver(settings: PhoneSettings, fields: dict[str, str]) -> list[str]:
    """Posts to the webhook, or where that fails to the fallback, which is told why; what is answered.

    Raises:
        WebhookFailed: the webhook; the fallback failed too.
    """
    webhook, fallback = f"{settings.api}/twilio/sms", f"{settings.api}/twilio/fallback"
    try:
        return await ask_service(webhook, fields, settings.auth_token)
    except WebhookFailed as failure:
        told = fields | {"ErrorCode": str(failure.code), "ErrorUrl": webhook}
        with suppress(WebhookFailed):
            return await ask_service(fallback, told, settings.auth_token)
        raise


def _heed(settings: PhoneSettings, store: Store, number: str, said: str) -> None:
    if said != "HELP":
        store.set_opted_out(number, said == "STOP")
    store.add_text(_text(settings, number, _TWILIO_SAYS[said], "outbound-reply", "twilio", "delivered"))


def _text(
    settings: PhoneSettings,
    number: str,
    body: str,
    direction: Direction,
    author: Author,
    status: str,
    sid: str | None = None,
    said: str | None = None,
) -> Text:
    moment = now()
    ends = (number, settings.service_number)
    sender, recipient = ends if direction == "inbound" else ends[::-1]
    return Text(
        sid=sid or new_sid(),
        number=number,
        sender=sender,
        recipient=recipient,
        direction=direction,
        author=author,
        body=body,
        status=status,
        created=moment,
        updated=moment,
        sent=moment,
        opt_out_type=said,
    )


def _fields(settings: PhoneSettings, text: Text) -> dict[str, str]:
    fields = {
        "ToCountry": country(text.recipient),
        "ToState": "",
        "ToCity": "",
        "ToZip": "",
        "SmsMessageSid": text.sid,
        "NumMedia": "0",
        "FromCountry": country(text.sender),
        "FromState": "",
        "FromCity": "",
        "FromZip": "",
        "SmsSid": text.sid,
        "SmsStatus": "received",
        "Body": text.body,
        "To": text.recipient,
        "NumSegments": str(count_segments(text.body).count),
        "MessageSid": text.sid,
        "AccountSid": settings.account_sid,
        "From": text.sender,
        "ApiVersion": "2010-04-01",
    }
    return fields | ({"OptOutType": text.opt_out_type} if text.opt_out_type else {})
