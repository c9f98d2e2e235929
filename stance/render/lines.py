"""Styled text laid out in lines: wrapped, beside a label, in columns.

Articles have hundreds of lines, and an import of Rich alone takes as long as reading one; what needs no more than
this is laid out here, with Rich's widths of characters and its places to break (a test holds the two together).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Piece = tuple[str, str]
"""A text and its style, one of `CODES` or empty."""
Line = list[Piece]

CODES: dict[str, str] = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}

_NARROW = re.compile("[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2500-\u257f▲▼●]*")
"""Latin letters, quotation marks, dashes, lines and signs: what nearly all text is made of, all one column wide."""
_WORD = re.compile(r"\s*\S+\s*")


def width(text: str) -> int:
    """Columns that a text takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def painted(line: Line, color: bool) -> str:
    """A line with escape sequences for its styles, where colour is wanted."""
    if not color:
        return "".join(text for text, _ in line)
    return "".join(f"\x1b[{CODES[style]}m{text}\x1b[0m" if style else text for text, style in line)


def wrapped(pieces: Sequence[Piece], columns: int) -> list[Line]:
    """Lines of at most so many columns, broken between words, and within those that are wider; at least one line."""
    text = "".join(text for text, _ in pieces)
    if width(text) <= columns:
        return [list(pieces)]
    breaks = [0, *_breaks(text, columns), len(text)]
    return [_stripped(list(_cut(pieces, start, end))) for start, end in pairwise(breaks)]


def hanging(label: Piece, body: Sequence[Piece], columns: int) -> Iterator[Line]:
    """Lines of a text beside a label, `columns` wide with it."""
    indent = width(label[0])
    for number, line in enumerate(wrapped(body, max(1, columns - indent))):
        yield [label if number == 0 else (" " * indent, ""), *line]


def beside(cells: Sequence[Piece], widths: Sequence[int], right: Sequence[bool]) -> Iterator[Line]:
    """Lines of one row of a table: each cell wrapped to its column, two spaces between columns."""
    columns = [wrapped([cell], size) for cell, size in zip(cells, widths, strict=True)]
    for number in range(max(map(len, columns))):
        line: Line = []
        for lines, size, flush in zip(columns, widths, right, strict=True):
            cell = lines[number] if number < len(lines) else []
            space = (" " * (size - width("".join(text for text, _ in cell))), "")
            line += [*([("  ", "")] if line else []), *([space, *cell] if flush else [*cell, space])]
        yield line


def shortened(text: str, columns: int) -> str:
    """The text, cut with an ellipsis where it is wider."""
    if width(text) <= columns:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, columns - 1) + "…"


def _breaks(text: str, columns: int) -> Iterator[int]:
    """Where lines begin, after the first."""
    used = 0
    for word in _WORD.finditer(text):
        start, size = word.start(), width(word[0].rstrip())
        if size <= columns - used:
            used += width(word[0])
        elif size <= columns:
            if start:
                yield start
            used = width(word[0])
        else:
            for part in _chopped(word[0], columns):
                if start:
                    yield start
                start, used = start + len(part), width(part)


def _chopped(word: str, columns: int) -> list[str]:
    from rich.cells import chop_cells

    return chop_cells(word, columns)


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """The part of the pieces between two offsets of their whole text."""
    at = 0
    for text, style in pieces:
        if inside := text[max(start - at, 0) : max(end - at, 0)]:
            yield inside, style
        at += len(text)


def _stripped(line: Line) -> Line:
    """The line without spaces at its end."""
    while line and not line[-1][0].rstrip():
        line.pop()
    return [*line[:-1], (line[-1][0].rstrip(), line[-1][1])] if line else line
