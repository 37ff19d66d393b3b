"""The service's pages: sign-up, confirmation, unsubscribing, privacy. Sign-up answers the same whoever's the number.

A page is in the language of its form, of the link that led there, or of the member; the browser's is a first guess.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import runtime
from shared.channels import web
from shared.channels.links import InvalidLink, Purpose
from shared.content import texts
from shared.content.texts import Language
from shared.domain import events, form_fields, registration, schedule, signup
from shared.domain.message import next_checkin
from shared.domain.models import Member, Status, Turn
from shared.storage.members import UnknownMember
from shared.storage.signups import TooManySignups
from shared.storage.table import StaleMember, retry_stale

app = APIGatewayHttpResolver()


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return app.resolve(event, context)


@app.get("/")
def front_page() -> Response[str]:
    return _form_page(_language(), {}, {})


@app.post("/signup")
def sign_up() -> Response[str]:
    form = _form()
    language = signup.language_of(form, *_guesses())
    channel = "sms"
    try:
        wanted = signup.read({**form, "language": language}, runtime.countries())
        runtime.store().count_signup(runtime.now(), runtime.settings().signups_per_hour)
        _register(wanted)
        channel = "sms" if "sms" in wanted.channels else "email"
    except signup.InvalidSignup as invalid:
        return _json(422, errors=invalid.errors) if _is_json() else _form_page(language, form, invalid.errors, 422)
    except TooManySignups:
        notice = texts.say_on_page("signup.too_many", language)
        return _json(429, errors={"form": notice}) if _is_json() else _form_page(language, form, {}, 429, notice)
    except signup.LooksAutomated:
        runtime.logger.info("sign-up looks automated")
    if _is_json():
        return _json(200, status=texts.say_on_page("signup.done", language))
    return _page(200, "signed_up", language, number=runtime.settings().twilio_number, channel=channel)


@app.get("/confirm")
def confirm() -> Response[str]:
    try:
        member = _by_link("confirm", _confirmed)
    except InvalidLink:
        return _page(410, "link_expired", _language())
    if member.status is Status.STOPPED:
        return _page(200, "unsubscribed", member.language, number=runtime.settings().twilio_number)
    joined = member.email_confirmed_at == member.confirmed_at  # else it is an address that a member gave later
    when = next_checkin(member, runtime.now())
    return _page(200, "confirmed", member.language, joined=joined, next_checkin=when)


@app.get("/unsubscribe")
def ask_to_unsubscribe() -> Response[str]:
    """Only a page: mail scanners open links. The button, or the mail program by RFC 8058, posts."""
    language = _language()
    action = f"unsubscribe?lang={language}&token={quote(_token(), safe='')}"
    return _page(200, "unsubscribe", language, action=action)


@app.post("/unsubscribe")
def unsubscribe() -> Response[str]:
    try:
        member = _by_link("unsubscribe", _opted_out)
    except InvalidLink:
        return _page(410, "link_expired", _language())
    return _page(200, "unsubscribed", member.language, number=runtime.settings().twilio_number)


@app.get("/privacy")
def privacy() -> Response[str]:
    settings = runtime.settings()
    return _page(200, "privacy", _language(), contact=settings.contact, postal_address=settings.postal_address)


def _register(wanted: signup.Signup) -> None:
    now, store = runtime.now(), runtime.store()
    try:
        known = store.member_by_phone(wanted.phone, runtime.recently())
    except UnknownMember:
        known = None
    member = registration.register(known, wanted, now, new_id=runtime.new_id())
    try:
        if member:
            store.sign_up(member)
    except StaleMember:  # the same number signed up in the same moment: that one is asked to confirm
        return
    if person := member or known:
        runtime.enqueue(schedule.confirmation(person, now))
        runtime.logger.info("signed up", member_id=person.id, known=known is not None)


def _confirmed(member: Member, at: datetime) -> Turn:
    """
    Raises:
        InvalidLink: it was mailed to another address than the member has given since.
    """
    runtime.links().read("confirm", _token(), at, address=member.email or "")
    return events.confirm(member, at)


def _opted_out(member: Member, at: datetime) -> Turn:
    return events.opt_out(member, at, runtime.store().friends(member, runtime.recently()))


def _by_link(purpose: Purpose, decide: Callable[[Member, datetime], Turn]) -> Member:
    """Carry out what the link in the request stands for, and return the member after it."""
    now, store = runtime.now(), runtime.store()
    member_id = runtime.links().read(purpose, _token(), now)

    def act() -> Member:
        member = store.member(member_id, runtime.recently())
        turn = decide(member, now)
        if turn.member != member:
            store.apply(turn)
        return turn.member

    try:
        return retry_stale(act)
    except UnknownMember as error:
        raise InvalidLink from error


def _token() -> str:
    return app.current_event.query_string_parameters.get("token", "")


def _language() -> Language:
    return texts.preferred(*_guesses())


def _guesses() -> tuple[str, str]:
    """What the page's address says, and then what the browser would like."""
    request = app.current_event
    return request.query_string_parameters.get("lang", ""), request.headers.get("accept-language", "")


def _is_json() -> bool:
    return app.current_event.headers.get("content-type", "").startswith("application/json")


def _form() -> dict[str, Any]:
    """What was posted, as a form or as JSON; what cannot be read is as good as nothing typed."""
    try:
        body = app.current_event.decoded_body or ""
        if _is_json():
            posted = json.loads(body)
            return posted if isinstance(posted, dict) else {}
    except (ValueError, RecursionError):
        return {}
    return web.read_form(body)


def _form_page(
    language: Language, form: dict[str, Any], errors: dict[str, str], status: int = 200, notice: str | None = None
) -> Response[str]:
    settings = runtime.settings()
    return _page(
        status,
        "signup",
        language,
        form=form_fields.to_show_again(form),
        errors=errors,
        notice=notice,
        number=settings.twilio_number,
        countries=signup.country_names(runtime.countries(), language),
        timezones=form_fields.offered_timezones(),
        hours=form_fields.OFFERED_HOURS,
        postal_address=settings.postal_address,
    )


def _page(status: int, name: str, language: Language, **values: object) -> Response[str]:
    listed = name in ("signup", "privacy")
    return web.page(status, name, language, listed=listed, brand=runtime.settings().brand, **values)


def _json(status_code: int, **values: object) -> Response[str]:
    return Response(status_code=status_code, content_type="application/json", body=json.dumps(values))
