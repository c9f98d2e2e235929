"""People of a text, by name: the full name first, the surname after, and who among known figures is meant."""

from __future__ import annotations

from collections.abc import Container, Sequence

from stance.figures.folding import fold
from stance.figures.forms import Form
from stance.figures.identity import (
    GENDERS,
    Person,
    choose,
    formal,
    gender_of,
    is_common,
    is_listed,
    is_name_of,
    is_word,
    may_be_first_name,
    office_fits,
    same_person,
)
from stance.figures.judging import LIKELY, SURE
from stance.figures.known import KnownFigure, KnownFigures
from stance.figures.names import Name
from stance.figures.namesakes import SEATS, is_somebody_else
from stance.figures.particles import particle_start, with_particle
from stance.figures.vocabulary import Kind, kinds

_MOST_NAMESAKES = 50
_LONGEST_PARAGRAPH = 3000
_FEW_NAMESAKES = 3


class People:
    """The persons of one text, by name."""

    def __init__(
        self,
        text: str,
        known: KnownFigures,
        *,
        article: bool,
        repeated: Container[str],
        things: Container[str],
        strangers: Container[str] = (),
    ) -> None:
        self.text = text
        self.known = known
        # An article names people in full first, so a bare name nobody bears in full is seldom a person's.
        self.article = article
        self.repeated = repeated
        # "the Smiths": what once has an article before it names a group, a ship, a paper wherever it stands.
        self.things = things
        # Ids of known figures whom the text does not speak of, though it has their names.
        self.strangers = strangers
        self.persons: list[Person] = []
        self._by_last: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        # What those keys end with that have other words before: "houten" of "van houten".
        self._led: set[str] = set()
        self._by_id: dict[str, Person] = {}

    def add_full(self, name: Name) -> None:
        """A full name: a person met before, or a new one."""
        form = name.form
        if form.key in self._by_last:
            self.add_bare(name)
            return
        figure = self._known(self.known.named(form.named))
        namesakes: Sequence[Person] = self._by_last.get(form.words[-1], ())
        if figure and is_somebody_else(self.text, name, figure):
            namesakes = [one for one in namesakes if one.figure is not figure]
            figure = None
        person = self._by_id.get(figure.id) if figure else None
        if person is None:
            person = next((one for one in namesakes if same_person(one, form, figure)), None)
        if person is None and self.text.startswith(" was born", name.end):  # under another surname
            owners = self._by_first.get(form.words[0], ())
            person = owners[0] if len(owners) == 1 else None
        if person is None:
            person = self._new(name, figure)
        elif figure and not person.figure:
            self._identify(person, figure)
        person.add(name, "name" if figure is None or is_name_of(form, figure) else "alias")

    def add_bare(self, name: Name) -> None:
        """A surname, first name or nickname alone."""
        key, start, form = name.form.key, name.start, name.form
        if key not in self._by_last and key in self._led:
            key, start = with_particle(self.text, start, key, self._by_last)
        elif " " in key:  # "Then van Houten left": the words before are part of it
            start = particle_start(self.text, start, key)
        candidates = self._able(key, name)
        if candidates and form.gender and all(one.gender not in ("", form.gender) for one in candidates):
            self._new(name, None).add(name)  # "Ms. Pell said" of the wife of Garrick Pell
            return
        if candidates:
            only = candidates[0] if len(candidates) == 1 else self._just_named(candidates, name)
            (only or choose(candidates, name)).add(name, start=start)
            return
        owners = self._by_first.get(key, []) or self._by_nickname(key)
        if len(owners) == 1 and may_be_first_name(key, name):
            owners[0].add(name, "alias")
            return
        self._add_unmet(name, key)

    def _able(self, key: str, name: Name) -> Sequence[Person]:
        """Persons of a surname whom a bare one may mean, by its generation."""
        candidates = self._by_last.get(key, ())
        if name.form.suffix:
            return [one for one in candidates if one.is_generation(name.form.suffix)]
        if len(candidates) == 1 and candidates[0].suffix:
            # Beside Donald Trump Jr. plain "Trump" is the famous father.
            elder = self._known_by_surname(key, name)
            if elder and elder is not candidates[0].figure and fold(elder.name).split()[0] == candidates[0].words[0]:
                return ()
        return candidates

    def add_couple(self, first: Name, second: Name) -> None:
        """Bill in "Bill and Hillary Clinton"."""
        words = (*first.form.words, second.form.words[-1])
        self.add_full(Name(first.start, first.end, Form(" ".join(words), words), first.sentence, SURE))

    def is_last(self, key: str) -> bool:
        """Whether somebody in the text has this surname."""
        return key in self._by_last

    def _add_unmet(self, name: Name, key: str) -> None:
        """A bare name nobody in the text bears in full: a known figure, or a person of that name alone."""
        if name.form.suffix:
            figure = self._known_by_suffix(key, name.form)
        else:
            figure = self._known_by_alias(key) or self._known_by_surname(key, name)
        if figure:
            person = self._by_id.get(figure.id) or self._new(name, figure)
            person.add(name, "name" if key == figure.surname else "alias")
        elif key in self.things and not name.form.titled:
            return
        elif name.sure == SURE or (
            name.sure == LIKELY and (not self.article or (key in self.repeated and is_listed(key)))
        ):
            self._new(name, None).add(name)

    def _known(self, figure: KnownFigure | None) -> KnownFigure | None:
        """A known figure, unless the text speaks of a namesake alone."""
        return None if figure is None or figure.id in self.strangers else figure

    def _surnamed(self, key: str) -> tuple[KnownFigure, ...]:
        """Known figures of a surname of whom the text may speak."""
        return tuple(one for one in self.known.surnamed(key) if one.id not in self.strangers)

    def _known_by_suffix(self, key: str, form: Form) -> KnownFigure | None:
        """The figure of "Don Jr.", "Trump Jr.": of that surname or name, the only one of the generation."""
        younger = [one for one in self._surnamed(key) if one.is_generation(form.suffix)]
        alone = younger[0] if len(younger) == 1 and not is_common(key) else None
        return self._known(self.known.named(form.named)) or alone

    def _known_by_alias(self, key: str) -> KnownFigure | None:
        figure = self._known(self.known.named(key))
        if figure is None or kinds().get(key.capitalize(), 0) & (Kind.ORDINARY | Kind.SURNAME | Kind.NOT_PERSON):
            return None
        return figure

    def _known_by_surname(self, key: str, name: Name) -> KnownFigure | None:
        figures = self._surnamed(key)
        if not figures:
            return None
        title = name.form.title
        if title:
            held = [one for one in figures if any(office_fits(title, office.title) for office in one.offices)]
            if held:
                return self._holder(key, title, held)
            if title not in ("doctor", "professor"):
                return None
        gender = name.form.gender
        if gender:
            figures = tuple(one for one in figures if not one.pronoun or GENDERS.get(one.pronoun) == gender)
        return None if not figures or is_common(key) else figures[0]

    def _holder(self, key: str, title: str, held: Sequence[KnownFigure]) -> KnownFigure | None:
        """Whom an office and a surname mean; where many hold it and many are called so, only who is hard to mistake."""
        if title not in SEATS or not is_common(key):
            return held[0]
        if is_word(key) or len(self.known.surnamed(key)) > _FEW_NAMESAKES:
            return None
        sitting = [one for one in held if any(office_fits(title, of.title) and not of.end for of in one.offices)]
        alone = held if len(held) == 1 else sitting
        return alone[0] if len(alone) == 1 else None

    def _just_named(self, candidates: Sequence[Person], name: Name) -> Person | None:
        """Of persons of one surname the only one whom this paragraph has named."""
        if name.form.gender or name.form.title:
            return None
        begin = self.text.rfind("\n", max(0, name.start - _LONGEST_PARAGRAPH), name.start)
        if begin < 0:
            return None
        named = [one for one in candidates if any(begin < start < name.start for start, _, _ in one.names)]
        return named[0] if len(named) == 1 else None

    def _by_nickname(self, key: str) -> list[Person]:
        """Persons whose first name a bare one is short for: Vic for Victor Bloom."""
        return [person for full in formal(key) - {key} for person in self._by_first.get(full, ())]

    def _new(self, name: Name, figure: KnownFigure | None) -> Person:
        words, nickname = name.form.words, name.form.nickname
        person = Person(words, nickname, suffix=name.form.suffix)
        self.persons.append(person)
        self._index(self._by_last, words[-1], person)
        if len(words) > 1 or name.form.titled:
            if words[-1].startswith(("al-", "el-")):
                self._index(self._by_last, words[-1][3:], person)
            for length in range(2, len(words)):
                self._index(self._by_last, " ".join(words[-length:]), person)
        if len(words) > 1:
            self._index(self._by_first, words[0], person)
        if nickname:
            self._index(self._by_first, nickname, person)
        if figure:
            self._identify(person, figure)
        if not person.gender and len(words) > 1:
            person.gender = gender_of(words[0])
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

    def _index(self, table: dict[str, list[Person]], key: str, person: Person) -> None:
        if " " in key:
            words = key.split()
            self._led.update([" ".join(words[at:]) for at in range(1, len(words))])
        # Whoever shares a name with fifty others cannot be told by it: the list stays short, the search linear.
        persons = table.setdefault(key, [])
        if len(persons) < _MOST_NAMESAKES and not any(one is person for one in persons):
            persons.append(person)
