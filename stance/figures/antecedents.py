"""Antecedents of pronouns: which mention before one it goes back to, by nearness, role and gender."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stance.figures.clauses import cataphor, follows_participle, is_attributive, is_of_interviewed
from stance.figures.discourse import Discourse
from stance.figures.identity import THEY
from stance.figures.marks import Mark
from stance.figures.roles import Role

_FARTHEST: Final = 3
# What speaks for a mention, in points. Set on the development gold and GAP's development set; the order is plain:
# same sentence before the one before it, subjects first, then whoever is in the same role as the pronoun.
_HERE: Final = 8.0
_PER_SENTENCE: Final = -2.5
_PER_PARAGRAPH: Final = -1.5
_ROLE: Final = {"subject": 2.5, "possessor": 0.8, "object": 0.0}
_SAME_ROLE: Final = 1.5
_NEAREST: Final = {"subject": 2.0, "possessor": 4.0, "object": 2.0}
_AHEAD: Final = 6.0
_EMPHATIC: Final = 8.0
_ATTRIBUTIVE: Final = -4.0
_SAID_OF_SELF: Final = 1.5
_FROM_QUOTATION: Final = -1.5
_INTO_QUOTATION: Final = -0.5
_OF_TOPIC: Final = 3.0  # a new paragraph goes back to whom the text is about
_GENDER_KNOWN: Final = 0.1
_PER_NAME: Final = 0.3
_MOST_NAMES: Final = 7
_AGAIN: Final = 0.5
_LEAST: Final = 3.0
_MARGIN: Final = 0.3
_MARGIN_IF_GENDER_UNKNOWN: Final = 0.5
# By the number of sentences before, and whether that is in the paragraph before.
_AT: Final = [
    [_HERE + _PER_SENTENCE * distance + _PER_PARAGRAPH * apart for apart in (0, 1)] for distance in range(_FARTHEST + 1)
]


@dataclass(slots=True, eq=False, repr=False)
class Pronoun:
    """A third-person pronoun where it stands.

    Attributes:
        gender: `m`, `f`, or `t` for they.
        barred: Whom it cannot mean: who speaks the words it stands in, the subject of its own clause for an object, who
            stands beside "his successor", in a turn whoever is spoken to, and for a speaker whom the quotation names.
        says: A verb of saying follows: its person is no third person of the quotation beside it.
        reported: A verb of saying stands before: "Harris said she" means Harris.
    """

    start: int
    end: int
    word: str
    gender: str
    role: Role
    sentence: int
    quote: int
    barred: Sequence[int | None]
    says: bool
    reported: bool


def able_genders(gender: str) -> tuple[str, ...]:
    """The genders of whom a pronoun may mean: they is somebody's only where the text has told so."""
    return (gender,) if gender == THEY else ("", gender)


def find_antecedent(discourse: Discourse, pronoun: Pronoun) -> int | None:
    """Whom a pronoun means, or None in doubt; learns the gender of a person whose name does not tell it."""
    ranked = rank(discourse, pronoun)
    if not ranked:
        return None
    best, points = ranked[0]
    lead = points - (ranked[1][1] if len(ranked) > 1 else 0.0)
    person = discourse.persons[best]
    if points < _LEAST or lead < (_MARGIN if person.gender else _MARGIN_IF_GENDER_UNKNOWN):
        return None
    person.gender = person.gender or pronoun.gender
    return best


def rank(discourse: Discourse, pronoun: Pronoun) -> list[tuple[int, float]]:
    """Persons whom a pronoun may mean with their points, the likeliest first."""
    scores: dict[int, float] = {}
    for index, score in _candidates(discourse, pronoun):
        person = discourse.persons[index]
        score += _GENDER_KNOWN * bool(person.gender) + _PER_NAME * min(_MOST_NAMES, len(person.names))
        before = scores.get(index)
        scores[index] = score if before is None else (before if before > score else score) + _AGAIN
    if len(scores) < 2:
        return list(scores.items())
    return sorted(scores.items(), key=lambda item: -item[1])


def _candidates(discourse: Discourse, pronoun: Pronoun) -> list[tuple[int, float]]:
    """Whom the mentions name that the pronoun may refer to, with the points that position and role give them."""
    persons, paragraph = discourse.persons, discourse.paragraph
    able = able_genders(pronoun.gender)
    interviewed = pronoun.quote < 0 and is_of_interviewed(discourse, pronoun.sentence)
    here = pronoun.sentence
    farthest = 0 if pronoun.word.endswith("self") else _FARTHEST
    found: list[tuple[int, float]] = []
    nearest = True
    dangling = pronoun.role == "subject" and follows_participle(discourse, pronoun.start, here)
    for mark in discourse.before(pronoun.start):
        distance = here - mark.sentence
        if distance > farthest:
            break
        if (dangling and not distance) or mark.person in pronoun.barred:
            continue
        apart = paragraph[here] - paragraph[mark.sentence]
        if apart > 1:
            break
        if mark.quote >= 0 and (interviewed if distance else pronoun.says):
            continue  # whom the quotation before speaks of
        if persons[mark.person].gender not in able:
            nearest = False
            continue
        if apart and pronoun.quote >= 0 and discourse.text.startswith(":", mark.end):
            continue  # who says the quotation before, in a list of them
        points = _AT[distance][apart]
        if apart and mark.person == discourse.topic and pronoun.quote < 0:
            points += _OF_TOPIC
        found.append((mark.person, _points(discourse.text, pronoun, mark, points, nearest=nearest)))
        nearest = False
    if pronoun.quote < 0:
        ahead = cataphor(discourse, pronoun.start, here, possessor=pronoun.role == "possessor")
        if ahead and persons[ahead.person].gender in able:
            found.append((ahead.person, _HERE + _ROLE["subject"] + _AHEAD))
    return found


def _points(text: str, pronoun: Pronoun, mark: Mark, score: float, *, nearest: bool) -> float:
    """The points of a mention before a pronoun, of which nearness gives the first."""
    score += _ROLE[mark.role]
    if text.endswith((" a ", " an "), mark.start - 4, mark.start) or is_attributive(text, mark):
        score += _ATTRIBUTIVE  # "Ron Kaneshiro, a Pang ally, held his seat"; "The former Pang aide smiled"
    if mark.end == pronoun.start - 1 and pronoun.word.endswith("self"):
        score += _EMPHATIC  # "Pang himself"
    score += _SAME_ROLE * (mark.role == pronoun.role) + _NEAREST[pronoun.role] * nearest
    if pronoun.reported and mark.sentence == pronoun.sentence and mark.role == "subject":
        score += _SAID_OF_SELF
    if mark.quote != pronoun.quote:
        score += _FROM_QUOTATION * (mark.quote >= 0) + _INTO_QUOTATION * (pronoun.quote >= 0)
    return score
