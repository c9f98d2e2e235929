"""Names to persons: whose each name is, the sure ones first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from stance.figures.identity import Person
from stance.figures.judging import LIKELY, LINKED, SURE
from stance.figures.known import KnownFigures
from stance.figures.names import Name
from stance.figures.namesakes import strangers
from stance.figures.registry import People
from stance.figures.witnesses import is_witnessed
from stance.resources import load_list, load_table

_ARTICLE_LENGTH = 5
_WORD_AFTER = re.compile(r"(?:[’']s)?\s(?P<word>[a-z]+)")
_LISTED = re.compile(r",\s(?:and\s)?|\s(?:and|&)\s|\s{2,4}(?:and\s)?")
_AND = re.compile(r"\s(?:and|&)\s$")


def find_people(text: str, names: Sequence[Name], known: KnownFigures) -> list[Person]:
    """Persons in order of their first mention, each with its name mentions in reading order."""
    single = [name for name in names if len(name.form.words) == 1]
    looks = Counter([name.form.key for name in single if name.sure >= LIKELY])
    people = People(
        text,
        known,
        article=bool(names) and names[-1].sentence >= _ARTICLE_LENGTH,
        repeated={word for word, count in looks.items() if count > 1},
        things={name.form.key for name in single if _has_article(text, name)},
        strangers=strangers(text, names, known),
    )
    couples = _couples(text, names)
    bare: list[Name] = []
    doubtful: list[Name] = []
    for at, name in enumerate(names):
        if at in couples:
            people.add_couple(name, names[at + 1])
        elif len(name.form.words) > 1:
            sure = name.sure == SURE or (at > 0 and _is_listed_after(text, names[at - 1], name))
            people.add_full(name) if sure else doubtful.append(name)
        else:
            bare.append(name)
    if doubtful:
        counts = _count(text, bare)
        for name in doubtful:
            _settle(people, name, counts)
    # Those with a title first: "Sen. Graham" makes the bare "Graham" of the headline a person.
    for name in sorted(bare, key=lambda name: (not name.form.titled, name.sure == LINKED, name.start)):
        people.add_bare(name)
    for person in people.persons:
        person.names = sorted(set(person.names))
    return sorted((person for person in people.persons if person.names), key=lambda person: person.names[0])


def _count(text: str, bare: Sequence[Name]) -> Counter[str]:
    """How often each word stands alone as a name; more where that is plainly a person's."""
    counts: Counter[str] = Counter()
    for name in bare:  # "Mr Yunupingu" and "Pascoe said" are persons', whatever is said of Barnabas Yunupingu
        plain = name.form.titled or (name.sure >= LIKELY and is_witnessed(text, name.end))
        counts[name.form.words[-1]] += 2 if plain else 1
    return counts


def _has_article(text: str, name: Name) -> bool:
    """Whether "the", "its" or "their" stands before a name, and nothing after that makes it a person's."""
    if name.form.titled or not text[max(0, name.start - 6) : name.start].lower().endswith(("the ", "its ", "their ")):
        return False
    following = _WORD_AFTER.match(text, name.end)  # "the Weinstein mess" is of a person
    return following is None or following["word"] in load_list("sentence_openers")


def _is_listed_after(text: str, before: Name, name: Name) -> bool:
    """Whether a full name follows another in a list of persons: "Mira Sorvino, Asia Argento and Rosanna Arquette"."""
    person = before.sure == SURE and len(before.form.words) > 1
    return person and bool(_LISTED.fullmatch(text, before.end, name.start))


def _settle(people: People, name: Name, counts: Counter[str]) -> None:
    """A name that may be none: taken when it looks like one, or when its last word names a person elsewhere."""
    if name.sure == LIKELY or people.is_last(name.form.words[-1]) or counts[name.form.words[-1]] > 1:
        people.add_full(name)


def _couples(text: str, names: Sequence[Name]) -> set[int]:
    """Positions of first names that share the surname of the next name: "Bill and Hillary Clinton"."""
    first_names = load_table("first_names")
    return {
        at
        for at, (one, two) in enumerate(pairwise(names))
        if len(one.form.words) == 1
        and len(two.form.words) == 2
        and two.start - one.end < 8
        and _AND.fullmatch(text, one.end, two.start)
        and text[one.start : one.end] in first_names
        and text[two.start : two.end].split()[0] in first_names
    }
