"""What it means that a text or a mail could not be sent, or did not arrive: by the provider's code. Pure.

Codes are Twilio's (twilio.com/docs/api/errors), and SES's (its API reference for what it refuses to send, its events
for what came of what it took). Each is one `Failure`, and each failure one stated change: of how the channel fares
with the member, and of when the nudge is tried again. A code that is not known falls back to the status.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain import events, schedule
from shared.domain.answers import buddies
from shared.domain.models import Channel, Kind, Member, Nudge, Reach, Turn


class Failure(StrEnum):
    OPTED_OUT = "opted_out"  # the person wants no more: they are opted out, until a START
    NO_WAY = "no_way"  # nothing arrives there: the channel is off until something comes from it
    FAILING = "failing"  # off, too, once that happened `SEVERAL` times in a row
    PASSING = "passing"  # tried again `TRIES` times; the channel stays as it is
    LOST = "lost"  # this one alone, by its content or since it took too long; not tried again
    OURS = "ours"  # the operator's to mend, or the carrier's: counted for an alarm, the channel stays as it is
    THROTTLED = "throttled"  # too many at once: not taken, to be tried again soon
    FULL = "full"  # the sender's queue is: not taken, to be tried again once it has emptied
    CAPPED = "capped"  # the day's are used up: not taken, to be tried again much later


NOT_YET = (Failure.THROTTLED, Failure.FULL, Failure.CAPPED)  # nothing went out, and the queue brings it again
SEVERAL = 3
TRIES = 2
AGAIN_AFTER = timedelta(minutes=14)  # a phone that was off may be on; SQS delays a message by a quarter of an hour
_TWILIO = {
    20429: Failure.THROTTLED,
    21211: Failure.NO_WAY,  # no phone number
    21212: Failure.OURS,  # the sender is none
    21408: Failure.OURS,  # the region is not permitted to the account
    21602: Failure.LOST,  # no body
    21604: Failure.LOST,  # no recipient
    21606: Failure.OURS,  # the sender cannot send there
    21610: Failure.OPTED_OUT,
    21611: Failure.FULL,
    21612: Failure.OURS,  # no route from this sender
    21614: Failure.NO_WAY,  # not a mobile number
    21617: Failure.LOST,  # too long
    21635: Failure.NO_WAY,  # a landline
    30001: Failure.FULL,
    30003: Failure.PASSING,  # switched off, or out of reach
    30005: Failure.FAILING,  # unknown, or no longer in service
    30006: Failure.NO_WAY,  # a landline, or a carrier that takes none
    30007: Failure.OURS,  # filtered
    30008: Failure.PASSING,  # unknown to the carrier
    30032: Failure.OURS,  # toll-free number not verified
    30033: Failure.OURS,  # campaign suspended
    30034: Failure.OURS,  # unregistered
    30036: Failure.LOST,  # its validity ran out
    63038: Failure.CAPPED,
}
_SES = {
    "MessageRejected": Failure.OURS,  # an address that is not verified, or content that SES refuses
    "InvalidParameterValue": Failure.LOST,
    "UnusableAddress": Failure.NO_WAY,
    "Throttling": Failure.THROTTLED,
    "Permanent": Failure.NO_WAY,  # bounced for good, or on a suppression list
    "Transient": Failure.FAILING,  # SES has tried for hours: a full mailbox, a server that is down
    "Undetermined": Failure.FAILING,
    "complained": Failure.OPTED_OUT,
    "rejected": Failure.LOST,
}
_BY_STATUS = {"undelivered": Failure.FAILING, "failed": Failure.LOST, "bounced": Failure.FAILING}
_OF_NO_TEXT = (401, 403, 404, 408, 409, 425)  # HTTP: says nothing about the text that was to be sent
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=30)
_PAUSE = {Failure.FULL: timedelta(minutes=15), Failure.CAPPED: timedelta(hours=1)}


def of_refusal(code: int | str | None, status: int) -> Failure | None:
    """What it means that Twilio answered a request to send with a code and an HTTP status; None where it may pass.

    What it calls a bad request, by a code that is not known here, it will call one again: whoever runs the service is
    to hear of it. Not so where its own side fails, or where it is the account that it does not accept or find.
    """
    if known := of_twilio(code):
        return known
    if status == 429:
        return Failure.THROTTLED
    return Failure.OURS if 400 <= status < 500 and status not in _OF_NO_TEXT else None


def of_twilio(code: str | int | None, status: str = "") -> Failure | None:
    """What a code of Twilio's means, or else the status ("undelivered", "failed"); None where neither says anything."""
    known = _TWILIO.get(int(code)) if code and str(code).isdecimal() else None
    return known or _BY_STATUS.get(status)


