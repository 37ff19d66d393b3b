"""Texts, opt-outs and mails in one SQLite file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

Direction = Literal["inbound", "outbound-api", "outbound-reply"]
Author = Literal["member", "service", "twilio"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS texts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    direction TEXT NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    sent TEXT,
    messaging_service_sid TEXT,
    opt_out_type TEXT,
    answered INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS texts_by_number ON texts (number);
CREATE TABLE IF NOT EXISTS opted_out (number TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS mails (id INTEGER PRIMARY KEY AUTOINCREMENT, received TEXT NOT NULL, raw BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS recipients (address TEXT NOT NULL, mail INTEGER NOT NULL, PRIMARY KEY (address, mail));
CREATE TABLE IF NOT EXISTS changes (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL);
INSERT OR IGNORE INTO changes VALUES (1, 0);
"""
_TEXT_COLUMNS = (
    "sid, number, sender, recipient, direction, author, body, status, created, updated, sent, "
    "messaging_service_sid, opt_out_type"
)
_INSERT = f"INSERT OR IGNORE INTO texts ({_TEXT_COLUMNS}) VALUES ({', '.join('?' * 13)})"  # noqa: S608
_SELECT = f"SELECT {_TEXT_COLUMNS} FROM texts"  # noqa: S608


@dataclass(frozen=True)
class Text:
    """One text, either way. `number` is the member's, whoever sent it; times are ISO 8601 in UTC."""

    sid: str
    number: str
    sender: str
    recipient: str
    direction: Direction
    author: Author
    body: str
    status: str
    created: str
    updated: str
    sent: str | None
    messaging_service_sid: str | None = None
    opt_out_type: str | None = None


@dataclass(frozen=True)
class StoredMail:
    """A mail as it came in, byte for byte."""

    received: str
    raw: bytes


@dataclass(frozen=True)
class Filter:
    """Which texts to list; times are compared by the second, both ends included."""

    recipient: str | None = None
    sender: str | None = None
    since: str | None = None
    until: str | None = None


def new_sid() -> str:
    """A message's identifier in Twilio's form."""
    return f"SM{uuid4().hex}"


def now() -> str:
    """The present as it is stored: sortable, UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Store:
    """All that the phone remembers.

    Safe from any thread and from several processes: each call has a connection of its own.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._connection() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(_SCHEMA)

    def changes(self) -> int:
        """A number that grows with every change, so that a page can tell cheaply whether to look again."""
        with self._connection() as db:
            return int(db.execute("SELECT count FROM changes").fetchone()[0])

    def add_text(self, text: Text) -> bool:
        """Keeps the text; False where its sid is taken, and then nothing is kept."""
        with self._change() as db:
            added = db.execute(
                _INSERT,
                (
                    *(text.sid, text.number, text.sender, text.recipient, text.direction, text.author, text.body),
                    *(text.status, text.created, text.updated, text.sent),
                    *(text.messaging_service_sid, text.opt_out_type),
                ),
            )
            return added.rowcount == 1

    def text(self, sid: str) -> Text | None:
        """The text with this sid, if there is one."""
        with self._connection() as db:
            row = db.execute(f"{_SELECT} WHERE sid = ?", (sid,)).fetchone()
        return Text(*row) if row else None

    def texts(self, number: str) -> list[Text]:
        """Every text from and to a member's number, oldest first."""
        with self._connection() as db:
            rows = db.execute(f"{_SELECT} WHERE number = ? ORDER BY id", (number,))
            return [Text(*row) for row in rows]

    def list_texts(self, wanted: Filter, limit: int, offset: int) -> list[Text]:
        """Texts of all numbers that pass the filter, newest first."""
        # A text that is still queued counts by when it was taken: somebody who asks whether it was
        # ever accepted must find it.
        second = "substr(coalesce(sent, created), 1, 19)"
        conditions: list[tuple[str, str | None]] = [
            ("recipient = ?", wanted.recipient),
            ("sender = ?", wanted.sender),
            (f"{second} >= ?", wanted.since),
            (f"{second} <= ?", wanted.until),
        ]
        where = " AND ".join(["1", *(sql for sql, value in conditions if value is not None)])
        values = [value for _, value in conditions if value is not None]
        with self._connection() as db:
            rows = db.execute(
                f"{_SELECT} WHERE {where} ORDER BY id DESC LIMIT ? OFFSET ?",
                (*values, limit, offset),
            )
            return [Text(*row) for row in rows]

    def set_status(self, sid: str, status: str) -> None:
        """Moves a text to its next status; `sent` is stamped on the way."""
        with self._change() as db:
            moment = now()
            sent = moment if status == "sent" else None
            db.execute(
                "UPDATE texts SET status = ?, updated = ?, sent = coalesce(?, sent) WHERE sid = ?",
                (status, moment, sent, sid),
            )

    def answer_once(self, sid: str) -> bool:
        """True for the first caller only: whoever gets it shows the answers to this text."""
        with self._change() as db:
            return db.execute("UPDATE texts SET answered = 1 WHERE sid = ? AND NOT answered", (sid,)).rowcount == 1

    def numbers(self) -> list[tuple[str, int]]:
        """Members' numbers with how many texts each has, the latest used first."""
        with self._connection() as db:
            return db.execute("SELECT number, count(*) FROM texts GROUP BY number ORDER BY max(id) DESC").fetchall()

    def is_opted_out(self, number: str) -> bool:
        """Whether this number said STOP last, rather than START."""
        with self._connection() as db:
            return db.execute("SELECT 1 FROM opted_out WHERE number = ?", (number,)).fetchone() is not None

    def set_opted_out(self, number: str, opted_out: bool) -> None:
        """Remembers what the number said last, STOP or START."""
        with self._change() as db:
            if opted_out:
                db.execute("INSERT OR IGNORE INTO opted_out VALUES (?)", (number,))
            else:
                db.execute("DELETE FROM opted_out WHERE number = ?", (number,))

    def add_mail(self, raw: bytes, recipients: list[str]) -> None:
        """Puts one mail into each recipient's mailbox."""
        with self._change() as db:
            mail = db.execute("INSERT INTO mails (received, raw) VALUES (?, ?)", (now(), raw)).lastrowid
            for address in {recipient.strip().lower() for recipient in recipients}:
                db.execute("INSERT INTO recipients VALUES (?, ?)", (address, mail))

    def mails(self, address: str) -> list[StoredMail]:
        """An address's mails, oldest first; case does not matter."""
        with self._connection() as db:
            rows = db.execute(
                "SELECT received, raw FROM mails JOIN recipients ON mail = id WHERE address = ? ORDER BY id",
                (address.strip().lower(),),
            )
            return [StoredMail(*row) for row in rows]

    def mailboxes(self) -> list[tuple[str, int]]:
        """Addresses with how many mails each has, the latest used first."""
        with self._connection() as db:
            return db.execute(
                "SELECT address, count(*) FROM recipients GROUP BY address ORDER BY max(mail) DESC"
            ).fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=10)
        try:
            # The state must outlive a kill of this process, which it does; not a power cut.
            db.execute("PRAGMA synchronous = NORMAL")
            yield db
        finally:
            db.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as db, db:
            db.execute("UPDATE changes SET count = count + 1")
            yield db
