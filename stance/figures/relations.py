"""Persons described by another: "his former rival", "her husband", "her energy secretary"."""

from __future__ import annotations

import re
from functools import cache

from stance.figures.appositions import apposed
from stance.figures.clients import client_of
from stance.figures.descriptions import is_no_mention
from stance.figures.discourse import Discourse
from stance.figures.fitting import described
from stance.figures.phrases import NOUN_PHRASE, end_of, head_length, is_title
from stance.resources import load_list, load_table

# An article names soon whom it first calls a relative.
_SOON = 800
_SPOUSES = ("wife", "husband", "spouse")


@cache
def _relation() -> re.Pattern[str]:
    """What follows a possessive pronoun: "former rival", "husband"."""
    nouns = "|".join(sorted(load_table("relation_nouns"), key=len, reverse=True))
    modifiers = "|".join(sorted(load_list("relation_modifiers"), key=len, reverse=True))
    return re.compile(rf"(?P<words>(?:\s(?:{modifiers}|\d+-year-old))*)\s(?P<noun>{nouns})\b(?!-)")


def begins_description(text: str, end: int) -> bool:
    """Whether a noun for a person follows a possessive that ends at `end`: "his successor", "her energy secretary"."""
    if _relation().match(text, end):
        return True
    match = NOUN_PHRASE.match(text, end)
    return bool(match and head_length(match["words"].split()))


def resolve_relation(discourse: Discourse, start: int, end: int, owner: int | None) -> bool:
    """Link "his former rival" or "her energy secretary", begun by the possessive at `start` to `end`.

    Args:
        owner: Whom the possessive means, or None where that is in doubt.

    Returns:
        Whether a person other than the owner was evident, and is linked now.
    """
    match = _relation().match(discourse.text, end)
    if match:
        stop = match.end()
        person = apposed(discourse, start, stop)
        if person is None:
            person = _related(discourse, owner, match["noun"], start)
        else:
            discourse.relate(person, match["noun"])
            if owner is not None and match["noun"] in _SPOUSES:
                discourse.spouses.update({owner: person, person: owner})
    else:
        stop, person = _serving(discourse, start, end, owner)
    if person in (None, owner) or is_title(discourse.text, stop) or discourse.taken(start, stop):
        return False
    assert person is not None
    discourse.add(start, stop, person, "description", discourse.role_of(start, stop))
    return True


def _serving(discourse: Discourse, start: int, end: int, owner: int | None) -> tuple[int, int | None]:
    """Where "her energy secretary" ends, and who the text says that is."""
    match = NOUN_PHRASE.match(discourse.text, end)
    words = match["words"].split() if match else []
    length = head_length(words)
    if not match or not length:
        return end, None
    stop = end_of(match, words[:length])
    if is_no_mention(discourse.text, start, stop, words[length - 1].lower()):
        return end, None
    beside = apposed(discourse, start, stop)
    if beside is not None:
        return stop, beside
    if words[:length] == ["client"]:
        return stop, None if owner is None else client_of(discourse, owner)
    return stop, described(discourse, [word.lower() for word in words[:length]], start, told=True)


def _related(discourse: Discourse, owner: int | None, noun: str, start: int) -> int | None:
    """The other one of two main persons."""
    if owner is None:
        return None
    relation = load_table("relation_nouns")[noun]
    if relation in ("m", "f", "kin", "spouse"):
        return _kin(discourse, owner, noun, start)
    if relation != "rival":
        return None
    met = {mark.person for mark in discourse.before(start)}
    main = [person for person in discourse.main if person != owner and person in met]
    return main[0] if len(main) == 1 else None


def _kin(discourse: Discourse, owner: int, noun: str, start: int) -> int | None:
    """A relative: the one whom the text has told to be, else the one other person of the surname met by then."""
    if noun in _SPOUSES and owner in discourse.spouses:
        return discourse.spouses[owner]
    told = discourse.relatives.get(noun, ())
    if told:
        return told[0] if len(told) == 1 else None
    relation = load_table("relation_nouns")[noun]
    able = [one for one in discourse.namesakes(owner) if discourse.persons[one].gender in ("", relation)]
    firsts = {one: discourse.persons[one].names[0][0] for one in able}
    namesakes = [one for one in able if firsts[one] < start] or [one for one in able if firsts[one] < start + _SOON]
    return namesakes[0] if len(namesakes) == 1 and relation != "kin" else None
