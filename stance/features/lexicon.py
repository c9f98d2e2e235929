"""The lexicon as the model uses it: which words and phrases lean, and what closed-class words do.

Verbs carry two polarities, one that the sentence reflects on the verb's agent and one on its patient ("A betrayed B"
speaks against A, "A praised B" for B). Other words carry one, that of the person they describe. The entries come
from `data/lexicon/`; a fitted model keeps its own copy, so that it never depends on the files again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys, combine
from stance.features.inflection import VerbForm, compare_adjective, inflect_noun, inflect_verb, read_irregular
from stance.features.tokens import Ints, tokenize
from stance.resources import load_list, load_table

LONGEST_PHRASE = 6
"""Words in the longest phrase that is matched."""

FUNCTIONS = (
    "negator", "modal", "conditional", "contrast", "speech", "intensifier", "diminisher", "rebuttal", "hearsay",
    "comparison", "extension", "other-holder", "title", "be", "get", "by", "preposition", "relative", "coordinator",
    "determiner", "subject-pronoun", "object-pronoun", "possessive-pronoun", "abbreviation", "first-name",
    "not-a-person", "support-noun",
)  # fmt: skip
"""Closed classes; entry i is bit i of `Matches.functions`."""

_PASSED_OVER = "a an the his her their its my our your x's"
"""Words that a phrase may have inside without being written in its entry: "threw (his) weight behind"."""


@dataclass(frozen=True)
class Lexicon:
    """Entries as sorted keys with their values.

    Attributes:
        keys: Key of each form, sorted, shape (n,).
        values: Columns AGENT, PATIENT, WORD (polarity times strength, -3 to 3), PARTICIPLE (1: the form may be
            passive) and LENGTH (words), shape (n, 5).
        function_keys: Keys of closed-class words and phrases, sorted, shape (m,).
        function_values: Bits by the order of FUNCTIONS, and length in words, shape (m, 2).
    """

    keys: Keys
    values: npt.NDArray[np.int8]
    function_keys: Keys
    function_values: npt.NDArray[np.int64]

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """All arrays by name: `Lexicon(**lexicon.arrays())` is the same lexicon."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


AGENT, PATIENT, WORD, PARTICIPLE, LENGTH = range(5)


@dataclass(frozen=True, slots=True)
class Matches:
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
    functions: Ints

    def has(self, *names: str) -> npt.NDArray[np.bool_]:
        """Tokens that belong to any of these closed classes."""
        return in_class(self.functions, *names)


def in_class(functions: Ints, *names: str) -> npt.NDArray[np.bool_]:
    """Tokens that belong to any of these closed classes, given as `Matches.functions`."""
    bits = sum(1 << FUNCTIONS.index(name) for name in names)
    return np.asarray((functions & bits) != 0)


@lru_cache(maxsize=1)
def _passed_over() -> Keys:
    return np.unique(tokenize([_PASSED_OVER]).word)


def _phrases(words: Keys, first: Ints, length: int) -> Keys:
    """Key of the `length` words from each position in `first`."""
    keys = words[first]
    for step in range(1, length):
        keys = combine(keys, words[first + step])
    return keys


def phrase_keys(phrases: Sequence[str]) -> tuple[Keys, Ints]:
    """Key and length in words of each phrase, as running text gives them; length 0 where no word is left.

    >>> keys, lengths = phrase_keys(["asleep at the wheel", "Asleep at wheel"])
    >>> bool(keys[0] == keys[1]), lengths.tolist()
    (True, [3, 3])
    """
    tokens = tokenize(phrases)
    kept = np.flatnonzero(~np.isin(tokens.word, _passed_over()))
    words, owner = tokens.word[kept], tokens.text[kept]
    first = np.searchsorted(owner, np.arange(len(phrases)))
    lengths = np.bincount(owner, minlength=len(phrases)).astype(np.int64)
    keys = np.zeros(len(phrases), dtype=np.uint64)
    for length in np.unique(lengths[lengths > 0]):
        which = lengths == length
        keys[which] = _phrases(words, first[which], int(length))
    return keys, lengths


def _occurrences(keys: Keys, lengths: Ints, words: Keys, text: Ints) -> Iterator[tuple[int, Ints, Ints]]:
    """Where the phrases of a sorted table occur: (length, first word, entry of the table), longest first."""
    if keys.size == 0:
        return
    for length in range(min(LONGEST_PHRASE, words.size), 0, -1):
        first = np.flatnonzero(text[: text.size - length + 1] == text[length - 1 :])
        wanted = _phrases(words, first, length)
        entry = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
        found = (keys[entry] == wanted) & (lengths[entry] == length)
        yield length, first[found], entry[found]


def closed_classes(lexicon: Lexicon, word: Keys, text: Ints) -> Ints:
    """Closed classes of each token, as `Matches.functions`; arguments as `match`."""
    functions = np.zeros(word.size, dtype=np.int64)
    for _, first, entry in _occurrences(lexicon.function_keys, lexicon.function_values[:, 1], word, text):
        functions[first] |= lexicon.function_values[entry, 0]
    return functions


