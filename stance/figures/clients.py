"""Who a lawyer of the text speaks for, so that "her client" means somebody."""

from __future__ import annotations

import re
from itertools import pairwise

from stance.figures.discourse import Discourse

_LAWYER = r"(?:lawyer|attorney|solicitor|barrister|counsel|advocate)"
# What stands between two names: "Quint’s defense lawyer, Ida Pell", "Ida Pell, a lawyer for Mr. Quint".
_OWNER_FIRST = re.compile(rf"[’']s?(?: [a-z-]+){{0,2}} {_LAWYER},? ")
_LAWYER_FIRST = re.compile(
    rf",? (?:(?:an?|the|his|her)? ?(?:[a-z-]+ ){{0,2}}{_LAWYER} for|who (?:represents|is representing|represented|"
    r"defends|is defending)) (?:[A-Z][a-z]+\. )?"
)
_LONGEST = 60


def client_of(discourse: Discourse, lawyer: int) -> int | None:
    """The one person whom the text calls somebody's client, wherever it says so, or None."""
    clients = set()
    names = [mark for mark in discourse.marks() if mark.kind in ("name", "alias")]
    for first, second in pairwise(names):
        between = discourse.text[first.end : min(second.start, first.end + _LONGEST)]
        if second.person == lawyer and _OWNER_FIRST.fullmatch(between):
            clients.add(first.person)
        elif first.person == lawyer and _LAWYER_FIRST.fullmatch(between):
            clients.add(second.person)
    clients.discard(lawyer)
    return clients.pop() if len(clients) == 1 else None
