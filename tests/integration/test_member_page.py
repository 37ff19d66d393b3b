"""A member's own page, in one process with a local AWS: what opening changes, what forms do, whom it lets in."""

import csv
import io
import json
import re
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from functions.member_page import app as member_page
from shared import runtime
from tests.functions import sample
from tests.integration.service import (
    NAME,
    NUMBER,
    WORDS,
    Clock,
    Service,
    received,
)
from tests.unit.phone.rig import Phone

VIEWS = ("", "/wins", "/goals", "/settings", "/data", "/delete", "/export.json", "/export.csv", "/pack", "/pack.md")
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note\n"


class Visitor:
    """Somebody with the link that a member was sent."""

    def __init__(self, service: Service, link: str) -> None:
        self._service = service
        self.query = urlsplit(link).query

    def get(self, view: str = "", **query: str) -> dict[str, Any]:
        return self._call("http_my_page_view", view, query)

    def post(self, form: str, body: bytes | str, kind: str = "application/x-www-form-urlencoded") -> dict[str, Any]:
        data = body if isinstance(body, bytes) else body.encode()
        more = {"body": b64encode(data).decode(), "isBase64Encoded": True}
        return self._call("http_my_page_form", f"/{form}", {}, more, kind)

    def set(self, part: str, **fields: Any) -> dict[str, Any]:
        return self.post("settings", urlencode({"part": part, **fields}, doseq=True))

    def upload(self, text: str, **fields: str) -> dict[str, Any]:
        edge = "----edge"
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
        file = 'Content-Disposition: form-data; name="file"; filename="daylio.csv"\r\nContent-Type: text/csv'
        body = "".join(parts) + f"--{edge}\r\n{file}\r\n\r\n{text}\r\n--{edge}--\r\n"
        return self.post("import", body, f"multipart/form-data; boundary={edge}")

    def _call(
        self, name: str, view: str, query: dict[str, str], more: dict[str, Any] | None = None, kind: str = ""
    ) -> dict[str, Any]:
        event = sample(name)
        asked = dict(parse_qsl(self.query)) | query
        event |= {"rawPath": f"/me{view}", "rawQueryString": urlencode(asked), "queryStringParameters": asked}
        event["requestContext"]["http"]["path"] = event["rawPath"]
        event["headers"] |= {"content-type": kind} if kind else {}
        answer: dict[str, Any] = self._service.call(member_page.handler, event | (more or {}))
        assert isinstance(answer, dict), answer
        return answer


@pytest.fixture
def visitor(member: Service, phone: Phone) -> Visitor:
    """The member texted PAGE, and opens what came."""
    assert "<Message>" not in member.text("PAGE", "SMPAGE")["body"]
    assert member.deliver() == [{"batchItemFailures": []}]
    said = received(phone, NUMBER)[-1]
    (link,) = re.findall(r"https?://\S+", said)
    assert said.startswith("Your page, for you alone: ")
    return Visitor(member, link)


def test_a_link_by_text_opens_the_page_and_its_text_comes_once(member: Service, visitor: Visitor, phone: Phone) -> None:
    page = visitor.get()
    assert (page["statusCode"], f"Hello, {NAME}" in page["body"]) == (200, True)
    texts = len(received(phone, NUMBER))
    member.text("PAGE", "SMPAGE")  # the webhook again
    member.deliver()
    assert len(received(phone, NUMBER)) == texts


def test_a_page_is_for_no_cache_no_index_and_no_other_site(visitor: Visitor) -> None:
    for view in VIEWS:
        answer = visitor.get(view)
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        headers |= {name.lower(): values[0] for name, values in answer.get("multiValueHeaders", {}).items()}
        assert answer["statusCode"] == 200
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-robots-tag"] == "noindex"
        assert "set-cookie" not in headers and not answer.get("cookies")
        if "." not in view:  # the others are files
            assert "default-src 'none'" in headers["content-security-policy"]
            assert '<meta name="robots" content="noindex">' in answer["body"]
            assert "<script" not in answer["body"]
            assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', answer["body"])


