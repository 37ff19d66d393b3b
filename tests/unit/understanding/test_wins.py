"""What members got done, as they tell it."""

import pytest

from shared.domain.understanding.wins import read_wins


@pytest.mark.parametrize(("text", "wins"), [("yay we shipped it", ("shipped it",)), ("Priya sent her cv", ())])
def test_a_win_is_the_members_own_doing(text: str, wins: tuple[str, ...]) -> None:
    assert read_wins(text) == wins
