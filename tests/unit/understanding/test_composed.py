"""What each sentence of a report says, it says beside the others: in any order, whatever parts them."""

from datetime import datetime
from itertools import permutations

import pytest

from shared.domain.understanding.reply import Context, Reply
from shared.domain.understanding.understand import understand

NOW = datetime.fromisoformat("2026-03-03T19:42:00-05:00")
SCORES = {"7": 7, "5/10": 5, "it was a 7": 7}
ENGAGED = {"loved the workshop": "workshop", "the design session lit me up": "design session"}
DRAINED = {"budget mtg drained me": "budget mtg", "hated the paperwork": "paperwork"}
WINS = {"finished the course": "finished the course", "win: shipped the report": "shipped the report"}


def read(text: str) -> Reply:
    return understand(text, Context("daily_checkin"), NOW)


@pytest.mark.parametrize("joint", [". ", "! ", "\n", "; ", ", ", " - "])
@pytest.mark.parametrize("score", SCORES)
def test_each_sentence_of_a_report_is_read_beside_the_others(score: str, joint: str) -> None:
    wrong = {}
    for engaged in ENGAGED:
        for drained in DRAINED:
            for win in WINS:
                for parts in permutations((score, engaged, drained, win)):
                    reply = read(text := joint.join(parts))
                    engages = tuple(phrase.removeprefix("the ") for phrase in reply.engaged)
                    told = (reply.mood, engages, reply.drained, reply.wins)
                    if told != (SCORES[score], (ENGAGED[engaged],), (DRAINED[drained],), (WINS[win],)):
                        wrong[text] = told
    assert wrong == {}


@pytest.mark.parametrize("joint", [" and ", " but ", " also "])
def test_what_cost_energy_ends_a_win_that_it_is_joined_to(joint: str) -> None:
    reply = read(f"win: shipped the report{joint}the client call wore me out. 7")
    assert (reply.mood, reply.drained, reply.wins) == (7, ("client call",), ("shipped the report",))
