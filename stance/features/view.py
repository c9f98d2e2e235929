"""Rows to views: each sentence as one of its targets sees it.

A view is a sentence's tokens with every mention of the target drawn together into one masked token and every other
person's name into another, titles and all. Blocks of features read views and nothing else, so no feature can know a
name; only of a text that does not name its target, as most tweets, is every word read as it stands.
A sentence is tokenised and matched with the lexicon once, however many targets it has.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys, constant
from stance.features.matching import Matches
from stance.features.tokens import Flags, Ints, Tokens

Mask = npt.NDArray[np.bool_]
Result = TypeVar("Result")

TARGET = constant("the target")
OTHER = constant("another person")


@dataclass(frozen=True)
class View:
    """Tokens of many rows, one row after the other; n is their number.

    Attributes:
        n_rows: Number of rows.
        row: Row of each token, shape (n,).
        first: Index of each row's first token, and n last, shape (n_rows + 1,).
        token: Index in `tokens`, of the first token where several were drawn together, shape (n,).
        symbol: Key of the token's stem, or TARGET or OTHER, shape (n,).
        word: Key of the token's form, or TARGET or OTHER, shape (n,).
        flags: Bits of `Tokens.flags`, 0 for masked tokens, shape (n,).
        target, other: Masked tokens, shape (n,).
        boundary: Marks that end a clause, shape (n,).
        quoted: Tokens inside quotation marks, shape (n,).
        matches: The lexicon's findings for these tokens (`last` counts in this view), arrays of shape (n,).
        texts: The sentences, each once.
        tokens: Their tokens, with offsets.
        sentence: Index of each row's sentence in `tokens`, shape (n_rows,).
        derived: What functions marked `once` made of this view, and the places of its closed classes.
    """

    n_rows: int
    row: Ints
    first: Ints
    token: Ints
    symbol: Keys
    word: Keys
    flags: Flags
    target: Mask
    other: Mask
    boundary: Mask
    quoted: Mask
    matches: Matches
    texts: tuple[str, ...]
    tokens: Tokens
    sentence: Ints
    derived: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def previous(self, marked: Mask) -> Ints:
        """Index of the last marked token before each token in its row, or -1."""
        places = np.append(-1, np.flatnonzero(marked))
        latest = places.take(np.cumsum(marked) - marked)
        return np.where(latest >= self.first.take(self.row), latest, -1)

    def next(self, marked: Mask) -> Ints:
        """Index of the first marked token after each token in its row, or -1."""
        places = np.append(np.flatnonzero(marked), self.row.size)
        coming = places.take(np.cumsum(marked))
        return np.where(coming < self.first.take(self.row + 1), coming, -1)

    def previous_at(self, places: Ints, at: Ints) -> Ints:
        """`previous(marked)[at]`, for few tokens; `places` are those marked, ascending."""
        latest = np.append(-1, places).take(np.searchsorted(places, at))
        return np.where(latest >= self.first.take(self.row.take(at)), latest, -1)

    def next_at(self, places: Ints, at: Ints) -> Ints:
        """`next(marked)[at]`, for few tokens; `places` are those marked, ascending."""
        coming = np.append(places, self.row.size).take(np.searchsorted(places, at, side="right"))
        return np.where(coming < self.first.take(self.row.take(at) + 1), coming, -1)

    def of_class(self, *names: str) -> Ints:
        """Indices of the tokens that belong to any of these closed classes, ascending."""
        if names not in self.derived:
            self.derived[names] = np.flatnonzero(self.matches.has(*names))
        return cast(Ints, self.derived[names])


def once(function: Callable[[View], Result]) -> Callable[[View], Result]:
    """A function of a view that several blocks share: worked out once per view."""

    @wraps(function)
    def remembered(view: View) -> Result:
        if function not in view.derived:
            view.derived[function] = function(view)
        return cast(Result, view.derived[function])

    return remembered


@once
def mentions(view: View) -> Ints:
    """Indices of the target's mentions."""
    return np.flatnonzero(view.target)


@once
def others(view: View) -> Ints:
    """Indices of other people."""
    return np.flatnonzero(view.other)


@once
def people(view: View) -> Ints:
    """Indices of the target's mentions and of other people."""
    return np.flatnonzero(view.target | view.other)


@once
def boundaries(view: View) -> Ints:
    """Indices of the marks that end a clause."""
    return np.flatnonzero(view.boundary)


@once
def last_mention(view: View) -> Ints:
    """Index of the target's last mention before each token in its row, or -1."""
    return view.previous(view.target)


@once
def next_mention(view: View) -> Ints:
    """Index of the target's first mention after each token in its row, or -1."""
    return view.next(view.target)


@once
def last_boundary(view: View) -> Ints:
    """Index of the last clause mark before each token in its row, or -1."""
    return view.previous(view.boundary)


@once
def next_boundary(view: View) -> Ints:
    """Index of the first clause mark after each token in its row, or -1."""
    return view.next(view.boundary)
