"""Known figures: politicians by name, with aliases, pronoun, party and offices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from stance.figures.folding import fold, fold_once

_OFFICE = re.compile(r"(?P<title>[^:|]+):(?P<start>\d{4})-(?P<end>\d{4})?")
_SUFFIX = re.compile(r"(?:,? (?:jr|sr|ii|iii|iv))$")
_SUFFIXES = (" jr", " sr", " ii", " iii", " iv")
_INITIALS = re.compile(r"(?<= )(?:[a-z] )+")
# Where the family name stands first, in newspapers too.
_FAMILY_NAME_FIRST = frozenset(("CN", "KP", "KR", "TW", "VN", "SG", "KH"))
_SURNAME_PARTICLES = frozenset(
    ("de", "da", "dos", "du", "del", "della", "der", "den", "di", "la", "le", "van", "von", "ter", "ten")
)
_SURNAME_PARTICLES |= {"das", "do", "bin", "ibn", "al", "el", "zu", "abu", "st"}


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
        """The figure of this full name or alias; a middle initial or "Jr." more or less does not matter.

        >>> KnownFigures([KnownFigure("joe-biden", "Joe Biden")]).named("Joe R. Biden Jr.").id
        'joe-biden'
        """
        key = fold(name)
        found = self._by_name.get(key)
        if found is None and " " in key:
            if key.endswith(_SUFFIXES):
                key = _SUFFIX.sub("", key)
            found = self._by_name.get(key) or self._by_name.get(_INITIALS.sub("", key))
        return found

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
    while end > 1 and words[end - 1] in ("jr", "sr", "ii", "iii", "iv"):
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
        raise ValueError(f"expected an office as title:START-END (years, END may be missing), found {item!r}")
    start, end = int(match["start"]), match["end"] and int(match["end"])
    if end and end < start:
        raise ValueError(f"expected an office to end after it starts, found {item!r}")
    return Office(match["title"].strip(), start, end or None)
