"""Blocks of word n-grams: of the whole sentence, around the target, and beside it."""

from __future__ import annotations

import numpy as np

from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import Keys, combine, constant, ruled
from stance.features.tokens import Ints
from stance.features.view import Mask, View, last_mention, mentions, next_mention, once

WINDOW = 6
"""Tokens on each side of a mention that the window sees."""


@once
def _goes_on(view: View) -> Mask:
    """Whether the next token stands in the same row, shape (n - 1,)."""
    return np.asarray(view.row[:-1] == view.row[1:])


def _pairs(view: View, chosen: Mask) -> Ints:
    """Tokens that, with the next one, are chosen in the same row."""
    return np.flatnonzero(chosen[:-1] & chosen[1:] & _goes_on(view))


def _words(view: View, chosen: Mask, mark: str = "") -> Emissions:
    """Single stems and pairs of neighbours among the chosen tokens, marked where a mark is given."""
    ones = np.flatnonzero(chosen)
    twos = _pairs(view, chosen)
    single, double = view.symbol[ones], combine(view.symbol[twos], view.symbol[twos + 1])
    if mark:
        single, double = ruled(mark, single), ruled(mark, double)
    return join([emit(view.row[ones], single, ones), emit(view.row[twos], double, twos)])


def sentence_words(view: View) -> Emissions:
    """Stems and pairs of the whole text: what it is about, and all there is where nobody is marked."""
    return _words(view, np.ones(view.row.size, dtype=np.bool_))


def window_words(view: View) -> Emissions:
    """Stems and pairs near a mention, marked by the side on which they stand."""
    index = np.arange(view.row.size)
    left, right = next_mention(view), last_mention(view)
    before = (left >= 0) & (left - index <= WINDOW)
    after = (right >= 0) & (index - right <= WINDOW)
    return join([_words(view, before & ~view.target, "left"), _words(view, after & ~view.target, "right")])


@once
def clause_of_target(view: View) -> Mask:
    """Tokens with no clause boundary between them and a mention."""
    # Clauses are counted over all rows, so rows are told apart by adding the row.
    clause: Ints = np.cumsum(view.boundary) + view.row
    held = np.zeros(int(clause[-1]) + 1 if clause.size else 0, dtype=np.bool_)
    held[clause[view.target]] = True
    return held[clause] & ~view.boundary if clause.size else view.target


def beside_words(view: View) -> Emissions:
    """The words right beside each mention: one, two and three on each side, and one on both."""
    at = mentions(view)
    row, size = view.row[at], view.row.size
    end = constant("end of text")

    def neighbour(offset: int) -> Keys:
        where = np.clip(at + offset, 0, max(size - 1, 0))
        inside = (at + offset >= view.first[row]) & (at + offset < view.first[row + 1])
        return np.where(inside, view.word[where], end)

    if not at.size:
        return emit(row, np.zeros(0, np.uint64), at)
    l1, l2, l3, r1, r2, r3 = (neighbour(offset) for offset in (-1, -2, -3, 1, 2, 3))
    shapes = {
        "l1": l1, "r1": r1, "l2": combine(l2, l1), "r2": combine(r1, r2), "both": combine(l1, r1),
        "l3": combine(l3, combine(l2, l1)), "r3": combine(combine(r1, r2), r3),
        "skip l2": l2, "skip r2": r2, "skip r3": r3,
        "wide": combine(combine(l2, l1), r1), "wide r": combine(l1, combine(r1, r2)),
    }  # fmt: skip
    return join([emit(row, ruled(name, key), at) for name, key in shapes.items()])
