"""Where a text has a name: as whole words, for the letters of any alphabet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from stance.records import Span


def locate(sentence: str, name: str) -> Span | None:
    """Where `sentence` first has `name` as whole words: exactly, else in other case, else None.

    >>> locate("Trumpism is not Trump; TRUMP is.", "Trump")
    (16, 21)
    """
    exact = next(_occurrences(sentence, name, 0, len(sentence)), None)
    return exact or next(_occurrences(_lower(sentence), _lower(name), 0, len(sentence)), None)


def repetitions(text: str, span: Span) -> tuple[Span, ...]:
    """`span`, and every word-bounded repetition of its text in the same case; sorted, not overlapping.

    >>> repetitions("He said he knew he had won.", (8, 10))
    ((8, 10), (16, 18))
    """
    start, end = span
    part = text[start:end]
    return (*_occurrences(text, part, 0, start), span, *_occurrences(text, part, end, len(text)))


def whole_words(text: str, span: Span) -> Span:
    """`span` without white space at its edges, widened where an edge cuts a word.

    >>> whole_words("Trump attacked Clinton.", (14, 20))
    (15, 22)
    """
    start, end = span
    inside = text[start:end]
    start, end = start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
    while _cuts_word(text, start):
        start -= 1
    while _cuts_word(text, end):
        end += 1
    return start, end


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with any of the others.

    >>> overlaps((3, 5), [(0, 3), (4, 9)]), overlaps((3, 5), [(0, 3), (5, 9)])
    (True, False)
    """
    return any(span[0] < end and start < span[1] for start, end in others)


def pieces(
    text: str, spans: Iterable[Span], start: int = 0, end: int | None = None
) -> Iterator[tuple[str, Span | None]]:
    """The text from `start` to `end`, cut where spans begin and end.

    Args:
        text: What the spans' offsets count in.
        spans: In any order; of those that overlap, the first holds.
        start, end: What of the text to cut; all of it by default.

    Yields:
        A piece, never empty, and the span that it is, or None for what lies between them.

    >>> list(pieces("He hit Ann.", [(7, 10), (0, 2)]))
    [('He', (0, 2)), (' hit ', None), ('Ann', (7, 10)), ('.', None)]
    """
    end = len(text) if end is None else min(end, len(text))
    at = start
    for span in sorted(set(spans)):
        if not at <= span[0] < end:
            continue
        if span[0] > at:
            yield text[at : span[0]], None
        at = min(span[1], end)
        yield text[span[0] : at], span
    if at < end:
        yield text[at:end], None


def _occurrences(text: str, part: str, start: int, stop: int) -> Iterator[Span]:
    """Where `text[start:stop]` has `part` with no word cut at its edges; never overlapping."""
    found = text.find(part, start, stop)
    while found >= 0:
        end = found + len(part)
        bounded = not (_cuts_word(text, found) or _cuts_word(text, end))
        if bounded:
            yield found, end
        found = text.find(part, end if bounded else found + 1, stop)


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at])


def _in_word(character: str) -> bool:
    # Combining marks belong to the letter before them: "Jose" does not stand in a decomposed "José".
    return character.isalnum() or character == "_" or unicodedata.combining(character) > 0


def _lower(text: str) -> str:
    """Lower case of the same length: the few letters that grow ("İ") stay as they are."""
    if text.isascii():
        return text.lower()
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)
