"""The discourse of a text: which person is mentioned where, in which role, inside which quotation.

Names come first; descriptions and pronouns join as they are resolved, so that each next one sees them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from stance.figures.identity import Person
from stance.figures.profiles import learn_around, profile_of
from stance.records import MentionKind, Span

Role = Literal["subject", "object", "possessor"]

_QUOTE = re.compile(r"[“”\"]|(?<=[\s(])[‘](?=\w)")
_SUBJECT_BEFORE = re.compile(
    r"(?:^|[,;:—–“”\"(.?!]|\b(?:that|when|as|because|if|while|whether|but|and|since|after|before|although|though|until|"
    r"said|says|asked|added|replied|what|how|why|where|which|than|so|yet|then|now|who|once|unless|whom|former|did|does|"
    r"is|was|has|will|would|should|could|can|may|had|were))\s*(?:the\s)?(?:[A-Z][\w.’'-]*\s+){0,4}$"
)
_WINDOW = 60


class Mark(NamedTuple):
    """One mention: who (index into the persons), how, in which role, and in which quotation (-1 for none)."""

    start: int
    end: int
    person: int
    kind: MentionKind
    role: Role
    sentence: int
    quote: int


class Discourse:
    """Mentions of a text's persons by position.

    Attributes:
        marks: All mentions so far, in reading order.
        paragraph: Index of the paragraph of each sentence.
        quotes: Spans of the quotations, marks included.
        speakers: For each quotation the index of the person who speaks, or None.
        profiles: What is said of each person, by the table and by the text around the names.
        spouses: Who is married to whom, as far as the text says.
    """

    def __init__(self, text: str, sentences: Sequence[Span], persons: Sequence[Person]) -> None:
        self.text = text
        self.sentences = sentences
        self.persons = persons
        self.paragraph = _paragraphs(text, sentences)
        self.quotes = _quotations(text, sentences, self.paragraph)
        self.speakers: list[int | None] = [None] * len(self.quotes)
        self._sentence_starts = [start for start, _ in sentences]
        self._quote_starts = [start for start, _ in self.quotes]
        self.spouses: dict[int, int] = {}
        self.marks: list[Mark] = []
        for index, person in enumerate(persons):
            for start, end, kind in person.names:
                self.marks.append(self._mark(start, end, index, kind, self.role_of(start, end)))
        self.marks.sort()
        self._mark_starts = [mark.start for mark in self.marks]
        self.profiles = [profile_of(person) for person in persons]
        for mark in self.marks:
            self._learn(mark)

    def _learn(self, mark: Mark) -> None:
        start, end = self.sentences[mark.sentence]
        before = self.text[max(start, mark.start - 50) : mark.start]
        after = self.text[mark.end : min(end, mark.end + 120)]
        learn_around(self.profiles[mark.person], before, after, subject=mark.role == "subject")

    def add(self, start: int, end: int, person: int, kind: MentionKind, role: Role) -> None:
        """Take a mention that has been resolved."""
        at = bisect_right(self._mark_starts, start)
        self._mark_starts.insert(at, start)
        self.marks.insert(at, self._mark(start, end, person, kind, role))

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that a position lies in."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def quote_at(self, position: int) -> int:
        """Index of the quotation that a position lies in, or -1."""
        index = bisect_right(self._quote_starts, position) - 1
        return index if index >= 0 and position < self.quotes[index][1] else -1

    def before(self, position: int) -> Iterator[Mark]:
        """Mentions that end at or before a position, the nearest first, at most 60."""
        index = bisect_right(self._mark_starts, position)
        for at in range(index - 1, max(-1, index - 1 - _WINDOW), -1):
            if self.marks[at].end <= position:
                yield self.marks[at]

    def within(self, start: int, end: int) -> list[Mark]:
        """Mentions that begin in a stretch of text."""
        return self.marks[bisect_left(self._mark_starts, start) : bisect_left(self._mark_starts, end)]

    def taken(self, start: int, end: int) -> bool:
        """Whether a mention overlaps a stretch of text."""
        return any(mark.end > start for mark in self.within(start - 80, end))

    def role_of(self, start: int, end: int) -> Role:
        """The role of a noun phrase, by what stands before and after it."""
        if self.text[end : end + 2] in ("'s", "’s") or self.text[end : end + 1] in ("'", "’"):
            return "possessor"
        sentence = self.sentences[self.sentence_at(start)][0]
        return "subject" if _SUBJECT_BEFORE.search(self.text[max(sentence, start - 60) : start]) else "object"

    def _mark(self, start: int, end: int, person: int, kind: MentionKind, role: Role) -> Mark:
        return Mark(start, end, person, kind, role, self.sentence_at(start), self.quote_at(start))


def _paragraphs(text: str, sentences: Sequence[Span]) -> list[int]:
    """Index of each sentence's paragraph. Where lines are wrapped only a blank line parts them, else any break."""
    wrapped = any("\n" in text[start:end] for start, end in sentences)
    numbers: list[int] = []
    for index, (start, _) in enumerate(sentences):
        gap = text[sentences[index - 1][1] : start] if index else ""
        breaks = max(gap.count("\n"), gap.count("\r"))
        numbers.append((numbers[-1] if numbers else 0) + (breaks > 1 or (breaks == 1 and not wrapped)))
    return numbers


def _quotations(text: str, sentences: Sequence[Span], paragraph: Sequence[int]) -> list[Span]:
    """Quotations in double marks, each within one paragraph; one that is never closed runs to its end."""
    quotes: list[Span] = []
    opened: int | None = None
    for index, (start, end) in enumerate(sentences):
        if index and paragraph[index] != paragraph[index - 1]:
            if opened is not None:
                quotes.append((opened, sentences[index - 1][1]))
            opened = None
        for match in _QUOTE.finditer(text, start, end):
            mark = match.group()
            if opened is None and mark in '“"':
                opened = match.start()
            elif opened is not None and mark in '”"':
                quotes.append((opened, match.end()))
                opened = None
    if opened is not None:
        quotes.append((opened, sentences[-1][1]))
    return quotes
