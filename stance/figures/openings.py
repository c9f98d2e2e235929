"""Capitalised words that are names for where they stand: auxiliaries that open a sentence, lists after a title."""

from __future__ import annotations

import re

from stance.figures.vocabulary import Kind, is_acting, kinds
from stance.resources import load_list

# "May Quint ran": first names that begin questions and wishes too, with a surname and the verb.
_AUXILIARY = re.compile(r"(?:May|Will) (?P<surname>[A-Z]\w+) (?P<verb>[a-z]+)")
# What follows an auxiliary looks like this as well: "Will Quint quit?"
_ALSO_BASE = frozenset(("beat", "quit", "put", "let", "hit", "testifying", "campaigning"))
# "Reps. Quint, Dent and Wu": after a title of several, surnames alone.
_TITLE_OF_SEVERAL = re.compile(
    r"[CDGMPRS](?<!\w.)(?:(?<=R)eps|(?<=S)ens|(?<=G)ovs|(?<=D)rs|(?<=P)rofs|(?<=M)(?:essrs|Ps)|(?<=C)llrs)\.? "
)
_SURNAME = r"[A-Z][\w’'-]+"
_LISTED = re.compile(rf"{_SURNAME}(?:, {_SURNAME})*,? and {_SURNAME}(?! [A-Z])")
_WORD = re.compile(_SURNAME)


def opens_with_first_name(text: str, start: int) -> bool:
    """Whether May or Will at `start` is a first name: the verb after the surname is in a form no auxiliary has."""
    match = _AUXILIARY.match(text, start)
    if match is None or match["verb"] in _ALSO_BASE:
        return False
    return is_acting(text, match.end("surname")) or match["verb"] in load_list("deeds") or match["verb"][-2:] == "ed"


def _may_be_surname(word: str) -> bool:
    """Whether a word is no place, party or day alone: no "MPs Tuesday and Wednesday"."""
    flag = kinds().get(word, 0)
    return bool(flag & Kind.NAME) or not flag & (Kind.NOT_PERSON | Kind.CUE)


def find_listed(text: str) -> frozenset[int]:
    """Where the surnames start that are listed after a title of several: "Reps. Quint, Dent and Wu"."""
    found: set[int] = set()
    for title in _TITLE_OF_SEVERAL.finditer(text):
        listed = _LISTED.match(text, title.end())
        if listed:
            found.update(word.start() for word in _WORD.finditer(text, *listed.span()) if _may_be_surname(word.group()))
    return frozenset(found)
