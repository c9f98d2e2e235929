"""The gender of persons whose name does not tell it: by what the text calls them, and by the pronouns near them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from stance.figures.discourse import Discourse
from stance.figures.identity import THEY
from stance.resources import load_table

_LONGEST_REACH = 300
# "uses they/them pronouns", "is nonbinary"
THEY_TOLD = re.compile(r"\b(?:they/them|they and them|they/their|non-?binary)\b", re.IGNORECASE)
# What each of these has in it.
_THEY_NEAR = ("hey/the", "hey and them", "binary", "Binary")
_WORD = re.compile(r"[\w-]+")
_SEVERAL = frozenset(("people", "both", "colleagues", "crowd", "staff", "team", "police", "parents", "men", "women"))
_FEWEST_VOTES, _SHARE = 2, 0.75


def gender_of_pronoun(word: str) -> str:
    """The gender that a lower-case pronoun tells: `m`, `f`, or `t` for they."""
    if word.startswith("th"):
        return THEY
    return "m" if word in ("he", "him", "his", "himself") else "f"


def learn_they(discourse: Discourse) -> bool:
    """Take in who is called they, as the text or the table says; returns whether anybody is.

    "Quint (they/them) spoke"; "Quint, who is nonbinary, ran", where the sentence names nobody else.
    """
    if not any(words in discourse.text for words in _THEY_NEAR):  # as in most texts
        return any(person.gender == THEY for person in discourse.persons)
    for told in THEY_TOLD.finditer(discourse.text):
        begin, end = discourse.sentences[discourse.sentence_at(told.start())]
        beside = {mark.person for mark in discourse.before(told.start()) if mark.end == told.start() - len(" (")}
        named = beside or {mark.person for mark in discourse.within(begin, end)}
        if len(named) == 1:
            discourse.persons[named.pop()].gender = THEY
    return any(person.gender == THEY for person in discourse.persons)


def are_several_since(discourse: Discourse, start: int) -> set[int]:
    """Persons called they of whom a pronoun is not surely said: a noun for several people has come between."""
    several: set[int] = set()
    for mark in discourse.before(start):
        if start - mark.end > _LONGEST_REACH:
            break
        if discourse.persons[mark.person].gender == THEY and mark.person not in several:
            words = _WORD.findall(discourse.text[mark.end : start].lower())
            if any(_is_of_several(word) for word in words):
                several.add(mark.person)
            break
    return several


def _is_of_several(word: str) -> bool:
    nouns = (load_table("role_nouns"), load_table("bystanders"))
    return word in _SEVERAL or (word.endswith("s") and any(word[:-1] in table for table in nouns))


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
        if discourse.quote_at(start) >= 0 or word.startswith("th"):
            continue
        gender = gender_of_pronoun(word)
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
