"""Runs of capitalised words: where a name may stand, before anything is known of what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from stance.figures.vocabulary import Kind, kinds
from stance.records import Span

_UPPER = "A-Z" + "".join(chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_PARTICLES = (
    "de|da|das|do|dos|du|del|della|di|des|la|las|los|le|van|von|der|den|ten|ter|bin|bint|ibn|al|el|zu|zur|y|af|av|abu"
)
_NICKNAME = rf"[“\"‘'](?P<nick>[{_UPPER}]\w*(?:[ -]\w+)?),?[”\"’']"
_WORD = rf"(?:[{_UPPER}]\.(?:[ -]?[{_UPPER}]\.)*(?![\w’'])|(?:al-|el-|d[’']|de[’'])?[{_UPPER}]\w*(?:[’'-]\w+)*\.?)"
_GAP = r"(?:[^\S\n\r]|[^\S\n\r]?\r?\n[^\S\n\r]{0,4})"
_POSSESSIVE = re.compile(r"[’'][sS]$")
_ABBREVIATION = re.compile(rf"(?:[{_UPPER}]\.[ -]?)*[{_UPPER}]")
SUFFIXES = frozenset(("Jr", "Sr", "II", "III", "IV", "Jr.", "Sr.", "JR", "SR", "Esq"))


@dataclass(frozen=True, slots=True)
class Word:
    """One capitalised word: `key` is its text without full stop and possessive, `particle` what stands before it."""

    start: int
    end: int
    key: str
    particle: str = ""
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that stand together.

    Attributes:
        words: At least one.
        nickname: The word in quotation marks amid them, or empty.
        sentence: Index of the sentence.
        initial: The run opens its sentence, so its first word's capital tells nothing.
        heading: The sentence is in title case or capitals, so no capital tells anything.
    """

    words: tuple[Word, ...]
    nickname: str
    sentence: int
    initial: bool
    heading: bool


@cache
def _pattern() -> re.Pattern[str]:
    gap = rf"(?:{_GAP}(?:(?:{_PARTICLES}){_GAP}){{0,3}}|, (?=(?:Jr|Sr)\.))"
    return re.compile(
        rf"{_WORD}(?:{_GAP}{_NICKNAME}(?={_GAP}[{_UPPER}])|{gap}(?:{_WORD}))*".replace("(?P<nick>", "(?:")
    )


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"{_NICKNAME}|(?P<particle>(?:(?:{_PARTICLES}){_GAP})*)(?P<word>{_WORD})")


def find_runs(text: str, sentences: Sequence[Span]) -> Iterator[Run]:
    """Runs of capitalised words in reading order; a possessive or an abbreviation's full stop ends one."""
    pattern = _pattern()
    for index, (start, end) in enumerate(sentences):
        heading = _is_heading(text[start : min(end, start + 400)])
        for match in pattern.finditer(text, start, end):
            before = text[start : match.start()] if match.start() - start < 4 else "..."
            initial = not any(char.isalnum() for char in before) and before != "..."
            initial = initial or text[max(start, match.start() - 2) : match.start()].strip() in (
                "“",
                '"',
                "—",
                ":",
                "•",
                "‘",
            )
            for words, nickname in _split(text, *match.span()):
                yield Run(words, nickname, index, initial, heading)
                initial = False


def _split(text: str, start: int, end: int) -> Iterator[tuple[tuple[Word, ...], str]]:
    """The words of a match, cut after possessives and after full stops that are no abbreviation's."""
    words: list[Word] = []
    nickname = ""
    for match in _words().finditer(text, start, end):
        if match["nick"] and words:
            nickname = match["nick"]
            continue
        if not match["word"]:
            continue
        word, ends = _word(match["word"], match.start("word"), match["particle"].strip())
        words.append(word)
        if ends:
            yield tuple(words), nickname
            words, nickname = [], ""
    if words:
        yield tuple(words), nickname


def _word(raw: str, start: int, particle: str) -> tuple[Word, bool]:
    """A word, and whether the run ends with it."""
    if len(raw) > 2 and _POSSESSIVE.search(raw):
        key = raw[:-2]
        return Word(start, start + len(key), key, particle, True), True
    if not raw.endswith("."):
        return Word(start, start + len(raw), raw, particle), False
    key = raw[:-1]
    if _ABBREVIATION.fullmatch(key) or key in SUFFIXES:
        return Word(start, start + len(raw), key, particle), False
    # The full stop belongs to a title, else it ends the sentence or an abbreviation that is no name.
    title = bool(kinds().get(key, 0) & Kind.TITLE) or key in ("St", "Ste")
    return Word(start, start + len(key), key, particle), not title


def _is_heading(sentence: str) -> bool:
    """Whether most words are capitalised, as in a headline."""
    words = [word for word in sentence.split() if len(word) > 3 and word[0].isalpha()]
    if sentence.isupper() and len(words) > 1:
        return True
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 3 and capitals >= 0.75 * len(words) and not sentence.endswith((".", "!", "?", "”", '"'))
