"""Forms of names: what a stretch of words names, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from stance.figures.affixes import SUFFIXES, generation_of
from stance.figures.folding import fold
from stance.figures.runs import Run, Word
from stance.resources import load_table

_LONGEST_TITLE = 4


@dataclass(slots=True, eq=False, repr=False)
class Form:
    """What words name, without title and possessive ending.

    Attributes:
        key: The words, joined.
        words: Folded, initials included, particles joined to what follows (`de la cruz`), suffixes left out.
        nickname: Folded, or empty.
        title: The office before the name (`senator`), or empty.
        gender: What the title tells, `m`, `f` or empty.
        titled: Whether any title stands before the name.
        suffix: What tells the generation (`jr`), folded, or empty.
    """

    key: str
    words: tuple[str, ...]
    nickname: str = ""
    title: str = ""
    gender: str = ""
    titled: bool = False
    suffix: str = ""

    @property
    def named(self) -> str:
        """The key with the suffix, as the table of known figures has names."""
        return f"{self.key} {self.suffix}" if self.suffix else self.key


def form_of(run: Run, words: Sequence[Word], title: str = "", *, titled: bool = False) -> Form:
    """The form of words of a run, and of the title before them."""
    particles = load_table("particles")
    parts: list[str] = []
    suffix = ""
    for word in words:
        if word.key in SUFFIXES:
            suffix = generation_of(word.key)
            continue
        key = fold(f"{word.particle} {word.key}") if word.particle else fold(word.key)
        key = key.removesuffix("-ji")  # "Kamakshi-ji": respect, in India
        if len(parts) > 1 and parts[-1] in particles:
            key = f"{parts.pop()} {key}"
        parts.append(key)
    key, nickname = " ".join(parts), fold(run.nickname) if run.nickname else ""
    if not title:
        return Form(key, tuple(parts), nickname, titled=titled, suffix=suffix)
    gender = load_table("gendered_titles").get(title, "")
    return Form(key, tuple(parts), nickname, _offices().get(title, ""), gender, titled, suffix)


def title_before(run: Run, begin: int) -> str:
    """The longest title that ends before position `begin`."""
    for first in range(max(0, begin - _LONGEST_TITLE), begin):
        title = " ".join([word.key for word in run.words[first:begin]])
        if title in _offices():
            return title
    return run.words[begin - 1].key


@cache
def _offices() -> dict[str, str]:
    return {title.replace(".", ""): office for title, office in load_table("titles").items()}
