"""Blocks about the mention itself: its grammar, its modifiers, quotation, and the shape of the sentence."""

from __future__ import annotations

import numpy as np

from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import Keys, combine, constant
from stance.features.relations import possession
from stance.features.tokens import CAPITAL
from stance.features.view import View


def mention_context(view: View) -> Emissions:
    """Whether the target is quoted, possesses, begins the sentence, stands among other people, and so on."""
    at = np.flatnonzero(view.target)
    row = view.row[at]
    matches = view.matches
    others = np.bincount(view.row, weights=view.other, minlength=view.n_rows)[row]
    quotes = np.bincount(view.row, weights=view.quoted, minlength=view.n_rows)[row] > 0
    size = np.diff(view.first)[row]
    facts = {
        "owns": possession(view)[at],
        "quoted": view.quoted[at] + 2 * quotes,
        "others": np.minimum(others, 3),
        "first": np.minimum(at - view.first[row], 3),
        "place": ((at - view.first[row]) * 4) // np.maximum(size, 1),
        "length": np.searchsorted(np.array([8, 14, 20, 28, 40]), size),
        "other before": view.previous(view.other)[at] >= 0,
        "other after": view.next(view.other)[at] >= 0,
        "said before": view.previous(matches.has("speech"))[at] >= 0,
        "said after": view.next(matches.has("speech"))[at] >= 0,
    }
    parts = []
    for name, values in facts.items():
        key = combine(np.full(at.size, constant(name)), values.astype(np.uint64))
        parts.append(emit(row, key, at))
    # The same facts once per row, however many mentions there are.
    joined = join(parts)
    _, first = np.unique(combine(joined.row.astype(np.uint64), joined.key), return_index=True)
    return emit(joined.row[first], joined.key[first], joined.token[first])


def modifiers(view: View) -> Emissions:
    """The words that lead up to a mention within its own phrase ("embattled Senator", "former ally")."""
    at = np.flatnonzero(view.target)
    row = view.row[at]
    parts = []
    matches = view.matches
    stop = view.boundary | view.other | view.target | matches.has("preposition", "by", "be", "coordinator", "relative")
    open_ = np.ones(at.size, dtype=np.bool_)
    for step in range(1, 5):
        where = np.maximum(at - step, 0)
        open_ = open_ & (at - step >= view.first[row]) & ~stop[where]
        chosen = np.flatnonzero(open_)
        key: Keys = combine(np.full(chosen.size, constant("modifier")), view.symbol[where[chosen]])
        parts.append(emit(row[chosen], key, where[chosen]))
    return join(parts)


__all__ = ("CAPITAL", "mention_context", "modifiers")
