"""Whether targets are as they should be, so that nothing has to be made anew."""

from __future__ import annotations

from itertools import chain
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from stance.records import Target

Ints = npt.NDArray[np.int64]

_FAR = 2**31
"""Beyond the end of any sentence."""


def is_sound(target: Target) -> bool:
    """Whether a target has a text, and mentions that lie in it one after the other."""
    if type(target.sentence) is not str or not target.sentence.strip():
        return False
    last = 0
    for start, end in target.mentions:
        if not (type(start) is type(end) is int and last <= start < end):
            return False
        last = end
    return last <= len(target.sentence)


def are_sound(rows: list[Any]) -> TypeGuard[list[Target]]:
    """Whether all rows are sound targets, told in a tenth of the time that one after the other takes."""
    if set(map(type, rows)) != {Target}:
        return False
    sentences, mentions = [row.sentence for row in rows], [row.mentions for row in rows]
    if set(map(type, sentences)) != {str} or not all(sentences) or any(map(str.isspace, sentences)):
        return False
    if set(map(type, mentions)) != {tuple}:
        return False
    spans = list(chain.from_iterable(mentions))
    if not set(map(type, spans)) <= {tuple} or not set(map(len, spans)) <= {2}:
        return False
    offsets = list(chain.from_iterable(spans))
    if not set(map(type, offsets)) <= {int} or min(offsets, default=0) < 0 or max(offsets, default=0) >= _FAR:
        return False
    lengths, counts = (np.fromiter(map(len, each), np.int64, len(rows)) for each in (sentences, mentions))
    return _in_order(np.array(offsets, np.int64).reshape(-1, 2), lengths, counts)


def _in_order(spans: Ints, lengths: Ints, counts: Ints) -> bool:
    """Whether the spans of each sentence, `counts` of them, lie one after the other within its length."""
    start, end = spans.T
    before = np.append(0, end[:-1])
    first = np.cumsum(counts) - counts
    before[first[counts > 0]] = 0
    return bool(((before <= start) & (start < end) & (end <= np.repeat(lengths, counts))).all())
