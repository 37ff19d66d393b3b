"""What is handed on of a message: its words are for the answers, and for no log."""

import json

import pytest

from cli.rehearsal import BRAND
from shared.domain.message import Message, Written
from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import understand
from tests.unit.conversing import TUESDAY_EVENING, member

WORDS = "7. Win: got Zebulonia out of the quagmire"
REPLY = understand(WORDS, Context(), TUESDAY_EVENING)
WRITTEN = Written(WORDS, TUESDAY_EVENING, "SM1", BRAND)
MESSAGE = Message(member(), WORDS, REPLY, TUESDAY_EVENING, TUESDAY_EVENING, "SM1", BRAND)


@pytest.mark.parametrize("shown", [WRITTEN, MESSAGE], ids=["as it came", "as it is understood"])
def test_what_a_member_wrote_reaches_no_log_and_no_traceback(shown: Written | Message) -> None:
    assert "quagmire" in REPLY.wins[0]
    logged = json.dumps({"extra": shown}, default=str)  # as the logger does
    for said in (repr(shown), f"{ValueError(shown)}", logged):
        assert "SM1" in said
        assert not [word for word in ("Win", "Zebulonia", "quagmire") if word in said]
