"""Descriptions without an article in a headline: "Maine governor’s veto survives", by what the text says of persons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from stance.figures.discourse import Discourse
from stance.figures.fitting import is_told_to_be
from stance.figures.phrases import is_title
from stance.figures.vocabulary import Kind, kinds
from stance.resources import load_list, load_table

_WORD = re.compile(r"\w+(?:[.’'-]\w+)*")
# "runs for mayor", "a senator": what somebody may be, or somebody else.
_OF_NOBODY = re.compile(
    r"\b(?:for|as|an?|no|one|another|any|every|former|other|next|new|be|become|first|second|third|\w+th|-)\s?$",
    re.IGNORECASE,
)
_LONGEST = 200


def resolve_headline(discourse: Discourse) -> None:
    """Link the nouns for persons of the first line, where one main person of the text is called so."""
    start, end = discourse.sentences[0]
    if end - start > _LONGEST or discourse.text[end - 1] in '.!”"' or len(discourse.sentences) < 2:
        return
    if "\n" not in discourse.text[end : discourse.sentences[1][0]]:
        return
    words = list(_WORD.finditer(discourse.text, start, end))
    at = 0
    while at < len(words):
        length, stop = _noun(discourse.text, words, at)
        if length:
            _link(discourse, words, at, stop)
        at += length or 1


def _noun(text: str, words: Sequence[re.Match[str]], at: int) -> tuple[int, int]:
    """Number of words of the noun for a person that begins at a position, and where it ends; 0 for none."""
    if words[at].group().lower().removesuffix("’s").removesuffix("'s") not in _beginnings():
        return 0, 0
    for length in (3, 2, 1):
        found = words[at : at + length]
        noun = text[found[0].start() : found[-1].end()]
        owned = noun.endswith(("’s", "'s"))
        if (noun[:-2] if owned else noun).lower() in load_table("role_nouns"):
            return length, found[-1].end() - 2 * owned
    return 0, 0


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(noun.partition(" ")[0] for noun in load_table("role_nouns"))


def _link(discourse: Discourse, words: Sequence[re.Match[str]], first: int, end: int) -> None:
    """Link the words from `first` to the position `end`, with the place, people or party before them."""
    while first and _specifies(words[first - 1].group()) and words[first - 1].end() == words[first].start() - 1:
        first -= 1
    start = words[first].start()
    if _OF_NOBODY.search(discourse.text, max(0, start - 12), start) or is_title(discourse.text, end):
        return
    if discourse.taken(start, end + 2) or discourse.quote_at(start) >= 0:
        return
    said = discourse.text[start:end].lower().split()
    found = [one for one in discourse.main if is_told_to_be(discourse, one, said)]
    if len(found) > 1 and "former" not in said:
        found = [one for one in found if "former" not in discourse.profiles[one].words]
    if len(found) == 1:
        start = _with_portfolio(discourse, words, first, found[0])
        discourse.add(start, end, found[0], "description", discourse.role_of(start, end))


def _with_portfolio(discourse: Discourse, words: Sequence[re.Match[str]], first: int, person: int) -> int:
    """Where a role that the words from `first` begin starts with what the text says before it: "Housing minister"."""
    start = words[first].start()
    if first and words[first - 1].end() == start - 1:
        before = words[first - 1]
        told = discourse.profiles[person].words - load_list("sentence_openers")
        if before.group().lower() in told and not discourse.taken(*before.span()):
            return before.start()
    return start


def _specifies(word: str) -> bool:
    return word[:1].isupper() and bool(kinds().get(word, 0) & Kind.NOT_PERSON)
