"""Labelled rows with what a model, and perhaps another, says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.arrays import Floats, Integers
from stance.comparison import Comparison, Intervals, compare, score_intervals
from stance.evaluation import Evaluation, evaluate
from stance.records import STANCES, LabelledRow
from stance.report.intervals import wilson

_WORST = 20
_FEWEST = 10
_MOST_FIGURES = 25


@dataclass(frozen=True)
class Scored:
    """Rows of one source, scored.

    Attributes:
        name: The source.
        rows: n labelled rows.
        probabilities: (n, 3), columns as `STANCES`.
        other: The same of the model to compare with, or None.
    """

    name: str
    rows: Sequence[LabelledRow]
    probabilities: Floats
    other: Floats | None = None

    @cached_property
    def evaluation(self) -> Evaluation:
        """The scores."""
        return evaluate([row.stance for row in self.rows], self.probabilities)

    @cached_property
    def intervals(self) -> Intervals:
        """How far they may be off by chance."""
        return score_intervals([row.stance for row in self.rows], self.predicted, self._documents)

    @cached_property
    def comparison(self) -> Comparison | None:
        """This model against the other, if there is one."""
        if self.other is None:
            return None
        gold = [row.stance for row in self.rows]
        return compare(gold, self.predicted, self.other.argmax(axis=1), self._documents)

    @cached_property
    def truth(self) -> Integers:
        """Columns of the gold stances, (n,)."""
        return np.array([STANCES.index(row.stance) for row in self.rows], dtype=np.intp)

    @cached_property
    def predicted(self) -> Integers:
        """Columns of the most probable stances, (n,)."""
        best: Integers = self.probabilities.argmax(axis=1)
        return best

    @property
    def _documents(self) -> list[str]:
        return [row.document for row in self.rows]

    def to_dict(self) -> dict[str, Any]:
        """The scores as `evaluate --json` writes them."""
        found = self.evaluation.to_dict()
        return found if self.comparison is None else {**found, "comparison": self.comparison.to_dict()}

    def worst(self) -> list[int]:
        """Numbers of the rows judged wrongly, the surest first."""
        wrong = np.flatnonzero(self.predicted != self.truth)
        return [
            int(number) for number in wrong[np.argsort(-self.probabilities.max(axis=1)[wrong], kind="stable")][:_WORST]
        ]

    def by_figure(self) -> list[dict[str, Any]]:
        """Accuracy by the target's text, most rows first; only of those with ten rows or more."""
        groups: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            groups.setdefault(" ".join(row.name.split()), []).append(number)
        right = self.predicted == self.truth
        found: list[dict[str, Any]] = []
        for name, numbers in groups.items():
            if len(numbers) >= _FEWEST:
                share, low, high = rate(int(right[numbers].sum()), len(numbers))
                found.append({"figure": name, "n": len(numbers), "accuracy": share, "low": low, "high": high})
        return sorted(found, key=lambda line: -line["n"])[:_MOST_FIGURES]


def rate(part: int, whole: int) -> tuple[float, float, float]:
    """A share with its 95 % interval; of nothing, anything between 0 and 1.

    >>> [round(value, 2) for value in rate(6, 12)]
    [0.5, 0.25, 0.75]
    """
    if not whole:
        return 0.0, 0.0, 1.0
    low, high = wilson(np.array([part / whole]), np.array([float(whole)]))
    return part / whole, float(low[0]), float(high[0])


def reliability(probabilities: Floats, truth: Integers, bins: int = 10) -> list[tuple[float, int, int]]:
    """Bins of the top probability that are not empty: its mean, rows right, rows.

    >>> reliability(np.array([[0.1, 0.2, 0.7], [0.1, 0.2, 0.7]]), np.array([2, 0]))
    [(0.7, 1, 2)]
    """
    top, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == truth
    places = np.clip(np.ceil(top * bins).astype(np.intp) - 1, 0, bins - 1)
    return [
        (float(top[places == b].mean()), int(right[places == b].sum()), int(np.count_nonzero(places == b)))
        for b in range(bins)
        if (places == b).any()
    ]


def coverage(probabilities: Floats, truth: Integers) -> tuple[Floats, Floats, npt.NDArray[np.float64]]:
    """Shares of rows kept, the surest first, how often these are right, and the lowest top probability: (n,) each."""
    top = probabilities.max(axis=1)
    order = np.argsort(-top, kind="stable")
    kept = np.arange(1, len(order) + 1)
    return kept / len(order), np.cumsum((probabilities.argmax(axis=1) == truth)[order]) / kept, top[order]
