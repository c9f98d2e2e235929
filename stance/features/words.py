"""What the model knows of single words, worked out once per distinct word and remembered from one batch to the next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys, constant
from stance.features.lookup import KeyIndex, among, distinct
from stance.features.stemming import stems
from stance.features.tokens import Ints, Tokens, tokenize

LONGEST_PHRASE = 6
"""Words in the longest phrase that is matched."""

Traits = npt.NDArray[np.uint8]
Classes = npt.NDArray[np.int32]
"""Closed classes as bits, which 32 hold."""

PASSED_OVER, BEGINS_LEANING, BEGINS_FUNCTION, QUOTE, ENDS_CLAUSE, STOP, FIRST_PERSON, LEVELLED = (
    np.uint8(1 << bit) for bit in range(8)
)
"""Bits of `WordFacts.traits`: may stand inside a phrase unwritten; begins a longer phrase of the lexicon, or of closed
classes; a quotation mark; a mark that ends a clause; a full stop; "I" and its forms; one not told from its like."""

_UNWRITTEN = "a an the his her their its my our your x's"
"""Words that a phrase may have inside without being written in its entry: "threw (his) weight behind"."""

_MARKS = (
    (_UNWRITTEN, PASSED_OVER),
    ('"', QUOTE),
    (", ; : - ( ) ? ! .", ENDS_CLAUSE),
    (".", STOP),
    ("I i'm i've i'll i'd", FIRST_PERSON),
)

_ALIKE = (
    (
        "a party or its camp",
        "democrat democrats democratic republican republicans gop labour tory tories conservative conservatives "
        "liberal liberals progressive progressives leftist leftists rightist rightists",
    ),
    ("a courtesy title", "mr mrs ms miss"),
    (
        "a creed or its believers",
        "muslim muslims islamic christian christians catholic catholics protestant protestants evangelical "
        "evangelicals jewish jew jews hindu hindus sikh sikhs buddhist buddhists mormon mormons",
    ),
)
"""Words that the model must not tell apart, or it would judge by party, sex or creed (see benchmarks/bias.py)."""

_MOST_WORDS = 500_000
"""Words remembered, at most: some 20 MB."""
_FEW = 8
"""Words met lately are joined to the others when they are as many as those, divided by this."""


class PhraseTable(NamedTuple):
    """Phrases for look-up.

    Attributes:
        entries: Keys of whole phrases.
        lengths: Their length in words, shape (n,).
        beginnings: Keys of the first words of longer phrases, one word and more.
    """

    entries: KeyIndex
    lengths: Ints
    beginnings: KeyIndex

    def alone(self, words: Keys) -> npt.NDArray[np.intp]:
        """Entry of each word by itself, or -1."""
        entry = self.entries.find(words)
        if not self.lengths.size:
            return entry
        return np.where((entry >= 0) & (self.lengths[entry] == 1), entry, -1)


class WordFacts(NamedTuple):
    """Facts about words; all arrays have shape (n,).

    Attributes:
        word: The word's key, that of its kind where the model must not tell it from others.
        symbol: The same of its stem.
        functions: Closed classes of the word alone, as `lexicon.Matches.functions`.
        entry: Entry of the lexicon for the word alone, or -1.
        traits: Bits, see PASSED_OVER and its neighbours.
    """

    word: Keys
    symbol: Keys
    functions: Classes
    entry: npt.NDArray[np.intp]
    traits: Traits

    def take(self, index: npt.NDArray[np.integer]) -> WordFacts:
        """The facts at these positions."""
        return WordFacts._make(column.take(index) for column in self)

    def joined(self, other: WordFacts) -> WordFacts:
        """These facts and then the others."""
        pairs: Any = zip(self, other, strict=True)
        return WordFacts._make(map(np.concatenate, pairs))


@dataclass(frozen=True, slots=True)
class _Known:
    """Facts of many words, sorted by the words' keys."""

    keys: Keys
    index: KeyIndex
    facts: WordFacts

    @classmethod
    def of(cls, keys: Keys, facts: WordFacts) -> _Known:
        order = np.argsort(keys)
        return cls(keys[order], KeyIndex(keys[order]), facts.take(order))

    def with_others(self, other: _Known) -> _Known:
        return _Known.of(np.concatenate([self.keys, other.keys]), self.facts.joined(other.facts))


