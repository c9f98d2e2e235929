"""Noun phrases for persons: where "the former secretary of state" has its noun, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from stance.figures.vocabulary import Kind, kinds
from stance.resources import load_list, load_table

WORDS = r"(?P<words>(?:\s\w+(?:[.’'-]\w+)*(?:(?<=\.[A-Z])\.)?){1,5})"
NOUN_PHRASE: Final = re.compile(WORDS)
_OWNED: Final = ("’s", "'s")
# What looks like a verb and may stand before a noun for a person.
_MODIFIERS = frozenset(
    (
        *(
            "accused",
            "acclaimed",
            "appointed",
            "beleaguered",
            "convicted",
            "defeated",
            "departed",
            "disgraced",
            "elected",
        ),
        *(
            "embattled",
            "experienced",
            "impeached",
            "indicted",
            "jailed",
            "ousted",
            "red-haired",
            "respected",
            "retired",
        ),
        *("seasoned", "suspended", "unelected", "white-haired", "wounded", "sacked", "married", "deposed", "exiled"),
    )
)
_NAME_NEXT: Final = re.compile(r"\s[A-Z][a-z]|-")


# What a word may do in a noun phrase, as bits.
_NOUN: Final = 1
_NOUN_END: Final = 2
_PEOPLE: Final = 4
_STOP: Final = 8
_PARTICIPLE: Final = 16
_OWNER: Final = 32
_OF: Final = 64
_KIN: Final = 128


@lru_cache(maxsize=16384)
def _part(word: str) -> int:
    """What a word may do in a noun phrase: a noun for a person, the end of one, a word that ends the phrase."""
    lower = word.lower().removeprefix("ex-").replace(".", "")
    part = _NOUN * (lower in load_table("role_nouns")) | _NOUN_END * (lower in _endings()) | _PEOPLE * _is_people(word)
    part |= _STOP * (lower in load_list("sentence_openers")) | _PARTICIPLE * (
        lower.endswith("ed") and lower not in _MODIFIERS
    )
    return (
        part | _OWNER * lower.endswith(_OWNED) | _OF * (lower == "of") | _KIN * (lower in load_table("relation_nouns"))
    )


def head_length(words: Sequence[str], *, owned: bool = False) -> int:
    """Number of words up to the last noun for a person, before any word that ends the phrase; 0 where there is none.

    After an owner any relative is one: "the governor's niece"; with `owned` the owner stands before the words.
    """
    if words and _part(words[0]) & _STOP and words[0] != "then":
        return 0
    length, sought = 0, _NOUN | _PEOPLE | (_KIN if owned else 0)
    for at, word in enumerate(words):
        part = _part(word)
        more = _goes_on(words[at - 1] if at else "", words[at + 1 : at + 3]) if part & _OF else 0
        if more:
            length = at + 1 + more
        elif part & sought or (part & _NOUN_END and at and _is_noun(words[at - 1], word)):
            length = at + 1
        elif length or (part & _STOP and at) or part & _PARTICIPLE:
            break
        elif part & _OWNER:
            sought |= _KIN
    return length


def _is_noun(before: str, word: str) -> bool:
    return f"{before} {word}".lower() in load_table("role_nouns")


def _goes_on(noun: str, after: Sequence[str]) -> int:
    """Number of words after "of" that are part of a role noun: "secretary of state", "leader of the opposition"."""
    nouns = load_table("role_nouns")
    for count in (1, 2):
        if f"{noun} of {' '.join(after[:count])}".lower() in nouns:
            return count
    return 0


def owner_length(words: Sequence[str]) -> int:
    """Number of words up to the person whose something is: 1 of "governor's office"; 0 where it is no person's."""
    for at, word in enumerate(words):
        if word.endswith(_OWNED):
            noun = word[:-2]
            known = noun.lower() in load_table("role_nouns") or (at and _is_noun(words[at - 1], noun))
            return at + 1 if known else 0
        if word in load_list("sentence_openers") and word != "then":
            return 0
    return 0


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
