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

from stance.arrays import Floats
from stance.features.blocks import Block
from stance.features.emissions import Emissions
from stance.features.hashing import Keys
from stance.features.lookup import KeyIndex
from stance.features.tokens import Ints

_FEW = 8
"""Features are few when they are fewer than all, divided by this."""
_USUAL = 64
"""Times that a feature occurs in a row, seldom more."""


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

    def idf(self, column: Ints) -> Floats:
        """Smoothed inverse document frequency of these features, shape of `column`."""
        if column.size < self.keys.size // _FEW:  # a single article
            return self._smoothed(self.rows.take(column))
        return self._idf.take(column)

    @cached_property
    def _idf(self) -> Floats:
        return self._smoothed(self.rows)

    def _smoothed(self, rows: Ints) -> Floats:
        return np.asarray(np.log((1 + self.n_rows) / (1 + rows)) + 1.0)

    def __getstate__(self) -> dict[str, object]:
        return {"keys": self.keys, "rows": self.rows, "n_rows": self.n_rows}


def learn(block: Block, emissions: Emissions, n_rows: int) -> Vocabulary:
    """Keep the features that occur in at least `block.min_rows` rows."""
    # Sorting numbers is several times as fast as numpy.unique, which hashes them or sorts their positions.
    ordered = np.sort(emissions.key)
    keys = ordered.take(beginnings(ordered))
    _, column, _ = _counted(emissions.row, KeyIndex(keys).find(emissions.key))
    rows = np.bincount(column, minlength=keys.size)
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
    known, column = vocabulary.index.known(emissions.key)
    row, value = emissions.row[known], emissions.value[known]
    if block.weighing == "value":
        return Shares(row, column, emissions.token[known], value * block.scale)
    cells = weigh(block, vocabulary, emissions)
    size = vocabulary.keys.size
    cell = np.searchsorted(cells.row * size + cells.column, row * size + column)
    total = np.bincount(cell, weights=value, minlength=cells.row.size)[cell]
    return Shares(row, column, emissions.token[known], cells.value[cell] * value / total)


def weigh(block: Block, vocabulary: Vocabulary, emissions: Emissions) -> Cells:
    """The weighed features of each row; features that training did not keep are passed over.

    Cells of a `tfidf` block, whose emissions are counted whatever their value, are sorted by row.
    """
    known, column = vocabulary.index.known(emissions.key)
    row = emissions.row.take(known)
    if block.weighing == "value":
        return Cells(row, column, emissions.value.take(known) * block.scale)
    row, column, times = _counted(row, column)
    value = _dampened(times) * vocabulary.idf(column)
    first = beginnings(row)
    length = np.sqrt(np.add.reduceat(value * value, first)) if row.size else value
    return Cells(row, column, value * np.repeat(block.scale / length, np.diff(first, append=row.size)))


def beginnings(ordered: npt.NDArray[np.integer]) -> Ints:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: ordered.size])


def _counted(row: Ints, column: Ints) -> tuple[Ints, Ints, Ints]:
    """Cells sorted by row and column, each once, and how often each was there."""
    # Both numbers in one: a plain sort of those is much the fastest, and fastest where 32 bits hold them.
    bits = int(column.max(initial=0)).bit_length()
    narrow = bits + int(row.max(initial=0)).bit_length() <= 32
    cell = np.sort(((row << bits) | column).astype(np.uint32 if narrow else np.int64))
    first = beginnings(cell)
    cell = cell.take(first).astype(np.int64)
    return cell >> bits, cell & ((1 << bits) - 1), np.diff(first, append=column.size)


def _dampened(times: Ints) -> Floats:
    """1 + log of how often something occurs."""
    most = int(times.max(initial=1))
    return np.asarray((1.0 + np.log(np.arange(1, max(most, _USUAL) + 1))).take(times - 1))
