"""Surnames with small words before them: "van Houten", which opens a sentence as "Van Houten"."""

from __future__ import annotations

from collections.abc import Container

from stance.figures.folding import fold

_LONGEST, _MOST = 12, 2


def with_particle(text: str, start: int, key: str, surnames: Container[str]) -> tuple[str, int]:
    """A bare name that starts at `start`, and where it starts, with the small words before it if a surname has them."""
    before = text[max(0, start - _LONGEST) : start]
    words, last = before.split(), key.rpartition(" ")[2]
    for count in range(1, min(_MOST, len(words)) + 1):
        particle = " ".join(words[-count:])
        longer = f"{fold(particle)} {last}"
        if longer in surnames and before[-1:] == " ":
            return longer, start - len(before) + before.rfind(particle)
    return key, start


def particle_start(text: str, start: int, key: str) -> int:
    """Where a name starts whose folded words begin with small ones, which may stand before `start`."""
    particle = key.rpartition(" ")[0] + " "
    return start - len(particle) * (text[max(0, start - len(particle)) : start].lower() == particle)