def of_ses(code: str, status: str = "") -> Failure | None:
    """As `of_twilio`, of a refusal of SES, a kind of bounce, or a status ("bounced", "complained", "rejected")."""
    return _SES.get(code) or _SES.get(status) or _BY_STATUS.get(status)


def wait(failure: Failure, receives: int, chance: float) -> timedelta:
    """How long a message of the queue waits that could not be taken yet, received so many times; `chance` is 0 to 1.

    A throttle backs off exponentially with full jitter: anything up to twice as long each time, so that all those
    who were turned away do not come back together. A full queue and a day's cap last: they are waited for.
    """
    if failure in _PAUSE:
        return _PAUSE[failure] * (0.5 + chance / 2)
    longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(receives - 1, 16))
    return longest * chance


def undelivered(
    nudge: Nudge, member: Member, failure: Failure, code: str, at: datetime, friends: tuple[Member, ...] = ()
) -> Turn:
    """What changes about the member whose nudge failed at `at`. One that did not arrive is none of the day's texts.

    `friends` are those whose buddy the member is, where it `opts_out`.
    """
    if nudge.kind in schedule.TO_BUDDY:
        return _by_buddy(nudge, member, failure, at)
    if opts_out(nudge, failure):
        return events.opt_out(member, at, friends)
    before = member.reach.get(nudge.channel, Reach())
    reach: Mapping[Channel, Reach] = member.reach
    if failure in (Failure.NO_WAY, Failure.FAILING):
        failures = before.failures + 1
        is_off = failure is Failure.NO_WAY or failures >= SEVERAL
        off_since = before.off_since or (at if is_off else None)
        reach = {**member.reach, nudge.channel: Reach(failures=failures, code=code, off_since=off_since)}
    nudged = tuple(each for each in member.nudged if each.id != nudge.id)
    return Turn(member=member.model_copy(update={"reach": reach, "nudged": nudged}))


def opts_out(nudge: Nudge, failure: Failure) -> bool:
    """Whether a failure is the member's own STOP, and none of their buddy's."""
    return failure is Failure.OPTED_OUT and nudge.kind not in schedule.TO_BUDDY


def _by_buddy(nudge: Nudge, member: Member, failure: Failure, at: datetime) -> Turn:
    """It is the buddy's number that takes no texts: that ends it for them, and changes nothing about the member's."""
    ends = (Failure.OPTED_OUT, Failure.NO_WAY)
    invited = nudge.kind is Kind.BUDDY_INVITATION and failure in (Failure.OURS, Failure.LOST)
    after = buddies.refused(nudge, member, at) if failure in ends or invited else member
    return events.changed(member, after, at)


def instead(nudge: Nudge, member: Member, failure: Failure) -> Nudge | None:
    """What is sent in place of a nudge that failed, if anything: the same again where that may help, else a mail.

    Each has an id of its own, so whoever finds out twice that a nudge failed sends one.
    """
    if failure in (Failure.PASSING, *NOT_YET) and nudge.again < TRIES:
        return nudge.model_copy(update={"again": nudge.again + 1})
    return None if failure in (Failure.OPTED_OUT, Failure.LOST) else by_mail(nudge, member)


def by_mail(nudge: Nudge, member: Member) -> Nudge | None:
    """The mail in place of a text that cannot be sent, for a member whose address takes mails: they were told of this.

    None for what goes by mail anyway, or is not for the member; a sign-up is confirmed from the phone alone, and a
    text answered by one.
    """
    if nudge.channel != "sms" or nudge.kind in (*schedule.TO_BUDDY, *schedule.ANSWERS, Kind.OPT_IN):
        return None
    if not member.takes("email") or "email" in schedule.wanted(nudge.kind, member):
        return None
    return nudge.model_copy(update={"channel": "email", "again": 0})
