"""From emissions to weighed features: the fitted part of a block, numpy only.

Weighing follows scikit-learn's `TfidfVectorizer(sublinear_tf=True, smooth_idf=True, norm="l2")`; a test holds the
two together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stance.features.blocks import Block
from stance.features.emissions import Emissions
from stance.features.hashing import Keys
from stance.features.tokens import Ints

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cells:
    """The non-zero cells of a feature matrix, sorted by row and column.

    Attributes:
        row, column: Shape (n_cells,).
        value: Shape (n_cells,).
    """

    row: Ints
    column: Ints
    value: Floats


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features of one block that training kept.

    Attributes:
        keys: Sorted keys, shape (n_features,).
        rows: In how many training rows each feature occurred, shape (n_features,).
        n_rows: Number of training rows.
    """

    keys: Keys
    rows: Ints
    n_rows: int

    @property
    def idf(self) -> Floats:
        """Smoothed inverse document frequency, shape (n_features,)."""
        return np.log((1 + self.n_rows) / (1 + self.rows)) + 1.0


def learn(block: Block, emissions: Emissions, n_rows: int) -> Vocabulary:
    """Keep the features that occur in at least `block.min_rows` rows."""
    keys, column = np.unique(emissions.key, return_inverse=True)
    cells = np.unique(emissions.row * max(keys.size, 1) + column)
    rows = np.bincount(cells % max(keys.size, 1), minlength=keys.size)
    kept = rows >= block.min_rows
    return Vocabulary(keys[kept], rows[kept].astype(np.int64), n_rows)


@dataclass(frozen=True, slots=True)
class Shares:
    """Weighed features taken apart into the emissions they come from; within a cell the values add up to the cell's.

    Attributes:
        row, column, token: Shape (n,); `token` as in `Emissions`.
        value: Shape (n,).
    """

    row: Ints
    column: Ints
    token: Ints
    value: Floats


def shares(block: Block, vocabulary: Vocabulary, emissions: Emissions) -> Shares:
    """What each emission of a known feature has of that feature's weighed value."""
    keys = vocabulary.keys
    cells = weigh(block, vocabulary, emissions)
    column = np.minimum(np.searchsorted(keys, emissions.key), max(keys.size - 1, 0))
    known = np.flatnonzero(keys[column] == emissions.key) if keys.size else np.zeros(0, dtype=np.int64)
    row, column, value = emissions.row[known], column[known], emissions.value[known]
    cell = np.searchsorted(cells.row * keys.size + cells.column, row * keys.size + column)
    total = np.bincount(cell, weights=value, minlength=cells.row.size)[cell]
    # Emissions that cancel each other leave nothing to share.
    part = np.divide(value, total, out=np.zeros_like(value), where=total != 0)
    return Shares(row, column, emissions.token[known], cells.value[cell] * part if cell.size else part)


def weigh(block: Block, vocabulary: Vocabulary, emissions: Emissions) -> Cells:
    """The weighed features of each row; features that training did not keep are passed over."""
    keys = vocabulary.keys
    if keys.size == 0 or emissions.key.size == 0:
        none = np.zeros(0, dtype=np.int64)
        return Cells(none, none, np.zeros(0))
    column = np.minimum(np.searchsorted(keys, emissions.key), keys.size - 1)
    known = np.flatnonzero(keys[column] == emissions.key)
    cell = emissions.row[known] * keys.size + column[known]
    # Stable, so that sums do not depend on what else is in the batch.
    order = np.argsort(cell, kind="stable")
    cell, value = cell[order], emissions.value[known[order]]
    first = np.flatnonzero(np.concatenate([[True], cell[1:] != cell[:-1]])) if cell.size else order
    total = np.add.reduceat(value, first) if cell.size else value
    row, column = np.divmod(cell[first], keys.size)
    if block.weighing == "tfidf":
        total = (1.0 + np.log(total)) * vocabulary.idf[column]
        square = np.bincount(row, weights=total * total, minlength=int(row[-1]) + 1 if row.size else 0)
        total = total / np.sqrt(square[row])
    return Cells(row, column, total * block.scale)
