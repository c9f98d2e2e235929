"""Class scores to probabilities: a softmax with one temperature (Guo et al., ICML 2017)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stance.arrays import Floats
from stance.records import STANCES


def probabilities(scores: Floats, temperature: float = 1.0) -> Floats:
    """Softmax of `scores / temperature` over the last axis.

    >>> probabilities(np.array([[0.0, 0.0, 0.0]])).round(3).tolist()
    [[0.333, 0.333, 0.333]]
    """
    scaled = scores / temperature
    exponentials = np.exp(scaled - scaled.max(axis=-1, keepdims=True, initial=-np.inf))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))


def fit_temperature(scores: Floats, gold: Sequence[str]) -> float:
    """The temperature that gives held-out gold labels the highest likelihood.

    Args:
        scores: Class scores of rows that training did not see, columns as STANCES, shape (n, 3).
        gold: Their labels, length n.

    Returns:
        A temperature in [0.2, 5]; 1 where there are no rows.

    >>> fit_temperature(np.array([[4.0, 0, 0], [0, 4.0, 0], [0, 0, 4.0]]), ["neutral", "oppose", "oppose"]) > 2
    True
    """
    if len(gold) == 0:
        return 1.0
    column = np.array([STANCES.index(label) for label in gold])

    def loss(temperature: float) -> float:
        chosen = probabilities(scores, temperature)[np.arange(column.size), column]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    low, high = np.log(0.2), np.log(5.0)
    # Golden-section search: the loss has one valley in the temperature.
    ratio = (np.sqrt(5.0) - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    while high - low > 1e-4:
        if loss(float(np.exp(left))) < loss(float(np.exp(right))):
            high, right = right, left
            left = high - ratio * (high - low)
        else:
            low, left = left, right
            right = low + ratio * (high - low)
    return round(float(np.exp((low + high) / 2)), 4)
