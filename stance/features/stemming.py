"""Stems of words (Porter's second English algorithm, by snowballstemmer), computed once per distinct word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from stance.features.hashing import Keys
from stance.features.tokens import Tokens, tokenize


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    from snowballstemmer import stemmer

    return stemmer("english").stemWord  # type: ignore[no-any-return]


_CACHE: dict[int, int] = {}
_CACHE_LIMIT = 500_000


def _stem_key(word: str) -> int:
    stem = _stemmer()(word.lower().replace("’", "'"))
    keys = tokenize([stem]).word
    return int(keys[0]) if keys.size == 1 else 0


def stems(texts: Sequence[str], tokens: Tokens) -> Keys:
    """Key of each token's stem, shape (n_tokens,)."""
    words, example, inverse = np.unique(tokens.word, return_index=True, return_inverse=True)
    if len(_CACHE) > _CACHE_LIMIT:
        _CACHE.clear()
    found = np.empty(words.size, dtype=np.uint64)
    for index, (word, token) in enumerate(zip(words.tolist(), example.tolist(), strict=True)):
        stem = _CACHE.get(word)
        if stem is None:
            text = texts[tokens.text[token]][tokens.start[token] : tokens.end[token]]
            stem = (_stem_key(text) if text.isalpha() else 0) or word
            _CACHE[word] = stem
        found[index] = stem
    return found[inverse]
