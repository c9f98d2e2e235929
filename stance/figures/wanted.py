"""Names that the user asks for: found whether they are persons' or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from stance.figures.folding import fold
from stance.figures.identity import GENDERS, Person
from stance.figures.known import KnownFigure, KnownFigures
from stance.records import Span


def find_wanted(text: str, persons: Sequence[Person], wanted: Iterable[str], known: KnownFigures) -> list[Person]:
    """Persons, those found and those asked for by name, persons' names or not.

    Capitals do not count, but for a single word asked for with one: "it may rain" says nothing of May, unless the
    text has no capitals at all.
    """
    people = list(persons)
    for name in wanted:
        words = tuple(fold(name).split())
        if not words:
            continue
        pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)", re.IGNORECASE)
        taken = sorted((start, end) for person in people for start, end, _ in person.names)
        word_with_capital = len(words) == 1 and name.strip()[0].isupper() and not text.islower()
        found = (match.span() for match in pattern.finditer(text) if match[0][0].isupper() or not word_with_capital)
        free = [span for span in found if _is_free(taken, *span)]
        if not free:
            continue
        figure = known.named(name)
        person = next((one for one in people if _is_wanted(one, words, figure)), None)
        if person is None:
            person = Person(words, figure=figure, gender=GENDERS.get(figure.pronoun, "") if figure else "")
            people.append(person)
        person.names = sorted([*person.names, *((start, end, "name") for start, end in free)])
    return sorted(people, key=lambda person: person.names[0])


def _is_free(taken: Sequence[Span], start: int, end: int) -> bool:
    """Whether a span overlaps none of the sorted, disjoint spans."""
    at = bisect_left(taken, (start, start))
    return (at == len(taken) or taken[at][0] >= end) and (at == 0 or taken[at - 1][1] <= start)


def _is_wanted(person: Person, words: tuple[str, ...], figure: KnownFigure | None) -> bool:
    if figure and person.figure:
        return figure.id == person.figure.id
    return person.words[-len(words) :] == words
