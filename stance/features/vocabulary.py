"""From emissions to weighed features: the fitted part of a block, numpy only.

Weighing follows scikit-learn's `TfidfVectorizer(sublinear_tf=True, smooth_idf=True, norm="l2")`; a test holds the
two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stance.features.blocks import Block
from stance.features.emissions import Emissions
from stance.features.hashing import Keys
from stance.features.lookup import KeyIndex
from stance.features.tokens import Ints

Floats = npt.NDArray[np.float64]


class Cells(NamedTuple):
    """The non-zero cells of a feature matrix; equal (row, column) pairs add up.

    Attributes:
        row, column: Shape (n_cells,).
        value: Shape (n_cells,).
    """

    row: Ints
    column: Ints
    value: Floats


@dataclass(frozen=True)
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

    @cached_property
    def index(self) -> KeyIndex:
        """The keys, for look-up."""
        return KeyIndex(self.keys)

    @cached_property
    def idf(self) -> Floats:
        """Smoothed inverse document frequency, shape (n_features,)."""
        return np.log((1 + self.n_rows) / (1 + self.rows)) + 1.0

    def __getstate__(self) -> dict[str, object]:
        return {"keys": self.keys, "rows": self.rows, "n_rows": self.n_rows}


def learn(block: Block, emissions: Emissions, n_rows: int) -> Vocabulary:
    """Keep the features that occur in at least `block.min_rows` rows."""
    keys, column = np.unique(emissions.key, return_inverse=True)
    cells = np.unique(emissions.row * max(keys.size, 1) + column)
    rows = np.bincount(cells % max(keys.size, 1), minlength=keys.size)
    kept = rows >= block.min_rows
    return Vocabulary(keys[kept], rows[kept].astype(np.int64), n_rows)


class Shares(NamedTuple):
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
    column = vocabulary.index.find(emissions.key)
    known = np.flatnonzero(column >= 0)
    row, column, value = emissions.row[known], column[known], emissions.value[known]
    if block.weighing == "value":
        return Shares(row, column, emissions.token[known], value * block.scale)
    cells = weigh(block, vocabulary, emissions)
    size = vocabulary.keys.size
    cell = np.searchsorted(cells.row * size + cells.column, row * size + column)
    total = np.bincount(cell, weights=value, minlength=cells.row.size)[cell]
    return Shares(row, column, emissions.token[known], cells.value[cell] * value / total)


def weigh(block: Block, vocabulary: Vocabulary, emissions: Emissions) -> Cells:
    """The weighed features of each row; features that training did not keep are passed over."""
    found = vocabulary.index.find(emissions.key)
    known = np.flatnonzero(found >= 0)
    row, column, value = emissions.row[known], found[known], emissions.value[known]
    if block.weighing == "value":
        return Cells(row, column, value * block.scale)
    row, column, total = _summed(row, column, value, vocabulary.keys.size)
    total = (1.0 + np.log(total)) * vocabulary.idf[column]
    square = np.bincount(row, weights=total * total, minlength=1)
    return Cells(row, column, total * (block.scale / np.sqrt(square[row])))


def _summed(row: Ints, column: Ints, value: Floats, n_columns: int) -> tuple[Ints, Ints, Floats]:
    """Cells sorted by row and column, those that are there several times added up."""
    # The position makes keys distinct, so that a plain sort, which is much the fastest, keeps equal cells in order and
    # sums do not depend on what else is in the batch.
    bits = max(1, row.size - 1).bit_length()
    order = np.sort(((row * n_columns + column) << bits) | np.arange(row.size))
    cell, order = order >> bits, order & ((1 << bits) - 1)
    first = np.flatnonzero(np.concatenate([[True], cell[1:] != cell[:-1]])) if cell.size else order
    total = np.add.reduceat(value[order], first) if cell.size else value
    return row[order[first]], column[order[first]], total
