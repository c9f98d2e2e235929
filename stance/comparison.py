"""How sure scores are, and whether one model is better than another on the same rows.

Rows of one document are drawn together, since they are not independent of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from stance.arrays import Floats, Integers
from stance.records import STANCES, Stance

Interval = tuple[float, float]

_REPLICATES = 1000
_AT_ONCE = 50
_CLASSES = len(STANCES)


@dataclass(frozen=True, slots=True)
class Intervals:
    """95 % intervals by bootstrap over documents; of F1 by stance too."""

    macro_f1: Interval
    accuracy: Interval
    f1: dict[Stance, Interval]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A model against another on the same rows.

    Attributes:
        macro_f1, accuracy: Of the other model.
        only_this_right, only_other_right: Rows that one of the two judges right.
        mcnemar_p: Probability of a split as unequal as that, or more, were both equally often right (exact test).
        macro_f1_difference, accuracy_difference: This less the other, as (difference, low, high), 95 %.
    """

    macro_f1: float
    accuracy: float
    only_this_right: int
    only_other_right: int
    mcnemar_p: float
    macro_f1_difference: tuple[float, float, float]
    accuracy_difference: tuple[float, float, float]

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self)


def score_intervals(gold: Sequence[Stance], predicted: Integers, documents: Sequence[str], seed: int = 0) -> Intervals:
    """How far scores may be off by chance.

    Args:
        gold: n stances.
        predicted: Columns of `STANCES`, (n,).
        documents: What rows are drawn with, n names.
        seed: Of the draws.
    """
    (drawn,) = _drawn([_confusions(gold, predicted, documents)], seed)
    f1 = _f1(drawn)
    return Intervals(
        _interval(_macro(drawn, f1)),
        _interval(_accuracy(drawn)),
        {label: _interval(f1[:, place]) for place, label in enumerate(STANCES)},
    )


def compare(
    gold: Sequence[Stance], one: Integers, other: Integers, documents: Sequence[str], seed: int = 0
) -> Comparison:
    """Two models' calls on the same rows.

    Args:
        gold: n stances.
        one, other: Each model's calls, columns of `STANCES`, (n,).
        documents: What rows are drawn with, n names.
        seed: Of the draws.

    >>> found = compare(["support"] * 8, np.full(8, 2), np.zeros(8, int), list("abcdefgh"))
    >>> found.only_this_right, found.only_other_right, round(found.mcnemar_p, 4)
    (8, 0, 0.0078)
    """
    from scipy.stats import binomtest

    truth = np.array([STANCES.index(label) for label in gold])
    first = int(np.count_nonzero((one == truth) & (other != truth)))
    second = int(np.count_nonzero((one != truth) & (other == truth)))
    tables = [_confusions(gold, calls, documents) for calls in (one, other)]
    whole = [table.sum(axis=0, keepdims=True).astype(np.float64) for table in tables]
    drawn = _drawn(tables, seed)
    macro = [_macro(table, _f1(table)) for table in (*whole, *drawn)]
    accuracy = [_accuracy(table) for table in (*whole, *drawn)]
    return Comparison(
        macro_f1=float(macro[1][0]),
        accuracy=float(accuracy[1][0]),
        only_this_right=first,
        only_other_right=second,
        mcnemar_p=float(binomtest(first, first + second).pvalue) if first + second else 1.0,
        macro_f1_difference=(float(macro[0][0] - macro[1][0]), *_interval(macro[2] - macro[3])),
        accuracy_difference=(float(accuracy[0][0] - accuracy[1][0]), *_interval(accuracy[2] - accuracy[3])),
    )


def _confusions(gold: Sequence[Stance], predicted: Integers, documents: Sequence[str]) -> Integers:
    """Counts by document, gold and predicted stance, (documents, 3, 3)."""
    names, group = np.unique(np.array(documents, dtype=object), return_inverse=True)
    counts = np.zeros((len(names), _CLASSES, _CLASSES), dtype=np.intp)
    truth = np.array([STANCES.index(label) for label in gold], dtype=np.intp)
    np.add.at(counts, (group, truth, predicted), 1)
    return counts


def _drawn(tables: Sequence[Integers], seed: int) -> list[Floats]:
    """Confusions of documents drawn anew with replacement, the same for each table: (replicates, 3, 3) each."""
    generator = np.random.default_rng(seed)
    n = len(tables[0])
    found: list[list[Floats]] = [[] for _ in tables]
    for _ in range(_REPLICATES // _AT_ONCE):
        times = generator.multinomial(n, np.full(n, 1 / n), _AT_ONCE).astype(np.float64)
        for table, kept in zip(tables, found, strict=True):
            kept.append((times @ table.reshape(n, -1)).reshape(_AT_ONCE, _CLASSES, _CLASSES))
    return [np.concatenate(kept) for kept in found]


def _f1(confusions: Floats) -> Floats:
    """F1 by stance, (k, 3); 0 where a stance is neither there nor predicted."""
    right = np.einsum("kii->ki", confusions)
    total = confusions.sum(axis=1) + confusions.sum(axis=2)
    found: Floats = np.divide(2 * right, total, out=np.zeros_like(right), where=total > 0)
    return found


def _macro(confusions: Floats, f1: Floats) -> Floats:
    """Mean F1 over the stances in the gold, (k,)."""
    present = confusions.sum(axis=2) > 0
    mean: Floats = (f1 * present).sum(axis=1) / present.sum(axis=1)
    return mean


def _accuracy(confusions: Floats) -> Floats:
    share: Floats = np.einsum("kii->k", confusions) / confusions.sum(axis=(1, 2))
    return share


def _interval(values: Floats) -> Interval:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
