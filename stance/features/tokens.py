"""Texts to tokens: one numpy pass over the code points of many texts at once.

A token is a word (letters and digits, with apostrophes inside, as in `don't` and `O'Rourke`; initials with their
full stop, as in `U.S.`), a possessive ending (`'s`), a handle or hashtag, a number, or one punctuation mark.
Hyphens between letters separate words and leave no token, so `well-liked` and `well liked` are the same two words.
Curly quotes and long dashes count as their plain forms; words are compared without case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stance.features.hashing import Keys, constant, scramble

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.uint8]

CAPITAL, UPPER, NUMBER, MARK = (np.uint8(1 << bit) for bit in range(4))
"""Bits of `Tokens.flags`: first letter capital; several letters, all capital; a number; a punctuation mark."""

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
_HYPHENS = "-\u00ad\u2010\u2011"
_SPACE, _LETTER, _DIGIT, _CAPITAL, _APOSTROPHE, _STOP, _COMMA, _TAG = (np.uint8(1 << bit) for bit in range(8))
"""Bits of a character's class. A hyphen is told by its code, an `s` too: they would need a ninth bit and a tenth."""
_WORDLIKE = _LETTER | _DIGIT
_UNMET = _SPACE | _LETTER
"""No character's: a place in the table that is not filled yet."""
_SINGLE = {".": _STOP, ",": _COMMA, "@": _TAG, "#": _TAG}
_NUMBER_KEY = constant("number")
_MULTIPLIER = 0x9E3779B97F4A7C15
_LONGEST = 256
_PIECE = 100_000
"""Characters tokenised at once, which stay in a processor's cache; a longer text is a piece of its own."""
_USUAL = 1 << 17

Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint32]


class Tokens(NamedTuple):
    """Tokens of many texts, one after the other.

    Attributes:
        text: Index of each token's text, shape (n_tokens,).
        start, end: Offsets in that text, in code points, shape (n_tokens,).
        word: Key of the token without case, shape (n_tokens,).
        flags: Bits CAPITAL, UPPER, NUMBER, MARK, shape (n_tokens,).
        first: Index of each text's first token, and the number of tokens last, shape (n_texts + 1,).
    """

    text: Ints
    start: Ints
    end: Ints
    word: Keys
    flags: Flags
    first: Ints


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
        return _APOSTROPHE
    if character in _SINGLE:
        return _SINGLE[character]
    if character.isspace():
        return _SPACE
    if character.isdigit():
        return _DIGIT
    # Combining accents belong to the letter before them.
    if character.isalnum() or character == "_" or 0x300 <= ord(character) < 0x370:
        return _LETTER | _CAPITAL if character.isupper() else _LETTER
    return np.uint8(0)


_characters = lru_cache(maxsize=1)(_Characters)


def _classify(codes: Codes) -> tuple[Bytes, Codes]:
    """Class bits and folded code of each code point."""
    if int(codes.max(initial=0)) < _TABLE_SIZE:
        return _characters().of(codes)
    beyond = codes >= _TABLE_SIZE
    bits, lower = _characters().of(np.where(beyond, ord(" "), codes))
    # Scripts above the table count as letters, symbols and emoji do not.
    symbol = ((codes >= 0x1F000) & (codes < 0x1FB00)) | ((codes >= 0xFE00) & (codes < 0xFE10))
    bits = np.where(beyond, np.where(symbol, np.uint8(0), _LETTER), bits)
    return bits, np.where(beyond, codes, lower)


def _shifted(values: npt.NDArray[np.bool_], by: int) -> npt.NDArray[np.bool_]:
    """`values[i + by]` at i, False beyond the ends."""
    moved = np.zeros_like(values)
    if by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


def _joined(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint32], Ints]:
    """Code points of all texts with one space after each, which keeps words of neighbours apart; where each begins."""
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    codes = np.frombuffer(" ".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return codes, np.concatenate([[0], np.cumsum(lengths + 1)])[:-1].astype(np.int64)


def folded(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.bool_], Ints]:
    """Code points as tokens compare them, which of them are spaces, and where each text begins.

    One space follows each text.

    >>> codes, spaces, begins = folded(["Ab", "c"])
    >>> codes.tobytes().decode("utf-32-le"), spaces.tolist(), begins.tolist()
    ('ab c ', [False, False, True, False, True], [0, 3])
    """
    codes, begins = _joined(texts)
    bits, lower = _classify(codes)
    return lower, (bits & _SPACE) > 0, begins


def tokenize(texts: Sequence[str]) -> Tokens:
    """Split texts into tokens.

    Args:
        texts: Any strings; empty ones have no tokens.

    Returns:
        The tokens of all texts, in reading order.

    >>> tokens = tokenize(["Sen. O’Rourke's well-liked."])
    >>> [(int(a), int(b)) for a, b in zip(tokens.start, tokens.end)]
    [(0, 3), (3, 4), (5, 13), (13, 15), (16, 20), (21, 26), (26, 27)]
    """
    pieces = [_tokenize_piece(texts[first:last]) for first, last in _pieces(texts)]
    if len(pieces) == 1:
        return pieces[0]
    n_tokens = np.cumsum([0, *(piece.word.size for piece in pieces)])
    n_texts = np.cumsum([0, *(piece.first.size - 1 for piece in pieces)])
    firsts = [piece.first[:-1] + before for piece, before in zip(pieces, n_tokens[:-1], strict=True)]
    return Tokens(
        text=np.concatenate([piece.text + before for piece, before in zip(pieces, n_texts[:-1], strict=True)]),
        start=np.concatenate([piece.start for piece in pieces]),
        end=np.concatenate([piece.end for piece in pieces]),
        word=np.concatenate([piece.word for piece in pieces]),
        flags=np.concatenate([piece.flags for piece in pieces]),
        first=np.concatenate([*firsts, n_tokens[-1:]]),
    )


