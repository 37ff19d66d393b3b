"""The test behind every difference that a month's mail claims, against plain counting."""

from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from shared.domain import chance

MOODS = st.integers(2, 20).map(lambda halves: halves / 2)


def counted(some: list[float], others: list[float]) -> float:
    """The same by trying all choices of days."""
    both = [*some, *others]
    rank = {value: 2 * sum(each < value for each in both) + both.count(value) + 1 for value in both}
    sums = [sum(rank[both[at]] for at in chosen) for chosen in combinations(range(len(both)), len(some))]
    middle = len(some) * (len(both) + 1)
    off = abs(sum(rank[value] for value in some) - middle)
    return sum(abs(total - middle) >= off for total in sums) / len(sums)


@given(st.lists(MOODS, min_size=1, max_size=6), st.lists(MOODS, min_size=1, max_size=6))
def test_it_is_what_counting_all_choices_comes_to(some: list[float], others: list[float]) -> None:
    assert chance.rank_sum(some, others) == counted(some, others)


@given(st.lists(MOODS, max_size=31), st.lists(MOODS, max_size=31))
def test_two_whole_months_have_a_likelihood_and_the_same_one_turned_around(
    some: list[float], others: list[float]
) -> None:
    likelihood = chance.rank_sum(some, others)
    assert 0 < likelihood <= 1
    assert likelihood == chance.rank_sum(others, some)


def test_of_days_that_differ_by_chance_alone_few_are_called_different() -> None:
    random = Random(1)  # noqa: S311
    called = 0
    for _ in range(400):
        moods = [random.randint(2, 20) / 2 for _ in range(24)]
        called += chance.rank_sum(moods[:6], moods[6:]) <= chance.LEVEL
    assert called <= 32  # 5% of 400 are 20; more than 32 would be once in 300 times


def test_days_that_are_nothing_alike_are_called_different() -> None:
    assert chance.rank_sum([7.5, 8, 7, 7.5], [5, 4.5, 5, 6, 4]) <= chance.LEVEL


@given(st.lists(st.floats(0, 1), max_size=6))
def test_looked_at_together_no_more_stand_than_each_by_itself(likelihoods: list[float]) -> None:
    together = chance.supported(likelihoods)
    assert len(together) == len(likelihoods)
    assert all(each <= chance.LEVEL for each, stands in zip(likelihoods, together, strict=True) if stands)
    assert chance.supported([0.04] * 6) == [False] * 6
