"""Texts to code points, and what kind of character each is: a letter, a digit, a space, a mark that words may hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint32]

_TABLE_SIZE = 0x3100
_FOLDED = {
    0x2018: "'",
    0x2019: "'",
    0x02BC: "'",
    0x201C: '"',
    0x201D: '"',
    0x2013: "-",
    0x2014: "-",
    0x2012: "-",
}
HYPHENS = "-\u00ad\u2010\u2011"
SPACE, LETTER, DIGIT, CAPITAL_LETTER, APOSTROPHE, STOP, COMMA, TAG = (np.uint8(1 << bit) for bit in range(8))
"""Bits of a character's class. A hyphen is told by its code, an `s` too: they would need a ninth bit and a tenth."""
WORDLIKE = LETTER | DIGIT
_UNMET = SPACE | LETTER
"""No character's: a place in the table that is not filled yet."""
_SINGLE = {".": STOP, ",": COMMA, "@": TAG, "#": TAG}


class _Characters:
    """Class bits and folded code of the code points below `_TABLE_SIZE`, each worked out when it is first met."""

    def __init__(self) -> None:
        self._bits = np.full(_TABLE_SIZE, _UNMET, dtype=np.uint8)
        self._lower = np.arange(_TABLE_SIZE, dtype=np.uint32)
        for code, plain in _FOLDED.items():
            self._lower[code] = ord(plain)

    def of(self, codes: Codes) -> tuple[Bytes, Codes]:
        """Class bits and folded code of each code point."""
        bits = self._bits.take(codes)
        unmet = codes[bits == _UNMET]
        if unmet.size:
            for code in np.flatnonzero(np.bincount(unmet)).tolist():
                self._meet(code)
            bits = self._bits.take(codes)
        return bits, self._lower.take(codes)

    def _meet(self, code: int) -> None:
        character = chr(code)
        if (character.isalnum() and not character.isdigit()) or character == "_":
            small = character.lower()
            if len(small) == 1:
                self._lower[code] = ord(small)
        self._bits[code] = _class_of(character, chr(self._lower[code]))


def _class_of(character: str, folded: str) -> np.uint8:
    """Class bits of a character, given with its folded form."""
    if folded == "'":
        return APOSTROPHE
    if character in _SINGLE:
        return _SINGLE[character]
    if character.isspace():
        return SPACE
    if character.isdigit():
        return DIGIT
    # Combining accents belong to the letter before them.
    if character.isalnum() or character == "_" or 0x300 <= ord(character) < 0x370:
        return LETTER | CAPITAL_LETTER if character.isupper() else LETTER
    return np.uint8(0)


_characters = lru_cache(maxsize=1)(_Characters)


def classify(codes: Codes) -> tuple[Bytes, Codes]:
    """Class bits and folded code of each code point."""
    if int(codes.max(initial=0)) < _TABLE_SIZE:
        return _characters().of(codes)
    beyond = codes >= _TABLE_SIZE
    bits, lower = _characters().of(np.where(beyond, ord(" "), codes))
    # Scripts above the table count as letters, symbols and emoji do not.
    symbol = ((codes >= 0x1F000) & (codes < 0x1FB00)) | ((codes >= 0xFE00) & (codes < 0xFE10))
    bits = np.where(beyond, np.where(symbol, np.uint8(0), LETTER), bits)
    return bits, np.where(beyond, codes, lower)


def joined(texts: Sequence[str]) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Code points of all texts with one space after each, which keeps words of neighbours apart; where each begins."""
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    codes = np.frombuffer(" ".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return codes, np.concatenate([[0], np.cumsum(lengths + 1)])[:-1].astype(np.int64)


def folded(texts: Sequence[str]) -> tuple[Codes, npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Code points as tokens compare them, which of them are spaces, and where each text begins.

    One space follows each text.

    >>> codes, spaces, begins = folded(["Ab", "c"])
    >>> codes.tobytes().decode("utf-32-le"), spaces.tolist(), begins.tolist()
    ('ab c ', [False, False, True, False, True], [0, 3])
    """
    codes, begins = joined(texts)
    bits, lower = classify(codes)
    return lower, (bits & SPACE) > 0, begins
