"""What is kept of sign-ups: for how long without an answer, whose number it is, who was told how to join, and how many
there were.
"""

from datetime import UTC, datetime, timedelta

from shared.domain.models import Member, Status
from shared.storage.items import Item, seconds

_KEPT = timedelta(days=30)  # until the YES
_HINT_EVERY = timedelta(days=1)


class TooManySignups(Exception):
    """The hour's sign-ups over all are used up."""


def expiry(member: Member) -> Item:
    """When what is kept of a sign-up expires; nothing once it was answered."""
    if member.status is not Status.PENDING:
        return {}
    return {"expires_at": {"N": seconds(member.signed_up_at + _KEPT)}}


def claim(member: Member) -> Item:
    """That the number is the member's."""
    return {
        "pk": {"S": f"PHONE#{member.phone}"},
        "sk": {"S": "PHONE"},
        "member_id": {"S": member.id},
        **expiry(member),
    }


def hint(phone: str, now: datetime) -> Item:
    """That the number was told how to join, or has just left, and until when it is not to be told again."""
    return {
        "pk": {"S": f"PHONE#{phone}"},
        "sk": {"S": "HINT"},
        "expires_at": {"N": seconds(now + _HINT_EVERY)},
    }


def one_more(now: datetime, most: int) -> Item:
    """The update that counts one more sign-up in this hour, on the condition that there were fewer than `most`."""
    return {
        "Key": {"pk": {"S": f"SIGNUPS#{now.astimezone(UTC):%Y-%m-%dT%H}"}, "sk": {"S": "COUNT"}},
        "UpdateExpression": "ADD signups :one SET expires_at = :expires",
        "ConditionExpression": "attribute_not_exists(signups) OR signups < :most",
        "ExpressionAttributeValues": {
            ":one": {"N": "1"},
            ":most": {"N": str(most)},
            ":expires": {"N": seconds(now + timedelta(hours=2))},
        },
    }
