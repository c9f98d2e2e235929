"""What a capitalised word may be: first name, surname, title, place, organisation, ordinary word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from stance.resources import load_list, load_table

MAX_PHRASE = 5


class Kind:
    """What a word may be, as bits; a word may be several (Hunter: first name, surname, ordinary word)."""

    # Plain integers: enum.IntFlag costs a tenth of the time of the whole search.
    FIRST: Final = 1
    SURNAME: Final = 2
    ORDINARY: Final = 4
    PLACE: Final = 8
    OTHER: Final = 16
    ORGANISATION: Final = 32
    PLACE_WORD: Final = 64
    PLACE_OR_SURNAME: Final = 128
    TITLE: Final = 256
    TRAILING: Final = 512
    NAME: Final = FIRST | SURNAME
    NOT_PERSON: Final = PLACE | OTHER
    CUE: Final = ORGANISATION | PLACE_WORD


# The verbs are single words, so words are found and looked up: a pattern of hundreds of verbs takes long to compile.
_TWO_WORDS = re.compile(r"\s{1,2}(\w+)(?:\s(\w+))?")
_LATER_WORD = re.compile(r"\s(\w+)")
_ANY_WORD = re.compile(r"\b\w+")
_ADVERBS_OF_PERSONS = frozenset(
    [
        "also",
        "then",
        "later",
        "himself",
        "herself",
        "once",
        "now",
        "never",
        "recently",
        "reportedly",
        "repeatedly",
        "publicly",
        "twice",
        "both",
        "still",
    ]
)
_ADVERBS_OF_SPEECH = frozenset(("also", "then", "later", "once", "has", "had"))  # besides those in -ly
_LISTS = (
    ("surnames", Kind.SURNAME),
    ("places", Kind.PLACE),
    ("demonyms", Kind.OTHER),
    ("not_persons", Kind.OTHER),
    ("organisation_words", Kind.ORGANISATION),
    ("place_words", Kind.PLACE_WORD),
    ("place_words_or_surnames", Kind.PLACE_OR_SURNAME),
    ("trailing_words", Kind.TRAILING),
)


@cache
def kinds() -> dict[str, int]:
    """What each listed word may be, as it is capitalised in running text; unlisted words are missing."""
    # The longest list by far comes first: a dictionary of one value is made at once.
    table: dict[str, int] = dict.fromkeys(
        [word[0].upper() + word[1:] for word in load_list("ordinary_words")], Kind.ORDINARY
    )
    for name, kind in _LISTS:
        for word in load_list(name):
            if " " not in word:
                table[word] = table.get(word, 0) | kind
    for word in load_table("first_names"):
        table[word] = table.get(word, 0) | Kind.FIRST
    for title in load_table("titles"):
        for word in title.replace(".", "").split():
            if word[0].isupper():
                table[word] = table.get(word, 0) | Kind.TITLE
    return table


_PHRASES = ("places", "demonyms", "not_persons", "firms")


@cache
def _phrases() -> tuple[frozenset[str], frozenset[str]]:
    """Names of several words that are no persons', and the words they begin with."""
    phrases = {phrase for name in _PHRASES for phrase in load_list(name) if " " in phrase}
    return frozenset(phrases), frozenset(phrase.split()[0] for phrase in phrases)


def begins_phrase(words: Sequence[str]) -> bool:
    """Whether any of the words begins a listed name of several words that is no person's."""
    return not _phrases()[1].isdisjoint(words)


def phrase_length(words: Sequence[str], at: int) -> int:
    """Number of words, from `at`, of the longest listed name that is no person's; 0 for none.

    >>> phrase_length(["New", "Hampshire", "Gov"], 0)
    2
    """
    phrases, beginnings = _phrases()
    if words[at] not in beginnings:
        return 0
    for length in range(min(MAX_PHRASE, len(words) - at), 1, -1):
        if " ".join(words[at : at + length]) in phrases:
            return length
    return 0


def is_acting(text: str, end: int) -> bool:
    """Whether a verb of saying or doing follows `end`: white space, perhaps an adverb, and a verb."""
    match = _TWO_WORDS.match(text, end)
    if match is None:
        return False
    verbs = load_list("person_verbs")
    first, second = match.groups()
    return first in verbs or (second in verbs and first in _ADVERBS_OF_PERSONS)


def speech_end(text: str, end: int) -> int:
    """Where the verb of saying ends that follows `end` after white space and perhaps an adverb; -1 for none."""
    match = _TWO_WORDS.match(text, end)
    if match is None:
        return -1
    verbs = load_list("speech_verbs")
    first, second = match.groups()
    if second in verbs and (first in _ADVERBS_OF_SPEECH or (first.endswith("ly") and len(first) > 2)):
        return match.end(2)
    return match.end(1) if first in verbs else -1


def is_speech_within(text: str, start: int, end: int) -> bool:
    """Whether a verb of saying stands after white space in a stretch of text."""
    verbs = load_list("speech_verbs")
    return any(match[1] in verbs for match in _LATER_WORD.finditer(text, start, end))


@cache
def _quoting_verbs() -> frozenset[str]:
    return load_list("speech_verbs") | load_list("quoting_verbs")


def find_quoting_verbs(text: str, start: int, end: int) -> list[re.Match[str]]:
    """What leads up to a quotation of somebody's words: the verbs of saying, or of calling and judging."""
    verbs = _quoting_verbs()
    return [match for match in _ANY_WORD.finditer(text, start, end) if match.group() in verbs]
