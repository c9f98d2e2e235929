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

from stance.features.codepoints import (
    APOSTROPHE,
    CAPITAL_LETTER,
    COMMA,
    DIGIT,
    HYPHENS,
    LETTER,
    SPACE,
    STOP,
    TAG,
    WORDLIKE,
    Bytes,
    Codes,
    classify,
    joined,
)
from stance.features.hashing import Keys, constant, scramble

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.uint8]

CAPITAL, UPPER, NUMBER, MARK = (np.uint8(1 << bit) for bit in range(4))
"""Bits of `Tokens.flags`: first letter capital; several letters, all capital; a number; a punctuation mark."""

_NUMBER_KEY = constant("number")
_MULTIPLIER = 0x9E3779B97F4A7C15
_LONGEST = 256
_PIECE = 100_000
"""Characters tokenised at once, which stay in a processor's cache; a longer text is a piece of its own."""
_USUAL = 1 << 17


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


def _shifted(values: npt.NDArray[np.bool_], by: int) -> npt.NDArray[np.bool_]:
    """`values[i + by]` at i, False beyond the ends."""
    moved = np.zeros_like(values)
    if by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


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
    codes, text_start = joined(texts)
    bits, lower = classify(codes)
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
    wordlike, letter, digit = (bits & WORDLIKE) > 0, (bits & LETTER) > 0, (bits & DIGIT) > 0
    visible = (bits & SPACE) == 0
    before, after = _shifted(wordlike, -1), _shifted(wordlike, 1)

    apostrophe, stop = bits == APOSTROPHE, bits == STOP
    # After "Jr." as well: whatever the name before it, the ending is the same token.
    ending = apostrophe & _shifted(visible, -1) & _shifted(lower == ord("s"), 1) & ~_shifted(wordlike, 2)
    inner = apostrophe & _shifted(letter, -1) & _shifted(letter, 1) & ~ending
    in_number = (stop | (bits == COMMA)) & _shifted(digit, -1) & _shifted(digit, 1)
    initial_stop = stop & _shifted((bits & CAPITAL_LETTER) > 0, -1) & ~_shifted(wordlike, -2)
    tag = (bits == TAG) & after & ~before
    joiner = before & after & (bits == 0)
    between = codes[joiner]
    joiner[joiner] = np.logical_or.reduce([between == ord(hyphen) for hyphen in HYPHENS])

    part = wordlike | inner | in_number | initial_stop | tag | ending
    part_before = _shifted(part, -1)
    # A word begins where no word was before it; an ending and a mark begin a token of their own.
    begins = visible & ~joiner & (~part | ~part_before | ending | tag)
    return begins & ~(initial_stop & part_before), part


def _flags(bits: Bytes, part: npt.NDArray[np.bool_], starts: Ints, ends: Ints) -> Flags:
    capitals, letters = _counted(bits & CAPITAL_LETTER, starts, ends), _counted(bits & LETTER, starts, ends)
    first = bits[starts]
    flags = (
        CAPITAL * ((first & CAPITAL_LETTER) > 0)
        | UPPER * ((letters > 1) & (capitals == letters))
        | NUMBER * (((first & DIGIT) > 0) & (letters == 0))
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
