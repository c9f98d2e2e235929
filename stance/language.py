"""Whether a text is in English at all: everything stance knows, it knows about English."""

from __future__ import annotations

import re

# words that other languages write alike ("a", "in", "was", "is", "on", "me", "he") are left out
_COMMON = """
the and of to be that with for by from his her their they this but not has have had been were which who would will
after about there when are it its said she what can could than then these those your you our my because should into
over out up only some how if
"""
_FUNCTION_WORDS = frozenset(_COMMON.split())
_WORD = re.compile(r"[^\W\d_]+")
_BEGINNING = 20_000
_FEW_WORDS = 20
_MANY_LETTERS = 60
_LEAST_SHARE = 0.09
_SMALL_SHARE = 0.2


def looks_english(text: str) -> bool:
    """Whether a text is, or is too short not to be, English.

    It looks at the text's beginning only: at the share of Latin letters, and of the words without which hardly
    an English sentence does, among those written small.

    >>> looks_english("Der Senator sagte am Montag, dass er das Gesetz nicht unterstützen werde, weil es "
    ...     "den Bürgern schade und die Kosten in den nächsten Jahren weiter steigen würden.")
    False
    >>> looks_english("Guten Morgen")
    True
    """
    words = _WORD.findall(text[:_BEGINNING])
    letters = sum(map(len, words))
    if letters >= _MANY_LETTERS and sum(word.isascii() * len(word) for word in words) < letters / 2:
        return False
    if len(words) < _FEW_WORDS:
        return True
    # Names tell no language, and captions are full of them: words in small letters count, where there are any.
    small = [word for word in words if word.islower()]
    counted = small if len(small) >= _SMALL_SHARE * len(words) else [word.lower() for word in words]
    return sum(word in _FUNCTION_WORDS for word in counted) >= _LEAST_SHARE * len(counted)
