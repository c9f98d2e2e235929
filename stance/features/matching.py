"""The lexicon found in running text: leaning words and phrases, and closed classes, of every token."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys, combine
from stance.features.lexicon import AGENT, FUNCTIONS, LENGTH, PARTICIPLE, PATIENT, WORD, Lexicon
from stance.features.tokens import Ints
from stance.features.words import (
    BEGINS_FUNCTION,
    BEGINS_LEANING,
    LONGEST_PHRASE,
    PASSED_OVER,
    Classes,
    PhraseTable,
    WordFacts,
)


class Matches(NamedTuple):
    """What the lexicon says of each token; a phrase speaks at its first token.

    Attributes:
        agent, patient, word: Polarity times strength, 0 where nothing matched, shape (n_tokens,).
        participle: The matched verb form may be passive, shape (n_tokens,).
        last: Index of the match's last token, the token itself where nothing matched, shape (n_tokens,).
        functions: Bits by the order of FUNCTIONS, shape (n_tokens,).
    """

    agent: Ints
    patient: Ints
    word: Ints
    participle: npt.NDArray[np.bool_]
    last: Ints
    functions: Classes

    def has(self, *names: str) -> npt.NDArray[np.bool_]:
        """Tokens that belong to any of these closed classes."""
        return in_class(self.functions, *names)


def in_class(functions: Classes, *names: str) -> npt.NDArray[np.bool_]:
    """Tokens that belong to any of these closed classes, given as `Matches.functions`."""
    bits = sum(1 << FUNCTIONS.index(name) for name in names)
    return np.asarray((functions & bits) != 0)


Occurrences = list[tuple[int, Ints, Ints]]
"""Phrases by length in words, longest first: the place of the first word of each, and its entry in the table."""


def _phrases(table: PhraseTable, words: Keys, text: Ints, begins: npt.NDArray[np.bool_]) -> Occurrences:
    """Where phrases of two words and more occur; `begins` tells the words that any begin with."""
    found: Occurrences = []
    first = np.flatnonzero(begins)
    keys = words[first]
    for length in range(2, LONGEST_PHRASE + 1):
        following = first + length - 1
        inside = np.flatnonzero(following < words.size)
        inside = inside[text[following[inside]] == text[first[inside]]]
        first, keys = first[inside], combine(keys[inside], words[following[inside]])
        if not first.size:
            break
        hit, entry = table.entries.known(keys)
        whole = table.lengths.take(entry) == length
        found.append((length, first[hit[whole]], entry[whole]))
        more, _ = table.beginnings.known(keys)
        first, keys = first[more], keys[more]
    return found[::-1]


def add_phrases(functions: Classes, lexicon: Lexicon, words: Keys, begins: npt.NDArray[np.bool_], text: Ints) -> None:
    """Add closed classes of several words to those of single ones, in place.

    Args:
        functions: Closed classes of each token as `Matches.functions`, shape (n_tokens,).
        lexicon: The lexicon.
        words: Key of each token.
        begins: Tokens that any phrase begins with.
        text: Which text each token belongs to, ascending; phrases do not cross texts.
    """
    for _, first, entry in _phrases(lexicon.functions, words, text, begins):
        functions[first] |= lexicon.function_values[entry, 0]


def match(lexicon: Lexicon, facts: WordFacts, text: Ints) -> Matches:
    """Find the lexicon's words and phrases in running text; of overlapping phrases the longest wins.

    Args:
        lexicon: The lexicon.
        facts: Facts of the tokens, from `lexicon.words`.
        text: Which text each token belongs to, ascending; phrases do not cross texts. Shape (n_tokens,).
    """
    size = text.size
    last = np.arange(size, dtype=np.int64)
    kept = np.flatnonzero((facts.traits & PASSED_OVER) == 0)
    entry = np.where((facts.traits & PASSED_OVER) == 0, facts.entry, -1)
    covered = np.zeros(size, dtype=np.bool_)
    begins = (facts.traits[kept] & BEGINS_LEANING) > 0
    for length, first, found in _phrases(lexicon.leanings, facts.word[kept], text[kept], begins):
        free = ~(covered[kept[first]] | covered[kept[first + length - 1]])
        first, begin = first[free], kept[first[free]]
        for step in range(length):
            inside = kept[first + step]
            covered[inside], entry[inside] = True, -1
        entry[begin] = found[free]
        last[begin] = kept[first + length - 1]
    functions = facts.functions.copy()
    add_phrases(functions, lexicon, facts.word, (facts.traits & BEGINS_FUNCTION) > 0, text)
    values = np.zeros((LENGTH, size), dtype=np.int64)
    leaning = np.flatnonzero(entry >= 0)
    values[:, leaning] = lexicon.values[entry[leaning], :LENGTH].T
    return Matches(
        agent=values[AGENT],
        patient=values[PATIENT],
        word=values[WORD],
        participle=values[PARTICIPLE] > 0,
        last=last,
        functions=functions,
    )
