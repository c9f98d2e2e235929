"""Text to sentences: a list of spans, found by rules about full stops, quotes, abbreviations and lines.

A text is first cut into blocks (a paragraph, a heading, a list item), then each block at the marks that end a
sentence. Every step is one pass, so time grows with the length of the text and with nothing else; no
sentence is longer than `_LONGEST`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stance.records import Span
from stance.sentences.blocks import find_blocks
from stance.sentences.endings import ends_plainly, ends_sentence, lost_space

__all__ = ["split_sentences"]

# A mark and what closes after it. Matched greedily and never rejected, so the scan cannot backtrack.
_MARK = re.compile(r"[.!?…]+[\"”’'»)\]}]*")

_LONGEST = 2000
"""Code points in the longest sentence: none of news comes near it. Lists and tables without full stops do, and every
figure named in one makes a row of it, so that time would grow with the square of their length."""


def split_sentences(text: str) -> list[Span]:
    """Split a text into sentences.

    Returns:
        Spans `(start, end)` in code points, in reading order, not overlapping. `text[start:end]` neither begins nor
        ends with white space, and every other character of the text lies in exactly one span.

    >>> text = "Sen. Sanders voted no. The bill failed."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Sen. Sanders voted no.', 'The bill failed.']
    """
    found: list[Span] = []
    for block in find_blocks(text):
        for start, end in _split_block(text, *block):
            if end - start <= _LONGEST:
                found.append((start, end))
            else:
                found.extend(_bounded(text, start, end))
    return found


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence, cut at white space into pieces of at most `_LONGEST`; one without any is cut where it must be."""
    while end - start > _LONGEST:
        last = start + _LONGEST
        at = max(text.rfind(space, start + 1, last) for space in " \n\t")
        stop = last if at < 0 else at
        yield start, start + len(text[start:stop].rstrip())
        start = stop
        while text[start].isspace():
            start += 1
    yield start, end


def _split_block(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut one block at the marks that end a sentence."""
    for match in _MARK.finditer(text, start, end):
        stop = match.end()
        if stop == end:
            break
        mark = match.group()
        if not text[stop].isspace():
            if mark in (".", ".”") and lost_space(text, match.start(), stop):
                yield start, stop
                start = stop
            continue
        following = stop + 1
        while following < end and text[following].isspace():
            following += 1
        at = match.start()
        if following < end and (
            ends_plainly(text, start, mark, at, following) or ends_sentence(text, start, mark, at, following)
        ):
            yield start, stop
            start = following
    if start < end:
        yield start, end
