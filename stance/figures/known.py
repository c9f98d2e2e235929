"""Known figures: politicians by name, with aliases, pronoun, party and offices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from stance.figures.affixes import generation_of, particles, without_suffix
from stance.figures.folding import fold, fold_once

_OFFICE = re.compile(r"(?P<title>[^:|]+):(?P<start>\d{4})-(?P<end>\d{4})?")
_INITIALS = re.compile(r"(?<= )(?:[a-z] )+")
_GAP_IN_INITIALS = re.compile(r"(?<=\b[a-z]) (?=[a-z]\b)")
# Where the family name stands first, in newspapers too.
_FAMILY_NAME_FIRST = frozenset(("CN", "KP", "KR", "TW", "VN", "SG", "KH"))
_SURNAME_PARTICLES = particles("surname")


@dataclass(frozen=True, slots=True)
class Office:
    """An office or candidacy ("senator from Vermont") with its years; `end` is None while it lasts."""

    title: str
    start: int
    end: int | None


class KnownFigure(NamedTuple):
    """A row of the table. `pronoun` is `he`, `she`, `they` or empty; empty text where a fact is not known."""

    # A tuple: thousands are made at every start, and few of them are ever looked at.
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    pronoun: str = ""
    party: str = ""
    country: str = ""
    offices_held: str = ""

    @property
    def offices(self) -> tuple[Office, ...]:
        """Offices and candidacies, in the order of the table."""
        return offices_of(self.offices_held)

    @property
    def surname(self) -> str:
        """The name that stands alone in later mentions, folded: `clinton`, `de blasio`, `xi`."""
        return surname_of(fold(self.name).split(), family_name_first=self.country in _FAMILY_NAME_FIRST)

    def is_generation(self, suffix: str) -> bool:
        """Whether any name of the figure ends with a folded suffix (`jr`)."""
        return any(without_suffix(fold(name))[1] == suffix for name in (self.name, *self.aliases))


class KnownFigures:
    """Known figures with their names indexed.

    Attributes:
        figures: In the order of the table, the most prominent first.
    """

    def __init__(self, figures: Iterable[KnownFigure]) -> None:
        self.figures = tuple(figures)
        self._by_name: dict[str, KnownFigure] = {}
        self._by_surname: dict[str, list[KnownFigure]] = {}
        for figure in self.figures:
            name = fold_once(figure.name)
            self._by_name.setdefault(name, figure)
            surname = surname_of(name.split(), family_name_first=figure.country in _FAMILY_NAME_FIRST)
            self._by_surname.setdefault(surname, []).append(figure)
            if surname.startswith(("al-", "el-")):
                self._by_surname.setdefault(surname[3:], []).append(figure)
        for figure in self.figures:
            for alias in figure.aliases:
                self._by_name.setdefault(fold_once(alias), figure)

    def named(self, name: str) -> KnownFigure | None:
        """The figure of this full name or alias; a middle initial or points in initials more or less do not matter.

        A suffix that no name of the figure has is somebody else's: the son's, the father's.

        >>> known = KnownFigures([KnownFigure("joe-biden", "Joe Biden", aliases=("Joe Biden Jr.",))])
        >>> known.named("Joe R. Biden Jr.").id, known.named("Joe Biden III")
        ('joe-biden', None)
        """
        key = fold(name)
        found = self._by_name.get(key)
        if found is not None or " " not in key:
            return found
        found = self._without_initials(key)
        if found is not None:
            return found
        key, suffix = without_suffix(key)
        if suffix:
            found = self._by_name.get(key) or self._without_initials(key)
        return found if found and found.is_generation(suffix) else None

    def _without_initials(self, key: str) -> KnownFigure | None:
        """The figure of a folded name but for its middle initials, or for the gaps between them."""
        if all(len(word) > 1 for word in key.split()):  # as of most names
            return None
        return self._by_name.get(_INITIALS.sub("", key)) or self._by_name.get(_GAP_IN_INITIALS.sub("", key))

    def surnamed(self, surname: str) -> tuple[KnownFigure, ...]:
        """Figures of this surname, the most prominent first."""
        return tuple(self._by_surname.get(fold(surname), ()))

    def has_surname(self, surname: str) -> bool:
        """Whether any figure has this surname."""
        return fold(surname) in self._by_surname


def surname_of(words: list[str], *, family_name_first: bool = False) -> str:
    """Surname of a name given as folded words: the last word with the particles before it."""
    if family_name_first and len(words) > 1 and len(words[0]) <= 5:
        return words[0]
    end = len(words)
    while end > 1 and generation_of(words[end - 1]):
        end -= 1
    start = end - 1
    while start > 1 and words[start - 1] in _SURNAME_PARTICLES:
        start -= 1
    return " ".join(words[start:end])


@lru_cache(maxsize=4096)
def offices_of(held: str) -> tuple[Office, ...]:
    """The offices of a table's field; ValueError names one that is not as it should be."""
    return tuple(_office(item.strip()) for item in held.split("|") if item.strip())


def _office(item: str) -> Office:
    match = _OFFICE.fullmatch(item)
    if not match:
        raise ValueError(
            f"expected an office as title:START-END (years, END may be missing), found {item!r}; "
            "write it like mayor of Jerome:1999-2003"
        )
    start, end = int(match["start"]), match["end"] and int(match["end"])
    if end and end < start:
        raise ValueError(f"expected an office to end after it starts, found {item!r}; correct the years")
    return Office(match["title"].strip(), start, end or None)
