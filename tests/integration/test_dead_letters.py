"""`unstuck replay`: dead letters are seen by their ids alone, and sent again; nothing is lost, and nothing twice."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import dead_letters
from cli.deployed import Deployed, Resource
from cli.local.ministack import ROOT
from cli.local.problem import Problem
from cli.main import app
from functions.receive_fallback import app as receive_fallback
from shared import runtime
from shared.domain import schedule
from shared.domain.models import Due, Kind, Nudge
from tests.functions import TABLE, sample
from tests.integration.service import (
    NUMBER,
    WORDS,
    Client,
    Clock,
    Service,
    mail_said,
    received,
)
from tests.unit.phone.rig import ACCOUNT, Phone

HOUR = timedelta(hours=1)


def queue(aws: Client, name: str, fifo: bool = False) -> tuple[str, str]:
    """The URLs of a queue, which may be there, and of its dead letters."""
    sqs, end = aws("sqs"), ".fifo" if fifo else ""
    kind = {"FifoQueue": "true"} if fifo else {}
    dead = sqs.create_queue(QueueName=f"{name}-dead{end}", Attributes=kind)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    url = sqs.create_queue(QueueName=f"{name}{end}", Attributes=kind)["QueueUrl"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 5})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": policy})
    return url, dead


@pytest.fixture
def stack(member: Service, aws: Client) -> Deployed:
    """What a stack has of queues, and the table."""
    ends = {"Nudge": queue(aws, "nudges"), "Summary": queue(aws, "summaries"), "Fallback": queue(aws, "kept", True)}
    found = [Resource("Table", "AWS::DynamoDB::Table", TABLE)]
    for name, (source, dead) in ends.items():
        found += [
            Resource(f"{name}{of}", "AWS::SQS::Queue", url) for of, url in (("Queue", source), ("DeadLetters", dead))
        ]
    return Deployed(aws, tuple(found))


@pytest.fixture
def bury(stack: Deployed) -> Callable[[Nudge | str], None]:
    """Puts a nudge, or anything, among the dead letters of the nudge queue."""

    def put(what: Nudge | str) -> None:
        body = what.model_dump_json() if isinstance(what, Nudge) else what
        stack.client("sqs").send_message(QueueUrl=stack.id_of("NudgeDeadLetters"), MessageBody=body)

    return put


def due_checkin(now: Any) -> Nudge:
    """The member's check-in, by text, as it is due now."""
    who = runtime.store().member_by_phone(NUMBER, runtime.recently())
    due = Due(member_id=who.id, at=now, kinds=(Kind.DAILY_CHECKIN,))
    return next(nudge for nudge in schedule.nudges(due, who) if nudge.channel == "sms")


def replay(stack: Deployed, only: str | None = None, dry_run: bool = False) -> list[str]:
    said: list[str] = []
    assert dead_letters.replay(stack, only, dry_run, runtime.now(), said.append) == len(said)
    assert not [each for each in (NUMBER[-7:], WORDS) if each in "".join(said)]
    return said


def count(stack: Deployed, name: str) -> int:
    told = stack.client("sqs").get_queue_attributes(QueueUrl=stack.id_of(name), AttributeNames=["All"])["Attributes"]
    return int(told["ApproximateNumberOfMessages"])


def test_a_nudge_that_is_sent_again_goes_out_once(
    member: Service, stack: Deployed, bury: Callable[[Nudge | str], None], phone: Phone, clock: Clock
) -> None:
    nudge = due_checkin(clock.now)
    for _ in range(2):  # as after a crash between sending it again and deleting it
        bury(nudge)
    before = received(phone, NUMBER)
    assert count(stack, "NudgeDeadLetters") == 2
    said = replay(stack)
    assert said == [f"nudge  nudge {nudge.id} of member {nudge.member_id}, due 0 min ago: goes out"] * 2
    assert (count(stack, "NudgeDeadLetters"), count(stack, "NudgeQueue")) == (0, 2)
    assert member.deliver() == [{"batchItemFailures": []}]
    assert len(received(phone, NUMBER)) == len(before) + 1
    bury(nudge)
    assert replay(stack)[0].endswith("was dealt with (sent), nothing comes of it")


def test_a_nudge_that_is_too_late_is_foretold_and_recorded_as_missed(
    member: Service, stack: Deployed, bury: Callable[[Nudge | str], None], phone: Phone, clock: Clock
) -> None:
    nudge = due_checkin(clock.now - 50 * HOUR)
    bury(nudge)
    before = received(phone, NUMBER)
    (said,) = replay(stack, dry_run=True)
    assert said.startswith(f"nudge  nudge {nudge.id}") and said.endswith("due 2 days ago: is recorded as missed")
    replay(stack)
    member.deliver()
    assert runtime.store().nudge(nudge)["state"] == "missed"
    assert received(phone, NUMBER) == before


def test_looking_changes_nothing(stack: Deployed, bury: Callable[[Nudge | str], None], clock: Clock) -> None:
    bury(due_checkin(clock.now))
    for _ in range(3):
        assert len(replay(stack, dry_run=True)) == 1
    assert (count(stack, "NudgeDeadLetters"), count(stack, "NudgeQueue")) == (1, 0)


