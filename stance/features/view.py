"""Rows to views: each sentence as one of its targets sees it.

A view is a sentence's tokens with every mention of the target drawn together into one masked token and every other
person's name into another. Blocks of features read views and nothing else, so no feature can know a name.
A sentence is tokenised and matched with the lexicon once, however many targets it has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys, constant
from stance.features.lexicon import Lexicon
from stance.features.matching import Matches, add_phrases, match
from stance.features.persons import other_persons
from stance.features.tokens import Flags, Ints, Tokens, tokenize
from stance.features.words import BEGINS_FUNCTION, ENDS_CLAUSE, LEVELLED, QUOTE, STOP, Traits, WordFacts
from stance.records import Target

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
        derived: What functions marked `once` made of this view.
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
    derived: dict[Callable[[View], Any], Any] = field(default_factory=dict, repr=False, compare=False)

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

    def previous_at(self, marked: Mask, at: Ints) -> Ints:
        """`previous(marked)[at]`, for few tokens."""
        places = np.append(-1, np.flatnonzero(marked))
        latest = places[np.searchsorted(places[1:], at)]
        return np.where(latest >= self.first[self.row[at]], latest, -1)

    def next_at(self, marked: Mask, at: Ints) -> Ints:
        """`next(marked)[at]`, for few tokens."""
        places = np.append(np.flatnonzero(marked), self.row.size)
        coming = places[np.searchsorted(places[:-1], at, side="right")]
        return np.where(coming < self.first[self.row[at] + 1], coming, -1)


def once(function: Callable[[View], Result]) -> Callable[[View], Result]:
    """A function of a view that several blocks share: worked out once per view."""

    @wraps(function)
    def remembered(view: View) -> Result:
        if function not in view.derived:
            view.derived[function] = function(view)
        return cast(Result, view.derived[function])

    return remembered


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


def _target_tokens(rows: Sequence[Target], tokens: Tokens, row: Ints, token: Ints) -> Ints:
    """Number of the mention (from 1) that each token of the rows belongs to, or 0."""
    spans = [(index, start, end) for index, target in enumerate(rows) for start, end in target.mentions]
    mention = np.zeros(token.size, dtype=np.int64)
    if not spans or not token.size:
        return mention
    owner, start, end = np.array(spans, dtype=np.int64).T
    # Rows lie one after the other, so adding a stride per row makes offsets ascend over all of them.
    stride = int(max(tokens.end.max(), end.max())) + 1
    begins = np.searchsorted(row * stride + tokens.end[token], owner * stride + start, side="right")
    ends = np.searchsorted(row * stride + tokens.start[token], owner * stride + end, side="left")
    lengths = np.maximum(ends - begins, 0)
    offset = np.cumsum(lengths) - lengths
    members = np.repeat(begins - offset, lengths) + np.arange(int(lengths.sum()))
    mention[members] = np.repeat(np.arange(1, len(spans) + 1), lengths)
    return mention


def _quoted(row: Ints, quote: Mask) -> Mask:
    """Tokens between an opening and a closing quotation mark of their row."""
    before: Ints = np.cumsum(quote) - quote
    starts = np.searchsorted(row, row)
    return np.asarray(((before - before[starts]) % 2 == 1) & ~quote)


def _boundaries(traits: Traits, matches: Matches) -> Mask:
    """Marks that end a clause; a full stop after an abbreviation does not."""
    abbreviated = np.zeros(traits.size, dtype=np.bool_)
    abbreviated[1:] = matches.has("abbreviation")[:-1]
    return np.asarray(((traits & ENDS_CLAUSE) > 0) & ~(((traits & STOP) > 0) & abbreviated))


def _mask(facts: WordFacts, masked: Mask, key: np.uint64) -> None:
    """Make masked tokens one word, of which nothing is known but its key; `facts` is this view's own copy."""
    at = np.flatnonzero(masked)
    facts.word[at], facts.symbol[at] = key, key
    facts.functions[at], facts.entry[at], facts.traits[at] = 0, -1, 0


def _level(facts: WordFacts) -> None:
    """Let words that must not be told apart belong to no closed class of their own; `facts` is this view's copy."""
    at = np.flatnonzero(facts.traits & LEVELLED)
    facts.functions[at] = 0
    facts.traits[at] &= ~BEGINS_FUNCTION


def build_view(rows: Sequence[Target], lexicon: Lexicon) -> View:
    """Build the view of every row.

    Args:
        rows: Targets with their sentences; sentences that repeat are read once.
        lexicon: The lexicon to match.
    """
    index: dict[str, int] = {}
    sentence = np.fromiter((index.setdefault(row.sentence, len(index)) for row in rows), np.int64, len(rows))
    texts = list(index)
    tokens = tokenize(texts)
    known = lexicon.words.facts(texts, tokens)

    lengths = np.diff(tokens.first)[sentence]
    ends = np.cumsum(lengths)
    row = np.repeat(np.arange(len(rows)), lengths)
    token = np.arange(row.size) + np.repeat(tokens.first[:-1][sentence] - (ends - lengths), lengths)

    # The target is masked before phrases are looked up, so that none can reach into its name.
    mention = _target_tokens(rows, tokens, row, token)
    kept = _drawn_together(mention)
    row, token, mention = row[kept], token[kept], mention[kept]
    is_target = mention > 0
    at = np.flatnonzero(is_target)
    # Other people are found by words as they are written, parties and courtesy titles among them.
    written, functions = tokens.word.take(token), known.functions.take(token)
    flags, traits = tokens.flags.take(token), known.traits.take(token)
    written[at], functions[at], flags[at], traits[at] = TARGET, 0, 0, 0
    add_phrases(functions, lexicon, written, (traits & BEGINS_FUNCTION) > 0, row)
    other = other_persons(row, flags, traits, functions)
    kept = _drawn_together(other)
    row, token, is_target, is_other = row[kept], token[kept], is_target[kept], other[kept] > 0
    facts = known.take(token)
    _mask(facts, is_target, TARGET)
    _mask(facts, is_other, OTHER)
    _level(facts)
    matches = match(lexicon, facts, row)
    return View(
        n_rows=len(rows),
        row=row,
        first=np.searchsorted(row, np.arange(len(rows) + 1)).astype(np.int64),
        token=token,
        symbol=facts.symbol,
        word=facts.word,
        flags=np.where(is_other, np.uint8(0), flags[kept]),
        target=is_target,
        other=is_other,
        boundary=_boundaries(facts.traits, matches),
        quoted=_quoted(row, (facts.traits & QUOTE) > 0),
        matches=matches,
        texts=tuple(index),
        tokens=tokens,
        sentence=sentence,
    )


def _drawn_together(group: Ints) -> Ints:
    """Tokens that stay when every run of one group (not 0) is drawn together into its first token."""
    repeats = np.zeros(group.size, dtype=np.bool_)
    repeats[1:] = (group[1:] == group[:-1]) & (group[1:] != 0)
    return np.flatnonzero(~repeats)
