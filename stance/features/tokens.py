"""Texts to tokens: one numpy pass over the code points of many texts at once.

A token is a word (letters and digits, with apostrophes inside, as in `don't` and `O'Rourke`; initials with their
full stop, as in `U.S.`), a possessive ending (`'s`), a handle or hashtag, a number, or one punctuation mark.
Hyphens between letters separate words and leave no token, so `well-liked` and `well liked` are the same two words.
Curly quotes and long dashes count as their plain forms; words are compared without case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
_HYPHENS = np.array([0x2D, 0xAD, 0x2010, 0x2011], dtype=np.uint32)
_LETTER, _DIGIT, _SPACE, _OTHER = range(4)
_NUMBER_KEY = constant("number")
_MULTIPLIER = 0x9E3779B97F4A7C15
_LONGEST = 256


@dataclass(frozen=True, slots=True)
class Tokens:
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


@lru_cache(maxsize=1)
def _character_tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32], npt.NDArray[np.bool_]]:
    """Class, lower-case code and is-capital of every code point below `_TABLE_SIZE`."""
    kind = np.full(_TABLE_SIZE, _OTHER, dtype=np.uint8)
    lower = np.arange(_TABLE_SIZE, dtype=np.uint32)
    capital = np.zeros(_TABLE_SIZE, dtype=np.bool_)
    for code in range(_TABLE_SIZE):
        character = chr(code)
        if character.isspace():
            kind[code] = _SPACE
        elif character.isdigit():
            kind[code] = _DIGIT
        elif character.isalnum() or character == "_":
            kind[code] = _LETTER
            small = character.lower()
            if len(small) == 1:
                lower[code] = ord(small)
            capital[code] = character.isupper()
        elif code in _FOLDED:
            lower[code] = ord(_FOLDED[code])
    # Combining accents belong to the letter before them.
    kind[0x300:0x370] = _LETTER
    return kind, lower, capital


def _classify(
    codes: npt.NDArray[np.uint32],
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32], npt.NDArray[np.bool_]]:
    kinds, lowers, capitals = _character_tables()
    inside = np.minimum(codes, _TABLE_SIZE - 1)
    kind, lower, capital = kinds[inside], lowers[inside], capitals[inside]
    beyond = codes >= _TABLE_SIZE
    if beyond.any():
        lower = np.where(beyond, codes, lower)
        # Scripts above the table count as letters, symbols and emoji do not.
        symbol = ((codes >= 0x1F000) & (codes < 0x1FB00)) | ((codes >= 0xFE00) & (codes < 0xFE10))
        kind = np.where(beyond, np.where(symbol, _OTHER, _LETTER), kind).astype(np.uint8)
        capital = capital & ~beyond
    return kind, lower, capital


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
    kind, lower, _ = _classify(codes)
    return lower.astype(np.uint32), kind == _SPACE, begins


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
    codes, text_start = _joined(texts)
    kind, lower, capital = _classify(codes)
    letter = kind == _LETTER
    wordlike = letter | (kind == _DIGIT)
    before, after = _shifted(wordlike, -1), _shifted(wordlike, 1)

    apostrophe = lower == ord("'")
    # After "Jr." as well: whatever the name before it, the ending is the same token.
    attached = _shifted(kind != _SPACE, -1)
    ending = apostrophe & attached & _shifted(lower == ord("s"), 1) & ~_shifted(wordlike, 2)
    inner = apostrophe & _shifted(letter, -1) & _shifted(letter, 1) & ~ending
    in_number = ((codes == ord(".")) | (codes == ord(","))) & _shifted(kind == _DIGIT, -1) & _shifted(kind == _DIGIT, 1)
    initial_stop = (codes == ord(".")) & _shifted(capital, -1) & ~_shifted(wordlike, -2)
    tag = ((codes == ord("@")) | (codes == ord("#"))) & after & ~before
    joiner = np.isin(codes, _HYPHENS) & before & after

    part = wordlike | inner | in_number | initial_stop | tag | ending
    part_before = _shifted(part, -1)
    visible = (kind != _SPACE) & ~joiner
    # A word begins where no word was before it; an ending and a mark begin a token of their own.
    begins = visible & (~part | ~part_before | ending | tag)
    begins &= ~((codes == ord(".")) & initial_stop & part_before)
    starts = np.flatnonzero(begins)
    if starts.size == 0:
        none = np.zeros(0, dtype=np.int64)
        return Tokens(
            none,
            none,
            none,
            none.astype(np.uint64),
            none.astype(np.uint8),
            np.zeros(len(texts) + 1, np.int64),
        )
    # A token ends at the next character that is not part of a word, or at the next beginning.
    stops = np.flatnonzero(~part | begins)
    index = np.searchsorted(stops, starts, side="right")
    ends = np.where(index < stops.size, stops[np.minimum(index, stops.size - 1)], codes.size)
    ends = np.where(part[starts], ends, starts + 1)

    owner = np.searchsorted(text_start, starts, side="right") - 1
    flags = _flags(kind, capital, letter, part, starts, ends)
    return Tokens(
        text=owner,
        start=starts - text_start[owner],
        end=ends - text_start[owner],
        word=_word_keys(lower, starts, ends, flags),
        flags=flags,
        first=np.searchsorted(owner, np.arange(len(texts) + 1)).astype(np.int64),
    )


def _flags(
    kind: npt.NDArray[np.uint8],
    capital: npt.NDArray[np.bool_],
    letter: npt.NDArray[np.bool_],
    part: npt.NDArray[np.bool_],
    starts: Ints,
    ends: Ints,
) -> Flags:
    capitals = np.concatenate([[0], np.cumsum(capital)])
    letters = np.concatenate([[0], np.cumsum(letter)])
    n_capitals, n_letters = capitals[ends] - capitals[starts], letters[ends] - letters[starts]
    number = (kind[starts] == _DIGIT) & (n_letters == 0)
    return (
        np.where(capital[starts], CAPITAL, 0)
        | np.where((n_letters > 1) & (n_capitals == n_letters), UPPER, 0)
        | np.where(number, NUMBER, 0)
        | np.where(part[starts], 0, MARK)
    ).astype(np.uint8)


def _word_keys(lower: npt.NDArray[np.uint32], starts: Ints, ends: Ints, flags: Flags) -> Keys:
    """Polynomial hash of each token's folded code points; all numbers share one key."""
    lengths = np.minimum(ends - starts, _LONGEST)
    offset = np.cumsum(lengths) - lengths
    position = np.arange(int(lengths.sum())) - np.repeat(offset, lengths)
    codes = lower[np.repeat(starts, lengths) + position].astype(np.uint64)
    powers = np.full(_LONGEST, _MULTIPLIER, dtype=np.uint64)
    powers[0] = 1
    powers = np.multiply.accumulate(powers)
    # Very long runs differ in length too, else their cut-off tails would be lost.
    keys = np.add.reduceat(codes * powers[position], offset) + (ends - starts).astype(np.uint64)
    return np.where(flags & NUMBER, _NUMBER_KEY, scramble(keys)).astype(np.uint64)
