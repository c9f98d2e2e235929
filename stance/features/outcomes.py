"""What grew or shrank, and whose doing it was: "cut crime" and "under her, jobs are back" are to somebody's credit.

A lexicon of polarities cannot say this: "crime" is bad, "cut" is neither, and cutting crime is good. So changes and
the things that change are closed classes of their own, and a change is as good or bad as both together make it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import ruled
from stance.features.matching import in_class
from stance.features.relations import Relations, relate
from stance.features.roles import code_of
from stance.features.tokens import Ints
from stance.features.view import View, last_boundary, next_boundary, once

_REACH = 5
"""Tokens between a change and the thing that changes, at most: "unemployment in the valley has fallen"."""


class Changes(NamedTuple):
    """Changes of things that are good or bad to have; both arrays have shape (n,).

    Attributes:
        at: Token of the word for the change.
        outcome: 1 where there is more of a good thing or less of a bad one, -1 where it is the other way.
    """

    at: Ints
    outcome: Ints


@once
def changes(view: View) -> Changes:
    """Every change of such a thing near it in its clause; the nearer of two counts, of equals the earlier."""
    at = view.of_class("increase", "decrease")
    things = view.of_class("benefit", "burden")
    before, after = view.previous_at(things, at), view.next_at(things, at)
    mark = next_boundary(view)[at]
    gap_before = np.where((before >= 0) & (before > last_boundary(view)[at]), at - before, _REACH + 1)
    gap_after = np.where((after >= 0) & ((mark < 0) | (after < mark)), after - at, _REACH + 1)
    near = np.minimum(gap_before, gap_after) <= _REACH
    thing = np.where(gap_before <= gap_after, before, after)[near]
    functions = view.matches.functions
    more, good = in_class(functions.take(at[near]), "increase"), in_class(functions.take(thing), "benefit")
    return Changes(at[near], np.where(more == good, 1, -1))


def outcomes(view: View) -> Emissions:
    """Each change with its outcome and the way the target stands to it."""
    found = changes(view)
    outcome = np.zeros(view.row.size, dtype=np.int64)
    outcome[found.at] = found.outcome
    relation = relate(view, outcome != 0)
    sign, row = outcome[relation.hit], view.row[relation.hit]
    base = code_of(sign, relation.after, np.minimum(relation.boundaries, 1), np.minimum(relation.others, 1))
    shapes: dict[str, tuple[npt.NDArray[np.generic], ...]] = {
        "outcome": (),
        "outcome under": (_led_up_to(view, relation),),
        "outcome negated": (relation.negated, relation.hypothetical),
        "outcome possessed": (relation.possessive, relation.passive),
    }
    return join([emit(row, ruled(name, code_of(*parts, onto=base)), relation.hit) for name, parts in shapes.items()])


def _led_up_to(view: View, relation: Relations) -> npt.NDArray[np.bool_]:
    """Whether a preposition leads up to the mention, as in "under Smith"."""
    before = view.matches.functions.take(np.maximum(relation.mention - 1, 0))
    return in_class(before, "preposition") & (relation.mention > view.first[view.row[relation.mention]])
