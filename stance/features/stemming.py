"""Stems of words (Porter's second English algorithm, by PyStemmer), computed once per distinct word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from stance.features.hashing import Keys
from stance.features.tokens import Tokens, tokenize


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    from Stemmer import Stemmer

    return Stemmer("english").stemWord  # type: ignore[no-any-return]


_CACHE: dict[int, int] = {}
_CACHE_LIMIT = 500_000


def _learn(words: Sequence[tuple[int, str]]) -> None:
    """Put the stem keys of words, given with their own keys, into the cache."""
    stemmed = tokenize([_stemmer()(text.lower().replace("’", "'")) if text.isalpha() else "" for _, text in words])
    single = np.diff(stemmed.first) == 1
    keys = stemmed.word[np.minimum(stemmed.first[:-1], max(stemmed.word.size - 1, 0))].tolist() if single.any() else []
    for index, (key, _) in enumerate(words):
        # What is no plain word, or has no stem, stands for itself.
        _CACHE[key] = keys[index] if single[index] else key


def stems(texts: Sequence[str], tokens: Tokens) -> Keys:
    """Key of each token's stem, shape (n_tokens,)."""
    words, example, inverse = np.unique(tokens.word, return_index=True, return_inverse=True)
    if len(_CACHE) > _CACHE_LIMIT:
        _CACHE.clear()
    new = [
        (word, texts[tokens.text[token]][tokens.start[token] : tokens.end[token]])
        for word, token in zip(words.tolist(), example.tolist(), strict=True)
        if word not in _CACHE
    ]
    if new:
        _learn(new)
    return np.array([_CACHE[word] for word in words.tolist()], dtype=np.uint64)[inverse]
