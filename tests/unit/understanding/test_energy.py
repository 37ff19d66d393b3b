"""What gave energy and what cost it, in many voices; and the near neighbours that say neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.energy import Energy, read_energy


@pytest.mark.parametrize(
    ("text", "engaged", "drained"),
    [
        ("6. budget mtg drained me but mentoring Priya was great", ["mentoring Priya"], ["budget mtg"]),
        ("sick of the headset, sick of my shift lead", [], ["headset", "my shift lead"]),
        ("engaged: nothing", [], []),
    ],
)
def test_reads_what_it_says(text: str, engaged: list[str], drained: list[str]) -> None:
    assert read_energy(text) == Energy(tuple(engaged), tuple(drained))


@given(st.text(max_size=300))
def test_reads_any_text(text: str) -> None:
    read_energy(text)
