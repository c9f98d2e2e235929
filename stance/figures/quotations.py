"""Where a text quotes: spans of quotations in marks of every kind, and those that run over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stance.records import Span

# A single mark opens only before a word: an apostrophe stands after one, but for those of shortened words.
# The pattern begins with one class of characters, so that the search skips to the next mark at speed.
_OPENING = re.compile(
    r"[“”\"‘'](?:(?<=[“”\"])|(?<![\w.,!?…].)(?=[\w“…\[£$])(?!(?:em|til|tis|twas|cause|n|round|\d0s)\b))"
)
_CLOSING = {
    "“": re.compile("”"),
    '"': re.compile('"'),
    "”": re.compile("”"),  # typed by mistake for an opening mark
    "‘": re.compile(r"(?<![\ss])’(?!\w)"),
    "'": re.compile(r"(?<![\ss])'(?!\w)"),
}
# After an s a single mark may be a possessive's: second choice.
_CLOSING_AFTER_S = {"‘": re.compile(r"(?<=s)’(?!\w)"), "'": re.compile(r"(?<=s)'(?!\w)")}
_NEXT_SINGLE = {"‘": re.compile(r"(?<!\w)‘"), "'": re.compile(r"(?<=[\s(])'(?=\w)")}
_LONGEST_SINGLE = 1500


def number_paragraphs(text: str, sentences: Sequence[Span]) -> list[int]:
    """Index of each sentence's paragraph. Where lines are wrapped only a blank line parts them, else any break."""
    wrapped = any(text.find("\n", start, end) >= 0 for start, end in sentences)
    numbers: list[int] = []
    number = last = 0
    for start, end in sentences:
        gap = text[last:start]
        if numbers and gap != " ":
            breaks = max(gap.count("\n"), gap.count("\r"))
            number += breaks > 1 or (breaks == 1 and not wrapped)
        numbers.append(number)
        last = end
    return numbers


def find_quotations(
    text: str, sentences: Sequence[Span], paragraph: Sequence[int]
) -> tuple[list[Span], frozenset[int]]:
    """Quotations in reading order, marks included.

    Returns:
        Their spans, each within one paragraph: one that is never closed runs to its end. And the positions of those
        that go on with the one before: it was not closed, and the next paragraph opens with a mark.
    """
    quotes: list[Span] = []
    carried: set[int] = set()
    unclosed = False
    for begin, stop in _spans(sentences, paragraph):
        found = list(_within(text, begin, stop))
        if unclosed and found and found[0][0] == begin:
            carried.add(len(quotes))
        quotes.extend((start, end) for start, end, _ in found)
        unclosed = bool(found) and not found[-1][2]
    return quotes, frozenset(carried)


def _spans(sentences: Sequence[Span], paragraph: Sequence[int]) -> Iterator[Span]:
    """The span of each paragraph."""
    first = 0
    for index in range(1, len(sentences) + 1):
        if index == len(sentences) or paragraph[index] != paragraph[first]:
            yield sentences[first][0], sentences[index - 1][1]
            first = index


def _within(text: str, begin: int, stop: int) -> Iterator[tuple[int, int, bool]]:
    """Start, end, and whether it is closed, of each quotation of a paragraph."""
    at = begin
    while opening := _OPENING.search(text, at, stop):
        start, mark = opening.start(), opening.group()
        at = opening.end()
        if mark == "”" and not _opens(text, begin, start, stop):
            continue
        end = _closing(text, mark, at, stop)
        if end is None:
            if mark in "‘'" or not _opens(text, begin, start, stop):
                continue
            yield start, stop, False
            return
        yield start, end, True
        at = end


def _opens(text: str, begin: int, start: int, stop: int) -> bool:
    """Whether a mark may open a quotation: before a word, after none."""
    before = text[start - 1] if start > begin else " "
    return start + 1 < stop and not text[start + 1].isspace() and not (before.isalnum() or before in ".,!?")


def _closing(text: str, mark: str, at: int, stop: int) -> int | None:
    """Where the quotation that `mark` opened before `at` ends, or None."""
    if mark not in _NEXT_SINGLE:
        closing = _CLOSING[mark].search(text, at, stop)
        return closing.end() if closing else None
    stop = min(stop, at + _LONGEST_SINGLE)
    following = _NEXT_SINGLE[mark].search(text, at, stop)
    for limit in (following.start() if following else stop, stop):
        for pattern in (_CLOSING[mark], _CLOSING_AFTER_S[mark]):
            closing = pattern.search(text, at, limit)
            if closing:
                return closing.end()
    return None
