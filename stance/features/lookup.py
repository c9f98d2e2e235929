"""Sorted keys with an index, so that many keys are looked up in a few memory accesses each.

Keys are hashes, spread evenly over 64 bits: their first bits tell nearly where in the sorted array they stand. A binary
search over a hundred thousand keys jumps seventeen times through memory, this one once or twice.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys

_SLOTS_PER_KEY = 4
_MOST_BITS = 22
_PAYS = 4
"""The index is made after as many look-ups as there are keys, divided by this."""
_LONGEST_WALK = 32
"""Keys in one slot, at most: with hashes there are five or six, and a file that has more is searched the slow way."""


def distinct(keys: Keys) -> tuple[Keys, npt.NDArray[np.intp]]:
    """The keys, sorted and each once, and where each stands first.

    What `numpy.unique` gives, which would import masked arrays: a tenth of the time that reading an article takes.
    """
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: keys.size])
    return ordered[first], order[first]


def among(keys: Keys, members: Keys) -> npt.NDArray[np.bool_]:
    """Which keys are among some members, sorted and at least one; shape of `keys`. As `numpy.isin`, see `distinct`."""
    return np.asarray(members[np.minimum(np.searchsorted(members, keys), members.size - 1)] == keys)


class KeyIndex:
    """Where keys stand in a sorted array.

    The index is made once it pays: a single article is sooner searched without.

    Parameters:
        keys: Sorted, each once, shape (n,).
    """

    def __init__(self, keys: Keys) -> None:
        # One more at the end, so that a walk always stops.
        self._keys = np.append(keys, np.uint64(np.iinfo(np.uint64).max))
        self._size = keys.size
        self._unindexed = keys.size // _PAYS
        self._first: npt.NDArray[np.int32] | None = None
        self._bits = min(_MOST_BITS, max(1, (keys.size * _SLOTS_PER_KEY - 1).bit_length()))

    def find(self, wanted: Keys) -> npt.NDArray[np.intp]:
        """Position of each wanted key in the sorted array, or -1; shape of `wanted`.

        >>> KeyIndex(np.array([3, 2**40, 2**63], dtype=np.uint64)).find(np.array([2**40, 4, 2**63], dtype=np.uint64))
        array([ 1, -1,  2])
        """
        at, found = self._nearest(wanted)
        return np.where((found == wanted) & (at < self._size), at, -1)

    def known(self, wanted: Keys) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Which of the wanted keys there are, as indices of `wanted`, and the position of each of those.

        >>> KeyIndex(np.array([3, 2**40], dtype=np.uint64)).known(np.array([4, 2**40, 3], dtype=np.uint64))
        (array([1, 2]), array([1, 0]))
        """
        at, found = self._nearest(wanted)
        known = np.flatnonzero((found == wanted) & (at < self._size))
        return known, at.take(known)

    def _nearest(self, wanted: Keys) -> tuple[npt.NDArray[np.intp], Keys]:
        """Position of the first key that is not below each wanted one, and that key."""
        at = self._start(wanted)
        found = self._keys.take(at)
        behind = np.flatnonzero(found < wanted)
        while behind.size:
            step = at[behind] + 1
            at[behind] = step
            key = self._keys.take(step)
            found[behind] = key
            behind = behind[key < wanted[behind]]
        return at, found

    def _start(self, wanted: Keys) -> npt.NDArray[np.intp]:
        """Position at or before that of each key, seldom far before it."""
        if self._first is None:
            self._unindexed -= wanted.size
            if self._unindexed >= 0:
                return np.searchsorted(self._keys, wanted)
            self._first = self._indexed()
        if not self._first.size:
            return np.searchsorted(self._keys, wanted)
        return self._first.take((wanted >> np.uint64(64 - self._bits)).astype(np.intp)).astype(np.intp)

    def _indexed(self) -> npt.NDArray[np.int32]:
        """Position of the first key of each slot; empty where keys are no hashes, so that slots are of no use."""
        slot = (self._keys[:-1] >> np.uint64(64 - self._bits)).astype(np.intp)
        counts = np.bincount(slot, minlength=1 << self._bits)
        if counts.max(initial=0) > _LONGEST_WALK:
            return np.zeros(0, dtype=np.int32)
        return np.asarray(np.cumsum(counts) - counts, dtype=np.int32)
