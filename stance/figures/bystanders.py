"""Persons whom a text leaves without a name: in "Another resident said he would move", he is nobody it names."""

from __future__ import annotations

import re

from stance.figures.discourse import Discourse
from stance.resources import load_table

# The subject of its sentence, or who speaks the quotation before: "“No,” one voter said, adding that she".
_BYSTANDER = re.compile(
    r"(?:\A|(?<=[”\"’] ))(?:an?|one|another|each|every)\s(?:(?!of\b|the\b|in\b|for\b)[\w-]+\s){0,3}?"
    rf"(?P<noun>{'|'.join(sorted(map(re.escape, load_table('bystanders')), key=len, reverse=True))})\b(?!['’,-])",
    re.IGNORECASE,
)


def means_bystander(discourse: Discourse, start: int, gender: str) -> bool:
    """Whether a third-person pronoun goes back to an unnamed person, the last in its sentence who may be meant.

    Args:
        discourse: The text and the mentions found before the pronoun.
        start: Where the pronoun begins.
        gender: `m`, `f`, or `t` for they.
    """
    begin, _ = discourse.sentences[discourse.sentence_at(start)]
    able = ("u", gender)
    nouns = [
        match.start("noun")
        for match in _BYSTANDER.finditer(discourse.text[begin:start])
        if load_table("bystanders")[match["noun"].lower()] in able
    ]
    if not nouns:
        return False
    last = next(iter(discourse.before(start)), None)
    return last is None or last.end <= begin + nouns[-1]
