"""A cold start is paid by whoever texts first: what only understands must not load what it does not need."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("heavy", ["pydantic", "boto3", "botocore", "jinja2", "twilio", "dateutil"])
def test_understanding_a_text_loads_none_of_the_heavy_libraries(heavy: str) -> None:
    code = f"import sys, shared.domain.understanding.understand; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("heavy", ["boto3", "botocore", "jinja2", "twilio", "phonenumbers", "matplotlib"])
def test_deciding_an_answer_loads_none_of_the_heavy_libraries(heavy: str) -> None:
    code = f"import sys, shared.domain.conversation, shared.domain.nudging; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
