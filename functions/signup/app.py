"""The service's pages: sign-up, confirmation, unsubscribing, privacy. The same answer whoever's number it is."""

import json
import secrets
from datetime import time
from functools import cache
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import available_timezones

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import runtime
from shared.channels.links import InvalidLink, Purpose
from shared.content import pages, texts
from shared.domain import conversation, registration, schedule, signup
from shared.domain.models import Member, Turn
from shared.storage.store import StaleMember, TooManySignups, UnknownMember, retry_stale

app = APIGatewayHttpResolver()
_HOURS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return app.resolve(event, context)


@app.get("/")
def front_page() -> Response[str]:
    return _form_page({}, {})


@app.post("/signup")
def sign_up() -> Response[str]:
    form = _form()
    try:
        wanted = signup.read(form, _countries())
        runtime.store().count_signup(runtime.now(), runtime.settings().signups_per_hour)
        _register(wanted)
    except signup.InvalidSignup as invalid:
        return _answer(422, {"errors": invalid.errors}, _form_page(form, invalid.errors, 422))
    except TooManySignups:
        notice = texts.say("page.too_many")
        return _answer(429, {"errors": {"form": notice}}, _form_page(form, {}, 429, notice))
    except signup.LooksAutomated:
        runtime.logger.info("sign-up looks automated")
    channel = "email" if form.get("channel") == "email" else "sms"
    page = _page(200, "signed_up", number=runtime.settings().twilio_number, channel=channel)
    return _answer(200, {"status": texts.say("page.signed_up")}, page)


@app.get("/confirm")
def confirm() -> Response[str]:
    try:
        member = _by_link("confirm", conversation.confirm)
    except InvalidLink:
        return _page(410, "link_expired")
    return _page(200, "confirmed", next_checkin=conversation.next_checkin(member, runtime.now()))


@app.get("/unsubscribe")
def ask_to_unsubscribe() -> Response[str]:
    """Only a page: mail scanners open links. The button, or the mail program by RFC 8058, posts."""
    return _page(200, "unsubscribe", action=f"unsubscribe?token={app.current_event.query_string_parameters.get('token', '')}")


@app.post("/unsubscribe")
def unsubscribe() -> Response[str]:
    try:
        _by_link("unsubscribe", conversation.opt_out)
    except InvalidLink:
        return _page(410, "link_expired")
    return _page(200, "unsubscribed", number=runtime.settings().twilio_number)


@app.get("/privacy")
def privacy() -> Response[str]:
    settings = runtime.settings()
    return _page(200, "privacy", contact=settings.contact, postal_address=settings.postal_address)


def _register(wanted: signup.Signup) -> None:
    now, store = runtime.now(), runtime.store()
    try:
        known = store.member_by_phone(wanted.phone, runtime.recently())
    except UnknownMember:
        known = None
    member = registration.register(known, wanted, now, new_id=secrets.token_hex(8))
    try:
        if member:
            store.sign_up(member)
    except StaleMember:  # the same number signed up in the same moment: that one is asked to confirm
        return
    if person := member or known:
        runtime.enqueue(schedule.confirmation(person, now))
        runtime.logger.info("signed up", member_id=person.id, known=known is not None)


def _by_link(purpose: Purpose, decide: Any) -> Member:
    """Carry out what the link in the request stands for, and return the member after it."""
    token = app.current_event.query_string_parameters.get("token", "")
    now, store = runtime.now(), runtime.store()
    member_id = runtime.links().read(purpose, token, now)

    def act() -> Member:
        member = store.member(member_id, runtime.recently())
        turn: Turn = decide(member, now)
        if turn.member != member:
            store.apply(turn)
        return turn.member

    try:
        return retry_stale(act)
    except UnknownMember as error:
        raise InvalidLink from error
