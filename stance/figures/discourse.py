"""The discourse of a text: which person is mentioned where, in which role, inside which quotation.

Names come first; descriptions and pronouns join as they are resolved, so that each next one sees them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from stance.figures.identity import Person
from stance.figures.introductions import learn_around
from stance.figures.marks import Mark, Marks
from stance.figures.profiles import profile_of
from stance.figures.quotations import find_quotations, number_paragraphs
from stance.figures.roles import Role, role_of
from stance.records import MentionKind, Span
from stance.resources import load_table

# An article says who somebody is when it first names them.
_INTRODUCTIONS = 4
_REACH_BEFORE, _REACH_AFTER = 50, 120
_MOST_BEARERS = 30
_MAIN_SHARE = 0.4
_FEWEST_OF_TOPIC, _TIMES_THE_NEXT = 4, 2


class Turn(NamedTuple):
    """What one person says in an interview or transcript, from the end of the label to the next one.

    Attributes:
        speaker, addressee: Indexes into the persons, or None where they are no figures or it is not evident.
    """

    start: int
    end: int
    speaker: int | None
    addressee: int | None


class Discourse(Marks):
    """Mentions of a text's persons by position.

    Attributes:
        paragraph: Index of the paragraph of each sentence.
        quotes: Spans of the quotations, marks included.
        carried: Positions of the quotations that go on with the one before, which its paragraph did not close.
        speakers: For each quotation the index of the person who speaks, or None.
        profiles: What is said of each person, by the table and by the text around the names.
        said: Every word of any profile.
        bearers: By role the persons who have it, as the text or the table says.
        turns: Who speaks where in an interview or transcript, once `turns.find_turns` has found them.
        main: Persons named often, most of all a text's two rivals.
        author: Who wrote the text, and where the byline ends, if it has one.
        relatives: By noun ("niece") whom the text calls so of anybody.
        topic: Whom the text is about, named far more often than anybody else; -1 for nobody.
        spouses: Who is married to whom, as far as the text says.
    """

    def __init__(self, text: str, sentences: Sequence[Span], persons: Sequence[Person]) -> None:
        super().__init__(len(text))
        self.text = text
        self.sentences = sentences
        self.persons = persons
        self.paragraph = number_paragraphs(text, sentences)
        self.quotes, self.carried = find_quotations(text, sentences, self.paragraph)
        self.speakers: list[int | None] = [None] * len(self.quotes)
        self.spouses: dict[int, int] = {}
        self.relatives: dict[str, list[int]] = {}
        self.author: tuple[int, int] | None = None
        self.turns: Sequence[Turn] = ()
        self.profiles = [profile_of(person) for person in persons]
        self._sentence_starts = [start for start, _ in sentences]
        self._quote_starts = [start for start, _ in self.quotes]
        for index, person in enumerate(persons):
            for at, (start, end, kind) in enumerate(person.names):
                self._take_name(index, start, end, kind, introduces=at < _INTRODUCTIONS)
        self.bearers: dict[str, list[int]] = {}
        for index, profile in enumerate(self.profiles):
            for name in profile.told | profile.held:
                bearers = self.bearers.setdefault(name, [])
                if len(bearers) < _MOST_BEARERS:
                    bearers.append(index)
        self._by_surname: dict[str, list[int]] = {}
        for index, person in enumerate(persons):
            self._by_surname.setdefault(person.surname, []).append(index)
        self.said = frozenset(word for profile in self.profiles for word in profile.words)
        most = max((len(person.names) for person in persons), default=0)
        self.topic = _topic([len(person.names) for person in persons])
        self.main = [index for index, person in enumerate(persons) if len(person.names) >= _MAIN_SHARE * most]

    def add(self, start: int, end: int, person: int, kind: MentionKind, role: Role) -> None:
        """Take a mention."""
        self.place(Mark(start, end, person, kind, role, self.sentence_at(start), self.quote_at(start)))

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that a position lies in."""
        return bisect_right(self._sentence_starts, position) - 1

    def quote_at(self, position: int) -> int:
        """Index of the quotation that a position lies in, or -1."""
        index = bisect_right(self._quote_starts, position) - 1
        return index if index >= 0 and position < self.quotes[index][1] else -1

    def namesakes(self, person: int) -> list[int]:
        """The other persons of one's surname."""
        return [other for other in self._by_surname[self.persons[person].surname] if other != person]

    def turn_at(self, position: int) -> Turn | None:
        """The turn of an interview or transcript that a position lies in."""
        index = bisect_right(self.turns, position, key=_start_of) - 1
        return self.turns[index] if index >= 0 and position < self.turns[index].end else None

    def role_of(self, start: int, end: int) -> Role:
        """The role of a noun phrase, by what stands before and after it."""
        return role_of(self.text, self.sentences[self.sentence_at(start)][0], start, end)

    def learn(self, person: int, words: Sequence[str]) -> None:
        """Take in what an apposition says of a person: "the future premier, Desmond Loughnan"."""
        profile = self.profiles[person]
        before = set(profile.told)
        profile.learn(" ".join(words))
        for role in profile.told - before:
            bearers = self.bearers.setdefault(role, [])
            if len(bearers) < _MOST_BEARERS and person not in bearers:
                bearers.append(person)

    def relate(self, person: int, noun: str) -> None:
        """Take in that a person is somebody's brother or niece, which tells the gender too."""
        relatives = self.relatives.setdefault(noun, [])
        if person not in relatives:
            relatives.append(person)
        gender = load_table("relation_nouns")[noun]
        if gender in ("m", "f") and not self.persons[person].gender:
            self.persons[person].gender = gender

    def _take_name(self, person: int, start: int, end: int, kind: MentionKind, *, introduces: bool) -> None:
        text, sentence = self.text, self.sentence_at(start)
        first, last = self.sentences[sentence]
        role = role_of(text, first, start, end)
        self.place(Mark(start, end, person, kind, role, sentence, self.quote_at(start)))
        if introduces:
            before, after = text[max(first, start - _REACH_BEFORE) : start], text[end : min(last, end + _REACH_AFTER)]
            learn_around(self.profiles[person], before, after, subject=role == "subject")


def _start_of(turn: Turn) -> int:
    return turn.start


def _topic(counts: Sequence[int]) -> int:
    """Index of whoever is named at least twice as often as the next, or -1."""
    most = sorted(counts, reverse=True)[:2]
    if len(most) < 2 or most[0] < max(_FEWEST_OF_TOPIC, _TIMES_THE_NEXT * most[1]):
        return -1
    return counts.index(most[0])
