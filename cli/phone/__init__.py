"""A phone, a Twilio and a mailbox on one machine, for running the whole service without any of them.

`create_app` is the phone with Twilio's REST API and the mailbox, `create_proxy` the service's public
address, and `MailSink` the mail server that fills the mailbox.
"""

from cli.phone.app import create_app
from cli.phone.mail_sink import MailSink
from cli.phone.proxy import create_proxy
from cli.phone.settings import NudgeRefused, PhoneSettings

__all__ = ["MailSink", "NudgeRefused", "PhoneSettings", "create_app", "create_proxy"]
