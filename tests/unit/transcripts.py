"""The conversations that are written down, and how English is told in what is said."""

import re
from pathlib import Path

# Words that most sentences of English have one of, and Spanish none.
ENGLISH = frozenset(
    "the your you with and that this what when how is are was were for not reply day days week next it its of to in"
    " on at by from have will here there which who they if so or as be can more most less best good well step"
    " goal win wins streak".split()
)
TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*.txt"))


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))
