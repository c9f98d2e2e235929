"""How well predicted probabilities agree with gold stances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.arrays import Floats, Integers
from stance.errors import InputError
from stance.records import SHOWN_ORDER, STANCES, Stance

_N_BINS = 15


@dataclass(frozen=True, slots=True)
class ClassScores:
    """Scores of one stance, in [0, 1]; 0 where a rate has nothing to divide by. `n` counts gold rows."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """What always answering with the gold's most frequent stance scores, in [0, 1]."""

    macro_f1: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is left, and how right it is, if calls under a top probability are passed over; all in [0, 1].

    Attributes:
        share: Share of rows kept.
        min_probability: Lowest top probability among them.
        accuracy: Share of the rows kept that are right.
    """

    share: float
    min_probability: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of one source; rates lie in [0, 1].

    Attributes:
        n: Number of rows.
        macro_f1: Mean F1 over the stances that occur in the gold.
        f_avg: Mean of the F1 of support and of oppose.
        accuracy: Share of rows whose most probable stance is the gold one.
        ece: Expected calibration error of the top probability, in 15 bins of equal width.
        log_loss: Mean negative natural logarithm of the gold stance's probability.
        per_class: Scores by stance, always all three.
        confusion: Counts by gold, then by predicted stance.
        baseline: The majority baseline.
        coverage: Accuracy of the surest tenth, fifth, ... of the rows, for choosing `--min-probability`.
    """

    n: int
    macro_f1: float
    f_avg: float
    accuracy: float
    ece: float
    log_loss: float
    per_class: Mapping[Stance, ClassScores]
    confusion: Mapping[Stance, Mapping[Stance, int]]
    baseline: Baseline
    coverage: tuple[Coverage, ...]

    def to_dict(self) -> dict[str, Any]:
        """The scores as `evaluate --json` writes them."""
        return asdict(self) | {"coverage": [asdict(step) for step in self.coverage]}


def evaluate(gold: Sequence[Stance], probabilities: npt.ArrayLike) -> Evaluation:
    """Compare probabilities with gold stances.

    Args:
        gold: n stances.
        probabilities: (n, 3), columns in the order of `STANCES`; rows sum to 1.

    Raises:
        InputError: There is nothing to evaluate, a label is unknown, or these are no such probabilities.

    >>> scores = evaluate(["support", "oppose"], [[0.1, 0.2, 0.7], [0.1, 0.2, 0.7]])
    >>> scores.accuracy, round(scores.macro_f1, 3), scores.baseline.accuracy
    (0.5, 0.333, 0.5)
    """
    truth = _columns(gold)
    given = _checked(probabilities, len(truth))
    predicted = given.argmax(axis=1)
    confusion = np.zeros((len(STANCES), len(STANCES)), dtype=np.intp)
    np.add.at(confusion, (truth, predicted), 1)
    scores = {label: _class_scores(confusion, STANCES.index(label)) for label in SHOWN_ORDER}
    return Evaluation(
        n=len(truth),
        macro_f1=_mean([score.f1 for score in scores.values() if score.n]),
        f_avg=_mean([scores["support"].f1, scores["oppose"].f1]),
        accuracy=float(np.mean(truth == predicted)),
        ece=_calibration_error(given.max(axis=1), truth == predicted),
        log_loss=_log_loss(given[np.arange(len(truth)), truth]),
        per_class=scores,
        confusion={
            label: {other: int(confusion[STANCES.index(label), STANCES.index(other)]) for other in SHOWN_ORDER}
            for label in SHOWN_ORDER
        },
        baseline=_majority(confusion.sum(axis=1)),
        coverage=_coverage(given.max(axis=1), truth == predicted),
    )


def _columns(gold: Sequence[Stance]) -> Integers:
    if not len(gold):
        raise InputError("expected rows to evaluate, found none; give rows with gold stances")
    unknown = [label for label in gold if label not in STANCES]
    if unknown:
        raise InputError(f"expected gold stances {', '.join(SHOWN_ORDER)}, found {unknown[0]!r}; use these labels")
    return np.array([STANCES.index(label) for label in gold], dtype=np.intp)


def _checked(probabilities: npt.ArrayLike, n: int) -> Floats:
    given = np.asarray(probabilities, dtype=np.float64)
    if given.shape != (n, len(STANCES)):
        raise InputError(
            f"expected probabilities of shape {(n, len(STANCES))}, found {given.shape}; give one row per "
            f"gold stance, with the columns {', '.join(STANCES)}"
        )
    wrong = ~((given >= 0).all(axis=1) & (np.abs(given.sum(axis=1) - 1) <= 1e-6))  # NaN is wrong too
    if wrong.any():
        row = int(wrong.argmax())
        raise InputError(
            f"row {row}: expected probabilities from 0 to 1 that sum to 1, found {given[row].tolist()}; "
            "normalise each row"
        )
    return given


def _class_scores(confusion: Integers, column: int) -> ClassScores:
    right, n, predicted = confusion[column, column], confusion[column].sum(), confusion[:, column].sum()
    return ClassScores(
        precision=_ratio(right, predicted),
        recall=_ratio(right, n),
        f1=_ratio(2 * right, n + predicted),
        n=int(n),
    )


def _majority(counts: Integers) -> Baseline:
    accuracy = counts.max() / counts.sum()
    f1_of_majority = 2 * accuracy / (1 + accuracy)  # its recall is 1; all other stances score 0
    return Baseline(macro_f1=float(f1_of_majority / np.count_nonzero(counts)), accuracy=float(accuracy))


def _calibration_error(top: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Mean gap between confidence and accuracy, bin by bin; a bin holds its upper edge."""
    bins = np.clip(np.ceil(top * _N_BINS).astype(np.intp) - 1, 0, _N_BINS - 1)
    gaps = np.bincount(bins, weights=top - right, minlength=_N_BINS)
    return float(np.abs(gaps).sum() / len(top))


def _coverage(top: Floats, right: npt.NDArray[np.bool_]) -> tuple[Coverage, ...]:
    """Ten steps, the whole last; rows that tie with the last one kept are kept as well, as a threshold would."""
    surest = np.argsort(-top, kind="stable")
    found = np.cumsum(right[surest])
    curve = []
    for step in range(1, 11):
        threshold = top[surest[-(-top.size * step // 10) - 1]]
        kept = int(np.count_nonzero(top >= threshold))
        curve.append(Coverage(kept / top.size, float(threshold), float(found[kept - 1] / kept)))
    return tuple(curve)


def _log_loss(probability_of_gold: Floats) -> float:
    # Clipped as scikit-learn does, so that one confident mistake does not make the mean infinite.
    return float(-np.log(np.maximum(probability_of_gold, np.finfo(np.float64).eps)).mean())


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _ratio(part: np.intp, whole: np.intp) -> float:
    return float(part / whole) if whole else 0.0
