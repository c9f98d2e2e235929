"""Noun phrases for persons: where "the former secretary of state" has its noun, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from stance.figures.vocabulary import Kind, kinds
from stance.resources import load_list, load_table

WORDS = r"(?P<words>(?:\s\w+(?:[.’'-]\w+)*(?:(?<=\.[A-Z])\.)?){1,5})"
NOUN_PHRASE = re.compile(WORDS)
_OWNED = ("’s", "'s")
_NAME_NEXT = re.compile(r"\s[A-Z][a-z]|-")


def head_length(words: Sequence[str], *, owned: bool = False) -> int:
    """Number of words up to the last noun for a person, before any word that ends the phrase; 0 where there is none.

    After an owner any relative is one: "the governor's niece"; with `owned` the owner stands before the words.
    """
    if _heads().isdisjoint([word.lower() for word in words]):  # as in most phrases
        return 0
    nouns, stops = load_table("role_nouns"), load_list("sentence_openers")
    if words and words[0].lower() in stops and words[0] != "then":
        return 0
    length, before = 0, ""
    kin = load_table("relation_nouns") if owned else nouns
    for at, word in enumerate(words):
        lower = word.lower()
        more = _goes_on(before, words[at + 1 : at + 3]) if lower == "of" else 0
        if more:
            length = at + 1 + more
        elif (
            lower in nouns or lower in kin or (lower in _endings() and f"{before} {lower}" in nouns) or _is_people(word)
        ):
            length = at + 1
        elif length or (lower in stops and at) or lower.endswith("ed"):
            break
        elif lower.endswith(_OWNED):
            kin = load_table("relation_nouns")
        before = lower
    return length


def _goes_on(noun: str, after: Sequence[str]) -> int:
    """Number of words after "of" that are part of a role noun: "secretary of state", "leader of the opposition"."""
    nouns = load_table("role_nouns")
    for count in (1, 2):
        if f"{noun} of {' '.join(after[:count])}".lower() in nouns:
            return count
    return 0


def owner_length(words: Sequence[str]) -> int:
    """Number of words up to the person whose something is: 1 of "governor's office"; 0 where it is no person's."""
    nouns = load_table("role_nouns")
    for at, word in enumerate(words):
        if word.endswith(_OWNED):
            noun = word[:-2].lower()
            known = noun in nouns or (at and f"{words[at - 1].lower()} {noun}" in nouns)
            return at + 1 if known else 0
        if word in load_list("sentence_openers") and word != "then":
            return 0
    return 0


@cache
def _heads() -> frozenset[str]:
    """Words one of which any phrase for a person has."""
    people = {word.lower() for word in load_list("demonyms")}
    return _endings() | load_table("role_nouns").keys() | load_table("relation_nouns").keys() | people


@cache
def _endings() -> frozenset[str]:
    """The words that role nouns of several words end with."""
    return frozenset(noun.rpartition(" ")[2] for noun in load_table("role_nouns") if " " in noun)


def _is_people(word: str) -> bool:
    """Whether a word names somebody of a place: the Idahoan, the Texan."""
    return bool(
        word[:1].isupper() and kinds().get(word, 0) & Kind.OTHER and word.endswith(("an", "er", "ite"))
    ) and word in load_list("demonyms")


def end_of(match: re.Match[str], words: Sequence[str]) -> int:
    """Where the last of the words ends, without possessive ending."""
    position = match.start("words")
    for word in words:
        position = match.string.index(word, position) + len(word)
    for ending in ("'s", "’s"):
        if match.string.endswith(ending, 0, position):
            position -= 2
    return position


def is_title(text: str, end: int) -> bool:
    """Whether a name follows, so that the words are its title."""
    return bool(_NAME_NEXT.match(text, end))
