"""Text to blocks: a paragraph, a heading, a list item, each of lines that belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from stance.records import Span
from stance.sentences.rules import rules, token_before

_BULLET = re.compile(r"(?:[-*+•·–—▪◦‣●■►○]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\))\s+\S")
_OPEN_LINE_END = re.compile(
    r"(?:[,;–—-]|\b(?:the|an?|of|and|or|to|in|on|at|by|for|from|with|as|that|his|her|their|its))$", re.I
)
# A heading and a line or two below it are no wrapped paragraph, unless they are as wide as one.
_FEW_LINES, _NARROWEST_COLUMN = 4, 45


def find_blocks(text: str) -> Iterator[Span]:
    """Runs of lines that belong together: wrapped lines are joined, headings and list items stand alone."""
    for paragraph in _paragraphs(text):
        width = max(end - start for start, end in paragraph)
        if len(paragraph) < _FEW_LINES:
            width = max(width, _NARROWEST_COLUMN)
        block_start = paragraph[0][0]
        for before, line in pairwise(paragraph):
            if _ends_block(text, before, line, width):
                yield block_start, before[1]
                block_start = line[0]
        yield block_start, paragraph[-1][1]


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Lines without their outer white space, grouped by the blank lines between them."""
    lines: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        stripped = line.strip()
        if not stripped:
            continue
        if line[0] != stripped[0]:
            start += len(line) - len(line.lstrip())
        if lines and _is_blank_line(text, lines[-1][1], start):
            yield lines
            lines = []
        lines.append((start, start + len(stripped)))
    if lines:
        yield lines


def _is_blank_line(text: str, start: int, end: int) -> bool:
    """Whether more than the end of a line stands between two lines."""
    if end - start == 1:  # as between most
        return text[start] == "\u2029"
    gap = text[start:end]
    return gap.count("\n") > 1 or gap.count("\r") > 1 or "\u2029" in gap


def _ends_block(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether the break between two lines of a paragraph was meant, not made by wrapping at `width`."""
    if _BULLET.match(text, line[0], line[1]):
        return True
    first = text[line[0]]
    if first.islower() or _OPEN_LINE_END.search(text, max(before[0], before[1] - 8), before[1]):
        return False
    if text[before[1] - 1] == "." and token_before(text, before[0], before[1] - 1).lower() in rules().before_names:
        return False
    # A wrapped line is broken only where the next word does not fit: a shorter one is a heading or a paragraph's end.
    space = text.find(" ", line[0], line[1])
    next_word = (space if space >= 0 else line[1]) - line[0]
    return before[1] - before[0] + 1 + next_word <= width
