"""The mail server that fills the mailbox."""

from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from cli.phone.store import Store


class MailSink(Controller):
    """Takes every mail sent to 127.0.0.1:`port` and keeps it, as it came, in the phone's database.

    `start()` and `stop()` it; it runs in a thread of its own. `start()` raises OSError where the
    port is taken. Nothing is ever passed on to a real mailbox.
    """

    def __init__(self, database: Path, port: int) -> None:
        super().__init__(_Keep(Store(database)), hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)


class _Keep:
    def __init__(self, store: Store) -> None:
        self._store = store

    # Named and called so by aiosmtpd.
    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = envelope.original_content or b""
        self._store.add_mail(raw, envelope.rcpt_tos)
        return "250 OK"
