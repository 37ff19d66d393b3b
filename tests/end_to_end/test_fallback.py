"""A text that the webhook cannot take, through the deployed service: Twilio falls back, and the answer is a text."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from cli.local.stack import Service
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
