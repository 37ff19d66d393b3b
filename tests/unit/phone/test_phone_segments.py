"""Segments, counted as they are billed."""

import pytest

from shared.content.segments import count_segments


@pytest.mark.parametrize(
    ("text", "encoding", "count"),
    [
        ("", "GSM-7", 0),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("èéùìòÇ@£$¥Ω\n", "GSM-7", 1),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        # 153 is odd: one septet of each segment stays empty rather than splitting an escape.
        ("€" * 153, "GSM-7", 3),
        ("’" * 70, "UCS-2", 1),
        ("’" * 71, "UCS-2", 2),
        ("’" * 134, "UCS-2", 2),
        ("’" * 135, "UCS-2", 3),
        ("🎉" * 35, "UCS-2", 1),
        ("🎉" * 36, "UCS-2", 2),
        ("🎉" * 67, "UCS-2", 3),
    ],
)
def test_a_text_takes_as_many_segments_as_its_encoding_needs(text: str, encoding: str, count: int) -> None:
    counted = count_segments(text)
    assert (counted.encoding, counted.count) == (encoding, count)
