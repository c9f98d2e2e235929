"""Runs of capitalised words: where a name may stand, before anything is known of what it names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from stance.figures.vocabulary import Kind, kinds
from stance.records import Span

_UPPER = "A-Z" + "".join(chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_PARTICLES = (
    "de|da|das|do|dos|du|del|della|di|des|la|las|los|le|van|von|der|den|ten|ter|bin|bint|ibn|al|el|zu|zur|y|af|av|abu"
)
_PREFIXES = ("al-", "el-", "d’", "d'")
# Whatever may be a capital beyond A to Z; most texts have none, and to compile hundreds of letters takes long.
_BEYOND_ASCII = re.compile("[^\x00-\xbf\u2010-\u2026]")
_GAP = r"(?:[^\S\n\r]|[^\S\n\r]?\r?\n[^\S\n\r]{0,4})"
_POSSESSIVE = ("'s", "’s", "'S", "’S")
_OPENING_MARKS = frozenset(("“", '"', "—", ":", "•", "‘"))
SUFFIXES = frozenset(("Jr", "Sr", "II", "III", "IV", "Jr.", "Sr.", "JR", "SR", "Esq"))


class Word(NamedTuple):
    """One capitalised word: `key` is its text without full stop and possessive, `particle` what stands before it."""

    start: int
    end: int
    key: str
    particle: str = ""
    possessive: bool = False


class Run(NamedTuple):
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


class _Patterns(NamedTuple):
    """What finds runs, the words of a run, and abbreviations, of texts with these capitals."""

    run: re.Pattern[str]
    words: re.Pattern[str]
    abbreviation: re.Pattern[str]


@cache
def _patterns(capitals: str) -> _Patterns:
    nickname = rf"[“\"‘'](?P<nick>[{capitals}]\w*(?:[ -]\w+)?),?[”\"’']"
    unnamed = nickname.replace("?P<nick>", "?:")
    # Begins with one class of characters, so that the search can skip everything else at speed.
    capitalised = rf"[{capitals}](?:\.(?:[ -]?[{capitals}]\.)*(?![\w’'])|\w*(?:[’'-]\w+)*\.?)"
    word = rf"(?:al-|el-|d[’'])?{capitalised}"
    gap = rf"(?:{_GAP}(?:(?:{_PARTICLES}){_GAP}){{0,3}}|, (?=(?:Jr|Sr)\.))"
    return _Patterns(
        run=re.compile(rf"{capitalised}(?:{_GAP}{unnamed}(?={_GAP}[{capitals}])|{gap}{word})*"),
        words=re.compile(rf"{nickname}|(?P<particle>(?:(?:{_PARTICLES}){_GAP})*)(?P<word>{word})"),
        abbreviation=re.compile(rf"(?:[{capitals}]\.[ -]?)*[{capitals}]"),
    )


def find_runs(text: str, sentences: Sequence[Span], only: Container[str] | None = None) -> Iterator[Run]:
    """Runs of capitalised words in reading order; a possessive or an abbreviation's full stop ends one.

    Single words that are never names ("The", "Congress") are left out; with `only`, these words among them are all.
    """
    patterns = _patterns(_UPPER if _BEYOND_ASCII.search(text) else "A-Z")
    pattern, table = patterns.run, kinds()
    for index, (start, end) in enumerate(sentences):
        heading = None
        for match in pattern.finditer(text, start, end):
            written = match.group()
            flag = table.get(written)
            never = flag and not flag & Kind.NAME
            if never if only is None else not never or written not in only:
                continue
            if heading is None:
                heading = _is_heading(text, start, end)
            at = match.start()
            begin = _with_prefix(text, start, at)
            initial = begin == start or _opens(text, start, begin)
            plain = _plain_words(written, at) if begin == at else ()
            if plain:
                yield Run(plain, "", index, initial, heading)
                continue
            for words, nickname in _split(text, begin, match.end(), patterns):
                yield Run(words, nickname, index, initial, heading)
                initial = False


def _with_prefix(text: str, start: int, begin: int) -> int:
    """Where the word begins with the prefix that its capital follows: al-Assad, d’Aubray."""
    if begin == start or text[begin - 1] not in "-’'":
        return begin
    for prefix in _PREFIXES:
        at = begin - len(prefix)
        if at >= start and text.startswith(prefix, at) and (at == start or not text[at - 1].isalnum()):
            return at
    return begin


def _opens(text: str, start: int, begin: int) -> bool:
    """Whether only marks stand before in the sentence, or a mark that opens a new one within it."""
    if begin - start < 4 and not any(char.isalnum() for char in text[start:begin]):
        return True
    return text[max(start, begin - 2) : begin].strip() in _OPENING_MARKS


def _plain_words(written: str, at: int) -> tuple[Word, ...]:
    """The words of a match that has letters and single spaces only, as most have; of any other, none."""
    words: list[Word] = []
    for key in written.split(" "):
        # A small first letter is a particle's.
        if not key.isalpha() or key[0].islower():
            return ()
        end = at + len(key)
        words.append(Word(at, end, key))
        at = end + 1
    return tuple(words)


def _split(text: str, start: int, end: int, patterns: _Patterns) -> Iterator[tuple[tuple[Word, ...], str]]:
    """The words of a match, cut after possessives and after full stops that are no abbreviation's."""
    words: list[Word] = []
    nickname = ""
    for match in patterns.words.finditer(text, start, end):
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


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether most words of a sentence are capitalised, as in a headline."""
    sentence = text[start : min(end, start + 400)]
    stopped = sentence.endswith((".", "!", "?", "”", '"'))
    if stopped and not sentence.isupper():
        return False
    words = [word for word in sentence.split() if len(word) > 3 and word[0].isalpha()]
    if sentence.isupper():
        return len(words) > 1
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 3 and capitals >= 0.75 * len(words)
