"""A labelled sample of the corpus: which rows it labels, and shares corrected by it.

A classifier's errors do not average out over a corpus. Prediction-powered inference (the package ppi-python, extra
`corrected`) measures them on rows that people labelled and takes them out of the whole: the model's mean over all
rows, plus the mean of what it gets wrong on the sample. Its intervals hold whatever the model does, if the sample was
drawn at random from the rows.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from stance.arrays import Floats
from stance.counting import counted
from stance.errors import InputError, OutputError
from stance.reading import Note, TableRow, converted
from stance.records import STANCES, Failure, LabelledRow, Prediction, Stance
from stance.report.corpus import Corpus
from stance.report.intervals import shares
from stance.report.tables import ENOUGH, Row
from stance.rows import labelled_row

_MEASURES: tuple[str, ...] = ("support", "oppose", "neutral", "net")
_COLUMN: dict[str, int] = {stance: column for column, stance in enumerate(STANCES)}
_ALPHA = 0.05
_FEWEST = 5
"""Labelled rows that have a stance, and that lack it, under which its share is told by the labelled rows alone."""


@dataclass(slots=True)
class Sample:
    """Labelled rows that wait for the rows of the corpus that they label.

    Attributes:
        labels: Gold stances by number of the corpus's row.
        size: Labelled rows drawn at random.
    """

    labels: dict[int, Stance] = field(default_factory=dict)
    size: int = 0
    _waiting: dict[str, list[LabelledRow]] = field(default_factory=dict)

    def add(self, row: LabelledRow) -> None:
        """Take in a labelled row."""
        self.size += 1
        self._waiting.setdefault(row.target.sentence.strip(), []).append(row)

    def watch(self, rows: Iterable[Prediction]) -> Iterator[Prediction]:
        """The rows of the corpus as they pass; those that the sample labels are noted."""
        for number, row in enumerate(rows):
            waiting = self._waiting.get(row.sentence.strip(), [])
            fitting = [label for label in waiting if _fits(label, row)]
            if fitting:
                self.labels[number] = fitting[0].stance
                waiting.remove(fitting[0])
            yield row


def read_sample(name: str, note: Note) -> Iterator[LabelledRow | Failure]:
    """The labelled rows of a table that were drawn at random: all, or by its column `drawn_by` the `random` ones."""
    left_out = 0

    def drawn(row: TableRow) -> LabelledRow | None:
        nonlocal left_out
        if row.values.get("drawn_by") in (None, "", "random"):
            return labelled_row(row.values, row.where)
        left_out += 1
        return None

    yield from converted(name, note, drawn)
    if left_out:
        note(f"{name}: {counted(left_out, 'row')} left out, not drawn at random (column drawn_by)")


def corrected(corpus: Corpus, sample: Sample, told: Iterable[int]) -> list[Row]:
    """Corrected shares of all rows, and of each person with enough labelled ones.

    Args:
        corpus: The rows.
        sample: Which has watched them pass.
        told: Numbers of people.

    Raises:
        OutputError: ppi-python is not installed.
        InputError: Too few rows of the sample are among the rows.
    """
    labelled = np.zeros(len(corpus.person), dtype=np.bool_)
    labelled[list(sample.labels)] = True
    if labelled.sum() < ENOUGH or labelled.all():
        raise InputError(
            f"expected a sample that labels at least {ENOUGH} of the rows but not all, found {int(labelled.sum())} of "
            f"{len(labelled)} rows labelled; label sentences drawn at random from these rows, with `sentence` and "
            "`target` as they stand there"
        )
    groups = [("", np.ones_like(labelled)), *((corpus.people[p].name, corpus.person == p) for p in told)]
    rows = []
    for name, members in groups:
        known = labelled & members
        if known.sum() >= ENOUGH and (members & ~labelled).sum() >= ENOUGH:
            rows += [_corrected(corpus, sample, name, measure, members, known) for measure in _MEASURES]
    return rows


def mean_interval(gold: Floats, predicted: Floats, others: Floats) -> tuple[float, float]:
    """The 95 % interval of a mean by prediction-powered inference.

    Args:
        gold, predicted: Of the labelled rows, (n,).
        others: Predicted for the rows without label, (N,).

    Raises:
        OutputError: ppi-python is not installed.
    """
    try:
        with warnings.catch_warnings():  # on import it silences every warning of the process
            from ppi_py import ppi_mean_ci
    except ImportError as error:
        raise OutputError(
            f"expected the package ppi-python to correct shares, found it missing ({error}); "
            'pip install "political-stance[report,corrected]", or leave out --sample'
        ) from error
    # Predictions that never vary explain nothing, and their best weight is undefined.
    weight = None if np.ptp(np.concatenate([predicted, others])) else 0.0
    low, high = ppi_mean_ci(gold, predicted, others, alpha=_ALPHA, lam=weight)
    middle, half = float(np.squeeze(low + high)) / 2, float(np.squeeze(high - low)) / 2
    return middle - half * _small_sample(gold.size), middle + half * _small_sample(gold.size)


def _small_sample(n: int) -> float:
    """How much wider an interval must be than the package's, which is made for large samples.

    It divides by n and takes the normal curve; a mean and a weight are estimated, so n - 2 and Student's are due.
    """
    from scipy.stats import norm, t

    return float(t.isf(_ALPHA / 2, n - 2) / norm.isf(_ALPHA / 2) * np.sqrt(n / (n - 2)))


def measured(stances: Any, measure: str) -> Floats:
    """Whether columns of `STANCES` are the stance, 0 or 1; for `net`, -1, 0 or 1."""
    codes = np.asarray(stances)
    if measure == "net":
        return measured(codes, "support") - measured(codes, "oppose")
    found: Floats = (codes == _COLUMN[measure]).astype(np.float64)
    return found


def expected(probabilities: Floats, measure: str) -> Floats:
    """What the model expects of a measure, row by row."""
    if measure == "net":
        return expected(probabilities, "support") - expected(probabilities, "oppose")
    return probabilities[:, _COLUMN[measure]]


def _corrected(corpus: Corpus, sample: Sample, name: str, measure: str, members: Any, known: Any) -> Row:
    numbers = np.flatnonzero(known)
    gold = measured([STANCES.index(sample.labels[number]) for number in numbers.tolist()], measure)
    believed = expected(corpus.probabilities, measure)
    rare = min(np.count_nonzero(gold), np.count_nonzero(gold == 0)) < _FEWEST
    if rare:  # the normal curve that the inference rests on does not fit
        low, high = _labelled_alone(gold)
    else:
        low, high = mean_interval(gold, believed[numbers], believed[members & ~known])
    floor = -1.0 if measure == "net" else 0.0
    return {
        "figure": name,
        "sentences": int(members.sum()),
        "labelled": len(numbers),
        "measure": measure,
        "raw": round(float(measured(corpus.stance[members], measure).mean()), 4),
        "corrected": round(float(gold.mean()) if rare else min(max((low + high) / 2, floor), 1.0), 4),
        "low": round(max(low, floor), 4),
        "high": round(min(high, 1.0), 4),
        "method": "labelled rows alone" if rare else "prediction-powered",
    }


def _labelled_alone(gold: Floats) -> tuple[float, float]:
    n = [gold.size]
    _, low, high = shares([(gold > 0).sum()], [(gold < 0).sum()], n, n).net
    if not (gold < 0).any():
        _, low, high = shares([(gold > 0).sum()], [0], n, n).support
    return float(low[0]), float(high[0])


def _fits(label: LabelledRow, row: Prediction) -> bool:
    if label.document not in (label.target.sentence, row.document):
        return False
    return label.name.strip() in {row.figure, row.figure_id, *(mention.text for mention in row.mentions)}
