"""A member's own page: their journal, wins, goals and settings; export, import and erasure.

The key to it is the token in its address, signed and expiring: no cookie is set, and a form that another site posts
lacks it. Opening a page changes nothing, since scanners follow links.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import importing, runtime
from shared.channels import web
from shared.channels.links import InvalidLink
from shared.content import pages, texts
from shared.domain import daylio, events, evidence, export, form_fields, page_settings, progress_page, schedule
from shared.domain.message import Message, next_checkin, without_words
from shared.domain.models import Member, Status, Turn
from shared.domain.understanding.times.periods import last_year_of, read_period
from shared.storage.members import UnknownMember
from shared.storage.table import retry_stale

app = APIGatewayHttpResolver()
_VIEWS = ("days", "wins", "goals", "settings", "data")


@runtime.logger.inject_lambda_context(clear_state=True)
@runtime.metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return app.resolve(event, context)


def expired(_: Exception) -> Response[str]:
    language = texts.preferred(_asked().get("lang", ""), app.current_event.headers.get("accept-language", ""))
    settings = runtime.settings()
    return web.page(410, "me/expired", language, brand=settings.brand, number=settings.twilio_number)


app.exception_handler([InvalidLink, UnknownMember])(expired)


@app.get("/me")
def show_days() -> Response[str]:
    member, asked, error = _member(date.min), _asked(), False
    today = _message(member).today
    try:
        period = progress_page.period(asked, member.journal, today)
    except progress_page.InvalidPeriod:
        period, error = progress_page.period({}, member.journal, today), True
    days = progress_page.days(member.journal, period)
    return _page(
        member,
        "days",
        status=422 if error else 200,
        months=progress_page.months(days),
        wins=sum(len(day.wins) for day in days),
        period=period,
        chart=progress_page.chart(days, period),
        asked=asked,
        error=error,
        today=today,
        next_checkin=None if schedule.is_paused(member, runtime.now()) else next_checkin(member, runtime.now()),
    )


@app.get("/me/wins")
def show_wins() -> Response[str]:
    member, wanted = _member(date.min), _asked().get("q", "")[:100]
    found, every = progress_page.wins(member.journal, wanted), progress_page.wins(member.journal)
    return _page(member, "wins", wins=found, every=len(every), wanted=wanted.strip())


@app.get("/me/pack")
def show_pack() -> Response[str]:
    member = _member(date.min)
    return web.page(200, "evidence", member.language, **_pack(member))


@app.get("/me/pack.md")
def pack_in_markdown() -> Response[str]:
    member = _member(date.min)
    written = pages.render("pages/evidence.md", member.language, **_pack(member))
    return _download("text/markdown; charset=utf-8", "md", written)


def _pack(member: Member) -> dict[str, Any]:
    """The wins of the time asked for, `of` in words; of the last twelve months where none can be read."""
    today = _message(member).today
    since, until = read_period(_asked().get("of", ""), today) or last_year_of(today)
    pack = evidence.build(member, since, until)
    return {"pack": pack, "period": evidence.period(pack, member.language)}


@app.get("/me/goals")
def show_goals() -> Response[str]:
    member = _member(runtime.recently())
    message = _message(member)
    goals, ended = progress_page.goals_under_way(message), progress_page.goals_ended(message)
    return _page(member, "goals", goals=goals, ended=ended, steps=progress_page.steps(message))


@app.get("/me/settings")
def show_settings() -> Response[str]:
    return _settings_page(_member(runtime.recently()))


@app.post("/me/settings")
def set_settings() -> Response[str]:
    now, store, member_id = runtime.now(), runtime.store(), _member_id()
    form = web.read_form(web.posted(app.current_event).decode("utf-8", "replace"))
    part = form.get("part")
    if part not in page_settings.PARTS:
        return _settings_page(_member(runtime.recently()), status=422)

    def act() -> Turn:
        before = store.member(member_id, runtime.recently())
        turn = events.set_on_page(before, page_settings.changed(before, part, form, now), now)
        if turn.member != before:
            store.apply(turn)
            runtime.logger.info("settings changed on the page", member_id=member_id, part=part)
        return turn

    try:
        turn = retry_stale(act)
    except page_settings.InvalidSettings as invalid:
        return _settings_page(_member(runtime.recently()), part, form, invalid.errors, 422)
    for request in turn.requests:
        for nudge in schedule.of_request(turn.member, request, f"page-{now:%Y%m%dT%H%M%S}", now):
            runtime.enqueue(nudge)
    return _see("settings", saved=part)


@app.get("/me/data")
def show_data() -> Response[str]:
    return _data_page(_member(runtime.recently()))


@app.get("/me/export.json")
def export_json() -> Response[str]:
    held = runtime.store().held(_member_id())
    return _download("application/json", "json", export.as_json(held, runtime.now()))


@app.get("/me/export.csv")
def export_csv() -> Response[str]:
    held = runtime.store().held(_member_id())
    # With the mark by which spreadsheets tell UTF-8.
    return _download("text/csv; charset=utf-8", "csv", f"\ufeff{export.as_csv(held.member)}")


@app.post("/me/import")
def import_file() -> Response[str]:
    # Whose page it is comes first: nothing that a stranger sends is read.
    now, store, member_id, form = runtime.now(), runtime.store(), _member_id(), _uploaded()
    names = [_typed(form, f"mood_{level}") for level in range(1, 6)] if "mood_1" in form else daylio.USUAL_MOODS
    try:
        done = importing.import_daylio(store, member_id, form.get("file"), names, now)
    except daylio.InvalidFile as invalid:
        runtime.logger.info("import refused", member_id=member_id, line=invalid.line, reason=invalid.key)
        return _data_page(_member(runtime.recently()), names, invalid)
    runtime.logger.info("imported", member_id=member_id, entries=len(done.entries))
    counts = {"added": len(done.entries), "days": done.days, "known": done.known, "answered": done.answered}
    return _see("data", **counts, today=done.today)


@app.get("/me/delete")
def ask_to_delete() -> Response[str]:
    return _page(_member(runtime.recently()), "delete")


@app.post("/me/delete")
def delete() -> Response[str]:
    now, store, member_id = runtime.now(), runtime.store(), _member_id()

    def act() -> Member:
        member = store.member(member_id, runtime.recently())
        turn = events.erase(member, now, store.friends(member, runtime.recently()))
        store.apply(turn)
        store.erase(turn.member, None, now)
        return turn.member

    gone = retry_stale(act)
    runtime.logger.info("erased on the page", member_id=member_id)
    return web.page(200, "me/deleted", gone.language, brand=runtime.settings().brand, url=runtime.base_url())


def _asked() -> dict[str, str]:
    return dict(app.current_event.query_string_parameters)


def _member_id() -> str:
    """Whose page it is.

    Raises:
        InvalidLink
    """
    return runtime.links().read("me", _asked().get("token", ""), runtime.now())


def _member(since: date) -> Member:
    """The member whose page it is, with their journal from `since` on.

    Raises:
        InvalidLink
        UnknownMember: all that was held on them is erased.
    """
    member = runtime.store().member(_member_id(), since)
    runtime.logger.append_keys(member_id=member.id)
    return member


def _message(member: Member) -> Message:
    """The setting for what the page tells in the words of the conversation."""
    return without_words(member, runtime.now(), "page")


def _root() -> str:
    """The path of the page; the service may live below one."""
    return f"{urlsplit(runtime.base_url()).path}/me"


def _address(view: str, **query: object) -> str:
    kept = {name: told for name, told in _asked().items() if name in ("lang", "token")} | query
    return f"{_root()}{'' if view == 'days' else f'/{view}'}?{urlencode(kept)}"


def _page(member: Member, view: str, status: int = 200, **values: Any) -> Response[str]:
    settings = runtime.settings()
    return web.page(
        status,
        f"me/{view}",
        member.language,
        brand=settings.brand,
        number=settings.twilio_number,
        member=member,
        stopped=member.status is Status.STOPPED,
        view=view,
        views=_VIEWS,
        address=_address,
        token=_asked().get("token", ""),
        **values,
    )


def _settings_page(
    member: Member,
    part: str = "",
    form: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response[str]:
    """The forms, each as the member has it, but for one that was posted and has errors."""
    return _page(
        member,
        "settings",
        status,
        part=part,
        form=form_fields.to_show_again(form or {}),
        errors=errors or {},
        saved=_asked().get("saved", ""),
        paused=schedule.is_paused(member, runtime.now()),
        next_checkin=next_checkin(member, runtime.now()),
        hours=form_fields.OFFERED_HOURS,
        timezones=form_fields.offered_timezones(),
    )


def _data_page(
    member: Member, names: tuple[str, ...] | list[str] = daylio.USUAL_MOODS, invalid: daylio.InvalidFile | None = None
) -> Response[str]:
    counts = {name: int(told) for name, told in _asked().items() if told.isdecimal() and len(told) < 6}
    error = invalid.said(member.language) if invalid else ""
    return _page(member, "data", 422 if error else 200, moods=names, error=error, counts=counts)


def _see(view: str, **query: object) -> Response[str]:
    """Go on to a view, so that reloading it posts nothing again."""
    return Response(status_code=303, body="", headers={"location": _address(view, **query), **web.PRIVATE})


def _download(kind: str, ending: str, body: str) -> Response[str]:
    name = f"unstuck-{runtime.now():%Y-%m-%d}.{ending}"
    headers = {"content-disposition": f'attachment; filename="{name}"', **web.PRIVATE}
    return Response(status_code=200, content_type=kind, body=body, headers=headers)


def _uploaded() -> dict[str, bytes]:
    event = app.current_event
    return web.read_upload(event.headers.get("content-type", ""), web.posted(event))


def _typed(form: Mapping[str, bytes], field: str) -> str:
    return form.get(field, b"").decode("utf-8", "replace")[:200]
