"""Runs of capitalised words: what the words of a stretch are, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stance.figures.affixes import SUFFIXES
from stance.figures.capitals import Patterns, patterns_for
from stance.figures.vocabulary import Kind, kinds

_POSSESSIVE = ("'s", "’s", "'S", "’S")
_INITIALS = re.compile(r"[^\W\d_]|(?:[^\W\d_]\.[ -]?)+[^\W\d_]?\.?")


@dataclass(slots=True, eq=False, repr=False)
class Word:
    """One capitalised word: `key` is its text without full stop and possessive, `particle` what stands before it.

    `start` and `end` count from the beginning of the stretch that the word is read from.
    """

    start: int
    end: int
    key: str
    particle: str = ""
    possessive: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Run:
    """Capitalised words that stand together.

    Attributes:
        words: At least one.
        nickname: The word in quotation marks amid them, or empty.
        initial: The run opens its sentence, so its first word's capital tells nothing.
        heading: The sentence is in title case or capitals, so no capital tells anything.
    """

    words: tuple[Word, ...]
    nickname: str
    initial: bool
    heading: bool

    @property
    def byline(self) -> bool:
        """Whether the run opens its line with the By that an author's name follows."""
        return self.initial and self.words[0].key in ("By", "BY")


def split(written: str, *, initial: bool, heading: bool) -> list[Run]:
    """The runs of a stretch: a possessive or an abbreviation's full stop ends one."""
    plain = _plain_words(written)
    if plain:
        return [Run(plain, "", initial, heading)]
    parts = _split(written, patterns_for(written))
    return [Run(words, nickname, initial and not at, heading) for at, (words, nickname) in enumerate(parts)]


def _plain_words(written: str) -> tuple[Word, ...]:
    """The words of a stretch that has letters and single spaces only, as most have; of any other, none."""
    words: list[Word] = []
    at = 0
    for key in written.split(" "):
        # A small first letter is a particle's.
        if not key.isalpha() or key[0].islower():
            return ()
        end = at + len(key)
        words.append(Word(at, end, key))
        at = end + 1
    return tuple(words)


def _split(written: str, patterns: Patterns) -> Iterator[tuple[tuple[Word, ...], str]]:
    """The words of a stretch, cut after possessives and after full stops that are no abbreviation's."""
    words: list[Word] = []
    nickname = ""
    for match in patterns.words.finditer(written):
        raw = match["word"]
        if not raw:
            nickname = match["nick"] if words else ""
            continue
        word, ends = _word(raw, match.start("word"), match["particle"].strip(), patterns.abbreviation)
        words.append(word)
        if ends:
            yield tuple(words), nickname
            words, nickname = [], ""
    if words:
        yield tuple(words), nickname


def _word(raw: str, start: int, particle: str, abbreviation: re.Pattern[str]) -> tuple[Word, bool]:
    """A word, and whether the run ends with it."""
    if raw.endswith(_POSSESSIVE):
        key = raw[:-2]
        return Word(start, start + len(key), key, particle, True), True
    if not raw.endswith("."):
        return Word(start, start + len(raw), raw, particle), False
    key = raw[:-1]
    if key in SUFFIXES or abbreviation.fullmatch(key):
        return Word(start, start + len(raw), key, particle), False
    # The full stop belongs to a title, else it ends the sentence or an abbreviation that is no name.
    title = bool(kinds().get(key, 0) & Kind.TITLE) or key in ("St", "Ste")
    return Word(start, start + len(key), key, particle), not title


def is_initial(key: str) -> bool:
    """Whether a word is an initial or several: `J`, `J.D`."""
    return (len(key) == 1 or "." in key) and bool(_INITIALS.fullmatch(key))


def is_extra(key: str) -> bool:
    """Whether a word is an initial or a suffix, so no name by itself."""
    return key in SUFFIXES or is_initial(key)
