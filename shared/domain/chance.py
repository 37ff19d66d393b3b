"""Whether a difference between two groups of days is more than chance brings. Exact, and the same every time. Pure."""

from collections.abc import Sequence
from itertools import groupby

LEVEL = 0.05
_LANE = 64  # bits: the ways to choose from two months of days fit in


def rank_sum(some: Sequence[float], others: Sequence[float]) -> float:
    """How likely ranks as far apart as these are, either way, if it made no difference which days are `some`.

    Mann and Whitney's rank-sum test (Annals of Mathematical Statistics 18, 1947), by its exact distribution over all
    ways to choose so many of the days; tied moods share their mean rank. All sums are counted at once by Streitberg
    and Röhmel's shift algorithm (EDV in Medizin und Biologie 17, 1986): a whole number holds, in lanes of 64 bits,
    how many choices come to each sum. It takes days to be independent, which neighbours are not quite, so what it
    calls a difference is said as an observation with its counts, and never as a cause. For two months at most.

    >>> rank_sum([1, 2, 3], [4, 5, 6]), rank_sum([5, 5], [5, 5])
    (0.1, 1.0)
    """
    if not some or not others:
        return 1.0
    few, ranks = min(len(some), len(others)), _doubled_ranks(some, others)
    chosen = ranks[: len(some)] if len(some) == few else ranks[len(some) :]
    ways = _ways(few, ranks)
    middle = few * (len(ranks) + 1)  # the mean of a doubled sum
    off = abs(sum(chosen) - middle)
    as_far = sum(count for total, count in enumerate(ways) if abs(total - middle) >= off)
    return as_far / sum(ways)


def _doubled_ranks(some: Sequence[float], others: Sequence[float]) -> list[int]:
    """Each one's rank among all, in that order; doubled, so that a mean of two ranks is whole."""
    rank, below = dict[float, int](), 0
    for value, same in groupby(sorted((*some, *others))):
        count = len(list(same))
        rank[value] = 2 * below + count + 1
        below += count
    return [rank[value] for value in (*some, *others)]


def _ways(few: int, ranks: Sequence[int]) -> list[int]:
    """In how many ways so `few` of the ranks come to each sum, from 0 on."""
    ways = [1] + [0] * few
    for rank in ranks:
        for size in range(few, 0, -1):
            ways[size] += ways[size - 1] << (_LANE * rank)
    lane = (1 << _LANE) - 1
    return [(ways[few] >> (_LANE * total)) & lane for total in range(sum(sorted(ranks)[-few:]) + 1)]


def supported(likelihoods: Sequence[float]) -> list[bool]:
    """Which of several differences looked at together stand, at LEVEL for all of them (Holm, Scand. J. Stat. 6, 1979).

    >>> supported([0.01, 0.04, 0.5]), supported([0.03, 0.02])
    ([True, False, False], [True, True])
    """
    stand = [False] * len(likelihoods)
    for beaten, at in enumerate(sorted(range(len(likelihoods)), key=lambda at: likelihoods[at])):
        if likelihoods[at] > LEVEL / (len(likelihoods) - beaten):
            break
        stand[at] = True
    return stand
