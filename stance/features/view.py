"""Rows to views: each sentence as one of its targets sees it.

A view is a sentence's tokens with every mention of the target drawn together into one masked token and every other
person's name into another. Blocks of features read views and nothing else, so no feature can know a name.
A sentence is tokenised and matched with the lexicon once, however many targets it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys, constant
from stance.features.lexicon import Lexicon, Matches, closed_classes, match
from stance.features.persons import other_persons
from stance.features.stemming import stems
from stance.features.tokens import Flags, Ints, Tokens, tokenize
from stance.records import Target

Mask = npt.NDArray[np.bool_]

TARGET = constant("the target")
OTHER = constant("another person")


_ALIKE = (
    (
        "a party or its camp",
        "democrat democrats democratic republican republicans gop labour tory tories conservative conservatives "
        "liberal liberals progressive progressives leftist leftists rightist rightists",
    ),
    ("a courtesy title", "mr mrs ms miss"),
)
"""Words that the model must not tell apart, or it would judge a person by party or sex (see benchmarks/bias.py)."""


@lru_cache(maxsize=1)
def _alike() -> tuple[tuple[np.uint64, Keys], ...]:
    return tuple((constant(name), np.unique(tokenize([words]).word)) for name, words in _ALIKE)


def _levelled(word: Keys, keys: Keys) -> Keys:
    """Keys of tokens with those of words that are alike made one."""
    for one, many in _alike():
        keys = np.where(np.isin(word, many), one, keys)
    return keys


@dataclass(frozen=True, slots=True)
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

    def previous(self, marked: Mask) -> Ints:
        """Index of the last marked token before each token in its row, or -1."""
        index = np.where(marked, np.arange(self.row.size), -1)
        latest = np.maximum.accumulate(np.concatenate([[-1], index]))[:-1] if index.size else index
        return np.where(latest >= self.first[self.row], latest, -1)

    def next(self, marked: Mask) -> Ints:
        """Index of the first marked token after each token in its row, or -1."""
        size = self.row.size
        index = np.where(marked, np.arange(size), size)
        coming = np.minimum.accumulate(np.concatenate([index, [size]])[::-1])[::-1][1:] if size else index
        return np.where(coming < self.first[self.row + 1], coming, -1)


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


_QUOTE = tokenize(['"']).word
_ENDS = tokenize([", ; : - ( ) ? ! ."]).word
_STOP = tokenize(["."]).word


def _boundaries(word: Keys, matches: Matches) -> Mask:
    """Marks that end a clause; a full stop after an abbreviation does not."""
    ends = np.isin(word, _ENDS)
    abbreviated = np.zeros(word.size, dtype=np.bool_)
    abbreviated[1:] = matches.has("abbreviation")[:-1]
    return np.asarray(ends & ~((word == _STOP[0]) & abbreviated))


def build_view(rows: Sequence[Target], lexicon: Lexicon) -> View:
    """Build the view of every row.

    Args:
        rows: Targets with their sentences; sentences that repeat are read once.
        lexicon: The lexicon to match.
    """
    index: dict[str, int] = {}
    sentence = np.fromiter((index.setdefault(row.sentence, len(index)) for row in rows), np.int64, len(rows))
    tokens = tokenize(list(index))
    stem = stems(list(index), tokens)

    lengths = np.diff(tokens.first)[sentence]
    ends = np.cumsum(lengths)
    row = np.repeat(np.arange(len(rows)), lengths)
    token = np.arange(row.size) + np.repeat(tokens.first[:-1][sentence] - (ends - lengths), lengths)

    # The target is masked before anything is looked up, so that no phrase can reach into its name.
    mention = _target_tokens(rows, tokens, row, token)
    kept = _drawn_together(mention)
    row, token, mention = row[kept], token[kept], mention[kept]
    word = np.where(mention > 0, TARGET, tokens.word[token])
    flags = np.where(mention > 0, 0, tokens.flags[token]).astype(np.uint8)

    other = other_persons(row, flags, word, closed_classes(lexicon, word, row))
    kept = _drawn_together(other)
    row, token, mention, other = row[kept], token[kept], mention[kept], other[kept]
    word, flags = word[kept], flags[kept]
    is_target, is_other = mention > 0, other > 0
    word = np.where(is_other, OTHER, word)
    symbol = np.where(is_target | is_other, word, _levelled(word, stem[token]))
    word = _levelled(word, word)
    matches = match(lexicon, word, row)
    return View(
        n_rows=len(rows),
        row=row,
        first=np.searchsorted(row, np.arange(len(rows) + 1)).astype(np.int64),
        token=token,
        symbol=symbol,
        word=word,
        flags=np.where(is_other, 0, flags).astype(np.uint8),
        target=is_target,
        other=is_other,
        boundary=_boundaries(word, matches),
        quoted=_quoted(row, word == _QUOTE[0]),
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