def match(lexicon: Lexicon, word: Keys, text: Ints) -> Matches:
    """Find the lexicon's words and phrases in running text; of overlapping phrases the longest wins.

    Args:
        lexicon: The lexicon.
        word: Key of each token, shape (n_tokens,).
        text: Which text each token belongs to, ascending; phrases do not cross texts. Shape (n_tokens,).
    """
    size = word.size
    values = np.zeros((size, 4), dtype=np.int64)
    last = np.arange(size, dtype=np.int64)
    covered = np.zeros(size, dtype=np.bool_)
    kept = np.flatnonzero(~np.isin(word, _passed_over()))
    table = lexicon.keys, lexicon.values[:, LENGTH].astype(np.int64), word[kept], text[kept]
    for length, first, entry in _occurrences(*table):
        free = ~(covered[kept[first]] | covered[kept[first + length - 1]])
        first, begin = first[free], kept[first[free]]
        values[begin] = lexicon.values[entry[free], :LENGTH]
        last[begin] = kept[first + length - 1]
        for step in range(length):
            covered[kept[first + step]] = True
    return Matches(
        agent=values[:, AGENT],
        patient=values[:, PATIENT],
        word=values[:, WORD],
        participle=values[:, PARTICIPLE] > 0,
        last=last,
        functions=closed_classes(lexicon, word, text),
    )


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _inflected(word: str, pos: str) -> tuple[str, ...]:
    """The forms of a word besides itself."""
    if pos == "noun":
        return (inflect_noun(word),)
    return compare_adjective(word) if pos == "adj" else ()


def _leanings(folder: Path) -> dict[str, list[int]]:
    """Every inflected form with its agent, patient and word polarity and whether it may be passive."""
    irregular = read_irregular(folder / "irregular.tsv")
    forms: dict[str, list[int]] = {}
    words = list(_read(folder / "words.tsv"))
    entries = {row["form"].lower() for row in words}
    for row in words:
        leaning = int(row["polarity"]) * int(row["strength"])
        word = row["form"].lower()
        forms.setdefault(word, [0, 0, 0, 0])[WORD] = leaning
        for form in _inflected(word, row["pos"]):
            # A form with an entry of its own keeps that: "worst", "later".
            if form not in entries:
                forms.setdefault(form, [0, 0, 0, 0])[WORD] = leaning
    for row in _read(folder / "verbs.tsv"):
        strength = int(row["strength"])
        for form, kind in inflect_verb(row["lemma"].lower(), irregular):
            values = forms.setdefault(form, [0, 0, 0, 0])
            values[AGENT], values[PATIENT] = int(row["agent"]) * strength, int(row["patient"]) * strength
            values[PARTICIPLE] = max(values[PARTICIPLE], int(kind is VerbForm.PARTICIPLE))
    return forms


def _closed_classes(folder: Path) -> dict[str, int]:
    """Bits of every closed-class word: of `functions.tsv`, and of the lists that figure finding uses as well."""
    bits: dict[str, int] = {}

    def add(words: Iterable[str], kind: str) -> None:
        for word in words:
            bits[word.lower()] = bits.get(word.lower(), 0) | 1 << FUNCTIONS.index(kind)

    for row in _read(folder / "functions.tsv"):
        add([row["form"]], row["kind"])
    add(load_table("first_names"), "first-name")
    for name in ("places", "demonyms", "not_persons", "organisation_words"):
        add(load_list(name), "not-a-person")
    return bits


def read_lexicon(folder: Path) -> Lexicon:
    """Read `verbs.tsv`, `words.tsv`, `irregular.tsv` and `functions.tsv` of a folder, and inflect their entries.

    Args:
        folder: Usually `data/lexicon`.

    Raises:
        OSError: A file is missing.
    """
    leanings = _leanings(folder)
    forms = sorted(leanings)
    keys, lengths = phrase_keys(forms)
    values = np.array([[*leanings[form], 0] for form in forms], dtype=np.int64).reshape(-1, 5)
    values[:, LENGTH] = lengths
    usable = (lengths > 0) & (lengths <= LONGEST_PHRASE)
    keys, order = np.unique(keys[usable], return_index=True)

    bits = _closed_classes(folder)
    words = sorted(bits)
    tokens = tokenize(words)
    function_lengths = np.diff(tokens.first)
    # Closed-class words are keyed as written: "his" is a word here, not one to pass over.
    function_keys = np.zeros(len(words), dtype=np.uint64)
    for length in np.unique(function_lengths[function_lengths > 0]):
        which = function_lengths == length
        function_keys[which] = _phrases(tokens.word, tokens.first[:-1][which], int(length))
    function_values = np.array([[bits[word], 0] for word in words], dtype=np.int64).reshape(-1, 2)
    function_values[:, 1] = function_lengths
    function_keys, function_order = np.unique(function_keys, return_index=True)
    return Lexicon(keys, values[usable][order].astype(np.int8), function_keys, function_values[function_order])
