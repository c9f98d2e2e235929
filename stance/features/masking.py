"""Rows to views: the tokens of each row's sentence, its target and other people masked.

A sentence is tokenised and matched with the lexicon once, however many targets it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count

import numpy as np

from stance.features.lexicon import Lexicon
from stance.features.matching import Matches, add_phrases, match
from stance.features.persons import other_persons, take_titles
from stance.features.tokens import Ints, Tokens, tokenize
from stance.features.view import OTHER, TARGET, Mask, View
from stance.features.words import BEGINS_FUNCTION, ENDS_CLAUSE, LEVELLED, QUOTE, STOP, Traits, WordFacts
from stance.records import Target


def _target_tokens(rows: Sequence[Target], tokens: Tokens, row: Ints, token: Ints) -> Ints:
    """Number of the mention (from 1) that each token of the rows belongs to, or 0."""
    mention = np.zeros(token.size, dtype=np.int64)
    mentions = [target.mentions for target in rows]
    counts = np.fromiter(map(len, mentions), np.int64, len(rows))
    n_mentions = int(counts.sum())
    if not n_mentions or not token.size:
        return mention
    offsets = chain.from_iterable(chain.from_iterable(mentions))
    start, end = np.fromiter(offsets, np.int64, 2 * n_mentions).reshape(-1, 2).T
    owner = np.repeat(np.arange(len(rows)), counts)
    # Rows lie one after the other, so adding a stride per row makes offsets ascend over all of them.
    stride = int(max(tokens.end.max(), end.max())) + 1
    begins = np.searchsorted(row * stride + tokens.end[token], owner * stride + start, side="right")
    ends = np.searchsorted(row * stride + tokens.start[token], owner * stride + end, side="left")
    lengths = np.maximum(ends - begins, 0)
    offset = np.cumsum(lengths) - lengths
    members = np.repeat(begins - offset, lengths) + np.arange(int(lengths.sum()))
    mention[members] = np.repeat(np.arange(1, n_mentions + 1), lengths)
    return mention


def _quoted(row: Ints, first: Ints, quote: Mask) -> Mask:
    """Tokens between an opening and a closing quotation mark of their row."""
    before = np.append(0, np.cumsum(quote))
    earlier = before.take(first.take(row))
    return np.asarray(((before[:-1] - earlier) & 1 == 1) & ~quote)


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
    given = [row.sentence for row in rows]
    texts = list(dict.fromkeys(given))
    index = dict(zip(texts, count()))
    sentence = np.fromiter(map(index.__getitem__, given), np.int64, len(rows))
    tokens = tokenize(texts)
    known = lexicon.words.facts(texts, tokens)

    lengths = np.diff(tokens.first)[sentence]
    ends = np.cumsum(lengths)
    row = np.repeat(np.arange(len(rows)), lengths)
    token = np.arange(row.size) + np.repeat(tokens.first[:-1][sentence] - (ends - lengths), lengths)

    # The target is masked before phrases are looked up, so that none can reach into its name.
    mention = _target_tokens(rows, tokens, row, token)
    take_titles(mention, row, tokens.flags.take(token), known.traits.take(token), known.functions.take(token))
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
    take_titles(other, row, flags, traits, functions)
    kept = _drawn_together(other)
    row, token, is_target, is_other = row[kept], token[kept], is_target[kept], other[kept] > 0
    facts = known.take(token)
    _mask(facts, is_target, TARGET)
    _mask(facts, is_other, OTHER)
    _level(facts)
    matches = match(lexicon, facts, row)
    first = np.searchsorted(row, np.arange(len(rows) + 1)).astype(np.int64)
    return View(
        n_rows=len(rows),
        row=row,
        first=first,
        token=token,
        symbol=facts.symbol,
        word=facts.word,
        flags=np.where(is_other, np.uint8(0), flags[kept]),
        target=is_target,
        other=is_other,
        boundary=_boundaries(facts.traits, matches),
        quoted=_quoted(row, first, (facts.traits & QUOTE) > 0),
        matches=matches,
        texts=tuple(texts),
        tokens=tokens,
        sentence=sentence,
    )


def _drawn_together(group: Ints) -> Ints:
    """Tokens that stay when every run of one group (not 0) is drawn together into its first token."""
    repeats = np.zeros(group.size, dtype=np.bool_)
    repeats[1:] = (group[1:] == group[:-1]) & (group[1:] != 0)
    return np.flatnonzero(~repeats)
