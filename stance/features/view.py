"""Rows to views: each sentence as one of its targets sees it.

A view is a sentence's tokens with every mention of the target drawn together into one masked token and every other
person's name into another. Blocks of features read views and nothing else, so no feature can know a name.
A sentence is tokenised and matched with the lexicon once, however many targets it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys, constant
from stance.features.lexicon import Lexicon, Matches, match
from stance.features.persons import other_persons
from stance.features.stemming import stems
from stance.features.tokens import CAPITAL, MARK, Flags, Ints, Tokens, tokenize
from stance.records import Target

Mask = npt.NDArray[np.bool_]

TARGET = constant("the target")
OTHER = constant("another person")


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
        tokens: The sentences' tokens, with offsets.
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


def _target_tokens(rows: Sequence[Target], tokens: Tokens, row: Ints, token: Ints, first: Ints) -> Ints:
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


def _quoted(row: Ints, quote: Mask, first: Ints) -> Mask:
    """Tokens between an opening and a closing quotation mark of their row."""
    before = np.cumsum(quote) - quote
    return ((before - np.concatenate([before, [0]])[first[row]]) % 2 == 1) & ~quote


_QUOTE = tokenize(['"']).word
_ENDS = tokenize([", ; : - ( ) ? ! ."]).word
_STOP = tokenize(["."]).word


def _boundaries(word: Keys, matches: Matches) -> Mask:
    """Marks that end a clause; a full stop after an abbreviation does not."""
    ends = np.isin(word, _ENDS)
    abbreviated = np.concatenate([[False], matches.has("abbreviation")[:-1]]) if word.size else ends
    return ends & ~((word == _STOP[0]) & abbreviated)


def build_view(rows: Sequence[Target], lexicon: Lexicon) -> View:
    """Build the view of every row.

    Args:
        rows: Targets with their sentences; sentences that repeat are read once.
        lexicon: The lexicon to match.
    """
    index: dict[str, int] = {}
    sentence = np.fromiter((index.setdefault(row.sentence, len(index)) for row in rows), np.int64, len(rows))
    tokens = tokenize(list(index))
    found = match(lexicon, tokens)
    stem = stems(list(index), tokens)

    lengths = np.diff(tokens.first)[sentence]
    first = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    row = np.repeat(np.arange(len(rows)), lengths)
    token = np.arange(first[-1]) - np.repeat(first[:-1] - tokens.first[:-1][sentence], lengths)
    mention = _target_tokens(rows, tokens, row, token, first)
    other = other_persons(
        row, first, mention > 0, tokens.flags[token], tokens.word[token], _gather(found, token)
    )

    group = np.where(mention > 0, mention, -other)
    repeated = np.concatenate([[False], (group[1:] == group[:-1]) & (group[1:] != 0) & (row[1:] == row[:-1])])
    kept = np.flatnonzero(~repeated) if group.size else np.zeros(0, np.int64)
    renumbered = np.cumsum(~repeated) - 1 if group.size else np.zeros(0, np.int64)
    row, token, mention, other = row[kept], token[kept], mention[kept], other[kept]
    is_target, is_other = mention > 0, (other > 0) & (mention == 0)
    masked = is_target | is_other
    matches = _gather(found, token, ~masked)
    # The last token of a phrase, counted in this view.
    within = matches.last - token
    last = renumbered[np.minimum(kept + within, renumbered.size - 1)] if kept.size else kept
    matches = Matches(
        matches.agent, matches.patient, matches.word, matches.participle, last, matches.functions
    )
    first = np.searchsorted(row, np.arange(len(rows) + 1)).astype(np.int64)
    word = np.where(is_target, TARGET, np.where(is_other, OTHER, tokens.word[token]))
    boundary = _boundaries(word, matches)
    return View(
        n_rows=len(rows),
        row=row,
        first=first,
        token=token,
        symbol=np.where(masked, word, stem[token]),
        word=word,
        flags=np.where(masked, 0, tokens.flags[token]).astype(np.uint8),
        target=is_target,
        other=is_other,
        boundary=boundary,
        quoted=_quoted(row, word == _QUOTE[0], first),
        matches=matches,
        tokens=tokens,
        sentence=sentence,
    )


def _gather(found: Matches, token: Ints, speaks: Mask | None = None) -> Matches:
    """The findings of the chosen tokens, silent where `speaks` is False."""
    on = np.ones(token.size, dtype=np.int64) if speaks is None else speaks.astype(np.int64)
    return Matches(
        agent=found.agent[token] * on,
        patient=found.patient[token] * on,
        word=found.word[token] * on,
        participle=found.participle[token] & (on > 0),
        last=np.where(on > 0, found.last[token], token),
        functions=found.functions[token] * on,
    )
