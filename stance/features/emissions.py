"""What a block of features says of rows: which feature, how much, and because of which token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys
from stance.features.tokens import Ints

Floats = npt.NDArray[np.float64]


class Emissions(NamedTuple):
    """Features of many rows, in no particular order; equal (row, key) pairs add up.

    Attributes:
        row: Row, shape (n,).
        key: Key of the feature, shape (n,).
        value: How much, shape (n,), float64.
        token: Index of the token in the view that the feature comes from, or -1 for a sum over many, shape (n,).
    """

    row: Ints
    key: Keys
    value: npt.NDArray[np.float64]
    token: Ints


def emit(row: Ints, key: Keys, token: Ints, value: npt.NDArray[np.float64] | None = None) -> Emissions:
    """Emissions of value 1 unless said."""
    return Emissions(row, key, np.ones(row.size) if value is None else value, token)


def squashed_sums(
    keys: Keys,
    rule: Ints,
    row: Ints,
    token: Ints,
    part: Floats,
    n_rows: int,
    squash: Callable[[Floats], Floats],
    *,
    apart: bool = False,
) -> Emissions:
    """Of each rule, a value for each row whose parts do not cancel: `squash` of their sum.

    Args:
        keys: Key of each rule, shape (n_rules,).
        rule, row, token, part: What each part belongs to, where it comes from, and how much it is, shape (n,).
        n_rows: Number of rows.
        squash: Sums that are not 0 to values.
        apart: Give each part its share of the value, for reasons; else each sum has one value, of no token (-1).
    """
    cell = rule * n_rows + row
    total = np.asarray(np.bincount(cell, weights=part, minlength=keys.size * n_rows), np.float64)
    if apart:
        kept = np.flatnonzero(total[cell])
        sums = total[cell[kept]]
        return Emissions(row[kept], keys[rule[kept]], part[kept] / sums * squash(sums), token[kept])
    cells = np.flatnonzero(total)
    rules, rows = np.divmod(cells, max(n_rows, 1))
    return Emissions(rows, keys[rules], squash(total[cells]), np.full(cells.size, -1))


def join(parts: Sequence[Emissions]) -> Emissions:
    """All emissions of several parts."""
    return Emissions(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.key for part in parts]),
        np.concatenate([part.value for part in parts]),
        np.concatenate([part.token for part in parts]),
    )
