"""What a block of features says of rows: which feature, how much, and because of which token."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from stance.arrays import Floats
from stance.features.hashing import Keys
from stance.features.tokens import Ints


class Part(NamedTuple):
    """Some emissions of a block, arrays as those of `Emissions`; without values each is 1."""

    row: Ints
    key: Keys
    token: Ints
    value: Floats | None = None


class Emissions:
    """Features of many rows, in no particular order; equal (row, key) pairs add up.

    Scoring asks for rows and keys, often for values, and never for tokens: each is put together when it is asked for.

    Parameters:
        parts: What they consist of, at least one.
    """

    def __init__(self, *parts: Part) -> None:
        self.parts = parts

    @cached_property
    def row(self) -> Ints:
        """Row, shape (n,)."""
        return _one([part.row for part in self.parts])

    @cached_property
    def key(self) -> Keys:
        """Key of the feature, shape (n,)."""
        return _one([part.key for part in self.parts])

    @cached_property
    def value(self) -> Floats:
        """How much, shape (n,)."""
        return _one([np.ones(part.row.size) if part.value is None else part.value for part in self.parts])

    @cached_property
    def token(self) -> Ints:
        """Index of the token in the view that the feature comes from, or -1 for a sum over many, shape (n,)."""
        return _one([part.token for part in self.parts])


Number = TypeVar("Number", bound=np.generic)


def _one(arrays: Sequence[npt.NDArray[Number]]) -> npt.NDArray[Number]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def emit(row: Ints, key: Keys, token: Ints, value: Floats | None = None) -> Emissions:
    """Emissions of value 1 unless said."""
    return Emissions(Part(row, key, token, value))


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
        return emit(row[kept], keys[rule[kept]], token[kept], part[kept] / sums * squash(sums))
    cells = np.flatnonzero(total)
    rules, rows = np.divmod(cells, max(n_rows, 1))
    return emit(rows, keys[rules], np.full(cells.size, -1), squash(total[cells]))


def join(several: Iterable[Emissions]) -> Emissions:
    """All of several emissions, at least one."""
    return Emissions(*(part for emissions in several for part in emissions.parts))
