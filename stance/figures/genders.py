"""The gender of persons whose name does not tell it: by what the text calls them, and by the pronouns near them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stance.figures.discourse import Discourse
from stance.resources import load_table

_LONGEST_REACH = 300
_FEWEST_VOTES, _SHARE = 2, 0.75


def learn_genders(discourse: Discourse, pronouns: Sequence[tuple[int, int, str]]) -> None:
    """Set the gender of persons by their roles ("the councilwoman"), else by the pronouns that can mean nobody else.

    A pronoun counts for the only person of its own and the sentence before who may be of its gender.
    """
    nouns = load_table("role_nouns")
    for person, profile in zip(discourse.persons, discourse.profiles, strict=True):
        told = {nouns.get(role, "u") for role in profile.told} - {"u"}
        if not person.gender and len(told) == 1:
            person.gender = told.pop()
    if all(person.gender for person in discourse.persons):
        return
    votes: dict[int, Counter[str]] = {}
    for start, _, word in pronouns:
        if discourse.quote_at(start) >= 0:
            continue
        gender = "m" if word in ("he", "him", "his", "himself") else "f"
        able = _able(discourse, start, gender)
        if len(able) == 1:
            votes.setdefault(able.pop(), Counter())[gender] += 1
    for index, counts in votes.items():
        (gender, most), *_ = counts.most_common(1)
        if not discourse.persons[index].gender and most >= _FEWEST_VOTES and most >= _SHARE * counts.total():
            discourse.persons[index].gender = gender


def _able(discourse: Discourse, start: int, gender: str) -> set[int]:
    """Persons named shortly before who may be of a gender."""
    sentence = discourse.sentence_at(start)
    able: set[int] = set()
    for mark in discourse.before(start):
        if sentence - mark.sentence > 1 or start - mark.end > _LONGEST_REACH:
            break
        if discourse.persons[mark.person].gender in ("", gender):
            able.add(mark.person)
    return able
