"""Descriptions and pronouns of a text's persons, resolved by conservative rules."""

from __future__ import annotations

from collections.abc import Sequence

from stance.figures.authors import find_author
from stance.figures.descriptions import resolve_descriptions
from stance.figures.discourse import Discourse
from stance.figures.first_person import resolve_first_person
from stance.figures.genders import learn_genders, learn_they
from stance.figures.headlines import resolve_headline
from stance.figures.identity import Person
from stance.figures.pronouns import find_pronouns, resolve_pronoun
from stance.figures.speakers import find_speakers
from stance.figures.turns import find_turns
from stance.records import MentionKind, Span

Mentions = list[tuple[int, int, MentionKind]]


def find_references(
    text: str, sentences: Sequence[Span], persons: Sequence[Person]
) -> tuple[list[Mentions], list[tuple[Span, int | None]]]:
    """Who is mentioned where, and who speaks.

    Returns:
        For each person all mentions: the names, and the descriptions and pronouns that plainly mean them; and the
        quotations, each with its speaker's index in `persons`, or None.
    """
    if not persons:
        return [], []
    discourse = Discourse(text, sentences, persons)
    resolve(discourse)
    mentions: list[Mentions] = [[] for _ in persons]
    for mark in discourse.marks():
        mentions[mark.person].append((mark.start, mark.end, mark.kind))
    return mentions, list(zip(discourse.quotes, discourse.speakers, strict=True))


def resolve(discourse: Discourse) -> None:
    """Give the discourse its turns, descriptions, pronouns and speakers."""
    discourse.turns = find_turns(discourse)
    pronouns = find_pronouns(discourse.text, they=learn_they(discourse))
    discourse.author = find_author(discourse)
    learn_genders(discourse, pronouns)
    resolve_descriptions(discourse)
    resolve_headline(discourse)
    # Outside quotations first: "he said" tells who speaks, and the speaker is not the "he" of his own words.
    quoted = [discourse.quote_at(start) >= 0 for start, _, _ in pronouns]
    _resolve_pronouns(discourse, [one for one, inside in zip(pronouns, quoted, strict=True) if not inside])
    find_speakers(discourse)
    _resolve_pronouns(discourse, [one for one, inside in zip(pronouns, quoted, strict=True) if inside])
    resolve_first_person(discourse)


def _resolve_pronouns(discourse: Discourse, pronouns: Sequence[tuple[int, int, str]]) -> None:
    for start, end, word in pronouns:
        if not discourse.taken(start, end):
            resolve_pronoun(discourse, start, end, word)
