"""GAP with its two candidates given: whom would the pronoun rules choose of these two?"""

from __future__ import annotations

from collections.abc import Sequence

from stance.datasets import PronounCase
from stance.figures import load_known
from stance.figures.antecedents import rank
from stance.figures.discourse import Discourse
from stance.figures.folding import fold
from stance.figures.identity import Person
from stance.figures.names import find_names
from stance.figures.people import find_people
from stance.figures.pronouns import read_pronoun
from stance.figures.references import resolve
from stance.records import Span
from stance.sentences import split_sentences
from stance.spans import overlaps


def given_links(case: PronounCase) -> Sequence[Span]:
    """The candidate that the rules rank higher; empty where neither may be meant."""
    sentences, known = split_sentences(case.text), load_known()
    persons = find_people(case.text, find_names(case.text, sentences, known), known)
    candidates = [_person(persons, case.text, span) for span in (case.a, case.b)]
    discourse = Discourse(case.text, sentences, persons)
    resolve(discourse)
    start, end = case.pronoun
    ranked = rank(discourse, read_pronoun(discourse, start, end, case.text[start:end].lower()))
    chosen = next((person for person, _ in ranked if person in candidates), None)
    if chosen is None:
        return []
    return [span for span, person in zip((case.a, case.b), candidates, strict=True) if person == chosen]


def _person(persons: list[Person], text: str, span: Span) -> int:
    """Index of the person whose name the span is; a new one's where the name was not taken for one."""
    for index, person in enumerate(persons):
        if overlaps(span, [(start, end) for start, end, _ in person.names]):
            return index
    persons.append(Person(tuple(fold(text[slice(*span)]).split()), names=[(*span, "name")]))
    return len(persons) - 1
