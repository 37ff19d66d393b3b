"""What tests of a conversation begin with."""

import pytest

from tests.unit.buddying import Pair
from tests.unit.conversing import Phone, member


@pytest.fixture
def ana() -> Phone:
    return Phone(member())


@pytest.fixture
def asked() -> Phone:
    """Ana, on Tuesday evening, with the day's check-in open."""
    return Phone(member()).prompted("2026-03-03T19:30")


@pytest.fixture
def pair() -> Pair:
    return Pair()
