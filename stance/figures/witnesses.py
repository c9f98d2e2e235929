"""Witnesses that words name a person: what the text says right after them."""

from __future__ import annotations

import re

from stance.figures.vocabulary import is_acting, speech_end
from stance.resources import load_table

_RELATIONS = (
    "wife|husband|son|daughter|mother|father|brother|sister|lawyers?|attorneys?|campaign|administration|office|speech|"
    "remarks|comments|words|supporters|opponents|critics|aides|team|family|tweets?|death|decision|plan|allies|staff|"
    "testimony|claims?|statement|nomination|victory|defeat|record|presidency|behavior|body|parents|arrest|trial"
)
_AFTER_PERSON = re.compile(
    r"(?:[’']s?)?(?:, (?:who|whose|whom|\d{1,3}[,.]|an? |the |then |now |his |her |"
    r"[A-Z][\w.]*?(?:’s|'s)? (?:Democrat|Republican)|"
    r"[a-z]+(?: [a-z]+){0,2} (?:at|of|for|with|and)\b|"
    r"[DRI]-|former|chair|co-|head|chief|president|director|managing|executive|senior|vice|author|founder)"
    r"| ?\((?:[DRI]\b|\d\d\)|Democrat|Republican|(?:Lab|Con|Labou?r|Conservatives?|Liberals?|Nationals?|Lib Dem|"
    r"LD|Greens?|NDP|SNP|DUP|BJP|INC|Congress|Ind|Independent|ALP|ANC|APC|PDP|UDA|ODM|Bloc)\))"
    rf"|[’']s? (?:{_RELATIONS})\b|:)"
)
_WHO = re.compile(r", (?:who|whose|whom)\b|, \d{1,3}[,.]")
_WORK = re.compile(r", (?:an?|the|his|her) (?P<words>(?:[\w-]+ ?){1,4})")


def is_witnessed(text: str, end: int) -> bool:
    """Whether what follows `end` is said of persons: a verb of saying, an age, an appositive, a relative."""
    if text[end : end + 1].isspace() and not text.startswith("(", end + 1):
        return is_acting(text, end)
    return bool(_AFTER_PERSON.match(text, end))


def is_plainly_person(text: str, end: int) -> bool:
    """Whether what follows `end` is said of persons alone: a verb of saying, an age, "who", "a law professor"."""
    if speech_end(text, end) >= 0 or _WHO.match(text, end):
        return True
    work = _WORK.match(text, end)
    return work is not None and not load_table("role_nouns").keys().isdisjoint(work["words"].split())
