"""The lexicon's files: `data/lexicon/` to the arrays that a model carries, every entry in all its forms."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from stance.features.hashing import Keys, combine
from stance.features.inflection import VerbForm, compare_adjective, inflect_noun, inflect_verb, read_irregular
from stance.features.lexicon import AGENT, FUNCTIONS, LENGTH, PARTICIPLE, PATIENT, WORD, Lexicon
from stance.features.tokens import Ints, tokenize
from stance.features.words import LONGEST_PHRASE, passed_over


def _phrase_keys(words: Keys, lengths: Ints) -> tuple[Keys, Keys]:
    """Key of each phrase (0 where it has no word), and the keys of all that longer phrases begin with, sorted.

    Args:
        words: Keys of the words of all phrases, one phrase after the other.
        lengths: Number of words of each phrase.
    """
    first = np.cumsum(lengths) - lengths
    keys = np.zeros(lengths.size, dtype=np.uint64)
    beginnings = [keys[:0]]
    for length in range(1, int(lengths.max(initial=0)) + 1):
        going = np.flatnonzero(lengths >= length)
        word = words[first[going] + length - 1]
        keys[going] = word if length == 1 else combine(keys[going], word)
        beginnings.append(keys[lengths > length])
    return keys, np.unique(np.concatenate(beginnings))


def _leaning_keys(forms: Sequence[str]) -> tuple[Keys, Ints, Keys]:
    """Key and length in words of each form as running text gives it, and what longer forms begin with.

    A length of 0 says that no word is left.

    >>> keys, lengths, beginnings = _leaning_keys(["asleep at the wheel", "Asleep at wheel"])
    >>> bool(keys[0] == keys[1]), lengths.tolist(), beginnings.size
    (True, [3, 3], 2)
    """
    tokens = tokenize(forms)
    kept = np.flatnonzero(~np.isin(tokens.word, passed_over()))
    lengths = np.bincount(tokens.text[kept], minlength=len(forms)).astype(np.int64)
    lengths[lengths > LONGEST_PHRASE] = 0
    kept = kept[lengths[tokens.text[kept]] > 0]
    keys, beginnings = _phrase_keys(tokens.word[kept], lengths)
    return keys, lengths, beginnings


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
    """Bits of every word of `functions.tsv` and `names.tsv`."""
    bits: dict[str, int] = {}
    for name in ("functions.tsv", "names.tsv"):
        for row in _read(folder / name):
            word = row["form"].lower()
            bits[word] = bits.get(word, 0) | 1 << FUNCTIONS.index(row["kind"])
    return bits


def read_lexicon(folder: Path) -> Lexicon:
    """Read `verbs.tsv`, `words.tsv`, `irregular.tsv`, `functions.tsv` and `names.tsv`, and inflect their entries.

    Args:
        folder: Usually `data/lexicon`.

    Raises:
        OSError: A file is missing.
    """
    leanings = _leanings(folder)
    forms = sorted(leanings)
    keys, lengths, beginnings = _leaning_keys(forms)
    values = np.array([[*leanings[form], 0] for form in forms], dtype=np.int64).reshape(-1, 5)
    values[:, LENGTH] = lengths
    keys, order = np.unique(keys[lengths > 0], return_index=True)

    bits = _closed_classes(folder)
    # Closed-class words are keyed as written: "his" is a word here, not one to pass over.
    tokens = tokenize(sorted(bits))
    function_lengths = np.diff(tokens.first)
    function_keys, function_beginnings = _phrase_keys(tokens.word, function_lengths)
    function_values = np.array([[bits[word], 0] for word in sorted(bits)], dtype=np.int64).reshape(-1, 2)
    function_values[:, 1] = function_lengths
    function_keys, function_order = np.unique(function_keys, return_index=True)
    return Lexicon(
        keys=keys,
        values=values[lengths > 0][order].astype(np.int8),
        function_keys=function_keys,
        function_values=function_values[function_order],
        beginnings=beginnings,
        function_beginnings=function_beginnings,
    )
