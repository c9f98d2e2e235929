"""Small words before surnames and after them: particles ("van", "de la") and generational suffixes ("Jr.", "III")."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from stance.resources import load_list, load_table

# As they may be written in a text, without full stop.
SUFFIXES: Final = load_list("suffixes") | {suffix.upper() for suffix in load_list("suffixes")}
# Folded: what parts a son from the father whose name he has.
_GENERATIONS: Final = frozenset(suffix.lower() for suffix in load_list("suffixes")) - {"esq"}
_ENDING = re.compile(rf",? (?P<suffix>{'|'.join(sorted(_GENERATIONS))})$")


def without_suffix(name: str) -> tuple[str, str]:
    """A folded name without its generational suffix, and the suffix; empty for none.

    >>> without_suffix("donald trump jr")
    ('donald trump', 'jr')
    """
    if not name.endswith(("r", "i", "v")):  # as few names do
        return name, ""
    ending = _ENDING.search(name)
    return (name[: ending.start()], ending["suffix"]) if ending else (name, "")


def generation_of(word: str) -> str:
    """The generational suffix that a written one is, folded; empty for one of another kind (Esq)."""
    folded = word.rstrip(".").lower()
    return folded if folded in _GENERATIONS else ""


@cache
def particles(where: str) -> frozenset[str]:
    """The particles of a kind: those of a `run`, a `surname`, or written with a `capital` too."""
    return frozenset(word for word, kinds in load_table("particles").items() if where in kinds.split())


CAPITAL_PARTICLES: Final = frozenset(particle.capitalize() for particle in particles("capital"))
