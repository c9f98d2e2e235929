"""Prediction rows of a whole corpus, as columns: little to keep of each, so that millions fit."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from stance.arrays import Floats, Integers
from stance.records import CARRIED, STANCES, Prediction

STRONGEST = 5
"""Sentences kept for each figure and side."""


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of one document."""

    id: str
    title: str | None
    date: str | None
    source: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Whom rows are about: known by id, else by name."""

    name: str
    id: str | None
    party: str | None


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence that says something of somebody; ordered by how surely."""

    probability: float
    text: str
    article: int
    index: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """All rows, by column; people and articles by number, in the order in which they first came.

    Attributes:
        articles, people: What the numbers stand for.
        article, person, stance: (n,); stances as columns of `STANCES`.
        probabilities: (n, 3), columns as `STANCES`.
        uncertain: (n,).
        strongest: The surest sentences of a person and side, surest first, none twice.
    """

    articles: list[Article]
    people: list[Person]
    article: Integers
    person: Integers
    stance: Integers
    probabilities: Floats
    uncertain: npt.NDArray[np.bool_]
    strongest: Mapping[tuple[int, str], list[Sentence]]

    @property
    def score(self) -> Floats:
        """-1 for oppose, 0 for neutral, 1 for support, (n,)."""
        return np.array([{"neutral": 0.0, "oppose": -1.0, "support": 1.0}[label] for label in STANCES])[self.stance]


@dataclass(slots=True)
class Collector:
    """Makes a corpus of rows as they pass."""

    _articles: dict[str, int] = field(default_factory=dict)
    _people: dict[str, int] = field(default_factory=dict)
    _known_articles: list[Article] = field(default_factory=list)
    _known_people: list[Person] = field(default_factory=list)
    _numbers: array[int] = field(default_factory=lambda: array("q"))
    _probabilities: array[float] = field(default_factory=lambda: array("d"))
    _strongest: dict[tuple[int, str], list[Sentence]] = field(default_factory=dict)

    def add(self, row: Prediction) -> None:
        """Take in a row."""
        article = self._article(row)
        person = self._person(row)
        self._numbers.extend((article, person, STANCES.index(row.stance), row.uncertain))
        self._probabilities.extend(row.probabilities[label] for label in STANCES)
        if row.stance != "neutral":
            sentence = Sentence(row.probabilities[row.stance], row.sentence, article, row.sentence_index)
            self._keep(self._strongest.setdefault((person, row.stance), []), sentence)

    def add_article(self, id: str, **known: str | None) -> int:
        """Take in an article, which may name nobody; its number."""
        if id not in self._articles:
            self._articles[id] = len(self._known_articles)
            self._known_articles.append(
                Article(id, known.get("title"), known.get("date"), known.get("source"), known.get("url"))
            )
        return self._articles[id]

    def corpus(self) -> Corpus:
        """All that came."""
        numbers = np.array(self._numbers, dtype=np.intp).reshape(-1, 4)
        return Corpus(
            self._known_articles,
            self._known_people,
            numbers[:, 0],
            numbers[:, 1],
            numbers[:, 2],
            np.array(self._probabilities).reshape(-1, len(STANCES)),
            numbers[:, 3].astype(np.bool_),
            {key: sorted(kept, reverse=True) for key, kept in self._strongest.items()},
        )

    def _article(self, row: Prediction) -> int:
        return self.add_article(row.document, **{name: row.carried.get(name) for name in CARRIED})

    def _person(self, row: Prediction) -> int:
        key = row.figure_id or f" {row.figure}"  # no id begins with a blank
        if key not in self._people:
            self._people[key] = len(self._known_people)
            self._known_people.append(Person(row.figure, row.figure_id, row.party))
        return self._people[key]

    @staticmethod
    def _keep(kept: list[Sentence], sentence: Sentence) -> None:
        if any(sentence.text == other.text for other in kept):  # agencies' reports stand in many papers
            return
        if len(kept) < STRONGEST:
            heapq.heappush(kept, sentence)
        else:
            heapq.heappushpop(kept, sentence)