def test_opening_changes_nothing_whoever_does(member: Service, visitor: Visitor) -> None:
    member.text(f"7. Win: {WORDS}", "SM7")
    before = member.items()
    for view in VIEWS:
        visitor.get(view)
    assert member.items() == before


@pytest.mark.parametrize("token", ["", "x", "WyJ5b3UiLDE3OTYyNjIyODZd.-Y48xGAdLwhc-b0kpDb-OjEjXE0"])
def test_without_a_link_of_ours_there_is_no_page_and_no_form(member: Service, token: str) -> None:
    stranger, before = Visitor(member, f"https://x.example/me?lang=es&token={token}"), member.items()
    for view in VIEWS:
        answer = stranger.get(view)
        assert (answer["statusCode"], NAME in answer["body"]) == (410, False)
        assert "Este enlace" in answer["body"]
    for form in ("settings", "import", "delete"):
        assert stranger.post(form, "part=pause&pause=open")["statusCode"] == 410
    assert member.items() == before


def test_a_link_for_something_else_is_none_and_an_old_one_has_run_out(
    member: Service, clock: Clock, visitor: Visitor
) -> None:
    token = dict(parse_qsl(visitor.query))["token"]
    assert runtime.links().read("me", token, runtime.now())
    who = runtime.store().member_by_phone(NUMBER, runtime.recently())
    unsubscribe = runtime.links().make("unsubscribe", who.id, runtime.now(), "en")
    assert Visitor(member, unsubscribe).get()["statusCode"] == 410
    clock.now += timedelta(days=7, seconds=5)
    assert visitor.get()["statusCode"] == 410


def test_wins_of_any_time_are_a_page_to_print_and_markdown_to_edit(member: Service, visitor: Visitor) -> None:
    member.text(f"7. Win: finished {WORDS}", "SM2")
    page, markdown = visitor.get("/pack", of="this year"), visitor.get("/pack.md")
    assert f"Finished {WORDS}" in page["body"] and "@media print" in page["body"]
    assert f"- Finished {WORDS}" in markdown["body"]
    assert markdown["headers"]["content-disposition"].startswith("attachment")
    assert WORDS not in visitor.get("/pack", of="2020")["body"]


def test_days_wins_and_goals_are_what_was_texted(member: Service, visitor: Visitor) -> None:
    member.text(f"8. Win: {WORDS}", "SM8")
    for sid, words in (("SM9", "none"), ("SM10", "no"), ("SM11", "goal: apply to 4 jobs by 1 December 2030")):
        member.text(words, sid)
    assert WORDS in visitor.get()["body"]
    assert WORDS in visitor.get("/wins", q=WORDS.upper())["body"]
    assert WORDS not in visitor.get("/wins", q="another")["body"]
    assert "Apply to 4 jobs" in visitor.get("/goals")["body"]
    assert visitor.get(**{"from": "soon"})["statusCode"] == 422


def test_settings_are_set_and_undone_as_by_text(member: Service, visitor: Visitor) -> None:
    fields = {"channel": "sms", "email": "", "hour": "12:00", "days": ["tue"], "timezone": "America/Denver"}
    answer = visitor.set("checkins", **fields)
    assert answer["statusCode"] == 303
    place = urlsplit(answer["headers"].get("location") or answer["multiValueHeaders"]["location"][0])
    assert (place.path, "saved=checkins" in place.query) == ("/me/settings", True)
    state = member.state()
    assert (state["prompt_time"], state["days"], state["timezone"]) == ("12:00:00", ["tue"], "America/Denver")
    (due,) = [item["due_at"]["S"] for item in member.items() if item["sk"]["S"] == "DUE"]
    assert datetime.fromisoformat(due).astimezone(UTC).weekday() == 1
    assert "Saved." in visitor.get("/settings", saved="checkins")["body"]
    assert "Taken back" in member.text("UNDO", "SM10")["body"]
    assert member.state()["days"] != ["tue"]


