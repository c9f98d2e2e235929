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
    table: dict[str, int] = {}
    for name, kind in _LISTS:
        for word in load_list(name):
            if " " not in word:
                table[word] = table.get(word, 0) | kind
    for word in load_table("first_names"):
        table[word] = table.get(word, 0) | Kind.FIRST
    for word in load_list("ordinary_words"):
        word = word[0].upper() + word[1:]
        table[word] = table.get(word, 0) | Kind.ORDINARY
    for title in load_table("titles"):
        for word in title.replace(".", "").split():
            if word[0].isupper():
                table[word] = table.get(word, 0) | Kind.TITLE
    return table


@cache
def _phrases() -> tuple[frozenset[str], frozenset[str]]:
    """Names of several words that are no persons', and the words they begin with."""
    phrases = {phrase for name in ("places", "demonyms", "not_persons") for phrase in load_list(name) if " " in phrase}
    return frozenset(phrases), frozenset(phrase.split()[0] for phrase in phrases)


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


@cache
def person_verb() -> re.Pattern[str]:
    """What follows a person's name: white space, perhaps an adverb, and a verb of saying or doing."""
    verbs = "|".join(sorted(load_list("person_verbs")))
    adverbs = "also|then|later|himself|herself|once|now|never|recently|reportedly|repeatedly|publicly|twice|both|still"
    return re.compile(rf"\s{{1,2}}(?:(?:{adverbs})\s)?(?:{verbs})\b")


@cache
def speech_verb() -> re.Pattern[str]:
    """What follows a speaker's name: white space, perhaps an adverb, and a verb of saying."""
    verbs = "|".join(sorted(load_list("speech_verbs")))
    return re.compile(rf"\s{{1,2}}(?:(?:also|then|later|once|has|had|repeatedly|quickly|\w+ly)\s)?(?:{verbs})\b")


@cache
def quoting_verb() -> re.Pattern[str]:
    """What leads up to a quotation of somebody's words: a verb of saying, or of calling and judging."""
    verbs = "|".join(sorted(load_list("speech_verbs") | load_list("quoting_verbs")))
    return re.compile(rf"\b(?:{verbs})\b")
