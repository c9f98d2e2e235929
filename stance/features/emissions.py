"""What a block of features says of rows: which feature, how much, and because of which token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys
from stance.features.tokens import Ints


@dataclass(frozen=True, slots=True)
class Emissions:
    """Features of many rows, in no particular order; equal (row, key) pairs add up.

    Attributes:
        row: Row, shape (n,).
        key: Key of the feature, shape (n,).
        value: How much, shape (n,), float64.
        token: Index of the token in the view that the feature comes from, shape (n,).
    """

    row: Ints
    key: Keys
    value: npt.NDArray[np.float64]
    token: Ints


def emit(row: Ints, key: Keys, token: Ints, value: npt.NDArray[np.float64] | None = None) -> Emissions:
    """Emissions of value 1 unless said."""
    return Emissions(row, key, np.ones(row.size) if value is None else value, token)


def join(parts: Sequence[Emissions]) -> Emissions:
    """All emissions of several parts."""
    return Emissions(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.key for part in parts]),
        np.concatenate([part.value for part in parts]),
        np.concatenate([part.token for part in parts]),
    )
