"""The name a person is shown by: the canonical or the fullest one, and no two persons of a text by the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from stance.figures.identity import Person
from stance.records import Span

# Words of a title, the nearest last: "Mrs.", "Lord Mayor", "Sen."
_TITLES_BEFORE = re.compile(r"(?:[A-Z][\w.’'-]*[^\S\n])+$")
_LONGEST_TITLES = 40


def display_names(text: str, persons: Sequence[Person]) -> list[str]:
    """A name of its own for each person: two who are both called Quint are Mr. Quint and Mrs. Quint.

    Where no title tells two apart either, the later ones have a number.
    """
    names = [_fullest(text, person) for person in persons]
    shared = Counter(names)
    names = [
        _titled(text, person, name) if shared[name] > 1 and person.figure is None else name
        for name, person in zip(names, persons, strict=True)
    ]
    return _numbered(names)


def _fullest(text: str, person: Person) -> str:
    if person.figure:
        return person.figure.name
    first, *_ = sorted(person.names)
    named = {text[start:end]: None for start, end, kind in sorted(person.names) if kind == "name"}
    fullest = max(named or [text[slice(*first[:2])]], key=lambda name: (len(name.split()), not name.isupper()))
    return " ".join(fullest.split())


def _titled(text: str, person: Person, name: str) -> str:
    """A name with the title that first stands before one of the person's mentions, if any does."""
    titles = (_title_before(text, (start, end)) for start, end, _ in sorted(person.names))
    return next((f"{title} {name}" for title in titles if title), name)


def _title_before(text: str, span: Span) -> str:
    begin = max(0, span[0] - _LONGEST_TITLES)
    match = _TITLES_BEFORE.search(text[begin : span[0]])
    return match.group().split()[-1] if match else ""


def _numbered(names: Sequence[str]) -> list[str]:
    """Names with a number after each that has come before: "Quint", "Quint (2)"."""
    taken = set(names)
    met: set[str] = set()
    numbered: list[str] = []
    for name in names:
        own, number = name, 1
        while own in met or (number > 1 and own in taken):
            number += 1
            own = f"{name} ({number})"
        met.add(own)
        numbered.append(own)
    return numbered
