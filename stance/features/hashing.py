"""64-bit keys: every word, n-gram and rule that the model can weigh is known by one unsigned integer.

Keys are computed with numpy alone, the same in training and prediction, and do not change between runs,
platforms or Python versions. With 10^6 distinct features the chance of any collision is about 3 in 10^8.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]

_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_STEP = np.uint64(0x9E3779B97F4A7C15)


def scramble(keys: Keys) -> Keys:
    """Spread keys over all 64 bits (the finaliser of splitmix64, Steele et al. 2014)."""
    keys = keys ^ (keys >> np.uint64(30))
    keys *= _FIRST
    keys ^= keys >> np.uint64(27)
    keys *= _SECOND
    keys ^= keys >> np.uint64(31)
    return keys


def combine(left: Keys, right: Keys) -> Keys:
    """Key of an ordered pair; `combine(a, b)` and `combine(b, a)` differ."""
    return scramble(left * _STEP + right)


def ruled(rule: str, keys: Keys) -> Keys:
    """Keys of what a named rule says: `combine` of the rule's constant with each key, shape of `keys`."""
    return scramble(_stepped(rule) + keys)


@cache
def _stepped(rule: str) -> Keys:
    # An array of one: products of numpy's scalars warn where they overflow, those of arrays do not.
    return np.array([constant(rule)]) * _STEP


@cache
def constants(*names: str) -> Keys:
    """Keys of fixed names, in their order, shape (n_names,)."""
    return np.array([constant(name) for name in names], dtype=np.uint64)


@cache
def constant(name: str) -> np.uint64:
    """Key of a fixed name, such as a masked target or a rule.

    >>> bool(constant("target") == constant("target")), bool(constant("target") == constant("other"))
    (True, False)
    """
    value = 0xCBF29CE484222325
    for byte in name.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return np.uint64(value)
