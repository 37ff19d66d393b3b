"""Names nudges in the tags of mails, and reads the events in which SES says what became of them."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.domain.models import Nudge, Receipt

# What SES calls it, and we; where it happened when, in the event's own part.
STATUSES = {
    "Send": ("send", "sent"),
    "Delivery": ("delivery", "delivered"),
    "DeliveryDelay": ("deliveryDelay", "delayed"),
    "Bounce": ("bounce", "bounced"),
    "Complaint": ("complaint", "complained"),
    "Reject": ("reject", "rejected"),
}
# What SES publishes, in words, when it is first told where its events go: no event, and no JSON.
_GREETING = "Successfully validated SNS topic"


def tags(nudge: Nudge) -> list[Any]:
    """The tags that name a nudge in the events of its mail. They hold letters, digits, - and _ alone, so it is coded.

    >>> from datetime import UTC, date, datetime
    >>> nudge = Nudge(member_id="5f3c", kind="daily_checkin", channel="email", day=date(2026, 3, 3),
    ...     due_at=datetime(2026, 3, 3, tzinfo=UTC))
    >>> tags(nudge)[1]
    {'Name': 'nudge', 'Value': 'ZGFpbHlfY2hlY2tpbiMyMDI2LTAzLTAzI2VtYWls'}
    """
    coded = base64.urlsafe_b64encode(nudge.id.encode()).decode().rstrip("=")
    return [{"Name": "member", "Value": nudge.member_id}, {"Name": "nudge", "Value": coded}]


def read(message: str) -> Receipt | None:
    """The receipt in an event that SES published to SNS; None for an event of another mail, or that tells nothing.

    A bounce's `code` is its kind: "Permanent", "Transient" or "Undetermined". By a complaint somebody says that the
    mail is spam; that they did not after all is an event as well ("not-spam"), and none to us.
    See docs.aws.amazon.com/ses, "Contents of event data that Amazon SES publishes to Amazon SNS".
    """
    if message.startswith(_GREETING):
        return None
    event = json.loads(message)
    if event.get("eventType") not in STATUSES:
        return None
    part, status = STATUSES[event["eventType"]]
    details, mail = event.get(part, {}), event["mail"]
    named = _named(mail.get("tags", {}))
    if named is None or details.get("complaintFeedbackType") == "not-spam":
        return None
    return Receipt(
        member_id=named[0],
        nudge_id=named[1],
        message_id=mail["messageId"],
        status=status,
        code=details.get("bounceType", ""),
        at=datetime.fromisoformat(details.get("timestamp", mail["timestamp"])),
    )


def _named(tagged: Mapping[str, list[str]]) -> tuple[str, str] | None:
    """The ids of member and nudge in a mail's tags; None where it has none."""
    try:
        (member_id,), (coded,) = tagged["member"], tagged["nudge"]
        return member_id, base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except (KeyError, ValueError):
        return None