def _pieces(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of texts that together have few characters; at least one run."""
    first = length = 0
    for index, text in enumerate(texts):
        if length + len(text) > _PIECE and index > first:
            yield first, index
            first, length = index, 0
        length += len(text)
    yield first, len(texts)


def _tokenize_piece(texts: Sequence[str]) -> Tokens:
    """The tokens of texts that are read at once."""
    codes, text_start = _joined(texts)
    bits, lower = _classify(codes)
    begins, part = _beginnings(bits, lower, codes)
    starts = np.flatnonzero(begins)
    # A token ends at the next character that is not part of a word, or at the next beginning.
    stops = np.append(np.flatnonzero(~part | begins), codes.size)
    ends = np.where(part[starts], stops[np.flatnonzero(begins[stops[:-1]]) + 1], starts + 1)
    first = np.append(np.searchsorted(starts, text_start), starts.size).astype(np.int64)
    owner = np.repeat(np.arange(len(texts)), np.diff(first))
    flags = _flags(bits, part, starts, ends)
    return Tokens(
        text=owner,
        start=starts - text_start[owner],
        end=ends - text_start[owner],
        word=_word_keys(lower, starts, ends, flags),
        flags=flags,
        first=first,
    )


def _beginnings(bits: Bytes, lower: Codes, codes: Codes) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Characters that begin a token, and characters that are part of a word."""
    wordlike, letter, digit = (bits & _WORDLIKE) > 0, (bits & _LETTER) > 0, (bits & _DIGIT) > 0
    visible = (bits & _SPACE) == 0
    before, after = _shifted(wordlike, -1), _shifted(wordlike, 1)

    apostrophe, stop = bits == _APOSTROPHE, bits == _STOP
    # After "Jr." as well: whatever the name before it, the ending is the same token.
    ending = apostrophe & _shifted(visible, -1) & _shifted(lower == ord("s"), 1) & ~_shifted(wordlike, 2)
    inner = apostrophe & _shifted(letter, -1) & _shifted(letter, 1) & ~ending
    in_number = (stop | (bits == _COMMA)) & _shifted(digit, -1) & _shifted(digit, 1)
    initial_stop = stop & _shifted((bits & _CAPITAL) > 0, -1) & ~_shifted(wordlike, -2)
    tag = (bits == _TAG) & after & ~before
    joiner = before & after & (bits == 0)
    between = codes[joiner]
    joiner[joiner] = np.logical_or.reduce([between == ord(hyphen) for hyphen in _HYPHENS])

    part = wordlike | inner | in_number | initial_stop | tag | ending
    part_before = _shifted(part, -1)
    # A word begins where no word was before it; an ending and a mark begin a token of their own.
    begins = visible & ~joiner & (~part | ~part_before | ending | tag)
    return begins & ~(initial_stop & part_before), part


def _flags(bits: Bytes, part: npt.NDArray[np.bool_], starts: Ints, ends: Ints) -> Flags:
    capitals, letters = _counted(bits & _CAPITAL, starts, ends), _counted(bits & _LETTER, starts, ends)
    first = bits[starts]
    flags = (
        CAPITAL * ((first & _CAPITAL) > 0)
        | UPPER * ((letters > 1) & (capitals == letters))
        | NUMBER * (((first & _DIGIT) > 0) & (letters == 0))
        | MARK * ~part[starts]
    )
    return np.asarray(flags, dtype=np.uint8)


def _counted(marked: Bytes, starts: Ints, ends: Ints) -> Ints:
    """How many characters of each token are marked."""
    total = np.concatenate([[0], np.cumsum(marked > 0, dtype=np.int64)])
    return np.asarray(total[ends] - total[starts])


def _word_keys(lower: Codes, starts: Ints, ends: Ints, flags: Flags) -> Keys:
    """Polynomial hash of each token's folded code points; all numbers share one key."""
    powers, inverses = _powers(lower.size)
    # The polynomial of the whole text so far: a token's is the difference of two, moved to begin at power 0.
    so_far = np.concatenate([np.zeros(1, np.uint64), np.cumsum(lower * powers[: lower.size], dtype=np.uint64)])
    cut = np.minimum(ends, starts + _LONGEST)
    # Very long runs differ in length too, else their cut-off tails would be lost.
    keys = (so_far[cut] - so_far[starts]) * inverses[starts] + (ends - starts).astype(np.uint64)
    return np.where(flags & NUMBER, _NUMBER_KEY, scramble(keys)).astype(np.uint64)


def _powers(size: int) -> tuple[Keys, Keys]:
    """At least the first `size` powers of the multiplier, and of its inverse, modulo 2^64."""
    return _usual_powers() if size <= _USUAL else _powers_below(size)


@lru_cache(maxsize=1)
def _usual_powers() -> tuple[Keys, Keys]:
    return _powers_below(_USUAL)


def _powers_below(size: int) -> tuple[Keys, Keys]:
    powers = np.ones((2, size), dtype=np.uint64)
    powers[0, 1:], powers[1, 1:] = _MULTIPLIER, pow(_MULTIPLIER, -1, 1 << 64)
    made = np.multiply.accumulate(powers, axis=1)
    return made[0], made[1]
