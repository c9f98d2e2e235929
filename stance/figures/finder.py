"""Every person named in a text, with all mentions: the one place that joins the steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stance.figures.identity import Person
from stance.figures.known import KnownFigures
from stance.figures.names import find_names
from stance.figures.naming import display_names
from stance.figures.people import find_people
from stance.figures.references import Mentions, find_references
from stance.figures.table import load_known
from stance.figures.wanted import find_wanted
from stance.records import Figure, Mention, Quotation, Span
from stance.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read for persons.

    Attributes:
        sentences: Spans of the sentences.
        figures: In the order of their first mention.
        quotations: In reading order, where anybody is named in the text at all.
    """

    sentences: Sequence[Span]
    figures: Sequence[Figure]
    quotations: Sequence[Quotation]


def find_figures(text: str, known: KnownFigures | None = None, wanted: Iterable[str] = ()) -> list[Figure]:
    """Find every person named in a text and each of their mentions.

    Args:
        text: Any text; offsets are its code points.
        known: Figures to recognise; by default the shipped ones.
        wanted: Names to look for besides, persons' or not (see `stance.figures.wanted`).

    Returns:
        Figures in the order of their first mention, each of another name; mentions in reading order, none overlapping
        another.

    >>> [figure.name for figure in find_figures("Sen. Sanders praised Hillary Clinton.")]
    ['Bernie Sanders', 'Hillary Clinton']
    """
    return list(read_text(text, known, wanted).figures)


def read_text(text: str, known: KnownFigures | None = None, wanted: Iterable[str] = ()) -> Reading:
    """Figures as `find_figures` finds them, with the sentences and quotations they stand in.

    >>> [quotation.speaker for quotation in read_text("“We won,” Sanders said.").quotations]
    ['Bernie Sanders']
    """
    known = known or load_known()
    sentences = split_sentences(text)
    people = find_people(text, find_names(text, sentences, known), known)
    people = find_wanted(text, people, wanted, known)
    mentions, quotes = find_references(text, sentences, people)
    names = display_names(text, people)
    figures = [_figure(text, name, person, spans) for name, person, spans in zip(names, people, mentions, strict=True)]
    quotations = [
        Quotation(start, end, None if speaker is None else figures[speaker].name) for (start, end), speaker in quotes
    ]
    return Reading(sentences, sorted(figures, key=lambda figure: figure.mentions[0].start), quotations)


def _figure(text: str, name: str, person: Person, mentions: Mentions) -> Figure:
    made = tuple(Mention(start, end, text[start:end], kind) for start, end, kind in sorted(mentions))
    if person.figure is None:
        return Figure(name, None, made)
    return Figure(name, person.figure.id, made, person.figure.party or None)
