"""Names to persons: the full name first, the surname after, and who among known figures is meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise

from stance.figures.forms import Form
from stance.figures.identity import Person, choose, formal, gender_of, office_fits, same_person
from stance.figures.judging import LIKELY, LINKED, SURE
from stance.figures.known import KnownFigure, KnownFigures, fold
from stance.figures.names import Name
from stance.figures.vocabulary import Kind, kinds
from stance.figures.witnesses import is_witnessed
from stance.resources import load_list, load_table

_ARTICLE_LENGTH = 5
_MOST_NAMESAKES = 50
_LONGEST_PARAGRAPH = 3000
_WORD_AFTER = re.compile(r"(?:[’']s)?\s(?P<word>[a-z]+)")
_LISTED = re.compile(r",\s(?:and\s)?|\s(?:and|&)\s|\s{2,4}(?:and\s)?")
_AND = re.compile(r"\s(?:and|&)\s$")


class People:
    """The persons of one text, by name."""

    def __init__(
        self, text: str, known: KnownFigures, *, article: bool, repeated: Container[str], things: Container[str]
    ) -> None:
        self.text = text
        self.known = known
        # An article names people in full first, so a bare name nobody bears in full is seldom a person's.
        self.article = article
        self.repeated = repeated
        # "the Smiths": what once has an article before it names a group, a ship, a paper wherever it stands.
        self.things = things
        self.persons: list[Person] = []
        self._by_last: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        self._by_id: dict[str, Person] = {}

    def add_full(self, name: Name) -> None:
        """A full name: a person met before, or a new one."""
        if len(self._by_last.get(" ".join(name.form.words), ())) > 0:
            self.add_bare(name)
            return
        figure = self.known.named(" ".join(name.form.words))
        person = self._by_id.get(figure.id) if figure else None
        if person is None:
            person = next(
                (one for one in self._by_last.get(name.form.words[-1], ()) if same_person(one, name, figure)), None
            )
        if person is None:
            person = self._new(name, figure)
        elif figure and not person.figure:
            self._identify(person, figure)
        person.add(name, "name" if figure is None or _is_name(name, figure) else "alias")

    def add_bare(self, name: Name) -> None:
        """A surname, first name or nickname alone."""
        key = " ".join(name.form.words)
        start = name.start
        candidates = self._by_last.get(key, [])
        if not candidates:
            key, start = self._with_particle(name, key)
            candidates = self._by_last.get(key, [])
        if candidates and not (
            name.form.gender and all(one.gender not in ("", name.form.gender) for one in candidates)
        ):
            (self._just_named(candidates, name) or choose(candidates, name)).add(name, start=start)
            return
        if candidates:  # "Ms. Pell said" of the wife of Garrick Pell
            self._new(name, None).add(name)
            return
        owners = self._by_first.get(key, []) or self._by_nickname(key)
        if len(owners) == 1 and _may_be_first_name(key, name):
            owners[0].add(name, "alias")
            return
        self._add_unmet(name, key)

    def add_couple(self, first: Name, second: Name) -> None:
        """Bill in "Bill and Hillary Clinton"."""
        form = Form((*first.form.words, second.form.words[-1]))
        self.add_full(Name(first.start, first.end, form, first.sentence, SURE))

    def is_last(self, key: str) -> bool:
        """Whether somebody in the text has this surname."""
        return key in self._by_last

    def _add_unmet(self, name: Name, key: str) -> None:
        """A bare name nobody in the text bears in full: a known figure, or a person of that name alone."""
        figure = self._known_by_alias(key) or self._known_by_surname(key, name)
        if figure:
            person = self._by_id.get(figure.id) or self._new(name, figure)
            person.add(name, "name" if key == figure.surname else "alias")
        elif key in self.things and not name.form.titled:
            return
        elif name.sure == SURE or (
            name.sure == LIKELY and (not self.article or (key in self.repeated and _is_listed(key)))
        ):
            self._new(name, None).add(name)

    def _known_by_alias(self, key: str) -> KnownFigure | None:
        figure = self.known.named(key)
        if figure is None or kinds().get(key.capitalize(), 0) & (Kind.ORDINARY | Kind.SURNAME | Kind.NOT_PERSON):
            return None
        return figure

    def _known_by_surname(self, key: str, name: Name) -> KnownFigure | None:
        figures = self.known.surnamed(key)
        if not figures:
            return None
        if name.form.title:
            held = [
                figure
                for figure in figures
                if any(office_fits(name.form.title, office.title) for office in figure.offices)
            ]
            if held:
                return held[0]
            if name.form.title not in ("doctor", "professor"):
                return None
        if name.form.gender:
            figures = tuple(figure for figure in figures if figure.pronoun in ("", _PRONOUNS[name.form.gender]))
        flag = kinds().get(" ".join(word.capitalize() for word in key.split()), 0)
        common = flag & (Kind.ORDINARY | Kind.NOT_PERSON | Kind.FIRST | Kind.SURNAME) and key not in load_list(
            "famous_surnames"
        )
        return figures[0] if figures and not common else None

    def _just_named(self, candidates: Sequence[Person], name: Name) -> Person | None:
        """Of persons of one surname the only one whom this paragraph has named."""
        if len(candidates) < 2 or name.form.gender or name.form.title:
            return None
        begin = self.text.rfind("\n", max(0, name.start - _LONGEST_PARAGRAPH), name.start)
        if begin < 0:
            return None
        named = [one for one in candidates if any(begin < start < name.start for start, _, _ in one.names)]
        return named[0] if len(named) == 1 else None

    def _by_nickname(self, key: str) -> list[Person]:
        """Persons whose first name a bare one is short for: Vic for Victor Bloom."""
        return [person for full in formal(key) - {key} for person in self._by_first.get(full, ())]

    def _with_particle(self, name: Name, key: str) -> tuple[str, int]:
        """The name with the small words before it, where somebody's surname has them: "van Houten"."""
        before = self.text[max(0, name.start - 12) : name.start]
        words = before.split()
        for count in (1, 2):
            if len(words) >= count and before[-1:] == " ":
                longer = f"{fold(' '.join(words[-count:]))} {key}"
                if longer in self._by_last:
                    return longer, name.start - len(before) + before.rfind(" ".join(words[-count:]))
        return key, name.start

    def _new(self, name: Name, figure: KnownFigure | None) -> Person:
        person = Person(name.form.words, name.form.nickname)
        self.persons.append(person)
        if len(name.form.words) > 1 or name.form.titled:
            self._index(self._by_last, name.form.words[-1], person)
            if name.form.words[-1].startswith(("al-", "el-")):
                self._index(self._by_last, name.form.words[-1][3:], person)
            for length in range(2, len(name.form.words)):
                self._index(self._by_last, " ".join(name.form.words[-length:]), person)
        else:
            self._index(self._by_last, name.form.words[-1], person)
        if len(name.form.words) > 1:
            self._index(self._by_first, name.form.words[0], person)
        if name.form.nickname:
            self._index(self._by_first, name.form.nickname, person)
        if figure:
            self._identify(person, figure)
        if not person.gender and len(name.form.words) > 1:
            person.gender = gender_of(name.form.words[0])
        return person

    def _identify(self, person: Person, figure: KnownFigure) -> None:
        person.figure = figure
        self._by_id[figure.id] = person
        person.gender = GENDERS.get(figure.pronoun, person.gender)
        self._index(self._by_last, figure.surname, person)
        first = fold(figure.name).split()[0]
        if first != figure.surname:
            self._index(self._by_first, first, person)
        for alias in figure.aliases:
            if " " not in alias:
                self._index(self._by_first, fold(alias), person)

    @staticmethod
    def _index(table: dict[str, list[Person]], key: str, person: Person) -> None:
        # Whoever shares a name with fifty others cannot be told by it: the list stays short, the search linear.
        persons = table.setdefault(key, [])
        if len(persons) < _MOST_NAMESAKES and not any(one is person for one in persons):
            persons.append(person)


