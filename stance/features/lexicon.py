"""The lexicon as the model uses it: which words and phrases lean, and what closed-class words do.

Verbs carry two polarities, one that the sentence reflects on the verb's agent and one on its patient ("A betrayed B"
speaks against A, "A praised B" for B). Other words carry one, that of the person they describe. The entries come
from `data/lexicon/`; a fitted model keeps its own copy, so that it never depends on the files again.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys
from stance.features.lookup import KeyIndex
from stance.features.words import PhraseTable, WordTable

FUNCTIONS = (
    "negator", "modal", "conditional", "contrast", "speech", "intensifier", "diminisher", "rebuttal", "hearsay",
    "comparison", "extension", "other-holder", "title", "be", "get", "by", "preposition", "relative", "coordinator",
    "determiner", "subject-pronoun", "object-pronoun", "possessive-pronoun", "abbreviation", "first-name",
    "not-a-person", "decrease", "increase", "burden", "benefit",
)  # fmt: skip
"""Closed classes; entry i is bit i of `Matches.functions`."""

AGENT, PATIENT, WORD, PARTICIPLE, LENGTH = range(5)
"""Columns of `Lexicon.values`."""


@dataclass(frozen=True)
class Lexicon:
    """Entries as sorted keys with their values.

    Attributes:
        keys: Key of each form, sorted, shape (n,).
        values: Columns AGENT, PATIENT, WORD (polarity times strength, -3 to 3), PARTICIPLE (1: the form may be
            passive) and LENGTH (words), shape (n, 5).
        function_keys: Keys of closed-class words and phrases, sorted, shape (m,).
        function_values: Bits by the order of FUNCTIONS, and length in words, shape (m, 2).
        beginnings, function_beginnings: Keys of what longer phrases begin with, sorted.
    """

    keys: Keys
    values: npt.NDArray[np.int8]
    function_keys: Keys
    function_values: npt.NDArray[np.int64]
    beginnings: Keys
    function_beginnings: Keys

    @cached_property
    def leanings(self) -> PhraseTable:
        """The entries of `keys`, for look-up."""
        return PhraseTable(KeyIndex(self.keys), self.values[:, LENGTH].astype(np.int64), KeyIndex(self.beginnings))

    @cached_property
    def functions(self) -> PhraseTable:
        """The entries of `function_keys`, for look-up."""
        lengths = self.function_values[:, 1]
        return PhraseTable(KeyIndex(self.function_keys), lengths, KeyIndex(self.function_beginnings))

    @cached_property
    def words(self) -> WordTable:
        """Facts of every word met so far."""
        return WordTable(self.leanings, self.functions, self.function_values[:, 0])

    def __getstate__(self) -> dict[str, npt.NDArray[np.generic]]:
        return self.arrays()

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """All arrays by name: `Lexicon(**lexicon.arrays())` is the same lexicon."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
