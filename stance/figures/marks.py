"""Mentions of a text's persons, by where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from stance.figures.roles import Role
from stance.records import MentionKind

_STRETCH: Final = 1024
_FARTHEST_STRETCH: Final = 4
_MOST_BEFORE: Final = 60


@dataclass(slots=True, eq=False, repr=False)
class Mark:
    """One mention: who (index into the persons), how, in which role, and in which quotation (-1 for none)."""

    start: int
    end: int
    person: int
    kind: MentionKind
    role: Role
    sentence: int
    quote: int


class Marks:
    """The mentions found so far, of which none overlaps another, in a text of this length."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._longest = 0
        # By stretches of text, so that adding one moves only its neighbours; and where they start.
        self._marks: list[list[Mark]] = [[] for _ in range(length // _STRETCH + 1)]
        self._starts: list[list[int]] = [[] for _ in self._marks]

    def place(self, mark: Mark) -> None:
        """Take a mention."""
        at = mark.start // _STRETCH
        index = bisect_left(self._starts[at], mark.start)
        self._starts[at].insert(index, mark.start)
        self._marks[at].insert(index, mark)
        self._longest = max(self._longest, mark.end - mark.start)

    def marks(self) -> Iterator[Mark]:
        """All mentions so far, in reading order."""
        return chain.from_iterable(self._marks)

    def before(self, position: int) -> Iterator[Mark]:
        """Mentions that end at or before a position, the nearest first, as far as anything may refer back."""
        stretch = position // _STRETCH
        left = _MOST_BEFORE
        here = bisect_left(self._starts[stretch], position)
        for at in range(stretch, max(-1, stretch - _FARTHEST_STRETCH), -1):
            marks = self._marks[at]
            for mark in reversed(marks[:here] if at == stretch else marks):
                if mark.end <= position:
                    yield mark
                    left -= 1
                    if not left:
                        return

    def within(self, start: int, end: int) -> list[Mark]:
        """Mentions that begin in a stretch of text."""
        found: list[Mark] = []
        for at in range(max(0, start) // _STRETCH, min(end, self._length) // _STRETCH + 1):
            starts = self._starts[at]
            found += self._marks[at][bisect_left(starts, start) : bisect_left(starts, end)]
        return found

    def taken(self, start: int, end: int) -> bool:
        """Whether a mention overlaps a stretch of text."""
        # Mentions do not overlap, so only the last one that begins before the end may reach into it.
        for at in range(min(end, self._length) // _STRETCH, max(0, start - self._longest) // _STRETCH - 1, -1):
            last = bisect_left(self._starts[at], end)
            if last:
                return self._marks[at][last - 1].end > start
        return False
