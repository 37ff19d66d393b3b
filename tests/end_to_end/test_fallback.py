"""What fails, through the deployed service: Twilio falls back and the answer is a text; dead letters are sent again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
from typer.testing import CliRunner

from cli.local.stack import Service
from cli.main import app
from shared.domain.models import Kind, Nudge
from tests.end_to_end.conftest import Person, eventually


@contextmanager
def table_out_of_reach(service: Service, function: str) -> Iterator[None]:
    """While it lasts, the function looks for its table where there is none."""
    lambdas, name = service.cloud.client("lambda"), service.resources[function]
    variables = lambdas.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    lambdas.update_function_configuration(
        FunctionName=name, Environment={"Variables": variables | {"TABLE_NAME": "gone"}}
    )
    try:
        yield
    finally:
        lambdas.update_function_configuration(FunctionName=name, Environment={"Variables": variables})


def test_a_text_that_cannot_be_taken_is_kept_and_answered_by_text_once(service: Service, person: Person) -> None:
    person.join()
    before = person.received()
    with table_out_of_reach(service, "ReceiveSmsFunction"):
        assert person.text("7. Win: sent off my portfolio", sid="SMfallsback1") == []
    answers = eventually(lambda: person.received()[len(before) :])
    assert len(answers) == 1
    assert "sent off my portfolio" in answers[0]
    # The same message, brought by the webhook after all, is the same turn.
    assert answers[0] in person.text("7. Win: sent off my portfolio", sid="SMfallsback1")[0]
    assert person.received()[len(before) :] == answers


def test_the_fallback_refuses_what_cannot_be_twilio_s(service: Service) -> None:
    assert httpx.post(f"{service.api}/twilio/fallback", data={"Body": "hi"}).status_code == 403


def replay(service: Service, *options: str) -> str:
    """What `unstuck replay` says of the stack on this machine."""
    port = urlsplit(service.cloud.client("sqs").meta.endpoint_url).port
    answer = CliRunner().invoke(app, ["replay", *options, "--aws-port", str(port)])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_a_dead_letter_is_seen_and_sent_again(service: Service, person: Person) -> None:
    person.join()
    key = {"pk": {"S": f"PHONE#{person.number}"}, "sk": {"S": "PHONE"}}
    found = service.cloud.client("dynamodb").get_item(TableName=service.resources["Table"], Key=key)["Item"]
    now = datetime.now(UTC)
    nudge = Nudge(
        member_id=found["member_id"]["S"],
        kind=Kind.DAILY_CHECKIN,
        channel="sms",
        day=now.date(),
        due_at=now,
        request_id="dead-1",
    )
    service.cloud.client("sqs").send_message(
        QueueUrl=service.resources["NudgeDeadLetters"], MessageBody=nudge.model_dump_json()
    )
    before = person.received()
    shown = f"nudge  nudge daily_checkin#dead-1#sms of member {nudge.member_id}, due 0 min ago: goes out"
    logs = "Why each is there is in the logs, /unstuck/unstuck, beside its id."
    assert replay(service, "--dry-run") == f"{shown}\n{logs}\n1 to be sent again.\n"
    assert replay(service, "nudge") == f"{shown}\n{logs}\n1 sent again.\n"
    assert replay(service) == "0 sent again.\n"
    assert len(eventually(lambda: person.received()[len(before) :])) == 1
