"""An article cut up for a page: paragraphs of passages, passages of pieces, and what is said of whom in each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from stance.records import Document, Prediction, Span
from stance.spans import pieces
from stance.summary import agreement

_BLANK_LINE = re.compile(r"\r?\n[^\S\r\n]*(?:\r?\n)+|\u2029")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text.

    Attributes:
        text: The text as it stands in the article.
        figures: Names of the figures that it mentions; most pieces mention nobody.
    """

    text: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence about which something is said, or the text between two of them.

    Attributes:
        pieces: Its text.
        calls: What is said of each figure in it.
        first_call: Number of the first of them among all of the article's.
    """

    pieces: tuple[Piece, ...]
    calls: tuple[Prediction, ...] = ()
    first_call: int = 0

    @property
    def tint(self) -> str:
        """What its calls agree on: a stance, `mixed`, or `neutral`."""
        return agreement(self.calls)

    @property
    def weak(self) -> bool:
        """Whether all that it says for or against anybody is uncertain."""
        sides = [call.uncertain for call in self.calls if call.stance != "neutral"]
        return bool(sides) and all(sides)


def paragraphs(document: Document, predictions: Sequence[Prediction]) -> list[tuple[Passage, ...]]:
    """The whole text of a document, paragraph by paragraph; only blank lines between them are left out.

    Args:
        document: The article.
        predictions: Its predictions in reading order.
    """
    sentences = deque(_sentences(document.text, predictions))
    inside = [span for span, _ in sentences]
    found = []
    for first, last in _between_blank_lines(document.text, inside):
        passages: list[Passage] = []
        at = first
        while sentences and sentences[0][0][0] < last:
            (start, end), passage = sentences.popleft()
            passages += [*_plain(document.text[at:start]), passage]
            at = end
        passages += _plain(document.text[at:last])
        if passages:
            found.append(tuple(passages))
    return found


def _sentences(text: str, predictions: Sequence[Prediction]) -> Iterator[tuple[Span, Passage]]:
    number = 0
    for _, group in groupby(predictions, key=lambda row: row.sentence_index):
        rows = tuple(group)
        start, end = rows[0].start, rows[0].end
        yield (start, end), Passage(tuple(_pieces(text, start, end, rows)), rows, number)
        number += len(rows)


def _between_blank_lines(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """Spans of paragraphs; a sentence is never cut, whatever blank lines it has inside."""
    breaks = [match.span() for match in _BLANK_LINE.finditer(text)]
    ends = [end for _, end in sentences]
    kept = []
    for start, end in breaks:
        # The only sentence that can hold the break is the first that ends after it begins.
        place = bisect_right(ends, start)
        if place == len(ends) or sentences[place][0] >= end:
            kept.append((start, end))
    edges = [(0, 0), *kept, (len(text), len(text))]
    for (_, first), (last, _) in pairwise(edges):
        if text[first:last].strip():
            yield first, last


def _plain(text: str) -> list[Passage]:
    return [Passage((Piece(text),))] if text else []


def _pieces(text: str, start: int, end: int, rows: Sequence[Prediction]) -> Iterator[Piece]:
    """The pieces of a sentence, cut where mentions begin and end."""
    mentions: dict[Span, list[str]] = {}
    for row in rows:
        for mention in row.mentions:
            mentions.setdefault((mention.start, mention.end), []).append(row.figure)
    for piece, span in pieces(text, mentions, start, end):
        yield Piece(piece, tuple(mentions[span]) if span else ())
