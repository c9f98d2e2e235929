"""One person of a text, and whether a name is theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from stance.figures.known import KnownFigure, fold_once
from stance.figures.names import Name
from stance.records import MentionKind
from stance.resources import load_table

_LONGEST_ENDING, _FEWEST_NAMES, _SHARE = 4, 8, 0.9


@dataclass(slots=True)
class Person:
    """A person of the text, while the text is being read.

    Attributes:
        words: The fullest name, folded; its last word is the surname.
        gender: `m`, `f` or empty.
        titles: Offices that stood before the name.
        names: Every name mention with its kind.
    """

    words: tuple[str, ...]
    nickname: str = ""
    gender: str = ""
    figure: KnownFigure | None = None
    titles: set[str] = field(default_factory=set)
    names: list[tuple[int, int, MentionKind]] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """Folded surname."""
        return self.figure.surname if self.figure else self.words[-1]

    def add(self, name: Name, kind: MentionKind = "name", start: int | None = None) -> None:
        """Take a name as one of this person's mentions."""
        self.names.append((name.start if start is None else start, name.end, kind))
        if name.form.title:
            self.titles.add(name.form.title)
        if name.form.gender and not (self.figure and self.figure.pronoun):
            self.gender = name.form.gender
        if len(name.form.words) > len(self.words):
            self.words = name.form.words
        self.nickname = self.nickname or name.form.nickname


def same_person(person: Person, name: Name, figure: KnownFigure | None) -> bool:
    """Whether a full name with the person's surname is theirs."""
    if figure and person.figure and figure is not person.figure:
        return False
    mine, other = person.words[0], name.form.words[0]
    if len(person.words) == 1 or mine == other or other in (person.nickname, *person.words[:-1]):
        return True
    if mine in name.form.words[:-1] or mine == name.form.nickname:
        return True
    if len(other) == 1 or len(mine) == 1:
        return mine[0] == other[0]
    return bool(formal(mine) & formal(other))


@lru_cache(maxsize=16384)
def formal(first: str) -> frozenset[str]:
    """A folded first name and those it is short for."""
    names = load_table("short_names").get(first, "")
    return frozenset((first, *names.split("|"))) - {""}


@lru_cache(maxsize=16384)
def gender_of(first: str) -> str:
    """The gender a folded first name tells, by the list or else by its ending: `m`, `f` or empty."""
    table = _folded_first_names()
    parts = (first, first.split("-")[0])
    gender = next((table[part] for part in parts if part in table), None)
    if gender is None:
        endings = _endings()
        gender = next((endings[first[-n:]] for n in range(_LONGEST_ENDING, 0, -1) if first[-n:] in endings), "")
    return gender if gender in ("m", "f") else ""


@cache
def _endings() -> dict[str, str]:
    """Endings that nearly all listed first names of one gender have and few of the other: `-ette`, `-bert`."""
    names = _folded_first_names().items()
    lengths = range(1, _LONGEST_ENDING + 1)
    counts = {
        gender: Counter([name[-n:] for name, of in names if of == gender for n in lengths if len(name) > n + 1])
        for gender in "mfu"
    }
    return {
        ending: gender
        for gender in "mf"
        for ending, count in counts[gender].items()
        if count >= _FEWEST_NAMES and count >= _SHARE * sum(counts[other][ending] for other in "mfu")
    }


@cache
def _folded_first_names() -> dict[str, str]:
    return {fold_once(name): gender for name, gender in load_table("first_names").items()}


def choose(candidates: Sequence[Person], name: Name) -> Person:
    """Among persons of one surname: whom the title or gender fits, then the one introduced first."""
    fitting: Sequence[Person] = candidates
    if name.form.gender:
        fitting = [person for person in fitting if person.gender in ("", name.form.gender)] or candidates
    if name.form.title:
        fitting = [person for person in fitting if name.form.title in person.titles] or fitting
    return min(fitting, key=lambda person: person.names[0] if person.names else (name.start,))


def office_fits(title: str, office: str) -> bool:
    """Whether a title before a name tells an office of the table: senator, senator from Vermont."""
    return office == title or office.startswith(f"{title} ")