def test_an_address_given_on_the_page_is_asked_and_marked_until_its_link_is_opened(
    member: Service, visitor: Visitor
) -> None:
    mails = member.mailed()
    fields = {"channel": "both", "email": "zoe@example.com", "hour": "12:00", "days": ["tue"], "timezone": "UTC"}
    for _ in range(2):
        assert visitor.set("checkins", **fields)["statusCode"] == 303
        assert "This address is not confirmed yet." in visitor.get("/settings")["body"]
        member.deliver()
    assert [mail["To"] for mail in mails] == ["zoe@example.com"]
    (link,) = re.findall(r"/confirm\?(\S+)", mails[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert member.page("http_confirm", link)["statusCode"] == 200
    assert "not confirmed" not in visitor.get("/settings")["body"]


def test_a_form_that_is_wrong_is_shown_again_as_it_was_typed(member: Service, visitor: Visitor) -> None:
    before = member.items()
    answer = visitor.set("checkins", channel="email", email="zeb@", hour="23:00", days=["mon"], timezone="Mars")
    assert answer["statusCode"] == 422
    assert 'value="zeb@"' in answer["body"] and 'id="email-error"' in answer["body"]
    assert visitor.set("nonsense")["statusCode"] == 422
    assert visitor.post("settings", b"\xff\xfe=%ff")["statusCode"] == 422
    assert member.items() == before


@pytest.mark.parametrize(
    ("part", "field"),
    [*(("checkins", field) for field in ("email", "hour", "timezone")), ("pause", "until"), ("you", "name")],
)
def test_what_is_typed_without_end_is_refused_and_not_said_back(visitor: Visitor, part: str, field: str) -> None:
    typed = {"channel": "email", "pause": "until", field: "<" * 1_500_000}
    answer = visitor.set(part, **typed)
    assert answer["statusCode"] == 422
    assert len(answer["body"]) < 200_000  # Lambda returns six megabytes at most


def test_after_a_stop_the_page_stays_says_how_to_start_and_starts_nothing(member: Service, visitor: Visitor) -> None:
    member.text("STOP", "SM11")
    assert "START" in visitor.get()["body"]
    assert visitor.set("pause", pause="no")["statusCode"] == 303
    assert member.state()["status"] == "stopped"
    assert not [item for item in member.items() if item["sk"]["S"] == "DUE"]


def test_all_that_is_held_can_be_taken_along(member: Service, visitor: Visitor) -> None:
    member.text(f"6. Win: {WORDS}", "SM12")
    everything = json.loads(visitor.get("/export.json")["body"])
    assert everything["member"]["name"] == NAME
    rows = list(csv.reader(io.StringIO(visitor.get("/export.csv")["body"].removeprefix("\ufeff"))))
    assert rows[0][0] == "Day" and WORDS in rows[-1]
    disposition = str(visitor.get("/export.csv"))
    assert 'attachment; filename="unstuck-' in disposition


def test_a_daylio_journal_is_imported_once(member: Service, visitor: Visitor) -> None:
    answer = visitor.upload(f'{DAYLIO}2026-01-02,,,20:00,rad,"museum",,"{WORDS}"\n2026-01-03,,,20:00,bad,,,\n')
    assert answer["statusCode"] == 303
    assert "added=2&days=2" in str(answer)
    assert "2 entries of 2 days" in visitor.get("/data", added="2", days="2")["body"]
    assert WORDS in visitor.get(**{"from": "2026-01-01", "to": "2026-01-31"})["body"]
    again = visitor.upload(f'{DAYLIO}2026-01-02,,,20:00,rad,"museum",,"{WORDS}"\n2026-01-03,,,20:00,bad,,,\n')
    assert "added=0" in str(again) and "known=2" in str(again)
    assert member.state()["streak"] == 0
    assert f"{WORDS} (museum)" in visitor.get("/export.csv")["body"]


def test_a_bad_file_is_refused_whole_with_the_line_and_how_to_mend_it(member: Service, visitor: Visitor) -> None:
    before = member.items()
    answer = visitor.upload(f"{DAYLIO}2026-01-02,,,20:00,rad,,,\n2026-01-03,,,20:00,{WORDS},,,\n")
    assert answer["statusCode"] == 422
    assert f"Line 3: The mood “{WORDS}” is none of the five." in answer["body"]
    for upload in (visitor.upload(""), visitor.post("import", b"x", "text/plain"), visitor.upload("a,b\n1,2")):
        assert upload["statusCode"] == 422
    assert member.items() == before
    own = {f"mood_{n}": name for n, name in enumerate(("rad", "good", "meh", f"bad, {WORDS}", "awful"), 1)}
    file = f"{DAYLIO}2026-01-02,,,20:00,rad,,,\n2026-01-03,,,20:00,{WORDS},,,\n"
    assert visitor.upload(file, **own)["statusCode"] == 303


EDGE = "multipart/form-data; boundary=edge"
FILE = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n--edge--\r\n'
HOSTILE = {
    "quotes": (EDGE, FILE % (b'";' * 25_000, b"x")),
    "boundaries": (EDGE, b"--edge\r\n\r\n\r\n" * 200_000),
    "nested": (EDGE, b"--edge\r\nContent-Type: " + b"(" * 3_000 + b"\r\n\r\nx\r\n--edge--\r\n"),
    "spaces": (EDGE, b"--edge\r\nContent-Disposition: form-data;" + b" " * 2_000_000),
    "names": (EDGE, b"--edge\r\n" + b"Content-Disposition: ; name" * 60_000 + b"\r\n\r\nx\r\n--edge--\r\n"),
    "no boundary": ("multipart/form-data", FILE % (b"a", b"x")),
    "an empty boundary": ('multipart/form-data; boundary=""', FILE % (b"a", b"x")),
    "a boundary of quotes": ("multipart/form-data; boundary=" + '"' * 5_000, FILE % (b"a", b"x")),
    "nothing": (EDGE, b""),
}


@pytest.mark.parametrize("upload", HOSTILE)
def test_an_upload_that_cannot_be_read_is_refused_quickly_and_says_so(
    member: Service, visitor: Visitor, upload: str
) -> None:
    kind, body = HOSTILE[upload]
    before, began = member.items(), time.process_time()
    answer = visitor.post("import", body, kind)
    assert time.process_time() - began < 1
    assert answer["statusCode"] == 422
    assert "Nothing was imported." in answer["body"] and "could not be read" in answer["body"]
    assert member.items() == before


def test_an_erasure_that_breaks_off_on_the_page_is_completed_by_a_tick(
    member: Service, clock: Clock, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = runtime.store()._client
    real, fails = client.transact_write_items, iter([False, True])

    def break_off(**writes: Any) -> Any:
        if next(fails):
            raise ConnectionError
        return real(**writes)

    with monkeypatch.context() as broken:
        broken.setattr(client, "transact_write_items", break_off)
        with pytest.raises(AssertionError, match="ConnectionError"):
            visitor.post("delete", "")
    assert member.state()["status"] == "stopped"
    clock.now += timedelta(minutes=6)
    assert member.tick_at(clock.now)["failed"] == 0
    assert {item["sk"]["S"] for item in member.items()} == {"HINT", "COUNT"}


def test_erasing_takes_a_second_press_and_leaves_nothing_and_the_link_leads_nowhere(
    member: Service, visitor: Visitor
) -> None:
    assert "Erase everything, for good" in visitor.get("/delete")["body"]
    assert NAME in str(member.state())
    gone = visitor.post("delete", "")
    assert (gone["statusCode"], "Everything is erased" in gone["body"]) == (200, True)
    assert {item["sk"]["S"] for item in member.items()} == {"HINT", "COUNT"}  # COUNT is of all sign-ups
    assert visitor.get()["statusCode"] == visitor.post("delete", "")["statusCode"] == 410