def test_what_ends_the_replay_in_between_loses_nothing(
    stack: Deployed, bury: Callable[[Nudge | str], None], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bury(due_checkin(clock.now))
    sqs = stack.client("sqs")

    def crash(**_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sqs, "delete_message", crash)
    with pytest.raises(KeyboardInterrupt):
        replay(stack._replace(client=lambda service: sqs if service == "sqs" else stack.client(service)))
    assert count(stack, "NudgeQueue") == 1


def test_a_text_that_fell_back_keeps_its_place(
    member: Service, stack: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqs = stack.client("sqs")
    monkeypatch.setattr(receive_fallback, "_sqs", lambda: sqs)
    monkeypatch.setenv("FALLBACK_QUEUE_URL", stack.id_of("FallbackDeadLetters"))
    fields = {"AccountSid": ACCOUNT, "MessageSid": "SM2", "From": NUMBER, "Body": WORDS}
    event = member.webhook(sample("twilio_fallback"), fields)
    event["requestContext"] = event["requestContext"] | {"timeEpoch": int(datetime.now(UTC).timestamp() * 1000)}
    assert receive_fallback.handler(event, None)["statusCode"] == 200
    (said,) = replay(stack)
    assert said == "fallback  text SM2, came 0 min ago: is taken for that time, and answered by text"
    (message,) = sqs.receive_message(QueueUrl=stack.id_of("FallbackQueue"), AttributeNames=["All"])["Messages"]
    assert int(message["Attributes"]["MessageGroupId"]) < 256


@pytest.mark.parametrize(
    "body", ["{", "[]", '{"member_id": 7}', '{"body": "MessageSid=%1b[2J", "received_at": "2026"}']
)
def test_what_cannot_be_read_is_named_by_its_message_and_sent_again(
    stack: Deployed, bury: Callable[[Nudge | str], None], body: str
) -> None:
    bury(body)
    (said,) = replay(stack)
    assert said.startswith("nudge  message ") and said.endswith("0 min ago: cannot be read")
    assert count(stack, "NudgeQueue") == 1


def test_a_reply_by_mail_is_named_by_its_id(stack: Deployed, bury: Callable[[Nudge | str], None]) -> None:
    bury(json.loads((ROOT / "events" / "sqs_mail.json").read_text())["Records"][0]["body"])
    (said,) = replay(stack, dry_run=True)
    assert said.startswith("nudge  mail o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1, came ")


def test_what_ses_said_of_a_mail_is_named_by_its_nudge_and_foretold(
    member: Service, stack: Deployed, bury: Callable[[Nudge | str], None], clock: Clock
) -> None:
    nudge = due_checkin(clock.now).model_copy(update={"channel": "email"})
    complaint = {"timestamp": (clock.now - HOUR).isoformat()}
    bury(mail_said(nudge, "Complaint", clock.now, complaint=complaint))
    told = f"nudge  mail of nudge {nudge.id} of member {nudge.member_id} complained, 60 min ago: "
    assert replay(stack, dry_run=True) == [f"{told}tells nothing new, nothing comes of it"]  # it never went out
    runtime.enqueue(nudge)
    assert member.deliver() == [{"batchItemFailures": []}]
    assert replay(stack, dry_run=True) == [f"{told}is taken for that time"]
    without = tuple(each._replace(id="gone") if each.name == "Table" else each for each in stack.resources)
    assert "the table does not answer" in replay(stack._replace(resources=without), dry_run=True)[0]
    assert replay(stack) == [f"{told}is taken for that time"]
    assert count(stack, "NudgeQueue") == 1


def test_one_queue_can_be_named(stack: Deployed, bury: Callable[[Nudge | str], None], clock: Clock) -> None:
    bury(due_checkin(clock.now))
    assert replay(stack, "summary") == []
    assert len(replay(stack, "nudge")) == 1
    with pytest.raises(Problem, match="there are: fallback, nudge, summary"):
        replay(stack, "mail")


def test_a_nudge_of_somebody_who_is_gone_is_said_to_come_to_nothing(
    stack: Deployed, bury: Callable[[Nudge | str], None], clock: Clock
) -> None:
    bury(due_checkin(clock.now).model_copy(update={"member_id": "gone"}))
    assert replay(stack)[0].endswith("its member is gone, nothing comes of it")


def test_dead_letters_are_seen_while_the_table_is_down(
    stack: Deployed, bury: Callable[[Nudge | str], None], clock: Clock
) -> None:
    bury(due_checkin(clock.now))
    without = tuple(each._replace(id="gone") if each.name == "Table" else each for each in stack.resources)
    assert "the table does not answer" in replay(stack._replace(resources=without), dry_run=True)[0]


def test_where_nothing_is_deployed_it_says_so() -> None:
    answer = CliRunner().invoke(app, ["replay", "--dry-run", "--aws-port", "1"])
    assert (answer.exit_code, "make run" in answer.stderr) == (1, True)
