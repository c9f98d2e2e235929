"""Stretches of capitalised words: where names may stand, before anything is known of what they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.figures.capitals import patterns_for
from stance.figures.vocabulary import Kind, kinds
from stance.records import Span

_PREFIXES = ("al-", "el-", "d’", "d'")
_LONGEST_HEADING = 400
_OPENING_MARKS = frozenset(("“", '"', "—", ":", "•", "‘"))


# A single word that is never a name: where it starts, the word, the index of its sentence.
LeftOut = tuple[int, str, int]


@dataclass(slots=True, eq=False, repr=False)
class Stretch:
    """Where a text has capitalised words, of one run or several.

    Attributes:
        start: Where they begin in the text.
        written: As the text has them.
        sentence: Index of the sentence.
        initial, heading: As of the (first) run.
    """

    start: int
    written: str
    sentence: int
    initial: bool
    heading: bool


def find_stretches(text: str, sentences: Sequence[Span]) -> tuple[list[Stretch], list[LeftOut]]:
    """Stretches of capitalised words in reading order; apart, single words that are never names ("The", "Congress")."""
    pattern, table = patterns_for(text).run, kinds()
    found: list[Stretch] = []
    left: list[LeftOut] = []
    for index, (start, end) in enumerate(sentences):
        heading = None
        for match in pattern.finditer(text, start, end):
            written = match.group()
            flag = table.get(written)
            if flag and not flag & Kind.NAME:
                left.append((match.start(), written, index))
                continue
            if heading is None:
                heading = _is_heading(text, start, end)
            found.append(_stretch(text, start, match.start(), written, index, heading))
    return found, left


def read_left_out(text: str, sentences: Sequence[Span], word: LeftOut) -> Stretch:
    """A word left out at first, as a stretch."""
    at, written, index = word
    start, end = sentences[index]
    return _stretch(text, start, at, written, index, _is_heading(text, start, end))


def _stretch(text: str, start: int, at: int, written: str, index: int, heading: bool) -> Stretch:
    """The stretch at a position of the sentence that begins at `start`, with the prefix that its capital follows."""
    if at > start and text[at - 1] in "-’'":
        begin = _with_prefix(text, start, at)
        written, at = text[begin:at] + written, begin
    return Stretch(at, written, index, at == start or _opens(text, start, at), heading)


def _with_prefix(text: str, start: int, begin: int) -> int:
    """Where the word begins with the prefix that its capital follows: al-Assad, d’Aubray."""
    for prefix in _PREFIXES:
        at = begin - len(prefix)
        if at >= start and text.startswith(prefix, at) and (at == start or not text[at - 1].isalnum()):
            return at
    return begin


def _opens(text: str, start: int, begin: int) -> bool:
    """Whether only marks stand before in the sentence, or a mark that opens a new one within it."""
    if begin - start > 1 and text[begin - 2].isalnum():  # as before most words
        return False
    if begin - start < 4 and not any(char.isalnum() for char in text[start:begin]):
        return True
    return text[max(start, begin - 2) : begin].strip() in _OPENING_MARKS


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether most words of a sentence are capitalised, as in a headline."""
    sentence = text[start : min(end, start + _LONGEST_HEADING)]
    upper = sentence.isupper()
    if not upper and sentence.endswith((".", "!", "?", "”", '"')):  # as most do
        return False
    words = [word for word in sentence.split() if len(word) > 3 and word[0].isalpha()]
    if upper:
        return len(words) > 1
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 3 and capitals >= 0.75 * len(words)
