"""Character n-grams of texts that do not name their target, most of them tweets: spelling, tags and handles count.

Where the target is named, words and their places say more, and this block is silent: it would cost time and add
nothing. N-grams stay within a word and a space on each side, as scikit-learn's `char_wb` has them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stance.features.codepoints import folded
from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import Keys, combine, constant, scramble
from stance.features.tokens import Ints
from stance.features.view import View

SHORTEST, LONGEST = 2, 5
"""Characters of an n-gram, spaces counted."""


def character_ngrams(view: View) -> Emissions:
    """Character n-grams of the whole text of each row whose target has no position in it."""
    positioned = np.bincount(view.row, weights=view.target, minlength=view.n_rows) > 0
    rows = np.flatnonzero(~positioned & (np.diff(view.first) > 0))
    if not rows.size:
        return emit(rows, np.zeros(0, np.uint64), rows)
    codes, space, begins = folded(["", *(view.texts[view.sentence[row]] for row in rows)])
    # The empty text in front gives the first word its space.
    kept = ~space | ~np.concatenate([[False], space[:-1]])
    place = np.flatnonzero(kept)
    text = np.searchsorted(begins, place, side="right") - 1
    token = _tokens_at(view, rows, np.maximum(text - 1, 0), place - begins[text])
    row, code, space = rows[np.maximum(text - 1, 0)], scramble(codes[kept].astype(np.uint64)), space[kept]
    return join([_ngrams(code, space, row, token, length) for length in range(SHORTEST, LONGEST + 1)])


def _tokens_at(view: View, rows: Ints, index: Ints, offset: Ints) -> Ints:
    """Token of the view that holds each offset, or the one before it."""
    starts = view.tokens.start[view.token]
    stride = int(max(starts.max(), offset.max())) + 1
    found = np.searchsorted(view.row * stride + starts, rows[index] * stride + offset, side="right") - 1
    return np.maximum(found, view.first[rows[index]])


def _ngrams(code: Keys, space: npt.NDArray[np.bool_], row: Ints, token: Ints, length: int) -> Emissions:
    """All n-grams of one length with no space inside."""
    count = code.size - length + 1
    if count <= 0:
        return emit(row[:0], code[:0], token[:0])
    key = np.full(count, constant(f"characters {length}"))
    for step in range(length):
        key = combine(key, code[step : step + count])
    spaces = np.cumsum(np.concatenate([[0], space]))
    inside = spaces[length - 1 : length - 1 + count] - spaces[1 : 1 + count]
    # A word begins after its space, so the token is that of the second character.
    at = np.flatnonzero((inside == 0) & ~(space[:count] & space[length - 1 :]))
    second = at + 1
    return emit(row[second], key[at], token[second])
