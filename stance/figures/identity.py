"""One person of a text, and whether a name is theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from stance.figures.folding import fold, fold_once
from stance.figures.forms import Form
from stance.figures.judging import LINKED
from stance.figures.known import KnownFigure
from stance.figures.names import Name
from stance.figures.vocabulary import Kind, kinds
from stance.records import MentionKind
from stance.resources import load_list, load_table

THEY = "t"
GENDERS = {"he": "m", "she": "f", "they": THEY}
_SHORTEST = 2
_LONGEST_ENDING, _FEWEST_NAMES, _SHARE = 4, 8, 0.9


@dataclass(slots=True)
class Person:
    """A person of the text, while the text is being read.

    Attributes:
        words: The fullest name, folded; its last word is the surname.
        gender: `m`, `f`, `t` for who is called they, or empty.
        titles: Offices that stood before the name.
        names: Every name mention with its kind.
        suffix: What tells the generation (`jr`), folded, or empty.
    """

    words: tuple[str, ...]
    nickname: str = ""
    gender: str = ""
    figure: KnownFigure | None = None
    titles: set[str] = field(default_factory=set)
    names: list[tuple[int, int, MentionKind]] = field(default_factory=list)
    suffix: str = ""

    @property
    def surname(self) -> str:
        """Folded surname."""
        return self.figure.surname if self.figure else self.words[-1]

    def is_generation(self, suffix: str) -> bool:
        """Whether a generational suffix is theirs."""
        return self.suffix == suffix or (self.figure is not None and self.figure.is_generation(suffix))

    def add(self, name: Name, kind: MentionKind = "name", start: int | None = None) -> None:
        """Take a name as one of this person's mentions."""
        form = name.form
        self.names.append((name.start if start is None else start, name.end, kind))
        if form.title:
            self.titles.add(form.title)
        if form.gender and not (self.figure and self.figure.pronoun):
            self.gender = form.gender
        if len(form.words) > len(self.words):
            self.words = form.words
        self.nickname = self.nickname or form.nickname


def same_person(person: Person, form: Form, figure: KnownFigure | None) -> bool:
    """Whether a full name with the person's surname is theirs."""
    if figure and person.figure and figure is not person.figure:
        return False
    if form.suffix and not person.is_generation(form.suffix):
        return False
    if figure and person.suffix and not figure.is_generation(person.suffix):
        return False
    mine, other = person.words[0], form.words[0]
    if len(person.words) == 1 or mine == other or other == person.nickname or other in person.words[:-1]:
        return True
    if mine in form.words[:-1] or mine == form.nickname:
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
    if len(first.strip(".")) < _SHORTEST:  # an initial
        return ""
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


def is_name_of(form: Form, figure: KnownFigure) -> bool:
    """Whether the words are the figure's full name or surname, no nickname."""
    return form.words[-1] == figure.surname or fold(figure.name).split()[-1] == form.words[-1].split()[-1]


def office_fits(title: str, office: str) -> bool:
    """Whether a title before a name tells an office of the table: senator, senator from Vermont."""
    return office == title or office.startswith(f"{title} ")


def is_common(key: str) -> bool:
    """Whether a folded surname is a word or many people's name, and alone means no known figure of that name."""
    flag = kinds().get(" ".join(word.capitalize() for word in key.split()), 0)
    return bool(flag & (Kind.NAME | Kind.ORDINARY | Kind.NOT_PERSON)) and key not in load_list("famous_surnames")


def is_word(key: str) -> bool:
    """Whether a folded surname is an ordinary word too."""
    return bool(kinds().get(key.capitalize(), 0) & Kind.ORDINARY)


def is_listed(key: str) -> bool:
    """Whether a bare word is a surname or first name of the lists."""
    return bool(kinds().get(key.capitalize(), 0) & Kind.NAME)


def may_be_first_name(key: str, name: Name) -> bool:
    """Whether a bare word may stand for the person whose first name it is, and not for a place or a word."""
    flag = kinds().get(key.capitalize(), 0)
    return not flag & (Kind.NOT_PERSON | Kind.ORDINARY) or name.sure > LINKED
