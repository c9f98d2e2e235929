"""The words that govern a mention or are governed by it: the nearest content words on each side, auxiliaries jumped.

In "Vance, a former judge, was not invited by Lee" the first content word after the target is "invited", reached over
a negator and a form of "be", and its appositive is "judge". A parser would say more; these few words say most of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from stance.features.emissions import Emissions, emit, join
from stance.features.hashing import Keys, combine, constant
from stance.features.roles import coded
from stance.features.tokens import MARK, Ints, tokenize
from stance.features.view import Mask, View, boundaries, last_boundary, mentions

_COMMA = tokenize([","]).word[0]
_JUMPED = (
    "be", "get", "modal", "determiner", "intensifier", "diminisher", "possessive-pronoun", "negator", "title",
)  # fmt: skip
_LINKING = ("preposition", "by", "coordinator")
_NOBODY = -1


def _content(view: View) -> Mask:
    """Tokens that say what is the case: neither marks nor the words that only help others."""
    return np.asarray(~view.matches.has(*_JUMPED) & ((view.flags & MARK) == 0) & ~view.target)


def _first(view: View, places: Ints, start: Ints, row: Ints) -> Ints:
    """The first of these places at or after each start within its row, or -1."""
    found = np.append(places, view.row.size).take(np.searchsorted(places, start))
    return np.where(found < view.first.take(row + 1), found, _NOBODY)


def _leaning(view: View, at: Ints) -> Keys:
    matches = view.matches
    return coded("leaning", np.sign(matches.agent[at]), np.sign(matches.patient[at]), np.sign(matches.word[at]))


def _helpers(view: View, begin: Ints, end: Ints) -> Ints:
    """Which helpers stand between two tokens: 4 a negator, 2 a form of "be" or "get", 1 a modal, added up."""
    total = np.zeros(begin.size, dtype=np.int64)
    low = np.minimum(begin + 1, end)
    for weight, names in ((4, ("negator",)), (2, ("be", "get")), (1, ("modal",))):
        places = view.of_class(*names)
        total += weight * (np.searchsorted(places, end) > np.searchsorted(places, low))
    return total


class _Words(NamedTuple):
    """A word for each mention: its token, whichever where there is none, and whether there is one."""

    token: Ints
    there: Mask


def _following(view: View, at: Ints, content: Ints) -> tuple[_Words, _Words, _Words]:
    """The first and the second content word after each mention in its clause, and the first beyond an aside."""
    row = view.row[at]
    stop = _first(view, boundaries(view), at + 1, row)
    clause_end = np.where(stop >= 0, stop, view.row.size)
    after = _first(view, content, at + 1, row)
    has_after = (after >= 0) & (after < clause_end)
    second = _first(view, content, after + 1, row)
    has_second = has_after & (second >= 0) & (second < clause_end)
    # ", a former judge," after the mention: what the commas enclose is passed over once more.
    comma = (stop == at + 1) & (view.word[np.maximum(stop, 0)] == _COMMA)
    close = _first(view, boundaries(view), stop + 1, row)
    beyond = _first(view, content, close + 1, row)
    has_beyond = comma & (close >= 0) & (beyond >= 0)
    return _Words(after, has_after), _Words(second, has_second), _Words(beyond, has_beyond)


def _preceding(view: View, at: Ints, places: Ints) -> _Words:
    """The last of these places before each mention in its clause."""
    before = view.previous_at(places, at)
    return _Words(before, before > last_boundary(view)[at])


def _said(view: View, at: Ints, name: str, *words: _Words, code: Ints | None = None) -> Iterator[Emissions]:
    """One feature for each mention that has these words: of their symbols; of a single one its leaning too.

    Args:
        code: A number for each mention that is part of the feature.
    """
    chosen = np.flatnonzero(np.logical_and.reduce([word.there for word in words]))
    row, tokens = view.row[at[chosen]], [word.token[chosen] for word in words]
    key = np.full(chosen.size, constant(name))
    if code is not None:
        key = combine(key, code[chosen].astype(np.uint64))
    lean = combine(key, _leaning(view, tokens[0]))
    for token in tokens:
        key = combine(key, view.symbol[token])
    yield emit(row, key, tokens[0])
    if len(words) == 1:
        yield emit(row, lean, tokens[0])


def governors(view: View) -> Emissions:
    """The content words nearest to each mention in its clause, by side, with their leaning and what was jumped."""
    at = mentions(view)
    if not at.size:
        return emit(at, np.zeros(0, np.uint64), at)
    content = _content(view)
    after, second, beyond = _following(view, at, np.flatnonzero(content))
    before = _preceding(view, at, np.flatnonzero(content))
    head = _preceding(view, at, np.flatnonzero(content & ~view.matches.has(*_LINKING)))
    helpers = _helpers(view, at, np.where(after.there, after.token, at + 1))
    link = _Words(before.token, before.there & (before.token != head.token))
    say = partial(_said, view, at)
    return join([
        *say("governor after", after),
        *say("governor after, helped", after, code=helpers),
        *say("governor second", second),
        *say("governor both after", after, second),
        *say("governor beyond", beyond),
        *say("governor before", before),
        *say("governor head", head),
        *say("governor head and link", head, link),
        *say("governor around", before, after),
    ])  # fmt: skip
