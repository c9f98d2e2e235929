"""Offices and other roles that a phrase names: "a former secretary of state", "the deputy mayor"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from stance.resources import load_list, load_table

_WORD = re.compile(r"[\w][\w’'-]*")
_LONGEST_ROLE = 4
# What begins the name of another office than its last word says.
_OTHER_OFFICES = frozenset(
    (
        "vice",
        "deputy",
        "lieutenant",
        "assistant",
        "first",
        "running",
        "attorney",
        "surgeon",
        "inspector",
        "solicitor",
        "shadow",
        "chief",
        "prime",
        "district",
        "press",
    )
)
DEPUTIES = frozenset(("deputy", "vice", "shadow", "assistant", "lieutenant"))
# What follows "of" in the name of an office.
_OF_OFFICES = ("state", "staff", "the opposition")


def words_in(phrase: str) -> list[str]:
    """The words of a phrase in lower case."""
    if phrase.isascii():
        found: list[str] = _WORD.findall(phrase.lower())
        return found
    return [word.lower() for word in _WORD.findall(phrase)]


@cache
def ends_of_role() -> frozenset[str]:
    """Words that what a person is does not go beyond: prepositions, beginnings of clauses."""
    return (load_list("sentence_openers") | {"of", "to", "who", "into", "than", "like"}) - {"the", "a", "an"}


def before_preposition(words: Sequence[str]) -> Sequence[str]:
    """Words up to the first preposition or clause, so that "a critic of the mayor" makes nobody mayor."""
    stops = ends_of_role()
    for at, word in enumerate(words):
        if word in stops and at and not (word == "of" and " ".join(words[at + 1 : at + 3]).startswith(_OF_OFFICES)):
            return words[:at]
    return words


def qualified(words: Sequence[str], at: int, role: str) -> str:
    """The role that begins at a position with the word that makes it another's: "deputy mayor", "shadow secretary"."""
    for before in (at - 1, at - 2):
        if before >= 0 and words[before] in DEPUTIES:
            return f"{words[before]} {role}"
    return role


@cache
def _beginnings() -> frozenset[str]:
    """The words that role nouns begin with."""
    return frozenset(noun.split()[0] for noun in load_table("role_nouns"))


def roles_in(words: Sequence[str]) -> Iterator[str]:
    """Role nouns among lower-case words, of up to four words each; no vice president is a president."""
    nouns, beginnings = load_table("role_nouns"), _beginnings()
    if beginnings.isdisjoint(words):
        return
    after = 0
    for at, word in enumerate(words):
        if at < after or word not in beginnings:
            continue
        length = _role_length(words, at, nouns)
        if not length:
            continue
        after = at + length
        yield qualified(words, at, " ".join(words[at:after]))
        if length > 1 and word not in _OTHER_OFFICES:
            yield from (one for one in words[at:after] if one in nouns)


def _role_length(words: Sequence[str], at: int, nouns: Mapping[str, str]) -> int:
    """Number of words of the longest role noun that begins at a position, or 0."""
    for length in range(min(_LONGEST_ROLE, len(words) - at), 1, -1):
        if " ".join(words[at : at + length]) in nouns:
            return length
    # "deputy mayor" is told at "mayor"
    return int(words[at] in nouns and not (words[at] in DEPUTIES and at + 1 < len(words)))