class WordTable:
    """Facts of every word met so far, for one lexicon.

    Parameters:
        leanings: The lexicon's leaning words and phrases.
        functions: Those of the closed classes.
        classes: Closed classes of each of the latter, as bits.
    """

    def __init__(self, leanings: PhraseTable, functions: PhraseTable, classes: Ints) -> None:
        self._leanings, self._functions, self._classes = leanings, functions, classes.astype(np.int32)
        # Replaced as a whole, never changed, so that threads may share a model.
        self._known = self._lately = self._nothing()

    def facts(self, texts: list[str], tokens: Tokens) -> WordFacts:
        """Facts of each token; `texts` are those that the tokens come from."""
        known, lately = self._known, self._lately
        at = known.index.find(tokens.word)
        missing = np.flatnonzero(at < 0)
        if not missing.size:
            return known.facts.take(at)
        lately = self._remembered(texts, tokens, missing, known, lately)
        at[missing] = known.keys.size + lately.index.find(tokens.word[missing])
        return known.facts.joined(lately.facts).take(at)

    def _remembered(self, texts: list[str], tokens: Tokens, missing: Ints, known: _Known, lately: _Known) -> _Known:
        """What was met lately, with the words of these tokens that are new."""
        new = missing[lately.index.find(tokens.word[missing]) < 0]
        if new.size:
            keys, example = distinct(tokens.word[new])
            lately = lately.with_others(_Known.of(keys, self._learn(texts, tokens, new[example])))
        if lately.keys.size * _FEW < known.keys.size:
            self._lately = lately
        else:
            joined = known.with_others(lately)
            self._known = joined if joined.keys.size <= _MOST_WORDS else self._nothing()
            self._lately = self._nothing()
        return lately

    def _learn(self, texts: list[str], tokens: Tokens, example: Ints) -> WordFacts:
        """Facts of words, each given by one of its tokens."""
        plain = tokens.word[example]
        word, symbol = plain.copy(), stems(texts, tokens, example)
        traits = np.zeros(plain.size, dtype=np.uint8)
        for kind, members in _alike():
            alike = among(plain, members)
            word[alike], symbol[alike] = kind, kind
            traits[alike] |= LEVELLED
        for members, trait in _marked():
            traits[among(word, members)] |= trait
        traits[self._leanings.beginnings.find(word) >= 0] |= BEGINS_LEANING
        traits[self._functions.beginnings.find(plain) >= 0] |= BEGINS_FUNCTION
        entry = self._functions.alone(plain)
        none = np.zeros(entry.size, dtype=np.int32)
        functions = np.where(entry >= 0, self._classes[entry], none) if self._classes.size else none
        return WordFacts(word, symbol, functions, self._leanings.alone(word), traits)

    def _nothing(self) -> _Known:
        keys, classes, traits = np.zeros(0, np.uint64), np.zeros(0, np.int32), np.zeros(0, np.uint8)
        return _Known(keys, KeyIndex(keys), WordFacts(keys, keys, classes, np.zeros(0, np.intp), traits))


def _keys_of(words: str) -> Keys:
    return distinct(tokenize([words]).word)[0]


@lru_cache(maxsize=1)
def _alike() -> tuple[tuple[np.uint64, Keys], ...]:
    return tuple((constant(name), _keys_of(words)) for name, words in _ALIKE)


@lru_cache(maxsize=1)
def _marked() -> tuple[tuple[Keys, np.uint8], ...]:
    return tuple((_keys_of(words), trait) for words, trait in _MARKS)


def passed_over() -> Keys:
    """Keys of words that a phrase may have inside without being written in its entry, sorted."""
    return _keys_of(_UNWRITTEN)
