"""Names for the arrays that several modules pass to each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
Arrays = dict[str, npt.NDArray[np.generic]]
"""Arrays by name, as a model file holds them."""
