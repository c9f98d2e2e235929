"""Blocks about the mention itself: its grammar, its modifiers, quotation, and the shape of the sentence."""

from __future__ import annotations

import numpy as np

from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import Keys, ruled
from stance.features.relations import possession
from stance.features.tokens import Ints
from stance.features.view import View, mentions, others


def mention_context(view: View) -> Emissions:
    """Whether the target is quoted, possesses, begins the sentence, stands among other people, and so on."""
    at = mentions(view)
    row = view.row[at]
    beside = np.bincount(view.row[others(view)], minlength=view.n_rows)[row]
    quotes = np.bincount(view.row[view.quoted], minlength=view.n_rows)[row] > 0
    size = np.diff(view.first)[row]
    facts = {
        "owns": possession(view)[at],
        "quoted": view.quoted[at] + 2 * quotes,
        "others": np.minimum(beside, 3),
        "first": np.minimum(at - view.first[row], 3),
        "place": ((at - view.first[row]) * 4) // np.maximum(size, 1),
        "length": np.searchsorted(np.array([8, 14, 20, 28, 40]), size),
        "other before": view.previous_at(others(view), at) >= 0,
        "other after": view.next_at(others(view), at) >= 0,
        "said before": view.previous_at(view.of_class("speech"), at) >= 0,
        "said after": view.next_at(view.of_class("speech"), at) >= 0,
    }
    parts = []
    for name, values in facts.items():
        once = _first_of_each(row * _MOST_VALUES + values, view.n_rows * _MOST_VALUES)
        parts.append(emit(row[once], ruled(name, values[once].astype(np.uint64)), at[once]))
    return join(parts)


_MOST_VALUES = 8
"""Values that a fact has, at most."""


def _first_of_each(cell: Ints, n_cells: int) -> Ints:
    """Where each cell is met first: a fact counts once per row, however many mentions there are."""
    met = np.zeros(n_cells, dtype=np.int64)
    met[cell[::-1]] = np.arange(cell.size)[::-1]
    return np.flatnonzero(met[cell] == np.arange(cell.size))


def modifiers(view: View) -> Emissions:
    """The words that lead up to a mention within its own phrase ("embattled Senator", "former ally")."""
    at = mentions(view)
    row = view.row[at]
    parts = []
    matches = view.matches
    stop = view.boundary | view.other | view.target | matches.has("preposition", "by", "be", "coordinator", "relative")
    open_ = np.ones(at.size, dtype=np.bool_)
    for step in range(1, 5):
        where = np.maximum(at - step, 0)
        open_ = open_ & (at - step >= view.first[row]) & ~stop[where]
        chosen = np.flatnonzero(open_)
        key: Keys = ruled("modifier", view.symbol[where[chosen]])
        parts.append(emit(row[chosen], key, where[chosen]))
    return join(parts)
