"""How far counts may be off by chance: intervals that know that sentences of one article resemble each other.

The population is the articles that might have been published or collected instead: an interval says what other
articles of the same kind would show. It says nothing about the model's own errors; `stance.report.sample.corrected`
does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stance.arrays import Floats, Integers

_Z = 1.959963984540054
_FEWEST_DEGREES = 10


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of g groups with 95 % intervals; each array is (g,).

    Attributes:
        effective: How many independent sentences the group's are worth.
        support, oppose: Shares in [0, 1], each as (share, low, high).
        net: Support less oppose, in [-1, 1], as (net, low, high).
    """

    effective: Floats
    support: tuple[Floats, Floats, Floats]
    oppose: tuple[Floats, Floats, Floats]
    net: tuple[Floats, Floats, Floats]


def shares(support: npt.ArrayLike, oppose: npt.ArrayLike, n: npt.ArrayLike, effective: npt.ArrayLike) -> Shares:
    """Shares and their intervals.

    Args:
        support, oppose: Counts, (g,).
        n: Sentences, (g,), each at least 1.
        effective: Independent sentences that these are worth, (g,).

    >>> found = shares([6], [2], [12], [12.0])
    >>> [round(float(value[0]), 2) for value in found.net]
    [0.33, -0.12, 0.65]
    """
    sizes = np.asarray(n, dtype=np.float64)
    worth = np.asarray(effective, dtype=np.float64)
    one, other = np.asarray(support) / sizes, np.asarray(oppose) / sizes
    one_low, one_high = wilson(one, worth)
    other_low, other_high = wilson(other, worth)
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation = np.nan_to_num(-np.sqrt(one * other / ((1 - one) * (1 - other))), posinf=0.0, neginf=-1.0)
    net = one - other
    low = net - _joined(one - one_low, other_high - other, correlation)
    high = net + _joined(one_high - one, other - other_low, correlation)
    return Shares(worth, (one, one_low, one_high), (other, other_low, other_high), (net, low, high))


def wilson(share: Floats, n: Floats) -> tuple[Floats, Floats]:
    """The 95 % score interval of shares of n independent sentences; n need not be whole.

    >>> low, high = wilson(np.array([0.5]), np.array([12.0]))
    >>> round(float(low[0]), 2), round(float(high[0]), 2)
    (0.25, 0.75)
    """
    scale = 1 + _Z**2 / n
    middle = (share + _Z**2 / (2 * n)) / scale
    half = _Z * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / scale
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def difference(one: tuple[float, float, float], other: tuple[float, float, float]) -> tuple[float, float, float]:
    """Two independent estimates, each with its interval, subtracted: the same again (Newcombe's method).

    >>> [round(value, 2) for value in difference((0.5, 0.3, 0.7), (0.1, 0.0, 0.2))]
    [0.4, 0.18, 0.62]
    """
    (a, a_low, a_high), (b, b_low, b_high) = one, other
    low = a - b - float(np.hypot(a - a_low, b_high - b))
    return a - b, low, a - b + float(np.hypot(a_high - a, b - b_low))


def effective_sizes(n: Integers, squares: Floats, correlation: float) -> Floats:
    """Independent sentences that groups are worth (Kish's design effect).

    Args:
        n: Sentences of each group, (g,).
        squares: Sum, over the articles in the group, of squared numbers of sentences, (g,).
        correlation: How much sentences of one article about one figure resemble each other, in [0, 1].
    """
    sizes: Floats = n / (1 + (squares / n - 1) * correlation)
    return sizes


def correlation_within(score: Floats, figure: Integers, document: Integers) -> float:
    """The intraclass correlation of sentences about one figure in one article, beyond what the figure explains.

    Args:
        score: -1 for oppose, 0, 1 for support, (n,).
        figure, document: Numbers, (n,).

    Returns:
        From 0 to 1; 0 where there are too few articles to tell.
    """
    if not score.size:
        return 0.0
    _, cell, m = np.unique(np.stack([figure, document]), axis=1, return_inverse=True, return_counts=True)
    cell = cell.ravel()
    first = np.zeros(m.size, dtype=np.intp)
    first[cell] = figure
    means = np.bincount(cell, score) / m
    by_figure = np.bincount(figure)
    overall = np.bincount(figure, score) / np.maximum(by_figure, 1)
    between_degrees = m.size - np.count_nonzero(by_figure)
    within_degrees = score.size - m.size
    if between_degrees < _FEWEST_DEGREES or within_degrees < _FEWEST_DEGREES:
        return 0.0
    within = float(np.square(score - means[cell]).sum()) / within_degrees
    between = float((m * np.square(means - overall[first])).sum()) / between_degrees
    size = (score.size - float((m**2 / by_figure[first]).sum())) / between_degrees
    spread = between + (size - 1) * within
    return min(max((between - within) / spread, 0.0), 1.0) if spread > 0 else 0.0


def _joined(one: Floats, other: Floats, correlation: Floats) -> Floats:
    return np.sqrt(np.maximum(one**2 + other**2 - 2 * correlation * one * other, 0.0))
