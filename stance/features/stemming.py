"""Stems of words: Porter's second English algorithm, by PyStemmer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from stance.features.hashing import Keys
from stance.features.tokens import Ints, Tokens, tokenize


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[list[str]], list[str]]:
    from Stemmer import Stemmer

    return Stemmer("english").stemWords  # type: ignore[no-any-return]


def stems(texts: Sequence[str], tokens: Tokens, chosen: Ints) -> Keys:
    """Key of the stem of each chosen token, shape of `chosen`; what is no plain word, or has no stem, has its own key.

    Args:
        texts: The texts that were tokenised.
        tokens: Their tokens.
        chosen: Indices of tokens.
    """
    places = zip(tokens.text[chosen].tolist(), tokens.start[chosen].tolist(), tokens.end[chosen].tolist(), strict=True)
    words = [texts[text][start:end] for text, start, end in places]
    plain = [word.lower().replace("’", "'") if word.isalpha() else "" for word in words]
    stemmed = tokenize(_stemmer()(plain))
    single = np.diff(stemmed.first) == 1
    keys = tokens.word[chosen]
    keys[single] = stemmed.word[stemmed.first[:-1][single]]
    return keys
