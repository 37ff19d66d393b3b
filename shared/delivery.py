"""How every nudge is delivered, whatever its channel: judged, claimed, sent, recorded.

Called by `deliver` and `summarize`. However often the queue brings a nudge, and wherever a delivery of it breaks off,
it goes out once: the claim keeps the text before it is sent, and whoever comes upon the claim of a delivery that did
not end finds out first whether it sent. A text is looked for in Twilio's list. Of a mail SES has no list, but its
events name the nudge; where none has come, the mail is sent again, since one that comes twice is less bad than none.
"""

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from shared import runtime, settling
from shared.channels.refused import PassingFailure, Refused
from shared.domain import failures, judging, nudging
from shared.domain.failures import Failure
from shared.domain.judging import Verdict
from shared.domain.models import Channel, Member, Nudge, Turn
from shared.storage.members import UnknownMember
from shared.storage.nudges import Attempt
from shared.storage.table import retry_stale

# Longer than a function may run by more than a minute: no two deliveries overlap, and Twilio's list has caught up with
# what was sent before anyone looks for it there.
LEASE = timedelta(seconds=120)


class Way(NamedTuple):
    """How nudges go by a channel: `write` gives the text that is kept with the claim, `send` sends it and returns the
    provider's id of the message, `find` looks for one that an attempt sent before."""

    write: Callable[[Nudge, Member], str]
    send: Callable[[Nudge, Member, str], str]
    find: Callable[[Attempt, Member], str | None]


def mails_by(send: Callable[[Nudge, Member, str], str]) -> Way:
    """The way of mails: nothing of them is kept but that one was on its way, and there is no list to find one in."""
    return Way(write=lambda *_: "", send=send, find=lambda *_: None)


def deliver(record: SQSRecord, ways: Mapping[Channel, Way], queue_url: str) -> None:
    """Deliver the nudge in a queue's message, and record what became of it.

    What passes (a throttle, a network) is raised, and the queue brings the nudge again; what lasts is recorded. What
    the provider could not take yet waits in the queue for as long as `failures` says.

    Raises:
        NudgeLeased: another delivery of it is under way.
    """
    nudge = Nudge.model_validate_json(record.body)
    runtime.logger.append_keys(member_id=nudge.member_id, nudge_id=nudge.id)
    try:
        _deliver(nudge, ways[nudge.channel])
    except UnknownMember:
        runtime.logger.info("nudge dropped: its member is gone")
    except Exception as error:
        runtime.count("NudgesRetried")
        if isinstance(error, PassingFailure) and error.failure:
            received = int(record.attributes.approximate_receive_count)
            delay = failures.wait(error.failure, received, random.random())  # noqa: S311
            runtime.postpone(queue_url, record.receipt_handle, delay)
        raise


def _deliver(nudge: Nudge, way: Way) -> None:
    judged, member, attempt = retry_stale(lambda: _claim(nudge, way))
    if attempt is None:
        runtime.logger.info("nudge was dealt with before")
    elif attempt.text is None:
        _hold_back(judged, member)
    elif message_id := _sent_before(attempt, member, way):
        runtime.logger.warning("nudge had gone out before", message_id=message_id)
        settling.sent(attempt, member, message_id, attempt.since or runtime.now())
    else:
        _send(attempt, attempt.text, way)


def _claim(nudge: Nudge, way: Way) -> tuple[judging.Judged, Member, Attempt | None]:
    now, store = runtime.now(), runtime.store()
    member = store.member(nudge.member_id, settling.since(nudge))
    judged = judging.judge(nudge, member, now)
    text = way.write(judged.nudge, member) if judged.verdict is Verdict.SEND else None
    return judged, member, store.claim(judged.nudge, member, now, LEASE, _told(judged), text)


def _sent_before(attempt: Attempt, member: Member, way: Way) -> str | None:
    """The id of the message, where a delivery that broke off did send it."""
    return attempt.message_id or (way.find(attempt, member) if attempt.since else None)


def _send(attempt: Attempt, text: str, way: Way) -> None:
    """Send it, unless the member stopped (or else changed) since it was claimed: they are read once more for that."""
    nudge, at = attempt.nudge, runtime.now()
    member = runtime.store().member(nudge.member_id, settling.since(nudge))
    judged = judging.judge(nudge, member, at)
    if judged.verdict is not Verdict.SEND:
        _hold_back(judged, member)
        return
    try:
        message_id = way.send(nudge, member, text)
    except Refused as refusal:
        _fail(attempt, member, refusal, at)
    except PassingFailure as failure:
        if attempt.since is None and not failure.perhaps_sent:
            _release(nudge)
        raise
    else:
        settling.sent(attempt, member, message_id, at)


def _release(nudge: Nudge) -> None:
    """Give a claim back; where that fails, it runs out by itself, and why nothing was sent is what is to be told."""
    try:
        runtime.store().release(nudge)
    except Exception as error:  # noqa: BLE001  # whatever it is, the queue has to hear of the first one
        runtime.logger.warning("claim not given back", error=type(error).__name__)


def _hold_back(judged: judging.Judged, member: Member) -> None:
    """Record a nudge that does not go out, with what became of each kind that was due with it."""
    nudge, verdict, now, fates = judged.nudge, judged.verdict, runtime.now(), _told(judged)
    if verdict is Verdict.UNREACHABLE and (mail := failures.by_mail(nudge, member)):
        runtime.enqueue(mail)
    settling.record(
        nudge, member, verdict.value, lambda member: nudging.outcome(nudge, member, verdict, now), fates=fates
    )
    runtime.count("NudgesMissed" if verdict is Verdict.MISSED else "NudgesHeldBack")
    runtime.logger.info("nudge settled", state=verdict.value, fates=fates)


def _fail(attempt: Attempt, member: Member, refusal: Refused, at: datetime) -> None:
    """Record a refusal, and put what is sent instead on the queue: first that, since its id makes it harmless twice.

    `at` is from before the request: a START that comes while it is under way is newer than an opt-out it tells of.
    """
    nudge, failure, code = attempt.nudge, refusal.failure, refusal.code

    def decide(member: Member) -> Turn:
        asked = failures.opts_out(nudge, failure)
        friends = runtime.store().friends(member, runtime.recently()) if asked else ()
        return failures.undelivered(nudge, member, failure, code, at, friends)

    if following := failures.instead(nudge, member, failure):
        runtime.enqueue(following)
    settling.record(nudge, member, "failed", decide, code=code)
    runtime.count("SenderFaults" if failure is Failure.OURS else "NudgesFailed")
    runtime.logger.warning("nudge refused", code=code, failure=failure.value)


def _told(judged: judging.Judged) -> str:
    return " ".join(f"{kind}:{fate}" for kind, fate in judged.fates.items())