_PRONOUNS = {"m": "he", "f": "she"}
GENDERS = {"he": "m", "she": "f"}


def find_people(text: str, names: Sequence[Name], known: KnownFigures) -> list[Person]:
    """Persons in order of their first mention, each with its name mentions in reading order."""
    looks = Counter(name.form.words[0] for name in names if len(name.form.words) == 1 and name.sure >= LIKELY)
    people = People(
        text,
        known,
        article=bool(names) and names[-1].sentence >= _ARTICLE_LENGTH,
        repeated={word for word, count in looks.items() if count > 1},
        things={name.form.words[0] for name in names if len(name.form.words) == 1 and _has_article(text, name)},
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
    counts: Counter[str] = Counter()
    for name in bare:  # "Mr Yunupingu" and "Pascoe said" are persons', whatever is said of Barnabas Yunupingu
        counts[name.form.words[-1]] += (
            2 if name.form.titled or (name.sure >= LIKELY and is_witnessed(text, name.end)) else 1
        )
    for name in doubtful:
        _settle(people, name, counts)
    # Those with a title first: "Sen. Graham" makes the bare "Graham" of the headline a person.
    for name in sorted(bare, key=lambda name: (not name.form.titled, name.sure == LINKED, name.start)):
        people.add_bare(name)
    for person in people.persons:
        person.names = sorted(set(person.names))
    return sorted((person for person in people.persons if person.names), key=lambda person: person.names[0])


def _has_article(text: str, name: Name) -> bool:
    before = text[max(0, name.start - 6) : name.start].lower()
    if name.form.titled or not before.endswith(("the ", "its ", "their ")):
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


def _is_name(name: Name, figure: KnownFigure) -> bool:
    """Whether the words are the figure's full name or surname, no nickname."""
    return name.form.words[-1] == figure.surname or fold(figure.name).split()[-1] == name.form.words[-1].split()[-1]


def _is_listed(key: str) -> bool:
    """Whether a bare word is a surname or first name of the lists."""
    return bool(kinds().get(key.capitalize(), 0) & Kind.NAME)


def _may_be_first_name(key: str, name: Name) -> bool:
    """Whether a bare word may stand for the person whose first name it is, and not for a place or a word."""
    flag = kinds().get(key.capitalize(), 0)
    return not flag & (Kind.NOT_PERSON | Kind.ORDINARY) or name.sure > LINKED
